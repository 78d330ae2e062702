//! `{shift: day, months, days}`: months first, clamped to the last day of the month, then days. A day outside 1900–2200
//! is a gap.

use crate::date::Date;
use crate::kernel::{Day, Evaluator, Gap, Number, Operand, Recorder};
use crate::rows::Rows;

pub(crate) fn day<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    day: &Day,
    months: Option<&Number>,
    days: Option<&Number>,
) -> Operand<Date> {
    let zero = Number::Literal(0.0);
    let day = eval.day(day);
    let (months, days) = (eval.number(months.unwrap_or(&zero)), eval.number(days.unwrap_or(&zero)));
    match day.and(months).and(days) {
        Operand::NotApplicable => Operand::NotApplicable,
        Operand::Open => Operand::Open,
        Operand::Value(((day, months), days)) => match moved(day, months, days) {
            Some(day) => Operand::Value(day),
            None => {
                eval.gap(Gap::DateRange);
                Operand::Open
            }
        },
    }
}

fn moved(day: Date, months: f64, days: f64) -> Option<Date> {
    // Packs are checked to hold whole numbers here; `as` saturates.
    day.plus_months(months as i64)?.plus_days(days as i64)
}
