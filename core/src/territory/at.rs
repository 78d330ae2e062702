//! What a code is on a day.

use super::table::put;
use super::{Commune, Lookup, Territory};
use crate::date::Date;
use crate::force::Validity;

/// Where a code stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The commune was there.
    InForce,
    /// It had ended.
    Ended,
    /// Its code had not begun.
    NotYet,
    /// The form of a code, and no commune that we hold.
    OutsideCoverage,
    /// Not the form of a code.
    Malformed,
}

impl Status {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Ended => "ended",
            Self::NotYet => "not_yet",
            Self::OutsideCoverage => "outside_coverage",
            Self::Malformed => "malformed",
        }
    }

    pub(super) fn of(commune: &Commune, day: Date) -> Self {
        match commune.force.validity(day) {
            Validity::InForce => Self::InForce,
            Validity::Ended => Self::Ended,
            Validity::NotYet => Self::NotYet,
        }
    }
}

/// A code on a day, and the communes in force on that day that cover its ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<'t> {
    /// Where the code stands.
    pub status: Status,
    /// The commune, if it is held.
    pub commune: Option<&'t Commune>,
    /// The communes in force on the day: itself, those that came after it, or those that were there before it, sorted by code.
    /// After a merger they cover more than its ground.
    pub ground: Vec<&'t Commune>,
    /// Codes that belong to the ground and are not held.
    pub outside: Vec<&'t str>,
}

impl Territory {
    /// What a code is on a day, and which communes cover its ground then, forwards and backwards in time.
    ///
    /// ```
    /// use sam_eurometropole::{Rulebook, date::Date, territory::Status};
    ///
    /// let territory = Rulebook::embedded().territory();
    /// let mouscron = territory.at("BE-54007", Date::parse("2026-01-01").unwrap());
    /// assert_eq!((mouscron.status, mouscron.ground[0].code()), (Status::Ended, "BE-57096"));
    /// let before = territory.at("BE-57096", Date::parse("2014-06-30").unwrap());
    /// assert_eq!((before.status, before.ground[0].code()), (Status::NotYet, "BE-54007"));
    /// assert_eq!(territory.at("FR-69123", Date::parse("2026-01-01").unwrap()).status, Status::OutsideCoverage);
    /// ```
    #[must_use]
    pub fn at<'t>(&'t self, code: &str, day: Date) -> At<'t> {
        let nothing = |status| At { status, commune: None, ground: Vec::new(), outside: Vec::new() };
        let commune = match self.lookup(code) {
            Lookup::Known(commune) => commune,
            Lookup::OutsideCoverage => return nothing(Status::OutsideCoverage),
            Lookup::Malformed => return nothing(Status::Malformed),
        };
        let status = Status::of(commune, day);
        let (ground, outside) = match status {
            Status::NotYet => self.before(commune, day),
            _ => (self.successors_at(commune, day), Vec::new()),
        };
        At { status, commune: Some(commune), ground, outside }
    }

    /// The communes and the codes outside coverage that a commune was made from and that were in force on a day.
    fn before<'t>(&'t self, commune: &'t Commune, day: Date) -> (Vec<&'t Commune>, Vec<&'t str>) {
        let (mut found, mut outside, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        let mut next: Vec<&str> = self.predecessors(commune.code()).collect();
        while let Some(code) = next.pop() {
            if seen.contains(&code) {
                continue;
            }
            seen.push(code);
            match self.get(code) {
                Some(commune) if commune.in_force(day) => put(&mut found, commune),
                Some(commune) => next.extend(self.predecessors(commune.code())),
                None => outside.push(code),
            }
        }
        (found, outside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn territory() -> &'static Territory {
        crate::Rulebook::embedded().territory()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn ground(code: &str, on: &str) -> Vec<&'static str> {
        territory().at(code, day(on)).ground.iter().map(|commune| commune.code()).collect()
    }

    #[test]
    fn looks_forwards_and_backwards() {
        assert_eq!(ground("BE-37007", "2025-01-01"), ["BE-37022"]);
        assert_eq!(ground("BE-37022", "2024-12-31"), ["BE-37007", "BE-37015"]);
        assert_eq!(ground("FR-62847", "2007-12-31"), ["FR-62119"], "cut out of Béthune in 2008");
        assert_eq!(ground("FR-62119", "2026-01-01"), ["FR-62119"], "Béthune went on");
        assert!(ground("BE-54010", "1980-01-01").is_empty(), "older than the changes that are held");
    }

    #[test]
    fn names_what_came_from_outside_coverage() {
        let at = territory().at("BE-46030", day("2024-12-31"));
        let codes: Vec<&str> = at.ground.iter().map(|commune| commune.code()).collect();
        assert_eq!((codes, at.outside), (vec!["BE-46003", "BE-46013"], vec!["BE-11056"]));
    }

    #[test]
    fn a_code_that_is_not_held_has_a_status() {
        let status = |code| territory().at(code, day("2026-01-01")).status;
        assert_eq!(
            ["FR-59512", "BE-54007", "FR-69123", "BE-21004", "59512"].map(status),
            [Status::InForce, Status::Ended, Status::OutsideCoverage, Status::OutsideCoverage, Status::Malformed]
        );
        assert_eq!(territory().at("BE-57096", day("2018-12-31")).status, Status::NotYet);
    }

    proptest! {
        #[test]
        fn ground_is_in_force_and_stays_where_it_is(index in 0usize..1768, offset in 0i64..12_000) {
            let commune = territory().communes().nth(index).unwrap();
            let day = day("1998-01-01").plus_days(offset).unwrap();
            for found in territory().successors_at(commune, day) {
                prop_assert!(found.in_force(day));
                prop_assert_eq!(territory().successors_at(found, day), vec![found]);
            }
            let at = territory().at(commune.code(), day);
            prop_assert!(at.ground.iter().all(|found| found.in_force(day)));
            prop_assert!(!at.ground.is_empty() || commune.from().is_some_and(|from| from < Date::parse("2000-01-01").unwrap()));
        }
    }
}
