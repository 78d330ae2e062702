//! `is` and `one_of`: the field holds the value, or one of the values, which may be those of a parameter on the anchor day.

use crate::kernel::{Evaluator, FieldRef, Literal, Recorder};
use crate::pack::ParameterValue;
use crate::rows::{Cell, Rows};
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef, values: &[Literal]) -> Truth {
    eval.read(field).truth(|cell| values.iter().any(|value| holds(cell, value)))
}

pub(crate) fn among<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef, parameter: usize) -> Truth {
    let (cell, codes) = (eval.read(field), eval.parameter(parameter));
    cell.and(codes).truth(|both| match both {
        (Cell::Text(text), ParameterValue::Codes(codes)) => codes.iter().any(|code| code == text),
        _ => false,
    })
}

fn holds(cell: Cell<'_>, value: &Literal) -> bool {
    match (cell, value) {
        (Cell::Text(text), Literal::Text(wanted)) => text == wanted,
        (Cell::Bool(flag), Literal::Bool(wanted)) => flag == *wanted,
        _ => false,
    }
}
