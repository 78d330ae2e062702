//! One figure from those of parts that do not overlap: sums, rates from counts, means weighted by population. Nothing else is ever put together.

use super::cell::{Absent, Cell, Operation};
use crate::kernel::exact_sum;
use crate::taxonomy::{Aggregation, Indicator};

/// Statuses that a figure takes over from its parts, the weightiest first.
const STATUSES: [&str; 6] = ["F", "U", "E", "P", "D", "B"];

/// The population of a part, and the rows that it comes from.
pub(super) type Weight<'w> = (f64, &'w [usize]);

/// What comes of the parts.
#[derive(Debug)]
pub(super) struct Combined<'b> {
    pub(super) value: Result<f64, Absent>,
    pub(super) operation: Option<Operation>,
    pub(super) counts: (Option<f64>, Option<f64>),
    pub(super) status: Option<&'b str>,
    pub(super) source: Option<&'b str>,
    pub(super) rows: Vec<usize>,
}

/// Puts the figures of parts together as far as the indicator allows it. A part that is hidden or missing makes the whole missing.
pub(super) fn combine<'b, 'w>(
    indicator: &Indicator,
    parts: &[&Cell<'b>],
    weight: impl Fn(&Cell<'b>) -> Option<Weight<'w>>,
) -> Combined<'b> {
    let weights: Option<Vec<Weight<'_>>> = match indicator.aggregation() {
        Aggregation::PopulationWeightedMean => parts.iter().map(|part| weight(part)).collect(),
        _ => Some(Vec::new()),
    };
    let mut rows: Vec<usize> = parts.iter().flat_map(|part| part.rows.iter().copied()).collect();
    rows.extend(weights.iter().flatten().flat_map(|(_, rows)| rows.iter().copied()));
    crate::order::sort_by(&mut rows, Ord::cmp);
    rows.dedup();
    let mut combined = Combined {
        value: Err(Absent::NotAdditive),
        operation: None,
        counts: (None, None),
        status: status(parts),
        source: same(parts.iter().map(|part| part.source)),
        rows,
    };
    match values(parts) {
        Err(why) => combined.value = Err(why),
        Ok(values) => combined.fill(indicator, parts, &values, weights.as_deref()),
    }
    combined
}

impl Combined<'_> {
    fn fill(&mut self, indicator: &Indicator, parts: &[&Cell<'_>], values: &[f64], weights: Option<&[Weight<'_>]>) {
        match indicator.aggregation() {
            Aggregation::Sum => {
                self.value = Ok(exact_sum(values));
                self.operation = Some(Operation::Sum);
            }
            Aggregation::RatioOfSums => {
                let sum = |of: fn(&Cell<'_>) -> Option<f64>| {
                    let all: Option<Vec<f64>> = parts.iter().map(|part| of(part)).collect();
                    all.map(|all| exact_sum(&all))
                };
                self.counts = (sum(|part| part.counts.0), sum(|part| part.counts.1));
                self.value = ratio(self.counts, indicator.per()).ok_or(Absent::NoCounts);
                self.operation = Some(Operation::RatioOfSums);
            }
            Aggregation::PopulationWeightedMean => {
                self.value = weights.and_then(|weights| mean(values, weights)).ok_or(Absent::NoWeights);
                self.operation = Some(Operation::PopulationWeightedMean);
            }
            Aggregation::NonAdditiveDistinct | Aggregation::None => {}
        }
    }
}

/// The values of all parts, or why there are not all.
fn values(parts: &[&Cell<'_>]) -> Result<Vec<f64>, Absent> {
    let is = |whys: [Absent; 2]| parts.iter().any(|part| part.value.is_err_and(|why| whys.contains(&why)));
    if is([Absent::Hidden, Absent::PartHidden]) {
        return Err(Absent::PartHidden);
    }
    let values: Result<Vec<f64>, Absent> = parts.iter().map(|part| part.value).collect();
    let values = values.map_err(|_| Absent::PartMissing)?;
    match () {
        () if values.is_empty() => Err(Absent::PartMissing),
        () if parts.iter().any(|part| part.status == Some("left_censored")) => Err(Absent::PartCensored),
        () => Ok(values),
    }
}

/// Numerator over denominator, in a unit.
fn ratio(counts: (Option<f64>, Option<f64>), per: Option<f64>) -> Option<f64> {
    let (numerator, denominator) = (counts.0?, counts.1?);
    (denominator > 0.0).then_some(numerator * per? / denominator)
}

fn mean(values: &[f64], weights: &[Weight<'_>]) -> Option<f64> {
    let products: Vec<f64> = values.iter().zip(weights).map(|(value, (weight, _))| value * weight).collect();
    let all: Vec<f64> = weights.iter().map(|(weight, _)| *weight).collect();
    let sum = exact_sum(&all);
    (sum > 0.0).then(|| exact_sum(&products) / sum)
}

fn status<'b>(parts: &[&Cell<'b>]) -> Option<&'b str> {
    let weightiest = STATUSES
        .iter()
        .find_map(|status| parts.iter().find(|part| part.status == Some(*status)).and_then(|part| part.status));
    weightiest.or_else(|| same(parts.iter().map(|part| part.status)))
}

/// What all have in common.
fn same<'b>(mut all: impl Iterator<Item = Option<&'b str>>) -> Option<&'b str> {
    let first = all.next()??;
    all.all(|other| other == Some(first)).then_some(first)
}
