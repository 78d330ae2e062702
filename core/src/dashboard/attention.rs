//! What needs attention, by place and theme, with the reasons. A reason names the figure that it rests on; none is a judgement.

use super::thresholds::WORSE_PERCENT;
use super::{Course, Entry, Gap, Trend};
use crate::harmonise::request::Breakdown;
use crate::harmonise::{Absent, Harmonised, Series};
use crate::taxonomy::Direction;
use std::collections::BTreeMap;

/// Why a theme of a place needs attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The figure is worse than that of the zone, or else of the country.
    Worse,
    /// The figure gets worse.
    Worsening,
    /// There is no figure, and there should be.
    Missing,
    /// The figure is hidden: what it would say is not known here.
    Hidden,
    /// The figure is an estimate, a forecast, provisional or of low reliability, or follows another definition.
    Unverified,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Worse, Self::Worsening, Self::Missing, Self::Hidden, Self::Unverified];

    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Worsening => "worsening",
            Self::Missing => "missing",
            Self::Hidden => "hidden",
            Self::Unverified => "unverified",
        }
    }

    /// Whether it is about the need itself; the others are about the data.
    #[must_use]
    pub fn is_need(self) -> bool {
        matches!(self, Self::Worse | Self::Worsening)
    }
}

/// One reason.
#[derive(Clone, Debug)]
pub struct Reason<'b> {
    /// What it is.
    pub why: Why,
    /// The code of the indicator.
    pub indicator: &'b str,
    /// The part of the population.
    pub breakdown: Breakdown,
    /// The period, by its place.
    pub period: usize,
    /// The distance that it rests on.
    pub gap: Option<Gap<'b>>,
    /// The course that it rests on.
    pub trend: Option<Trend<'b>>,
}

/// A theme of a place, and why it needs attention.
#[derive(Clone, Debug)]
pub struct Attention<'b> {
    /// The commune or the area.
    pub place: &'b str,
    /// The theme.
    pub theme: &'b str,
    /// The reasons, needs first.
    pub reasons: Vec<Reason<'b>>,
}

/// What needs attention among the cells that are shown.
pub(super) fn of<'b>(all: &Harmonised<'b>, entries: &[Vec<Entry<'b>>]) -> Vec<Attention<'b>> {
    let mut themes: BTreeMap<(&'b str, &'b str), Vec<Reason<'b>>> = BTreeMap::new();
    let zone = all.request.as_ref().and_then(|request| request.zone);
    for (series, entries) in all.series.iter().zip(entries) {
        for entry in entries.iter().filter(|entry| Some(entry.cell.place) != zone) {
            let reasons = reasons(all, series, entry);
            if !reasons.is_empty() {
                themes.entry((entry.cell.place, series.indicator.theme())).or_default().extend(reasons);
            }
        }
    }
    let attention = |((place, theme), mut reasons): ((&'b str, &'b str), Vec<Reason<'b>>)| {
        crate::order::sort_by(&mut reasons, |a, b| a.why.cmp(&b.why));
        Attention { place, theme, reasons }
    };
    themes.into_iter().map(attention).collect()
}

fn reasons<'b>(all: &Harmonised<'b>, series: &Series<'b>, entry: &Entry<'b>) -> Vec<Reason<'b>> {
    let cell = &entry.cell;
    let reason = |why| Reason {
        why,
        indicator: series.indicator.code(),
        breakdown: series.breakdown.clone(),
        period: cell.period,
        gap: None,
        trend: None,
    };
    let mut reasons = Vec::new();
    let direction = series.indicator.direction();
    if let Some(gap) = held_against(all, entry).filter(|gap| is_worse(gap, direction)) {
        reasons.push(Reason { gap: Some(gap.clone()), ..reason(Why::Worse) });
    }
    if let Some(trend) = entry.trend.as_ref().filter(|trend| is_worsening(trend, direction)) {
        reasons.push(Reason { trend: Some(trend.clone()), ..reason(Why::Worsening) });
    }
    match cell.value {
        Err(Absent::Hidden | Absent::PartHidden) => reasons.push(reason(Why::Hidden)),
        Err(why) if why.is_gap() => reasons.push(reason(Why::Missing)),
        Err(_) => {}
        Ok(_) => {
            let is_unsure = matches!(cell.status, Some("E" | "F" | "P" | "U" | "D"));
            reasons.extend(is_unsure.then(|| reason(Why::Unverified)));
        }
    }
    reasons
}

/// The gap that counts: that to the zone, else that to the own country.
fn held_against<'e, 'b>(all: &Harmonised<'b>, entry: &'e Entry<'b>) -> Option<&'e Gap<'b>> {
    let zone = all.request.as_ref().and_then(|request| request.zone);
    let country = entry.cell.place.get(..2);
    let to = |code: Option<&str>| entry.gaps.iter().find(|gap| Some(gap.to) == code);
    to(zone).or_else(|| to(country))
}

fn is_worse(gap: &Gap<'_>, direction: Direction) -> bool {
    let by = gap.percent.unwrap_or(0.0);
    match direction {
        Direction::HigherIsWorse => by >= WORSE_PERCENT,
        Direction::HigherIsBetter => by <= -WORSE_PERCENT,
        Direction::Context => false,
    }
}

fn is_worsening(trend: &Trend<'_>, direction: Direction) -> bool {
    match direction {
        Direction::HigherIsWorse => trend.course == Some(Course::Rising),
        Direction::HigherIsBetter => trend.course == Some(Course::Falling),
        Direction::Context => false,
    }
}
