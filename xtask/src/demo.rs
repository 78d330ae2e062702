//! `demo`: one case explained, then the same cases decided in Rust, Python and JavaScript, and the hash of all bytes that came out.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::{runners, say, wasm, wheel};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// What is decided: enough to make a coincidence impossible, few enough to wait for.
const SEED: &str = "7";
const COUNT: &str = "250";

pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    args.done()?;
    say::line("Building the three packages …");
    wheel::install(project)?;
    wasm::build(project)?;
    say::line("");
    say::line(explained(project)?.trim_end());
    say::line("");
    say::line(&format!("{COUNT} generated cases, decided in three languages; SHA-256 of all that came out:"));
    let hashes = hashes(project)?;
    hashes.iter().for_each(|(name, hash)| say::line(&format!("  {name:<11}{hash}")));
    same(&hashes)?;
    say::line("The same bytes.");
    Ok(())
}

/// The same as a step of the tests, with the packages that are already built.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    explained(project)?;
    let hashes = hashes(project)?;
    same(&hashes)?;
    Ok("three equal hashes".to_owned())
}

/// A case and its explanation in three languages, by Python.
fn explained(project: &Project) -> Outcome<String> {
    let script = runners::script(project, "demo.py");
    Run::new("demo.py", project.python()?).arg(script).env("PYTHONIOENCODING", "utf-8").text()
}

fn hashes(project: &Project) -> Outcome<[(&'static str, String); 3]> {
    let folder = project.fresh("demo")?;
    let (inputs, none) = (folder.join("inputs.ndjson"), folder.join("none.ndjson"));
    runners::vectors(project, &["--generated", SEED, COUNT, &inputs.display().to_string()])?;
    fs::write(&none, "")?;
    let out = |name: &str| folder.join(format!("{name}.json"));
    let (rust, python, node) = (out("rust"), out("python"), out("node"));
    runners::vectors(project, &["--results", &rust.display().to_string(), &inputs.display().to_string()])?;
    let run = |program: &Path, script: &str, out: &Path| {
        Run::new(script, program).arg(runners::script(project, script)).args([&none, &inputs]).arg(out).go()
    };
    run(&project.python()?, "vectors.py", &python)?;
    run(&project.node()?, "node.mjs", &node)?;
    Ok([("Rust", hash(&rust)?), ("Python", hash(&python)?), ("JavaScript", hash(&node)?)])
}

fn hash(file: &Path) -> Outcome<String> {
    let json: Value = serde_json::from_str(&fs::read_to_string(file)?)
        .map_err(|error| Trouble::failed(format!("{}: {error}", file.display())))?;
    let hash = json.get("generated").and_then(Value::as_str);
    hash.map(str::to_owned).ok_or_else(|| Trouble::failed(format!("{} has no hash", file.display())))
}

fn same(hashes: &[(&str, String); 3]) -> Outcome {
    let [(_, first), rest @ ..] = hashes;
    if rest.iter().all(|(_, hash)| hash == first) {
        return Ok(());
    }
    let told: Vec<String> = hashes.iter().map(|(name, hash)| format!("{name} {hash}")).collect();
    Err(Trouble::failed(format!("the languages differ\n{}", told.join("\n"))))
}
