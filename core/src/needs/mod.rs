//! A centre's analysis of social needs as a whole: what it says theme by theme, what it lacks, what changed since the last one.
//!
//! A record `needs_analysis` enters as JSON text ([`summary`], [`difference`]); a [`Summary`] or a [`Difference`] leaves. [`template`] writes the
//! table that a centre fills in before; [`completeness`] says which figures of many communes are there. Whether a record is right is said by
//! [`crate::check_text`]; here it is read as far as it can be.
//!
//! The shared core are the indicators of tier 1 that the side of the territory has for communes, or counts at its own desk; those of the
//! programme are left out.

mod completeness;
mod difference;
mod summary;
mod template;
mod words;

pub use completeness::{Completeness, completeness, completeness_value};
pub use difference::{Difference, difference};
pub use summary::{Summary, summary};
pub use template::{Template, template};

use crate::json::Json;
use crate::rulebook::Rulebook;
use crate::taxonomy::{Indicator, Level};
use crate::territory::System;

/// The theme of the programme's own figures: they are no needs of a territory.
const PROGRAMME: &str = "XBC";
/// The level of a commune.
const COMMUNE: &str = "COM";
/// The level of a partner's own register.
const OWN: &str = "LOC";
/// The tier of the shared core.
const CORE: i64 = 1;

/// The shared core on a side, sorted by code.
fn core_set(book: &Rulebook, side: System) -> impl Iterator<Item = &Indicator> {
    core_of_tier(book, CORE).filter(move |indicator| cannot(book, indicator, side).is_none())
}

/// The indicators up to a tier without the programme's own figures, sorted by code.
fn core_of_tier(book: &Rulebook, tier: i64) -> impl Iterator<Item = &Indicator> {
    let indicators = book.taxonomy().indicators().iter();
    indicators.filter(move |indicator| indicator.tier() <= tier && indicator.theme() != PROGRAMME)
}

/// Why a commune of a side cannot have the figure of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cannot {
    /// The side has no such figure.
    NotAvailable,
    /// The side has it for larger areas only.
    NotAtLevel,
}

impl Cannot {
    fn as_str(self) -> &'static str {
        match self {
            Self::NotAvailable => "not_available",
            Self::NotAtLevel => "not_at_level",
        }
    }
}

/// Nothing, where a side has the figure of an indicator for communes or counts it at its own desk.
fn cannot(book: &Rulebook, indicator: &Indicator, side: System) -> Option<Cannot> {
    let rank = |code: &str| book.taxonomy().level(code).map(Level::rank);
    let reaches = |level: &str| level == OWN || rank(level).is_some_and(|level| Some(level) <= rank(COMMUNE));
    match indicator.lowest(side) {
        None => Some(Cannot::NotAvailable),
        Some(level) => (!reaches(level)).then_some(Cannot::NotAtLevel),
    }
}

/// A member by its path, `desk.needs`.
fn at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    path.split('.').try_fold(json, |json, name| json.get(name))
}

fn text<'j>(json: &'j Json, path: &str) -> Option<&'j str> {
    at(json, path)?.as_str()
}

fn list<'j>(json: &'j Json, path: &str) -> &'j [Json] {
    at(json, path).and_then(Json::as_list).unwrap_or_default()
}

fn or_null(text: Option<&str>) -> Json {
    text.map_or(Json::Null, Json::from)
}
