//! A case with some of its fields, then with all of them: what was decided stays decided. Any JSON is a case; which fields it begins with hangs
//! on its text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::Outcome;
use sam_eurometropole::json::{Json, parse};
use sam_eurometropole::{Rulebook, decide_text};

// The rulebook is loaded before the first input, which it would make a slow one.
fuzz_target!(init: { let _ = Rulebook::embedded(); }, |text: &str| {
    let Ok(complete) = parse(text, 64) else { return };
    let on = Date::parse("2024-05-15").unwrap();
    let outcome = |case: &Json| decide_text(Rulebook::embedded(), &case.to_canonical(), on).outcome;
    let last = outcome(&complete);
    let mut left_out = text.bytes().fold(0x9e37_79b9_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    for _ in 0..4 {
        let first = outcome(&partial(&complete, 0, &mut left_out));
        assert!(first == Outcome::Undetermined || first == last, "{first:?} became {last:?}");
    }
});

/// Without about half of its fields. A list is complete, and so is what it holds; a record itself stays.
fn partial(json: &Json, depth: usize, left_out: &mut u64) -> Json {
    let Some(members) = json.as_object() else { return json.clone() };
    let kept = members.iter().filter(|_| depth == 0 || next(left_out));
    let kept: Vec<(String, Json)> = kept.cloned().collect();
    Json::Object(kept.into_iter().map(|(name, value)| (name, partial(&value, depth + 1, left_out))).collect())
}

fn next(state: &mut u64) -> bool {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 63 == 1
}
