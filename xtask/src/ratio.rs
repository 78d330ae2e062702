//! A binding converts and nothing else, so it stays small: its Rust lines are at most a tenth of the core's.

use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use std::fs;
use std::path::Path;

/// The core has at least so many times the lines of a binding.
const TIMES: usize = 10;

/// Fails where a binding is too big.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    let count = |folder: &str| lines(&project.root.join(folder).join("src"));
    let core = count("core")?;
    let (python, wasm) = (count("bindings-python")?, count("bindings-wasm")?);
    let told = format!("core {core} lines, bindings-python {python}, bindings-wasm {wasm}");
    if python.max(wasm) * TIMES > core {
        return Err(Trouble::failed(format!("a binding is more than a tenth of the core: {told}")));
    }
    Ok(told)
}

/// The lines of the Rust files under a folder that are not blank.
fn lines(folder: &Path) -> Outcome<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            count += fs::read_to_string(&path)?.lines().filter(|line| !line.trim().is_empty()).count();
        }
    }
    Ok(count)
}
