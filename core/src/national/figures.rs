//! From rows to figures: place, period, breakdown and the numbers of each row; numbers of one figure are put together, wherever they stand.

use super::grid::{Cell, Grid, Row};
use super::headings::{Heads, Values, without_label};
use super::mapping::{CodeColumn, Condition, Mapping, PeriodRule, Reads};
use super::notes::{Notes, shown};
use super::number::{self, Number};
use super::place::{Place, Places};
use super::{Options, TOTAL};
use crate::finding::Code;
use crate::hint::fold;
use crate::json::Json;
use crate::kernel::exact_sum;
use crate::period::Period;
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// The status of a figure that has no value, where nothing says why.
const NO_VALUE: &str = "O";
/// The status of a rate over nobody.
const NOT_APPLICABLE: &str = "M";
/// The status of a sum of which parts are hidden.
const UNCERTAIN: &str = "U";
const FLOOR: &str = "left_censored";

/// What tells a figure from the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) indicator: String,
    pub(super) place: String,
    /// Of an area that is no commune.
    pub(super) level: Option<&'static str>,
    pub(super) period: String,
    pub(super) breakdown: Vec<(String, String)>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    pub(super) key: Key,
    pub(super) line: usize,
    pub(super) value: Option<f64>,
    pub(super) numerator: Option<f64>,
    pub(super) denominator: Option<f64>,
    pub(super) status: Option<String>,
    pub(super) vintage: Option<i64>,
}

/// The numbers of a figure, as they come.
#[derive(Debug)]
struct Gathered {
    line: usize,
    numbers: [Vec<f64>; 3],
    /// Statuses instead of a number.
    hidden: [Vec<String>; 3],
    status: Option<String>,
}

/// What a cell gives.
enum Reading {
    Number(f64, Option<String>),
    Hidden(String),
}

/// What all rows of a file have in common.
pub(super) struct Reader<'r> {
    book: &'r Rulebook,
    mapping: &'r Mapping,
    heads: &'r Heads<'r>,
    options: &'r Options,
    places: Places<'r>,
    /// The period of columns and rows that do not say theirs.
    period: Option<String>,
    gathered: BTreeMap<Key, Gathered>,
    /// Keys in the order in which they came up.
    order: Vec<Key>,
    notes: &'r mut Notes,
}

/// The figures of a file, in the order of its rows.
pub(super) fn read<'r>(
    book: &'r Rulebook,
    mapping: &'r Mapping,
    heads: &'r Heads<'r>,
    options: &'r Options,
    grid: &Grid<'_>,
    notes: &'r mut Notes,
) -> Vec<Figure> {
    let Some(period) = common_period(mapping, heads, options, notes) else { return Vec::new() };
    // Names are those of the communes that the file follows.
    let of_period = || period.as_deref().and_then(Period::parse).map(Period::first);
    let day = mapping.vintage.and_then(super::new_year).or_else(of_period).unwrap_or(options.on);
    let mut reader = Reader {
        book,
        mapping,
        heads,
        options,
        places: Places::new(book.territory(), &mapping.place, day),
        period,
        gathered: BTreeMap::new(),
        order: Vec::new(),
        notes,
    };
    grid.rows.iter().skip(heads.first_row).for_each(|row| reader.row(row));
    reader.figures()
}

/// The period of what does not say its own: `Some(None)` where rows or columns say it, `None` where it cannot be told.
fn common_period(mapping: &Mapping, heads: &Heads<'_>, options: &Options, notes: &mut Notes) -> Option<Option<String>> {
    let found = match &mapping.period {
        PeriodRule::Fixed(period) => Some(period.clone()),
        PeriodRule::Column(_) => return Some(None),
        PeriodRule::Given => options.period.clone().or_else(|| year_in(options.name.as_deref()?)),
        PeriodRule::Headings => {
            let mut years = heads.years.iter();
            let year = years.next().filter(|_| years.next().is_none()).map(i64::to_string);
            let all_say = heads.values.iter().all(|column| column.year.is_some() || column.rule.period.is_some());
            if all_say {
                return Some(year);
            }
            year.or_else(|| options.period.clone())
        }
    };
    match found.filter(|period| Period::parse(period).is_some()) {
        Some(period) => Some(Some(period)),
        None => {
            notes.say(Code::NationalPeriodOpen, &[]);
            None
        }
    }
}

/// The only year in the name of a file or sheet.
fn year_in(name: &str) -> Option<String> {
    let runs = name.split(|c: char| !c.is_ascii_digit());
    let mut years = runs.filter(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")));
    let year = years.next()?;
    years.all(|other| other == year).then(|| year.to_owned())
}

impl<'r> Reader<'r> {
    fn row(&mut self, row: &Row<'_>) {
        let heads = self.heads;
        if let Some((_, _, kind)) = heads.pass.iter().find(|(index, condition, _)| holds(row, *index, condition)) {
            let place = shown(text(row, heads.place));
            return self.drop_row(Code::NationalRowsPassed, &[("kind", Json::from(*kind))], place, row);
        }
        let Some((place, level)) = self.place(row) else { return };
        let period = match heads.period {
            None => self.period.clone(),
            Some(index) => match period_of(text(row, index)) {
                Some(period) => Some(period),
                None => {
                    let written = [("text", shown(text(row, index)))];
                    return self.notes.drop(Code::NationalPeriodUnread, &written, row.line);
                }
            },
        };
        let Some(breakdown) = self.breakdown(row) else { return };
        let status = heads.status.and_then(|(index, rule)| self.status(row, index, rule));
        let unit = heads.unit.map(|(index, rule)| self.code(row, index, rule));
        let mut taken = false;
        for column in &heads.values {
            let is_meant = column.when.iter().all(|(index, condition)| holds(row, *index, condition));
            if !is_meant || unit.as_ref().is_some_and(|unit| self.unit_of(column) != unit.as_deref()) {
                continue;
            }
            taken = true;
            let Some(key) = self.key(column, (&place, level), period.as_ref(), &breakdown) else { continue };
            if let Some(reading) = self.cell(row, column, status.as_deref()) {
                self.put(key, column, reading, row.line);
            }
        }
        if !taken {
            self.drop_row(Code::NationalRowsOther, &[], Json::from(place.as_str()), row);
        }
    }

    /// A row that gives nothing, said once for all of its kind; its place is among what was dropped.
    fn drop_row(&mut self, code: Code, params: &[(&'static str, Json)], place: Json, row: &Row<'_>) {
        self.notes.at(code, params, row.line);
        let own = [("code", Json::from(code.as_str())), ("line", Json::from(row.line)), ("place", place)];
        let members = own.iter().chain(params).map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.notes.dropped.push(Json::Object(members));
    }

    /// The place of a row, and its level where it is no commune.
    fn place(&mut self, row: &Row<'_>) -> Option<(String, Option<&'static str>)> {
        let written = self.code_in(text(row, self.heads.place));
        let filled = row.cells.iter().filter(|cell| !cell.is_blank()).count();
        if written.is_empty() {
            let code = if filled == 1 { Code::NationalRowsPassed } else { Code::NationalPlaceBlank };
            let kind = [("kind", Json::from("note"))];
            self.notes.drop(code, if filled == 1 { &kind } else { &[] }, row.line);
            return None;
        }
        match self.places.find(&written) {
            Place::Commune(code) => return Some((code, None)),
            Place::Area(code, level) => return Some((code, Some(level))),
            Place::Outside => self.drop_row(Code::NationalPlaceOutside, &[], shown(&written), row),
            Place::Unknown(_) if filled == 1 => {
                self.drop_row(Code::NationalRowsPassed, &[("kind", Json::from("note"))], shown(&written), row);
            }
            Place::Unknown(hint) => {
                let hint = hint.map(|code| ("hint", Json::from(code)));
                let params: Vec<_> = [("text", shown(&written))].into_iter().chain(hint).collect();
                self.notes.drop(Code::NationalPlaceUnknown, &params, row.line);
            }
        }
        None
    }

    /// A code of a cell, which in SDMX-CSV may have its label behind it.
    fn code_in(&self, text: &str) -> String {
        let bare = text.trim();
        if self.mapping.reads == Reads::SdmxCsv { without_label(bare).to_owned() } else { bare.to_owned() }
    }

    /// The parts of the breakdown that are no totals.
    fn breakdown(&mut self, row: &Row<'_>) -> Option<Vec<(String, String)>> {
        let mut parts = Vec::new();
        for (index, field, rule) in &self.heads.breakdowns {
            match self.code(row, *index, rule) {
                Some(code) if code == TOTAL => {}
                Some(code) => parts.push(((*field).to_owned(), code)),
                None => {
                    let params = [("field", Json::from(*field)), ("text", shown(text(row, *index)))];
                    self.notes.drop(Code::NationalCodeUnknown, &params, row.line);
                    return None;
                }
            }
        }
        Some(parts)
    }

    /// Our code for a cell of a column of codes.
    fn code(&self, row: &Row<'_>, index: usize, rule: &CodeColumn) -> Option<String> {
        let written = self.code_in(text(row, index));
        let folded = fold(&written);
        if let Some((_, code)) = rule.codes.iter().find(|(theirs, _)| *theirs == folded) {
            return Some(code.clone());
        }
        let is_ours = || self.book.codes().get(&rule.list).is_some_and(|codes| codes.find(&written).is_some());
        (written == TOTAL || (rule.codes.is_empty() && rule.list.is_empty() && !written.is_empty()) || is_ours())
            .then_some(written)
    }

    fn status(&mut self, row: &Row<'_>, index: usize, rule: &CodeColumn) -> Option<String> {
        let written = text(row, index);
        if written.is_empty() {
            return None;
        }
        let code = self.code(row, index, rule);
        if code.is_none() {
            let params = [("field", Json::from("obs_status")), ("text", shown(written))];
            self.notes.at(Code::NationalStatusUnknown, &params, row.line);
        }
        code
    }

    /// The unit of the indicator of a column.
    fn unit_of(&self, column: &Values<'_>) -> Option<&'r str> {
        let code = column.rule.indicator.as_ref().or(self.options.indicator.as_ref())?;
        self.book.taxonomy().indicator(code).map(crate::taxonomy::Indicator::unit)
    }

    fn key(
        &self,
        column: &Values<'_>,
        (place, level): (&str, Option<&'static str>),
        of_row: Option<&String>,
        of_rows: &[(String, String)],
    ) -> Option<Key> {
        let own = column.rule.period.clone().or_else(|| column.year.map(|year| year.to_string()));
        let mut breakdown: Vec<(String, String)> = column.rule.breakdown.clone();
        breakdown.retain(|(_, code)| code != TOTAL);
        breakdown.extend(
            of_rows.iter().filter(|(field, _)| !column.rule.breakdown.iter().any(|(own, _)| own == field)).cloned(),
        );
        crate::order::sort_by(&mut breakdown, Ord::cmp);
        Some(Key {
            indicator: column.rule.indicator.clone().or_else(|| self.options.indicator.clone())?,
            place: place.to_owned(),
            level,
            period: own.or_else(|| of_row.cloned())?,
            breakdown,
        })
    }

    /// The number of a cell, or why there is none.
    fn cell(&mut self, row: &Row<'_>, column: &Values<'_>, status: Option<&str>) -> Option<Reading> {
        let blank = Cell { text: "".into(), is_number: false };
        let cell = row.cells.get(column.index).unwrap_or(&blank);
        let heading = ("column", shown(&column.heading));
        let folded = fold(cell.text.trim());
        let of_text = self.mapping.missing.iter().find(|(text, _)| *text == folded).map(|(_, status)| status.clone());
        let of_column = status.filter(|status| self.has_no_value(status)).map(str::to_owned);
        let bare = folded.is_empty();
        if let Some(status) = of_text.or_else(|| of_column.clone().filter(|_| bare)) {
            let status = of_column.unwrap_or(status);
            let params = [heading, ("text", shown(&cell.text)), ("status", Json::from(status.as_str()))];
            self.notes.at(Code::NationalMissingRead, &params, row.line);
            return Some(Reading::Hidden(status));
        }
        if bare {
            self.notes.at(Code::NationalCellsBlank, &[heading], row.line);
            return None;
        }
        match number::read(cell, &self.mapping.style, column.rule.shift) {
            Number::Is(value) => Some(Reading::Number(value, self.status_of(value, column, status, row.line))),
            Number::Bound if self.mapping.bounds.is_some() => {
                let params = [heading, ("text", shown(&cell.text))];
                self.notes.at(Code::NationalBoundRead, &params, row.line);
                self.mapping.bounds.clone().map(Reading::Hidden)
            }
            Number::Bound | Number::Not => {
                self.notes.drop(Code::NationalNumberUnread, &[heading, ("text", shown(&cell.text))], row.line);
                None
            }
        }
    }

    fn has_no_value(&self, status: &str) -> bool {
        let codes = self.book.codes().get("obs_status");
        codes.and_then(|codes| codes.find(status)?.concept()) == Some("no_value")
    }

    fn status_of(&mut self, value: f64, column: &Values<'_>, status: Option<&str>, line: usize) -> Option<String> {
        if column.rule.floor.is_some_and(|floor| floor.total_cmp(&value).is_eq()) {
            let params = [("column", shown(&column.heading)), ("value", Json::number(value))];
            self.notes.at(Code::NationalFloorRead, &params, line);
            return Some(FLOOR.to_owned());
        }
        column.rule.obs_status.clone().or_else(|| status.map(str::to_owned))
    }

    fn put(&mut self, key: Key, column: &Values<'_>, reading: Reading, line: usize) {
        let part = column.rule.role as usize;
        if !self.gathered.contains_key(&key) {
            self.order.push(key.clone());
        }
        let new = || Gathered { line, numbers: Default::default(), hidden: Default::default(), status: None };
        let gathered = self.gathered.entry(key).or_insert_with(new);
        let (Some(numbers), Some(hidden)) = (gathered.numbers.get_mut(part), gathered.hidden.get_mut(part)) else {
            return;
        };
        if !(self.mapping.add_up || numbers.is_empty() && hidden.is_empty()) {
            let indicator = column.rule.indicator.as_deref().unwrap_or_default();
            let params = [("column", shown(&column.heading)), ("indicator", Json::from(indicator))];
            self.notes.drop(Code::NationalFigureTwice, &params, line);
            return;
        }
        match reading {
            Reading::Number(value, status) => {
                numbers.push(value);
                gathered.status = gathered.status.take().or(status.filter(|status| status != "A"));
            }
            Reading::Hidden(status) => hidden.push(status),
        }
    }

    /// The figures of what was gathered.
    fn figures(mut self) -> Vec<Figure> {
        let order = std::mem::take(&mut self.order);
        let mut gathered = std::mem::take(&mut self.gathered);
        order.into_iter().filter_map(|key| gathered.remove(&key).map(|found| self.figure(key, found))).collect()
    }

    fn figure(&mut self, key: Key, found: Gathered) -> Figure {
        let Gathered { line, numbers, hidden, status } = found;
        let [value, numerator, denominator] = numbers.map(|all| (!all.is_empty()).then(|| exact_sum(&all)));
        let mut figure = Figure { key, line, value, numerator, denominator, status, vintage: self.mapping.vintage };
        let [of_value, of_numerator, of_denominator] = &hidden;
        let first = hidden.iter().flatten().next().cloned();
        let has_parts =
            numerator.is_some() || denominator.is_some() || !(of_numerator.is_empty() && of_denominator.is_empty());
        if value.is_some() && !of_value.is_empty() {
            // A sum of which parts are hidden.
            let params = [("indicator", Json::from(figure.key.indicator.as_str()))];
            self.notes.at(Code::NationalLowerBound, &params, line);
            figure.status = Some(UNCERTAIN.to_owned());
        } else if value.is_none() && has_parts && first.is_none() {
            self.rate(&mut figure);
        } else if value.is_none() {
            figure.status = Some(first.unwrap_or_else(|| NO_VALUE.to_owned()));
            // What is known of a part would not fit the rest of it.
            figure.numerator = figure.numerator.filter(|_| of_numerator.is_empty());
            figure.denominator = figure.denominator.filter(|_| of_denominator.is_empty());
        }
        figure
    }

    /// The value of a figure from its numerator and denominator.
    fn rate(&mut self, figure: &mut Figure) {
        let per = self.book.taxonomy().indicator(&figure.key.indicator).and_then(crate::taxonomy::Indicator::per);
        match (figure.numerator, figure.denominator, per) {
            (Some(numerator), Some(denominator), Some(per)) => match quotient(numerator, denominator, per) {
                Some(value) => figure.value = Some(value),
                None => figure.status = Some(NOT_APPLICABLE.to_owned()),
            },
            _ => {
                figure.status = Some(NO_VALUE.to_owned());
                let params = [("indicator", Json::from(figure.key.indicator.as_str()))];
                self.notes.at(Code::NationalRateOpen, &params, figure.line);
            }
        }
    }
}

/// A rate, or nothing over nobody.
pub(super) fn quotient(numerator: f64, denominator: f64, per: f64) -> Option<f64> {
    (denominator > 0.0).then(|| numerator * per / denominator)
}

/// The text of a cell without the spaces around it.
fn text<'c>(row: &'c Row<'_>, index: usize) -> &'c str {
    row.cells.get(index).map_or("", |cell| cell.text.trim())
}

/// Whether a cell holds what is asked for.
fn holds(row: &Row<'_>, index: usize, condition: &Condition) -> bool {
    let written = text(row, index);
    if let Some((from, to)) = condition.between {
        let whole = written.split_once('.').map_or(written, |(whole, _)| whole);
        return whole.parse::<i64>().is_ok_and(|number| from <= number && number <= to);
    }
    let folded = fold(written);
    let bare = fold(without_label(written));
    condition.is.iter().any(|wanted| *wanted == folded || (*wanted == bare && !bare.is_empty()))
}

/// A period as SDMX writes it; a year may have become a number (`2021.0`).
fn period_of(text: &str) -> Option<String> {
    let bare =
        text.split_once('.').filter(|(_, zeros)| zeros.bytes().all(|b| b == b'0')).map_or(text, |(year, _)| year);
    Period::parse(bare).map(|_| bare.to_owned())
}
