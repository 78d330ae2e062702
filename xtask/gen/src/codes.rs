//! The code lists: one file each, named after the list, read by the core's own strict reader.

use crate::fault::Faults;
use crate::source;
use sam_eurometropole::codes::CodeList;
use sam_eurometropole::json::Json;
use std::path::Path;

/// The list documents, sorted by id.
pub(crate) fn read(folder: &Path) -> Result<Vec<Json>, Faults> {
    let mut faults = Faults::default();
    let mut lists = Vec::new();
    for (file, node) in source::folder(folder)? {
        match CodeList::from_document(&node) {
            Ok((list, _)) if file.file_stem().is_none_or(|stem| stem != list.id()) => {
                faults.add(file.display(), format!("the file of the list `{}` is named after it", list.id()));
            }
            Ok((_, document)) => lists.push(document),
            Err(problems) => {
                problems.iter().for_each(|problem| faults.add(file.display(), problem.to_json().to_canonical()));
            }
        }
    }
    faults.into_result().map(|()| lists)
}

/// Part id and hash of each list.
pub(crate) fn parts(lists: &[Json]) -> Vec<(String, Json)> {
    let id = |list: &Json| list.get("list").and_then(Json::as_str).unwrap_or_default().to_owned();
    lists.iter().map(|list| (format!("codes/{}", id(list)), crate::hash(list))).collect()
}
