//! Node, and the npm packages of a folder: installed in the cache, keyed by what asks for them, and linked into the folder.

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

/// What a folder asks for. Where there is no lock file, `package.json` names exact versions.
const ASKS: [&str; 2] = ["package.json", "package-lock.json"];
const LOCK: &str = ASKS[1];

/// The folder `node_modules` of a folder of the tree.
pub(super) fn modules(project: &Project, folder: &str) -> Outcome<PathBuf> {
    project.node()?;
    let source = project.root.join(folder);
    let asked = match fs::read_to_string(source.join(LOCK)) {
        Ok(lock) => lock,
        Err(_) => fs::read_to_string(source.join(ASKS[0]))?,
    };
    let folder = project.cache.join(format!("node-{}", short_hash(&[&asked, std::env::consts::OS])));
    installed(&folder, "the npm packages", |folder| fill(&source, folder))?;
    let modules = folder.join("node_modules");
    link(&modules, &source.join("node_modules"))?;
    Ok(modules)
}

fn fill(source: &Path, folder: &Path) -> Outcome {
    for name in ASKS.iter().filter(|name| source.join(name).exists()) {
        fs::copy(source.join(name), folder.join(name))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let verb = if folder.join(LOCK).exists() { "ci" } else { "install" };
    Run::new("npm", npm).args([verb, "--ignore-scripts", "--no-audit", "--no-fund"]).dir(folder).go()
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
