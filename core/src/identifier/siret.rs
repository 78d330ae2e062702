//! SIRET: a SIREN and 5 digits of the establishment (NIC). Both the SIREN and the 14 digits satisfy Luhn.
//!
//! La Poste (SIREN 356 000 000) has more establishments than Luhn leaves room for: there the sum of the digits is a multiple of 5, and the
//! head office alone satisfies Luhn. Shown as `123 456 782 00010`; the parts are `siren` and `nic`.

use super::digits::{luhn, only, split};
use super::{Def, Found, Wrong, siren};
use crate::json::Json;

const LA_POSTE: &str = "356000000";
const LA_POSTE_HEAD_OFFICE: &str = "35600000000048";

pub(super) const DEF: Def = Def {
    word: "siret",
    personal: false,
    prefixes: &[],
    mask: "### ### ### #####",
    pattern: "^[0-9]{14}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    only(text, 14)?;
    let (siren, nic) = split(text, 9);
    siren::check(siren).map_err(|_| Wrong::Siren)?;
    let fits = match siren {
        LA_POSTE if text != LA_POSTE_HEAD_OFFICE => sum(text).is_multiple_of(5),
        _ => luhn(text),
    };
    if !fits {
        return Err(Wrong::CheckDigits);
    }
    Ok(Found::new(text, [("siren", Json::from(siren)), ("nic", Json::from(nic))]))
}

fn sum(digits: &str) -> u32 {
    digits.bytes().map(|b| u32::from(b.wrapping_sub(b'0'))).sum()
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};
    use crate::json::Json;

    #[test]
    fn siren_and_establishment() {
        let found = Scheme::Siret.parse("123 456 782 00010", None).unwrap();
        assert_eq!(found.shown(), "123 456 782 00010");
        assert_eq!(found.part("siren"), Some(&Json::from("123456782")));
        assert_eq!(found.part("nic"), Some(&Json::from("00010")));
        assert_eq!(Scheme::Siret.parse("12345678200011", None), Err(Wrong::CheckDigits));
        assert_eq!(Scheme::Siret.parse("12345678901234", None), Err(Wrong::Siren));
    }

    #[test]
    fn la_poste_counts_its_digits() {
        for good in ["35600000000048", "35600000049837"] {
            assert!(Scheme::Siret.parse(good, None).is_ok(), "{good}");
        }
        // Luhn holds, the sum of the digits does not.
        assert_eq!(Scheme::Siret.parse("35600000000022", None), Err(Wrong::CheckDigits));
    }
}
