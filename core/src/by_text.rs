//! A table by short texts: codes and ids of the rulebook, looked up for every value of every row.
//!
//! It is only asked, never walked, so that no order of it can reach an output. The keys are those of the rulebook; what a partner writes
//! is looked up and not put in, so a short and fast hash will do.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Values by text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByText<V>(HashMap<Box<str>, V, BuildHasherDefault<Fnv>>);

impl<V> ByText<V> {
    /// Puts a value there, and gives back the one before it.
    pub(crate) fn insert(&mut self, text: impl Into<Box<str>>, value: V) -> Option<V> {
        self.0.insert(text.into(), value)
    }

    /// The value of a text.
    pub(crate) fn get(&self, text: &str) -> Option<&V> {
        self.0.get(text)
    }
}

impl<V> Default for ByText<V> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<V> FromIterator<(Box<str>, V)> for ByText<V> {
    fn from_iter<I: IntoIterator<Item = (Box<str>, V)>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

/// FNV-1a.
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
