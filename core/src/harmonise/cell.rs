//! One place of a series in one period: the value, or why there is none, and where it comes from.

use crate::json::Json;
use crate::territory::System;

/// Why a cell has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// Nothing was given.
    Missing,
    /// The producer or the one who publishes hides it.
    Hidden,
    /// It exists and was not collected.
    NotCollected,
    /// It cannot exist.
    NotApplicable,
    /// The side has no such figure.
    NotAvailable,
    /// The side has such a figure for larger areas only.
    NotAtLevel,
    /// Several figures were given that differ.
    Several,
    /// A part of it is hidden.
    PartHidden,
    /// A part of it was not given.
    PartMissing,
    /// A part of it is known as a limit only.
    PartCensored,
    /// Numerators or denominators of parts were not given.
    NoCounts,
    /// The population of parts, by which they are weighed, was not given.
    NoWeights,
    /// The figure of a larger area does not follow from those of its parts.
    NotAdditive,
    /// The parts lie on sides whose figures are never put together.
    NotComparable,
    /// The parts are of different periods or follow different communes.
    MixedVintage,
    /// The ground of the commune was cut or put together otherwise since.
    Split,
    /// Not all of the ground is held.
    OutsideCoverage,
}

impl Absent {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Missing,
        Self::Hidden,
        Self::NotCollected,
        Self::NotApplicable,
        Self::NotAvailable,
        Self::NotAtLevel,
        Self::Several,
        Self::PartHidden,
        Self::PartMissing,
        Self::PartCensored,
        Self::NoCounts,
        Self::NoWeights,
        Self::NotAdditive,
        Self::NotComparable,
        Self::MixedVintage,
        Self::Split,
        Self::OutsideCoverage,
    ];

    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Hidden => "hidden",
            Self::NotCollected => "not_collected",
            Self::NotApplicable => "not_applicable",
            Self::NotAvailable => "not_available",
            Self::NotAtLevel => "not_at_level",
            Self::Several => "several",
            Self::PartHidden => "part_hidden",
            Self::PartMissing => "part_missing",
            Self::PartCensored => "part_censored",
            Self::NoCounts => "no_counts",
            Self::NoWeights => "no_weights",
            Self::NotAdditive => "not_additive",
            Self::NotComparable => "not_comparable",
            Self::MixedVintage => "mixed_vintage",
            Self::Split => "split",
            Self::OutsideCoverage => "outside_coverage",
        }
    }

    /// What the status of an observation without a value says.
    pub(super) fn of_status(status: Option<&str>) -> Self {
        match status {
            Some("Q") => Self::Hidden,
            Some("L") => Self::NotCollected,
            Some("M") => Self::NotApplicable,
            _ => Self::Missing,
        }
    }

    /// Whether somebody should hand in a figure.
    pub(crate) fn is_gap(self) -> bool {
        matches!(self, Self::Missing | Self::NotCollected | Self::Several)
    }
}

/// What was done to come from the observations to the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Nothing: it is as it was given.
    Given,
    /// Turned into the unit of the indicator.
    Converted,
    /// Carried to the code that a commune has in the vintage.
    Recoded,
    /// Added up.
    Sum,
    /// The sum of numerators over the sum of denominators.
    RatioOfSums,
    /// The mean weighted by population.
    PopulationWeightedMean,
}

impl Operation {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Converted => "converted",
            Self::Recoded => "recoded",
            Self::Sum => "sum",
            Self::RatioOfSums => "ratio_of_sums",
            Self::PopulationWeightedMean => "population_weighted_mean",
        }
    }

    /// Whether the value was computed from those of parts.
    #[must_use]
    pub fn is_computed(self) -> bool {
        matches!(self, Self::Sum | Self::RatioOfSums | Self::PopulationWeightedMean)
    }
}

/// A place of a series in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell<'b> {
    /// The commune or the area.
    pub place: &'b str,
    /// Whether it is a commune.
    pub is_commune: bool,
    /// The side that it lies on, if it lies on one.
    pub side: Option<System>,
    /// The period, by its place in [`super::Harmonised::periods`].
    pub period: usize,
    /// The value in the unit of the indicator, or why there is none.
    pub value: Result<f64, Absent>,
    /// The status of the observation, where one was given.
    pub status: Option<&'b str>,
    /// Year whose communes it follows.
    pub vintage: Option<i64>,
    /// Whether that year was not given, and is that of the period.
    pub vintage_assumed: bool,
    /// Who produced it; none where it was put together from several.
    pub source: Option<&'b str>,
    /// What was done to the observations, in that order.
    pub operations: Vec<Operation>,
    /// The rows of the observations, counted from 0.
    pub rows: Vec<usize>,
    /// Whether figures of different periods or vintages were put together, because it was asked for.
    pub is_mixed: bool,
    /// What was counted, and of how many.
    pub(super) counts: (Option<f64>, Option<f64>),
}

impl<'b> Cell<'b> {
    /// A cell of which nothing is known but why.
    pub(super) fn absent(place: &'b str, side: Option<System>, period: usize, why: Absent) -> Self {
        Self {
            place,
            is_commune: true,
            side,
            period,
            value: Err(why),
            status: None,
            vintage: None,
            vintage_assumed: false,
            source: None,
            operations: Vec::new(),
            rows: Vec::new(),
            is_mixed: false,
            counts: (None, None),
        }
    }

    /// Whether the value was computed from those of parts.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        self.operations.iter().any(|operation| operation.is_computed())
    }

    /// What was counted, and of how many.
    pub(crate) fn counts(&self) -> (Option<f64>, Option<f64>) {
        self.counts
    }

    /// Takes the value away, and all that tells it.
    pub(super) fn hide(&mut self) {
        self.value = Err(Absent::Hidden);
        self.status = None;
        self.counts = (None, None);
    }

    /// The status as the one word that tables of hidden cells write: `c`, else as it was given.
    pub(crate) fn published_status(&self) -> Option<&str> {
        if self.value == Err(Absent::Hidden) { Some("c") } else { self.status }
    }

    /// What has to be said beside the value.
    #[must_use]
    pub fn caveats(&self) -> Vec<&'static str> {
        let of_status = match self.status.filter(|_| self.value.is_ok()) {
            Some("B") => Some("break"),
            Some("D") => Some("definition_differs"),
            Some("E") => Some("estimate"),
            Some("F") => Some("forecast"),
            Some("P") => Some("provisional"),
            Some("U") => Some("low_reliability"),
            Some("left_censored") => Some("left_censored"),
            _ => None,
        };
        let mut caveats: Vec<&str> = of_status.into_iter().collect();
        caveats.extend(Some("mixed_vintage").filter(|_| self.is_mixed && self.value.is_ok()));
        caveats
    }

    /// `operations` and `rows`.
    pub(super) fn lineage(&self) -> Json {
        Json::object([
            ("operations", self.operations.iter().map(|operation| Json::from(operation.as_str())).collect()),
            ("rows", self.rows.iter().map(|row| Json::from(*row)).collect()),
        ])
    }
}
