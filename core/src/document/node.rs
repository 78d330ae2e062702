//! The tree.

use crate::json::{Finite, Json};
use crate::limits;

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
            NodeValue::Plain(text) if is_decimal(text) => text.parse().ok(),
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
        self.object()?
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
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
            NodeValue::Float(value) => Finite::try_new(*value).map_or(Json::Null, Json::Float),
            NodeValue::Text(text) => Json::Text(text.clone()),
            NodeValue::Plain(text) => self.plain_json(text),
            NodeValue::List(items) => items.iter().map(Self::to_json).collect(),
            NodeValue::Object(entries) => Json::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()))
                    .collect(),
            ),
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

/// `-?(0|[1-9][0-9]*)`
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let zero = digits.starts_with('0') && digits.len() > 1;
    !digits.is_empty() && !zero && digits.bytes().all(|b| b.is_ascii_digit())
}

/// An integer, a point, and digits.
fn is_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, rest)| {
        is_integer(whole) && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())
    })
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

/// Puts a tree together from its pieces, whatever they were written in.
pub(super) struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    pub(super) problems: Vec<Problem>,
}

enum Open {
    List(Vec<Node>, Position),
    Object {
        entries: Vec<Entry>,
        key: Option<(String, Position, bool)>,
        at: Position,
    },
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            open: Vec::new(),
            root: None,
            problems: Vec::new(),
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn problem(&mut self, code: ProblemCode, at: Position, params: &[(&str, &str)]) {
        let params = params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.problems.push(Problem {
            code,
            pointer: self.pointer(),
            at: Some(at),
            params,
        });
    }

    fn pointer(&self) -> String {
        let mut out = String::new();
        for open in &self.open {
            match open {
                Open::List(items, _) => out.push_str(&format!("/{}", items.len())),
                Open::Object {
                    key: Some((key, ..)),
                    ..
                } => {
                    out.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
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
        self.open.push(Open::Object {
            entries: Vec::new(),
            key: None,
            at,
        });
    }

    /// Whether the next scalar is the name of a member.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Object { key: None, .. }))
    }

    /// The name of the next member; of two with one name the first stays.
    pub(super) fn key(&mut self, name: String, at: Position) {
        let Some(Open::Object { entries, key, .. }) = self.open.last_mut() else {
            return;
        };
        let fresh = !entries.iter().any(|entry| entry.key == name);
        *key = Some((name.clone(), at, fresh));
        if !fresh {
            self.problem(ProblemCode::DuplicateKey, at, &[("name", &name)]);
        }
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
                if let Some((name, at, true)) = key.take() {
                    entries.push(Entry {
                        key: name,
                        at,
                        value: node,
                    });
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
