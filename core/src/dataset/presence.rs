//! Who is there at the same time: placements by their days and, where one says so, the slots of its ordinary week.
//!
//! Days and slots enter; how many are there at once, and whether two ever meet, leaves. A placement without a schedule may be there at any time of its
//! days. The week comes again and again: a slot that ends on Monday morning begins on Sunday.

use crate::date::Date;
use std::collections::BTreeMap;

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Minutes of a week.
const WEEK: i64 = 7 * DAY;

/// The days of the week, by their place, that lie in a span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weekdays {
    first: i64,
    count: i64,
}

impl Weekdays {
    /// Both ends included.
    pub(super) fn between(first: Date, last: Date) -> Self {
        Self { first: i64::from(first.weekday()), count: first.days_to(last).saturating_add(1).clamp(0, 7) }
    }

    fn has(self, day: i64) -> bool {
        (day - self.first).rem_euclid(7) < self.count
    }
}

/// When somebody is there in an ordinary week: minutes from Monday 00:00, in order, without overlap, the end not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Week(Vec<(i64, i64)>);

impl Week {
    /// Of slots: day of the week, first minute of the day, and the minute that ends it; at or before the start it is one of the next day.
    pub(super) fn of(slots: &[(i64, i64, i64)]) -> Self {
        let minutes = slots.iter().map(|(day, from, to)| {
            let end = if to > from { *to } else { to + DAY };
            (day * DAY + from, day * DAY + end)
        });
        let wrapped = |(from, to): (i64, i64)| [(from, to.min(WEEK)), (from.max(WEEK) - WEEK, to - WEEK)];
        let mut parts: Vec<(i64, i64)> = minutes.flat_map(wrapped).filter(|(from, to)| from < to).collect();
        parts.sort_unstable();
        let mut whole: Vec<(i64, i64)> = Vec::with_capacity(parts.len());
        for (from, to) in parts {
            match whole.last_mut().filter(|last| last.1 >= from) {
                Some(last) => last.1 = last.1.max(to),
                None => whole.push((from, to)),
            }
        }
        Self(whole)
    }

    /// Whether two are there at one time on one of some days.
    pub(super) fn meets(&self, other: &Self, days: Weekdays) -> bool {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(one), Some(two)) = (ours.peek(), theirs.peek()) {
            let (from, to) = (one.0.max(two.0), one.1.min(two.1));
            if from < to && (from / DAY..=(to - 1) / DAY).any(|day| days.has(day)) {
                return true;
            }
            if one.1 < two.1 {
                ours.next()
            } else {
                theirs.next()
            };
        }
        false
    }
}

/// How many are there, as they come and go.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// Those that may be there at any time.
    always: i64,
    /// Those with a week.
    by_week: i64,
    /// By how much the number of these changes at a minute of the week.
    changes: BTreeMap<i64, i64>,
}

impl Crowd {
    /// One more (1), or one less (-1).
    pub(super) fn change(&mut self, week: Option<&Week>, by: i64) {
        let Some(Week(parts)) = week else {
            self.always += by;
            return;
        };
        self.by_week += by;
        for (from, to) in parts {
            *self.changes.entry(*from).or_default() += by;
            *self.changes.entry(*to).or_default() -= by;
        }
    }

    /// The most at one time of the days from `first` to `last`, and the first day on which they are so many, if they are more than so many.
    pub(super) fn over(&self, most: i64, first: Date, last: Date) -> Option<(Date, i64)> {
        if self.always + self.by_week <= most {
            return None;
        }
        if self.by_week == 0 {
            return Some((first, self.always));
        }
        let peaks = self.peaks();
        let days = (0..7).map_while(|later| first.plus_days(later).filter(|day| *day <= last));
        let taken = days.filter_map(|day| Some((day, self.always + peaks.get(day.weekday() as usize)?)));
        let over = taken.filter(|(_, taken)| *taken > most);
        over.fold(None, |best: Option<(Date, i64)>, one| best.filter(|best| best.1 >= one.1).or(Some(one)))
    }

    /// The most with a week that are there at one time, for each day of the week.
    fn peaks(&self) -> [i64; 7] {
        let (mut peaks, mut since, mut there) = ([0; 7], 0, 0);
        for (minute, change) in &self.changes {
            for (peak, day) in peaks.iter_mut().zip(0..) {
                if since < (day + 1) * DAY && *minute > day * DAY {
                    *peak = there.max(*peak);
                }
            }
            (since, there) = (*minute, there + change);
        }
        peaks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: Weekdays = Weekdays { first: 0, count: 7 };

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn slots_of_a_week_are_put_together() {
        assert_eq!(Week::of(&[(0, 540, 720), (0, 600, 780), (0, 780, 800)]), Week(vec![(540, 800)]));
        assert_eq!(Week::of(&[(6, 1320, 360)]), Week(vec![(0, 360), (WEEK - 120, WEEK)]));
        assert_eq!(Week::of(&[(2, 0, 1440)]), Week(vec![(2 * DAY, 3 * DAY)]));
    }

    #[test]
    fn two_meet_at_one_time_of_one_day() {
        let monday = Week::of(&[(0, 540, 720)]);
        assert!(monday.meets(&Week::of(&[(0, 719, 800)]), ALL));
        assert!(!monday.meets(&Week::of(&[(0, 720, 800), (1, 540, 720)]), ALL));
        // From Tuesday to Sunday there is no Monday.
        let rest = Weekdays::between(day("2024-05-14"), day("2024-05-19"));
        assert!(!monday.meets(&monday, rest));
        assert!(monday.meets(&monday, Weekdays::between(day("2024-05-14"), day("2024-05-20"))));
    }

    #[test]
    fn those_of_other_times_are_not_there() {
        let (monday, tuesday) = (Week::of(&[(0, 540, 720)]), Week::of(&[(1, 540, 720)]));
        let mut crowd = Crowd::default();
        crowd.change(Some(&monday), 1);
        crowd.change(Some(&tuesday), 1);
        let (first, last) = (day("2024-05-13"), day("2024-05-31"));
        assert_eq!(crowd.over(0, first, last), Some((first, 1)));
        crowd.change(None, 1);
        crowd.change(Some(&tuesday), 1);
        assert_eq!(crowd.over(1, first, last), Some((day("2024-05-14"), 3)));
        assert_eq!(crowd.over(1, first, first), Some((first, 2)));
        assert_eq!(crowd.over(3, first, last), None);
        crowd.change(Some(&tuesday), -1);
        assert_eq!(crowd.over(1, first, last), Some((first, 2)));
    }

    proptest! {
        /// Minute by minute, which is slow and plain.
        #[test]
        fn peaks_are_those_of_the_minutes(weeks in prop::collection::vec(prop::collection::vec((0_i64..7, 0_i64..1440, 1_i64..=1440), 1..4), 1..5)) {
            let weeks: Vec<Week> = weeks.iter().map(|slots| Week::of(slots)).collect();
            let mut crowd = Crowd::default();
            weeks.iter().for_each(|week| crowd.change(Some(week), 1));
            let there = |minute: i64| weeks.iter().filter(|week| week.0.iter().any(|(from, to)| (*from..*to).contains(&minute))).count() as i64;
            for (day, peak) in (0..7).zip(crowd.peaks()) {
                let minutes = day * DAY..(day + 1) * DAY;
                prop_assert_eq!(minutes.clone().map(there).max(), Some(peak));
                let meet = weeks.iter().enumerate().any(|(at, one)| {
                    weeks.iter().skip(at + 1).any(|two| one.meets(two, Weekdays { first: day, count: 1 }))
                });
                prop_assert_eq!(meet, peak > 1);
            }
        }
    }
}
