//! IBAN: the country, two check digits, the account of the country. Shown in groups of four; the part is `country`.
//!
//! With the first four characters at the end and A = 10 to Z = 35, the remainder by 97 is 1. Belgian ones (16 characters) and French ones
//! (27) are known in full: the account has check digits of its own. Of other countries only what is common to all is checked: 15 to 34
//! characters and the remainder. Whether a bank exists is not asked.

use super::digits::{are_digits, length, mod_97, number, split};
use super::{Def, Found, Wrong};
use crate::json::Json;

/// The shortest and the longest of any country.
const MIN: usize = 15;
const MAX: usize = 34;

pub(super) const DEF: Def = Def {
    word: "iban",
    personal: true,
    prefixes: &[],
    mask: "",
    pattern: "^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    let (country, rest) = split(text, 2);
    let (check, account) = split(rest, 2);
    if !country.bytes().all(|b| b.is_ascii_uppercase()) || !are_digits(check) {
        return Err(Wrong::Start);
    }
    let key_fits: fn(&str) -> bool = match country {
        "BE" => belgian(text, account)?,
        "FR" => french(text, account)?,
        _ if (MIN..=MAX).contains(&text.len()) => |_| true,
        _ => return Err(Wrong::LengthRange { min: MIN, max: MAX, given: text.len() }),
    };
    if mod_97(account.bytes().chain(country.bytes()).chain(check.bytes())) != 1 {
        return Err(Wrong::CheckDigits);
    }
    if !key_fits(account) {
        return Err(Wrong::AccountKey);
    }
    Ok(Found::new(text, [("country", Json::from(country))]))
}

/// Bank 3, account 7, key 2.
fn belgian(text: &str, account: &str) -> Result<fn(&str) -> bool, Wrong> {
    if !are_digits(account) {
        return Err(Wrong::Characters);
    }
    length(text, 16)?;
    Ok(belgian_key)
}

/// The first ten digits by 97; 97 where nothing remains.
fn belgian_key(account: &str) -> bool {
    let (body, key) = split(account, 10);
    let rest = number(body) % 97;
    number(key) == if rest == 0 { 97 } else { rest }
}

/// Bank 5, branch 5, account 11 with letters, key 2.
fn french(text: &str, account: &str) -> Result<fn(&str) -> bool, Wrong> {
    length(text, 27)?;
    let (bank_and_branch, rest) = split(account, 10);
    let (_, key) = split(rest, 11);
    if !are_digits(bank_and_branch) || !are_digits(key) {
        return Err(Wrong::Characters);
    }
    Ok(french_key)
}

/// The key of the French account (RIB).
fn french_key(account: &str) -> bool {
    let (bank, rest) = split(account, 5);
    let (branch, rest) = split(rest, 5);
    let (account, key) = split(rest, 11);
    let account: String = account.chars().map(rib_digit).collect();
    let sum = 89 * number(bank) + 15 * number(branch) + 3 * number(&account);
    97 - sum % 97 == number(key)
}

/// A to I are 1 to 9, J to R again, S to Z are 2 to 9.
fn rib_digit(c: char) -> char {
    match c {
        'A' | 'J' => '1',
        'B' | 'K' | 'S' => '2',
        'C' | 'L' | 'T' => '3',
        'D' | 'M' | 'U' => '4',
        'E' | 'N' | 'V' => '5',
        'F' | 'O' | 'W' => '6',
        'G' | 'P' | 'X' => '7',
        'H' | 'Q' | 'Y' => '8',
        'I' | 'R' | 'Z' => '9',
        digit => digit,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};

    #[test]
    fn belgian_french_and_others() {
        let found = Scheme::Iban.parse("be71 0961 2345 6769", None).unwrap();
        assert_eq!((found.normal(), found.shown().as_str()), ("BE71096123456769", "BE71 0961 2345 6769"));
        for good in ["FR14 2004 1010 0505 0001 3M02 606", "LU28 0019 4006 4475 0000", "BE83138811735115"] {
            assert!(Scheme::Iban.parse(good, None).is_ok(), "{good}");
        }
    }

    #[test]
    fn what_is_refused() {
        for (bad, why) in [
            ("BE72096123456769", Wrong::CheckDigits),
            ("BE7109612345676", Wrong::Length { expected: 16, given: 15 }),
            ("BE7109612345676A", Wrong::Characters),
            ("FR142004101005050001 3M0260A", Wrong::Characters),
            ("7109612345676900", Wrong::Start),
            ("", Wrong::LengthRange { min: 15, max: 34, given: 0 }),
            ("LU28", Wrong::LengthRange { min: 15, max: 34, given: 4 }),
            // The key of the account is wrong, the check digits before it are right.
            ("BE44096123456770", Wrong::AccountKey),
            ("FR8420041010050500013M02607", Wrong::AccountKey),
        ] {
            assert_eq!(Scheme::Iban.parse(bad, None), Err(why), "{bad}");
        }
    }
}
