//! Judges mutants by lines: a call, its input, what it must give. Written into a copy of the workspace by `cargo xtask mutants`.
//!
//! `prepare CASES LINES` writes every vector, and the pairs of CASES on which the oracle agrees; `record LINES` prints of each line where it
//! stands, how long it took and the mutants that it passes by, first those of the start; `work LINES` judges mutants that it is told on its
//! standard input, each with the places of its lines; `fresh LINES` judges the one of SAM_MUTANT, which is on from the start.

use sam_conformance::calls::{cut, read, run};
use sam_conformance::vectors;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::decide_text;
use sam_eurometropole::json::Json;
use sam_eurometropole::mutant::{RECORD, set, take_reached};
use sam_eurometropole::Rulebook;
use std::io::{Write as _, stdin, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{env, fs, time::Instant};

type Done<T = ()> = Result<T, String>;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["prepare", cases, lines] => prepare(cases, lines),
        ["record", lines] => record(&text_of(lines)),
        ["work", lines] => work(&text_of(lines), true),
        ["fresh", lines] => work(&text_of(lines), false),
        _ => Err("prepare, record, work or fresh".to_owned()),
    };
    if let Err(error) = done {
        tell(&error);
        std::process::exit(1);
    }
}

fn tell(line: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

fn text_of(file: &str) -> String {
    fs::read_to_string(file).unwrap_or_default()
}

fn prepare(cases: &str, lines: &str) -> Done {
    let mut out = String::new();
    for vector in vectors::load()? {
        out.push_str(&vectors::line(&vector, None)?);
        out.push('\n');
    }
    for case in text_of(cases).lines() {
        let case = read(case)?;
        let expect = case.get("decision").unwrap_or(&Json::Null).to_canonical();
        let line = Json::object([
            ("id", Json::from("oracle")),
            ("call", Json::from("oracle")),
            ("expect", Json::from(expect)),
            ("input", case),
        ]);
        out.push_str(&line.to_canonical());
        out.push('\n');
    }
    fs::write(lines, out).map_err(|error| error.to_string())
}

struct Line {
    call: String,
    input: Json,
    expect: String,
}

impl Line {
    fn read(text: &str) -> Done<Self> {
        let line = read(text)?;
        let word = |name: &str| line.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let input = line.get("input").cloned().unwrap_or(Json::Null);
        Ok(Self { call: word("call"), input, expect: word("expect") })
    }

    fn holds(&self) -> bool {
        let said = catch_unwind(AssertUnwindSafe(|| match self.call.as_str() {
            "oracle" => oracle(&self.input),
            call => run(call, &self.input),
        }));
        matches!(said, Ok(Ok(said)) if said == self.expect)
    }
}

/// A decision by the packs of the pair alone.
fn oracle(input: &Json) -> Done<String> {
    let member = |name: &str| input.get(name).unwrap_or(&Json::Null);
    let mut book = Rulebook::embedded().only_checks();
    for pack in member("packs").as_list().unwrap_or_default() {
        book = book.with_pack_json(&pack.to_canonical(), true).map_err(|error| error.to_string())?;
    }
    let on = Date::parse(member("on").as_str().unwrap_or_default()).map_err(|error| error.to_string())?;
    Ok(cut(decide_text(&book, &member("case").to_canonical(), on).to_json(true)).to_canonical())
}

fn record(lines: &str) -> Done {
    let reached = || take_reached().iter().map(|id| format!(" {id}")).collect::<String>();
    set(RECORD);
    let _ = Rulebook::embedded();
    tell(&format!("0 0 0{}", reached()));
    let mut at = 0;
    for text in lines.lines() {
        set(0);
        let line = Line::read(text)?;
        let begun = Instant::now();
        let holds = line.holds();
        let took = begun.elapsed().as_micros();
        set(RECORD);
        let noted = line.holds();
        set(0);
        if !holds || !noted {
            return Err(format!("does not hold without a mutant: {}", text.chars().take(300).collect::<String>()));
        }
        tell(&format!("{at} {} {took}{}", text.len(), reached()));
        at += text.len() + 1;
    }
    Ok(())
}

/// Answers `caught` or `missed`, and `polluted` where a line no longer holds once the mutant is off. A point is a line done.
fn work(lines: &str, switched: bool) -> Done {
    std::panic::set_hook(Box::new(|_| {}));
    if switched {
        set(0);
        let _ = Rulebook::embedded();
    }
    for told in stdin().lines() {
        let told = told.map_err(|error| error.to_string())?;
        let mut words = told.split(' ').filter_map(|word| word.parse::<usize>().ok());
        let id = u32::try_from(words.next().unwrap_or(0)).map_err(|error| error.to_string())?;
        let mut answer = "missed";
        while let (Some(at), Some(len)) = (words.next(), words.next()) {
            // What the line says is read by the core too.
            let line = Line::read(lines.get(at..at + len).unwrap_or_default());
            if switched {
                set(id);
            }
            let holds = line.as_ref().is_ok_and(Line::holds);
            if switched {
                set(0);
            }
            if !holds {
                answer = if switched && !line.is_ok_and(|line| line.holds()) { "polluted" } else { "caught" };
                break;
            }
            tell(".");
        }
        tell(answer);
    }
    Ok(())
}
