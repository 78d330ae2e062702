//! The period that an observation is about, as SDMX writes it.
//!
//! Text enters ([`Period::parse`]); the first and the last day leave. Nothing here asks for today.

use crate::date::Date;

/// The forms without a day of the month as a regular expression, for schemas.
pub const PATTERN: &str = "^(19|2[01])[0-9]{2}(-(S[12]|Q[1-4]|(0[1-9]|1[0-2])(-01/P[2-9]Y)?))?$";

/// A year (`2023`), a half-year (`2023-S1`), a quarter (`2023-Q1`), a month (`2023-01`), a day (`2023-01-31`) or some years from a
/// day on (`2021-01-01/P3Y`).
///
/// ```
/// use sam_eurometropole::period::Period;
/// let quarter = Period::parse("2023-Q1").unwrap();
/// assert_eq!(quarter.last().to_string(), "2023-03-31");
/// assert!(Period::parse("2023-Q5").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// Reads a period; `None` if it is none of the forms above, or leaves the years 1900–2199.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        match rest {
            "" => Self::months(year, "01", 12),
            "-S1" => Self::months(year, "01", 6),
            "-S2" => Self::months(year, "07", 6),
            "-Q1" => Self::months(year, "01", 3),
            "-Q2" => Self::months(year, "04", 3),
            "-Q3" => Self::months(year, "07", 3),
            "-Q4" => Self::months(year, "10", 3),
            _ => match text.len() {
                7 => Self::months(year, rest.strip_prefix('-')?, 1),
                10 => Date::parse(text).ok().map(|day| Self { first: day, last: day }),
                _ => Self::years(text),
            },
        }
    }

    fn months(year: &str, month: &str, count: i64) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !(digits(year) && digits(month) && year.len() == 4 && month.len() == 2) {
            return None;
        }
        let first = Date::try_new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        Some(Self { first, last: first.plus_months(count)?.plus_days(-1)? })
    }

    /// `2021-01-01/P3Y`, from the first of a month.
    fn years(text: &str) -> Option<Self> {
        let (first, span) = text.split_once("-01/P")?;
        let years = match span.as_bytes() {
            [years @ b'2'..=b'9', b'Y'] => i64::from(years - b'0'),
            _ => return None,
        };
        let (year, month) = first.split_once('-')?;
        Self::months(year, month, years * 12)
    }

    /// First day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(String, String)> {
        Period::parse(text).map(|period| (period.first().to_string(), period.last().to_string()))
    }

    #[test]
    fn each_form_has_its_first_and_last_day() {
        for (text, first, last) in [
            ("2023", "2023-01-01", "2023-12-31"),
            ("2023-S2", "2023-07-01", "2023-12-31"),
            ("2024-Q1", "2024-01-01", "2024-03-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2022-10-28", "2022-10-28", "2022-10-28"),
            ("2021-01-01/P3Y", "2021-01-01", "2023-12-31"),
        ] {
            assert_eq!(days(text), Some((first.to_owned(), last.to_owned())), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_period() {
        for text in [
            "",
            "23",
            "2023-",
            "2023-Q5",
            "2023-S3",
            "2023-13",
            "2023-1",
            "2023-02-30",
            "2023/2024",
            "1899",
            "2200",
            "2021-01-01/P1Y",
            "2021-01-15/P3Y",
            "2021-01-01/P10Y",
            "20 23",
            "année",
            "2023Q1",
            "2024-05-02T00:00:00",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
