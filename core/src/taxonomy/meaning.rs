//! What an indicator means, for people: definition, numerator and denominator, caveat, national series, European dataset.

use super::Sides;
use crate::message::Texts;

/// The texts and series of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning {
    pub(super) definition: Texts,
    pub(super) numerator: Option<Texts>,
    pub(super) denominator: Option<Texts>,
    pub(super) caveat: Option<Texts>,
    /// What the indicator's own breakdown is called.
    pub(super) category: Option<String>,
    pub(super) series: Sides<Series>,
    pub(super) anchors: Vec<Anchor>,
}

/// The series in which a side publishes the figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub(super) provider: String,
    pub(super) name: String,
}

impl Series {
    /// The code of the list `data_provider`.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The name, in the language of the producer.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A dataset of Eurostat, or an indicator of a European programme, that the indicator can be held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub(super) dataset: String,
    pub(super) seen: bool,
}

impl Anchor {
    /// The code of the dataset.
    #[must_use]
    pub fn dataset(&self) -> &str {
        &self.dataset
    }

    /// Whether somebody looked the code up.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.seen
    }
}
