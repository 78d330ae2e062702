//! Random packs and cases over a handful of fields, so that the oracle meets every operator with every truth.

mod cases;
mod fields;
mod operators;

use crate::rng::Rng;
use fields::{EDGES, Unit};
use sam_eurometropole::json::Json;

/// The given day of all of them.
pub const ON: &str = "2024-05-15";

/// A random pack with its case, as JSON documents.
pub struct Pair {
    /// The packs.
    pub packs: Vec<Json>,
    /// The case.
    pub case: Json,
}

/// Draws pairs.
pub struct Drawer {
    rng: Rng,
}

impl Drawer {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::new(seed) }
    }

    /// The next pair.
    pub fn pair(&mut self) -> Pair {
        let packs = 1 + self.rng.below(2);
        let packs = (0..packs).map(|index| self.pack(index)).collect();
        Pair { packs, case: self.case() }
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.rng.pick(words).copied().unwrap_or_default()
    }

    fn pack(&mut self, index: usize) -> Json {
        let mut members = vec![
            ("format", Json::Int(1)),
            ("pack", Json::from(format!("test.p{index}"))),
            ("version", Json::from("2026.1")),
            ("system", Json::from("project")),
            ("title", texts("test")),
            (
                "checked_until",
                Json::from(self.pick(&[
                    "2024-05-15",
                    "2024-05-31",
                    "2030-01-01",
                    "2030-01-01",
                    "2030-01-01",
                    "2030-01-01",
                ])),
            ),
            ("applies_to", Json::from("placement")),
            ("as_of", Json::from(self.pick(&["decision", "decision", "start"]))),
            ("leap_day", Json::from(self.pick(&["on_1_mar", "on_28_feb"]))),
            ("parameters", self.parameters()),
            ("conditions", self.conditions()),
        ];
        self.force(&mut members, 8);
        if self.rng.percent(20) {
            members.push(("applies_when", self.test(1, &[])));
        }
        let rules = 2 + self.rng.below(3);
        let mut list: Vec<Json> = (0..rules).map(|rule| self.rule(rule)).collect();
        list.push(reads_all());
        members.push(("rules", Json::List(list)));
        object(members)
    }

    /// One of every kind. Their values change, end or begin near the given day, or hold all the time.
    fn parameters(&mut self) -> Json {
        let keyed = |many: i64, few: i64| object(vec![("fr_pmsmp", Json::Int(many)), ("be_stage", Json::Int(few))]);
        let schemes = |codes: &[&str]| codes.iter().map(|code| Json::from(*code)).collect::<Json>();
        let plain = |unit: &str| if unit.is_empty() { vec![] } else { vec![("unit", Json::from(unit))] };
        let mut list = vec![
            ("limit", plain(""), [Json::Int(20), Json::Int(10)]),
            ("cap", vec![("unit", Json::from("days")), ("key", Json::from("scheme"))], [keyed(30, 10), keyed(5, 0)]),
            ("reform", plain("date"), [Json::from("2024-05-10"), Json::from("2024-05-20")]),
            ("how", plain("month_reading"), [Json::from("completed"), Json::from("begun")]),
            (
                "schemes",
                vec![("list", Json::from("scheme"))],
                [schemes(&["fr_pmsmp", "be_stage"]), schemes(&["fr_cddi"])],
            ),
        ];
        for unit in ["days", "weeks", "months", "years"] {
            list.push((unit, plain(unit), [Json::Int(1), Json::Int(-1)]));
        }
        let mut out = Vec::new();
        for (name, mut members, values) in list {
            members.push(("values", self.values(values)));
            out.push((name, object(members)));
        }
        object(out)
    }

    fn values(&mut self, [first, second]: [Json; 2]) -> Json {
        let value = |from: &str, to: Option<&str>, value: Json| {
            let mut members = vec![("from", Json::from(from)), ("value", value)];
            members.extend(to.map(|to| ("to", Json::from(to))));
            members.extend([("source", source()), ("verified", Json::Bool(false))]);
            object(members)
        };
        let from = self.pick(&["2000-01-01", "2000-01-01", "2000-01-01", "2024-05-12", "2024-05-15"]);
        Json::List(match self.rng.below(5) {
            0 => vec![value(from, Some("2024-05-15"), first), value("2024-05-16", None, second)],
            1 => vec![value(from, Some("2024-05-19"), first)],
            _ => vec![value(from, None, first)],
        })
    }

    /// Two tests that rules share, one with the other in it, whatever the order of their names.
    fn conditions(&mut self) -> Json {
        let (first, second) = (self.test(2, &[]), self.test(2, &[]));
        let both = Json::List(vec![object(vec![("condition", Json::from("plain"))]), second]);
        object(vec![("plain", first), ("joined", object(vec![(self.pick(&["all", "any"]), both)]))])
    }

    fn rule(&mut self, index: usize) -> Json {
        let effect = self.pick(&["require", "require", "require", "require", "oblige", "warn"]);
        let mut members = vec![
            ("id", Json::from(format!("{}{index}", self.pick(&["r", "a", "z"])))),
            ("effect", Json::from(effect)),
            (
                "nature",
                Json::from(self.pick(&[
                    "binding",
                    "binding",
                    "binding",
                    "binding",
                    "binding",
                    "binding",
                    "binding",
                    "discretionary",
                    "practice",
                ])),
            ),
            ("that", self.test(0, &[])),
            ("say", texts("test")),
            ("source", source()),
            ("verified", self.verified()),
        ];
        if self.rng.percent(20) {
            members.push(("when", self.test(1, &[])));
        }
        if self.rng.percent(25) {
            let anchors = ["decision", "submitted", "signed", "start", "end", "each_day", "each_day"];
            let anchors = if effect == "oblige" { &anchors[..5] } else { &anchors[..] };
            members.push(("as_of", Json::from(self.pick(anchors))));
        }
        self.force(&mut members, 20);
        if self.rng.percent(30) {
            members.push(("show", object(vec![("number", self.number(Unit::Days, 1, &[])), ("day", self.day(&[]))])));
        }
        if effect == "oblige" {
            members.push(("who", Json::from("host")));
            members.push(("by", self.day(&[])));
        } else if self.rng.percent(25) {
            let mut entry = vec![("id", Json::from("other")), ("when", self.test(1, &[])), ("source", source())];
            if self.rng.percent(50) {
                entry.push(("instead", self.test(1, &[])));
            }
            members.push(("unless", Json::List(vec![object(entry)])));
        }
        object(members)
    }

    /// A first day, a last one, or both in order.
    fn force(&mut self, members: &mut Vec<(&'static str, Json)>, percent: usize) {
        if self.rng.percent(percent) {
            let (from, to) = (self.pick(EDGES), self.pick(EDGES));
            if self.rng.percent(60) {
                members.push(("from", Json::from(from)));
            }
            if self.rng.percent(50) && (from <= to || !members.iter().any(|(name, _)| *name == "from")) {
                members.push(("to", Json::from(to)));
            }
        }
    }

    fn verified(&mut self) -> Json {
        if self.rng.percent(85) {
            object(vec![("by", Json::from("test")), ("day", Json::from("2024-01-01"))])
        } else {
            Json::Bool(false)
        }
    }
}

fn field(path: &str, key: &str, value: Json) -> Json {
    object(vec![("field", Json::from(path)), (key, value)])
}

fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn texts(text: &str) -> Json {
    object(vec![("fr", Json::from(text)), ("nl", Json::from(text)), ("en", Json::from(text))])
}

fn source() -> Json {
    object(vec![("law", Json::from("test"))])
}

/// A rule that reads every parameter and condition, since one that nobody reads is a problem of its pack.
fn reads_all() -> Json {
    let param = |name: &str| object(vec![("param", Json::from(name))]);
    let mut shift = vec![("shift", param("reform"))];
    shift.extend(["years", "months", "weeks", "days"].map(|unit| (unit, param(unit))));
    let months = vec![
        ("from", Json::from("start")),
        ("to", Json::from("end")),
        ("both_ends", Json::Bool(true)),
        ("reading", param("how")),
    ];
    let cap = object(vec![("param", Json::from("cap")), ("key", Json::from("scheme"))]);
    let tests = vec![
        field("weekly_hours", "at_most", param("limit")),
        field("presence_days", "at_most", cap),
        field("scheme", "one_of", param("schemes")),
        object(vec![("date", object(shift)), ("before", Json::from("end"))]),
        object(vec![("months", object(months)), ("at_most", Json::Int(1))]),
        object(vec![("condition", Json::from("joined"))]),
    ];
    object(vec![
        ("id", Json::from("reads")),
        ("effect", Json::from("warn")),
        ("that", object(vec![("any", Json::List(tests))])),
        ("say", texts("test")),
        ("source", source()),
        ("verified", Json::Bool(false)),
    ])
}
