//! `same_system: [a, b]`: the two codes or communes belong to the law of one system. `BE` matches its regions; a code
//! without a system matches every one.

use crate::catalogue::FieldType;
use crate::kernel::{Evaluator, FieldRef, Gap, Operand, Recorder};
use crate::rows::{Cell, Rows};
use crate::territory::Lookup;
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, a: FieldRef, b: FieldRef) -> Truth {
    let (a, b) = (system(eval, a), system(eval, b));
    a.and(b).truth(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => a == b || is_within(a, b) || is_within(b, a),
        _ => true,
    })
}

/// Whether a system is a region of another.
fn is_within(part: &str, whole: &str) -> bool {
    part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('-'))
}

/// The system that a field's value belongs to; `None` for a code of no system.
fn system<'a, R: Rows, T: Recorder>(eval: &mut Evaluator<'a, R, T>, field: FieldRef) -> Operand<Option<&'a str>> {
    let text = match eval.read(field) {
        Operand::Value(Cell::Text(text)) => text,
        Operand::NotApplicable => return Operand::NotApplicable,
        _ => return Operand::Open,
    };
    let book = eval.facts.book;
    match field.column().map(|c| c.field.kind) {
        Some(FieldType::Code(list)) => {
            let code = book.codes().get(list).and_then(|codes| codes.find(text));
            Operand::Value(code.and_then(|code| code.system()))
        }
        Some(FieldType::Territory) => match book.territory().lookup(text) {
            Lookup::Known(commune) => Operand::Value(Some(commune.system().as_str())),
            _ => {
                let place = eval.facts.around.place(field);
                eval.gap(Gap::OutsideCoverage(place));
                Operand::Open
            }
        },
        _ => Operand::Open,
    }
}
