//! A centre's analysis of social needs as a whole: what it says theme by theme, what it lacks, what changed since the last one.
//!
//! A record `needs_analysis` enters as JSON text ([`summary`], [`difference`]); a [`Summary`] or a [`Difference`] leaves. [`template`] writes the
//! table that a centre fills in before. Whether a record is right is said by [`crate::check_text`]; here it is read as far as it can be.
//!
//! The shared core are the indicators of tier 1 that the side of the territory has for communes, or counts at its own desk; those of the
//! programme are left out.

mod difference;
mod summary;
mod template;
mod words;

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
    let rank = |code: &str| book.taxonomy().level(code).map(Level::rank);
    let commune = rank(COMMUNE);
    let reaches = move |level: &str| level == OWN || rank(level).is_some_and(|level| Some(level) <= commune);
    let indicators = book.taxonomy().indicators().iter();
    indicators.filter(move |indicator| {
        let has = indicator.lowest(side).is_some_and(reaches);
        indicator.tier() == CORE && indicator.theme() != PROGRAMME && has
    })
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
