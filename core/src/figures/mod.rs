//! Figures side by side: what is wrong between the observations of a set, beside what is wrong in each.
//!
//! The rows of a table of observations enter, whoever holds the cells ([`between`]); findings leave, with the rows that they are about.
//! Each check is a file of its own below. All of them see the same [`Figure`]s: rows whose indicator, place, period and unit could be read and
//! whose unit is the indicator's; what is wrong with the others is said where a row is checked alone.

mod figure;
mod history;
mod parts;
mod peers;
mod relations;
mod stale;

pub(crate) use figure::{Figure, each};
pub(crate) use parts::band;
pub(crate) use stale::length;

use crate::finding::{Code, Finding};
use crate::rows::Rows;
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// At most so many rows are named in a finding.
const NAMED_ROWS: usize = 20;

/// What is wrong between the figures of a table of observations.
pub(crate) fn between<R: Rows>(book: &Rulebook, rows: &R) -> Vec<Finding> {
    let figures = figure::read(book, rows);
    let mut findings = Vec::new();
    parts::of_the_population(book, &figures, &mut findings);
    parts::of_an_area(book, &figures, &mut findings);
    relations::judge(book, &figures, &mut findings);
    let stale = stale::judge(&figures, &mut findings);
    let slips = history::judge(book, &figures, &stale, &mut findings);
    peers::judge(book, &figures, &slips, &mut findings);
    findings
}

/// Figures by what they have in common, as one text: a map of texts serves all checks, and weighs least in the browser.
fn grouped<'f, 'a: 'f>(
    figures: &mut dyn Iterator<Item = &'f Figure<'a>>,
    by: &dyn Fn(&Figure<'a>) -> Option<String>,
) -> BTreeMap<String, Vec<&'f Figure<'a>>> {
    let mut groups: BTreeMap<String, Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in figures {
        if let Some(key) = by(figure) {
            groups.entry(key).or_default().push(figure);
        }
    }
    groups
}

/// Texts that stand in no code, between the parts of a key.
const BETWEEN: &str = "\u{1f}";

/// The parts of a key as one text.
fn key(parts: &[&str]) -> String {
    parts.join(BETWEEN)
}

/// A finding about a field of some figures, the first of which it is told of.
fn finding<'f, 'a: 'f>(code: Code, field: &str, figures: impl IntoIterator<Item = &'f Figure<'a>>) -> Finding {
    let figures: Vec<&Figure<'_>> = figures.into_iter().collect();
    let paths = figures.iter().take(NAMED_ROWS).map(|figure| figure.path(field)).collect::<Vec<_>>();
    let finding = Finding::new(code, paths);
    match figures.first() {
        Some(first) => finding.with("indicator", first.indicator.code()).with("place", first.place),
        None => finding,
    }
}

/// The middle of some numbers; of an even count the mean of the two in the middle.
fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    crate::order::sort_by(&mut sorted, f64::total_cmp);
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*sorted.get(half.checked_sub(1)?)?, upper))
}

/// How far a number lies from the middle of others, in robust standard deviations: 0.6745 of the distance over the median distance.
/// `None` where more than half of the others are equal, so that there is no measure.
fn robust_z(value: f64, others: &[f64]) -> Option<f64> {
    /// The median distance of a normal distribution in standard deviations.
    const NORMAL: f64 = 0.6745;
    let middle = median(others)?;
    let distances: Vec<f64> = others.iter().map(|other| (other - middle).abs()).collect();
    let spread = median(&distances).filter(|spread| *spread > 0.0)?;
    Some((value - middle) * NORMAL / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_numbers() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn a_distance_needs_a_spread() {
        assert_eq!(robust_z(9.0, &[1.0, 1.0, 1.0, 2.0]), None);
        let z = robust_z(10.0, &[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!(z.is_some_and(|z| (z - 7.0 * 0.6745).abs() < 1e-12));
    }
}
