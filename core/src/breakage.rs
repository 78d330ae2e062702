//! Engines broken on purpose, one law each, so that the tests of the laws can show that they would notice.
//!
//! Without the feature `seeded-breakages` each of these is the identity and compiles away.

use crate::catalogue::Role;

/// What can be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Breakage {
    /// Nothing.
    None,
    /// An unknown exception counts as false, so that a new answer can lift a refusal.
    UnknownExceptionIsFalse,
    /// The fields of guards are not listed as missing.
    GuardsNotMissing,
    /// A reason of absence counts only if it stands after the field.
    OrderOfKeys,
    /// A traced run takes unknown for true.
    TraceChangesTruth,
    /// Every case of a list is judged with the first participant.
    BulkFirstRow,
    /// A timeline does not look at the days on which rules begin.
    TimelineSkipsBegin,
    /// The days on which a comparison turns are not looked for.
    TurnsAreNotSought,
    /// A placement that starts on another day ends on the same.
    EarliestLeavesEnd,
    /// Both ends of a period count as one.
    DaysOneOff,
    /// What would change a decision is judged by the rules that failed alone.
    ChangesByFailedRules,
    /// A set of changes is offered beside a smaller one in it.
    ChangesNotMinimal,
    /// Only sensitive cells are hidden.
    NoComplementary,
}

#[cfg(feature = "seeded-breakages")]
mod switch {
    use super::Breakage;
    use std::sync::atomic::{AtomicU8, Ordering};

    static BROKEN: AtomicU8 = AtomicU8::new(0);

    /// Breaks the engine of this process in one way, or mends it.
    pub fn set(breakage: Breakage) {
        BROKEN.store(breakage as u8, Ordering::SeqCst);
    }

    pub(crate) fn is(breakage: Breakage) -> bool {
        BROKEN.load(Ordering::SeqCst) == breakage as u8
    }
}

#[cfg(feature = "seeded-breakages")]
pub use switch::set;

#[cfg(feature = "seeded-breakages")]
pub(crate) use switch::is;

/// Nothing is broken.
#[cfg(not(feature = "seeded-breakages"))]
pub(crate) fn is(_: Breakage) -> bool {
    false
}

/// The row of a record that goes with a row of the case.
pub(crate) fn row_of(role: Role, row: usize) -> usize {
    if is(Breakage::BulkFirstRow) && role == Role::Participant { 0 } else { row }
}
