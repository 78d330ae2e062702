//! Which values the failed rules would have: what each of their comparisons asks of each field in it.
//!
//! A comparison has two sides. What one side comes to is what the other should come to, and that is followed down to the fields:
//! `end` in *days from start to end, at most 30* should be the day 30 days after the start. So every value comes from a literal, a
//! parameter or another field of the case, and none is guessed.

use crate::catalogue::ColumnId;
use crate::date::Date;
use crate::decision::{RuleResult, period_fields};
use crate::kernel::{
    Anchor, Calendar, Day, Elements, Evaluator, Facts, FieldRef, Kind, Literal, Number, Operand, Period, Range,
    Reading, ReadingOf, Recorder, Test, exact_sum, ops::bound,
};
use crate::order;
use crate::pack::{AnchorDef, Force, Pack, ParameterValue, Rule};
use crate::rows::{Cell, OwnedRows};
use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// What a field should hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    /// This number, or one next to it.
    Number(f64),
    /// This day, or one next to it.
    Day(Date),
    /// This code or text.
    Text(String),
}

/// The wishes for each field, in reading order, each with whether it tells something about a person.
pub(super) type Wishes = BTreeMap<FieldRef, Vec<(Wish, bool)>>;

/// The fields that the failed rules read, with what these would have them hold.
pub(super) fn of<'a>(failed: &[&RuleResult<'a>], facts: impl Fn(&'a Pack) -> Facts<'a, OwnedRows>) -> Wishes {
    let mut wishes = Wishes::new();
    for result in failed {
        let (pack, rule) = (result.pack, result.rule);
        let anchors = anchors(rule);
        let tests: Vec<&Test> = tests(pack, rule).collect();
        let read = tests.iter().flat_map(|test| test.fields()).chain(anchors.iter().copied());
        for field in read.flat_map(|field| [Some(field), decides_applicability(field)]).flatten() {
            wishes.entry(field).or_default();
        }
        let anchor = result.judged.as_of.map_or(Anchor::OutOfRange, Anchor::Day);
        let mut looked_up = LookedUp::default();
        let mut eval = Evaluator::new(facts(pack), anchor, &mut looked_up as &mut dyn Recorder);
        let mut gatherer = Gatherer { anchors, personal: false, wishes: &mut wishes };
        tests.iter().for_each(|test| gatherer.test(&mut eval, test));
        gatherer.in_force(pack, rule, &looked_up.0);
    }
    wishes
}

fn tests<'p>(pack: &'p Pack, rule: &'p Rule) -> impl Iterator<Item = &'p Test> {
    let exceptions = rule.unless.iter().map(|unless| &unless.test);
    [&rule.that].into_iter().chain(exceptions).chain(&rule.when).chain(&pack.applies_when)
}

/// The fields that give the day by which a rule judges.
fn anchors(rule: &Rule) -> Vec<FieldRef> {
    match rule.as_of {
        AnchorDef::Decision => Vec::new(),
        AnchorDef::Field(field) => vec![field],
        AnchorDef::EachDay => period_fields().into_iter().flatten().collect(),
    }
}

/// The field beside this one that says whether it applies.
fn decides_applicability(field: FieldRef) -> Option<FieldRef> {
    let (column, _) = field.column()?.applicable?;
    Some(FieldRef { role: field.role, id: ColumnId { table: field.id.table, column } })
}

/// The parameters that are looked up, by their position.
#[derive(Default)]
struct LookedUp(BTreeSet<usize>);

impl Recorder for LookedUp {
    fn judged(&mut self, _: &Test, _: Truth) {}

    fn looked_up(&mut self, parameter: usize, _: Date) {
        self.0.insert(parameter);
    }
}

type Eval<'a, 'r> = Evaluator<'a, OwnedRows, &'r mut (dyn Recorder + 'r)>;

struct Gatherer<'w> {
    anchors: Vec<FieldRef>,
    /// Whether the comparison at hand reads something personal.
    personal: bool,
    wishes: &'w mut Wishes,
}

impl Gatherer<'_> {
    fn wish(&mut self, field: FieldRef, wish: Wish) {
        let all = self.wishes.entry(field).or_default();
        match all.iter_mut().find(|(known, _)| *known == wish) {
            Some((_, personal)) => *personal &= self.personal,
            None => all.push((wish, self.personal)),
        }
    }

    /// A comparison that reads these fields begins.
    fn comparison(&mut self, mut fields: impl Iterator<Item = FieldRef>) {
        self.personal = fields.any(FieldRef::is_personal);
    }

    fn test(&mut self, eval: &mut Eval<'_, '_>, test: &Test) {
        match &test.kind {
            Kind::All(tests) | Kind::Any(tests) | Kind::AtLeast(_, tests) => {
                tests.iter().for_each(|test| self.test(eval, test));
            }
            Kind::Not(test) => self.test(eval, test),
            Kind::Some(list, test) | Kind::Every(list, test) => {
                eval.walk(*list, |eval, _| {
                    self.test(eval, test);
                    true
                });
            }
            Kind::Is(field, values) => {
                self.comparison(std::iter::empty());
                for value in values {
                    if let Literal::Text(text) = value {
                        self.wish(*field, Wish::Text(text.clone()));
                    }
                }
            }
            Kind::Among(field, parameter) => self.among(eval, *field, *parameter),
            Kind::Under(field, code) => {
                self.comparison(std::iter::empty());
                self.wish(*field, Wish::Text(code.clone()));
            }
            Kind::SameAs(a, b) => {
                self.comparison([*a, *b].into_iter());
                self.same(eval, *a, *b);
                self.same(eval, *b, *a);
            }
            Kind::Compare(a, _, b) => {
                let fields = order::set(a.fields().into_iter().chain(b.fields()));
                for (number, other) in [(a, b), (b, a)] {
                    self.comparison(fields.iter().copied());
                    for target in ends(eval.number(other)) {
                        self.number(eval, number, target);
                    }
                }
            }
            Kind::Dates(a, _, b) => {
                self.comparison(a.fields().into_iter().chain(b.fields()));
                for (day, other) in [(a, b), (b, a)] {
                    if let Operand::Value(target) = eval.day(other) {
                        self.day(eval, day, target);
                    }
                }
            }
            Kind::Known(_) | Kind::Because(..) | Kind::Concept(..) | Kind::Within(..) | Kind::SameSystem(..) => {}
        }
    }

    fn among(&mut self, eval: &mut Eval<'_, '_>, field: FieldRef, parameter: usize) {
        self.comparison(std::iter::empty());
        if let Operand::Value(ParameterValue::Codes(codes)) = eval.parameter(parameter) {
            codes.iter().for_each(|code| self.wish(field, Wish::Text(code.clone())));
        }
    }

    fn same(&mut self, eval: &mut Eval<'_, '_>, field: FieldRef, other: FieldRef) {
        if let Operand::Value(Cell::Text(text)) = eval.read(other) {
            self.wish(field, Wish::Text(text.to_owned()));
        }
    }

    /// What would make a number come to the target.
    fn number(&mut self, eval: &mut Eval<'_, '_>, number: &Number, target: f64) {
        match number {
            Number::Literal(_) | Number::Param(..) => {}
            Number::Field(field) => self.wish(*field, Wish::Number(target)),
            Number::Days { period, both_ends } => {
                let days = whole(target) - i64::from(*both_ends);
                self.period(eval, period, |from| vec![from.plus_days(days)], |to| vec![to.plus_days(-days)]);
            }
            Number::Months { period, both_ends, reading, each } => {
                self.months(eval, period, *both_ends, *reading, whole(target) * i64::from(*each), *each);
            }
            Number::Age { birth, at } => {
                let period = Period { from: (**birth).clone(), to: (**at).clone() };
                let months = whole(target) * 12;
                let after = |from: Date| vec![from.plus_months(months), from.plus_months(months + 12)];
                let before = |to: Date| vec![to.plus_months(-months), to.plus_months(-months - 12)];
                self.period(eval, &period, after, before);
            }
            Number::Overlap(a, b) => {
                let days = difference(eval, number, target);
                [a, b].into_iter().for_each(|period| self.stretch(eval, period, days));
            }
            Number::Window(window) => {
                self.elements(eval, &window.elements);
                let days = difference(eval, number, target);
                window.with.iter().for_each(|period| self.stretch(eval, period, days));
            }
            Number::Count(elements, _) | Number::Sum(elements, _) => self.elements(eval, elements),
            Number::Week(week) => self.elements(eval, &week.elements),
            Number::Add(all) => {
                for (index, part) in all.iter().enumerate() {
                    let others = all.iter().enumerate().filter(|(other, _)| *other != index);
                    let others: Option<Vec<f64>> = others.map(|(_, other)| exact(eval, other)).collect();
                    others.into_iter().for_each(|others| self.number(eval, part, target - exact_sum(&others)));
                }
            }
            Number::Subtract(both) => {
                let (a, b) = (exact(eval, &both.0), exact(eval, &both.1));
                b.into_iter().for_each(|b| self.number(eval, &both.0, target + b));
                a.into_iter().for_each(|a| self.number(eval, &both.1, a - target));
            }
            Number::Multiply(both) => {
                let (a, b) = (exact(eval, &both.0), exact(eval, &both.1));
                b.into_iter().for_each(|b| self.number(eval, &both.0, target / b));
                a.into_iter().for_each(|a| self.number(eval, &both.1, target / a));
            }
            Number::Divide(both) => {
                let (a, b) = (exact(eval, &both.0), exact(eval, &both.1));
                b.into_iter().for_each(|b| self.number(eval, &both.0, target * b));
                a.into_iter().for_each(|a| self.number(eval, &both.1, a / target));
            }
            Number::Smallest(all) | Number::Largest(all) => {
                all.iter().for_each(|part| self.number(eval, part, target));
            }
            Number::Floor(part) | Number::Ceiling(part) => self.number(eval, part, target),
        }
    }

    /// The tests of elements may compare with fields of the record.
    fn elements(&mut self, eval: &mut Eval<'_, '_>, elements: &Elements) {
        let outer = self.personal;
        if let Some(test) = &elements.filter {
            eval.walk(elements.of, |eval, _| {
                self.test(eval, test);
                true
            });
        }
        self.personal = outer;
    }

    /// What each end of a period should be, by the other end.
    fn period(
        &mut self,
        eval: &mut Eval<'_, '_>,
        period: &Period,
        after: impl Fn(Date) -> Vec<Option<Date>>,
        before: impl Fn(Date) -> Vec<Option<Date>>,
    ) {
        if let Operand::Value(from) = eval.day(&period.from) {
            after(from).into_iter().flatten().for_each(|day| self.day(eval, &period.to, day));
        }
        if let Operand::Value(to) = eval.day(&period.to) {
            before(to).into_iter().flatten().for_each(|day| self.day(eval, &period.from, day));
        }
    }

    /// Both ends of a period, moved so that it has so many days more.
    fn stretch(&mut self, eval: &mut Eval<'_, '_>, period: &Period, days: Option<i64>) {
        let Some(days) = days else { return };
        for (day, days) in [(&period.to, days), (&period.from, -days)] {
            let moved = eval.day(day).value().and_then(|day| day.plus_days(days));
            moved.into_iter().for_each(|target| self.day(eval, day, target));
        }
    }

    /// Both ends of so many months, and of one span more.
    fn months(
        &mut self,
        eval: &mut Eval<'_, '_>,
        period: &Period,
        both_ends: bool,
        reading: ReadingOf,
        months: i64,
        each: i32,
    ) {
        let reading = match reading {
            ReadingOf::Word(word) => Some(word),
            ReadingOf::Param(index) => match eval.parameter(index) {
                Operand::Value(ParameterValue::Reading(word)) => Some(*word),
                _ => None,
            },
        };
        let Some(reading) = reading else { return };
        let (one, last) = (i64::from(each), i64::from(both_ends));
        let moved = move |day: Date, months: i64| match reading {
            Reading::ThirtyDays => day.plus_days(months * 30),
            Reading::Completed | Reading::Begun => day.plus_months(months),
            Reading::Calendar => day.plus_months(months).and_then(|day| bound::start(span(each), day)),
        };
        let after = |from: Date| {
            let ends = [0, 1, 2].map(|more| moved(from, months + more * one));
            ends.map(|end| end.and_then(|end| end.plus_days(-last))).to_vec()
        };
        let before = |to: Date| {
            let end = to.plus_days(last);
            [0, 1, 2].map(|more| end.and_then(|end| moved(end, -months - more * one))).to_vec()
        };
        self.period(eval, period, after, before);
    }

    /// What would make a day the target.
    fn day(&mut self, eval: &mut Eval<'_, '_>, day: &Day, target: Date) {
        match day {
            Day::Literal(_) | Day::Decision | Day::Param(_) => {}
            Day::Anchor => {
                let anchors = self.anchors.clone();
                anchors.into_iter().for_each(|field| self.wish(field, Wish::Day(target)));
            }
            Day::Field(field) => self.wish(*field, Wish::Day(target)),
            Day::Shift { day, months, days } => {
                let mut back = |by: &Option<Box<Number>>| match by {
                    Some(number) => eval.whole(number).value(),
                    None => Some(0),
                };
                let (Some(months), Some(days)) = (back(months), back(days)) else { return };
                let moved = target.plus_days(days.saturating_neg());
                let moved = moved.and_then(|day| day.plus_months(months.saturating_neg()));
                moved.into_iter().for_each(|target| self.day(eval, day, target));
            }
            Day::Bound { of, day, .. } => {
                for target in [bound::start(*of, target), bound::end(*of, target)].into_iter().flatten() {
                    self.day(eval, day, target);
                }
            }
            Day::First(all) | Day::Last(all) => all.iter().for_each(|day| self.day(eval, day, target)),
        }
    }

    /// The day by which the rule judges, where the rule or a value that it looks up begins or ends.
    fn in_force(&mut self, pack: &Pack, rule: &Rule, looked_up: &BTreeSet<usize>) {
        self.personal = false;
        let values = looked_up.iter().filter_map(|index| pack.parameters.get(*index));
        let values = values.flat_map(|parameter| &parameter.values).map(|value| value.force);
        for Force { from, to } in [rule.force, pack.force].into_iter().chain(values) {
            for day in [from, to].into_iter().flatten() {
                let anchors = self.anchors.clone();
                anchors.into_iter().for_each(|field| self.wish(field, Wish::Day(day)));
            }
        }
    }
}

/// The span of the calendar that so many months are.
fn span(each: i32) -> Calendar {
    if each == 1 { Calendar::Month } else { Calendar::Year }
}

/// The whole number towards 0; beyond a million no day is reached anyway.
fn whole(number: f64) -> i64 {
    number.clamp(-1e6, 1e6) as i64
}

/// The ends of a number, as far as they are known.
fn ends(number: Operand<Range>) -> Vec<f64> {
    let Operand::Value(range) = number else { return Vec::new() };
    let ends = if range.exact().is_some() { vec![range.low] } else { vec![range.low, range.high] };
    ends.into_iter().filter(|end| end.is_finite()).collect()
}

fn exact(eval: &mut Eval<'_, '_>, number: &Number) -> Option<f64> {
    eval.number(number).value().and_then(Range::exact).filter(|value| value.is_finite())
}

/// How many days a number lacks of the target.
fn difference(eval: &mut Eval<'_, '_>, number: &Number, target: f64) -> Option<i64> {
    exact(eval, number).map(|now| whole(target - now))
}
