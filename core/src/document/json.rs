//! Documents written in JSON.

use super::node::{Builder, Node, NodeValue, Position, Problem, ProblemCode};
use crate::json::{Token, Tokenizer};
use crate::limits;

/// Reads a document written in JSON. It comes with all problems; a value that cannot be read is null, and there is no tree at
/// all if the text is not JSON.
#[must_use]
pub fn from_json(text: &str) -> (Option<Node>, Vec<Problem>) {
    let mut tokenizer = Tokenizer::new(text, super::DEPTH);
    let mut builder = Builder::new();
    let mut places = Places { text, offset: 0, at: Position { line: 1, column: 1 } };
    loop {
        let (token, span) = match tokenizer.next_token() {
            Ok(next) => next,
            Err(error) => {
                let at = places.of(error.offset);
                builder.problem(ProblemCode::Syntax, at, &[("reason", &error.kind.to_string())]);
                return builder.finish();
            }
        };
        let at = places.of(span.start);
        match token {
            Token::End => return builder.finish(),
            Token::Null => builder.value(NodeValue::Null, at),
            Token::Bool(value) => builder.value(NodeValue::Bool(value), at),
            Token::Int(value) if value.unsigned_abs() > limits::INTEGER.unsigned_abs() => {
                unreadable(&mut builder, ProblemCode::Number, at);
            }
            Token::Int(value) => builder.value(NodeValue::Int(value), at),
            Token::Float(value) => builder.value(NodeValue::Float(value), at),
            Token::Text(text) => builder.value(NodeValue::Text(text.into_owned()), at),
            Token::StartList => builder.start_list(at),
            Token::StartObject => builder.start_object(at),
            Token::EndList | Token::EndObject => builder.end(),
            Token::Key(name) => builder.key(&name, at),
            Token::BadKey => builder.bad_key(ProblemCode::Surrogate, "", at),
            Token::BadText => unreadable(&mut builder, ProblemCode::Surrogate, at),
            Token::BigInt | Token::NumberOutOfRange => unreadable(&mut builder, ProblemCode::Number, at),
            Token::TooDeep => unreadable(&mut builder, ProblemCode::Depth, at),
        }
    }
}

fn unreadable(builder: &mut Builder, code: ProblemCode, at: Position) {
    builder.problem(code, at, &[]);
    builder.value(NodeValue::Null, at);
}

/// Lines and columns of offsets that only grow.
struct Places<'t> {
    text: &'t str,
    offset: usize,
    at: Position,
}

impl Places<'_> {
    fn of(&mut self, offset: usize) -> Position {
        for c in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            if c == '\n' {
                self.at = Position { line: self.at.line.saturating_add(1), column: 1 };
            } else {
                self.at.column = self.at.column.saturating_add(1);
            }
        }
        self.offset = offset.max(self.offset);
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problems(text: &str) -> Vec<(ProblemCode, String, u32, u32)> {
        let place = |p: Problem| p.at.map(|at| (p.code, p.pointer, at.line, at.column)).unwrap();
        from_json(text).1.into_iter().map(place).collect()
    }

    #[test]
    fn keeps_places_and_collects_problems() {
        let (node, problems) = from_json("{\"a\": 1,\n \"é\": [2, 1e999], \"a\": 3}");
        let node = node.unwrap();
        assert_eq!(node.get("é").unwrap().at, Position { line: 2, column: 7 });
        assert_eq!(node.get("a").and_then(Node::integer), Some(1));
        let codes: Vec<_> = problems.iter().map(|p| (p.code, p.pointer.as_str())).collect();
        assert_eq!(codes, [(ProblemCode::Number, "/é/1"), (ProblemCode::DuplicateKey, "/a")]);
    }

    #[test]
    fn goes_on_after_what_cannot_be_read() {
        let text = r#"{"a/~": [9007199254740992, "\ud800", 12345678901234567890], "\udfff": [1e999], "b": 2}"#;
        assert_eq!(
            problems(text),
            [
                (ProblemCode::Number, "/a~1~0/0".to_owned(), 1, 10),
                (ProblemCode::Surrogate, "/a~1~0/1".to_owned(), 1, 28),
                (ProblemCode::Number, "/a~1~0/2".to_owned(), 1, 38),
                (ProblemCode::Surrogate, "/".to_owned(), 1, 61),
                (ProblemCode::Number, "//0".to_owned(), 1, 72),
            ]
        );
        let json = from_json(text).0.unwrap().to_json();
        assert_eq!(json.to_canonical(), r#"{"a/~":[null,null,null],"b":2}"#);
    }

    #[test]
    fn stops_where_the_text_is_not_json() {
        let (node, _) = from_json("{\"a\": [1,\n é]}");
        assert_eq!(node, None);
        assert_eq!(problems("{\"a\": [1,\n é]}"), [(ProblemCode::Syntax, "/a/1".to_owned(), 2, 2)]);
        assert_eq!(problems(""), [(ProblemCode::Syntax, String::new(), 1, 1)]);
    }

    #[test]
    fn nesting_ends_at_the_limit() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(problems(&nested(64)), []);
        assert_eq!(problems(&nested(65)), [(ProblemCode::Depth, "/0".repeat(64), 1, 65)]);
        assert_eq!(from_json(&"[".repeat(300_000)).1.last().map(|p| p.code), Some(ProblemCode::Syntax));
    }

    #[test]
    fn of_too_many_problems_the_first_are_told() {
        let many = |count: usize| format!("[{}0]", "1e999,".repeat(count));
        assert_eq!(problems(&many(1_000)).len(), 1_000);
        let told = problems(&many(5_000));
        assert_eq!(told.len(), 1_001);
        assert_eq!(told.last().unwrap(), &(ProblemCode::TooManyProblems, String::new(), 1, 6_002));
        // Long keys inside one another make every place a long text.
        let (keys, ends) = (format!("{{\"{}\":", "k".repeat(100_000)).repeat(10), "}".repeat(10));
        let told = problems(&format!("{keys}{}{ends}", many(1_000)));
        assert_eq!((told.len(), told.last().unwrap().0), (3, ProblemCode::TooManyProblems));
    }

    proptest! {
        #[test]
        fn places_lie_in_the_text(text in "[\\[\\]{}\":,0-9a-cé\n ]{0,60}") {
            let (_, problems) = from_json(&text);
            let lines: Vec<&str> = text.split('\n').collect();
            for at in problems.iter().filter_map(|problem| problem.at) {
                let line = lines.get(at.line as usize - 1).unwrap();
                prop_assert!((1..=line.chars().count() + 1).contains(&(at.column as usize)));
            }
        }
    }
}
