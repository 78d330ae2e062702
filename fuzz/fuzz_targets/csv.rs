//! Any bytes as CSV and as lines of JSON: a table is read, checked, decided and told without a panic; each row has its line; a line of JSON is
//! judged as if it had come alone. The first byte says which record the rows are.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::message::Lang;
use sam_eurometropole::table::csv::{CsvOptions, check_csv, decide_csv};
use sam_eurometropole::table::{check_ndjson, decide_ndjson};
use sam_eurometropole::{Rulebook, check_text};

// The rulebook is loaded before the first input, which it would make a slow one.
fuzz_target!(init: { let _ = Rulebook::embedded(); }, |bytes: &[u8]| {
    let book = Rulebook::embedded();
    let on = Date::parse("2024-05-15").unwrap();
    let options = CsvOptions::default();
    let Some((first, bytes)) = bytes.split_first() else { return };
    let role = Role::ALL[usize::from(*first) % Role::ALL.len()];
    let report = check_csv(book, role, bytes, &options, on);
    assert_eq!(report.lines.len(), report.rows.len());
    assert!(report.lines.is_sorted());
    let _ = Lang::ALL.map(|lang| report.to_text(lang, true));
    let _ = report.to_json_lines(true);
    decide_csv(book, bytes, &options, on).iter().for_each(drop);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let report = check_ndjson(book, role, text, on);
        let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').collect();
        for (row, line) in report.lines.iter().enumerate() {
            let alone = check_text(book, role, lines[line - 1], on);
            assert_eq!(report.row_json(row, true), alone.to_json(true));
        }
        decide_ndjson(book, text, on).iter().for_each(drop);
    }
});
