//! One indicator, and all of them by code.

use super::meaning::{Anchor, Meaning, Series};
use super::{Break, Sides};
use crate::message::{Lang, Texts};
use crate::territory::System;
use std::sync::Arc;

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

    /// Reads it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
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

    /// Reads it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }
}

/// What a higher figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It is worse.
    HigherIsWorse,
    /// It is better.
    HigherIsBetter,
    /// Nothing by itself.
    Context,
}

impl Direction {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::HigherIsWorse, Self::HigherIsBetter, Self::Context];

    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HigherIsWorse => "higher_is_worse",
            Self::HigherIsBetter => "higher_is_better",
            Self::Context => "context",
        }
    }

    /// Reads it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
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

    /// Reads it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }
}

/// An indicator. What observations are checked by is always there; definition, numerator, denominator, caveat, series, anchor and breaks
/// are there where the definitions were loaded, as they are in a library.
///
/// ```
/// use sam_eurometropole::{Rulebook, message::Lang, taxonomy::Direction, territory::System};
/// let rate = Rulebook::embedded().taxonomy().indicator("POV01").unwrap();
/// assert_eq!((rate.unit(), rate.range()), ("PC", (0.0, Some(100.0))));
/// assert_eq!(rate.lowest(System::BeVlg), Some("COM"));
/// assert!(rate.name(Lang::En).starts_with("Local at-risk-of-poverty rate"));
/// assert_eq!((rate.direction(), rate.frequency()), (Direction::HigherIsWorse, "A"));
/// assert!(rate.definition(Lang::Nl).is_some() && rate.caveat(Lang::Fr).is_some());
/// assert_eq!(rate.series(System::Fr).unwrap().provider(), "fr_insee");
/// assert_eq!(rate.breaks(System::Fr).map(|found| found.id()).collect::<Vec<_>>(), ["BRK09"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub(super) code: String,
    pub(super) theme: String,
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
    pub(super) direction: Direction,
    pub(super) frequency: String,
    pub(super) evidence: Evidence,
    /// Whose it is, if it was added.
    pub(super) partner: Option<String>,
    pub(super) meaning: Option<Arc<Meaning>>,
    pub(super) breaks: Vec<Arc<Break>>,
}

impl Indicator {
    /// Three letters for the theme and two digits, or the partner whose it is and a code of its own; never used again for another definition.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The code of the list `theme`.
    #[must_use]
    pub fn theme(&self) -> &str {
        &self.theme
    }

    /// The partner that added it; `None` for those of the package.
    #[must_use]
    pub fn partner(&self) -> Option<&str> {
        self.partner.as_deref()
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

    /// What a higher figure says.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// How often it is published: a code of the list `frequency`.
    #[must_use]
    pub fn frequency(&self) -> &str {
        &self.frequency
    }

    /// How well this entry was looked up.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// What it measures.
    #[must_use]
    pub fn definition(&self, lang: Lang) -> Option<&str> {
        self.meaning.as_ref().map(|meaning| meaning.definition.get(lang))
    }

    /// What is counted.
    #[must_use]
    pub fn numerator(&self, lang: Lang) -> Option<&str> {
        self.text(lang, |meaning| meaning.numerator.as_ref())
    }

    /// Of how many; `None` where it is no quotient.
    #[must_use]
    pub fn denominator(&self, lang: Lang) -> Option<&str> {
        self.text(lang, |meaning| meaning.denominator.as_ref())
    }

    /// What has to be shown beside a comparison.
    #[must_use]
    pub fn caveat(&self, lang: Lang) -> Option<&str> {
        self.text(lang, |meaning| meaning.caveat.as_ref())
    }

    /// What its own breakdown (`category`) is called, in English.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.meaning.as_ref()?.category.as_deref()
    }

    /// The series in which a side publishes it.
    #[must_use]
    pub fn series(&self, side: System) -> Option<&Series> {
        self.meaning.as_ref()?.series.get(side)
    }

    /// European datasets that it can be held against.
    #[must_use]
    pub fn anchor(&self) -> &[Anchor] {
        self.meaning.as_ref().map(|meaning| meaning.anchors.as_slice()).unwrap_or_default()
    }

    /// The breaks of its series on a side.
    pub fn breaks(&self, side: System) -> impl Iterator<Item = &Break> {
        self.breaks.iter().map(Arc::as_ref).filter(move |found| found.days(side).is_some())
    }

    fn text(&self, lang: Lang, part: impl Fn(&Meaning) -> Option<&Texts>) -> Option<&str> {
        part(self.meaning.as_ref()?).map(|texts| texts.get(lang))
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
