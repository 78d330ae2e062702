//! `age: {birth, at}`: completed years. Who is born on 29 February has the birthday of an ordinary year by the pack's
//! `leap_day`. Before birth the age is negative.

use crate::date::Date;
use crate::kernel::{Day, Evaluator, LeapDay, Operand, Range, Recorder};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, birth: &Day, at: &Day) -> Operand<Range> {
    let (birth, at) = (eval.day(birth), eval.day(at));
    let policy = eval.facts.leap_day;
    birth.and(at).map(|(birth, at)| Range::from(f64::from(completed_years(birth, at, policy))))
}

/// Completed years from birth to a day.
#[must_use]
pub(crate) fn completed_years(birth: Date, at: Date, policy: LeapDay) -> i32 {
    let (birth_year, month, day) = birth.parts();
    let (year, at_month, at_day) = at.parts();
    let leap_birth = (month, day) == (2, 29) && Date::try_new(year, 2, 29).is_err();
    let birthday = match (leap_birth, policy) {
        (false, _) => (month, day),
        (true, LeapDay::On1Mar) => (3, 1),
        (true, LeapDay::On28Feb) => (2, 28),
    };
    year - birth_year - i32::from((at_month, at_day) < birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(birth: &str, at: &str, policy: LeapDay) -> i32 {
        completed_years(Date::parse(birth).unwrap(), Date::parse(at).unwrap(), policy)
    }

    #[test]
    fn a_year_is_complete_on_the_birthday() {
        assert_eq!(age("2009-07-07", "2025-07-07", LeapDay::On1Mar), 16);
        assert_eq!(age("2009-07-08", "2025-07-07", LeapDay::On1Mar), 15);
        assert_eq!(age("2009-07-07", "2009-07-06", LeapDay::On1Mar), -1);
    }

    #[test]
    fn the_leap_day_follows_the_policy() {
        assert_eq!(age("2008-02-29", "2026-02-28", LeapDay::On1Mar), 17);
        assert_eq!(age("2008-02-29", "2026-02-28", LeapDay::On28Feb), 18);
        assert_eq!(age("2008-02-29", "2028-02-28", LeapDay::On28Feb), 19);
        assert_eq!(age("2008-02-29", "2028-02-29", LeapDay::On28Feb), 20);
    }
}
