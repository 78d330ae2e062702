//! `demo`: three partners' placements, as they would send them, read and decided by the programs of `examples/` in Rust, Python and Node; and
//! the run from national files to a protected dashboard.
//!
//! Each program prints all partners and, last, the hash of all its decisions. One partner is shown from each program; everything that
//! they print must be the same.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::{say, wasm, wheel};

const NEXT: &str = "\
Where to look next
  examples/data/README.md    what is wrong in these files, and why it happens
  examples/demo, examples/rust/src
                             the programs that printed this
  core/data/packs            the rules, each with its source
  docs/architecture.md       how it works
  cargo xtask test           every test";

pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    args.done()?;
    say::line("Building the three packages …");
    wheel::install(project)?;
    wasm::build(project)?;
    let outputs = outputs(project, "demo")?;
    for (at, (language, output)) in outputs.iter().enumerate() {
        say::line(&format!("\n(printed by {language})\n{}", partner(output, at)));
    }
    say::line("\nAll decisions of all partners, as canonical JSON:");
    for (language, output) in &outputs {
        say::line(&format!("  {language:<8}{}", output.lines().last().unwrap_or_default()));
    }
    same(&outputs)?;
    say::line("The same bytes.\n\nFrom national files to a protected dashboard, all outputs as canonical JSON:");
    say::line(&format!("  three times {}", hash(project, "board")?));
    say::line(&format!("The same bytes.\n\n{NEXT}"));
    Ok(())
}

/// The same as a step of the tests, with the packages that are already built.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    let (placements, board) = (hash(project, "demo")?, hash(project, "board")?);
    Ok(format!("three times {placements}, and three times {board}"))
}

/// The hash that a program of the examples prints last in each language.
fn hash(project: &Project, name: &str) -> Outcome<String> {
    let outputs = outputs(project, name)?;
    same(&outputs)?;
    let hash = outputs[0].1.lines().last().unwrap_or_default().to_owned();
    if !hash.starts_with("sha256 ") {
        return Err(Trouble::failed(format!("the last line is no hash: `{hash}`")));
    }
    Ok(hash)
}

/// What a program of the examples prints in each language: `demo`, the placements, or `board`, from national files to a dashboard.
fn outputs(project: &Project, name: &str) -> Outcome<[(&'static str, String); 3]> {
    let demo = project.root.join("examples").join("demo");
    let rust = project.cargo("the demo in Rust").args(["run", "--quiet", "--package", "sam-examples", "--bin", name]);
    let (py, mjs) = (demo.join(format!("{name}.py")), demo.join(format!("{name}.mjs")));
    let python = wheel::python(project, "the demo in Python")?.arg(py).dir(&project.root);
    let node = Run::new("the demo in Node", project.node()?).arg(mjs).dir(&project.root);
    Ok([("Rust", rust.text()?), ("Python", python.text()?), ("Node", node.text()?)])
}

/// What is printed of a partner.
fn partner(output: &str, at: usize) -> &str {
    let start = output.match_indices("\n===== ").nth(at).map_or(0, |(start, _)| start + 1);
    let rest = output.get(start..).unwrap_or_default();
    let end = rest.match_indices("\n\n===== ").next().or_else(|| rest.match_indices("sha256 ").next());
    rest.get(..end.map_or(rest.len(), |(end, _)| end)).unwrap_or_default().trim_end()
}

fn same(outputs: &[(&'static str, String); 3]) -> Outcome {
    let [(_, first), rest @ ..] = outputs;
    for (language, output) in rest {
        let lines = first.lines().zip(output.lines()).find(|(a, b)| a != b);
        if let Some((wanted, given)) = lines {
            return Err(Trouble::failed(format!("Rust and {language} differ:\n{wanted}\n{given}")));
        }
        if first != output {
            return Err(Trouble::failed(format!("Rust and {language} differ in length")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::partner;

    #[test]
    fn a_partner_is_cut_out_of_the_output() {
        let output = "\n===== A =====\none\n\n===== B =====\ntwo\nsha256 0\n";
        assert_eq!(partner(output, 0), "===== A =====\none");
        assert_eq!(partner(output, 1), "===== B =====\ntwo");
    }
}
