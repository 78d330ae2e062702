//! `window`: the most days that elements of a list cover in any window of a length, each day counted once.

use super::elements::judged;
use crate::date::Date;
use crate::kernel::{Evaluator, Length, Operand, Range, Recorder, Window};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, window: &Window) -> Operand<Range> {
    let all = judged(eval, &window.elements, |eval| eval.period(&window.period));
    let with = window.with.as_ref().map(|period| eval.period(period));
    let with = with.map_or(Operand::Value(None), |period| period.map(Some));
    all.and(with).map(|(all, with)| {
        let days = |wanted: fn(bool) -> bool| -> Vec<(Date, Date)> {
            let known = all.iter().filter(|element| wanted(element.certain)).filter_map(|element| element.value);
            known.chain(with).collect()
        };
        let is_open = all.iter().any(|element| element.value.is_none());
        let high = if is_open { f64::INFINITY } else { most(&days(|_| true), window.length) as f64 };
        Range { low: most(&days(|certain| certain), window.length) as f64, high }
    })
}

/// The most covered days in any window. A window that begins on no covered day holds no more than the next one that does.
fn most(periods: &[(Date, Date)], length: Length) -> usize {
    let periods = || periods.iter().filter(|(from, to)| from <= to);
    let (Some(first), Some(last)) = (periods().map(|p| p.0).min(), periods().map(|p| p.1).max()) else {
        return 0;
    };
    let covered = Covered::new(first, last, periods());
    if end(first, length).is_none_or(|end| last < end) {
        return covered.between(first, None);
    }
    let begins = std::iter::successors(Some(first), |day| day.plus_days(1)).take_while(|day| *day <= last);
    let counts = begins.map(|day| covered.between(day, end(day, length)));
    counts.max().unwrap_or(0)
}

/// The day after a window; `None` where it lies beyond the last day that there is.
fn end(day: Date, length: Length) -> Option<Date> {
    match length {
        Length::Months(months) => day.plus_months(months),
        Length::Days(days) => day.plus_days(days),
    }
}

/// How many covered days lie before each day.
struct Covered {
    first: Date,
    before: Vec<usize>,
}

impl Covered {
    fn new<'p>(first: Date, last: Date, periods: impl Iterator<Item = &'p (Date, Date)>) -> Self {
        let place = |day: Date| usize::try_from(first.days_to(day)).unwrap_or(0);
        let mut begun = vec![0_i64; place(last) + 2];
        for (from, to) in periods {
            let ends = [(place(*from), 1), (place(*to) + 1, -1)];
            ends.into_iter().for_each(|(at, step)| begun.get_mut(at).into_iter().for_each(|count| *count += step));
        }
        let mut open = 0;
        let mut before = vec![0];
        for step in begun {
            open += step;
            let so_far = before.last().copied().unwrap_or(0);
            before.push(so_far + usize::from(open > 0));
        }
        Self { first, before }
    }

    /// Covered days from a day to the day before another.
    fn between(&self, from: Date, end: Option<Date>) -> usize {
        let last = self.before.len() - 1;
        let place = |day: Date| usize::try_from(self.first.days_to(day)).unwrap_or(0).min(last);
        let at = |place: usize| self.before.get(place).copied().unwrap_or(0);
        at(end.map_or(last, place)).saturating_sub(at(place(from)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> (Date, Date) {
        (Date::parse(from).unwrap(), Date::parse(to).unwrap())
    }

    #[test]
    fn a_day_counts_once() {
        let periods = [period("2024-01-01", "2024-01-10"), period("2024-01-05", "2024-01-12")];
        assert_eq!(most(&periods, Length::Months(12)), 12);
        assert_eq!(most(&periods, Length::Days(5)), 5);
        assert_eq!(most(&[], Length::Days(5)), 0);
        assert_eq!(most(&[period("2024-01-05", "2024-01-01")], Length::Days(5)), 0);
    }

    #[test]
    fn a_window_begins_on_any_day() {
        let periods = [period("2024-01-01", "2024-01-01"), period("2024-01-04", "2024-01-08")];
        assert_eq!(most(&periods, Length::Days(5)), 5);
        assert_eq!(most(&[period("2024-01-01", "2024-01-09")], Length::Days(9)), 9);
        assert_eq!(most(&[period("2024-01-01", "2024-01-09")], Length::Days(8)), 8);
    }

    #[test]
    fn a_window_slides() {
        let periods = [period("2024-01-01", "2024-01-30"), period("2024-12-31", "2025-01-29")];
        // From 1 January 2024 it ends on 31 December; from 2 January it ends on 1 January 2025, from 30 January on the 29th.
        assert_eq!(most(&periods, Length::Months(12)), 31);
        assert_eq!(most(&[period("2200-12-01", "2200-12-31")], Length::Months(12)), 31);
    }
}
