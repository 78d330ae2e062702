//! A table by short texts: codes and ids of the rulebook, looked up for every value of every row.
//!
//! It is only asked, never walked, so that no order of it can reach an output. The keys are those of the rulebook; what a partner writes
//! is looked up and not put in, so a short and fast hash will do.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Makes the hash of a short text.
pub(crate) type Quickly = BuildHasherDefault<Quick>;

/// Values by text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByText<V>(HashMap<Box<str>, V, Quickly>);

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

/// Eight bytes at a time, multiplied and folded: short texts are one or two steps.
#[derive(Default)]
pub(crate) struct Quick(u64);

impl Quick {
    fn add(&mut self, word: u64) {
        let wide = u128::from(self.0 ^ word) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
        self.0 = (wide as u64) ^ ((wide >> 64) as u64);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.add(u64::from_le_bytes(*word)));
        // The length tells a text from the same text with zeros behind it.
        let last = rest.iter().rev().fold(bytes.len() as u64, |last, byte| (last << 8) | u64::from(*byte));
        self.add(last);
    }

    /// The mark that ends a text says nothing here: its length is in.
    fn write_u8(&mut self, _: u8) {}
}
