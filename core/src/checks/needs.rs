//! What a rule needs to fail: the fields without whose value it cannot.
//!
//! The packs of a rulebook enter once; for each record (and each element of a list, where a rule is judged by elements) the rules are then
//! passed over that miss one of these fields. That is most of them, since most fields of most records are not given. What is left is judged
//! in full: nothing is decided here in another way.

use super::outlook::can_fail;
use crate::kernel::{Facts, FieldRef, Test};
use crate::order;
use crate::pack::{AnchorDef, Pack, Rule};
use crate::rows::Rows;
use std::sync::Arc;

/// A checks pack with the needs of its rules, in their order.
#[derive(Clone, Debug)]
pub(crate) struct Needing {
    pub(super) pack: Arc<Pack>,
    needs: Vec<Needs>,
}

/// The fields that a rule needs.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    record: Vec<FieldRef>,
    element: Vec<FieldRef>,
}

impl Needing {
    pub(crate) fn of(pack: &Arc<Pack>) -> Self {
        Self { pack: Arc::clone(pack), needs: pack.rules.iter().map(|rule| Needs::of(pack, rule)).collect() }
    }

    /// The rules that may fail on a record.
    pub(super) fn rules<R: Rows>(&self, facts: Facts<'_, R>) -> impl Iterator<Item = (&Rule, &Needs)> {
        self.pack.rules.iter().zip(&self.needs).filter(move |(_, needs)| are_given(&needs.record, facts))
    }
}

impl Needs {
    fn of(pack: &Pack, rule: &Rule) -> Self {
        let tests = pack.applies_when.iter().chain(&rule.when).chain([&rule.that]);
        let tests = tests.chain(rule.unless.iter().map(|unless| &unless.test));
        let mut fields = order::set(tests.flat_map(Test::fields).chain(rule.each));
        if let AnchorDef::Field(field) = rule.as_of {
            fields.insert(field);
        }
        let needed = fields.into_iter().filter(|field| !can_fail(pack, rule, &|blank| blank == *field));
        let (record, element) = needed.partition(|field| field.id.table == 0);
        Self { record, element }
    }

    /// Whether an element has what it needs.
    pub(super) fn element<R: Rows>(&self, facts: Facts<'_, R>) -> bool {
        are_given(&self.element, facts)
    }
}

fn are_given<R: Rows>(fields: &[FieldRef], facts: Facts<'_, R>) -> bool {
    fields.iter().all(|field| facts.is_given(*field))
}
