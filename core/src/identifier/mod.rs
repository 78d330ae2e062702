//! Numbers that identify firms, places, accounts and people: what is wrong with one, and what it says by itself.
//!
//! A text enters with the [`Scheme`] it should be of. An [`Identifier`] leaves, or the first thing that is [`Wrong`]; [`Reading`] holds
//! either, as canonical JSON for machines and as text for people. One scheme is one file, with what it accepts, its check and its tests.
//! Nothing here knows whether a number was ever given out. `docs/identifiers.md` has the sources and how other libraries differ.
//!
//! Every scheme passes over spaces (no-break and narrow ones too), dots, hyphens, en dashes and slashes wherever they stand, and takes
//! lower case for upper case. Any other character that the number does not have is [`Wrong::Characters`].
//!
//! ```
//! use sam_eurometropole::identifier::{Scheme, Wrong};
//!
//! let found = Scheme::BeEnterprise.parse("BE 212.189.676", None).unwrap();
//! assert_eq!((found.normal(), found.shown().as_str()), ("0212189676", "0212.189.676"));
//! assert_eq!(Scheme::Siren.parse("215 903 502", None), Err(Wrong::CheckDigits));
//! ```

mod be_enterprise;
mod be_establishment;
mod be_postcode;
mod digits;
mod finess;
mod fr_postcode;
mod fr_vat;
mod iban;
mod insee_commune;
mod nir;
mod nis_commune;
mod niss;
mod pass_iae;
mod siren;
mod siret;

use crate::date::Date;
use crate::json::Json;
use crate::message::{Lang, Messages};
use std::fmt;

/// A kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// French firm or public body: 9 digits.
    Siren,
    /// French establishment: SIREN and 5 digits.
    Siret,
    /// French VAT number: `FR`, a key of 2 and the SIREN.
    FrVat,
    /// French national number, with its key: 15 characters. Personal; never a field of a record.
    Nir,
    /// Belgian national number or BIS number (NISS, INSZ): 11 digits. Personal; never a field of a record.
    Niss,
    /// Belgian enterprise number (BCE, KBO): 10 digits.
    BeEnterprise,
    /// Belgian establishment unit: 10 digits.
    BeEstablishment,
    /// Bank account. Personal.
    Iban,
    /// French postcode: 5 digits.
    FrPostcode,
    /// Belgian postcode: 4 digits.
    BePostcode,
    /// Official code of a French commune (INSEE): 5 characters.
    InseeCommune,
    /// Official code of a Belgian commune (INS, NIS): 5 digits.
    NisCommune,
    /// French health or social establishment: 9 characters.
    Finess,
    /// French pass of insertion by economic activity: 12 characters. Personal.
    PassIae,
}

impl Scheme {
    /// All schemes.
    pub const ALL: [Self; 14] = [
        Self::Siren,
        Self::Siret,
        Self::FrVat,
        Self::Nir,
        Self::Niss,
        Self::BeEnterprise,
        Self::BeEstablishment,
        Self::Iban,
        Self::FrPostcode,
        Self::BePostcode,
        Self::InseeCommune,
        Self::NisCommune,
        Self::Finess,
        Self::PassIae,
    ];

    /// The word in findings and documents.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.def().word
    }

    /// The scheme of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.as_str() == word)
    }

    /// Whether the number belongs to a person, so that no rendering may show it unasked.
    #[must_use]
    pub fn is_personal(self) -> bool {
        self.def().personal
    }

    /// The regular expression of the normal form. It says nothing about check digits.
    #[must_use]
    pub fn pattern(self) -> &'static str {
        self.def().pattern
    }

    /// Reads a number. `on` is the day of the question: a Belgian national number of a year after it is refused. Without a day, no year
    /// is too late. No other scheme asks for the day.
    ///
    /// ```
    /// use sam_eurometropole::{date::Date, identifier::{Scheme, Wrong}};
    /// let on = Date::parse("2026-11-23").unwrap();
    /// assert!(Scheme::Niss.parse("85.07.30-033.28", Some(on)).is_ok());
    /// assert_eq!(Scheme::Niss.parse("85.07.30-033", Some(on)), Err(Wrong::Length { expected: 11, given: 9 }));
    /// ```
    ///
    /// # Errors
    /// The first thing that is wrong. Characters and length come before check digits, and these before what the parts may hold.
    pub fn parse(self, text: &str, on: Option<Date>) -> Result<Identifier, Wrong> {
        let def = self.def();
        let compact = digits::compact(text)?;
        let bare = def.prefixes.iter().find_map(|prefix| compact.strip_prefix(prefix)).unwrap_or(&compact);
        let Found { normal, parts } = (def.read)(bare, on)?;
        Ok(Identifier { scheme: self, normal, parts })
    }

    /// Checks that a text is a number of this scheme in its normal form, as a field of a record holds it.
    ///
    /// ```
    /// use sam_eurometropole::identifier::{NotStored, Scheme, Wrong};
    /// assert!(Scheme::Siren.stored("215903501").is_ok());
    /// let wrong = Scheme::Siren.stored("215 903 501").unwrap_err();
    /// assert_eq!(wrong, NotStored { wrong: Wrong::Writing, normal: Some("215903501".to_owned()) });
    /// ```
    ///
    /// # Errors
    /// What is wrong with the number; [`Wrong::Writing`] with the normal form, if only the writing is.
    pub fn stored(self, text: &str) -> Result<(), NotStored> {
        match self.parse(text, None) {
            Ok(found) if found.normal == text => Ok(()),
            Ok(found) => Err(NotStored { wrong: Wrong::Writing, normal: Some(found.normal) }),
            Err(wrong) => Err(NotStored { wrong, normal: None }),
        }
    }

    fn def(self) -> &'static Def {
        match self {
            Self::Siren => &siren::DEF,
            Self::Siret => &siret::DEF,
            Self::FrVat => &fr_vat::DEF,
            Self::Nir => &nir::DEF,
            Self::Niss => &niss::DEF,
            Self::BeEnterprise => &be_enterprise::DEF,
            Self::BeEstablishment => &be_establishment::DEF,
            Self::Iban => &iban::DEF,
            Self::FrPostcode => &fr_postcode::DEF,
            Self::BePostcode => &be_postcode::DEF,
            Self::InseeCommune => &insee_commune::DEF,
            Self::NisCommune => &nis_commune::DEF,
            Self::Finess => &finess::DEF,
            Self::PassIae => &pass_iae::DEF,
        }
    }
}

/// What a scheme is; each file of this folder has one.
struct Def {
    word: &'static str,
    personal: bool,
    /// Letters of the country that may stand before the number; the longer first.
    prefixes: &'static [&'static str],
    /// How people read it: `#` is the next character of the normal form. What is left over follows in groups of four.
    mask: &'static str,
    pattern: &'static str,
    /// From letters and digits, without a prefix.
    read: fn(&str, Option<Date>) -> Result<Found, Wrong>,
}

/// What a scheme reads.
struct Found {
    normal: String,
    parts: Parts,
}

type Parts = Vec<(&'static str, Json)>;

impl Found {
    fn new(normal: impl Into<String>, parts: impl Into<Parts>) -> Self {
        Self { normal: normal.into(), parts: parts.into() }
    }
}

/// A number that is formally right.
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier {
    scheme: Scheme,
    normal: String,
    parts: Parts,
}

impl Identifier {
    /// Its scheme.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The normal form, as it is stored: without separators, letters in upper case.
    #[must_use]
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The form that people read: grouped as is usual in its country.
    #[must_use]
    pub fn shown(&self) -> String {
        digits::grouped(&self.normal, self.scheme.def().mask)
    }

    /// What the number itself says, by name. A part that it leaves open is `null`.
    #[must_use]
    pub fn parts(&self) -> &[(&'static str, Json)] {
        &self.parts
    }

    /// One part.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Json> {
        self.parts.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// The number itself stays out: it may be a person's.
impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identifier({})", self.scheme.as_str())
    }
}

/// Why a text is not a number of its scheme. The number itself is never in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A character that the number does not have there.
    Characters,
    /// Too few or too many characters, separators and prefix aside.
    Length {
        /// How many there should be.
        expected: usize,
        /// How many there are.
        given: usize,
    },
    /// As [`Wrong::Length`], where the scheme has no single length.
    LengthRange {
        /// How many there should be at least.
        min: usize,
        /// How many there should be at most.
        max: usize,
        /// How many there are.
        given: usize,
    },
    /// It begins with what no such number begins with.
    Start,
    /// The check digits do not fit the others.
    CheckDigits,
    /// The SIREN inside it is wrong.
    Siren,
    /// The check digits of the bank account inside an IBAN do not fit.
    AccountKey,
    /// No such department.
    Department,
    /// A month that no such number has.
    Month,
    /// A sequence number that is never given out.
    Sequence,
    /// Born in a year after the day of the question.
    BornLater {
        /// The day of the question.
        on: Date,
    },
    /// The well-known example of documentation.
    Sample,
    /// The number is right, but not written in its normal form. Only [`Scheme::stored`] says so.
    Writing,
}

impl Wrong {
    /// Its code, which never changes its meaning; it is the id of its text as well.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Characters => "identifier.characters",
            Self::Length { .. } => "identifier.length",
            Self::LengthRange { .. } => "identifier.length_range",
            Self::Start => "identifier.start",
            Self::CheckDigits => "identifier.check_digits",
            Self::Siren => "identifier.siren",
            Self::AccountKey => "identifier.account_key",
            Self::Department => "identifier.department",
            Self::Month => "identifier.month",
            Self::Sequence => "identifier.sequence",
            Self::BornLater { .. } => "identifier.born_later",
            Self::Sample => "identifier.sample",
            Self::Writing => "identifier.writing",
        }
    }

    /// Values for its text.
    #[must_use]
    pub fn params(self) -> Vec<(&'static str, Json)> {
        match self {
            Self::Length { expected, given } => vec![("expected", Json::from(expected)), ("given", Json::from(given))],
            Self::LengthRange { min, max, given } => {
                vec![("min", Json::from(min)), ("max", Json::from(max)), ("given", Json::from(given))]
            }
            Self::BornLater { on } => vec![("on", Json::from(on.to_string()))],
            _ => Vec::new(),
        }
    }

    /// The reason in a language.
    #[must_use]
    pub fn to_text(self, messages: &Messages, lang: Lang) -> String {
        let params = self.params();
        let filled: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        messages.render(self.code(), lang, &filled)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Wrong {}

/// Why a text may not stand in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotStored {
    /// The reason.
    pub wrong: Wrong,
    /// The normal form, where only the writing is wrong.
    pub normal: Option<String>,
}

/// A text read as a number of a scheme, for people and machines.
///
/// ```
/// use sam_eurometropole::{Rulebook, identifier::{Reading, Scheme}, message::Lang};
///
/// let good = Reading::new(Scheme::Siren, "215903501", None);
/// assert_eq!(
///     good.to_json().to_canonical(),
///     r#"{"normal":"215903501","parts":{},"scheme":"siren","shown":"215 903 501","valid":true}"#
/// );
/// let bad = Reading::new(Scheme::Siren, "215903502", None);
/// assert_eq!(
///     bad.to_json().to_canonical(),
///     r#"{"scheme":"siren","valid":false,"wrong":{"code":"identifier.check_digits","params":{}}}"#
/// );
/// assert!(bad.to_text(Rulebook::embedded().messages(), Lang::Fr).starts_with("SIREN"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The scheme.
    pub scheme: Scheme,
    /// The number, or what is wrong.
    pub outcome: Result<Identifier, Wrong>,
}

impl Reading {
    /// Reads a text, as [`Scheme::parse`].
    #[must_use]
    pub fn new(scheme: Scheme, text: &str, on: Option<Date>) -> Self {
        Self { scheme, outcome: scheme.parse(text, on) }
    }

    /// `scheme`, `valid`, and `normal`, `shown` and `parts` or else `wrong` with `code` and `params`.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let object = |members: &[(&'static str, Json)]| {
            Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
        };
        let mut members = vec![("scheme", Json::from(self.scheme.as_str())), ("valid", self.outcome.is_ok().into())];
        match &self.outcome {
            Ok(found) => members.extend([
                ("normal", Json::from(found.normal())),
                ("shown", Json::from(found.shown())),
                ("parts", object(found.parts())),
            ]),
            Err(wrong) => {
                let told = [("code", Json::from(wrong.code())), ("params", object(&wrong.params()))];
                members.push(("wrong", object(&told)));
            }
        }
        object(&members)
    }

    /// One line in a language, without the number.
    #[must_use]
    pub fn to_text(&self, messages: &Messages, lang: Lang) -> String {
        let scheme = Json::from(messages.get(&format!("identifier.scheme.{}", self.scheme.as_str()), lang));
        match self.outcome {
            Ok(_) => messages.render("identifier.valid", lang, &[("scheme", &scheme)]),
            Err(wrong) => {
                let reason = Json::from(wrong.to_text(messages, lang));
                messages.render("identifier.wrong", lang, &[("scheme", &scheme), ("reason", &reason)])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_to_its_scheme() {
        for scheme in Scheme::ALL {
            assert_eq!(Scheme::from_word(scheme.as_str()), Some(scheme));
        }
        assert_eq!(Scheme::from_word("Siren"), None);
    }

    #[test]
    fn nothing_that_is_printed_shows_the_number() {
        let found = Scheme::Niss.parse("85073003328", None).unwrap();
        assert_eq!(format!("{found:?}"), "Identifier(niss)");
        let wrong = Scheme::Niss.parse("85073003329", None).unwrap_err();
        assert_eq!(format!("{wrong} {wrong:?}"), "identifier.check_digits CheckDigits");
    }

    #[test]
    fn no_text_panics_and_the_normal_form_is_stored() {
        let texts =
            ["", " ", "-", "é", "😀😀😀", "FR", "BE", "2A", "999999999999999999999999999999999999999999", "\u{0}"];
        for scheme in Scheme::ALL {
            for text in texts {
                if let Ok(found) = scheme.parse(text, None) {
                    assert_eq!(scheme.stored(found.normal()), Ok(()));
                }
            }
        }
    }
}
