//! Random packs and cases over a handful of fields, so that the oracle meets every operator with every truth.

use crate::rng::Rng;
use sam_eurometropole::json::Json;

/// The given day of all of them.
pub const ON: &str = "2024-05-15";

const BOOLS: &[&str] = &["lodging_abroad", "tutor_named", "employer.exists", "agreement.signed_by.host"];
const CODES: &[(&str, &[&str])] = &[
    ("scheme", &["fr_pmsmp", "be_stage", "fr_cddi"]),
    ("object", &["discover", "confirm", "recruit"]),
    ("host.country", &["FR", "BE"]),
    ("participant.nationality_group", &["national", "eu", "third_country"]),
    ("home.partner", &["ccas_roubaix", "cpas_mouscron", "ocmw_menen"]),
];
const DATES: &[&str] = &["start", "end", "submitted", "agreement.last_signature", "participant.birth_date"];
const NUMBERS: &[&str] = &["weekly_hours", "presence_days", "participant.level1_count", "days_abroad_this_year"];
const PLACES: &[(&str, &[&str])] = &[
    ("participant.residence", &["FR-59512", "BE-57096", "BE-34022", "FR-69123"]),
    ("host.commune", &["FR-59350", "BE-57081", "BE-34027", "BE-21004"]),
];
const ZONES: &[&str] = &["FR", "BE", "BE-WAL", "BE-VLG", "mel", "eurometropole"];
const DAYS: &[&str] = &[
    "2006-05-10",
    "2007-05-20",
    "2008-02-29",
    "2024-04-30",
    "2024-05-10",
    "2024-05-15",
    "2024-05-20",
    "2024-06-10",
    "2026-02-28",
];
/// Days on which something begins or ends; the given day is one of them.
const EDGES: &[&str] = &["2024-05-10", "2024-05-12", "2024-05-15", "2024-05-18", "2024-05-20"];

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
        ];
        self.force(&mut members, 8);
        if self.rng.percent(20) {
            members.push(("applies_when", self.test(1)));
        }
        let rules = 2 + self.rng.below(3);
        let mut list: Vec<Json> = (0..rules).map(|rule| self.rule(rule)).collect();
        // Every parameter is read.
        list.push(reads_parameters());
        members.push(("rules", Json::List(list)));
        object(members)
    }

    fn parameters(&mut self) -> Json {
        let from = self.pick(&["2000-01-01", "2000-01-01", "2024-05-12", "2024-05-15"]);
        let value = |from: &str, to: Option<&str>, value: i64| {
            let mut members = vec![("from", Json::from(from)), ("value", Json::Int(value))];
            members.extend(to.map(|to| ("to", Json::from(to))));
            members.extend([("source", source()), ("verified", Json::Bool(false))]);
            object(members)
        };
        let values = match self.rng.below(4) {
            0 => vec![value(from, Some("2024-05-15"), 20), value("2024-05-16", None, 10)],
            1 => vec![value(from, Some("2024-05-19"), 20)],
            _ => vec![value(from, None, 20)],
        };
        object(vec![("limit", object(vec![("values", Json::List(values))]))])
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
            ("that", self.test(0)),
            ("say", texts("test")),
            ("source", source()),
            ("verified", self.verified()),
        ];
        if self.rng.percent(20) {
            members.push(("when", self.test(1)));
        }
        if self.rng.percent(25) {
            members.push(("as_of", Json::from(self.pick(&["decision", "submitted", "signed", "start", "end"]))));
        }
        self.force(&mut members, 20);
        if self.rng.percent(30) {
            members.push(("show", object(vec![("days", self.number()), ("day", self.day())])));
        }
        if effect == "oblige" {
            members.push(("who", Json::from("host")));
            members.push(("by", self.day()));
        } else if self.rng.percent(25) {
            let mut entry = vec![("id", Json::from("other")), ("when", self.test(1)), ("source", source())];
            if self.rng.percent(50) {
                entry.push(("instead", self.test(1)));
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

    fn test(&mut self, depth: usize) -> Json {
        let deep = depth < 3;
        match self.rng.below(if deep { 14 } else { 10 }) {
            0 => field(self.pick(BOOLS), "is", Json::Bool(self.rng.percent(70))),
            1 | 2 => self.code_test(),
            3 => object(vec![("known", Json::from(self.any_field()))]),
            4 => {
                let (path, _) = self.rng.pick(PLACES).copied().unwrap_or_default();
                field(path, "within", Json::from(self.pick(ZONES)))
            }
            5 => object(vec![("same_system", self.two())]),
            6 => self.compare(),
            7 => {
                let order = self.pick(&["before", "on_or_before", "same_day_as", "on_or_after", "after"]);
                object(vec![("date", self.day()), (order, self.day())])
            }
            8 => {
                let days = self.days();
                let relation = self.relation();
                object(vec![("days", days), (relation, self.number())])
            }
            9 => {
                let age = object(vec![("birth", Json::from("participant.birth_date")), ("at", self.day())]);
                let relation = self.relation();
                object(vec![("age", age), (relation, Json::Int(17 + i64::from(self.rng.percent(50))))])
            }
            10 | 11 => {
                let key = self.pick(&["all", "any"]);
                let len = self.rng.below(4);
                object(vec![(key, (0..len).map(|_| self.test(depth + 1)).collect())])
            }
            12 => object(vec![("not", self.test(depth + 1))]),
            // A field that applies only in France or Belgium, with its guard.
            _ => {
                let (country, path) =
                    if self.rng.percent(50) { ("FR", "host.siret") } else { ("BE", "host.enterprise_number") };
                let guard = field("host.country", "is", Json::from(country));
                object(vec![("all", Json::List(vec![guard, object(vec![("known", Json::from(path))])]))])
            }
        }
    }

    fn code_test(&mut self) -> Json {
        let (path, codes) = self.rng.pick(CODES).copied().unwrap_or_default();
        if self.rng.percent(50) {
            return field(path, "is", Json::from(self.pick(codes)));
        }
        field(path, "one_of", codes.iter().skip(self.rng.below(2)).map(|code| Json::from(*code)).collect())
    }

    fn two(&mut self) -> Json {
        let paths = ["home.partner", "participant.residence", "host.commune", "scheme", "participant.supported_by"];
        [self.pick(&paths), self.pick(&paths)].into_iter().map(Json::from).collect()
    }

    fn compare(&mut self) -> Json {
        let path = self.pick(NUMBERS);
        let relation = self.relation();
        field(path, relation, self.number())
    }

    fn number(&mut self) -> Json {
        match self.rng.below(6) {
            0 => object(vec![("param", Json::from("limit"))]),
            1 => object(vec![("field", Json::from(self.pick(NUMBERS)))]),
            2 => object(vec![("days", self.days())]),
            3 => Json::number(19.5),
            _ => Json::Int(i64::try_from(self.rng.below(4)).unwrap_or(0) * 10),
        }
    }

    fn days(&mut self) -> Json {
        object(vec![("from", self.day()), ("to", self.day()), ("both_ends", Json::Bool(self.rng.percent(50)))])
    }

    fn relation(&mut self) -> &'static str {
        self.pick(&["at_most", "less_than", "equal", "at_least", "more_than"])
    }

    fn day(&mut self) -> Json {
        match self.rng.below(8) {
            0 => Json::from(self.pick(DAYS)),
            1 => Json::from("decision"),
            2 => {
                let mut members = vec![("shift", Json::from(self.pick(DATES)))];
                if self.rng.percent(60) {
                    members.push(("months", Json::Int(i64::try_from(self.rng.below(5)).unwrap_or(0) - 2)));
                }
                if self.rng.percent(40) {
                    members.push(("days", object(vec![("param", Json::from("limit"))])));
                }
                if self.rng.percent(6) {
                    // From 2024 on, the last is the first month of the year 2201, the first its last of 2200.
                    members.push((
                        "months",
                        Json::Int(self.rng.pick(&[2_119, 2_120, 4_000]).copied().unwrap_or_default()),
                    ));
                }
                members.dedup_by(|(a, _), (b, _)| a == b);
                object(members)
            }
            _ => Json::from(self.pick(DATES)),
        }
    }

    fn any_field(&mut self) -> &'static str {
        match self.rng.below(3) {
            0 => self.pick(BOOLS),
            1 => self.pick(DATES),
            _ => self.pick(NUMBERS),
        }
    }

    fn case(&mut self) -> Json {
        let mut case = Tree::default();
        for path in BOOLS {
            let value = Json::Bool(self.rng.percent(60));
            self.give(&mut case, path, value);
        }
        for (path, codes) in CODES {
            let value = Json::from(self.pick(codes));
            self.give(&mut case, path, value);
        }
        for path in DATES {
            let value = Json::from(self.pick(DAYS));
            self.give(&mut case, path, value);
        }
        for path in NUMBERS {
            let value = Json::Int(i64::try_from(self.rng.below(3)).unwrap_or(0) * 9);
            self.give(&mut case, path, value);
        }
        for (path, communes) in PLACES {
            let value = Json::from(self.pick(communes));
            self.give(&mut case, path, value);
        }
        self.give(&mut case, "host.siret", Json::from("12345678200010"));
        self.give(&mut case, "host.enterprise_number", Json::from("0123456749"));
        self.give(&mut case, "participant.supported_by", Json::from("ccas_roubaix"));
        case.into_json()
    }

    /// A value, nothing, something that cannot be read, or a stated reason.
    fn give(&mut self, case: &mut Tree, path: &str, value: Json) {
        let path = if path.starts_with("participant.") { path.to_owned() } else { format!("placement.{path}") };
        match self.rng.below(100) {
            0..=84 => case.put(&path, value),
            85..=91 => {}
            92..=94 => case.put(&path, Json::List(vec![Json::Int(1)])),
            // Now and then both: the field is then invalid.
            _ => {
                if self.rng.percent(20) {
                    case.put(&path, value);
                }
                let (object, name) = path.rsplit_once('.').unwrap_or(("", &path));
                let reason = self.pick(&["declined", "not_known", "not_collected"]);
                case.put(&format!("{object}.absent.{name}"), Json::from(reason));
            }
        }
    }
}

/// A tree of objects that is filled by paths.
#[derive(Default)]
struct Tree {
    members: Vec<(String, Node)>,
}

enum Node {
    Leaf(Json),
    Inner(Tree),
}

impl Tree {
    fn put(&mut self, path: &str, value: Json) {
        let Some((head, rest)) = path.split_once('.') else {
            self.members.push((path.to_owned(), Node::Leaf(value)));
            return;
        };
        if !self.members.iter().any(|(name, _)| name == head) {
            self.members.push((head.to_owned(), Node::Inner(Self::default())));
        }
        if let Some((_, Node::Inner(inner))) = self.members.iter_mut().find(|(name, _)| name == head) {
            inner.put(rest, value);
        }
    }

    fn into_json(self) -> Json {
        let node = |node| match node {
            Node::Leaf(value) => value,
            Node::Inner(tree) => tree.into_json(),
        };
        Json::Object(self.members.into_iter().map(|(name, value)| (name, node(value))).collect())
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

fn reads_parameters() -> Json {
    object(vec![
        ("id", Json::from("reads")),
        ("effect", Json::from("warn")),
        ("that", field("weekly_hours", "at_most", object(vec![("param", Json::from("limit"))]))),
        ("say", texts("test")),
        ("source", source()),
        ("verified", Json::Bool(false)),
    ])
}
