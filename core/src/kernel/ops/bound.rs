//! `start_of` and `end_of`: first and last day of the week, month, quarter or year of a day. A week begins on Monday.

use crate::date::Date;
use crate::kernel::{Calendar, Day, Evaluator, Operand, Recorder};
use crate::rows::Rows;

pub(crate) fn day<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    last: bool,
    of: Calendar,
    day: &Day,
) -> Operand<Date> {
    match eval.day(day) {
        Operand::Value(day) => eval.dated(if last { end(of, day) } else { start(of, day) }),
        other => other,
    }
}

/// First day of the span that holds a day.
pub(crate) fn start(of: Calendar, day: Date) -> Option<Date> {
    let (year, month, _) = day.parts();
    match of {
        Calendar::Week => day.plus_days(-i64::from(day.weekday())),
        Calendar::Month => Date::try_new(year, month, 1).ok(),
        Calendar::Quarter => Date::try_new(year, (month - 1) / 3 * 3 + 1, 1).ok(),
        Calendar::Year => Date::try_new(year, 1, 1).ok(),
    }
}

/// Last day of the span that holds a day.
pub(crate) fn end(of: Calendar, day: Date) -> Option<Date> {
    let (year, month, _) = day.parts();
    match of {
        Calendar::Week => day.plus_days(6 - i64::from(day.weekday())),
        Calendar::Month => Date::last_of_month(year, month),
        Calendar::Quarter => Date::last_of_month(year, (month - 1) / 3 * 3 + 3),
        Calendar::Year => Date::try_new(year, 12, 31).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(of: Calendar, day: &str) -> (String, String) {
        let day = Date::parse(day).unwrap();
        (start(of, day).unwrap().to_string(), end(of, day).unwrap().to_string())
    }

    #[test]
    fn spans_have_their_first_and_last_day() {
        let text = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(bounds(Calendar::Week, "2026-11-25"), text("2026-11-23", "2026-11-29"));
        assert_eq!(bounds(Calendar::Week, "2026-11-29"), text("2026-11-23", "2026-11-29"));
        assert_eq!(bounds(Calendar::Month, "2024-02-10"), text("2024-02-01", "2024-02-29"));
        assert_eq!(bounds(Calendar::Quarter, "2026-11-25"), text("2026-10-01", "2026-12-31"));
        assert_eq!(bounds(Calendar::Quarter, "2026-01-01"), text("2026-01-01", "2026-03-31"));
        assert_eq!(bounds(Calendar::Quarter, "2026-04-01"), text("2026-04-01", "2026-06-30"));
        assert_eq!(bounds(Calendar::Quarter, "2026-06-30"), text("2026-04-01", "2026-06-30"));
        assert_eq!(bounds(Calendar::Year, "1900-05-05"), text("1900-01-01", "1900-12-31"));
    }

    #[test]
    fn a_week_that_begins_before_1900_is_no_day() {
        assert_eq!(bounds(Calendar::Week, "1900-01-01").0, "1900-01-01");
        assert_eq!(end(Calendar::Week, Date::parse("2200-12-31").unwrap()), None);
    }
}
