//! What is asked: indicators, places, periods, breakdowns, a vintage.
//!
//! JSON text enters (`read`); a [`Request`] whose codes are all known leaves, with every finding about what could not be used. It is read
//! strictly: an unknown name, a code that is in no list and a value of another kind are findings at their path, and an error leaves no request.

use crate::catalogue::FieldType;
use crate::disclosure::rules::{PARTS, Rule};
use crate::finding::{Code, Finding, Path, Segment, Severity};
use crate::hint::nearest;
use crate::json::{Json, line_column, parse};
use crate::limits;
use crate::period::Period;
use crate::publish::ask::{self, Earlier, Protect};
use crate::record::Breakdown as Parts;
use crate::rows::Record as _;
use crate::rulebook::Rulebook;
use crate::territory::{Area, Commune, Lookup};
use std::collections::BTreeMap;

/// A part of the population: fields of the breakdown and their codes, in the order of the catalogue. The total has none.
pub type Breakdown = Vec<(&'static str, String)>;

/// The members of a request.
const NAMES: [&str; 11] = [
    "indicators",
    "territories",
    "areas",
    "zone",
    "periods",
    "breakdowns",
    "vintage",
    "mixed",
    "sources",
    "profiles",
    "protect",
];
/// The code of a total.
const TOTAL: &str = "_T";

/// Which periods are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Periods {
    /// The latest that all sides have.
    #[default]
    LatestCommon,
    /// The latest of each side.
    Latest,
    /// All that are there.
    All,
    /// These.
    These(Vec<String>),
}

/// Which parts of the population are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breakdowns {
    /// All that are there.
    All,
    /// These; the total is an empty one.
    These(Vec<Breakdown>),
}

impl Breakdowns {
    /// Whether a part of the population is asked for.
    #[must_use]
    pub fn has(&self, parts: &[(&'static str, &str)]) -> bool {
        let same = |wanted: &Breakdown| {
            let mut wanted = wanted.iter().map(|(field, code)| (*field, code.as_str()));
            parts.iter().all(|part| wanted.next() == Some(*part)) && wanted.next().is_none()
        };
        match self {
            Self::All => true,
            Self::These(all) => all.iter().any(same),
        }
    }
}

/// A request whose codes are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Request<'b> {
    /// Codes of indicators, in the order asked for.
    pub indicators: Vec<&'b str>,
    /// Codes of communes.
    pub territories: Vec<&'b str>,
    /// Codes of areas to show beside the communes.
    pub areas: Vec<&'b str>,
    /// The area that everything is held against; without `territories` its communes are shown.
    pub zone: Option<&'b str>,
    /// Periods to show.
    pub periods: Periods,
    /// Parts of the population to show.
    pub breakdowns: Breakdowns,
    /// Year whose communes, as of 1 January, all figures are carried to.
    pub vintage: Option<i64>,
    /// Whether figures of different periods or vintages may be put together.
    pub mixed: bool,
    /// Producers in the order of preference, where several give a figure.
    pub sources: Vec<&'b str>,
    /// Communes to be held against their neighbours across the border.
    pub profiles: Vec<&'b str>,
    /// How figures are protected before anything is derived from them; not at all without it.
    pub protect: Option<Protect<'b>>,
}

impl Request<'_> {
    /// The request as it was understood.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let texts = |codes: &[&str]| codes.iter().map(|code| Json::from(*code)).collect::<Json>();
        let periods = match &self.periods {
            Periods::LatestCommon => Json::from("latest_common"),
            Periods::Latest => Json::from("latest"),
            Periods::All => Json::from("all"),
            Periods::These(periods) => periods.iter().map(|period| Json::from(period.as_str())).collect(),
        };
        let breakdowns = match &self.breakdowns {
            Breakdowns::All => Json::from("all"),
            Breakdowns::These(all) => all.iter().map(breakdown_json).collect(),
        };
        let members = [
            ("indicators", texts(&self.indicators)),
            ("territories", texts(&self.territories)),
            ("areas", texts(&self.areas)),
            ("zone", self.zone.map_or(Json::Null, Json::from)),
            ("periods", periods),
            ("breakdowns", breakdowns),
            ("vintage", self.vintage.map_or(Json::Null, Json::Int)),
            ("mixed", Json::Bool(self.mixed)),
            ("sources", texts(&self.sources)),
            ("profiles", texts(&self.profiles)),
        ];
        // That figures are protected may be known; how is half of what they hide.
        let protect = self.protect.iter().map(|_| ("protect", Json::Bool(true)));
        Json::Object(members.into_iter().chain(protect).map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// A part of the population as an object.
pub(crate) fn breakdown_json(parts: &Breakdown) -> Json {
    Json::Object(parts.iter().map(|(field, code)| ((*field).to_owned(), Json::from(code.as_str()))).collect())
}

/// Reads a request; none, if something in it is an error.
pub(super) fn read<'b>(book: &'b Rulebook, text: &str) -> (Option<Request<'b>>, Vec<Finding>) {
    let mut reader = Reader { book, findings: Vec::new() };
    let json = match document(text) {
        Ok(json) => json,
        Err(finding) => return (None, vec![finding]),
    };
    let request = reader.request(&json);
    let is_wrong = reader.findings.iter().any(|finding| finding.severity == Severity::Error);
    (request.filter(|_| !is_wrong), reader.findings)
}

/// What is expected of some communes: the request of a completeness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected<'b> {
    /// Codes of communes.
    pub territories: Vec<&'b str>,
    /// Codes of partners, whose communes are meant.
    pub partners: Vec<&'b str>,
    /// The area whose communes are meant.
    pub zone: Option<&'b str>,
    /// The periods, as written.
    pub periods: Vec<String>,
    /// Codes of indicators; none for the shared core.
    pub indicators: Vec<&'b str>,
    /// The tier up to which an indicator belongs to the shared core.
    pub tier: i64,
}

impl Expected<'_> {
    /// The request as it was understood.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let texts = |codes: &[&str]| codes.iter().map(|code| Json::from(*code)).collect::<Json>();
        Json::object([
            ("partners", texts(&self.partners)),
            ("territories", texts(&self.territories)),
            ("zone", self.zone.map_or(Json::Null, Json::from)),
            ("periods", self.periods.iter().map(|period| Json::from(period.as_str())).collect()),
            ("indicators", texts(&self.indicators)),
            ("tier", Json::Int(self.tier)),
        ])
    }
}

/// Reads what is expected; nothing, if something in it is an error.
pub(crate) fn expected<'b>(book: &'b Rulebook, text: &str) -> (Option<Expected<'b>>, Vec<Finding>) {
    const NAMES: [&str; 6] = ["indicators", "partners", "periods", "territories", "tier", "zone"];
    let json = match document(text) {
        Ok(json) => json,
        Err(finding) => return (None, vec![finding]),
    };
    let mut reader = Reader { book, findings: Vec::new() };
    let Some(members) = json.as_object() else {
        reader.mismatch(&[], "object", &json);
        return (None, reader.findings);
    };
    for (name, _) in members {
        reader.known(&[Step::Name(name)], name, NAMES.into_iter());
    }
    let periods = match reader.periods(&json) {
        Periods::These(periods) => periods,
        _ => Vec::new(),
    };
    let found = Expected {
        territories: reader.communes(&json, "territories"),
        partners: reader.codes(&json, "partners", "partner"),
        zone: reader.zone(&json),
        periods,
        indicators: reader.codes(&json, "indicators", "indicator"),
        tier: reader.tier(&json),
    };
    if found.periods.is_empty() {
        reader.require(&["periods"]);
    }
    if found.territories.is_empty() && found.partners.is_empty() && found.zone.is_none() {
        reader.require(&["partners", "territories", "zone"]);
    }
    let is_wrong = reader.findings.iter().any(|finding| finding.severity == Severity::Error);
    (Some(found).filter(|_| !is_wrong), reader.findings)
}

/// A request as JSON, or where it is none.
fn document(text: &str) -> Result<Json, Finding> {
    parse(text, limits::DEPTH).map_err(|wrong| {
        let (line, column) = line_column(text, wrong.offset());
        Finding::new(Code::InputSyntax, path(&[])).with("line", line).with("column", column)
    })
}

/// A step of a path in the request.
#[derive(Clone, Copy)]
enum Step<'s> {
    Name(&'s str),
    Place(usize),
}

fn path(steps: &[Step<'_>]) -> Path {
    let segment = |step: &Step<'_>| match step {
        Step::Name(name) => Segment::Unknown((*name).to_owned()),
        Step::Place(place) => Segment::Index(*place),
    };
    Path::new(None, steps.iter().map(segment).collect(), false)
}

struct Reader<'b> {
    book: &'b Rulebook,
    findings: Vec<Finding>,
}

impl<'b> Reader<'b> {
    fn request(&mut self, json: &Json) -> Option<Request<'b>> {
        let Some(members) = json.as_object() else {
            self.mismatch(&[], "object", json);
            return None;
        };
        for (name, _) in members {
            self.known(&[Step::Name(name)], name, NAMES.into_iter());
        }
        let request = Request {
            indicators: self.codes(json, "indicators", "indicator"),
            territories: self.communes(json, "territories"),
            areas: self.areas(json),
            zone: self.zone(json),
            periods: self.periods(json),
            breakdowns: self.breakdowns(json),
            vintage: self.vintage(json),
            mixed: self.truth(json, "mixed"),
            sources: self.codes(json, "sources", "data_provider"),
            profiles: self.communes(json, "profiles"),
            protect: self.protect(json),
        };
        if request.indicators.is_empty() {
            self.require(&["indicators"]);
        }
        if request.territories.is_empty() && request.areas.is_empty() && request.zone.is_none() {
            self.require(&["territories", "areas", "zone"]);
        }
        Some(request)
    }

    /// A member without which nothing can be shown; not said where what was given is wrong.
    fn require(&mut self, names: &[&str]) {
        let is_at = |finding: &Finding| {
            finding.paths.iter().any(|at| names.iter().any(|name| at.text(false).starts_with(*name)))
        };
        if !self.findings.iter().any(is_at) {
            let paths: Vec<Path> = names.iter().map(|name| path(&[Step::Name(name)])).collect();
            self.findings.push(Finding::new(Code::FieldRequired, paths));
        }
    }

    fn mismatch(&mut self, at: &[Step<'_>], expected: &'static str, got: &Json) {
        let got = match got {
            Json::Null => "null",
            Json::Bool(_) => "bool",
            Json::Int(_) => "int",
            Json::Float(_) => "float",
            Json::Text(_) => "text",
            Json::List(_) => "list",
            Json::Object(_) => "object",
        };
        self.findings.push(Finding::new(Code::TypeMismatch, path(at)).with("expected", expected).with("got", got));
    }

    fn known<'n>(&mut self, at: &[Step<'_>], name: &str, names: impl Iterator<Item = &'n str> + Clone) {
        if names.clone().any(|known| known == name) {
            return;
        }
        let finding = Finding::new(Code::FieldUnknown, path(at)).with("name", name);
        self.findings.push(match nearest(name, names) {
            Some(hint) => finding.with("hint", hint),
            None => finding,
        });
    }

    /// The texts of a list, each with its place; none where the member is not given.
    fn texts<'j>(&mut self, json: &'j Json, name: &str) -> Vec<(usize, &'j str)> {
        let items = self.items(&[Step::Name(name)], json.get(name));
        let mut texts: Vec<(usize, &str)> = Vec::new();
        for (place, item) in items.iter().enumerate() {
            match item {
                // What is named twice is shown once.
                Json::Text(text) if texts.iter().any(|(_, known)| *known == text.as_str()) => {}
                Json::Text(text) => texts.push((place, text)),
                other => self.mismatch(&[Step::Name(name), Step::Place(place)], "text", other),
            }
        }
        texts
    }

    fn codes(&mut self, json: &Json, name: &str, list: &'static str) -> Vec<&'b str> {
        let mut codes = Vec::new();
        for (place, text) in self.texts(json, name) {
            codes.extend(self.code(&[Step::Name(name), Step::Place(place)], list, text));
        }
        codes
    }

    /// The code of a list.
    fn code(&mut self, at: &[Step<'_>], list: &'static str, text: &str) -> Option<&'b str> {
        let codes = self.book.codes().get(list);
        let found = codes.and_then(|codes| codes.find(text)).map(|code| code.code());
        if found.is_none() {
            let finding = Finding::new(Code::CodeUnknown, path(at)).with("list", list).with("value", text);
            self.findings.push(match codes.and_then(|codes| codes.hint(text)) {
                Some(hint) => finding.with("hint", hint),
                None => finding,
            });
        }
        found
    }

    fn communes(&mut self, json: &Json, name: &str) -> Vec<&'b str> {
        let mut communes = Vec::new();
        for (place, text) in self.texts(json, name) {
            let at = [Step::Name(name), Step::Place(place)];
            let code = match self.book.territory().lookup(text) {
                Lookup::Known(commune) => {
                    communes.push(Commune::code(commune));
                    continue;
                }
                Lookup::OutsideCoverage => Code::TerritoryOutsideCoverage,
                Lookup::Malformed => Code::TerritoryForm,
            };
            self.findings.push(Finding::new(code, path(&at)).with("value", text));
        }
        communes
    }

    fn areas(&mut self, json: &Json) -> Vec<&'b str> {
        let mut areas = Vec::new();
        for (place, text) in self.texts(json, "areas") {
            areas.extend(self.area(&[Step::Name("areas"), Step::Place(place)], text));
        }
        areas
    }

    fn area(&mut self, at: &[Step<'_>], text: &str) -> Option<&'b str> {
        let area = self.book.territory().area_of_figures(text);
        if area.is_none() {
            self.findings.push(Finding::new(Code::RequestArea, path(at)).with("given", text));
        }
        area.map(Area::code)
    }

    fn zone(&mut self, json: &Json) -> Option<&'b str> {
        match json.get("zone")? {
            Json::Null => None,
            Json::Text(text) => self.area(&[Step::Name("zone")], text),
            other => {
                self.mismatch(&[Step::Name("zone")], "text", other);
                None
            }
        }
    }

    fn periods(&mut self, json: &Json) -> Periods {
        match json.get("periods") {
            None | Some(Json::Null) => return Periods::default(),
            Some(Json::Text(word)) => match word.as_str() {
                "latest_common" => return Periods::LatestCommon,
                "latest" => return Periods::Latest,
                "all" => return Periods::All,
                other => {
                    let at = path(&[Step::Name("periods")]);
                    self.findings.push(Finding::new(Code::RequestPeriod, at).with("given", other));
                    return Periods::default();
                }
            },
            Some(_) => {}
        }
        let mut periods = Vec::new();
        for (place, text) in self.texts(json, "periods") {
            if Period::parse(text).is_some() {
                periods.push(text.to_owned());
            } else {
                let at = path(&[Step::Name("periods"), Step::Place(place)]);
                self.findings.push(Finding::new(Code::RequestPeriod, at).with("given", text));
            }
        }
        Periods::These(periods)
    }

    fn breakdowns(&mut self, json: &Json) -> Breakdowns {
        let items = match json.get("breakdowns") {
            None | Some(Json::Null) => return Breakdowns::These(vec![Vec::new()]),
            Some(Json::Text(word)) if word == "all" => return Breakdowns::All,
            Some(Json::List(items)) => items,
            Some(other) => {
                self.mismatch(&[Step::Name("breakdowns")], "list", other);
                return Breakdowns::All;
            }
        };
        let mut all: Vec<Breakdown> = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let at = [Step::Name("breakdowns"), Step::Place(place)];
            match item.as_object() {
                Some(members) => all.extend(Some(self.breakdown(&at, members)).filter(|new| !all.contains(new))),
                None => self.mismatch(&at, "object", item),
            }
        }
        Breakdowns::These(all)
    }

    fn breakdown(&mut self, at: &[Step<'_>; 2], members: &[(String, Json)]) -> Breakdown {
        let fields = Parts::DEF.fields;
        let [list, place] = *at;
        for (name, _) in members {
            self.known(&[list, place, Step::Name(name)], name, fields.iter().map(|field| field.name));
        }
        let mut parts = Breakdown::new();
        for field in fields {
            let Some((_, value)) = members.iter().find(|(name, _)| name == field.name) else { continue };
            let at = [list, place, Step::Name(field.name)];
            match value {
                Json::Null => {}
                Json::Text(code) if code == TOTAL => {}
                Json::Text(code) => match field.kind {
                    FieldType::Code(of) => {
                        parts.extend(self.code(&at, of, code).map(|code| (field.name, code.to_owned())))
                    }
                    _ => parts.push((field.name, code.clone())),
                },
                other => self.mismatch(&at, "text", other),
            }
        }
        parts
    }

    fn vintage(&mut self, json: &Json) -> Option<i64> {
        /// Years of the communes that an observation may follow.
        const YEARS: std::ops::RangeInclusive<i64> = 1900..=2199;
        let at = [Step::Name("vintage")];
        match json.get("vintage")? {
            Json::Null => None,
            Json::Int(year) if YEARS.contains(year) => Some(*year),
            Json::Int(year) => {
                let finding = Finding::new(Code::ValueOutOfRange, path(&at)).with("value", *year);
                self.findings.push(finding.with("min", *YEARS.start()).with("max", *YEARS.end()));
                None
            }
            other => {
                self.mismatch(&at, "integer", other);
                None
            }
        }
    }

    /// The tier of the shared core: the first one, if nothing is said.
    fn tier(&mut self, json: &Json) -> i64 {
        const TIERS: std::ops::RangeInclusive<i64> = 1..=3;
        let at = [Step::Name("tier")];
        match json.get("tier") {
            None | Some(Json::Null) => {}
            Some(Json::Int(tier)) if TIERS.contains(tier) => return *tier,
            Some(Json::Int(tier)) => {
                let finding = Finding::new(Code::ValueOutOfRange, path(&at)).with("value", *tier);
                self.findings.push(finding.with("min", *TIERS.start()).with("max", *TIERS.end()));
            }
            Some(other) => self.mismatch(&at, "integer", other),
        }
        *TIERS.start()
    }

    fn protect(&mut self, json: &Json) -> Option<Protect<'b>> {
        const AT: &str = "protect";
        let asked = json.get(AT)?;
        let members = match asked {
            Json::Null | Json::Bool(false) => return None,
            Json::Bool(true) => return Some(Protect::default()),
            Json::Object(members) => members,
            other => {
                self.mismatch(&[Step::Name(AT)], "object", other);
                return None;
            }
        };
        for (name, _) in members {
            self.known(&[Step::Name(AT), Step::Name(name)], name, ["rules", "rule", "public", "earlier"].into_iter());
        }
        Some(Protect {
            rules: self.rules(asked),
            rule: self.rule(asked),
            public: self.public(asked),
            earlier: self.earlier(asked),
        })
    }

    /// Rules of producers by source.
    fn rules(&mut self, asked: &Json) -> BTreeMap<&'b str, Vec<String>> {
        let at = [Step::Name("protect"), Step::Name("rules")];
        let mut rules: BTreeMap<&'b str, Vec<String>> = BTreeMap::new();
        let members = match asked.get("rules") {
            None | Some(Json::Null) => return rules,
            Some(Json::Object(members)) => members,
            Some(other) => {
                self.mismatch(&at, "object", other);
                return rules;
            }
        };
        for (source, ids) in members {
            let [first, second] = at;
            let at = [first, second, Step::Name(source)];
            let known = self.code(&at, "data_provider", source);
            let Some(ids) = ids.as_list() else {
                self.mismatch(&at, "list", ids);
                continue;
            };
            for id in ids {
                match id.as_str().filter(|id| self.book.disclosure().get(id).is_some()) {
                    Some(id) => known.into_iter().for_each(|known| rules.entry(known).or_default().push(id.to_owned())),
                    None => self.unknown_rule(&at, id.as_str().unwrap_or_default()),
                }
            }
        }
        rules
    }

    fn unknown_rule(&mut self, at: &[Step<'_>], given: &str) {
        let finding = Finding::new(Code::RequestRule, path(at)).with("given", given);
        self.findings.push(match nearest(given, self.book.disclosure().ids()) {
            Some(hint) => finding.with("hint", hint),
            None => finding,
        });
    }

    /// A stricter rule of the one who publishes.
    fn rule(&mut self, asked: &Json) -> Option<Rule> {
        let at = [Step::Name("protect"), Step::Name("rule")];
        let given = asked.get("rule").filter(|given| **given != Json::Null)?;
        let Some(members) = given.as_object() else {
            self.mismatch(&at, "object", given);
            return None;
        };
        let [first, second] = at;
        for (name, _) in members {
            self.known(&[first, second, Step::Name(name)], name, PARTS.into_iter());
        }
        let rule = Rule::from_json(given);
        if rule.is_none() {
            self.unknown_rule(&at, &given.to_canonical());
        }
        rule
    }

    /// The items of a list; none where it is not given, or is none.
    fn items<'j>(&mut self, at: &[Step<'_>], given: Option<&'j Json>) -> &'j [Json] {
        match given {
            None | Some(Json::Null) => &[],
            Some(Json::List(items)) => items,
            Some(other) => {
                self.mismatch(at, "list", other);
                &[]
            }
        }
    }

    /// Indicators whose figures everybody has.
    fn public(&mut self, asked: &Json) -> Vec<&'b str> {
        let at = [Step::Name("protect"), Step::Name("public")];
        let items = self.items(&at, asked.get("public"));
        let [first, second] = at;
        let mut codes = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let at = [first, second, Step::Place(place)];
            match item.as_str() {
                Some(text) => codes.extend(self.code(&at, "indicator", text)),
                None => self.mismatch(&at, "text", item),
            }
        }
        codes
    }

    /// What earlier dashboards told and hid.
    fn earlier(&mut self, asked: &Json) -> Vec<Earlier> {
        let at = [Step::Name("protect"), Step::Name("earlier")];
        let boards = self.items(&at, asked.get("earlier"));
        let [first, second] = at;
        let mut told = Vec::new();
        for (place, board) in boards.iter().enumerate() {
            match ask::earlier(board) {
                Some(cells) => told.extend(cells),
                None => {
                    let at = path(&[first, second, Step::Place(place)]);
                    self.findings.push(Finding::new(Code::RequestEarlier, at));
                }
            }
        }
        told
    }

    fn truth(&mut self, json: &Json, name: &str) -> bool {
        match json.get(name) {
            None | Some(Json::Null) => false,
            Some(Json::Bool(truth)) => *truth,
            Some(other) => {
                self.mismatch(&[Step::Name(name)], "bool", other);
                false
            }
        }
    }
}
