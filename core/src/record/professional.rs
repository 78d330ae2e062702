//! A professional of a partner: who could go on an immersion, and with which wishes.
//!
//! Never a private address, never a day of birth, never a name: a reference, a function, an employer, languages.

use super::participant::LanguageSkill;
use super::prelude::*;

/// A professional of social welfare, known by the employer's reference.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "professional", key = "id")]
pub struct Professional {
    /// Reference given by the employer; never a name or a national number.
    #[field(required, personal, max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// Function.
    #[field(required, code = "professional_function", personal, leaves = "project")]
    pub function: Field<Code>,
    /// Who employs the professional.
    pub employer: ProfessionalEmployer,
    /// Languages spoken, with the level of each (CEFR).
    #[field(personal, leaves = "host")]
    pub languages: Field<Vec<LanguageSkill>>,
    /// Whether the professional is bound by professional secrecy.
    #[field(personal, leaves = "host")]
    pub secrecy_duty: Field<bool>,
    /// Immersions wished for.
    #[field(personal, leaves = "project", adjustable)]
    pub immersion_wishes: Field<Vec<ImmersionWish>>,
    /// Day on which the professional was told what is done with the data.
    #[field(personal)]
    pub information_given_on: Field<Date>,
    /// Day until which the record is kept.
    #[field(personal)]
    pub keep_until: Field<Date>,
}

/// Who employs a professional.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "professional_employer")]
pub struct ProfessionalEmployer {
    /// Reference of the organisation.
    #[field(max_length = 64, personal, leaves = "project")]
    pub organisation: Field<String>,
    /// The partner of the project, where the employer is one.
    #[field(code = "partner", personal, leaves = "project")]
    pub partner: Field<Code>,
}

/// An immersion wished for.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "immersion_wish")]
pub struct ImmersionWish {
    /// The partner to be visited.
    #[field(code = "partner", personal, leaves = "project", adjustable)]
    pub partner: Field<Code>,
    /// What the professional wants to see.
    #[field(code = "immersion_topic", personal, leaves = "project", adjustable)]
    pub topic: Field<Code>,
    /// First day possible.
    #[field(personal, leaves = "project", adjustable)]
    pub from: Field<Date>,
    /// Last day possible, included.
    #[field(personal, leaves = "project", adjustable)]
    pub until: Field<Date>,
    /// Days wished for.
    #[field(unit = "days", min = 1, max = 366, personal, leaves = "project", adjustable)]
    pub days: Field<i64>,
}
