//! Hostile inputs meet their limits, whatever door they come to; how long that takes is measured by `cargo xtask hostile`, never asserted.

use sam_conformance::hostile::cases;
use sam_eurometropole::date::Date;

#[test]
fn every_hostile_input_meets_its_limit() {
    let on = Date::parse("2024-05-15").unwrap();
    for case in cases() {
        let codes = (case.make)().codes(on);
        assert!(codes.iter().any(|code| code == case.wanted), "{}: {codes:?}", case.name);
    }
}
