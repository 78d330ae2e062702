//! A project of a programme: its period, partners, money, the indicators it answers to, its operations.
//!
//! Amounts are cents of euro. Which set of indicators applies is stated, never guessed: the sets of two programmes are not merged.

use super::prelude::*;

/// A project under a programme.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "project", key = "id")]
pub struct Project {
    /// The programme's own reference of the project.
    #[field(max_length = 64, leaves = "statistics")]
    pub id: Field<String>,
    /// Which project it is, where this rulebook knows it.
    #[field(code = "project", leaves = "statistics")]
    pub project: Field<Code>,
    /// Programme and its period.
    #[field(required, code = "programme", leaves = "statistics", valid_at = "start")]
    pub programme: Field<Code>,
    /// First day.
    #[field(required, leaves = "statistics")]
    pub start: Field<Date>,
    /// Last day, included.
    #[field(required, leaves = "statistics")]
    pub end: Field<Date>,
    /// The lead partner.
    #[field(code = "partner", leaves = "statistics")]
    pub lead: Field<Code>,
    /// The partners, each with its role.
    #[field(leaves = "statistics")]
    pub partners: Field<Vec<ProjectPartner>>,
    /// The money.
    pub budget: ProjectBudget,
    /// Costs by category.
    #[field(leaves = "project")]
    pub costs: Field<Vec<ProjectCost>>,
    /// Sets of indicators, and whether each applies.
    #[field(leaves = "project")]
    pub indicator_sets: Field<Vec<ProjectIndicators>>,
    /// Its operations.
    #[field(leaves = "project")]
    pub operations: Field<Vec<ProjectOperation>>,
    /// Day of the last payment of the programme.
    #[field(leaves = "project")]
    pub last_payment_on: Field<Date>,
    /// Day until which documents are kept.
    #[field(leaves = "project")]
    pub keep_documents_until: Field<Date>,
}

/// A partner of a project.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "project_partner")]
pub struct ProjectPartner {
    /// The partner, where this rulebook knows it. Each legal entity is one: a town and its welfare centre are two.
    #[field(code = "partner", leaves = "statistics")]
    pub partner: Field<Code>,
    /// Side on which it has its seat.
    #[field(code = "system", leaves = "statistics")]
    pub side: Field<Code>,
    /// Role in the project.
    #[field(required, code = "project_role", leaves = "statistics")]
    pub role: Field<Code>,
    /// How certain the role is.
    #[field(code = "role_certainty", leaves = "project")]
    pub role_certainty: Field<Code>,
    /// Budget, in cents.
    #[field(unit = "euro_cents", min = 0, leaves = "project")]
    pub budget: Field<Money>,
    /// Contribution of the European fund, in cents.
    #[field(unit = "euro_cents", min = 0, leaves = "project")]
    pub erdf: Field<Money>,
    /// Share of the European fund in the budget.
    #[field(unit = "percent", min = 0, max = 100, leaves = "project")]
    pub erdf_percent: Field<f64>,
}

/// The money of a project.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "project_budget")]
pub struct ProjectBudget {
    /// Total budget, in cents.
    #[field(unit = "euro_cents", min = 0, leaves = "statistics")]
    pub total: Field<Money>,
    /// Contribution of the European fund, in cents.
    #[field(unit = "euro_cents", min = 0, leaves = "statistics")]
    pub erdf: Field<Money>,
    /// Share of the European fund in the total.
    #[field(unit = "percent", min = 0, max = 100, leaves = "statistics")]
    pub erdf_percent: Field<f64>,
}

/// Costs of one category.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "project_cost")]
pub struct ProjectCost {
    /// The category.
    #[field(required, code = "cost_category", leaves = "project")]
    pub category: Field<Code>,
    /// The partner that bears them; not given: the whole project.
    #[field(code = "partner", leaves = "project")]
    pub partner: Field<Code>,
    /// Amount, in cents.
    #[field(required, unit = "euro_cents", min = 0, leaves = "project")]
    pub amount: Field<Money>,
}

/// A set of indicators.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "project_indicators")]
pub struct ProjectIndicators {
    /// The set.
    #[field(required, code = "indicator_set", leaves = "project")]
    pub set: Field<Code>,
    /// Whether it applies to this project.
    #[field(required, leaves = "project")]
    pub applies: Field<bool>,
}

/// An operation of a project.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "project_operation")]
pub struct ProjectOperation {
    /// Its reference.
    #[field(max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// What is done.
    #[field(required, code = "operation_kind", leaves = "project")]
    pub kind: Field<Code>,
    /// The partner in charge.
    #[field(code = "partner", leaves = "project")]
    pub responsible: Field<Code>,
    /// First day.
    #[field(leaves = "project")]
    pub start: Field<Date>,
    /// Last day, included.
    #[field(leaves = "project")]
    pub end: Field<Date>,
    /// Budget, in cents.
    #[field(unit = "euro_cents", min = 0, leaves = "project")]
    pub budget: Field<Money>,
}
