//! What no test of a pack reaches: rules that are never asked, exceptions that never hold, rules that are never met or never fail, and
//! values of parameters that nobody looks up.
//!
//! The tests run as [`super::run_tests`] runs them, with a recorder on the look-ups of parameters.

use super::tests_run::own_id;
use super::{Force, Pack, PackKind, Parameter, Rule};
use crate::date::Date;
use crate::decision::{Due, Judged, Status, judge_recorded};
use crate::json::Json;
use crate::kernel::{Recorder, Test};
use crate::rulebook::Rulebook;
use crate::truth::Truth;
use std::collections::BTreeSet;

/// What the tests of some packs do not reach.
#[derive(Clone, Debug)]
pub struct CoverageReport<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// Each pack.
    pub packs: Vec<Coverage<'b>>,
}

/// What the tests of a pack do not reach.
#[derive(Clone, Debug)]
pub struct Coverage<'b> {
    /// The pack.
    pub pack: &'b Pack,
    /// Rules that apply in no test.
    pub rules: Vec<&'b Rule>,
    /// Exceptions that hold in no test: the rule, and the id of the exception.
    pub exceptions: Vec<(&'b Rule, &'b str)>,
    /// Rules that apply in some test, with the status that they have in none, `satisfied` or `failed`; without what the pack says cannot
    /// be tested.
    pub statuses: Vec<(&'b Rule, Status)>,
    /// Values of parameters that no test looks up.
    pub values: Vec<(&'b Parameter, Force)>,
}

/// Runs the tests of some packs and tells what they do not reach. Packs of checks have no tests: they decide nothing.
#[must_use]
pub fn coverage<'b>(book: &'b Rulebook, packs: &[&'b Pack]) -> CoverageReport<'b> {
    let deciding = packs.iter().filter(|pack| pack.kind == PackKind::Rules);
    CoverageReport { book, packs: deciding.map(|pack| of_pack(book, pack)).collect() }
}

impl CoverageReport<'_> {
    /// Whether the tests reach everything.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.packs.iter().all(|pack| pack.covers_rules() && pack.values.is_empty())
    }

    /// The report as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let packs: Vec<&Pack> = self.packs.iter().map(|coverage| coverage.pack).collect();
        Json::object([
            ("made_by", self.book.made_by(&packs)),
            ("ok", Json::Bool(self.is_ok())),
            ("packs", self.packs.iter().map(Coverage::to_json).collect()),
        ])
    }
}

impl Coverage<'_> {
    /// Whether the tests reach every rule, with every exception, met and not met.
    #[must_use]
    pub fn covers_rules(&self) -> bool {
        self.rules.is_empty() && self.exceptions.is_empty() && self.statuses.is_empty()
    }

    fn to_json(&self) -> Json {
        let id = |rule: &Rule| Json::from(rule.id.as_str());
        let exception = |(rule, exception): &(&Rule, &str)| {
            Json::object([("rule", id(rule)), ("exception", Json::from(*exception))])
        };
        let status = |(rule, status): &(&Rule, Status)| {
            Json::object([("rule", id(rule)), ("status", Json::from(status.as_str()))])
        };
        Json::object([
            ("pack", Json::from(self.pack.id.as_str())),
            ("tests", Json::from(self.pack.tests.len())),
            ("rules", self.rules.iter().map(|rule| id(rule)).collect()),
            ("exceptions", self.exceptions.iter().map(exception).collect()),
            ("statuses", self.statuses.iter().map(status).collect()),
            ("values", self.values.iter().map(|(parameter, force)| value_json(parameter, *force)).collect()),
        ])
    }
}

/// A value of a parameter: its name and its days.
pub(super) fn value_json(parameter: &Parameter, force: Force) -> Json {
    let mut members = vec![("parameter".to_owned(), Json::from(parameter.name.as_str()))];
    members.extend(force.from.map(|day| ("from".to_owned(), Json::from(day.to_string()))));
    members.extend(force.to.map(|day| ("to".to_owned(), Json::from(day.to_string()))));
    Json::Object(members)
}

/// What the tests of a pack came to for one of its rules.
#[derive(Clone, Default)]
struct Seen {
    applied: bool,
    satisfied: bool,
    failed: bool,
    exceptions: Vec<String>,
}

fn of_pack<'b>(book: &'b Rulebook, pack: &'b Pack) -> Coverage<'b> {
    let mut seen = vec![Seen::default(); pack.rules.len()];
    let mut looked_up = BTreeSet::new();
    for test in &pack.tests {
        let case = test.case.to_canonical();
        let (decision, recorders) = judge_recorded(book, &[pack], &case, test.at, LookedUp::default);
        looked_up.extend(recorders.into_iter().flat_map(|recorder| recorder.0));
        seen.iter_mut().zip(&decision.rules).for_each(|(seen, result)| seen.add(&result.judged));
    }
    let mut out =
        Coverage { pack, rules: Vec::new(), exceptions: Vec::new(), statuses: Vec::new(), values: Vec::new() };
    pack.rules.iter().zip(&seen).for_each(|(rule, seen)| out.of_rule(rule, seen));
    for (index, parameter, value) in pack.values() {
        if !looked_up.iter().any(|(at, day)| *at == index && value.force.holds(*day)) {
            out.values.push((parameter, value.force));
        }
    }
    out
}

impl<'b> Coverage<'b> {
    fn of_rule(&mut self, rule: &'b Rule, seen: &Seen) {
        if !seen.applied {
            self.rules.push(rule);
        }
        for (status, reached) in [(Status::Satisfied, seen.satisfied), (Status::Failed, seen.failed)] {
            let own = own_id(self.pack, &rule.id);
            let excused = self.pack.untested.iter().any(|(id, word)| id == own && *word == status.as_str());
            if seen.applied && !reached && !excused {
                self.statuses.push((rule, status));
            }
        }
        for unless in rule.unless.iter().filter(|unless| !seen.exceptions.contains(&unless.id)) {
            self.exceptions.push((rule, &unless.id));
        }
    }
}

impl Seen {
    /// A rule whose guard is open says nothing of itself.
    fn add(&mut self, judged: &Judged) {
        if judged.guard == Truth::True {
            self.applied = true;
            self.satisfied |= judged.status == Status::Satisfied;
            self.failed |= fails(judged);
            self.exceptions.extend(judged.exception.clone());
        }
    }
}

/// An obligation that is open counts as one that is not met.
fn fails(judged: &Judged) -> bool {
    judged.status == Status::Failed || matches!(judged.due, Some(Due::Due | Due::Overdue))
}

/// Keeps which parameters were looked up, and on which days.
#[derive(Default)]
struct LookedUp(BTreeSet<(usize, Date)>);

impl Recorder for LookedUp {
    fn judged(&mut self, _: &Test, _: Truth) {}

    fn looked_up(&mut self, parameter: usize, day: Date) {
        self.0.insert((parameter, day));
    }
}
