//! What is too long is told first, and then nothing else is read: whatever comes after may take its time for each element.

use crate::document::NodeValue;
use crate::limits;
use crate::pack::scope::{At, Problems};

/// Keys whose text is a name.
const NAMES: [&str; 2] = ["id", "pack"];

/// Looks for lists, objects and texts that are too long.
pub(super) fn look(at: &At<'_>, problems: &mut Problems) {
    match &at.node.value {
        NodeValue::List(items) if items.len() > limits::LIST => too_long(at, "pack.too_long", limits::LIST, problems),
        NodeValue::Object(entries) if entries.len() > limits::FIELDS => {
            too_long(at, "pack.too_long", limits::FIELDS, problems);
        }
        // Told of the object: the key would be part of the place.
        NodeValue::Object(entries) if entries.iter().any(|entry| is_longer(&entry.key, limits::NAME)) => {
            too_long(at, "pack.text_too_long", limits::NAME, problems);
        }
        NodeValue::List(_) => at.items().iter().flatten().for_each(|item| look(item, problems)),
        NodeValue::Object(_) => at.members().iter().flatten().for_each(|(key, place)| member(key, place, problems)),
        NodeValue::Text(text) | NodeValue::Plain(text) => text_within(text, limits::TEXT, at, problems),
        NodeValue::Null | NodeValue::Bool(_) | NodeValue::Int(_) | NodeValue::Float(_) => {}
    }
}

fn member(key: &str, at: &At<'_>, problems: &mut Problems) {
    let is_name = NAMES.contains(&key);
    match &at.node.value {
        NodeValue::Text(text) | NodeValue::Plain(text) if is_name => text_within(text, limits::NAME, at, problems),
        _ => look(at, problems),
    }
}

fn text_within(text: &str, max: usize, at: &At<'_>, problems: &mut Problems) {
    if is_longer(text, max) {
        too_long(at, "pack.text_too_long", max, problems);
    }
}

/// Whether a text has more code points; as many bytes need no count.
fn is_longer(text: &str, max: usize) -> bool {
    text.len() > max && text.chars().count() > max
}

fn too_long(at: &At<'_>, code: &str, max: usize, problems: &mut Problems) {
    problems.add(at, code, &[("max", &max.to_string())]);
}
