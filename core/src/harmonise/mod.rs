//! Figures of three systems side by side, each with what it may be compared with.
//!
//! A list of observations enters, as JSON text ([`harmonise_text`]), as values of a host ([`harmonise_value`]) or as the rows of a table
//! ([`harmonise`]), with a request as JSON text. [`Harmonised`] leaves: for each indicator and part of the population a [`Series`] of [`Cell`]s
//! in one unit, one vintage of communes and, where there is one, a period that all sides have. Totals are computed only as the indicator allows;
//! a hidden or missing part makes them missing. Every value names the rows that it comes from and what was done to them.
//!
//! What is wrong in the observations themselves is said by the checks of a set; here a row that cannot be used is only counted.
//! Where the request asks for protection (`protect`), what leaves is the published form: [`Harmonised::published`] takes values away before
//! anything is derived from them; [`Harmonised::dashboard`] follows.

mod carry;
mod cell;
mod combine;
mod json;
mod periods;
pub mod request;
mod series;
mod total;
mod vintage;

pub use cell::{Absent, Cell, Operation};
pub(crate) use json::words;
pub(crate) use series::communes_of;
pub use series::{Series, Show};

use crate::catalogue::Role;
use crate::figures::{self, Figure};
use crate::finding::{Code, Finding, Path, Segment, settle};
use crate::json::Json;
use crate::period::Period;
use crate::publish::publish;
use crate::reader::{Batch, Shape, Value, ValueSource, read_many, read_texts};
use crate::rows::Rows;
use crate::rulebook::Rulebook;
use request::Request;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use vintage::Ground;

/// At most so many rows are named in a finding.
const NAMED_ROWS: usize = 20;
/// The indicator whose figures are the weights of means.
const POPULATION: &str = "DEM01";

/// Series side by side.
#[derive(Clone, Debug)]
pub struct Harmonised<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// What was asked, if it could be read.
    pub request: Option<Request<'b>>,
    /// What could not be used or put together, and why.
    pub findings: Vec<Finding>,
    /// The periods that cells name by their place, in their order.
    pub periods: Vec<(String, Period)>,
    /// The series, in the order of the request.
    pub series: Vec<Series<'b>>,
    /// Where the request asks for protection: what was hidden and why. It stays with the producer and is in no other output.
    pub record: Option<Json>,
}

/// Harmonises a JSON list of observations.
///
/// ```
/// use sam_eurometropole::{Rulebook, harmonise::harmonise_text};
/// let observations = r#"[
///     {"indicator": "CHI01", "territory": "FR-59512", "period": "2023", "unit": "NR", "value": 1500, "source": "fr_insee"},
///     {"indicator": "CHI01", "territory": "BE-57096", "period": "2023", "unit": "NR", "value": 600, "source": "be_statbel"}
/// ]"#;
/// let request = r#"{"indicators": ["CHI01"], "territories": ["FR-59512", "BE-57096"]}"#;
/// let found = harmonise_text(Rulebook::embedded(), observations, request);
/// assert_eq!(found.series[0].show.as_str(), "ranked");
/// assert_eq!(found.series[0].cells().count(), 2);
/// ```
#[must_use]
pub fn harmonise_text<'b>(book: &'b Rulebook, observations: &str, request: &str) -> Harmonised<'b> {
    of_batch(book, &read_texts(observations, Shape::Record(Role::Observation), book), request)
}

/// Harmonises a list of observations given as values of a host language.
#[must_use]
pub fn harmonise_value<'b>(book: &'b Rulebook, observations: &Value, request: &str) -> Harmonised<'b> {
    of_batch(book, &read_many(ValueSource::new(observations), Shape::Record(Role::Observation), book), request)
}

fn of_batch<'b>(book: &'b Rulebook, batch: &Batch, request: &str) -> Harmonised<'b> {
    let nothing = crate::rows::OwnedRows::new(Role::Observation.layout());
    let mut found = harmonise(book, batch.records.get(Role::Observation).unwrap_or(&nothing), request);
    // A text that is no list of records at all has no row of which that could be said.
    let unread = batch.findings.iter().flatten().filter(|finding| finding.code == Code::InputSyntax.as_str());
    found.findings.splice(0..0, unread.cloned());
    found
}

/// Harmonises the rows of a table of observations.
#[must_use]
pub fn harmonise<'b, R: Rows>(book: &'b Rulebook, rows: &R, request: &str) -> Harmonised<'b> {
    let (request, findings) = request::read(book, request);
    let mut found = Harmonised { book, request, findings, periods: Vec::new(), series: Vec::new(), record: None };
    if let Some(request) = found.request.clone() {
        let mut work = Work {
            book,
            request: &request,
            periods: Vec::new(),
            findings: Vec::new(),
            frames: BTreeMap::new(),
            grounds: BTreeMap::new(),
        };
        let figures = work.figures(rows);
        found.series = work.series(&figures);
        found.periods = work.periods;
        found.findings.extend(work.findings);
    }
    found = publish(found);
    found.findings = settle(found.findings);
    found
}

impl<'b> Harmonised<'b> {
    /// The form that is published: cells that are to be hidden lose their value, status and counts, and everything that is derived from here on
    /// (gaps, ranks, trends) is derived without them. Disclosure control decides which; a hidden cell does not say why.
    #[must_use]
    pub fn published(mut self, hides: impl Fn(&Series<'b>, &Cell<'b>) -> bool) -> Self {
        for series in &mut self.series {
            let hidden: Vec<(usize, &str)> =
                series.all().filter(|cell| hides(series, cell)).map(|cell| (cell.period, cell.place)).collect();
            series.hide(&hidden);
        }
        self
    }

    /// The text of a period.
    #[must_use]
    pub fn period(&self, cell: &Cell<'_>) -> &str {
        self.periods.get(cell.period).map_or("", |(text, _)| text)
    }
}

/// What is at hand while series are made.
struct Work<'w, 'b> {
    book: &'b Rulebook,
    request: &'w Request<'b>,
    periods: Vec<(String, Period)>,
    findings: Vec<Finding>,
    /// The communes that lie in an area at any time, by its code.
    frames: BTreeMap<&'b str, Rc<BTreeSet<&'b str>>>,
    /// The communes of other years over those of the wanted one.
    grounds: BTreeMap<i64, Rc<Ground<'b>>>,
}

impl<'b> Work<'_, 'b> {
    /// The figures that are asked for, or that are the weights of them.
    fn figures<'a, R: Rows>(&mut self, rows: &'a R) -> Vec<Figure<'a>>
    where
        'b: 'a,
    {
        let (mut kept, mut unread) = (Vec::new(), Vec::new());
        let mut spread: BTreeMap<&str, Vec<Figure<'a>>> = BTreeMap::new();
        let codes: BTreeSet<&str> = crate::order::set(self.request.indicators.iter().copied().chain(self.weights()));
        for (row, figure) in figures::each(self.book, rows).enumerate() {
            let Some(figure) = figure else {
                unread.push(row);
                continue;
            };
            if !codes.contains(figure.indicator.code()) || !self.request.breakdowns.has(&figure.breakdown) {
                continue;
            }
            if figure.is_commune && !self.is_at_level(&figure) {
                spread.entry(figure.indicator.code()).or_default().push(figure);
            } else {
                kept.push(figure);
            }
        }
        if !unread.is_empty() {
            let paths: Vec<Path> = unread.iter().take(NAMED_ROWS).map(|row| row_path(*row, "indicator")).collect();
            self.findings.push(Finding::new(Code::HarmoniseUnread, paths).with("rows", unread.len()));
        }
        for (code, figures) in spread {
            let paths: Vec<Path> = figures.iter().take(NAMED_ROWS).map(|figure| figure.path("territory")).collect();
            let finding = Finding::new(Code::HarmoniseSpread, paths).with("indicator", code);
            self.findings.push(finding.with("rows", figures.len()));
        }
        kept
    }

    /// The indicator that others are weighed by, if there are such.
    fn weights(&self) -> Option<&'static str> {
        let mean = crate::taxonomy::Aggregation::PopulationWeightedMean;
        let is_mean = |code: &&str| self.book.taxonomy().indicator(code).is_some_and(|one| one.aggregation() == mean);
        self.request.indicators.iter().any(is_mean).then_some(POPULATION)
    }

    /// Whether the indicator exists for communes on the side of the figure.
    fn is_at_level(&self, figure: &Figure<'_>) -> bool {
        let side = self.book.territory().get(figure.place).map(crate::territory::Commune::system);
        side.is_none_or(|side| series::is_of_communes(self.book, figure.indicator, side))
    }
}

/// The path of a field of a row.
fn row_path(row: usize, field: &str) -> Path {
    let layout = Role::Observation.layout();
    let column = layout.find(field).and_then(|id| layout.column(id));
    let mut segments = vec![Segment::Index(row)];
    segments.extend(column.into_iter().flat_map(|column| column.segments.iter().cloned()));
    Path::new(Some(Role::Observation), segments, false)
}
