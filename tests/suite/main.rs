//! The suites that `cargo test` runs: the vectors, and what generated input may never do. The laws of decisions have
//! a process of their own.

mod documents;
mod vectors;
