//! The limits of disclosure control that are no matter of the release; the others stand in [`crate::limits`].

/// Parts of a range that are looked at where corners are not whole.
pub(super) const BRANCHES: usize = 200;
/// Steps of one question.
pub(super) const PIVOTS: usize = 10_000;
/// Equations of a component.
pub(super) const EQUATIONS: usize = 5_000;
/// Variables of a component in which cells are shown again that need not be hidden.
pub(super) const REVIEWED: usize = 150;
