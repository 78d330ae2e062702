//! Vectors and generated cases for the runners of all languages.
//!
//! `vectors` runs the vectors in Rust. With `--prepare FILE [--shuffle SEED]` it writes them for the other runners; with
//! `--generated SEED COUNT FILE` it writes generated cases, and with `--oracle SEED COUNT FOLDER [broken]` pairs of packs and cases
//! with what the engine said, every fourth of them a generated record under the packs of the rulebook (with `random` none); a broken engine
//! counts days wrongly, so that the oracle can show that it would notice. `--bless FILE` rewrites the expectations of one file of vectors, to be read before they are committed.
//! `--tables ROWS [RECORD]` judges so many generated rows of each record, and as many cases, in bulk and one by one; or those of one record.
//! `--hostile` measures how long each hostile input takes to meet its limit.
//! `--results FILE [GENERATED]` writes the hash of each output, as the other runners do.

use sam_conformance::calls::{cut, read, run};
use sam_conformance::generate::{packs, records};
use sam_conformance::hostile::cases;
use sam_conformance::hostile_packs;
use sam_conformance::{catalogue, pack_documents, tables, vectors};
use sam_eurometropole::Rulebook;
use sam_eurometropole::breakage::{self, Breakage};
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::decide_text;
use sam_eurometropole::json::Json;
use sam_eurometropole::pack::{self, Pack};
use sam_eurometropole::schema;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => check(),
        ["--prepare", file] => prepare(file, None),
        ["--prepare", file, "--shuffle", seed] => number(seed).and_then(|seed| prepare(file, Some(seed))),
        ["--generated", seed, count, file] => generated(seed, count, file),
        ["--oracle", seed, count, folder] => oracle(seed, count, folder, true),
        ["--oracle", seed, count, folder, "random"] => oracle(seed, count, folder, false),
        ["--oracle", seed, count, folder, "broken"] => {
            breakage::set(Breakage::DaysOneOff);
            oracle(seed, count, folder, true)
        }
        ["--tables", rows] => number(rows).and_then(|rows| tables(rows, &Role::ALL, true)),
        ["--tables", rows, record] => match Role::parse(record) {
            Some(role) => number(rows).and_then(|rows| tables(rows, &[role], false)),
            None => Err(format!("no record `{record}`")),
        },
        ["--hostile"] => hostile(),
        ["--bless", file] => bless(file),
        ["--results", file] => results(file, None),
        ["--results", file, inputs] => results(file, Some(inputs)),
        ["--schemas", folder] => schemas(folder),
        _ => Err("see the head of tests/src/bin/vectors.rs for what can be asked".to_owned()),
    };
    match done {
        Ok(said) => {
            let _ = writeln!(std::io::stdout(), "{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}

fn tables(rows: u64, roles: &[Role], cases: bool) -> Result<String, String> {
    let rows = usize::try_from(rows).map_err(|error| error.to_string())?;
    let on = Date::parse("2024-05-15").map_err(|error| error.to_string())?;
    let mut told = Vec::new();
    for role in roles.iter().copied() {
        let seen = tables::check_law(role, rows, 7, on)?;
        told.push(format!(
            "{}: {} rows, {} codes, {} types of array",
            role.as_str(),
            seen.rows,
            seen.codes.len(),
            seen.types.len()
        ));
    }
    if cases {
        let seen = tables::decide_law(rows, 8, on)?;
        told.push(format!("{} cases: {:?}", seen.rows, seen.codes));
    }
    Ok(told.join("\n"))
}

/// How long each hostile input takes to meet its limit.
fn hostile() -> Result<String, String> {
    let on = Date::parse("2024-05-15").map_err(|error| error.to_string())?;
    let mut told = Vec::new();
    for case in cases() {
        let input = (case.make)();
        let begun = Instant::now();
        let codes = input.codes(on);
        let took = begun.elapsed().as_millis();
        if !codes.iter().any(|code| code == case.wanted) {
            return Err(format!("{}: {codes:?}", case.name));
        }
        told.push(format!("{took:>6} ms  {}: {}", case.name, case.wanted));
    }
    for case in hostile_packs::cases() {
        let text = case.text();
        let begun = Instant::now();
        let codes = case.codes(&text);
        let took = begun.elapsed().as_millis();
        if !case.is_met(&codes) {
            return Err(format!("{}: {:?}", case.name, codes.iter().take(9).collect::<Vec<_>>()));
        }
        told.push(format!(
            "{took:>6} ms  pack of {} bytes: {}: {}",
            text.len(),
            case.name,
            case.wanted.unwrap_or("loads")
        ));
    }
    Ok(told.join("\n"))
}

fn save(file: &str, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("{file}: {error}"))
}

fn check() -> Result<String, String> {
    let all = vectors::load()?;
    let wrong: Vec<String> = all.iter().filter_map(|vector| vector.check().err()).collect();
    if wrong.is_empty() { Ok(format!("{} vectors hold in Rust", all.len())) } else { Err(wrong.join("\n")) }
}

fn prepare(file: &str, seed: Option<u64>) -> Result<String, String> {
    let all = vectors::load()?;
    let lines: Result<Vec<String>, String> = all.iter().map(|vector| vectors::line(vector, seed)).collect();
    let lines = lines?;
    save(file, &format!("{}\n", lines.join("\n")))?;
    Ok(format!("{} vectors written", lines.len()))
}

/// Rust on the prepared lines: every output is the expected one.
fn results(file: &str, inputs: Option<&str>) -> Result<String, String> {
    let mut out = Vec::new();
    for vector in vectors::load()? {
        out.push((vector.id.clone(), Json::from(vectors::hash(&vector.check()?))));
    }
    if let Some(inputs) = inputs {
        let text = fs::read_to_string(inputs).map_err(|error| format!("{inputs}: {error}"))?;
        let mut all = String::new();
        for line in text.lines() {
            let line = read(line)?;
            let call = line.get("call").and_then(Json::as_str).unwrap_or_default();
            // The hash of hashes: all outputs together are longer than a text of JavaScript may be.
            all.push_str(&vectors::hash(&run(call, line.get("input").unwrap_or(&Json::Null))?));
            all.push('\n');
        }
        out.push(("generated".to_owned(), Json::from(vectors::hash(&all))));
    }
    let count = out.len();
    save(file, &Json::Object(out).to_canonical())?;
    Ok(format!("{count} hashes written"))
}

fn generated(seed: &str, count: &str, file: &str) -> Result<String, String> {
    let (seed, count) = (number(seed)?, number(count)?);
    let mut writer = records::Writer::new(Rulebook::embedded(), seed);
    let mut out = String::new();
    for index in 0..count {
        let text = writer.case(index % 2 == 1);
        let input =
            Json::object([("on", Json::from(packs::ON)), ("text", Json::from(text)), ("values", Json::Bool(true))]);
        let line =
            Json::object([("id", Json::from(index.to_string())), ("call", Json::from("decide")), ("input", input)]);
        let _ = writeln!(out, "{}", line.to_canonical());
    }
    save(file, &out)?;
    Ok(format!("{count} cases written"))
}

fn oracle(seed: &str, count: &str, folder: &str, records: bool) -> Result<String, String> {
    let (seed, count) = (number(seed)?, number(count)?);
    fs::create_dir_all(folder).map_err(|error| format!("{folder}: {error}"))?;
    let book = Rulebook::embedded();
    save(&format!("{folder}/catalogue.json"), &catalogue::document(book).to_canonical())?;
    let (checks, rules): (Vec<_>, Vec<_>) = book.packs().partition(|pack| pack.id.starts_with("checks."));
    let documents = |packs: Vec<&Pack>| packs.into_iter().map(|pack| pack.document.clone()).collect::<Vec<_>>();
    let (checks, rules) = (documents(checks), documents(rules));
    save(&format!("{folder}/checks.json"), &Json::List(checks).to_canonical())?;
    save(&format!("{folder}/packs.json"), &Json::List(rules).to_canonical())?;
    let mut out = String::new();
    let mut drawer = packs::Drawer::new(seed);
    let mut writer = records::Writer::new(book, seed);
    let on = Date::parse(packs::ON).map_err(|error| error.to_string())?;
    for index in 0..count {
        let (packs, case, decision) = if records && index % 4 == 0 {
            // The rulebook's own packs on generated records. Those that are no JSON belong to the reader's tests.
            let Ok(case) = read(&writer.case(index % 8 > 3)) else { continue };
            let decision = cut(decide_text(book, &case.to_canonical(), on).to_json(true));
            (Json::Null, case, decision)
        } else {
            let pair = drawer.pair();
            let decision = engine(book, &pair.packs, &pair.case, on)?;
            (Json::List(pair.packs), pair.case, decision)
        };
        let line = Json::object([
            ("id", Json::from(index.to_string())),
            ("packs", packs),
            ("case", case),
            ("on", Json::from(on.to_string())),
            ("decision", decision),
        ]);
        let _ = writeln!(out, "{}", line.to_canonical());
    }
    save(&format!("{folder}/cases.ndjson"), &out)?;
    Ok(format!("{count} pairs written"))
}

/// What the engine says with these packs and none of its own but the checks.
fn engine(book: &Rulebook, packs: &[Json], case: &Json, on: Date) -> Result<Json, String> {
    let mut book = book.only_checks();
    for pack in packs {
        book = book.with_pack_json(&pack.to_canonical(), true).map_err(|error| match error {
            sam_eurometropole::rulebook::AddError::Problems(problems) => {
                format!(
                    "{}\n{}",
                    pack.to_canonical(),
                    problems.iter().map(|p| p.to_json().to_canonical()).collect::<String>()
                )
            }
            other => other.to_string(),
        })?;
    }
    Ok(cut(decide_text(&book, &case.to_canonical(), on).to_json(true)))
}

fn bless(file: &str) -> Result<String, String> {
    let path = vectors::folder().join(file);
    let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
    let list = read(&text)?;
    let mut out = String::from("[\n");
    let vectors = list.as_list().unwrap_or_default();
    for (index, vector) in vectors.iter().enumerate() {
        let blessed = blessed(vector)?;
        let comma = if index + 1 < vectors.len() { "," } else { "" };
        let _ = writeln!(out, "  {}{comma}", blessed.to_canonical());
    }
    out.push_str("]\n");
    fs::write(&path, out).map_err(|error| error.to_string())?;
    Ok(format!("{} expectations written: read them", vectors.len()))
}

/// A vector with what the engine says now. One that names members keeps to those members.
fn blessed(vector: &Json) -> Result<Json, String> {
    let call = vector.get("call").and_then(Json::as_str).unwrap_or_default();
    let output = read(&run(call, vector.get("input").unwrap_or(&Json::Null))?)?;
    let mut members: Vec<(String, Json)> = vector.as_object().unwrap_or_default().to_vec();
    match vector.get("expect_members") {
        None => {
            members.retain(|(name, _)| name != "expect");
            members.push(("expect".to_owned(), output));
        }
        Some(named) => {
            let names = named.as_object().unwrap_or_default();
            let now = names.iter().map(|(name, _)| (name.clone(), vectors::member(&output, name)));
            let now = Json::Object(now.collect());
            members.retain(|(name, _)| name != "expect_members");
            members.push(("expect_members".to_owned(), now));
        }
    }
    Ok(Json::Object(members))
}

fn schemas(folder: &str) -> Result<String, String> {
    fs::create_dir_all(folder).map_err(|error| format!("{folder}: {error}"))?;
    for role in Role::ALL {
        save(&format!("{folder}/{}.json", role.as_str()), &schema::text(role, Rulebook::embedded()))?;
    }
    save(&format!("{folder}/pack.json"), &pack::schema::text(Rulebook::embedded()))?;
    let mut packs = String::new();
    for document in pack_documents::all()? {
        let members = [("id", Json::from(document.id)), ("data", document.data), ("fits", Json::Bool(document.fits))];
        let _ = writeln!(packs, "{}", Json::object(members).to_canonical());
    }
    save(&format!("{folder}/packs.ndjson"), &packs)?;
    Ok("schemas written".to_owned())
}
