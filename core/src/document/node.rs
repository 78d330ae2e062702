//! The tree.

use crate::json::Json;
use crate::limits;
use std::collections::HashSet;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: NodeValue,
    /// Where it begins.
    pub at: Position,
}

/// Line and column, both from 1, columns in code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// `null` of JSON.
    Null,
    /// A boolean of JSON.
    Bool(bool),
    /// A whole number of JSON.
    Int(i64),
    /// Another number of JSON.
    Float(f64),
    /// A string of JSON, or a quoted or block scalar of YAML.
    Text(String),
    /// A plain scalar of YAML, as it stands.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// An object, without duplicate keys.
    Object(Vec<Entry>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub key: String,
    /// Where the name stands.
    pub at: Position,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// Text, quoted or plain. A plain scalar that reads as null is none.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            NodeValue::Plain(text) if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// A whole number that every host holds.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        let value = match &self.value {
            NodeValue::Int(value) => *value,
            NodeValue::Plain(text) if is_integer(text) => text.parse().ok()?,
            _ => return None,
        };
        (value.abs() <= limits::INTEGER).then_some(value)
    }

    /// A number.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match &self.value {
            NodeValue::Float(value) => Some(*value),
            NodeValue::Plain(text) if is_decimal(text) => text.parse().ok().filter(|value: &f64| value.is_finite()),
            _ => self.integer().map(|value| value as f64),
        }
    }

    /// `true` or `false`.
    #[must_use]
    pub fn boolean(&self) -> Option<bool> {
        match &self.value {
            NodeValue::Bool(value) => Some(*value),
            NodeValue::Plain(text) if text == "true" => Some(true),
            NodeValue::Plain(text) if text == "false" => Some(false),
            _ => None,
        }
    }

    /// Whether it is null: of JSON, or a plain scalar of YAML that stands for it.
    #[must_use]
    pub fn is_null(&self) -> bool {
        match &self.value {
            NodeValue::Null => true,
            NodeValue::Plain(text) => matches!(text.as_str(), "" | "~" | "null"),
            _ => false,
        }
    }

    /// The elements of a list.
    #[must_use]
    pub fn list(&self) -> Option<&[Node]> {
        match &self.value {
            NodeValue::List(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    #[must_use]
    pub fn object(&self) -> Option<&[Entry]> {
        match &self.value {
            NodeValue::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// A member of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.object()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The node that a JSON Pointer leads to, or the last one on its way.
    #[must_use]
    pub fn nearest(&self, pointer: &str) -> &Node {
        let mut at = self;
        for step in pointer.split('/').skip(1) {
            let below = match &at.value {
                NodeValue::List(items) => step.parse().ok().and_then(|place: usize| items.get(place)),
                _ => at.get(&step.replace("~1", "/").replace("~0", "~")),
            };
            match below {
                Some(node) => at = node,
                None => break,
            }
        }
        at
    }

    /// The kind, as problems name it.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match &self.value {
            NodeValue::List(_) => "list",
            NodeValue::Object(_) => "object",
            _ if self.is_null() => "null",
            NodeValue::Text(_) => "text",
            _ if self.boolean().is_some() => "bool",
            _ if self.number().is_some() => "number",
            _ => "text",
        }
    }

    /// As JSON, without a schema: plain scalars are `true`, `false`, null, whole numbers, or else text.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match &self.value {
            NodeValue::Null => Json::Null,
            NodeValue::Bool(value) => Json::Bool(*value),
            NodeValue::Int(value) => Json::Int(*value),
            NodeValue::Float(value) => Json::number(*value),
            NodeValue::Text(text) => Json::Text(text.clone()),
            NodeValue::Plain(text) => self.plain_json(text),
            NodeValue::List(items) => items.iter().map(Self::to_json).collect(),
            NodeValue::Object(entries) => {
                Json::Object(entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect())
            }
        }
    }

    fn plain_json(&self, text: &str) -> Json {
        if self.is_null() {
            return Json::Null;
        }
        if let Some(value) = self.boolean() {
            return Json::Bool(value);
        }
        self.integer().map_or_else(|| Json::from(text), Json::Int)
    }
}

/// A document of the engine, which has no places.
impl From<&Json> for Node {
    fn from(json: &Json) -> Self {
        let entry = |(key, value): &(String, Json)| Entry {
            key: key.clone(),
            at: Position::default(),
            value: Self::from(value),
        };
        let value = match json {
            Json::Null => NodeValue::Null,
            Json::Bool(value) => NodeValue::Bool(*value),
            Json::Int(value) => NodeValue::Int(*value),
            Json::Float(value) => NodeValue::Float(value.get()),
            Json::Text(text) => NodeValue::Text(text.clone()),
            Json::List(items) => NodeValue::List(items.iter().map(Self::from).collect()),
            Json::Object(members) => NodeValue::Object(members.iter().map(entry).collect()),
        };
        Self { value, at: Position::default() }
    }
}

/// `-?(0|[1-9][0-9]*)`
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let zero = digits.starts_with('0') && digits.len() > 1;
    !digits.is_empty() && !zero && digits.bytes().all(|b| b.is_ascii_digit())
}

/// An integer, a point, and digits.
fn is_decimal(text: &str) -> bool {
    text.split_once('.')
        .is_some_and(|(whole, rest)| is_integer(whole) && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// What is wrong with a document before anybody asks what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemCode {
    /// It is not JSON, or not YAML.
    Syntax,
    /// A key is given twice.
    DuplicateKey,
    /// A key that YAML 1.1 would read as a boolean.
    RefusedKey,
    /// A key that is a list or an object.
    KeyNotText,
    /// An anchor.
    Anchor,
    /// An alias.
    Alias,
    /// A tag.
    Tag,
    /// A merge key.
    MergeKey,
    /// A second document.
    SecondDocument,
    /// Nesting too deep.
    Depth,
    /// A number that not every host holds.
    Number,
    /// A lone surrogate.
    Surrogate,
    /// Nothing in it.
    Empty,
    /// More bytes than a text of its kind may have.
    TooLong,
    /// More problems than are told; this is the last one.
    TooManyProblems,
}

impl ProblemCode {
    /// The code in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "document.syntax",
            Self::DuplicateKey => "document.duplicate_key",
            Self::RefusedKey => "document.refused_key",
            Self::KeyNotText => "document.key_not_text",
            Self::Anchor => "document.anchor",
            Self::Alias => "document.alias",
            Self::Tag => "document.tag",
            Self::MergeKey => "document.merge_key",
            Self::SecondDocument => "document.second_document",
            Self::Depth => "document.depth",
            Self::Number => "document.number",
            Self::Surrogate => "document.surrogate",
            Self::Empty => "document.empty",
            Self::TooLong => "document.too_long",
            Self::TooManyProblems => "document.too_many_problems",
        }
    }
}

/// A problem of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub code: ProblemCode,
    /// JSON Pointer to the place.
    pub pointer: String,
    /// Line and column.
    pub at: Option<Position>,
    /// Values for the text.
    pub params: Vec<(String, String)>,
}

impl Problem {
    pub(super) fn new(code: ProblemCode, pointer: String, at: Position, params: &[(&str, &str)]) -> Self {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { code, pointer, at: Some(at), params }
    }
}

/// Puts a tree together from its pieces, whatever they were written in.
pub(super) struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    problems: Vec<Problem>,
    /// Bytes of their pointers, which long keys inside one another make long.
    pointers: usize,
    is_full: bool,
}

enum Open {
    List(Vec<Node>, Position),
    Object { entries: Vec<Entry>, names: HashSet<String>, key: Option<Key>, at: Position },
}

/// The name of the member that waits for its value.
struct Key {
    name: String,
    at: Position,
    /// Whether the member stays in the tree. Of one that does not, the value is read for its problems only.
    keep: bool,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), root: None, problems: Vec::new(), pointers: 0, is_full: false }
    }

    #[cfg(feature = "yaml")]
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Keeps a problem; of too many the first ones, and one that says so.
    pub(super) fn problem(&mut self, code: ProblemCode, at: Position, params: &[(&str, &str)]) {
        if self.is_full {
            return;
        }
        self.is_full = self.problems.len() == limits::PROBLEMS || self.pointers > limits::PACK_BYTES;
        if self.is_full {
            let max = self.problems.len().to_string();
            return self.problems.push(Problem::new(ProblemCode::TooManyProblems, String::new(), at, &[("max", &max)]));
        }
        let pointer = self.pointer();
        self.pointers = self.pointers.saturating_add(pointer.len());
        self.problems.push(Problem::new(code, pointer, at, params));
    }

    fn pointer(&self) -> String {
        let mut out = String::new();
        for open in &self.open {
            match open {
                Open::List(items, _) => out.push_str(&format!("/{}", items.len())),
                Open::Object { key: Some(key), .. } => {
                    out.push_str(&format!("/{}", key.name.replace('~', "~0").replace('/', "~1")));
                }
                Open::Object { key: None, .. } => {}
            }
        }
        out
    }

    pub(super) fn start_list(&mut self, at: Position) {
        self.open.push(Open::List(Vec::new(), at));
    }

    pub(super) fn start_object(&mut self, at: Position) {
        self.open.push(Open::Object { entries: Vec::new(), names: HashSet::new(), key: None, at });
    }

    /// Whether the next scalar is the name of a member.
    #[cfg(feature = "yaml")]
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Object { key: None, .. }))
    }

    /// The name of the next member; of two with one name the first stays.
    pub(super) fn key(&mut self, name: &str, at: Position) {
        let Some(Open::Object { names, key, .. }) = self.open.last_mut() else { return };
        let keep = names.insert(name.to_owned());
        *key = Some(Key { name: name.to_owned(), at, keep });
        if !keep {
            self.problem(ProblemCode::DuplicateKey, at, &[("name", name)]);
        }
    }

    /// A name that cannot stay, with the problem; its member is left out.
    pub(super) fn bad_key(&mut self, code: ProblemCode, name: &str, at: Position) {
        if let Some(Open::Object { key, .. }) = self.open.last_mut() {
            *key = Some(Key { name: name.to_owned(), at, keep: false });
        }
        let params = [("name", name)];
        self.problem(code, at, if name.is_empty() { &[] } else { &params });
    }

    pub(super) fn end(&mut self) {
        match self.open.pop() {
            Some(Open::List(items, at)) => self.value(NodeValue::List(items), at),
            Some(Open::Object { entries, at, .. }) => self.value(NodeValue::Object(entries), at),
            None => {}
        }
    }

    pub(super) fn value(&mut self, value: NodeValue, at: Position) {
        let node = Node { value, at };
        match self.open.last_mut() {
            None => self.root = self.root.take().or(Some(node)),
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Object { entries, key, .. }) => {
                if let Some(Key { name, at, keep: true }) = key.take() {
                    entries.push(Entry { key: name, at, value: node });
                }
            }
        }
    }

    pub(super) fn finish(mut self) -> (Option<Node>, Vec<Problem>) {
        if self.root.is_none() && self.problems.is_empty() {
            self.problem(ProblemCode::Empty, Position { line: 1, column: 1 }, &[]);
        }
        (self.root, self.problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Node {
        Node { value: NodeValue::Plain(text.to_owned()), at: Position::default() }
    }

    #[test]
    fn plain_scalars_are_typed_by_who_reads_them() {
        assert_eq!(plain("2026.1").text(), Some("2026.1"));
        assert_eq!(plain("2026.1").number(), Some(2026.1));
        assert_eq!(plain("-0.5").number(), Some(-0.5));
        assert_eq!(plain("12").integer(), Some(12));
        assert_eq!(plain("12").number(), Some(12.0));
        assert_eq!(plain("true").boolean(), Some(true));
        assert_eq!(plain("true").text(), Some("true"));
        for null in ["", "~", "null"] {
            assert!(plain(null).is_null() && plain(null).text().is_none(), "{null}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_or_boolean_is_none() {
        let long = format!("{}.0", "9".repeat(400));
        let others = ["012", "+1", ".5", "1.", "0x10", "1_000", "1e3", ".inf", ".nan", "-", "1.5.2", " 1", "٣"];
        for text in others.into_iter().chain([long.as_str()]) {
            assert_eq!(plain(text).number(), None, "{text}");
            assert_eq!(plain(text).to_json(), Json::from(text));
        }
        for text in ["1.0", "9007199254740992", "99999999999999999999"] {
            assert_eq!(plain(text).integer(), None, "{text}");
        }
        for text in ["yes", "no", "on", "True", "TRUE"] {
            assert_eq!(plain(text).boolean(), None, "{text}");
        }
        let quoted = Node { value: NodeValue::Text("1".to_owned()), at: Position::default() };
        assert_eq!((quoted.integer(), quoted.kind_name()), (None, "text"));
    }

    #[test]
    fn without_a_schema_only_clear_scalars_leave_text() {
        for (text, json) in [
            ("true", "true"),
            ("false", "false"),
            ("null", "null"),
            ("~", "null"),
            ("", "null"),
            ("-7", "-7"),
            ("9007199254740991", "9007199254740991"),
            ("9007199254740992", "\"9007199254740992\""),
            ("2026.1", "\"2026.1\""),
            ("2026-01-01", "\"2026-01-01\""),
            ("NO", "\"NO\""),
        ] {
            assert_eq!(plain(text).to_json().to_canonical(), json);
        }
    }
}
