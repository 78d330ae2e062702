//! Documents that keepers write, as a tree with places: packs, code lists, texts.
//!
//! YAML and JSON give the same tree. A plain scalar of YAML keeps its source text and is typed by whoever reads it, so that no
//! version turns into a number and no code into a boolean. All problems are collected.

mod json;
mod node;
#[cfg(feature = "yaml")]
mod yaml;

pub use json::from_json;
pub use node::{Entry, Node, NodeValue, Position, Problem, ProblemCode};
#[cfg(feature = "yaml")]
pub use yaml::from_yaml;

/// Reads a text by one of the two, unless it has too many bytes.
pub(crate) fn within(max: usize, text: &str, read: fn(&str) -> Read) -> Read {
    if text.len() <= max {
        return read(text);
    }
    let (start, max) = (Position { line: 1, column: 1 }, max.to_string());
    (None, vec![Problem::new(ProblemCode::TooLong, String::new(), start, &[("max", &max)])])
}

/// A tree, if there is one, and all problems.
type Read = (Option<Node>, Vec<Problem>);

/// Nesting of a document.
const DEPTH: usize = 64;
