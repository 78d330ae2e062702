//! The one JSON shape of what would change a decision.

use super::{Change, ChangeSet, Changes};
use crate::decision::cell_json;
use crate::json::Json;
use crate::rows::OwnedCell;

impl Changes<'_> {
    /// The changes as JSON. Personal values are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        Json::object([
            ("made_by", self.book.made_by(&self.packs)),
            ("on", Json::from(self.on.to_string())),
            ("outcome", Json::from(self.outcome.as_str())),
            ("failed", self.failed.iter().map(|rule| Json::from(rule.as_str())).collect()),
            ("sets", self.sets.iter().map(|set| set_json(set, values)).collect()),
            ("evaluations", Json::from(self.evaluations)),
            ("complete", Json::Bool(self.complete)),
        ])
    }
}

impl Change {
    /// Whether the value may be shown to everybody.
    pub(crate) fn shows_value(&self, values: bool) -> bool {
        values || !(self.personal || self.field.is_personal())
    }

    /// Whether what the field holds now may be.
    pub(crate) fn shows_was(&self, values: bool) -> bool {
        values || !self.field.is_personal()
    }
}

fn set_json(set: &ChangeSet, values: bool) -> Json {
    Json::object([
        ("changes", set.changes.iter().map(|change| change_json(change, values)).collect()),
        ("outcome", Json::from(set.outcome.as_str())),
        ("firmness", Json::from(set.firmness.as_str())),
        ("missing", set.missing.iter().map(|field| Json::from(field.path())).collect()),
    ])
}

fn change_json(change: &Change, values: bool) -> Json {
    let json = |cell: &OwnedCell| cell_json(cell.as_cell());
    let mut members = vec![("value", json(&change.value), change.shows_value(values))];
    if !change.others.is_empty() {
        members.push(("or", change.others.iter().map(json).collect(), change.shows_value(values)));
    }
    members.push(match &change.was {
        OwnedCell::Absent(reason) => ("absent", Json::from(reason.as_str()), true),
        was => ("was", json(was), change.shows_was(values)),
    });
    let masked: Vec<Json> = members.iter().filter(|(_, _, shown)| !shown).map(|(name, ..)| Json::from(*name)).collect();
    let shown = members.into_iter().filter(|(_, _, shown)| *shown).map(|(name, value, _)| (name.to_owned(), value));
    let mut out = vec![("field".to_owned(), Json::from(change.field.path()))];
    out.extend(shown);
    if !masked.is_empty() {
        out.push(("masked".to_owned(), masked.into_iter().collect()));
    }
    Json::Object(out)
}
