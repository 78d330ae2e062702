//! `known: path` is true for a value, false for a stated reason, unknown while the field can still be answered. `absent: path` with
//! `because` is true for one of these reasons, false for a value or another reason.

use crate::field::Absence;
use crate::kernel::{Evaluator, FieldRef, Open, Operand, Recorder};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef) -> Truth {
    match stated(eval, field) {
        Stated::Value => Truth::True,
        Stated::NotApplicable | Stated::Reason(_) => Truth::False,
        Stated::Open => Truth::Unknown,
    }
}

pub(crate) fn because<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    field: FieldRef,
    reasons: &[Absence],
) -> Truth {
    match stated(eval, field) {
        Stated::Reason(reason) => Truth::from(reasons.contains(&reason)),
        Stated::Value | Stated::NotApplicable => Truth::False,
        Stated::Open => Truth::Unknown,
    }
}

/// What is said of a field.
enum Stated {
    Value,
    Reason(Absence),
    NotApplicable,
    Open,
}

/// A stated reason counts only once the field is known to apply.
fn stated<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef) -> Stated {
    let mark = eval.open.len();
    match eval.read(field) {
        Operand::Value(_) => Stated::Value,
        Operand::NotApplicable => Stated::NotApplicable,
        Operand::Open => match eval.open.get(mark..) {
            Some([Open::Absent(read, why)]) if read.field == field && !why.is_answerable() => Stated::Reason(*why),
            _ => Stated::Open,
        },
    }
}
