//! The communes on both sides of the border: what they are called, which system and areas they belong to, when their code was in
//! force, what came before and after it, and what they touch across the border.
//!
//! Four tables enter once, and a fifth, the centres, where the dashboard is loaded, from the compact texts that the generator writes ([`Territory::from_embedded`]); borrowed [`Commune`]s,
//! [`Area`]s and [`Change`]s leave, or canonical JSON ([`answer`]). A code is always written with its country (`FR-59512`,
//! `BE-57096`), because the five digits collide across the border; [`Territory::find`] takes what people type. Nothing here asks for
//! today: whoever asks hands in the day.

pub mod answer;
mod area;
mod at;
mod centre;
mod change;
mod code;
mod commune;
mod find;
mod name;
mod neighbour;
mod read;
mod system;
mod table;

pub use area::{Area, AreaKind};
pub use at::{At, Status};
pub use centre::Centre;
pub use change::{Change, ChangeKind};
pub use code::TerritoryCode;
pub use commune::{Commune, ZONES, zone_is_dated};
pub use find::{By, Found, Hit};
pub use name::Name;
pub use neighbour::{Confidence, Neighbour};
pub use read::Tables;
pub use system::System;
pub use table::{Lookup, Territory, TerritoryError};
