//! A decision: what the rules of all packs come to on one case.
//!
//! A case enters as text, values or rows; a [`Decision`] leaves, with the rules that decide, what is missing in the order worth
//! asking, obligations, warnings, gaps, and the findings of the data. It helps the examination; the centre decides.

mod each_day;
mod json;
mod missing;
mod rule;

use crate::order;
pub(crate) use each_day::anchors as by_each_day;
pub(crate) use each_day::period_fields;
pub use json::list_to_canonical;
pub use missing::Missing;
use rule::Judging;
pub(crate) use rule::cell_json;
pub use rule::{Counts, Due, Judged, Status, evaluate};
pub(crate) use rule::{failure, resolve};

use crate::checks;
use crate::date::Date;
use crate::field::Absence;
use crate::finding::Finding;
use crate::kernel::{Around, Evaluator, Facts, Gap, Open, Place, Recorder, Trace, untold};
use crate::pack::{Effect, Nature, Pack, PackKind, Rule};
use crate::reader::{Batch, Shape, Value, ValueSource, read_one, read_text, read_texts};
use crate::rows::{Records, Rows};
use crate::rulebook::Rulebook;
use crate::truth::Truth;
use std::collections::BTreeSet;

/// What a decision comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The conditions are met.
    Accepted,
    /// A condition is not met.
    Refused,
    /// Something is missing, or somebody has to look.
    Undetermined,
    /// No pack with a condition applies.
    NotCovered,
}

impl Outcome {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Undetermined => "undetermined",
            Self::NotCovered => "not_covered",
        }
    }
}

/// How firm an outcome is: that of its weakest deciding rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firmness {
    /// Every deciding rule was looked up.
    Firm,
    /// One was not.
    ToCheck,
    /// Somebody may decide otherwise.
    Discretionary,
}

impl Firmness {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::ToCheck => "to_check",
            Self::Discretionary => "discretionary",
        }
    }
}

/// A rule of a pack, with what became of it.
#[derive(Clone, Debug)]
pub struct RuleResult<'b> {
    /// The pack.
    pub pack: &'b Pack,
    /// The rule.
    pub rule: &'b Rule,
    /// What became of it.
    pub judged: Judged,
}

impl RuleResult<'_> {
    /// Whether it takes part in the outcome: good practice does not.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        is_condition(self.rule)
    }

    /// How it counts, if it is a failed condition.
    #[must_use]
    pub fn counts(&self) -> Option<Counts> {
        (self.is_condition() && self.judged.status == Status::Failed).then(|| Counts::of(self.rule))
    }

    /// Whether somebody may decide otherwise and has not: a discretionary condition that failed or is unknown.
    #[must_use]
    pub fn is_left_to_somebody(&self) -> bool {
        let open = matches!(self.judged.status, Status::Failed | Status::Unknown);
        self.is_condition() && self.rule.nature == Nature::Discretionary && open
    }

    /// Whether it warns: a failed `warn`, or good practice that was not followed.
    #[must_use]
    pub fn warns(&self) -> bool {
        let warns = self.rule.effect == Effect::Warn
            || (self.rule.effect == Effect::Require && self.rule.nature == Nature::Practice);
        warns && self.judged.status == Status::Failed
    }
}

/// Whether a pack took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It applies and is in force.
    Yes,
    /// It does not apply to the case.
    NotApplicable,
    /// It is not in force on its day.
    NotInForce,
    /// That is not known.
    Unknown,
}

impl Applied {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "applied",
            Self::NotApplicable => "not_applicable",
            Self::NotInForce => "not_in_force",
            Self::Unknown => "unknown",
        }
    }
}

/// What a decision says.
#[derive(Clone, Debug)]
pub struct Decision<'b> {
    /// The given day.
    pub on: Date,
    /// What it comes to.
    pub outcome: Outcome,
    /// How firm that is.
    pub firmness: Firmness,
    /// Accepted, and no obligation open.
    pub ready: bool,
    /// Every rule, in the order of pack and document.
    pub rules: Vec<RuleResult<'b>>,
    /// Positions in `rules` of those that decide.
    pub deciding_rules: Vec<usize>,
    /// Fields that would settle the outcome, in the order worth asking.
    pub missing_outcome: Vec<Missing>,
    /// Fields that obligations and warnings ask for.
    pub missing_other: Vec<Missing>,
    /// Fields with a stated reason that leave a condition open.
    pub stated: BTreeSet<(Place, Absence)>,
    /// What the rulebook does not say, by rule or pack.
    pub gaps: BTreeSet<(String, Gap)>,
    /// The packs, and whether they took part.
    pub packs: Vec<(&'b Pack, Applied)>,
    /// The findings of the data.
    pub findings: Vec<Finding>,
    /// The rulebook.
    pub book: &'b Rulebook,
}

impl Decision<'_> {
    /// Ids of the rules that decide.
    #[must_use]
    pub fn deciding(&self) -> Vec<String> {
        self.deciding_results().map(|result| result.rule.id.clone()).collect()
    }

    /// The rules that decide.
    pub fn deciding_results(&self) -> impl Iterator<Item = &RuleResult<'_>> {
        self.deciding_rules.iter().filter_map(|index| self.rules.get(*index))
    }
}

/// Decides a case given as JSON text, by all packs of the rulebook.
#[must_use]
pub fn decide_text<'b>(book: &'b Rulebook, text: &str, on: Date) -> Decision<'b> {
    let packs: Vec<&Pack> = book.packs().collect();
    decide_with(book, &packs, text, on)
}

/// Decides a case given as values of a host language, by all packs of the rulebook.
#[must_use]
pub fn decide_value<'b>(book: &'b Rulebook, value: &Value, on: Date) -> Decision<'b> {
    let packs: Vec<&Pack> = book.packs().collect();
    decide_batch_one(book, &packs, read_one(ValueSource::new(value), Shape::Case, book), on)
}

/// Decides a case given as JSON text, by these packs.
#[must_use]
pub fn decide_with<'b>(book: &'b Rulebook, packs: &[&'b Pack], text: &str, on: Date) -> Decision<'b> {
    decide_batch_one(book, packs, read_text(text, Shape::Case, book), on)
}

/// Decides the first case of what was read.
#[must_use]
pub fn decide_batch_one<'b>(book: &'b Rulebook, packs: &[&'b Pack], batch: Batch, on: Date) -> Decision<'b> {
    let Batch { records, mut findings } = batch;
    let read = if findings.is_empty() { Vec::new() } else { findings.swap_remove(0) };
    decide_row(book, packs, &records, 0, read, on)
}

/// Decides each case of a JSON list.
#[must_use]
pub fn decide_texts<'b>(book: &'b Rulebook, text: &str, on: Date) -> Vec<Decision<'b>> {
    let Batch { records, findings } = read_texts(text, Shape::Case, book);
    decide_rows(book, &records, &findings, on).collect()
}

/// Judges a case by these packs, with what a recorder keeps of each rule.
pub(crate) fn judge_recorded<'b, T: Recorder>(
    book: &'b Rulebook,
    packs: &[&'b Pack],
    text: &str,
    on: Date,
    recorder: impl Fn() -> T,
) -> (Decision<'b>, Vec<T>) {
    recorded(book, &deciding(packs.iter().copied()), &read_text(text, Shape::Case, book).records, on, recorder)
}

/// Judges one case of some rows by all packs of the rulebook, without looking at its findings.
pub(crate) fn judge_row<'b, R: Rows>(book: &'b Rulebook, records: &Records<R>, row: usize, on: Date) -> Decision<'b> {
    judge(book, &deciding(book.packs()), records, row, on, &mut untraced)
}

/// The packs that decide, in the order in which they are judged.
pub(crate) fn deciding<'b>(packs: impl IntoIterator<Item = &'b Pack>) -> Vec<&'b Pack> {
    let mut packs: Vec<&Pack> = packs.into_iter().filter(|pack| pack.kind == PackKind::Rules).collect();
    order::sort_by(&mut packs, |a, b| a.id.cmp(&b.id));
    packs
}

/// Decides row after row of many, by packs that decide; `read` are the findings of the reading of each.
pub(crate) fn decide_rows<'a, 'b: 'a, R: Rows>(
    book: &'b Rulebook,
    records: &'a Records<R>,
    read: &'a [Vec<Finding>],
    on: Date,
) -> impl Iterator<Item = Decision<'b>> {
    let packs = deciding(book.packs());
    let mut settling = checks::Settling::new(book, records, on);
    read.iter().enumerate().map(move |(row, read)| {
        let mut decision = judge(book, &packs, records, row, on, &mut untraced);
        decision.findings = settling.row(row, read.clone());
        decision
    })
}

/// Decides one case of some rows; `read` are the findings of its reading.
pub(crate) fn decide_row<'b, R: Rows>(
    book: &'b Rulebook,
    packs: &[&'b Pack],
    records: &Records<R>,
    row: usize,
    read: Vec<Finding>,
    on: Date,
) -> Decision<'b> {
    let mut decision = judge(book, &deciding(packs.iter().copied()), records, row, on, &mut untraced);
    decision.findings = checks::settled(book, records, row, read, on);
    decision
}

/// The same decision, with the trace of each rule by its id.
#[must_use]
pub fn decide_traced<'b>(book: &'b Rulebook, text: &str, on: Date) -> (Decision<'b>, Vec<(String, Trace)>) {
    let (decision, traces) = decide_recorded(book, read_text(text, Shape::Case, book), on, Trace::default);
    let ids = decision.rules.iter().map(|result| result.rule.id.clone());
    let traces = ids.zip(traces).collect();
    (decision, traces)
}

/// Decides the first case of what was read, with what a recorder keeps of each rule.
pub(crate) fn decide_recorded<'b, T: Recorder>(
    book: &'b Rulebook,
    batch: Batch,
    on: Date,
    recorder: impl Fn() -> T,
) -> (Decision<'b>, Vec<T>) {
    let Batch { records, findings } = batch;
    let (mut decision, kept) = recorded(book, &deciding(book.packs()), &records, on, recorder);
    decision.findings = checks::settled(book, &records, 0, findings.into_iter().flatten().collect(), on);
    (decision, kept)
}

/// Judges the first case of some rows, with a recorder for each rule. All recorders share one evaluator, that of `dyn`.
fn recorded<'b, R: Rows, T: Recorder>(
    book: &'b Rulebook,
    packs: &[&'b Pack],
    records: &Records<R>,
    on: Date,
    recorder: impl Fn() -> T,
) -> (Decision<'b>, Vec<T>) {
    let mut kept = Vec::new();
    let decision = judge(book, packs, records, 0, on, &mut |pack, facts, _, results| {
        results.extend(pack.rules.iter().map(|rule| {
            let mut one = recorder();
            let judged = evaluate(pack, rule, facts, &mut one as &mut dyn Recorder);
            kept.push(one);
            RuleResult { pack, rule, judged }
        }));
    });
    (decision, kept)
}

fn untraced<'b: 'r, 'r, R: Rows>(
    pack: &'b Pack,
    facts: Facts<'r, R>,
    applies: Truth,
    results: &mut Vec<RuleResult<'b>>,
) {
    let mut judging = Judging::new(pack, facts, applies);
    results.extend(pack.rules.iter().map(|rule| RuleResult { pack, rule, judged: judging.rule(rule) }));
}

/// Judges the rules of a pack, of which it is known whether it applies at its own anchor.
type JudgePack<'j, 'b, 'r, R> = &'j mut dyn FnMut(&'b Pack, Facts<'r, R>, Truth, &mut Vec<RuleResult<'b>>);

/// Judges one case by packs that decide ([`deciding`]).
fn judge<'b: 'r, 'r, R: Rows>(
    book: &'b Rulebook,
    packs: &[&'b Pack],
    records: &'r Records<R>,
    row: usize,
    on: Date,
    judge_pack: JudgePack<'_, 'b, 'r, R>,
) -> Decision<'b> {
    let mut results = Vec::with_capacity(packs.iter().map(|pack| pack.rules.len()).sum());
    let mut coverage = Coverage::default();
    let mut applied = Vec::with_capacity(packs.len());
    for &pack in packs {
        let (around, parameters) = (Around::default(), pack.parameters.as_slice());
        let facts = Facts { records, row, around, on, book, parameters, leap_day: pack.leap_day };
        let (took_part, applies) = coverage.add(pack, facts);
        applied.push((pack, took_part));
        judge_pack(pack, facts, applies, &mut results);
    }
    let mut decision = conclude(book, on, results, &coverage);
    decision.packs = applied;
    decision
}

/// Whether some pack with a condition applies.
#[derive(Default)]
struct Coverage {
    truth: Option<Truth>,
    open: Vec<(String, BTreeSet<Open>)>,
}

impl Coverage {
    /// Adds a pack: whether it took part, and whether it applies at its own anchor.
    fn add<R: Rows>(&mut self, pack: &Pack, facts: Facts<'_, R>) -> (Applied, Truth) {
        let anchor = rule::resolve(pack.as_of, &facts);
        let mut eval = Evaluator::new(facts, anchor, untold());
        let force = rule::in_force(&mut eval, pack.force, pack.checked_until);
        let applies = pack.applies_when.as_ref().map_or(Truth::True, |test| eval.test(test));
        let truth = force.and(applies);
        if pack.rules.iter().any(|rule| rule.effect == Effect::Require) {
            self.truth = Some(self.truth.unwrap_or(Truth::False).or(truth));
            if truth == Truth::Unknown {
                self.open.push((pack.id.clone(), order::set(eval.open)));
            }
        }
        let applied = match (truth, applies, force) {
            (Truth::True, _, _) => Applied::Yes,
            (_, Truth::False, _) => Applied::NotApplicable,
            (_, _, Truth::False) => Applied::NotInForce,
            _ => Applied::Unknown,
        };
        (applied, applies)
    }

    fn truth(&self) -> Truth {
        self.truth.unwrap_or(Truth::False)
    }

    /// The one residual of an unknown coverage.
    fn residual(&self) -> Option<BTreeSet<Open>> {
        (self.truth() == Truth::Unknown)
            .then(|| order::set(self.open.iter().flat_map(|(_, open)| open.iter().cloned())))
    }
}

fn conclude<'b>(book: &'b Rulebook, on: Date, rules: Vec<RuleResult<'b>>, coverage: &Coverage) -> Decision<'b> {
    // Most rules do not apply to a case, and nothing follows from them.
    let applying = rules.iter().enumerate().filter(|(_, result)| result.judged.status != Status::NotApplicable);
    let applying: Vec<(usize, &RuleResult<'_>)> = applying.collect();
    let results = || applying.iter().map(|(_, result)| *result);
    let (outcome, deciding_rules) = outcome(&applying, coverage.truth());
    let firmness = firmness(deciding_rules.iter().filter_map(|index| rules.get(*index)), outcome);
    let open_obligation = results().any(|result| result.judged.due.is_some_and(Due::is_open));
    let conditions = || results().filter(|r| r.judged.status == Status::Unknown && r.is_condition());
    let mut residuals: Vec<(&str, &BTreeSet<Open>)> =
        conditions().map(|r| (r.rule.id.as_str(), &r.judged.open)).collect();
    let covered = coverage.residual();
    residuals.extend(covered.as_ref().map(|open| ("", open)));
    let undecided = outcome == Outcome::Undetermined;
    let missing_outcome = if undecided { missing::order(&residuals, &BTreeSet::new()) } else { Vec::new() };
    let stated = if undecided { missing::stated(&residuals) } else { BTreeSet::new() };
    let listed = order::set(missing_outcome.iter().map(|m| m.field.clone()));
    let others = results().filter(|r| !r.judged.open.is_empty() && !r.is_condition());
    let others: Vec<(&str, &BTreeSet<Open>)> = others.map(|r| (r.rule.id.as_str(), &r.judged.open)).collect();
    let missing_other = missing::order(&others, &listed);
    let gaps = gaps(results(), coverage);
    Decision {
        on,
        outcome,
        firmness,
        ready: outcome == Outcome::Accepted && !open_obligation,
        deciding_rules,
        missing_outcome,
        missing_other,
        stated,
        gaps,
        packs: Vec::new(),
        findings: Vec::new(),
        rules,
        book,
    }
}

fn is_condition(rule: &Rule) -> bool {
    rule.effect == Effect::Require && rule.nature != Nature::Practice
}

/// The outcome of each row alone: the one that its decision has, without what a decision says beside it.
pub(crate) fn outcomes<'a, R: Rows>(
    book: &'a Rulebook,
    records: &'a Records<R>,
    rows: usize,
    on: Date,
) -> impl Iterator<Item = Outcome> {
    let packs = deciding(book.packs());
    (0..rows).map(move |row| outcome_of_row(book, &packs, records, row, on))
}

fn outcome_of_row<R: Rows>(book: &Rulebook, packs: &[&Pack], records: &Records<R>, row: usize, on: Date) -> Outcome {
    let mut coverage = Coverage::default();
    let mut open = false;
    for pack in packs {
        let (around, parameters) = (Around::default(), pack.parameters.as_slice());
        let facts = Facts { records, row, around, on, book, parameters, leap_day: pack.leap_day };
        let (_, applies) = coverage.add(pack, facts);
        let mut judging = Judging::new(pack, facts, applies);
        for rule in pack.rules.iter().filter(|rule| is_condition(rule)) {
            match judging.status(rule) {
                Status::Failed if Counts::of(rule) == Counts::Fails => return Outcome::Refused,
                Status::Failed | Status::Unknown => open = true,
                _ => {}
            }
        }
    }
    comes_to(false, open, coverage.truth())
}

/// The outcome where a condition fails, or some are open, by whether a pack with a condition applies.
fn comes_to(fails: bool, open: bool, covered: Truth) -> Outcome {
    match (fails, open, covered) {
        (true, ..) => Outcome::Refused,
        (_, true, _) | (.., Truth::Unknown) => Outcome::Undetermined,
        (.., Truth::False) => Outcome::NotCovered,
        (.., Truth::True) => Outcome::Accepted,
    }
}

/// The outcome, and which rules decide, by their places.
fn outcome(rules: &[(usize, &RuleResult<'_>)], covered: Truth) -> (Outcome, Vec<usize>) {
    let which = |test: &dyn Fn(&RuleResult<'_>) -> bool| -> Vec<usize> {
        rules.iter().filter(|(_, r)| r.is_condition() && test(r)).map(|(index, _)| *index).collect()
    };
    let fails = which(&|r| r.counts() == Some(Counts::Fails));
    let open = which(&|r| r.judged.status == Status::Unknown || r.counts().is_some());
    let outcome = comes_to(!fails.is_empty(), !open.is_empty(), covered);
    let deciding = match outcome {
        Outcome::Refused => fails,
        Outcome::Undetermined => open,
        Outcome::NotCovered => Vec::new(),
        Outcome::Accepted => which(&|r| r.judged.guard == Truth::True),
    };
    (outcome, deciding)
}

fn firmness<'r, 'b: 'r>(deciding: impl Iterator<Item = &'r RuleResult<'b>>, outcome: Outcome) -> Firmness {
    let of = |result: &RuleResult<'_>| {
        let open = result.counts().is_some() || (outcome == Outcome::Undetermined);
        match (result.rule.nature, &result.rule.verified) {
            (Nature::Discretionary, _) if open => Firmness::Discretionary,
            (_, None) => Firmness::ToCheck,
            _ => Firmness::Firm,
        }
    };
    deciding.map(of).max().unwrap_or(Firmness::Firm)
}

fn gaps<'r, 'b: 'r>(rules: impl Iterator<Item = &'r RuleResult<'b>>, coverage: &Coverage) -> BTreeSet<(String, Gap)> {
    let of_rules = rules.map(|r| (r.rule.id.as_str(), &r.judged.open));
    let of_packs = coverage.open.iter().map(|(id, open)| (id.as_str(), open));
    let gap = |id: &str, open: &Open| match open {
        Open::Gap(gap) => Some((id.to_owned(), gap.clone())),
        Open::Absent(..) => None,
    };
    order::set(of_rules.chain(of_packs).flat_map(|(id, open)| open.iter().filter_map(move |o| gap(id, o))))
}
