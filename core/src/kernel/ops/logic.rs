//! `all` and `any`: strong Kleene *and* and *or*. Empty `all` is true, empty `any` false.

use crate::kernel::{Evaluator, Recorder, Test};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn all<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, tests: &[Test]) -> Truth {
    tests.iter().fold(Truth::True, |truth, test| truth.and(eval.test(test)))
}

pub(crate) fn any<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, tests: &[Test]) -> Truth {
    tests.iter().fold(Truth::False, |truth, test| truth.or(eval.test(test)))
}
