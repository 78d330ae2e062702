//! The steps that cargo does.

use crate::outcome::Outcome;
use crate::project::Project;

/// The crates that only build with Python or for wasm32 have tests of their own, in their own language.
const BINDINGS: [&str; 6] = [
    "--exclude",
    "sam-eurometropole-python",
    "--exclude",
    "sam-eurometropole-wasm",
    "--exclude",
    "sam-eurometropole-yaml",
];

pub(super) fn fmt(project: &Project) -> Outcome<String> {
    project.cargo("fmt").args(["fmt", "--all", "--check"]).text()
}

pub(super) fn clippy(project: &Project) -> Outcome<String> {
    let python = project.python()?;
    let words = ["clippy", "--quiet", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
    quiet(project.cargo("clippy").args(words).env("PYO3_PYTHON", python).go())
}

pub(super) fn docs(project: &Project) -> Outcome<String> {
    let python = project.python()?;
    let words = ["doc", "--quiet", "--workspace", "--no-deps"];
    quiet(project.cargo("docs").args(words).env("RUSTDOCFLAGS", "-Dwarnings").env("PYO3_PYTHON", python).go())
}

pub(super) fn generated(project: &Project) -> Outcome<String> {
    quiet(crate::vectors::both(project, true))
}

/// The core builds with nothing but itself.
pub(super) fn core_pure(project: &Project) -> Outcome<String> {
    quiet(
        project.cargo("core-pure").args(["build", "--quiet", "-p", "sam-eurometropole", "--no-default-features"]).go(),
    )
}

pub(super) fn tests(project: &Project) -> Outcome<String> {
    let text =
        project.cargo("rust-tests").args(["test", "--quiet", "--no-fail-fast", "--workspace"]).args(BINDINGS).text()?;
    let passed =
        text.lines().filter_map(|line| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u64>().ok());
    Ok(format!("{} tests", passed.sum::<u64>()))
}

fn quiet(outcome: Outcome) -> Outcome<String> {
    outcome.map(|()| String::new())
}
