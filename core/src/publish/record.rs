//! The record of the producer: what was hidden and why. It must not be published.

use super::{At, Held, is_counted, told};
use crate::disclosure::Protection;
use crate::harmonise::Harmonised;
use crate::harmonise::request::breakdown_json;
use crate::json::Json;
use std::collections::BTreeMap;

/// The record of a dashboard: that of the release, what was held back beside it, and how many figures nobody could judge.
pub(super) fn of(all: &Harmonised<'_>, protection: &Protection<'_>, held: &Held<'_>) -> Json {
    let of_release = protection.record_json();
    let said = |name: &str| ["made_by", "release", "passed"].contains(&name);
    let members = of_release.as_object().unwrap_or_default().iter().filter(|(name, _)| !said(name));
    Json::object([
        ("made_by", all.book.made_by(&[])),
        ("passed", Json::Bool(protection.passed())),
        ("release", Json::Object(members.cloned().collect())),
        ("held", held.iter().map(|(at, why)| cell(all, *at, why.as_str())).collect()),
        ("not_judged", not_judged(all, held)),
    ])
}

fn cell(all: &Harmonised<'_>, (series, period, place): At<'_>, why: &str) -> Json {
    let of = all.series.get(series);
    Json::object([
        ("indicator", of.map_or(Json::Null, |of| Json::from(of.indicator.code()))),
        ("breakdown", of.map_or(Json::Null, |of| breakdown_json(&of.breakdown))),
        ("period", all.periods.get(period).map_or(Json::Null, |(text, _)| Json::from(text.as_str()))),
        ("place", Json::from(place)),
        ("why", Json::from(why)),
    ])
}

/// Figures that were passed on because their producer answers for them: how many, by indicator.
fn not_judged(all: &Harmonised<'_>, held: &Held<'_>) -> Json {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, series) in all.series.iter().enumerate() {
        for cell in series.all().filter(|cell| cell.value.is_ok()) {
            let is_open = told(series, cell).is_none() && (is_counted(series.indicator) || cell.counts().1.is_none());
            if is_open && !held.contains_key(&(at, cell.period, cell.place)) {
                *counts.entry(series.indicator.code()).or_default() += 1;
            }
        }
    }
    let count = |(indicator, figures): (&str, usize)| {
        Json::object([("indicator", Json::from(indicator)), ("figures", Json::from(figures))])
    };
    counts.into_iter().map(count).collect()
}
