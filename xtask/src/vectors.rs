//! `vectors`, `laws` and `gen`: doors to the programs that know the core, which are crates of their own.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::{say, test};
use std::path::Path;

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

/// The cases that the oracle gets at once: enough for every cell of operator, truth and absence, and not too much for a disk.
const CHUNK: u64 = 20_000;

/// Many rows for the law of tables, many cases for the laws of decisions, or many releases for those of disclosure control, by the optimised build.
pub(crate) fn laws(project: &Project, mut args: Args) -> Outcome {
    let (rows, cases) = (args.option("--rows")?, args.option("--cases")?);
    let (record, tables) = (args.option("--record")?, args.option("--tables")?);
    args.done()?;
    match (rows, cases, tables) {
        (Some(rows), None, None) => of_rows(project, &rows, record.as_deref()),
        (None, Some(cases), None) if record.is_none() => of_cases(project, &cases),
        (None, None, Some(tables)) if record.is_none() => of_tables(project, &tables),
        _ => Err(Trouble::failed("`laws` wants `--rows N` (and a `--record`), `--cases N` or `--tables N`")),
    }
}

/// Every law of decisions on so many generated packs and cases, then the oracle on as many, chunk by chunk.
fn of_cases(project: &Project, cases: &str) -> Outcome {
    let count: u64 = cases.parse().map_err(|_| Trouble::failed(format!("`{cases}` is no number of cases")))?;
    let words = ["test", "--quiet", "--release", "--package", "sam-conformance", "--test", "laws"];
    project.cargo("laws").args(words).env("SAM_LAW_CASES", cases).show()?;
    for chunk in 0..count.div_ceil(CHUNK) {
        let size = CHUNK.min(count - chunk * CHUNK).to_string();
        let seed = (1_000 + chunk).to_string();
        say::line(&test::python::compared(project, "oracle-cases", &[&seed, &size], &["random"])?);
    }
    Ok(())
}

/// The laws of disclosure control on so many generated releases.
fn of_tables(project: &Project, tables: &str) -> Outcome {
    let words =
        ["test", "--quiet", "--release", "--package", "sam-conformance", "--test", "disclosure", "--", "--nocapture"];
    project.cargo("laws").args(words).env("SAM_LAW_TABLES", tables).show()
}

fn of_rows(project: &Project, rows: &str, record: Option<&str>) -> Outcome {
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

/// Writes the files of the rulebook that a browser loads.
pub(crate) fn files(project: &Project, folder: &Path) -> Outcome {
    let words = ["run", "--quiet", "--package", "sam-gen", "--bin", "sam-gen", "--", "--files"];
    project.cargo("sam-gen").args(words).arg(folder).show()
}
