//! Texts in French, Dutch and English: messages, labels and helps of fields. Every one has all three. Those inside packs are
//! judged by the pack loader.

use crate::fault::Faults;
use crate::source;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use std::collections::BTreeMap;
use std::path::Path;

/// `messages/<topic>.yaml`: id → `{fr, nl, en}`, all topics in one object; an id belongs to one file.
pub(crate) fn messages(folder: &Path) -> Result<Vec<(String, Json)>, Faults> {
    let mut faults = Faults::default();
    let mut all = BTreeMap::new();
    for (file, node) in source::folder(folder)? {
        let document = node.to_json();
        for (id, texts) in members(&document, &file, &mut faults) {
            three(texts, &file, id, &mut faults);
            if all.insert(id.clone(), texts.clone()).is_some() {
                faults.add(file.display(), format!("`{id}` is given twice"));
            }
        }
    }
    faults.into_result().map(|()| all.into_iter().collect())
}

/// That an id belongs to one folder: the engine that loads several of them has one table of all.
pub(crate) fn once(folders: &[(&str, &Vec<(String, Json)>)]) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let mut met: BTreeMap<&str, &str> = BTreeMap::new();
    for (folder, messages) in folders {
        for (id, _) in *messages {
            match met.get(id.as_str()) {
                Some(other) => faults.add(folder, format!("`{id}` is given in {other} already")),
                None => drop(met.insert(id, folder)),
            }
        }
    }
    faults.into_result()
}

/// `labels/<record>.yaml`: path → `{label, help}`; in the embedded form `{record: {path: {label, help}}}`.
pub(crate) fn labels(folder: &Path) -> Result<Vec<(String, Json)>, Faults> {
    let mut faults = Faults::default();
    let mut all = Vec::new();
    for (file, node) in source::folder(folder)? {
        let document = node.to_json();
        for (path, entry) in members(&document, &file, &mut faults) {
            source::known_keys(entry, &["label", "help"], &file, path, &mut faults);
            for key in ["label", "help"] {
                three(entry.get(key).unwrap_or(&Json::Null), &file, &format!("{path}/{key}"), &mut faults);
            }
        }
        let record = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        all.push((record.to_owned(), document));
    }
    faults.into_result().map(|()| all)
}

/// An object with `fr`, `nl` and `en`, none of them blank, and nothing else.
pub(crate) fn three(texts: &Json, file: &Path, place: &str, faults: &mut Faults) {
    if *texts == Json::Null {
        return faults.add(file.display(), format!("`{place}`: the texts are missing"));
    }
    source::known_keys(texts, &Lang::ALL.map(Lang::as_str), file, place, faults);
    for lang in Lang::ALL.map(Lang::as_str) {
        if texts.get(lang).and_then(Json::as_str).is_none_or(|text| text.trim().is_empty()) {
            faults.add(file.display(), format!("`{place}`: the text in {lang} is missing"));
        }
    }
}

fn members<'j>(document: &'j Json, file: &Path, faults: &mut Faults) -> &'j [(String, Json)] {
    document.as_object().unwrap_or_else(|| {
        faults.add(file.display(), "an object is wanted");
        &[]
    })
}
