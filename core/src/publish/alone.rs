//! Figures that no release can say in whole numbers: means, medians, indices, amounts, distinct persons, rates without counts.
//!
//! Each is judged by itself, by how many stand behind it if that is given. A figure of a partner's own of which nobody says so is held back; one of a
//! producer of statistics is passed on, since the producer protected it. What is held back takes all figures with it that hold it, so that
//! nothing can be subtracted; but a median or an index of the whole tells nothing of its parts.

use super::ask::Protect;
use super::places::Places;
use super::release::{TELLING, rule};
use super::{At, CONFIDENTIAL, Held, Told, Why, is_counted, told};
use crate::disclosure::rules::Rule;
use crate::harmonise::{Absent, Cell, Harmonised, Series};
use crate::order;
use crate::taxonomy::Aggregation;
use std::collections::{BTreeMap, BTreeSet};

/// Sources that are no producers of statistics.
const OWN: [&str; 3] = ["other", "own", "partner"];

/// What is held back by itself, with all figures that hold it.
pub(super) fn held<'b>(all: &Harmonised<'b>, ask: &Protect<'b>, places: &Places<'b>) -> Held<'b> {
    let mut held = Held::new();
    for (at, series) in all.series.iter().enumerate() {
        if ask.public.contains(&series.indicator.code()) {
            continue;
        }
        for cell in series.all().filter(|cell| cell.value.is_ok() || cell.value == Err(Absent::Hidden)) {
            let key = (at, cell.period, cell.place);
            match why(all, ask, series, cell) {
                Some(Why::Mixed) => {
                    held.insert(key, Why::Mixed);
                }
                // What is counted is protected by the release, with the sums that it is in.
                Some(Why::Producer) if told(series, cell).is_some() => {
                    held.insert(key, Why::Producer);
                }
                Some(why) => hold(all, places, key, why, &mut held),
                None => {}
            }
        }
    }
    held
}

fn why(all: &Harmonised<'_>, ask: &Protect<'_>, series: &Series<'_>, cell: &Cell<'_>) -> Option<Why> {
    match told(series, cell) {
        _ if cell.status == Some(CONFIDENTIAL) || cell.value.is_err() => return Some(Why::Producer),
        _ if cell.is_mixed => return Some(Why::Mixed),
        Some(_) => return None,
        None => {}
    }
    let sources: BTreeSet<&str> = order::set(cell.source);
    let rule = rule(all, ask, series.indicator.code(), &series.breakdown, &sources);
    match behind(series, cell, &rule) {
        Some((behind, least)) => {
            let is_few = behind < least as f64 && (behind > 0.0 || rule.zeros);
            is_few.then_some(Why::Few)
        }
        None => uncounted(series, cell, &rule),
    }
}

/// How many stand behind a figure, and how many have to.
fn behind(series: &Series<'_>, cell: &Cell<'_>, rule: &Rule) -> Option<(f64, i64)> {
    let (value, (count, of)) = (cell.value.ok()?, cell.counts());
    let indicator = series.indicator;
    match indicator.aggregation() {
        Aggregation::NonAdditiveDistinct => Some((value, rule.min_units)),
        Aggregation::Sum if is_counted(indicator) => Some((value, rule.min_units)),
        Aggregation::RatioOfSums if is_counted(indicator) => {
            let of_rate = of.zip(indicator.per()).map(|(of, per)| value * of / per);
            Some((count.or(of_rate)?, rule.min_units))
        }
        _ => Some((of?, rule.min_contributors)),
    }
}

/// Why a figure is held back of which nobody says how many stand behind it.
fn uncounted(series: &Series<'_>, cell: &Cell<'_>, rule: &Rule) -> Option<Why> {
    // What was put together here was judged by its parts; but those of a commune that others became are no figures here.
    if cell.is_computed() && !cell.is_commune {
        return None;
    }
    if cell.source.is_none_or(|source| OWN.contains(&source)) {
        return Some(Why::NotCounted);
    }
    let value = cell.value.ok().filter(|_| is_counted(series.indicator))?;
    let is_nobody = rule.zeros && value == 0.0;
    let is_all = rule.attribute && series.indicator.per() == Some(value);
    (is_nobody || is_all).then_some(Why::Everybody)
}

/// Holds a figure back, and those that hold it: the same for an area around it, or for more of the population.
fn hold<'b>(all: &Harmonised<'b>, places: &Places<'b>, (series, period, place): At<'b>, why: Why, held: &mut Held<'b>) {
    held.entry((series, period, place)).or_insert(why);
    let Some(of) = all.series.get(series).filter(|of| of.indicator.aggregation() != Aggregation::None) else { return };
    let is_wider = |other: &Series<'b>| {
        other.indicator.code() == of.indicator.code() && other.breakdown.iter().all(|part| of.breakdown.contains(part))
    };
    for (at, other) in all.series.iter().enumerate().filter(|(_, other)| is_wider(other)) {
        for place in places.holding(place) {
            if other.cell(period, place).is_some_and(|cell| cell.value.is_ok()) {
                held.entry((at, period, place)).or_insert(Why::Holds);
            }
        }
    }
}

/// What is held back because of what the release hides: figures without counts beside it, and figures that tell its number.
pub(super) fn beside<'b>(
    all: &Harmonised<'b>,
    ask: &Protect<'b>,
    places: &Places<'b>,
    hidden: &BTreeSet<At<'b>>,
    held: &mut Held<'b>,
) {
    let periods = periods(all, hidden);
    let numbers = numbers(all, hidden);
    within(all, places, hidden, held);
    for (at, series) in all.series.iter().enumerate() {
        let code = series.indicator.code();
        if !is_counted(series.indicator) || ask.public.contains(&code) {
            continue;
        }
        for cell in series.all().filter(|cell| cell.value.is_ok()) {
            let key = (at, cell.period, cell.place);
            let known = numbers.get(&(cell.period, cell.place));
            let tells = |number: i64| {
                let parts = known.and_then(|known| known.get(&number));
                parts.is_some_and(|parts| number >= TELLING || parts.contains(series.breakdown.as_slice()))
            };
            let told = told(series, cell);
            let is_same = match told {
                Some(Told::Rate(count, of)) => tells(count) || tells(of),
                Some(Told::Count(count)) => tells(count),
                Some(Told::Hidden) | None => false,
            };
            if hidden.contains(&key) || held.contains_key(&key) {
                continue;
            }
            if told.is_none() && periods.contains(&(code, cell.period)) && places.is_known(cell.place) {
                held.insert(key, Why::BesideCounts);
            } else if is_same {
                hold(all, places, key, Why::SameNumber, held);
            }
        }
    }
}

/// Indicators and periods in which something is hidden, by the release or by a producer, and something is counted.
fn periods<'b>(all: &Harmonised<'b>, hidden: &BTreeSet<At<'b>>) -> BTreeSet<(&'b str, usize)> {
    let (mut with_hidden, mut with_counts) = (BTreeSet::new(), BTreeSet::new());
    for (at, series) in all.series.iter().enumerate() {
        for cell in series.all() {
            let told = told(series, cell);
            let is_hidden = told == Some(Told::Hidden) || hidden.contains(&(at, cell.period, cell.place));
            let key = (series.indicator.code(), cell.period);
            with_hidden.extend(is_hidden.then_some(key));
            with_counts.extend(told.and_then(Told::count).map(|_| key));
        }
    }
    with_hidden.intersection(&with_counts).copied().collect()
}

/// Holds figures back that would give away a hidden count of another period: one that lies in it, or in which it lies. Counts of quarters may be the count of
/// the year.
fn within<'b>(all: &Harmonised<'b>, places: &Places<'b>, hidden: &BTreeSet<At<'b>>, held: &mut Held<'b>) {
    let days = |period: usize| all.periods.get(period).map(|(_, period)| (period.first(), period.last()));
    for (at, period, place) in hidden {
        let Some(series) = all.series.get(*at).filter(|of| of.indicator.aggregation() == Aggregation::Sum) else {
            continue;
        };
        let Some((first, last)) = days(*period) else { continue };
        for other in (0..all.periods.len()).filter(|other| other != period) {
            let meets = days(other).is_some_and(|(from, to)| from <= last && first <= to);
            if meets && series.cell(other, place).is_some_and(|cell| cell.value.is_ok()) {
                let key = (*at, other, *place);
                if !hidden.contains(&key) && !held.contains_key(&key) {
                    hold(all, places, key, Why::Holds, held);
                }
            }
        }
    }
}

/// Numbers of hidden cells by period and place, with the parts of the population that they are of. A zero is told by many.
type Numbers<'s, 'b> = BTreeMap<(usize, &'b str), BTreeMap<i64, BTreeSet<&'s [(&'static str, String)]>>>;

fn numbers<'s, 'b>(all: &'s Harmonised<'b>, hidden: &BTreeSet<At<'b>>) -> Numbers<'s, 'b> {
    let mut found = Numbers::new();
    for (at, period, place) in hidden {
        let Some(series) = all.series.get(*at) else { continue };
        let told = series.cell(*period, place).and_then(|cell| told(series, cell)?.count());
        if let Some(count @ 1..) = told {
            let of_number = found.entry((*period, *place)).or_default().entry(count).or_default();
            of_number.insert(series.breakdown.as_slice());
        }
    }
    found
}
