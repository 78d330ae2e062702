//! Node, and the npm packages of `tests/runners`: installed in the cache, keyed by the lock file, and linked into the folder.

use super::{installed, on_path, version};
use crate::outcome::{Outcome, Trouble};
use crate::project::{Project, short_hash};
use crate::run::Run;
use std::fs;
use std::path::{Path, PathBuf};

/// The oldest Node that is tested.
const OLDEST: u32 = 20;

/// Node, new enough.
pub(super) fn find() -> Outcome<PathBuf> {
    let wanted = "Node 20 or newer is not on this machine: install it";
    let node = on_path(&["node"]).ok_or_else(|| Trouble::missing(wanted))?;
    let text = Run::new("node", &node).arg("--version").text()?;
    match version(&text) {
        Some((major, _)) if major >= OLDEST => Ok(node),
        _ => Err(Trouble::missing(format!("{wanted} (found {})", text.trim()))),
    }
}

/// The folder `node_modules`.
pub(super) fn modules(project: &Project) -> Outcome<PathBuf> {
    project.node()?;
    let source = project.root.join("tests").join("runners");
    let lock = fs::read_to_string(source.join("package-lock.json"))?;
    let folder = project.cache.join(format!("node-{}", short_hash(&[&lock, std::env::consts::OS])));
    installed(&folder, "the npm packages", |folder| fill(&source, folder))?;
    let modules = folder.join("node_modules");
    link(&modules, &source.join("node_modules"))?;
    Ok(modules)
}

fn fill(source: &Path, folder: &Path) -> Outcome {
    for name in ["package.json", "package-lock.json"] {
        fs::copy(source.join(name), folder.join(name))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    Run::new("npm ci", npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).dir(folder).go()
}

/// Makes `at` a link to `target`.
fn link(target: &Path, at: &Path) -> Outcome {
    if fs::read_link(at).is_ok_and(|there| there == target) {
        return Ok(());
    }
    if fs::symlink_metadata(at).is_ok_and(|there| !there.is_symlink()) {
        return Err(Trouble::failed(format!("`{}` is in the way: remove it", at.display())));
    }
    let _ = fs::remove_file(at);
    symlink(target, at).map_err(|error| Trouble::failed(format!("{}: {error}", at.display())))
}

#[cfg(unix)]
fn symlink(target: &Path, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, at)
}

#[cfg(windows)]
fn symlink(target: &Path, at: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(target, at)
}
