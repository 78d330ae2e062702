//! `wheel`: the Python package, built as it is shipped and installed into the test environment.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::say;
use std::fs;
use std::path::PathBuf;

pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    args.done()?;
    let wheel = install(project)?;
    say::line(&format!("built and installed {}", wheel.display()));
    Ok(())
}

/// Builds the wheel, installs it, and gives its file.
pub(crate) fn install(project: &Project) -> Outcome<PathBuf> {
    let python = project.python()?;
    let folder = project.fresh("wheels")?;
    Run::new("maturin build", project.python_program("maturin")?)
        .args(["build", "--release", "--manifest-path", "bindings-python/Cargo.toml", "--interpreter"])
        .arg(&python)
        .arg("--out")
        .arg(&folder)
        .dir(&project.root)
        .go()?;
    let wheel = fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).next();
    let wheel = wheel.ok_or_else(|| Trouble::failed("maturin wrote no wheel"))?;
    Run::new("pip install", &python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--force-reinstall", "--no-deps"])
        .arg(&wheel)
        .go()?;
    Ok(wheel)
}
