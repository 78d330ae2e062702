//! The same case on every day of a span: when an outcome changes, and by which rules.
//!
//! Only the given day moves. Outcomes change on few days, so only candidate days are decided: those on which something of a pack
//! begins or ends, and the days after obligations fall due. A pack whose tests read the given day makes every day one.

use crate::breakage::{self, Breakage};
use crate::date::Date;
use crate::decision::{Outcome, Status, judge_row};
use crate::json::Json;
use crate::kernel::{Day, Kind, Part, Test};
use crate::limits;
use crate::pack::{Force, Pack, PackKind};
use crate::reader::{Batch, Shape, Value, ValueSource, read_one, read_text};
use crate::rulebook::Rulebook;
use std::collections::BTreeSet;

/// Days with one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub from: Date,
    /// The first day after it.
    pub until: Date,
    /// The outcome.
    pub outcome: Outcome,
    /// Rules whose status differs from that of the interval before.
    pub changed: Vec<String>,
}

/// Why there is no timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimelineError {
    /// The last day lies before the first.
    #[error("a timeline ends on or after its first day")]
    Backwards,
    /// More than 50 years, or beyond the year 2200.
    #[error("a timeline spans at most 50 years and ends before the year 2200")]
    TooLong,
}

impl TimelineError {
    /// The code of its text.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Backwards => "misuse.backwards",
            Self::TooLong => "limit.timeline",
        }
    }
}

/// Decides a case on every day from `from` to `to`, both included.
///
/// # Errors
/// [`TimelineError`].
pub fn timeline(book: &Rulebook, text: &str, from: Date, to: Date) -> Result<Vec<Interval>, TimelineError> {
    of_batch(book, read_text(text, Shape::Case, book), from, to)
}

/// Decides a case given as values of a host language on every day from `from` to `to`, both included.
///
/// # Errors
/// [`TimelineError`].
pub fn timeline_value(book: &Rulebook, value: &Value, from: Date, to: Date) -> Result<Vec<Interval>, TimelineError> {
    of_batch(book, read_one(ValueSource::new(value), Shape::Case, book), from, to)
}

fn of_batch(book: &Rulebook, batch: Batch, from: Date, to: Date) -> Result<Vec<Interval>, TimelineError> {
    if to < from {
        return Err(TimelineError::Backwards);
    }
    let end = to.plus_days(1).ok_or(TimelineError::TooLong)?;
    let longest = from.plus_months(i64::from(limits::TIMELINE_YEARS) * 12).ok_or(TimelineError::TooLong)?;
    if longest < to {
        return Err(TimelineError::TooLong);
    }
    let mut intervals: Vec<Interval> = Vec::new();
    let mut before: Vec<(String, Status)> = Vec::new();
    for day in candidates(book, from, to) {
        let decision = judge_row(book, &batch.records, 0, day);
        let now: Vec<(String, Status)> = decision.rules.iter().map(|r| (r.rule.id.clone(), r.judged.status)).collect();
        let changed: Vec<String> =
            now.iter().zip(&before).filter(|(a, b)| a.1 != b.1).map(|((id, _), _)| id.clone()).collect();
        let last = intervals.last_mut();
        match last {
            Some(last) if last.outcome == decision.outcome && changed.is_empty() => {}
            other => {
                if let Some(last) = other {
                    last.until = day;
                }
                intervals.push(Interval { from: day, until: end, outcome: decision.outcome, changed });
            }
        }
        before = now;
    }
    Ok(intervals)
}

/// The timeline as JSON: half-open intervals.
#[must_use]
pub fn to_json(intervals: &[Interval]) -> Json {
    let one = |interval: &Interval| {
        Json::object([
            ("from", Json::from(interval.from.to_string())),
            ("until", Json::from(interval.until.to_string())),
            ("outcome", Json::from(interval.outcome.as_str())),
            ("changed", interval.changed.iter().map(|id| Json::from(id.as_str())).collect()),
        ])
    };
    intervals.iter().map(one).collect()
}

/// The days on which something may change, the first day among them.
fn candidates(book: &Rulebook, from: Date, to: Date) -> BTreeSet<Date> {
    let packs: Vec<&Pack> = book.packs().filter(|pack| pack.kind == PackKind::Rules).collect();
    if packs.iter().any(|pack| reads_decision(pack)) {
        return every_day(from, to);
    }
    let mut days = BTreeSet::from([from]);
    for pack in packs {
        force(pack.force, &mut days);
        days.extend(pack.checked_until.plus_days(1));
        pack.rules.iter().for_each(|rule| force(rule.force, &mut days));
        pack.parameters.iter().flat_map(|p| &p.values).for_each(|value| force(value.force, &mut days));
    }
    days.retain(|day| from <= *day && *day <= to);
    days
}

fn force(force: Force, days: &mut BTreeSet<Date>) {
    if !breakage::is(Breakage::TimelineSkipsBegin) {
        days.extend(force.from);
    }
    days.extend(force.to.and_then(|to| to.plus_days(1)));
}

fn every_day(from: Date, to: Date) -> BTreeSet<Date> {
    std::iter::successors(Some(from), |day| day.plus_days(1)).take_while(|day| *day <= to).collect()
}

fn reads_decision(pack: &Pack) -> bool {
    let rules = pack
        .rules
        .iter()
        .flat_map(|rule| rule.when.iter().chain([&rule.that]).chain(rule.unless.iter().map(|unless| &unless.test)));
    pack.applies_when.iter().chain(rules).any(test_reads)
}

/// The given day, or the anchor, which may be the given day.
fn test_reads(test: &Test) -> bool {
    test.has(|part| match part {
        Part::Day(day) => matches!(day, Day::Decision | Day::Anchor),
        Part::Test(test) => matches!(test.kind, Kind::Under(..)),
        Part::Number(_) | Part::Field(_) => false,
    })
}
