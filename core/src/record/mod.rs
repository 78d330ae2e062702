//! The records partners exchange.
//!
//! Each is a plain struct from which the field catalogue is derived; nothing else lists fields. Data enters by
//! the reader (`crate::reader`) as rows and leaves as rows, as a struct or as JSON.

pub mod needs_analysis;
pub mod observation;
pub mod participant;
pub mod placement;

mod prelude {
    pub(super) use crate::date::{Date, Time};
    pub(super) use crate::field::{Code, Field, Money, TerritoryCode};
    pub(super) use sam_eurometropole_derive::Record;
}

pub use needs_analysis::NeedsAnalysis;
pub use observation::{Breakdown, Observation};
pub use participant::Participant;
pub use placement::Placement;

/// The one list of records: hands them to another macro, which makes of them what it needs.
macro_rules! for_each_record {
    ($then:ident) => {
        $then! {
            /// The person.
            Participant,
            /// The placement.
            Placement,
            /// A figure of an indicator.
            Observation,
            /// The analysis of the social needs of a territory.
            NeedsAnalysis,
        }
    };
}

pub(crate) use for_each_record;
