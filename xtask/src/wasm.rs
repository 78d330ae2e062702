//! `wasm`: the browser package. Cargo builds `bindings-wasm` for wasm32 in the profile `wasm`; the library behind wasm-bindgen makes
//! `bindings-wasm/pkg/` of it: `sam_eurometropole.js`, `sam_eurometropole_bg.wasm` and their types. The files of the rulebook that go with it
//! are written to `bindings-wasm/pkg/data/`. Two engines are built: that of forms, and the full one, in `bindings-wasm/pkg/full/`;
//! beside them, in `bindings-wasm/pkg/yaml/`, the reader of packs written in YAML.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::tools::TARGET;
use crate::{say, vectors};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const NAME: &str = "sam_eurometropole";

pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    args.done()?;
    let wasm = build(project)?;
    say::line(&format!("built {}", wasm.display()));
    Ok(())
}

/// Builds the package and gives its wasm file.
pub(crate) fn build(project: &Project) -> Outcome<PathBuf> {
    if folder(project).exists() {
        fs::remove_dir_all(folder(project))?;
    }
    engine(project, "form", &folder(project))?;
    engine(project, "full", &full(project))?;
    module(project, "yaml", &[], &folder(project).join("yaml"))?;
    vectors::files(project, &data(project))?;
    Ok(file(project))
}

/// Builds the engine with a feature of its crate.
fn engine(project: &Project, feature: &str, folder: &Path) -> Outcome {
    module(project, "wasm", &["--no-default-features", "--features", feature], folder)
}

/// Builds the module of a crate of the workspace, by the end of its name.
fn module(project: &Project, name: &str, features: &[&str], folder: &Path) -> Outcome {
    let env = project.wasm_env()?;
    project
        .cargo("wasm build")
        .args(["build", "--package", &format!("sam-eurometropole-{name}"), "--profile", "wasm", "--target", TARGET])
        .args(features)
        .envs(&env)
        .go()?;
    let built = project.target()?.join(TARGET).join("wasm").join(format!("{NAME}_{name}.wasm"));
    if !built.exists() {
        return Err(Trouble::failed(format!("cargo built no {}: is the crate a `cdylib`?", built.display())));
    }
    glue(&built, folder)
}

/// Where the package is built.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.root.join("bindings-wasm").join("pkg")
}

/// Where the full engine is built.
fn full(project: &Project) -> PathBuf {
    folder(project).join("full")
}

/// The wasm file of the full engine.
pub(crate) fn full_file(project: &Project) -> PathBuf {
    full(project).join(format!("{NAME}_bg.wasm"))
}

/// The wasm file of the reader of YAML.
pub(crate) fn yaml_file(project: &Project) -> PathBuf {
    folder(project).join("yaml").join(format!("{NAME}_bg.wasm"))
}

/// The wasm file of the engine of forms.
pub(crate) fn file(project: &Project) -> PathBuf {
    folder(project).join(format!("{NAME}_bg.wasm"))
}

/// Where the files of the rulebook are.
pub(crate) fn data(project: &Project) -> PathBuf {
    folder(project).join("data")
}

fn glue(built: &Path, folder: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).out_name(NAME).typescript(true).remove_name_section(true).remove_producers_section(true);
    let made = bindgen.web(true).and_then(|bindgen| bindgen.generate(folder));
    made.map_err(|error| Trouble::failed(format!("wasm-bindgen: {error:#}")))
}
