//! The document as JSON: scalars that YAML leaves open are typed by their key and form, so that both spellings agree.

use super::own_tests;
use crate::document::{Entry, Node, NodeValue};
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

/// Keys whose scalars are text, however they look: names, codes, and words for people.
const TEXTS: &[&str] = &[
    "article",
    "by",
    "concept",
    "condition",
    "eli",
    "en",
    "fr",
    "id",
    "includes",
    "key",
    "law",
    "legiarti",
    "name",
    "nl",
    "numac",
    "param",
    "reading",
    "reference",
    "under",
    "why",
];

/// Keys whose scalars are codes, text however they look, or else `true` and `false`.
const CODES: &[&str] = &["is", "one_of", CODES_OF_LIST];

/// What stands for the key of the values of a parameter that is made of codes, and of each of them.
const VALUES_OF_LIST: &str = "values of a list";
const CODES_OF_LIST: &str = "codes of a list";

/// Keys of records.
const RECORDS: &[&str] = &["given", "participant", "case"];

/// The JSON of a node below a key.
pub(super) fn canonical(node: &Node, key: &str) -> Json {
    match &node.value {
        _ if RECORDS.contains(&key) => own_tests::data(node),
        NodeValue::Object(entries) => {
            let below = |entry: &Entry| canonical(&entry.value, key_below(node, key, &entry.key));
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), below(entry))).collect())
        }
        NodeValue::List(items) => items.iter().map(|item| canonical(item, key)).collect(),
        NodeValue::Float(value) => Json::number(*value),
        NodeValue::Plain(text) if is_text(node, key) => Json::from(text.as_str()),
        NodeValue::Plain(_) if NUMBERS.contains(&key) => node.number().map_or_else(|| node.to_json(), Json::number),
        _ => node.to_json(),
    }
}

/// The key that types what stands below a member of an object.
fn key_below<'k>(object: &Node, key: &'k str, member: &'k str) -> &'k str {
    match (key, member) {
        // The codes of a keyed value stand between the key and its numbers, and the names of what is shown between `show` and theirs.
        ("value" | "show", _) => "value",
        (_, "values") if object.get("list").is_some() => VALUES_OF_LIST,
        (VALUES_OF_LIST, "value") => CODES_OF_LIST,
        _ => member,
    }
}

/// Whether a plain scalar is text, whatever it looks like. What stands for nothing is never text.
fn is_text(node: &Node, key: &str) -> bool {
    let is_code = CODES.contains(&key) && node.boolean().is_none();
    !node.is_null() && (is_code || TEXTS.contains(&key))
}
