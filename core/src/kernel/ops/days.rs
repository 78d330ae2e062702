//! `days: {from, to, both_ends}`: days between two days, negative if the second is earlier.

use crate::breakage::{self, Breakage};
use crate::kernel::{Day, Evaluator, Operand, Recorder};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    from: &Day,
    to: &Day,
    both_ends: bool,
) -> Operand<f64> {
    let (from, to) = (eval.day(from), eval.day(to));
    from.and(to)
        .map(|(from, to)| (from.days_to(to) + i64::from(both_ends && !breakage::is(Breakage::DaysOneOff))) as f64)
}
