//! How days and numbers go as the day moves on: what rises with it, what falls, what stays, and what does as it likes.
//!
//! This is what each operator says of itself. Between two days on which a parameter or the tests of a list change, a comparison of
//! what rises or falls changes at most once, so that the day is found by halving; of what does as it likes, every day is looked at.
//! Where nothing can be proved, an operator says [`Course::Any`].

use crate::kernel::{Day, FieldRef, Kind, Number, Order, Part, Period, Relation, Test};

/// How a number, or the truth of a test, goes as the day moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// It stays.
    Fixed,
    /// It never falls.
    Rises,
    /// It never rises.
    Falls,
    /// Nothing is known.
    Any,
}

impl Course {
    /// Of what goes the other way.
    fn back(self) -> Self {
        match self {
            Self::Rises => Self::Falls,
            Self::Falls => Self::Rises,
            other => other,
        }
    }

    /// Of what rises if both rise.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Fixed, one) | (one, Self::Fixed) => one,
            (a, b) if a == b => a,
            _ => Self::Any,
        }
    }

    fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::Fixed, Self::with)
    }
}

/// How a day goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayCourse {
    Fixed,
    /// By as many days as the day that moves.
    Along,
    /// It never goes back.
    Rises,
    Any,
}

impl DayCourse {
    fn course(self) -> Course {
        match self {
            Self::Fixed => Course::Fixed,
            Self::Along | Self::Rises => Course::Rises,
            Self::Any => Course::Any,
        }
    }
}

/// What moves with the day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Movers {
    /// The given day.
    pub decision: bool,
    /// The day that the rule judges by.
    pub anchor: bool,
    /// First and last day of the placement.
    pub placement: Option<[FieldRef; 2]>,
}

impl Movers {
    /// Whether a field moves.
    pub(super) fn has(self, field: FieldRef) -> bool {
        self.placement.is_some_and(|both| both.contains(&field))
    }

    /// Whether a part of a test reads what moves, in words or by looking something up.
    pub(super) fn moves(self, part: Part<'_>) -> bool {
        match part {
            Part::Day(Day::Decision) => self.decision,
            Part::Day(Day::Anchor | Day::Param(_)) | Part::Number(Number::Param(..)) => self.anchor,
            Part::Number(Number::Months { .. }) => self.anchor,
            Part::Test(test) => self.anchor && matches!(test.kind, Kind::Under(..) | Kind::Among(..)),
            Part::Field(field) => self.has(field),
            Part::Day(_) | Part::Number(_) => false,
        }
    }

    /// Of a comparison of numbers: its truth goes one way where their difference does.
    pub(super) fn compare(self, a: &Number, b: &Number) -> Course {
        self.number(a).with(self.number(b).back())
    }

    /// Of two days in order: likewise; two days that go along stay as they stand.
    pub(super) fn dates(self, a: &Day, b: &Day) -> Course {
        match (self.day(a), self.day(b)) {
            (DayCourse::Along, DayCourse::Along) => Course::Fixed,
            (a, b) => a.course().with(b.course().back()),
        }
    }

    /// Days from one to the other.
    fn days(self, period: &Period) -> Course {
        self.dates(&period.to, &period.from)
    }

    /// What grows with a period that gets longer at an end. One that moves as a whole covers other days: nothing is known of it.
    fn covered(self, period: &Period) -> Course {
        self.day(&period.to).course().with(self.day(&period.from).course().back())
    }

    fn number(self, number: &Number) -> Course {
        match number {
            // Parameters stay between the days on which they change.
            Number::Literal(_) | Number::Param(..) | Number::Field(_) => Course::Fixed,
            Number::Days { period, .. } => self.days(period),
            // Months are not all as long.
            Number::Months { period, .. } => self.covered(period),
            Number::Age { birth, at } => self.day(at).course().with(self.day(birth).course().back()),
            Number::Overlap(a, b) => self.covered(a).with(self.covered(b)),
            // Elements stay between the days on which their test changes.
            Number::Count(..) | Number::Week(_) => Course::Fixed,
            Number::Sum(_, value) => self.number(value),
            Number::Window(window) => {
                Course::of_all([&window.period].into_iter().chain(&window.with).map(|period| self.covered(period)))
            }
            Number::Add(all) | Number::Smallest(all) | Number::Largest(all) => {
                Course::of_all(all.iter().map(|number| self.number(number)))
            }
            Number::Subtract(both) => self.compare(&both.0, &both.1),
            Number::Multiply(both) => match &**both {
                (Number::Literal(by), other) | (other, Number::Literal(by)) => self.times(other, *by),
                (a, b) => self.constant([a, b]),
            },
            Number::Divide(both) => match &**both {
                (above, Number::Literal(by)) => self.times(above, *by),
                (a, b) => self.constant([a, b]),
            },
            Number::Floor(number) | Number::Ceiling(number) => self.number(number),
        }
    }

    fn times(self, number: &Number, by: f64) -> Course {
        let course = self.number(number);
        if by < 0.0 { course.back() } else { course }
    }

    fn constant(self, numbers: [&Number; 2]) -> Course {
        let fixed = numbers.into_iter().all(|number| self.number(number) == Course::Fixed);
        if fixed { Course::Fixed } else { Course::Any }
    }

    fn day(self, day: &Day) -> DayCourse {
        let along = |moves: bool| if moves { DayCourse::Along } else { DayCourse::Fixed };
        match day {
            Day::Literal(_) | Day::Param(_) => DayCourse::Fixed,
            Day::Decision => along(self.decision),
            Day::Anchor => along(self.anchor),
            Day::Field(field) => along(self.has(*field)),
            Day::Shift { day, months, days } => {
                let by = || months.iter().chain(days).map(|number| self.number(number));
                match self.day(day) {
                    _ if by().any(|course| course != Course::Fixed) => DayCourse::Any,
                    // The last days of a month may become one.
                    DayCourse::Along if months.is_some() => DayCourse::Rises,
                    course => course,
                }
            }
            Day::Bound { day, .. } => match self.day(day) {
                DayCourse::Along => DayCourse::Rises,
                course => course,
            },
            Day::First(all) | Day::Last(all) => {
                let mut courses = all.iter().map(|day| self.day(day));
                let first = courses.next().unwrap_or(DayCourse::Fixed);
                courses.fold(first, |a, b| match (a, b) {
                    (a, b) if a == b => a,
                    (DayCourse::Any, _) | (_, DayCourse::Any) => DayCourse::Any,
                    _ => DayCourse::Rises,
                })
            }
        }
    }
}

/// The relations that say together what one says, each of which turns at most once where the difference goes one way.
pub(super) fn turns(relation: Relation) -> [Relation; 2] {
    match relation {
        Relation::Equal => [Relation::AtMost, Relation::AtLeast],
        other => [other; 2],
    }
}

/// The same of orders.
pub(super) fn turns_of(order: Order) -> [Order; 2] {
    match order {
        Order::SameDayAs => [Order::OnOrBefore, Order::OnOrAfter],
        other => [other; 2],
    }
}

/// Whether anything of a test moves.
pub(super) fn reads(test: &Test, movers: Movers) -> bool {
    test.has(|part| movers.moves(part))
}
