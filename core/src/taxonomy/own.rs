//! Indicators of a partner's own, as the partner writes them: read strictly, every problem with its place.
//!
//! A document enters as a tree with places; the indicators and the document that its hash is taken of leave. What the words of an entry are is one
//! table, `ENTRY`; its part on texts and series, `MEANING`, is also that of the files of definitions.

use super::{Indicator, Sides, Taxonomy, read};
use crate::codes::CodeLists;
use crate::document::{Entry, Node, NodeValue};
use crate::hint;
use crate::json::Json;
use crate::limits;
use crate::message::Lang;
use crate::pack::Problem;
use std::collections::BTreeSet;

/// Characters of a definition or a caveat.
const LONG: usize = 300;
/// Characters of a numerator, a denominator, a name of a series.
const SHORT: usize = 160;
/// Characters of a name. One more than fits: that is told by `taxonomy.long_name`.
const NAME: usize = 400;
/// Characters of a code.
const CODE: usize = 48;

/// What stands under a key.
enum Kind {
    Text(usize),
    Texts(usize),
    Int,
    Number,
    Flag,
    Code(&'static str),
    Word(&'static [&'static str]),
    /// A code of the document's partner, an underscore, and letters, digits, `_` or `-`.
    OwnCode,
    /// A level for each side that has one; with no limit to the partner's own register.
    Levels,
    Numbers,
    Names,
    Series,
    Anchors,
}

type Key = (&'static str, Kind, bool);

const GRADES: [&str; 4] = ["A", "B", "C", "N"];
const AGGREGATIONS: [&str; 5] = ["sum", "ratio_of_sums", "population_weighted_mean", "non_additive_distinct", "none"];
const DIRECTIONS: [&str; 3] = ["higher_is_worse", "higher_is_better", "context"];
const EVIDENCES: [&str; 3] = ["own", "partly_verified", "to_verify"];
const NO_AREA: [&str; 2] = ["LOC", "school"];

/// What observations are checked by.
const CHECKED: [Key; 16] = [
    ("theme", Kind::Code("theme"), true),
    ("tier", Kind::Int, true),
    ("unit", Kind::Code("unit"), true),
    ("min", Kind::Number, true),
    ("max", Kind::Number, false),
    ("lowest", Kind::Levels, true),
    ("partial", Kind::Levels, false),
    ("censored_at", Kind::Numbers, false),
    ("breakdowns", Kind::Names, true),
    ("category", Kind::Text(SHORT), false),
    ("grade", Kind::Word(&GRADES), true),
    ("aggregation", Kind::Word(&AGGREGATIONS), true),
    ("direction", Kind::Word(&DIRECTIONS), true),
    ("frequency", Kind::Code("frequency"), true),
    ("evidence", Kind::Word(&EVIDENCES), true),
    ("name", Kind::Texts(NAME), true),
];
/// What it means.
const MEANING: [Key; 6] = [
    ("definition", Kind::Texts(LONG), true),
    ("numerator", Kind::Texts(SHORT), false),
    ("denominator", Kind::Texts(SHORT), false),
    ("caveat", Kind::Texts(LONG), false),
    ("series", Kind::Series, false),
    ("anchor", Kind::Anchors, false),
];
/// Members whose change would make another indicator of it.
const UNCHANGED: [&str; 6] = ["definition", "numerator", "denominator", "unit", "aggregation", "theme"];
/// Members whose scalars are numbers.
const NUMBERS: [&str; 5] = ["format", "tier", "min", "max", "censored_at"];

/// The indicators of a partner.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) partner: String,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) document: Json,
}

/// Reads a document of a partner.
pub(crate) fn read(node: &Node, codes: &CodeLists, taxonomy: &Taxonomy) -> Result<Own, Vec<Problem>> {
    let document = document(node, false);
    let mut found = Strict { root: node, codes, problems: Vec::new() };
    found.keys("", node, &["format", "partner", "source", "indicators"]);
    let partner = found.wanted("", node, "partner").and_then(|at| found.code(&at, "partner"));
    let _ = found.wanted("", node, "source").and_then(|at| found.text(&at, LONG));
    let entries = found.wanted("", node, "indicators").and_then(|at| found.list(&at)).unwrap_or_default();
    let prefix = partner.as_deref().map(|partner| format!("{partner}_"));
    let mut seen = BTreeSet::new();
    for at in &entries {
        let keys = || [("code", Kind::OwnCode, true)].into_iter().chain(CHECKED).chain(MEANING);
        found.entry(at, &keys().collect::<Vec<_>>(), prefix.as_deref().unwrap_or_default());
        let code = at.node.get("code").and_then(Node::text);
        if let Some(code) = code.filter(|code| !seen.insert(*code)) {
            found.add(&at.below("code"), "indicators.duplicate", &[("code", code)]);
        }
    }
    if !found.problems.is_empty() {
        return Err(found.problems);
    }
    let partner = partner.unwrap_or_default();
    let read = |entry: &Json| read::own(entry, &partner, &taxonomy.units);
    let listed = document.get("indicators").and_then(Json::as_list).unwrap_or_default();
    let mut indicators: Vec<Indicator> = listed.iter().filter_map(read).collect();
    crate::order::sort_by(&mut indicators, |one, other| one.code.cmp(&other.code));
    Ok(Own { partner, indicators, document })
}

/// What is wrong in the definitions of a file: `definitions` of a document with `theme` and `source`.
#[must_use]
pub fn problems_of_definitions(node: &Node, codes: &CodeLists) -> Vec<Problem> {
    let mut found = Strict { root: node, codes, problems: Vec::new() };
    found.keys("", node, &["format", "theme", "source", "definitions"]);
    let theme = found.wanted("", node, "theme").and_then(|at| found.code(&at, "theme")).unwrap_or_default();
    let entries = found.wanted("", node, "definitions").and_then(|at| found.list(&at)).unwrap_or_default();
    let mut before = "";
    for at in &entries {
        let keys = || [("code", Kind::Text(CODE), true)].into_iter().chain(MEANING);
        found.entry(at, &keys().collect::<Vec<_>>(), "");
        let code = at.node.get("code").and_then(Node::text).unwrap_or_default();
        if !code.starts_with(&theme) {
            found.add(&at.below("code"), "indicators.prefix", &[("code", code), ("prefix", &theme)]);
        }
        if code <= before {
            found.add(&at.below("code"), "indicators.duplicate", &[("code", code)]);
        }
        before = code;
    }
    found.problems
}

impl Own {
    /// What keeps it from taking the place of the indicators that the partner had: a code is never forgotten, and never changes its meaning.
    pub(crate) fn cannot_replace(&self, before: &Json, node: &Node) -> Vec<Problem> {
        let entries = |document: &Json| document.get("indicators").and_then(Json::as_list).unwrap_or_default().to_vec();
        let (mut found, now) = (Vec::new(), entries(&self.document));
        let code = |entry: &Json| entry.get("code").and_then(Json::as_str).unwrap_or_default().to_owned();
        for old in entries(before) {
            let old_code = code(&old);
            let Some((place, new)) = now.iter().enumerate().find(|(_, new)| code(new) == old_code) else {
                found.push(problem(node, "/indicators", "indicators.dropped", &[("code", &old_code)]));
                continue;
            };
            let spelt = |entry: &Json, key: &str| entry.get(key).map(Json::to_canonical);
            for key in UNCHANGED.into_iter().filter(|key| spelt(&old, key) != spelt(new, key)) {
                let pointer = format!("/indicators/{place}/{key}");
                let params = [("code", old_code.as_str()), ("key", key)];
                found.push(problem(node, &pointer, "indicators.definition_changed", &params));
            }
        }
        found
    }

    /// Problems of the taxonomy with these indicators, with the places of the document.
    pub(crate) fn in_document(&self, problems: Vec<Problem>, node: &Node) -> Vec<Problem> {
        let entries = self.document.get("indicators").and_then(Json::as_list).unwrap_or_default();
        let place =
            |code: &str| entries.iter().position(|entry| entry.get("code").and_then(Json::as_str) == Some(code));
        let moved = |problem: Problem| {
            let rest = problem.pointer.strip_prefix("/indicators/").and_then(|rest| rest.split_once('/'));
            let found = rest.and_then(|(code, key)| Some(format!("/indicators/{}/{key}", place(code)?)));
            let pointer = found.unwrap_or(problem.pointer);
            Problem { at: Some(node.nearest(&pointer).at), pointer, ..problem }
        };
        problems.into_iter().map(moved).collect()
    }
}

fn problem(root: &Node, pointer: &str, code: &str, params: &[(&str, &str)]) -> Problem {
    Problem {
        code: code.to_owned(),
        pointer: pointer.to_owned(),
        at: Some(root.nearest(pointer).at),
        params: params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    }
}

/// The document as it is read and hashed, so that both spellings are one: every scalar that YAML leaves open is text, but numbers and
/// `seen`.
fn document(node: &Node, is_number: bool) -> Json {
    match &node.value {
        NodeValue::Object(entries) => {
            let value = |entry: &Entry| match entry.key.as_str() {
                "seen" => entry.value.to_json(),
                key => document(&entry.value, is_number || NUMBERS.contains(&key)),
            };
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), value(entry))).collect())
        }
        NodeValue::List(items) => items.iter().map(|item| document(item, is_number)).collect(),
        NodeValue::Plain(text) if !node.is_null() => match node.number().filter(|_| is_number) {
            Some(number) => Json::number(number),
            None => Json::from(text.as_str()),
        },
        _ => node.to_json(),
    }
}

/// A place in the document.
struct At<'n> {
    node: &'n Node,
    pointer: String,
}

impl At<'_> {
    fn below(&self, key: &str) -> String {
        format!("{}/{key}", self.pointer)
    }
}

struct Strict<'n> {
    root: &'n Node,
    codes: &'n CodeLists,
    problems: Vec<Problem>,
}

impl<'n> Strict<'n> {
    fn add(&mut self, pointer: &str, code: &str, params: &[(&str, &str)]) {
        self.problems.push(problem(self.root, pointer, code, params));
    }

    fn entry(&mut self, at: &At<'n>, keys: &[Key], prefix: &str) {
        let names: Vec<&'static str> = keys.iter().map(|(name, ..)| *name).collect();
        self.keys(&at.pointer, at.node, &names);
        for (name, kind, required) in keys {
            let below = match at.node.get(name) {
                Some(node) => At { node, pointer: at.below(name) },
                None if *required && at.node.object().is_some() => {
                    self.add(&at.pointer, "indicators.missing_key", &[("name", name)]);
                    continue;
                }
                None => continue,
            };
            self.value(&below, kind, prefix);
        }
    }

    fn value(&mut self, at: &At<'n>, kind: &Kind, prefix: &str) {
        match kind {
            Kind::Text(most) => {
                let _ = self.text(at, *most);
            }
            Kind::Texts(most) => self.texts(at, *most),
            Kind::Int => self.typed(at, at.node.integer().is_some(), "number"),
            Kind::Number => self.typed(at, at.node.number().is_some(), "number"),
            Kind::Flag => self.typed(at, at.node.boolean().is_some(), "bool"),
            Kind::Code(list) => {
                let _ = self.code(at, list);
            }
            Kind::Word(words) => self.word(at, words),
            Kind::OwnCode => self.own_code(at, prefix),
            Kind::Levels => self.by_side(at, |found, at| {
                if !at.node.text().is_some_and(|level| NO_AREA.contains(&level)) {
                    let _ = found.code(at, "area_level");
                }
            }),
            Kind::Numbers => {
                self.by_side(at, |found, at| found.typed(at, at.node.number().is_some(), "number"));
            }
            Kind::Names => {
                for at in self.list(at).unwrap_or_default() {
                    let _ = self.text(&at, SHORT);
                }
            }
            Kind::Series => self.by_side(at, |found, at| {
                found.entry(
                    at,
                    &[("provider", Kind::Code("data_provider"), true), ("name", Kind::Text(SHORT), true)],
                    "",
                );
            }),
            Kind::Anchors => self.anchors(at),
        }
    }

    fn anchors(&mut self, at: &At<'n>) {
        let listed = at.node.list().is_some();
        let items = if listed { self.list(at) } else { Some(vec![At { node: at.node, pointer: at.pointer.clone() }]) };
        for at in items.unwrap_or_default() {
            self.entry(&at, &[("dataset", Kind::Text(SHORT), true), ("seen", Kind::Flag, true)], "");
        }
    }

    fn by_side(&mut self, at: &At<'n>, each: impl Fn(&mut Self, &At<'n>)) {
        self.keys(&at.pointer, at.node, &Sides::<()>::ALL.map(|side| side.as_str()));
        for side in Sides::<()>::ALL.map(|side| side.as_str()) {
            let below = at.node.get(side).map(|node| At { node, pointer: at.below(side) });
            below.iter().for_each(|at| each(self, at));
        }
    }

    fn keys(&mut self, pointer: &str, node: &'n Node, allowed: &[&'static str]) {
        let Some(entries) = node.object() else {
            return self.add(pointer, "indicators.type", &[("expected", "object")]);
        };
        for entry in entries.iter().filter(|entry| !allowed.contains(&entry.key.as_str())) {
            let pointer = format!("{pointer}/{}", entry.key.replace('~', "~0").replace('/', "~1"));
            let near = hint::nearest(&entry.key, allowed.iter().copied());
            let params = [("name", entry.key.as_str())].into_iter().chain(near.map(|hint| ("hint", hint)));
            self.add(&pointer, "indicators.unknown_key", &params.collect::<Vec<_>>());
        }
    }

    fn wanted(&mut self, pointer: &str, node: &'n Node, key: &'static str) -> Option<At<'n>> {
        let found = node.get(key).map(|node| At { node, pointer: format!("{pointer}/{key}") });
        if found.is_none() && node.object().is_some() {
            self.add(pointer, "indicators.missing_key", &[("name", key)]);
        }
        found
    }

    fn list(&mut self, at: &At<'n>) -> Option<Vec<At<'n>>> {
        let Some(items) = at.node.list() else {
            self.add(&at.pointer, "indicators.type", &[("expected", "list")]);
            return None;
        };
        if items.len() > limits::LIST {
            self.add(&at.pointer, "indicators.too_many", &[("max", &limits::LIST.to_string())]);
            return None;
        }
        let items = items.iter().enumerate();
        Some(items.map(|(place, node)| At { node, pointer: format!("{}/{place}", at.pointer) }).collect())
    }

    fn typed(&mut self, at: &At<'n>, fits: bool, expected: &'static str) {
        if !fits {
            self.add(&at.pointer, "indicators.type", &[("expected", expected)]);
        }
    }

    fn text(&mut self, at: &At<'n>, most: usize) -> Option<&'n str> {
        let text = at.node.text();
        match text {
            None => self.typed(at, false, "text"),
            Some(text) if text.trim().is_empty() => self.add(&at.pointer, "indicators.empty_text", &[]),
            Some(text) if text.chars().count() > most => {
                self.add(&at.pointer, "indicators.too_long", &[("max", &most.to_string())]);
            }
            Some(_) => {}
        }
        text
    }

    fn texts(&mut self, at: &At<'n>, most: usize) {
        self.entry(at, &Lang::ALL.map(|lang| (lang.as_str(), Kind::Text(most), true)), "");
    }

    fn code(&mut self, at: &At<'n>, list: &'static str) -> Option<String> {
        let code = self.text(at, CODE)?;
        let held = self.codes.get(list)?;
        if held.find(code).is_some() {
            return Some(code.to_owned());
        }
        let near = held.hint(code).map(|hint| ("hint", hint));
        let params = [("code", code), ("list", list)].into_iter().chain(near).collect::<Vec<_>>();
        self.add(&at.pointer, "indicators.code", &params);
        None
    }

    fn word(&mut self, at: &At<'n>, words: &'static [&'static str]) {
        if let Some(word) = self.text(at, CODE).filter(|word| !words.contains(word)) {
            self.add(&at.pointer, "indicators.word", &[("given", word), ("words", &words.join(", "))]);
        }
    }

    fn own_code(&mut self, at: &At<'n>, prefix: &str) {
        let Some(code) = self.text(at, CODE) else { return };
        let form = |rest: &str| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        };
        if !prefix.is_empty() && !code.strip_prefix(prefix).is_some_and(form) {
            self.add(&at.pointer, "indicators.prefix", &[("code", code), ("prefix", prefix)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Aggregation, Direction, Evidence, Grade};
    use super::*;

    #[test]
    fn the_words_are_those_of_the_types() {
        assert_eq!(GRADES, Grade::ALL.map(Grade::as_str));
        assert_eq!(AGGREGATIONS, Aggregation::ALL.map(Aggregation::as_str));
        assert_eq!(DIRECTIONS, Direction::ALL.map(Direction::as_str));
        assert_eq!(EVIDENCES, Evidence::ALL.map(Evidence::as_str));
    }
}
