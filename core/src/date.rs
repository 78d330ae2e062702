//! Civil days and times of day.
//!
//! A [`Date`] lies in the years 1900–2200 and is written `YYYY-MM-DD`; a [`Time`] is local, `HH:MM`, up to `24:00`. Neither
//! knows a time zone, and nothing here asks for today.

use crate::limits;
use chrono::{Datelike, Days, Months, NaiveDate};
use std::fmt::{self, Write};

/// A civil day in the years 1900–2200.
///
/// ```
/// use sam_eurometropole::date::Date;
/// assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
/// assert!(Date::parse("2023-02-29").is_err());
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// Why a text is not a [`Date`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has not the form `YYYY-MM-DD`.
    #[error("a date is written YYYY-MM-DD")]
    Form,
    /// The text has the form, but the month has no such day.
    #[error("this day does not exist")]
    NotADay,
    /// The year is not between 1900 and 2200.
    #[error("a date lies in the years 1900 to 2200")]
    OutOfYears,
    /// A date followed by a time that is not a midnight without offset.
    #[error("a day is wanted, without a time")]
    TimeGiven,
}

impl Date {
    /// The day of a year, month (1–12) and day of the month.
    ///
    /// # Errors
    /// [`DateError::OutOfYears`] and [`DateError::NotADay`].
    pub fn try_new(year: i32, month: u32, day: u32) -> Result<Self, DateError> {
        let (first, last) = limits::YEARS;
        if !(first..=last).contains(&year) {
            return Err(DateError::OutOfYears);
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self).ok_or(DateError::NotADay)
    }

    /// Reads `YYYY-MM-DD`, or a midnight without offset (`2024-05-02T00:00:00`).
    ///
    /// # Errors
    /// One of [`DateError`], the first that fits: form, time, year, day.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        let Some((head, tail)) = bytes.split_at_checked(10) else {
            return Err(DateError::Form);
        };
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = head else {
            return Err(DateError::Form);
        };
        let year = digits(&[y1, y2, y3, y4]).ok_or(DateError::Form)?;
        let month = digits(&[m1, m2]).ok_or(DateError::Form)?;
        let day = digits(&[d1, d2]).ok_or(DateError::Form)?;
        match tail {
            [] => {}
            [b'T' | b' ', time @ ..] if is_midnight(time) => {}
            [b'T' | b' ', d1, d2, b':', ..] if d1.is_ascii_digit() && d2.is_ascii_digit() => {
                return Err(DateError::TimeGiven);
            }
            _ => return Err(DateError::Form),
        }
        Self::try_new(i32::try_from(year).unwrap_or(0), month, day)
    }

    /// The day `days` later (earlier if negative), if it lies in 1900–2200.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let span = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(span) } else { self.0.checked_add_days(span) };
        moved.and_then(Self::checked)
    }

    /// The same day `months` later, clamped to the last day of the month, if it lies in 1900–2200.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let span = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        let moved = if months < 0 { self.0.checked_sub_months(span) } else { self.0.checked_add_months(span) };
        moved.and_then(Self::checked)
    }

    /// Days since the Monday of its week, 0 to 6.
    #[must_use]
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// The last day of a month (1–12).
    #[must_use]
    pub fn last_of_month(year: i32, month: u32) -> Option<Self> {
        let next = NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?;
        next.pred_opt().and_then(Self::checked)
    }

    /// Days from `self` to `other`; negative if `other` is earlier.
    #[must_use]
    pub fn days_to(self, other: Self) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    /// The day so many days after 1 January 1970; none beyond the years that dates have.
    #[must_use]
    pub fn of_epoch(days: i64) -> Option<Self> {
        // 1 January 1970 is day 719,163 of the era.
        let of_era = i32::try_from(days).ok()?.checked_add(719_163)?;
        NaiveDate::from_num_days_from_ce_opt(of_era).and_then(Self::checked)
    }

    /// Before every other day.
    pub(crate) const FIRST: Self = Self(NaiveDate::MIN);
    /// After every other day.
    pub(crate) const LAST: Self = Self(NaiveDate::MAX);

    /// The last day that there is.
    pub(crate) const END: Option<Self> = match NaiveDate::from_ymd_opt(limits::YEARS.1, 12, 31) {
        Some(day) => Some(Self(day)),
        None => None,
    };

    /// How many dates there are.
    pub(crate) const COUNT: usize = 109_938;

    /// Number of the day, from 0 for the first that there is.
    #[inline]
    pub(crate) fn number(self) -> usize {
        // 31 December 1899 is day 693,595 of the era.
        usize::try_from(self.0.num_days_from_ce() - 693_596).unwrap_or_default()
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn parts(self) -> (i32, u32, u32) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    fn checked(day: NaiveDate) -> Option<Self> {
        let (first, last) = limits::YEARS;
        (first..=last).contains(&day.year()).then_some(Self(day))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        let of = |number: u32, unit: u32| char::from_digit(number / unit % 10, 10).unwrap_or_default();
        let year = year.unsigned_abs();
        let year = [1000, 100, 10, 1].map(|unit| of(year, unit));
        let rest = ['-', of(month, 10), of(month, 1), '-', of(day, 10), of(day, 1)];
        year.into_iter().chain(rest).try_for_each(|letter| f.write_char(letter))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
}

/// `00:00`, `00:00:00` or `00:00:00.000…`, and nothing after it.
fn is_midnight(time: &[u8]) -> bool {
    let Some((head, tail)) = time.split_at_checked(5) else {
        return false;
    };
    let seconds = match tail {
        [] => true,
        [b':', b'0', b'0'] => true,
        [b':', b'0', b'0', b'.', zeros @ ..] => !zeros.is_empty() && zeros.iter().all(|b| *b == b'0'),
        _ => false,
    };
    head == b"00:00" && seconds
}

/// A local time of day in minutes, `00:00` to `24:00`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(u16);

impl Time {
    /// Reads `HH:MM`; `24:00` is the end of the day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let &[h1, h2, b':', m1, m2] = text.as_bytes() else {
            return None;
        };
        let (hours, minutes) = (digits(&[h1, h2])?, digits(&[m1, m2])?);
        let total = hours * 60 + minutes;
        (minutes < 60 && total <= 1440).then(|| u16::try_from(total).ok().map(Self)).flatten()
    }

    /// Minutes since midnight.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days_from_the_epoch() {
        let day = |days| Date::of_epoch(days).map(|day| day.to_string());
        assert_eq!(day(0).as_deref(), Some("1970-01-01"));
        assert_eq!(day(-1).as_deref(), Some("1969-12-31"));
        assert_eq!(day(20_417).as_deref(), Some("2025-11-25"));
        assert_eq!([day(-25_568), day(84_371), day(i64::MAX), day(i64::MIN)], [const { None }; 4]);
        assert_eq!(day(-25_567).as_deref(), Some("1900-01-01"));
        assert_eq!(day(84_370).as_deref(), Some("2200-12-31"));
    }

    #[test]
    fn reads_days_and_midnights_only() {
        for good in ["2024-02-29", "1900-01-01", "2200-12-31", "2024-05-02T00:00:00", "2024-05-02 00:00:00.000"] {
            assert!(Date::parse(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("2023-02-29", DateError::NotADay),
            ("2024-13-02", DateError::NotADay),
            ("1899-12-31", DateError::OutOfYears),
            ("02/05/2024", DateError::Form),
            ("2024-5-2", DateError::Form),
            ("", DateError::Form),
            ("2024-05-02é", DateError::Form),
            ("2024-05-02T08:00", DateError::TimeGiven),
            ("2024-05-02T00:00:00Z", DateError::TimeGiven),
        ] {
            assert_eq!(Date::parse(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn a_month_clamps_to_its_last_day() {
        let day = |text| Date::parse(text).unwrap();
        assert_eq!(day("2024-01-31").plus_months(1), Some(day("2024-02-29")));
        assert_eq!(day("2025-03-31").plus_months(-1), Some(day("2025-02-28")));
        assert_eq!(day("2200-12-31").plus_days(1), None);
    }

    #[test]
    fn every_day_has_its_number() {
        let number = |text| Date::parse(text).unwrap().number();
        assert_eq!([number("1900-01-01"), number("1900-01-02"), number("2200-12-31") + 1], [0, 1, Date::COUNT]);
    }

    #[test]
    fn times_end_at_twenty_four() {
        assert_eq!(Time::parse("24:00").map(Time::minutes), Some(1440));
        for bad in ["24:01", "8:00", "08:60", "08-00", "", "é:00"] {
            assert_eq!(Time::parse(bad), None, "{bad}");
        }
    }
}
