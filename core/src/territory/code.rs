//! The form of a commune code.

use std::fmt;

/// The code of a commune whose form is right: `FR-` and five of `0-9`, `A`, `B` (INSEE), or `BE-` and five digits (NIS).
///
/// The form says nothing about existence: ask [`Territory::lookup`](super::Territory::lookup).
///
/// ```
/// use sam_eurometropole::territory::TerritoryCode;
/// assert_eq!(TerritoryCode::parse("BE-57096").unwrap().country(), "BE");
/// assert!(TerritoryCode::parse("57096").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerritoryCode(String);

impl TerritoryCode {
    /// Reads a code; `None` if the form is wrong. Case counts, spaces are not removed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        has_form(text).then(|| Self(text.to_owned()))
    }

    /// Whether a text has the form of a code.
    #[must_use]
    pub fn is_form_of(text: &str) -> bool {
        has_form(text)
    }

    /// The code as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `FR` or `BE`.
    #[must_use]
    pub fn country(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl fmt::Display for TerritoryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text has the form of a code, without taking it.
pub(super) fn has_form(text: &str) -> bool {
    let Some((prefix, rest)) = text.as_bytes().split_at_checked(3) else {
        return false;
    };
    let allowed: fn(&u8) -> bool = match prefix {
        b"FR-" => |c| matches!(c, b'0'..=b'9' | b'A' | b'B'),
        b"BE-" => u8::is_ascii_digit,
        _ => return false,
    };
    rest.len() == 5 && rest.iter().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_forms_are_codes() {
        for good in ["FR-59512", "FR-2A004", "BE-57096"] {
            assert_eq!(TerritoryCode::parse(good).map(|code| code.to_string()), Some(good.to_owned()));
        }
        for bad in [
            "",
            "59512",
            "FR59512",
            "fr-59512",
            "FR-5951",
            "FR-595120",
            "BE-2A004",
            "LU-00001",
            "FR-5951é",
            " FR-59512",
        ] {
            assert_eq!(TerritoryCode::parse(bad), None, "{bad}");
        }
    }
}
