//! `some` and `every`: strong Kleene *or* and *and* over the elements of a list. An empty list holds none, and every one holds.

use crate::kernel::{Evaluator, FieldRef, Recorder, Test};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn some<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, list: FieldRef, test: &Test) -> Truth {
    let mut all = Truth::False;
    let walked = eval.walk(list, |eval, _| {
        all = all.or(eval.test(test));
        !eval.is_settled(all, Truth::True)
    });
    walked.judged(|()| all)
}

pub(crate) fn every<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, list: FieldRef, test: &Test) -> Truth {
    let mut all = Truth::True;
    let walked = eval.walk(list, |eval, _| {
        all = all.and(eval.test(test));
        !eval.is_settled(all, Truth::False)
    });
    walked.judged(|()| all)
}
