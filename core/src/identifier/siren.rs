//! SIREN: 9 digits, by Luhn. Shown as `215 903 501`.

use super::digits::{luhn, only};
use super::{Def, Found, Wrong};

pub(super) const DEF: Def = Def {
    word: "siren",
    personal: false,
    prefixes: &[],
    mask: "### ### ###",
    pattern: "^[0-9]{9}$",
    read: |text, _| check(text).map(|()| Found::new(text, [])),
};

/// Whether nine digits are a SIREN; the numbers that hold one ask here.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    only(text, 9)?;
    if luhn(text) { Ok(()) } else { Err(Wrong::CheckDigits) }
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};

    #[test]
    fn nine_digits_by_luhn() {
        let found = Scheme::Siren.parse("215.903 501", None).unwrap();
        assert_eq!((found.normal(), found.shown().as_str()), ("215903501", "215 903 501"));
        for (bad, why) in [
            ("215903502", Wrong::CheckDigits),
            ("21590350", Wrong::Length { expected: 9, given: 8 }),
            ("21590350A", Wrong::Characters),
            ("FR215903501", Wrong::Characters),
        ] {
            assert_eq!(Scheme::Siren.parse(bad, None), Err(why), "{bad}");
        }
    }
}
