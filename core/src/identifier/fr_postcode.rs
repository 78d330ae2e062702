//! French postcode: 5 digits. `F` or `FR` before it is passed over. The part is `department`: the first two digits, or three overseas (97,
//! 98); it is 20 for Corsica, and `null` where no department has these digits.

use super::digits::{only, split};
use super::{Def, Found, Wrong};
use crate::json::Json;

pub(super) const DEF: Def = Def {
    word: "fr_postcode",
    personal: false,
    prefixes: &["FR", "F"],
    mask: "#####",
    pattern: "^[0-9]{5}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    only(text, 5)?;
    let department = match split(text, 2).0 {
        "00" | "96" | "99" => Json::Null,
        "97" | "98" => Json::from(split(text, 3).0),
        two => Json::from(two),
    };
    Ok(Found::new(text, [("department", department)]))
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};
    use crate::json::Json;

    #[test]
    fn five_digits_and_the_department() {
        for (text, department) in [("59100", "59"), ("F-59100", "59"), ("97400", "974"), ("20000", "20")] {
            let found = Scheme::FrPostcode.parse(text, None).unwrap();
            assert_eq!(found.part("department"), Some(&Json::from(department)), "{text}");
        }
        assert_eq!(Scheme::FrPostcode.parse("00100", None).unwrap().part("department"), Some(&Json::Null));
        assert_eq!(Scheme::FrPostcode.parse("7500", None), Err(Wrong::Length { expected: 5, given: 4 }));
        assert_eq!(Scheme::FrPostcode.parse("2A004", None), Err(Wrong::Characters));
    }
}
