//! A small JSON tree, for documents and outputs of the engine.
//!
//! A number has one form: whole numbers that every host holds are [`Json::Int`], all others [`Json::Float`], however they were
//! written. What [`Json::to_canonical`] writes, [`parse`] reads as the same tree.

use super::{SyntaxError, Token, Tokenizer};
use crate::limits;
use std::borrow::Cow;
use std::collections::HashSet;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number within ±(2^53 − 1).
    Int(i64),
    /// Another number.
    Float(Finite),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object; of members with one name the first counts.
    Object(Vec<(String, Json)>),
}

/// A double that is neither NaN nor infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finite(f64);

// Without NaN every number equals itself.
impl Eq for Finite {}

impl Finite {
    /// The number, if it is finite.
    #[must_use]
    pub fn try_new(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(value))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Why a text is no document of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// It is not JSON.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// An object names a member twice.
    #[error("duplicate key at byte {0}")]
    DuplicateKey(usize),
    /// A string with a lone surrogate.
    #[error("lone surrogate at byte {0}")]
    Surrogate(usize),
    /// A number that not every host holds.
    #[error("number out of range at byte {0}")]
    Number(usize),
    /// Nesting beyond the limit.
    #[error("nested too deep at byte {0}")]
    Depth(usize),
}

impl ParseError {
    /// The byte at which it is.
    pub(crate) fn offset(self) -> usize {
        match self {
            Self::Syntax(wrong) => wrong.offset,
            Self::DuplicateKey(at) | Self::Surrogate(at) | Self::Number(at) | Self::Depth(at) => at,
        }
    }
}

impl Json {
    /// An object of these members.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Reads a document of the engine, nested at most 64 deep.
    ///
    /// # Errors
    /// As [`parse`].
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parse(text, 64)
    }

    /// A number, whole where it has no fraction; null if it is not finite.
    #[must_use]
    pub fn number(value: f64) -> Self {
        const WHOLE: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() < WHOLE {
            return Self::Int(value as i64);
        }
        Finite::try_new(value).map_or(Self::Null, Self::Float)
    }

    /// The member of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The elements of a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Json]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&[(String, Json)]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<usize> for Json {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Json>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

/// A list or object that is being read.
enum Open {
    List(Vec<Json>),
    Object(Members),
}

/// The members of an object that is being read.
#[derive(Default)]
struct Members {
    list: Vec<(String, Json)>,
    /// The name that waits for its value.
    waiting: Option<String>,
    /// All names, once there are too many to look through.
    names: HashSet<String>,
}

/// The name was there before.
struct Duplicate;

impl Members {
    const LOOKED_THROUGH: usize = 32;

    fn name(&mut self, name: Cow<'_, str>) -> Result<(), Duplicate> {
        if self.is_taken(&name) {
            return Err(Duplicate);
        }
        self.waiting = Some(name.into_owned());
        Ok(())
    }

    fn is_taken(&mut self, name: &str) -> bool {
        if self.list.len() < Self::LOOKED_THROUGH {
            return self.list.iter().any(|(key, _)| key == name);
        }
        if self.names.is_empty() {
            self.names.extend(self.list.iter().map(|(key, _)| key.clone()));
        }
        !self.names.insert(name.to_owned())
    }
}

/// Reads a document strictly. An integer beyond ±(2^53 − 1) is read only if it is just how its double is printed
/// (`100000000000000000000`, but not `9007199254740993`), so that no digit is ever lost.
///
/// ```
/// use sam_eurometropole::json::{Json, ParseError, parse};
/// assert_eq!(parse("[1.0, 2.5]", 16)?.to_canonical(), "[1,2.5]");
/// assert_eq!(parse(r#"{"a": 1, "a": 2}"#, 16), Err(ParseError::DuplicateKey(9)));
/// # Ok::<(), ParseError>(())
/// ```
///
/// # Errors
/// [`ParseError`] at the first place where it is not one.
pub fn parse(text: &str, max_depth: usize) -> Result<Json, ParseError> {
    let mut tokenizer = Tokenizer::new(text, max_depth);
    let mut open: Vec<Open> = Vec::new();
    let mut done = None;
    loop {
        let (token, span) = tokenizer.next_token()?;
        let at = span.start;
        let value = match token {
            Token::End => return Ok(done.unwrap_or(Json::Null)),
            Token::Null => Json::Null,
            Token::Bool(value) => Json::Bool(value),
            Token::Int(value) if value.unsigned_abs() <= limits::INTEGER.unsigned_abs() => Json::Int(value),
            Token::Int(_) | Token::BigInt => {
                text.get(at..span.end).and_then(large_integer).ok_or(ParseError::Number(at))?
            }
            Token::Float(value) => Json::number(value),
            Token::Text(text) => Json::Text(text.into_owned()),
            Token::NumberOutOfRange => return Err(ParseError::Number(at)),
            Token::BadText | Token::BadKey => return Err(ParseError::Surrogate(at)),
            Token::TooDeep => return Err(ParseError::Depth(at)),
            Token::StartList => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Token::StartObject => {
                open.push(Open::Object(Members::default()));
                continue;
            }
            Token::Key(name) => {
                if let Some(Open::Object(members)) = open.last_mut() {
                    members.name(name).map_err(|Duplicate| ParseError::DuplicateKey(at))?;
                }
                continue;
            }
            Token::EndList | Token::EndObject => match open.pop() {
                Some(Open::List(items)) => Json::List(items),
                Some(Open::Object(members)) => Json::Object(members.list),
                None => continue,
            },
        };
        match open.last_mut() {
            Some(Open::List(items)) => items.push(value),
            Some(Open::Object(members)) => members.list.extend(members.waiting.take().map(|name| (name, value))),
            None => done = Some(value),
        }
    }
}

/// An integer beyond ±(2^53 − 1), if its double is printed with just these digits.
fn large_integer(lexeme: &str) -> Option<Json> {
    let json = Finite::try_new(lexeme.parse().ok()?).map(Json::Float)?;
    (json.to_canonical() == lexeme).then_some(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_hosts_disagree_on() {
        assert_eq!(parse(r#"{"a":1,"a":2}"#, 8), Err(ParseError::DuplicateKey(7)));
        assert_eq!(parse(r#"["\udc00"]"#, 8), Err(ParseError::Surrogate(1)));
        assert_eq!(parse(r#"{"\ud800":1}"#, 8), Err(ParseError::Surrogate(1)));
        assert_eq!(parse("[1e999]", 8), Err(ParseError::Number(1)));
        assert_eq!(parse("[[1]]", 1), Err(ParseError::Depth(1)));
        assert!(matches!(parse("{", 8), Err(ParseError::Syntax(_))));
    }

    #[test]
    fn reads_a_tree() {
        let json = parse(r#"{"a": [1, 2.5, "x", null, true, {}]}"#, 8).unwrap();
        assert_eq!(json.to_canonical(), r#"{"a":[1,2.5,"x",null,true,{}]}"#);
        assert_eq!(json.get("a").and_then(Json::as_list).map(<[Json]>::len), Some(6));
    }

    #[test]
    fn a_number_has_one_form() {
        for same in ["1", "1.0", "10e-1", "1.0000"] {
            assert_eq!(parse(same, 0), Ok(Json::Int(1)), "{same}");
        }
        assert_eq!(parse("-0.0", 0), Ok(Json::Int(0)));
        assert_eq!(parse("9007199254740991", 0), Ok(Json::Int(9_007_199_254_740_991)));
    }

    #[test]
    fn a_large_integer_is_read_only_if_no_digit_is_lost() {
        for lossless in ["9007199254740992", "-100000000000000000000"] {
            assert_eq!(parse(lossless, 0).unwrap().to_canonical(), lossless);
        }
        let long = "1".repeat(400);
        for lossy in ["9007199254740993", "9223372036854775807", "100000000000000000001", long.as_str()] {
            assert_eq!(parse(lossy, 0), Err(ParseError::Number(0)), "{lossy}");
        }
    }

    #[test]
    fn finds_duplicates_in_large_objects() {
        let member = |n: usize| format!("\"k{n}\":{n}");
        for size in [31, 32, 33, 34, 100] {
            let members: Vec<String> = (0..size).map(member).collect();
            let text = format!("{{{}}}", members.join(","));
            assert_eq!(parse(&text, 1).unwrap().as_object().map(<[_]>::len), Some(size));
            for twice in [0, size / 2, size - 1] {
                let damaged = format!("{{{},{}}}", members.join(","), member(twice));
                assert_eq!(parse(&damaged, 1), Err(ParseError::DuplicateKey(text.len())), "{twice} of {size}");
            }
        }
    }
}
