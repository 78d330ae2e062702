//! The kernel: tests of three-valued truth over the rows of a case, and the one evaluator.
//!
//! A [`Test`] comes from a pack ([`crate::pack`]), where names were resolved and types checked. [`Evaluator::test`] judges it on
//! [`Facts`] and keeps, of what it read, the reads that left the result open: the residual. What a test means is said in
//! `docs/pack-format.md`; each operator has its file in `ops`.

pub(crate) mod ops;
mod recorder;

pub use recorder::{NoTrace, Recorder, Trace, TraceStep};

use crate::breakage::{self, Breakage};
use crate::catalogue::{ColumnDef, ColumnId, Role};
use crate::date::Date;
use crate::field::Absence;
use crate::pack::Parameter;
use crate::rows::{Cell, Records, Rows};
use crate::rulebook::Rulebook;
use crate::truth::Truth;
use std::collections::BTreeSet;

/// A field of a record of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldRef {
    /// The record.
    pub role: Role,
    /// Its column. A table other than the record's own is that of the element a rule is judged for.
    pub id: ColumnId,
}

impl FieldRef {
    /// The column's definition.
    #[must_use]
    pub fn column(self) -> Option<&'static ColumnDef> {
        self.role.layout().column(self.id)
    }

    /// Whether it is about a person.
    #[must_use]
    pub fn is_personal(self) -> bool {
        self.column().is_none_or(|c| c.field.marks.personal)
    }

    /// The path with the role in front.
    #[must_use]
    pub fn path(self) -> String {
        let layout = self.role.layout();
        let table = layout.table(self.id.table).map_or("", |t| t.path.as_str());
        let column = self.column().map_or("", |c| c.path.as_str());
        [self.role.as_str(), table, column].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    }
}

/// A test, numbered within its rule so that a trace can name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Number in the rule, in the order of the document.
    pub id: usize,
    /// The operator and its operands.
    pub kind: Kind,
}

/// The closed set of operators.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// All hold.
    All(Vec<Test>),
    /// One holds.
    Any(Vec<Test>),
    /// It does not hold.
    Not(Box<Test>),
    /// The field has a value.
    Known(FieldRef),
    /// The field holds one of these.
    Is(FieldRef, Vec<Literal>),
    /// The commune lies in a zone.
    Within(FieldRef, String),
    /// Two codes or communes belong to one system.
    SameSystem(FieldRef, FieldRef),
    /// Two numbers compared.
    Compare(Number, Relation, Number),
    /// Two days in order.
    Dates(Day, Order, Day),
}

impl Kind {
    /// The operator's name in traces.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::All(_) => "all",
            Self::Any(_) => "any",
            Self::Not(_) => "not",
            Self::Known(_) => "known",
            Self::Is(_, values) if values.len() == 1 => "is",
            Self::Is(..) => "one_of",
            Self::Within(..) => "within",
            Self::SameSystem(..) => "same_system",
            Self::Compare(Number::Days { .. }, ..) => "days",
            Self::Compare(Number::Age { .. }, ..) => "age",
            Self::Compare(..) => "compare",
            Self::Dates(..) => "date",
        }
    }
}

/// A value that `is` and `one_of` compare with.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A code or text.
    Text(String),
    /// True or false.
    Bool(bool),
}

/// A number that can be worked out.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// Written in the pack.
    Literal(f64),
    /// A parameter of the pack, by position.
    Param(usize),
    /// A field that holds a number.
    Field(FieldRef),
    /// Days between two days.
    Days {
        /// First day.
        from: Box<Day>,
        /// Last day.
        to: Box<Day>,
        /// Whether both ends count.
        both_ends: bool,
    },
    /// Completed years.
    Age {
        /// Day of birth.
        birth: Box<Day>,
        /// The day that counts.
        at: Box<Day>,
    },
}

/// A day that can be worked out.
#[derive(Clone, Debug, PartialEq)]
pub enum Day {
    /// Written in the pack.
    Literal(Date),
    /// The given day.
    Decision,
    /// A field that holds a day.
    Field(FieldRef),
    /// A day moved by months, then by days.
    Shift {
        /// From here.
        day: Box<Day>,
        /// Months, clamped to the last day of the month.
        months: Option<Box<Number>>,
        /// Days.
        days: Option<Box<Number>>,
    },
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// ≤
    AtMost,
    /// <
    LessThan,
    /// =
    Equal,
    /// ≥
    AtLeast,
    /// >
    MoreThan,
}

/// How two days stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Earlier.
    Before,
    /// Earlier or the same.
    OnOrBefore,
    /// The same.
    SameDayAs,
    /// Later or the same.
    OnOrAfter,
    /// Later.
    After,
}

/// When somebody born on 29 February has the birthday in an ordinary year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeapDay {
    /// On 1 March.
    #[default]
    On1Mar,
    /// On 28 February.
    On28Feb,
}

/// What a rule is judged on.
pub struct Facts<'a, R> {
    /// The records.
    pub records: &'a Records<R>,
    /// The row of the case in each of them.
    pub row: usize,
    /// The row of the element, where a rule is judged for each element of a list.
    pub element: Option<usize>,
    /// The given day.
    pub on: Date,
    /// Codes and territory.
    pub book: &'a Rulebook,
    /// Parameters of the pack.
    pub parameters: &'a [Parameter],
    /// Policy of the pack.
    pub leap_day: LeapDay,
}

impl<R> Clone for Facts<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Facts<'_, R> {}

impl<'a, R: Rows> Facts<'a, R> {
    /// The cell of a field, of the record or of the element that a rule is judged for.
    #[must_use]
    pub fn cell(&self, field: FieldRef) -> Cell<'a> {
        self.records.cell(field.role, field.id, self.row_of(field))
    }

    /// Whether that cell is anything but *not given*.
    pub(crate) fn is_given(&self, field: FieldRef) -> bool {
        self.records.get(field.role).is_some_and(|rows| rows.is_given(field.id, self.row_of(field)))
    }

    fn row_of(&self, field: FieldRef) -> usize {
        let of_record = breakage::row_of(field.role, self.row);
        if field.id.table == 0 { of_record } else { self.element.unwrap_or(usize::MAX) }
    }
}

/// A read that left a result open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// A field without a value.
    Absent(FieldRef, Absence),
    /// Something that the rulebook does not say.
    Gap(Gap),
}

/// Something that the rulebook does not say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The day lies after the day until which the law was looked up.
    CheckedUntil,
    /// A parameter has no value on the day.
    NoValue(String),
    /// A commune that the rulebook does not hold.
    OutsideCoverage(FieldRef),
    /// A day outside 1900–2200 came out.
    DateRange,
}

/// An operand: a value, open, or not applicable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand<T> {
    /// The value.
    Value(T),
    /// Not known; what was missing is recorded.
    Open,
    /// The field does not apply.
    NotApplicable,
}

impl<T> Operand<T> {
    fn map<U>(self, f: impl FnOnce(T) -> U) -> Operand<U> {
        match self {
            Self::Value(value) => Operand::Value(f(value)),
            Self::Open => Operand::Open,
            Self::NotApplicable => Operand::NotApplicable,
        }
    }

    /// Both, where *not applicable* wins over *open*.
    fn and<U>(self, other: Operand<U>) -> Operand<(T, U)> {
        match (self, other) {
            (Self::NotApplicable, _) | (_, Operand::NotApplicable) => Operand::NotApplicable,
            (Self::Value(a), Operand::Value(b)) => Operand::Value((a, b)),
            _ => Operand::Open,
        }
    }

    /// The truth of a test on the operand: false where it does not apply.
    fn truth(self, test: impl FnOnce(T) -> bool) -> Truth {
        match self {
            Self::Value(value) => Truth::from(test(value)),
            Self::Open => Truth::Unknown,
            Self::NotApplicable => Truth::False,
        }
    }
}

/// The anchor of a rule, worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day.
    Day(Date),
    /// The field that would give it has no value.
    Absent(FieldRef, Absence),
}

/// Judges tests on facts, and keeps what is open.
pub struct Evaluator<'a, R, T> {
    /// What is judged.
    pub facts: Facts<'a, R>,
    /// The day whose parameters count.
    pub anchor: Anchor,
    /// Reads that left the result open, in reading order.
    pub open: Vec<Open>,
    recorder: T,
}

impl<'a, R: Rows, T: Recorder> Evaluator<'a, R, T> {
    /// An evaluator for one rule.
    pub fn new(facts: Facts<'a, R>, anchor: Anchor, recorder: T) -> Self {
        Self { facts, anchor, open: Vec::new(), recorder }
    }

    /// The truth of a test. What was open inside a decided test is forgotten.
    pub fn test(&mut self, test: &Test) -> Truth {
        let mark = self.open.len();
        let truth = match &test.kind {
            Kind::All(tests) => ops::logic::all(self, tests),
            Kind::Any(tests) => ops::logic::any(self, tests),
            Kind::Not(test) => self.test(test).negated(),
            Kind::Known(field) => ops::known::test(self, *field),
            Kind::Is(field, values) => ops::is::test(self, *field, values),
            Kind::Within(field, zone) => ops::within::test(self, *field, zone),
            Kind::SameSystem(a, b) => ops::same_system::test(self, *a, *b),
            Kind::Compare(a, relation, b) => ops::compare::test(self, a, *relation, b),
            Kind::Dates(a, order, b) => ops::date_order::test(self, a, *order, b),
        };
        let truth = self.broken_trace(truth);
        if truth != Truth::Unknown {
            self.open.truncate(mark);
        }
        self.recorder.judged(test, truth);
        truth
    }

    fn broken_trace(&self, truth: Truth) -> Truth {
        let broken = truth == Truth::Unknown && breakage::is(Breakage::TraceChangesTruth) && self.recorder.keeps();
        if broken { Truth::True } else { truth }
    }

    /// A field's cell, once it is known to apply.
    pub(crate) fn read(&mut self, field: FieldRef) -> Operand<Cell<'a>> {
        let Some(column) = field.column() else {
            return Operand::Open;
        };
        if let Some((sibling, value)) = column.applicable {
            let sibling = FieldRef { role: field.role, id: ColumnId { table: field.id.table, column: sibling } };
            match self.cell(sibling) {
                Cell::Absent(reason) => {
                    self.open.push(Open::Absent(sibling, reason));
                    if let Cell::Absent(own) = self.cell(field) {
                        self.open.push(Open::Absent(field, own));
                    }
                    return Operand::Open;
                }
                cell if !cell_is(cell, value) => return Operand::NotApplicable,
                _ => {}
            }
        }
        match self.cell(field) {
            Cell::Absent(reason) => {
                self.open.push(Open::Absent(field, reason));
                Operand::Open
            }
            cell => Operand::Value(cell),
        }
    }

    fn cell(&self, field: FieldRef) -> Cell<'a> {
        self.facts.cell(field)
    }

    /// A number operand.
    pub fn number(&mut self, number: &Number) -> Operand<f64> {
        match number {
            Number::Literal(value) => Operand::Value(*value),
            Number::Param(index) => self.parameter(*index),
            Number::Field(field) => match self.read(*field) {
                Operand::Value(Cell::Integer(value)) => Operand::Value(value as f64),
                Operand::Value(Cell::Number(value)) => Operand::Value(value),
                Operand::NotApplicable => Operand::NotApplicable,
                _ => Operand::Open,
            },
            Number::Days { from, to, both_ends } => ops::days::number(self, from, to, *both_ends),
            Number::Age { birth, at } => ops::age::number(self, birth, at),
        }
    }

    fn parameter(&mut self, index: usize) -> Operand<f64> {
        let Some(parameter) = self.facts.parameters.get(index) else {
            return Operand::Open;
        };
        match self.anchor {
            Anchor::Absent(field, reason) => {
                self.open.push(Open::Absent(field, reason));
                Operand::Open
            }
            Anchor::Day(day) => match parameter.value_on(day) {
                Some(value) => Operand::Value(value),
                None => {
                    self.open.push(Open::Gap(Gap::NoValue(parameter.name.clone())));
                    Operand::Open
                }
            },
        }
    }

    /// A day operand.
    pub fn day(&mut self, day: &Day) -> Operand<Date> {
        match day {
            Day::Literal(date) => Operand::Value(*date),
            Day::Decision => Operand::Value(self.facts.on),
            Day::Field(field) => match self.read(*field) {
                Operand::Value(Cell::Date(date)) => Operand::Value(date),
                Operand::NotApplicable => Operand::NotApplicable,
                _ => Operand::Open,
            },
            Day::Shift { day, months, days } => ops::shift::day(self, day, months.as_deref(), days.as_deref()),
        }
    }

    pub(crate) fn gap(&mut self, gap: Gap) {
        self.open.push(Open::Gap(gap));
    }

    /// Gives the recorder back.
    pub fn into_recorder(self) -> T {
        self.recorder
    }
}

/// Whether a cell holds the value that a catalogue entry names as text.
#[must_use]
pub fn cell_is(cell: Cell<'_>, value: &str) -> bool {
    match cell {
        Cell::Text(text) => text == value,
        Cell::Bool(flag) => value == if flag { "true" } else { "false" },
        _ => false,
    }
}

impl Test {
    /// Every field that the test reads.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldRef> {
        let mut out = BTreeSet::new();
        self.collect(&mut out);
        out
    }

    fn collect(&self, out: &mut BTreeSet<FieldRef>) {
        match &self.kind {
            Kind::All(tests) | Kind::Any(tests) => tests.iter().for_each(|test| test.collect(out)),
            Kind::Not(test) => test.collect(out),
            Kind::Known(field) | Kind::Is(field, _) | Kind::Within(field, _) => {
                out.insert(*field);
            }
            Kind::SameSystem(a, b) => out.extend([*a, *b]),
            Kind::Compare(a, _, b) => {
                a.collect(out);
                b.collect(out);
            }
            Kind::Dates(a, _, b) => {
                a.collect(out);
                b.collect(out);
            }
        }
    }
}

impl Number {
    /// Adds every field that the number reads.
    pub fn collect(&self, out: &mut BTreeSet<FieldRef>) {
        match self {
            Self::Literal(_) | Self::Param(_) => {}
            Self::Field(field) => {
                out.insert(*field);
            }
            Self::Days { from, to, .. } => {
                from.collect(out);
                to.collect(out);
            }
            Self::Age { birth, at } => {
                birth.collect(out);
                at.collect(out);
            }
        }
    }
}

impl Day {
    /// Adds every field that the day reads.
    pub fn collect(&self, out: &mut BTreeSet<FieldRef>) {
        match self {
            Self::Literal(_) | Self::Decision => {}
            Self::Field(field) => {
                out.insert(*field);
            }
            Self::Shift { day, months, days } => {
                day.collect(out);
                months.iter().chain(days).for_each(|number| number.collect(out));
            }
        }
    }
}

impl Gap {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::CheckedUntil => "checked_until",
            Self::NoValue(_) => "no_value",
            Self::OutsideCoverage(_) => "outside_coverage",
            Self::DateRange => "date_range",
        }
    }
}
