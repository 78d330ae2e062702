//! The needs of a commune beside those of the communes that it touches across the border.

use super::gap::{Gap, gap, level};
use crate::harmonise::{Cell, Harmonised, Series, Show};
use crate::territory::Confidence;

/// A commune and its neighbours across the border.
#[derive(Clone, Debug)]
pub struct Profile<'b> {
    /// The commune.
    pub place: &'b str,
    /// Its neighbours across the border, and how sure it is that they touch.
    pub neighbours: Vec<(&'b str, Confidence)>,
    /// The figures of each series, by its place in the dashboard.
    pub series: Vec<Beside<'b>>,
}

/// A figure of a commune and those of its neighbours.
#[derive(Clone, Debug)]
pub struct Beside<'b> {
    /// The place of the series.
    pub series: usize,
    /// Whether they may be compared.
    pub show: Show,
    /// The figure of the commune.
    pub own: Cell<'b>,
    /// The figures of the neighbours, and how far the commune is from each where that may be told.
    pub others: Vec<(Cell<'b>, Option<Gap<'b>>)>,
}

/// The profiles that are asked for.
pub(super) fn of<'b>(all: &Harmonised<'b>) -> Vec<Profile<'b>> {
    let asked = all.request.as_ref().map(|request| request.profiles.as_slice()).unwrap_or_default();
    asked.iter().map(|place| profile(all, place)).collect()
}

fn profile<'b>(all: &Harmonised<'b>, place: &'b str) -> Profile<'b> {
    let neighbours = all.book.territory().neighbours(place).filter(|neighbour| neighbour.cross_border);
    let neighbours: Vec<(&'b str, Confidence)> =
        neighbours.map(|neighbour| (neighbour.commune.code(), neighbour.confidence)).collect();
    let beside = all.series.iter().enumerate().filter_map(|(at, series)| beside(all, at, series, place, &neighbours));
    Profile { place, series: beside.collect(), neighbours }
}

/// The latest figure of a commune, and those of its neighbours: in the same period if they have one, else their latest, beside it.
fn beside<'b>(
    all: &Harmonised<'b>,
    at: usize,
    series: &Series<'b>,
    place: &'b str,
    neighbours: &[(&'b str, Confidence)],
) -> Option<Beside<'b>> {
    let latest = |code: &'b str| (0..all.periods.len()).rev().find_map(|period| series.cell(period, code));
    let shared = (0..all.periods.len()).rev().find(|period| {
        let has = |code: &'b str| series.cell(*period, code).is_some_and(|cell| cell.value.is_ok());
        has(place) && neighbours.iter().any(|(code, _)| has(code))
    });
    let own = shared.and_then(|period| series.cell(period, place)).or_else(|| latest(place))?;
    let other = |code: &'b str| series.cell(own.period, code).or_else(|| latest(code));
    let others: Vec<(Cell<'b>, Option<Gap<'b>>)> = neighbours
        .iter()
        .filter_map(|(code, _)| other(code))
        .map(|other| (other.clone(), compared(all, series, own, other)))
        .collect();
    Some(Beside { series: at, show: series.across(), own: own.clone(), others })
}

/// How far two communes are from each other, where grade, period, vintage and lines allow it.
fn compared<'b>(all: &Harmonised<'b>, series: &Series<'b>, own: &Cell<'b>, other: &Cell<'b>) -> Option<Gap<'b>> {
    let alike = own.period == other.period && own.vintage == other.vintage;
    let may = matches!(series.across(), Show::Ranked | Show::WithCaveat);
    let of_lines = all.book.taxonomy().is_marked("national_line", series.indicator.code());
    let values = level(series, own).zip(level(series, other));
    values.filter(|_| alike && may && !of_lines).map(|(own, reference)| gap(other.place, own, reference))
}
