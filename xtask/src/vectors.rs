//! `vectors`, `laws` and `gen`: doors to the programs that know the core, which are crates of their own.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;

/// Runs the vectors in Rust, or rewrites the expectations of one file of them.
pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let bless = args.option("--bless")?;
    args.done()?;
    let run =
        project.cargo("vectors").args(["run", "--quiet", "--package", "sam-conformance", "--bin", "vectors", "--"]);
    match bless {
        Some(file) => run.args(["--bless", &file]).show(),
        None => run.show(),
    }
}

/// The law of tables on many rows, by the optimised build.
pub(crate) fn laws(project: &Project, mut args: Args) -> Outcome {
    let rows = args.option("--rows")?.ok_or_else(|| Trouble::failed("`laws` wants `--rows N`"))?;
    let record = args.option("--record")?;
    args.done()?;
    let words = ["run", "--quiet", "--release", "--package", "sam-conformance", "--bin", "vectors", "--", "--tables"];
    project.cargo("laws").args(words).arg(rows).args(record).show()
}

/// How long hostile inputs take to meet their limits, by the optimised build.
pub(crate) fn hostile(project: &Project, args: Args) -> Outcome {
    args.done()?;
    let words = ["run", "--quiet", "--release", "--package", "sam-conformance", "--bin", "vectors", "--", "--hostile"];
    project.cargo("hostile").args(words).show()
}

/// Writes what is generated, or checks that it is up to date.
pub(crate) fn generate(project: &Project, mut args: Args) -> Outcome {
    let check = args.flag("--check");
    args.done()?;
    both(project, check)
}

/// The embedded files first: the pages are made from them.
pub(crate) fn both(project: &Project, check: bool) -> Outcome {
    for program in ["sam-gen", "sam-docs"] {
        project
            .cargo(program)
            .args(["run", "--quiet", "--package", "sam-gen", "--bin", program, "--"])
            .args(check.then_some("--check"))
            .show()?;
    }
    Ok(())
}
