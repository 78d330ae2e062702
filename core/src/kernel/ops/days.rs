//! `days: {from, to, both_ends}`: days between two days, negative if the second is earlier.

use crate::breakage::{self, Breakage};
use crate::kernel::{Evaluator, Operand, Period, Range, Recorder};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    period: &Period,
    both_ends: bool,
) -> Operand<Range> {
    let one_more = i64::from(both_ends && !breakage::is(Breakage::DaysOneOff));
    eval.period(period).map(|(from, to)| Range::from((from.days_to(to) + one_more) as f64))
}
