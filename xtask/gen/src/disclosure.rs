//! The rules of disclosure control, to the compact document that the core embeds: without texts, and without what is not enforced.

use crate::fault::Faults;
use crate::{source, texts};
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::disclosure::rules::{PARTS, Rules};
use sam_eurometropole::json::Json;
use std::path::Path;

/// What stands beside the parts of a rule.
const ABOUT: [&str; 6] = ["id", "producer", "title", "enforced", "verified", "source"];

/// The document as written, if it is there.
pub(crate) fn read(folder: &Path) -> Result<Option<Json>, Faults> {
    let file = folder.join("rules.yaml");
    let Some(rules) = source::optional(&file)? else { return Ok(None) };
    let mut faults = Faults::default();
    source::known_keys(
        &rules,
        &["format", "source", "defaults", "sensitive", "rules"],
        &file,
        "rules.yaml",
        &mut faults,
    );
    let allowed: Vec<&str> = ABOUT.into_iter().chain(PARTS).collect();
    let mut last = "";
    for rule in list(&rules, "rules") {
        let id = rule.get("id").and_then(Json::as_str).unwrap_or_default();
        source::known_keys(rule, &allowed, &file, id, &mut faults);
        texts::three(rule.get("title").unwrap_or(&Json::Null), &file, &format!("{id}/title"), &mut faults);
        let said = |key: &str| rule.get(key).and_then(Json::as_str).is_some_and(|text| !text.is_empty());
        if !said("producer") || !said("source") || rule.get("verified").and_then(Json::as_bool).is_none() {
            faults.add(file.display(), format!("`{id}` says `producer`, `source` and `verified`"));
        }
        if id <= last {
            faults.add(file.display(), format!("`{id}` is not after the rule before it"));
        }
        last = id;
    }
    if Rules::from_embedded(&compact(&rules)).is_none() {
        faults.add(file.display(), "the rules cannot be read");
    }
    faults.into_result().map(|()| Some(rules))
}

/// Themes and indicators are those of the code lists.
pub(crate) fn check(rules: &Json, codes: &CodeLists, file: &Path) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let sensitive = rules.get("sensitive").unwrap_or(&Json::Null);
    for (key, of) in [("themes", "theme"), ("indicators", "indicator")] {
        for word in list(sensitive, key).iter().filter_map(Json::as_str) {
            if codes.get(of).is_none_or(|list| list.find(word).is_none()) {
                faults.add(file.display(), format!("`{word}` is not in the list `{of}`"));
            }
        }
    }
    faults.into_result()
}

/// The document that the core embeds.
pub(crate) fn compact(rules: &Json) -> Json {
    let keep = |rule: &Json| -> Json {
        let members = rule.as_object().unwrap_or_default().iter();
        Json::Object(members.filter(|(key, _)| key == "id" || PARTS.contains(&key.as_str())).cloned().collect())
    };
    let enforced = |rule: &&Json| rule.get("enforced").and_then(Json::as_bool) != Some(false);
    Json::object([
        ("defaults", rules.get("defaults").cloned().unwrap_or(Json::Null)),
        ("sensitive", rules.get("sensitive").cloned().unwrap_or(Json::Null)),
        ("rules", list(rules, "rules").iter().filter(enforced).map(keep).collect()),
    ])
}

fn list<'j>(json: &'j Json, key: &str) -> &'j [Json] {
    json.get(key).and_then(Json::as_list).unwrap_or_default()
}
