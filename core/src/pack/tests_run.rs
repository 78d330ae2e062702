//! A pack's own tests, run by the engine.

use super::{Pack, PackTest};
use crate::decision::decide_with;
use crate::rulebook::Rulebook;

/// A test whose expectation did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFailure {
    /// Id of the pack.
    pub pack: String,
    /// Name of the test.
    pub test: String,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub got: String,
}

/// Runs the tests of a pack on this pack alone.
#[must_use]
pub fn run_tests(pack: &Pack, book: &Rulebook) -> Vec<TestFailure> {
    pack.tests.iter().filter_map(|test| run_one(pack, test, book)).collect()
}

fn run_one(pack: &Pack, test: &PackTest, book: &Rulebook) -> Option<TestFailure> {
    let decision = decide_with(book, &[pack], &test.case.to_canonical(), test.at);
    let fail = |expected: String, got: String| {
        Some(TestFailure { pack: pack.id.clone(), test: test.name.clone(), expected, got })
    };
    let outcome = decision.outcome.as_str();
    if test.outcome.as_deref().is_some_and(|wanted| wanted != outcome) {
        return fail(test.outcome.clone().unwrap_or_default(), outcome.to_owned());
    }
    let deciding = decision.deciding();
    if let Some(absent) = test.deciding.iter().find(|id| !deciding.contains(&format!("{}.{id}", pack.id))) {
        return fail(absent.clone(), deciding.join(", "));
    }
    let missing: Vec<String> = decision.missing_outcome.iter().map(|m| m.field.path()).collect();
    if test.missing.as_ref().is_some_and(|wanted| *wanted != missing) {
        return fail(test.missing.clone().unwrap_or_default().join(", "), missing.join(", "));
    }
    None
}
