//! Two questions about time: when the outcome of a case changes as the given day moves ([`timeline`]), and from which day a placement could
//! start ([`earliest_start`]).
//!
//! A case enters as text or values, with a first and a last day; half-open intervals with one outcome leave. No day is tried for its own sake:
//! `candidates` asks every test of every rule on which days it may change, and only these are decided.

mod candidates;
mod course;
pub mod earliest_start;
mod moving;
pub mod timeline;

use crate::date::Date;
use crate::decision::{Decision, Due, Outcome, RuleResult, Status};
use crate::json::Json;
use crate::limits;

/// Days with one outcome.
#[derive(Clone, Debug)]
pub struct Interval<'b> {
    /// First day.
    pub from: Date,
    /// The first day after it.
    pub until: Date,
    /// The outcome.
    pub outcome: Outcome,
    /// Rules that stand otherwise than in the interval before: another status, or for an obligation another place where it stands.
    pub changed: Vec<RuleResult<'b>>,
}

impl Interval<'_> {
    /// The ids of the rules that stand otherwise.
    #[must_use]
    pub fn changed_ids(&self) -> Vec<&str> {
        self.changed.iter().map(|result| result.rule.id.as_str()).collect()
    }

    fn to_json(&self) -> Json {
        Json::object([
            ("from", Json::from(self.from.to_string())),
            ("until", Json::from(self.until.to_string())),
            ("outcome", Json::from(self.outcome.as_str())),
            ("changed", self.changed_ids().into_iter().map(Json::from).collect()),
        ])
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The last day lies before the first.
    #[error("a span ends on or after its first day")]
    Backwards,
    /// More than 50 years, or up to the last day that there is.
    #[error("a span has at most 50 years and ends before the last day of 2200")]
    TooLong,
}

impl SpanError {
    /// The code of its text.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Backwards => "misuse.backwards",
            Self::TooLong => "limit.timeline",
        }
    }
}

/// First and last day of a question, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: Date,
    last: Date,
}

impl Span {
    /// In order, and not too long.
    fn try_new(first: Date, last: Date) -> Result<Self, SpanError> {
        if last < first {
            return Err(SpanError::Backwards);
        }
        let longest = first.plus_months(i64::from(limits::TIMELINE_YEARS) * 12);
        if longest.is_some_and(|longest| longest < last) || last.plus_days(1).is_none() {
            return Err(SpanError::TooLong);
        }
        Ok(Self { first, last })
    }

    /// Whether a day lies inside, after the first.
    fn holds_after_first(self, day: Date) -> bool {
        self.first < day && day <= self.last
    }

    fn days(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.first), |day| day.plus_days(1)).take_while(move |day| *day <= self.last)
    }
}

/// How the rules of a decision stand.
type Standing = Vec<(Status, Option<Due>)>;

/// Grows day by day into intervals.
#[derive(Default)]
struct Intervals<'b> {
    all: Vec<Interval<'b>>,
    before: Standing,
}

impl<'b> Intervals<'b> {
    /// The decision of a day, which holds until the next one that is added.
    fn add(&mut self, day: Date, decision: &Decision<'b>, until: Date) {
        let now: Standing = decision.rules.iter().map(|result| (result.judged.status, result.judged.due)).collect();
        let stands = decision.rules.iter().zip(&now).zip(&self.before);
        let changed: Vec<RuleResult<'b>> =
            stands.filter(|((_, now), before)| now != before).map(|((result, _), _)| result.clone()).collect();
        self.before = now;
        match self.all.last_mut() {
            Some(last) if last.outcome == decision.outcome && changed.is_empty() => return,
            Some(last) => last.until = day,
            None => {}
        }
        self.all.push(Interval { from: day, until, outcome: decision.outcome, changed });
    }
}
