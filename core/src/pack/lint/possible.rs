//! Whether tests can come to wanted truths all at once, in any case at all.
//!
//! They are taken apart into alternatives of plain tests; an alternative is impossible if it wants of one field, number or day what nothing can
//! be. The answer *impossible* is always right; *possible* only says that no contradiction was found.

use crate::date::Date;
use crate::kernel::{Day, FieldRef, Kind, Literal, Number, Order, Relation, Test};
use std::ops::Bound;

/// More alternatives than this are not looked into.
const ALTERNATIVES: usize = 256;

/// A test, and what it has to come to.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'t> {
    pub(super) test: &'t Test,
    pub(super) truth: bool,
}

/// Whether all can come to what is wanted.
pub(super) fn is_possible<'t>(all: impl Iterator<Item = Wanted<'t>>) -> bool {
    let all: Vec<Wanted<'t>> = all.collect();
    match together(&all) {
        Some(alternatives) => alternatives.iter().any(fits),
        None => true,
    }
}

/// Plain tests that have to come to their truths together.
type Alternative<'t> = Vec<Wanted<'t>>;

/// The alternatives in which all come to what is wanted; `None` if they are too many.
fn together<'t>(all: &[Wanted<'t>]) -> Option<Vec<Alternative<'t>>> {
    let mut out = vec![Vec::new()];
    for wanted in all {
        let each = alternatives(*wanted)?;
        if out.len() * each.len() > ALTERNATIVES {
            return None;
        }
        let joined = |a: &Alternative<'t>, b: &Alternative<'t>| a.iter().chain(b).copied().collect();
        out = out.iter().flat_map(|a| each.iter().map(move |b| joined(a, b))).collect();
    }
    Some(out)
}

fn alternatives(wanted: Wanted<'_>) -> Option<Vec<Alternative<'_>>> {
    let Wanted { test, truth } = wanted;
    match (&test.kind, truth) {
        (Kind::Not(inner), _) => alternatives(Wanted { test: inner, truth: !truth }),
        (Kind::All(tests), true) | (Kind::Any(tests), false) => together(&each(tests, truth)),
        (Kind::All(tests), false) | (Kind::Any(tests), true) => one_of(&each(tests, truth)),
        _ => Some(vec![vec![wanted]]),
    }
}

fn each(tests: &[Test], truth: bool) -> Vec<Wanted<'_>> {
    tests.iter().map(|test| Wanted { test, truth }).collect()
}

fn one_of<'t>(all: &[Wanted<'t>]) -> Option<Vec<Alternative<'t>>> {
    let mut out = Vec::new();
    for wanted in all {
        out.extend(alternatives(*wanted)?);
        if out.len() > ALTERNATIVES {
            return None;
        }
    }
    Some(out)
}

/// Whether nothing of an alternative contradicts another part of it.
fn fits(alternative: &Alternative<'_>) -> bool {
    let alone = alternative.iter().all(|wanted| can_be(*wanted));
    let pairs =
        || alternative.iter().enumerate().flat_map(|(at, a)| alternative.iter().skip(at + 1).map(move |b| (a, b)));
    alone
        && pairs().all(|(a, b)| a.test.kind != b.test.kind || a.truth == b.truth)
        && fields_fit(alternative)
        && spans_fit(alternative)
}

/// A comparison of two written numbers or days comes to one truth only.
fn can_be(wanted: Wanted<'_>) -> bool {
    let truth = match &wanted.test.kind {
        Kind::Compare(Number::Literal(a), relation, Number::Literal(b)) => holds(*relation, *a, *b),
        Kind::Dates(Day::Literal(a), order, Day::Literal(b)) => stands(*order, *a, *b),
        Kind::AtLeast(number, tests) if *number > tests.len() => false,
        _ => return true,
    };
    truth == wanted.truth
}

fn holds(relation: Relation, a: f64, b: f64) -> bool {
    match relation {
        Relation::AtMost => a <= b,
        Relation::LessThan => a < b,
        Relation::Equal => a.total_cmp(&b).is_eq(),
        Relation::AtLeast => a >= b,
        Relation::MoreThan => a > b,
    }
}

fn stands(order: Order, a: Date, b: Date) -> bool {
    match order {
        Order::Before => a < b,
        Order::OnOrBefore => a <= b,
        Order::SameDayAs => a == b,
        Order::OnOrAfter => a >= b,
        Order::After => a > b,
    }
}

/// Whether each field can hold what `is`, `one_of` and `known` want of it.
fn fields_fit(alternative: &Alternative<'_>) -> bool {
    let named = |wanted: &Wanted<'_>| match &wanted.test.kind {
        Kind::Is(field, _) | Kind::Known(field) | Kind::Because(field, _) => Some(*field),
        _ => None,
    };
    alternative.iter().filter_map(named).all(|field| field_fits(alternative, field))
}

fn field_fits(alternative: &Alternative<'_>, field: FieldRef) -> bool {
    let always_applies = field.column().is_some_and(|column| column.applicable.is_none());
    let mut allowed: Option<Vec<&Literal>> = None;
    let mut refused: Vec<&Literal> = Vec::new();
    let (mut known, mut unknown) = (false, false);
    for wanted in alternative {
        match (&wanted.test.kind, wanted.truth) {
            (Kind::Is(own, values), true) if *own == field => {
                known = true;
                let both = |value: &&Literal| allowed.as_ref().is_none_or(|allowed| allowed.contains(value));
                allowed = Some(values.iter().filter(both).collect());
            }
            // What does not apply is none of the values either.
            (Kind::Is(own, values), false) if *own == field && always_applies => {
                known = true;
                refused.extend(values);
            }
            (Kind::Known(own), truth) if *own == field && (truth || always_applies) => {
                known |= truth;
                unknown |= !truth;
            }
            (Kind::Because(own, _), true) if *own == field => unknown = true,
            _ => {}
        }
    }
    let both = Literal::Bool(true);
    let neither = Literal::Bool(false);
    let is_none = allowed.is_some_and(|allowed| allowed.iter().all(|value| refused.contains(value)));
    let no_bool = refused.contains(&&both) && refused.contains(&&neither);
    !(is_none || no_bool || (known && unknown))
}

/// Whether each number and each day can lie between the ends that are wanted of it.
fn spans_fit(alternative: &Alternative<'_>) -> bool {
    let numbers = alternative.iter().filter_map(|wanted| match &wanted.test.kind {
        Kind::Compare(number, _, Number::Literal(_)) => Some(number),
        _ => None,
    });
    let days = alternative.iter().filter_map(|wanted| match &wanted.test.kind {
        Kind::Dates(day, _, Day::Literal(_)) => Some(day),
        _ => None,
    });
    numbers.into_iter().all(|number| number_fits(alternative, number))
        && days.into_iter().all(|day| day_fits(alternative, day))
}

fn number_fits(alternative: &Alternative<'_>, number: &Number) -> bool {
    let mut span = Span::default();
    for wanted in alternative {
        if let Kind::Compare(own, relation, Number::Literal(limit)) = &wanted.test.kind
            && own == number
        {
            span.want(how(*relation), *limit, wanted.truth, wanted.truth || always_applies(wanted.test));
        }
    }
    span.is_possible()
}

fn day_fits(alternative: &Alternative<'_>, day: &Day) -> bool {
    let mut span = Span::default();
    for wanted in alternative {
        if let Kind::Dates(own, order, Day::Literal(limit)) = &wanted.test.kind
            && own == day
        {
            span.want(stand(*order), *limit, wanted.truth, wanted.truth || always_applies(wanted.test));
        }
    }
    span.is_possible()
}

/// Whether every field that a test reads applies in every case.
fn always_applies(test: &Test) -> bool {
    test.fields().into_iter().all(|field| field.column().is_some_and(|column| column.applicable.is_none()))
}

/// On which side of a limit a value has to lie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    UpTo,
    At,
    From,
    Above,
}

fn how(relation: Relation) -> Side {
    match relation {
        Relation::LessThan => Side::Below,
        Relation::AtMost => Side::UpTo,
        Relation::Equal => Side::At,
        Relation::AtLeast => Side::From,
        Relation::MoreThan => Side::Above,
    }
}

fn stand(order: Order) -> Side {
    match order {
        Order::Before => Side::Below,
        Order::OnOrBefore => Side::UpTo,
        Order::SameDayAs => Side::At,
        Order::OnOrAfter => Side::From,
        Order::After => Side::Above,
    }
}

impl Side {
    /// The other side; of *at* there is none.
    fn other(self) -> Option<Self> {
        match self {
            Self::Below => Some(Self::From),
            Self::UpTo => Some(Self::Above),
            Self::At => None,
            Self::From => Some(Self::Below),
            Self::Above => Some(Self::UpTo),
        }
    }
}

/// What is left between the ends.
struct Span<T> {
    low: Bound<T>,
    high: Bound<T>,
}

impl<T> Default for Span<T> {
    fn default() -> Self {
        Self { low: Bound::Unbounded, high: Bound::Unbounded }
    }
}

impl<T: PartialOrd + Copy> Span<T> {
    fn want(&mut self, side: Side, limit: T, truth: bool, counts: bool) {
        let side = if truth { Some(side) } else { side.other() };
        let Some(side) = side.filter(|_| counts) else { return };
        let (low, high) = match side {
            Side::Below => (Bound::Unbounded, Bound::Excluded(limit)),
            Side::UpTo => (Bound::Unbounded, Bound::Included(limit)),
            Side::At => (Bound::Included(limit), Bound::Included(limit)),
            Side::From => (Bound::Included(limit), Bound::Unbounded),
            Side::Above => (Bound::Excluded(limit), Bound::Unbounded),
        };
        self.low = narrower(self.low, low, |new, old| new > old);
        self.high = narrower(self.high, high, |new, old| new < old);
    }

    fn is_possible(&self) -> bool {
        match (self.low, self.high) {
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => true,
            (Bound::Included(low), Bound::Included(high)) => low <= high,
            (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => low < high,
        }
    }
}

fn narrower<T: PartialOrd + Copy>(old: Bound<T>, new: Bound<T>, is_inside: fn(T, T) -> bool) -> Bound<T> {
    let value = |bound: Bound<T>| match bound {
        Bound::Included(value) | Bound::Excluded(value) => Some(value),
        Bound::Unbounded => None,
    };
    match (value(old), value(new)) {
        (_, None) => old,
        (None, _) => new,
        (Some(a), Some(b)) if is_inside(b, a) => new,
        (Some(a), Some(b)) if a == b && matches!(new, Bound::Excluded(_)) => new,
        _ => old,
    }
}
