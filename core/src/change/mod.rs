//! What would change it: which changes of what a centre or a host can arrange would leave no condition failed.
//!
//! A case in which a condition failed enters, as text or as values; [`Changes`] leave: the smallest sets of at most three fields with the
//! values that do it. Only fields that the catalogue marks `adjustable` are changed, never a person's condition; the values come from what
//! the failed rules compare with (`wishes`) and are tried one after the other (`search`). `docs/pack-format.md` says it exactly.

mod json;
mod search;
mod wishes;

use crate::date::Date;
use crate::decision::{Firmness, Outcome};
use crate::kernel::{FieldRef, Place};
use crate::pack::Pack;
use crate::reader::{Batch, Shape, Value, ValueSource, read_one, read_text};
use crate::rows::OwnedCell;
use crate::rulebook::Rulebook;

/// What would change a decision.
#[derive(Clone, Debug)]
pub struct Changes<'b> {
    /// The given day.
    pub on: Date,
    /// The outcome of the case as it is.
    pub outcome: Outcome,
    /// Ids of the conditions that failed. If there are none, nothing is looked for.
    pub failed: Vec<String>,
    /// The sets, by size, then in catalogue order.
    pub sets: Vec<ChangeSet>,
    /// How many changed cases were judged.
    pub evaluations: usize,
    /// Whether all of them were; otherwise there may be more sets.
    pub complete: bool,
    /// The packs that decided.
    pub packs: Vec<&'b Pack>,
    /// The rulebook.
    pub book: &'b Rulebook,
}

/// Changes that together leave no condition failed; none of them can be spared.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSet {
    /// The changes, in catalogue order.
    pub changes: Vec<Change>,
    /// The outcome with them.
    pub outcome: Outcome,
    /// How firm it is.
    pub firmness: Firmness,
    /// Fields that are still missing then.
    pub missing: Vec<Place>,
}

/// A field with another value.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The field.
    pub field: FieldRef,
    /// The value that does it, the first in the order of trying.
    pub value: OwnedCell,
    /// Whether that value was worked out from something personal, such as a day of birth.
    pub personal: bool,
    /// The other codes that do it too, where a code is all that is changed.
    pub others: Vec<OwnedCell>,
    /// What the field holds now.
    pub was: OwnedCell,
}

/// What would change the decision of a case given as JSON text, by all packs of the rulebook.
///
/// ```
/// use sam_eurometropole::{Rulebook, change::what_would_change, date::Date, message::Lang};
///
/// let on = Date::parse("2024-04-22").unwrap();
/// let case = r#"{"placement": {"scheme": "fr_pmsmp", "start": "2024-05-02", "end": "2024-06-02"}}"#;
/// let changes = what_would_change(Rulebook::embedded(), case, on);
/// assert_eq!(changes.failed, ["fr.pmsmp.max_duration"]);
/// assert!(changes.to_text(Lang::En, false).contains("1 June 2024 instead of 2 June 2024"));
/// ```
#[must_use]
pub fn what_would_change<'b>(book: &'b Rulebook, text: &str, on: Date) -> Changes<'b> {
    of_batch(book, read_text(text, Shape::Case, book), on)
}

/// What would change the decision of a case given as values of a host language, by all packs of the rulebook.
#[must_use]
pub fn what_would_change_value<'b>(book: &'b Rulebook, value: &Value, on: Date) -> Changes<'b> {
    of_batch(book, read_one(ValueSource::new(value), Shape::Case, book), on)
}

fn of_batch(book: &Rulebook, batch: Batch, on: Date) -> Changes<'_> {
    search::run(book, batch.records, on)
}
