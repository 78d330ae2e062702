//! `wheel`: the Python package, built as it is shipped and installed into a folder of this checkout: the environment is shared, and another
//! checkout has another wheel.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::say;
use std::fs;
use std::path::PathBuf;

/// The folder of the installed wheel.
const SITE: &str = "site";

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
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target"])
        .arg(project.fresh(SITE)?)
        .arg(&wheel)
        .go()?;
    Ok(wheel)
}

/// Python with the installed wheel; `name` is what the person reads.
pub(crate) fn python(project: &Project, name: &str) -> Outcome<Run> {
    Ok(with_site(project, Run::new(name, project.python()?)))
}

/// Another Python, with the installed wheel.
pub(crate) fn with_site(project: &Project, run: Run) -> Run {
    let site = project.work.join(SITE);
    let run = run.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
    run.env("PYTHONPATH", &site).env("MYPYPATH", &site)
}
