//! NIR, the French national number with its key: sex, year, month, department, commune, order, key. 15 characters; 2A and 2B are letters
//! of Corsica and count as 19 and 18.
//!
//! The first digit is 1, 2, 3, 4, 7 or 8. Months are 00 to 12; 20 to 42 and 50 to 99 stand for a month that is not known. Shown as
//! `2 69 05 49 588 157 80`. The parts are `sex`, `year` (two digits: the number does not say the century), `month` (or `null`) and
//! `department`. The example of documentation that everybody copies is refused as such.

use super::digits::{are_digits, length, number, split};
use super::{Def, Found, Wrong};
use crate::json::Json;

const SAMPLE: &str = "269054958815780";

pub(super) const DEF: Def = Def {
    word: "nir",
    personal: true,
    prefixes: &[],
    mask: "# ## ## ## ### ### ##",
    pattern: "^[123478][0-9]{4}([0-9]{2}|2[AB])[0-9]{8}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    if !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A' | b'B')) {
        return Err(Wrong::Characters);
    }
    length(text, 15)?;
    let (sex, rest) = split(text, 1);
    let (year, rest) = split(rest, 2);
    let (month, rest) = split(rest, 2);
    let (department, rest) = split(rest, 2);
    let (order, key) = split(rest, 6);
    let counted = match department {
        "2A" => "19",
        "2B" => "18",
        other => other,
    };
    if ![sex, year, month, counted, order, key].into_iter().all(are_digits) {
        return Err(Wrong::Characters);
    }
    if !matches!(sex, "1" | "2" | "3" | "4" | "7" | "8") {
        return Err(Wrong::Start);
    }
    let body = [sex, year, month, counted, order].concat();
    if 97 - number(&body) % 97 != number(key) {
        return Err(Wrong::CheckDigits);
    }
    if matches!(number(month), 13..=19 | 43..=49) {
        return Err(Wrong::Month);
    }
    if text == SAMPLE {
        return Err(Wrong::Sample);
    }
    // Overseas, the department takes a third digit from the commune.
    let overseas = matches!(department, "97" | "98");
    let department = if overseas { [department, split(order, 1).0].concat() } else { department.to_owned() };
    Ok(Found::new(
        text,
        [
            ("sex", Json::from(if number(sex) % 2 == 1 { "male" } else { "female" })),
            ("year", Json::from(year)),
            ("month", if month == "00" || number(month) > 12 { Json::Null } else { Json::Int(small(month)) }),
            ("department", Json::from(department)),
        ],
    ))
}

fn small(digits: &str) -> i64 {
    i64::try_from(number(digits)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};

    fn parts(text: &str) -> String {
        let found = Scheme::Nir.parse(text, None).unwrap();
        found.parts().iter().map(|(name, value)| format!("{name} {} ", value.to_canonical())).collect()
    }

    #[test]
    fn sex_year_month_department() {
        assert_eq!(parts("2 95 10 99 126 111 93"), "sex \"female\" year \"95\" month 10 department \"99\" ");
        assert_eq!(parts("1 85 20 2a 004 001 30"), "sex \"male\" year \"85\" month null department \"2A\" ");
        assert_eq!(parts("7 85 12 97 411 002 29"), "sex \"male\" year \"85\" month 12 department \"974\" ");
    }

    #[test]
    fn what_is_refused() {
        for (bad, why) in [
            ("269054958815780", Wrong::Sample),
            ("295109912611194", Wrong::CheckDigits),
            ("2951099126111", Wrong::Length { expected: 15, given: 13 }),
            ("29510B912611193", Wrong::Characters),
            ("29510C912611193", Wrong::Characters),
            ("595109912611140", Wrong::Start),
            ("295139912611144", Wrong::Month),
        ] {
            assert_eq!(Scheme::Nir.parse(bad, None), Err(why), "{bad}");
        }
    }
}
