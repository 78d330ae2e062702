//! Communes that meet at the border.

/// How sure it is that two communes touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// They share at least about 1.5 km.
    High,
    /// They share less, meet at a point, or only come within 250 m of each other.
    Low,
}

impl Confidence {
    /// The word in data and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
        }
    }

    /// Reads the word; `None` for any other text.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::High, Self::Low].into_iter().find(|confidence| confidence.as_str() == word)
    }
}

/// Two present communes on either side of the border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) communes: [String; 2],
    pub(super) confidence: Confidence,
}

impl Pair {
    /// The other commune of the pair.
    pub(super) fn other(&self, code: &str) -> Option<&str> {
        match &self.communes {
            [first, second] if first == code => Some(second),
            [first, second] if second == code => Some(first),
            _ => None,
        }
    }
}

/// A neighbour of a commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour<'t> {
    /// The neighbour.
    pub commune: &'t super::Commune,
    /// Whether the border of the two countries lies between them. Pairs of one country are not held: it always does.
    pub cross_border: bool,
    /// How sure it is.
    pub confidence: Confidence,
}
