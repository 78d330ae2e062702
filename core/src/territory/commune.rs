//! One commune and the zones it lies in.

use super::{Centre, Name, System};
use crate::date::Date;
use crate::force::{Force, Validity};
use crate::message::Lang;

/// The zones that a rule may name.
///
/// `FR` and `BE` are the countries, `BE-WAL` and `BE-VLG` the systems; `mel` is the Métropole européenne de Lille,
/// `eurometropole` the Eurométropole Lille-Kortrijk-Tournai, `programme` the area of Interreg France-Wallonie-Vlaanderen 2021–2027.
/// Membership of the last three is not dated: it is the present one, or that of the last day of a former commune.
pub const ZONES: [&str; 7] = ["FR", "BE", "BE-WAL", "BE-VLG", "mel", "eurometropole", "programme"];

/// Whether membership of a zone is known for every day of a commune's code; false: it is the present one.
#[must_use]
pub fn zone_is_dated(zone: &str) -> bool {
    matches!(zone, "FR" | "BE" | "BE-WAL" | "BE-VLG")
}

/// A commune, in force or former.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune {
    pub(super) code: String,
    pub(super) name_fr: String,
    pub(super) name_nl: Option<String>,
    pub(super) system: System,
    pub(super) arrondissement: String,
    pub(super) nuts3: Option<String>,
    /// Separated by `;`.
    pub(super) postal_codes: String,
    pub(super) force: Force,
    pub(super) successors: Vec<String>,
    pub(super) zones: Vec<&'static str>,
    pub(super) centre: Option<Centre>,
}

impl Commune {
    /// The code with its country: `FR-59512`, `BE-57096`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The name in a language, the last one of the code. Where there is no Dutch name the French one stands for it, marked; English
    /// takes the name that the commune itself uses, marked as well.
    #[must_use]
    pub fn name(&self, lang: Lang) -> Name<'_> {
        let dutch = self.name_nl();
        let (text, is_substitute) = match lang {
            Lang::Fr => (None, false),
            Lang::Nl => (dutch, dutch.is_none()),
            Lang::En => (dutch.filter(|_| self.system == System::BeVlg), true),
        };
        Name { text: text.unwrap_or(&self.name_fr), is_substitute }
    }

    /// The French name.
    #[must_use]
    pub fn name_fr(&self) -> &str {
        &self.name_fr
    }

    /// The Dutch name, where a source gives one.
    #[must_use]
    pub fn name_nl(&self) -> Option<&str> {
        self.name_nl.as_deref()
    }

    /// The point to draw it at. Former communes have none, and no commune has one where the centres are not loaded.
    #[must_use]
    pub fn centre(&self) -> Option<Centre> {
        self.centre
    }

    /// The system it belongs to.
    #[must_use]
    pub fn system(&self) -> System {
        self.system
    }

    /// The code of its arrondissement, an [`Area`](super::Area): for a Belgian commune that of the days of its code, for a French one
    /// the present one.
    #[must_use]
    pub fn arrondissement(&self) -> &str {
        &self.arrondissement
    }

    /// The code of its NUTS 3 region (NUTS 2021); `None` where no source gives it.
    #[must_use]
    pub fn nuts3(&self) -> Option<&str> {
        self.nuts3.as_deref()
    }

    /// Its postal codes, sorted; none for a former commune. One postal code may belong to several communes.
    pub fn postal_codes(&self) -> impl Iterator<Item = &str> {
        self.postal_codes.split(';').filter(|code| !code.is_empty())
    }

    /// First day of the code; `None` if it is older than the source.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.force.from
    }

    /// Last day of the code; `None` while it is in force.
    #[must_use]
    pub fn to(&self) -> Option<Date> {
        self.force.to
    }

    /// Codes of the communes that took its place the day after its last.
    pub fn successors(&self) -> impl ExactSizeIterator<Item = &str> {
        self.successors.iter().map(String::as_str)
    }

    /// Whether the code was in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.force.holds(day)
    }

    /// Whether the code had begun on a day.
    #[must_use]
    pub fn begun(&self, day: Date) -> bool {
        self.force.validity(day) != Validity::NotYet
    }

    /// The zones of [`ZONES`] it lies in, in that order.
    pub fn zones(&self) -> impl Iterator<Item = &'static str> {
        ZONES.into_iter().filter(|zone| self.in_zone(zone))
    }

    /// Whether it lies in a zone of [`ZONES`]; false for any other word.
    #[must_use]
    pub fn in_zone(&self, zone: &str) -> bool {
        match zone {
            "FR" | "BE" => self.code.get(..2) == Some(zone),
            "BE-WAL" | "BE-VLG" => self.system.as_str() == zone,
            _ => self.zones.contains(&zone),
        }
    }
}
