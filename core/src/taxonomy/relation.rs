//! What holds between the figures of one territory, period and part of the population.

use super::read::{Fields as _, number, text};
use crate::finding::Severity;
use crate::json::Json;
use crate::message::{Lang, Texts};

/// How the indicators of a relation are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// The first is at most the second.
    NotAbove,
    /// The first is at least each of the others.
    AtLeastEach,
    /// Their sum is at most the limit.
    SumAtMost,
    /// The one and the share of all others add up to the limit, give or take `within`.
    WithRest,
    /// Each part of the breakdown lies between the smallest value and the limit.
    PartsBetween,
    /// The figure of the first provider is at least that of the second.
    SourceNotBelow,
    /// Distinct persons are at most the figure.
    DistinctAtMost,
    /// The parts of the first add up to at least the second, and each of them is at most the second.
    MultiResponse,
    /// Numerator ÷ denominator is at most the limit.
    NumeratorAtMost,
}

impl RelationKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::NotAbove,
        Self::AtLeastEach,
        Self::SumAtMost,
        Self::WithRest,
        Self::PartsBetween,
        Self::SourceNotBelow,
        Self::DistinctAtMost,
        Self::MultiResponse,
        Self::NumeratorAtMost,
    ];

    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAbove => "not_above",
            Self::AtLeastEach => "at_least_each",
            Self::SumAtMost => "sum_at_most",
            Self::WithRest => "with_rest",
            Self::PartsBetween => "parts_between",
            Self::SourceNotBelow => "source_not_below",
            Self::DistinctAtMost => "distinct_at_most",
            Self::MultiResponse => "multi_response",
            Self::NumeratorAtMost => "numerator_at_most",
        }
    }

    /// How many indicators it names, at least and at most.
    pub(super) fn indicators(self) -> (usize, usize) {
        match self {
            Self::NotAbove | Self::MultiResponse => (2, 2),
            Self::AtLeastEach | Self::SumAtMost => (2, usize::MAX),
            Self::WithRest | Self::PartsBetween | Self::SourceNotBelow | Self::DistinctAtMost => (1, 1),
            Self::NumeratorAtMost => (0, 0),
        }
    }
}

/// A relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    pub(super) id: String,
    pub(super) kind: RelationKind,
    pub(super) indicators: Vec<String>,
    pub(super) providers: Vec<String>,
    pub(super) breakdown: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) min: Option<f64>,
    pub(super) limit: Option<f64>,
    pub(super) within: Option<f64>,
    pub(super) except: Vec<(String, f64)>,
    pub(super) same_denominator: bool,
    pub(super) severity: Severity,
    pub(super) verified: bool,
    pub(super) say: Texts,
}

impl Relation {
    pub(super) fn read(json: &Json) -> Option<Self> {
        let kind = json.get("kind")?.as_str()?;
        let severity = json.get("severity")?.as_str()?;
        let except = json.get("except").map_or(Some(&[][..]), Json::as_object)?;
        Some(Self {
            id: json.text("id")?,
            kind: RelationKind::ALL.into_iter().find(|known| known.as_str() == kind)?,
            indicators: json.all("indicators", text)?,
            providers: json.all("providers", text)?,
            breakdown: json.optional("breakdown", text)?,
            unit: json.optional("unit", text)?,
            min: json.optional("min", number)?,
            limit: json.optional("limit", number)?,
            within: json.optional("within", number)?,
            except: except.iter().map(|(code, limit)| Some((code.clone(), number(limit)?))).collect::<Option<_>>()?,
            same_denominator: json.optional("same_denominator", Json::as_bool)?.unwrap_or(false),
            severity: Severity::parse(severity)?,
            verified: json.get("verified")?.as_bool()?,
            say: Texts::from_json(json.get("say")?)?,
        })
    }

    /// `R05`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How the indicators are read.
    #[must_use]
    pub fn kind(&self) -> RelationKind {
        self.kind
    }

    /// The indicators, in the order that the kind reads them.
    pub fn indicators(&self) -> impl ExactSizeIterator<Item = &str> {
        self.indicators.iter().map(String::as_str)
    }

    /// The producers, for [`RelationKind::SourceNotBelow`].
    pub fn providers(&self) -> impl ExactSizeIterator<Item = &str> {
        self.providers.iter().map(String::as_str)
    }

    /// The field of `breakdown` whose parts are meant.
    #[must_use]
    pub fn breakdown(&self) -> Option<&str> {
        self.breakdown.as_deref()
    }

    /// The unit whose indicators are meant, all of them.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// The smallest value of a part.
    #[must_use]
    pub fn min(&self) -> Option<f64> {
        self.min
    }

    /// The limit for an indicator.
    #[must_use]
    pub fn limit(&self, indicator: &str) -> Option<f64> {
        let except = self.except.iter().find(|(code, _)| code == indicator);
        except.map(|(_, limit)| *limit).or(self.limit)
    }

    /// How far from the limit a sum may lie.
    #[must_use]
    pub fn within(&self) -> f64 {
        self.within.unwrap_or(0.0)
    }

    /// Whether it holds only where the denominators agree.
    #[must_use]
    pub fn wants_same_denominator(&self) -> bool {
        self.same_denominator
    }

    /// Of the finding, where it does not hold.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether it was looked up outside the taxonomy.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.verified
    }

    /// What it says, and what to do where it does not hold.
    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        self.say.get(lang)
    }

    /// Every indicator that it names.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.indicators().chain(self.except.iter().map(|(code, _)| code.as_str()))
    }
}
