//! The steps that Node does, the runners aside.

use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::runners;

/// The tests that the browser package brings: `bindings-wasm/tests/*.test.mjs`, by Node's own test runner.
pub(super) fn tests(project: &Project) -> Outcome<String> {
    let folder = project.root.join("bindings-wasm").join("tests");
    let mut files = Vec::new();
    for entry in folder.read_dir().map_err(|_| Trouble::missing("there are no tests yet"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Run::new("node --test", project.node()?).arg("--test").args(&files).dir(&project.root).go()?;
    Ok(format!("{} files", files.len()))
}

/// The types of the browser package hold under `tsc --strict`.
pub(super) fn types(project: &Project) -> Outcome<String> {
    let tsc = project.node_modules()?.join("typescript").join("bin").join("tsc");
    Run::new("tsc", project.node()?)
        .arg(tsc)
        .arg("--project")
        .arg(runners::script(project, "types"))
        .go()
        .map(|()| String::new())
}

/// The charts of the vectors fit the schema of Vega-Lite and are drawn by Vega.
pub(super) fn charts(project: &Project) -> Outcome<String> {
    project.node_modules()?;
    let script = runners::script(project, "charts.mjs");
    let vectors = project.root.join("tests").join("vectors");
    let text = Run::new("charts.mjs", project.node()?).arg(script).arg(vectors).text()?;
    Ok(text.trim().to_owned())
}

/// The schemas say the same by the validator of JavaScript.
pub(super) fn schema(project: &Project) -> Outcome<String> {
    project.node_modules()?;
    let script = runners::script(project, "schema.mjs");
    let text = Run::new("schema.mjs", project.node()?).arg(script).arg(project.work.join("schemas")).text()?;
    Ok(text.trim().to_owned())
}
