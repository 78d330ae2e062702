//! A placement: one person, one host, one period, under one legal frame.
//!
//! Every legal rule hangs on `scheme`. Working hours are those of a week; the schedule, where given, lists the
//! slots of an ordinary week.

use super::prelude::*;

/// The placement of a participant with a host across the border.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "placement", key = "id")]
pub struct Placement {
    /// The partner's own reference of the placement.
    #[field(personal, max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// Pseudonym of the participant, or reference of the professional.
    #[field(max_length = 64, personal)]
    pub person: Field<String>,
    /// Reference of the placement that this one renews.
    #[field(max_length = 64, personal, leaves = "project")]
    pub renewal_of: Field<String>,
    /// Insertion of a person far from work, or immersion.
    #[field(required, code = "placement_kind", leaves = "host", adjustable)]
    pub kind: Field<Code>,
    /// Legal frame of the placement.
    #[field(required, code = "scheme", leaves = "host", adjustable, valid_at = "start")]
    pub scheme: Field<Code>,
    /// What the placement is for: discover, confirm a project, start a recruitment.
    #[field(code = "immersion_object", leaves = "host", adjustable)]
    pub object: Field<Code>,
    /// First day.
    #[field(required, leaves = "host", adjustable)]
    pub start: Field<Date>,
    /// Last day, included.
    #[field(required, leaves = "host", adjustable)]
    pub end: Field<Date>,
    /// Day on which the file was handed in to the prescriber.
    #[field(leaves = "project", adjustable)]
    pub submitted: Field<Date>,
    /// The centre that sends the person.
    pub home: Home,
    /// Where the person is received.
    pub host: Host,
    /// Reference of the worksite, where the person joins one.
    #[field(max_length = 64, leaves = "host", adjustable)]
    pub worksite: Field<String>,
    /// Reference of the worksite's session.
    #[field(max_length = 64, leaves = "host", adjustable)]
    pub session: Field<String>,
    /// What kind of work it is: some limits of working time are different on building sites.
    #[field(code = "works", leaves = "host", adjustable)]
    pub works: Field<Code>,
    /// Who prescribes the placement, and on which ground.
    pub prescriber: Prescriber,
    /// The employer during the placement, if there is one.
    pub employer: Employer,
    /// Contract under which the person works, if there is one.
    pub contract: Contract,
    /// Pay.
    pub remuneration: Remuneration,
    /// Hours of work in an ordinary week.
    #[field(unit = "hours_per_week", min = 0, max = 168, leaves = "host", adjustable)]
    pub weekly_hours: Field<f64>,
    /// Days of presence over the whole placement.
    #[field(unit = "days", min = 0, max = 366, leaves = "host", adjustable)]
    pub presence_days: Field<i64>,
    /// Hours of work over the whole placement.
    #[field(unit = "hours", min = 0, max = 8784, leaves = "host", adjustable)]
    pub total_hours: Field<f64>,
    /// Hours already worked under the same scheme in the calendar month of the start.
    #[field(unit = "hours", min = 0, max = 744, personal)]
    pub scheme_hours_this_month: Field<f64>,
    /// Hours already worked under the same scheme in the calendar year of the start.
    #[field(unit = "hours", min = 0, max = 8784, personal)]
    pub scheme_hours_this_year: Field<f64>,
    /// Slots of an ordinary week, local time.
    #[field(leaves = "host", adjustable)]
    pub schedule: Field<Vec<Slot>>,
    /// The agreement between the parties.
    pub agreement: Agreement,
    /// Who covers accidents at work.
    #[field(code = "accident_cover", leaves = "host", adjustable)]
    pub accident_cover: Field<Code>,
    /// The policy or certificate behind that cover.
    pub accident_policy: AccidentPolicy,
    /// Whether the person sleeps in the host country.
    #[field(personal, leaves = "host", adjustable)]
    pub lodging_abroad: Field<bool>,
    /// Whether the person goes home every day.
    #[field(personal, leaves = "host", adjustable)]
    pub return_home_daily: Field<bool>,
    /// Days already spent abroad in the calendar year of the start.
    #[field(unit = "days", min = 0, max = 366, personal)]
    pub days_abroad_this_year: Field<i64>,
    /// Whether the placement is written into the person's contract of insertion or integration.
    #[field(personal, adjustable)]
    pub in_contract: Field<bool>,
    /// Whether the person may work in the host country, where it was asked there.
    #[field(personal, intrusive = 1, leaves = "host")]
    pub may_work_in_host_country: Field<bool>,
    /// The way to work.
    pub travel: Travel,
    /// Who provides meals.
    #[field(code = "cost_bearer", leaves = "host", adjustable)]
    pub meals: Field<Code>,
    /// Who bears the other costs.
    #[field(code = "cost_bearer", leaves = "host", adjustable)]
    pub costs_borne_by: Field<Code>,
    /// Safety at the workplace.
    pub safety: Safety,
    /// Whether the home centre holds an emergency contact (the contact itself is not kept here).
    #[field(personal, adjustable)]
    pub emergency_contact_held_by_home: Field<bool>,
    /// Whether the host has named a tutor (the name is not kept here).
    #[field(leaves = "host", adjustable)]
    pub tutor_named: Field<bool>,
    /// Whether the person stands in for staff: a permanent task, seasonal work, somebody absent, a peak of activity.
    #[field(leaves = "host", adjustable)]
    pub replaces_staff: Field<bool>,
    /// Whether a mobility plan is written with the person.
    #[field(personal, adjustable)]
    pub mobility_plan: Field<bool>,
    /// Papers of the placement.
    #[field(leaves = "project", adjustable)]
    pub documents: Field<Vec<Document>>,
    /// Agreements with the same host in the twelve months before the start.
    #[field(min = 0, max = 99, personal)]
    pub earlier_same_host_12_months: Field<i64>,
    /// Result at the end.
    pub assessment: Assessment,
    /// Why the placement ended.
    #[field(code = "end_reason", personal, intrusive = 1, leaves = "statistics")]
    pub end_reason: Field<Code>,
    /// Day until which what the record says about a person is kept.
    #[field(personal)]
    pub keep_until: Field<Date>,
}

/// The centre that sends the person.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "home")]
pub struct Home {
    /// The partner.
    #[field(required, code = "partner", leaves = "host")]
    pub partner: Field<Code>,
    /// Commune of the partner.
    #[field(leaves = "host", valid_at = "start")]
    pub commune: Field<TerritoryCode>,
}

/// Where the person is received.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "host")]
pub struct Host {
    /// The partner, where the host is one.
    #[field(code = "partner", leaves = "project", adjustable)]
    pub partner: Field<Code>,
    /// Reference of the organisation.
    #[field(max_length = 64, leaves = "project", adjustable)]
    pub organisation: Field<String>,
    /// Country of the workplace (ISO 3166-1 alpha-2).
    #[field(required, code = "country", leaves = "project", adjustable)]
    pub country: Field<Code>,
    /// Commune of the workplace.
    #[field(leaves = "project", adjustable, valid_at = "start")]
    pub commune: Field<TerritoryCode>,
    /// SIRET of the French establishment: 14 digits.
    #[field(form = "siret", leaves = "project", adjustable, applicable(country = "FR"))]
    pub siret: Field<String>,
    /// Belgian enterprise number (BCE/KBO): 10 digits.
    #[field(form = "be_enterprise", leaves = "project", adjustable, applicable(country = "BE"))]
    pub enterprise_number: Field<String>,
    /// Whether the post is an insertion post of a French structure of insertion through work.
    #[field(leaves = "project", adjustable, applicable(country = "FR"))]
    pub insertion_post: Field<bool>,
}

/// Who prescribes the placement.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "prescriber")]
pub struct Prescriber {
    /// The partner that prescribes, where it is one.
    #[field(code = "partner", leaves = "project")]
    pub partner: Field<Code>,
    /// Legal ground on which it prescribes.
    #[field(code = "prescriber_basis", leaves = "project")]
    pub basis: Field<Code>,
}

/// The employer during the placement.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "employer")]
pub struct Employer {
    /// Whether the person has an employer during the placement.
    #[field(personal, leaves = "host")]
    pub exists: Field<bool>,
    /// Country of the employer.
    #[field(code = "country", personal, leaves = "host", applicable(exists = "true"))]
    pub country: Field<Code>,
    /// Whether the employer is normally active in that country.
    #[field(leaves = "host", applicable(exists = "true"))]
    pub normally_active: Field<bool>,
    /// Whether the person is sent to take over from another posted person.
    #[field(personal, leaves = "host", adjustable, applicable(exists = "true"))]
    pub replaces_posted: Field<bool>,
}

/// The contract of work.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "contract")]
pub struct Contract {
    /// Kind of contract.
    #[field(code = "contract_kind", personal, leaves = "host")]
    pub kind: Field<Code>,
    /// First day of the contract.
    #[field(personal, leaves = "host")]
    pub start: Field<Date>,
    /// Last day of the contract.
    #[field(personal, leaves = "host")]
    pub end: Field<Date>,
    /// First day of the first contract, where this one renews it.
    #[field(personal, leaves = "host")]
    pub first_start: Field<Date>,
    /// Hours of a week in the contract.
    #[field(unit = "hours_per_week", min = 0, max = 168, personal, leaves = "host")]
    pub weekly_hours: Field<f64>,
}

/// Pay during the placement.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "remuneration")]
pub struct Remuneration {
    /// Who pays, if anybody.
    #[field(code = "remuneration", personal, leaves = "host", adjustable)]
    pub by: Field<Code>,
    /// Gross amount of a month, in cents.
    #[field(unit = "euro_cents_per_month", min = 0, personal)]
    pub monthly_gross: Field<Money>,
}

/// One slot of an ordinary week.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "slot")]
pub struct Slot {
    /// Day of the week.
    #[field(required, code = "weekday", leaves = "host", adjustable)]
    pub weekday: Field<Code>,
    /// Start, local time `HH:MM`.
    #[field(required, leaves = "host", adjustable)]
    pub from: Field<Time>,
    /// End, local time `HH:MM`, up to `24:00`; at or before the start means the next day.
    #[field(required, leaves = "host", adjustable)]
    pub to: Field<Time>,
}

/// The agreement between the parties.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "agreement")]
pub struct Agreement {
    /// Who has signed.
    pub signed_by: SignedBy,
    /// Day of the last signature.
    #[field(leaves = "host", adjustable)]
    pub last_signature: Field<Date>,
}

/// Who has signed: true, false, or not given where nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "signed_by")]
pub struct SignedBy {
    /// The person placed.
    #[field(personal, leaves = "host", adjustable)]
    pub beneficiary: Field<bool>,
    /// The host.
    #[field(leaves = "host", adjustable)]
    pub host: Field<bool>,
    /// The prescriber.
    #[field(leaves = "host", adjustable)]
    pub prescriber: Field<bool>,
    /// The body that accompanies the person.
    #[field(leaves = "host", adjustable)]
    pub support_body: Field<bool>,
    /// The legal representative of a minor or a protected person.
    #[field(personal, leaves = "host", adjustable)]
    pub legal_representative: Field<bool>,
    /// The person's employer.
    #[field(leaves = "host", adjustable)]
    pub employer: Field<bool>,
}

/// The policy or certificate of the cover against accidents at work.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "accident_policy")]
pub struct AccidentPolicy {
    /// Whether it was seen.
    #[field(leaves = "host", adjustable)]
    pub seen: Field<bool>,
    /// Whether it is valid in the host country.
    #[field(leaves = "host", adjustable)]
    pub valid_abroad: Field<bool>,
}

/// The way to work.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "travel")]
pub struct Travel {
    /// Main means of transport.
    #[field(code = "travel_mode", personal, leaves = "host", adjustable)]
    pub mode: Field<Code>,
    /// Minutes for one way.
    #[field(unit = "minutes", min = 0, max = 1440, personal, adjustable)]
    pub minutes: Field<i64>,
    /// Who pays.
    #[field(code = "cost_bearer", leaves = "host", adjustable)]
    pub paid_by: Field<Code>,
}

/// Safety at the workplace.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "safety")]
pub struct Safety {
    /// Day of the host's risk assessment.
    #[field(leaves = "host", adjustable)]
    pub risk_assessment_on: Field<Date>,
    /// Who provides protective equipment.
    #[field(code = "placement_party", leaves = "host", adjustable)]
    pub protective_equipment_by: Field<Code>,
    /// Whether a certificate of medical fitness was seen; its content is not kept.
    #[field(personal, special = "9", intrusive = 2)]
    pub medical_fitness_seen: Field<bool>,
}

/// A paper of the placement.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "document")]
pub struct Document {
    /// Kind of paper.
    #[field(required, code = "document_kind", leaves = "project", adjustable)]
    pub kind: Field<Code>,
    /// Where it stands.
    #[field(code = "document_status", leaves = "project", adjustable)]
    pub status: Field<Code>,
    /// Day on which it was issued.
    #[field(leaves = "project", adjustable)]
    pub issued: Field<Date>,
    /// Last day of its validity.
    #[field(leaves = "project", adjustable)]
    pub valid_until: Field<Date>,
}

/// Result at the end of the placement.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "assessment")]
pub struct Assessment {
    /// How it went.
    #[field(code = "assessment_outcome", personal, leaves = "statistics")]
    pub outcome: Field<Code>,
    /// Last day of presence.
    #[field(personal)]
    pub last_day: Field<Date>,
    /// Hours missed.
    #[field(unit = "hours", min = 0, max = 8784, personal, intrusive = 1)]
    pub missed_hours: Field<f64>,
}
