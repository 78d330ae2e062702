//! One indicator, and all of them by code.

use super::Sides;
use crate::message::{Lang, Texts};
use crate::territory::System;

/// How far the figures of the three sides can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The same definition on the three sides.
    A,
    /// Comparable, with a caveat that has to be shown.
    B,
    /// A proxy: side by side, never ranked, never added up.
    C,
    /// One-sided: there is no counterpart.
    N,
}

impl Grade {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::N];

    /// The letter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::N => "N",
        }
    }
}

/// How the figure of a larger area follows from those of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// The sum of the figures.
    Sum,
    /// The sum of numerators over the sum of denominators, never the mean of rates.
    RatioOfSums,
    /// The mean of the figures, weighted by population.
    PopulationWeightedMean,
    /// It does not: distinct persons may be counted twice.
    NonAdditiveDistinct,
    /// It does not: medians, indices, standardised rates.
    None,
}

impl Aggregation {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Sum, Self::RatioOfSums, Self::PopulationWeightedMean, Self::NonAdditiveDistinct, Self::None];

    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::RatioOfSums => "ratio_of_sums",
            Self::PopulationWeightedMean => "population_weighted_mean",
            Self::NonAdditiveDistinct => "non_additive_distinct",
            Self::None => "none",
        }
    }
}

/// How well the entry of an indicator was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A definition of this rulebook.
    Own,
    /// Partly looked up in public sources.
    PartlyVerified,
    /// To be verified.
    ToVerify,
}

impl Evidence {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Own, Self::PartlyVerified, Self::ToVerify];

    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::PartlyVerified => "partly_verified",
            Self::ToVerify => "to_verify",
        }
    }
}

/// An indicator, as far as observations are checked by it.
///
/// ```
/// use sam_eurometropole::{Rulebook, message::Lang, territory::System};
/// let rate = Rulebook::embedded().taxonomy().indicator("POV01").unwrap();
/// assert_eq!((rate.unit(), rate.range()), ("PC", (0.0, Some(100.0))));
/// assert_eq!(rate.lowest(System::BeVlg), Some("COM"));
/// assert!(rate.name(Lang::En).starts_with("Local at-risk-of-poverty rate"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub(super) code: String,
    pub(super) names: Texts,
    pub(super) tier: i64,
    pub(super) unit: String,
    pub(super) per: Option<f64>,
    pub(super) min: f64,
    pub(super) max: Option<f64>,
    pub(super) lowest: Sides<String>,
    pub(super) partial: Sides<String>,
    pub(super) censored_at: Sides<f64>,
    pub(super) breakdowns: Vec<String>,
    pub(super) grade: Grade,
    pub(super) aggregation: Aggregation,
    pub(super) evidence: Evidence,
}

impl Indicator {
    /// Three letters for the theme and two digits; never used again for another definition.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The code of the list `theme`.
    #[must_use]
    pub fn theme(&self) -> &str {
        self.code.get(..3).unwrap_or_default()
    }

    /// The name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        self.names.get(lang)
    }

    /// 1 for the core of the dashboard, 2, or 3 for the first to be left out.
    #[must_use]
    pub fn tier(&self) -> i64 {
        self.tier
    }

    /// The code of the list `unit`.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// What numerator ÷ denominator is multiplied by to give the value; `None` where the value is no such quotient.
    #[must_use]
    pub fn per(&self) -> Option<f64> {
        self.per
    }

    /// Smallest value, and largest where there is one.
    #[must_use]
    pub fn range(&self) -> (f64, Option<f64>) {
        (self.min, self.max)
    }

    /// Finest level at which a side has the figure: a code of the list `area_level`, `LOC` (the partner's own register) or `school`.
    #[must_use]
    pub fn lowest(&self, side: System) -> Option<&str> {
        self.lowest.get(side).map(String::as_str)
    }

    /// A finer level at which it exists in part, or on request.
    #[must_use]
    pub fn partial(&self, side: System) -> Option<&str> {
        self.partial.get(side).map(String::as_str)
    }

    /// The value that stands for itself and all smaller ones in the publications of a side.
    #[must_use]
    pub fn censored_at(&self, side: System) -> Option<f64> {
        self.censored_at.get(side).copied()
    }

    /// Whether the publications of some side have such a value.
    pub(crate) fn is_censored(&self) -> bool {
        Sides::<()>::ALL.into_iter().any(|side| self.censored_at(side).is_some())
    }

    /// Fields of `breakdown` by which its observations may be broken down.
    pub fn breakdowns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.breakdowns.iter().map(String::as_str)
    }

    /// How far the figures of the three sides can be compared.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// How the figure of a larger area follows from those of its parts.
    #[must_use]
    pub fn aggregation(&self) -> Aggregation {
        self.aggregation
    }

    /// How well this entry was looked up.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.evidence
    }
}

/// The indicators of a rulebook, sorted by code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indicators(pub(super) Vec<Indicator>);

impl Indicators {
    /// The indicator of a code; case counts.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Indicator> {
        let place = self.0.binary_search_by(|indicator| indicator.code.as_str().cmp(code)).ok()?;
        self.0.get(place)
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Indicator> {
        self.0.iter()
    }
}
