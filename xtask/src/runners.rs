//! The runners: the same vectors and the same generated cases in Rust, Python, Node and a browser, under several time zones and
//! locales, and once with the keys of every object shuffled.
//!
//! The crate `sam-conformance` prepares two files of one JSON object a line. A vector is `{id, call, input, expect, skip?}`: `expect` is
//! the canonical text that the call must give, byte for byte; `skip` maps a runner to a reason. An input is `{id, call, input}`. Each
//! runner takes a file of vectors, a file of inputs and the file of its results: an object from the id of each vector to the SHA-256 of
//! the text it gave (or `skipped`), with one entry more, `generated`: the SHA-256 of all outputs for the inputs, each with a line feed.
//! Results lie in `results/<variant>/<runner>.json`; [`agree`] compares them all.

use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::wheel;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// One way to run the runners. Nothing in it may change an output.
pub(crate) struct Variant {
    name: &'static str,
    env: &'static [(&'static str, &'static str)],
    shuffled: bool,
    browser: bool,
}

/// All of them.
const VARIANTS: [Variant; 4] = [
    Variant { name: "plain", env: &[], shuffled: false, browser: true },
    Variant {
        name: "kiritimati",
        env: &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        shuffled: false,
        browser: true,
    },
    Variant {
        name: "st-johns",
        env: &[("TZ", "America/St_Johns"), ("LC_ALL", "C"), ("LANG", "C")],
        shuffled: false,
        browser: false,
    },
    Variant { name: "shuffled", env: &[], shuffled: true, browser: false },
];

/// Seeds and size of what is prepared: fixed, so that two runs say the same.
const SHUFFLE: &str = "20261124";
const SEED: &str = "148";
const COUNT: &str = "10000";

const VECTORS: &str = "vectors.ndjson";
const SHUFFLED: &str = "vectors-shuffled.ndjson";
const EVERYWHERE: &str = "vectors-everywhere.ndjson";
const GENERATED: &str = "generated.ndjson";

impl Variant {
    fn vectors(&self) -> &'static str {
        if self.shuffled { SHUFFLED } else { VECTORS }
    }

    /// Rust reads the vectors from their folder, so shuffled ones come to it as inputs; of those, what every runner can call.
    fn inputs(&self) -> &'static str {
        if self.shuffled { EVERYWHERE } else { GENERATED }
    }
}

/// Writes the vectors and inputs for all runners, and forgets older results.
pub(crate) fn prepare(project: &Project) -> Outcome<String> {
    project.fresh("results")?;
    let at = |name: &str| project.work.join(name).display().to_string();
    let said = vectors(project, &["--prepare", &at(VECTORS)])?;
    vectors(project, &["--prepare", &at(SHUFFLED), "--shuffle", SHUFFLE])?;
    fs::write(at(EVERYWHERE), everywhere(&fs::read_to_string(at(SHUFFLED))?))?;
    let more = vectors(project, &["--generated", SEED, COUNT, &at(GENERATED)])?;
    Ok(format!("{}, {}", said.trim(), more.trim()))
}

/// The lines of vectors that no runner skips.
fn everywhere(lines: &str) -> String {
    let skipped = |line: &&str| serde_json::from_str::<Value>(line).is_ok_and(|vector| vector.get("skip").is_some());
    lines.lines().filter(|line| !skipped(line)).flat_map(|line| [line, "\n"]).collect()
}

/// The program of `sam-conformance`, with these words.
pub(crate) fn vectors(project: &Project, words: &[&str]) -> Outcome<String> {
    program(project)?.args(words).text()
}

/// The program itself, so that cargo is not run under a foreign time zone.
fn program(project: &Project) -> Outcome<Run> {
    project
        .cargo("vectors build")
        .args(["build", "--quiet", "--package", "sam-conformance", "--bin", "vectors"])
        .go()?;
    let name = format!("vectors{}", std::env::consts::EXE_SUFFIX);
    Ok(Run::new("vectors", project.target()?.join("debug").join(name)).dir(&project.root))
}

pub(crate) fn rust(project: &Project) -> Outcome<String> {
    each(project, "rust", |variant, out| {
        let inputs = project.work.join(variant.inputs());
        envs(program(project)?.arg("--results").arg(out).arg(inputs), variant).text()
    })
}

pub(crate) fn python(project: &Project) -> Outcome<String> {
    each(project, "python", |variant, out| {
        let script = script(project, "vectors.py");
        envs(files(wheel::python(project, "python runner")?.arg(script), project, variant, out), variant).text()
    })
}

pub(crate) fn node(project: &Project) -> Outcome<String> {
    let node = project.node()?;
    each(project, "node", |variant, out| {
        let script = script(project, "node.mjs");
        envs(files(Run::new("node runner", &node).arg(script), project, variant, out), variant).text()
    })
}

pub(crate) fn browser(project: &Project) -> Outcome<String> {
    project.node_modules()?;
    let (node, chromium) = (project.node()?, project.chromium()?);
    each(project, "browser", |variant, out| {
        let run = Run::new("browser runner", &node).arg(script(project, "browser.mjs"));
        envs(files(run, project, variant, out).env("SAM_CHROMIUM", &chromium), variant).text()
    })
}

/// Runs one runner under every variant, and gives what it said last.
fn each(project: &Project, runner: &str, run: impl Fn(&Variant, &Path) -> Outcome<String>) -> Outcome<String> {
    let mut said = String::new();
    let variants: Vec<&Variant> = VARIANTS.iter().filter(|variant| variant.browser || runner != "browser").collect();
    for variant in &variants {
        let out = result_file(project, variant, runner);
        fs::create_dir_all(out.parent().unwrap_or(&project.work))?;
        said = run(variant, &out).map_err(|trouble| within(variant, trouble))?;
    }
    let last = said.lines().last().unwrap_or_default();
    Ok(format!("{last}, {} variants", variants.len()))
}

fn within(variant: &Variant, trouble: Trouble) -> Trouble {
    match trouble {
        Trouble::Failed(text) => Trouble::Failed(format!("{}: {text}", variant.name)),
        missing @ Trouble::Missing(_) => missing,
    }
}

fn envs(run: Run, variant: &Variant) -> Run {
    variant.env.iter().fold(run, |run, (name, value)| run.env(name, value))
}

fn files(run: Run, project: &Project, variant: &Variant, out: &Path) -> Run {
    run.arg(project.work.join(variant.vectors())).arg(project.work.join(variant.inputs())).arg(out)
}

/// A script of `tests/runners`.
pub(crate) fn script(project: &Project, name: &str) -> PathBuf {
    project.root.join("tests").join("runners").join(name)
}

fn result_file(project: &Project, variant: &Variant, runner: &str) -> PathBuf {
    project.work.join("results").join(variant.name).join(format!("{runner}.json"))
}

/// Fails where two runners, or two variants, gave different bytes for the same id.
pub(crate) fn agree(project: &Project) -> Outcome<String> {
    let mut wrong = Vec::new();
    let mut files = 0;
    let reference = results(&result_file(project, &VARIANTS[0], "rust"))?;
    for variant in &VARIANTS {
        let rust = results(&result_file(project, variant, "rust"))?;
        wrong.extend(differ(&format!("rust, {}", variant.name), &reference, &rust, variant.shuffled));
        for runner in ["python", "node", "browser"] {
            if runner == "browser" && !variant.browser {
                continue;
            }
            let given = results(&result_file(project, variant, runner))?;
            wrong.extend(differ(&format!("{runner}, {}", variant.name), &rust, &given, false));
            files += 1;
        }
    }
    if wrong.is_empty() {
        return Ok(format!("{} hashes are the same in {} results", reference.len(), files + VARIANTS.len()));
    }
    Err(Trouble::failed(format!("{} differences\n{}", wrong.len(), wrong.join("\n"))))
}

fn results(file: &Path) -> Outcome<Map<String, Value>> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|error| Trouble::failed(format!("{name}: {error}")))?;
    serde_json::from_str(&text).map_err(|error| Trouble::failed(format!("{name}: {error}")))
}

/// What differs. The hash of all inputs is of another file where keys are shuffled.
fn differ(who: &str, wanted: &Map<String, Value>, given: &Map<String, Value>, other_inputs: bool) -> Vec<String> {
    let compared = |id: &&String| !(other_inputs && *id == "generated");
    let same = |id: &String| given.get(id).is_some_and(|hash| Some(hash) == wanted.get(id) || hash == "skipped");
    let wrong = wanted.keys().filter(compared).filter(|id| !same(id)).map(|id| format!("{who}: {id}"));
    let unknown = given.keys().filter(|id| !wanted.contains_key(*id)).map(|id| format!("{who}: {id} is unknown"));
    wrong.chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::{differ, everywhere};
    use serde_json::{Map, Value, json};

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_a_runner_skips_is_not_called_everywhere() {
        assert_eq!(everywhere("{\"id\":\"a\"}\n{\"id\":\"b\",\"skip\":{\"node\":\"no\"}}\n"), "{\"id\":\"a\"}\n");
    }

    #[test]
    fn a_different_missing_or_unknown_hash_is_told() {
        let wanted = map(json!({"a": "1", "b": "2", "generated": "3"}));
        assert!(differ("x", &wanted, &wanted, false).is_empty());
        assert!(differ("x", &wanted, &map(json!({"a": "skipped", "b": "2", "generated": "3"})), false).is_empty());
        assert_eq!(differ("x", &wanted, &map(json!({"a": "9", "generated": "3"})), false), ["x: a", "x: b"]);
        assert_eq!(differ("x", &wanted, &map(json!({"a": "1", "b": "2", "generated": "4"})), true), [""; 0]);
        assert_eq!(differ("x", &map(json!({})), &wanted, false).len(), 3);
    }
}
