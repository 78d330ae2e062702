//! Axes with round numbers, and how wide a text is.
//!
//! Only the four operations and comparisons: the same numbers on every machine.

/// The ends of an axis and the numbers that are written at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    /// The first end.
    pub low: f64,
    /// The last end.
    pub high: f64,
    /// Round numbers between them.
    pub ticks: Vec<f64>,
}

/// The distances between two ticks, as fractions: 1, 2 and 5 with powers of ten.
fn steps() -> impl Iterator<Item = (f64, f64)> {
    const MANTISSAS: [f64; 3] = [1.0, 2.0, 5.0];
    let small = (1..=6_i32).rev().flat_map(|power| MANTISSAS.map(|one| (one, ten(power))));
    let large = (0..=15_i32).flat_map(|power| MANTISSAS.map(|one| (one * ten(power), 1.0)));
    small.chain(large)
}

fn ten(power: i32) -> f64 {
    (0..power).fold(1.0, |product, _| product * 10.0)
}

impl Scale {
    /// An axis that starts at zero, as bars need it.
    #[must_use]
    pub fn from_zero(values: impl Iterator<Item = f64>, count: u32) -> Self {
        let (low, high) = ends(values.chain([0.0]));
        Self::over(low, high, count)
    }

    /// An axis around values.
    #[must_use]
    pub fn around(values: impl Iterator<Item = f64>, count: u32) -> Self {
        let (low, high) = ends(values);
        Self::over(low, high, count)
    }

    /// Whole steps over what lies between two values, some `count` of them.
    fn over(low: f64, high: f64, count: u32) -> Self {
        let (low, high) = match high > low {
            true => (low, high),
            // One value alone, or none.
            false if low.is_finite() => (low.min(0.0), if low > 0.0 { low } else { 1.0 }),
            false => (0.0, 1.0),
        };
        let fits = |(step, part): &(f64, f64)| (high - low) * part <= step * f64::from(count);
        let (step, part) = steps().find(fits).unwrap_or((1.0, 1.0));
        let (first, last) = ((low * part / step).floor(), (high * part / step).ceil());
        let mut ticks = Vec::new();
        let mut at = first;
        while at <= last && ticks.len() < 100 {
            ticks.push(at * step / part);
            at += 1.0;
        }
        let (low, high) = ends(ticks.iter().copied());
        Self { low, high, ticks }
    }

    /// Where a value lies, from 0 at the first end to 1 at the last.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        if self.high > self.low { (value - self.low) / (self.high - self.low) } else { 0.0 }
    }

    /// The class of a value: the ticks are the bounds, and a value on a bound belongs to the class above it.
    #[must_use]
    pub fn class(&self, value: f64) -> usize {
        let above = self.ticks.iter().skip(1).filter(|bound| value >= **bound).count();
        above.min(self.ticks.len().saturating_sub(2))
    }
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// About how wide a text is drawn, in the size of the letters: in wide ones, so that it fits in others.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    let thousandths = |one: char| -> u32 {
        match one {
            'i' | 'j' | 'l' | '.' | ',' | '\'' | '’' | '|' | ':' | ';' | '!' | '\u{202f}' => 330,
            'f' | 't' | 'r' | ' ' | '\u{a0}' | '(' | ')' | '-' => 400,
            'm' | 'w' | 'M' | 'W' | '%' => 960,
            'A'..='Z' | 'É' | '—' => 740,
            _ => 620,
        }
    };
    let sum: u32 = text.chars().map(thousandths).fold(0, u32::saturating_add);
    f64::from(sum) / 1000.0 * size
}

/// A text in lines of so many characters at most, cut between words; no line begins with a mark of French, which stands apart from its word.
pub(crate) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let is_mark = matches!(word, ":" | ";" | "!" | "?" | "»" | "–" | "%");
        match lines.last_mut() {
            Some(line) if is_mark || line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64]) -> Vec<f64> {
        Scale::from_zero(values.iter().copied(), 5).ticks
    }

    #[test]
    fn ticks_are_round_and_start_at_zero() {
        assert_eq!(ticks(&[31.5, 29.0]), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(ticks(&[0.3]), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(ticks(&[1_234_567.0]), [0.0, 500_000.0, 1_000_000.0, 1_500_000.0]);
        assert_eq!(ticks(&[-12.0, 7.0]), [-15.0, -10.0, -5.0, 0.0, 5.0, 10.0]);
        assert_eq!(ticks(&[0.0]), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(&[]), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
    }

    #[test]
    fn a_value_on_a_bound_belongs_to_the_class_above() {
        let scale = Scale::around([12.0, 31.0].into_iter(), 5);
        assert_eq!(scale.ticks, [10.0, 15.0, 20.0, 25.0, 30.0, 35.0]);
        assert_eq!([12.0, 15.0, 34.9, 35.0].map(|value| scale.class(value)), [0, 1, 4, 4]);
    }

    #[test]
    fn lines_are_cut_between_words() {
        assert_eq!(wrapped("un deux trois quatre", 9), ["un deux", "trois", "quatre"]);
        assert_eq!(wrapped("rupture : deux", 8), ["rupture :", "deux"]);
    }
}
