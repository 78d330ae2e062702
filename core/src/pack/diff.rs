//! What differs between two versions of a pack, and what that changes in the decisions of a file of cases.
//!
//! Two rulebooks that hold the pack enter, since that is how somebody tries a change: the rulebook as it is, and a copy with the new
//! version. The documents are compared key by key; cases are decided by both rulebooks as a whole.

use super::{Pack, UnknownPack};
use crate::date::Date;
use crate::decision::{Decision, RuleResult, judge_row};
use crate::finding::Code;
use crate::json::Json;
use crate::reader::{Batch, Shape, read_lines, read_texts};
use crate::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Name of the parameter or test, id of the rule, first day of the value.
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
    let list = |key: &str, id: &str| changed_items(&old.document, &new.document, key, id);
    Ok(PackDiff {
        book: after,
        before: old,
        after: new,
        head: head(&old.document, &new.document),
        parameters: parameters(&old.document, &new.document),
        rules: list("rules", "id"),
        tests: list("tests", "name"),
        decisions: cases.map(|cases| decisions(before, after, cases)),
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
            (id.to_owned(), Json::from(self.id.as_str())),
            ("change".to_owned(), Json::from(self.change.as_str())),
            ("keys".to_owned(), self.keys.iter().map(KeyChange::to_json).collect()),
        ];
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

fn head(before: &Json, after: &Json) -> Vec<KeyChange> {
    let mut keys = changed_keys(Some(before), Some(after), &["parameters", "rules", "tests"]);
    let order = |document: &Json, other: &Json| -> Json {
        let known: BTreeSet<&str> = named(other.get("rules"), "id").map(|(id, _)| id).collect();
        named(document.get("rules"), "id").map(|(id, _)| id).filter(|id| known.contains(id)).map(Json::from).collect()
    };
    let (old, new) = (order(before, after), order(after, before));
    if old != new {
        keys.push(KeyChange { key: "rules".to_owned(), before: Some(old), after: Some(new) });
    }
    keys
}

fn parameters(before: &Json, after: &Json) -> Vec<Changed> {
    let members = |document: &Json| -> Vec<(String, Json)> {
        document.get("parameters").and_then(Json::as_object).unwrap_or_default().to_vec()
    };
    let (old, new) = (members(before), members(after));
    let side = |list: &'_ [(String, Json)]| -> BTreeMap<String, Json> { list.iter().cloned().collect() };
    let (by_name_old, by_name_new) = (side(&old), side(&new));
    let names: BTreeSet<&String> = by_name_old.keys().chain(by_name_new.keys()).collect();
    let one = |name: &String| {
        let (before, after) = (by_name_old.get(name), by_name_new.get(name));
        let of = |side: Option<&Json>| side.cloned().unwrap_or(Json::Object(Vec::new()));
        let values = changed_items(&of(before), &of(after), "values", "from");
        changed(name, before, after, &["values"], values)
    };
    names.into_iter().filter_map(one).collect()
}

/// The items of a list that are not the same, by their id: in the order of the old list, then the new ones.
fn changed_items(before: &Json, after: &Json, key: &str, id: &str) -> Vec<Changed> {
    let (old, new): (Vec<_>, Vec<_>) = (named(before.get(key), id).collect(), named(after.get(key), id).collect());
    let find = |list: &[(&str, &'_ Json)], id: &str| list.iter().position(|(other, _)| *other == id);
    let kept = old.iter().filter_map(|(name, item)| {
        let other = find(&new, name).and_then(|at| new.get(at)).map(|(_, item)| *item);
        changed(name, Some(item), other, &[id], Vec::new())
    });
    let added = new.iter().filter(|(name, _)| find(&old, name).is_none());
    kept.chain(added.filter_map(|(name, item)| changed(name, None, Some(item), &[id], Vec::new()))).collect()
}

/// The items of a list with their ids; a value that holds from the beginning has none.
fn named<'j>(list: Option<&'j Json>, id: &'j str) -> impl Iterator<Item = (&'j str, &'j Json)> {
    let items = list.and_then(Json::as_list).unwrap_or_default();
    items.iter().map(move |item| (item.get(id).and_then(Json::as_str).unwrap_or_default(), item))
}

fn changed(
    id: &str,
    before: Option<&Json>,
    after: Option<&Json>,
    without: &[&str],
    values: Vec<Changed>,
) -> Option<Changed> {
    let keys = changed_keys(before, after, without);
    let change = match (before, after) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ if keys.is_empty() && values.is_empty() => return None,
        _ => Change::Changed,
    };
    Some(Changed { id: id.to_owned(), change, keys, values })
}

fn changed_keys(before: Option<&Json>, after: Option<&Json>, without: &[&str]) -> Vec<KeyChange> {
    let (mut old, mut new) = (keys_of(before, without), keys_of(after, without));
    let keys: BTreeSet<String> = old.keys().chain(new.keys()).cloned().collect();
    let one = |key: String| {
        let (before, after) = (old.remove(&key), new.remove(&key));
        (before != after).then_some(KeyChange { key, before, after })
    };
    keys.into_iter().filter_map(one).collect()
}

/// The members of an object; those of [`INSIDE`] and exceptions by their own keys.
fn keys_of(object: Option<&Json>, without: &[&str]) -> BTreeMap<String, Json> {
    let mut out = BTreeMap::new();
    for (key, value) in object.and_then(Json::as_object).unwrap_or_default() {
        let value = sorted(value);
        match &value {
            _ if without.contains(&key.as_str()) => {}
            Json::Object(inner) if INSIDE.contains(&key.as_str()) => {
                out.extend(inner.iter().map(|(name, value)| (format!("{key}.{name}"), value.clone())));
            }
            Json::List(_) if key == "unless" => {
                out.extend(named(Some(&value), "id").map(|(id, item)| (format!("{key}.{id}"), item.clone())));
            }
            _ => {
                out.insert(key.clone(), value);
            }
        }
    }
    out
}

/// The same value whatever the order of its keys.
fn sorted(value: &Json) -> Json {
    match value {
        Json::List(items) => items.iter().map(sorted).collect(),
        Json::Object(members) => {
            let members: BTreeMap<String, Json> =
                members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            Json::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}

// The decisions.

/// What a decision says of a case, as far as it is compared.
struct Told {
    outcome: &'static str,
    firmness: &'static str,
    ready: bool,
    /// By rule.
    statuses: BTreeMap<String, &'static str>,
}

fn decisions(before: &Rulebook, after: &Rulebook, cases: Cases<'_>) -> DecisionDiff {
    let (old, new) = (read(before, cases.text), read(after, cases.text));
    let told = |book: &Rulebook, batch: &Batch, row: usize| tell(&judge_row(book, &batch.records, row, cases.on));
    let rows = new.findings.len();
    let one = |case: usize| compare(case, &told(before, &old, case), &told(after, &new, case));
    let stopped = [Code::InputSyntax.as_str(), Code::LimitBytes.as_str()];
    let unread =
        new.findings.iter().enumerate().filter(|(_, found)| found.iter().any(|f| stopped.contains(&f.code.as_str())));
    DecisionDiff {
        on: cases.on,
        cases: rows,
        unread: unread.map(|(case, _)| case).collect(),
        changed: (0..rows).filter_map(one).collect(),
    }
}

fn read(book: &Rulebook, text: &str) -> Batch {
    if text.trim_start().starts_with('[') {
        return read_texts(text, Shape::Case, book);
    }
    read_lines(text.lines().filter(|line| !line.trim().is_empty()), Shape::Case, book)
}

fn tell(decision: &Decision<'_>) -> Told {
    let status =
        |result: &RuleResult<'_>| result.judged.due.map_or_else(|| result.judged.status.as_str(), |due| due.as_str());
    Told {
        outcome: decision.outcome.as_str(),
        firmness: decision.firmness.as_str(),
        ready: decision.ready,
        statuses: decision.rules.iter().map(|result| (result.rule.id.clone(), status(result))).collect(),
    }
}

fn compare(case: usize, before: &Told, after: &Told) -> Option<CaseDiff> {
    let ids: BTreeSet<&String> = before.statuses.keys().chain(after.statuses.keys()).collect();
    let status = |id: &String| [before, after].map(|told| told.statuses.get(id).copied());
    let rules: Vec<_> =
        ids.into_iter().map(|id| (id.clone(), status(id))).filter(|(_, sides)| matters(*sides)).collect();
    let found = CaseDiff {
        case,
        outcome: [before.outcome, after.outcome],
        firmness: [before.firmness, after.firmness],
        ready: [before.ready, after.ready],
        rules,
    };
    let same = before.outcome == after.outcome && before.firmness == after.firmness && before.ready == after.ready;
    (!same || !found.rules.is_empty()).then_some(found)
}

/// A rule that is there on one side only matters where it has something to say.
fn matters([before, after]: [Option<&'static str>; 2]) -> bool {
    const QUIET: [&str; 4] = ["not_applicable", "void", "satisfied", "met"];
    match (before, after) {
        (Some(before), Some(after)) => before != after,
        (one, other) => one.or(other).is_some_and(|status| !QUIET.contains(&status)),
    }
}
