//! `sum`: the exact sum of a number of each element of a list for which a test holds.

use super::arithmetic::held;
use super::elements::{Judged, judged};
use crate::kernel::{Elements, Evaluator, Number, Operand, Range, Recorder};
use crate::rows::Rows;

pub(crate) fn number<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    elements: &Elements,
    value: &Number,
) -> Operand<Range> {
    let all = judged(eval, elements, |eval| eval.number(value));
    let parts = all.map(|all| all.iter().map(|element| part(element, value)).collect::<Vec<_>>());
    parts.map(|parts| held(eval, Range::sum(&parts)))
}

/// What an element adds.
fn part(element: &Judged<Range>, value: &Number) -> Range {
    let range = element.value.unwrap_or_else(|| possible(value).or_zero());
    if element.certain { range } else { range.or_zero() }
}

/// What a number can be, of which nothing was given.
fn possible(value: &Number) -> Range {
    let Number::Field(field) = value else { return Range::ANY };
    let (min, max) = field.column().map_or((None, None), |column| column.field.range);
    let end = |end: Option<i64>, none: f64| end.map_or(none, |end| end as f64);
    Range { low: end(min, f64::NEG_INFINITY), high: end(max, f64::INFINITY) }
}
