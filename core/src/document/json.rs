//! Documents written in JSON.

use super::node::{Builder, Node, NodeValue, Position, Problem, ProblemCode};
use crate::json::{Token, Tokenizer};

/// Reads a document written in JSON. What could be read comes with all problems.
#[must_use]
pub fn from_json(text: &str) -> (Option<Node>, Vec<Problem>) {
    let mut tokenizer = Tokenizer::new(text, super::DEPTH);
    let mut builder = Builder::new();
    let mut places = Places {
        text,
        offset: 0,
        at: Position { line: 1, column: 1 },
    };
    loop {
        let (token, span) = match tokenizer.next_token() {
            Ok(next) => next,
            Err(error) => {
                let at = places.of(error.offset);
                builder.problem(
                    ProblemCode::Syntax,
                    at,
                    &[("reason", &error.kind.to_string())],
                );
                return builder.finish();
            }
        };
        let at = places.of(span.start);
        match token {
            Token::End => return builder.finish(),
            Token::Null => builder.value(NodeValue::Null, at),
            Token::Bool(value) => builder.value(NodeValue::Bool(value), at),
            Token::Int(value) => builder.value(NodeValue::Int(value), at),
            Token::Float(value) => builder.value(NodeValue::Float(value), at),
            Token::Text(text) => builder.value(NodeValue::Text(text.into_owned()), at),
            Token::StartList => builder.start_list(at),
            Token::StartObject => builder.start_object(at),
            Token::EndList | Token::EndObject => builder.end(),
            Token::Key(name) => builder.key(name.into_owned(), at),
            Token::BadKey => {
                builder.problem(ProblemCode::Surrogate, at, &[]);
                builder.key(String::new(), at);
            }
            Token::BadText => unreadable(&mut builder, ProblemCode::Surrogate, at),
            Token::BigInt | Token::NumberOutOfRange => {
                unreadable(&mut builder, ProblemCode::Number, at)
            }
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
        for c in self
            .text
            .get(self.offset..offset)
            .unwrap_or_default()
            .chars()
        {
            if c == '\n' {
                self.at = Position {
                    line: self.at.line.saturating_add(1),
                    column: 1,
                };
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

    #[test]
    fn keeps_places_and_collects_problems() {
        let (node, problems) = from_json("{\"a\": 1,\n \"é\": [2, 1e999], \"a\": 3}");
        let node = node.unwrap();
        assert_eq!(node.get("é").unwrap().at, Position { line: 2, column: 7 });
        assert_eq!(node.get("a").and_then(Node::integer), Some(1));
        let codes: Vec<_> = problems
            .iter()
            .map(|p| (p.code, p.pointer.as_str()))
            .collect();
        assert_eq!(
            codes,
            [
                (ProblemCode::Number, "/é/1"),
                (ProblemCode::DuplicateKey, "/a")
            ]
        );
    }
}
