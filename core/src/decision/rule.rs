//! One rule on one case: its status, and what it still asks for.

use super::each_day;
use crate::breakage::{self, Breakage};
use crate::date::Date;
use crate::finding::Param;
use crate::json::Json;
use crate::kernel::{Anchor, Evaluator, Facts, Gap, NoTrace, Open, Operand, Range, Recorder, Test, Untold, untold};
use crate::order;
use crate::pack::{AnchorDef, Effect, Force, Nature, Pack, Rule, ShowValue};
use crate::rows::{Cell, Rows};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// What became of a rule on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Its guard is false.
    NotApplicable,
    /// What it wants is so.
    Satisfied,
    /// Something holds instead.
    Excepted,
    /// What it wants is not so.
    Failed,
    /// It is not known.
    Unknown,
}

impl Status {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Satisfied => "satisfied",
            Self::Excepted => "excepted",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// How a failed `require` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Verified and binding: it refuses.
    Fails,
    /// Nobody has looked it up: probably not, to be checked.
    ToCheck,
    /// Somebody may decide otherwise.
    Discretionary,
}

impl Counts {
    /// How a rule counts once it failed.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        match (rule.nature, &rule.verified) {
            (Nature::Discretionary, _) => Self::Discretionary,
            (_, Some(_)) => Self::Fails,
            (_, None) => Self::ToCheck,
        }
    }

    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::ToCheck => "to_check",
            Self::Discretionary => "discretionary",
        }
    }
}

/// Where an obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It does not arise.
    Void,
    /// It is not known whether it arises.
    Possible,
    /// It is done.
    Met,
    /// Its day has passed.
    Overdue,
    /// It is open.
    Due,
}

impl Due {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Void => "void",
            Self::Possible => "possible",
            Self::Met => "met",
            Self::Overdue => "overdue",
            Self::Due => "due",
        }
    }

    /// Whether something is still to be done or to be found out.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Possible | Self::Overdue | Self::Due)
    }
}

/// A rule, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its status.
    pub status: Status,
    /// The truth of its guard.
    pub guard: Truth,
    /// Id of the exception that holds.
    pub exception: Option<String>,
    /// The day it judged by.
    pub as_of: Option<Date>,
    /// What is open in its residual; empty unless it is unknown or an open obligation.
    pub open: BTreeSet<Open>,
    /// Values for its text.
    pub params: Vec<Param>,
    /// For an obligation, where it stands.
    pub due: Option<Due>,
    /// For an obligation, its day.
    pub by: Option<Date>,
}

/// Judges a rule.
pub fn evaluate<R: Rows, T: Recorder>(pack: &Pack, rule: &Rule, facts: Facts<'_, R>, mut recorder: T) -> Judged {
    match rule.as_of {
        AnchorDef::EachDay => each_day::evaluate(pack, rule, facts, &mut recorder),
        anchor => evaluate_by(pack, rule, facts, resolve(anchor, &facts), recorder),
    }
}

/// Judges a rule by a day.
pub(super) fn evaluate_by<R: Rows, T: Recorder>(
    pack: &Pack,
    rule: &Rule,
    facts: Facts<'_, R>,
    anchor: Anchor,
    mut recorder: T,
) -> Judged {
    recorder.begun(anchor);
    let mut eval = Evaluator::new(facts, anchor, recorder);
    let guard = guard(pack, rule, &mut eval, None);
    let mut judged = after_guard(rule, &mut eval, guard);
    if judged.status == Status::NotApplicable || rule.show.is_empty() {
        return judged;
    }
    let mut recorder = eval.into_recorder();
    let mut recorder = LookUps(&mut recorder);
    let mut eval = Evaluator::new(facts, anchor, &mut recorder as &mut dyn Recorder);
    judged.params = params(rule, &mut eval);
    judged
}

/// What becomes of the rules of a pack on a case, one after the other, where nobody listens: with one evaluator, and without asking
/// again whether the pack applies.
pub(super) struct Judging<'a, R> {
    pack: &'a Pack,
    eval: Evaluator<'a, R, Untold>,
    /// Whether the pack applies at its own anchor.
    applies: Truth,
    /// Which anchor the evaluator has: most rules have that of the rule before them.
    at: AnchorDef,
}

impl<'a, R: Rows> Judging<'a, R> {
    /// `applies` is whether the pack applies at its own anchor.
    pub(super) fn new(pack: &'a Pack, facts: Facts<'a, R>, applies: Truth) -> Self {
        let anchor = resolve(pack.as_of, &facts);
        Self { pack, eval: Evaluator::new(facts, anchor, untold()), applies, at: pack.as_of }
    }

    /// What becomes of a rule.
    pub(super) fn rule(&mut self, rule: &Rule) -> Judged {
        let mut judged = self.without_params(rule);
        let shows = judged.status != Status::NotApplicable && rule.as_of != AnchorDef::EachDay;
        if shows && !rule.show.is_empty() {
            judged.params = params(rule, &mut self.eval);
        }
        judged
    }

    /// What becomes of a rule, and nothing else.
    pub(super) fn status(&mut self, rule: &Rule) -> Status {
        self.without_params(rule).status
    }

    fn without_params(&mut self, rule: &Rule) -> Judged {
        let Self { pack, eval, applies, at } = self;
        if rule.as_of == AnchorDef::EachDay {
            return each_day::evaluate(pack, rule, eval.facts, &mut NoTrace);
        }
        if rule.as_of != *at {
            eval.anchor = resolve(rule.as_of, &eval.facts);
            *at = rule.as_of;
        }
        eval.open.clear();
        // What is open in an unknown guard is found by asking.
        let applies = (rule.as_of == pack.as_of && *applies != Truth::Unknown).then_some(*applies);
        let guard = guard(pack, rule, eval, applies);
        after_guard(rule, eval, guard)
    }
}

/// What becomes of a rule once its guard is known.
fn after_guard<R: Rows, T: Recorder>(rule: &Rule, eval: &mut Evaluator<'_, R, T>, guard: Truth) -> Judged {
    if guard == Truth::False {
        let due = (rule.effect == Effect::Oblige).then_some(Due::Void);
        return Judged { due, ..closed(Status::NotApplicable, guard, &eval.anchor) };
    }
    if guard == Truth::True || breakage::is(Breakage::GuardsNotMissing) {
        eval.open.clear();
    }
    settle(rule, eval, guard)
}

/// The values for the text of a rule that failed; none where it did not fail. The short way to what [`evaluate`] says, for checks, which
/// ask nothing else. `scratch` is room for what is open, empty before and after.
pub(crate) fn failure<R: Rows>(
    pack: &Pack,
    rule: &Rule,
    facts: Facts<'_, R>,
    scratch: &mut Vec<Open>,
) -> Option<Vec<Param>> {
    let anchor = resolve(rule.as_of, &facts);
    let mut eval = Evaluator::new(facts, anchor, untold());
    eval.open = std::mem::take(scratch);
    let failed = in_force(&mut eval, pack.force.and(rule.force), pack.checked_until) == Truth::True
        && pack.applies_when.iter().chain(&rule.when).all(|test| eval.test(test) == Truth::True)
        && eval.test(&rule.that) == Truth::False
        && (rule.effect == Effect::Oblige
            || rule.unless.iter().all(|unless| broken_exception(eval.test(&unless.test)) == Truth::False));
    let params = failed.then(|| params(rule, &mut eval));
    *scratch = eval.open;
    scratch.clear();
    params
}

/// Whether a rule is asked at all; `applies` says whether its pack does, where that is known.
fn guard<R: Rows, T: Recorder>(
    pack: &Pack,
    rule: &Rule,
    eval: &mut Evaluator<'_, R, T>,
    applies: Option<Truth>,
) -> Truth {
    if eval.is_settled(applies.unwrap_or(Truth::True), Truth::False) {
        return Truth::False;
    }
    let mut guard = in_force(eval, pack.force.and(rule.force), pack.checked_until);
    if !eval.is_settled(guard, Truth::False) {
        guard = guard.and(applies.unwrap_or_else(|| asked(pack.applies_when.as_ref(), eval)));
    }
    if !eval.is_settled(guard, Truth::False) {
        guard = guard.and(asked(rule.when.as_ref(), eval));
    }
    guard
}

/// The truth of a test; where there is none, it holds.
fn asked<R: Rows, T: Recorder>(test: Option<&Test>, eval: &mut Evaluator<'_, R, T>) -> Truth {
    test.map_or(Truth::True, |test| eval.test(test))
}

fn settle<R: Rows, T: Recorder>(rule: &Rule, eval: &mut Evaluator<'_, R, T>, guard: Truth) -> Judged {
    let that = eval.test(&rule.that);
    if rule.effect == Effect::Oblige {
        return oblige(rule, eval, guard, that);
    }
    if that == Truth::True {
        return closed(Status::Satisfied, guard, &eval.anchor);
    }
    let mut rest = that;
    for unless in &rule.unless {
        let truth = broken_exception(eval.test(&unless.test));
        if truth == Truth::True {
            let exception = Some(unless.id.clone());
            return Judged { exception, ..closed(Status::Excepted, guard, &eval.anchor) };
        }
        rest = rest.or(truth);
    }
    if guard == Truth::True && rest == Truth::False {
        return closed(Status::Failed, guard, &eval.anchor);
    }
    let open = eval.open.drain(..).collect();
    Judged { open, ..closed(Status::Unknown, guard, &eval.anchor) }
}

fn broken_exception(truth: Truth) -> Truth {
    let broken = truth == Truth::Unknown && breakage::is(Breakage::UnknownExceptionIsFalse);
    if broken { Truth::False } else { truth }
}

fn oblige<R: Rows, T: Recorder>(rule: &Rule, eval: &mut Evaluator<'_, R, T>, guard: Truth, that: Truth) -> Judged {
    let by = rule.by.as_ref().and_then(|day| match eval.day(day) {
        Operand::Value(date) => Some(date),
        Operand::Open | Operand::NotApplicable => None,
    });
    let due = match (guard, that) {
        (Truth::Unknown, _) => Due::Possible,
        (_, Truth::True) => Due::Met,
        _ if by.is_some_and(|by| by < eval.facts.on) => Due::Overdue,
        _ => Due::Due,
    };
    let status = match (that, guard) {
        (Truth::True, _) => Status::Satisfied,
        (Truth::False, Truth::True) => Status::Failed,
        _ => Status::Unknown,
    };
    let open = if due.is_open() { order::set(eval.open.drain(..)) } else { BTreeSet::new() };
    Judged { open, due: Some(due), by, ..closed(status, guard, &eval.anchor) }
}

pub(super) fn closed(status: Status, guard: Truth, anchor: &Anchor) -> Judged {
    let as_of = match anchor {
        Anchor::Day(day) => Some(*day),
        Anchor::Absent(..) | Anchor::OutOfRange => None,
    };
    Judged { status, guard, exception: None, as_of, open: BTreeSet::new(), params: Vec::new(), due: None, by: None }
}

/// The day that an anchor names.
pub(crate) fn resolve<R: Rows>(anchor: AnchorDef, facts: &Facts<'_, R>) -> Anchor {
    let AnchorDef::Field(field) = anchor else {
        return Anchor::Day(facts.on);
    };
    match facts.cell(field) {
        Cell::Date(date) => Anchor::Day(date),
        Cell::Absent(reason) => Anchor::Absent(field, reason),
        _ => Anchor::Absent(field, crate::field::Absence::Invalid),
    }
}

/// Whether the day lies in force; after the day until which the law was looked up, nobody knows.
pub(super) fn in_force<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, force: Force, checked: Date) -> Truth {
    match eval.anchor_day() {
        Operand::Value(day) if !force.holds(day) => Truth::False,
        Operand::Value(day) if day > checked => {
            eval.gap(Gap::CheckedUntil);
            Truth::Unknown
        }
        Operand::Value(_) => Truth::True,
        Operand::Open | Operand::NotApplicable => Truth::Unknown,
    }
}

/// Passes on what a rule's text looks up; its values are no part of the trace.
struct LookUps<'r>(&'r mut dyn Recorder);

impl Recorder for LookUps<'_> {
    fn judged(&mut self, _: &Test, _: Truth) {}

    fn looked_up(&mut self, parameter: usize, day: Date) {
        self.0.looked_up(parameter, day);
    }
}

/// The values that a rule's text shows. One that cannot be worked out is left out.
fn params<R: Rows, T: Recorder>(rule: &Rule, eval: &mut Evaluator<'_, R, T>) -> Vec<Param> {
    let mut out = Vec::with_capacity(rule.show.len());
    for show in &rule.show {
        let value = match &show.value {
            ShowValue::Number(number) => {
                let mark = eval.open.len();
                let exact = eval.number(number).value().and_then(Range::exact);
                let exact = exact.filter(|value| value.is_finite() && eval.open.len() == mark);
                exact.map(Json::number)
            }
            ShowValue::Day(day) => eval.day(day).value().map(|date| Json::from(date.to_string())),
            ShowValue::Field(field) => eval.read(*field).value().map(cell_json),
        };
        out.extend(value.map(|value| Param { name: show.name.clone(), value, personal: show.personal }));
    }
    out
}

/// A cell as JSON; a list as the number of its elements.
pub(crate) fn cell_json(cell: Cell<'_>) -> Json {
    match cell {
        Cell::Absent(_) => Json::Null,
        Cell::Bool(value) => Json::Bool(value),
        Cell::Integer(value) => Json::Int(value),
        Cell::Number(value) => Json::number(value),
        Cell::Text(text) => Json::from(text),
        Cell::Date(date) => Json::from(date.to_string()),
        Cell::Time(time) => Json::from(time.to_string()),
        Cell::Rows(span) => Json::from(span.len),
    }
}
