//! `fuzz`: libFuzzer feeds text to a target of `fuzz/` for some minutes. With cargo-fuzz where it is there, else with the flags that
//! cargo-fuzz would set. Both want the nightly compiler.

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

pub(crate) fn verb(project: &Project, mut args: Args) -> Outcome {
    let minutes = args.option("--minutes")?.ok_or_else(|| Trouble::failed("`fuzz` wants `--minutes N`"))?;
    let target = args.option("--target")?.unwrap_or_else(|| "reader".to_owned());
    args.done()?;
    let minutes: u64 = minutes.parse().map_err(|_| Trouble::failed(format!("`{minutes}` is no number of minutes")))?;
    let limit = format!("-max_total_time={}", minutes * 60);
    if Run::new("cargo fuzz", "cargo").args(["fuzz", "--version"]).go().is_ok() {
        return nightly("cargo fuzz").args(["cargo", "fuzz", "run", &target, "--", &limit]).dir(&project.root).show();
    }
    by_hand(project, &target, &limit)
}

/// A program of the nightly compiler, whatever compiler this program was started with.
fn nightly(name: &str) -> Run {
    Run::new(name, "rustup")
        .args(["run", "nightly"])
        .without_env("RUSTUP_TOOLCHAIN")
        .without_env("CARGO")
        .without_env("RUSTC")
}

fn by_hand(project: &Project, target: &str, limit: &str) -> Outcome {
    let fuzz = project.root.join("fuzz");
    let host = host()?;
    let build = project.target()?.join("fuzz");
    say::line(&format!("building the target `{target}` with the nightly compiler"));
    nightly("fuzz build")
        .args(["cargo", "build", "--release", "--bin", target, "--target", &host])
        .env("RUSTFLAGS", FLAGS.join(" "))
        .env("CARGO_TARGET_DIR", &build)
        .dir(&fuzz)
        .go()?;
    let program: PathBuf = build.join(&host).join("release").join(target);
    let (corpus, artifacts) = (fuzz.join("corpus").join(target), fuzz.join("artifacts").join(target));
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;
    let prefix = format!("-artifact_prefix={}/", artifacts.display());
    Run::new("fuzz", program).args([limit, &prefix, "-max_len=65536", "-timeout=10"]).arg(corpus).dir(&fuzz).show()
}

fn host() -> Outcome<String> {
    let text = nightly("rustc")
        .args(["rustc", "-vV"])
        .text()
        .map_err(|trouble| trouble.into_missing("the nightly compiler"))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Trouble::failed("rustc -vV names no host"))
}
