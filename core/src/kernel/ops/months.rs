//! `months` and `years` between two days, in a named reading.
//!
//! Month arithmetic clamps to the last day of the month. With `both_ends` the last day counts too, so that 2 May to 1 June is one month
//! from date to date.

use super::bound;
use crate::date::Date;
use crate::kernel::{Calendar, Evaluator, Operand, Period, Range, Reading, ReadingOf, Recorder};
use crate::pack::ParameterValue;
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    period: &Period,
    both_ends: bool,
    reading: ReadingOf,
    each: i32,
) -> Operand<Range> {
    let days = eval.period(period);
    let reading = match reading {
        ReadingOf::Word(word) => Operand::Value(word),
        ReadingOf::Param(index) => match eval.parameter(index) {
            Operand::Value(ParameterValue::Reading(word)) => Operand::Value(*word),
            _ => Operand::Open,
        },
    };
    let ((from, to), reading) = match days.and(reading) {
        Operand::Value(all) => all,
        Operand::Open => return Operand::Open,
        Operand::NotApplicable => return Operand::NotApplicable,
    };
    let end = eval.dated(if both_ends { to.plus_days(1) } else { Some(to) });
    end.map(|to| Range::from(f64::from(between(from, to, reading, each))))
}

/// Spans of `each` months from one day to the day before another.
fn between(from: Date, to: Date, reading: Reading, each: i32) -> i32 {
    match reading {
        Reading::Completed => completed(from, to, each),
        Reading::Begun => {
            let whole = completed(from, to, each);
            whole + i32::from(moved(from, whole, each) != Some(to))
        }
        Reading::Calendar => calendar(from, to, each),
        // At most 110,000 days lie between two days.
        Reading::ThirtyDays => i32::try_from(from.days_to(to).div_euclid(30)).unwrap_or(0),
    }
}

fn moved(from: Date, spans: i32, each: i32) -> Option<Date> {
    from.plus_months(i64::from(spans) * i64::from(each))
}

/// The largest whole number of spans after which the day is not later than the other.
fn completed(from: Date, to: Date, each: i32) -> i32 {
    let (year, month, _) = from.parts();
    let (to_year, to_month, _) = to.parts();
    let months = (to_year - year) * 12 + month_of(to_month) - month_of(month);
    let guess = months.div_euclid(each);
    // A day beyond 1900–2200 is later than all, or earlier than all.
    let not_after = moved(from, guess, each).map_or(guess < 0, |day| day <= to);
    if not_after { guess } else { guess - 1 }
}

fn month_of(month: u32) -> i32 {
    i32::try_from(month).unwrap_or(0)
}

/// Whole months or years of the calendar among the days.
fn calendar(from: Date, to: Date, each: i32) -> i32 {
    let span = if each == 1 { Calendar::Month } else { Calendar::Year };
    let first = match bound::start(span, from) {
        Some(start) if start == from => Some(from),
        _ => bound::end(span, from).and_then(|end| end.plus_days(1)),
    };
    let (Some(first), Some(last)) = (first, bound::start(span, to)) else { return 0 };
    if last <= first { 0 } else { completed(first, last, each) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(from: &str, to: &str, reading: Reading, each: i32) -> i32 {
        between(Date::parse(from).unwrap(), Date::parse(to).unwrap(), reading, each)
    }

    #[test]
    fn a_month_runs_from_date_to_date() {
        assert_eq!(count("2024-05-02", "2024-06-02", Reading::Completed, 1), 1);
        assert_eq!(count("2024-05-02", "2024-06-01", Reading::Completed, 1), 0);
        assert_eq!(count("2024-01-31", "2024-02-29", Reading::Completed, 1), 1);
        assert_eq!(count("2024-02-29", "2025-02-28", Reading::Completed, 12), 1);
        assert_eq!(count("2024-05-02", "2024-05-01", Reading::Completed, 1), -1);
        assert_eq!(count("2024-05-02", "2024-04-02", Reading::Completed, 1), -1);
        assert_eq!(count("2200-12-31", "1900-01-01", Reading::Completed, 1), -3612);
        assert_eq!(count("1900-01-31", "2200-12-31", Reading::Completed, 1), 3611);
    }

    #[test]
    fn a_month_that_has_begun_counts_as_one() {
        assert_eq!(count("2024-05-02", "2024-06-02", Reading::Begun, 1), 1);
        assert_eq!(count("2024-05-02", "2024-06-03", Reading::Begun, 1), 2);
        assert_eq!(count("2024-05-02", "2024-05-02", Reading::Begun, 1), 0);
    }

    #[test]
    fn the_calendar_has_its_own_months() {
        assert_eq!(count("2024-05-02", "2024-07-31", Reading::Calendar, 1), 1);
        assert_eq!(count("2024-05-01", "2024-08-01", Reading::Calendar, 1), 3);
        assert_eq!(count("2024-05-02", "2024-05-31", Reading::Calendar, 1), 0);
        assert_eq!(count("2024-05-02", "2020-05-31", Reading::Calendar, 1), 0);
        assert_eq!(count("2023-06-01", "2026-01-01", Reading::Calendar, 12), 2);
        // The month after the last one that there is.
        assert_eq!(count("2200-12-15", "2200-12-31", Reading::Calendar, 1), 0);
    }

    #[test]
    fn thirty_days_are_a_month_where_a_pack_says_so() {
        assert_eq!(count("2024-05-02", "2024-06-01", Reading::ThirtyDays, 1), 1);
        assert_eq!(count("2024-05-02", "2024-05-01", Reading::ThirtyDays, 1), -1);
    }
}
