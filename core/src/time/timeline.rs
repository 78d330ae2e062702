//! The same case on every day of a span: when an outcome changes, and by which rules. Only the given day moves.

use super::candidates::candidates;
use super::moving::{Moves, Moving};
use super::{Interval, Intervals, Span, SpanError};
use crate::date::Date;
use crate::decision::judge_row;
use crate::json::Json;
use crate::reader::{Batch, Shape, Value, ValueSource, read_one, read_text};
use crate::rulebook::Rulebook;

/// The outcomes of a case on every day of a span.
#[derive(Clone, Debug)]
pub struct Timeline<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// Days with one outcome, without a hole.
    pub intervals: Vec<Interval<'b>>,
}

impl Timeline<'_> {
    /// The timeline as JSON: half-open intervals.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.intervals.iter().map(Interval::to_json).collect()
    }
}

/// Decides a case on every day from `first` to `last`, both included.
///
/// # Errors
/// [`SpanError`].
pub fn timeline<'b>(book: &'b Rulebook, text: &str, first: Date, last: Date) -> Result<Timeline<'b>, SpanError> {
    of_batch(book, read_text(text, Shape::Case, book), first, last)
}

/// Decides a case given as values of a host language on every day from `first` to `last`, both included.
///
/// # Errors
/// [`SpanError`].
pub fn timeline_value<'b>(
    book: &'b Rulebook,
    value: &Value,
    first: Date,
    last: Date,
) -> Result<Timeline<'b>, SpanError> {
    of_batch(book, read_one(ValueSource::new(value), Shape::Case, book), first, last)
}

fn of_batch(book: &Rulebook, batch: Batch, first: Date, last: Date) -> Result<Timeline<'_>, SpanError> {
    let span = Span::try_new(first, last)?;
    let until = last.plus_days(1).ok_or(SpanError::TooLong)?;
    let mut case = Moving::new(book, batch.records, Moves::Given);
    let mut intervals = Intervals::default();
    for day in candidates(&mut case, span) {
        let (on, records) = case.on(day);
        intervals.add(day, &judge_row(book, records, 0, on), until);
    }
    Ok(Timeline { book, intervals: intervals.all })
}

/// The days that are decided for the timeline of a case, the first day among them.
///
/// # Errors
/// [`SpanError`].
pub fn days(book: &Rulebook, text: &str, first: Date, last: Date) -> Result<Vec<Date>, SpanError> {
    let span = Span::try_new(first, last)?;
    let mut case = Moving::new(book, read_text(text, Shape::Case, book).records, Moves::Given);
    Ok(candidates(&mut case, span).into_iter().collect())
}
