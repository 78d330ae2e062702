//! How a piece of work ends: done, failed, or not possible here because something cannot be had.

use std::fmt;

/// Why a piece of work is not done.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// It was tried and is wrong.
    Failed(String),
    /// Something it needs cannot be had on this machine: one line that says what, and what to do.
    Missing(String),
}

/// The end of a piece of work.
pub(crate) type Outcome<T = ()> = Result<T, Trouble>;

impl Trouble {
    pub(crate) fn failed(text: impl Into<String>) -> Self {
        Self::Failed(text.into())
    }

    pub(crate) fn missing(text: impl Into<String>) -> Self {
        Self::Missing(text.into())
    }

    /// The same, as something that cannot be had: for installations, whose failure is no fault of the project.
    pub(crate) fn into_missing(self, what: &str) -> Self {
        let (Self::Failed(text) | Self::Missing(text)) = self;
        let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim();
        Self::Missing(format!("{what} cannot be had: {last}"))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(text) | Self::Missing(text) => f.write_str(text),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
