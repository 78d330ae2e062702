//! `known: path` is true for a value, false for a stated reason, unknown while the field can still be answered.

use crate::field::Absence;
use crate::kernel::{Evaluator, FieldRef, Open, Operand, Recorder};
use crate::rows::Rows;
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef) -> Truth {
    let mark = eval.open.len();
    match eval.read(field) {
        Operand::Value(_) => Truth::True,
        Operand::NotApplicable => Truth::False,
        Operand::Open => {
            let stated = |open: &Open| matches!(open, Open::Absent(read, why) if *read == field && is_stated(*why));
            let alone = eval.open.get(mark..).is_some_and(|reads| reads.len() == 1 && reads.iter().all(stated));
            if alone { Truth::False } else { Truth::Unknown }
        }
    }
}

fn is_stated(reason: Absence) -> bool {
    !reason.is_answerable()
}
