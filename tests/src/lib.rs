//! What all four runners share: the vectors, the calls they make, and the generators of records, packs and cases.
//!
//! A vector names a call and its input; [`run`] makes the call by the Rust API. The runners of Python, Node and the browser make the
//! same calls by their own API and must give the same text. `tests/vectors/README.md` describes the format.

pub mod calls;
pub mod catalogue;
pub mod edit;
pub mod generate;
pub mod hostile;
pub mod hostile_packs;
pub mod pack_documents;
pub mod rng;
pub mod shuffle;
pub mod tables;
pub mod vectors;

pub use calls::run;
