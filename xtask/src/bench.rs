//! `bench`: how fast records are checked, in Rust beside the limit programs of `core/benches/limit`, in Python beside the libraries of
//! `bindings-python/benches/requirements.txt`; and how fast whole cases are decided by all packs, in Rust and in Python; with `--rules`, how fast one rule is decided, in Rust beside the rule written by hand, in Python
//! and Node beside other rule engines. The rows of all are the same. Answers are compared before anything is timed. The quick form compares
//! some rows and times nothing: it is a step of the tests.

use crate::args::Args;
use crate::outcome::Outcome;
use crate::project::Project;
use crate::run::Run;
use crate::{say, wasm, wheel};
use std::path::Path;

/// A bench: the one of the core, and those that read what it wrote.
struct Bench {
    name: &'static str,
    in_node: bool,
}

const RECORDS: Bench = Bench { name: "records", in_node: false };
const DECISIONS: Bench = Bench { name: "decisions", in_node: false };
const RULES: Bench = Bench { name: "rules", in_node: true };

pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let (quick, rules) = (args.flag("--quick"), args.flag("--rules"));
    args.done()?;
    let benches = if rules { &[RULES][..] } else { &[RECORDS, DECISIONS] };
    let folder = project.fresh("bench")?;
    wheel::install(project)?;
    if rules {
        wasm::build(project)?;
    }
    for bench in benches {
        if quick {
            say::line(&bench.compare(project, &folder)?);
            continue;
        }
        bench.core(project, "bench").args(["--", "--write"]).arg(&folder).show()?;
        bench.others(project, &folder)?.into_iter().try_for_each(Run::show)?;
    }
    Ok(())
}

/// The quick form of all, with the installed wheel and the built browser package.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    let folder = project.fresh("bench")?;
    RECORDS.compare(project, &folder)?;
    DECISIONS.compare(project, &folder)?;
    RULES.compare(project, &folder)?;
    Ok("the same findings, decisions and outcomes".to_owned())
}

impl Bench {
    fn compare(&self, project: &Project, folder: &Path) -> Outcome<String> {
        let mut said = self.core(project, "test").args(["--", "--quick", "--write"]).arg(folder).text()?;
        for other in self.others(project, folder)? {
            said += &other.arg("--quick").text()?;
        }
        Ok(said)
    }

    /// The bench of the core; Arrow is a door of its own.
    fn core(&self, project: &Project, verb: &str) -> Run {
        let words = [verb, "--quiet", "-p", "sam-eurometropole", "--features", "arrow", "--bench", self.name];
        project.cargo(&format!("cargo {verb} --bench {}", self.name)).args(words)
    }

    fn others(&self, project: &Project, folder: &Path) -> Outcome<Vec<Run>> {
        let at = |binding: &str, ending: &str| {
            project.root.join(binding).join("benches").join(format!("{}.{ending}", self.name))
        };
        let python = Run::new("bench in Python", project.bench_python()?).arg(at("bindings-python", "py")).arg(folder);
        let mut all = vec![wheel::with_site(project, python)];
        if self.in_node {
            project.bench_modules()?;
            all.push(Run::new("bench in Node", project.node()?).arg(at("bindings-wasm", "mjs")).arg(folder));
        }
        Ok(all)
    }
}
