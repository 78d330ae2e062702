//! The data of the bench: made-up participants and figures, the same in every run, one in ten with a fault.
//!
//! A number of rows enters; lines of JSON leave.

mod arrow;

use crate::common::arrow::Kind;
use crate::common::dice::Dice;
use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::taxonomy::{Aggregation, Indicator};
use sam_eurometropole::territory::System;

/// The day on which everything is checked.
pub(crate) const ON: &str = "2026-06-01";

/// One row in so many has a fault.
const FAULT: u64 = 10;

/// What belongs together on one side of the border.
struct Side {
    communes: [&'static str; 3],
    partners: [&'static str; 2],
    benefits: [&'static str; 3],
    /// A benefit that did not exist before 2002.
    minimum_income: &'static str,
    register: &'static str,
    sources: [&'static str; 2],
}

const SIDES: [Side; 3] = [
    Side {
        communes: ["FR-59350", "FR-59512", "FR-59599"],
        partners: ["ccas_lille", "ccas_roubaix"],
        benefits: ["fr_rsa", "fr_ass", "fr_aah"],
        minimum_income: "fr_rsa",
        register: "fr_france_travail",
        sources: ["fr_insee", "fr_caf"],
    },
    Side {
        communes: ["BE-57096", "BE-57081", "BE-57096"],
        partners: ["cpas_mouscron", "cpas_tournai"],
        benefits: ["be_ri", "be_equivalent_aid", "be_unemployment"],
        minimum_income: "be_ri",
        register: "be_forem",
        sources: ["be_statbel", "be_wal_iweps"],
    },
    Side {
        communes: ["BE-34022", "BE-34027", "BE-34022"],
        partners: ["ocmw_kortrijk", "ocmw_menen"],
        benefits: ["be_ri", "be_arr", "be_unemployment"],
        minimum_income: "be_ri",
        register: "be_vdab",
        sources: ["be_statbel", "be_vlg_statistiek_vlaanderen"],
    },
];

/// The columns of a record as a table.
pub(crate) fn columns(role: Role) -> &'static [(&'static str, Kind)] {
    if role == Role::Participant { arrow::PARTICIPANT } else { arrow::OBSERVATION }
}

/// Lines of JSON, one record each.
pub(crate) fn lines(book: &Rulebook, role: Role, rows: usize) -> Vec<String> {
    let mut dice = Dice(0x5eed_0148);
    let indicators = indicators(book);
    let line = |row| match role {
        Role::Participant => participant(row, &mut dice),
        _ => observation(&indicators, &mut dice),
    };
    (0..rows).map(line).collect()
}

fn participant(row: usize, dice: &mut Dice) -> String {
    let fault = if dice.below(FAULT) == 0 { dice.below(7) + 1 } else { 0 };
    let side = side(dice);
    let birth = match fault {
        1 => format!("{:02}/{:02}/{}", 1 + dice.below(28), 1 + dice.below(12), 1960 + dice.below(45)),
        2 => dice.day(2027, 3),
        _ => dice.day(1960, 45),
    };
    let gender = if fault == 3 { "W" } else { dice.pick(&["F", "M", "X"]) };
    let benefits = (0..dice.below(2) + u64::from((4..=5).contains(&fault))).map(|_| {
        let (since, until) = (dice.day(2016, 6), dice.day(2024, 3));
        let (since, until) = if fault == 5 { (until, since) } else { (since, until) };
        let since = if fault == 4 { dice.day(1998, 3) } else { since };
        let benefit = if fault == 4 { side.minimum_income } else { dice.pick(&side.benefits) };
        let until = if fault == 5 || dice.below(3) == 0 { format!(r#","until":"{until}""#) } else { String::new() };
        format!(r#"{{"benefit":"{benefit}","since":"{since}"{until}}}"#)
    });
    let benefits = benefits.collect::<Vec<_>>().join(",");
    let jobseeker = match dice.below(3) {
        0 => r#"{"registered":false}"#.to_owned(),
        _ => format!(r#"{{"registered":true,"register":"{}","since":"{}"}}"#, side.register, dice.day(2020, 6)),
    };
    let languages = (0..1 + dice.below(2)).map(|place| {
        let level = dice.pick(&["A1", "A2", "B1", "B2", "C1", "native"]);
        let language = dice.pick(&["fr", "nl", "en", "ar", "pl", "tr"]);
        let name = if fault == 6 && place == 0 { String::new() } else { format!(r#""language":"{language}","#) };
        format!(r#"{{{name}"level":"{level}"}}"#)
    });
    let languages = languages.collect::<Vec<_>>().join(",");
    let count = if fault == 7 { 19 + dice.below(20) } else { dice.below(4) };
    format!(
        r#"{{"id":"P-{row:07}","birth_date":"{birth}","gender":"{gender}","residence":"{}","supported_by":"{}","benefits":[{benefits}],"jobseeker":{jobseeker},"education_level":"{}","languages":[{languages}],"level1_count":{count},"keep_until":"{}"}}"#,
        dice.pick(&side.communes),
        dice.pick(&side.partners),
        dice.below(9),
        dice.day(2027, 4),
    )
}

/// Shares in per cent that every side has by commune.
fn indicators(book: &Rulebook) -> Vec<&Indicator> {
    let everywhere = |indicator: &&Indicator| {
        [System::Fr, System::BeWal, System::BeVlg]
            .into_iter()
            .all(|side| indicator.lowest(side) == Some("COM") && indicator.censored_at(side).is_none())
    };
    let share = |indicator: &&Indicator| {
        indicator.unit() == "PC"
            && indicator.range() == (0.0, Some(100.0))
            && indicator.per().is_some()
            && indicator.aggregation() == Aggregation::RatioOfSums
    };
    book.taxonomy().indicators().iter().filter(everywhere).filter(share).collect()
}

fn observation(indicators: &[&Indicator], dice: &mut Dice) -> String {
    let fault = if dice.below(FAULT) == 0 { dice.below(6) + 1 } else { 0 };
    let side = side(dice);
    let place = usize::try_from(dice.below(indicators.len() as u64)).unwrap_or_default();
    let Some(indicator) = indicators.get(place) else { return String::new() };
    let code = if fault == 1 { "POV99" } else { indicator.code() };
    let unit = if fault == 2 { "NR" } else { indicator.unit() };
    let denominator = 400 + dice.below(40_000);
    let numerator = dice.below(denominator);
    let share = (numerator as f64 / denominator as f64 * 1000.0).round() / 10.0;
    let value = if fault == 3 { 100.5 + share } else { share };
    let status = if fault == 4 { dice.pick(&["M", "L", "O"]) } else { dice.pick(&["A", "A", "P", "E"]) };
    // A rate is judged too, so a value out of range comes without what it was computed from.
    let parts = match fault {
        3 => String::new(),
        5 => format!(r#","numerator":{numerator},"denominator":0"#),
        _ => format!(r#","numerator":{numerator},"denominator":{denominator}"#),
    };
    let other = SIDES.iter().find(|other| other.register != side.register).unwrap_or(side);
    let [_, national] = if fault == 6 { other.sources } else { side.sources };
    let [shared, _] = side.sources;
    let source = if fault == 6 || dice.below(2) == 0 { national } else { shared };
    let sex = match (indicator.breakdowns().any(|name| name == "sex"), dice.below(3)) {
        (true, 0) => r#","breakdown":{"sex":"F"}"#,
        (true, 1) => r#","breakdown":{"sex":"M"}"#,
        _ => "",
    };
    let year = 2019 + dice.below(5);
    let period = match dice.below(4) {
        0 => format!("{year}-Q{}", 1 + dice.below(4)),
        1 => format!("{year}-{:02}", 1 + dice.below(12)),
        _ => year.to_string(),
    };
    format!(
        r#"{{"indicator":"{code}","territory":"{}","period":"{period}"{sex},"value":{value},"unit":"{unit}","obs_status":"{status}","source":"{source}"{parts},"vintage":{},"released_on":"{}","partner":"{}"}}"#,
        dice.pick(&side.communes),
        2019 + dice.below(7),
        dice.day(2024, 2),
        dice.pick(&side.partners),
    )
}

fn side(dice: &mut Dice) -> &'static Side {
    let [fr, wallonia, flanders] = &SIDES;
    match dice.below(3) {
        0 => fr,
        1 => wallonia,
        _ => flanders,
    }
}
