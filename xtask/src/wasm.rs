//! `wasm [--dashboard]`: the browser package, or with `--dashboard` the one that holds more than forms need. Cargo builds `bindings-wasm` for wasm32 in the profile `wasm`; the library behind wasm-bindgen makes
//! `bindings-wasm/pkg/` of it: `sam_eurometropole.js`, `sam_eurometropole_bg.wasm` and their types. The files of the rulebook that go with it
//! are written to `bindings-wasm/pkg/data/`.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::tools::TARGET;
use crate::{say, vectors};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const NAME: &str = "sam_eurometropole";

pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let dashboard = args.flag("--dashboard");
    args.done()?;
    let wasm = build_with(project, if dashboard { &["--features", "dashboard"] } else { &[] })?;
    say::line(&format!("built {}", wasm.display()));
    Ok(())
}

/// Builds the package that forms load, and gives its wasm file.
pub(crate) fn build(project: &Project) -> Outcome<PathBuf> {
    build_with(project, &[])
}

fn build_with(project: &Project, features: &[&str]) -> Outcome<PathBuf> {
    let env = project.wasm_env()?;
    project
        .cargo("wasm build")
        .args(["build", "--package", "sam-eurometropole-wasm", "--profile", "wasm", "--target", TARGET])
        .args(features)
        .envs(&env)
        .go()?;
    let built = project.target()?.join(TARGET).join("wasm").join(format!("{NAME}_wasm.wasm"));
    if !built.exists() {
        return Err(Trouble::failed(format!("cargo built no {}: is the crate a `cdylib`?", built.display())));
    }
    glue(&built, &folder(project))?;
    vectors::files(project, &data(project))?;
    Ok(file(project))
}

/// Where the package is built.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.root.join("bindings-wasm").join("pkg")
}

/// The wasm file of the package.
pub(crate) fn file(project: &Project) -> PathBuf {
    folder(project).join(format!("{NAME}_bg.wasm"))
}

/// Where the files of the rulebook are.
pub(crate) fn data(project: &Project) -> PathBuf {
    folder(project).join("data")
}

fn glue(built: &Path, folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).out_name(NAME).typescript(true).remove_name_section(true).remove_producers_section(true);
    let made = bindgen.web(true).and_then(|bindgen| bindgen.generate(folder));
    made.map_err(|error| Trouble::failed(format!("wasm-bindgen: {error:#}")))
}
