//! One shared rulebook and one engine for the public social-welfare centres on the French–Belgian border.
//!
//! Records of a person and of a placement enter as JSON text ([`check_text`], [`decide_text`]), as values of a host language
//! ([`check_value`], [`decide_value`]) or as structs ([`record`]). A [`Report`] or a [`Decision`] leaves, as canonical JSON for machines
//! and as text in French, Dutch or English for people. Rules are data: dated, sourced packs of a [`Rulebook`].
//!
//! The engine asks for no clock, no file, no locale and no network: the day is always given, and the rulebook is embedded or handed in.
//! The same input gives the same bytes in every language.
//!
//! ```
//! use sam_eurometropole::{Rulebook, date::Date, decide_text, message::Lang};
//!
//! let on = Date::parse("2025-06-20").unwrap();
//! let case = r#"{
//!     "participant": {"birth_date": "2009-07-08"},
//!     "placement": {"scheme": "fr_pmsmp", "start": "2025-07-07", "end": "2025-07-18"}
//! }"#;
//! let decision = decide_text(Rulebook::embedded(), case, on);
//! assert_eq!(decision.outcome.as_str(), "refused");
//! assert_eq!(decision.deciding(), ["fr.pmsmp.min_age"]);
//! assert!(decision.to_text(Lang::Fr, false).starts_with("Condition non remplie"));
//! ```

#![cfg_attr(not(feature = "tables"), expect(dead_code, reason = "what only tables ask for stays beside its concept"))]

extern crate self as sam_eurometropole;

pub mod breakage;
mod by_text;
pub mod catalogue;
pub mod change;
mod checks;
pub mod codes;
mod counted;
pub mod dashboard;
pub mod dataset;
pub mod date;
pub mod decision;
pub mod disclosure;
pub mod document;
#[cfg(any(feature = "csv", feature = "national"))]
mod encoding;
mod explain;
pub mod export;
pub mod field;
mod figures;
pub mod files;
pub mod finding;
pub mod force;
pub mod harmonise;
pub mod hash;
pub mod hint;
pub mod identifier;
pub mod json;
pub mod kernel;
pub mod limits;
pub mod message;
pub mod migrate;
#[cfg(feature = "national")]
pub mod national;
pub mod needs;
mod order;
pub mod pack;
pub mod period;
pub mod picture;
pub mod privacy;
pub mod publish;
pub mod purge;
pub mod reader;
pub mod record;
pub mod report;
pub mod rows;
pub mod rulebook;
#[cfg(feature = "schema")]
pub mod schema;
mod serde_support;
#[cfg(feature = "tables")]
pub mod table;
pub mod taxonomy;
pub mod territory;
pub mod time;
pub mod truth;
pub mod view;
mod writer;

pub use change::{what_would_change, what_would_change_value};
pub use decision::{Decision, decide_text, decide_texts, decide_value};
pub use explain::{ChartOptions, Explanation, PageOptions, Tell, WrongChartOption, explain_text, explain_value};
pub use report::{Report, check_text, check_value, view_text, view_value};
pub use rulebook::Rulebook;
pub use time::earliest_start::earliest_start;
pub use time::timeline::timeline;

/// The code blocks of the README run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
