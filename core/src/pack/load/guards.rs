//! Each read of a field that applies only at times stands beside a guard that repeats when.

use super::Loader;
use crate::catalogue::ColumnId;
use crate::kernel::{FieldRef, Kind, Literal, Part, Reach, Test};
use crate::pack::scope::At;
use std::collections::BTreeSet;

/// What tests make sure of that stand beside another, and those beside what is around.
pub(super) struct Guards<'g> {
    around: Option<&'g Guards<'g>>,
    sure: BTreeSet<(FieldRef, &'g str)>,
}

impl<'g> Guards<'g> {
    pub(super) fn of(around: Option<&'g Self>, tests: impl Iterator<Item = &'g Test>) -> Self {
        let mut sure = BTreeSet::new();
        tests.for_each(|test| makes_sure(test, &mut sure));
        Self { around, sure }
    }

    fn repeat(&self, field: FieldRef, value: &str) -> bool {
        self.sure.contains(&(field, value)) || self.around.is_some_and(|around| around.repeat(field, value))
    }
}

impl Loader<'_> {
    pub(super) fn guarded(&mut self, at: &At<'_>, test: &Test, guards: &Guards<'_>) {
        if let Kind::All(tests) = &test.kind {
            // A test that makes sure of a field reads that field alone, so that none guards itself.
            let beside = Guards::of(Some(guards), tests.iter());
            tests.iter().for_each(|inner| self.guarded(at, inner, &beside));
            return;
        }
        let (mut fields, mut inner) = (Vec::new(), Vec::new());
        test.walk(Reach::Own, &mut |part| match part {
            Part::Field(field) => fields.push(field),
            Part::Test(test) => inner.push(test),
            Part::Number(_) | Part::Day(_) => {}
        });
        // What is read of an element stands beside the `where` that chose it.
        let is_number = matches!(test.kind, Kind::Compare(..));
        let beside = Guards::of(Some(guards), inner.iter().copied().filter(|_| is_number));
        for field in fields.into_iter().filter(|field| !is_guarded(*field, &beside)) {
            self.problems.add(at, "pack.unguarded", &[("name", &field.path())]);
        }
        inner.into_iter().for_each(|test| self.guarded(at, test, guards));
    }
}

fn is_guarded(field: FieldRef, guards: &Guards<'_>) -> bool {
    let Some((sibling, value)) = field.column().and_then(|c| c.applicable) else {
        return true;
    };
    let sibling = FieldRef { role: field.role, id: ColumnId { table: field.id.table, column: sibling } };
    guards.repeat(sibling, value)
}

/// What holds of a field wherever the test is true: that it has the one value.
fn makes_sure<'t>(test: &'t Test, sure: &mut BTreeSet<(FieldRef, &'t str)>) {
    match &test.kind {
        Kind::All(tests) => tests.iter().for_each(|inner| makes_sure(inner, sure)),
        Kind::Is(field, values) => {
            let mut words = values.iter().map(word);
            if let Some(first) = words.next()
                && words.all(|word| word == first)
            {
                sure.insert((*field, first));
            }
        }
        _ => {}
    }
}

fn word(literal: &Literal) -> &str {
    match literal {
        Literal::Text(text) => text,
        Literal::Bool(true) => "true",
        Literal::Bool(false) => "false",
    }
}
