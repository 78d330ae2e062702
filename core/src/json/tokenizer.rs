//! A pull tokenizer for JSON text (RFC 8259), iterative, with the place of every token.
//!
//! It differs from common parsers in what it does not refuse: numbers beyond a double, integers beyond 64 bits and strings with
//! lone surrogates are tokens of their own, so that the reader can make each a finding at its path and go on.

use std::borrow::Cow;

/// Where a token stands, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number without fraction and exponent that fits 64 bits.
    Int(i64),
    /// A number without fraction and exponent that does not.
    BigInt,
    /// Any other number, rounded to the nearest double.
    Float(f64),
    /// A number beyond the range of a double.
    NumberOutOfRange,
    /// A string.
    Text(Cow<'t, str>),
    /// A string with a lone surrogate.
    BadText,
    /// `[`
    StartList,
    /// `]`
    EndList,
    /// `{`
    StartObject,
    /// The name of a member.
    Key(Cow<'t, str>),
    /// A name with a lone surrogate.
    BadKey,
    /// `}`
    EndObject,
    /// A list or object nested too deep, passed over as a whole.
    TooDeep,
    /// Nothing follows.
    End,
}

/// The text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {offset}")]
pub struct SyntaxError {
    /// Where.
    pub offset: usize,
    /// What is wrong.
    pub kind: SyntaxErrorKind,
}

/// What is wrong with a text that is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxErrorKind {
    /// The text ends too early.
    #[error("unexpected end")]
    End,
    /// A character that cannot stand here.
    #[error("unexpected character")]
    Unexpected,
    /// A number that is not one.
    #[error("malformed number")]
    Number,
    /// An escape that does not exist.
    #[error("malformed escape")]
    Escape,
    /// A control character inside a string.
    #[error("control character in a string")]
    Control,
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Key,
    CommaOrEnd,
    Nothing,
}

/// A stream of tokens from a text.
pub struct Tokenizer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// `true` for an object, `false` for a list.
    open: Vec<bool>,
    max_depth: usize,
    expect: Expect,
}

impl<'t> Tokenizer<'t> {
    /// Reads a text. What is nested deeper than `max_depth` comes as [`Token::TooDeep`].
    #[must_use]
    pub fn new(text: &'t str, max_depth: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            open: Vec::new(),
            max_depth,
            expect: Expect::Value,
        }
    }

    /// The next token; [`Token::End`] for ever after the last.
    ///
    /// # Errors
    /// [`SyntaxError`] where the text is not JSON; every later call gives it again or another.
    pub fn next_token(&mut self) -> Result<(Token<'t>, Span), SyntaxError> {
        self.skip_space();
        if self.expect == Expect::CommaOrEnd && self.peek() == Some(b',') {
            self.at += 1;
            self.skip_space();
            self.expect = if self.in_object() {
                Expect::Key
            } else {
                Expect::Value
            };
        }
        let start = self.at;
        let token = self.step()?;
        Ok((
            token,
            Span {
                start,
                end: self.at,
            },
        ))
    }

    /// Passes over the next value, checking its syntax.
    ///
    /// # Errors
    /// As [`Tokenizer::next_token`].
    pub fn skip_value(&mut self) -> Result<(), SyntaxError> {
        let depth = self.open.len();
        loop {
            self.next_token()?;
            if self.open.len() <= depth {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Result<Token<'t>, SyntaxError> {
        let Some(byte) = self.peek() else {
            return if self.expect == Expect::Nothing {
                Ok(Token::End)
            } else {
                Err(self.error(SyntaxErrorKind::End))
            };
        };
        match (self.expect, byte) {
            (Expect::CommaOrEnd | Expect::KeyOrEnd, b'}') if self.in_object() => {
                Ok(self.close(Token::EndObject))
            }
            (Expect::CommaOrEnd | Expect::ValueOrEnd, b']') if !self.in_object() => {
                Ok(self.close(Token::EndList))
            }
            (Expect::Key | Expect::KeyOrEnd, b'"') => self.key(),
            (Expect::Value | Expect::ValueOrEnd, _) => self.value(byte),
            _ => Err(self.error(SyntaxErrorKind::Unexpected)),
        }
    }

    fn key(&mut self) -> Result<Token<'t>, SyntaxError> {
        let key = self.string()?;
        self.skip_space();
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(self.error(SyntaxErrorKind::Unexpected)),
            None => return Err(self.error(SyntaxErrorKind::End)),
        }
        self.expect = Expect::Value;
        Ok(key.map_or(Token::BadKey, Token::Key))
    }

    fn value(&mut self, byte: u8) -> Result<Token<'t>, SyntaxError> {
        match byte {
            b'{' | b'[' if self.open.len() >= self.max_depth => self.too_deep(),
            b'{' => Ok(self.begin(true)),
            b'[' => Ok(self.begin(false)),
            b'"' => {
                let text = self.string()?;
                self.after_value();
                Ok(text.map_or(Token::BadText, Token::Text))
            }
            b'-' | b'0'..=b'9' => {
                let token = self.number()?;
                self.after_value();
                Ok(token)
            }
            b't' => self.word("true", Token::Bool(true)),
            b'f' => self.word("false", Token::Bool(false)),
            b'n' => self.word("null", Token::Null),
            _ => Err(self.error(SyntaxErrorKind::Unexpected)),
        }
    }

    fn begin(&mut self, object: bool) -> Token<'t> {
        self.at += 1;
        self.open.push(object);
        self.expect = if object {
            Expect::KeyOrEnd
        } else {
            Expect::ValueOrEnd
        };
        if object {
            Token::StartObject
        } else {
            Token::StartList
        }
    }

    fn close(&mut self, token: Token<'t>) -> Token<'t> {
        self.at += 1;
        self.open.pop();
        self.after_value();
        token
    }

    fn after_value(&mut self) {
        self.expect = if self.open.is_empty() {
            Expect::Nothing
        } else {
            Expect::CommaOrEnd
        };
    }

    /// Passes over a list or object with a deeper limit. What is open is kept in a vector, so no depth can overflow a stack.
    fn too_deep(&mut self) -> Result<Token<'t>, SyntaxError> {
        let (limit, depth) = (self.max_depth, self.open.len());
        self.max_depth = usize::MAX;
        let byte = self.peek().unwrap_or_default();
        self.begin(byte == b'{');
        while self.open.len() > depth {
            self.next_token()?;
        }
        self.max_depth = limit;
        Ok(Token::TooDeep)
    }

    fn word(&mut self, word: &str, token: Token<'t>) -> Result<Token<'t>, SyntaxError> {
        for wanted in word.bytes() {
            match self.peek() {
                Some(byte) if byte == wanted => self.at += 1,
                Some(_) => return Err(self.error(SyntaxErrorKind::Unexpected)),
                None => return Err(self.error(SyntaxErrorKind::End)),
            }
        }
        self.after_value();
        Ok(token)
    }

    fn number(&mut self) -> Result<Token<'t>, SyntaxError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(self.error(SyntaxErrorKind::Number)),
        }
        let mut whole = true;
        if self.peek() == Some(b'.') {
            whole = false;
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            whole = false;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.error(SyntaxErrorKind::Number));
        }
        let lexeme = self.text.get(start..self.at).unwrap_or_default();
        if whole {
            return Ok(lexeme.parse().map_or(Token::BigInt, Token::Int));
        }
        Ok(match lexeme.parse::<f64>() {
            Ok(value) if value.is_finite() => Token::Float(value),
            _ => Token::NumberOutOfRange,
        })
    }

    fn some_digits(&mut self) -> Result<(), SyntaxError> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.error(SyntaxErrorKind::Number));
        }
        self.digits();
        Ok(())
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    /// A string; `None` if it has a lone surrogate.
    fn string(&mut self) -> Result<Option<Cow<'t, str>>, SyntaxError> {
        self.at += 1;
        let start = self.at;
        self.plain_run();
        if self.peek() == Some(b'"') {
            let text = self.text.get(start..self.at).unwrap_or_default();
            self.at += 1;
            return Ok(Some(Cow::Borrowed(text)));
        }
        self.escaped(start)
    }

    fn escaped(&mut self, start: usize) -> Result<Option<Cow<'t, str>>, SyntaxError> {
        let mut out = self.text.get(start..self.at).unwrap_or_default().to_owned();
        let mut lone = false;
        loop {
            match self.peek() {
                None => return Err(self.error(SyntaxErrorKind::End)),
                Some(b'"') => {
                    self.at += 1;
                    return Ok((!lone).then_some(Cow::Owned(out)));
                }
                Some(b'\\') => match self.escape()? {
                    Some(c) => out.push(c),
                    None => lone = true,
                },
                Some(0..=0x1f) => return Err(self.error(SyntaxErrorKind::Control)),
                Some(_) => {
                    let from = self.at;
                    self.plain_run();
                    out.push_str(self.text.get(from..self.at).unwrap_or_default());
                }
            }
        }
    }

    /// Goes on to the next quote, backslash or control character.
    fn plain_run(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
        self.at += rest.iter().position(special).unwrap_or(rest.len());
    }

    /// An escape; `None` for a lone surrogate.
    fn escape(&mut self) -> Result<Option<char>, SyntaxError> {
        self.at += 1;
        let c = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            Some(_) => return Err(self.error(SyntaxErrorKind::Escape)),
            None => return Err(self.error(SyntaxErrorKind::End)),
        };
        self.at += 1;
        Ok(Some(c))
    }

    fn unicode(&mut self) -> Result<Option<char>, SyntaxError> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first));
        }
        if self.bytes.get(self.at..self.at + 2) != Some(b"\\u") {
            return Ok(None);
        }
        let before = self.at;
        self.at += 1;
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            self.at = before;
            return Ok(None);
        }
        Ok(char::from_u32(
            0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
        ))
    }

    /// `u` and four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, SyntaxError> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = match self.peek() {
                Some(byte @ b'0'..=b'9') => byte - b'0',
                Some(byte @ b'a'..=b'f') => byte - b'a' + 10,
                Some(byte @ b'A'..=b'F') => byte - b'A' + 10,
                Some(_) => return Err(self.error(SyntaxErrorKind::Escape)),
                None => return Err(self.error(SyntaxErrorKind::End)),
            };
            unit = unit * 16 + u32::from(digit);
            self.at += 1;
        }
        Ok(unit)
    }

    fn in_object(&self) -> bool {
        self.open.last() == Some(&true)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn error(&self, kind: SyntaxErrorKind) -> SyntaxError {
        SyntaxError {
            offset: self.at,
            kind,
        }
    }
}

/// Line and column (in code points) of a byte, both from 1.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Result<Vec<Token<'_>>, SyntaxError> {
        let mut tokenizer = Tokenizer::new(text, 8);
        let mut out = Vec::new();
        loop {
            match tokenizer.next_token()?.0 {
                Token::End => return Ok(out),
                token => out.push(token),
            }
        }
    }

    #[test]
    fn keeps_what_others_refuse_or_round() {
        assert_eq!(
            tokens(r#"[1, -0, 1.0, 1e400, 9223372036854775808, "\ud800", "\ud83d\ude00", null]"#)
                .unwrap(),
            [
                Token::StartList,
                Token::Int(1),
                Token::Int(0),
                Token::Float(1.0),
                Token::NumberOutOfRange,
                Token::BigInt,
                Token::BadText,
                Token::Text("😀".into()),
                Token::Null,
                Token::EndList
            ]
        );
    }

    #[test]
    fn says_where_the_text_is_not_json() {
        for (text, offset) in [
            ("", 0),
            ("{", 1),
            ("[1,]", 3),
            ("{\"a\" 1}", 5),
            ("{'a':1}", 1),
            ("[01]", 2),
            ("[1.]", 3),
            ("NaN", 0),
            ("\u{feff}1", 0),
            ("\"a\nb\"", 2),
            ("\"\\x\"", 2),
            ("1 2", 2),
            ("[}", 1),
            ("tru", 3),
            ("// no", 0),
        ] {
            assert_eq!(
                tokens(text).map_err(|error| error.offset),
                Err(offset),
                "{text}"
            );
        }
    }

    #[test]
    fn passes_over_what_is_too_deep() {
        let text = format!("[{}1{},2]", "[".repeat(8), "]".repeat(8));
        let all = tokens(&text).unwrap();
        assert!(
            all.contains(&Token::TooDeep) && all.contains(&Token::Int(2)),
            "{all:?}"
        );
        let deep = "[".repeat(200_000);
        assert_eq!(tokens(&deep).unwrap_err().kind, SyntaxErrorKind::End);
    }

    #[test]
    fn skips_exactly_one_value() {
        let mut tokenizer = Tokenizer::new(r#"{"a": [1, {"b": 2}], "c": 3}"#, 8);
        tokenizer.next_token().unwrap();
        tokenizer.next_token().unwrap();
        tokenizer.skip_value().unwrap();
        assert_eq!(tokenizer.next_token().unwrap().0, Token::Key("c".into()));
    }

    #[test]
    fn places_count_code_points() {
        assert_eq!(line_column("a\né!", 4), (2, 2));
    }

    proptest! {
        #[test]
        fn never_panics_and_accepts_what_serde_json_accepts(text in "[\\[\\]{}\",:0-9eE.+\\-tfnulrase\\\\ éd]{0,40}") {
            let ours = tokens(&text).is_ok();
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            // serde_json also refuses numbers beyond a double, lone surrogates and nesting beyond 128.
            match theirs {
                Ok(_) => prop_assert!(ours, "{text}"),
                Err(error) => {
                    let why = error.to_string();
                    let known = why.contains("out of range") || why.contains("surrogate") || why.contains("hex escape");
                    prop_assert!(!ours || known, "{text}: {why}");
                }
            }
        }
    }
}
