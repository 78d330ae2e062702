//! `size`: how big the browser package is, raw and as a server sends it, and the budget that the tests hold it to.

use crate::args::Args;
use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use crate::{say, wasm};
use std::fmt;
use std::path::Path;

/// What the wasm file may weigh. Raise it only with a reason in `docs/decisions.md`.
const BUDGET: Size = Size { raw: 1_400_000, gzip: 450_000, brotli: 360_000 };

const MEASURE: &str = "const zlib = require('node:zlib');
const bytes = require('node:fs').readFileSync(process.argv[1]);
console.log(bytes.length, zlib.gzipSync(bytes, { level: 9 }).length, zlib.brotliCompressSync(bytes).length);";

/// Bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "raw {}, gzip {}, brotli {} bytes", self.raw, self.gzip, self.brotli)
    }
}

pub(crate) fn verb(project: &Project, args: Args) -> Outcome {
    args.done()?;
    let size = measure(project, &wasm::build(project)?)?;
    say::line(&format!("size    {size}"));
    say::line(&format!("budget  {BUDGET}"));
    Ok(())
}

/// Fails where the package of `bindings-wasm/pkg` is over the budget.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    let size = measure(project, &wasm::file(project))?;
    if size.raw > BUDGET.raw || size.gzip > BUDGET.gzip || size.brotli > BUDGET.brotli {
        return Err(Trouble::failed(format!("over the budget:\nsize    {size}\nbudget  {BUDGET}")));
    }
    Ok(size.to_string())
}

fn measure(project: &Project, file: &Path) -> Outcome<Size> {
    let text = Run::new("node", project.node()?).args(["-e", MEASURE]).arg(file).text()?;
    parse(&text).ok_or_else(|| Trouble::failed(format!("no sizes in `{text}`")))
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
}
