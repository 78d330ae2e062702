//! What may not enter: national numbers, contacts, free text about a person.
//!
//! Names of such fields are data (code list `refused_name`); a text that *reads as* a French or Belgian national number is
//! found as a number of those schemes ([`crate::identifier`]).

use crate::finding::Code;
use crate::hint::fold;
use crate::identifier::{Scheme, Wrong};
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

/// Whether a text reads as a French NIR with its key, or as a Belgian NISS/INSZ, in any writing that [`Scheme::parse`] takes.
///
/// The example that everybody copies from documentation reads as one too.
///
/// ```
/// use sam_eurometropole::privacy::looks_like_national_number;
/// assert!(looks_like_national_number("85.07.30-033 28"));
/// assert!(!looks_like_national_number("85.07.30-033 29"));
/// ```
#[must_use]
pub fn looks_like_national_number(text: &str) -> bool {
    // The shortest of them has eleven digits: most texts are told apart without more.
    if text.len() < 11 || text.bytes().filter(u8::is_ascii_digit).count() < 11 {
        return false;
    }
    let reads = |scheme: Scheme| matches!(scheme.parse(text, None), Ok(_) | Err(Wrong::Sample));
    reads(Scheme::Niss) || reads(Scheme::Nir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_number_by_its_key() {
        // Made-up numbers with right keys.
        assert!(looks_like_national_number("2 69 05 49 588 157 80"));
        assert!(!looks_like_national_number("2 69 05 49 588 157 81"));
        assert!(looks_like_national_number("2 95 10 99 126 111 93"));
        assert!(looks_like_national_number("1 85 20 2a 004 001 30"));
        assert!(looks_like_national_number("85073003328"));
        assert!(!looks_like_national_number("dossier 85073003328"));
        assert!(!looks_like_national_number(""));
    }
}
