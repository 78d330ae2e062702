//! A copy of the workspace in which the rules engine carries all its mutants.
//!
//! A file is written only where its text differs, so that a second run builds little.

use crate::Outcome;
use crate::find::{Mutant, find};
use crate::rewrite::Rewritten;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rules engine: three-valued truth, days and what is in force on them, the kernel with its operators, the decision.
const ENGINE: [&str; 5] = ["truth.rs", "force.rs", "date.rs", "kernel", "decision"];

/// What a build of the tests needs.
const COPIED: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "core",
    "tests",
    "examples",
    "bindings-python",
    "bindings-wasm",
    "xtask",
    "docs",
];

const NOT_COPIED: [&str; 5] = ["target", "node_modules", "pkg", ".venv", "__pycache__"];

/// The copy, and what its mutants are.
pub(crate) struct Copy {
    pub(crate) folder: PathBuf,
    pub(crate) mutants: Vec<Mutant>,
    /// By path in the copy.
    pub(crate) files: BTreeMap<PathBuf, Rewritten>,
}

/// The names of all mutants, those among them that rustc refuses.
pub(crate) fn all(root: &Path) -> Outcome<Vec<Mutant>> {
    let mut mutants = Vec::new();
    let mut next = 1;
    for file in engine(root)? {
        let found = found(root, &file, next, &BTreeSet::new())?.1;
        next += found.mutants.len();
        mutants.extend(found.mutants);
    }
    Ok(mutants)
}

impl Copy {
    pub(crate) fn make(root: &Path, folder: &Path, dropped: &BTreeSet<String>) -> Outcome<Self> {
        let engine = engine(root)?;
        for name in COPIED {
            copied(&root.join(name), &folder.join(name), &|path| !engine.iter().any(|file| path == root.join(file)))?;
        }
        let (mut mutants, mut files, mut next) = (Vec::new(), BTreeMap::new(), 1);
        for file in engine {
            let count = found(root, &file, next, &BTreeSet::new())?.1.mutants.len();
            let (text, mut found) = found(root, &file, next, dropped)?;
            next += count;
            mutants.append(&mut found.mutants);
            let rewritten = Rewritten::new(&text, found);
            written(&folder.join(&file), rewritten.text.as_bytes())?;
            files.insert(file, rewritten);
        }
        let switch = format!("{}\nconst COUNT: usize = {next};\n", include_str!("../judge/switch.rs"));
        written(&folder.join("core/src/mutant.rs"), switch.as_bytes())?;
        written(&folder.join("tests/src/bin/mutant.rs"), include_str!("../judge/judge.rs").as_bytes())?;
        let library = fs::read_to_string(root.join("core/src/lib.rs"))?;
        let library =
            format!("{library}\n#[doc(hidden)]\n#[expect(missing_docs, reason = \"the switch\")]\npub mod mutant;\n");
        written(&folder.join("core/src/lib.rs"), library.as_bytes())?;
        Ok(Self { folder: folder.to_owned(), mutants, files })
    }
}

fn found(root: &Path, file: &Path, next: usize, dropped: &BTreeSet<String>) -> Outcome<(String, crate::find::Found)> {
    let text = fs::read_to_string(root.join(file))?;
    let found = find(&file.display().to_string(), &text, next, dropped);
    found.map(|found| (text, found)).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// The files of the engine, by their path from the root.
fn engine(root: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for name in ENGINE {
        rust_files(root, &Path::new("core/src").join(name), &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn rust_files(root: &Path, path: &Path, out: &mut Vec<PathBuf>) -> Outcome {
    if root.join(path).is_dir() {
        for entry in fs::read_dir(root.join(path))? {
            rust_files(root, &path.join(entry?.file_name()), out)?;
        }
    } else if path.extension().is_some_and(|end| end == "rs") {
        out.push(path.to_owned());
    }
    Ok(())
}

fn copied(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) -> Outcome {
    let name = from.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if NOT_COPIED.contains(&name) || !wanted(from) {
        return Ok(());
    }
    if !from.is_dir() {
        // The core's root gets one line more.
        return if to.ends_with("core/src/lib.rs") { Ok(()) } else { written(to, &fs::read(from)?) };
    }
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copied(&from.join(&name), &to.join(&name), wanted)?;
    }
    Ok(())
}

fn written(to: &Path, bytes: &[u8]) -> Outcome {
    if fs::read(to).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(to, bytes)?)
}
