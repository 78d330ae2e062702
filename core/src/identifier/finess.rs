//! FINESS: French health and social establishments. Department, 6 digits, key; 9 characters by Luhn, in Corsica with A as 1 and B as 2. Shown
//! as `59 078 019 3`; the part is `department`, as the number has it.

use super::digits::{are_digits, length, luhn, split};
use super::{Def, Found, Wrong};
use crate::json::Json;

pub(super) const DEF: Def = Def {
    word: "finess",
    personal: false,
    prefixes: &[],
    mask: "## ### ### #",
    pattern: "^([0-9]{2}|2[AB])[0-9]{7}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    let (department, rest) = split(text, 2);
    let counted = match department {
        "2A" => "21",
        "2B" => "22",
        other => other,
    };
    if !are_digits(counted) || !are_digits(rest) {
        return Err(Wrong::Characters);
    }
    length(text, 9)?;
    if !luhn(&[counted, rest].concat()) {
        return Err(Wrong::CheckDigits);
    }
    Ok(Found::new(text, [("department", Json::from(department))]))
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};

    #[test]
    fn nine_characters_by_luhn() {
        for good in ["590780193", "750712184", "690781810", "970211207", "2A0000014", "2b0000020"] {
            assert!(Scheme::Finess.parse(good, None).is_ok(), "{good}");
        }
        assert_eq!(Scheme::Finess.parse("59 078 019 4", None), Err(Wrong::CheckDigits));
        assert_eq!(Scheme::Finess.parse("2C0000014", None), Err(Wrong::Characters));
        assert_eq!(Scheme::Finess.parse("59078019", None), Err(Wrong::Length { expected: 9, given: 8 }));
    }
}
