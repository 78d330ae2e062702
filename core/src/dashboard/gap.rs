//! How far a figure is from that of the zone and of the countries.

use crate::harmonise::{Cell, Harmonised, Series};
use crate::taxonomy::{Aggregation, Grade};
use crate::territory::AreaKind;

/// The distance of a figure from another of the same series and period.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap<'b> {
    /// The area that it is held against.
    pub to: &'b str,
    /// The figure of the area.
    pub reference: f64,
    /// The figure less that of the area, in the unit of the indicator.
    pub difference: f64,
    /// The difference in hundredths of the figure of the area; `None` where that is zero or negative.
    pub percent: Option<f64>,
}

/// The gaps of a cell. Counts follow the size of a place and have none; a floor value is no value to be held against another.
pub(super) fn of<'b>(all: &Harmonised<'b>, series: &Series<'b>, cell: &Cell<'b>) -> Vec<Gap<'b>> {
    let Some(value) = level(series, cell) else { return Vec::new() };
    let territory = all.book.territory();
    let zone = all.request.as_ref().and_then(|request| request.zone);
    let countries = ["FR", "BE"].into_iter().filter_map(|code| territory.area(code)).map(|area| area.code());
    let references = zone.into_iter().chain(countries.filter(|country| Some(*country) != zone));
    let references = references.filter(|to| *to != cell.place);
    let gap = |to: &'b str| {
        let area = series.cell(cell.period, to).filter(|area| may_be_held(all, series, cell, area))?;
        Some(gap(to, value, level(series, area)?))
    };
    references.filter_map(gap).collect()
}

pub(super) fn gap<'b>(to: &'b str, value: f64, reference: f64) -> Gap<'b> {
    let difference = difference(value, reference);
    Gap { to, reference, difference, percent: (reference > 0.0).then(|| difference * 100.0 / reference) }
}

/// The value of a cell, where it is a level that places of different size share.
pub(super) fn level(series: &Series<'_>, cell: &Cell<'_>) -> Option<f64> {
    let is_count = matches!(series.indicator.aggregation(), Aggregation::Sum | Aggregation::NonAdditiveDistinct);
    cell.value.ok().filter(|_| !is_count && cell.status != Some("left_censored"))
}

/// Whether a place may be held against an area: always on its side and in its country; across the border as the grade and the lines of the
/// countries allow.
fn may_be_held(all: &Harmonised<'_>, series: &Series<'_>, cell: &Cell<'_>, area: &Cell<'_>) -> bool {
    let Some(side) = cell.side else { return false };
    let is_country = all.book.territory().area(area.place).is_some_and(|found| found.kind() == AreaKind::Country);
    if area.side == Some(side) || (is_country && cell.place.get(..2) == Some(area.place)) {
        return true;
    }
    let of_lines = all.book.taxonomy().is_marked("national_line", series.indicator.code());
    !of_lines && matches!(series.indicator.grade(), Grade::A | Grade::B)
}

/// One number less another, as people write them: numbers with few decimals are subtracted as decimals, so that 18.3 − 15.1 is 3.2.
pub(super) fn difference(one: f64, other: f64) -> f64 {
    decimal(one, other).unwrap_or(one - other)
}

fn decimal(one: f64, other: f64) -> Option<f64> {
    /// Figures are published with six decimals at most.
    const SCALES: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
    /// Above this a double no longer holds every whole number.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    SCALES.into_iter().find_map(|scale| {
        let whole = |value: f64| {
            let scaled = (value * scale).round();
            ((scaled / scale).total_cmp(&value).is_eq() && scaled.abs() < WHOLE).then_some(scaled)
        };
        Some((whole(one)? - whole(other)?) / scale)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_subtracted_as_decimals() {
        let third = 1.0 / 3.0;
        let pairs = [(18.3, 15.1), (0.3, 0.1), (12.0, 20.0), (third, 0.0)];
        assert_eq!(
            pairs.map(|(one, other)| Some(difference(one, other))),
            [Some(3.2), Some(0.2), Some(-8.0), Some(third)]
        );
    }
}
