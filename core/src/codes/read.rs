//! Reading a list document strictly: every problem, with its place.

use super::{Code, CodeList, Folded};
use crate::by_text::ByText;
use crate::date::Date;
use crate::document::{Entry, Node, NodeValue};
use crate::force::Force;
use crate::hint;
use crate::json::Json;
use crate::message::{Lang, Texts};
use crate::pack::Problem;
use std::collections::BTreeSet;
use thiserror::Error;

const LIST_KEYS: [&str; 4] = ["list", "title", "source", "codes"];
const CODE_KEYS: [&str; 10] =
    ["code", "label", "from", "to", "system", "concept", "broader", "replaced_by", "verified", "source"];
const SYSTEMS: [&str; 4] = ["FR", "BE", "BE-WAL", "BE-VLG"];

/// A problem of a list document, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{pointer}`: {problem}")]
pub struct CodesError {
    /// JSON Pointer.
    pub pointer: String,
    /// What is wrong there.
    pub problem: CodesProblem,
}

impl CodesError {
    pub(super) fn new(pointer: &str, problem: CodesProblem) -> Self {
        Self { pointer: pointer.to_owned(), problem }
    }

    /// The problem as keepers read it, with its place in the document.
    pub(super) fn in_document(self, document: &Node) -> Problem {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Problem {
            code: self.problem.code().to_owned(),
            at: Some(document.nearest(&self.pointer).at),
            params: self.problem.params().into_iter().map(owned).collect(),
            pointer: self.pointer,
        }
    }
}

/// What is wrong with a list document.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodesProblem {
    /// A key that has to be there is not.
    #[error("`{0}` is missing")]
    MissingKey(String),
    /// A key that the format does not have, and the one that is near.
    #[error("there is no key `{0}`")]
    UnknownKey(String, Option<&'static str>),
    /// A value of another kind.
    #[error("a {0} is wanted")]
    Type(&'static str),
    /// A text, or a translation, without content.
    #[error("the text is empty")]
    EmptyText,
    /// An id or code with other characters than ASCII letters, digits, `_` and `-`.
    #[error("a code holds ASCII letters, digits, `_` and `-` only")]
    CodeForm,
    /// Not a day `YYYY-MM-DD` of the years 1900–2200.
    #[error("a date is written YYYY-MM-DD")]
    Date,
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    DateOrder,
    /// Not one of `FR`, `BE`, `BE-WAL`, `BE-VLG`.
    #[error("a system is FR, BE, BE-WAL or BE-VLG")]
    System,
    /// An id or a code that was there before.
    #[error("`{0}` is given twice")]
    Duplicate(String),
    /// A successor that the list does not hold.
    #[error("`{0}` is not a code of this list")]
    Successor(String),
    /// A broader code that the list does not hold.
    #[error("`{0}` is not a code of this list")]
    Broader(String),
    /// A code that is, over others, broader than itself.
    #[error("`{0}` is broader than itself")]
    Circle(String),
    /// A code of the list that this one replaces.
    #[error("`{0}` is a code of the list that is replaced")]
    Dropped(String),
}

impl CodesProblem {
    /// The code in outputs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingKey(_) => "codes.missing_key",
            Self::UnknownKey(..) => "codes.unknown_key",
            Self::Type(_) => "codes.type",
            Self::EmptyText => "codes.empty_text",
            Self::CodeForm => "codes.code_form",
            Self::Date => "codes.date",
            Self::DateOrder => "codes.date_order",
            Self::System => "codes.system",
            Self::Duplicate(_) => "codes.duplicate",
            Self::Successor(_) => "codes.successor",
            Self::Broader(_) => "codes.broader",
            Self::Circle(_) => "codes.circle",
            Self::Dropped(_) => "codes.dropped",
        }
    }

    fn params(&self) -> Vec<(&str, &str)> {
        match self {
            Self::MissingKey(name) => vec![("name", name)],
            Self::UnknownKey(name, hint) => {
                [("name", name.as_str())].into_iter().chain(hint.map(|hint| ("hint", hint))).collect()
            }
            Self::Type(expected) => vec![("expected", expected)],
            Self::Duplicate(code)
            | Self::Successor(code)
            | Self::Broader(code)
            | Self::Circle(code)
            | Self::Dropped(code) => vec![("code", code)],
            Self::EmptyText | Self::CodeForm | Self::Date | Self::DateOrder | Self::System => Vec::new(),
        }
    }
}

/// The document as it is read and hashed: every scalar that YAML leaves open is text, but `verified`.
pub(super) fn document(node: &Node) -> Json {
    match &node.value {
        NodeValue::Object(entries) => {
            let value = |entry: &Entry| match entry.key.as_str() {
                "verified" => entry.value.to_json(),
                _ => document(&entry.value),
            };
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), value(entry))).collect())
        }
        NodeValue::List(items) => items.iter().map(document).collect(),
        NodeValue::Plain(text) if !node.is_null() => Json::from(text.as_str()),
        _ => node.to_json(),
    }
}

/// Reads one list; `pointer` is where it stands.
pub(super) fn list(json: &Json, pointer: &str) -> Result<CodeList, Vec<CodesError>> {
    let mut problems = Problems(Vec::new());
    let at = At { json, pointer: pointer.to_owned() };
    let read = problems.list(&at);
    match read {
        Some(list) if problems.0.is_empty() => Ok(list),
        _ => Err(problems.0),
    }
}

/// A place in the document.
struct At<'j> {
    json: &'j Json,
    pointer: String,
}

impl<'j> At<'j> {
    fn get(&self, key: &str) -> Option<At<'j>> {
        self.json.get(key).map(|json| At { json, pointer: self.below(key) })
    }

    fn below(&self, key: &str) -> String {
        format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1"))
    }

    fn items(&self) -> Option<Vec<At<'j>>> {
        let Json::List(items) = self.json else {
            return None;
        };
        let items = items.iter().enumerate();
        Some(items.map(|(place, json)| At { json, pointer: format!("{}/{place}", self.pointer) }).collect())
    }
}

struct Problems(Vec<CodesError>);

impl Problems {
    fn add(&mut self, at: &At<'_>, problem: CodesProblem) {
        self.0.push(CodesError::new(&at.pointer, problem));
    }

    fn list(&mut self, at: &At<'_>) -> Option<CodeList> {
        self.keys(at, &LIST_KEYS);
        let id = self.wanted(at, "list").and_then(|at| self.code_text(&at));
        let title = self.wanted(at, "title").and_then(|at| self.texts(&at));
        let source = self.wanted(at, "source").and_then(|at| self.text(&at));
        let entries = self.wanted(at, "codes").and_then(|at| self.items(&at))?;
        let names = self.names(&entries);
        let mut codes = Vec::new();
        let mut index = ByText::default();
        for entry in &entries {
            let Some(code) = self.code(entry, &names) else {
                continue;
            };
            index.insert(code.code.as_str(), codes.len());
            codes.push(code);
        }
        self.circles(&entries, &codes, &index);
        let dated = codes.iter().any(|code| code.from().is_some() || code.to().is_some());
        Some(CodeList { dated, id: id?, title: title?, source: source?, codes, index, folded: Folded::default() })
    }

    /// Every code that is written, whether or not its entry can be read.
    fn names<'j>(&mut self, entries: &[At<'j>]) -> BTreeSet<&'j str> {
        let mut names = BTreeSet::new();
        for entry in entries {
            let Some(code) = entry.json.get("code").and_then(Json::as_str) else {
                continue;
            };
            if !names.insert(code) {
                self.add_below(entry, "code", CodesProblem::Duplicate(code.to_owned()));
            }
        }
        names
    }

    fn code(&mut self, at: &At<'_>, names: &BTreeSet<&str>) -> Option<Code> {
        self.keys(at, &CODE_KEYS);
        let code = self.wanted(at, "code").and_then(|at| self.code_text(&at));
        let labels = self.wanted(at, "label").and_then(|at| self.texts(&at));
        let from = at.get("from").and_then(|at| self.date(&at));
        let to = at.get("to").and_then(|at| self.date(&at));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            self.add_below(at, "to", CodesProblem::DateOrder);
        }
        let system = at.get("system").and_then(|at| self.system(&at));
        let concept = at.get("concept").and_then(|at| self.code_text(&at));
        let broader = at.get("broader").and_then(|at| self.held(&at, names, CodesProblem::Broader));
        let source = at.get("source").and_then(|at| self.text(&at));
        let replaced_by = at.get("replaced_by").and_then(|at| self.items(&at)).unwrap_or_default();
        let replaced_by = replaced_by.iter().filter_map(|at| self.held(at, names, CodesProblem::Successor)).collect();
        let verified = self.wanted(at, "verified").and_then(|at| self.flag(&at));
        let (code, labels, verified) = (code?, labels?, verified?);
        Some(Code { code, labels, force: Force { from, to }, system, concept, broader, replaced_by, verified, source })
    }

    /// A walk to broader codes that is longer than the list has come round.
    fn circles(&mut self, entries: &[At<'_>], codes: &[Code], index: &ByText<usize>) {
        let broader = |code: &&Code| code.broader().and_then(|broader| codes.get(*index.get(broader)?));
        for code in codes {
            if std::iter::successors(Some(code), broader).nth(codes.len()).is_none() {
                continue;
            }
            let entry = entries.iter().find(|at| at.json.get("code").and_then(Json::as_str) == Some(code.code()));
            entry.into_iter().for_each(|at| self.add_below(at, "broader", CodesProblem::Circle(code.code.clone())));
        }
    }

    /// A code that the list has to hold.
    fn held(&mut self, at: &At<'_>, names: &BTreeSet<&str>, problem: fn(String) -> CodesProblem) -> Option<String> {
        let code = self.code_text(at)?;
        if !names.contains(code.as_str()) {
            self.add(at, problem(code.clone()));
        }
        Some(code)
    }

    fn add_below(&mut self, at: &At<'_>, key: &str, problem: CodesProblem) {
        self.0.push(CodesError::new(&at.below(key), problem));
    }

    fn keys(&mut self, at: &At<'_>, allowed: &[&'static str]) {
        let Json::Object(members) = at.json else {
            return self.add(at, CodesProblem::Type("object"));
        };
        for (key, _) in members.iter().filter(|(key, _)| !allowed.contains(&key.as_str())) {
            let near = hint::nearest(key, allowed.iter().copied());
            let near = allowed.iter().copied().find(|known| Some(*known) == near);
            self.add_below(at, key, CodesProblem::UnknownKey(key.clone(), near));
        }
    }

    fn wanted<'j>(&mut self, at: &At<'j>, key: &str) -> Option<At<'j>> {
        let found = at.get(key);
        if found.is_none() && matches!(at.json, Json::Object(_)) {
            self.add_below(at, key, CodesProblem::MissingKey(key.to_owned()));
        }
        found
    }

    fn items<'j>(&mut self, at: &At<'j>) -> Option<Vec<At<'j>>> {
        let items = at.items();
        if items.is_none() {
            self.add(at, CodesProblem::Type("list"));
        }
        items
    }

    fn text(&mut self, at: &At<'_>) -> Option<String> {
        match at.json.as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            Some(_) => {
                self.add(at, CodesProblem::EmptyText);
                None
            }
            None => {
                self.add(at, CodesProblem::Type("text"));
                None
            }
        }
    }

    fn code_text(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text(at)?;
        let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if !fits {
            self.add(at, CodesProblem::CodeForm);
        }
        fits.then_some(text)
    }

    fn texts(&mut self, at: &At<'_>) -> Option<Texts> {
        self.keys(at, &Lang::ALL.map(Lang::as_str));
        let [fr, nl, en] = Lang::ALL.map(|lang| self.wanted(at, lang.as_str()).and_then(|at| self.text(&at)));
        Some(Texts::new(fr?, nl?, en?))
    }

    fn date(&mut self, at: &At<'_>) -> Option<Date> {
        let text = self.text(at)?;
        // A day only, so that the canonical document has one spelling for it.
        let date = Date::parse(&text).ok().filter(|_| text.len() == 10);
        if date.is_none() {
            self.add(at, CodesProblem::Date);
        }
        date
    }

    fn system(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text(at)?;
        let known = SYSTEMS.contains(&text.as_str());
        if !known {
            self.add(at, CodesProblem::System);
        }
        known.then_some(text)
    }

    fn flag(&mut self, at: &At<'_>) -> Option<bool> {
        if let Json::Bool(flag) = at.json {
            return Some(*flag);
        }
        self.add(at, CodesProblem::Type("bool"));
        None
    }
}
