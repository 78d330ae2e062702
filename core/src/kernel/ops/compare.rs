//! `at_most`, `less_than`, `equal`, `at_least`, `more_than`: two numbers compared. True or false only if it is so for every value between
//! the ends of both.

use crate::kernel::{Evaluator, Number, Range, Recorder, Relation};
use crate::rows::Rows;
use crate::truth::Truth;

impl Relation {
    /// The keys of a pack.
    pub(crate) const KEYS: [(&'static str, Self); 5] = [
        ("at_most", Self::AtMost),
        ("less_than", Self::LessThan),
        ("equal", Self::Equal),
        ("at_least", Self::AtLeast),
        ("more_than", Self::MoreThan),
    ];

    pub(crate) fn truth(self, a: Range, b: Range) -> Truth {
        match self {
            Self::AtMost => decided(a.high <= b.low, a.low > b.high),
            Self::LessThan => decided(a.high < b.low, a.low >= b.high),
            Self::Equal => decided(a.exact().is_some() && a == b, a.high < b.low || a.low > b.high),
            Self::AtLeast => Self::AtMost.truth(b, a),
            Self::MoreThan => Self::LessThan.truth(b, a),
        }
    }
}

fn decided(always: bool, never: bool) -> Truth {
    match (always, never) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

pub(crate) fn test<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    a: &Number,
    relation: Relation,
    b: &Number,
) -> Truth {
    let (a, b) = (eval.number(a), eval.number(b));
    eval.compared(a, b);
    a.and(b).judged(|(a, b)| relation.truth(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{False, True, Unknown};

    #[test]
    fn a_comparison_holds_for_every_value_or_is_unknown() {
        let relations = Relation::KEYS.map(|(_, relation)| relation);
        let against =
            |low: f64, high: f64| relations.map(|r| r.truth(Range { low, high }, Range { low: 3.0, high: 5.0 }));
        assert_eq!(against(1.0, 2.0), [True, True, False, False, False]);
        assert_eq!(against(1.0, 3.0), [True, Unknown, Unknown, Unknown, False]);
        assert_eq!(against(4.0, 4.0), [Unknown; 5]);
        assert_eq!(against(5.0, 9.0), [Unknown, False, Unknown, True, Unknown]);
        assert_eq!(against(6.0, 9.0), [False, False, False, True, True]);
        let three = Range::from(3.0);
        assert_eq!(relations.map(|r| r.truth(three, three)), [True, False, True, True, False]);
    }
}
