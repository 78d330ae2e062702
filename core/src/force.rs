//! From which day to which something is in force: a code, a commune, an area, a pack, a rule.

use crate::date::Date;

/// First and last day in force, both included, both open if not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Force {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// Where a day lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// In force.
    InForce,
    /// Before the first day.
    NotYet,
    /// After the last day.
    Ended,
}

impl Force {
    /// Where a day lies.
    #[must_use]
    pub fn validity(self, day: Date) -> Validity {
        if self.from.is_some_and(|from| day < from) {
            Validity::NotYet
        } else if self.to.is_some_and(|to| to < day) {
            Validity::Ended
        } else {
            Validity::InForce
        }
    }

    /// Whether a day lies inside.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.validity(day) == Validity::InForce
    }

    /// The days that lie in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { from: self.from.max(other.from), to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        Some(Date::parse(text).unwrap())
    }

    #[test]
    fn first_and_last_day_are_in_force() {
        let force = Force { from: day("2009-06-01"), to: day("2014-11-15") };
        let found = ["2009-05-31", "2009-06-01", "2014-11-15", "2014-11-16"].map(|on| force.validity(day(on).unwrap()));
        assert_eq!(found, [Validity::NotYet, Validity::InForce, Validity::InForce, Validity::Ended]);
        assert!(Force::default().holds(day("1900-01-01").unwrap()));
    }

    #[test]
    fn what_lies_in_both_is_the_narrower() {
        let (a, b) = (Force { from: None, to: day("2014-11-15") }, Force { from: day("2009-06-01"), to: None });
        assert_eq!(a.and(b), Force { from: day("2009-06-01"), to: day("2014-11-15") });
        assert_eq!(a.and(b), b.and(a));
        assert_eq!(a.and(Force::default()), a);
    }
}
