//! The kernel: tests of three-valued truth over the rows of a case, and the one evaluator.
//!
//! A [`Test`] comes from a pack ([`crate::pack`]), where names were resolved and types checked. [`Evaluator::test`] judges it on
//! [`Facts`] and keeps, of what it read, the reads that left the result open: the residual. What a test means is said in
//! `docs/pack-format.md`; each operator has its file in `ops`.

mod ast;
pub(crate) mod ops;
mod place;
mod range;
mod recorder;

pub use ast::{
    Calendar, Day, Elements, Grouping, Key, Kind, Length, Literal, Measure, Number, Order, Part, Period, Reach,
    Reading, ReadingOf, Relation, Test, Week, WeekUnit, Window,
};
pub(crate) use ops::age::completed_years;
pub use ops::week::weekday;
pub(crate) use ops::week::weekday_code;
pub use place::{Around, Element, FieldRef, LISTS, Place};
pub use range::{Range, exact_sum};
pub use recorder::{NoTrace, Recorder, Trace, TraceStep};
pub(crate) use recorder::{Untold, untold};

use crate::breakage::{self, Breakage};
use crate::catalogue::ColumnId;
use crate::date::Date;
use crate::field::Absence;
use crate::pack::{Parameter, ParameterValue};
use crate::rows::{Cell, Records, Rows};
use crate::rulebook::Rulebook;
use crate::truth::Truth;

/// When somebody born on 29 February has the birthday in an ordinary year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeapDay {
    /// On 1 March.
    #[default]
    On1Mar,
    /// On 28 February.
    On28Feb,
}

impl LeapDay {
    /// The words of a pack.
    pub const WORDS: [(&'static str, Self); 2] = [("on_1_mar", Self::On1Mar), ("on_28_feb", Self::On28Feb)];
}

/// What a rule is judged on.
pub struct Facts<'a, R> {
    /// The records.
    pub records: &'a Records<R>,
    /// The row of the case in each of them.
    pub row: usize,
    /// The elements of lists that are being judged.
    pub around: Around,
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
    /// The cell of a field, of the record or of the element that is being judged.
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
        if field.id.table == 0 {
            return of_record;
        }
        self.around.of(field.role, field.id.table).map_or(usize::MAX, |element| element.row)
    }
}

/// A read that left a result open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// A field without a value.
    Absent(Place, Absence),
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
    OutsideCoverage(Place),
    /// A day outside 1900–2200 came out.
    DateRange,
    /// No number came out.
    NumberRange,
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
            Self::NumberRange => "number_range",
        }
    }
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
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Operand<U> {
        match self {
            Self::Value(value) => Operand::Value(f(value)),
            Self::Open => Operand::Open,
            Self::NotApplicable => Operand::NotApplicable,
        }
    }

    /// Both, where *not applicable* wins over *open*.
    pub(crate) fn and<U>(self, other: Operand<U>) -> Operand<(T, U)> {
        match (self, other) {
            (Self::NotApplicable, _) | (_, Operand::NotApplicable) => Operand::NotApplicable,
            (Self::Value(a), Operand::Value(b)) => Operand::Value((a, b)),
            _ => Operand::Open,
        }
    }

    /// All, likewise.
    pub(crate) fn all(operands: impl IntoIterator<Item = Self>) -> Operand<Vec<T>> {
        operands.into_iter().fold(Operand::Value(Vec::new()), |all, one| {
            all.and(one).map(|(mut all, one)| {
                all.push(one);
                all
            })
        })
    }

    /// The truth of a test on the operand: false where it does not apply.
    pub(crate) fn truth(self, test: impl FnOnce(T) -> bool) -> Truth {
        self.judged(|value| Truth::from(test(value)))
    }

    /// The same of a test that can be unknown.
    pub(crate) fn judged(self, test: impl FnOnce(T) -> Truth) -> Truth {
        match self {
            Self::Value(value) => test(value),
            Self::Open => Truth::Unknown,
            Self::NotApplicable => Truth::False,
        }
    }

    /// The value, if there is one.
    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Open | Self::NotApplicable => None,
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
    /// No day can be given.
    OutOfRange,
}

/// Judges tests on facts, and keeps what is open.
pub struct Evaluator<'a, R, T> {
    /// What is judged. It stays the same case, but for the elements around.
    pub facts: Facts<'a, R>,
    /// The day whose parameters count.
    pub anchor: Anchor,
    /// Reads that left the result open, in reading order.
    pub open: Vec<Open>,
    week: Option<ops::week::KnownWeek>,
    recorder: T,
}

impl<'a, R: Rows, T: Recorder> Evaluator<'a, R, T> {
    /// An evaluator for one rule.
    pub fn new(facts: Facts<'a, R>, anchor: Anchor, recorder: T) -> Self {
        Self { facts, anchor, open: Vec::new(), week: None, recorder }
    }

    /// The truth of a test. What was open inside a decided test is forgotten.
    pub fn test(&mut self, test: &Test) -> Truth {
        let mark = self.open.len();
        self.recorder.entered(test, &self.facts.around);
        let truth = match &test.kind {
            Kind::All(tests) => ops::logic::all(self, tests),
            Kind::Any(tests) => ops::logic::any(self, tests),
            Kind::Not(test) => self.test(test).negated(),
            Kind::AtLeast(number, tests) => ops::at_least::test(self, *number, tests),
            Kind::Known(field) => ops::known::test(self, *field),
            Kind::Because(field, reasons) => ops::known::because(self, *field, reasons),
            Kind::Is(field, values) => ops::is::test(self, *field, values),
            Kind::Among(field, parameter) => ops::is::among(self, *field, *parameter),
            Kind::Within(field, zone) => ops::within::test(self, *field, zone),
            Kind::Under(field, code) => ops::under::test(self, *field, code),
            Kind::Concept(field, concept) => ops::concept::test(self, *field, concept),
            Kind::SameAs(a, b) => ops::same_as::test(self, *a, *b),
            Kind::SameSystem(a, b) => ops::same_system::test(self, *a, *b),
            Kind::Some(list, test) => ops::quantify::some(self, *list, test),
            Kind::Every(list, test) => ops::quantify::every(self, *list, test),
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

    /// Whether a truth that only `by` can settle is settled, and nobody wants to see the rest of what it is made of.
    pub(crate) fn is_settled(&self, truth: Truth, by: Truth) -> bool {
        truth == by && !self.is_watched()
    }

    /// Whether somebody wants to see all that is read and judged.
    pub(crate) fn is_watched(&self) -> bool {
        self.recorder.keeps()
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
                    self.absent(sibling, reason);
                    if let Cell::Absent(own) = self.cell(field) {
                        self.absent(field, own);
                    }
                    return Operand::Open;
                }
                cell if !cell_is(cell, value) => {
                    self.recorder.read(field, &self.facts.around, Operand::NotApplicable);
                    return Operand::NotApplicable;
                }
                _ => {}
            }
        }
        match self.cell(field) {
            Cell::Absent(reason) => {
                self.absent(field, reason);
                Operand::Open
            }
            cell => {
                self.recorder.read(field, &self.facts.around, Operand::Value(cell));
                Operand::Value(cell)
            }
        }
    }

    fn cell(&self, field: FieldRef) -> Cell<'a> {
        self.facts.cell(field)
    }

    fn absent(&mut self, field: FieldRef, reason: Absence) {
        let place = self.facts.around.place(field);
        self.recorder.absent(&place, reason);
        self.open.push(Open::Absent(place, reason));
    }

    pub(crate) fn gap(&mut self, gap: Gap) {
        self.recorder.gap(&gap);
        self.open.push(Open::Gap(gap));
    }

    /// A number operand.
    pub fn number(&mut self, number: &Number) -> Operand<Range> {
        match number {
            Number::Literal(value) => Operand::Value(Range::from(*value)),
            Number::Param(index, key) => ops::param::number(self, *index, key.as_ref()),
            Number::Field(field) => match self.read(*field) {
                Operand::Value(Cell::Integer(value)) => Operand::Value(Range::from(value as f64)),
                Operand::Value(Cell::Number(value)) => Operand::Value(Range::from(value)),
                Operand::NotApplicable => Operand::NotApplicable,
                _ => Operand::Open,
            },
            Number::Days { period, both_ends } => ops::days::number(self, period, *both_ends),
            Number::Months { period, both_ends, reading, each } => {
                ops::months::number(self, period, *both_ends, *reading, *each)
            }
            Number::Age { birth, at } => ops::age::number(self, birth, at),
            Number::Overlap(a, b) => ops::overlap::number(self, a, b),
            Number::Count(elements, grouping) => ops::count::number(self, elements, *grouping),
            Number::Sum(elements, value) => ops::sum::number(self, elements, value),
            Number::Window(window) => ops::window::number(self, window),
            Number::Week(week) => ops::week::number(self, week),
            Number::Add(_)
            | Number::Subtract(_)
            | Number::Multiply(_)
            | Number::Divide(_)
            | Number::Smallest(_)
            | Number::Largest(_)
            | Number::Floor(_)
            | Number::Ceiling(_) => ops::arithmetic::number(self, number),
        }
    }

    /// A number operand that must be one whole number, as `shift` takes it.
    pub(crate) fn whole(&mut self, number: &Number) -> Operand<i64> {
        match self.number(number) {
            // Packs are checked to hold whole numbers here; `as` saturates.
            Operand::Value(range) => range.exact().map_or(Operand::Open, |value| Operand::Value(value as i64)),
            Operand::Open => Operand::Open,
            Operand::NotApplicable => Operand::NotApplicable,
        }
    }

    /// The value of a parameter on the anchor day.
    pub(crate) fn parameter(&mut self, index: usize) -> Operand<&'a ParameterValue> {
        let Some(parameter) = self.facts.parameters.get(index) else {
            return Operand::Open;
        };
        let Operand::Value(day) = self.anchor_day() else {
            return Operand::Open;
        };
        self.recorder.looked_up(index, day);
        match parameter.value_on(day) {
            Some(value) => Operand::Value(value),
            None => {
                self.gap(Gap::NoValue(parameter.name.clone()));
                Operand::Open
            }
        }
    }

    /// The day that the rule judges by.
    pub(crate) fn anchor_day(&mut self) -> Operand<Date> {
        match self.anchor {
            Anchor::Day(day) => return Operand::Value(day),
            Anchor::Absent(field, reason) => self.absent(field, reason),
            Anchor::OutOfRange => self.gap(Gap::DateRange),
        }
        Operand::Open
    }

    /// A day operand.
    pub fn day(&mut self, day: &Day) -> Operand<Date> {
        match day {
            Day::Literal(date) => Operand::Value(*date),
            Day::Decision => Operand::Value(self.facts.on),
            Day::Anchor => self.anchor_day(),
            Day::Field(field) => match self.read(*field) {
                Operand::Value(Cell::Date(date)) => Operand::Value(date),
                Operand::NotApplicable => Operand::NotApplicable,
                _ => Operand::Open,
            },
            Day::Param(index) => ops::param::day(self, *index),
            Day::Shift { day, months, days } => ops::shift::day(self, day, months.as_deref(), days.as_deref()),
            Day::Bound { last, of, day } => ops::bound::day(self, *last, *of, day),
            Day::First(days) => ops::first_last::day(self, days, Iterator::min),
            Day::Last(days) => ops::first_last::day(self, days, Iterator::max),
        }
    }

    /// Both days of a period.
    pub(crate) fn period(&mut self, period: &Period) -> Operand<(Date, Date)> {
        let (from, to) = (self.day(&period.from), self.day(&period.to));
        from.and(to)
    }

    /// A day, or the gap that it is none.
    pub(crate) fn dated(&mut self, day: Option<Date>) -> Operand<Date> {
        let Some(day) = day else {
            self.gap(Gap::DateRange);
            return Operand::Open;
        };
        Operand::Value(day)
    }

    /// Hands every element of a list to `go_on`, with how many are left, until that says no.
    pub(crate) fn walk(&mut self, list: FieldRef, mut go_on: impl FnMut(&mut Self, usize) -> bool) -> Operand<()> {
        let cell = match self.read(list) {
            Operand::Value(cell) => cell,
            Operand::Open => return Operand::Open,
            Operand::NotApplicable => return Operand::NotApplicable,
        };
        let (Cell::Rows(span), Some(table)) = (cell, list.column().and_then(|column| column.child)) else {
            return Operand::Open;
        };
        let around = self.facts.around;
        for (index, row) in span.rows().enumerate() {
            self.facts.around = around.with(Element { role: list.role, table, row, index });
            if !go_on(self, span.len - index) {
                break;
            }
        }
        self.facts.around = around;
        Operand::Value(())
    }

    /// Tells the recorder of two numbers that are compared.
    pub(crate) fn compared(&mut self, a: Operand<Range>, b: Operand<Range>) {
        self.recorder.compared([a, b]);
    }

    /// Tells the recorder of two days that are put in order.
    pub(crate) fn ordered(&mut self, a: Operand<Date>, b: Operand<Date>) {
        self.recorder.ordered([a, b]);
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
