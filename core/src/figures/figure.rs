//! One observation, with what its codes stand for.

use crate::catalogue::{ColumnId, Role};
use crate::finding::{Path, Segment};
use crate::period::Period;
use crate::rows::{Cell, Rows};
use crate::rulebook::Rulebook;
use crate::taxonomy::Indicator;

/// The code of a total.
const TOTAL: &str = "_T";

/// An observation in the unit of its indicator.
#[derive(Debug)]
pub(crate) struct Figure<'a> {
    /// The row of the table.
    pub(crate) row: usize,
    /// What was counted.
    pub(crate) indicator: &'a Indicator,
    /// The commune or the area, by its code.
    pub(crate) place: &'a str,
    /// Whether the place is a commune.
    pub(crate) is_commune: bool,
    /// The period as written, and its days.
    pub(crate) period: (&'a str, Period),
    /// The part of the population: fields of the breakdown and their codes, in the order of the catalogue; totals are left out.
    pub(crate) breakdown: Vec<(&'static str, &'a str)>,
    /// The value, where there is one.
    pub(crate) value: Option<f64>,
    /// What was counted, for a rate.
    pub(crate) numerator: Option<f64>,
    /// Of how many, for a rate.
    pub(crate) denominator: Option<f64>,
    /// Status of the observation.
    pub(crate) status: Option<&'a str>,
    /// Who produced it.
    pub(crate) source: Option<&'a str>,
    /// Year whose communes it follows.
    pub(crate) vintage: Option<i64>,
    /// Who handed it in.
    pub(crate) partner: Option<&'a str>,
}

impl Figure<'_> {
    /// The path of a field of its row.
    pub(crate) fn path(&self, field: &str) -> Path {
        let column = Role::Observation.layout().find(field).and_then(|id| Role::Observation.layout().column(id));
        let mut segments = vec![Segment::Index(self.row)];
        segments.extend(column.into_iter().flat_map(|column| column.segments.iter().cloned()));
        Path::new(Some(Role::Observation), segments, false)
    }

    /// The code of a field of the breakdown; `None` for the total.
    pub(crate) fn part(&self, field: &str) -> Option<&str> {
        self.breakdown.iter().find(|(name, _)| *name == field).map(|(_, code)| *code)
    }

    /// The breakdown without one of its fields.
    pub(crate) fn without(&self, field: &str) -> Vec<(&'static str, &str)> {
        self.breakdown.iter().copied().filter(|(name, _)| *name != field).collect()
    }

    /// A number of the row by the name of its field.
    pub(crate) fn number(&self, field: &str) -> Option<f64> {
        match field {
            "value" => self.value,
            "numerator" => self.numerator,
            "denominator" => self.denominator,
            _ => None,
        }
    }
}

/// The columns that figures are read from, found by name once.
struct Columns {
    indicator: ColumnId,
    territory: ColumnId,
    area: ColumnId,
    period: ColumnId,
    value: ColumnId,
    unit: ColumnId,
    status: ColumnId,
    source: ColumnId,
    numerator: ColumnId,
    denominator: ColumnId,
    vintage: ColumnId,
    partner: ColumnId,
    breakdown: Vec<(ColumnId, &'static str)>,
}

impl Columns {
    fn find() -> Option<Self> {
        let layout = Role::Observation.layout();
        let find = |name| layout.find(name);
        let columns = layout.table(0)?.columns.iter().enumerate();
        let breakdown = columns
            .filter_map(|(column, def)| Some((ColumnId { table: 0, column }, def.path.strip_prefix("breakdown.")?)));
        Some(Self {
            indicator: find("indicator")?,
            territory: find("territory")?,
            area: find("area")?,
            period: find("period")?,
            value: find("value")?,
            unit: find("unit")?,
            status: find("obs_status")?,
            source: find("source")?,
            numerator: find("numerator")?,
            denominator: find("denominator")?,
            vintage: find("vintage")?,
            partner: find("partner")?,
            breakdown: breakdown.collect(),
        })
    }
}

/// The rows of a table whose indicator, place, period and unit can be used.
pub(super) fn read<'a, R: Rows>(book: &'a Rulebook, rows: &'a R) -> Vec<Figure<'a>> {
    let Some(columns) = Columns::find() else { return Vec::new() };
    (0..rows.len(0)).filter_map(|row| figure(book, rows, &columns, row)).collect()
}

fn figure<'a, R: Rows>(book: &'a Rulebook, rows: &'a R, columns: &Columns, row: usize) -> Option<Figure<'a>> {
    let text = |id| match rows.cell(id, row) {
        Cell::Text(text) => Some(text),
        _ => None,
    };
    let number = |id| match rows.cell(id, row) {
        Cell::Number(number) => Some(number),
        _ => None,
    };
    let indicator = book.taxonomy().indicator(text(columns.indicator)?)?;
    text(columns.unit).filter(|unit| *unit == indicator.unit())?;
    let (commune, period) = (text(columns.territory), text(columns.period)?);
    let part = |(id, name): &(ColumnId, &'static str)| Some((*name, text(*id).filter(|code| *code != TOTAL)?));
    Some(Figure {
        row,
        indicator,
        place: commune.or_else(|| text(columns.area))?,
        is_commune: commune.is_some(),
        period: (period, Period::parse(period)?),
        breakdown: columns.breakdown.iter().filter_map(part).collect(),
        value: number(columns.value),
        numerator: number(columns.numerator),
        denominator: number(columns.denominator),
        status: text(columns.status),
        source: text(columns.source),
        vintage: match rows.cell(columns.vintage, row) {
            Cell::Integer(year) => Some(year),
            _ => None,
        },
        partner: text(columns.partner),
    })
}
