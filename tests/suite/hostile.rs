//! Hostile inputs meet their limits, whatever door they come to; how long that takes is measured by `cargo xtask hostile`, never asserted.

use sam_conformance::hostile::cases;
use sam_conformance::hostile_packs;
use sam_eurometropole::date::Date;
use std::time::{Duration, Instant};

#[test]
fn every_hostile_input_meets_its_limit() {
    let on = Date::parse("2024-05-15").unwrap();
    for case in cases() {
        let codes = (case.make)().codes(on);
        assert!(codes.iter().any(|code| code == case.wanted), "{}: {codes:?}", case.name);
    }
}

#[test]
fn every_hostile_pack_meets_its_limit() {
    for case in hostile_packs::cases() {
        let text = case.text();
        let begun = Instant::now();
        let codes = case.codes(&text);
        // No measure, but what grows with the square or the power of its input does not end by then.
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", case.name);
        assert!(case.is_met(&codes), "{}: {codes:?}", case.name);
    }
}
