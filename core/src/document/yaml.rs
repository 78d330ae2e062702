//! Documents written in YAML 1.2, read strictly: no anchors, aliases, tags, merge keys or second documents, and no keys without
//! quotes that YAML 1.1 took for booleans.

use super::node::{Builder, Node, NodeValue, Position, Problem, ProblemCode};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;

const REFUSED_KEYS: &[&str] = &["on", "yes", "no", "y", "n", "off"];

/// Reads a document written in YAML. It comes with all problems; an alias and what is nested too deep are null, members whose
/// names are refused are left out, and there is no tree at all if the text is not YAML.
#[must_use]
pub fn from_yaml(text: &str) -> (Option<Node>, Vec<Problem>) {
    let mut reading = Reading { builder: Builder::new(), documents: 0, skipping: 0 };
    for step in Parser::new_from_str(text) {
        match step {
            Ok((event, span)) => reading.event(event, position(span)),
            Err(error) => {
                let marker = error.marker();
                let at = place(marker.line(), marker.col());
                reading.builder.problem(ProblemCode::Syntax, at, &[("reason", error.info())]);
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
            Event::Alias(_) if self.builder.wants_key() => self.builder.bad_key(ProblemCode::Alias, "", at),
            Event::Alias(_) => {
                self.builder.problem(ProblemCode::Alias, at, &[]);
                self.builder.value(NodeValue::Null, at);
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
            let value = if plain { NodeValue::Plain(text.to_owned()) } else { NodeValue::Text(text.to_owned()) };
            return self.builder.value(value, at);
        }
        if text == "<<" && style == ScalarStyle::Plain {
            self.builder.bad_key(ProblemCode::MergeKey, text, at);
        } else if style == ScalarStyle::Plain && REFUSED_KEYS.contains(&text.to_ascii_lowercase().as_str()) {
            self.builder.bad_key(ProblemCode::RefusedKey, text, at);
        } else if style == ScalarStyle::Plain && matches!(text, "" | "~" | "null") {
            self.builder.bad_key(ProblemCode::KeyNotText, text, at);
        } else {
            self.builder.key(text, at);
        }
    }

    fn open(&mut self, object: bool, at: Position) {
        if self.builder.wants_key() {
            self.builder.bad_key(ProblemCode::KeyNotText, "", at);
            self.skipping = 1;
        } else if self.builder.depth() >= super::DEPTH {
            self.builder.problem(ProblemCode::Depth, at, &[]);
            self.builder.value(NodeValue::Null, at);
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
    use crate::document::from_json;
    use crate::json::Json;
    use proptest::prelude::*;

    fn problems(text: &str) -> Vec<(ProblemCode, String, u32, u32)> {
        let place = |p: Problem| p.at.map(|at| (p.code, p.pointer, at.line, at.column)).unwrap();
        from_yaml(text).1.into_iter().map(place).collect()
    }

    fn canonical(text: &str) -> String {
        from_yaml(text).0.unwrap().to_json().to_canonical()
    }

    #[test]
    fn plain_scalars_keep_their_text() {
        let text = "version: 2026.1\ncountry: NO\nempty:\nlist: [1, true, 'true']\nlong: |\n  a\n  b\n";
        let (node, problems) = from_yaml(text);
        assert_eq!(problems, []);
        let node = node.unwrap();
        assert_eq!(
            node.to_json().to_canonical(),
            r#"{"country":"NO","empty":null,"list":[1,true,"true"],"long":"a\nb\n","version":"2026.1"}"#
        );
        assert_eq!(node.get("list").unwrap().at, Position { line: 4, column: 7 });
        assert_eq!(node.object().unwrap().last().unwrap().at, Position { line: 5, column: 1 });
    }

    #[test]
    fn what_yaml_hides_is_refused() {
        let text =
            "a: &x 1\nb: *x\nc: !!str 2\non: 3\na: 4\n? [k]\n: 5\n<<: {d: 1}\n'on': 1\n*x : 7\n~: 8\ne: 9\n---\nd: 6\n";
        assert_eq!(
            problems(text),
            [
                (ProblemCode::Anchor, "/a".to_owned(), 1, 4),
                (ProblemCode::Alias, "/b".to_owned(), 2, 4),
                (ProblemCode::Tag, "/c".to_owned(), 3, 4),
                (ProblemCode::RefusedKey, "/on".to_owned(), 4, 1),
                (ProblemCode::DuplicateKey, "/a".to_owned(), 5, 1),
                (ProblemCode::KeyNotText, "/".to_owned(), 6, 3),
                (ProblemCode::MergeKey, "/<<".to_owned(), 8, 1),
                (ProblemCode::Alias, "/".to_owned(), 10, 1),
                (ProblemCode::KeyNotText, "/~0".to_owned(), 11, 1),
                (ProblemCode::SecondDocument, String::new(), 13, 1),
            ]
        );
        assert_eq!(canonical(text), r#"{"a":1,"b":null,"c":2,"e":9,"on":1}"#);
    }

    #[test]
    fn problems_are_also_found_inside_what_is_left_out() {
        let text = "a: 1\na: {b: 1, b: 2}\n";
        let codes: Vec<_> = problems(text).into_iter().map(|(code, pointer, ..)| (code, pointer)).collect();
        assert_eq!(
            codes,
            [(ProblemCode::DuplicateKey, "/a".to_owned()), (ProblemCode::DuplicateKey, "/a/b".to_owned())]
        );
    }

    #[test]
    fn says_where_the_text_is_not_yaml() {
        for text in ["a: [1", "a: 'b", "a: b: c", "a: *nowhere"] {
            let (node, problems) = from_yaml(text);
            assert_eq!((node, problems.last().map(|p| p.code)), (None, Some(ProblemCode::Syntax)), "{text}");
        }
        for empty in ["", "# nothing\n"] {
            assert_eq!(problems(empty), [(ProblemCode::Empty, String::new(), 1, 1)]);
        }
    }

    #[test]
    fn nesting_ends_at_the_limit() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(problems(&nested(64)), []);
        assert_eq!(problems(&nested(65)), [(ProblemCode::Depth, "/0".repeat(64), 1, 65)]);
        assert!(!problems(&"- ".repeat(3000)).is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[-a-c:,?!&*#|>'\"%@{}\\[\\]~<1é \n\t]{0,60}") {
            let (node, problems) = from_yaml(&text);
            prop_assert!(node.is_some() || !problems.is_empty());
        }

        #[test]
        fn json_is_the_same_document_in_both(
            name in "k[ -~éœ😀]{0,9}",
            text in "[ -~éœ😀\n\t]{0,20}",
            whole in -9_007_199_254_740_991_i64..=9_007_199_254_740_991,
            flag in any::<bool>(),
        ) {
            let list: Json = [Json::from(text.as_str()), Json::from(whole), Json::Null].into_iter().collect();
            let json = Json::object([(name.as_str(), list), ("text", Json::from(text)), ("flag", Json::from(flag))]);
            let (from_json, from_yaml) = (from_json(&json.to_canonical()), from_yaml(&json.to_canonical()));
            prop_assert_eq!((from_json.1, from_yaml.1), (vec![], vec![]));
            let canonical = |node: Option<Node>| node.map(|node| node.to_json().to_canonical());
            prop_assert_eq!(canonical(from_yaml.0), Some(json.to_canonical()));
            prop_assert_eq!(canonical(from_json.0), Some(json.to_canonical()));
        }
    }
}
