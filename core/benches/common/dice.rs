//! Chance that is the same in every run.

/// Numbers that look random and are the same in every run (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }

    pub(crate) fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let place = self.below(words.len() as u64);
        usize::try_from(place).ok().and_then(|place| words.get(place)).copied().unwrap_or_default()
    }

    /// A day in one of some years.
    pub(crate) fn day(&mut self, first: u64, years: u64) -> String {
        format!("{}-{:02}-{:02}", first + self.below(years), 1 + self.below(12), 1 + self.below(28))
    }
}
