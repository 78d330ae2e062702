//! Belgian establishment unit (BCE, KBO): 10 digits, the first 2 to 8, with the check digits of an enterprise number. Shown as
//! `2.123.456.791`. `BE` before it is passed over.

use super::digits::only;
use super::{Def, Found, Wrong, be_enterprise};

pub(super) const DEF: Def = Def {
    word: "be_establishment",
    personal: false,
    prefixes: &["BE"],
    mask: "#.###.###.###",
    pattern: "^[2-8][0-9]{9}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    only(text, 10)?;
    if !text.starts_with(['2', '3', '4', '5', '6', '7', '8']) {
        return Err(Wrong::Start);
    }
    be_enterprise::check(text).map(|()| Found::new(text, []))
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};

    #[test]
    fn ten_digits_from_two_on() {
        let found = Scheme::BeEstablishment.parse("2.123.456.791", None);
        assert_eq!(found.map(|found| found.shown()), Ok("2.123.456.791".to_owned()));
        assert_eq!(Scheme::BeEstablishment.parse("2123456792", None), Err(Wrong::CheckDigits));
        assert_eq!(Scheme::BeEstablishment.parse("0212189676", None), Err(Wrong::Start));
        assert_eq!(Scheme::BeEstablishment.parse("212345679", None), Err(Wrong::Length { expected: 10, given: 9 }));
    }
}
