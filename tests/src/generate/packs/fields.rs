//! The fields that random packs read and random cases fill, each with the few values that it takes.

/// A code field and some codes of its list.
pub(super) type CodeField = (&'static str, &'static [&'static str]);

pub(super) const BOOLS: &[&str] =
    &["lodging_abroad", "tutor_named", "employer.exists", "agreement.signed_by.host", "host_organisation.secrecy_duty"];
pub(super) const CODES: &[CodeField] = &[
    ("scheme", &["fr_pmsmp", "be_stage", "fr_cddi"]),
    ("kind", &["insertion", "immersion"]),
    ("object", &["discover", "confirm", "recruit"]),
    ("host.country", &["FR", "BE"]),
    ("participant.nationality_group", &["national", "eu", "third_country"]),
    ("home.partner", &["ccas_roubaix", "cpas_mouscron", "ocmw_menen"]),
    ("professional.function", &["desk_officer", "analyst"]),
    ("home_organisation.partner", &["ccas_roubaix", "cpas_mouscron", "ocmw_menen"]),
];
/// Code fields, and a concept that joins some codes of their list.
pub(super) const CONCEPTS: &[(&str, &str)] =
    &[("kind", "immersion"), ("kind", "insertion_placement"), ("scheme", "insertion_placement")];
pub(super) const DATES: &[&str] =
    &["start", "end", "submitted", "agreement.last_signature", "participant.birth_date", "worksite.start"];
pub(super) const PLACES: &[CodeField] = &[
    ("participant.residence", &["FR-59512", "BE-57096", "BE-34022", "FR-69123"]),
    ("host.commune", &["FR-59350", "BE-57081", "BE-34027", "BE-21004"]),
];
pub(super) const ZONES: &[&str] = &["FR", "BE", "BE-WAL", "BE-VLG", "mel", "eurometropole"];
/// Fields of one kind and list.
pub(super) const ALIKE: &[[&str; 2]] = &[
    ["home.partner", "participant.supported_by"],
    ["participant.residence", "host.commune"],
    ["tutor_named", "lodging_abroad"],
    ["worksite", "session"],
    ["home.partner", "home_organisation.partner"],
];
/// Fields that apply only where another says so: that one, its value, and the field.
pub(super) const GUARDED: &[(&str, &str, &str)] = &[
    ("host.country", "FR", "host.siret"),
    ("host.country", "BE", "host.enterprise_number"),
    ("employer.exists", "true", "employer.country"),
];

pub(super) const DAYS: &[&str] = &[
    "2006-05-10",
    "2007-05-20",
    "2008-02-29",
    "2024-04-30",
    "2024-05-10",
    "2024-05-15",
    "2024-05-20",
    "2024-06-10",
    "2026-02-28",
];
/// Days of a placement: near to each other, since some rules are judged on each.
pub(super) const NEAR: &[&str] = &["2024-04-30", "2024-05-10", "2024-05-12", "2024-05-15", "2024-05-20", "2024-06-01"];
/// Days on which something begins or ends; the given day is one of them.
pub(super) const EDGES: &[&str] = &["2024-05-10", "2024-05-12", "2024-05-15", "2024-05-18", "2024-05-20"];

/// The units that numbers of a pack may have here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Bare,
    Days,
    Hours,
    Weekly,
    Cents,
    Months,
    Years,
    Minutes,
}

pub(super) const NUMBERS: &[(&str, Unit)] = &[
    ("weekly_hours", Unit::Weekly),
    ("presence_days", Unit::Days),
    ("participant.level1_count", Unit::Bare),
    ("days_abroad_this_year", Unit::Days),
    ("total_hours", Unit::Hours),
    ("scheme_hours_this_month", Unit::Hours),
];

/// A list of objects: its path, and some fields of its elements.
pub(super) struct List {
    pub(super) path: &'static str,
    pub(super) codes: &'static [CodeField],
    pub(super) dates: &'static [&'static str],
    pub(super) numbers: &'static [(&'static str, Unit)],
    /// A code, and the field that applies only where the code is that.
    pub(super) guarded: Option<(&'static str, &'static str, &'static str)>,
}

pub(super) const LISTS: &[List] = &[
    List {
        path: "participant.right_to_work",
        codes: &[("country", &["FR", "BE"])],
        dates: &["until"],
        numbers: &[],
        guarded: None,
    },
    List {
        path: "participant.earlier_placements",
        codes: &[
            ("scheme", &["fr_pmsmp", "be_stage", "fr_cddi"]),
            ("host_partner", &["ccas_roubaix", "cpas_mouscron", "ocmw_menen"]),
        ],
        dates: &["start", "end"],
        numbers: &[("days", Unit::Days)],
        guarded: None,
    },
    List {
        path: "participant.mobility_steps",
        codes: &[("kind", &["ticket_paid", "language_help"])],
        dates: &["on"],
        numbers: &[("cost", Unit::Cents)],
        guarded: None,
    },
    List {
        path: "participant.participations",
        codes: &[("status_at_entry", &["unemployed", "employed"])],
        dates: &["entry", "exit"],
        numbers: &[],
        guarded: Some(("status_at_entry", "unemployed", "unemployed_since")),
    },
    List {
        path: "earlier_placements",
        codes: &[("scheme", &["fr_pmsmp", "be_stage", "fr_cddi"]), ("host.partner", &["ccas_roubaix", "ocmw_menen"])],
        dates: &["start", "end"],
        numbers: &[("presence_days", Unit::Days)],
        guarded: None,
    },
    List {
        path: "documents",
        codes: &[("kind", &["a1", "agreement", "limosa"]), ("status", &["held", "expired"])],
        dates: &["issued", "valid_until"],
        numbers: &[],
        guarded: None,
    },
];

/// The slots of an ordinary week: few times, so that they touch, overlap and cross midnight.
pub(super) const SLOT_DAYS: &[&str] = &["mon", "tue", "wed", "sat", "sun"];
pub(super) const SLOT_TIMES: &[&str] =
    &["00:00", "06:00", "08:00", "12:00", "12:20", "13:00", "17:00", "22:00", "24:00"];

/// Lists of codes, with codes of their lists.
pub(super) const CODE_LISTS: &[CodeField] =
    &[("participant.mobility_barriers", &["cost", "language"]), ("participant.driving_licence", &["AM", "B"])];
