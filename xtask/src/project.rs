//! Where things are: the project's root, the cache outside the tree, the work files of this checkout, the build folder.
//!
//! Everything installed lies in the cache, keyed by what it was installed from, so that two checkouts share it. What a run writes
//! (prepared vectors, results, wheels) lies in the cache too, in a folder of its own for each checkout.

use crate::outcome::{Outcome, Trouble};
use crate::run::Run;
use crate::tools::Tools;
use sha2::{Digest as _, Sha256};
use std::cell::OnceCell;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders, and the tools found so far.
pub(crate) struct Project {
    /// The root of the tree.
    pub(crate) root: PathBuf,
    /// Installed things, shared by checkouts.
    pub(crate) cache: PathBuf,
    /// What runs of this checkout write.
    pub(crate) work: PathBuf,
    pub(crate) tools: Tools,
    target: OnceCell<Outcome<PathBuf>>,
}

impl Project {
    pub(crate) fn open() -> Outcome<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().ok_or_else(|| Trouble::failed("the crate xtask has no parent folder"))?;
        let cache = cache()?;
        let work = cache.join(format!("work-{}", short_hash(&[&root.to_string_lossy()])));
        fs::create_dir_all(&work).map_err(|error| Trouble::failed(format!("{}: {error}", work.display())))?;
        Ok(Self { root: root.to_owned(), cache, work, tools: Tools::default(), target: OnceCell::new() })
    }

    /// Cargo's build folder.
    pub(crate) fn target(&self) -> Outcome<PathBuf> {
        self.target.get_or_init(|| self.ask_target()).clone()
    }

    fn ask_target(&self) -> Outcome<PathBuf> {
        let text = self.cargo("metadata").args(["metadata", "--no-deps", "--format-version", "1"]).text()?;
        let json: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| Trouble::failed(format!("cargo metadata: {error}")))?;
        let folder = json.get("target_directory").and_then(serde_json::Value::as_str);
        folder.map(PathBuf::from).ok_or_else(|| Trouble::failed("cargo metadata names no build folder"))
    }

    /// Cargo, in the root.
    pub(crate) fn cargo(&self, name: &str) -> Run {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Run::new(name, cargo).dir(&self.root)
    }

    /// An empty folder for this run.
    pub(crate) fn fresh(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.work.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Whether a skipped check is a failure.
    pub(crate) fn strict() -> bool {
        env::var("CI").is_ok_and(|value| value == "true" || value == "1")
    }
}

fn cache() -> Outcome<PathBuf> {
    let given = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || given("HOME").or_else(|| given("USERPROFILE"));
    given("SAM_CACHE")
        .or_else(|| given("XDG_CACHE_HOME").map(|folder| folder.join("sam-eurometropole")))
        .or_else(|| home().map(|folder| folder.join(".cache").join("sam-eurometropole")))
        .ok_or_else(|| Trouble::failed("no folder for the cache: set SAM_CACHE"))
}

/// Sixteen hexadecimal digits that stand for these texts.
pub(crate) fn short_hash(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
