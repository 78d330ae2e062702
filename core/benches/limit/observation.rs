//! The limit for an `observation` of a commune.

use super::{Day, Found, Map, Sink, Tables, same_system};
use crate::common::day::days;
use sam_eurometropole::Rulebook;
use sam_eurometropole::taxonomy::Aggregation;
use sam_eurometropole::territory::System;
use serde::Deserialize;

#[derive(Default, Deserialize)]
pub(crate) struct Observation<'t> {
    pub(crate) indicator: Option<&'t str>,
    pub(crate) territory: Option<&'t str>,
    pub(crate) period: Option<&'t str>,
    #[serde(default, borrow)]
    pub(crate) breakdown: Breakdown<'t>,
    pub(crate) value: Option<f64>,
    pub(crate) unit: Option<&'t str>,
    pub(crate) obs_status: Option<&'t str>,
    pub(crate) source: Option<&'t str>,
    pub(crate) numerator: Option<f64>,
    pub(crate) denominator: Option<f64>,
    pub(crate) vintage: Option<i64>,
    pub(crate) released_on: Option<Day>,
    pub(crate) partner: Option<&'t str>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Breakdown<'t> {
    pub(crate) sex: Option<&'t str>,
}

/// An indicator, as far as a figure of a commune is checked by it.
pub(crate) struct Indicator<'b> {
    unit: &'b str,
    per: Option<f64>,
    min: f64,
    max: f64,
    by_sex: bool,
    is_rate: bool,
    /// For each side: what is wrong with a figure of a commune, and the floor value.
    sides: [(&'static str, Option<f64>); 3],
}

/// All indicators.
pub(crate) fn indicators(book: &Rulebook) -> Map<'_, Indicator<'_>> {
    let rank = |code: &str| book.taxonomy().level(code).map_or(0, |level| level.rank());
    let commune = rank("COM");
    let side = |indicator: &sam_eurometropole::taxonomy::Indicator, side: System| {
        let standing = match (indicator.lowest(side), indicator.partial(side)) {
            (None, _) => "observation.not_available",
            (Some(lowest), _) if rank(lowest) <= commune => "",
            (_, Some(partial)) if rank(partial) <= commune => "observation.level_partial",
            _ => "observation.level",
        };
        (standing, indicator.censored_at(side))
    };
    let entry = |indicator| {
        let (min, max) = sam_eurometropole::taxonomy::Indicator::range(indicator);
        let sides = [System::Fr, System::BeWal, System::BeVlg].map(|system| side(indicator, system));
        let is_rate = indicator.aggregation() == Aggregation::RatioOfSums;
        let by_sex = indicator.breakdowns().any(|name| name == "sex");
        let max = max.unwrap_or(f64::INFINITY);
        (indicator.code(), Indicator { unit: indicator.unit(), per: indicator.per(), min, max, by_sex, is_rate, sides })
    };
    book.taxonomy().indicators().iter().map(entry).collect()
}

/// The findings of a line.
pub(crate) fn line(tables: &Tables<'_>, row: usize, line: &str, found: &mut Vec<Found>) {
    match serde_json::from_str(line) {
        Ok(record) => check(tables, row, &record, found),
        Err(_) => found.push((row, "input.syntax", String::new())),
    }
}

/// The findings of a record.
pub(crate) fn check(tables: &Tables<'_>, row: usize, record: &Observation<'_>, found: &mut Vec<Found>) {
    let mut sink = Sink { row, found };
    let today = Some(tables.on);
    sink.required(record.indicator.is_some(), "indicator");
    sink.required(record.period.is_some(), "period");
    sink.required(record.unit.is_some(), "unit");
    sink.required(record.source.is_some(), "source");
    let indicator = record.indicator.and_then(|code| tables.indicators.get(code));
    if record.indicator.is_some() && indicator.is_none() {
        sink.add("code.unknown", "indicator");
    }
    if record.vintage.is_some_and(|year| !(1900..=2199).contains(&year)) {
        sink.add("value.out_of_range", "vintage");
    }
    let vintage = record.vintage.and_then(|year| i32::try_from(year).ok()).map(|year| days(year, 1, 1));
    let commune = sink.commune(tables, record.territory, vintage, "territory");
    if record.territory.is_none() {
        sink.add("observation.place_missing", "territory,area");
    }
    sink.code(&tables.sex, record.breakdown.sex, today, || "breakdown.sex".to_owned());
    let unit = sink.code(&tables.unit, record.unit, today, || "unit".to_owned()).and(record.unit);
    let status = sink.code(&tables.status, record.obs_status, today, || "obs_status".to_owned());
    let source = sink.code(&tables.provider, record.source, today, || "source".to_owned());
    let partner = sink.code(&tables.partner, record.partner, today, || "partner".to_owned());
    if record.denominator.is_some_and(|number| number < 0.0) {
        sink.add("value.out_of_range", "denominator");
    }
    let without_value = status.is_some_and(|status| status.no_value);
    match record.value {
        Some(_) if without_value => sink.add("observation.status_without_value", "value,obs_status"),
        None if !without_value => sink.add("observation.value_missing", "value,obs_status"),
        _ => {}
    }
    time(tables, record, &mut sink);
    if let Some(indicator) = indicator {
        figure(record, indicator, unit, commune.and_then(|commune| commune.system), without_value, &mut sink);
    }
    if record.value.is_some() && record.denominator.is_some_and(|number| number.to_bits() == 0) {
        sink.add("observation.zero_denominator", "value,denominator");
    }
    if source.zip(commune).is_some_and(|(source, commune)| !same_system(source, commune)) {
        sink.add("observation.national_source", "source,territory");
    }
    if partner.zip(commune).is_some_and(|(partner, commune)| !same_system(partner, commune)) {
        sink.add("observation.partner_elsewhere", "partner,territory");
    }
}

fn time(tables: &Tables<'_>, record: &Observation<'_>, sink: &mut Sink<'_>) {
    let released = sink.day(record.released_on, || "released_on".to_owned());
    let Some(text) = record.period else { return };
    let Some((first, last)) = period(text) else { return sink.add("text.form", "period") };
    if record.obs_status == Some("F") {
        return;
    }
    if tables.on < first {
        sink.add("observation.future_period", "period");
    }
    if released.is_some_and(|day| day <= last) {
        sink.add("observation.released_early", "released_on,period");
    }
}

/// First and last day of a year, half-year, quarter or month: the forms of the data.
fn period(text: &str) -> Option<(i32, i32)> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: i32 = year.parse().ok().filter(|year| (1900..=2199).contains(year))?;
    let (month, count) = match rest.as_bytes() {
        [] => (1, 12),
        [b'-', b'S', half @ b'1'..=b'2'] => (1 + 6 * i32::from(half - b'1'), 6),
        [b'-', b'Q', quarter @ b'1'..=b'4'] => (1 + 3 * i32::from(quarter - b'1'), 3),
        [b'-', tens @ b'0'..=b'1', ones @ b'0'..=b'9'] => (10 * i32::from(tens - b'0') + i32::from(ones - b'0'), 1),
        _ => return None,
    };
    let next = month + count;
    let after = if next > 12 { days(year + 1, next - 12, 1) } else { days(year, next, 1) };
    (1..=12).contains(&month).then(|| (days(year, month, 1), after - 1))
}

fn figure(
    record: &Observation<'_>,
    indicator: &Indicator<'_>,
    unit: Option<&str>,
    system: Option<&str>,
    without_value: bool,
    sink: &mut Sink<'_>,
) {
    if record.breakdown.sex.is_some_and(|sex| sex != "_T") && !indicator.by_sex {
        sink.add("observation.breakdown", "breakdown.sex");
    }
    let [fr, wallonia, flanders] = indicator.sides;
    let (standing, floor) = match system {
        Some("FR") => fr,
        Some("BE-WAL") => wallonia,
        Some("BE-VLG") => flanders,
        _ => ("", None),
    };
    if !without_value && !standing.is_empty() {
        sink.add(standing, "indicator,territory");
    }
    if unit.is_some_and(|unit| unit != indicator.unit) {
        return sink.add("observation.unit", "unit");
    }
    if let Some(value) = record.value {
        if value < indicator.min || value > indicator.max {
            sink.add("observation.range", "value");
        }
        let is_floor = floor.is_some_and(|floor| floor.to_bits() == value.to_bits());
        if is_floor && record.obs_status != Some("left_censored") && !without_value {
            sink.add("observation.left_censored", "value,obs_status");
        }
    }
    let quotient = match (indicator.per, record.numerator, record.denominator) {
        (Some(per), Some(numerator), Some(denominator)) if denominator > 0.0 => numerator / denominator * per,
        _ => return,
    };
    if quotient > indicator.max {
        sink.add("observation.numerator", "numerator,denominator");
    } else if let Some(value) = record.value.filter(|value| indicator.is_rate && is_apart(*value, quotient)) {
        let _ = value;
        sink.add("observation.rate", "value,numerator,denominator");
    }
}

/// Whether a value and its quotient differ by more than one unit of the last decimal written.
fn is_apart(value: f64, quotient: f64) -> bool {
    let scales = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5];
    let scale = scales.into_iter().find(|scale| ((value * scale).round() / scale).to_bits() == value.to_bits());
    let scale = scale.unwrap_or(1e6);
    (value - quotient).abs() * scale > 1.0 + 5e-7
}
