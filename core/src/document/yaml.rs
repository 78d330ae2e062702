//! Documents written in YAML 1.2, read strictly: no anchors, aliases, tags, merge keys or second documents, and no keys that
//! YAML 1.1 took for booleans.

use super::node::{Builder, Node, NodeValue, Position, Problem, ProblemCode};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;

const REFUSED_KEYS: &[&str] = &["on", "yes", "no", "y", "n", "off"];

/// Reads a document written in YAML. What could be read comes with all problems.
#[must_use]
pub fn from_yaml(text: &str) -> (Option<Node>, Vec<Problem>) {
    let mut reading = Reading {
        builder: Builder::new(),
        documents: 0,
        skipping: 0,
    };
    for step in Parser::new_from_str(text) {
        match step {
            Ok((event, span)) => reading.event(event, position(span)),
            Err(error) => {
                let marker = error.marker();
                let at = place(marker.line(), marker.col());
                reading
                    .builder
                    .problem(ProblemCode::Syntax, at, &[("reason", error.info())]);
                break;
            }
        }
    }
    reading.builder.finish()
}

struct Reading {
    builder: Builder,
    documents: usize,
    /// Depth inside something that is passed over.
    skipping: usize,
}

impl Reading {
    fn event(&mut self, event: Event<'_>, at: Position) {
        if self.skipping > 0 {
            return self.skip(&event);
        }
        match event {
            Event::DocumentStart(_) => self.document(at),
            _ if self.documents > 1 => {}
            Event::Scalar(text, style, anchor, tag) => {
                self.marks(anchor, tag.as_ref(), at);
                self.scalar(&text, style, at);
            }
            Event::SequenceStart(anchor, tag) => {
                self.marks(anchor, tag.as_ref(), at);
                self.open(false, at);
            }
            Event::MappingStart(anchor, tag) => {
                self.marks(anchor, tag.as_ref(), at);
                self.open(true, at);
            }
            Event::SequenceEnd | Event::MappingEnd => self.builder.end(),
            Event::Alias(_) => {
                self.builder.problem(ProblemCode::Alias, at, &[]);
                self.value(NodeValue::Null, at);
            }
            _ => {}
        }
    }

    fn document(&mut self, at: Position) {
        self.documents += 1;
        if self.documents == 2 {
            self.builder.problem(ProblemCode::SecondDocument, at, &[]);
        }
    }

    fn marks(&mut self, anchor: usize, tag: Option<&Cow<'_, Tag>>, at: Position) {
        if anchor != 0 {
            self.builder.problem(ProblemCode::Anchor, at, &[]);
        }
        if tag.is_some() {
            self.builder.problem(ProblemCode::Tag, at, &[]);
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, at: Position) {
        if !self.builder.wants_key() {
            let plain = style == ScalarStyle::Plain;
            let value = if plain {
                NodeValue::Plain(text.to_owned())
            } else {
                NodeValue::Text(text.to_owned())
            };
            return self.value(value, at);
        }
        if text == "<<" && style == ScalarStyle::Plain {
            self.builder.problem(ProblemCode::MergeKey, at, &[]);
        } else if REFUSED_KEYS.contains(&text.to_ascii_lowercase().as_str()) {
            self.builder
                .problem(ProblemCode::RefusedKey, at, &[("name", text)]);
        }
        self.builder.key(text.to_owned(), at);
    }

    fn open(&mut self, object: bool, at: Position) {
        if self.builder.wants_key() {
            self.builder.problem(ProblemCode::KeyNotText, at, &[]);
            self.builder.key(String::new(), at);
            self.skipping = 1;
        } else if self.builder.depth() >= super::DEPTH {
            self.builder.problem(ProblemCode::Depth, at, &[]);
            self.value(NodeValue::Null, at);
            self.skipping = 1;
        } else if object {
            self.builder.start_object(at);
        } else {
            self.builder.start_list(at);
        }
    }

    fn skip(&mut self, event: &Event<'_>) {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => self.skipping += 1,
            Event::SequenceEnd | Event::MappingEnd => self.skipping -= 1,
            _ => {}
        }
    }

    fn value(&mut self, value: NodeValue, at: Position) {
        self.builder.value(value, at);
    }
}

fn position(span: Span) -> Position {
    place(span.start.line(), span.start.col())
}

/// The parser counts lines from 1 and columns from 0.
fn place(line: usize, column: usize) -> Position {
    Position {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column.saturating_add(1)).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_keep_their_text() {
        let (node, problems) =
            from_yaml("version: 2026.1\ncountry: NO\nempty:\nlist: [1, true, 'true']\n");
        assert_eq!(problems, []);
        let node = node.unwrap();
        assert_eq!(
            node.to_json().to_canonical(),
            r#"{"country":"NO","empty":null,"list":[1,true,"true"],"version":"2026.1"}"#
        );
        assert_eq!(
            node.get("list").unwrap().at,
            Position { line: 4, column: 7 }
        );
    }

    #[test]
    fn what_yaml_hides_is_refused() {
        let text = "a: &x 1\nb: *x\nc: !!str 2\non: 3\na: 4\n? [k]\n: 5\n---\nd: 6\n";
        let codes: Vec<_> = from_yaml(text).1.into_iter().map(|p| p.code).collect();
        for code in [
            ProblemCode::Anchor,
            ProblemCode::Alias,
            ProblemCode::Tag,
            ProblemCode::RefusedKey,
            ProblemCode::DuplicateKey,
            ProblemCode::KeyNotText,
            ProblemCode::SecondDocument,
        ] {
            assert!(codes.contains(&code), "{code:?} in {codes:?}");
        }
        assert_eq!(
            from_yaml("a: [1").1.first().map(|p| p.code),
            Some(ProblemCode::Syntax)
        );
        assert_eq!(
            from_yaml("").1.first().map(|p| p.code),
            Some(ProblemCode::Empty)
        );
    }
}
