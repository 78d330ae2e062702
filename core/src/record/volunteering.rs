//! What one volunteer does for one organiser in one calendar year.
//!
//! The Belgian caps are those of a day and of a calendar year, so a record spans a year at most. The register of days is what
//! the organiser has to hold; it stays there. No name, and no benefit: only which body was told, and when.

use super::prelude::*;

/// A volunteer's engagement with an organiser: bénévole in France, volontaire or vrijwilliger in Belgium; not a civic service.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "volunteering", key = "id")]
pub struct Volunteering {
    /// Pseudonym of the volunteer given by the organiser; never a national number.
    #[field(personal, max_length = 64)]
    pub id: Field<String>,
    /// Who organises the task.
    pub organiser: VolunteeringOrganiser,
    /// System of the place where the volunteer lives.
    #[field(code = "system", personal, leaves = "statistics")]
    pub residence: Field<Code>,
    /// System of the place where the task is done.
    #[field(code = "system", leaves = "statistics")]
    pub place: Field<Code>,
    /// Kind of task.
    #[field(required, code = "volunteer_task", leaves = "statistics")]
    pub task: Field<Code>,
    /// First day in the calendar year.
    #[field(required, personal)]
    pub start: Field<Date>,
    /// Last day in the calendar year, included.
    #[field(personal)]
    pub end: Field<Date>,
    /// Register of the days, with what was paid.
    #[field(personal)]
    pub days: Field<Vec<VolunteerDay>>,
    /// Sums of the calendar year.
    pub totals: VolunteerTotals,
    /// Whether the volunteer agreed freely; no right to a benefit may hang on it.
    #[field(personal)]
    pub freely_agreed: Field<bool>,
    /// Whether the volunteer is employed by the organiser for the same tasks.
    #[field(personal, intrusive = 1)]
    pub employed_by_organiser: Field<bool>,
    /// Bodies that were told beforehand.
    #[field(personal, intrusive = 1)]
    pub declarations: Field<Vec<VolunteerDeclaration>>,
    /// Insurance of the volunteer.
    pub insurance: VolunteerInsurance,
    /// Day on which the volunteer was told what is done with the data.
    #[field(personal)]
    pub information_given_on: Field<Date>,
    /// Day until which the record is kept.
    #[field(personal)]
    pub keep_until: Field<Date>,
}

/// Who organises the task.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "volunteering_organiser")]
pub struct VolunteeringOrganiser {
    /// The partner, where the organiser is one.
    #[field(code = "partner", leaves = "project")]
    pub partner: Field<Code>,
    /// Public body, association or other.
    #[field(code = "organiser_kind", leaves = "statistics")]
    pub kind: Field<Code>,
    /// System whose law the organiser is under.
    #[field(required, code = "system", leaves = "statistics")]
    pub system: Field<Code>,
}

/// A day of the register.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "volunteer_day")]
pub struct VolunteerDay {
    /// The day.
    #[field(required, personal)]
    pub day: Field<Date>,
    /// Hours.
    #[field(unit = "hours", min = 0, max = 24, personal)]
    pub hours: Field<f64>,
    /// Flat-rate allowance, in cents.
    #[field(unit = "euro_cents", min = 0, personal)]
    pub flat_rate: Field<Money>,
    /// Real costs paid back on proof, in cents.
    #[field(unit = "euro_cents", min = 0, personal)]
    pub real_costs: Field<Money>,
    /// Kilometres paid back.
    #[field(unit = "km", min = 0, max = 5000, personal)]
    pub km: Field<f64>,
}

/// Sums of the calendar year.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "volunteer_totals")]
pub struct VolunteerTotals {
    /// Days with a task.
    #[field(unit = "days", min = 0, max = 366, personal, leaves = "statistics")]
    pub days: Field<i64>,
    /// Hours.
    #[field(unit = "hours", min = 0, max = 8784, personal, leaves = "statistics")]
    pub hours: Field<f64>,
    /// Flat-rate allowances of this organiser, in cents.
    #[field(unit = "euro_cents", min = 0, personal)]
    pub flat_rate: Field<Money>,
    /// Real costs paid back by this organiser on proof, without kilometres, in cents.
    #[field(unit = "euro_cents", min = 0, personal)]
    pub real_costs: Field<Money>,
    /// Kilometres paid back.
    #[field(unit = "km", min = 0, max = 200000, personal)]
    pub km: Field<f64>,
    /// What was paid for those kilometres, in cents.
    #[field(unit = "euro_cents", min = 0, personal)]
    pub km_allowance: Field<Money>,
    /// Flat-rate allowances of all organisers, this one included, as the volunteer declares, in cents.
    #[field(unit = "euro_cents", min = 0, personal, intrusive = 1)]
    pub flat_rate_everywhere: Field<Money>,
    /// Whether another organiser pays back real costs, as the volunteer declares.
    #[field(personal, intrusive = 1)]
    pub real_costs_elsewhere: Field<bool>,
}

/// A body that was told.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "volunteer_declaration")]
pub struct VolunteerDeclaration {
    /// Which declaration.
    #[field(required, code = "volunteer_declaration", personal, intrusive = 1)]
    pub kind: Field<Code>,
    /// Day on which it was made; not given while it is still to be made.
    #[field(personal, intrusive = 1)]
    pub made_on: Field<Date>,
    /// What the body answered.
    #[field(code = "declaration_answer", personal, intrusive = 1)]
    pub answer: Field<Code>,
    /// Day of the answer.
    #[field(personal, intrusive = 1)]
    pub answered_on: Field<Date>,
}

/// Insurance of the volunteer.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "volunteer_insurance")]
pub struct VolunteerInsurance {
    /// What covers the volunteer.
    #[field(code = "volunteer_cover", leaves = "host")]
    pub cover: Field<Code>,
    /// Whether the policy or certificate was seen.
    #[field(leaves = "host")]
    pub seen: Field<bool>,
    /// Whether it is valid across the border.
    #[field(leaves = "host")]
    pub valid_abroad: Field<bool>,
}
