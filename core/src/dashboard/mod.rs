//! The dashboard as data: values beside the zone and the countries, ranks where they are allowed, the course over the periods, and what needs
//! attention.
//!
//! [`Harmonised`] series in their published form enter ([`Harmonised::dashboard`]): where the request asks for protection, hidden cells are hidden
//! already, and nothing here can tell them. A [`Dashboard`] leaves, as JSON ([`Dashboard::to_json`]), as flat rows for tables ([`Dashboard::rows_json`]) or as text in a language.
//!
//! The thresholds ([`thresholds`]) are ours: no law and no producer gives them.

mod attention;
mod gap;
mod json;
mod profile;
mod rank;
pub mod thresholds;
mod trend;

pub use attention::{Attention, Reason, Why};
pub use gap::Gap;
pub use profile::{Beside, Profile};
pub use rank::{Among, Rank, Unranked};
pub(crate) use trend::Trends;
pub use trend::{Course, Trend};

use crate::harmonise::{Cell, Harmonised, Series, harmonise_text, harmonise_value};
use crate::json::Json;
use crate::reader::Value;
use crate::rulebook::Rulebook;

/// Series with what follows from them.
#[derive(Clone, Debug)]
pub struct Dashboard<'b> {
    /// The series, as they were published.
    pub harmonised: Harmonised<'b>,
    /// For each series its cells that are shown, in their order.
    pub series: Vec<Vec<Entry<'b>>>,
    /// What needs attention, by place and theme.
    pub attention: Vec<Attention<'b>>,
    /// Communes beside their neighbours across the border.
    pub profiles: Vec<Profile<'b>>,
}

/// A cell that is shown, with what follows from it.
#[derive(Clone, Debug)]
pub struct Entry<'b> {
    /// The cell.
    pub cell: Cell<'b>,
    /// How far it is from the zone and from the countries.
    pub gaps: Vec<Gap<'b>>,
    /// Its place among others, or why it has none; nothing for zones and for cells without a value.
    pub rank: Option<Result<Rank, Unranked>>,
    /// Its course up to the period.
    pub trend: Option<Trend<'b>>,
}

impl<'b> Harmonised<'b> {
    /// What follows from the series. They have to be in their published form.
    #[must_use]
    pub fn dashboard(self) -> Dashboard<'b> {
        let entries: Vec<Vec<Entry<'b>>> = self.series.iter().map(|series| entries(&self, series)).collect();
        let attention = attention::of(&self, &entries);
        let profiles = profile::of(&self);
        Dashboard { harmonised: self, series: entries, attention, profiles }
    }
}

/// The dashboard of a JSON list of observations. With `"protect": true` in the request small numbers are hidden before anything is derived; without
/// it the observations have to be fit to be published.
///
/// ```
/// use sam_eurometropole::{Rulebook, dashboard::dashboard_text, message::Lang};
/// let observations = r#"[
///     {"indicator": "CHI01", "territory": "FR-59512", "period": "2023", "unit": "NR", "value": 1500, "source": "fr_insee"},
///     {"indicator": "CHI01", "territory": "BE-57096", "period": "2023", "unit": "NR", "obs_status": "Q", "source": "be_statbel"}
/// ]"#;
/// let request = r#"{"indicators": ["CHI01"], "territories": ["FR-59512", "BE-57096"]}"#;
/// let board = dashboard_text(Rulebook::embedded(), observations, request);
/// assert!(board.to_json().to_canonical().contains(r#""absent":"hidden""#));
/// assert!(board.to_text(Lang::Fr).contains("Roubaix (FR-59512)"));
/// ```
#[must_use]
pub fn dashboard_text<'b>(book: &'b Rulebook, observations: &str, request: &str) -> Dashboard<'b> {
    harmonise_text(book, observations, request).dashboard()
}

/// The dashboard of a list of observations given as values of a host language.
#[must_use]
pub fn dashboard_value<'b>(book: &'b Rulebook, observations: &Value, request: &str) -> Dashboard<'b> {
    harmonise_value(book, observations, request).dashboard()
}

impl Dashboard<'_> {
    /// The record of the producer, where the request asks for protection: what was hidden and why. It must not be published; `docs/disclosure.md`
    /// says what is in it.
    #[must_use]
    pub fn record_json(&self) -> Json {
        self.harmonised.record.clone().unwrap_or(Json::Null)
    }
}

fn entries<'b>(all: &Harmonised<'b>, series: &Series<'b>) -> Vec<Entry<'b>> {
    let ranks = rank::of(all, series);
    let trends = trend::Trends::of(all, series);
    let entry = |cell: &Cell<'b>| Entry {
        gaps: gap::of(all, series, cell),
        rank: ranks.get(&(cell.period, cell.place)).copied(),
        trend: trends.of_cell(cell),
        cell: cell.clone(),
    };
    series.cells().map(entry).collect()
}
