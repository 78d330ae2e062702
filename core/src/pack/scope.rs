//! Walking a document with its pointers, and keeping every problem.

use super::Problem;
use crate::date::Date;
use crate::document::{Node, NodeValue};
use crate::hint;
use crate::limits;
use std::cmp::Ordering;

/// A place in the document.
#[derive(Clone)]
pub(super) struct At<'n> {
    pub(super) node: &'n Node,
    pub(super) pointer: String,
}

impl<'n> At<'n> {
    pub(super) fn get(&self, key: &str) -> Option<At<'n>> {
        let entry = self.node.object()?.iter().find(|entry| entry.key == key)?;
        Some(At { node: &entry.value, pointer: self.below(key) })
    }

    pub(super) fn below(&self, key: &str) -> String {
        format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1"))
    }

    pub(super) fn items(&self) -> Option<Vec<At<'n>>> {
        let list = self.node.list()?;
        Some(list.iter().enumerate().map(|(i, node)| At { node, pointer: self.below(&i.to_string()) }).collect())
    }

    pub(super) fn members(&self) -> Option<Vec<(&'n str, At<'n>)>> {
        let object = self.node.object()?;
        let member = |entry: &'n crate::document::Entry| {
            (entry.key.as_str(), At { node: &entry.value, pointer: self.below(&entry.key) })
        };
        Some(object.iter().map(member).collect())
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.node.value, NodeValue::Object(_))
    }
}

/// The problems found so far.
#[derive(Default)]
pub(super) struct Problems {
    pub(super) list: Vec<Problem>,
    /// Names for which one that was meant has been looked for.
    hints: usize,
}

impl Problems {
    /// Keeps a problem; of too many the first ones, and one that says so.
    pub(super) fn add(&mut self, at: &At<'_>, code: &str, params: &[(&str, &str)]) {
        match self.list.len().cmp(&limits::PROBLEMS) {
            Ordering::Less => self.push(at, code, params),
            Ordering::Equal => {
                self.push(at, "pack.too_many_problems", &[("max", &limits::PROBLEMS.to_string())]);
            }
            Ordering::Greater => {}
        }
    }

    fn push(&mut self, at: &At<'_>, code: &str, params: &[(&str, &str)]) {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.list.push(Problem { code: code.to_owned(), pointer: at.pointer.clone(), at: Some(at.node.at), params });
    }

    /// A problem with the nearest of the allowed names, if one is near.
    pub(super) fn unknown(&mut self, at: &At<'_>, code: &str, name: &str, known: &[&str]) {
        self.hints = self.hints.saturating_add(1);
        let hint = if self.hints <= limits::HINTS { hint::nearest(name, known.iter().copied()) } else { None };
        match hint {
            Some(hint) => self.add(at, code, &[("name", name), ("hint", hint)]),
            None => self.add(at, code, &[("name", name)]),
        }
    }

    /// An object with no keys but these.
    pub(super) fn keys(&mut self, at: &At<'_>, allowed: &[&str]) {
        let Some(members) = at.members() else {
            return self.wrong_type(at, "object");
        };
        for (key, place) in members {
            if !allowed.contains(&key) {
                self.unknown(&place, "pack.unknown_key", key, allowed);
            }
        }
    }

    pub(super) fn wrong_type(&mut self, at: &At<'_>, expected: &str) {
        self.add(at, "pack.type", &[("expected", expected), ("got", at.node.kind_name())]);
    }

    pub(super) fn text(&mut self, at: &At<'_>) -> Option<String> {
        let text = at.node.text().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(at, "text");
        }
        text
    }

    pub(super) fn wanted<'n>(&mut self, at: &At<'n>, key: &str) -> Option<At<'n>> {
        let found = at.get(key);
        if found.is_none() && at.is_object() {
            self.add(at, "pack.missing_key", &[("name", key)]);
        }
        found
    }

    pub(super) fn wanted_text(&mut self, at: &At<'_>, key: &str) -> Option<String> {
        let place = self.wanted(at, key)?;
        self.text(&place)
    }

    pub(super) fn optional_text(&mut self, at: &At<'_>, key: &str) -> Option<String> {
        let place = at.get(key)?;
        self.text(&place)
    }

    pub(super) fn date(&mut self, at: &At<'_>) -> Option<Date> {
        let date = at.node.text().and_then(|text| Date::parse(text).ok());
        if date.is_none() {
            self.wrong_type(at, "date");
        }
        date
    }

    pub(super) fn optional_date(&mut self, at: &At<'_>, key: &str) -> Option<Date> {
        let place = at.get(key)?;
        self.date(&place)
    }

    /// A word of a closed list.
    pub(super) fn one_of<T: Copy>(&mut self, at: &At<'_>, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(at)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.unknown(at, "pack.unknown_word", &text, &known);
        }
        found
    }
}
