//! `bench`: how fast records are checked, in Rust beside the limit programs of `core/benches/limit`, in Python beside the libraries of
//! `bindings-python/benches/requirements.txt`; the rows of both are the same. Findings are compared before anything is timed. The quick
//! form compares a thousand rows and times nothing: it is a step of the tests.

use crate::args::Args;
use crate::outcome::Outcome;
use crate::project::Project;
use crate::run::Run;
use crate::{say, wheel};
use std::path::{Path, PathBuf};

/// The Rust bench; Arrow is a door of its own.
const RECORDS: [&str; 6] = ["-p", "sam-eurometropole", "--features", "arrow", "--bench", "records"];

pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let quick = args.flag("--quick");
    args.done()?;
    let folder = project.fresh("bench")?;
    wheel::install(project)?;
    if quick {
        say::line(&compare(project, &folder)?);
        return Ok(());
    }
    let cargo = project.cargo("cargo bench").args(["bench", "--quiet"]).args(RECORDS);
    cargo.args(["--", "--write"]).arg(&folder).show()?;
    python(project)?.arg(&folder).show()
}

/// The quick form, with the installed wheel.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    compare(project, &project.fresh("bench")?)?;
    Ok("the same findings".to_owned())
}

fn compare(project: &Project, folder: &Path) -> Outcome<String> {
    let cargo = project.cargo("cargo test --bench records").args(["test", "--quiet"]).args(RECORDS);
    let rust = cargo.args(["--", "--quick", "--write"]).arg(folder).text()?;
    let python = python(project)?.arg("--quick").arg(folder).text()?;
    Ok(format!("{rust}{python}"))
}

fn python(project: &Project) -> Outcome<Run> {
    let script: PathBuf = project.root.join("bindings-python").join("benches").join("records.py");
    Ok(wheel::with_site(project, Run::new("records.py", project.bench_python()?)).arg(script))
}
