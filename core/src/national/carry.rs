//! Figures of former communes, carried to the communes of the given day.
//!
//! A code that was replaced on the same ground takes its figures along. Of communes that became one, counts are added up where all of them are
//! there, and a rate is made anew from its counts; a median or a rate without counts stays with the former commune. Each is said.

use super::figures::{Figure, Key, quotient};
use super::notes::Notes;
use crate::date::Date;
use crate::finding::Code;
use crate::json::Json;
use crate::kernel::exact_sum;
use crate::rulebook::Rulebook;
use crate::taxonomy::{Aggregation, Indicator};
use crate::territory::{Status, Territory};
use std::collections::{BTreeMap, BTreeSet};

/// Why a figure stays with a former commune.
#[derive(Clone, Copy)]
enum Stays {
    /// Its ground went to several communes.
    Split,
    /// Figures of the other communes of its successor are not there.
    Parts,
    /// The file has a figure of the successor as well.
    Both,
    /// A value that cannot be added up.
    NotAdditive,
}

impl Stays {
    fn word(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Parts => "parts",
            Self::Both => "both",
            Self::NotAdditive => "not_additive",
        }
    }
}

/// A former commune: its last day, and what it became.
struct Former {
    until: Date,
    /// The one commune that has all of its ground, and the communes that were this ground on the last day.
    into: Option<(String, Vec<String>)>,
    /// Some of that ground is not held.
    outside: bool,
}

/// The figures of a file with those of former communes carried to the communes of a day.
pub(super) fn carried(book: &Rulebook, mut figures: Vec<Figure>, on: Date, notes: &mut Notes) -> Vec<Figure> {
    let former = former_communes(book.territory(), &figures, on);
    if former.is_empty() {
        return figures;
    }
    let places: BTreeMap<Key, usize> =
        figures.iter().enumerate().map(|(index, figure)| (figure.key.clone(), index)).collect();
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for index in 0..figures.len() {
        let Some(figure) = figures.get(index).filter(|_| !gone.contains(&index)) else { continue };
        let Some(was) = former.get(&figure.key.place) else { continue };
        let place = figure.key.place.clone();
        let (parts, joined) = joined(book, &figures, index, was, &places);
        let line = figure.line;
        let mut params = vec![("place", Json::from(place.as_str()))];
        params.extend(was.into.iter().map(|(into, _)| ("into", Json::from(into.as_str()))));
        match joined {
            Ok(mut whole) => {
                whole.vintage = Some(i64::from(on.parts().0));
                for part in &parts {
                    let from = figures.get(*part).map(|figure| (figure.key.place.clone(), figure.line));
                    if let Some((from, line)) = from.filter(|(from, _)| *from != whole.key.place) {
                        let into = ("into", Json::from(whole.key.place.as_str()));
                        notes.at(Code::NationalCarried, &[("place", Json::from(from)), into], line);
                    }
                }
                gone.extend(parts.iter().copied().filter(|part| *part != index));
                if let Some(slot) = figures.get_mut(index) {
                    *slot = whole;
                }
            }
            Err(why) => {
                params.push(("reason", Json::from(why.word())));
                notes.at(Code::NationalNotCarried, &params, line);
                // The figures follow the communes of that year.
                for part in parts.iter().copied().chain([index]) {
                    if let Some(figure) = figures.get_mut(part) {
                        figure.vintage = figure.vintage.or(Some(i64::from(was.until.parts().0)));
                    }
                }
            }
        }
    }
    let mut index = 0;
    figures.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
    figures
}

/// The communes of the figures that had ended on a day.
fn former_communes(territory: &Territory, figures: &[Figure], on: Date) -> BTreeMap<String, Former> {
    let codes: BTreeSet<&str> =
        figures.iter().filter(|figure| figure.key.level.is_none()).map(|figure| figure.key.place.as_str()).collect();
    let mut former = BTreeMap::new();
    for code in codes {
        let at = territory.at(code, on);
        let (Status::Ended, Some(until)) = (at.status, at.commune.and_then(crate::territory::Commune::to)) else {
            continue;
        };
        let into = match at.ground.as_slice() {
            [one] => Some((one.code().to_owned(), ground(territory, one.code(), until, on))),
            _ => None,
        };
        let outside = into.as_ref().is_some_and(|(into, _)| !territory.at(into, until).outside.is_empty());
        former.insert(code.to_owned(), Former { until, into, outside });
    }
    former
}

/// The communes of an earlier day whose ground is all in a commune of a later one.
fn ground(territory: &Territory, into: &str, earlier: Date, later: Date) -> Vec<String> {
    let inside = |commune: &&crate::territory::Commune| {
        let after = territory.successors_at(commune, later);
        commune.in_force(earlier) && matches!(after.as_slice(), [one] if one.code() == into)
    };
    territory.communes().filter(inside).map(|commune| commune.code().to_owned()).collect()
}

/// The places of the figures that make the one of the successor, and that figure.
fn joined(
    book: &Rulebook,
    figures: &[Figure],
    index: usize,
    was: &Former,
    places: &BTreeMap<Key, usize>,
) -> (Vec<usize>, Result<Figure, Stays>) {
    let Some(figure) = figures.get(index) else { return (Vec::new(), Err(Stays::Parts)) };
    let Some((into, ground)) = &was.into else { return (Vec::new(), Err(Stays::Split)) };
    let at = |place: &str| places.get(&Key { place: place.to_owned(), ..figure.key.clone() }).copied();
    let parts: Vec<usize> = ground.iter().filter_map(|place| at(place)).collect();
    if !ground.contains(into) && at(into).is_some() {
        return (Vec::new(), Err(Stays::Both));
    }
    let key = Key { place: into.clone(), ..figure.key.clone() };
    if ground.len() == 1 && !was.outside {
        return (parts, Ok(Figure { key, ..figure.clone() }));
    }
    let all: Vec<&Figure> = parts.iter().filter_map(|part| figures.get(*part)).collect();
    let indicator = book.taxonomy().indicator(&figure.key.indicator);
    let whole = if all.len() < ground.len() || was.outside { Err(Stays::Parts) } else { sum(indicator, &all, key) };
    (parts, whole)
}

/// The figure of several communes together.
fn sum(indicator: Option<&Indicator>, parts: &[&Figure], key: Key) -> Result<Figure, Stays> {
    let all = |number: fn(&Figure) -> Option<f64>| {
        parts.iter().map(|part| number(part)).collect::<Option<Vec<f64>>>().map(|numbers| exact_sum(&numbers))
    };
    let value = match indicator.map(Indicator::aggregation) {
        Some(Aggregation::Sum) => all(|part| part.value),
        _ => None,
    };
    let (numerator, denominator) = (all(|part| part.numerator), all(|part| part.denominator));
    let per = indicator.and_then(Indicator::per);
    let rate = || quotient(numerator?, denominator?, per?);
    let value = value.or_else(rate);
    // Of a rate that is not whole in the file, the part that is there is a count all the same.
    let is_part = numerator.is_some() != denominator.is_some()
        && parts.iter().all(|part| part.value.is_none() && part.numerator.is_some() == numerator.is_some());
    if value.is_none() && !is_part {
        let complete = parts.iter().all(|part| part.value.is_some());
        return Err(if complete { Stays::NotAdditive } else { Stays::Parts });
    }
    let line = parts.iter().map(|part| part.line).min().unwrap_or(0);
    let status = parts.iter().find_map(|part| part.status.clone());
    Ok(Figure { key, line, value, numerator, denominator, status, vintage: None })
}
