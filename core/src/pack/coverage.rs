//! What no test of a pack reaches: rules that are never asked, exceptions that never hold, rules that are never met or never fail,
//! values of parameters that nobody looks up, and days on which something turns without a test on both sides.
//!
//! The tests run as [`super::run_tests`] runs them, with a recorder on the look-ups of parameters and on days that are put in order.

use super::boundaries::{self, Boundary, Reached};
use super::tests_run::own_id;
use super::{AnchorDef, Force, Pack, PackKind, Parameter, Rule};
use crate::date::Date;
use crate::decision::{Due, Judged, Status, by_each_day, judge_recorded, resolve};
use crate::json::Json;
use crate::kernel::{Anchor, Around, Evaluator, Facts, Gap, Open, Operand, Recorder, Test, untold};
use crate::reader::{Shape, read_text};
use crate::rows::Rows;
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
    /// Boundary days without a test on one of their sides.
    pub days: Vec<Boundary<'b>>,
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
        self.packs.iter().all(|pack| pack.covers_rules() && pack.covers_days() && pack.values.is_empty())
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

    /// Whether the tests stand on both sides of every boundary day.
    #[must_use]
    pub fn covers_days(&self) -> bool {
        self.days.is_empty()
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
            ("days", self.days.iter().map(Boundary::to_json).collect()),
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
    let mut reached = vec![Reached::default(); pack.rules.len()];
    let mut looked_up = BTreeSet::new();
    for test in &pack.tests {
        let case = test.case.to_canonical();
        let (decision, recorders) = judge_recorded(book, &[pack], &case, test.at, Kept::default);
        seen.iter_mut().zip(&decision.rules).for_each(|(seen, result)| seen.add(&result.judged));
        for (reached, kept) in reached.iter_mut().zip(recorders) {
            looked_up.extend(kept.looked_up);
            reached.ordered.extend(kept.ordered);
        }
        let records = read_text(&case, Shape::Case, book).records;
        let (around, parameters) = (Around::default(), pack.parameters.as_slice());
        let facts = Facts { records: &records, row: 0, around, on: test.at, book, parameters, leap_day: pack.leap_day };
        for (rule, reached) in pack.rules.iter().zip(&mut reached) {
            reached.judged.extend(judged_days(pack, rule, facts));
        }
    }
    let (values, days) = (Vec::new(), boundaries::unreached(pack, &reached));
    let mut out = Coverage { pack, rules: Vec::new(), exceptions: Vec::new(), statuses: Vec::new(), values, days };
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

/// The days by which a rule is judged, where it would apply if it were in force on them and its parameters had a value. Of a rule of each day every day but the first on which
/// something changes has the one before it among them.
fn judged_days<R: Rows>(pack: &Pack, rule: &Rule, facts: Facts<'_, R>) -> Vec<Date> {
    let anchors = match rule.as_of {
        AnchorDef::EachDay => by_each_day(pack, rule, &facts),
        other => vec![resolve(other, &facts)],
    };
    let mut days = Vec::new();
    for anchor in anchors {
        let Anchor::Day(day) = anchor else { continue };
        let mut eval = Evaluator::new(facts, anchor, untold());
        let asked = pack.applies_when.iter().chain(&rule.when).all(|test| eval.test(test) != Truth::False);
        if asked && eval.open.iter().all(|open| matches!(open, Open::Gap(Gap::NoValue(_)))) {
            days.extend(day.plus_days(-1).filter(|_| !days.is_empty()));
            days.push(day);
        }
    }
    days
}

/// Keeps which parameters were looked up and on which days, and which days were put in order.
#[derive(Default)]
struct Kept {
    looked_up: BTreeSet<(usize, Date)>,
    ordered: BTreeSet<[Date; 2]>,
}

impl Recorder for Kept {
    fn judged(&mut self, _: &Test, _: Truth) {}

    fn looked_up(&mut self, parameter: usize, day: Date) {
        self.looked_up.insert((parameter, day));
    }

    fn ordered(&mut self, sides: [Operand<Date>; 2]) {
        if let [Operand::Value(a), Operand::Value(b)] = sides {
            self.ordered.insert([a, b]);
        }
    }
}
