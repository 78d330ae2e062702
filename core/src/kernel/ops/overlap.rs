//! `overlap`: days that two periods share, all ends included.

use crate::kernel::{Evaluator, Operand, Period, Range, Recorder};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, a: &Period, b: &Period) -> Operand<Range> {
    let (a, b) = (eval.period(a), eval.period(b));
    a.and(b).map(|(a, b)| {
        // A period that ends before it begins shares nothing: then this is not above 0 either.
        let shared = a.0.max(b.0).days_to(a.1.min(b.1)) + 1;
        Range::from(shared.max(0) as f64)
    })
}
