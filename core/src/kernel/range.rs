//! A number that may be known only between two ends, and arithmetic on such numbers.
//!
//! Ends are never averaged or guessed: a comparison is decided only where it is so for every value between them. Sums are exact
//! (Shewchuk's partial sums, rounded once, ties to even), so that the order of elements never shows.

/// `low ≤ x ≤ high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The smallest that it can be.
    pub low: f64,
    /// The largest that it can be.
    pub high: f64,
}

impl Range {
    /// Nothing is known.
    pub const ANY: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// The one number, where both ends are the same.
    #[must_use]
    pub fn exact(self) -> Option<f64> {
        (self.low >= self.high).then_some(self.low)
    }

    /// The range that also holds 0.
    #[must_use]
    pub fn or_zero(self) -> Self {
        Self { low: self.low.min(0.0), high: self.high.max(0.0) }
    }

    /// Both ends by the same function, which must never fall.
    #[must_use]
    pub fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        Self { low: rising(self.low), high: rising(self.high) }
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self::corners(self, other, |a, b| if a == 0.0 || b == 0.0 { 0.0 } else { a * b })
    }

    /// The quotient. A divisor that can be 0 leaves everything possible.
    #[must_use]
    pub fn divided_by(self, other: Self) -> Self {
        if other.low <= 0.0 && other.high >= 0.0 {
            return Self::ANY;
        }
        // The other corners keep the true range of infinity by infinity.
        let quotient = |a: f64, b: f64| if a.is_infinite() && b.is_infinite() { 0.0 } else { a / b };
        Self::corners(self, other, quotient)
    }

    fn corners(a: Self, b: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let all = [f(a.low, b.low), f(a.low, b.high), f(a.high, b.low), f(a.high, b.high)];
        let low = all.iter().copied().fold(f64::INFINITY, f64::min);
        Self { low, high: all.iter().copied().fold(f64::NEG_INFINITY, f64::max) }
    }

    /// The sum of all.
    #[must_use]
    pub fn sum(all: &[Self]) -> Self {
        let ends = |end: fn(&Self) -> f64| exact_sum(&all.iter().map(end).collect::<Vec<_>>());
        Self { low: ends(|range| range.low), high: ends(|range| range.high) }
    }
}

impl From<f64> for Range {
    fn from(value: f64) -> Self {
        Self { low: value, high: value }
    }
}

/// The sum, rounded once to the nearest number, ties to even.
#[must_use]
pub fn exact_sum(values: &[f64]) -> f64 {
    if values.iter().any(|value| !value.is_finite()) {
        // Infinities of both signs are no number.
        return values.iter().filter(|value| !value.is_finite()).sum();
    }
    let mut partials: Vec<f64> = Vec::new();
    for value in values {
        let mut rest = *value;
        let mut kept = Vec::with_capacity(partials.len() + 1);
        for partial in partials {
            let (sum, error) = two_sum(rest, partial);
            if error != 0.0 {
                kept.push(error);
            }
            rest = sum;
        }
        kept.push(rest);
        partials = kept;
    }
    rounded(partials)
}

/// The sum of two numbers, and what rounding lost of it.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let (large, small) = if a.abs() < b.abs() { (b, a) } else { (a, b) };
    let sum = large + small;
    (sum, small - (sum - large))
}

/// Adds partial sums that do not overlap, from the smallest to the largest in size, and rounds a tie by what lies below it.
fn rounded(mut partials: Vec<f64>) -> f64 {
    let Some(mut high) = partials.pop() else { return 0.0 };
    let mut low = 0.0;
    while let Some(next) = partials.pop() {
        (high, low) = two_sum(high, next);
        if low != 0.0 {
            break;
        }
    }
    let below = partials.last().copied().unwrap_or(0.0);
    if (low < 0.0 && below < 0.0) || (low > 0.0 && below > 0.0) {
        let twice = low * 2.0;
        let moved = high + twice;
        // Half of the last place exactly: what lies below decides.
        if (moved - high).total_cmp(&twice).is_eq() {
            return moved;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "what is exact is compared exactly")]

    use super::*;

    fn range(low: f64, high: f64) -> Range {
        Range { low, high }
    }

    #[test]
    fn a_sum_is_rounded_once() {
        assert_eq!(exact_sum(&[0.1; 10]), 1.0);
        assert_eq!(exact_sum(&[1e16, 1.0, -1e16]), 1.0);
        assert_eq!(exact_sum(&[1e308, 1e292, -1e308]), 1e292);
        assert_eq!(exact_sum(&[]), 0.0);
        // Half of the last place: ties to even, unless something lies below.
        assert_eq!(exact_sum(&[9_007_199_254_740_992.0, 1.0]), 9_007_199_254_740_992.0);
        assert_eq!(exact_sum(&[9_007_199_254_740_992.0, 1.0, 1e-30]), 9_007_199_254_740_994.0);
        assert_eq!(exact_sum(&[f64::INFINITY, 1.0]), f64::INFINITY);
    }

    #[test]
    fn the_order_of_a_sum_never_shows() {
        let values = [1e100, 3.5, -1e100, 0.1, 7e-3, 1e50, -1e50];
        let mut turned = values;
        for _ in 0..values.len() {
            turned.rotate_left(1);
            assert_eq!(exact_sum(&turned), exact_sum(&values));
        }
    }

    #[test]
    fn a_sum_keeps_what_is_small_beside_what_is_large() {
        // The larger first, and the smaller first.
        assert_eq!(exact_sum(&[1e16, 1.0, -1e16]), 1.0);
        assert_eq!(exact_sum(&[1.0, 1e16, -1e16]), 1.0);
        assert_eq!(exact_sum(&[0.1, 1e100, 0.2, -1e100]), 0.1 + 0.2);
        assert_eq!(exact_sum(&[3.0, -3.0, 1e-300]), 1e-300);
        // A tie, with something below it on either side.
        let two_53 = 9_007_199_254_740_992.0;
        assert_eq!(exact_sum(&[two_53, 1.0, -1e-30]), two_53);
        assert_eq!(exact_sum(&[two_53 + 2.0, 1.0]), two_53 + 4.0);
        assert_eq!(exact_sum(&[two_53 + 2.0, 1.0, -1e-30]), two_53 + 2.0);
        assert_eq!(exact_sum(&[-two_53, -1.0]), -two_53);
        assert_eq!(exact_sum(&[-two_53, -1.0, -1e-30]), -two_53 - 2.0);
        assert_eq!(exact_sum(&[-two_53 - 2.0, -1.0, 1e-30]), -two_53 - 2.0);
        // No tie: what lies below is lost.
        assert_eq!(exact_sum(&[two_53, 0.5, 1e-30]), two_53);
        assert_eq!(exact_sum(&[two_53, 1.5, 1e-30]), two_53 + 2.0);
        assert_eq!(exact_sum(&[-two_53, -0.5, -1e-30]), -two_53);
    }

    #[test]
    fn a_range_that_may_be_nothing_holds_0() {
        assert_eq!(range(-5.0, -3.0).or_zero(), range(-5.0, 0.0));
        assert_eq!(range(3.0, 5.0).or_zero(), range(0.0, 5.0));
        assert_eq!(range(-3.0, 5.0).or_zero(), range(-3.0, 5.0));
    }

    #[test]
    fn infinity_times_nothing_is_nothing() {
        let endless = Range::from(f64::INFINITY);
        assert_eq!(Range::from(0.0).times(endless), Range::from(0.0));
        assert_eq!(endless.times(Range::from(0.0)), Range::from(0.0));
        assert_eq!(endless.divided_by(endless), Range::from(0.0));
        assert_eq!(Range::from(3.0).divided_by(endless), Range::from(0.0));
    }

    #[test]
    fn products_and_quotients_take_their_corners() {
        assert_eq!(range(-1.0, 2.0).times(range(3.0, 4.0)), range(-4.0, 8.0));
        assert_eq!(range(0.0, f64::INFINITY).times(Range::from(0.0)), Range::from(0.0));
        assert_eq!(range(1.0, 2.0).divided_by(range(2.0, 4.0)), range(0.25, 1.0));
        assert_eq!(range(1.0, 2.0).divided_by(range(-1.0, 4.0)), Range::ANY);
        assert_eq!(range(1.0, f64::INFINITY).divided_by(range(2.0, f64::INFINITY)), range(0.0, f64::INFINITY));
    }
}
