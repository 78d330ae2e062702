//! The figure of an area from those of its communes.

use super::Work;
use super::cell::{Absent, Cell};
use super::combine::{Weight, combine};
use super::periods::Shown;
use super::series::{Cells, side_of};
use super::vintage::first_of;
use crate::finding::{Code, Finding, Path, Segment};
use crate::json::Json;
use crate::taxonomy::{Aggregation, Grade, Indicator};
use crate::territory::{Area, System};
use std::collections::{BTreeMap, BTreeSet};

/// An area and a period whose total is wanted.
struct Wanted<'w, 'b> {
    area: &'b str,
    frame: &'w BTreeSet<&'b str>,
    period: usize,
    /// The period of each side, where they differ.
    of_sides: Option<&'w BTreeMap<System, usize>>,
}

impl<'b> Work<'_, 'b> {
    /// The totals of the areas in all periods; a total that was given stays.
    pub(super) fn totals(
        &mut self,
        indicator: &Indicator,
        cells: &mut Cells<'b>,
        weights: Option<&Cells<'b>>,
        shown: &Shown,
    ) {
        let given = cells.keys().map(|(period, _)| *period);
        let periods: BTreeSet<usize> = crate::order::set(given.chain(shown.all().iter().copied()));
        for area in self.areas() {
            let frame = self.frame(area);
            for period in periods.iter().copied().filter(|period| shown.has_total(*period)) {
                if cells.contains_key(&(period, area)) {
                    continue;
                }
                let wanted = Wanted { area, frame: &frame, period, of_sides: shown.of_sides(period) };
                let total = self.total(indicator, cells, weights, &wanted, shown.all().contains(&period));
                cells.insert((period, area), total);
            }
        }
    }

    fn total(
        &mut self,
        indicator: &Indicator,
        cells: &Cells<'b>,
        weights: Option<&Cells<'b>>,
        wanted: &Wanted<'_, 'b>,
        tell: bool,
    ) -> Cell<'b> {
        let Wanted { area, period, .. } = *wanted;
        let absent = |why| Cell { is_commune: false, ..Cell::absent(area, side_of(self.book, area), period, why) };
        let period_of = |code: &str| {
            let side = wanted.of_sides.and_then(|of_sides| of_sides.get(&side_of(self.book, code)?));
            side.copied().unwrap_or(period)
        };
        let given: Vec<&Cell<'b>> =
            wanted.frame.iter().filter_map(|code| cells.get(&(period_of(code), *code))).collect();
        let vintages: BTreeSet<i64> = crate::order::set(given.iter().filter_map(|cell| cell.vintage));
        let day = vintages.last().and_then(|year| first_of(*year));
        let day = day.or_else(|| self.periods.get(period).map(|(_, span)| span.first()));
        let in_force = |code: &&&str| {
            day.is_some_and(|day| self.book.territory().get(code).is_some_and(|commune| commune.in_force(day)))
        };
        let members: Vec<&'b str> = wanted.frame.iter().filter(in_force).copied().collect();
        if let Some(why) = self.forbids(indicator, area, &members) {
            return absent(why);
        }
        let periods: BTreeSet<usize> = crate::order::set(given.iter().map(|cell| cell.period));
        let is_mixed = periods.len() > 1 || vintages.len() > 1;
        if is_mixed && !self.request.mixed {
            if tell {
                let finding = self.mixed(indicator, area, &periods, &vintages);
                self.findings.push(finding);
            }
            return absent(Absent::MixedVintage);
        }
        let parts: Vec<Cell<'b>> = members
            .iter()
            .map(|code| {
                let key = (period_of(code), *code);
                cells.get(&key).cloned().unwrap_or_else(|| Cell::absent(code, None, key.0, Absent::Missing))
            })
            .collect();
        let parts: Vec<&Cell<'b>> = parts.iter().collect();
        let combined = combine(indicator, &parts, |part| weight(weights, part));
        Cell {
            value: combined.value,
            status: combined.status.filter(|_| combined.value.is_ok()),
            vintage: vintages.last().copied(),
            source: combined.source,
            operations: combined.operation.into_iter().collect(),
            rows: combined.rows,
            is_mixed,
            counts: combined.counts,
            ..absent(Absent::Missing)
        }
    }

    /// Why no total of an area is ever made of its communes.
    fn forbids(&self, indicator: &Indicator, area: &str, members: &[&str]) -> Option<Absent> {
        if matches!(indicator.aggregation(), Aggregation::None | Aggregation::NonAdditiveDistinct) {
            return Some(Absent::NotAdditive);
        }
        let sides: BTreeSet<System> = crate::order::set(members.iter().filter_map(|code| side_of(self.book, code)));
        let countries: BTreeSet<&str> = crate::order::set(members.iter().filter_map(|code| code.get(..2)));
        let proxy = matches!(indicator.grade(), Grade::C | Grade::N) && sides.len() > 1;
        let of_lines = self.book.taxonomy().is_marked("national_line", indicator.code()) && countries.len() > 1;
        if proxy || of_lines {
            return Some(Absent::NotComparable);
        }
        let is_whole = self.book.territory().area(area).is_some_and(Area::is_whole);
        (!is_whole).then_some(Absent::OutsideCoverage)
    }

    fn mixed(&self, indicator: &Indicator, area: &str, periods: &BTreeSet<usize>, vintages: &BTreeSet<i64>) -> Finding {
        let name = if self.request.zone == Some(area) { "zone" } else { "areas" };
        let at = Path::new(None, vec![Segment::Unknown(name.to_owned())], false);
        let periods = periods.iter().filter_map(|at| self.periods.get(*at));
        let finding = Finding::new(Code::PeriodMixedVintage, at).with("indicator", indicator.code()).with("area", area);
        finding
            .with("periods", periods.map(|(text, _)| Json::from(text.as_str())).collect::<Json>())
            .with("vintages", vintages.iter().map(|year| Json::Int(*year)).collect::<Json>())
    }
}

/// The population of a part in its period.
pub(super) fn weight<'w, 'b>(weights: Option<&'w Cells<'b>>, part: &Cell<'b>) -> Option<Weight<'w>> {
    let cell = weights?.get(&(part.period, part.place))?;
    Some((cell.value.ok()?, cell.rows.as_slice()))
}
