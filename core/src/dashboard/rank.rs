//! The place of a figure among others of its level: 1 is the highest, equal figures share a place.
//!
//! Across the border only figures of grade A in one period, one level and one vintage are ranked; others within their side, and a position that each country
//! measures by its own line within the country. An estimate has a spread that nobody gave: it is left out, and said to be.

use crate::harmonise::{Cell, Harmonised, Series};
use crate::taxonomy::{Aggregation, Grade};
use crate::territory::{AreaKind, System};
use std::collections::{BTreeMap, BTreeSet};

/// Those that a place is ranked among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Among {
    /// All places of the level that are shown, on both sides of the border.
    All,
    /// Those of France or of Belgium.
    Country(&'static str),
    /// Those of the side.
    Side(System),
}

impl Among {
    /// The word in outputs: `all`, or the code of the country or the side.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Country(country) => country,
            Self::Side(side) => side.as_str(),
        }
    }
}

/// A place among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// From 1, the highest figure.
    pub place: usize,
    /// How many are ranked.
    pub of: usize,
    /// Whether another has the same figure.
    pub is_tied: bool,
    /// Those it is ranked among.
    pub among: Among,
}

/// Why a place with a figure has no rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unranked {
    /// Counts follow the size of a place.
    Count,
    /// An estimate, a forecast or a figure of low reliability, whose spread may overlap those of others.
    Uncertain,
    /// A floor value: the true one may be lower.
    Censored,
    /// Its definition is another.
    Definition,
    /// There is nobody to be ranked with.
    Alone,
}

impl Unranked {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Uncertain => "uncertain",
            Self::Censored => "censored",
            Self::Definition => "definition_differs",
            Self::Alone => "alone",
        }
    }
}

/// Ranks by period and place.
pub(super) type Ranks<'b> = BTreeMap<(usize, &'b str), Result<Rank, Unranked>>;

/// What is ranked together: period, level, and among whom.
type Group = (usize, &'static str, Among);

/// The ranks of the places of a series that are shown and have a value.
pub(super) fn of<'b>(all: &Harmonised<'b>, series: &Series<'b>) -> Ranks<'b> {
    let told = series.cells().filter_map(|cell| Some((cell, cell.value.ok()?, level(all, cell)?)));
    let told: Vec<(&Cell<'b>, f64, &'static str)> = told.collect();
    let mut ranks = Ranks::new();
    let mut groups: BTreeMap<Group, Vec<(&Cell<'b>, f64)>> = BTreeMap::new();
    let scopes = Scopes::of(all, series, &told);
    for (cell, value, level) in told {
        match why_not(series, cell) {
            Some(why) => {
                ranks.insert((cell.period, cell.place), Err(why));
            }
            None => groups.entry((cell.period, level, scopes.of_cell(cell, level))).or_default().push((cell, value)),
        }
    }
    for ((_, _, among), mut group) in groups {
        crate::order::sort_by(&mut group, |(_, a), (_, b)| b.total_cmp(a));
        place(&group, among, &mut ranks);
    }
    ranks
}

/// The level of a place; zones have none, and the arrondissements of France none that the other side has.
fn level(all: &Harmonised<'_>, cell: &Cell<'_>) -> Option<&'static str> {
    if cell.is_commune {
        return Some("COM");
    }
    let kind = all.book.territory().area(cell.place)?.kind();
    match kind {
        AreaKind::Country => Some("NUTS0"),
        AreaKind::Region | AreaKind::Nuts1 => Some("NUTS1"),
        AreaKind::Province | AreaKind::Nuts2 => Some("NUTS2"),
        AreaKind::Departement | AreaKind::Nuts3 => Some("NUTS3"),
        AreaKind::Arrondissement if cell.place.starts_with("BE-") => Some("NUTS3"),
        AreaKind::Arrondissement | AreaKind::Epci => Some(kind.as_str()),
        AreaKind::Zone => None,
    }
}

fn place<'b>(group: &[(&Cell<'b>, f64)], among: Among, ranks: &mut Ranks<'b>) {
    let mut start = 0;
    let mut rest = group;
    while let Some((_, first)) = rest.first() {
        let same = rest.iter().take_while(|(_, value)| value.total_cmp(first).is_eq()).count();
        let (tied, after) = rest.split_at_checked(same.max(1)).unwrap_or((rest, &[]));
        for (cell, _) in tied {
            let rank = Rank { place: start + 1, of: group.len(), is_tied: same > 1, among };
            let rank = if group.len() > 1 { Ok(rank) } else { Err(Unranked::Alone) };
            ranks.insert((cell.period, cell.place), rank);
        }
        start += tied.len();
        rest = after;
    }
}

fn why_not(series: &Series<'_>, cell: &Cell<'_>) -> Option<Unranked> {
    if matches!(series.indicator.aggregation(), Aggregation::Sum | Aggregation::NonAdditiveDistinct) {
        return Some(Unranked::Count);
    }
    match cell.status? {
        "E" | "F" | "U" => Some(Unranked::Uncertain),
        "left_censored" => Some(Unranked::Censored),
        "D" => Some(Unranked::Definition),
        _ => None,
    }
}

/// How far the ranks of a series reach.
enum Scopes {
    /// Within the country.
    Country,
    /// Within the side, but for these periods and levels: all have one vintage, on several sides.
    Side(BTreeSet<(usize, &'static str)>),
}

impl Scopes {
    fn of(all: &Harmonised<'_>, series: &Series<'_>, told: &[(&Cell<'_>, f64, &'static str)]) -> Self {
        if all.book.taxonomy().is_marked("national_line", series.indicator.code()) {
            return Self::Country;
        }
        let mut across = BTreeSet::new();
        if series.indicator.grade() == Grade::A {
            let mut vintages: BTreeMap<(usize, &'static str), BTreeSet<Option<i64>>> = BTreeMap::new();
            for (cell, _, level) in told {
                vintages.entry((cell.period, *level)).or_default().insert(cell.vintage);
            }
            across.extend(vintages.into_iter().filter(|(_, vintages)| vintages.len() == 1).map(|(key, _)| key));
        }
        Self::Side(across)
    }

    fn of_cell(&self, cell: &Cell<'_>, level: &'static str) -> Among {
        match self {
            Self::Country if cell.place.starts_with("FR") => Among::Country("FR"),
            Self::Country => Among::Country("BE"),
            Self::Side(across) if across.contains(&(cell.period, level)) => Among::All,
            Self::Side(_) => Among::Side(cell.side.unwrap_or(System::Other)),
        }
    }
}
