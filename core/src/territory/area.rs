//! What communes lie in: countries, regions, départements and provinces, arrondissements, the MEL, zones and NUTS regions.
//!
//! An area names its parent, so that the way up is a walk ([`Territory::ancestors`](super::Territory::ancestors)); the way down asks
//! the communes ([`Territory::members`](super::Territory::members)).

use super::Name;
use crate::date::Date;
use crate::force::Force;
use crate::message::Lang;

/// The kind of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaKind {
    /// France, Belgium.
    Country,
    /// Hauts-de-France, Flanders, Wallonia.
    Region,
    /// A French département.
    Departement,
    /// A Belgian province.
    Province,
    /// An arrondissement of either country.
    Arrondissement,
    /// A French group of communes with own powers (EPCI): the MEL.
    Epci,
    /// A zone of cooperation.
    Zone,
    /// A statistical region of the first level.
    Nuts1,
    /// A statistical region of the second level.
    Nuts2,
    /// A statistical region of the third level.
    Nuts3,
}

impl AreaKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Country,
        Self::Region,
        Self::Departement,
        Self::Province,
        Self::Arrondissement,
        Self::Epci,
        Self::Zone,
        Self::Nuts1,
        Self::Nuts2,
        Self::Nuts3,
    ];

    /// The word in data and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::Departement => "departement",
            Self::Province => "province",
            Self::Arrondissement => "arrondissement",
            Self::Epci => "epci",
            Self::Zone => "zone",
            Self::Nuts1 => "nuts1",
            Self::Nuts2 => "nuts2",
            Self::Nuts3 => "nuts3",
        }
    }

    /// Reads the word; `None` for any other text.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// An area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub(super) code: String,
    pub(super) kind: AreaKind,
    pub(super) parent: Option<String>,
    /// French, Dutch, English; empty where there is none.
    pub(super) names: [String; 3],
    pub(super) force: Force,
    pub(super) is_dated: bool,
    pub(super) is_whole: bool,
    pub(super) official: Option<(u32, Date)>,
}

impl Area {
    /// The code: `FR`, `BE-VLG`, `FR-DEP-59`, `BE-57000`, `mel`, `BE328`. Systems and zones have the word that rules use.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> AreaKind {
        self.kind
    }

    /// The code of the area that it is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    /// The name in a language, or the French one, marked. NUTS regions have none: their code is shown.
    #[must_use]
    pub fn name(&self, lang: Lang) -> Option<Name<'_>> {
        let [fr, nl, en] = &self.names;
        let own = match lang {
            Lang::Fr => fr,
            Lang::Nl => nl,
            Lang::En => en,
        };
        let is_substitute = own.is_empty();
        let text = if is_substitute { fr } else { own };
        (!text.is_empty()).then_some(Name { text, is_substitute })
    }

    /// First day, if a source gives one.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.force.from
    }

    /// Last day; `None` while it is there.
    #[must_use]
    pub fn to(&self) -> Option<Date> {
        self.force.to
    }

    /// Whether its members are known for every day; false: the present ones stand for all days.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.is_dated
    }

    /// Whether the rulebook holds all its communes; of the others it holds a part.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// How many communes it has by an official count, and on which day; `None` where no source says.
    #[must_use]
    pub fn official(&self) -> Option<(u32, Date)> {
        self.official
    }
}
