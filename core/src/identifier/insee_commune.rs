//! Official code of a French commune (INSEE): the department and the rest, 5 characters. `FR` before it is passed over.
//!
//! Departments are 01 to 95 without 20, 2A and 2B, 971 to 976. The parts are `department` and, for an arrondissement of Paris, Lyon or
//! Marseille, `arrondissement_of`: the code of the city. Whether the commune exists, the territory of the rulebook says.

use super::digits::{are_digits, length, number, split};
use super::{Def, Found, Wrong};
use crate::json::Json;

pub(super) const DEF: Def = Def {
    word: "insee_commune",
    personal: false,
    prefixes: &["FR"],
    mask: "#####",
    pattern: "^([0-9]{2}|2[AB])[0-9]{3}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    let (two, rest) = split(text, 2);
    let corsican = matches!(two, "2A" | "2B");
    if !are_digits(rest) || !(corsican || are_digits(two)) {
        return Err(Wrong::Characters);
    }
    length(text, 5)?;
    let three = split(text, 3).0;
    let department = match number(two) {
        _ if corsican => two,
        1..=19 | 21..=95 => two,
        97 if matches!(number(three), 971..=976) => three,
        _ => return Err(Wrong::Department),
    };
    let mut parts = vec![("department", Json::from(department))];
    parts.extend(city(text).map(|city| ("arrondissement_of", Json::from(city))));
    Ok(Found::new(text, parts))
}

fn city(text: &str) -> Option<&'static str> {
    match number(text) {
        75101..=75120 => Some("75056"),
        69381..=69389 => Some("69123"),
        13201..=13216 => Some("13055"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};
    use crate::json::Json;

    #[test]
    fn department_and_city() {
        for (text, department) in [("59512", "59"), ("FR-59512", "59"), ("2a004", "2A"), ("97411", "974")] {
            let found = Scheme::InseeCommune.parse(text, None).unwrap();
            assert_eq!(found.part("department"), Some(&Json::from(department)), "{text}");
        }
        let paris = Scheme::InseeCommune.parse("75104", None).unwrap();
        assert_eq!(paris.part("arrondissement_of"), Some(&Json::from("75056")));
        for (bad, why) in [
            ("20004", Wrong::Department),
            ("00100", Wrong::Department),
            ("97701", Wrong::Department),
            ("5951", Wrong::Length { expected: 5, given: 4 }),
            ("2C004", Wrong::Characters),
        ] {
            assert_eq!(Scheme::InseeCommune.parse(bad, None), Err(why), "{bad}");
        }
    }
}
