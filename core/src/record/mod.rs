//! The records partners exchange.
//!
//! Each is a plain struct from which the field catalogue is derived; nothing else lists fields. Data enters by
//! the reader (`crate::reader`) as rows and leaves as rows, as a struct or as JSON.

pub mod event;
pub mod needs_analysis;
pub mod observation;
pub mod organisation;
pub mod participant;
pub mod placement;
pub mod professional;
pub mod project;
pub mod volunteering;
pub mod worksite;

mod prelude {
    pub(super) use crate::date::{Date, Time};
    pub(super) use crate::field::{Code, Field, Money, TerritoryCode};
    pub(super) use sam_eurometropole_derive::Record;
}

pub use event::Event;
pub use needs_analysis::NeedsAnalysis;
pub use observation::{Breakdown, Observation};
pub use organisation::Organisation;
pub use participant::Participant;
pub use placement::Placement;
pub use professional::Professional;
pub use project::Project;
pub use volunteering::Volunteering;
pub use worksite::Worksite;

/// The one list of records: hands them to another macro, which makes of them what it needs.
///
/// ```
/// macro_rules! names {
///     ($($(#[$doc:meta])* $name:ident,)*) => { [$(stringify!($name)),*] };
/// }
/// assert!(sam_eurometropole::for_each_record!(names).contains(&"Placement"));
/// ```
#[macro_export]
macro_rules! for_each_record {
    ($then:ident) => {
        $then! {
            /// The person.
            Participant,
            /// The professional.
            Professional,
            /// The organisation.
            Organisation,
            /// The worksite.
            Worksite,
            /// The placement.
            Placement,
            /// A figure of an indicator.
            Observation,
            /// The analysis of the social needs of a territory.
            NeedsAnalysis,
            /// The event.
            Event,
            /// The volunteering.
            Volunteering,
            /// The project.
            Project,
        }
    };
}
