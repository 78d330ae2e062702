//! French VAT number: `FR`, a key of two characters and a SIREN. `FR` may be left out; the normal form has it.
//!
//! A key of digits is the SIREN followed by 12, by 97. A key with a letter (never I or O) is of the newer kind. A number whose SIREN part
//! begins with 000 belongs to Monaco and holds no SIREN. Shown as `FR 40 303 265 045`; the part is `siren`, `null` for Monaco.

use super::digits::{are_digits, length, mod_97, number, split};
use super::{Def, Found, Wrong, siren};
use crate::json::Json;

const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

pub(super) const DEF: Def = Def {
    word: "fr_vat",
    personal: false,
    prefixes: &["FR"],
    mask: "## ## ### ### ###",
    pattern: "^FR[0-9A-HJ-NP-Z]{2}[0-9]{9}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    let (key, body) = split(text, 2);
    if !key.bytes().all(|b| LETTERS.contains(&b)) || !are_digits(body) {
        return Err(Wrong::Characters);
    }
    length(text, 11)?;
    let monaco = body.starts_with("000");
    if !monaco {
        siren::check(body).map_err(|_| Wrong::Siren)?;
    }
    let fits = if are_digits(key) {
        number(key) == mod_97(body.bytes().chain(*b"12"))
    } else {
        newer_key(key).is_some_and(|key| (number(body) + 1 + key / 11) % 11 == key % 11)
    };
    if !fits {
        return Err(Wrong::CheckDigits);
    }
    Ok(Found::new(format!("FR{text}"), [("siren", if monaco { Json::Null } else { Json::from(body) })]))
}

/// The number that a key with a letter stands for.
fn newer_key(key: &str) -> Option<u64> {
    let value = |b: u8| LETTERS.iter().position(|other| *other == b).and_then(|place| u64::try_from(place).ok());
    let &[first, second] = key.as_bytes() else { return None };
    let (weight, less) = if first.is_ascii_digit() { (24, 10) } else { (34, 100) };
    (value(first)? * weight + value(second)?).checked_sub(less)
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};
    use crate::json::Json;

    #[test]
    fn a_key_of_digits_or_letters() {
        let found = Scheme::FrVat.parse("fr 40 303 265 045", None).unwrap();
        assert_eq!((found.normal(), found.shown().as_str()), ("FR40303265045", "FR 40 303 265 045"));
        assert_eq!(found.part("siren"), Some(&Json::from("303265045")));
        assert!(Scheme::FrVat.parse("K7399859412", None).is_ok());
        for (bad, why) in [
            ("84 323 140 391", Wrong::Siren),
            ("FR41303265045", Wrong::CheckDigits),
            ("FRO0303265045", Wrong::Characters),
            ("FR303265045", Wrong::Length { expected: 11, given: 9 }),
            ("FR", Wrong::Length { expected: 11, given: 0 }),
        ] {
            assert_eq!(Scheme::FrVat.parse(bad, None), Err(why), "{bad}");
        }
    }

    #[test]
    fn monaco_has_no_siren() {
        assert_eq!(Scheme::FrVat.parse("FR53000004605", None).unwrap().part("siren"), Some(&Json::Null));
    }
}
