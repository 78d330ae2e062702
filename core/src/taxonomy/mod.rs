//! The indicators: what observations are checked by (unit, range, levels, breakdowns), what they mean, in which series each side publishes
//! them, how far they can be compared, and what holds between them.
//!
//! Two documents that the generator writes enter: what observations are checked by ([`Taxonomy::from_embedded`], with the code lists, which hold
//! the names), and the rest ([`Taxonomy::in_full`]), which a page loads only when it is asked for. A partner's own indicators come in through
//! [`crate::Rulebook::with_indicators_json`]. [`Indicator`]s leave, found by code; as JSON by [`answer`]. [`comparable`] says in one sentence why two
//! figures cannot be compared.

pub mod answer;
mod breaks;
pub mod comparable;
mod indicator;
mod integrity;
mod level;
mod meaning;
pub mod own;
mod partition;
mod programme;
mod read;
mod relation;

pub use breaks::Break;
pub use indicator::{Aggregation, Direction, Evidence, Grade, Indicator, Indicators};
pub use level::{Level, Sides, Theme};
pub use meaning::{Anchor, Series};
pub use partition::Partition;
pub use programme::ProgrammeIndicator;
pub use read::TaxonomyError;
pub use relation::{Relation, RelationKind};

use crate::codes::CodeLists;
use crate::date::Date;
use crate::json::Json;
use crate::pack::Problem;
use crate::territory::System;
use level::Unit;
use std::sync::Arc;

/// Indicators, levels of area, what tells the side of an area and, where it was loaded, what the indicators mean.
///
/// An edition has a version and a first day, so that a later one can stand beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taxonomy {
    version: String,
    from: Option<Date>,
    themes: Vec<Theme>,
    indicators: Indicators,
    units: Vec<Unit>,
    levels: Vec<Level>,
    /// Beginning of the code of an area, and the side it lies on.
    sides: Vec<(String, System)>,
    partitions: Vec<Partition>,
    /// What has to be said beside figures, and the indicators that it is said of.
    marks: Vec<(String, Vec<String>)>,
    breaks: Vec<Arc<Break>>,
    relations: Vec<Relation>,
    programme: Vec<ProgrammeIndicator>,
    /// Definitions of codes that no indicator has.
    orphans: Vec<String>,
    is_full: bool,
}

impl Taxonomy {
    /// Reads the document that the generator writes. Names come from the code list `indicator`.
    ///
    /// # Errors
    /// The first entry that cannot be read.
    pub fn from_embedded(json: &Json, codes: &CodeLists) -> Result<Self, TaxonomyError> {
        read::taxonomy(json, codes)
    }

    /// The same with definitions, series, breaks, relations and indicators of programmes.
    ///
    /// # Errors
    /// The first entry that cannot be read.
    pub fn in_full(self, json: &Json) -> Result<Self, TaxonomyError> {
        read::in_full(self, json)
    }

    /// `YYYY.N` of the edition.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The first day of the edition.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// The themes, in the order of the code list `theme`.
    #[must_use]
    pub fn themes(&self) -> &[Theme] {
        &self.themes
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

    /// The breaks of series, sorted by id.
    pub fn breaks(&self) -> impl ExactSizeIterator<Item = &Break> {
        self.breaks.iter().map(Arc::as_ref)
    }

    /// What holds between indicators, sorted by id.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// The common indicators of programmes.
    #[must_use]
    pub fn programme(&self) -> &[ProgrammeIndicator] {
        &self.programme
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
        self.units.iter().find(|known| known.code == unit).and_then(|known| known.per)
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

    /// What is wrong with it: codes and names given twice, codes that nobody can reach, missing translations, impossible ranges, orphaned
    /// series, broken relations. The taxonomy of the package has nothing of the kind.
    #[must_use]
    pub fn integrity(&self, codes: &CodeLists) -> Vec<Problem> {
        integrity::problems(self, codes)
    }

    /// The same with a partner's indicators in place of those that the partner had.
    #[must_use]
    pub(crate) fn with_own(&self, own: &own::Own) -> Self {
        let mut taxonomy = self.clone();
        let indicators = &mut taxonomy.indicators.0;
        indicators.retain(|indicator| indicator.partner.as_deref() != Some(own.partner.as_str()));
        for indicator in &own.indicators {
            let place = indicators.partition_point(|other| other.code < indicator.code);
            indicators.insert(place, indicator.clone());
        }
        taxonomy
    }
}
