//! Figures of one vintage of communes carried to another.

use super::cell::{Absent, Cell, Operation};
use super::combine::combine;
use super::series::{Cells, side_of};
use super::vintage::{Ground, first_of};
use super::{NAMED_ROWS, Work, row_path};
use crate::finding::{Code, Finding};
use crate::taxonomy::Indicator;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Cells of one period and one vintage, by commune.
type Group<'b> = BTreeMap<&'b str, Cell<'b>>;

impl<'b> Work<'_, 'b> {
    /// The cells in the wanted vintage, if one is wanted. Those of areas stay as they are.
    pub(super) fn carried(
        &mut self,
        indicator: &Indicator,
        cells: Cells<'b>,
        weights: Option<&Cells<'b>>,
        tell: bool,
    ) -> Cells<'b> {
        let Some(wanted) = self.request.vintage else { return cells };
        let (mut done, mut others) = (Cells::new(), BTreeMap::<(usize, i64), Group<'b>>::new());
        for (key, cell) in cells {
            match cell.vintage.filter(|vintage| cell.is_commune && *vintage != wanted) {
                Some(vintage) => {
                    others.entry((cell.period, vintage)).or_default().insert(cell.place, cell);
                }
                None => {
                    done.insert(key, cell);
                }
            }
        }
        let mut lost = Vec::new();
        for ((period, year), group) in others {
            let ground = self.ground(year, wanted);
            for target in self.targets(&ground, &group, wanted, &mut lost) {
                // What was given in the wanted vintage stays.
                done.entry((period, target)).or_insert_with(|| {
                    let cell = self.made(indicator, (period, target), &ground, &group, weights);
                    lost.extend(cell.rows.iter().filter(|_| cell.value == Err(Absent::Split)));
                    Cell { vintage: Some(wanted), vintage_assumed: false, ..cell }
                });
            }
        }
        if tell && !lost.is_empty() {
            crate::order::sort_by(&mut lost, Ord::cmp);
            lost.dedup();
            let paths: Vec<_> = lost.iter().take(NAMED_ROWS).map(|row| row_path(*row, "value")).collect();
            let finding = Finding::new(Code::HarmoniseNotCarried, paths).with("indicator", indicator.code());
            self.findings.push(finding.with("vintage", wanted).with("rows", lost.len()));
        }
        done
    }

    fn ground(&mut self, year: i64, wanted: i64) -> Rc<Ground<'b>> {
        let territory = self.book.territory();
        let ground = || Rc::new(Ground::between(territory, year, wanted));
        Rc::clone(self.grounds.entry(year).or_insert_with(ground))
    }

    /// The communes of the wanted year that have ground of a group; the rows of those whose code did not exist in their own year leave.
    fn targets(&self, ground: &Ground<'b>, group: &Group<'b>, wanted: i64, lost: &mut Vec<usize>) -> BTreeSet<&'b str> {
        let mut targets = BTreeSet::new();
        for cell in group.values() {
            let into = ground.made_into(cell.place);
            targets.extend(into.iter().copied());
            if into.is_empty() {
                let day = first_of(wanted);
                let stands = |day| self.book.territory().get(cell.place).is_some_and(|commune| commune.in_force(day));
                match day.is_some_and(stands) {
                    true => targets.extend([cell.place]),
                    false => lost.extend(&cell.rows),
                }
            }
        }
        targets
    }

    /// The cell of a commune of the wanted year.
    fn made(
        &self,
        indicator: &Indicator,
        (period, target): (usize, &'b str),
        ground: &Ground<'b>,
        group: &Group<'b>,
        weights: Option<&Cells<'b>>,
    ) -> Cell<'b> {
        let side = side_of(self.book, target);
        let missing = |place: &'b str| Cell::absent(place, side, period, Absent::Missing);
        let itself = [target];
        let parts = match ground.whole(target) {
            Some(parts) => parts,
            // A code that did not exist in the year that was given with it: taken as it is.
            None if ground.made_into(target).is_empty() && group.contains_key(target) => &itself,
            None => {
                let rows = group.values().filter(|cell| ground.made_into(cell.place).contains(&target));
                let rows = rows.flat_map(|cell| cell.rows.iter().copied()).collect();
                return Cell { rows, ..Cell::absent(target, side, period, Absent::Split) };
            }
        };
        if let [one] = parts {
            let mut cell = group.get(one).cloned().unwrap_or_else(|| missing(target));
            if *one != target {
                cell.operations.push(Operation::Recoded);
            }
            return Cell { place: target, side, ..cell };
        }
        let cells: Vec<Cell<'b>> =
            parts.iter().map(|part| group.get(part).cloned().unwrap_or_else(|| missing(part))).collect();
        let cells: Vec<&Cell<'b>> = cells.iter().collect();
        let combined = combine(indicator, &cells, |part| super::total::weight(weights, part));
        Cell {
            value: combined.value,
            status: combined.status.filter(|_| combined.value.is_ok()),
            source: combined.source,
            operations: combined.operation.into_iter().collect(),
            rows: combined.rows,
            counts: combined.counts,
            ..missing(target)
        }
    }
}
