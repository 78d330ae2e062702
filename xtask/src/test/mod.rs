//! `test`: a table of steps. Each is printed as it ends; one that fails stops only those that need it.
//!
//! A step gives a short note, or a [`Trouble`]: failed, or skipped because something cannot be had on this machine.

pub(crate) mod python;
mod rust;
mod web;

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::{bench, demo, packs, ratio, runners, say, size, wasm, wheel, words};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// One check.
struct Step {
    name: &'static str,
    /// Steps that must have passed before.
    needs: &'static [&'static str],
    run: fn(&Project) -> Outcome<String>,
}

const fn step(name: &'static str, needs: &'static [&'static str], run: fn(&Project) -> Outcome<String>) -> Step {
    Step { name, needs, run }
}

/// In the order in which they run: the quick and telling ones first.
const STEPS: [Step; 29] = [
    step("house-words", &[], words::check),
    step("size-ratio", &[], ratio::check),
    step("fmt", &[], rust::fmt),
    step("gen", &[], rust::generated),
    step("packs", &[], packs::check),
    step("core-pure", &[], rust::core_pure),
    step("rust-tests", &[], rust::tests),
    step("clippy", &[], rust::clippy),
    step("docs", &[], rust::docs),
    step("vectors", &[], runners::prepare),
    step("rust-runner", &["vectors"], runners::rust),
    step("wheel", &[], |project| wheel::install(project).map(|_| String::new())),
    step("python-runner", &["vectors", "wheel"], runners::python),
    step("python-tests", &["wheel"], python::tests),
    step("stubs", &["wheel"], python::stubs),
    step("oracle", &[], python::oracle),
    step("wasm", &[], |project| wasm::build(project).map(|_| String::new())),
    step("size-budget", &["wasm"], size::check),
    step("bench", &["wheel", "wasm"], bench::check),
    step("node-runner", &["vectors", "wasm"], runners::node),
    step("browser-runner", &["vectors", "wasm"], runners::browser),
    step("web-tests", &["wasm"], web::tests),
    step("types", &["wasm"], web::types),
    step("schema-python", &[], python::schema),
    step("schema-node", &["schema-python"], web::schema),
    step("charts-node", &["vectors"], web::charts),
    step("agree", &["rust-runner", "python-runner", "node-runner", "browser-runner"], runners::agree),
    step("readme", &["wheel", "wasm"], python::readme),
    step("demo", &["wheel", "wasm"], demo::check),
];

/// How a step ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    Failed,
    Skipped,
}

pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let only = args.option("--only")?;
    args.done()?;
    if only.as_deref() == Some("list") {
        STEPS.iter().for_each(|step| say::line(step.name));
        return Ok(());
    }
    let chosen = chosen(only.as_deref())?;
    let ends = run(project, &chosen);
    let count = |end: End| ends.values().filter(|other| **other == end).count();
    let (failed, skipped) = (count(End::Failed), count(End::Skipped));
    say::line(&format!("{} passed, {failed} failed, {skipped} skipped", count(End::Passed)));
    match failed > 0 || (Project::strict() && skipped > 0) {
        true => Err(Trouble::failed("the tests did not pass")),
        false => Ok(()),
    }
}

fn run(project: &Project, chosen: &BTreeSet<&str>) -> BTreeMap<&'static str, End> {
    let mut ends = BTreeMap::new();
    for step in STEPS.iter().filter(|step| chosen.contains(step.name)) {
        let start = Instant::now();
        let outcome = match step.needs.iter().find(|need| ends.get(*need) != Some(&End::Passed)) {
            Some(need) => Err(Trouble::missing(format!("`{need}` did not pass"))),
            None => (step.run)(project),
        };
        ends.insert(step.name, tell(step.name, start.elapsed().as_secs_f64(), outcome));
    }
    ends
}

fn tell(name: &str, seconds: f64, outcome: Outcome<String>) -> End {
    match outcome {
        Ok(note) if note.is_empty() => say::line(&format!("ok   {name} {seconds:.1} s")),
        Ok(note) => say::line(&format!("ok   {name} {seconds:.1} s ({note})")),
        Err(Trouble::Missing(reason)) => {
            say::line(&format!("SKIP {name}: {reason}"));
            return End::Skipped;
        }
        Err(Trouble::Failed(text)) => {
            say::line(&format!("FAIL {name} {seconds:.1} s\n{text}"));
            return End::Failed;
        }
    }
    End::Passed
}

/// The named steps and what they need; all, where none is named.
fn chosen(only: Option<&str>) -> Outcome<BTreeSet<&'static str>> {
    let Some(only) = only else { return Ok(STEPS.iter().map(|step| step.name).collect()) };
    let mut chosen = BTreeSet::new();
    for name in only.split(',') {
        let step = STEPS.iter().find(|step| step.name == name);
        let step = step.ok_or_else(|| Trouble::failed(format!("no step `{name}`: `--only list` names them")))?;
        add(step, &mut chosen);
    }
    Ok(chosen)
}

fn add(step: &Step, chosen: &mut BTreeSet<&'static str>) {
    chosen.insert(step.name);
    for need in step.needs {
        STEPS.iter().filter(|other| other.name == *need).for_each(|other| add(other, chosen));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_comes_after_what_it_needs() {
        for (at, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                assert!(STEPS[..at].iter().any(|before| before.name == *need), "{} needs {need}", step.name);
            }
        }
    }

    #[test]
    fn a_chosen_step_brings_what_it_needs() {
        let names: Vec<&str> = chosen(Some("python-runner")).unwrap().into_iter().collect();
        assert_eq!(names, ["python-runner", "vectors", "wheel"]);
        assert!(chosen(Some("no-such-step")).is_err());
        assert_eq!(chosen(None).unwrap().len(), STEPS.len());
    }
}
