//! What a field of a record holds: a value, or a reason why there is none.

use std::fmt;

/// Why a field has no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// Nobody gave it: a missing key, null, empty text.
    #[default]
    NotGiven,
    /// What was given could not be read, or failed the field's own check.
    Invalid,
    /// The person did not wish to answer.
    Declined,
    /// It was asked, and nobody knows.
    NotKnown,
    /// The centre does not collect it.
    NotCollected,
    /// A rule says that it may not be collected.
    NotCollectedByRule,
}

impl Absence {
    /// The reasons that may be stated beside a field.
    pub const STATED: [Self; 4] = [Self::Declined, Self::NotKnown, Self::NotCollected, Self::NotCollectedByRule];

    /// The word in data and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotGiven => "not_given",
            Self::Invalid => "invalid",
            Self::Declined => "declined",
            Self::NotKnown => "not_known",
            Self::NotCollected => "not_collected",
            Self::NotCollectedByRule => "not_collected_by_rule",
        }
    }

    /// Reads a reason that may be stated; `not_given` and `invalid` may not.
    #[must_use]
    pub fn parse_stated(word: &str) -> Option<Self> {
        Self::STATED.into_iter().find(|reason| reason.as_str() == word)
    }

    /// Whether the field can still be answered: it was not given, or not rightly.
    #[must_use]
    pub fn is_answerable(self) -> bool {
        matches!(self, Self::NotGiven | Self::Invalid)
    }
}

/// A value, or the reason why there is none. Nothing is ever defaulted.
#[derive(Clone, Debug, PartialEq)]
pub enum Field<T> {
    /// The value as given.
    Value(T),
    /// No value, and why.
    Absent(Absence),
}

impl<T> Field<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent(_) => None,
        }
    }
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self::Absent(Absence::NotGiven)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; the reader judges it against the rulebook.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_type! {
    /// A code of one of the rulebook's lists; the field's catalogue entry says which.
    Code
}
text_type! {
    /// The code of a commune: `FR-59512` (INSEE) or `BE-57096` (NIS).
    TerritoryCode
}

/// An amount in cents of euro.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);
