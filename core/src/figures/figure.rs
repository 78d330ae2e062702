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
    /// The unit that the value was given in, where it was another than the indicator's and the one can be turned into the other.
    pub(crate) converted_from: Option<&'a str>,
    /// The value, where there is one, in the unit of the indicator.
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

    /// The breakdown without one of its fields, as a text.
    pub(crate) fn without(&self, field: &str) -> String {
        let mut text = String::new();
        for (name, code) in self.breakdown.iter().filter(|(name, _)| *name != field) {
            text.push_str(name);
            text.push('=');
            text.push_str(code);
            text.push(' ');
        }
        text
    }

    /// Who made and who handed in the figure, and the year of its communes, as a text.
    pub(crate) fn origin(&self) -> String {
        let year = self.vintage.map_or_else(String::new, |year| year.to_string());
        [self.source.unwrap_or_default(), self.partner.unwrap_or_default(), &year].join(" ")
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
    each(book, rows).flatten().filter(|figure| figure.converted_from.is_none()).collect()
}

/// Every row of a table; `None` where its indicator, place, period or unit cannot be used. A rate in another unit of rates is converted.
pub(crate) fn each<'a, R: Rows>(book: &'a Rulebook, rows: &'a R) -> impl Iterator<Item = Option<Figure<'a>>> {
    let columns = Columns::find();
    (0..rows.len(0)).map(move |row| figure(book, rows, columns.as_ref()?, row))
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
    let unit = text(columns.unit)?;
    let converted_from = Some(unit).filter(|unit| *unit != indicator.unit());
    let factors = match converted_from {
        Some(unit) => Some(factors(book, indicator, unit)?),
        None => None,
    };
    let in_unit = |value: f64| factors.map_or(value, |(times, over)| value * times / over);
    let (commune, period) = (text(columns.territory), text(columns.period)?);
    let part = |(id, name): &(ColumnId, &'static str)| Some((*name, text(*id).filter(|code| *code != TOTAL)?));
    Some(Figure {
        row,
        indicator,
        place: commune.or_else(|| text(columns.area))?,
        is_commune: commune.is_some(),
        period: (period, Period::parse(period)?),
        breakdown: columns.breakdown.iter().filter_map(part).collect(),
        converted_from,
        value: number(columns.value).map(in_unit),
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

/// What a value in a unit is multiplied and divided by to be in that of the indicator: both have to be quotients of the same kind.
fn factors(book: &Rulebook, indicator: &Indicator, unit: &str) -> Option<(f64, f64)> {
    /// Euros per something are no counts per something.
    const MONEY: &str = "EUR";
    let same_kind = unit.starts_with(MONEY) == indicator.unit().starts_with(MONEY);
    Some((indicator.per().filter(|_| same_kind)?, book.taxonomy().per(unit)?))
}
