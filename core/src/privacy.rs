//! What may not enter: national numbers, contacts, free text about a person.
//!
//! Names of such fields are data (code list `refused_name`); a text that *reads as* a French or Belgian national number is
//! found by its check digits.

use crate::finding::Code;
use crate::hint::fold;
use crate::rulebook::Rulebook;

/// The finding for a field name that is refused, if it is.
#[must_use]
pub fn refused_name(book: &Rulebook, name: &str) -> Option<Code> {
    if name.len() > 64 {
        return None;
    }
    let folded = fold(name).replace(' ', "_");
    let entry = book.codes().get("refused_name")?.find(&folded)?;
    Some(match entry.concept() {
        Some("national_number") => Code::PrivacyNationalNumber,
        Some("contact") => Code::PrivacyContact,
        _ => Code::PrivacyFreeText,
    })
}

/// Whether a text reads as a French NIR with its key, or as a Belgian NISS/INSZ.
///
/// Spaces, dots, hyphens and slashes between digits are passed over.
///
/// ```
/// use sam_eurometropole::privacy::looks_like_national_number;
/// assert!(looks_like_national_number("85.07.30-033 28"));
/// assert!(!looks_like_national_number("85.07.30-033 29"));
/// ```
#[must_use]
pub fn looks_like_national_number(text: &str) -> bool {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' | 'A' | 'B' => digits.push(c),
            ' ' | '.' | '-' | '/' => {}
            _ => return false,
        }
    }
    match digits.len() {
        11 => is_niss(&digits),
        15 => is_nir(&digits),
        _ => false,
    }
}

/// Nine digits and 97 minus their remainder; born from 2000 on, with a 2 in front.
fn is_niss(digits: &str) -> bool {
    let Ok(number) = digits.parse::<u64>() else {
        return false;
    };
    let (body, key) = (number / 100, number % 100);
    [body, body + 2_000_000_000].into_iter().any(|n| 97 - n % 97 == key)
}

/// Thirteen digits (with 2A and 2B for Corsica) and 97 minus their remainder.
fn is_nir(digits: &str) -> bool {
    let (Some(body), Some(key)) = (digits.get(..13), digits.get(13..)) else {
        return false;
    };
    let number = match body.get(5..7) {
        Some("2A") => body.replacen("2A", "19", 1),
        Some("2B") => body.replacen("2B", "18", 1),
        _ => body.to_owned(),
    };
    let (Ok(number), Ok(key)) = (number.parse::<u64>(), key.parse::<u64>()) else {
        return false;
    };
    matches!(body.as_bytes().first(), Some(b'1'..=b'4' | b'7' | b'8')) && 97 - number % 97 == key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_number_by_its_key() {
        // Made-up numbers with right keys.
        assert!(looks_like_national_number("2 69 05 49 588 157 80"));
        assert!(!looks_like_national_number("2 69 05 49 588 157 81"));
        assert!(looks_like_national_number("85073003328"));
        assert!(!looks_like_national_number("dossier 85073003328"));
        assert!(!looks_like_national_number(""));
    }
}
