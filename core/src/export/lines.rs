//! Observations as lines that every format writes: codes resolved, what is hidden without a value.

use crate::catalogue::{ColumnId, FieldType, Role};
use crate::date::Date;
use crate::field::Absence;
use crate::figures::{self, Figure};
use crate::finding::{Code, Finding, Path, Segment};
use crate::harmonise::{self, Absent, Harmonised, Series};
use crate::order;
use crate::record::Breakdown;
use crate::rows::{Cell, Record as _, Rows};
use crate::rulebook::Rulebook;
use crate::taxonomy::Indicator;
use std::collections::BTreeSet;

/// The code of a total.
pub(super) const TOTAL: &str = "_T";
/// The level of a commune.
const COMMUNE: &str = "COM";
/// At most so many rows are named in a finding.
const NAMED_ROWS: usize = 20;

/// A field of the breakdown: its name, and the list that its codes are of; none where they are the source's.
pub(super) type Part = (&'static str, Option<&'static str>);

/// The fields of the breakdown, in the order of the catalogue.
pub(super) fn parts() -> impl Iterator<Item = Part> {
    Breakdown::DEF.fields.iter().map(|field| match field.kind {
        FieldType::Code(list) => (field.name, Some(list)),
        _ => (field.name, None),
    })
}

/// A figure as it is written.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) place: &'a str,
    pub(super) is_commune: bool,
    /// The level of the area; `COM` of a commune.
    pub(super) level: Option<&'a str>,
    pub(super) period: &'a str,
    /// Fields of the breakdown and their codes; totals are left out.
    pub(super) breakdown: Vec<(&'static str, &'a str)>,
    pub(super) value: Option<f64>,
    /// The status; `A` of a value without one.
    pub(super) status: &'a str,
    /// Who produced it; none where it was put together from several.
    pub(super) source: Option<&'a str>,
    pub(super) source_reference: Option<&'a str>,
    pub(super) numerator: Option<f64>,
    pub(super) denominator: Option<f64>,
    pub(super) vintage: Option<i64>,
    pub(super) released_on: Option<Date>,
    pub(super) partner: Option<&'a str>,
}

impl Line<'_> {
    /// The code of a field of the breakdown; that of the total where there is none.
    pub(super) fn part(&self, field: &str) -> &str {
        self.breakdown.iter().find(|(name, _)| *name == field).map_or(TOTAL, |(_, code)| code)
    }

    /// The producer as a code; that of the total where there are several.
    pub(super) fn source(&self) -> &str {
        self.source.unwrap_or(TOTAL)
    }

    /// Whether the value is hidden.
    pub(super) fn is_hidden(&self) -> bool {
        self.status == "Q"
    }

    /// What no other line has: who made the figure, of what, where and when.
    fn key(&self) -> String {
        let mut key = [self.indicator.code(), self.place, self.period, self.source()].join(" ");
        for (name, code) in &self.breakdown {
            key.push_str(&[" ", name, "=", code].concat());
        }
        key
    }
}

/// The lines of a table of observations; rows that cannot be used or say the same again are left out and told.
pub(super) fn read<'a, R: Rows>(book: &'a Rulebook, rows: &'a R, findings: &mut Vec<Finding>) -> Vec<Line<'a>> {
    let layout = Role::Observation.layout();
    let columns = ["level", "source_reference", "released_on", "obs_status", "value"].map(|name| layout.find(name));
    let (mut lines, mut seen) = (Vec::new(), BTreeSet::new());
    let (mut unread, mut twice) = (Vec::new(), Vec::new());
    for (row, figure) in figures::each(book, rows).enumerate() {
        let line = figure.and_then(|figure| line(book, rows, &columns, figure));
        match line {
            Some(line) if seen.insert(line.key()) => lines.push(line),
            Some(_) => twice.push(row),
            None => unread.push(row),
        }
    }
    for (code, rows) in [(Code::ExportUnread, unread), (Code::ExportTwice, twice)] {
        if !rows.is_empty() {
            let paths = rows.iter().take(NAMED_ROWS).map(|row| path(*row)).collect::<Vec<_>>();
            findings.push(Finding::new(code, paths).with("rows", rows.len()));
        }
    }
    lines
}

fn line<'a, R: Rows>(
    book: &'a Rulebook,
    rows: &'a R,
    columns: &[Option<ColumnId>; 5],
    figure: Figure<'a>,
) -> Option<Line<'a>> {
    let cell = |id: Option<ColumnId>| id.map_or(Cell::Absent(Absence::NotGiven), |id| rows.cell(id, figure.row));
    let text = |id| match cell(id) {
        Cell::Text(text) => Some(text),
        _ => None,
    };
    let [level, reference, released_on, _, value] = *columns;
    let has_none = figure.status.is_some_and(|status| is_without_value(book, status));
    let shown = |number: Option<f64>| number.filter(|_| !has_none);
    let status = match (figure.status, figure.value, cell(value)) {
        (Some(status), Some(_), _) => status,
        // A status of a value says nothing where there is none.
        (Some(status), None, _) if has_none => status,
        (None, Some(_), _) => "A",
        (_, None, Cell::Absent(Absence::NotCollected | Absence::NotCollectedByRule)) => "L",
        (_, None, _) => "O",
    };
    Some(Line {
        indicator: figure.indicator,
        place: figure.place,
        is_commune: figure.is_commune,
        level: if figure.is_commune { Some(COMMUNE) } else { text(level) },
        period: figure.period.0,
        value: shown(figure.value),
        status,
        source: Some(figure.source?),
        source_reference: text(reference),
        numerator: shown(figure.numerator),
        denominator: shown(figure.denominator),
        vintage: figure.vintage,
        released_on: match cell(released_on) {
            Cell::Date(day) => Some(day),
            _ => None,
        },
        partner: figure.partner,
        breakdown: figure.breakdown,
    })
}

/// The cells of series side by side.
pub(super) fn harmonised<'a>(found: &'a Harmonised<'_>) -> Vec<Line<'a>> {
    let of_series = |series: &'a Series<'_>| series.cells().map(|cell| of_cell(found, series, cell));
    found.series.iter().flat_map(of_series).collect()
}

fn of_cell<'a>(found: &'a Harmonised<'_>, series: &'a Series<'_>, cell: &'a harmonise::Cell<'_>) -> Line<'a> {
    let status = match cell.value {
        Ok(_) => cell.status.unwrap_or("A"),
        Err(Absent::Hidden) => "Q",
        Err(Absent::NotCollected) => "L",
        Err(Absent::NotApplicable) => "M",
        // Why nothing can be put together has no code.
        Err(_) => "O",
    };
    Line {
        indicator: series.indicator,
        place: cell.place,
        is_commune: cell.is_commune,
        level: cell.is_commune.then_some(COMMUNE),
        period: found.period(cell),
        breakdown: series.breakdown.iter().map(|(field, code)| (*field, code.as_str())).collect(),
        value: cell.value.ok(),
        status,
        source: cell.source,
        source_reference: None,
        numerator: None,
        denominator: None,
        vintage: cell.vintage.filter(|_| !cell.vintage_assumed),
        released_on: None,
        partner: None,
    }
}

/// Whether a status says that there is no value.
fn is_without_value(book: &Rulebook, status: &str) -> bool {
    let code = book.codes().get("obs_status").and_then(|list| list.find(status));
    code.is_some_and(|code| code.concept() == Some("no_value"))
}

fn path(row: usize) -> Path {
    let layout = Role::Observation.layout();
    let column = layout.find("indicator").and_then(|id| layout.column(id));
    let mut segments = vec![Segment::Index(row)];
    segments.extend(column.into_iter().flat_map(|column| column.segments.iter().cloned()));
    Path::new(Some(Role::Observation), segments, false)
}

/// The different codes of some lines, in their order.
pub(super) fn codes<'l>(codes: impl Iterator<Item = &'l str>) -> Vec<&'l str> {
    order::set(codes).into_iter().collect()
}
