//! Where input comes from: JSON text or the values of a host, as one stream of events.

use crate::date::{Date, DateError};
use crate::json::{Json, SyntaxError, Token, Tokenizer, line_column};
use crate::limits;
use std::borrow::Cow;

/// One step of the input.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'t> {
    /// null, NaN, NaT, NA.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// An integer that does not.
    BigInt,
    /// A finite float.
    Float(f64),
    /// A float or decimal beyond the range of a double, or infinite.
    OutOfRange,
    /// A decimal, as the nearest float.
    Decimal(f64),
    /// Text.
    Text(Cow<'t, str>),
    /// Text with a lone surrogate.
    BadText,
    /// A date of the host, or why it is none.
    Date(Result<Date, DateError>),
    /// A value of a kind that no field takes.
    Other,
    /// A list begins.
    StartList,
    /// A list ends.
    EndList,
    /// An object begins.
    StartObject,
    /// The name of the next value.
    Key(Cow<'t, str>),
    /// A name with a lone surrogate.
    BadKey,
    /// An object ends.
    EndObject,
    /// A list or object nested too deep, as a whole.
    TooDeep,
    /// Nothing follows.
    End,
}

impl Event<'_> {
    /// The kind of input, as findings name it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null | Self::End | Self::EndList | Self::EndObject => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::BigInt => "int",
            Self::Float(_) | Self::OutOfRange => "float",
            Self::Decimal(_) => "decimal",
            Self::Text(_) | Self::BadText | Self::Key(_) | Self::BadKey => "text",
            Self::Date(_) => "date",
            Self::StartList => "list",
            Self::StartObject => "object",
            Self::TooDeep | Self::Other => "other",
        }
    }
}

/// The text is not JSON from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
}

/// A stream of events.
pub trait Source<'t> {
    /// The next event; [`Event::End`] for ever after the last.
    ///
    /// # Errors
    /// [`Stop`] where the text is not JSON.
    fn next_event(&mut self) -> Result<Event<'t>, Stop>;

    /// Takes the name of the next member, if the source sees at once that it is this one.
    fn take_key(&mut self, _name: &'static str) -> bool {
        false
    }
}

/// JSON text.
pub struct JsonSource<'t> {
    text: &'t str,
    tokenizer: Tokenizer<'t>,
}

impl<'t> JsonSource<'t> {
    /// Reads from a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, tokenizer: Tokenizer::new(text, limits::DEPTH) }
    }

    /// Begins another text, in the room of the one before.
    pub(super) fn restart(&mut self, text: &'t str) {
        self.text = text;
        self.tokenizer.restart(text);
    }

    #[cold]
    fn stop(&self, error: SyntaxError) -> Stop {
        let (line, column) = line_column(self.text, error.offset);
        Stop { line, column }
    }
}

impl<'t> Source<'t> for JsonSource<'t> {
    fn next_event(&mut self) -> Result<Event<'t>, Stop> {
        let (token, _) = self.tokenizer.next_token().map_err(|error| self.stop(error))?;
        Ok(match token {
            Token::Null => Event::Null,
            Token::Bool(value) => Event::Bool(value),
            Token::Int(value) => Event::Int(value),
            Token::BigInt => Event::BigInt,
            Token::Float(value) => Event::Float(value),
            Token::NumberOutOfRange => Event::OutOfRange,
            Token::Text(text) => Event::Text(text),
            Token::BadText => Event::BadText,
            Token::StartList => Event::StartList,
            Token::EndList => Event::EndList,
            Token::StartObject => Event::StartObject,
            Token::Key(name) => Event::Key(name),
            Token::BadKey => Event::BadKey,
            Token::EndObject => Event::EndObject,
            Token::TooDeep => Event::TooDeep,
            Token::End => Event::End,
        })
    }

    #[inline]
    fn take_key(&mut self, name: &'static str) -> bool {
        self.tokenizer.take_key(name)
    }
}

/// A value of a host language, as a binding hands it in.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Null, NaN, NaT, NA.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer beyond 64 bits.
    BigInt,
    /// A finite float.
    Float(f64),
    /// An infinite float or decimal.
    OutOfRange,
    /// A decimal, as the nearest float.
    Decimal(f64),
    /// Text.
    Text(String),
    /// Text with a lone surrogate.
    BadText,
    /// A date, or a date-time and why it is no date.
    Date(Result<Date, DateError>),
    /// A list.
    List(Vec<Value>),
    /// An object; a name that is no text of Unicode is `None`.
    Object(Vec<(Option<String>, Value)>),
    /// A list or object nested deeper than [`limits::DEPTH`], cycles included.
    TooDeep,
    /// A kind that no field takes.
    Other,
}

/// What a host would hand in for a JSON value.
impl From<&Json> for Value {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Int(value) => Self::Int(*value),
            Json::Float(value) => Self::Float(value.get()),
            Json::Text(text) => Self::Text(text.clone()),
            Json::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Json::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (Some(name.clone()), value.into())).collect())
            }
        }
    }
}

/// The values of a host as events.
pub struct ValueSource<'t> {
    stack: Vec<Frame<'t>>,
}

enum Frame<'t> {
    Value(&'t Value),
    List(std::slice::Iter<'t, Value>),
    Object(std::slice::Iter<'t, (Option<String>, Value)>),
}

impl<'t> ValueSource<'t> {
    /// Reads from a value.
    #[must_use]
    pub fn new(value: &'t Value) -> Self {
        Self { stack: vec![Frame::Value(value)] }
    }

    fn start(&mut self, value: &'t Value) -> Event<'t> {
        match value {
            Value::Null => Event::Null,
            Value::Bool(value) => Event::Bool(*value),
            Value::Int(value) => Event::Int(*value),
            Value::BigInt => Event::BigInt,
            Value::Float(value) if value.is_nan() => Event::Null,
            Value::Float(value) if value.is_infinite() => Event::OutOfRange,
            Value::Float(value) => Event::Float(*value),
            Value::OutOfRange => Event::OutOfRange,
            Value::Decimal(value) => Event::Decimal(*value),
            Value::Text(text) => Event::Text(Cow::Borrowed(text)),
            Value::BadText => Event::BadText,
            Value::Date(date) => Event::Date(*date),
            Value::TooDeep => Event::TooDeep,
            Value::Other => Event::Other,
            Value::List(items) => {
                self.stack.push(Frame::List(items.iter()));
                Event::StartList
            }
            Value::Object(members) => {
                self.stack.push(Frame::Object(members.iter()));
                Event::StartObject
            }
        }
    }
}

impl<'t> Source<'t> for ValueSource<'t> {
    fn next_event(&mut self) -> Result<Event<'t>, Stop> {
        let Some(frame) = self.stack.pop() else {
            return Ok(Event::End);
        };
        Ok(match frame {
            Frame::Value(value) => self.start(value),
            Frame::List(mut items) => match items.next() {
                None => Event::EndList,
                Some(item) => {
                    self.stack.push(Frame::List(items));
                    self.start(item)
                }
            },
            Frame::Object(mut members) => match members.next() {
                None => Event::EndObject,
                Some((name, value)) => {
                    self.stack.push(Frame::Object(members));
                    self.stack.push(Frame::Value(value));
                    name.as_ref().map_or(Event::BadKey, |name| Event::Key(Cow::Borrowed(name)))
                }
            },
        })
    }
}
