//! The systems whose law and vocabulary apply.

use std::fmt;

/// The system of a territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// France (CCAS).
    Fr,
    /// Wallonia (CPAS).
    BeWal,
    /// Flanders (OCMW).
    BeVlg,
    /// Brussels: named in data, never held.
    BeBru,
    /// Any other: named in data, never held.
    Other,
}

impl System {
    /// Every system, in the order of the code list `system`.
    pub const ALL: [Self; 5] = [Self::Fr, Self::BeWal, Self::BeVlg, Self::BeBru, Self::Other];

    /// The word in data and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "FR",
            Self::BeWal => "BE-WAL",
            Self::BeVlg => "BE-VLG",
            Self::BeBru => "BE-BRU",
            Self::Other => "other",
        }
    }

    /// Reads the word; `None` for any other text.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.as_str() == word)
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
