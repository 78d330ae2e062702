//! PASS IAE: 12 letters and digits, without check digits. Those that the platform *Les emplois* issues are 99999 and 7 digits; agreements of
//! the employment service before it begin otherwise. Shown as `99999 21 35866`; the part is `issuer` (`les_emplois`, or `null`).

use super::digits::{are_digits, length};
use super::{Def, Found, Wrong};
use crate::json::Json;

pub(super) const DEF: Def = Def {
    word: "pass_iae",
    personal: true,
    prefixes: &[],
    mask: "##### ## #####",
    pattern: "^(99999[0-9]{7}|[0-9A-Z]{12})$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    length(text, 12)?;
    let issuer = match text.strip_prefix("99999") {
        Some(rest) if are_digits(rest) => Json::from("les_emplois"),
        Some(_) => return Err(Wrong::Characters),
        None => Json::Null,
    };
    Ok(Found::new(text, [("issuer", issuer)]))
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};
    use crate::json::Json;

    #[test]
    fn twelve_letters_and_digits() {
        let found = Scheme::PassIae.parse("99999-21-35866", None).unwrap();
        assert_eq!((found.normal(), found.shown().as_str()), ("999992135866", "99999 21 35866"));
        assert_eq!(found.part("issuer"), Some(&Json::from("les_emplois")));
        assert_eq!(Scheme::PassIae.parse("A59L21234567", None).unwrap().part("issuer"), Some(&Json::Null));
        assert_eq!(Scheme::PassIae.parse("99999213586A", None), Err(Wrong::Characters));
        assert_eq!(Scheme::PassIae.parse("9999921358", None), Err(Wrong::Length { expected: 12, given: 10 }));
    }
}
