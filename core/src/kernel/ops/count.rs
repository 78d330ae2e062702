//! `count`: elements of a list for which a test holds; with `distinct` the different values of a field among them, with `per` the
//! largest group with one value of a field.

use super::elements::{Judged, judged};
use crate::date::Date;
use crate::kernel::{Elements, Evaluator, FieldRef, Grouping, Operand, Range, Recorder};
use crate::rows::{Cell, Rows};
use std::collections::BTreeMap;

pub(crate) fn number<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    elements: &Elements,
    grouping: Grouping,
) -> Operand<Range> {
    let field = match grouping {
        Grouping::Each => {
            let all = judged(eval, elements, |_| Operand::Value(()));
            return all.map(|all| range(all.iter().filter(|e| e.certain).count(), all.len()));
        }
        Grouping::Distinct(field) | Grouping::Per(field) => field,
    };
    let all = judged(eval, elements, |eval| value(eval, field));
    all.map(|all| {
        let groups = Groups::of(&all);
        match grouping {
            Grouping::Distinct(_) => range(groups.count(|certain, _| certain > 0), groups.all.len() + groups.open),
            _ => range(groups.largest(|certain, _| certain), groups.largest(|_, all| all) + groups.open),
        }
    })
}

fn range(low: usize, high: usize) -> Range {
    Range { low: low as f64, high: high as f64 }
}

/// A value that elements can have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value<'a> {
    Bool(bool),
    Integer(i64),
    Text(&'a str),
    Date(Date),
}

fn value<'a, R: Rows, T: Recorder>(eval: &mut Evaluator<'a, R, T>, field: FieldRef) -> Operand<Value<'a>> {
    match eval.read(field) {
        Operand::Value(Cell::Bool(value)) => Operand::Value(Value::Bool(value)),
        Operand::Value(Cell::Integer(value)) => Operand::Value(Value::Integer(value)),
        Operand::Value(Cell::Text(value)) => Operand::Value(Value::Text(value)),
        Operand::Value(Cell::Date(value)) => Operand::Value(Value::Date(value)),
        Operand::NotApplicable => Operand::NotApplicable,
        _ => Operand::Open,
    }
}

/// How many elements have each value: for certain, and at all.
struct Groups<'a> {
    all: BTreeMap<Value<'a>, (usize, usize)>,
    open: usize,
}

impl<'a> Groups<'a> {
    fn of(elements: &[Judged<Value<'a>>]) -> Self {
        let mut groups = Self { all: BTreeMap::new(), open: 0 };
        for element in elements {
            let Some(value) = element.value else {
                groups.open += 1;
                continue;
            };
            let group = groups.all.entry(value).or_default();
            group.0 += usize::from(element.certain);
            group.1 += 1;
        }
        groups
    }

    fn count(&self, wanted: impl Fn(usize, usize) -> bool) -> usize {
        self.all.values().filter(|(certain, all)| wanted(*certain, *all)).count()
    }

    fn largest(&self, size: impl Fn(usize, usize) -> usize) -> usize {
        self.all.values().map(|(certain, all)| size(*certain, *all)).max().unwrap_or(0)
    }
}
