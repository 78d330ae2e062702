//! `{shift: day, months, days}`: months first, clamped to the last day of the month, then days. A day outside 1900–2200
//! is a gap.

use crate::date::Date;
use crate::kernel::{Day, Evaluator, Number, Operand, Recorder};
use crate::rows::Rows;

pub(crate) fn day<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    day: &Day,
    months: Option<&Number>,
    days: Option<&Number>,
) -> Operand<Date> {
    let zero = Number::Literal(0.0);
    let day = eval.day(day);
    let (months, days) = (eval.whole(months.unwrap_or(&zero)), eval.whole(days.unwrap_or(&zero)));
    match day.and(months).and(days) {
        Operand::NotApplicable => Operand::NotApplicable,
        Operand::Open => Operand::Open,
        Operand::Value(((day, months), days)) => {
            eval.dated(day.plus_months(months).and_then(|day| day.plus_days(days)))
        }
    }
}
