//! What the verbs need from the machine. Each tool is found or installed once per run, at its first use; what cannot be had is a
//! [`Trouble::Missing`] that every user of the tool gets.

mod apt;
mod chromium;
mod debian_std;
mod node;
mod python;
mod wasm_target;

pub(crate) use wasm_target::TARGET;

use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::say;
use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The tools found so far.
#[derive(Default)]
pub(crate) struct Tools {
    venv: OnceCell<Outcome<PathBuf>>,
    bench_venv: OnceCell<Outcome<PathBuf>>,
    node: OnceCell<Outcome<PathBuf>>,
    node_modules: OnceCell<Outcome<PathBuf>>,
    bench_modules: OnceCell<Outcome<PathBuf>>,
    wasm: OnceCell<Outcome<Vec<(String, String)>>>,
    chromium: OnceCell<Outcome<PathBuf>>,
}

impl Project {
    /// The Python of the environment with the packages of `tests/requirements.txt`.
    pub(crate) fn python(&self) -> Outcome<PathBuf> {
        self.tools.venv.get_or_init(|| python::venv(self, "tests")).clone()
    }

    /// The Python of the environment with the packages of `bindings-python/benches/requirements.txt`.
    pub(crate) fn bench_python(&self) -> Outcome<PathBuf> {
        self.tools.bench_venv.get_or_init(|| python::venv(self, "bindings-python/benches")).clone()
    }

    /// A program of the first environment.
    pub(crate) fn python_program(&self, name: &str) -> Outcome<PathBuf> {
        Ok(self.python()?.with_file_name(if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() }))
    }

    /// Node.
    pub(crate) fn node(&self) -> Outcome<PathBuf> {
        self.tools.node.get_or_init(node::find).clone()
    }

    /// The npm packages of `tests/runners`, linked there.
    pub(crate) fn node_modules(&self) -> Outcome<PathBuf> {
        self.tools.node_modules.get_or_init(|| node::modules(self, "tests/runners")).clone()
    }

    /// The npm packages of `bindings-wasm/benches`, linked there.
    pub(crate) fn bench_modules(&self) -> Outcome<PathBuf> {
        self.tools.bench_modules.get_or_init(|| node::modules(self, "bindings-wasm/benches")).clone()
    }

    /// The environment in which cargo can build for wasm32.
    pub(crate) fn wasm_env(&self) -> Outcome<Vec<(String, String)>> {
        self.tools.wasm.get_or_init(|| wasm_target::env(self, wasm_target::From::Rustup)).clone()
    }

    /// The same, with the standard library built from Debian's source: a way to try that path where rustup works.
    pub(crate) fn wasm_env_from_source(&self) -> Outcome<Vec<(String, String)>> {
        self.tools.wasm.get_or_init(|| wasm_target::env(self, wasm_target::From::Source)).clone()
    }

    /// A Chromium, Chrome or Edge.
    pub(crate) fn chromium(&self) -> Outcome<PathBuf> {
        self.tools.chromium.get_or_init(chromium::find).clone()
    }
}

/// The folder of an installation: filled once, and marked as whole at its end, so that an interrupted one is begun anew.
fn installed(folder: &Path, what: &str, fill: impl FnOnce(&Path) -> Outcome) -> Outcome {
    let mark = folder.join("installed");
    if mark.exists() {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    say::line(&format!("     installing {what}"));
    let start = Instant::now();
    fill(folder).map_err(|trouble| trouble.into_missing(what))?;
    fs::write(mark, "")?;
    say::line(&format!("     installed {what} in {:.1} s", start.elapsed().as_secs_f64()));
    Ok(())
}

/// A program on the search path.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let exe = |name: &&str| if cfg!(windows) { format!("{name}.exe") } else { (*name).to_owned() };
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(exe(name)))).find(|path| path.is_file())
}

/// The version number in a text such as `v20.11.1` or `3.11.7`: the first two parts.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.').map(str::parse::<u32>);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// The path named by an environment variable, which must be there.
fn named(variable: &str) -> Outcome<Option<PathBuf>> {
    let Some(path) = std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) else {
        return Ok(None);
    };
    if path.exists() {
        return Ok(Some(path));
    }
    Err(Trouble::missing(format!("{variable} names `{}`, which is not there", path.display())))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_read() {
        assert_eq!(version("v20.11.1\n"), Some((20, 11)));
        assert_eq!(version("3.10.0"), Some((3, 10)));
        assert_eq!(version("three"), None);
    }
}
