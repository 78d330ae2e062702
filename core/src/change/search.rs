//! Trying changes: fields one by one, then two, then three together, each with the values that were wished for.
//!
//! A set is found if the changed case reaches the goal. No further set with all of its fields is looked for, so that every set that leaves is
//! minimal. Each changed case that is judged counts, and at the limit the search ends.

use super::wishes::{self, Wish, Wishes};
use super::{Change, ChangeSet, Changes};
use crate::breakage::{self, Breakage};
use crate::catalogue::{ColumnDef, FieldType};
use crate::checks;
use crate::codes::Validity;
use crate::date::Date;
use crate::decision::{Decision, Outcome, RuleResult, Status, evaluate, judge_row};
use crate::field::Absence;
use crate::finding::{Finding, Path, Severity};
use crate::kernel::{Around, Facts, FieldRef, Gap, untold};
use crate::limits;
use crate::order;
use crate::pack::{Pack, Rule};
use crate::reader::{Event, read_value};
use crate::rows::{Cell, OwnedCell, OwnedRows, Records};
use crate::rulebook::Rulebook;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Looks for what would change the decision of a case.
pub(super) fn run(book: &Rulebook, records: Records<OwnedRows>, on: Date) -> Changes<'_> {
    let decision = judge_row(book, &records, 0, on);
    let failed: Vec<&RuleResult<'_>> = decision.rules.iter().filter(|result| result.counts().is_some()).collect();
    let wishes = wishes::of(&failed, |pack| facts(book, &records, pack, on));
    let mut search = Search {
        book,
        on,
        records: &records,
        failed: failed.iter().map(|result| (result.pack, result.rule)).collect(),
        gaps: gaps(&decision),
        errors: errors(book, &records, on),
        fields: candidates(book, &records, &wishes),
        sets: Vec::new(),
        evaluations: 0,
    };
    let complete = search.all().is_ok();
    Changes {
        on,
        outcome: decision.outcome,
        failed: failed.iter().map(|result| result.rule.id.clone()).collect(),
        sets: search.sets.into_iter().map(|(_, set)| set).collect(),
        evaluations: search.evaluations,
        complete,
        packs: decision.packs.iter().map(|(pack, _)| *pack).collect(),
        book,
    }
}

fn facts<'a>(book: &'a Rulebook, records: &'a Records<OwnedRows>, pack: &'a Pack, on: Date) -> Facts<'a, OwnedRows> {
    let (around, parameters) = (Around::default(), pack.parameters.as_slice());
    Facts { records, row: 0, around, on, book, parameters, leap_day: pack.leap_day }
}

/// What the rulebook does not say about conditions.
fn gaps(decision: &Decision<'_>) -> BTreeSet<(String, Gap)> {
    let other = |id: &str| decision.rules.iter().any(|result| result.rule.id == id && !result.is_condition());
    order::set(decision.gaps.iter().filter(|(id, _)| !other(id)).cloned())
}

/// The errors of the records, each as its code and paths.
fn errors(book: &Rulebook, records: &Records<OwnedRows>, on: Date) -> Vec<Finding> {
    let mut findings = checks::settled(book, records, 0, Vec::new(), on);
    findings.retain(|finding| finding.severity == Severity::Error);
    findings.iter_mut().for_each(|finding| finding.params.clear());
    findings
}

/// A field that may be changed.
#[derive(Clone)]
struct Candidate {
    field: FieldRef,
    was: OwnedCell,
    /// Values to try, each with whether it tells something about a person.
    offers: Vec<(OwnedCell, bool)>,
}

impl Candidate {
    /// Whether it was answered: by a value, or by a reason why there is none.
    fn is_answered(&self) -> bool {
        !matches!(self.was, OwnedCell::Absent(reason) if reason.is_answerable())
    }

    fn is_code(&self) -> bool {
        self.field.column().is_some_and(|column| matches!(column.field.kind, FieldType::Code(_)))
    }
}

/// The fields of the records themselves that can be arranged, in catalogue order.
fn candidates(book: &Rulebook, records: &Records<OwnedRows>, wishes: &Wishes) -> Vec<Candidate> {
    let candidate = |(field, wishes): (&FieldRef, &Vec<(Wish, bool)>)| {
        let column = field.column().filter(|column| field.id.table == 0 && column.field.marks.adjustable)?;
        let now = records.cell(field.role, field.id, 0);
        if let Cell::Rows(_) | Cell::Absent(Absence::Declined | Absence::NotCollectedByRule) = now {
            return None;
        }
        let offers = offers(book, *field, column, now, wishes);
        (!offers.is_empty()).then(|| Candidate { field: *field, was: now.into(), offers })
    };
    wishes.iter().filter_map(candidate).collect()
}

/// The values to try for a field, in their order, without the one that it has.
fn offers(
    book: &Rulebook,
    field: FieldRef,
    column: &ColumnDef,
    now: Cell<'_>,
    wishes: &[(Wish, bool)],
) -> Vec<(OwnedCell, bool)> {
    let mut offers: Vec<(OwnedCell, bool)> = Vec::new();
    let mut add = |event: Event<'_>, personal: bool| {
        let path = || Path::new(Some(field.role), Vec::new(), false);
        let Some(cell) = read_value(column.field, event, book, &path) else { return };
        if cell.as_cell() == now {
            return;
        }
        match offers.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, known)) => *known &= personal,
            None => offers.push((cell, personal)),
        }
    };
    match column.field.kind {
        FieldType::Bool => [true, false].into_iter().for_each(|value| add(Event::Bool(value), false)),
        FieldType::Code(list) => {
            texts(wishes).for_each(|(text, personal)| add(text, personal));
            let codes = book.codes().get(list).into_iter().flat_map(|list| list.codes());
            codes.for_each(|code| add(Event::Text(Cow::Borrowed(code.code())), false));
        }
        FieldType::Text | FieldType::Territory => texts(wishes).for_each(|(text, personal)| add(text, personal)),
        FieldType::Integer | FieldType::Money | FieldType::Number => {
            let whole = !matches!(column.field.kind, FieldType::Number);
            numbers(wishes, whole).for_each(|(number, personal)| add(Event::Float(number), personal));
        }
        FieldType::Date => days(wishes).for_each(|(day, personal)| add(Event::Date(Ok(day)), personal)),
        FieldType::Time | FieldType::Object(_) | FieldType::Objects(_) | FieldType::Codes(_) => {}
    }
    nearest_first(&mut offers, now);
    offers
}

fn texts(wishes: &[(Wish, bool)]) -> impl Iterator<Item = (Event<'_>, bool)> {
    wishes.iter().filter_map(|(wish, personal)| match wish {
        Wish::Text(text) => Some((Event::Text(Cow::Borrowed(text)), *personal)),
        Wish::Number(_) | Wish::Day(_) => None,
    })
}

/// Each number, then the one below and the one above; of a whole field the whole ones around it.
fn numbers(wishes: &[(Wish, bool)], whole: bool) -> impl Iterator<Item = (f64, bool)> {
    wishes.iter().flat_map(move |(wish, personal)| {
        let near = match wish {
            Wish::Number(number) if whole => {
                vec![number.floor(), number.ceil(), number.floor() - 1.0, number.ceil() + 1.0]
            }
            Wish::Number(number) => vec![*number, number - 1.0, number + 1.0],
            Wish::Text(_) | Wish::Day(_) => Vec::new(),
        };
        near.into_iter().filter(|number| number.is_finite()).map(|number| (number, *personal))
    })
}

/// Each day, then the one before and the one after.
fn days(wishes: &[(Wish, bool)]) -> impl Iterator<Item = (Date, bool)> {
    wishes.iter().flat_map(|(wish, personal)| {
        let near = match wish {
            Wish::Day(day) => [0, -1, 1].map(|days| day.plus_days(days)),
            Wish::Text(_) | Wish::Number(_) => [None; 3],
        };
        near.into_iter().flatten().map(|day| (day, *personal))
    })
}

/// Numbers and days by how far they lie from the present one, the smaller or earlier of two first.
fn nearest_first(offers: &mut [(OwnedCell, bool)], now: Cell<'_>) {
    let place = |cell: Cell<'_>| match cell {
        Cell::Integer(value) => Some(value as f64),
        Cell::Number(value) => Some(value),
        Cell::Date(day) => Some(Date::FIRST.days_to(day) as f64),
        _ => None,
    };
    let Some(now) = place(now) else { return };
    let far = |cell: &OwnedCell| place(cell.as_cell()).map_or((0.0, 0.0), |at| ((at - now).abs(), at));
    order::sort_by(offers, |(a, _), (b, _)| {
        let ((far_a, a), (far_b, b)) = (far(a), far(b));
        far_a.total_cmp(&far_b).then(a.total_cmp(&b))
    });
}

struct Search<'a, 'b> {
    book: &'b Rulebook,
    on: Date,
    records: &'a Records<OwnedRows>,
    /// The conditions that failed.
    failed: Vec<(&'b Pack, &'b Rule)>,
    /// What the rulebook does not say about the case as it is.
    gaps: BTreeSet<(String, Gap)>,
    /// The errors of the case as it is.
    errors: Vec<Finding>,
    fields: Vec<Candidate>,
    /// The sets found, each with the positions of its fields.
    sets: Vec<(Vec<usize>, ChangeSet)>,
    evaluations: usize,
}

/// The limit is reached.
struct Spent;

impl<'b> Search<'_, 'b> {
    /// Tries all sets of one field, then of two, then of three.
    fn all(&mut self) -> Result<(), Spent> {
        (1..=limits::CHANGES).try_for_each(|size| self.of_size(size, 0, &mut Vec::new()))
    }

    /// Tries what is chosen with `size` fields more, from a position on.
    fn of_size(&mut self, size: usize, from: usize, chosen: &mut Vec<usize>) -> Result<(), Spent> {
        let Some(size) = size.checked_sub(1) else {
            return self.fields_together(chosen);
        };
        (from..self.fields.len()).try_for_each(|field| {
            chosen.push(field);
            let tried = self.of_size(size, field + 1, chosen);
            chosen.pop();
            tried
        })
    }

    fn fields_together(&mut self, chosen: &[usize]) -> Result<(), Spent> {
        let inside = |(fields, _): &(Vec<usize>, ChangeSet)| fields.iter().all(|field| chosen.contains(field));
        if self.sets.iter().any(inside) && !breakage::is(Breakage::ChangesNotMinimal) {
            return Ok(());
        }
        let mut found = None;
        let tried = self.values(chosen, &mut found);
        self.sets.extend(found.map(|set| (chosen.to_vec(), set)));
        tried
    }

    /// Tries the values of some fields, those of the last one fastest, until one does it; of one code all that do.
    fn values(&mut self, chosen: &[usize], found: &mut Option<ChangeSet>) -> Result<(), Spent> {
        let fields: Vec<Candidate> = chosen.iter().filter_map(|index| self.fields.get(*index)).cloned().collect();
        // An answer alone lifts no failure.
        if !fields.iter().any(Candidate::is_answered) {
            return Ok(());
        }
        let one_code = matches!(fields.as_slice(), [field] if field.is_code());
        let mut records = self.records.clone();
        let mut at = Some(vec![0; fields.len()]);
        while let Some(now) = at {
            let changes = changes(&fields, &now);
            if self.change(&mut records, &changes)
                && let Some(decision) = self.judge(&records)?
            {
                match found {
                    Some(set) => set.add_code(changes),
                    None => *found = Some(ChangeSet::new(changes, &decision)),
                }
                if !one_code {
                    return Ok(());
                }
            }
            at = next(now, &fields);
        }
        Ok(())
    }

    /// Makes the changes. False if a code would not be in force on its day.
    fn change(&self, records: &mut Records<OwnedRows>, changes: &[Change]) -> bool {
        for change in changes {
            if let Some(rows) = records.get_mut(change.field.role) {
                rows.set(change.field.id, 0, change.value.clone());
            }
        }
        changes.iter().all(|change| self.is_in_force(records, change))
    }

    fn is_in_force(&self, records: &Records<OwnedRows>, change: &Change) -> bool {
        let (Some(column), OwnedCell::Text(text)) = (change.field.column(), &change.value) else { return true };
        let FieldType::Code(list) = column.field.kind else { return true };
        let day = records.get(change.field.role).and_then(|rows| checks::valid_at(rows, column, 0, 0, self.on));
        let code = self.book.codes().get(list).and_then(|codes| codes.find(text));
        code.is_some_and(|code| code.validity(day.unwrap_or(self.on)) == Validity::InForce)
    }

    /// Judges a changed case: its decision, if it reaches the goal.
    fn judge(&mut self, records: &Records<OwnedRows>) -> Result<Option<Decision<'b>>, Spent> {
        if self.evaluations == limits::EVALUATIONS {
            return Err(Spent);
        }
        self.evaluations += 1;
        if self.failed.iter().any(|(pack, rule)| !self.is_lifted(records, pack, rule)) {
            return Ok(None);
        }
        let decision = judge_row(self.book, records, 0, self.on);
        let is_goal = breakage::is(Breakage::ChangesByFailedRules) || self.is_goal(records, &decision);
        Ok(is_goal.then_some(decision))
    }

    /// Whether a condition that failed is known not to fail.
    fn is_lifted(&self, records: &Records<OwnedRows>, pack: &Pack, rule: &Rule) -> bool {
        let judged = evaluate(pack, rule, facts(self.book, records, pack, self.on), untold());
        !matches!(judged.status, Status::Failed | Status::Unknown)
    }

    /// Whether no condition fails, some pack covers the case, and nothing else got worse.
    fn is_goal(&self, records: &Records<OwnedRows>, decision: &Decision<'_>) -> bool {
        decision.outcome != Outcome::NotCovered
            && decision.rules.iter().all(|result| result.counts().is_none())
            && gaps(decision).is_subset(&self.gaps)
            && errors(self.book, records, self.on).iter().all(|error| self.errors.contains(error))
    }
}

fn changes(fields: &[Candidate], at: &[usize]) -> Vec<Change> {
    let change = |(candidate, at): (&Candidate, &usize)| {
        let (value, personal) = candidate.offers.get(*at)?.clone();
        let (field, was) = (candidate.field, candidate.was.clone());
        Some(Change { field, value, personal, others: Vec::new(), was })
    };
    fields.iter().zip(at).filter_map(change).collect()
}

/// The next positions, those of the last field first.
fn next(mut at: Vec<usize>, fields: &[Candidate]) -> Option<Vec<usize>> {
    for (place, field) in at.iter_mut().zip(fields).rev() {
        *place += 1;
        if *place < field.offers.len() {
            return Some(at);
        }
        *place = 0;
    }
    None
}

impl ChangeSet {
    fn new(changes: Vec<Change>, decision: &Decision<'_>) -> Self {
        let missing = decision.missing_outcome.iter().map(|missing| missing.field.clone()).collect();
        Self { changes, outcome: decision.outcome, firmness: decision.firmness, missing }
    }

    /// Another code does it too.
    fn add_code(&mut self, changes: Vec<Change>) {
        for (change, other) in self.changes.iter_mut().zip(changes) {
            change.others.push(other.value);
        }
    }
}
