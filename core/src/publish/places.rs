//! The areas that have a figure, and what they are the sum of: other such areas that lie wholly in them, and communes.
//!
//! The ground of each area is the communes that lie in it at any time; of which it is the sum are those in force in the year that figures follow. An area
//! of which the rulebook holds a part has the rest of its ground as one more part. Where an area can be put together in several ways (a
//! métropole inside an arrondissement and inside a zone), each is a hierarchy of its own.

use super::ask::Protect;
use crate::date::Date;
use crate::disclosure::Hierarchy;
use crate::harmonise::{Harmonised, communes_of};
use crate::order;
use crate::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// The areas that have a figure.
pub(super) struct Places<'b> {
    book: &'b Rulebook,
    /// The communes that lie in each at any time.
    ground: BTreeMap<&'b str, BTreeSet<&'b str>>,
    /// The years whose communes figures follow.
    years: BTreeSet<i64>,
    /// The communes that have a figure, now or in an earlier dashboard.
    communes: BTreeSet<&'b str>,
}

impl<'b> Places<'b> {
    pub(super) fn of(all: &Harmonised<'b>, ask: &Protect<'b>) -> Self {
        let territory = all.book.territory();
        let mut found =
            Self { book: all.book, ground: BTreeMap::new(), years: BTreeSet::new(), communes: BTreeSet::new() };
        for cell in all.series.iter().flat_map(|series| series.all()) {
            found.put(cell.place);
            let of_period = || all.periods.get(cell.period).map(|(_, period)| i64::from(period.first().parts().0));
            found.years.extend(cell.vintage.or_else(of_period));
        }
        for earlier in &ask.earlier {
            let commune = territory.get(&earlier.place).map(|commune| commune.code());
            let code = commune.or_else(|| territory.area(&earlier.place).map(|area| area.code()));
            code.into_iter().for_each(|code| found.put(code));
        }
        found
    }

    fn put(&mut self, place: &'b str) {
        let territory = self.book.territory();
        if territory.area(place).is_none() {
            self.communes.insert(place);
        } else {
            self.ground.entry(place).or_insert_with(|| communes_of(territory, place));
        }
    }

    /// Whether all of an area is held, so that its parts are known.
    fn is_whole(&self, area: &str) -> bool {
        self.book.territory().area(area).is_some_and(crate::territory::Area::is_whole)
    }

    /// Whether a place is a commune, or an area whose parts are known.
    pub(super) fn is_known(&self, place: &str) -> bool {
        !self.ground.contains_key(place) || self.is_whole(place)
    }

    /// The areas with a figure that hold a place and whose parts are known, and the place itself.
    pub(super) fn holding<'p>(&'p self, place: &'b str) -> impl Iterator<Item = &'b str> + use<'p, 'b> {
        let own = self.ground.get(place);
        let holds = move |area: &'b str, ground: &BTreeSet<&'b str>| match own {
            None => ground.contains(place),
            Some(own) => area != place && own.is_subset(ground),
        };
        let above = self.ground.iter().filter(move |(area, ground)| self.is_whole(area) && holds(area, ground));
        [place].into_iter().chain(above.map(|(area, _)| *area))
    }

    /// What adds up, one hierarchy for each way to put areas together in each year, and one for communes that became one.
    pub(super) fn hierarchies(&self) -> Vec<Hierarchy> {
        let mut found: Vec<BTreeMap<String, Vec<String>>> = Vec::new();
        for year in &self.years {
            let Some(day) = i32::try_from(*year).ok().and_then(|year| Date::try_new(year, 1, 1).ok()) else { continue };
            let mut ways: Vec<BTreeMap<String, Vec<String>>> = Vec::new();
            for area in self.ground.keys() {
                for (at, parts) in self.ways(area, day).into_iter().enumerate() {
                    ways.resize_with(ways.len().max(at + 1), BTreeMap::new);
                    ways.get_mut(at).into_iter().for_each(|way| {
                        way.insert((*area).to_owned(), parts.clone());
                    });
                }
            }
            let new = |way: &BTreeMap<String, Vec<String>>| !found.contains(way);
            let ways: Vec<_> = ways.into_iter().filter(new).collect();
            found.extend(ways);
        }
        found.push(self.mergers());
        found.into_iter().filter(|sums| !sums.is_empty()).map(Hierarchy::new).collect()
    }

    /// The ways to put an area together on a day: the first from the largest areas in it that do not overlap, one more for each area that is left.
    fn ways(&self, area: &'b str, day: Date) -> Vec<Vec<String>> {
        let Some(ground) = self.ground.get(area) else { return Vec::new() };
        let mut inner: Vec<(&'b str, &BTreeSet<&'b str>)> = self
            .ground
            .iter()
            .filter(|(other, within)| self.is_inside(other, within, area, ground))
            .map(|(a, g)| (*a, g))
            .collect();
        // The largest first; an area with the same ground comes after the one that holds it.
        order::sort_by(&mut inner, |(a, one), (b, other)| {
            (other.len(), self.kind(a), *a).cmp(&(one.len(), self.kind(b), *b))
        });
        let mut ways = Vec::new();
        while !inner.is_empty() || ways.is_empty() {
            let mut taken: Vec<&'b str> = Vec::new();
            let mut covered: BTreeSet<&'b str> = BTreeSet::new();
            let mut left = Vec::new();
            for (code, within) in inner {
                let holds = |one: &&'b str| self.ground.get(one).is_some_and(|ground| within.is_subset(ground));
                if covered.is_disjoint(within) {
                    taken.push(code);
                    covered.extend(within);
                } else if !taken.iter().any(holds) {
                    left.push((code, within));
                }
            }
            let rest = ground.iter().filter(|code| !covered.contains(*code)).filter(|code| self.stands(code, day));
            let mut parts: Vec<String> = taken.into_iter().chain(rest.copied()).map(str::to_owned).collect();
            if !self.is_whole(area) {
                parts.push(format!("{area}+"));
            }
            ways.push(parts);
            inner = left;
        }
        ways.retain(|parts| !parts.is_empty());
        ways
    }

    fn is_inside(&self, one: &str, within: &BTreeSet<&str>, area: &str, ground: &BTreeSet<&str>) -> bool {
        let same = within.len() == ground.len();
        let after = (self.kind(area), area) < (self.kind(one), one);
        !within.is_empty() && one != area && within.is_subset(ground) && (!same || after)
    }

    fn kind(&self, area: &str) -> Option<crate::territory::AreaKind> {
        self.book.territory().area(area).map(crate::territory::Area::kind)
    }

    fn stands(&self, commune: &str, day: Date) -> bool {
        self.book.territory().get(commune).is_some_and(|commune| commune.in_force(day))
    }

    /// Communes that became one, where it and one of them have a figure.
    fn mergers(&self) -> BTreeMap<String, Vec<String>> {
        let territory = self.book.territory();
        let mut found = BTreeMap::new();
        for code in &self.communes {
            let parts: BTreeSet<&str> = order::set(territory.predecessors(code));
            let only = |part: &&str| {
                let mut after = territory.get(part).into_iter().flat_map(crate::territory::Commune::successors);
                after.next() == Some(*code) && after.next().is_none()
            };
            if parts.iter().any(|part| self.communes.contains(part)) && parts.iter().all(only) {
                found.insert((*code).to_owned(), parts.into_iter().map(str::to_owned).collect());
            }
        }
        found
    }

    /// All codes, for the dimension.
    pub(super) fn codes(&self) -> BTreeSet<String> {
        order::set(self.ground.keys().chain(&self.communes).map(|code| (*code).to_owned()))
    }
}
