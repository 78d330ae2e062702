//! The standard library for wasm32 built from Debian's `rust-src`, for machines where rustup cannot reach its server.
//!
//! Debian's source must be of exactly the compiler's version: another one does not compile. The stock compiler goes on being used; a
//! sysroot in the cache holds the built library and a link to the host's, where the linker lies.

use super::apt::Private;
use super::installed;
use super::wasm_target::TARGET;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use std::fs;
use std::path::{Path, PathBuf};

/// Where Debian keeps the sources of recent compilers.
const SUITES: [&str; 5] = ["trixie-backports", "forky", "sid", "experimental", "bookworm-backports"];

const SEED: &str = "sam_seed";

/// What `rustc -vV` says.
struct Compiler {
    release: String,
    commit: String,
    host: String,
}

/// The folder to hand to the compiler as its sysroot.
pub(super) fn sysroot(project: &Project) -> Outcome<PathBuf> {
    let compiler = compiler()?;
    let folder = project.cache.join(format!("wasm-std-{}-{}", compiler.release, compiler.commit));
    installed(&folder, "the wasm standard library (from Debian's source)", |folder| fill(folder, &compiler))?;
    Ok(folder.join("sysroot"))
}

fn fill(folder: &Path, compiler: &Compiler) -> Outcome {
    let work = folder.join("work");
    let library = source(&work, &compiler.release)?;
    build(&work, &library, &compiler.release)?;
    collect(&work, &folder.join("sysroot"), &compiler.host)?;
    fs::remove_dir_all(work)?;
    Ok(())
}

/// Debian's source, unpacked: the folder `library`.
fn source(work: &Path, release: &str) -> Outcome<PathBuf> {
    let apt = Private::new(&work.join("apt"), &SUITES)?;
    let versions = apt.versions("rust-src")?;
    let version = versions.iter().find(|version| version.starts_with(&format!("{release}+")));
    let version = version.ok_or_else(|| Trouble::missing(format!("Debian has no rust-src of version {release}")))?;
    apt.unpack("rust-src", version, work)?;
    let library = work.join(format!("usr/src/rustc-{release}/library"));
    if library.is_dir() { Ok(library) } else { Err(Trouble::failed("Debian's rust-src has another layout")) }
}

fn build(work: &Path, library: &Path, release: &str) -> Outcome {
    let seed = work.join("seed");
    fs::create_dir_all(seed.join("src"))?;
    let manifest = format!("[workspace]\n[package]\nname = \"{SEED}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    fs::write(seed.join("Cargo.toml"), manifest)?;
    fs::write(seed.join("src").join("lib.rs"), "#![no_std]\n")?;
    let source = library.parent().unwrap_or(library);
    let flags = format!("-Cembed-bitcode=yes --remap-path-prefix={}=/rustc/{release}", source.display());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Run::new("the wasm standard library", cargo)
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,proc_macro,test"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("__CARGO_TESTS_ONLY_SRC_ROOT", library)
        .env("RUSTFLAGS", flags)
        .env("CARGO_TARGET_DIR", seed.join("target"))
        .dir(&seed)
        .go()
}

/// Puts the built libraries and a link to the host's into the sysroot.
fn collect(work: &Path, sysroot: &Path, host: &str) -> Outcome {
    let rustlib = sysroot.join("lib").join("rustlib");
    let to = rustlib.join(TARGET).join("lib");
    fs::create_dir_all(&to)?;
    let from = work.join("seed/target").join(TARGET).join("release/deps");
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.contains(SEED) {
            fs::copy(&path, to.join(&name))?;
        }
    }
    let stock = Run::new("rustc", "rustc").args(["--print", "sysroot"]).text()?;
    host_link(&Path::new(stock.trim()).join("lib").join("rustlib").join(host), &rustlib.join(host))
}

#[cfg(unix)]
fn host_link(from: &Path, to: &Path) -> Outcome {
    Ok(std::os::unix::fs::symlink(from, to)?)
}

#[cfg(not(unix))]
fn host_link(_from: &Path, _to: &Path) -> Outcome {
    Err(Trouble::missing("Debian's source is of use on Debian only"))
}

fn compiler() -> Outcome<Compiler> {
    let text = Run::new("rustc", "rustc").arg("-vV").text()?;
    let field = |name: &str| {
        let value = text.lines().find_map(|line| line.strip_prefix(name));
        value.map(|v| v.trim().to_owned()).ok_or_else(|| Trouble::failed(format!("rustc -vV has no {name}")))
    };
    let commit = field("commit-hash:")?.chars().take(12).collect();
    Ok(Compiler { release: field("release:")?, commit, host: field("host:")? })
}
