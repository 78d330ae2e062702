//! `within: zone`: the commune lies in a country, a system, the MEL or the Eurométropole, by its own row, whether or not it
//! still exists. `FR` and `BE` are read from the prefix; for the other zones a commune that we do not hold is a gap.

use crate::kernel::{Evaluator, FieldRef, Gap, Operand, Recorder};
use crate::rows::{Cell, Rows};
use crate::territory::Lookup;
use crate::truth::Truth;

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, field: FieldRef, zone: &str) -> Truth {
    let text = match eval.read(field) {
        Operand::Value(Cell::Text(text)) => text,
        Operand::NotApplicable => return Truth::False,
        _ => return Truth::Unknown,
    };
    if matches!(zone, "FR" | "BE") {
        return Truth::from(text.get(..2) == Some(zone));
    }
    match eval.facts.book.territory().lookup(text) {
        Lookup::Known(commune) => Truth::from(commune.in_zone(zone)),
        _ => {
            let place = eval.facts.around.place(field);
            eval.gap(Gap::OutsideCoverage(place));
            Truth::Unknown
        }
    }
}
