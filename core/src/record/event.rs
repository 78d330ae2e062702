//! A forum, a visit, an awareness session or a training that partners of both sides hold together.
//!
//! People are counted, by group and by side, and never named: lists with names stay with the partner that holds them.

use super::prelude::*;

/// An event that brings professionals, volunteers and beneficiaries of several sides together.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event", key = "id")]
pub struct Event {
    /// The partner's own reference of the event.
    #[field(max_length = 64, leaves = "project")]
    pub id: Field<String>,
    /// Forum, visit, awareness session or training.
    #[field(required, code = "event_kind", leaves = "statistics")]
    pub kind: Field<Code>,
    /// Planned, held or cancelled.
    #[field(code = "event_status", leaves = "project")]
    pub status: Field<Code>,
    /// The project that bears the event.
    #[field(code = "project", leaves = "project")]
    pub project: Field<Code>,
    /// Reference of the project's operation it belongs to.
    #[field(max_length = 64, leaves = "project")]
    pub operation: Field<String>,
    /// First day.
    #[field(required, leaves = "statistics")]
    pub start: Field<Date>,
    /// Last day, included.
    #[field(required, leaves = "statistics")]
    pub end: Field<Date>,
    /// Its sessions, day by day.
    #[field(leaves = "project")]
    pub sessions: Field<Vec<EventSession>>,
    /// On site, online, or both.
    #[field(code = "event_format", leaves = "statistics")]
    pub format: Field<Code>,
    /// Where it is held.
    pub place: EventPlace,
    /// Languages spoken.
    #[field(code = "language", leaves = "project")]
    pub languages: Field<Vec<Code>>,
    /// Whether what is said is interpreted for those who speak another of its languages.
    #[field(leaves = "project")]
    pub interpreting: Field<bool>,
    /// Themes of the taxonomy.
    #[field(code = "theme", leaves = "statistics")]
    pub themes: Field<Vec<Code>>,
    /// Whether anybody may come; the programme of 2021–2027 counts such events apart.
    #[field(leaves = "statistics")]
    pub open_to_public: Field<bool>,
    /// Who organises it.
    #[field(leaves = "statistics")]
    pub organisers: Field<Vec<EventOrganiser>>,
    /// Those present, counted.
    pub participants: EventParticipants,
    /// The same, side by side.
    #[field(leaves = "statistics")]
    pub attendance: Field<Vec<EventAttendance>>,
    /// What a training led to.
    pub training: EventTraining,
    /// What proves that it was held.
    pub evidence: EventEvidence,
    /// What came out of it.
    #[field(leaves = "statistics")]
    pub results: Field<Vec<EventResult>>,
}

/// One session.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_session")]
pub struct EventSession {
    /// Its day.
    #[field(required, leaves = "project")]
    pub day: Field<Date>,
    /// When it begins, local time.
    #[field(leaves = "project")]
    pub from: Field<Time>,
    /// When it ends, local time; not later than its begin means the next day.
    #[field(leaves = "project")]
    pub until: Field<Time>,
}

/// Where an event is held.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_place")]
pub struct EventPlace {
    /// Country (ISO 3166-1 alpha-2).
    #[field(code = "country", leaves = "statistics")]
    pub country: Field<Code>,
    /// Commune.
    #[field(leaves = "statistics", valid_at = "start")]
    pub commune: Field<TerritoryCode>,
    /// The partner in whose rooms it is held.
    #[field(code = "partner", leaves = "project")]
    pub hosted_by: Field<Code>,
}

/// A body that organises an event.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_organiser")]
pub struct EventOrganiser {
    /// The partner, where the body is one.
    #[field(code = "partner", leaves = "project")]
    pub partner: Field<Code>,
    /// Side on which the body has its seat.
    #[field(required, code = "system", leaves = "statistics")]
    pub side: Field<Code>,
    /// Whether it leads the organisation.
    #[field(leaves = "project")]
    pub leads: Field<bool>,
}

/// Those present at an event, counted.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_participants")]
pub struct EventParticipants {
    /// Participations: somebody who comes to three sessions counts three times.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub participations: Field<i64>,
    /// Different persons.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub persons: Field<i64>,
    /// Participations of professionals.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub professionals: Field<i64>,
    /// Participations of volunteers.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub volunteers: Field<i64>,
    /// Participations of beneficiaries.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub beneficiaries: Field<i64>,
}

/// Those present from one side, counted.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_attendance")]
pub struct EventAttendance {
    /// The side they come from.
    #[field(required, code = "system", leaves = "statistics")]
    pub side: Field<Code>,
    /// Participations of professionals.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub professionals: Field<i64>,
    /// Participations of volunteers.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub volunteers: Field<i64>,
    /// Participations of beneficiaries.
    #[field(min = 0, max = 100000, leaves = "statistics")]
    pub beneficiaries: Field<i64>,
}

/// What a training led to.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_training")]
pub struct EventTraining {
    /// Hours of training.
    #[field(unit = "hours", min = 0, max = 2000, leaves = "statistics", applicable(kind = "training"))]
    pub hours: Field<f64>,
    /// Persons who completed it, by a certificate or a note of completion.
    #[field(min = 0, max = 100000, leaves = "statistics", applicable(kind = "training"))]
    pub completed: Field<i64>,
}

/// What proves that an event was held.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_evidence")]
pub struct EventEvidence {
    /// Whether a partner holds a signed attendance list; the names stay there.
    #[field(leaves = "project")]
    pub attendance_list_held: Field<bool>,
    /// The partner that holds it.
    #[field(code = "partner", leaves = "project", applicable(attendance_list_held = "true"))]
    pub held_by: Field<Code>,
    /// Day until which the list is kept.
    #[field(leaves = "project", applicable(attendance_list_held = "true"))]
    pub kept_until: Field<Date>,
    /// Other pieces of evidence.
    #[field(code = "event_evidence", leaves = "project")]
    pub pieces: Field<Vec<Code>>,
}

/// Something that came out of an event.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(name = "event_result")]
pub struct EventResult {
    /// What it is.
    #[field(required, code = "event_result", leaves = "statistics")]
    pub kind: Field<Code>,
    /// Theme it belongs to.
    #[field(code = "theme", leaves = "statistics")]
    pub theme: Field<Code>,
    /// How many.
    #[field(min = 0, max = 1000, leaves = "statistics")]
    pub count: Field<i64>,
}
