//! `size`: how big the browser package is, raw and as a server sends it, and the budget that the tests hold it to: the engine, the files of the
//! rulebook, what a form in one language loads of both, the full engine, what the indicators mean, which no form loads, and the reader
//! of YAML, which only a keeper's page loads.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::{say, wasm};
use std::fmt;
use std::path::PathBuf;

/// What each may weigh. Raise it only with a reason in `docs/decisions.md`.
const BUDGETS: [(&str, Size); 6] = [
    ("engine", Size { raw: 1_070_000, gzip: 431_000, brotli: 348_000 }),
    ("rulebook", Size { raw: 1_490_000, gzip: 264_000, brotli: 218_000 }),
    ("form", Size { raw: 1_850_000, gzip: 590_000, brotli: 478_000 }),
    ("full", Size { raw: 1_900_000, gzip: 762_000, brotli: 607_000 }),
    ("indicators", Size { raw: 365_000, gzip: 100_500, brotli: 84_500 }),
    ("yaml", Size { raw: 508_000, gzip: 203_000, brotli: 169_000 }),
];

/// What a form in one language loads of the rulebook. French has the longest texts.
const FORM: [&str; 4] = ["base.json", "base.fr.json", "rules.json", "rules.fr.json"];

/// How the names of the files begin that say what the indicators mean.
const INDICATORS: &str = "definitions.";

const MEASURE: &str = "const zlib = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const bytes = require('node:fs').readFileSync(file);
  console.log(bytes.length, zlib.gzipSync(bytes, { level: 9 }).length, zlib.brotliCompressSync(bytes).length);
}";

/// Bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    /// Of several files, each sent by itself.
    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    fn is_over(self, budget: Self) -> bool {
        self.raw > budget.raw || self.gzip > budget.gzip || self.brotli > budget.brotli
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "raw {}, gzip {}, brotli {} bytes", self.raw, self.gzip, self.brotli)
    }
}

pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    args.done()?;
    wasm::build(project)?;
    say::line(&table(&measured(project)?));
    Ok(())
}

/// Fails where the package of `bindings-wasm/pkg` is over the budget.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    let sizes = measured(project)?;
    if sizes.iter().zip(BUDGETS).any(|(size, (_, budget))| size.is_over(budget)) {
        return Err(Trouble::failed(format!("over the budget:\n{}", table(&sizes))));
    }
    let told = BUDGETS.iter().zip(sizes).map(|((name, _), size)| format!("{name}: {size}"));
    Ok(told.collect::<Vec<_>>().join("; "))
}

fn table(sizes: &[Size; 6]) -> String {
    let lines = BUDGETS.iter().zip(sizes);
    lines.map(|((name, budget), size)| format!("{name:<10}{size}\n  budget  {budget}")).collect::<Vec<_>>().join("\n")
}

/// The sizes that have a budget.
fn measured(project: &Project) -> Outcome<[Size; 6]> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in wasm::data(project).read_dir()? {
        files.push(entry?.path());
    }
    files.sort();
    let is_of_form = |path: &PathBuf| FORM.iter().any(|name| path.ends_with(name));
    let of_form: Vec<bool> = files.iter().map(is_of_form).collect();
    let is_of_indicators =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(INDICATORS));
    let of_indicators: Vec<bool> = files.iter().map(is_of_indicators).collect();
    let run = Run::new("node", project.node()?)
        .args(["-e", MEASURE])
        .arg(wasm::file(project))
        .arg(wasm::full_file(project))
        .arg(wasm::yaml_file(project))
        .args(&files);
    let text = run.text()?;
    let all: Option<Vec<Size>> = text.lines().map(parse).collect();
    match all.as_deref() {
        Some([engine, full, yaml, data @ ..]) if data.len() == files.len() => {
            let sum = |of: &[bool], wanted: bool, first: Size| {
                let chosen = data.iter().zip(of).filter(|(_, is)| **is == wanted);
                chosen.map(|(size, _)| *size).fold(first, Size::plus)
            };
            let rulebook = sum(&of_indicators, false, Size::default());
            let indicators = sum(&of_indicators, true, Size::default());
            Ok([*engine, rulebook, sum(&of_form, true, *engine), *full, indicators, *yaml])
        }
        _ => Err(Trouble::failed(format!("no sizes in `{text}`"))),
    }
}

fn parse(text: &str) -> Option<Size> {
    let mut numbers = text.split_whitespace().map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some(Size { raw: next()?, gzip: next()?, brotli: next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_numbers_are_a_size() {
        assert_eq!(parse("3 2 1\n"), Some(Size { raw: 3, gzip: 2, brotli: 1 }));
        assert_eq!(parse("3 2"), None);
    }

    #[test]
    fn each_number_has_its_budget() {
        let budget = Size { raw: 9, gzip: 6, brotli: 3 };
        assert!(!budget.is_over(budget));
        let one = Size { raw: 1, ..Size::default() };
        assert!(budget.plus(one).is_over(budget));
        assert!(Size { raw: 1, gzip: 1, brotli: 4 }.is_over(budget));
    }
}
