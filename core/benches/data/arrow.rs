//! The columns of the rows; the day of birth alone is text, since a date cannot hold a wrong one.

use crate::common::arrow::Kind::{self, Bool, Day, Integer, List, Number, Text};

pub(crate) const PARTICIPANT: &[(&str, Kind)] = &[
    ("id", Text),
    ("birth_date", Text),
    ("gender", Text),
    ("residence", Text),
    ("supported_by", Text),
    ("benefits", List(&[("benefit", Text), ("since", Day), ("until", Day)])),
    ("jobseeker.registered", Bool),
    ("jobseeker.register", Text),
    ("jobseeker.since", Day),
    ("education_level", Text),
    ("languages", List(&[("language", Text), ("level", Text)])),
    ("level1_count", Integer),
    ("keep_until", Day),
];

pub(crate) const OBSERVATION: &[(&str, Kind)] = &[
    ("indicator", Text),
    ("territory", Text),
    ("period", Text),
    ("breakdown.sex", Text),
    ("value", Number),
    ("unit", Text),
    ("obs_status", Text),
    ("source", Text),
    ("numerator", Number),
    ("denominator", Number),
    ("vintage", Integer),
    ("released_on", Day),
    ("partner", Text),
];
