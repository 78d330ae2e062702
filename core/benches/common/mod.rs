//! What both benches share: the rows as Arrow arrays, chance, days, and the clock.

pub(crate) mod arrow;
pub(crate) mod day;
pub(crate) mod dice;

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The best times of two ways to do the same, taken in turns.
pub(crate) fn race(rounds: usize, one: &dyn Fn() -> usize, other: &dyn Fn() -> usize) -> (Duration, Duration) {
    let rounds = (0..rounds).map(|_| (time(one), time(other)));
    rounds.fold((Duration::MAX, Duration::MAX), |best, (a, b)| (best.0.min(a), best.1.min(b)))
}

#[expect(clippy::disallowed_methods, reason = "a bench needs a clock; the core has none")]
fn time(doing: &dyn Fn() -> usize) -> Duration {
    let start = Instant::now();
    assert!(black_box(doing()) > 0, "nothing was done");
    start.elapsed()
}
