//! `setup`: everything the other verbs would install at their first use, each named, with where it is or why it cannot be had.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::say;
use std::path::PathBuf;

pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let from_source = args.flag("--wasm-std-from-source");
    args.done()?;
    say::line(&format!("cache: {}", project.cache.display()));
    let wasm = if from_source { project.wasm_env_from_source() } else { project.wasm_env() };
    let missing = [
        tell("Python packages", project.python()),
        tell("npm packages", project.node_modules()),
        tell("wasm target", wasm.map(|env| PathBuf::from(if env.is_empty() { "rustup" } else { "the cache" }))),
        tell("Chromium", project.chromium()),
    ];
    match missing.iter().filter(|found| !**found).count() {
        0 => Ok(()),
        count if Project::strict() => Err(Trouble::failed(format!("{count} cannot be had"))),
        count => {
            say::line(&format!("{count} cannot be had: what needs them is skipped"));
            Ok(())
        }
    }
}

fn tell(name: &str, found: Outcome<PathBuf>) -> bool {
    match &found {
        Ok(path) => say::line(&format!("ok   {name}: {}", path.display())),
        Err(trouble) => say::line(&format!("SKIP {name}: {trouble}")),
    }
    found.is_ok()
}
