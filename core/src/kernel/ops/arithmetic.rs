//! `add`, `subtract`, `multiply`, `divide`, `smallest`, `largest`, `floor`, `ceiling`: arithmetic on ranges. It never makes a number open as a
//! whole, so that a new answer cannot undo what was decided before it.

use crate::kernel::{Evaluator, Gap, Number, Operand, Range, Recorder};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, number: &Number) -> Operand<Range> {
    match number {
        Number::Add(all) => total(eval, all),
        Number::Subtract(both) => pair(eval, both, Range::minus),
        Number::Multiply(both) => pair(eval, both, Range::times),
        Number::Divide(both) => quotient(eval, both),
        Number::Smallest(all) => every(eval, all).map(|all| ends(&all, f64::min)),
        Number::Largest(all) => every(eval, all).map(|all| ends(&all, f64::max)),
        Number::Floor(number) => eval.number(number).map(|range| range.map(f64::floor)),
        Number::Ceiling(number) => eval.number(number).map(|range| range.map(f64::ceil)),
        other => eval.number(other),
    }
}

fn total<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, all: &[Number]) -> Operand<Range> {
    let sum = every(eval, all).map(|all| Range::sum(&all));
    sum.map(|sum| held(eval, sum))
}

/// The divisor 0 is a gap. What was decided before the divisor was known stays decided: the number is not open as a whole.
fn quotient<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, both: &(Number, Number)) -> Operand<Range> {
    let (a, b) = (eval.number(&both.0), eval.number(&both.1));
    a.and(b).map(|(a, b)| {
        if b == Range::from(0.0) {
            eval.gap(Gap::NumberRange);
        }
        held(eval, a.divided_by(b))
    })
}

/// The range, or everything with a gap where an end is no number.
pub(crate) fn held<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, range: Range) -> Range {
    if range.low.is_nan() || range.high.is_nan() {
        eval.gap(Gap::NumberRange);
        return Range::ANY;
    }
    range
}

fn every<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, all: &[Number]) -> Operand<Vec<Range>> {
    let all: Vec<Operand<Range>> = all.iter().map(|number| eval.number(number)).collect();
    Operand::all(all)
}

fn pair<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    both: &(Number, Number),
    of: fn(Range, Range) -> Range,
) -> Operand<Range> {
    let (a, b) = (eval.number(&both.0), eval.number(&both.1));
    a.and(b).map(|(a, b)| held(eval, of(a, b)))
}

/// One end of all low ends, and of all high ends. Packs are checked to name a number.
fn ends(all: &[Range], choose: fn(f64, f64) -> f64) -> Range {
    let both = |a: Range, b: &Range| Range { low: choose(a.low, b.low), high: choose(a.high, b.high) };
    all.split_first().map_or(Range::ANY, |(first, rest)| rest.iter().fold(*first, both))
}
