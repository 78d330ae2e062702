//! `cargo xtask <verb>`: the one door for people and for continuous integration.
//!
//! A verb comes in as words of the command line, does its work by calling other programs, and leaves as an exit code and a few
//! lines. This crate knows the project's folders but not its core, so that it builds fast and runs even where the core is broken.

mod args;
mod bench;
mod demo;
mod fuzz;
mod mutants;
mod outcome;
mod packs;
mod project;
mod ratio;
mod run;
mod runners;
mod say;
mod setup;
mod size;
mod test;
mod tools;
mod vectors;
mod wasm;
mod wheel;
mod words;

use args::Args;
use outcome::{Outcome, Trouble};
use project::Project;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <verb>

  help                          this page
  setup [--wasm-std-from-source]
                                install what the other verbs need: Python packages, npm packages,
                                the wasm target, Chromium
  test [--only a,b]             every check of the project; `--only list` names them
  demo                          the same cases in Rust, Python and JavaScript: the same bytes
  wasm                          build the browser package into bindings-wasm/pkg
  wheel                         build the Python wheel and install it into the test environment
  size                          build the browser package and print its size
  vectors [--bless FILE]        run the vectors in Rust, or rewrite the expectations of one file
  packs [test|coverage] [--folder DIR]
                                run the tests of the packs and tell what they do not reach; without a word both
  packs due --on DAY [--within DAYS] [--folder DIR]
                                what is to be looked at again
  packs diff OLD NEW [--cases FILE --on DAY]
                                what differs between two files of a pack, and for which cases; all four take --lang and --json
  gen [--check]                 write what is generated, or check that it is up to date
  fuzz --minutes N [--target reader|pack|csv|arrow]
                                feed random input to a part of the core (wants a C++ compiler)
  bench [--rules] [--quick]     how fast records are checked, in Rust and Python, or with `--rules` one rule is decided,
                                also in Node, beside hand-written limits and other libraries; `--quick` compares only
  laws --rows N [--record NAME] judge N generated rows of each record, and N cases, in bulk and one by one;
                                or those of one record
  laws --cases N                judge N generated packs and cases by every law of decisions and by the oracle
  laws --tables N               judge N generated releases by the laws of disclosure control
  hostile                       how long inputs that were made to break a reader take to meet their limits
  mutants [--list] [--only PART] [--shard i/n] [--lines-only]
                                break the rules engine in a thousand small ways and tell which no test notices;
                                those of a file or a place, or one part of n, or by vectors alone

Wanted on the machine: Rust by rustup, Python 3.10 or newer, Node 20 or newer. What is installed goes to
$SAM_CACHE, else $XDG_CACHE_HOME/sam-eurometropole, else ~/.cache/sam-eurometropole.
SAM_PYTHON and SAM_CHROMIUM name another Python or Chromium. With CI=true a skipped check is a failure.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match verb(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            say::error(&trouble.to_string());
            ExitCode::FAILURE
        }
    }
}

fn verb(words: &[String]) -> Outcome {
    let Some((verb, rest)) = words.split_first() else {
        say::line(HELP);
        return Ok(());
    };
    if matches!(verb.as_str(), "help" | "--help" | "-h") {
        say::line(HELP);
        return Ok(());
    }
    let args = Args::new(rest);
    let project = Project::open()?;
    match verb.as_str() {
        "setup" => setup::verb(&project, args),
        "test" => test::verb(&project, args),
        "demo" => demo::verb(&project, args),
        "wasm" => wasm::verb(&project, args),
        "wheel" => wheel::verb(&project, args),
        "size" => size::verb(&project, args),
        "vectors" => vectors::verb(&project, args),
        "gen" => vectors::generate(&project, args),
        "bench" => bench::verb(&project, args),
        "fuzz" => fuzz::verb(&project, args),
        "packs" => packs::verb(&project, args),
        "laws" => vectors::laws(&project, args),
        "hostile" => vectors::hostile(&project, args),
        "mutants" => mutants::verb(&project, args),
        other => Err(Trouble::failed(format!("there is no verb `{other}`: `cargo xtask help` lists them"))),
    }
}
