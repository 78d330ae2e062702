//! `before`, `on_or_before`, `same_day_as`, `on_or_after`, `after`: two days in order.

use crate::date::Date;
use crate::kernel::{Day, Evaluator, Order, Recorder};
use crate::rows::Rows;
use crate::truth::Truth;

impl Order {
    /// The keys of a pack.
    pub(crate) const KEYS: [(&'static str, Self); 5] = [
        ("before", Self::Before),
        ("on_or_before", Self::OnOrBefore),
        ("same_day_as", Self::SameDayAs),
        ("on_or_after", Self::OnOrAfter),
        ("after", Self::After),
    ];

    pub(crate) fn holds(self, a: Date, b: Date) -> bool {
        match self {
            Self::Before => a < b,
            Self::OnOrBefore => a <= b,
            Self::SameDayAs => a == b,
            Self::OnOrAfter => a >= b,
            Self::After => a > b,
        }
    }
}

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, a: &Day, order: Order, b: &Day) -> Truth {
    let (a, b) = (eval.day(a), eval.day(b));
    eval.ordered(a, b);
    a.and(b).truth(|(a, b)| order.holds(a, b))
}
