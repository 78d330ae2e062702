//! `under`: the code is this one, or lies below it by `broader` of its list, over codes that are all in force on the anchor
//! day; a code is always under itself.

use crate::catalogue::FieldType;
use crate::codes::{CodeList, Validity};
use crate::date::Date;
use crate::kernel::{Evaluator, FieldRef, Operand, Recorder};
use crate::rows::{Cell, Rows};
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef, code: &str) -> Truth {
    let cell = eval.read(field);
    let day = eval.anchor_day();
    let list = field.column().and_then(|column| match column.field.kind {
        FieldType::Code(list) | FieldType::Codes(list) => eval.facts.book.codes().get(list),
        _ => None,
    });
    match (cell.and(day), list) {
        (Operand::Value((Cell::Text(own), day)), Some(list)) => Truth::from(is_under(list, own, code, day)),
        (Operand::NotApplicable, _) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// Whether the walk from a code to broader ones, all in force, meets another. A code is under itself. Lists are checked to have no circle.
fn is_under(list: &CodeList, own: &str, wanted: &str, day: Date) -> bool {
    let in_force = |code: &str| list.find(code).filter(|code| code.validity(day) == Validity::InForce);
    let walk = std::iter::successors(in_force(own), |code| in_force(code.broader()?));
    own == wanted || walk.into_iter().any(|code| code.code() == wanted)
}
