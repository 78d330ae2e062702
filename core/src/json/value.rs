//! A small JSON tree, for documents and outputs of the engine.

use super::{SyntaxError, Token, Tokenizer};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
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

impl Json {
    /// An object of these members.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Self {
        Self::Object(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
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
        self.as_object()?
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
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

/// A list or object that is being read, with the name of the member that waits for its value.
enum Open {
    List(Vec<Json>),
    Object(Vec<(String, Json)>, Option<String>),
}

/// Reads a document strictly.
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
            Token::Int(value) => Json::Int(value),
            Token::Float(value) => Finite::try_new(value).map_or(Json::Null, Json::Float),
            Token::Text(text) => Json::Text(text.into_owned()),
            Token::BigInt | Token::NumberOutOfRange => return Err(ParseError::Number(at)),
            Token::BadText | Token::BadKey => return Err(ParseError::Surrogate(at)),
            Token::TooDeep => return Err(ParseError::Depth(at)),
            Token::StartList => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Token::StartObject => {
                open.push(Open::Object(Vec::new(), None));
                continue;
            }
            Token::Key(name) => {
                if let Some(Open::Object(members, waiting)) = open.last_mut() {
                    if members.iter().any(|(key, _)| *key == name) {
                        return Err(ParseError::DuplicateKey(at));
                    }
                    *waiting = Some(name.into_owned());
                }
                continue;
            }
            Token::EndList | Token::EndObject => match open.pop() {
                Some(Open::List(items)) => Json::List(items),
                Some(Open::Object(members, _)) => Json::Object(members),
                None => continue,
            },
        };
        match open.last_mut() {
            Some(Open::List(items)) => items.push(value),
            Some(Open::Object(members, name)) => {
                members.extend(name.take().map(|name| (name, value)))
            }
            None => done = Some(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_hosts_disagree_on() {
        assert_eq!(
            parse(r#"{"a":1,"a":2}"#, 8),
            Err(ParseError::DuplicateKey(7))
        );
        assert_eq!(parse(r#"["\udc00"]"#, 8), Err(ParseError::Surrogate(1)));
        assert_eq!(parse("[1e999]", 8), Err(ParseError::Number(1)));
        assert_eq!(parse("[[1]]", 1), Err(ParseError::Depth(1)));
        assert!(matches!(parse("{", 8), Err(ParseError::Syntax(_))));
    }

    #[test]
    fn reads_a_tree() {
        let json = parse(r#"{"a": [1, 2.5, "x", null, true, {}]}"#, 8).unwrap();
        assert_eq!(json.to_canonical(), r#"{"a":[1,2.5,"x",null,true,{}]}"#);
        assert_eq!(
            json.get("a").and_then(Json::as_list).map(<[Json]>::len),
            Some(6)
        );
    }
}
