//! The mappings of national files: loaded by the core's own loader, so that every mistake of a keeper is a fault here.

use crate::fault::Faults;
use crate::source;
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::json::Json;
use sam_eurometropole::national::Mapping;
use sam_eurometropole::taxonomy::Taxonomy;
use std::collections::BTreeMap;
use std::path::Path;

/// The documents of a folder, sorted by id.
pub(crate) fn read(folder: &Path, codes: &CodeLists, taxonomy: &Taxonomy) -> Result<Vec<Json>, Faults> {
    let mut faults = Faults::default();
    let mut mappings = BTreeMap::new();
    for (file, node) in source::folder(folder)? {
        match Mapping::from_document(&node, codes, taxonomy) {
            Ok(mapping) if file.file_stem().is_none_or(|stem| stem != mapping.id()) => {
                faults.add(file.display(), format!("the file of the mapping `{}` is named after it", mapping.id()));
            }
            Ok(mapping) => {
                mappings.insert(mapping.id().to_owned(), node.to_json());
            }
            Err(problems) => {
                for problem in problems {
                    faults.add(
                        file.display(),
                        source::place(problem.at, &problem.code, &problem.pointer, &problem.params),
                    );
                }
            }
        }
    }
    faults.into_result().map(|()| mappings.into_values().collect())
}
