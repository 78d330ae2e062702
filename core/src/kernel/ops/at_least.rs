//! `{at_least: n, of: […]}`: at least n of the tests hold. False as soon as fewer than n can.

use crate::kernel::{Evaluator, Recorder, Test};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, number: usize, tests: &[Test]) -> Truth {
    let (mut hold, mut may) = (0, 0);
    for test in tests {
        let truth = eval.test(test);
        hold += usize::from(truth == Truth::True);
        may += usize::from(truth != Truth::False);
    }
    if hold >= number {
        Truth::True
    } else if may >= number {
        Truth::Unknown
    } else {
        Truth::False
    }
}
