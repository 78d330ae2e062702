//! The days on which something turns, in a pack: first and last days of the pack, of its rules and of the values of its parameters, and days that
//! its conditions compare with. A test should stand on both sides of each.
//!
//! A pack and what its tests reached (`Reached`) enter; the boundary days of which a side was not reached leave.

use super::{Force, Pack, Parameter, ParameterValue, Rule};
use crate::date::Date;
use crate::json::Json;
use crate::kernel::{Day, Kind, Order, Part, Reach, Test};
use std::collections::BTreeSet;

/// A boundary day, and the days beside it on which no test stands.
#[derive(Clone, Debug)]
pub struct Boundary<'b> {
    /// What turns.
    pub of: Turns<'b>,
    /// How the pack writes the day.
    pub side: Side,
    /// The day, as it is written.
    pub day: Date,
    /// The days that no test reaches: that day, the one before it or the one after it.
    pub untested: Vec<Date>,
}

/// What turns on a day.
#[derive(Clone, Copy, Debug)]
pub enum Turns<'b> {
    /// The pack, or the condition of the pack.
    Pack,
    /// A rule, or a condition of it.
    Rule(&'b Rule),
    /// A parameter.
    Parameter(&'b Parameter),
}

/// How a pack writes a boundary day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first day in force.
    From,
    /// The last day in force.
    To,
    /// A day that a condition compares another one with.
    Compared,
}

impl Side {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
            Self::Compared => "compared",
        }
    }

    /// The days on both sides.
    fn days(self, day: Date) -> Vec<Date> {
        let first = if self == Self::To { Some(day) } else { day.plus_days(-1) };
        first.into_iter().chain(first.and_then(|first| first.plus_days(1))).collect()
    }
}

impl Boundary<'_> {
    pub(super) fn to_json(&self) -> Json {
        let mut members = match self.of {
            Turns::Pack => Vec::new(),
            Turns::Rule(rule) => vec![("rule".to_owned(), Json::from(rule.id.as_str()))],
            Turns::Parameter(parameter) => vec![("parameter".to_owned(), Json::from(parameter.name.as_str()))],
        };
        members.push((self.side.as_str().to_owned(), Json::from(self.day.to_string())));
        members.push(("untested".to_owned(), self.untested.iter().map(|day| Json::from(day.to_string())).collect()));
        Json::Object(members)
    }
}

/// What the tests of a pack reached of one of its rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Reached {
    /// The days by which it was judged where it applied, but for what is in force on them.
    pub(super) judged: BTreeSet<Date>,
    /// The pairs of days that were put in order.
    pub(super) ordered: BTreeSet<[Date; 2]>,
}

/// The boundary days of which the tests do not reach both sides; `reached` has an entry for each rule.
pub(super) fn unreached<'b>(pack: &'b Pack, reached: &[Reached]) -> Vec<Boundary<'b>> {
    let mut search = Search { pack, reached, found: Vec::new() };
    search.pack();
    pack.rules.iter().zip(reached).for_each(|(rule, reached)| search.rule(rule, reached));
    search.parameters();
    search.found
}

struct Search<'b, 'r> {
    pack: &'b Pack,
    reached: &'r [Reached],
    found: Vec<Boundary<'b>>,
}

impl<'b> Search<'b, '_> {
    fn pack(&mut self) {
        let reached = self.reached;
        let judged = |day: &Date| reached.iter().any(|one| one.judged.contains(day));
        self.in_force(Turns::Pack, self.pack.force, judged);
        let ordered: Vec<&Reached> = reached.iter().collect();
        self.compared(Turns::Pack, self.pack.applies_when.iter(), &ordered);
    }

    /// A day on which the pack begins or ends anyway is that of the pack.
    fn rule(&mut self, rule: &'b Rule, reached: &Reached) {
        let whole = self.pack.force.and(rule.force);
        let own = Force {
            from: whole.from.filter(|day| Some(*day) != self.pack.force.from),
            to: whole.to.filter(|day| Some(*day) != self.pack.force.to),
        };
        self.in_force(Turns::Rule(rule), own, |day| reached.judged.contains(day));
        self.compared(Turns::Rule(rule), tests(rule), &[reached]);
    }

    /// A day on which no rule that reads the parameter is in force is no boundary of the parameter. Where one value follows
    /// another, the first day of the later one is the boundary.
    fn parameters(&mut self) {
        for (index, parameter, value) in self.pack.values() {
            let readers: Vec<(&Rule, &Reached)> =
                self.pack.rules.iter().zip(self.reached).filter(|(rule, _)| reads(self.pack, rule, index)).collect();
            let follows = value.force.to.and_then(|to| to.plus_days(1));
            let followed = parameter.values.iter().any(|other| follows.is_some() && other.force.from == follows);
            let force = Force { from: value.force.from, to: value.force.to.filter(|_| !followed) };
            let in_force = |day: &Date| readers.iter().any(|(rule, _)| self.pack.force.and(rule.force).holds(*day));
            let lived = |day: &Date, side: Side| side.days(*day).iter().all(in_force);
            let own = Force {
                from: force.from.filter(|day| lived(day, Side::From)),
                to: force.to.filter(|day| lived(day, Side::To)),
            };
            let judged = |day: &Date| readers.iter().any(|(_, reached)| reached.judged.contains(day));
            self.in_force(Turns::Parameter(parameter), own, judged);
        }
    }

    fn in_force(&mut self, of: Turns<'b>, force: Force, judged: impl Fn(&Date) -> bool) {
        for (side, day) in [(Side::From, force.from), (Side::To, force.to)] {
            let Some(day) = day else { continue };
            self.add(of, side, day, side.days(day).into_iter().filter(|day| !judged(day)).collect());
        }
    }

    /// The days that are written in tests, or in parameters of days that they read.
    fn compared<'t>(&mut self, of: Turns<'b>, tests: impl Iterator<Item = &'t Test>, reached: &[&Reached]) {
        let stood = |pair: [Date; 2]| reached.iter().any(|one| one.ordered.contains(&pair));
        let mut missed = BTreeSet::new();
        for (a, order, b) in tests.flat_map(comparisons) {
            for day in self.written(b) {
                missed.extend(beside(order, day).filter(|other| !stood([*other, day])).map(|other| (day, other)));
            }
            for day in self.written(a) {
                missed
                    .extend(beside(turned(order), day).filter(|other| !stood([day, *other])).map(|other| (day, other)));
            }
        }
        let days: BTreeSet<Date> = missed.iter().map(|(day, _)| *day).collect();
        for day in days {
            let untested = missed.iter().filter(|(of, _)| *of == day).map(|(_, other)| *other).collect();
            self.add(of, Side::Compared, day, untested);
        }
    }

    fn written(&self, day: &Day) -> Vec<Date> {
        let of_value = |value: &ParameterValue| if let ParameterValue::Date(day) = value { Some(*day) } else { None };
        match day {
            Day::Literal(day) => vec![*day],
            Day::Param(index) => {
                let values = self.pack.parameters.get(*index).into_iter().flat_map(|parameter| &parameter.values);
                values.filter_map(|value| of_value(&value.value)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn add(&mut self, of: Turns<'b>, side: Side, day: Date, untested: Vec<Date>) {
        if !untested.is_empty() {
            self.found.push(Boundary { of, side, day, untested });
        }
    }
}

/// The comparisons of days in a test.
fn comparisons(test: &Test) -> Vec<(&Day, Order, &Day)> {
    let mut inside = vec![test];
    test.walk(Reach::Whole, &mut |part| {
        if let Part::Test(test) = part {
            inside.push(test);
        }
    });
    let mut found = Vec::new();
    for test in inside {
        if let Kind::Dates(a, order, b) = &test.kind {
            found.push((a, *order, b));
        }
    }
    found
}

/// The days on both sides of one that is written, where another day is to stand so to it.
fn beside(order: Order, day: Date) -> impl Iterator<Item = Date> {
    let steps: &[i64] = match order {
        Order::Before | Order::OnOrAfter => &[-1, 0],
        Order::OnOrBefore | Order::After => &[0, 1],
        Order::SameDayAs => &[-1, 0, 1],
    };
    steps.iter().filter_map(move |step| day.plus_days(*step))
}

/// The order seen from the other side.
fn turned(order: Order) -> Order {
    match order {
        Order::Before => Order::After,
        Order::OnOrBefore => Order::OnOrAfter,
        Order::SameDayAs => Order::SameDayAs,
        Order::OnOrAfter => Order::OnOrBefore,
        Order::After => Order::Before,
    }
}

fn tests(rule: &Rule) -> impl Iterator<Item = &Test> {
    rule.when.iter().chain([&rule.that]).chain(rule.unless.iter().map(|unless| &unless.test))
}

/// Whether a rule reads a parameter, the texts left aside.
fn reads(pack: &Pack, rule: &Rule, parameter: usize) -> bool {
    let mut found = false;
    let mut see = |part: Part<'_>| found |= part.parameter() == Some(parameter);
    for test in pack.applies_when.iter().chain(tests(rule)) {
        see(Part::Test(test));
        test.walk(Reach::Whole, &mut see);
    }
    rule.by.iter().for_each(|day| day.walk(Reach::Whole, &mut see));
    found
}
