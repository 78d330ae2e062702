//! A case with another answer: as a caseworker would change it in a form.

use sam_eurometropole::json::Json;

/// The record or case with this value at a path of names; a reason why there was none goes.
#[must_use]
pub fn answered(json: &Json, path: &str, value: Json) -> Json {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let mut members: Vec<(String, Json)> = json.as_object().unwrap_or_default().to_vec();
    let new = match rest {
        Some(rest) => answered(json.get(name).unwrap_or(&Json::Object(Vec::new())), rest, value),
        None => {
            members.iter_mut().filter(|(key, _)| key == "absent").for_each(|(_, absent)| forget(absent, name));
            value
        }
    };
    match members.iter_mut().find(|(key, _)| key == name) {
        Some((_, old)) => *old = new,
        None => members.push((name.to_owned(), new)),
    }
    Json::Object(members)
}

fn forget(reasons: &mut Json, name: &str) {
    if let Json::Object(members) = reasons {
        members.retain(|(key, _)| key != name);
    }
}
