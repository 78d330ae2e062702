//! The analysis of social needs that a centre makes of its territory: figures, needs expressed at the desk, services, findings,
//! priorities.
//!
//! It tells of a territory, never of a person: texts are allowed for findings and belong to the territory alone.

use super::observation::Breakdown;
use super::prelude::*;

/// An analysis of the social needs of a territory.
///
/// Each system has its own exercise (`framework`); the publics that French law names apply in France only.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "needs_analysis", key = "id")]
pub struct NeedsAnalysis {
    /// Reference given by the centre.
    #[field(form = "reference", max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// Centre or partner that made it.
    #[field(required, code = "partner", leaves = "project")]
    pub partner: Field<Code>,
    /// Commune that it is about.
    #[field(required, valid_at = "year", leaves = "project")]
    pub territory: Field<TerritoryCode>,
    /// System that the territory belongs to.
    #[field(required, code = "system", leaves = "project")]
    pub system: Field<Code>,
    /// The exercise of that system.
    #[field(code = "analysis_framework", leaves = "project")]
    pub framework: Field<Code>,
    /// Year of the analysis.
    #[field(required, min = 1990, max = 2199, leaves = "project")]
    pub year: Field<i64>,
    /// First year of its figures.
    #[field(min = 1990, max = 2199, leaves = "project")]
    pub first_year: Field<i64>,
    /// Last year of its figures.
    #[field(min = 1990, max = 2199, leaves = "project")]
    pub last_year: Field<i64>,
    /// Day on which it was presented to the council.
    #[field(leaves = "project")]
    pub presented_on: Field<Date>,
    /// Methods used.
    #[field(code = "analysis_method", leaves = "project")]
    pub methods: Field<Vec<Code>>,
    /// Who produced the figures.
    #[field(code = "data_provider", leaves = "project")]
    pub sources: Field<Vec<Code>>,
    /// Themes looked at.
    #[field(code = "theme", leaves = "project")]
    pub themes: Field<Vec<Code>>,
    /// Publics that French law names and that were looked at.
    #[field(code = "analysis_public", leaves = "project", applicable(system = "FR"))]
    pub publics: Field<Vec<Code>>,
    /// Figures that the analysis rests on.
    #[field(leaves = "project")]
    pub observations: Field<Vec<AnalysisObservation>>,
    /// Needs expressed at the desk.
    pub desk: Desk,
    /// Fields in which services are present on the territory.
    #[field(code = "service_theme", leaves = "project")]
    pub services_present: Field<Vec<Code>>,
    /// What was found.
    #[field(leaves = "project")]
    pub findings: Field<Vec<AnalysisFinding>>,
    /// Themes to act on, the most urgent first.
    #[field(code = "theme", leaves = "project")]
    pub priorities: Field<Vec<Code>>,
}

/// A figure of the analysis, for its territory.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "analysis_observation")]
pub struct AnalysisObservation {
    /// The indicator, by its code.
    #[field(required, code = "indicator", leaves = "project")]
    pub indicator: Field<Code>,
    /// Period that the figure is about.
    #[field(required, form = "period", leaves = "project")]
    pub period: Field<String>,
    /// The part of the population.
    pub breakdown: Breakdown,
    /// The value.
    #[field(leaves = "project")]
    pub value: Field<f64>,
    /// Unit of the value.
    #[field(required, code = "unit", leaves = "project")]
    pub unit: Field<Code>,
    /// Status of the observation.
    #[field(code = "obs_status", leaves = "project")]
    pub obs_status: Field<Code>,
    /// Who produced the figure.
    #[field(code = "data_provider", leaves = "project")]
    pub source: Field<Code>,
    /// What was counted, for a rate.
    #[field(leaves = "project")]
    pub numerator: Field<f64>,
    /// Of how many, for a rate.
    #[field(min = 0, leaves = "project")]
    pub denominator: Field<f64>,
}

/// What people came for, in the year of the analysis (indicators ACC07 to ACC09).
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "desk")]
pub struct Desk {
    /// Distinct persons received at least once (ACC07).
    #[field(min = 0, leaves = "project")]
    pub people_received: Field<i64>,
    /// Days until the first appointment, on average (ACC08).
    #[field(min = 0, max = 365, unit = "days", leaves = "project")]
    pub days_to_appointment: Field<f64>,
    /// Needs expressed, by field (ACC09).
    #[field(leaves = "project")]
    pub needs: Field<Vec<ExpressedNeed>>,
}

/// How many persons expressed a need of a field.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "expressed_need")]
pub struct ExpressedNeed {
    /// Field of the need.
    #[field(required, code = "service_theme", leaves = "project")]
    pub domain: Field<Code>,
    /// Distinct persons; one person may have several needs.
    #[field(required, min = 0, leaves = "project")]
    pub persons: Field<i64>,
}

/// What the analysis found about a theme.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "analysis_finding")]
pub struct AnalysisFinding {
    /// The theme.
    #[field(required, code = "theme", leaves = "project")]
    pub theme: Field<Code>,
    /// How grave the need is.
    #[field(required, code = "need_severity", leaves = "project")]
    pub severity: Field<Code>,
    /// How it develops.
    #[field(code = "need_trend", leaves = "project")]
    pub trend: Field<Code>,
    /// The indicator that shows it.
    #[field(code = "indicator", leaves = "project")]
    pub indicator: Field<Code>,
    /// What is to be said about the territory; never about a person.
    #[field(max_length = 500, leaves = "project")]
    pub about_territory: Field<String>,
}
