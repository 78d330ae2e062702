//! A figure against its indicator: unit, range, level, breakdown, status, and the quotient behind a rate.
//!
//! A row of figures enters, of an `observation` or of the list in a `needs_analysis`; findings leave. What an indicator allows comes
//! from the taxonomy of the rulebook. Where its entry is still to be verified, what rests on the entry alone is a warning.

use super::outlook::Told;
use super::{Base, Judge};
use crate::catalogue::{ColumnDef, ColumnId, Role};
use crate::date::Date;
use crate::field::Absence;
use crate::finding::{Code, Finding, Path, Severity};
use crate::json::Json;
use crate::period::Period;
use crate::rows::{Cell, Rows};
use crate::rulebook::Rulebook;
use crate::taxonomy::{Aggregation, Evidence, Indicator, Level, Sides};
use crate::territory::{Commune, System};
use std::sync::OnceLock;

/// The concept of the statuses that stand for a missing value.
const NO_VALUE: &str = "no_value";
/// The status of a value that stands for itself and all smaller ones.
const LEFT_CENSORED: &str = "left_censored";
/// The status of a forecast.
const FORECAST: &str = "F";
/// The code of the whole population in every breakdown.
const WHOLE: &str = "_T";
/// The level of a commune.
const COMMUNE: &str = "COM";
/// At most so many decimals of a value count when it is compared with its quotient.
const DECIMALS: usize = 6;

/// The columns of a table of figures; one that the table does not have is never collected.
#[derive(Default)]
struct Columns {
    indicator: Option<ColumnId>,
    territory: Option<ColumnId>,
    area: Option<ColumnId>,
    level: Option<ColumnId>,
    period: Option<ColumnId>,
    value: Option<ColumnId>,
    unit: Option<ColumnId>,
    status: Option<ColumnId>,
    numerator: Option<ColumnId>,
    denominator: Option<ColumnId>,
    released_on: Option<ColumnId>,
    /// The parts of the population, each with its name.
    breakdowns: Vec<Breakdown>,
}

type Breakdown = (ColumnId, &'static str);

impl Columns {
    /// Those of a table, if it holds figures; looked up by name once.
    fn of(role: Role, table: usize) -> Option<&'static Self> {
        static COLUMNS: [OnceLock<Vec<Option<Columns>>>; Role::ALL.len()] =
            [const { OnceLock::new() }; Role::ALL.len()];
        let tables = 0..role.layout().tables.len();
        let of_role = COLUMNS.get(role.index())?.get_or_init(|| tables.map(|table| Self::named(role, table)).collect());
        of_role.get(table)?.as_ref()
    }

    fn named(role: Role, table: usize) -> Option<Self> {
        let find = |path: &str| role.layout().find_in(table, path);
        let columns = role.layout().table(table)?.columns.iter().enumerate();
        let breakdown = |(column, def): (usize, &'static ColumnDef)| {
            Some((ColumnId { table, column }, def.path.strip_prefix("breakdown.")?))
        };
        let found = Self {
            indicator: find("indicator"),
            territory: find("territory"),
            area: find("area"),
            level: find("level"),
            period: find("period"),
            value: find("value"),
            unit: find("unit"),
            status: find("obs_status"),
            numerator: find("numerator"),
            denominator: find("denominator"),
            released_on: find("released_on"),
            breakdowns: columns.filter_map(breakdown).collect(),
        };
        (holds_figures(role) && found.indicator.and(found.value).is_some()).then_some(found)
    }
}

/// A table of figures, and what was found out of all of its rows at once.
pub(super) struct Figures<'a> {
    table: usize,
    columns: &'static Columns,
    /// The level of a commune.
    of_communes: Option<&'a Level>,
    /// The breakdowns that some row has; all of them, if that is not known.
    breakdowns: Option<Vec<Breakdown>>,
    indicators: Option<Told<'a, Option<&'a Indicator>>>,
    /// For each side, whether it has the indicator for communes.
    available: Option<Told<'a, [bool; Sides::<()>::ALL.len()]>>,
    communes: Option<Told<'a, Option<&'a Commune>>>,
    periods: Option<Told<'a, Option<Period>>>,
    without_value: Option<Told<'a, bool>>,
    /// Whether all of them are of communes and of the whole population.
    is_plain: bool,
}

impl<'a> Figures<'a> {
    /// Those of a table of which nothing is known, if it holds figures.
    pub(super) fn alone(book: &'a Rulebook, role: Role, table: usize) -> Option<Self> {
        Some(Self {
            table,
            columns: Columns::of(role, table)?,
            of_communes: book.taxonomy().level(COMMUNE),
            breakdowns: None,
            indicators: None,
            available: None,
            communes: None,
            periods: None,
            without_value: None,
            is_plain: false,
        })
    }

    /// Those of the table of many rows.
    pub(super) fn of<R: Rows>(book: &'a Rulebook, rows: &'a R, role: Role, table: usize) -> Option<Self> {
        let alone = Self::alone(book, role, table)?;
        let columns = alone.columns;
        let given = columns.breakdowns.iter().filter(|(id, _)| !rows.is_blank(*id));
        let blank = |id: Option<ColumnId>| id.is_none_or(|id| rows.is_blank(id));
        let communes = columns.territory.is_some_and(|id| id.table == 0) && blank(columns.area) && blank(columns.level);
        Some(Self {
            is_plain: communes,
            breakdowns: Some(given.copied().collect()),
            indicators: columns.indicator.and_then(|id| Told::of(rows, id, |code| book.taxonomy().indicator(code))),
            available: columns.indicator.and_then(|id| Told::of(rows, id, |code| alone.available(book, code))),
            communes: columns
                .territory
                .filter(|id| id.table == 0)
                .and_then(|id| Told::of(rows, id, |code| book.territory().get(code))),
            periods: columns.period.and_then(|id| Told::of(rows, id, Period::parse)),
            without_value: columns.status.and_then(|id| Told::of(rows, id, |status| stands_for_no_value(book, status))),
            ..alone
        })
    }

    fn available(&self, book: &Rulebook, code: &str) -> [bool; Sides::<()>::ALL.len()] {
        let found = book.taxonomy().indicator(code).zip(self.of_communes);
        Sides::<()>::ALL.map(|side| {
            found.is_some_and(|(indicator, level)| standing(book, indicator, level, side) == Standing::Available)
        })
    }

    /// Whether a row is known to have no finding: a figure of a commune that is in order in the way that most are.
    fn is_fine<R: Rows>(&self, rows: &R, row: usize, on: Date) -> bool {
        let cell = |id: Option<ColumnId>| id.map_or(Cell::Absent(Absence::NotCollected), |id| rows.cell(id, row));
        let number = |id: Option<ColumnId>| match cell(id) {
            Cell::Number(number) => Some(number),
            _ => None,
        };
        let columns = self.columns;
        let (Some(indicators), Some(available), Some(communes)) = (&self.indicators, &self.available, &self.communes)
        else {
            return false;
        };
        let (Some(indicator), Some(commune)) = (indicators.get(row), communes.get(row)) else { return false };
        let Some(period) = self.periods.as_ref().and_then(|told| told.get(row)) else { return false };
        let side = commune.system();
        let sides = Sides::<()>::ALL.into_iter().zip(available.get(row));
        let is_allowed = |(id, name): &Breakdown| match rows.cell(*id, row) {
            Cell::Text(code) => code == WHOLE || indicator.breakdowns().any(|allowed| allowed == *name),
            _ => true,
        };
        let released = match cell(columns.released_on) {
            Cell::Date(day) => day > period.last(),
            _ => true,
        };
        let without_value = self.without_value.as_ref().is_some_and(|told| told.get(row));
        let value = number(columns.value);
        let quotient = quotient(indicator, number(columns.numerator), number(columns.denominator));
        value.is_some() != without_value
            && period.first() <= on
            && released
            && (without_value || sides.into_iter().any(|known| known == (side, true)))
            && self.breakdowns.iter().flatten().all(is_allowed)
            && cell(columns.unit) == Cell::Text(indicator.unit())
            && value
                .is_none_or(|value| passed(indicator, value).is_none() && indicator.censored_at(side) != Some(value))
            && quotient.is_none_or(|quotient| {
                let beyond = indicator.range().1.is_some_and(|max| quotient > max);
                let is_rate = indicator.aggregation() == Aggregation::RatioOfSums;
                !beyond && value.is_none_or(|value| !is_rate || !is_apart(value, quotient))
            })
    }

    /// The findings of a row.
    pub(super) fn judge<R: Rows>(&self, judge: &Judge<'a, R>, row: usize, base: &Base<'_>) -> Vec<Finding> {
        let mut figure = Figure { judge, figures: self, row, base, without_value: false, findings: Vec::new() };
        figure.without_value = figure.is_without_value();
        figure.place();
        figure.status();
        figure.time();
        figure.against_indicator();
        figure.findings
    }
}

struct Figure<'j, 'a, R> {
    judge: &'j Judge<'a, R>,
    figures: &'j Figures<'a>,
    row: usize,
    base: &'j Base<'j>,
    without_value: bool,
    findings: Vec<Finding>,
}

/// How the level of a figure stands to the levels of its indicator on a side; the best of several sides counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing<'t> {
    Available,
    InPart,
    Below(&'t str),
    NotAvailable,
}

impl<'a, R: Rows> Figure<'_, 'a, R> {
    /// Commune or area, one of them, and the level that it has.
    fn place(&mut self) {
        let columns = self.figures.columns;
        if columns.area.is_none() {
            return;
        }
        let (territory, area) = (self.cell(columns.territory), self.cell(columns.area));
        match (territory, area) {
            (Cell::Text(_), Cell::Text(_)) => self.add(Code::ObservationPlaceTwice, &["territory", "area"]),
            (Cell::Absent(Absence::NotGiven), Cell::Absent(Absence::NotGiven)) => {
                self.add(Code::ObservationPlaceMissing, &["territory", "area"]);
            }
            (Cell::Text(_), _) => self.level_fits("territory", columns.territory, |level| level.code() == COMMUNE),
            (_, Cell::Text(area)) => {
                let national = area.contains('-');
                self.level_fits("area", columns.area, |level| {
                    level.code() != COMMUNE && (national || level.nuts_length() == Some(area.len()))
                });
                if self.cell(columns.level) == Cell::Absent(Absence::NotGiven) {
                    self.add(Code::FieldRequired, &["level"]);
                }
            }
            _ => {}
        }
    }

    fn level_fits(&mut self, place: &str, id: Option<ColumnId>, fits: impl Fn(&Level) -> bool) {
        let level = self.text(self.figures.columns.level).and_then(|code| self.judge.book.taxonomy().level(code));
        if let Some(level) = level.filter(|level| !fits(level)) {
            let finding = self.finding(Code::ObservationAreaLevel, &["level", place]);
            self.findings.push(finding.with("level", level.code()).with("place", self.text(id).unwrap_or_default()));
        }
    }

    /// A value, or a status that says why there is none.
    fn status(&mut self) {
        let (value, status) = (self.cell(self.figures.columns.value), self.cell(self.figures.columns.status));
        let without_value = self.without_value;
        match (value, status) {
            (Cell::Number(_), Cell::Text(status)) if without_value => {
                let finding = self.finding(Code::ObservationStatusWithoutValue, &["value", "obs_status"]);
                self.findings.push(finding.with("status", status));
            }
            (Cell::Absent(Absence::NotGiven), Cell::Absent(Absence::NotGiven) | Cell::Text(_)) if !without_value => {
                self.add(Code::ObservationValueMissing, &["value", "obs_status"]);
            }
            _ => {}
        }
    }

    fn is_without_value(&self) -> bool {
        match &self.figures.without_value {
            Some(told) => told.get(self.row),
            None => {
                let status = self.text(self.figures.columns.status);
                status.is_some_and(|status| stands_for_no_value(self.judge.book, status))
            }
        }
    }

    /// A figure is published after its period, and its period has begun.
    fn time(&mut self) {
        let columns = self.figures.columns;
        let Some(text) = self.text(columns.period) else { return };
        let period = match &self.figures.periods {
            Some(told) => told.get(self.row),
            None => Period::parse(text),
        };
        let Some(period) = period.filter(|_| self.text(columns.status) != Some(FORECAST)) else { return };
        let on = self.judge.on;
        if on < period.first() {
            let finding = self.finding(Code::ObservationFuturePeriod, &["period"]);
            self.findings.push(finding.with("period", text).with("on", on.to_string()));
        }
        if let Cell::Date(released) = self.cell(columns.released_on)
            && released <= period.last()
        {
            let finding = self.finding(Code::ObservationReleasedEarly, &["released_on", "period"]);
            self.findings.push(finding.with("period", text).with("ends", period.last().to_string()));
        }
    }

    fn against_indicator(&mut self) {
        let Some(indicator) = self.indicator() else { return };
        self.breakdown(indicator);
        if !self.without_value {
            self.level(indicator);
        }
        match self.text(self.figures.columns.unit) {
            Some(unit) if unit != indicator.unit() => {
                let finding = self.of(indicator, Code::ObservationUnit, &["unit"]);
                self.findings.push(finding.with("given_unit", unit).with("wanted_unit", indicator.unit()));
            }
            _ => self.numbers(indicator),
        }
    }

    fn indicator(&self) -> Option<&'a Indicator> {
        match &self.figures.indicators {
            Some(told) => told.get(self.row),
            None => self.judge.book.taxonomy().indicator(self.text(self.figures.columns.indicator)?),
        }
    }

    fn breakdown(&mut self, indicator: &Indicator) {
        for (id, name) in self.figures.breakdowns.as_ref().unwrap_or(&self.figures.columns.breakdowns) {
            let broken = self.text(Some(*id)).is_some_and(|code| code != WHOLE);
            if !broken || indicator.breakdowns().any(|allowed| allowed == *name) {
                continue;
            }
            let finding = self.entry(indicator, Code::ObservationBreakdown, &[&format!("breakdown.{name}")]);
            let hint: Json = indicator.breakdowns().map(Json::from).collect();
            let none = indicator.breakdowns().len() == 0;
            self.findings.push(if none { finding } else { finding.with("hint", hint) });
        }
    }

    fn level(&mut self, indicator: &Indicator) {
        if self.is_available() {
            return;
        }
        let Some((level, sides)) = self.level_and_sides() else { return };
        let sides = || sides.iter().flatten();
        let standing = sides().map(|side| standing(self.judge.book, indicator, level, *side)).min();
        let place: &[&str] = match () {
            () if self.text(self.figures.columns.area).is_some() => &["indicator", "level", "area"],
            () if self.figures.columns.territory.is_some() => &["indicator", "territory"],
            () => &["indicator"],
        };
        let finding = match standing {
            Some(Standing::NotAvailable) => self.entry(indicator, Code::ObservationNotAvailable, place),
            Some(Standing::Below(lowest)) => {
                self.entry(indicator, Code::ObservationLevel, place).with("level", level.code()).with("lowest", lowest)
            }
            Some(Standing::InPart) => {
                self.of(indicator, Code::ObservationLevelPartial, place).with("level", level.code())
            }
            Some(Standing::Available) | None => return,
        };
        let sides: Json = sides().map(|side| Json::from(side.as_str())).collect();
        self.findings.push(finding.with("sides", sides));
    }

    /// Whether it is known that the side of a commune has the indicator.
    fn is_available(&self) -> bool {
        let Some(available) = &self.figures.available else { return false };
        let side = self.side().filter(|_| self.text(self.figures.columns.area).is_none());
        let sides = Sides::<()>::ALL.into_iter().zip(available.get(self.row));
        side.is_some_and(|side| sides.into_iter().any(|known| known == (side, true)))
    }

    /// The level of the place, and the sides that it may lie on: one, or the two of Belgium.
    fn level_and_sides(&self) -> Option<(&'a Level, [Option<System>; 2])> {
        let Some(area) = self.text(self.figures.columns.area) else {
            return Some((self.figures.of_communes?, [Some(self.side()?), None]));
        };
        let taxonomy = self.judge.book.taxonomy();
        let sides = match taxonomy.side_of(area) {
            Some(side) => [Some(side), None],
            None => {
                let mut belgian = Sides::<()>::ALL.into_iter().filter(|side| *side != System::Fr);
                [belgian.next(), belgian.next()]
            }
        };
        Some((taxonomy.level(self.text(self.figures.columns.level)?)?, sides))
    }

    /// The side of the commune, or of the area where its code tells.
    fn side(&self) -> Option<System> {
        let columns = self.figures.columns;
        // The figure's own commune; in a list, that of the record.
        let code = match self.figures.table {
            0 => self.text(columns.territory),
            _ => self.text_at(self.judge.role.layout().find("territory"), self.judge.record),
        };
        let Some(code) = code else {
            return self.judge.book.taxonomy().side_of(self.text(columns.area)?);
        };
        let commune = match &self.figures.communes {
            Some(told) => told.get(self.row),
            None => self.judge.book.territory().get(code),
        };
        commune.map(Commune::system)
    }

    /// Value, numerator and denominator, in the unit of the indicator.
    fn numbers(&mut self, indicator: &Indicator) {
        let columns = self.figures.columns;
        if let Some(value) = self.number(columns.value) {
            self.range(indicator, value);
            self.censored(indicator, value);
        }
        let (numerator, denominator) = (self.number(columns.numerator), self.number(columns.denominator));
        let Some(quotient) = quotient(indicator, numerator, denominator) else { return };
        if indicator.range().1.is_some_and(|max| quotient > max) {
            let finding = self.of(indicator, Code::ObservationNumerator, &["numerator", "denominator"]);
            let given = [("numerator", numerator), ("denominator", denominator)].into_iter();
            let given = given.filter_map(|(name, number)| Some((name, Json::number(number?))));
            self.findings.push(given.fold(finding, |finding, (name, number)| finding.with(name, number)));
        } else if indicator.aggregation() == Aggregation::RatioOfSums
            && let Some(value) = self.number(columns.value)
        {
            self.rate(indicator, value, quotient);
        }
    }

    fn range(&mut self, indicator: &Indicator, value: f64) {
        if let Some(limit) = passed(indicator, value) {
            let finding = self.of(indicator, Code::ObservationRange, &["value"]);
            self.findings.push(finding.with("value", Json::number(value)).with("limit", Json::number(limit)));
        }
    }

    fn censored(&mut self, indicator: &Indicator, value: f64) {
        if !indicator.is_censored() || self.without_value {
            return;
        }
        let floor = self.side().and_then(|side| indicator.censored_at(side));
        if floor == Some(value) && self.text(self.figures.columns.status) != Some(LEFT_CENSORED) {
            let finding = self.of(indicator, Code::ObservationLeftCensored, &["value", "obs_status"]);
            self.findings.push(finding.with("value", Json::number(value)));
        }
    }

    /// A rate is its quotient, up to one unit of the last decimal that is written.
    fn rate(&mut self, indicator: &Indicator, value: f64, quotient: f64) {
        if is_apart(value, quotient) {
            let scale = scale(value);
            let computed = (quotient * scale).round() / scale;
            let finding = self.of(indicator, Code::ObservationRate, &["value", "numerator", "denominator"]);
            self.findings.push(finding.with("value", Json::number(value)).with("computed", Json::number(computed)));
        }
    }

    fn cell(&self, id: Option<ColumnId>) -> Cell<'a> {
        id.map_or(Cell::Absent(Absence::NotCollected), |id| self.judge.rows.cell(id, self.row))
    }

    fn text(&self, id: Option<ColumnId>) -> Option<&'a str> {
        self.text_at(id, self.row)
    }

    fn text_at(&self, id: Option<ColumnId>, row: usize) -> Option<&'a str> {
        match self.judge.rows.cell(id?, row) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    fn number(&self, id: Option<ColumnId>) -> Option<f64> {
        match self.cell(id) {
            Cell::Number(number) => Some(number),
            _ => None,
        }
    }

    fn add(&mut self, code: Code, paths: &[&str]) {
        let finding = self.finding(code, paths);
        self.findings.push(finding);
    }

    /// A finding that rests on the entry of the indicator alone: a warning while that is to be verified.
    fn entry(&self, indicator: &Indicator, code: Code, paths: &[&str]) -> Finding {
        let mut finding = self.of(indicator, code, paths);
        if indicator.evidence() == Evidence::ToVerify {
            finding.severity = Severity::Warning;
        }
        finding
    }

    fn of(&self, indicator: &Indicator, code: Code, paths: &[&str]) -> Finding {
        self.finding(code, paths).with("indicator", indicator.code())
    }

    fn finding(&self, code: Code, paths: &[&str]) -> Finding {
        let path = |path: &&str| {
            let layout = self.judge.role.layout();
            let column = layout.column(layout.find_in(self.figures.table, path)?)?;
            Some(self.judge.path(column, self.base))
        };
        let mut paths = paths.iter().filter_map(path);
        let first = paths.next().unwrap_or_else(|| Path::new(Some(self.judge.role), self.base.segments(), false));
        let mut finding = Finding::new(code, first);
        finding.paths.extend(paths);
        finding
    }
}

/// How a level stands to those at which a side has an indicator.
fn standing<'t>(book: &Rulebook, indicator: &'t Indicator, level: &Level, side: System) -> Standing<'t> {
    // Most figures have the finest level that there is.
    if indicator.lowest(side) == Some(level.code()) {
        return Standing::Available;
    }
    let rank = |code: &str| book.taxonomy().level(code).map_or(0, Level::rank);
    let Some(lowest) = indicator.lowest(side) else { return Standing::NotAvailable };
    if rank(lowest) <= level.rank() {
        Standing::Available
    } else if indicator.partial(side).is_some_and(|partial| rank(partial) <= level.rank()) {
        Standing::InPart
    } else {
        Standing::Below(lowest)
    }
}

/// Marks the figures of a table that may have a finding.
pub(super) fn mark<R: Rows>(figures: &Figures<'_>, rows: &R, on: Date, marks: &mut [bool]) {
    if !figures.is_plain {
        return marks.fill(true);
    }
    for (row, mark) in marks.iter_mut().enumerate().filter(|(_, mark)| !**mark) {
        *mark = !figures.is_fine(rows, row, on);
    }
}

/// The limit of an indicator that a value passes.
fn passed(indicator: &Indicator, value: f64) -> Option<f64> {
    let (min, max) = indicator.range();
    Some(min).filter(|min| value < *min).or_else(|| max.filter(|max| value > *max))
}

/// What numerator and denominator come to, in the unit of an indicator that is such a quotient.
fn quotient(indicator: &Indicator, numerator: Option<f64>, denominator: Option<f64>) -> Option<f64> {
    Some(numerator? / denominator.filter(|number| *number > 0.0)? * indicator.per()?)
}

/// Whether a value and its quotient differ by more than one unit of the last decimal that is written. Half a millionth more is allowed, so
/// that a quotient just at the limit counts as equal.
fn is_apart(value: f64, quotient: f64) -> bool {
    (value - quotient).abs() * scale(value) > 1.0 + 5e-7
}

/// What makes a value whole.
fn scale(value: f64) -> f64 {
    10_f64.powi(i32::try_from(decimals(value)).unwrap_or(0))
}

/// Whether a status stands for a missing value.
fn stands_for_no_value(book: &Rulebook, status: &str) -> bool {
    let code = book.codes().get("obs_status").and_then(|list| list.find(status));
    code.is_some_and(|code| code.concept() == Some(NO_VALUE))
}

/// Decimals that a number is written with.
fn decimals(value: f64) -> usize {
    few_decimals(value).unwrap_or_else(|| {
        let text = Json::number(value).to_canonical();
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        if text.contains('e') { DECIMALS } else { fraction.len().min(DECIMALS) }
    })
}

/// The same by arithmetic, where a number is small and has few of them: the first scale at which it is whole, up to the nearest double.
fn few_decimals(value: f64) -> Option<usize> {
    let scales = [1.0, 10.0, 100.0, 1_000.0];
    let is_whole = |scale: &f64| ((value * scale).round() / scale).to_bits() == value.to_bits();
    if value.abs() < 1e9 { scales.iter().position(is_whole) } else { None }
}

/// Kinds of record that hold figures.
pub(super) fn holds_figures(role: Role) -> bool {
    matches!(role, Role::Observation | Role::NeedsAnalysis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_decimals_that_are_written() {
        for (value, count) in [(12.0, 0), (3.41, 2), (0.1, 1), (33.333333333333336, 6), (1e-7, 6), (-2.5, 1)] {
            assert_eq!(decimals(value), count, "{value}");
        }
    }

    #[test]
    fn arithmetic_counts_the_decimals_that_are_written() {
        for number in 0..40_000_i32 {
            for scale in [1.0, 10.0, 100.0, 1_000.0, 3.0, 7e5] {
                let value = f64::from(number - 20_000) * 1.3 / scale;
                let text = Json::number(value).to_canonical();
                let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction).len();
                assert!(few_decimals(value).is_none_or(|few| few == fraction && !text.contains('e')), "{text}");
            }
        }
    }
}
