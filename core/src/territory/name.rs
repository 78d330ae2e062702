//! A name in a language, and whether it is one of that language.

use std::fmt;

/// A name to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'t> {
    /// The name.
    pub text: &'t str,
    /// No source gives a name in that language: this one, of another language, stands for it.
    pub is_substitute: bool,
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}
