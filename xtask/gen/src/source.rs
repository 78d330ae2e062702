//! Reading the YAML sources.

use crate::fault::Faults;
use sam_eurometropole::document::{self, Node, Position};
use sam_eurometropole::json::Json;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder, sorted by name; none if there is no such folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// The YAML documents of a folder, sorted by file name.
pub(crate) fn folder(folder: &Path) -> Result<Vec<(PathBuf, Node)>, Faults> {
    let mut faults = Faults::default();
    let mut documents = Vec::new();
    for path in files(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
        let read = document(&path).map(|node| vec![(path, node)]);
        documents.extend(faults.keep(read));
    }
    faults.into_result().map(|()| documents)
}

/// One YAML document as JSON, if there is such a file.
pub(crate) fn optional(path: &Path) -> Result<Option<Json>, Faults> {
    if path.exists() { document(path).map(|node| Some(node.to_json())) } else { Ok(None) }
}

/// One YAML document with its places.
pub(crate) fn document(path: &Path) -> Result<Node, Faults> {
    let file = path.display();
    let text = fs::read_to_string(path).map_err(|error| Faults::one(&file, error))?;
    let (node, problems) = document::from_yaml(&text);
    let mut faults = Faults::default();
    for problem in problems {
        faults.add(&file, place(problem.at, problem.code.as_str(), &problem.pointer, &problem.params));
    }
    faults.into_result()?;
    node.ok_or_else(|| Faults::one(file, "there is no document"))
}

/// A problem of a document on one line.
pub(crate) fn place(at: Option<Position>, code: &str, pointer: &str, params: &[(String, String)]) -> String {
    let line = at.map(|at| format!("line {}, column {}: ", at.line, at.column)).unwrap_or_default();
    let params = params.iter().map(|(name, value)| format!(", {name} `{value}`")).collect::<String>();
    format!("{line}{code} at `{pointer}`{params}")
}

/// An object's keys are among these.
pub(crate) fn known_keys(object: &Json, allowed: &[&str], file: &Path, place: &str, faults: &mut Faults) {
    let Some(members) = object.as_object() else {
        return faults.add(file.display(), format!("`{place}`: an object is wanted"));
    };
    for (key, _) in members.iter().filter(|(key, _)| !allowed.contains(&key.as_str())) {
        faults.add(file.display(), format!("`{place}`: there is no key `{key}`"));
    }
}
