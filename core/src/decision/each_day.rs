//! A rule that is judged on every day of the placement: `as_of: each_day`.
//!
//! The day moves nothing but what the anchor decides: what is in force, parameters, the word `anchor`, branches of dated lists. So only the days
//! on which one of these may change are judged; a rule that reads the day itself is judged on all.

use super::rule::{Judged, Status, evaluate_by};
use crate::catalogue::Role;
use crate::date::Date;
use crate::field::Absence;
use crate::kernel::{Anchor, Day, Facts, FieldRef, Kind, Open, Part, Place, Recorder, Test};
use crate::limits;
use crate::order;
use crate::pack::{Force, Pack, Rule};
use crate::rows::{Cell, Rows};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// The status that counts for all days, the first that one of them has.
const ORDER: [Status; 5] =
    [Status::Failed, Status::Unknown, Status::Excepted, Status::Satisfied, Status::NotApplicable];

pub(super) fn evaluate<R: Rows>(pack: &Pack, rule: &Rule, facts: Facts<'_, R>, recorder: &mut dyn Recorder) -> Judged {
    let (start, end) = match days(&facts) {
        Ok(days) => days,
        Err(absent) => return without_days(pack, rule, facts, &absent, recorder),
    };
    let mut all: Vec<Judged> = Vec::new();
    for day in candidates(pack, rule, start, end) {
        all.push(evaluate_by(pack, rule, facts, Anchor::Day(day), &mut *recorder));
    }
    joined(all)
}

/// The days that the rule judges by; where there are none, the anchor that says why.
pub(crate) fn anchors<R: Rows>(pack: &Pack, rule: &Rule, facts: &Facts<'_, R>) -> Vec<Anchor> {
    match days(facts) {
        Ok((start, end)) => candidates(pack, rule, start, end).into_iter().map(Anchor::Day).collect(),
        Err(absent) => vec![absent_anchor(&absent)],
    }
}

/// The fields of the first and the last day.
pub(crate) fn period_fields() -> [Option<FieldRef>; 2] {
    let role = Role::Placement;
    ["start", "end"].map(|name| role.layout().find(name).map(|id| FieldRef { role, id }))
}

/// First and last day; else the fields that are absent, none where the days are in no order.
fn days<R: Rows>(facts: &Facts<'_, R>) -> Result<(Date, Date), Vec<(FieldRef, Absence)>> {
    let mut absent = Vec::new();
    let [start, end] = period_fields().map(|field| {
        let field = field?;
        match facts.cell(field) {
            Cell::Date(day) => return Some(day),
            Cell::Absent(reason) => absent.push((field, reason)),
            _ => absent.push((field, Absence::Invalid)),
        }
        None
    });
    let (Some(start), Some(end)) = (start, end) else { return Err(absent) };
    let longest = start.plus_months(i64::from(limits::TIMELINE_YEARS) * 12);
    let in_order = start <= end && longest.is_none_or(|longest| end <= longest);
    if in_order { Ok((start, end)) } else { Err(Vec::new()) }
}

fn without_days<R: Rows>(
    pack: &Pack,
    rule: &Rule,
    facts: Facts<'_, R>,
    absent: &[(FieldRef, Absence)],
    recorder: &mut dyn Recorder,
) -> Judged {
    let mut judged = evaluate_by(pack, rule, facts, absent_anchor(absent), recorder);
    if judged.status == Status::Unknown {
        judged.open.extend(absent.iter().map(|(field, reason)| Open::Absent(Place::from(*field), *reason)));
    }
    judged
}

fn absent_anchor(absent: &[(FieldRef, Absence)]) -> Anchor {
    absent.first().map_or(Anchor::OutOfRange, |(field, reason)| Anchor::Absent(*field, *reason))
}

/// One answer of the answers of all days.
fn joined(all: Vec<Judged>) -> Judged {
    let rank = |judged: &Judged| ORDER.iter().position(|status| *status == judged.status);
    let guard = all.iter().map(|judged| judged.guard).max().unwrap_or(Truth::Unknown);
    let unknown = all.iter().filter(|judged| judged.status == Status::Unknown);
    let open = order::set(unknown.flat_map(|judged| judged.open.iter().cloned()));
    let first = all.into_iter().min_by_key(|judged| rank(judged));
    let mut joined = first.unwrap_or_else(|| super::rule::closed(Status::Unknown, guard, &Anchor::OutOfRange));
    joined.guard = guard;
    joined.open = if joined.status == Status::Unknown { open } else { BTreeSet::new() };
    if joined.status == Status::NotApplicable {
        joined.as_of = None;
    }
    joined
}

/// The days on which the answer may differ from that of the day before, the first among them.
fn candidates(pack: &Pack, rule: &Rule, start: Date, end: Date) -> Vec<Date> {
    let tests =
        || pack.applies_when.iter().chain(&rule.when).chain([&rule.that]).chain(rule.unless.iter().map(|u| &u.test));
    if tests().any(reads_day) {
        return std::iter::successors(Some(start), |day| day.plus_days(1)).take_while(|day| *day <= end).collect();
    }
    let values = pack.parameters.iter().flat_map(|parameter| &parameter.values).map(|value| value.force);
    let checked = Force { from: None, to: Some(pack.checked_until) };
    let forces = values.chain([pack.force.and(rule.force), checked]);
    let changes = forces.flat_map(|force| [force.from, force.to.and_then(|to| to.plus_days(1))]).flatten();
    let days = order::set(changes.filter(|day| start < *day && *day <= end).chain([start]));
    days.into_iter().collect()
}

/// Whether a test reads the day that the rule judges by, beside what is in force on it.
fn reads_day(test: &Test) -> bool {
    test.has(|part| match part {
        Part::Day(day) => *day == Day::Anchor,
        Part::Test(test) => matches!(test.kind, Kind::Under(..)),
        Part::Number(_) | Part::Field(_) => false,
    })
}
