//! What is missing, in the order worth asking.

use crate::field::Absence;
use crate::kernel::{Open, Place};
use crate::order;
use std::collections::{BTreeMap, BTreeSet};

/// A field that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The field.
    pub field: Place,
    /// Whether it was given wrongly.
    pub correct: bool,
    /// Ids of the rules that ask for it.
    pub rules: Vec<String>,
}

impl Missing {
    /// The word in outputs.
    #[must_use]
    pub fn action(&self) -> &'static str {
        if self.correct { "correct" } else { "give" }
    }
}

struct Asked {
    smallest: usize,
    rules: Vec<String>,
    residuals: usize,
    correct: bool,
}

/// The answerable fields of some residuals, without those already listed: first those of the smallest residual, then those that most
/// residuals ask for, then the least intrusive, then the order of the catalogue and of the elements.
pub(super) fn order(residuals: &[(&str, &BTreeSet<Open>)], listed: &BTreeSet<Place>) -> Vec<Missing> {
    let mut asked: BTreeMap<Place, Asked> = BTreeMap::new();
    for (rule, open) in residuals {
        let size = order::set(absent(open).map(|(field, _)| field)).len();
        for (field, reason) in absent(open).filter(|(_, reason)| reason.is_answerable()) {
            let entry = asked.entry(field).or_insert_with(|| Asked {
                smallest: usize::MAX,
                rules: Vec::new(),
                residuals: 0,
                correct: false,
            });
            entry.smallest = entry.smallest.min(size);
            entry.residuals += 1;
            entry.correct |= reason == Absence::Invalid;
            if !rule.is_empty() {
                entry.rules.push((*rule).to_owned());
            }
        }
    }
    let mut all: Vec<(Place, Asked)> = asked.into_iter().filter(|(field, _)| !listed.contains(field)).collect();
    let intrusive = |field: &Place| field.field.column().map_or(0, |c| c.field.marks.intrusive);
    order::sort_by(&mut all, |(a, of_a), (b, of_b)| {
        let before = of_a.smallest.cmp(&of_b.smallest).then(of_b.residuals.cmp(&of_a.residuals));
        before.then_with(|| intrusive(a).cmp(&intrusive(b))).then_with(|| a.cmp(b))
    });
    all.into_iter().map(|(field, a)| Missing { field, correct: a.correct, rules: a.rules }).collect()
}

/// The fields with a stated reason.
pub(super) fn stated(residuals: &[(&str, &BTreeSet<Open>)]) -> BTreeSet<(Place, Absence)> {
    order::set(residuals.iter().flat_map(|(_, open)| absent(open)).filter(|(_, reason)| !reason.is_answerable()))
}

fn absent(open: &BTreeSet<Open>) -> impl Iterator<Item = (Place, Absence)> + '_ {
    open.iter().filter_map(|open| match open {
        Open::Absent(place, reason) => Some((place.clone(), *reason)),
        Open::Gap(_) => None,
    })
}
