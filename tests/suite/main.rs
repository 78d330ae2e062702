//! The suites that `cargo test` runs: the vectors, and what generated input may never do. The laws of decisions have
//! a process of their own.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail loudly")]

mod documents;
mod exports;
mod hostile;
mod keeping;
mod own_lists;
mod packs;
mod taxonomy;
mod time;
mod vectors;
