//! `same_as`: two fields hold the same value. An absent side leaves it open; two absences are never the same.

use crate::kernel::{Evaluator, FieldRef, Recorder};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, a: FieldRef, b: FieldRef) -> Truth {
    let (a, b) = (eval.read(a), eval.read(b));
    a.and(b).truth(|(a, b)| a == b)
}
