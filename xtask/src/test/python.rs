//! The steps that Python does.

use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::{runners, wheel};
use std::path::PathBuf;

/// What the oracle decides: three in four are random packs with their case, the others generated records under the packs of the rulebook.
const ORACLE_SEED: &str = "24";
const ORACLE_COUNT: &str = "26700";
/// Enough for an engine that is broken.
const BROKEN_COUNT: &str = "1600";

/// Pytest over the tests of the binding and those of the whole.
pub(super) fn tests(project: &Project) -> Outcome<String> {
    let folders: Vec<PathBuf> = ["bindings-python/tests", "tests/python"]
        .iter()
        .map(|name| project.root.join(name))
        .filter(|p| p.is_dir())
        .collect();
    if folders.is_empty() {
        return Err(Trouble::missing("there are no tests yet"));
    }
    let text =
        python(project, "pytest")?.args(["-m", "pytest", "-q", "-p", "no:cacheprovider"]).args(folders).text()?;
    Ok(last(&text))
}

/// The stubs are sound, and they are the module's.
pub(super) fn stubs(project: &Project) -> Outcome<String> {
    let package = project.root.join("bindings-python").join("python");
    python(project, "mypy")?.args(["-m", "mypy", "--strict", "--no-incremental"]).arg(package).go()?;
    let allowed = project.root.join("bindings-python").join("stubtest-allowlist.txt");
    let stubtest = python(project, "stubtest")?.args(["-m", "mypy.stubtest", "sam_eurometropole"]);
    let run = if allowed.exists() { stubtest.arg("--allowlist").arg(allowed) } else { stubtest };
    Ok(last(&run.text()?))
}

/// An engine written anew from the page on the pack format decides the same, and notices an engine that is broken.
pub(super) fn oracle(project: &Project) -> Outcome<String> {
    match compared(project, "oracle-broken", &[ORACLE_SEED, BROKEN_COUNT], &["broken"]) {
        Err(Trouble::Failed(text)) if text.contains(" differ") => {}
        Err(other) => return Err(other),
        Ok(_) => return Err(Trouble::failed("the oracle does not notice an engine that is broken")),
    }
    compared(project, "oracle", &[ORACLE_SEED, ORACLE_COUNT], &[])
}

/// Decides generated cases in Rust, and again in Python; gives the last line of the comparison.
pub(crate) fn compared(project: &Project, name: &str, size: &[&str], words: &[&str]) -> Outcome<String> {
    let folder = project.fresh(name)?;
    let path = folder.display().to_string();
    runners::vectors(project, &[&["--oracle"], size, &[&path], words].concat())?;
    let script = project.root.join("tests").join("oracle").join("check.py");
    Ok(last(&python(project, "oracle")?.arg(script).arg(folder).text()?))
}

/// The schemas say of the vectors what the engine says, by Python's validator.
pub(super) fn schema(project: &Project) -> Outcome<String> {
    let folder = project.fresh("schemas")?;
    runners::vectors(project, &["--schemas", &folder.display().to_string()])?;
    let run = python(project, "schema.py")?.arg(runners::script(project, "schema.py"));
    Ok(last(&run.arg(&project.root).arg(folder).text()?))
}

/// The examples of the README and of `docs/` run.
pub(super) fn readme(project: &Project) -> Outcome<String> {
    let run = python(project, "readme.py")?.arg(runners::script(project, "readme.py"));
    Ok(last(&run.arg(&project.root).arg(project.node()?).text()?))
}

fn python(project: &Project, name: &str) -> Outcome<Run> {
    Ok(wheel::python(project, name)?.dir(&project.work))
}

fn last(text: &str) -> String {
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}
