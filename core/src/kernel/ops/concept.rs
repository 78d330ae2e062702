//! `concept`: the code is one of those that join what several systems name differently. For the project's own rules: a pack of law tests
//! national codes.

use crate::catalogue::FieldType;
use crate::kernel::{Evaluator, FieldRef, Recorder};
use crate::rows::{Cell, Rows};
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef, concept: &str) -> Truth {
    let list = field.column().and_then(|column| match column.field.kind {
        FieldType::Code(list) | FieldType::Codes(list) => eval.facts.book.codes().get(list),
        _ => None,
    });
    eval.read(field).truth(|cell| match (cell, list) {
        (Cell::Text(text), Some(list)) => list.find(text).and_then(|code| code.concept()) == Some(concept),
        _ => false,
    })
}
