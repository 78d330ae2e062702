//! Two submissions of an analysis, and what changed from one to the other.

use super::summary::{Core, key};
use super::words::Words;
use super::{at, list, text};
use crate::catalogue::Role;
use crate::date::Date;
use crate::json::Json;
use crate::message::Lang;
use crate::report::view_text;
use crate::rulebook::Rulebook;
use crate::view::View;
use std::collections::BTreeMap;

/// Fields with one value.
const SINGLE: [&str; 11] = [
    "partner",
    "territory",
    "system",
    "framework",
    "year",
    "first_year",
    "last_year",
    "presented_on",
    "desk.people_received",
    "desk.days_to_appointment",
    "id",
];
/// Lists of codes, and the code list of each.
const LISTS: [(&str, &str); 5] = [
    ("methods", "analysis_method"),
    ("sources", "data_provider"),
    ("themes", "theme"),
    ("publics", "analysis_public"),
    ("services_present", "service_theme"),
];

/// What changed between two submissions.
#[derive(Debug)]
pub struct Difference<'b> {
    book: &'b Rulebook,
    json: Json,
}

/// What changed from one submission to another, both JSON texts, as far as they can be read.
#[must_use]
pub fn difference<'b>(book: &'b Rulebook, before: &str, after: &str, on: Date) -> Difference<'b> {
    let read = |analysis: &str| view_text(book, Role::NeedsAnalysis, analysis, View::Full);
    let core = |record: &Json| Core::of(book, record).to_json();
    let (old, new) = (read(before), read(after));
    let json = Json::object([
        ("made_by", book.made_by(&[])),
        ("on", Json::from(on.to_string())),
        ("fields", SINGLE.iter().filter_map(|path| changed(path, at(&old, path), at(&new, path))).collect()),
        ("lists", LISTS.iter().filter_map(|(path, _)| codes(path, list(&old, path), list(&new, path))).collect()),
        ("figures", keyed(list(&old, "observations"), list(&new, "observations"), key)),
        ("findings", keyed(list(&old, "findings"), list(&new, "findings"), about)),
        ("needs", keyed(list(&old, "desk.needs"), list(&new, "desk.needs"), domain)),
        ("priorities", changed("priorities", at(&old, "priorities"), at(&new, "priorities")).unwrap_or(Json::Null)),
        ("core", Json::object([("before", core(&old)), ("after", core(&new))])),
    ]);
    Difference { book, json }
}

fn about(finding: &Json) -> String {
    let part = |name: &str| text(finding, name).unwrap_or_default();
    format!("{} {}", part("theme"), part("indicator"))
}

fn domain(need: &Json) -> String {
    text(need, "domain").unwrap_or_default().to_owned()
}

/// A field with its two values, if they differ.
fn changed(path: &str, before: Option<&Json>, after: Option<&Json>) -> Option<Json> {
    let value = |value: Option<&Json>| value.cloned().unwrap_or(Json::Null);
    (before != after)
        .then(|| Json::object([("field", Json::from(path)), ("before", value(before)), ("after", value(after))]))
}

/// Codes that came and codes that went.
fn codes(path: &str, before: &[Json], after: &[Json]) -> Option<Json> {
    let only =
        |these: &[Json], those: &[Json]| these.iter().filter(|one| !those.contains(one)).cloned().collect::<Vec<_>>();
    let (added, removed) = (only(after, before), only(before, after));
    (!added.is_empty() || !removed.is_empty()).then(|| {
        Json::object([("field", Json::from(path)), ("added", Json::List(added)), ("removed", Json::List(removed))])
    })
}

/// Entries that came, went, or have another content, in the order of the later list. Of two entries with one key the last counts.
fn keyed(before: &[Json], after: &[Json], key: impl Fn(&Json) -> String) -> Json {
    let map = |list: &[Json]| list.iter().map(|one| (key(one), one.clone())).collect::<BTreeMap<_, _>>();
    let (old, new) = (map(before), map(after));
    let added = new.iter().filter(|(key, _)| !old.contains_key(*key)).map(|(_, one)| one.clone()).collect();
    let removed = old.iter().filter(|(key, _)| !new.contains_key(*key)).map(|(_, one)| one.clone()).collect();
    let pair = |(key, one): (&String, &Json)| {
        let was = old.get(key).filter(|was| *was != one)?;
        Some(Json::object([("before", was.clone()), ("after", one.clone())]))
    };
    Json::object([("added", added), ("removed", removed), ("changed", new.iter().filter_map(pair).collect())])
}

impl Difference<'_> {
    /// The difference as JSON.
    #[must_use]
    pub fn to_json(&self) -> &Json {
        &self.json
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let none = |part: &str| list(&self.json, part).is_empty();
        let kept = |part: &str| {
            ["added", "removed", "changed"].iter().all(|kind| list(&self.json, &format!("{part}.{kind}")).is_empty())
        };
        none("fields")
            && none("lists")
            && ["figures", "findings", "needs"].into_iter().all(kept)
            && self.json.get("priorities") == Some(&Json::Null)
    }

    /// The difference to be read, in a language.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let words = Words { book: self.book, lang };
        if self.is_empty() {
            return words.say("needs.same", &[]) + "\n";
        }
        let mut lines = vec![words.say("needs.changed", &[])];
        for field in list(&self.json, "fields") {
            lines.push(self.tell_field(field, &words));
        }
        for field in list(&self.json, "lists") {
            self.tell_list(field, &words, &mut lines);
        }
        self.tell_entries("figures", &words, &mut lines, |one| words.figure(one), |one| words.value(one));
        let finding = |one: &Json| {
            let theme = words.label(text(one, "theme"), "theme");
            words.say("needs.of_theme", &[("theme", theme), ("finding", Json::from(words.finding(one)))])
        };
        self.tell_entries("findings", &words, &mut lines, finding, |one| Json::from(words.finding(one)));
        let need = |one: &Json| {
            let persons = one.get("persons").cloned().unwrap_or(Json::Null);
            words.say(
                "needs.desk_need",
                &[("domain", words.label(text(one, "domain"), "service_theme")), ("persons", persons)],
            )
        };
        self.tell_entries("needs", &words, &mut lines, need, |one| one.get("persons").cloned().unwrap_or(Json::Null));
        if let Some(priorities) = self.json.get("priorities").filter(|changed| **changed != Json::Null) {
            let named = |name: &str| words.labels(list(priorities, name), "theme");
            lines.push(words.say("needs.priorities", &[("before", named("before")), ("after", named("after"))]));
        }
        lines.join("\n- ") + "\n"
    }

    fn tell_field(&self, field: &Json, words: &Words<'_>) -> String {
        let path = text(field, "field").unwrap_or_default();
        let value = |name: &str| match field.get(name) {
            None | Some(Json::Null) => Json::from(words.say("needs.none", &[])),
            Some(value) => value.clone(),
        };
        let label = Json::from(self.book.label(Role::NeedsAnalysis, path, words.lang));
        words.say("needs.field", &[("field", label), ("before", value("before")), ("after", value("after"))])
    }

    fn tell_list(&self, field: &Json, words: &Words<'_>, lines: &mut Vec<String>) {
        let path = text(field, "field").unwrap_or_default();
        let of = LISTS.iter().find(|(name, _)| *name == path).map_or("", |(_, list)| *list);
        let label = Json::from(self.book.label(Role::NeedsAnalysis, path, words.lang));
        for (kind, id) in [("added", "needs.list_added"), ("removed", "needs.list_removed")] {
            let codes = list(field, kind);
            if !codes.is_empty() {
                lines.push(words.say(id, &[("field", label.clone()), ("codes", words.labels(codes, of))]));
            }
        }
    }

    fn tell_entries(
        &self,
        part: &str,
        words: &Words<'_>,
        lines: &mut Vec<String>,
        told: impl Fn(&Json) -> String,
        value: impl Fn(&Json) -> Json,
    ) {
        let entries = |kind: &str| list(&self.json, &format!("{part}.{kind}"));
        for (kind, id) in [("added", "needs.added"), ("removed", "needs.removed")] {
            for one in entries(kind) {
                lines.push(words.say(id, &[("entry", Json::from(told(one)))]));
            }
        }
        for pair in entries("changed") {
            let (Some(before), Some(after)) = (pair.get("before"), pair.get("after")) else { continue };
            let params = [("entry", Json::from(told(after))), ("before", value(before))];
            lines.push(words.say("needs.entry_changed", &params));
        }
    }
}
