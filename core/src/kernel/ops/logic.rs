//! `all` and `any`: strong Kleene *and* and *or*. Empty `all` is true, empty `any` false.

use crate::kernel::{Evaluator, Recorder, Test};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn all<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, tests: &[Test]) -> Truth {
    let mut all = Truth::True;
    for test in tests {
        all = all.and(eval.test(test));
        if eval.is_settled(all, Truth::False) {
            break;
        }
    }
    all
}

pub(crate) fn any<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, tests: &[Test]) -> Truth {
    let mut any = Truth::False;
    for test in tests {
        any = any.or(eval.test(test));
        if eval.is_settled(any, Truth::True) {
            break;
        }
    }
    any
}
