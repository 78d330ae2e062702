//! The limit: the rule of the bench written by hand, and nothing else.
//!
//! A line of JSON (typed structs by `serde_json`) or Arrow arrays enter, the outcome leaves. It knows no rulebook, looks at no other
//! field, finds nothing wrong in data and says neither why nor what is missing.

use crate::common::day::Day;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use sam_eurometropole::decision::Outcome;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case<'t> {
    #[serde(borrow)]
    placement: Placement<'t>,
    #[serde(borrow)]
    participant: Participant<'t>,
}

#[derive(Deserialize)]
struct Placement<'t> {
    scheme: Option<&'t str>,
    start: Option<Day>,
    end: Option<Day>,
    weekly_hours: Option<f64>,
    #[serde(default)]
    agreement: Agreement,
}

#[derive(Default, Deserialize)]
struct Agreement {
    #[serde(default)]
    signed_by: SignedBy,
}

#[derive(Default, Deserialize)]
struct SignedBy {
    legal_representative: Option<bool>,
}

#[derive(Deserialize)]
struct Participant<'t> {
    birth_date: Option<Day>,
    #[serde(borrow)]
    benefits: Option<Vec<Benefit<'t>>>,
}

#[derive(Deserialize)]
struct Benefit<'t> {
    benefit: &'t str,
}

/// What the rule reads.
struct Answers<'t> {
    scheme: Option<&'t str>,
    start: Option<i32>,
    end: Option<i32>,
    birth: Option<i32>,
    hours: Option<f64>,
    /// Whether one of the benefits is one of those wanted.
    benefit: Option<bool>,
    signed: Option<bool>,
}

/// The outcome of a line; none where it is no JSON.
pub(crate) fn line(line: &str) -> Option<Outcome> {
    let Case { placement, participant } = serde_json::from_str(line).ok()?;
    let day = |day: Option<Day>| day.and_then(|day| day.0);
    Some(decide(&Answers {
        scheme: placement.scheme,
        start: day(placement.start),
        end: day(placement.end),
        birth: day(participant.birth_date),
        hours: placement.weekly_hours,
        benefit: participant.benefits.map(|benefits| benefits.iter().any(|one| wanted(one.benefit))),
        signed: placement.agreement.signed_by.legal_representative,
    }))
}

fn wanted(benefit: &str) -> bool {
    matches!(benefit, "fr_rsa" | "fr_ass" | "fr_aah")
}

fn decide(answers: &Answers<'_>) -> Outcome {
    match answers.scheme {
        None => return Outcome::Undetermined,
        Some("fr_pmsmp") => {}
        Some(_) => return Outcome::NotCovered,
    }
    let age = answers.birth.zip(answers.start).map(|(birth, start)| age(birth, start));
    let minor = match (age, answers.signed) {
        (_, Some(true)) => Some(true),
        (Some(age), _) if age >= 18 => Some(true),
        (Some(_), Some(false)) => Some(false),
        _ => None,
    };
    let conditions = [
        answers.start.zip(answers.end).map(|(start, end)| end - start <= 30),
        age.map(|age| age >= 16),
        answers.hours.map(|hours| hours <= 48.0),
        answers.benefit,
        minor,
    ];
    if conditions.contains(&Some(false)) {
        Outcome::Refused
    } else if conditions.contains(&None) {
        Outcome::Undetermined
    } else {
        Outcome::Accepted
    }
}

/// Completed years; 29 February counts as 1 March in an ordinary year.
fn age(birth: i32, at: i32) -> i32 {
    (civil(at) - civil(birth)).div_euclid(10_000)
}

/// Year, month and day as one number, of days after 1 January 1970 (Howard Hinnant's `civil_from_days`).
fn civil(days: i32) -> i32 {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i32::from(month <= 2);
    year * 10_000 + month * 100 + day
}

/// The outcomes of all rows; none where a column is missing or of another type.
pub(crate) fn columns(batch: &RecordBatch, out: &mut Vec<Outcome>) -> Option<()> {
    let column = |name: &str| batch.column_by_name(name);
    let days = |name: &str| column(name)?.as_primitive_opt::<Date32Type>();
    let scheme = texts(column("placement.scheme"))?;
    let (start, end, birth) = (days("placement.start")?, days("placement.end")?, days("participant.birth_date")?);
    let hours = column("placement.weekly_hours")?.as_primitive_opt::<Float64Type>()?;
    let signed = column("placement.agreement.signed_by.legal_representative")?.as_boolean_opt()?;
    let benefits = column("participant.benefits")?.as_list_opt::<i32>()?;
    let benefit = texts(benefits.values().as_struct_opt()?.column_by_name("benefit"))?;
    let offset = |place: usize| benefits.value_offsets().get(place).and_then(|at| usize::try_from(*at).ok());
    for row in 0..batch.num_rows() {
        let mut elements = offset(row)?..offset(row + 1)?;
        out.push(decide(&Answers {
            scheme: scheme.is_valid(row).then(|| scheme.value(row)),
            start: start.is_valid(row).then(|| start.value(row)),
            end: end.is_valid(row).then(|| end.value(row)),
            birth: birth.is_valid(row).then(|| birth.value(row)),
            hours: hours.is_valid(row).then(|| hours.value(row)),
            benefit: benefits.is_valid(row).then(|| elements.any(|element| wanted(benefit.value(element)))),
            signed: signed.is_valid(row).then(|| signed.value(row)),
        }));
    }
    Some(())
}

fn texts(array: Option<&ArrayRef>) -> Option<&StringArray> {
    array?.as_string_opt::<i32>()
}
