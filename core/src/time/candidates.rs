//! The days on which a case may be decided otherwise than on the day before.
//!
//! They come from the rules: days on which packs, rules and values of parameters begin or end, and for each test the days on which its
//! truth turns ([`super::course`] says where to look). A status is a function of these truths, so that no other day can change it.

use super::Span;
use super::course::{Course, Movers, reads, turns, turns_of};
use super::moving::{Judges, Moves, Moving};
use crate::breakage::{self, Breakage};
use crate::catalogue::FieldType;
use crate::date::Date;
use crate::decision::{by_each_day, evaluate, resolve};
use crate::kernel::{
    Anchor, Around, Day, Element, Elements, Evaluator, FieldRef, Gap, Kind, Number, Open, Order, Part, Reach, Test,
    Untold, untold,
};
use crate::limits;
use crate::order;
use crate::pack::{AnchorDef, Force, Pack, PackKind, Rule};
use crate::rows::{Cell, OwnedRows};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// The days of a span on which something may change, the first day among them.
pub(super) fn candidates(case: &mut Moving<'_>, span: Span) -> BTreeSet<Date> {
    let mut days = order::set([span.first]);
    let book = case.book;
    for pack in book.packs().filter(|pack| pack.kind == PackKind::Rules) {
        let judges = Judges::By(pack.as_of);
        let mut search = Search { case, pack, judges, span, days: &mut days };
        search.in_force(pack.force);
        search.tests(&pack.applies_when);
        for rule in &pack.rules {
            of_rule(case, pack, rule, span, &mut days);
        }
    }
    days
}

fn of_rule<'b>(case: &mut Moving<'b>, pack: &'b Pack, rule: &'b Rule, span: Span, days: &mut BTreeSet<Date>) {
    if rule.as_of != AnchorDef::EachDay {
        return Search { case, pack, judges: Judges::By(rule.as_of), span, days }.rule(rule);
    }
    match case.moves {
        Moves::Given => for_each_day(case, pack, rule, span, days),
        Moves::Placement { on, fields, length } => {
            let whole = Movers { placement: Some(fields), ..Movers::default() };
            let plain = length <= i64::from(limits::TIMELINE_YEARS) * 365;
            if plain && !tests_of(pack, rule).any(|test| reads(test, whole)) {
                entered_and_left(case, pack, rule, (span, length, on), days);
            } else {
                rule_day_by_day(case, pack, rule, span, days);
            }
        }
        Moves::Nothing { .. } => {}
    }
}

/// A rule of each day, as the given day moves: the days of the placement stay.
fn for_each_day<'b>(case: &mut Moving<'b>, pack: &'b Pack, rule: &'b Rule, span: Span, days: &mut BTreeSet<Date>) {
    let given = Movers { decision: true, ..Movers::default() };
    if !tests_of(pack, rule).any(|test| reads(test, given)) {
        return;
    }
    let anchors = by_each_day(pack, rule, &case.facts(pack, Around::default(), span.first));
    for anchor in anchors {
        Search { case, pack, judges: Judges::Fixed(anchor), span, days }.rule(rule);
    }
}

/// A rule of each day that says of a day always the same: the placement comes to a day on which it changes, or leaves the one before.
fn entered_and_left<'b>(
    case: &mut Moving<'b>,
    pack: &'b Pack,
    rule: &'b Rule,
    (span, length, on): (Span, i64, Date),
    days: &mut BTreeSet<Date>,
) {
    let Some(last) = span.last.plus_days(length) else { return };
    let over = Span { first: span.first, last };
    let mut changes = BTreeSet::new();
    let moves = std::mem::replace(&mut case.moves, Moves::Nothing { on });
    Search { case, pack, judges: Judges::Along, span: over, days: &mut changes }.rule(rule);
    case.moves = moves;
    let entered = changes.iter().filter_map(|day| day.plus_days(-length));
    days.extend(entered.chain(changes.iter().copied()).filter(|day| span.holds_after_first(*day)));
}

/// Nothing is known of the rule: its status on every day.
fn rule_day_by_day<'b>(case: &mut Moving<'b>, pack: &'b Pack, rule: &'b Rule, span: Span, days: &mut BTreeSet<Date>) {
    let mut before = None;
    for day in span.days() {
        let now = evaluate(pack, rule, case.facts(pack, Around::default(), day), untold()).status;
        if before.replace(now).is_some_and(|before| before != now) {
            days.insert(day);
        }
    }
}

fn tests_of<'b>(pack: &'b Pack, rule: &'b Rule) -> impl Iterator<Item = &'b Test> {
    pack.applies_when.iter().chain(&rule.when).chain([&rule.that]).chain(rule.unless.iter().map(|unless| &unless.test))
}

/// A truth that is looked for.
#[derive(Clone, Copy)]
enum Sought<'t> {
    Test(&'t Test),
    /// Whether the day of an obligation has passed.
    Passed(&'t Day),
}

/// What a test comes to on a day.
#[derive(Clone, Copy)]
struct Found {
    truths: [Truth; 2],
    /// Whether a number or a day fell out of what there is: the truth may then turn at will.
    fell_out: bool,
}

/// Looks for the days on which tests turn, and keeps them.
struct Search<'s, 'b> {
    case: &'s mut Moving<'b>,
    pack: &'b Pack,
    judges: Judges,
    span: Span,
    days: &'s mut BTreeSet<Date>,
}

impl<'b> Search<'_, 'b> {
    fn rule(&mut self, rule: &'b Rule) {
        self.in_force(self.pack.force);
        self.in_force(rule.force);
        tests_of(self.pack, rule).for_each(|test| self.test(Around::default(), test));
        if let Some(by) = &rule.by {
            let course = self.case.movers(self.judges).dates(by, &Day::Decision);
            let mut breaks = BTreeSet::new();
            by.walk(Reach::Whole, &mut |part| self.looked_up(part, &mut breaks));
            self.seek(Around::default(), Sought::Passed(by), course, &breaks);
        }
    }

    fn tests(&mut self, tests: impl IntoIterator<Item = &'b Test>) {
        tests.into_iter().for_each(|test| self.test(Around::default(), test));
    }

    /// The days on which something in force begins or ends, or the law was no longer looked up.
    fn in_force(&mut self, force: Force) {
        let mut days = BTreeSet::new();
        self.force(force, &mut days);
        self.force(Force { from: None, to: Some(self.pack.checked_until) }, &mut days);
        self.days.extend(days);
    }

    /// The days that move on those on which the anchor comes into force and out of it.
    fn force(&self, force: Force, days: &mut BTreeSet<Date>) {
        let Some(offset) = self.case.offset(self.judges) else { return };
        let from = force.from.filter(|_| !breakage::is(Breakage::TimelineSkipsBegin));
        let changes = [from, force.to.and_then(|to| to.plus_days(1))].into_iter().flatten();
        let moved = changes.filter_map(|day| day.plus_days(-offset));
        days.extend(moved.filter(|day| self.span.holds_after_first(*day)));
    }

    /// The days on which a parameter that a part looks up has another value.
    fn looked_up(&self, part: Part<'_>, days: &mut BTreeSet<Date>) {
        let parameter = part.parameter().and_then(|index| self.pack.parameters.get(index));
        parameter.iter().flat_map(|p| &p.values).for_each(|value| self.force(value.force, days));
    }

    /// The days on which a code of a field's list begins or ends.
    fn codes(&self, field: FieldRef, days: &mut BTreeSet<Date>) {
        let list = field.column().and_then(|column| match column.field.kind {
            FieldType::Code(list) | FieldType::Codes(list) => self.case.book.codes().get(list),
            _ => None,
        });
        for code in list.iter().flat_map(|list| list.codes()) {
            self.force(Force { from: code.from(), to: code.to() }, days);
        }
    }

    fn test(&mut self, around: Around, test: &Test) {
        let movers = self.case.movers(self.judges);
        if !reads(test, movers) {
            return;
        }
        match &test.kind {
            Kind::All(tests) | Kind::Any(tests) | Kind::AtLeast(_, tests) => {
                tests.iter().for_each(|test| self.test(around, test));
            }
            Kind::Not(test) => self.test(around, test),
            Kind::Some(list, test) | Kind::Every(list, test) => {
                self.each(around, *list, |s, around| s.test(around, test))
            }
            Kind::Under(field, _) => {
                let mut breaks = BTreeSet::new();
                self.codes(*field, &mut breaks);
                self.seek(around, Sought::Test(test), Course::Fixed, &breaks);
            }
            Kind::Compare(a, _, b) => self.atom(around, test, movers.compare(a, b)),
            Kind::Dates(a, _, b) => self.atom(around, test, movers.dates(a, b)),
            Kind::Among(..) => self.atom(around, test, Course::Fixed),
            // They read no day.
            Kind::Known(_)
            | Kind::Because(..)
            | Kind::Is(..)
            | Kind::Concept(..)
            | Kind::Within(..)
            | Kind::SameAs(..)
            | Kind::SameSystem(..) => {}
        }
    }

    /// A test of numbers or days, with the tests of lists inside its numbers.
    fn atom(&mut self, around: Around, test: &Test, course: Course) {
        let mut breaks = BTreeSet::new();
        let mut lists: Vec<&Elements> = Vec::new();
        self.looked_up(Part::Test(test), &mut breaks);
        test.walk(Reach::Own, &mut |part| {
            self.looked_up(part, &mut breaks);
            match part {
                Part::Number(Number::Count(elements, _) | Number::Sum(elements, _)) => lists.push(elements),
                Part::Number(Number::Window(window)) => lists.push(&window.elements),
                Part::Number(Number::Week(week)) => lists.push(&week.elements),
                _ => {}
            }
        });
        for elements in lists {
            breaks.extend(self.turns_inside(around, elements));
        }
        self.seek(around, Sought::Test(test), course, &breaks);
    }

    /// The days on which the test of some element turns.
    fn turns_inside(&mut self, around: Around, elements: &Elements) -> BTreeSet<Date> {
        let mut inside = BTreeSet::new();
        if let Some(filter) = &elements.filter {
            let mut search =
                Search { case: self.case, pack: self.pack, judges: self.judges, span: self.span, days: &mut inside };
            search.each(around, elements.of, |search, around| search.test(around, filter));
        }
        inside
    }

    /// Does something for each element of a list.
    fn each(&mut self, around: Around, list: FieldRef, mut act: impl FnMut(&mut Self, Around)) {
        let cell = self.case.cell(list, around);
        let (Cell::Rows(span), Some(table)) = (cell, list.column().and_then(|column| column.child)) else { return };
        for (index, row) in span.rows().enumerate() {
            act(self, around.with(Element { role: list.role, table, row, index }));
        }
    }

    /// Keeps the days on which a truth turns. Between two breaks it goes its course.
    fn seek(&mut self, around: Around, sought: Sought<'_>, course: Course, breaks: &BTreeSet<Date>) {
        let mut found = self.found(around, sought, self.span.first);
        let mut from = self.span.first;
        let ends = breaks.iter().copied().map(Some).chain([None]);
        for next in ends {
            let last = next.map_or(Some(self.span.last), |next| next.plus_days(-1)).unwrap_or(from);
            let ended = self.within(around, sought, course, (from, found), last);
            let Some(next) = next else { return };
            found = self.found(around, sought, next);
            if found.truths != ended.truths {
                self.days.insert(next);
            }
            from = next;
        }
    }

    /// The same within days between which nothing else changes. Gives what was found on the last.
    fn within(
        &mut self,
        around: Around,
        sought: Sought<'_>,
        course: Course,
        (from, found): (Date, Found),
        last: Date,
    ) -> Found {
        if from == last {
            return found;
        }
        let ended = self.found(around, sought, last);
        if course == Course::Any || found.fell_out || ended.fell_out {
            self.day_by_day(around, sought, (from, found), last);
        } else if !breakage::is(Breakage::TurnsAreNotSought) {
            self.halve(around, sought, (from, found), (last, ended));
        }
        ended
    }

    fn day_by_day(&mut self, around: Around, sought: Sought<'_>, (from, found): (Date, Found), last: Date) {
        let mut before = found.truths;
        let days = Span { first: from, last }.days().skip(1);
        for day in days {
            let now = self.found(around, sought, day).truths;
            if std::mem::replace(&mut before, now) != now {
                self.days.insert(day);
            }
        }
    }

    fn halve(&mut self, around: Around, sought: Sought<'_>, low: (Date, Found), high: (Date, Found)) {
        if low.1.truths == high.1.truths {
            return;
        }
        let between = low.0.days_to(high.0) / 2;
        match low.0.plus_days(between).filter(|_| between > 0) {
            None => {
                self.days.insert(high.0);
            }
            Some(day) => {
                let middle = (day, self.found(around, sought, day));
                self.halve(around, sought, low, middle);
                self.halve(around, sought, middle, high);
            }
        }
    }

    /// What a truth is on a day, as the evaluator says.
    fn found(&mut self, around: Around, sought: Sought<'_>, day: Date) -> Found {
        let judges = self.judges;
        let facts = self.case.facts(self.pack, around, day);
        let anchor = match judges {
            Judges::By(anchor) => resolve(anchor, &facts),
            Judges::Fixed(anchor) => anchor,
            Judges::Along => Anchor::Day(day),
        };
        let mut eval = Evaluator::new(facts, anchor, untold());
        let truths = truths(&mut eval, sought);
        let fell_out = eval.open.iter().any(|open| matches!(open, Open::Gap(Gap::DateRange | Gap::NumberRange)));
        Found { truths, fell_out }
    }
}

fn truths(eval: &mut Evaluator<'_, OwnedRows, Untold>, sought: Sought<'_>) -> [Truth; 2] {
    let mut in_order = |a: &Day, order: Order, b: &Day| {
        let days = eval.day(a).and(eval.day(b));
        turns_of(order).map(|order| days.truth(|(a, b)| order.holds(a, b)))
    };
    match sought {
        Sought::Passed(by) => in_order(by, Order::Before, &Day::Decision),
        Sought::Test(Test { kind: Kind::Dates(a, order, b), .. }) => in_order(a, *order, b),
        Sought::Test(Test { kind: Kind::Compare(a, relation, b), .. }) => {
            let numbers = eval.number(a).and(eval.number(b));
            turns(*relation).map(|relation| numbers.judged(|(a, b)| relation.truth(a, b)))
        }
        Sought::Test(test) => [eval.test(test); 2],
    }
}
