//! From which day a placement could start: the first day of the placement moves, and the last with it, so that its length is kept. The
//! given day and every other day of the case stay as they are.

use super::candidates::candidates;
use super::moving::{Moves, Moving, placement_days};
use super::{Interval, Intervals, Span, SpanError};
use crate::checks;
use crate::date::Date;
use crate::decision::{Outcome, RuleResult, judge_row};
use crate::field::Absence;
use crate::finding::Finding;
use crate::json::Json;
use crate::kernel::FieldRef;
use crate::pack::PackKind;
use crate::reader::{Batch, Shape, Value, ValueSource, read_one, read_text};
use crate::rows::Cell;
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// A day of the placement that has to be given or corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The field.
    pub field: FieldRef,
    /// Why it holds no day, or none that fits.
    pub reason: Absence,
}

impl Needed {
    /// The word in outputs.
    #[must_use]
    pub fn action(self) -> &'static str {
        if self.reason == Absence::Invalid { "correct" } else { "give" }
    }

    fn to_json(self) -> Json {
        Json::object([("field", Json::from(self.field.path())), ("action", Json::from(self.action()))])
    }
}

/// How a case would be decided for each first day of a span.
#[derive(Clone, Debug)]
pub struct EarliestStart<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// The given day.
    pub on: Date,
    /// The first days of the placement with one outcome; none where something is missing.
    pub intervals: Vec<Interval<'b>>,
    /// The first of them that is accepted.
    pub earliest: Option<Date>,
    /// The rules that decide before it, or on all days if there is none, as they stand on the first of these days; in the order of the
    /// decision.
    pub in_the_way: Vec<RuleResult<'b>>,
    /// What has to be given or corrected before the question can be answered: first and last day, in order.
    pub missing: Vec<Needed>,
    /// The findings of the case as it is.
    pub findings: Vec<Finding>,
}

/// How a case would be decided on a day if the placement started on each day from `first` to `last`, both included. It stops before the last day
/// of the placement leaves the calendar.
///
/// # Errors
/// [`SpanError`].
pub fn earliest_start<'b>(
    book: &'b Rulebook,
    text: &str,
    on: Date,
    first: Date,
    last: Date,
) -> Result<EarliestStart<'b>, SpanError> {
    of_batch(book, read_text(text, Shape::Case, book), on, (first, last))
}

/// The same of a case given as values of a host language.
///
/// # Errors
/// [`SpanError`].
pub fn earliest_start_value<'b>(
    book: &'b Rulebook,
    value: &Value,
    on: Date,
    first: Date,
    last: Date,
) -> Result<EarliestStart<'b>, SpanError> {
    of_batch(book, read_one(ValueSource::new(value), Shape::Case, book), on, (first, last))
}

/// The first days that are decided for a case; none where something is missing.
///
/// # Errors
/// [`SpanError`].
pub fn days(book: &Rulebook, text: &str, on: Date, first: Date, last: Date) -> Result<Vec<Date>, SpanError> {
    let span = Span::try_new(first, last)?;
    let batch = read_text(text, Shape::Case, book);
    let Ok((mut case, span)) = moving(book, &batch, on, span)? else { return Ok(Vec::new()) };
    Ok(candidates(&mut case, span).into_iter().collect())
}

fn of_batch(
    book: &Rulebook,
    batch: Batch,
    on: Date,
    (first, last): (Date, Date),
) -> Result<EarliestStart<'_>, SpanError> {
    let span = Span::try_new(first, last)?;
    let moving = moving(book, &batch, on, span)?;
    let findings = checks::settled(book, &batch.records, 0, batch.findings.into_iter().flatten().collect(), on);
    let mut answer = EarliestStart {
        book,
        on,
        intervals: Vec::new(),
        earliest: None,
        in_the_way: Vec::new(),
        missing: Vec::new(),
        findings,
    };
    match moving {
        Err(missing) => answer.missing = missing,
        Ok((case, span)) => answer.search(case, span)?,
    }
    Ok(answer)
}

/// The case whose placement moves, and the span cut to where it can; else the days that are missing or in no order.
fn moving<'b>(
    book: &'b Rulebook,
    batch: &Batch,
    on: Date,
    span: Span,
) -> Result<Result<(Moving<'b>, Span), Vec<Needed>>, SpanError> {
    let Some(fields) = placement_days() else { return Ok(Err(Vec::new())) };
    let mut missing = Vec::new();
    let days = fields.map(|field| match batch.records.cell(field.role, field.id, 0) {
        Cell::Date(day) => Some(day),
        Cell::Absent(reason) => {
            missing.push(Needed { field, reason });
            None
        }
        _ => None,
    });
    let length = match days {
        [Some(start), Some(end)] => start.days_to(end),
        _ => return Ok(Err(missing)),
    };
    if length < 0 {
        return Ok(Err(fields.map(|field| Needed { field, reason: Absence::Invalid }).to_vec()));
    }
    let last = Date::END
        .and_then(|end| end.plus_days(-length))
        .filter(|last| span.first <= *last)
        .ok_or(SpanError::TooLong)?;
    let span = Span { last: span.last.min(last), ..span };
    let case = Moving::new(book, batch.records.clone(), Moves::Placement { on, fields, length });
    Ok(Ok((case, span)))
}

impl<'b> EarliestStart<'b> {
    fn search(&mut self, mut case: Moving<'b>, span: Span) -> Result<(), SpanError> {
        let until = span.last.plus_days(1).ok_or(SpanError::TooLong)?;
        let mut intervals = Intervals::default();
        let mut in_the_way: BTreeMap<usize, RuleResult<'b>> = BTreeMap::new();
        for day in candidates(&mut case, span) {
            let (on, records) = case.on(day);
            let decision = judge_row(self.book, records, 0, on);
            intervals.add(day, &decision, until);
            if decision.outcome == Outcome::Accepted {
                self.earliest = self.earliest.or(Some(day));
            } else if self.earliest.is_none() {
                for index in &decision.deciding_rules {
                    let result = decision.rules.get(*index);
                    result.into_iter().for_each(|result| {
                        in_the_way.entry(*index).or_insert_with(|| result.clone());
                    });
                }
            }
        }
        self.intervals = intervals.all;
        self.in_the_way = in_the_way.into_values().collect();
        Ok(())
    }

    /// The answer as JSON. Personal values are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        let packs: Vec<_> = self.book.packs().filter(|pack| pack.kind == PackKind::Rules).collect();
        Json::object([
            ("made_by", self.book.made_by(&packs)),
            ("on", Json::from(self.on.to_string())),
            ("earliest", self.earliest.map_or(Json::Null, |day| Json::from(day.to_string()))),
            ("in_the_way", self.in_the_way.iter().map(|result| Json::from(result.rule.id.as_str())).collect()),
            ("intervals", self.intervals.iter().map(Interval::to_json).collect()),
            ("missing", self.missing.iter().map(|needed| needed.to_json()).collect()),
            ("findings", self.findings.iter().map(|finding| finding.to_json(true, values)).collect()),
        ])
    }
}
