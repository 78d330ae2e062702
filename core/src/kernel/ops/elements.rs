//! Elements of a list that a number is made of: each with the truth of `where`, and what is wanted of it.

use crate::kernel::{Elements, Evaluator, Operand, Recorder};
use crate::rows::Rows;
use crate::truth::Truth;

/// An element that counts, or may.
pub(crate) struct Judged<U> {
    /// Whether it counts for certain.
    pub(crate) certain: bool,
    /// What is wanted of it; `None` if that is open.
    pub(crate) value: Option<U>,
}

/// What is wanted of every element for which `where` is not false. One to which that does not apply is left out, with its reads.
pub(crate) fn judged<'a, R: Rows, T: Recorder, U>(
    eval: &mut Evaluator<'a, R, T>,
    elements: &Elements,
    mut value: impl FnMut(&mut Evaluator<'a, R, T>) -> Operand<U>,
) -> Operand<Vec<Judged<U>>> {
    let mut all = Vec::new();
    let walked = eval.walk(elements.of, |eval, left| {
        if all.capacity() == 0 {
            all.reserve_exact(left);
        }
        let mark = eval.open.len();
        let truth = elements.filter.as_ref().map_or(Truth::True, |test| eval.test(test));
        if truth == Truth::False {
            return true;
        }
        let value = value(eval);
        if matches!(value, Operand::NotApplicable) {
            eval.open.truncate(mark);
            return true;
        }
        all.push(Judged { certain: truth == Truth::True, value: value.value() });
        true
    });
    walked.map(|()| all)
}
