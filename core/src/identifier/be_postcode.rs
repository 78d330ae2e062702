//! Belgian postcode: 4 digits, from 1000 on. `B` or `BE` before it is passed over.

use super::digits::only;
use super::{Def, Found, Wrong};

pub(super) const DEF: Def = Def {
    word: "be_postcode",
    personal: false,
    prefixes: &["BE", "B"],
    mask: "####",
    pattern: "^[1-9][0-9]{3}$",
    read: |text, _| read(text),
};

fn read(text: &str) -> Result<Found, Wrong> {
    only(text, 4)?;
    if text.starts_with('0') { Err(Wrong::Start) } else { Ok(Found::new(text, [])) }
}

#[cfg(test)]
mod tests {
    use super::super::{Scheme, Wrong};

    #[test]
    fn four_digits_from_1000_on() {
        for good in ["7500", "B-7500", "BE 9992"] {
            assert!(Scheme::BePostcode.parse(good, None).is_ok(), "{good}");
        }
        assert_eq!(Scheme::BePostcode.parse("0999", None), Err(Wrong::Start));
        assert_eq!(Scheme::BePostcode.parse("75000", None), Err(Wrong::Length { expected: 4, given: 5 }));
    }
}
