//! What an explained run keeps: numbers of tests and their truth, no prose.

use super::{Anchor, Around, FieldRef, Gap, Operand, Place, Range, Test};
use crate::date::Date;
use crate::field::Absence;
use crate::rows::Cell;
use crate::truth::Truth;

/// Is told of every judged test. The evaluator does the same with and without one.
pub trait Recorder {
    /// A test was judged.
    fn judged(&mut self, test: &Test, truth: Truth);
    /// A parameter, by its position in the pack, was looked up on a day.
    fn looked_up(&mut self, _: usize, _: Date) {}
    /// A rule begins to be judged by a day.
    fn begun(&mut self, _: Anchor) {}
    /// A test begins to be judged, of these elements.
    fn entered(&mut self, _: &Test, _: &Around) {}
    /// A field had a value, or did not apply.
    fn read(&mut self, _: FieldRef, _: &Around, _: Operand<Cell<'_>>) {}
    /// A field had no value.
    fn absent(&mut self, _: &Place, _: Absence) {}
    /// The rulebook does not say something.
    fn gap(&mut self, _: &Gap) {}
    /// Two numbers were compared.
    fn compared(&mut self, _: [Operand<Range>; 2]) {}
    /// Two days were put in order.
    fn ordered(&mut self, _: [Operand<Date>; 2]) {}
    /// Whether it keeps anything. Where it does not, what cannot change a result is not judged.
    fn keeps(&self) -> bool {
        true
    }
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTrace;

impl Recorder for NoTrace {
    fn judged(&mut self, _: &Test, _: Truth) {}

    fn keeps(&self) -> bool {
        false
    }
}

/// The recorder where nobody listens. With the feature `small` it is told as any other is, so that there is one evaluator.
#[cfg(not(feature = "small"))]
pub(crate) type Untold = NoTrace;
/// The recorder where nobody listens, told as any other is.
#[cfg(feature = "small")]
pub(crate) type Untold = &'static mut dyn Recorder;

/// Nobody listens.
#[cfg(not(feature = "small"))]
pub(crate) fn untold() -> Untold {
    NoTrace
}

/// Nobody listens. What keeps nothing takes no room, so that nothing is leaked.
#[cfg(feature = "small")]
pub(crate) fn untold() -> Untold {
    Box::leak(Box::new(NoTrace))
}

/// One judged test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceStep {
    /// Number of the test in its rule.
    pub test: usize,
    /// The operator.
    pub operator: &'static str,
    /// What it came to.
    pub truth: Truth,
}

/// Keeps every judged test, in the order in which they were decided.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The steps.
    pub steps: Vec<TraceStep>,
}

impl Recorder for Trace {
    fn judged(&mut self, test: &Test, truth: Truth) {
        self.steps.push(TraceStep { test: test.id, operator: test.kind.name(), truth });
    }
}

impl<T: Recorder + ?Sized> Recorder for &mut T {
    fn judged(&mut self, test: &Test, truth: Truth) {
        (**self).judged(test, truth);
    }

    fn looked_up(&mut self, parameter: usize, day: Date) {
        (**self).looked_up(parameter, day);
    }

    fn begun(&mut self, anchor: Anchor) {
        (**self).begun(anchor);
    }

    fn entered(&mut self, test: &Test, around: &Around) {
        (**self).entered(test, around);
    }

    fn read(&mut self, field: FieldRef, around: &Around, cell: Operand<Cell<'_>>) {
        (**self).read(field, around, cell);
    }

    fn absent(&mut self, place: &Place, reason: Absence) {
        (**self).absent(place, reason);
    }

    fn gap(&mut self, gap: &Gap) {
        (**self).gap(gap);
    }

    fn compared(&mut self, sides: [Operand<Range>; 2]) {
        (**self).compared(sides);
    }

    fn ordered(&mut self, sides: [Operand<Date>; 2]) {
        (**self).ordered(sides);
    }

    fn keeps(&self) -> bool {
        (**self).keeps()
    }
}
