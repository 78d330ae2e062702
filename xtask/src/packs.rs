//! `packs`: the door to what a keeper asks of packs. The program that knows the core is `sam-packs`, which reads the words itself.

use crate::args::Args;
use crate::outcome::Outcome;
use crate::project::Project;
use crate::run::Run;

/// Tests, coverage, what is due, what differs.
pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    // Files are named from where the person stands.
    let here = std::env::current_dir()?;
    program(project).args(["--from".into(), here.into_os_string()]).args(args.rest()).show()
}

/// The packs of the package pass their tests, which reach every rule.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    let said = program(project).text()?;
    let unread = said.lines().filter(|line| line.starts_with("- value never tested")).count();
    let packs = said.lines().filter(|line| !line.starts_with('-')).count() / 2;
    Ok(format!("{packs} packs, {unread} values that no test reads"))
}

fn program(project: &Project) -> Run {
    project.cargo("packs").args(["run", "--quiet", "--package", "sam-gen", "--bin", "sam-packs", "--"])
}
