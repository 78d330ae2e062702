//! Which periods of a series are shown: those that were asked for, or the latest that all sides have.

use super::Work;
use super::request::Periods;
use super::series::{Cells, side_of};
use crate::finding::{Code, Finding, Path};
use crate::json::Json;
use crate::taxonomy::Indicator;
use crate::territory::System;
use std::collections::{BTreeMap, BTreeSet};

/// The periods that are shown, by their places.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// All of them, in their order.
    all: Vec<usize>,
    /// Where each side has its own latest: that of each.
    of_sides: Option<BTreeMap<System, usize>>,
}

impl Shown {
    /// Those of a series.
    pub(super) fn of<'b>(
        work: &mut Work<'_, 'b>,
        indicator: &Indicator,
        cells: &Cells<'b>,
        places: &[&'b str],
    ) -> Self {
        let have = given(work, cells, places);
        let union: BTreeSet<usize> = crate::order::set(have.values().flatten().copied());
        let these = |all: BTreeSet<usize>| Self { all: all.into_iter().collect(), of_sides: None };
        match &work.request.periods {
            Periods::These(wanted) => {
                let is_wanted = |(_, (text, _)): &(usize, &(String, _))| wanted.contains(text);
                these(crate::order::set(work.periods.iter().enumerate().filter(is_wanted).map(|(at, _)| at)))
            }
            Periods::All => these(union),
            Periods::Latest => Self::latest(&have, work.periods.len()),
            Periods::LatestCommon => {
                let common =
                    union.into_iter().rev().find(|period| have.values().all(|periods| periods.contains(period)));
                if let Some(period) = common {
                    return these(BTreeSet::from([period]));
                }
                if have.len() > 1 {
                    work.none_common(indicator, &have);
                }
                Self::latest(&have, work.periods.len())
            }
        }
    }

    /// The latest of each side; where nothing is there, the latest of all series.
    fn latest(have: &BTreeMap<System, BTreeSet<usize>>, count: usize) -> Self {
        let latest = have.iter().filter_map(|(side, periods)| Some((*side, *periods.last()?)));
        let of_sides: BTreeMap<System, usize> = crate::order::map(latest);
        let mut all: BTreeSet<usize> = crate::order::set(of_sides.values().copied());
        if all.is_empty() {
            all.extend(count.checked_sub(1));
        }
        let differ = all.len() > 1;
        Self { all: all.into_iter().collect(), of_sides: Some(of_sides).filter(|_| differ) }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[usize] {
        &self.all
    }

    /// Whether a period of a side is shown. A side of which nothing is there is missing in the latest of all.
    pub(super) fn has(&self, side: System, period: usize) -> bool {
        match &self.of_sides {
            None => self.all.contains(&period),
            Some(of_sides) => of_sides.get(&side).or(self.all.last()) == Some(&period),
        }
    }

    /// The latest of each side, where they differ and the period is the last of them.
    pub(super) fn of_sides(&self, period: usize) -> Option<&BTreeMap<System, usize>> {
        self.of_sides.as_ref().filter(|_| self.all.last() == Some(&period))
    }

    /// Whether a total belongs to a period: where sides differ, to the last one only.
    pub(super) fn has_total(&self, period: usize) -> bool {
        self.of_sides.is_none() || self.all.last() == Some(&period) || !self.all.contains(&period)
    }
}

/// The periods of each side that some place has: of the communes that are shown; without such, of those in the areas, or of the areas.
fn given<'b>(work: &mut Work<'_, 'b>, cells: &Cells<'b>, places: &[&'b str]) -> BTreeMap<System, BTreeSet<usize>> {
    let mut wanted: BTreeSet<&str> = crate::order::set(places.iter().copied());
    if wanted.is_empty() {
        for area in work.areas() {
            wanted.extend(work.frame(area).iter());
            wanted.insert(area);
        }
    }
    let mut have: BTreeMap<System, BTreeSet<usize>> = BTreeMap::new();
    for cell in cells.values().filter(|cell| wanted.contains(cell.place)) {
        let side = side_of(work.book, cell.place).unwrap_or(System::Other);
        have.entry(side).or_default().insert(cell.period);
    }
    have
}

impl Work<'_, '_> {
    fn none_common(&mut self, indicator: &Indicator, have: &BTreeMap<System, BTreeSet<usize>>) {
        let text =
            |periods: &BTreeSet<usize>| periods.last().and_then(|at| self.periods.get(*at)).map(|(text, _)| text);
        let latest: Json = have.values().filter_map(text).map(|text| Json::from(text.as_str())).collect();
        let sides: Json = have.keys().map(|side| Json::from(side.as_str())).collect();
        let at = Path::new(None, vec![crate::finding::Segment::Unknown("periods".to_owned())], false);
        let finding = Finding::new(Code::PeriodNoneCommon, at).with("indicator", indicator.code());
        self.findings.push(finding.with("sides", sides).with("periods", latest));
    }
}
