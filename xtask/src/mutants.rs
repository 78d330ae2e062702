//! `mutants`: how many small breakages of the rules engine the tests notice. The crate beside this one makes them; the pairs of packs and
//! cases that judge them beside the vectors are drawn here, and the oracle must agree on each.

use crate::args::Args;
use crate::outcome::Outcome;
use crate::project::Project;
use crate::{say, test};

/// Seed and number of the pairs.
const PAIRS: [&str; 2] = ["4242", "300"];

pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    let words = args.rest();
    if !words.iter().any(|word| word == "--list") {
        say::line(&test::python::compared(project, "mutants", &PAIRS, &["random"])?);
    }
    let run = project.cargo("mutants").args(["run", "--quiet", "--package", "sam-mutants", "--"]);
    run.arg(project.work.join("mutants").join("cases.ndjson")).args(words).show()
}
