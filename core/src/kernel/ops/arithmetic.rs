//! `add`, `subtract`, `multiply`, `divide`, `smallest`, `largest`, `floor`, `ceiling`: arithmetic on ranges.

use crate::kernel::{Evaluator, Gap, Number, Operand, Range, Recorder};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, number: &Number) -> Operand<Range> {
    let result = match number {
        Number::Add(all) => every(eval, all).map(|all| Some(Range::sum(&all))),
        Number::Subtract(both) => pair(eval, both).map(|(a, b)| Some(a.minus(b))),
        Number::Multiply(both) => pair(eval, both).map(|(a, b)| Some(a.times(b))),
        Number::Divide(both) => pair(eval, both).map(|(a, b)| a.divided_by(b)),
        Number::Smallest(all) => every(eval, all).map(|all| ends(&all, f64::min)),
        Number::Largest(all) => every(eval, all).map(|all| ends(&all, f64::max)),
        Number::Floor(number) => eval.number(number).map(|range| Some(range.map(f64::floor))),
        Number::Ceiling(number) => eval.number(number).map(|range| Some(range.map(f64::ceil))),
        other => return eval.number(other),
    };
    match result {
        Operand::Value(Some(range)) => held(eval, range),
        Operand::Value(None) => none(eval),
        Operand::Open => Operand::Open,
        Operand::NotApplicable => Operand::NotApplicable,
    }
}

/// The range, if it holds numbers; else that is a gap.
pub(crate) fn held<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, range: Range) -> Operand<Range> {
    if range.holds_numbers() { Operand::Value(range) } else { none(eval) }
}

fn none<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>) -> Operand<Range> {
    eval.gap(Gap::NumberRange);
    Operand::Open
}

fn every<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, all: &[Number]) -> Operand<Vec<Range>> {
    let all: Vec<Operand<Range>> = all.iter().map(|number| eval.number(number)).collect();
    Operand::all(all)
}

fn pair<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, both: &(Number, Number)) -> Operand<(Range, Range)> {
    let (a, b) = (eval.number(&both.0), eval.number(&both.1));
    a.and(b)
}

/// One end of all low ends, and of all high ends.
fn ends(all: &[Range], choose: fn(f64, f64) -> f64) -> Option<Range> {
    let (first, rest) = all.split_first()?;
    let fold =
        |range: Range, next: &Range| Range { low: choose(range.low, next.low), high: choose(range.high, next.high) };
    Some(rest.iter().fold(*first, fold))
}
