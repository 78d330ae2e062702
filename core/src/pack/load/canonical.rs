//! The document as JSON: scalars that YAML leaves open are typed by their key and form, so that both spellings agree.

use super::own_tests;
use crate::document::{Node, NodeValue};
use crate::json::Json;

/// Keys whose scalars are numbers, alone or in a list.
const NUMBERS: &[&str] = &[
    "value",
    "at_most",
    "less_than",
    "equal",
    "at_least",
    "more_than",
    "between",
    "add",
    "subtract",
    "multiply",
    "divide",
    "smallest",
    "largest",
    "floor",
    "ceiling",
];

/// Keys whose scalars are text, however they look.
const TEXTS: &[&str] = &["article", "numac"];

/// Keys of records.
const RECORDS: &[&str] = &["given", "participant", "case"];

/// The JSON of a node below a key.
pub(super) fn canonical(node: &Node, key: &str) -> Json {
    match &node.value {
        _ if RECORDS.contains(&key) => own_tests::data(node),
        NodeValue::Object(entries) => {
            // The codes of a keyed value stand between the key and its numbers.
            let below = |entry: &'_ str| if key == "value" { key.to_owned() } else { entry.to_owned() };
            Json::Object(entries.iter().map(|e| (e.key.clone(), canonical(&e.value, &below(&e.key)))).collect())
        }
        NodeValue::List(items) => items.iter().map(|item| canonical(item, key)).collect(),
        NodeValue::Float(value) => Json::number(*value),
        NodeValue::Plain(text) if TEXTS.contains(&key) => Json::from(text.as_str()),
        NodeValue::Plain(_) if NUMBERS.contains(&key) => node.number().map_or_else(|| node.to_json(), Json::number),
        _ => node.to_json(),
    }
}
