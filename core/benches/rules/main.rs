//! How fast a rule is decided: the engine beside the same rule written by hand ([`limit`]), on the same people.
//!
//! `cargo bench -p sam-eurometropole --bench rules --features arrow` prints cases per second, the best of the rounds, after engine and
//! limit have given the same outcome for every case. Without `--bench` (as `cargo test` runs it), or with `--quick`, five hundred cases
//! are compared and nothing is timed. `--door NAME` times one door alone, `--rounds N` more often, for a profiler. `--write FOLDER` leaves
//! people, pack and outcomes there, for the peers in `bindings-python/benches/rules.py` and `bindings-wasm/benches/rules.mjs`.

#[path = "../common/mod.rs"]
mod common;
mod limit;
mod people;

use arrow_array::RecordBatch;
use common::{arrow::batch, race};
use sam_eurometropole::Rulebook;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::{Outcome, decide_text};
use sam_eurometropole::table::{arrow::decide_table, decide_ndjson};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;

const ROWS: usize = 10_000;
const QUICK_ROWS: usize = 500;
const ROUNDS: usize = 15;

/// The pack that holds the rule.
const PACK: &str = include_str!("pack.yaml");

/// Decides all cases and counts them.
type Count<'a> = &'a dyn Fn() -> usize;

/// The people, and the rulebook that decides them.
struct Bench {
    book: Rulebook,
    on: Date,
    lines: Vec<String>,
    text: String,
    batches: [RecordBatch; 1],
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|given| given == word);
    let after = |word: &str| words.iter().position(|given| given == word).and_then(|place| words.get(place + 1));
    let quick = has("--quick") || !has("--bench");
    let bench = Bench::new(if quick { QUICK_ROWS } else { ROWS })?;
    let outcomes = bench.compare()?;
    if let Some(folder) = after("--write") {
        bench.write(Path::new(folder), &outcomes)?;
    }
    let rounds = after("--rounds").map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    bench.tell(&outcomes, after("--door").map(String::as_str), (!quick).then_some(rounds));
    Ok(())
}

impl Bench {
    fn new(rows: usize) -> Result<Self, Box<dyn Error>> {
        let book = Rulebook::embedded().only_checks().with_pack_yaml(PACK, false)?;
        let lines = people::lines(rows);
        let (text, batches) = (lines.join("\n"), [batch(people::COLUMNS, &lines)?]);
        Ok(Self { book, on: Date::parse(people::ON)?, lines, text, batches })
    }

    /// The outcomes, once engine and limit agree on every case, door by door.
    fn compare(&self) -> Result<Vec<Outcome>, String> {
        let wanted = self.limit_lines();
        let same = |door: &str, given: Vec<Outcome>| {
            let differ = |(wanted, given): (&Outcome, &Outcome)| wanted != given;
            let first = wanted.iter().zip(&given).position(differ);
            match first.or((wanted.len() != given.len()).then_some(wanted.len().min(given.len()))) {
                None => Ok(()),
                Some(row) => Err(format!("{door}: {:?} is not {:?} in row {row}", given.get(row), wanted.get(row))),
            }
        };
        same("the limit over arrays", self.limit_columns())?;
        same("the engine, one by one", self.single())?;
        same("the engine over lines", self.over_lines())?;
        same("the engine over arrays", self.over_arrays())?;
        same("the outcomes over lines", self.outcomes_of_lines())?;
        same("the outcomes over arrays", self.outcomes_of_arrays())?;
        Ok(wanted)
    }

    fn limit_lines(&self) -> Vec<Outcome> {
        self.text.split('\n').filter_map(limit::line).collect()
    }

    fn limit_columns(&self) -> Vec<Outcome> {
        let [batch] = &self.batches;
        let mut out = Vec::new();
        limit::columns(batch, &mut out).map(|()| out).unwrap_or_default()
    }

    fn single(&self) -> Vec<Outcome> {
        self.lines.iter().map(|line| black_box(decide_text(&self.book, line, self.on)).outcome).collect()
    }

    fn over_lines(&self) -> Vec<Outcome> {
        decide_ndjson(&self.book, &self.text, self.on).iter().map(|decision| black_box(decision).outcome).collect()
    }

    fn over_arrays(&self) -> Vec<Outcome> {
        decide_table(&self.book, &self.batches, self.on).iter().map(|decision| black_box(decision).outcome).collect()
    }

    fn outcomes_of_lines(&self) -> Vec<Outcome> {
        decide_ndjson(&self.book, &self.text, self.on).outcomes().collect()
    }

    fn outcomes_of_arrays(&self) -> Vec<Outcome> {
        decide_table(&self.book, &self.batches, self.on).outcomes().collect()
    }

    /// The pack, the cases, and the outcome of each on a line.
    fn write(&self, folder: &Path, outcomes: &[Outcome]) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let pack = self.book.pack("bench.eligibility").map(|pack| pack.document.to_canonical());
        fs::write(folder.join("rules.json"), pack.unwrap_or_default())?;
        fs::write(folder.join("rules.ndjson"), &self.text)?;
        let words: String = outcomes.iter().map(|outcome| format!("{}\n", outcome.as_str())).collect();
        fs::write(folder.join("rules.outcomes"), words)
    }

    #[expect(clippy::print_stdout, reason = "a bench prints its table")]
    fn tell(&self, outcomes: &[Outcome], alone: Option<&str>, rounds: Option<usize>) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        outcomes.iter().for_each(|outcome| *counts.entry(outcome.as_str()).or_default() += 1);
        println!("rules: {} cases, the same outcomes from limit and engine at every door: {counts:?}", outcomes.len());
        let Some(rounds) = rounds else { return };
        println!("  {:<22}{:>14}{:>14}{:>8}", "cases a second", "limit", "engine", "ratio");
        let limit_single = || self.lines.iter().filter_map(|line| black_box(limit::line(line))).count();
        let doors: [(&str, Count<'_>, Count<'_>); 5] = [
            ("JSON, one by one", &limit_single, &|| self.single().len()),
            ("JSON lines", &|| self.limit_lines().len(), &|| self.over_lines().len()),
            ("JSON lines, outcomes", &|| self.limit_lines().len(), &|| self.outcomes_of_lines().len()),
            ("Arrow", &|| self.limit_columns().len(), &|| self.over_arrays().len()),
            ("Arrow, outcomes", &|| self.limit_columns().len(), &|| self.outcomes_of_arrays().len()),
        ];
        for (door, limit, engine) in doors.into_iter().filter(|(door, ..)| alone.is_none_or(|alone| alone == *door)) {
            let (limit, engine) = race(rounds, limit, engine);
            let speed = |time: std::time::Duration| outcomes.len() as f64 / time.as_secs_f64();
            let ratio = limit.as_secs_f64() / engine.as_secs_f64();
            println!("  {door:<22}{:>14.0}{:>14.0}{ratio:>8.2}", speed(limit), speed(engine));
        }
    }
}
