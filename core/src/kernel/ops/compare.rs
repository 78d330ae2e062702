//! `at_most`, `less_than`, `equal`, `at_least`, `more_than`: two numbers compared.

use crate::kernel::{Evaluator, Number, Recorder, Relation};
use crate::rows::Rows;
use crate::truth::Truth;
use std::cmp::Ordering;

impl Relation {
    /// The keys of a pack.
    pub(crate) const KEYS: [(&'static str, Self); 5] = [
        ("at_most", Self::AtMost),
        ("less_than", Self::LessThan),
        ("equal", Self::Equal),
        ("at_least", Self::AtLeast),
        ("more_than", Self::MoreThan),
    ];

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::AtMost => order.is_le(),
            Self::LessThan => order.is_lt(),
            Self::Equal => order.is_eq(),
            Self::AtLeast => order.is_ge(),
            Self::MoreThan => order.is_gt(),
        }
    }
}

pub(crate) fn test<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    a: &Number,
    relation: Relation,
    b: &Number,
) -> Truth {
    let (a, b) = (eval.number(a), eval.number(b));
    a.and(b).truth(|(a, b)| a.partial_cmp(&b).is_some_and(|order| relation.holds(order)))
}
