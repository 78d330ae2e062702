//! Whether tests can come to wanted truths all at once, in any case at all.
//!
//! They are taken apart into alternatives of plain tests; an alternative is impossible if it wants of one field, number or day what nothing can
//! be. The answer *impossible* is always right; *possible* only says that no contradiction was found.

use crate::date::Date;
use crate::kernel::{Day, FieldRef, Kind, Literal, Number, Order, Relation, Test};
use std::ops::Bound;

/// More alternatives than this are not looked into, nor longer ones.
const ALTERNATIVES: usize = 256;
/// Plain tests of one alternative: each is held against each other one.
const TOGETHER: usize = 64;

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
        let longest = |all: &[Alternative<'_>]| all.iter().map(Vec::len).max().unwrap_or_default();
        if out.len() * each.len() > ALTERNATIVES || longest(&out) + longest(&each) > TOGETHER {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rulebook;

    /// A test, as a pack of the project writes it.
    fn test(text: &str) -> Test {
        let pack = format!(
            r#"{{"format": 1, "pack": "test.p", "version": "2026.1", "system": "project", "title": {{"fr": "t", "nl": "t", "en": "t"}},
            "checked_until": "2030-01-01", "applies_to": "placement", "rules": [{{"id": "r", "effect": "require",
            "when": {{"field": "host.country", "is": "FR"}}, "that": {text},
            "say": {{"fr": "t", "nl": "t", "en": "t"}}, "source": {{"law": "t"}}, "verified": false}}]}}"#
        );
        let book = Rulebook::embedded().with_pack_json(&pack, false).unwrap();
        book.pack("test.p").unwrap().rules.first().unwrap().that.clone()
    }

    /// Whether tests can come to their truths at once.
    fn possible(wanted: &[(&str, bool)]) -> bool {
        let tests: Vec<(Test, bool)> = wanted.iter().map(|(text, truth)| (test(text), *truth)).collect();
        is_possible(tests.iter().map(|(test, truth)| Wanted { test, truth: *truth }))
    }

    const PMSMP: &str = r#"{"field": "scheme", "is": "fr_pmsmp"}"#;
    const STAGE: &str = r#"{"field": "scheme", "is": "be_stage"}"#;
    const KNOWN: &str = r#"{"known": "scheme"}"#;

    #[test]
    fn one_field_holds_one_value() {
        assert!(possible(&[(PMSMP, true), (STAGE, false)]));
        assert!(!possible(&[(PMSMP, true), (STAGE, true)]));
        assert!(!possible(&[(PMSMP, true), (PMSMP, false)]));
        assert!(possible(&[(PMSMP, false), (STAGE, false)]));
        let either = r#"{"field": "scheme", "one_of": ["fr_pmsmp", "be_stage"]}"#;
        assert!(possible(&[(either, true), (PMSMP, false)]));
        assert!(!possible(&[(either, true), (PMSMP, false), (STAGE, false)]));
        let none = r#"{"field": "scheme", "one_of": []}"#;
        assert!(!possible(&[(none, true)]));
        assert!(possible(&[(none, false)]));
    }

    #[test]
    fn a_field_has_a_value_or_none() {
        let declined = r#"{"absent": "scheme", "because": "declined"}"#;
        assert!(!possible(&[(KNOWN, false), (PMSMP, true)]));
        assert!(!possible(&[(KNOWN, false), (PMSMP, false)]));
        assert!(!possible(&[(KNOWN, true), (declined, true)]));
        assert!(possible(&[(KNOWN, false), (declined, true)]));
        assert!(possible(&[(KNOWN, true), (declined, false)]));
        assert!(possible(&[(KNOWN, false), (r#"{"known": "start"}"#, true)]));
    }

    #[test]
    fn a_bool_is_one_of_two() {
        let (yes, no) = (r#"{"field": "tutor_named", "is": true}"#, r#"{"field": "tutor_named", "is": false}"#);
        assert!(!possible(&[(yes, true), (no, true)]));
        assert!(!possible(&[(yes, false), (no, false)]));
        assert!(possible(&[(yes, false), (no, true)]));
    }

    #[test]
    fn what_may_not_apply_can_be_neither() {
        let (yes, no) =
            (r#"{"field": "host.insertion_post", "is": true}"#, r#"{"field": "host.insertion_post", "is": false}"#);
        assert!(possible(&[(yes, false), (no, false)]));
        assert!(possible(&[(r#"{"known": "host.siret"}"#, false), (yes, false)]));
        assert!(!possible(&[(yes, true), (no, true)]));
    }

    #[test]
    fn a_number_lies_between_its_ends() {
        let hours = |relation: &str, limit: &str| format!(r#"{{"field": "weekly_hours", "{relation}": {limit}}}"#);
        for (one, other, is_so) in [
            (("at_least", "35"), ("at_most", "35"), true),
            (("more_than", "35"), ("at_most", "35"), false),
            (("at_least", "35"), ("less_than", "35"), false),
            (("more_than", "35"), ("less_than", "35.5"), true),
            (("equal", "35"), ("equal", "36"), false),
            (("equal", "35"), ("at_least", "35"), true),
            (("equal", "35"), ("more_than", "35"), false),
        ] {
            let (one, other) = (hours(one.0, one.1), hours(other.0, other.1));
            assert_eq!(possible(&[(&one, true), (&other, true)]), is_so, "{one} {other}");
            assert_eq!(possible(&[(&other, true), (&one, true)]), is_so, "{other} {one}");
        }
        assert!(!possible(&[(&hours("at_most", "35"), false), (&hours("at_most", "34"), true)]));
        // On which side of a number another one lies, `equal` does not say where it is false.
        assert!(possible(&[(&hours("equal", "35"), false), (&hours("at_least", "35"), true)]));
    }

    #[test]
    fn a_day_stands_between_others() {
        let start = |order: &str, day: &str| format!(r#"{{"date": "start", "{order}": "{day}"}}"#);
        for (one, other, is_so) in [
            (("before", "2024-05-02"), ("on_or_after", "2024-05-02"), false),
            (("on_or_before", "2024-05-02"), ("on_or_after", "2024-05-02"), true),
            (("same_day_as", "2024-05-02"), ("after", "2024-05-02"), false),
            (("same_day_as", "2024-05-02"), ("after", "2024-05-01"), true),
        ] {
            let (one, other) = (start(one.0, one.1), start(other.0, other.1));
            assert_eq!(possible(&[(&one, true), (&other, true)]), is_so, "{one} {other}");
        }
        assert!(!possible(&[(&start("before", "2024-05-02"), false), (&start("before", "2024-05-01"), true)]));
        assert!(!possible(&[(r#"{"date": "2024-05-03", "before": "2024-05-02"}"#, true)]));
        assert!(possible(&[(r#"{"date": "2024-05-01", "before": "2024-05-02"}"#, true)]));
    }

    #[test]
    fn what_is_written_twice_comes_to_one_truth() {
        let within = r#"{"field": "host.commune", "within": "mel"}"#;
        assert!(!possible(&[(within, true), (within, false)]));
        assert!(possible(&[(within, true), (r#"{"field": "host.commune", "within": "FR"}"#, false)]));
    }

    #[test]
    fn combinations_are_taken_apart() {
        let all = format!(r#"{{"all": [{PMSMP}, {STAGE}]}}"#);
        let any = format!(r#"{{"any": [{PMSMP}, {STAGE}]}}"#);
        let not = format!(r#"{{"not": {{"any": [{PMSMP}, {{"not": {PMSMP}}}]}}}}"#);
        assert!(!possible(&[(&all, true)]));
        assert!(possible(&[(&all, false)]));
        assert!(possible(&[(&any, true)]));
        assert!(!possible(&[(&any, true), (PMSMP, false), (STAGE, false)]));
        assert!(!possible(&[(&not, true)]));
        assert!(possible(&[(&not, false)]));
        for (empty, truth) in [(r#"{"any": []}"#, false), (r#"{"all": []}"#, true)] {
            assert!(possible(&[(empty, truth)]) && !possible(&[(empty, !truth)]), "{empty}");
        }
        assert!(!possible(&[(&format!(r#"{{"at_least": 3, "of": [{PMSMP}, {KNOWN}]}}"#), true)]));
        assert!(possible(&[(&format!(r#"{{"at_least": 2, "of": [{PMSMP}, {KNOWN}]}}"#), true)]));
    }

    #[test]
    fn what_has_too_many_alternatives_is_taken_for_possible() {
        let any = format!(r#"{{"any": [{PMSMP}, {KNOWN}]}}"#);
        let wanted =
            |times: usize| format!(r#"{{"all": [{}, {PMSMP}, {STAGE}]}}"#, vec![any.as_str(); times].join(", "));
        assert!(!possible(&[(&wanted(8), true)]));
        assert!(possible(&[(&wanted(9), true)]));
    }
}
