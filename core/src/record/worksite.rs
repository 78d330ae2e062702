//! A worksite (*chantier*): a group at work on one site, with its sessions, places and supervision.
//!
//! Placements refer to it and to one of its sessions by reference. Supervisors are counted, never named.

use super::prelude::*;

/// A site where a group works, session by session.
///
/// Days are civil days, both ends included; places are for persons present at the same time.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "worksite", key = "id")]
pub struct Worksite {
    /// Reference of the worksite, as placements name it.
    #[field(required, max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// Who runs it.
    pub host: WorksiteHost,
    /// Country of the site (ISO 3166-1 alpha-2).
    #[field(required, code = "country", leaves = "project")]
    pub country: Field<Code>,
    /// Commune of the site.
    #[field(leaves = "project", valid_at = "start")]
    pub commune: Field<TerritoryCode>,
    /// First day of the worksite.
    #[field(leaves = "project")]
    pub start: Field<Date>,
    /// Last day of the worksite, included.
    #[field(leaves = "project")]
    pub end: Field<Date>,
    /// Works done there.
    #[field(code = "works", leaves = "statistics")]
    pub works: Field<Vec<Code>>,
    /// Languages spoken on the site.
    #[field(code = "language", leaves = "project")]
    pub languages: Field<Vec<Code>>,
    /// Places at the same time.
    #[field(required, unit = "places", min = 0, max = 999, leaves = "statistics")]
    pub places: Field<i64>,
    /// Who supervises, by number and languages.
    pub supervision: Supervision,
    /// Protective equipment that the works ask for.
    #[field(code = "safety_equipment", leaves = "project")]
    pub safety_equipment: Field<Vec<Code>>,
    /// Sessions: a group from a first to a last day.
    #[field(leaves = "project")]
    pub sessions: Field<Vec<Session>>,
}

/// Who runs a worksite.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "worksite_host")]
pub struct WorksiteHost {
    /// Reference of the organisation.
    #[field(max_length = 64, leaves = "project")]
    pub organisation: Field<String>,
    /// The partner of the project, where the host is one.
    #[field(code = "partner", leaves = "project")]
    pub partner: Field<Code>,
}

/// Supervisors, counted and without names.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "supervision")]
pub struct Supervision {
    /// Number of supervisors.
    #[field(unit = "persons", min = 0, max = 99, leaves = "project")]
    pub count: Field<i64>,
    /// Languages that at least one of them speaks.
    #[field(code = "language", leaves = "project")]
    pub languages: Field<Vec<Code>>,
}

/// One session of a worksite.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "session")]
pub struct Session {
    /// Reference of the session, as placements name it.
    #[field(max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// First day.
    #[field(required, leaves = "project")]
    pub start: Field<Date>,
    /// Last day, included.
    #[field(required, leaves = "project")]
    pub end: Field<Date>,
    /// Places of the session.
    #[field(unit = "places", min = 0, max = 999, leaves = "statistics")]
    pub places: Field<i64>,
    /// Places taken.
    #[field(unit = "places", min = 0, max = 999, leaves = "statistics")]
    pub taken: Field<i64>,
    /// Supervisors present.
    #[field(unit = "persons", min = 0, max = 99, leaves = "project")]
    pub supervisors: Field<i64>,
}
