//! Generated input, seeded and the same on every machine.
//!
//! [`records`] writes JSON texts of cases, half of them damaged, in every kind of number and absence. [`packs`] writes small random packs
//! with cases in which each answer is drawn from few, so that every outcome, operator and absence comes up. [`tables`] makes Arrow tables of every
//! type of array, with each row as the value that it is.

pub mod packs;
pub mod records;
pub mod tables;
