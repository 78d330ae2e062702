//! The main job: read three partners' placements, decide each, and tell each partner in its own language what to do.
//!
//! `cargo run -p sam-examples` from the root of the repository. The last line is the hash of all decisions as JSON; the same job in
//! Python and in Node prints the same one.

use sam_eurometropole::date::Date;
use sam_eurometropole::hash::sha256_hex;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::{Rulebook, decide_texts};
use std::fs;
use std::io::{Write, stdout};

/// The partners, the language of each, and the file it sent.
const PARTNERS: [(&str, Lang, &str); 3] = [
    ("CCAS de Roubaix", Lang::Fr, "ccas_roubaix"),
    ("CPAS de Mouscron", Lang::Fr, "cpas_mouscron"),
    ("OCMW Menen", Lang::Nl, "ocmw_menen"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let book = Rulebook::embedded();
    let on = Date::parse("2024-04-22")?;
    let mut out = stdout().lock();
    let mut everything = String::new();
    for (partner, lang, file) in PARTNERS {
        let text = fs::read_to_string(format!("examples/data/{file}.json"))?;
        writeln!(out, "\n===== {partner} =====")?;
        let decisions = decide_texts(book, &text, on);
        for (index, decision) in decisions.iter().enumerate() {
            writeln!(out, "\n--- {} ---\n{}", index + 1, decision.to_text(lang, false))?;
        }
        let all: Json = decisions.iter().map(|decision| decision.to_json(false)).collect();
        everything.push_str(&all.to_canonical());
    }
    writeln!(out, "sha256 {}", sha256_hex(everything.as_bytes()))?;
    Ok(())
}
