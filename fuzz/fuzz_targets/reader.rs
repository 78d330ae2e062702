//! Any text as a record and as a case: it is read, checked, decided and told in every language without a panic, its outputs are canonical,
//! and text and values say the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::decide_value;
use sam_eurometropole::json::{Json, parse};
use sam_eurometropole::message::Lang;
use sam_eurometropole::reader::Value;
use sam_eurometropole::{Rulebook, check_text, check_value, decide_text, decide_texts};

// The rulebook is loaded before the first input, which it would make a slow one.
fuzz_target!(init: { let _ = Rulebook::embedded(); }, |text: &str| {
    let book = Rulebook::embedded();
    let on = Date::parse("2024-05-15").unwrap();
    // The same tree as values of a host, where the text is JSON that both can hold.
    let value = parse(text, 64).ok().map(|json| Value::from(&json));
    for role in Role::ALL {
        let report = check_text(book, role, text, on);
        Lang::ALL.map(|lang| report.to_text(lang, true));
        let told = canonical(&report.to_json(true));
        if let Some(value) = &value {
            assert_eq!(told, canonical(&check_value(book, role, value, on).to_json(true)));
        }
    }
    let decision = decide_text(book, text, on);
    Lang::ALL.map(|lang| decision.to_text(lang, true));
    let told = canonical(&decision.to_json(true));
    if let Some(value) = &value {
        assert_eq!(told, canonical(&decide_value(book, value, on).to_json(true)));
    }
    decide_texts(book, text, on);
});

/// The canonical text, which reads back as itself.
fn canonical(json: &Json) -> String {
    let text = json.to_canonical();
    assert_eq!(parse(&text, 128).unwrap().to_canonical(), text);
    text
}
