//! `before`, `on_or_before`, `same_day_as`, `on_or_after`, `after`: two days in order.

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
}

pub(crate) fn test<R: Rows, T: Recorder>(eval: &mut Evaluator<'_, R, T>, a: &Day, order: Order, b: &Day) -> Truth {
    let (a, b) = (eval.day(a), eval.day(b));
    eval.ordered(a, b);
    a.and(b).truth(|(a, b)| match order {
        Order::Before => a < b,
        Order::OnOrBefore => a <= b,
        Order::SameDayAs => a == b,
        Order::OnOrAfter => a >= b,
        Order::After => a > b,
    })
}
