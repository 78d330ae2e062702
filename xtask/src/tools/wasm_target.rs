//! The standard library for wasm32: there already, by rustup, or built from Debian's source of the same compiler.
//!
//! What comes out is an environment for cargo: empty where the library lies in the compiler's own folder.

use super::{debian_std, on_path};
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::say;
use std::path::Path;
use std::time::Duration;

/// The target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How long rustup may try to reach its server.
const RUSTUP: Duration = Duration::from_secs(180);

/// Where the library comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From rustup, and from source where rustup fails.
    Rustup,
    /// From source.
    Source,
}

/// The environment in which cargo can build for wasm32.
pub(super) fn env(project: &Project, from: From) -> Outcome<Vec<(String, String)>> {
    if from == From::Rustup && (there()? || by_rustup()) {
        return Ok(Vec::new());
    }
    debian_std::sysroot(project).map(|sysroot| flags(&sysroot)).map_err(|trouble| {
        trouble
            .into_missing(&format!("the wasm target (try `rustup target add {TARGET}`; native and Python still build)"))
    })
}

fn there() -> Outcome<bool> {
    let folder = Run::new("rustc", "rustc").args(["--print", "target-libdir", "--target", TARGET]).text()?;
    Ok(Path::new(folder.trim()).is_dir())
}

fn by_rustup() -> bool {
    if on_path(&["rustup"]).is_none() {
        return false;
    }
    say::line(&format!("     rustup target add {TARGET}"));
    let added = Run::new("rustup target add", "rustup").args(["target", "add", TARGET]).limit(RUSTUP).go();
    if let Err(Trouble::Failed(text) | Trouble::Missing(text)) = &added {
        say::line(&format!("     rustup could not: {}", text.lines().last().unwrap_or_default().trim()));
    }
    added.is_ok()
}

fn flags(sysroot: &Path) -> Vec<(String, String)> {
    let target = TARGET.to_uppercase().replace('-', "_");
    let value = format!("--sysroot={}", sysroot.display());
    ["RUSTFLAGS", "RUSTDOCFLAGS"].map(|kind| (format!("CARGO_TARGET_{target}_{kind}"), value.clone())).to_vec()
}
