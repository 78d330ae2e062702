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

/// Nesting of a document.
const DEPTH: usize = 64;
