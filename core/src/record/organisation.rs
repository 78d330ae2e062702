//! An organisation: a welfare centre, a host, an employer.
//!
//! Held to what decides a placement: under which law it acts, by which number its country knows it, which schemes it may
//! host and since when, and in which languages its desk answers. No name of a person, no contact.

use super::prelude::*;

/// A body that sends, hosts or employs.
///
/// Its numbers are those of the national registers: a SIRET in France, an enterprise number and an establishment number in
/// Belgium.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "organisation", key = "id")]
pub struct Organisation {
    /// Reference of the organisation, as worksites and placements name it.
    #[field(required, max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// The partner of the project, where it is one.
    #[field(code = "partner", leaves = "project")]
    pub partner: Field<Code>,
    /// Kind of body.
    #[field(required, code = "organisation_kind", leaves = "statistics")]
    pub kind: Field<Code>,
    /// Size of an enterprise, as the programmes count it.
    #[field(code = "enterprise_size", leaves = "statistics")]
    pub size: Field<Code>,
    /// System whose law and vocabulary apply.
    #[field(code = "system", leaves = "statistics")]
    pub system: Field<Code>,
    /// Country of the seat (ISO 3166-1 alpha-2).
    #[field(required, code = "country", leaves = "project")]
    pub country: Field<Code>,
    /// Commune of the seat.
    #[field(leaves = "project")]
    pub commune: Field<TerritoryCode>,
    /// SIRET of the French establishment: 14 digits.
    #[field(form = "siret", leaves = "project", applicable(country = "FR"))]
    pub siret: Field<String>,
    /// Belgian enterprise number (BCE/KBO): 10 digits.
    #[field(form = "be_enterprise", leaves = "project", applicable(country = "BE"))]
    pub enterprise_number: Field<String>,
    /// Number of the Belgian establishment unit, without dots.
    #[field(max_length = 10, leaves = "project", applicable(country = "BE"))]
    pub establishment_number: Field<String>,
    /// Kind of structure in French insertion through work, where it is one.
    #[field(code = "iae_structure_kind", leaves = "project", applicable(country = "FR"))]
    pub iae_kind: Field<Code>,
    /// Languages in which the desk answers.
    #[field(code = "language", leaves = "project")]
    pub languages_at_desk: Field<Vec<Code>>,
    /// Whether its staff is bound by professional secrecy.
    #[field(leaves = "project")]
    pub secrecy_duty: Field<bool>,
    /// Schemes that it may host by agreement.
    #[field(leaves = "project")]
    pub scheme_agreements: Field<Vec<SchemeAgreement>>,
}

/// What an organisation may host, and when.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "scheme_agreement")]
pub struct SchemeAgreement {
    /// Legal frame that it may host.
    #[field(required, code = "scheme", leaves = "project", valid_at = "from")]
    pub scheme: Field<Code>,
    /// First day of the agreement.
    #[field(leaves = "project")]
    pub from: Field<Date>,
    /// Last day of the agreement, included; not given while it has no end.
    #[field(leaves = "project")]
    pub until: Field<Date>,
    /// Places at the same time under the agreement.
    #[field(unit = "places", min = 0, max = 999, leaves = "statistics")]
    pub places: Field<i64>,
}
