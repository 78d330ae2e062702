//! `fuzz`: libFuzzer feeds text to a target of `fuzz/` for some minutes, from real documents on. The flags are those that cargo-fuzz would
//! set; the stable compiler takes them when it is told to behave like a nightly one. A C++ compiler is wanted for libFuzzer itself.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::say;
use std::fs;
use std::path::PathBuf;

/// Coverage and address checks, as libFuzzer reads them.
const FLAGS: [&str; 10] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Zsanitizer=address",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
    "-Coverflow-checks",
];

/// A program of `fuzz/`, a folder of documents to begin with, and the bytes of an input at most: a table is read many times a run.
type Target = (&'static str, &'static str, usize);

const TARGETS: [Target; 5] = [
    ("reader", "examples/data", 65_536),
    ("pack", "core/data/packs", 65_536),
    ("partial", "examples/data", 4_096),
    ("csv", "core/data/territory", 4_096),
    ("arrow", "core/data/territory", 4_096),
];

pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let minutes = args.option("--minutes")?.ok_or_else(|| Trouble::failed("`fuzz` wants `--minutes N`"))?;
    let target = args.option("--target")?.unwrap_or_else(|| "reader".to_owned());
    args.done()?;
    // Nought would be no limit.
    let minutes: u64 = minutes
        .parse()
        .ok()
        .filter(|minutes| *minutes > 0)
        .ok_or_else(|| Trouble::failed(format!("`{minutes}` is no number of minutes")))?;
    let found = TARGETS.into_iter().find(|(name, ..)| *name == target);
    let (target, seeds, max_len) =
        found.ok_or_else(|| Trouble::failed(format!("no target `{target}`: reader, pack, partial, csv or arrow")))?;
    let program = build(project, target)?;
    let fuzz = project.root.join("fuzz");
    let (corpus, artifacts) = (fuzz.join("corpus").join(target), fuzz.join("artifacts").join(target));
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;
    let limit = format!("-max_total_time={}", minutes * 60);
    let prefix = format!("-artifact_prefix={}/", artifacts.display());
    let max_len = format!("-max_len={max_len}");
    let run = Run::new("fuzz", program).args([&limit, &prefix, &max_len, "-timeout=10", "-print_final_stats=1"]);
    run.arg(corpus).arg(project.root.join(seeds)).dir(&fuzz).show()
}

fn build(project: &Project, target: &str) -> Outcome<PathBuf> {
    let (host, folder) = (host(project)?, project.target()?.join("fuzz"));
    say::line(&format!("building the target `{target}`"));
    project
        .cargo("fuzz build")
        .args(["build", "--release", "--bin", target, "--target", &host])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS.join(" "))
        .env("CARGO_TARGET_DIR", &folder)
        .dir(&project.root.join("fuzz"))
        .go()?;
    Ok(folder.join(&host).join("release").join(target))
}

fn host(project: &Project) -> Outcome<String> {
    let text = Run::new("rustc", "rustc").arg("-vV").dir(&project.root).text()?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Trouble::failed("rustc -vV names no host"))
}
