//! `{at_least: n, of: […]}`: at least n of the tests hold. False as soon as fewer than n can.

use crate::kernel::{Evaluator, Recorder, Test};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, number: usize, tests: &[Test]) -> Truth {
    let truths: Vec<Truth> = tests.iter().map(|test| eval.test(test)).collect();
    let least = |wanted: &dyn Fn(Truth) -> bool| truths.iter().filter(|truth| wanted(**truth)).count() >= number;
    if least(&|truth| truth == Truth::True) {
        Truth::True
    } else if least(&|truth| truth != Truth::False) {
        Truth::Unknown
    } else {
        Truth::False
    }
}
