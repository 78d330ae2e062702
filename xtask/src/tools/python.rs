//! The Python environments: venvs in the cache, keyed by the requirements and the Python they were made with.

use super::{installed, named, version};
use crate::outcome::{Outcome, Trouble};
use crate::project::{Project, short_hash};
use crate::run::Run;
use std::fs;
use std::path::{Path, PathBuf};

/// The oldest Python that the wheel runs on.
const OLDEST: (u32, u32) = (3, 10);

/// The Python of the environment that the `requirements.txt` of a folder asks for.
pub(super) fn venv(project: &Project, folder: &str) -> Outcome<PathBuf> {
    let requirements = project.root.join(folder).join("requirements.txt");
    let wanted = fs::read_to_string(&requirements)?;
    let (python, about) = find()?;
    let folder = project.cache.join(format!("venv-{}", short_hash(&[&wanted, &about])));
    installed(&folder, "the Python packages", |folder| fill(&python, folder, &requirements))?;
    Ok(python_in(&folder))
}

fn fill(python: &Path, folder: &Path, requirements: &Path) -> Outcome {
    Run::new("python -m venv", python).args(["-m", "venv"]).arg(folder).go()?;
    Run::new("pip install", python_in(folder))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(requirements)
        .go()
}

fn python_in(folder: &Path) -> PathBuf {
    if cfg!(windows) { folder.join("Scripts").join("python.exe") } else { folder.join("bin").join("python") }
}

/// A Python that is new enough, and what tells it from another.
fn find() -> Outcome<(PathBuf, String)> {
    let names = ["python3", "python"].map(PathBuf::from);
    let candidates = named("SAM_PYTHON")?.map_or_else(|| names.to_vec(), |path| vec![path]);
    for candidate in candidates {
        let about = "import sys; print('.'.join(map(str, sys.version_info[:3]))); print(sys.base_prefix)";
        let Ok(text) = Run::new("python", &candidate).args(["-c", about]).text() else { continue };
        if version(&text).is_some_and(|found| found >= OLDEST) {
            return Ok((candidate, text));
        }
    }
    Err(Trouble::missing("Python 3.10 or newer is not on this machine: install it, or name it in SAM_PYTHON"))
}
