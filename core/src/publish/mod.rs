//! From figures side by side to what may be published of them: disclosure control of a dashboard in one step.
//!
//! [`Harmonised`] figures enter whose request asks for protection ([`Protect`]); their published form leaves, with the record of the producer
//! beside it. What is counted in whole numbers (counts, and rates with what was counted and of how many) becomes one release, which
//! `disclosure` protects and audits: the communes of all areas that have a figure (`places`), the parts of a population (`parts`), earlier dashboards.
//! Every other figure is judged by itself (`alone`). All figures that are at hand are taken as published, shown or not: the communes that a
//! reader looks at do not change what is hidden. If the audit fails, there are no figures, and a finding says so.

mod alone;
pub(crate) mod ask;
mod parts;
mod places;
mod record;
mod release;

pub use ask::Protect;

use crate::finding::{Code, Finding, Path, Segment};
use crate::harmonise::request::Breakdown;
use crate::harmonise::{Absent, Cell, Harmonised, Series};
use crate::taxonomy::{Aggregation, Indicator};
use places::Places;
use std::collections::{BTreeMap, BTreeSet};

/// A cell by its series, its period and its place.
type At<'b> = (usize, usize, &'b str);

/// Why a figure that is not in the release is held back. Only the producer may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// Its producer says that it is confidential.
    Producer,
    /// Too few stand behind it.
    Few,
    /// Nobody says how many stand behind a figure of a partner's own.
    NotCounted,
    /// It says the same of everybody.
    Everybody,
    /// It is put together from figures of several periods or vintages.
    Mixed,
    /// It is a total, and its parts are another number.
    NotAdditive,
    /// It holds a figure that is held back.
    Holds,
    /// It tells the number of another figure that is hidden.
    SameNumber,
    /// It has no counts, and a figure of its indicator and period that has some is hidden.
    BesideCounts,
}

impl Why {
    /// The word in the record.
    fn as_str(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Few => "few",
            Self::NotCounted => "not_counted",
            Self::Everybody => "everybody",
            Self::Mixed => "mixed",
            Self::NotAdditive => "not_additive",
            Self::Holds => "holds",
            Self::SameNumber => "same_number",
            Self::BesideCounts => "beside_counts",
        }
    }
}

/// What is held back.
type Held<'b> = BTreeMap<At<'b>, Why>;

/// The published form, if the request asks for it.
pub(crate) fn publish<'b>(mut all: Harmonised<'b>) -> Harmonised<'b> {
    let Some(ask) = all.request.as_ref().and_then(|request| request.protect.clone()) else { return all };
    let places = Places::of(&all, &ask);
    let mut held = alone::held(&all, &ask, &places);
    let (built, protection) = release::protected(&all, &ask, &places, &mut held);
    let passed = protection.passed();
    let hidden: BTreeSet<At<'b>> = if passed { built.hidden(&protection) } else { BTreeSet::new() };
    alone::beside(&all, &ask, &places, &hidden, &mut held);
    all.record = Some(record::of(&all, &protection, &held));
    if !passed {
        all.series.clear();
        let at = Path::new(None, vec![Segment::Unknown("protect".to_owned())], false);
        all.findings.push(Finding::new(Code::ProtectionFailed, at));
        return all;
    }
    let taken = taken(&all, hidden.into_iter().chain(held.into_keys()));
    all.published(|series, cell| is_taken(&taken, series, cell))
}

/// Cells by indicator, part of the population, period and place.
type Taken<'b> = BTreeMap<&'b str, Vec<(Breakdown, BTreeSet<(usize, &'b str)>)>>;

fn taken<'b>(all: &Harmonised<'b>, cells: impl Iterator<Item = At<'b>>) -> Taken<'b> {
    let mut of_series: BTreeMap<usize, BTreeSet<(usize, &'b str)>> = BTreeMap::new();
    for (series, period, place) in cells {
        of_series.entry(series).or_default().insert((period, place));
    }
    let mut taken = Taken::new();
    for (at, cells) in of_series {
        let Some(series) = all.series.get(at) else { continue };
        taken.entry(series.indicator.code()).or_default().push((series.breakdown.clone(), cells));
    }
    taken
}

fn is_taken<'b>(taken: &Taken<'b>, series: &Series<'b>, cell: &Cell<'b>) -> bool {
    let of_indicator = taken.get(series.indicator.code());
    let cells = of_indicator.and_then(|all| all.iter().find(|(breakdown, _)| *breakdown == series.breakdown));
    cells.is_some_and(|(_, cells)| cells.contains(&(cell.period, cell.place)))
}

/// What a cell says in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// How many there are.
    Count(i64),
    /// How many there are, and of how many.
    Rate(i64, i64),
    /// Its producer hides it.
    Hidden,
}

impl Told {
    /// What was counted.
    fn count(self) -> Option<i64> {
        match self {
            Self::Count(count) | Self::Rate(count, _) => Some(count),
            Self::Hidden => None,
        }
    }
}

/// Whether what is counted adds up over places and parts of the population, and stands for no amount.
fn is_counted(indicator: &Indicator) -> bool {
    match indicator.aggregation() {
        Aggregation::Sum => indicator.unit() == COUNT,
        Aggregation::RatioOfSums => indicator.per().is_some() && !indicator.unit().starts_with(AMOUNT),
        Aggregation::PopulationWeightedMean | Aggregation::NonAdditiveDistinct | Aggregation::None => false,
    }
}

/// What a cell says in whole numbers; nothing where it says none.
fn told(series: &Series<'_>, cell: &Cell<'_>) -> Option<Told> {
    if !is_counted(series.indicator) {
        return None;
    }
    match cell.value {
        Err(Absent::Hidden) => Some(Told::Hidden),
        Ok(_) if cell.status == Some(CONFIDENTIAL) => Some(Told::Hidden),
        Ok(value) if series.indicator.aggregation() == Aggregation::Sum => Some(Told::Count(whole(value)?)),
        Ok(value) => {
            let (count, of) = cell.counts();
            // Everybody can work out what was counted from the rate and of how many it is.
            let worked_out = || Some((value * of? / series.indicator.per()?).round());
            Some(Told::Rate(whole(count.or_else(worked_out)?)?, whole(of?).filter(|of| *of > 0)?))
        }
        Err(_) => None,
    }
}

/// A number without a fraction that is not negative and that every language holds.
fn whole(value: f64) -> Option<i64> {
    let fits = value.fract() == 0.0 && (0.0..=crate::limits::INTEGER as f64).contains(&value);
    fits.then_some(value as i64)
}

/// The status of a figure that its producer hides.
const CONFIDENTIAL: &str = "Q";
/// The unit of counts.
const COUNT: &str = "NR";
/// How the units of amounts begin.
const AMOUNT: &str = "EUR";
