//! Belgian enterprise number (BCE, KBO): 10 digits, the first 0 or 1, the last two 97 minus the remainder of the others.
//!
//! The old form of 9 digits gets its 0 in front; `BE` before the number, as for VAT, is passed over. Shown as `0212.189.676`.

use super::digits::{length, number, only, split};
use super::{Def, Found, Wrong};

pub(super) const DEF: Def = Def {
    word: "be_enterprise",
    personal: false,
    prefixes: &["BE"],
    mask: "####.###.###",
    pattern: "^[01][0-9]{9}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    let full = if text.len() == 9 { format!("0{text}") } else { text.to_owned() };
    only(&full, 10)?;
    if !full.starts_with(['0', '1']) {
        return Err(Wrong::Start);
    }
    check(&full).map(|()| Found::new(full, []))
}

/// Whether the last two of ten digits fit; establishment units are checked alike.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    length(text, 10)?;
    let (body, key) = split(text, 8);
    if 97 - number(body) % 97 == number(key) { Ok(()) } else { Err(Wrong::CheckDigits) }
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};

    #[test]
    fn ten_digits_or_the_old_nine() {
        for good in ["0212189676", "212.189.676", "BE 0212.189.676", "be212189676"] {
            let found = Scheme::BeEnterprise.parse(good, None).unwrap();
            assert_eq!((found.normal(), found.shown().as_str()), ("0212189676", "0212.189.676"), "{good}");
        }
        for (bad, why) in [
            ("0212189677", Wrong::CheckDigits),
            ("2212189676", Wrong::Start),
            ("02121896", Wrong::Length { expected: 10, given: 8 }),
            ("NL0212189676", Wrong::Characters),
            // A remainder of 0 has the key 97, never 00; of 96 the key 01, never 98.
            ("0000009700", Wrong::CheckDigits),
            ("0000009698", Wrong::CheckDigits),
        ] {
            assert_eq!(Scheme::BeEnterprise.parse(bad, None), Err(why), "{bad}");
        }
    }
}
