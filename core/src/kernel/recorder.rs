//! What an explained run keeps: numbers of tests and their truth, no prose.

use super::Test;
use crate::date::Date;
use crate::truth::Truth;

/// Is told of every judged test. The evaluator does the same with and without one.
pub trait Recorder {
    /// A test was judged.
    fn judged(&mut self, test: &Test, truth: Truth);
    /// A parameter, by its position in the pack, was looked up on a day.
    fn looked_up(&mut self, _: usize, _: Date) {}
    /// Whether it keeps anything. The evaluator never asks, save when it is broken on purpose.
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

    fn keeps(&self) -> bool {
        (**self).keeps()
    }
}
