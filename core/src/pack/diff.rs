//! What differs between two versions of a pack, and what that changes in the decisions of a file of cases.
//!
//! Two rulebooks that hold the pack enter, since that is how somebody tries a change: the rulebook as it is, and a copy with the new
//! version. The documents are compared key by key; cases are decided by both rulebooks as a whole.

use super::{Pack, PackKind, UnknownPack};
use crate::date::Date;
use crate::decision::{RuleResult, judge_row};
use crate::finding::Code;
use crate::json::Json;
use crate::reader::{Batch, Shape, read_lines, read_texts};
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// The differences of a pack between two rulebooks.
#[derive(Clone, Debug)]
pub struct PackDiff<'b> {
    /// The rulebook with the new version.
    pub book: &'b Rulebook,
    /// The old version.
    pub before: &'b Pack,
    /// The new one.
    pub after: &'b Pack,
    /// Keys of the head.
    pub head: Vec<KeyChange>,
    /// Parameters.
    pub parameters: Vec<Changed>,
    /// Rules.
    pub rules: Vec<Changed>,
    /// The pack's own tests.
    pub tests: Vec<Changed>,
    /// What changes for the cases, if some were given.
    pub decisions: Option<DecisionDiff>,
}

/// A key whose value is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChange {
    /// The key; of texts, sources, shown values and exceptions with the key inside: `say.nl`, `unless.renewal`.
    pub key: String,
    /// Its value before; none if it was not there.
    pub before: Option<Json>,
    /// Its value after; none if it is gone.
    pub after: Option<Json>,
}

/// What happened to a part of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

impl Change {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A parameter, a value of one, a rule or a test that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Name of the parameter or test, id of the rule, first day of the value; empty for a value that holds from the beginning.
    pub id: String,
    /// What happened to it.
    pub change: Change,
    /// Its keys that are not the same.
    pub keys: Vec<KeyChange>,
    /// Of a parameter, its values that are not the same.
    pub values: Vec<Changed>,
}

/// What changes for cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionDiff {
    /// The given day.
    pub on: Date,
    /// How many cases were decided.
    pub cases: usize,
    /// Positions of cases that could not be read.
    pub unread: Vec<usize>,
    /// Cases whose decision changes.
    pub changed: Vec<CaseDiff>,
}

/// A case whose decision changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDiff {
    /// Its position, from 0.
    pub case: usize,
    /// The outcome before and after.
    pub outcome: [&'static str; 2],
    /// The firmness before and after.
    pub firmness: [&'static str; 2],
    /// Whether it is ready before and after.
    pub ready: [bool; 2],
    /// Rules whose status changes; for an obligation, where it stands. None where the rule is not there.
    pub rules: Vec<(String, [Option<&'static str>; 2])>,
}

/// Cases to be decided before and after: a JSON list, or one case a line.
#[derive(Clone, Copy, Debug)]
pub struct Cases<'t> {
    /// The text.
    pub text: &'t str,
    /// The day.
    pub on: Date,
}

/// The differences of a pack between two rulebooks, and what they change for cases.
///
/// # Errors
/// [`UnknownPack`], if one of the rulebooks does not have the pack.
///
/// ```
/// use sam_eurometropole::{Rulebook, pack::diff::diff};
///
/// let book = Rulebook::embedded();
/// let text = book.pack("fr.pmsmp").unwrap().document.to_canonical();
/// let after = book.with_pack_json(&text.replace("2026.1", "2026.2"), true).unwrap();
/// let found = diff(book, &after, "fr.pmsmp", None).unwrap();
/// assert_eq!(found.head[0].key, "version");
/// assert!(found.rules.is_empty() && !found.is_ok());
/// ```
pub fn diff<'b>(
    before: &'b Rulebook,
    after: &'b Rulebook,
    pack: &str,
    cases: Option<Cases<'_>>,
) -> Result<PackDiff<'b>, UnknownPack> {
    let of = |book: &'b Rulebook| book.pack(pack).ok_or_else(|| UnknownPack(pack.to_owned()));
    let (old, new) = (of(before)?, of(after)?);
    let documents = [&old.document, &new.document];
    let list = |key: &str, id: &str| changed_items(documents.map(Some), key, id);
    Ok(PackDiff {
        book: after,
        before: old,
        after: new,
        head: head(documents),
        parameters: parameters(documents),
        rules: list("rules", "id"),
        tests: list("tests", "name"),
        decisions: cases.map(|cases| decisions([before, after], cases)),
    })
}

impl PackDiff<'_> {
    /// Whether nothing differs, neither the documents nor a decision.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.before.hash == self.after.hash && self.decisions.as_ref().is_none_or(|cases| cases.changed.is_empty())
    }

    /// The differences as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let version = |pack: &Pack| {
            Json::object([("version", Json::from(pack.version.as_str())), ("hash", Json::from(pack.hash.as_str()))])
        };
        let list = |changed: &[Changed], id: &str| changed.iter().map(|one| one.to_json(id)).collect();
        let mut members = vec![
            ("made_by", self.book.made_by(&[self.after])),
            ("ok", Json::Bool(self.is_ok())),
            ("pack", Json::from(self.after.id.as_str())),
            ("before", version(self.before)),
            ("after", version(self.after)),
            ("head", self.head.iter().map(KeyChange::to_json).collect()),
            ("parameters", list(&self.parameters, "parameter")),
            ("rules", list(&self.rules, "rule")),
            ("tests", list(&self.tests, "test")),
        ];
        members.extend(self.decisions.as_ref().map(|decisions| ("decisions", decisions.to_json())));
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl KeyChange {
    fn to_json(&self) -> Json {
        let side = |name: &str, value: &Option<Json>| value.clone().map(|value| (name.to_owned(), value));
        let key = [("key".to_owned(), Json::from(self.key.as_str()))];
        Json::Object(key.into_iter().chain(side("before", &self.before)).chain(side("after", &self.after)).collect())
    }
}

impl Changed {
    fn to_json(&self, id: &str) -> Json {
        let mut members = vec![
            ("change".to_owned(), Json::from(self.change.as_str())),
            ("keys".to_owned(), self.keys.iter().map(KeyChange::to_json).collect()),
        ];
        if !self.id.is_empty() {
            members.push((id.to_owned(), Json::from(self.id.as_str())));
        }
        if !self.values.is_empty() {
            members.push(("values".to_owned(), self.values.iter().map(|value| value.to_json("from")).collect()));
        }
        Json::Object(members)
    }
}

impl DecisionDiff {
    fn to_json(&self) -> Json {
        Json::object([
            ("on", Json::from(self.on.to_string())),
            ("cases", Json::from(self.cases)),
            ("unread", self.unread.iter().map(|case| Json::from(*case)).collect()),
            ("changed", self.changed.iter().map(CaseDiff::to_json).collect()),
        ])
    }
}

impl CaseDiff {
    fn to_json(&self) -> Json {
        let both = |[before, after]: [Json; 2]| Json::object([("before", before), ("after", after)]);
        let rule = |(rule, [before, after]): &(String, [Option<&'static str>; 2])| {
            let side = |name: &str, status: Option<&str>| status.map(|status| (name.to_owned(), Json::from(status)));
            let id = [("rule".to_owned(), Json::from(rule.as_str()))];
            Json::Object(id.into_iter().chain(side("before", *before)).chain(side("after", *after)).collect())
        };
        Json::object([
            ("case", Json::from(self.case)),
            ("outcome", both(self.outcome.map(Json::from))),
            ("firmness", both(self.firmness.map(Json::from))),
            ("ready", both(self.ready.map(Json::from))),
            ("rules", self.rules.iter().map(rule).collect()),
        ])
    }
}

// The documents.

/// Keys whose value is told key by key.
const INSIDE: [&str; 5] = ["say", "title", "source", "verified", "show"];

/// Something before and after, where it is there.
type Sides<'j> = [Option<&'j Json>; 2];

fn head(documents: [&Json; 2]) -> Vec<KeyChange> {
    let mut keys = changed_keys(documents.map(Some), &["parameters", "rules", "tests"]);
    let ids = documents.map(|document| named(document.get("rules"), "id"));
    let [old, new] = &ids;
    let common = |own: &[(&str, &Json)], others: &[(&str, &Json)]| -> Json {
        let kept = own.iter().filter(|(id, _)| others.iter().any(|(other, _)| other == id));
        kept.map(|(id, _)| Json::from(*id)).collect()
    };
    let (before, after) = (common(old, new), common(new, old));
    if before != after {
        keys.push(KeyChange { key: "rules".to_owned(), before: Some(before), after: Some(after) });
    }
    keys
}

fn parameters(documents: [&Json; 2]) -> Vec<Changed> {
    let mut names: BTreeMap<&str, Sides<'_>> = BTreeMap::new();
    for (side, document) in documents.into_iter().enumerate() {
        for (name, value) in document.get("parameters").and_then(Json::as_object).unwrap_or_default() {
            if let Some(place) = names.entry(name.as_str()).or_default().get_mut(side) {
                *place = Some(value);
            }
        }
    }
    let one =
        |(name, sides): (&str, Sides<'_>)| changed(name, sides, &["values"], changed_items(sides, "values", "from"));
    names.into_iter().filter_map(one).collect()
}

/// The items of a list that are not the same, by their id: in the order of the old list, then the new ones.
fn changed_items(sides: Sides<'_>, key: &str, id: &str) -> Vec<Changed> {
    let [old, new] = sides.map(|side| named(side.and_then(|side| side.get(key)), id));
    let mut out = Vec::new();
    for (name, item) in &old {
        out.extend(changed(name, [Some(item), find(&new, name)], &[id], Vec::new()));
    }
    for (name, item) in new.iter().filter(|(name, _)| find(&old, name).is_none()) {
        out.extend(changed(name, [None, Some(item)], &[id], Vec::new()));
    }
    out
}

fn find<'j>(list: &[(&str, &'j Json)], name: &str) -> Option<&'j Json> {
    list.iter().find(|(other, _)| *other == name).map(|(_, item)| *item)
}

/// The items of a list with their ids; a value that holds from the beginning has none.
fn named<'j>(list: Option<&'j Json>, id: &str) -> Vec<(&'j str, &'j Json)> {
    let items = list.and_then(Json::as_list).unwrap_or_default();
    items.iter().map(|item| (item.get(id).and_then(Json::as_str).unwrap_or_default(), item)).collect()
}

fn changed(id: &str, sides: Sides<'_>, without: &[&str], values: Vec<Changed>) -> Option<Changed> {
    let keys = changed_keys(sides, without);
    let change = match sides {
        [None, _] => Change::Added,
        [_, None] => Change::Removed,
        _ if keys.is_empty() && values.is_empty() => return None,
        _ => Change::Changed,
    };
    Some(Changed { id: id.to_owned(), change, keys, values })
}

fn changed_keys(sides: Sides<'_>, without: &[&str]) -> Vec<KeyChange> {
    let [mut old, new] = sides.map(|side| keys_of(side, without));
    let mut out = Vec::new();
    for (key, after) in new {
        let before = old.remove(&key);
        // The order of keys says nothing, so texts are compared.
        if before.as_ref().map(Json::to_canonical) != Some(after.to_canonical()) {
            out.push(KeyChange { key, before, after: Some(after) });
        }
    }
    for (key, before) in old {
        let at = out.partition_point(|change: &KeyChange| change.key < key);
        out.insert(at, KeyChange { key, before: Some(before), after: None });
    }
    out
}

/// The members of an object; those of [`INSIDE`] and exceptions by their own keys.
fn keys_of(object: Option<&Json>, without: &[&str]) -> BTreeMap<String, Json> {
    let mut out = BTreeMap::new();
    for (key, value) in object.and_then(Json::as_object).unwrap_or_default() {
        match value {
            _ if without.contains(&key.as_str()) => {}
            Json::Object(inner) if INSIDE.contains(&key.as_str()) => {
                out.extend(inner.iter().map(|(name, value)| (format!("{key}.{name}"), value.clone())));
            }
            Json::List(_) if key == "unless" => {
                let exceptions = named(Some(value), "id").into_iter();
                out.extend(exceptions.map(|(id, item)| (format!("{key}.{id}"), item.clone())));
            }
            _ => {
                out.insert(key.clone(), value.clone());
            }
        }
    }
    out
}

// The decisions.

/// What a decision says of a case, as far as it is compared.
struct Told {
    outcome: &'static str,
    firmness: &'static str,
    ready: bool,
    /// In the order of the rules of the rulebook.
    statuses: Vec<&'static str>,
}

/// A rule with its position in the decisions of both rulebooks.
struct Pair<'b> {
    id: &'b str,
    at: [Option<usize>; 2],
}

fn decisions(books: [&Rulebook; 2], cases: Cases<'_>) -> DecisionDiff {
    let batches = books.map(|book| read(book, cases.text));
    let [_, new] = &batches;
    let pairs = pairs(books);
    let mut out = DecisionDiff { on: cases.on, cases: new.findings.len(), unread: Vec::new(), changed: Vec::new() };
    for (case, findings) in new.findings.iter().enumerate() {
        let stopped = |code: &str| code == Code::InputSyntax.as_str() || code == Code::LimitBytes.as_str();
        if findings.iter().any(|finding| stopped(&finding.code)) {
            out.unread.push(case);
        }
        let [old, new] = &batches;
        let [before, after] = books;
        let told = [tell(before, old, case, cases.on), tell(after, new, case, cases.on)];
        out.changed.extend(compare(case, &told, &pairs));
    }
    out
}

fn read(book: &Rulebook, text: &str) -> Batch {
    if text.trim_start().starts_with('[') {
        return read_texts(text, Shape::Case, book);
    }
    read_lines(text.lines().filter(|line| !line.trim().is_empty()), Shape::Case, book)
}

fn tell(book: &Rulebook, batch: &Batch, case: usize, on: Date) -> Told {
    let decision = judge_row(book, &batch.records, case, on);
    let status =
        |result: &RuleResult<'_>| result.judged.due.map_or_else(|| result.judged.status.as_str(), |due| due.as_str());
    Told {
        outcome: decision.outcome.as_str(),
        firmness: decision.firmness.as_str(),
        ready: decision.ready,
        statuses: decision.rules.iter().map(status).collect(),
    }
}

/// The rules of both rulebooks, in the order in which a decision lists them; those that are new come last.
fn pairs(books: [&Rulebook; 2]) -> Vec<Pair<'_>> {
    let [old, new] = books.map(rule_ids);
    let mut out = Vec::new();
    for (at, id) in old.iter().copied().enumerate() {
        out.push(Pair { id, at: [Some(at), new.iter().position(|other| *other == id)] });
    }
    for (at, id) in new.into_iter().enumerate().filter(|(_, id)| !old.contains(id)) {
        out.push(Pair { id, at: [None, Some(at)] });
    }
    out
}

fn rule_ids(book: &Rulebook) -> Vec<&str> {
    let packs = book.packs().filter(|pack| pack.kind == PackKind::Rules);
    packs.flat_map(|pack| pack.rules.iter().map(|rule| rule.id.as_str())).collect()
}

fn compare(case: usize, told: &[Told; 2], pairs: &[Pair<'_>]) -> Option<CaseDiff> {
    let [before, after] = told;
    let mut rules = Vec::new();
    for Pair { id, at: [old, new] } in pairs {
        let status = |told: &Told, at: &Option<usize>| at.and_then(|at| told.statuses.get(at).copied());
        let sides = [status(before, old), status(after, new)];
        if matters(sides) {
            rules.push(((*id).to_owned(), sides));
        }
    }
    let same = before.outcome == after.outcome && before.firmness == after.firmness && before.ready == after.ready;
    (!same || !rules.is_empty()).then_some(CaseDiff {
        case,
        outcome: [before.outcome, after.outcome],
        firmness: [before.firmness, after.firmness],
        ready: [before.ready, after.ready],
        rules,
    })
}

/// A rule that is there on one side only matters where it has something to say.
fn matters([before, after]: [Option<&'static str>; 2]) -> bool {
    const QUIET: [&str; 4] = ["not_applicable", "void", "satisfied", "met"];
    match (before, after) {
        (Some(before), Some(after)) => before != after,
        (one, other) => one.or(other).is_some_and(|status| !QUIET.contains(&status)),
    }
}
