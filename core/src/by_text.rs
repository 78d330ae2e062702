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

/// A hash of words of eight bytes: the first and the last of a text in one multiplication whose halves are folded together, and a step
/// for each word between them. Most texts are that short.
#[derive(Default)]
pub(crate) struct Quick(u64);

/// Odd numbers with bits all over (from the digits of π).
const MIX: [u64; 2] = [0x2437_54e7_a26d_1fb5, 0xc0ac_29b7_c97c_50dd];

impl Quick {
    #[inline]
    fn mix(&mut self, one: u64, other: u64) {
        let [first, second] = MIX;
        let product = u128::from(self.0 ^ one ^ first) * u128::from(other ^ second);
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let length = bytes.len() as u64;
        if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            self.mix(u64::from_le_bytes(*first) ^ length, u64::from_le_bytes(*last));
            let between = bytes.get(8..bytes.len() - 8).unwrap_or_default().chunks(8);
            between.for_each(|word| self.mix(short(word), 0));
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            self.mix(u64::from(u32::from_le_bytes(*first)) ^ length, u64::from(u32::from_le_bytes(*last)));
        } else {
            self.mix(short(bytes) ^ (length << 32), 0);
        }
    }

    /// What ends a text: its length is in the hash already.
    fn write_u8(&mut self, _: u8) {}
}

/// At most eight bytes as a word.
fn short(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::BuildHasher;

    #[test]
    fn texts_of_every_length_are_told_apart() {
        let text: String = ('a'..='z').chain('0'..='9').collect();
        let all: Vec<&str> = (0..text.len())
            .flat_map(|from| (from..=text.len()).map(move |to| (from, to)))
            .filter_map(|(from, to)| text.get(from..to))
            .collect();
        let table: ByText<&str> = all.iter().map(|text| ((*text).into(), *text)).collect();
        assert!(all.iter().all(|text| table.get(text) == Some(text)));
        assert_eq!(table.get("ab0"), None);
        let hashes: std::collections::BTreeSet<u64> =
            all.iter().map(|text| Quickly::default().hash_one(text)).collect();
        let texts: std::collections::BTreeSet<&str> = all.into_iter().collect();
        assert_eq!(hashes.len(), texts.len());
    }
}
