//! `first_of` and `last_of`: the earliest and the latest of some days, all of which must be known.

use crate::date::Date;
use crate::kernel::{Day, Evaluator, Operand, Recorder};
use crate::rows::Rows;

pub(crate) fn day<R: Rows, T: Recorder>(
    eval: &mut Evaluator<'_, R, T>,
    days: &[Day],
    choose: fn(std::vec::IntoIter<Date>) -> Option<Date>,
) -> Operand<Date> {
    let all: Vec<Operand<Date>> = days.iter().map(|day| eval.day(day)).collect();
    match Operand::all(all).map(|days| choose(days.into_iter())) {
        Operand::Value(Some(day)) => Operand::Value(day),
        Operand::NotApplicable => Operand::NotApplicable,
        // Packs are checked to name a day.
        Operand::Value(None) | Operand::Open => Operand::Open,
    }
}
