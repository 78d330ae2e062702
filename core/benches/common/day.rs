//! Days as the limit programs count them.

use sam_eurometropole::date::Date;
use serde::de::{Deserialize, Deserializer};

/// A day as days after 1 January 1970; none where the text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) Option<i32>);

impl Day {
    pub(crate) fn parse(text: &str) -> Self {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return Self(None) };
        let digits = [a, b, c, d, e, f, g, h].map(|byte| i32::from(byte) - i32::from(b'0'));
        if digits.iter().any(|digit| !(0..=9).contains(digit)) {
            return Self(None);
        }
        let [a, b, c, d, e, f, g, h] = digits;
        let (year, month, day) = (a * 1000 + b * 100 + c * 10 + d, e * 10 + f, g * 10 + h);
        let fits = (1900..=2200).contains(&year)
            && (1..=12).contains(&month)
            && (1..=month_length(year, month)).contains(&day);
        Self(fits.then(|| days(year, month, day)))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <&str>::deserialize(from).map(Self::parse)
    }
}

fn month_length(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1 January 1970 (Howard Hinnant's `days_from_civil`).
pub(crate) fn days(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A day of the engine.
pub(crate) fn days_of(date: Date) -> i32 {
    let (year, month, day) = date.parts();
    let small = |number: u32| i32::try_from(number).unwrap_or_default();
    days(year, small(month), small(day))
}
