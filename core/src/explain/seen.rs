//! What an explained run keeps: every judged test with what was read for it, in the nesting in which it was judged.

use crate::date::Date;
use crate::decision::cell_json;
use crate::field::Absence;
use crate::json::Json;
use crate::kernel::{Anchor, Around, FieldRef, Gap, Operand, Place, Range, Recorder, Test};
use crate::rows::Cell;
use crate::truth::Truth;

/// A judged test.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Number of the test.
    pub(super) test: usize,
    /// The elements that it was judged of.
    pub(super) around: Around,
    /// What it came to.
    pub(super) truth: Truth,
    /// The fields that were read for it, outside the tests inside.
    pub(super) reads: Vec<(Place, Read)>,
    /// Positions of the parameters that were looked up.
    pub(super) looked_up: Vec<usize>,
    /// What the rulebook does not say.
    pub(super) gaps: Vec<Gap>,
    /// Both sides of a comparison.
    pub(super) sides: Option<Sides>,
    /// The tests inside, those of elements once for each.
    pub(super) inside: Vec<Seen>,
}

/// What a field held.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Read {
    Value(Json),
    Absent(Absence),
    NotApplicable,
}

/// Both sides of a comparison.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sides {
    Numbers([Operand<Range>; 2]),
    Days([Operand<Date>; 2]),
}

/// One judging of a rule, by a day: its parts stand inside, in the order in which they were judged.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    pub(super) anchor: Anchor,
    pub(super) parts: Seen,
}

/// The recorder of one rule.
#[derive(Debug, Default)]
pub(super) struct Watch {
    passes: Vec<Pass>,
    open: Vec<Seen>,
}

impl Watch {
    /// The judgings, one for each day.
    pub(super) fn into_passes(self) -> Vec<Pass> {
        self.passes
    }

    /// What is being judged: the innermost test, else the rule itself.
    fn now(&mut self) -> Option<&mut Seen> {
        self.open.last_mut().or_else(|| self.passes.last_mut().map(|pass| &mut pass.parts))
    }

    fn keep(&mut self, place: Place, read: Read) {
        let Some(seen) = self.now() else { return };
        if !seen.reads.iter().any(|(known, _)| *known == place) {
            seen.reads.push((place, read));
        }
    }
}

fn begun(test: usize, around: Around) -> Seen {
    Seen {
        test,
        around,
        truth: Truth::Unknown,
        reads: Vec::new(),
        looked_up: Vec::new(),
        gaps: Vec::new(),
        sides: None,
        inside: Vec::new(),
    }
}

impl Recorder for Watch {
    fn begun(&mut self, anchor: Anchor) {
        self.passes.push(Pass { anchor, parts: begun(0, Around::default()) });
    }

    fn entered(&mut self, test: &Test, around: &Around) {
        self.open.push(begun(test.id, *around));
    }

    fn judged(&mut self, _: &Test, truth: Truth) {
        let Some(mut seen) = self.open.pop() else { return };
        seen.truth = truth;
        if let Some(around) = self.now() {
            around.inside.push(seen);
        }
    }

    fn looked_up(&mut self, parameter: usize, _: Date) {
        if let Some(seen) = self.open.last_mut()
            && !seen.looked_up.contains(&parameter)
        {
            seen.looked_up.push(parameter);
        }
    }

    fn read(&mut self, field: FieldRef, around: &Around, cell: Operand<Cell<'_>>) {
        let read = match cell {
            Operand::Value(cell) => Read::Value(cell_json(cell)),
            Operand::NotApplicable => Read::NotApplicable,
            Operand::Open => return,
        };
        self.keep(around.place(field), read);
    }

    fn absent(&mut self, place: &Place, reason: Absence) {
        self.keep(place.clone(), Read::Absent(reason));
    }

    fn gap(&mut self, gap: &Gap) {
        if let Some(seen) = self.now()
            && !seen.gaps.contains(gap)
        {
            seen.gaps.push(gap.clone());
        }
    }

    fn compared(&mut self, sides: [Operand<Range>; 2]) {
        if let Some(seen) = self.now() {
            seen.sides = Some(Sides::Numbers(sides));
        }
    }

    fn ordered(&mut self, sides: [Operand<Date>; 2]) {
        if let Some(seen) = self.now() {
            seen.sides = Some(Sides::Days(sides));
        }
    }
}
