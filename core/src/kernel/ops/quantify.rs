//! `some` and `every`: strong Kleene *or* and *and* over the elements of a list. An empty list holds none, and every one holds.

use crate::kernel::{Evaluator, FieldRef, Recorder, Test};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn some<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, list: FieldRef, test: &Test) -> Truth {
    let all = eval.each(list, |eval| eval.test(test));
    all.judged(|truths| truths.into_iter().fold(Truth::False, Truth::or))
}

pub(crate) fn every<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, list: FieldRef, test: &Test) -> Truth {
    let all = eval.each(list, |eval| eval.test(test));
    all.judged(|truths| truths.into_iter().fold(Truth::True, Truth::and))
}
