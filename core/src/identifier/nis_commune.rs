//! Official code of a Belgian commune (INS, NIS): 5 digits, the first of them the province. `BE` before it is passed over.
//!
//! The part is `province`: `antwerp`, `brabant_and_brussels`, `west_flanders`, `east_flanders`, `hainaut`, `liege`, `limburg`,
//! `luxembourg`, `namur`. Whether the commune exists, the territory of the rulebook says.

use super::digits::only;
use super::{Def, Found, Wrong};
use crate::json::Json;

pub(super) const DEF: Def = Def {
    word: "nis_commune",
    personal: false,
    prefixes: &["BE"],
    mask: "#####",
    pattern: "^[1-9][0-9]{4}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    only(text, 5)?;
    let province = match text.chars().next() {
        Some('1') => "antwerp",
        Some('2') => "brabant_and_brussels",
        Some('3') => "west_flanders",
        Some('4') => "east_flanders",
        Some('5') => "hainaut",
        Some('6') => "liege",
        Some('7') => "limburg",
        Some('8') => "luxembourg",
        Some('9') => "namur",
        _ => return Err(Wrong::Start),
    };
    Ok(Found::new(text, [("province", Json::from(province))]))
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};
    use crate::json::Json;

    #[test]
    fn five_digits_and_the_province() {
        let found = Scheme::NisCommune.parse("BE-57096", None).unwrap();
        assert_eq!((found.normal(), found.part("province")), ("57096", Some(&Json::from("hainaut"))));
        assert_eq!(Scheme::NisCommune.parse("07096", None), Err(Wrong::Start));
        assert_eq!(Scheme::NisCommune.parse("5709", None), Err(Wrong::Length { expected: 5, given: 4 }));
    }
}
