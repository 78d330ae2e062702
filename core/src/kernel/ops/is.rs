//! `is` and `one_of`: the field holds the value, or one of the values.

use crate::kernel::{Evaluator, FieldRef, Literal, Recorder};
use crate::rows::{Cell, Rows};
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef, values: &[Literal]) -> Truth {
    eval.read(field).truth(|cell| values.iter().any(|value| holds(cell, value)))
}

fn holds(cell: Cell<'_>, value: &Literal) -> bool {
    match (cell, value) {
        (Cell::Text(text), Literal::Text(wanted)) => text == wanted,
        (Cell::Bool(flag), Literal::Bool(wanted)) => flag == *wanted,
        _ => false,
    }
}
