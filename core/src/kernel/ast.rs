//! What a test is made of: closed sets of operators, numbers and days, in which names are resolved and types known.
//!
//! Whatever a keeper may write in short is lowered to these when the pack is loaded (`crate::pack`).

use super::FieldRef;
use crate::date::{Date, Time};
use crate::field::Absence;
use std::collections::BTreeSet;

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
    /// At least so many hold.
    AtLeast(usize, Vec<Test>),
    /// The field has a value.
    Known(FieldRef),
    /// The field has no value for one of these stated reasons.
    Because(FieldRef, Vec<Absence>),
    /// The field holds one of these.
    Is(FieldRef, Vec<Literal>),
    /// The code is among those of a parameter of the pack, by position.
    Among(FieldRef, usize),
    /// The commune lies in a zone.
    Within(FieldRef, String),
    /// The code is this one of its list, or lies below it.
    Under(FieldRef, String),
    /// The code is of a concept that several systems share.
    Concept(FieldRef, String),
    /// Two fields hold the same.
    SameAs(FieldRef, FieldRef),
    /// Two codes or communes belong to one system.
    SameSystem(FieldRef, FieldRef),
    /// Holds for an element of the list.
    Some(FieldRef, Box<Test>),
    /// Holds for every element of the list.
    Every(FieldRef, Box<Test>),
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
            Self::AtLeast(..) => "at_least",
            Self::Known(_) => "known",
            Self::Because(..) => "absent",
            Self::Is(_, values) if values.len() == 1 => "is",
            Self::Is(..) | Self::Among(..) => "one_of",
            Self::Within(..) => "within",
            Self::Under(..) => "under",
            Self::Concept(..) => "concept",
            Self::SameAs(..) => "same_as",
            Self::SameSystem(..) => "same_system",
            Self::Some(..) => "some",
            Self::Every(..) => "every",
            Self::Compare(number, ..) => number.name(),
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
    /// A parameter of the pack, by position, and what it is looked up by.
    Param(usize, Option<Key>),
    /// A field that holds a number.
    Field(FieldRef),
    /// Days between two days.
    Days {
        /// The days.
        period: Box<Period>,
        /// Whether both ends count.
        both_ends: bool,
    },
    /// Months or years between two days.
    Months {
        /// The days.
        period: Box<Period>,
        /// Whether both ends count.
        both_ends: bool,
        /// How they are counted.
        reading: ReadingOf,
        /// Months of one: 1, or 12 for years.
        each: i32,
    },
    /// Completed years.
    Age {
        /// Day of birth.
        birth: Box<Day>,
        /// The day that counts.
        at: Box<Day>,
    },
    /// Days that two periods share.
    Overlap(Box<Period>, Box<Period>),
    /// Elements of a list.
    Count(Box<Elements>, Grouping),
    /// The sum over elements of a list.
    Sum(Box<Elements>, Box<Number>),
    /// The most covered days in any window.
    Window(Box<Window>),
    /// What an ordinary week of slots comes to.
    Week(Box<Week>),
    /// The sum of all.
    Add(Vec<Number>),
    /// The first without the second.
    Subtract(Box<(Number, Number)>),
    /// The product.
    Multiply(Box<(Number, Number)>),
    /// The quotient.
    Divide(Box<(Number, Number)>),
    /// The smallest of all.
    Smallest(Vec<Number>),
    /// The largest of all.
    Largest(Vec<Number>),
    /// The next whole number down.
    Floor(Box<Number>),
    /// The next whole number up.
    Ceiling(Box<Number>),
}

impl Number {
    /// Its name in traces and explanations.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Literal(_) | Self::Param(..) | Self::Field(_) => "compare",
            Self::Days { .. } => "days",
            Self::Months { each: 1, .. } => "months",
            Self::Months { .. } => "years",
            Self::Age { .. } => "age",
            Self::Overlap(..) => "overlap",
            Self::Count(..) => "count",
            Self::Sum(..) => "sum",
            Self::Window(_) => "window",
            Self::Week(_) => "week",
            Self::Add(_) => "add",
            Self::Subtract(_) => "subtract",
            Self::Multiply(_) => "multiply",
            Self::Divide(_) => "divide",
            Self::Smallest(_) => "smallest",
            Self::Largest(_) => "largest",
            Self::Floor(_) => "floor",
            Self::Ceiling(_) => "ceiling",
        }
    }
}

/// What a keyed parameter is looked up by.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// A code.
    Code(String),
    /// The code that a field holds.
    Field(FieldRef),
}

/// Two days.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

/// How months are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Date to date, whole ones.
    Completed,
    /// Date to date, with one that has begun.
    Begun,
    /// Whole months of the calendar.
    Calendar,
    /// Thirty days each.
    ThirtyDays,
}

impl Reading {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Completed, Self::Begun, Self::Calendar, Self::ThirtyDays];

    /// Those by which years are counted.
    pub const OF_YEARS: [Self; 3] = [Self::Completed, Self::Begun, Self::Calendar];

    /// The word in packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Begun => "begun",
            Self::Calendar => "calendar",
            Self::ThirtyDays => "thirty_days",
        }
    }
}

/// Where a reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingOf {
    /// Beside the days.
    Word(Reading),
    /// In a parameter, by position.
    Param(usize),
}

impl ReadingOf {
    /// The parameter, if it stands in one.
    #[must_use]
    pub fn parameter(self) -> Option<usize> {
        match self {
            Self::Word(_) => None,
            Self::Param(index) => Some(index),
        }
    }
}

/// Elements of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Elements {
    /// The list.
    pub of: FieldRef,
    /// Which elements; all, if not given.
    pub filter: Option<Test>,
}

/// How elements are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Each for itself.
    Each,
    /// Those with one value of a field once.
    Distinct(FieldRef),
    /// The largest group with one value of a field.
    Per(FieldRef),
}

/// A window that slides over the days that elements cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The elements.
    pub elements: Elements,
    /// The days that each covers.
    pub period: Period,
    /// Days that are covered besides.
    pub with: Option<Period>,
    /// How long the window is.
    pub length: Length,
}

/// How long a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Months from the day on which it begins.
    Months(i64),
    /// Days.
    Days(i64),
}

/// Slots of an ordinary week, and what is measured of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// The slots.
    pub elements: Elements,
    /// The day of the week on which each begins.
    pub day: FieldRef,
    /// When it begins.
    pub from: FieldRef,
    /// When it ends; at or before its beginning it is the next day.
    pub to: FieldRef,
    /// What is measured.
    pub measure: Measure,
    /// In which unit.
    pub unit: WeekUnit,
}

/// What is measured of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Time that is worked.
    Work {
        /// On these days of the week, Monday is 0.
        weekdays: Vec<i64>,
        /// Between these times of the day.
        between: Option<(Time, Time)>,
    },
    /// The most work on a day.
    LongestDay,
    /// The most work without a pause.
    LongestStretch {
        /// Minutes from which a rest is a pause.
        pause: i64,
    },
    /// The longest time without work.
    LongestRest,
    /// The shortest of the rests of each day.
    DailyRest,
    /// The most days in a row without work.
    RestDays,
}

impl Measure {
    /// The words of a pack.
    pub const WORDS: [&'static str; 6] =
        ["work", "longest_day", "longest_stretch", "longest_rest", "daily_rest", "rest_days"];
}

/// The unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekUnit {
    /// Minutes.
    Minutes,
    /// Hours, also those of a week.
    Hours,
    /// Days.
    Days,
}

impl WeekUnit {
    /// What a measure is divided by: days are counted as days.
    #[must_use]
    pub fn minutes(self) -> i64 {
        if self == Self::Hours { 60 } else { 1 }
    }
}

/// A day that can be worked out.
#[derive(Clone, Debug, PartialEq)]
pub enum Day {
    /// Written in the pack.
    Literal(Date),
    /// The given day.
    Decision,
    /// The day that the rule judges by.
    Anchor,
    /// A field that holds a day.
    Field(FieldRef),
    /// A parameter of the pack, by position.
    Param(usize),
    /// A day moved by months, then by days.
    Shift {
        /// From here.
        day: Box<Day>,
        /// Months, clamped to the last day of the month.
        months: Option<Box<Number>>,
        /// Days.
        days: Option<Box<Number>>,
    },
    /// First or last day of a span of the calendar.
    Bound {
        /// Whether it is the last.
        last: bool,
        /// The span.
        of: Calendar,
        /// A day of it.
        day: Box<Day>,
    },
    /// The earliest.
    First(Vec<Day>),
    /// The latest.
    Last(Vec<Day>),
}

/// A span of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Calendar {
    /// The words of a pack.
    pub const WORDS: [(&'static str, Self); 4] =
        [("week", Self::Week), ("month", Self::Month), ("quarter", Self::Quarter), ("year", Self::Year)];
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

/// A part of a test, as a walk meets it.
#[derive(Clone, Copy, Debug)]
pub enum Part<'t> {
    /// A test inside.
    Test(&'t Test),
    /// A number.
    Number(&'t Number),
    /// A day.
    Day(&'t Day),
    /// A field that is read.
    Field(FieldRef),
}

impl Part<'_> {
    /// The parameter that it looks up by itself, by position.
    #[must_use]
    pub fn parameter(self) -> Option<usize> {
        match self {
            Self::Number(Number::Param(index, _)) | Self::Day(Day::Param(index)) => Some(*index),
            Self::Number(Number::Months { reading, .. }) => reading.parameter(),
            Self::Test(Test { kind: Kind::Among(_, index), .. }) => Some(*index),
            _ => None,
        }
    }
}

/// How far a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Through the tests inside, those of elements among them.
    Whole,
    /// Not into tests inside.
    Own,
}

impl Test {
    /// Hands every part of the test to `see`, outer ones first.
    pub fn walk<'t>(&'t self, reach: Reach, see: &mut dyn FnMut(Part<'t>)) {
        match &self.kind {
            Kind::All(tests) | Kind::Any(tests) | Kind::AtLeast(_, tests) => {
                tests.iter().for_each(|test| test.within(reach, see));
            }
            Kind::Not(test) => test.within(reach, see),
            Kind::Some(list, test) | Kind::Every(list, test) => {
                see(Part::Field(*list));
                test.within(reach, see);
            }
            Kind::Known(field)
            | Kind::Because(field, _)
            | Kind::Is(field, _)
            | Kind::Among(field, _)
            | Kind::Within(field, _)
            | Kind::Under(field, _)
            | Kind::Concept(field, _) => see(Part::Field(*field)),
            Kind::SameAs(a, b) | Kind::SameSystem(a, b) => {
                see(Part::Field(*a));
                see(Part::Field(*b));
            }
            Kind::Compare(a, _, b) => {
                a.walk(reach, see);
                b.walk(reach, see);
            }
            Kind::Dates(a, _, b) => {
                a.walk(reach, see);
                b.walk(reach, see);
            }
        }
    }

    fn within<'t>(&'t self, reach: Reach, see: &mut dyn FnMut(Part<'t>)) {
        see(Part::Test(self));
        if reach == Reach::Whole {
            self.walk(reach, see);
        }
    }

    /// Every field that the test reads.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldRef> {
        let mut out = BTreeSet::new();
        self.walk(Reach::Whole, &mut keep_fields(&mut out));
        out
    }

    /// Whether the walk meets a part.
    #[must_use]
    pub fn has(&self, wanted: impl Fn(Part<'_>) -> bool) -> bool {
        let mut found = wanted(Part::Test(self));
        self.walk(Reach::Whole, &mut |part| found |= wanted(part));
        found
    }
}

fn keep_fields(out: &mut BTreeSet<FieldRef>) -> impl FnMut(Part<'_>) + '_ {
    |part| {
        if let Part::Field(field) = part {
            out.insert(field);
        }
    }
}

impl Number {
    /// Hands every part of the number to `see`, itself first.
    pub fn walk<'t>(&'t self, reach: Reach, see: &mut dyn FnMut(Part<'t>)) {
        see(Part::Number(self));
        match self {
            Self::Literal(_) | Self::Param(_, None | Some(Key::Code(_))) => {}
            Self::Param(_, Some(Key::Field(field))) | Self::Field(field) => see(Part::Field(*field)),
            Self::Days { period, .. } | Self::Months { period, .. } => period.walk(reach, see),
            Self::Age { birth, at } => {
                birth.walk(reach, see);
                at.walk(reach, see);
            }
            Self::Overlap(a, b) => {
                a.walk(reach, see);
                b.walk(reach, see);
            }
            Self::Count(elements, grouping) => {
                elements.walk(reach, see);
                if let Grouping::Distinct(field) | Grouping::Per(field) = grouping {
                    see(Part::Field(*field));
                }
            }
            Self::Sum(elements, value) => {
                elements.walk(reach, see);
                value.walk(reach, see);
            }
            Self::Window(window) => {
                window.elements.walk(reach, see);
                window.period.walk(reach, see);
                window.with.iter().for_each(|period| period.walk(reach, see));
            }
            Self::Week(week) => {
                week.elements.walk(reach, see);
                [week.day, week.from, week.to].into_iter().for_each(|field| see(Part::Field(field)));
            }
            Self::Add(all) | Self::Smallest(all) | Self::Largest(all) => {
                all.iter().for_each(|number| number.walk(reach, see));
            }
            Self::Subtract(both) | Self::Multiply(both) | Self::Divide(both) => {
                both.0.walk(reach, see);
                both.1.walk(reach, see);
            }
            Self::Floor(number) | Self::Ceiling(number) => number.walk(reach, see),
        }
    }

    /// Every field that the number reads.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldRef> {
        let mut out = BTreeSet::new();
        self.walk(Reach::Whole, &mut keep_fields(&mut out));
        out
    }
}

impl Elements {
    fn walk<'t>(&'t self, reach: Reach, see: &mut dyn FnMut(Part<'t>)) {
        see(Part::Field(self.of));
        self.filter.iter().for_each(|test| test.within(reach, see));
    }
}

impl Period {
    fn walk<'t>(&'t self, reach: Reach, see: &mut dyn FnMut(Part<'t>)) {
        self.from.walk(reach, see);
        self.to.walk(reach, see);
    }
}

impl Day {
    /// Hands every part of the day to `see`, itself first.
    pub fn walk<'t>(&'t self, reach: Reach, see: &mut dyn FnMut(Part<'t>)) {
        see(Part::Day(self));
        match self {
            Self::Literal(_) | Self::Decision | Self::Anchor | Self::Param(_) => {}
            Self::Field(field) => see(Part::Field(*field)),
            Self::Shift { day, months, days } => {
                day.walk(reach, see);
                months.iter().chain(days).for_each(|number| number.walk(reach, see));
            }
            Self::Bound { day, .. } => day.walk(reach, see),
            Self::First(all) | Self::Last(all) => all.iter().for_each(|day| day.walk(reach, see)),
        }
    }

    /// Every field that the day reads.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldRef> {
        let mut out = BTreeSet::new();
        self.walk(Reach::Whole, &mut keep_fields(&mut out));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Role;

    fn field(path: &str) -> FieldRef {
        let role = Role::Placement;
        FieldRef { role, id: role.layout().find(path).unwrap() }
    }

    fn of_slot(path: &str) -> FieldRef {
        let list = field("schedule");
        let table = list.column().and_then(|column| column.child).unwrap();
        FieldRef { role: list.role, id: list.role.layout().find_in(table, path).unwrap() }
    }

    fn day(path: &str) -> Day {
        Day::Field(field(path))
    }

    fn period(from: &str, to: &str) -> Period {
        Period { from: day(from), to: day(to) }
    }

    fn elements(reads: &str) -> Elements {
        let filter = Test { id: 0, kind: Kind::Known(field(reads)) };
        Elements { of: field("documents"), filter: Some(filter) }
    }

    fn names(fields: &BTreeSet<FieldRef>) -> Vec<String> {
        fields.iter().map(|field| field.path().replace("placement.", "")).collect()
    }

    #[test]
    fn every_field_of_a_number_is_found() {
        let overlap = Number::Overlap(Box::new(period("start", "end")), Box::new(period("keep_until", "submitted")));
        assert_eq!(names(&overlap.fields()).len(), 4);
        let count = Number::Count(Box::new(elements("worksite")), Grouping::Distinct(field("session")));
        assert_eq!(names(&count.fields()).len(), 3);
        let sum = Number::Sum(Box::new(elements("worksite")), Box::new(Number::Field(field("weekly_hours"))));
        assert_eq!(names(&sum.fields()).len(), 3);
        let window = Window {
            elements: elements("worksite"),
            period: period("start", "end"),
            with: Some(period("keep_until", "submitted")),
            length: Length::Days(3),
        };
        assert_eq!(names(&Number::Window(Box::new(window)).fields()).len(), 6);
        let age = Number::Age { birth: Box::new(day("start")), at: Box::new(day("end")) };
        assert_eq!(names(&age.fields()), ["start", "end"]);
        let both = || Box::new((Number::Field(field("weekly_hours")), Number::Field(field("total_hours"))));
        for number in [Number::Subtract(both()), Number::Multiply(both()), Number::Divide(both())] {
            assert_eq!(names(&number.fields()).len(), 2);
        }
        let all = || vec![Number::Field(field("weekly_hours")), Number::Field(field("total_hours"))];
        for number in [Number::Add(all()), Number::Smallest(all()), Number::Largest(all())] {
            assert_eq!(names(&number.fields()).len(), 2);
        }
        let floor = Number::Floor(Box::new(Number::Field(field("weekly_hours"))));
        assert_eq!(names(&floor.fields()), ["weekly_hours"]);
    }

    #[test]
    fn every_field_of_a_week_is_found() {
        let week = Week {
            elements: elements("worksite"),
            day: of_slot("weekday"),
            from: of_slot("from"),
            to: of_slot("to"),
            measure: Measure::RestDays,
            unit: WeekUnit::Days,
        };
        assert_eq!(names(&Number::Week(Box::new(week)).fields()).len(), 5);
    }

    #[test]
    fn every_field_of_a_day_is_found() {
        let moved = Day::Shift {
            day: Box::new(day("start")),
            months: Some(Box::new(Number::Field(field("weekly_hours")))),
            days: Some(Box::new(Number::Field(field("total_hours")))),
        };
        assert_eq!(names(&moved.fields()).len(), 3);
        let bound = Day::Bound { last: true, of: Calendar::Month, day: Box::new(day("end")) };
        assert_eq!(names(&Day::First(vec![bound, day("start")]).fields()), ["start", "end"]);
    }

    #[test]
    fn a_reading_is_a_word_or_stands_in_a_parameter() {
        assert_eq!(ReadingOf::Param(2).parameter(), Some(2));
        assert_eq!(ReadingOf::Word(Reading::Begun).parameter(), None);
        let reading = ReadingOf::Param(1);
        let months = Number::Months { period: Box::new(period("start", "end")), both_ends: false, reading, each: 1 };
        assert_eq!(Part::Number(&months).parameter(), Some(1));
    }
}
