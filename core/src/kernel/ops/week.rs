//! `week`: what an ordinary week of work comes to, from the slots of a list. The week comes again and again: Sunday is followed by Monday.
//!
//! Each minute counts once, whatever number of slots hold it, and slots that touch are one stretch. Every measure grows with the minutes
//! that are worked, or every one falls: so the slots that are certain give one end of its range, and those that are possible the other.

use super::elements::{Judged, judged};
use crate::date::Time;
use crate::kernel::{Elements, Evaluator, FieldRef, Measure, Operand, Range, Recorder, Week};
use crate::rows::{Cell, Rows};

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Minutes of a week.
const WEEK: i64 = 7 * DAY;
/// Codes of the list `weekday`, in the order of the week.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The place of a day in the week.
#[must_use]
pub fn weekday(code: &str) -> Option<i64> {
    WEEKDAYS.iter().zip(0..).find_map(|(name, place)| name.bytes().eq(code.bytes()).then_some(place))
}

/// The code of a day of the week by its place.
pub(crate) fn weekday_code(place: i64) -> Option<&'static str> {
    WEEKDAYS.iter().zip(0..).find_map(|(name, at)| (at == place).then_some(*name))
}

pub(crate) fn number<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, week: &Week) -> Operand<Range> {
    let unit = week.unit.minutes() as f64;
    if let Some(known) = eval.week.as_ref().filter(|known| known.fields == fields(week) && is_plain(week)) {
        return Operand::Value(Range::from(known.worked.measured(&week.measure) as f64 / unit));
    }
    let all = match slots(eval, &week.elements, week) {
        Operand::Value(all) => all,
        Operand::Open => return Operand::Open,
        Operand::NotApplicable => return Operand::NotApplicable,
    };
    let certain = all.iter().filter(|slot| slot.certain).filter_map(|slot| slot.value);
    let worked = Worked::new(all.len(), certain);
    let least = worked.measured(&week.measure) as f64;
    if all.iter().all(|slot| slot.certain && slot.value.is_some()) {
        if is_plain(week) && !eval.is_watched() {
            eval.week = Some(KnownWeek { fields: fields(week), worked });
        }
        return Operand::Value(Range::from(least / unit));
    }
    // A slot of which something is open may be anywhere.
    let possible = all.iter().map(|slot| slot.value.unwrap_or((0, WEEK)));
    let most = Worked::new(all.len(), possible).measured(&week.measure) as f64;
    Operand::Value(Range { low: least.min(most) / unit, high: least.max(most) / unit })
}

/// A week of which nothing is open, kept by the evaluator for the next measure: the rules of a pack measure one week in many ways.
pub(crate) struct KnownWeek {
    fields: [FieldRef; 4],
    worked: Worked,
}

fn fields(week: &Week) -> [FieldRef; 4] {
    [week.elements.of, week.day, week.from, week.to]
}

/// Whether every slot of a list of the record counts, whatever element or day is being judged.
fn is_plain(week: &Week) -> bool {
    week.elements.filter.is_none() && week.elements.of.id.table == 0
}

/// Minutes from Monday 00:00, the end not among them; it may lie in the next week.
type Slot = (i64, i64);

/// The slots that count, or may; `None` where a field of one is open.
fn slots<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    elements: &Elements,
    week: &Week,
) -> Operand<Vec<Judged<Slot>>> {
    judged(eval, elements, |eval| {
        let day = day(eval, week.day);
        let from = time(eval, week.from);
        let to = time(eval, week.to);
        day.and(from.and(to)).map(|(day, (from, to))| {
            let end = if to > from { to } else { to + DAY };
            (day * DAY + from, day * DAY + end)
        })
    })
}

fn day<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef) -> Operand<i64> {
    match eval.read(field) {
        Operand::Value(Cell::Text(code)) => weekday(code).map_or(Operand::Open, Operand::Value),
        Operand::NotApplicable => Operand::NotApplicable,
        _ => Operand::Open,
    }
}

fn time<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef) -> Operand<i64> {
    match eval.read(field) {
        Operand::Value(Cell::Time(time)) => Operand::Value(i64::from(time.minutes())),
        Operand::NotApplicable => Operand::NotApplicable,
        _ => Operand::Open,
    }
}

/// The stretches of work of a week: in order, without touching one another, and cut at its end.
struct Worked {
    stretches: Vec<Slot>,
}

impl Worked {
    /// Of at most so many slots.
    fn new(most: usize, slots: impl Iterator<Item = Slot>) -> Self {
        let mut parts: Vec<Slot> = Vec::with_capacity(most + 1);
        slots.for_each(|slot| parts.extend(wrapped(slot)));
        parts.sort_unstable();
        parts.dedup_by(|next, last| {
            let touches = next.0 <= last.1;
            last.1 = if touches { last.1.max(next.1) } else { last.1 };
            touches
        });
        Self { stretches: parts }
    }

    fn measured(&self, measure: &Measure) -> i64 {
        match measure {
            Measure::Work { weekdays, between } => self.work(weekdays, *between),
            Measure::LongestDay => (0..7).map(|day| self.minutes_of(day)).max().unwrap_or(0),
            Measure::LongestStretch { pause } => self.longest_stretch(*pause),
            Measure::LongestRest => self.rests().max().unwrap_or(WEEK),
            Measure::DailyRest => self.daily_rest(),
            Measure::RestDays => self.rest_days(),
        }
    }

    fn minutes_in(&self, from: i64, to: i64) -> i64 {
        self.stretches.iter().map(|stretch| (stretch.1.min(to) - stretch.0.max(from)).max(0)).sum()
    }

    fn minutes_of(&self, day: i64) -> i64 {
        self.minutes_in(day * DAY, (day + 1) * DAY)
    }

    /// Minutes on some days of the week and between two times of the day.
    fn work(&self, weekdays: &[i64], between: Option<(Time, Time)>) -> i64 {
        let (from, to) = between.map_or((0, DAY), |(from, to)| (i64::from(from.minutes()), i64::from(to.minutes())));
        let hours = if from < to { [(from, to), (0, 0)] } else { [(0, to), (from, DAY)] };
        let of_day = |day: &i64| hours.iter().map(|(a, b)| self.minutes_in(day * DAY + a, day * DAY + b)).sum::<i64>();
        weekdays.iter().map(of_day).sum()
    }

    /// The rest before each stretch, the first one's from the week before.
    fn rests(&self) -> impl Iterator<Item = i64> + '_ {
        let before = self.stretches.last().map(|last| last.1 - WEEK);
        let ends = before.into_iter().chain(self.stretches.iter().map(|stretch| stretch.1));
        self.stretches.iter().zip(ends).map(|(stretch, end)| stretch.0 - end)
    }

    /// The most work between two rests of at least a pause; all of it, where there is none.
    fn longest_stretch(&self, pause: i64) -> i64 {
        let (mut first, mut longest, mut run) = (None, 0, 0);
        for (stretch, rest) in self.stretches.iter().zip(self.rests()) {
            if rest >= pause {
                longest = longest.max(if first.is_some() { run } else { 0 });
                first = first.or(Some(run));
                run = 0;
            }
            run += stretch.1 - stretch.0;
        }
        // What came before the first pause goes on from the end of the week.
        longest.max(run + first.unwrap_or(0))
    }

    /// The least, over the 24 hours that follow the beginning of each stretch, of the longest rest within them.
    fn daily_rest(&self) -> i64 {
        (0..self.stretches.len()).map(|at| self.rest_after(at)).min().unwrap_or(DAY)
    }

    fn rest_after(&self, at: usize) -> i64 {
        let again = self.stretches.iter().map(|stretch| (stretch.0 + WEEK, stretch.1 + WEEK));
        let coming = || self.stretches.iter().copied().chain(again.clone()).skip(at);
        let end = coming().next().map_or(0, |first| first.0 + DAY);
        let rests = coming().zip(coming().skip(1)).take_while(|(a, _)| a.1 < end);
        rests.map(|(a, b)| b.0.min(end) - a.1).max().unwrap_or(0)
    }

    /// The most days in a row without work.
    fn rest_days(&self) -> i64 {
        let mut run = 0;
        let runs = (0..14).map(|day| {
            run = if self.minutes_of(day % 7) == 0 { run + 1 } else { 0 };
            run
        });
        runs.max().unwrap_or(0).min(7)
    }
}

/// The parts of a slot in the week.
fn wrapped((from, to): Slot) -> impl Iterator<Item = Slot> {
    let parts = [(from, to.min(WEEK)), (from.max(WEEK) - WEEK, to - WEEK)];
    parts.into_iter().filter(|(from, to)| from < to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked(slots: &[(i64, i64, i64)]) -> Worked {
        Worked::new(slots.len(), slots.iter().map(|(day, from, to)| (day * DAY + from * 60, day * DAY + to * 60)))
    }

    #[test]
    fn nothing_is_worked() {
        let none = worked(&[]);
        assert_eq!(none.longest_stretch(1), 0);
        assert_eq!(none.measured(&Measure::LongestRest), WEEK);
        assert_eq!(none.daily_rest(), DAY);
        assert_eq!(none.rest_days(), 7);
    }

    #[test]
    fn a_minute_counts_once_and_slots_that_touch_are_one() {
        let day = worked(&[(0, 8, 12), (0, 10, 12), (0, 12, 14)]);
        assert_eq!(day.minutes_of(0), 360);
        assert_eq!(day.longest_stretch(30), 360);
    }

    #[test]
    fn the_week_comes_again() {
        // Saturday 22:00 to Sunday 06:00, Sunday 22:00 to Monday 06:00.
        let nights = worked(&[(5, 22, 30), (6, 22, 30)]);
        assert_eq!(nights.work(&[6], None), 480);
        assert_eq!(nights.work(&[0, 1, 2, 3, 4, 5, 6], Time::parse("22:00").zip(Time::parse("06:00"))), 960);
        assert_eq!(nights.longest_stretch(30), 480);
        assert_eq!(nights.daily_rest(), 960);
        assert_eq!(nights.measured(&Measure::LongestRest), 5 * DAY + 16 * 60);
        assert_eq!(nights.rest_days(), 4);
    }

    #[test]
    fn days_without_work_are_counted_over_the_end_of_the_week() {
        let days = |days: &[i64]| {
            let slots: Vec<(i64, i64, i64)> = days.iter().map(|day| (*day, 8, 16)).collect();
            worked(&slots).rest_days()
        };
        assert_eq!(days(&[2, 3, 4, 5, 6]), 2);
        assert_eq!(days(&[1, 2, 3, 4, 5]), 2);
        assert_eq!(days(&[0, 2, 4, 6]), 1);
        assert_eq!(days(&[3]), 6);
    }

    #[test]
    fn work_up_to_midnight_on_sunday_ends_with_the_week() {
        let late = worked(&[(6, 20, 24)]);
        assert_eq!(late.stretches.len(), 1);
        assert_eq!(late.measured(&Measure::LongestRest), WEEK - 240);
        assert_eq!(worked(&[(6, 20, 24), (0, 0, 2)]).longest_stretch(30), 360);
    }

    #[test]
    fn a_pause_divides_work_and_a_shorter_one_does_not() {
        let day = worked(&[(0, 8, 12), (0, 13, 17), (1, 8, 12)]);
        assert_eq!(day.longest_stretch(60), 240);
        assert_eq!(day.longest_stretch(61), 480);
        // Without a pause that is long enough all is one stretch.
        assert_eq!(day.longest_stretch(WEEK), 720);
    }

    #[test]
    fn a_day_of_the_week_has_one_code_and_one_place() {
        let places = WEEKDAYS.map(|code| weekday(code).and_then(weekday_code));
        assert_eq!(places, WEEKDAYS.map(Some));
        assert_eq!((weekday("day"), weekday_code(7)), (None, None));
    }

    #[test]
    fn a_rest_lies_within_the_day_that_begins_with_work() {
        assert_eq!(worked(&[(0, 8, 20), (1, 6, 14)]).daily_rest(), 600);
        assert_eq!(worked(&[(0, 6, 10), (0, 18, 22)]).daily_rest(), 480);
        assert_eq!(worked(&[(0, 22, 24), (1, 0, 6)]).daily_rest(), 960);
        assert_eq!(worked(&[(0, 0, 7 * 24)]).daily_rest(), 0);
    }
}
