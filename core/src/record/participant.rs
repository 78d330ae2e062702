//! The person who is placed.
//!
//! Held to what a rule or a report needs: no name, no contact, no national number, no free text. Benefits and
//! contracts are dated lists, because a rule asks what held on a day.

use super::prelude::*;

/// A person far from work whom a centre accompanies.
///
/// Dates are civil days (`YYYY-MM-DD`), codes come from the lists named beside each field, territories are
/// `FR-59512` or `BE-57096`.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "participant")]
pub struct Participant {
    /// Pseudonym given by the home centre; never a national number.
    #[field(personal, max_length = 64)]
    pub id: Field<String>,
    /// Day of birth; asked only where a rule needs a day.
    #[field(personal, intrusive = 1)]
    pub birth_date: Field<Date>,
    /// Age band at the start, where the day of birth is not needed.
    #[field(code = "age_band", personal, leaves = "statistics")]
    pub age_band: Field<Code>,
    /// Sex or gender as the programmes' indicators ask for it.
    #[field(code = "gender", personal, intrusive = 1, leaves = "statistics")]
    pub gender: Field<Code>,
    /// Commune where the person lives.
    #[field(personal, leaves = "project")]
    pub residence: Field<TerritoryCode>,
    /// Centre or partner that accompanies the person.
    #[field(code = "partner", personal, leaves = "project")]
    pub supported_by: Field<Code>,
    /// Social benefits, by national name.
    #[field(personal, intrusive = 2)]
    pub benefits: Field<Vec<BenefitPeriod>>,
    /// Registration with a public employment service.
    pub jobseeker: Jobseeker,
    /// Highest level of education reached (ISCED 2011).
    #[field(code = "isced_2011", personal, intrusive = 1, leaves = "statistics")]
    pub education_level: Field<Code>,
    /// Languages spoken, with the level of each (CEFR).
    #[field(personal, leaves = "host")]
    pub languages: Field<Vec<LanguageSkill>>,
    /// Group of nationality: own country, European Union, other; never the nationality itself.
    #[field(code = "nationality_group", personal, intrusive = 2)]
    pub nationality_group: Field<Code>,
    /// Countries where the person may work, and until when.
    #[field(personal, intrusive = 2)]
    pub right_to_work: Field<Vec<RightToWork>>,
    /// Kind of household.
    #[field(code = "household_type", personal, intrusive = 2, leaves = "statistics")]
    pub household_type: Field<Code>,
    /// Obstacles to mobility, as agreed with the person.
    #[field(code = "mobility_barrier", personal, intrusive = 1, adjustable)]
    pub mobility_barriers: Field<Vec<Code>>,
    /// Driving licences held (categories of Directive 2006/126/EC).
    #[field(code = "driving_licence", personal, leaves = "host")]
    pub driving_licence: Field<Vec<Code>>,
    /// Contract of insertion or integration with the centre.
    pub integration_contract: IntegrationContract,
    /// Exemption from an obligation, without its reason.
    pub exemption: Exemption,
    /// Number of level 1 criteria of the French insertion-through-work scheme; which ones is not kept.
    #[field(min = 0, max = 18, personal, intrusive = 2)]
    pub level1_count: Field<i64>,
    /// Number of level 2 criteria of the French insertion-through-work scheme; which ones is not kept.
    #[field(min = 0, max = 18, personal, intrusive = 2)]
    pub level2_count: Field<i64>,
    /// Day on which those criteria were established.
    #[field(personal)]
    pub criteria_established_on: Field<Date>,
    /// Whether a legal representative is known to the home centre (persons under 18 or protected).
    #[field(personal, intrusive = 1)]
    pub legal_representative_known: Field<bool>,
    /// Day on which the person was told what is done with the data.
    #[field(personal)]
    pub information_given_on: Field<Date>,
    /// What the person agrees may be handed to whom.
    #[field(personal, adjustable)]
    pub agrees_to_transmission: Field<Vec<Transmission>>,
    /// Day until which the record is kept.
    #[field(personal)]
    pub keep_until: Field<Date>,
}

/// One social benefit over a period.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "benefit_period")]
pub struct BenefitPeriod {
    /// The benefit, by national code; some are paid for a disability or an illness.
    #[field(required, code = "benefit", personal, special = 9, intrusive = 2, valid_at = "since")]
    pub benefit: Field<Code>,
    /// First day of the right.
    #[field(personal, intrusive = 2)]
    pub since: Field<Date>,
    /// Last day of the right; not given while it runs.
    #[field(personal, intrusive = 2)]
    pub until: Field<Date>,
}

/// Registration as a jobseeker.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "jobseeker")]
pub struct Jobseeker {
    /// Whether the person is registered.
    #[field(personal)]
    pub registered: Field<bool>,
    /// The public employment service.
    #[field(code = "jobseeker_register", personal, applicable(registered = "true"))]
    pub register: Field<Code>,
    /// First day of the present registration.
    #[field(personal, applicable(registered = "true"))]
    pub since: Field<Date>,
}

/// A language and its level.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "language_skill")]
pub struct LanguageSkill {
    /// ISO 639 code.
    #[field(required, code = "language", personal, leaves = "host")]
    pub language: Field<Code>,
    /// Level of the Common European Framework (A1 to C2, or `native`).
    #[field(code = "cefr", personal, leaves = "host")]
    pub level: Field<Code>,
}

/// A country where the person may work.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "right_to_work")]
pub struct RightToWork {
    /// ISO 3166-1 alpha-2 code.
    #[field(required, code = "country", personal, intrusive = 2)]
    pub country: Field<Code>,
    /// Last day of the right; not given where it has none.
    #[field(personal, intrusive = 2)]
    pub until: Field<Date>,
}

/// The contract between the person and the centre.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "integration_contract")]
pub struct IntegrationContract {
    /// Kind of contract, by national code.
    #[field(code = "integration_contract", personal, valid_at = "signed")]
    pub kind: Field<Code>,
    /// Day of signature.
    #[field(personal)]
    pub signed: Field<Date>,
    /// Last day of the contract.
    #[field(personal)]
    pub until: Field<Date>,
}

/// An exemption; its reason is not collected.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "exemption")]
pub struct Exemption {
    /// What the person is exempted from.
    #[field(code = "exemption_from", personal, intrusive = 2)]
    pub from: Field<Code>,
    /// Who decided.
    #[field(code = "placement_party", personal)]
    pub by: Field<Code>,
    /// Day of the decision.
    #[field(personal)]
    pub on: Field<Date>,
}

/// An agreement to hand data to a partner.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "transmission")]
pub struct Transmission {
    /// The partner that may receive the data.
    #[field(required, code = "partner", personal)]
    pub to: Field<Code>,
    /// Day of the agreement.
    #[field(required, personal)]
    pub on: Field<Date>,
    /// Day on which it was withdrawn.
    #[field(personal)]
    pub withdrawn: Field<Date>,
}
