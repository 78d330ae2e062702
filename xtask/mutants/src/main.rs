//! Breaks the rules engine in thousands of small ways, and tells which of them no test notices.
//!
//! All mutants are compiled at once, each behind a switch that is read at run time (`find`, `rewrite`, `copy`, `compile`); a program built
//! once judges them one after the other (`judge`). Why so: `docs/decisions.md`. What was missed, and why: `docs/mutants.md`.
//!
//! `sam-mutants CASES [--list] [--only PART] [--shard i/n] [--lines-only]`: CASES are pairs of packs and cases on which the oracle agrees;
//! `--only` takes the mutants whose name holds a part, as a file or `range.rs:43`; `--lines-only` leaves out the test programs, which are
//! slow and see what no vector notices.

mod compile;
mod copy;
mod find;
mod judge;
mod rewrite;

use find::Mutant;
use judge::Fate;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match Asked::read(&words).and_then(|asked| asked.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn tell(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[derive(Default)]
struct Asked {
    cases: PathBuf,
    list: bool,
    lines_only: bool,
    only: Option<String>,
    shard: Option<(usize, usize)>,
}

impl Asked {
    fn read(words: &[String]) -> Outcome<Self> {
        let mut asked = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--list" => asked.list = true,
                "--lines-only" => asked.lines_only = true,
                "--only" => asked.only = words.next().cloned(),
                "--shard" => {
                    asked.shard = Some(words.next().and_then(|text| shard(text)).ok_or("`--shard` wants i/n")?)
                }
                _ if !word.starts_with("--") => asked.cases = PathBuf::from(word),
                _ => return Err(format!("not understood: `{word}`").into()),
            }
        }
        Ok(asked)
    }

    fn wants(&self, mutant: &Mutant) -> bool {
        self.only.as_ref().is_none_or(|part| mutant.name.contains(part))
            && self.shard.is_none_or(|(part, of)| mutant.id % of == part % of)
    }

    fn run(&self) -> Outcome {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).ok_or("no root")?;
        if self.list {
            copy::all(root)?
                .iter()
                .filter(|one| self.wants(one))
                .for_each(|one| tell(&format!("{} #{}", one.name, one.id)));
            return Ok(());
        }
        let folder = root.join("target").join("mutants");
        let (copy, dropped) = compile::viable(root, &folder)?;
        let judge = compile::judge(&copy)?;
        let lines = folder.with_extension("lines");
        let recorded = judge::prepare(&judge, &self.cases, &lines)?;
        let wanted: Vec<&Mutant> = copy.mutants.iter().filter(|mutant| self.wants(mutant)).collect();
        tell(&format!("{} mutants, {} more do not compile", wanted.len(), dropped.len()));
        let begun = Instant::now();
        let mut fates: BTreeMap<usize, Fate> =
            judge::by_lines(&judge, &lines, &recorded, &wanted)?.into_iter().collect();
        tell(&format!("by lines, {} s: {}", begun.elapsed().as_secs(), counts(&fates)));
        if !self.lines_only {
            let left: Vec<&Mutant> =
                wanted.iter().copied().filter(|one| fates.get(&one.id) == Some(&Fate::Missed)).collect();
            fates.extend(judge::by_tests(&compile::tests(&copy)?, &copy.folder.join("tests"), &left)?);
        }
        for mutant in wanted.iter().filter(|one| fates.get(&one.id) == Some(&Fate::Missed)) {
            let passed = if recorded.is_reached(mutant.id) { "" } else { " (no line passes by)" };
            tell(&format!("missed {}{passed}", mutant.name));
        }
        tell(&format!("{} s: {}", begun.elapsed().as_secs(), counts(&fates)));
        Ok(())
    }
}

fn shard(text: &str) -> Option<(usize, usize)> {
    let (part, of) = text.split_once('/')?;
    Some((part.parse().ok()?, of.parse().ok().filter(|of| *of > 0)?))
}

fn counts(fates: &BTreeMap<usize, Fate>) -> String {
    let of = |wanted| fates.values().filter(|fate| **fate == wanted).count();
    let (caught, late, missed) = (of(Fate::Caught), of(Fate::TimedOut), of(Fate::Missed));
    let share = 1000 * (caught + late) / fates.len().max(1);
    format!("{caught} caught, {late} timed out, {missed} missed: {}.{} %", share / 10, share % 10)
}
