//! The indicators that observations are checked by: their unit, range, levels and breakdowns, and how they may be compared.
//!
//! The document that the generator writes enters once ([`Taxonomy::from_embedded`], with the code lists, which hold the names);
//! [`Indicator`]s leave, found by code. Definitions, sources and caveats are not part of it yet.

mod indicator;
mod level;
mod partition;
mod read;

pub use indicator::{Aggregation, Evidence, Grade, Indicator, Indicators};
pub use level::{Level, Sides};
pub use partition::Partition;
pub use read::TaxonomyError;

use crate::codes::CodeLists;
use crate::json::Json;
use crate::territory::System;

/// Indicators, levels of area, and what tells the side of an area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taxonomy {
    indicators: Indicators,
    levels: Vec<Level>,
    /// Beginning of the code of an area, and the side it lies on.
    sides: Vec<(String, System)>,
    partitions: Vec<Partition>,
    /// Units, and what a quotient in each is multiplied by.
    units: Vec<(String, Option<f64>)>,
    /// What has to be said beside figures, and the indicators that it is said of.
    marks: Vec<(String, Vec<String>)>,
}

impl Taxonomy {
    /// Reads the document that the generator writes. Names come from the code list `indicator`.
    ///
    /// # Errors
    /// The first entry that cannot be read.
    pub fn from_embedded(json: &Json, codes: &CodeLists) -> Result<Self, TaxonomyError> {
        read::taxonomy(json, codes)
    }

    /// The indicators, sorted by code.
    #[must_use]
    pub fn indicators(&self) -> &Indicators {
        &self.indicators
    }

    /// The indicator of a code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.find(code)
    }

    /// The level of a code (`COM`, `NUTS2`).
    #[must_use]
    pub fn level(&self, code: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.code() == code)
    }

    /// What parts of a population make up all of it.
    #[must_use]
    pub fn partitions(&self) -> &[Partition] {
        &self.partitions
    }

    /// What numerator ÷ denominator is multiplied by in a unit; `None` where a value in it is no such quotient.
    #[must_use]
    pub fn per(&self, unit: &str) -> Option<f64> {
        self.units.iter().find(|(code, _)| code == unit).and_then(|(_, per)| *per)
    }

    /// Whether a mark is set at an indicator: what has to be said beside its figures (`national_line`, `cross_border_workers_missing`).
    #[must_use]
    pub fn is_marked(&self, mark: &str, indicator: &str) -> bool {
        self.marks.iter().any(|(word, codes)| word == mark && codes.iter().any(|code| code == indicator))
    }

    /// The side that an area lies on, by its NUTS code; `None` where that does not tell (`BE`, Brussels, a national code of Belgium).
    #[must_use]
    pub fn side_of(&self, area: &str) -> Option<System> {
        self.sides.iter().find(|(start, _)| area.starts_with(start.as_str())).map(|(_, side)| *side)
    }
}
