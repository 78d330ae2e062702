//! `param`: the value of a parameter on the day that the rule judges by.

use crate::date::Date;
use crate::kernel::{Anchor, Evaluator, Gap, Key, Operand, Range, Recorder};
use crate::pack::ParameterValue;
use crate::rows::{Cell, Rows};

pub(crate) fn number<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    index: usize,
    key: Option<&Key>,
) -> Operand<Range> {
    let mark = eval.open.len();
    let code = match key {
        None => Operand::Value(None),
        Some(Key::Code(code)) => Operand::Value(Some(code.clone())),
        Some(Key::Field(field)) => match eval.read(*field) {
            Operand::Value(Cell::Text(text)) => Operand::Value(Some(text.to_owned())),
            Operand::NotApplicable => Operand::NotApplicable,
            _ => Operand::Open,
        },
    };
    let known = eval.open.len();
    let value = eval.parameter(index);
    if value == Operand::Open && matches!(eval.anchor, Anchor::Day(_)) {
        // A gap that no code fills: the field of the key is not worth asking for.
        eval.open.drain(mark..known);
    }
    let (code, value) = match code.and(value) {
        Operand::Value(both) => both,
        Operand::Open => return Operand::Open,
        Operand::NotApplicable => return Operand::NotApplicable,
    };
    let number = match (value, code) {
        (ParameterValue::Number(number), None) => Some(*number),
        (ParameterValue::Keyed(numbers), Some(code)) => {
            numbers.iter().find(|(key, _)| *key == code).map(|(_, number)| *number)
        }
        _ => None,
    };
    match number {
        Some(number) => Operand::Value(Range::from(number)),
        None => {
            let name = eval.facts.parameters.get(index).map(|parameter| parameter.name.clone());
            eval.gap(Gap::NoValue(name.unwrap_or_default()));
            Operand::Open
        }
    }
}

pub(crate) fn day<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, index: usize) -> Operand<Date> {
    match eval.parameter(index) {
        Operand::Value(ParameterValue::Date(day)) => Operand::Value(*day),
        _ => Operand::Open,
    }
}
