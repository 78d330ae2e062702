//! Any text as a pack, in YAML and in JSON: it loads or gives its problems, each with a text; a pack that loads decides a case, runs its own
//! tests and gets its advice without a panic. Loading and advice agree on whether it loads.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sam_eurometropole::date::Date;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::run_tests;
use sam_eurometropole::rulebook::AddError;
use sam_eurometropole::{Rulebook, decide_text};

const CASE: &str = r#"{"participant": {"birth_date": "2008-02-29", "residence": "FR-69123"}, "placement": {"scheme": "fr_pmsmp",
    "start": "2024-05-02", "end": "2024-06-01", "host": {"country": "BE"}, "absent": {"tutor_named": "declined"}}}"#;

// The rulebook is loaded before the first input, which it would make a slow one.
fuzz_target!(init: { let _ = Rulebook::embedded(); }, |text: &str| {
    let book = Rulebook::embedded();
    let on = Date::parse("2024-04-22").unwrap();
    let doors = [
        (book.with_pack_yaml(text, true), book.lint_pack_yaml(text)),
        (book.with_pack_json(text, true), book.lint_pack_json(text)),
    ];
    for (added, advice) in doors {
        assert_eq!(added.is_ok(), advice.loads);
        Lang::ALL.map(|lang| advice.to_text(lang));
        advice.to_json().to_canonical();
        match added {
            Ok(more) => {
                decide_text(&more, CASE, on).to_text(Lang::Fr, true);
                more.packs().for_each(|pack| drop(run_tests(pack, &more)));
            }
            Err(AddError::Problems(problems)) => {
                assert!(!problems.is_empty());
                problems.iter().for_each(|problem| drop(Lang::ALL.map(|lang| problem.to_text(book.messages(), lang))));
            }
            Err(AddError::Taken(_)) => {}
        }
    }
});
