//! What is said of a file: each thing once, with how often and on which lines first; and every row or cell that gave no figure.

use crate::finding::{Code, Finding, Path};
use crate::json::Json;
use std::collections::BTreeMap;

/// So many lines are named in a finding.
const NAMED_LINES: usize = 5;
/// So many characters of a cell are shown.
const SHOWN: usize = 60;

/// Name and value of what a text names.
pub(super) type Params<'p> = &'p [(&'static str, Json)];

#[derive(Debug)]
struct Note {
    code: Code,
    params: Vec<(&'static str, Json)>,
    count: usize,
    lines: Vec<usize>,
}

/// The findings of a file, and what was dropped.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: BTreeMap<(&'static str, String), Note>,
    pub(super) dropped: Vec<Json>,
}

impl Notes {
    /// Says something of the whole file.
    pub(super) fn say(&mut self, code: Code, params: Params<'_>) {
        self.note(code, params);
    }

    /// Says something of a line.
    pub(super) fn at(&mut self, code: Code, params: Params<'_>, line: usize) {
        let note = self.note(code, params);
        note.count += 1;
        if note.lines.len() < NAMED_LINES && note.lines.last() != Some(&line) {
            note.lines.push(line);
        }
    }

    /// Says that a row, or a cell of it, gives no figure.
    pub(super) fn drop(&mut self, code: Code, params: Params<'_>, line: usize) {
        let own = [("code", Json::from(code.as_str())), ("line", Json::from(line))];
        let members = own.iter().chain(params).map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.dropped.push(Json::Object(members));
        self.at(code, params, line);
    }

    fn note(&mut self, code: Code, params: Params<'_>) -> &mut Note {
        let key: Vec<String> = params.iter().map(|(_, value)| value.to_canonical()).collect();
        let new = || Note { code, params: params.to_vec(), count: 0, lines: Vec::new() };
        self.notes.entry((code.as_str(), key.join("\u{1f}"))).or_insert_with(new)
    }

    /// The findings.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.notes.values().map(Note::finding).collect()
    }
}

impl Note {
    fn finding(&self) -> Finding {
        let finding = Finding::new(self.code, Path::new(None, Vec::new(), false));
        let finding = self.params.iter().fold(finding, |finding, (name, value)| finding.with(name, value.clone()));
        if self.count == 0 {
            return finding;
        }
        let lines: Json = self.lines.iter().map(|line| Json::from(*line)).collect();
        finding.with("count", self.count).with("lines", lines)
    }
}

/// A text of the file as a finding shows it.
pub(super) fn shown(text: &str) -> Json {
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Json::from(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Json::from(text),
    }
}
