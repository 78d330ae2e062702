//! One figure: an indicator, a place, a period, a breakdown, and the value.
//!
//! Nothing in it is about a person: it holds counts and rates. What an indicator allows (unit, range, levels, breakdowns) is in the
//! taxonomy of the rulebook.

use super::prelude::*;

/// A figure of an indicator for a place and a period.
///
/// The place is a commune (`territory`), or any other area by its code and level (`area`, `level`).
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(
    name = "observation",
    key = "indicator territory area level period breakdown unit source source_reference vintage partner"
)]
pub struct Observation {
    /// The indicator, by its code.
    #[field(required, code = "indicator", leaves = "statistics")]
    pub indicator: Field<Code>,
    /// The commune, where the figure is of a commune.
    #[field(valid_at = "vintage", leaves = "statistics")]
    pub territory: Field<TerritoryCode>,
    /// The area, where it is no commune: a NUTS code (`FRE11`), or the country and a national code (`FR-59`).
    #[field(form = "area", leaves = "statistics")]
    pub area: Field<String>,
    /// Level of the area.
    #[field(code = "area_level", leaves = "statistics")]
    pub level: Field<Code>,
    /// Period that the figure is about, as SDMX writes it (`2023`, `2023-Q1`, `2023-01`).
    #[field(required, form = "period", leaves = "statistics")]
    pub period: Field<String>,
    /// The part of the population, where the figure is not of all.
    pub breakdown: Breakdown,
    /// The value.
    #[field(leaves = "statistics")]
    pub value: Field<f64>,
    /// Unit of the value.
    #[field(required, code = "unit", leaves = "statistics")]
    pub unit: Field<Code>,
    /// Status of the observation (SDMX); without one, the value is a normal one.
    #[field(code = "obs_status", leaves = "statistics")]
    pub obs_status: Field<Code>,
    /// Who produced the figure.
    #[field(required, code = "data_provider", leaves = "statistics")]
    pub source: Field<Code>,
    /// Reference of the table or series at the source, without words.
    #[field(form = "reference", max_length = 64, leaves = "statistics")]
    pub source_reference: Field<String>,
    /// What was counted, for a rate.
    #[field(leaves = "statistics")]
    pub numerator: Field<f64>,
    /// Of how many, for a rate.
    #[field(min = 0, leaves = "statistics")]
    pub denominator: Field<f64>,
    /// Year whose communes, as of 1 January, the figure follows.
    #[field(min = 1900, max = 2199, leaves = "statistics")]
    pub vintage: Field<i64>,
    /// Day on which the source published the figure.
    #[field(leaves = "statistics")]
    pub released_on: Field<Date>,
    /// Partner that hands in the figure.
    #[field(code = "partner", leaves = "statistics")]
    pub partner: Field<Code>,
}

/// The part of the population that a figure is about. What is not given is the total.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "breakdown")]
pub struct Breakdown {
    /// Sex (SDMX).
    #[field(code = "obs_sex", leaves = "statistics")]
    pub sex: Field<Code>,
    /// Age band (SDMX).
    #[field(code = "obs_age", leaves = "statistics")]
    pub age: Field<Code>,
    /// Kind of household.
    #[field(code = "household_type", leaves = "statistics")]
    pub household: Field<Code>,
    /// Group of nationality.
    #[field(code = "nationality_group", leaves = "statistics")]
    pub nationality: Field<Code>,
    /// Level of education (ISCED 2011 in three bands).
    #[field(code = "obs_education", leaves = "statistics")]
    pub education: Field<Code>,
    /// Tenure of the dwelling.
    #[field(code = "obs_tenure", leaves = "statistics")]
    pub tenure: Field<Code>,
    /// Duration of what is counted.
    #[field(code = "obs_duration", leaves = "statistics")]
    pub duration: Field<Code>,
    /// Country.
    #[field(code = "country", leaves = "statistics")]
    pub country: Field<Code>,
    /// Theme.
    #[field(code = "theme", leaves = "statistics")]
    pub theme: Field<Code>,
    /// A category of the indicator's own breakdown (kind of place, size of dwelling), as a code of the source.
    #[field(form = "reference", max_length = 32, leaves = "statistics")]
    pub category: Field<String>,
}
