//! Packs: loaded by the core's own loader, so that every mistake of a keeper is a fault here, and kept as the documents that are hashed.

use crate::fault::Faults;
use crate::source;
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::pack::{self, Origin, Pack, PackKind};
use std::collections::BTreeMap;
use std::path::Path;

/// The packs of a folder, sorted by id; all of one kind.
pub(crate) fn read(folder: &Path, kind: PackKind, codes: &CodeLists) -> Result<Vec<Pack>, Faults> {
    let mut faults = Faults::default();
    let mut packs = BTreeMap::new();
    for (file, node) in source::folder(folder)? {
        match pack::load(&node, codes, Origin::Embedded) {
            Ok(pack) if pack.kind != kind => {
                faults.add(file.display(), "the kind of the pack is not that of the folder")
            }
            Ok(pack) if packs.contains_key(&pack.id) => {
                faults.add(file.display(), format!("`{}` is given twice", pack.id))
            }
            Ok(pack) => {
                packs.insert(pack.id.clone(), pack);
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
    faults.into_result().map(|()| packs.into_values().collect())
}
