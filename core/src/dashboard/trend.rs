//! The course of a figure over the periods, from the last break of its series on.

use super::gap::difference;
use super::thresholds::{COURSE_PERCENT, SMALL_COUNT};
use crate::figures::length;
use crate::harmonise::{Cell, Harmonised, Series};
use crate::taxonomy::Aggregation;
use std::collections::BTreeMap;

/// Where a figure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Up.
    Rising,
    /// Down.
    Falling,
    /// Neither, as far as the threshold goes.
    Stable,
}

impl Course {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::Stable => "stable",
        }
    }
}

/// The figures of a place up to a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend<'b> {
    /// The first figure after the last break, by its period.
    pub first: (usize, f64),
    /// The figure of the period.
    pub last: (usize, f64),
    /// How many figures there are between them, both included.
    pub points: usize,
    /// The last less the first; `None` where there is no earlier figure, or none since the break.
    pub change: Option<f64>,
    /// The change in hundredths of the first.
    pub percent: Option<f64>,
    /// Where it goes; `None` where that cannot be told.
    pub course: Option<Course>,
    /// The breaks: the first period after each, and the break of the taxonomy, if it is one.
    pub breaks: Vec<(usize, Option<&'b str>)>,
}

/// The cells of each place in their order.
pub(crate) struct Trends<'s, 'b> {
    all: &'s Harmonised<'b>,
    series: &'s Series<'b>,
    places: BTreeMap<&'b str, Vec<&'s Cell<'b>>>,
}

impl<'s, 'b> Trends<'s, 'b> {
    pub(crate) fn of(all: &'s Harmonised<'b>, series: &'s Series<'b>) -> Self {
        let mut places: BTreeMap<&'b str, Vec<&'s Cell<'b>>> = BTreeMap::new();
        for cell in series.all().filter(|cell| cell.value.is_ok() && cell.status != Some("left_censored")) {
            places.entry(cell.place).or_default().push(cell);
        }
        Self { all, series, places }
    }

    /// The course of a cell that is shown.
    pub(super) fn of_cell(&self, cell: &Cell<'b>) -> Option<Trend<'b>> {
        let last = cell.value.ok()?;
        let months = |at: usize| self.all.periods.get(at).map(|(_, span)| length(*span));
        let earlier = self.places.get(cell.place)?.iter().copied();
        let before: Vec<&Cell<'b>> =
            earlier.filter(|one| one.period <= cell.period && months(one.period) == months(cell.period)).collect();
        if before.len() < 2 || before.last()?.period != cell.period {
            return None;
        }
        let breaks = self.breaks(&before);
        let from = breaks.last().map_or(0, |(at, _)| *at);
        let since: Vec<&Cell<'b>> = before.into_iter().filter(|one| one.period >= from).collect();
        let first = since.first().and_then(|one| Some((one.period, one.value.ok()?)))?;
        let mut trend = Trend {
            first,
            last: (cell.period, last),
            points: since.len(),
            change: None,
            percent: None,
            course: None,
            breaks,
        };
        if since.len() > 1 {
            trend.follow(self.is_count());
        }
        Some(trend)
    }

    /// The periods of a place before which its series breaks: no line goes across.
    pub(crate) fn broken(&self, place: &str) -> Vec<usize> {
        let cells = self.places.get(place).map(Vec::as_slice).unwrap_or_default();
        self.breaks(cells).into_iter().map(|(at, _)| at).collect()
    }

    fn is_count(&self) -> bool {
        matches!(self.series.indicator.aggregation(), Aggregation::Sum | Aggregation::NonAdditiveDistinct)
    }

    /// A status says that the figures before are others, or the taxonomy knows of a break between two periods of the side.
    fn breaks(&self, cells: &[&Cell<'b>]) -> Vec<(usize, Option<&'b str>)> {
        let span = |cell: &Cell<'_>| self.all.periods.get(cell.period).map(|(_, span)| *span);
        let known = |one: &Cell<'b>, next: &Cell<'b>| {
            let (side, earlier, later) = (next.side?, span(one)?, span(next)?);
            let indicator = self.series.indicator;
            indicator.breaks(side).find(|known| known.is_between(side, earlier, later)).map(|known| known.id())
        };
        let between = |pair: &[&Cell<'b>]| match pair {
            [one, next] => match known(one, next) {
                Some(id) => Some((next.period, Some(id))),
                None if next.status == Some("B") => Some((next.period, None)),
                None => None,
            },
            _ => None,
        };
        cells.windows(2).filter_map(between).collect()
    }
}

impl Trend<'_> {
    fn follow(&mut self, is_count: bool) {
        let ((_, first), (_, last)) = (self.first, self.last);
        let change = difference(last, first);
        self.change = Some(change);
        self.percent = (first > 0.0).then(|| change * 100.0 / first);
        // A small count changes by chance.
        let is_small = is_count && first.max(last) < SMALL_COUNT;
        self.course = self.percent.filter(|_| !is_small).map(|percent| match percent {
            _ if percent >= COURSE_PERCENT => Course::Rising,
            _ if percent <= -COURSE_PERCENT => Course::Falling,
            _ => Course::Stable,
        });
    }
}
