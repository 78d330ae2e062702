//! From the communes of one year to those of another.
//!
//! The ground of the communes of both years is laid over each other once ([`Ground::between`]). A commune of the wanted year is made of those of
//! the other year that lie wholly in it, or it is not made at all: a commune that was cut has no figure for its parts.

use crate::date::Date;
use crate::territory::Territory;
use std::collections::BTreeMap;

/// What a commune of the wanted year is made of.
#[derive(Debug, Default)]
pub(super) struct Ground<'b> {
    /// Of each commune of the other year, those of the wanted year that have ground of it.
    into: BTreeMap<&'b str, Vec<&'b str>>,
    /// Of each commune of the wanted year, those of the other year whose ground it has.
    from: BTreeMap<&'b str, Vec<&'b str>>,
    /// Communes of the wanted year with ground that is not held.
    beyond: Vec<&'b str>,
}

impl<'b> Ground<'b> {
    /// The communes of a year over those of a wanted one, both as of 1 January.
    pub(super) fn between(territory: &'b Territory, year: i64, wanted: i64) -> Self {
        let (Some(then), Some(day)) = (first_of(year), first_of(wanted)) else { return Self::default() };
        let (earlier, later) = if then <= day { (then, day) } else { (day, then) };
        let mut found = Self::default();
        for commune in territory.communes().filter(|commune| commune.in_force(earlier)) {
            let mut after: Vec<&str> =
                territory.successors_at(commune, later).into_iter().map(|after| after.code()).collect();
            // Ground that left a commune which went on.
            let left = territory.changes_between(earlier, later).filter(|change| {
                change.from() == Some(commune.code())
                    && change.moves()
                    && !change.ends_code()
                    && change.date() > earlier
            });
            after.extend(left.filter_map(|change| territory.get(change.to())).map(|after| after.code()));
            for after in after {
                let (one, other) = if then <= day { (commune.code(), after) } else { (after, commune.code()) };
                put(found.into.entry(one).or_default(), other);
                put(found.from.entry(other).or_default(), one);
            }
        }
        let outside = |code: &&str| !territory.at(code, earlier).outside.is_empty();
        let later: Vec<&str> =
            territory.communes().filter(|commune| commune.in_force(later)).map(|commune| commune.code()).collect();
        found.beyond = later.into_iter().filter(outside).collect();
        found
    }

    /// Those of the wanted year that have ground of a commune.
    pub(super) fn made_into(&self, code: &str) -> &[&'b str] {
        self.into.get(code).map_or(&[], Vec::as_slice)
    }

    /// The communes that one of the wanted year is wholly made of; `None` where there are no such.
    pub(super) fn whole(&self, wanted: &str) -> Option<&[&'b str]> {
        let parts = self.from.get(wanted)?;
        let wholly = parts.iter().all(|part| self.made_into(part).len() == 1 && !self.beyond.contains(part));
        (wholly && !self.beyond.contains(&wanted)).then_some(parts)
    }
}

fn put<'b>(codes: &mut Vec<&'b str>, code: &'b str) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}

/// The day whose communes a vintage means.
pub(super) fn first_of(year: i64) -> Option<Date> {
    Date::try_new(i32::try_from(year).ok()?, 1, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rulebook;

    fn ground(year: i64, wanted: i64) -> Ground<'static> {
        Ground::between(Rulebook::embedded().territory(), year, wanted)
    }

    #[test]
    fn a_merger_is_made_of_its_parts_and_never_cut() {
        let forwards = ground(2024, 2025);
        assert_eq!(forwards.whole("BE-37022"), Some(["BE-37007", "BE-37015"].as_slice()));
        assert_eq!(forwards.made_into("BE-37007"), ["BE-37022"]);
        let backwards = ground(2025, 2024);
        assert_eq!(backwards.made_into("BE-37022"), ["BE-37007", "BE-37015"]);
        assert_eq!(backwards.whole("BE-37007"), None);
    }

    #[test]
    fn a_new_code_is_the_same_ground_both_ways() {
        assert_eq!(ground(2018, 2026).whole("BE-57096"), Some(["BE-54007"].as_slice()));
        assert_eq!(ground(2026, 2018).whole("BE-54007"), Some(["BE-57096"].as_slice()));
    }

    #[test]
    fn what_was_cut_and_what_came_from_outside_is_not_made() {
        let cut = ground(2007, 2009);
        assert_eq!(cut.made_into("FR-62119"), ["FR-62119", "FR-62847"]);
        assert_eq!((cut.whole("FR-62119"), cut.whole("FR-62847")), (None, None));
        assert_eq!(ground(2024, 2025).whole("BE-46030"), None);
    }

    #[test]
    fn what_did_not_change_is_itself() {
        assert_eq!(ground(2020, 2023).whole("FR-59512"), Some(["FR-59512"].as_slice()));
    }
}
