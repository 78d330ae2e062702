//! Each read of a field that applies only at times stands beside a guard that repeats when.

use super::Loader;
use crate::catalogue::ColumnId;
use crate::kernel::{FieldRef, Kind, Literal, Part, Reach, Test};
use crate::pack::scope::At;

impl Loader<'_> {
    pub(super) fn guarded(&mut self, at: &At<'_>, test: &Test, guards: &[&Test]) {
        if let Kind::All(tests) = &test.kind {
            for inner in tests {
                let beside: Vec<&Test> =
                    guards.iter().copied().chain(tests.iter().filter(|t| t.id != inner.id)).collect();
                self.guarded(at, inner, &beside);
            }
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
        let beside: Vec<&Test> = guards.iter().copied().chain(inner.iter().copied().filter(|_| is_number)).collect();
        for field in fields.into_iter().filter(|field| !is_guarded(*field, &beside)) {
            self.problems.add(at, "pack.unguarded", &[("name", &field.path())]);
        }
        inner.into_iter().for_each(|test| self.guarded(at, test, guards));
    }
}

fn is_guarded(field: FieldRef, guards: &[&Test]) -> bool {
    let Some((sibling, value)) = field.column().and_then(|c| c.applicable) else {
        return true;
    };
    let sibling = FieldRef { role: field.role, id: ColumnId { table: field.id.table, column: sibling } };
    guards.iter().any(|guard| repeats(guard, sibling, value))
}

/// Whether a test, where true, makes sure that the sibling holds the value.
fn repeats(test: &Test, sibling: FieldRef, value: &str) -> bool {
    match &test.kind {
        Kind::All(tests) => tests.iter().any(|inner| repeats(inner, sibling, value)),
        Kind::Is(field, values) if *field == sibling => values.iter().all(|literal| match literal {
            Literal::Text(text) => text == value,
            Literal::Bool(flag) => value == if *flag { "true" } else { "false" },
        }),
        _ => false,
    }
}
