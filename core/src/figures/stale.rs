//! Last year's figures handed in again as this year's.
//!
//! One place may well have the same count twice. Where nearly all places of an indicator and a source have the very figures of the period before,
//! the file is most likely the old one.

use super::{Figure, finding, grouped, key};
use crate::finding::{Code, Finding};
use crate::period::Period;
use std::collections::BTreeSet;

/// At least so many places are compared.
const PLACES: usize = 5;
/// At least so many in a hundred are the same.
const SAME_PERCENT: usize = 90;

/// Judges each period against the one before; the rows that are copies leave, so that no other check takes them for a history.
pub(super) fn judge(figures: &[Figure<'_>], findings: &mut Vec<Finding>) -> BTreeSet<usize> {
    let mut copies = BTreeSet::new();
    // Zero is often the same, and says nothing.
    let mut told = figures.iter().filter(|figure| figure.value.is_some_and(|value| value != 0.0));
    let series = grouped(&mut told, &|figure| {
        let (source, partner) = (figure.source.unwrap_or_default(), figure.partner.unwrap_or_default());
        let kind = if figure.is_commune { "commune" } else { "area" };
        Some(key(&[figure.indicator.code(), source, partner, kind, &length(figure.period.1).to_string()]))
    });
    for group in series.values() {
        // Days as text are in the order of time.
        let periods = grouped(&mut group.iter().copied(), &|figure| Some(figure.period.1.first().to_string()));
        let periods: Vec<&Vec<&Figure<'_>>> = periods.values().collect();
        for pair in periods.windows(2) {
            let [before, after] = pair else { continue };
            let same = same(before, after);
            if let Some((same, shared)) =
                same.filter(|(same, shared)| *shared >= PLACES && same.len() * 100 >= SAME_PERCENT * *shared)
            {
                let count = same.len();
                copies.extend(same.iter().map(|figure| figure.row));
                let earlier = before.first().map_or("", |figure| figure.period.0);
                let later = after.first().map_or("", |figure| figure.period.0);
                let finding = finding(Code::FiguresStale, "value", same).with("count", count).with("shared", shared);
                findings.push(finding.with("period", later).with("earlier", earlier));
            }
        }
    }
    copies
}

/// The figures of the later period that are those of the earlier one, and how many there are in both.
fn same<'f, 'a>(before: &[&Figure<'a>], after: &[&'f Figure<'a>]) -> Option<(Vec<&'f Figure<'a>>, usize)> {
    let of_part = |figure: &Figure<'_>| key(&[figure.place, &figure.without("")]);
    let known = grouped(&mut before.iter().copied(), &|figure| Some(of_part(figure)));
    let was = |figure: &Figure<'_>| known.get(&of_part(figure))?.last()?.value;
    let both: Vec<(&Figure<'_>, f64)> = after.iter().filter_map(|figure| Some((*figure, was(figure)?))).collect();
    let shared = both.len();
    let same = both.into_iter().filter(|(figure, value)| figure.value.is_some_and(|v| v.to_bits() == value.to_bits()));
    Some((same.map(|(figure, _)| figure).collect(), shared))
}

/// Days of a period, to the nearest month: a leap year is as long as any other.
pub(crate) fn length(period: Period) -> i64 {
    (period.first().days_to(period.last()) + 15) / 30
}
