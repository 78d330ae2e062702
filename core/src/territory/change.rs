//! What happened to communes and arrondissements since 2000: mergers, recodes, renames.

use crate::date::Date;

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// `from` went into `to`. With one code for both, the code went on with more ground.
    Merge,
    /// A commune took others in and kept code and name.
    Absorbs,
    /// A new code for the same ground.
    Recode,
    /// A new name for the same code.
    Rename,
    /// `to` was cut out of `from`, which went on.
    Reestablish,
    /// An arrondissement that was not there before.
    Create,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Merge, Self::Absorbs, Self::Recode, Self::Rename, Self::Reestablish, Self::Create];

    /// The word in data and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Absorbs => "absorbs",
            Self::Recode => "recode",
            Self::Rename => "rename",
            Self::Reestablish => "reestablish",
            Self::Create => "create",
        }
    }

    /// Reads the word; `None` for any other text.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub(super) date: Date,
    pub(super) kind: ChangeKind,
    pub(super) from: Option<String>,
    pub(super) to: String,
    pub(super) former_name: Option<String>,
    pub(super) source: String,
}

impl Change {
    /// First day of what is new.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// What happened.
    #[must_use]
    pub fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// The code before; it may lie outside what the rulebook holds.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// The code after.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.to
    }

    /// The name before, where the code stayed or lies outside what the rulebook holds.
    #[must_use]
    pub fn former_name(&self) -> Option<&str> {
        self.former_name.as_deref()
    }

    /// Who says so.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the code before came to its end.
    #[must_use]
    pub fn ends_code(&self) -> bool {
        matches!(self.kind, ChangeKind::Merge | ChangeKind::Recode) && self.moves()
    }

    /// Whether ground went from one code to another.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.from().is_some_and(|from| from != self.to)
    }
}
