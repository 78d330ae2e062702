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
    Colon,
    CommaOrEnd,
    Nothing,
    /// The text is not JSON; the error is given for ever.
    Failed,
}

/// What is open around the next token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Nothing,
    List,
    Object,
}

/// A token with its place, as every step gives it. Made at one place and handed up unchanged: moving it through
/// several layers costs more than reading it.
type Step<'t> = Result<(Token<'t>, Span), SyntaxError>;

/// A stream of tokens from a text.
///
/// ```
/// use sam_eurometropole::json::{Token, Tokenizer};
/// let mut tokenizer = Tokenizer::new("[1e400, nil]", 16);
/// assert_eq!(tokenizer.next_token()?.0, Token::StartList);
/// assert_eq!(tokenizer.next_token()?.0, Token::NumberOutOfRange);
/// assert_eq!(tokenizer.next_token().map_err(|error| error.offset), Err(9));
/// # Ok::<(), sam_eurometropole::json::SyntaxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tokenizer<'t> {
    text: &'t str,
    at: usize,
    expect: Expect,
    inside: Inside,
    /// What is open around that.
    around: Vec<Inside>,
    max_depth: usize,
    failed: SyntaxError,
}

impl<'t> Tokenizer<'t> {
    /// Reads a text. What is nested deeper than `max_depth` comes as [`Token::TooDeep`].
    #[must_use]
    pub fn new(text: &'t str, max_depth: usize) -> Self {
        let failed = SyntaxError { offset: 0, kind: SyntaxErrorKind::End };
        let (around, expect, inside) = (Vec::new(), Expect::Value, Inside::Nothing);
        Self { text, at: 0, expect, inside, around, max_depth, failed }
    }

    /// Begins another text, in the room of the one before.
    pub(crate) fn restart(&mut self, text: &'t str) {
        (self.text, self.at, self.expect, self.inside) = (text, 0, Expect::Value, Inside::Nothing);
        self.around.clear();
    }

    /// The next token; [`Token::End`] for ever after the last.
    ///
    /// # Errors
    /// [`SyntaxError`] where the text is not JSON; every later call gives it again.
    #[inline]
    pub fn next_token(&mut self) -> Result<(Token<'t>, Span), SyntaxError> {
        // In a text without spaces the comma or colon was taken with the token before it.
        if matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b':')) {
            self.skip_space();
            self.separator();
        }
        let start = self.at;
        let Some(byte) = self.peek() else { return self.at_end() };
        match (byte, self.expect) {
            (b'"', Expect::Key | Expect::KeyOrEnd | Expect::Value | Expect::ValueOrEnd) => self.string(start),
            (b'-' | b'0'..=b'9', Expect::Value | Expect::ValueOrEnd) => self.number(start),
            (b'}', Expect::CommaOrEnd | Expect::KeyOrEnd) if self.inside == Inside::Object => {
                self.close(start, Token::EndObject)
            }
            (b']', Expect::CommaOrEnd | Expect::ValueOrEnd) if self.inside == Inside::List => {
                self.close(start, Token::EndList)
            }
            (b'{', Expect::Value | Expect::ValueOrEnd) => self.begin(start, Inside::Object),
            (b'[', Expect::Value | Expect::ValueOrEnd) => self.begin(start, Inside::List),
            (b't', Expect::Value | Expect::ValueOrEnd) => self.word(start, "true", Token::Bool(true)),
            (b'f', Expect::Value | Expect::ValueOrEnd) => self.word(start, "false", Token::Bool(false)),
            (b'n', Expect::Value | Expect::ValueOrEnd) => self.word(start, "null", Token::Null),
            (_, Expect::Failed) => Err(self.failed),
            _ => Err(self.error(SyntaxErrorKind::Unexpected)),
        }
    }

    /// Takes the name of the next member and its colon, if they are written right here as `"name":`. The name has nothing to be escaped.
    #[inline]
    pub(crate) fn take_key(&mut self, name: &str) -> bool {
        let written = self.text.as_bytes().get(self.at..).and_then(|rest| rest.get(..name.len() + 3));
        let is_it = matches!(self.expect, Expect::Key | Expect::KeyOrEnd)
            && matches!(written, Some([b'"', inner @ .., b'"', b':']) if inner == name.as_bytes());
        if is_it {
            self.at += name.len() + 3;
            self.expect = Expect::Value;
        }
        is_it
    }

    /// Passes over the next value, checking its syntax. Where none can stand, it is the next token that is passed over.
    ///
    /// # Errors
    /// As [`Tokenizer::next_token`].
    pub fn skip_value(&mut self) -> Result<(), SyntaxError> {
        let depth = self.around.len();
        loop {
            self.next_token()?;
            if self.around.len() <= depth {
                return Ok(());
            }
        }
    }

    /// Passes over the comma or colon before the next token, and the space after it.
    fn separator(&mut self) {
        match (self.expect, self.peek()) {
            (Expect::CommaOrEnd, Some(b',')) => self.comma(),
            (Expect::Colon, Some(b':')) => self.colon(),
            _ => return,
        }
        self.skip_space();
    }

    #[inline]
    fn comma(&mut self) {
        self.at += 1;
        self.expect = if self.inside == Inside::Object { Expect::Key } else { Expect::Value };
    }

    #[inline]
    fn colon(&mut self) {
        self.at += 1;
        self.expect = Expect::Value;
    }

    #[cold]
    fn at_end(&mut self) -> Step<'t> {
        match self.expect {
            Expect::Nothing => Ok((Token::End, Span { start: self.at, end: self.at })),
            Expect::Failed => Err(self.failed),
            _ => Err(self.error(SyntaxErrorKind::End)),
        }
    }

    #[inline]
    fn begin(&mut self, start: usize, inside: Inside) -> Step<'t> {
        if self.around.len() >= self.max_depth {
            return self.too_deep(start, inside);
        }
        self.enter(inside);
        let token = if inside == Inside::Object { Token::StartObject } else { Token::StartList };
        Ok((token, Span { start, end: self.at }))
    }

    #[inline]
    fn enter(&mut self, inside: Inside) {
        self.at += 1;
        self.around.push(self.inside);
        self.inside = inside;
        self.expect = if inside == Inside::Object { Expect::KeyOrEnd } else { Expect::ValueOrEnd };
    }

    #[inline]
    fn close(&mut self, start: usize, token: Token<'t>) -> Step<'t> {
        self.at += 1;
        self.inside = self.around.pop().unwrap_or(Inside::Nothing);
        self.give_value(start, token)
    }

    /// A value that ends here, and the comma if it stands right behind it.
    #[inline]
    fn give_value(&mut self, start: usize, token: Token<'t>) -> Step<'t> {
        let end = self.at;
        self.expect = if self.inside == Inside::Nothing { Expect::Nothing } else { Expect::CommaOrEnd };
        if self.peek() == Some(b',') && self.expect == Expect::CommaOrEnd {
            self.comma();
        }
        Ok((token, Span { start, end }))
    }

    /// A name that ends here, and the colon if it stands right behind it.
    #[inline]
    fn give_key(&mut self, start: usize, token: Token<'t>) -> Step<'t> {
        let end = self.at;
        self.expect = Expect::Colon;
        if self.peek() == Some(b':') {
            self.colon();
        }
        Ok((token, Span { start, end }))
    }

    /// Passes over a list or object without a limit. What is open is kept in a vector, so no depth can overflow the stack.
    #[cold]
    fn too_deep(&mut self, start: usize, inside: Inside) -> Step<'t> {
        let (limit, depth) = (self.max_depth, self.around.len());
        self.max_depth = usize::MAX;
        self.enter(inside);
        let closed = self.close_all(depth);
        self.max_depth = limit;
        Ok((Token::TooDeep, Span { start, end: closed? }))
    }

    /// Goes on until no more is open than that; says where the last of it ended.
    fn close_all(&mut self, depth: usize) -> Result<usize, SyntaxError> {
        let mut end = self.at;
        while self.around.len() > depth {
            end = self.next_token()?.1.end;
        }
        Ok(end)
    }

    fn word(&mut self, start: usize, word: &str, token: Token<'t>) -> Step<'t> {
        for wanted in word.bytes() {
            match self.peek() {
                Some(byte) if byte == wanted => self.at += 1,
                Some(_) => return Err(self.error(SyntaxErrorKind::Unexpected)),
                None => return Err(self.error(SyntaxErrorKind::End)),
            }
        }
        self.give_value(start, token)
    }

    fn number(&mut self, start: usize) -> Step<'t> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            None => return Err(self.error(SyntaxErrorKind::End)),
            Some(_) => return Err(self.error(SyntaxErrorKind::Number)),
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
        let token = match whole {
            true => lexeme.parse().map_or(Token::BigInt, Token::Int),
            false => match lexeme.parse::<f64>() {
                Ok(value) if value.is_finite() => Token::Float(value),
                _ => Token::NumberOutOfRange,
            },
        };
        self.give_value(start, token)
    }

    fn some_digits(&mut self) -> Result<(), SyntaxError> {
        match self.peek() {
            Some(b'0'..=b'9') => self.digits(),
            Some(_) => return Err(self.error(SyntaxErrorKind::Number)),
            None => return Err(self.error(SyntaxErrorKind::End)),
        }
        Ok(())
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    /// A string that is a name or a value; without escapes it is borrowed.
    #[inline]
    fn string(&mut self, start: usize) -> Step<'t> {
        let key = matches!(self.expect, Expect::Key | Expect::KeyOrEnd);
        self.at += 1;
        self.plain_run();
        if self.peek() != Some(b'"') {
            return self.escaped(start, key);
        }
        let text = Cow::Borrowed(self.text.get(start + 1..self.at).unwrap_or_default());
        self.at += 1;
        match key {
            true => self.give_key(start, Token::Key(text)),
            false => self.give_value(start, Token::Text(text)),
        }
    }

    /// A string with escapes, from the first of them on.
    #[cold]
    fn escaped(&mut self, start: usize, key: bool) -> Step<'t> {
        let mut out = self.text.get(start + 1..self.at).unwrap_or_default().to_owned();
        let mut lone = false;
        loop {
            match self.peek() {
                None => return Err(self.error(SyntaxErrorKind::End)),
                Some(b'"') => break,
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
        self.at += 1;
        match (key, lone) {
            (true, false) => self.give_key(start, Token::Key(Cow::Owned(out))),
            (true, true) => self.give_key(start, Token::BadKey),
            (false, false) => self.give_value(start, Token::Text(Cow::Owned(out))),
            (false, true) => self.give_value(start, Token::BadText),
        }
    }

    /// Goes on to the next quote, backslash or control character, eight bytes at a time.
    #[inline]
    fn plain_run(&mut self) {
        let (chunks, _) = self.text.as_bytes().get(self.at..).unwrap_or_default().as_chunks::<8>();
        let mut at = self.at;
        for eight in chunks {
            let marks = special(u64::from_le_bytes(*eight));
            if marks != 0 {
                self.at = at + (marks.trailing_zeros() / 8) as usize;
                return;
            }
            at += 8;
        }
        self.at = at;
        while matches!(self.peek(), Some(byte) if byte >= 0x20 && byte != b'"' && byte != b'\\') {
            self.at += 1;
        }
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
        if self.text.as_bytes().get(self.at..self.at + 2) != Some(b"\\u") {
            return Ok(None);
        }
        let before = self.at;
        self.at += 1;
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            self.at = before;
            return Ok(None);
        }
        Ok(char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)))
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

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The error at this place, from which there is no going on.
    #[cold]
    fn error(&mut self, kind: SyntaxErrorKind) -> SyntaxError {
        self.failed = SyntaxError { offset: self.at, kind };
        self.expect = Expect::Failed;
        self.failed
    }
}

/// Marks the quotes, backslashes and control characters among eight bytes by their highest bit. Bytes above the first one found
/// may be marked wrongly, the first never.
fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let zeros = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
    let control = eight.wrapping_sub(ONES * 0x20) & !eight;
    (zeros(eight ^ (ONES * 0x22)) | zeros(eight ^ (ONES * 0x5c)) | control) & HIGH
}

/// Line and column (in code points) of a byte, both from 1.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
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
            tokens(r#"[1, -0, 1.0, 1e400, 9223372036854775808, "\ud800", "\ud83d\ude00", null]"#).unwrap(),
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
            assert_eq!(tokens(text).map_err(|error| error.offset), Err(offset), "{text}");
        }
    }

    #[test]
    fn passes_over_what_is_too_deep() {
        let text = format!("[{}1{},2]", "[".repeat(8), "]".repeat(8));
        let all = tokens(&text).unwrap();
        assert!(all.contains(&Token::TooDeep) && all.contains(&Token::Int(2)), "{all:?}");
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

    #[test]
    fn spans_hold_the_token_alone() {
        let text = r#"{ "é" : [1.5 , "x"] , "b" : null }"#;
        let mut tokenizer = Tokenizer::new(text, 8);
        let mut seen = Vec::new();
        loop {
            let (token, span) = tokenizer.next_token().unwrap();
            seen.push(text.get(span.start..span.end).unwrap());
            if token == Token::End {
                break;
            }
        }
        assert_eq!(seen, ["{", "\"é\"", "[", "1.5", "\"x\"", "]", "\"b\"", "null", "}", ""]);
    }

    #[test]
    fn an_error_stays() {
        let mut tokenizer = Tokenizer::new("[[[1 2]]]", 1);
        tokenizer.next_token().unwrap();
        let error = tokenizer.next_token().unwrap_err();
        assert_eq!(error, SyntaxError { offset: 5, kind: SyntaxErrorKind::Unexpected });
        assert_eq!(tokenizer.next_token(), Err(error));
    }

    #[test]
    fn finds_the_end_of_a_string_at_every_place_in_a_word() {
        for length in 0..40 {
            for special in ["\"", "\\\"", "\u{1}"] {
                let text = format!("\"{}{special}", "é~".repeat(length).chars().take(length).collect::<String>());
                let at = text.len() - special.len();
                let (kind, offset) = match special {
                    "\"" => {
                        assert!(tokens(&text).is_ok(), "{text}");
                        continue;
                    }
                    "\u{1}" => (SyntaxErrorKind::Control, at),
                    _ => (SyntaxErrorKind::End, text.len()),
                };
                assert_eq!(tokens(&text), Err(SyntaxError { offset, kind }), "{text}");
            }
        }
    }

    /// What `serde_json` makes of a text, as our tokens say it: `None` where the two may differ by design.
    fn value(text: &str) -> Option<Result<serde_json::Value, ()>> {
        let mut tokenizer = Tokenizer::new(text, 100);
        let mut out = String::new();
        let mut comma = false;
        loop {
            let Ok((token, _)) = tokenizer.next_token() else { return Some(Err(())) };
            let closes = matches!(token, Token::EndList | Token::EndObject | Token::End);
            if comma && !closes {
                out.push(',');
            }
            comma = !matches!(token, Token::StartList | Token::StartObject | Token::Key(_));
            match token {
                Token::Null => out.push_str("null"),
                Token::Bool(value) => out.push_str(&value.to_string()),
                Token::Int(value) => out.push_str(&value.to_string()),
                Token::Float(value) => out.push_str(&format!("{value:e}")),
                Token::Text(text) => out.push_str(&serde_json::to_string(&text).unwrap()),
                Token::Key(name) => out.push_str(&format!("{}:", serde_json::to_string(&name).unwrap())),
                Token::StartList => out.push('['),
                Token::EndList => out.push(']'),
                Token::StartObject => out.push('{'),
                Token::EndObject => out.push('}'),
                Token::End => return Some(Ok(serde_json::from_str(&out).unwrap())),
                Token::BigInt | Token::NumberOutOfRange | Token::BadText | Token::BadKey | Token::TooDeep => {
                    return None;
                }
            }
        }
    }

    fn agree(text: &str) -> Result<(), TestCaseError> {
        let theirs: Result<serde_json::Value, _> = serde_json::from_str(text);
        let Some(ours) = value(text) else { return Ok(()) };
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}: {:?}", text, theirs);
        // Without its feature `float_roundtrip`, serde_json may round a float to a neighbour.
        let whole = !text.contains(['.', 'e', 'E']);
        if let (Ok(ours), Ok(theirs), true) = (ours, theirs, whole) {
            // It also keeps `-0` as a float.
            prop_assert_eq!(ours.to_string(), theirs.to_string().replace("-0.0", "0"));
        }
        Ok(())
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::{Map, Value};
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[a-z\"\\\\\u{0}-\u{1f}\u{e9}\u{1f600}]{0,20}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec(("[a-dé]{0,3}", inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_on_fragments(text in "[\\[\\]{}\",:0-9eE.+\\-tfnulrase\\\\ éd]{0,40}") {
            agree(&text)?;
        }

        #[test]
        fn agrees_with_serde_json_on_json(json in json(), pretty in any::<bool>()) {
            agree(&if pretty { format!("{json:#}") } else { json.to_string() })?;
        }

        #[test]
        fn agrees_with_serde_json_on_damaged_json(json in json(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}\",:0-9eE.+\\-\\\\ud8Cc\u{1}\u{feff} ]{0,3}") {
            let mut characters: Vec<char> = json.to_string().chars().collect();
            let at = at.index(characters.len());
            characters.splice(at..=at, with.chars());
            agree(&characters.into_iter().collect::<String>())?;
        }

        #[test]
        fn reads_floats_with_exact_rounding(value in any::<f64>().prop_filter("JSON has no others", |value| value.is_finite())) {
            let text = format!("{value:e}");
            prop_assert_eq!(tokens(&text).unwrap(), [Token::Float(value)]);
        }

        #[test]
        fn never_panics_and_errors_stand_in_the_text(text in any::<String>(), depth in 0_usize..4) {
            let mut tokenizer = Tokenizer::new(&text, depth);
            for _ in 0..=text.len() {
                match tokenizer.next_token() {
                    Ok((Token::End, _)) => return Ok(()),
                    Ok((_, span)) => prop_assert!(text.get(span.start..span.end).is_some()),
                    Err(error) => {
                        prop_assert!(text.get(error.offset..).is_some());
                        return Ok(());
                    }
                }
            }
            prop_assert!(false, "no end");
        }
    }
}
