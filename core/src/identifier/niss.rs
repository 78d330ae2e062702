//! NISS, INSZ: the Belgian national number, or the BIS number of people outside the National Register. 11 digits: birth date, sequence,
//! and 97 minus the remainder of what stands before; for births from 2000 on with a 2 in front. Shown as `85.07.30-033.28`.
//!
//! A BIS number has 40 added to the month, or 20 if the sex was not known. The sequence is 001 to 998, odd for men, even for women. What
//! was not known is 00; 1900-00-01 and 2000-00-01 mean that nothing of the date was known. A day that its month does not have is taken as
//! not known: the registers count on in the date when the sequence of a day is used up. The parts are `kind` (`national`, `bis`), `sex`,
//! `birth_year`, `birth_month`, `birth_day`, each `null` where the number does not say it.

use super::digits::{number, only, split};
use super::{Def, Found, Wrong};
use crate::date::Date;
use crate::json::Json;

pub(super) const DEF: Def =
    Def { word: "niss", personal: true, prefixes: &[], mask: "##.##.##-###.##", pattern: "^[0-9]{11}$", read };

fn read(text: &str, on: Option<Date>) -> Result<Found, Wrong> {
    only(text, 11)?;
    let (body, key) = split(text, 9);
    let (date, sequence) = split(body, 6);
    let (year, rest) = split(date, 2);
    let (month, day) = split(rest, 2);
    let year = century(body, key).map(|century| century + number(year)).ok_or(Wrong::CheckDigits)?;
    if let Some(on) = on.filter(|on| year > of(on.parts().0)) {
        return Err(Wrong::BornLater { on });
    }
    let (kind, added, sex_known) = match number(month) {
        0..=12 => ("national", 0, true),
        20..=32 => ("bis", 20, false),
        40..=52 => ("bis", 40, true),
        _ => return Err(Wrong::Month),
    };
    if matches!(sequence, "000" | "999") {
        return Err(Wrong::Sequence);
    }
    let sex = match (sex_known, number(sequence) % 2) {
        (false, _) => Json::Null,
        (true, 1) => Json::from("male"),
        (true, _) => Json::from("female"),
    };
    let [year, month, day] = birth(year, number(month) - added, number(day));
    Ok(Found::new(
        text,
        [("kind", Json::from(kind)), ("sex", sex), ("birth_year", year), ("birth_month", month), ("birth_day", day)],
    ))
}

/// The century for which the key fits. It fits for one at most.
fn century(body: &str, key: &str) -> Option<u64> {
    let fits = |front: u64| 97 - (front + number(body)) % 97 == number(key);
    [(1900, 0), (2000, 2_000_000_000)].into_iter().find(|(_, front)| fits(*front)).map(|(century, _)| century)
}

/// What is known of the date.
fn birth(year: u64, month: u64, day: u64) -> [Json; 3] {
    let json = |number: u64| Json::Int(i64::try_from(number).unwrap_or_default());
    match (year, month, day) {
        (1900 | 2000, 0, 1) => [Json::Null, Json::Null, Json::Null],
        (_, 0, _) => [json(year), Json::Null, Json::Null],
        _ if is_day(year, month, day) => [json(year), json(month), json(day)],
        _ => [json(year), json(month), Json::Null],
    }
}

fn is_day(year: u64, month: u64, day: u64) -> bool {
    let small = |number: u64| u32::try_from(number).unwrap_or_default();
    i32::try_from(year).is_ok_and(|year| Date::try_new(year, small(month), small(day)).is_ok())
}

fn of(year: i32) -> u64 {
    u64::try_from(year).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};
    use crate::date::Date;

    fn told(text: &str) -> String {
        match Scheme::Niss.parse(text, Some(Date::parse("2026-11-23").unwrap())) {
            Ok(found) => found.parts().iter().map(|(_, v)| v.to_canonical()).collect::<Vec<_>>().join(" "),
            Err(wrong) => wrong.code().to_owned(),
        }
    }

    #[test]
    fn national_numbers_and_what_they_say() {
        assert_eq!(told("85.07.30-033 28"), r#""national" "male" 1985 7 30"#);
        assert_eq!(told("17 07 30 033 84"), r#""national" "male" 2017 7 30"#);
        assert_eq!(told("00000100166"), r#""national" "male" null null null"#);
        // Day 00, day 32, 31 February, 29 February 1999: the day is not known.
        assert_eq!(told("85060000180"), r#""national" "male" 1985 6 null"#);
        assert_eq!(told("85113200128"), r#""national" "male" 1985 11 null"#);
        assert_eq!(told("99023100195"), r#""national" "male" 1999 2 null"#);
        assert_eq!(told("99022900158"), r#""national" "male" 1999 2 null"#);
    }

    #[test]
    fn bis_numbers_and_what_they_say() {
        assert_eq!(told("98.47.28-997.65"), r#""bis" "male" 1998 7 28"#);
        assert_eq!(told("75 26 28 003 41"), r#""bis" null 1975 6 28"#);
        assert_eq!(told("87410000671"), r#""bis" "female" 1987 1 null"#);
        assert_eq!(told("05400100291"), r#""bis" "female" 2005 null null"#);
    }

    #[test]
    fn what_is_refused() {
        for (bad, why) in [
            ("85073003329", Wrong::CheckDigits),
            ("8507300332", Wrong::Length { expected: 11, given: 10 }),
            ("8507300332A", Wrong::Characters),
            ("85061300079", Wrong::Sequence),
            ("85061399950", Wrong::Sequence),
            ("88022999990", Wrong::Sequence),
            ("85133000105", Wrong::Month),
        ] {
            assert_eq!(Scheme::Niss.parse(bad, None), Err(why), "{bad}");
        }
    }

    #[test]
    fn nobody_is_born_after_the_day_of_the_question() {
        let on = Date::parse("2026-11-23").unwrap();
        assert_eq!(Scheme::Niss.parse("99000099942", Some(on)), Err(Wrong::BornLater { on }));
        assert!(Scheme::Niss.parse("17073003384", Some(Date::parse("2016-12-31").unwrap())).is_err());
        assert!(Scheme::Niss.parse("17073003384", None).is_ok());
    }
}
