//! The partners of the project, and the code list `partner` made from them.

use crate::fault::Faults;
use crate::territory::Sources;
use crate::{source, texts};
use sam_eurometropole::identifier::Scheme;
use sam_eurometropole::json::Json;
use std::path::Path;

const KEYS: [&str; 10] =
    ["id", "name", "kind", "system", "commune", "role", "role_certainty", "siren", "enterprise_number", "source"];
const KINDS: [&str; 6] = ["association", "ccas", "commune", "cpas", "ocmw", "province"];
const ROLES: [&str; 3] = ["lead", "partner", "associated"];
const CERTAINTIES: [&str; 2] = ["clear", "unclear"];
const SYSTEMS: [&str; 3] = ["FR", "BE-WAL", "BE-VLG"];

/// The document of the partners, if there is one; the communes it names are in the territory.
pub(crate) fn read(path: &Path, territory: &Sources) -> Result<Option<Json>, Faults> {
    let Some(document) = source::optional(path)? else {
        return Ok(None);
    };
    let mut faults = Faults::default();
    source::known_keys(&document, &["format", "source", "partners"], path, "", &mut faults);
    let mut seen = Vec::new();
    for partner in entries(&document) {
        let id = text(partner, "id");
        check(partner, path, territory, &mut faults);
        if seen.contains(&id) {
            faults.add(path.display(), format!("`{id}` is given twice"));
        }
        seen.push(id);
    }
    faults.into_result().map(|()| Some(document))
}

/// The document where there is no file.
pub(crate) fn none() -> Json {
    Json::object([("source", Json::from("No partners")), ("partners", Json::List(Vec::new()))])
}

/// The partners as a code list: labels are their names.
pub(crate) fn code_list(document: &Json) -> Json {
    let codes = entries(document).iter().map(|partner| {
        let mut code = vec![("code".to_owned(), Json::from(text(partner, "id")))];
        code.extend(partner.get("name").map(|name| ("label".to_owned(), name.clone())));
        code.extend(partner.get("system").map(|system| ("system".to_owned(), system.clone())));
        code.push(("verified".to_owned(), Json::Bool(true)));
        Json::Object(code)
    });
    let title =
        [("fr", "Partenaire"), ("nl", "Partner"), ("en", "Partner")].map(|(lang, text)| (lang, Json::from(text)));
    Json::object([
        ("list", Json::from("partner")),
        ("title", Json::object(title)),
        ("source", document.get("source").cloned().unwrap_or(Json::Null)),
        ("codes", codes.collect()),
    ])
}

fn check(partner: &Json, path: &Path, territory: &Sources, faults: &mut Faults) {
    let id = text(partner, "id");
    source::known_keys(partner, &KEYS, path, id, faults);
    texts::three(partner.get("name").unwrap_or(&Json::Null), path, &format!("{id}/name"), faults);
    let words: [(&str, &[&str]); 4] =
        [("kind", &KINDS), ("role", &ROLES), ("role_certainty", &CERTAINTIES), ("system", &SYSTEMS)];
    for (key, allowed) in words {
        if !allowed.contains(&text(partner, key)) {
            faults.add(path.display(), format!("`{id}/{key}` is one of {}", allowed.join(", ")));
        }
    }
    for (key, scheme) in [("siren", Scheme::Siren), ("enterprise_number", Scheme::BeEnterprise)] {
        if let Some(Err(not)) = partner.get(key).and_then(Json::as_str).map(|number| scheme.stored(number)) {
            faults.add(path.display(), format!("`{id}/{key}`: {}", not.wrong));
        }
    }
    let Some(commune) = partner.get("commune").and_then(Json::as_str) else {
        return;
    };
    match territory.system(commune) {
        Some(system) if system == text(partner, "system") => {}
        Some(system) => faults.add(path.display(), format!("`{id}`: `{commune}` belongs to the system {system}")),
        None => faults.add(path.display(), format!("`{id}`: `{commune}` is not in the territory")),
    }
}

fn entries(document: &Json) -> &[Json] {
    match document.get("partners") {
        Some(Json::List(partners)) => partners,
        _ => &[],
    }
}

fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json.get(key).and_then(Json::as_str).unwrap_or_default()
}
