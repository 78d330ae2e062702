//! The communes on both sides of the border: which system they belong to, when their code was in force, what came after it.
//!
//! Rows enter once, from the compact text that the generator writes ([`Territory::from_embedded`]), and leave as borrowed
//! [`Commune`]s. A code is always written with its country (`FR-59512`, `BE-57096`), because the five digits collide across the
//! border. Nothing here asks for today: whoever asks hands in the day.

mod code;
mod commune;
mod system;
mod table;

pub use code::TerritoryCode;
pub use commune::{Commune, ZONES};
pub use system::System;
pub use table::{Lookup, Territory, TerritoryError};
