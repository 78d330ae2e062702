//! The complete run: national files as they come, read, checked, laid side by side, protected, told and drawn in three languages.
//!
//! `cargo run -p sam-examples --bin board` from the root of the repository; `examples/demo/board.json` says what is read and asked. A folder after it
//! gets the reports. The last line is the hash of everything that machines get, and of the reports; the same run in Python and in Node
//! prints the same one.

use sam_eurometropole::catalogue::Role;
use sam_eurometropole::dashboard::dashboard_text;
use sam_eurometropole::dataset::SetOf;
use sam_eurometropole::date::Date;
use sam_eurometropole::hash::sha256_hex;
use sam_eurometropole::json::{Json, parse};
use sam_eurometropole::message::Lang;
use sam_eurometropole::national::{self, Input, Options};
use sam_eurometropole::needs::completeness;
use sam_eurometropole::{Rulebook, limits};
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};
use std::path::PathBuf;

/// The languages and their codes.
const LANGUAGES: [(Lang, &str); 3] = [(Lang::Fr, "fr"), (Lang::Nl, "nl"), (Lang::En, "en")];

fn main() -> Result<(), Box<dyn Error>> {
    let book = Rulebook::embedded();
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let run = parse(&fs::read_to_string("examples/demo/board.json")?, limits::DEPTH)?;
    let text = |json: &Json, name: &str| json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let on = Date::parse(&text(&run, "on"))?;
    let mut out = stdout().lock();
    let (mut observations, mut everything) = (Vec::new(), String::new());
    for one in run.get("files").and_then(Json::as_list).unwrap_or_default() {
        let file = text(one, "file");
        let mapping = national::mapping(&text(one, "mapping"), book).ok_or("no such mapping")?;
        let bytes = fs::read(format!("examples/data/national/{file}"))?;
        let options = Options { name: Some(file.clone()), ..Options::on(on) };
        let read = national::read(book, &mapping, Input::Bytes(&bytes), &options);
        writeln!(out, "\n===== {file} =====\n{}", read.to_text(Lang::Fr))?;
        everything.push_str(&read.to_json().to_canonical());
        observations.extend(read.observations);
    }
    let observations = Json::List(observations).to_canonical();
    let part = |name: &str| run.get(name).map(Json::to_canonical).unwrap_or_default();
    let mut set = SetOf::new(book);
    set.add_text(Role::Observation, &observations);
    let report = set.check(on);
    writeln!(out, "\n===== check =====\n{}", report.to_text(Lang::Fr, false))?;
    let lacking = completeness(book, &observations, &part("expected"));
    let board = dashboard_text(book, &observations, &part("request"));
    let outputs = [&report.to_json(false), lacking.to_json(), &board.to_json(), &board.record_json()];
    outputs.into_iter().for_each(|json| everything.push_str(&json.to_canonical()));
    for (lang, code) in LANGUAGES {
        writeln!(out, "\n===== {code} =====\n{}\n{}", lacking.to_text(lang), board.to_text(lang))?;
        let report = board.to_html(lang, None).ok_or("no report")?;
        if let Some(folder) = &folder {
            fs::write(folder.join(format!("report.{code}.html")), &report)?;
        }
        everything.push_str(&report);
    }
    writeln!(out, "sha256 {}", sha256_hex(everything.as_bytes()))?;
    Ok(())
}
