//! Figures that no release can say in whole numbers: means, medians, indices, amounts, distinct persons, rates without counts.
//!
//! Each is judged by itself, by how many stand behind it if that is given. A figure of a partner's own of which nobody says so is held back; one of a
//! producer of statistics is passed on, since the producer protected it. What is held back takes all figures with it that hold it, so that
//! nothing can be subtracted; but a median or an index of the whole tells nothing of its parts.

use super::ask::Protect;
use super::places::Places;
use super::release::rule;
use super::{At, CONFIDENTIAL, Held, Told, Why, is_counted, told};
use crate::disclosure::rules::Rule;
use crate::harmonise::{Cell, Harmonised, Series};
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
        for cell in series.all().filter(|cell| cell.value.is_ok()) {
            match why(all, ask, series, cell) {
                Some(why @ (Why::Mixed | Why::Producer)) => {
                    held.insert((at, cell.period, cell.place), why);
                }
                Some(why) => hold(all, places, (at, cell.period, cell.place), why, &mut held),
                None => {}
            }
        }
    }
    held
}

fn why(all: &Harmonised<'_>, ask: &Protect<'_>, series: &Series<'_>, cell: &Cell<'_>) -> Option<Why> {
    match told(series, cell) {
        _ if cell.status == Some(CONFIDENTIAL) => return Some(Why::Producer),
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
    // What was put together here was judged by its parts.
    if cell.is_computed() {
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
    for (at, series) in all.series.iter().enumerate() {
        let code = series.indicator.code();
        if !is_counted(series.indicator) || ask.public.contains(&code) {
            continue;
        }
        for cell in series.all().filter(|cell| cell.value.is_ok()) {
            let key = (at, cell.period, cell.place);
            let known = numbers.get(&(series.breakdown.as_slice(), cell.period, cell.place));
            let tells = |number: i64| known.is_some_and(|known| known.contains(&number));
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

/// Numbers of hidden cells by part of the population, period and place. A zero is told by many.
type Numbers<'s, 'b> = BTreeMap<(&'s [(&'static str, String)], usize, &'b str), BTreeSet<i64>>;

fn numbers<'s, 'b>(all: &'s Harmonised<'b>, hidden: &BTreeSet<At<'b>>) -> Numbers<'s, 'b> {
    let mut found = Numbers::new();
    for (at, period, place) in hidden {
        let Some(series) = all.series.get(*at) else { continue };
        let told = series.cell(*period, place).and_then(|cell| told(series, cell)?.count());
        if let Some(count @ 1..) = told {
            found.entry((series.breakdown.as_slice(), *period, *place)).or_default().insert(count);
        }
    }
    found
}
