//! How fast a whole cross-border case is decided by all packs of the rulebook, one case at a time.
//!
//! The cases (`cases.json`) are those of the worked examples and of the packs' own tests, with everything that a file of a partner holds:
//! person, placement with schedule and papers, worksite, both organisations, earlier placements. `cargo bench -p sam-eurometropole --bench
//! decisions` prints microseconds for a case, the best of many calls, from JSON text to a decision, from values of a host to a decision, and
//! from JSON text to the JSON text of the decision. Before that each case must come to its outcome, and to the same bytes at every
//! door. Without `--bench` (as `cargo test` runs it), or with `--quick`, nothing is timed. `--door NAME` times one door alone, `--rounds N`
//! more often, for a profiler. `--write FOLDER` leaves cases and decisions there, for `bindings-python/benches/decisions.py`.

use sam_eurometropole::Rulebook;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::{decide_text, decide_texts, decide_value};
use sam_eurometropole::json::Json;
use sam_eurometropole::pack::PackKind;
use sam_eurometropole::reader::Value;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 2_000;

/// Cases and what they come to.
const CASES: &str = include_str!("cases.json");

/// A case as every door takes it.
struct Case {
    name: String,
    on: Date,
    outcome: String,
    text: String,
    value: Value,
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|given| given == word);
    let after = |word: &str| words.iter().position(|given| given == word).and_then(|place| words.get(place + 1));
    let book = Rulebook::embedded();
    let cases = cases()?;
    let decisions = cases.iter().map(|case| case.compare(book)).collect::<Result<Vec<_>, _>>()?;
    if let Some(folder) = after("--write") {
        write(Path::new(folder), &cases, &decisions)?;
    }
    let rounds = after("--rounds").map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let timed = (has("--bench") && !has("--quick")).then_some(rounds);
    tell(book, &cases, after("--door").map(String::as_str), timed);
    Ok(())
}

fn cases() -> Result<Vec<Case>, Box<dyn Error>> {
    let listed: Vec<serde_json::Value> = serde_json::from_str(CASES)?;
    listed.iter().map(Case::read).collect()
}

impl Case {
    fn read(from: &serde_json::Value) -> Result<Self, Box<dyn Error>> {
        let word = |key: &str| from.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let case = from.get("case").ok_or("a case lacks its records")?;
        Ok(Self {
            name: word("name"),
            on: Date::parse(&word("on"))?,
            outcome: word("outcome"),
            text: serde_json::to_string(case)?,
            value: value(case),
        })
    }

    /// The decision as JSON text, once all doors give it.
    fn compare(&self, book: &Rulebook) -> Result<String, String> {
        let decision = decide_text(book, &self.text, self.on);
        if decision.outcome.as_str() != self.outcome || !decision.findings.is_empty() {
            return Err(format!("{}: {} with {:?}", self.name, decision.outcome.as_str(), decision.findings));
        }
        let text = decision.to_canonical(false);
        let many = format!("[{}]", self.text);
        let doors = [decide_value(book, &self.value, self.on)].into_iter().chain(decide_texts(book, &many, self.on));
        match doors.map(|other| other.to_canonical(false)).all(|other| other == text) {
            true => Ok(text),
            false => Err(format!("{}: the doors differ", self.name)),
        }
    }
}

/// A value as a binding hands it in.
fn value(json: &serde_json::Value) -> Value {
    use serde_json::Value as From;
    match json {
        From::Null => Value::Null,
        From::Bool(flag) => Value::Bool(*flag),
        From::Number(number) => number.as_i64().map_or(Value::Float(number.as_f64().unwrap_or_default()), Value::Int),
        From::String(text) => Value::Text(text.clone()),
        From::Array(list) => Value::List(list.iter().map(value).collect()),
        From::Object(members) => {
            Value::Object(members.iter().map(|(key, member)| (Some(key.clone()), value(member))).collect())
        }
    }
}

/// A line for each case: day, text and decision.
fn write(folder: &Path, cases: &[Case], decisions: &[String]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let line = |(case, decision): (&Case, &String)| {
        let fields = [
            ("name", Json::from(case.name.as_str())),
            ("on", Json::from(case.on.to_string())),
            ("text", Json::from(case.text.as_str())),
            ("decision", Json::from(decision.as_str())),
        ];
        Json::object(fields).to_canonical() + "\n"
    };
    fs::write(folder.join("decisions.ndjson"), cases.iter().zip(decisions).map(line).collect::<String>())
}

/// A door, and a call at it.
type Door<'d> = (&'static str, &'d dyn Fn(&Case) -> usize);

#[expect(clippy::print_stdout, reason = "a bench prints its table")]
fn tell(book: &Rulebook, cases: &[Case], alone: Option<&str>, rounds: Option<usize>) {
    let packs = book.packs().filter(|pack| pack.kind == PackKind::Rules).count();
    println!("decisions: {} cases, {packs} packs, the same bytes at every door", cases.len());
    let Some(rounds) = rounds else { return };
    let doors: [Door<'_>; 3] = [
        ("text", &|case| black_box(decide_text(book, &case.text, case.on)).rules.len()),
        ("values", &|case| black_box(decide_value(book, &case.value, case.on)).rules.len()),
        ("text to text", &|case| black_box(decide_text(book, &case.text, case.on).to_canonical(false)).len()),
    ];
    let doors = doors.into_iter().filter(|(door, _)| alone.is_none_or(|alone| alone == *door)).collect::<Vec<_>>();
    let heads: String = doors.iter().map(|(door, _)| format!("{door:>14}")).collect();
    println!("  {:<46}{heads}", "microseconds a case, from");
    for case in cases {
        let times = doors.iter().map(|(_, call)| best(rounds, &|| call(case)).as_secs_f64() * 1e6);
        println!("  {:<46}{}", case.name, times.map(|time| format!("{time:>14.1}")).collect::<String>());
    }
}

/// The best time of a call, in which what it made is dropped too.
fn best(rounds: usize, call: &dyn Fn() -> usize) -> Duration {
    (0..rounds).map(|_| time(call)).min().unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "a bench needs a clock; the core has none")]
fn time(call: &dyn Fn() -> usize) -> Duration {
    let start = Instant::now();
    black_box(call());
    start.elapsed()
}
