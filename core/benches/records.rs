//! How fast records are checked: the engine beside programs written by hand for the same checks ([`limit`]), on the same rows.
//!
//! `cargo bench -p sam-eurometropole --bench records --features arrow` prints rows per second, the best of the rounds, after the engine and
//! the limit have given the same findings for every row. Without `--bench` (as `cargo test` runs it), or with `--quick`, a thousand rows
//! are compared and nothing is timed. For a profiler, `--door DOOR` times one door alone, `--record NAME` takes one kind of record, and
//! `--rounds N` goes on for longer. `--write FOLDER` leaves rows and findings there, for `bindings-python/benches/records.py`.

mod common;
mod data;
mod limit;

use arrow_array::RecordBatch;
use common::arrow::batch;
use common::race;
use limit::{Found, Tables, columns};
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::finding::Finding;
use sam_eurometropole::table::{arrow::check_table, check_ndjson};
use sam_eurometropole::{Rulebook, check_text};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const ROWS: usize = 100_000;
const QUICK_ROWS: usize = 1_000;
const ROUNDS: usize = 7;

/// What is timed: every door, or one alone.
#[derive(Clone, Copy)]
struct Timed<'w> {
    door: Option<&'w str>,
    rounds: usize,
}

/// A door, the limit at it, and the engine.
type Door<'d> = (&'static str, &'d dyn Fn() -> usize, &'d dyn Fn() -> usize);

/// The rows of one kind of record, with everything that checks them.
struct Subject<'b> {
    book: &'b Rulebook,
    role: Role,
    on: Date,
    tables: Tables<'b>,
    lines: Vec<String>,
    text: String,
    batches: [RecordBatch; 1],
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|given| given == word);
    let quick = has("--quick") || !has("--bench");
    let after = |word: &str| words.iter().position(|given| given == word).and_then(|place| words.get(place + 1));
    let folder = after("--write");
    let rounds = after("--rounds").map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let timed = (!quick).then_some(Timed { door: after("--door").map(String::as_str), rounds });
    let record = after("--record");
    let wanted = |role: &Role| record.is_none_or(|name| name == role.as_str());
    for role in [Role::Participant, Role::Observation].into_iter().filter(wanted) {
        let subject = Subject::new(role, if quick { QUICK_ROWS } else { ROWS })?;
        let found = subject.compare()?;
        if let Some(folder) = folder {
            subject.write(Path::new(folder), &found)?;
        }
        subject.tell(&found, timed);
    }
    Ok(())
}

impl Subject<'static> {
    fn new(role: Role, rows: usize) -> Result<Self, Box<dyn Error>> {
        let book = Rulebook::embedded();
        let on = Date::parse(data::ON)?;
        let lines = data::lines(book, role, rows);
        let (text, batches) = (lines.join("\n"), [batch(data::columns(role), &lines)?]);
        Ok(Self { book, role, on, tables: Tables::of(book, on), lines, text, batches })
    }

    /// The findings, once engine and limit agree on every row, door by door.
    fn compare(&self) -> Result<Vec<Found>, String> {
        let limit = sorted(self.limit_lines());
        let bulk = check_ndjson(self.book, self.role, &self.text, self.on);
        let table = check_table(self.book, self.role, &self.batches, self.on);
        let single = self.lines.iter().enumerate().flat_map(|(row, line)| {
            let report = check_text(self.book, self.role, line, self.on);
            report.findings.iter().map(|finding| keyed(row, finding)).collect::<Vec<_>>()
        });
        let of_rows = |rows: &[Vec<Finding>]| -> Vec<(usize, String, String)> {
            rows.iter().enumerate().flat_map(|(row, found)| found.iter().map(move |f| keyed(row, f))).collect()
        };
        let wanted: Vec<_> = limit.iter().map(|(row, code, path)| (*row, (*code).to_owned(), path.clone())).collect();
        let mut columns = Vec::new();
        self.limit_columns(&mut columns).ok_or("the limit does not find its columns")?;
        let columns: Vec<_> =
            sorted(columns).into_iter().map(|(row, code, path)| (row, code.to_owned(), path)).collect();
        for (door, given) in [
            ("the limit over arrays", columns),
            ("the engine, one by one", single.collect()),
            ("the engine over lines", of_rows(&bulk.rows)),
            ("the engine over arrays", of_rows(&table.rows)),
        ] {
            agree(door, &wanted, given)?;
        }
        Ok(limit)
    }

    fn limit_line(&self, row: usize, line: &str, found: &mut Vec<Found>) {
        match self.role {
            Role::Participant => limit::participant::line(&self.tables, row, line, found),
            _ => limit::observation::line(&self.tables, row, line, found),
        }
    }

    fn limit_lines(&self) -> Vec<Found> {
        let mut found = Vec::new();
        self.text.split('\n').enumerate().for_each(|(row, line)| self.limit_line(row, line, &mut found));
        found
    }

    fn limit_columns(&self, found: &mut Vec<Found>) -> Option<()> {
        let [batch] = &self.batches;
        match self.role {
            Role::Participant => columns::participants(&self.tables, batch, found),
            _ => columns::observations(&self.tables, batch, found),
        }
    }

    /// The rows and the findings, a line each.
    fn write(&self, folder: &Path, found: &[Found]) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let name = self.role.as_str();
        fs::write(folder.join(format!("{name}.ndjson")), &self.text)?;
        let lines: String = found.iter().map(|(row, code, path)| format!("{row}\t{code}\t{path}\n")).collect();
        fs::write(folder.join(format!("{name}.findings.tsv")), lines)
    }

    #[expect(clippy::print_stdout, reason = "a bench prints its table")]
    fn tell(&self, found: &[Found], timed: Option<Timed<'_>>) {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        found.iter().for_each(|(_, code, _)| *codes.entry(code).or_default() += 1);
        let (name, rows) = (self.role.as_str(), self.lines.len());
        println!("{name}: {rows} rows, {} findings, the same from limit and engine at every door", found.len());
        codes.iter().for_each(|(code, count)| println!("  {count:>7} {code}"));
        let Some(timed) = timed else { return };
        println!("  {:<26}{:>14}{:>14}{:>8}", "rows a second", "limit", "engine", "ratio");
        for (door, limit, engine) in self.times(timed) {
            let speed = |time: Duration| rows as f64 / time.as_secs_f64();
            let ratio = limit.as_secs_f64() / engine.as_secs_f64();
            println!("  {door:<26}{:>14.0}{:>14.0}{ratio:>8.2}", speed(limit), speed(engine));
        }
    }

    /// For each door that is wanted, the best time of the limit and of the engine, taken in turns.
    fn times(&self, timed: Timed<'_>) -> Vec<(&'static str, Duration, Duration)> {
        let single_limit = || {
            let one = |(row, line): (usize, &String)| {
                let mut found = Vec::new();
                self.limit_line(row, line, &mut found);
                black_box(found).len()
            };
            self.lines.iter().enumerate().map(one).sum()
        };
        let single = || {
            let one = |line: &String| black_box(check_text(self.book, self.role, line, self.on)).findings.len();
            self.lines.iter().map(one).sum()
        };
        let bulk_limit = || black_box(self.limit_lines()).len();
        let bulk = || black_box(check_ndjson(self.book, self.role, &self.text, self.on)).rows.len();
        let arrays_limit = || {
            let mut found = Vec::new();
            let done = self.limit_columns(&mut found);
            usize::from(done.is_some()) + black_box(found).len()
        };
        let arrays = || black_box(check_table(self.book, self.role, &self.batches, self.on)).rows.len();
        let doors: [Door<'_>; 3] = [
            ("JSON, one by one", &single_limit, &single),
            ("JSON lines", &bulk_limit, &bulk),
            ("Arrow", &arrays_limit, &arrays),
        ];
        let wanted = doors.into_iter().filter(|(door, ..)| timed.door.is_none_or(|name| name == *door));
        wanted
            .map(|(door, limit, engine)| (door, race(timed.rounds, limit, engine)))
            .map(|(door, (a, b))| (door, a, b))
            .collect()
    }
}

fn keyed(row: usize, finding: &Finding) -> (usize, String, String) {
    let paths: Vec<String> = finding.paths.iter().map(|path| path.text(false)).collect();
    (row, finding.code.to_string(), paths.join(","))
}

fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort();
    found
}

/// Whether the findings are the wanted ones; else the first that are not on both sides.
fn agree(
    door: &str,
    wanted: &[(usize, String, String)],
    mut given: Vec<(usize, String, String)>,
) -> Result<(), String> {
    given.sort();
    if given == wanted {
        return Ok(());
    }
    let missing: Vec<_> = wanted.iter().filter(|found| given.binary_search(found).is_err()).take(5).collect();
    let more: Vec<_> = given.iter().filter(|found| wanted.binary_search(found).is_err()).take(5).collect();
    Err(format!("{door}: missing {missing:?}, too many {more:?}"))
}
