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
#[record(name = "participant", key = "id")]
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
    /// Level of education by the codes of the French payment agency (ASP), where a French file states it.
    #[field(code = "asp_education", personal, intrusive = 1)]
    pub education_asp: Field<Code>,
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
    /// What was done about those obstacles.
    #[field(personal, leaves = "statistics")]
    pub mobility_steps: Field<Vec<MobilityStep>>,
    /// Driving licences held (categories of Directive 2006/126/EC).
    #[field(code = "driving_licence", personal, leaves = "host")]
    pub driving_licence: Field<Vec<Code>>,
    /// Contract of insertion or integration with the centre.
    pub integration_contract: IntegrationContract,
    /// Exemption from an obligation, without its reason.
    pub exemption: Exemption,
    /// Criteria of the French insertion-through-work scheme that are met; judged in memory, counted, never stored.
    #[field(code = "iae_criterion", personal, special = "9, 10", intrusive = 3, transient)]
    pub iae_criteria: Field<Vec<Code>>,
    /// Number of level 1 criteria of the French insertion-through-work scheme; which ones is not kept.
    #[field(min = 0, max = 18, personal, intrusive = 2, counts(list = "iae_criteria", concept = "iae_level_1"))]
    pub level1_count: Field<i64>,
    /// Number of level 2 criteria of the French insertion-through-work scheme; which ones is not kept.
    #[field(min = 0, max = 18, personal, intrusive = 2, counts(list = "iae_criteria", concept = "iae_level_2"))]
    pub level2_count: Field<i64>,
    /// Number of criteria of annex 1 of a French employers' group (GEIQ), with those of both annexes; which ones is not kept.
    #[field(min = 0, max = 11, personal, intrusive = 2)]
    pub geiq_annex1_count: Field<i64>,
    /// The diagnosis behind those criteria.
    pub diagnosis: Diagnosis,
    /// The pass of French insertion through work.
    pub pass_iae: PassIae,
    /// Placements before the one that is examined.
    #[field(personal, intrusive = 1)]
    pub earlier_placements: Field<Vec<EarlierPlacement>>,
    /// Participations in operations, as the programmes count them.
    #[field(personal, intrusive = 1, leaves = "statistics")]
    pub participations: Field<Vec<Participation>>,
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
    #[field(required, code = "benefit", personal, special = "9", intrusive = 2, valid_at = "since")]
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

/// One step of the work on mobility: obstacle, step, result.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "mobility_step")]
pub struct MobilityStep {
    /// What was done.
    #[field(required, code = "mobility_step", personal, leaves = "statistics")]
    pub kind: Field<Code>,
    /// The obstacle that it was meant for.
    #[field(code = "mobility_barrier", personal, intrusive = 1, leaves = "statistics")]
    pub barrier: Field<Code>,
    /// Day of the step.
    #[field(personal)]
    pub on: Field<Date>,
    /// Who did it.
    #[field(code = "placement_party", personal, leaves = "statistics")]
    pub by: Field<Code>,
    /// What it cost, in cents.
    #[field(unit = "euro_cents", min = 0, personal, leaves = "statistics")]
    pub cost: Field<Money>,
    /// What came of it.
    #[field(code = "mobility_result", personal, leaves = "statistics")]
    pub result: Field<Code>,
}

/// A diagnosis for French insertion through work; which criteria were met is not kept.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "diagnosis")]
pub struct Diagnosis {
    /// For which scheme it was made.
    #[field(code = "diagnosis_kind", personal, intrusive = 1)]
    pub kind: Field<Code>,
    /// Who made it.
    #[field(code = "diagnosis_author", personal, intrusive = 1)]
    pub established_by: Field<Code>,
    /// Reference of the structure that made it, and alone may use it.
    #[field(max_length = 64, personal, intrusive = 1, applicable(established_by = "employer"))]
    pub structure: Field<String>,
    /// Kind of the structure that hires.
    #[field(code = "iae_structure_kind", personal, intrusive = 1)]
    pub structure_kind: Field<Code>,
    /// Day of the diagnosis.
    #[field(personal)]
    pub on: Field<Date>,
    /// Last day of its validity, included.
    #[field(personal)]
    pub valid_until: Field<Date>,
}

/// The pass of French insertion through work (*PASS IAE*).
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "pass_iae")]
pub struct PassIae {
    /// Number of the pass: 12 letters or digits.
    #[field(form = "pass_iae", personal, intrusive = 2)]
    pub number: Field<String>,
    /// First day.
    #[field(personal, intrusive = 1)]
    pub start: Field<Date>,
    /// Last day, included, with suspensions and prolongations.
    #[field(personal, intrusive = 1)]
    pub end: Field<Date>,
    /// Suspensions.
    #[field(personal, intrusive = 1)]
    pub suspensions: Field<Vec<Suspension>>,
    /// Prolongations.
    #[field(personal, intrusive = 1)]
    pub prolongations: Field<Vec<Prolongation>>,
}

/// A suspension of the pass.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "suspension")]
pub struct Suspension {
    /// First day.
    #[field(required, personal, intrusive = 1)]
    pub from: Field<Date>,
    /// Last day, included.
    #[field(personal, intrusive = 1)]
    pub until: Field<Date>,
    /// Reason, where it lies in the contract; a personal reason is not told.
    #[field(code = "pass_suspension_reason", personal, intrusive = 2)]
    pub reason: Field<Code>,
}

/// A prolongation of the pass.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "prolongation")]
pub struct Prolongation {
    /// First day: the end of the pass so far.
    #[field(required, personal, intrusive = 1)]
    pub from: Field<Date>,
    /// Day on which it is over, not included.
    #[field(personal, intrusive = 1)]
    pub until: Field<Date>,
    /// Reason, where it is none of health; another is not told.
    #[field(code = "pass_prolongation_reason", personal, intrusive = 2)]
    pub reason: Field<Code>,
}

/// A placement before the one that is examined.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "earlier_placement")]
pub struct EarlierPlacement {
    /// The host, where it is a partner of the project.
    #[field(code = "partner", personal, intrusive = 1)]
    pub host_partner: Field<Code>,
    /// Reference of the organisation that was the host.
    #[field(max_length = 64, personal, intrusive = 1)]
    pub host_organisation: Field<String>,
    /// Legal frame.
    #[field(required, code = "scheme", personal, intrusive = 1, valid_at = "start")]
    pub scheme: Field<Code>,
    /// What it was for.
    #[field(code = "immersion_object", personal, intrusive = 1)]
    pub object: Field<Code>,
    /// First day.
    #[field(required, personal, intrusive = 1)]
    pub start: Field<Date>,
    /// Last day, included.
    #[field(required, personal, intrusive = 1)]
    pub end: Field<Date>,
    /// Days of presence.
    #[field(unit = "days", min = 0, max = 366, personal, intrusive = 1)]
    pub days: Field<i64>,
    /// Whether it renewed the agreement before it.
    #[field(personal, intrusive = 1)]
    pub renewal: Field<bool>,
}

/// A participation in an operation: status at the entry, at the exit and six months later.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "participation")]
pub struct Participation {
    /// Reference of the project or operation.
    #[field(required, max_length = 64, personal, leaves = "project")]
    pub project: Field<String>,
    /// First day of support.
    #[field(required, personal, leaves = "statistics")]
    pub entry: Field<Date>,
    /// Last day of support.
    #[field(personal, leaves = "statistics")]
    pub exit: Field<Date>,
    /// Status on the labour market at the entry.
    #[field(code = "labour_status", personal, intrusive = 1, leaves = "statistics")]
    pub status_at_entry: Field<Code>,
    /// First day of the spell of unemployment that ran at the entry.
    #[field(personal, intrusive = 1, leaves = "statistics", applicable(status_at_entry = "unemployed"))]
    pub unemployed_since: Field<Date>,
    /// Whether the person was in education or training at the entry.
    #[field(personal, intrusive = 1, leaves = "statistics")]
    pub in_training_at_entry: Field<bool>,
    /// Status on the labour market within four weeks after the exit.
    #[field(code = "labour_status", personal, intrusive = 1, leaves = "statistics")]
    pub status_at_exit: Field<Code>,
    /// Whether the person was in education or training within four weeks after the exit.
    #[field(personal, intrusive = 1, leaves = "statistics")]
    pub in_training_at_exit: Field<bool>,
    /// Whether a qualification was gained within four weeks after the exit.
    #[field(personal, intrusive = 1, leaves = "statistics")]
    pub qualification_at_exit: Field<bool>,
    /// Status on the labour market six months after the exit.
    #[field(code = "labour_status", personal, intrusive = 1, leaves = "statistics")]
    pub status_after_six_months: Field<Code>,
    /// Whether the situation at work was better six months after the exit.
    #[field(personal, intrusive = 1, leaves = "statistics")]
    pub improved_after_six_months: Field<bool>,
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
