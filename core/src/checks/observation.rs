//! A figure against its indicator: unit, range, level, breakdown, status, and the quotient behind a rate.
//!
//! A row of figures enters, of an `observation` or of the list in a `needs_analysis`; findings leave. What an indicator allows comes
//! from the taxonomy of the rulebook. Where its entry is still to be verified, what rests on the entry alone is a warning.

use super::{Base, Judge};
use crate::catalogue::{ColumnId, Role};
use crate::field::Absence;
use crate::finding::{Code, Finding, Path, Severity};
use crate::json::Json;
use crate::period::Period;
use crate::rows::{Cell, Rows};
use crate::taxonomy::{Aggregation, Evidence, Indicator, Level, Sides};
use crate::territory::{Lookup, System};

/// The concept of the statuses that stand for a missing value.
const NO_VALUE: &str = "no_value";
/// The status of a value that stands for itself and all smaller ones.
const LEFT_CENSORED: &str = "left_censored";
/// The status of a forecast.
const FORECAST: &str = "F";
/// The level of a commune.
const COMMUNE: &str = "COM";
/// At most so many decimals of a value count when it is compared with its quotient.
const DECIMALS: usize = 6;

/// The findings of a row, if its table holds figures.
pub(super) fn judge<R: Rows>(judge: &Judge<'_, R>, table: usize, row: usize, base: &Base<'_>) -> Vec<Finding> {
    let mut figure = Figure { judge, table, row, base, findings: Vec::new() };
    if figure.has("indicator") && figure.has("value") {
        figure.place();
        figure.status();
        figure.time();
        figure.against_indicator();
    }
    figure.findings
}

struct Figure<'j, R> {
    judge: &'j Judge<'j, R>,
    table: usize,
    row: usize,
    base: &'j Base<'j>,
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

impl<'j, R: Rows> Figure<'j, R> {
    /// Commune or area, one of them, and the level that it has.
    fn place(&mut self) {
        if !self.has("area") {
            return;
        }
        let (territory, area) = (self.cell("territory"), self.cell("area"));
        match (territory, area) {
            (Cell::Text(_), Cell::Text(_)) => self.add(Code::ObservationPlaceTwice, &["territory", "area"]),
            (Cell::Absent(Absence::NotGiven), Cell::Absent(Absence::NotGiven)) => {
                self.add(Code::ObservationPlaceMissing, &["territory", "area"]);
            }
            (Cell::Text(_), _) => self.level_fits("territory", |level| level.code() == COMMUNE),
            (_, Cell::Text(area)) => {
                let national = area.contains('-');
                self.level_fits("area", |level| {
                    level.code() != COMMUNE && (national || level.nuts_length() == Some(area.len()))
                });
                if self.cell("level") == Cell::Absent(Absence::NotGiven) {
                    self.add(Code::FieldRequired, &["level"]);
                }
            }
            _ => {}
        }
    }

    fn level_fits(&mut self, place: &str, fits: impl Fn(&Level) -> bool) {
        let level = self.text("level").and_then(|code| self.judge.book.taxonomy().level(code));
        if let Some(level) = level.filter(|level| !fits(level)) {
            let finding = self.finding(Code::ObservationAreaLevel, &["level", place]);
            self.findings.push(finding.with("level", level.code()).with("place", self.text(place).unwrap_or_default()));
        }
    }

    /// A value, or a status that says why there is none.
    fn status(&mut self) {
        let (value, status) = (self.cell("value"), self.cell("obs_status"));
        let without_value = self.is_without_value();
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
        let list = self.judge.book.codes().get("obs_status");
        let status = self.text("obs_status").and_then(|status| list?.find(status));
        status.is_some_and(|status| status.concept() == Some(NO_VALUE))
    }

    /// A figure is published after its period, and its period has begun.
    fn time(&mut self) {
        let Some(text) = self.text("period") else { return };
        let Some(period) = Period::parse(text).filter(|_| self.text("obs_status") != Some(FORECAST)) else {
            return;
        };
        let on = self.judge.on;
        if on < period.first() {
            let finding = self.finding(Code::ObservationFuturePeriod, &["period"]);
            self.findings.push(finding.with("period", text).with("on", on.to_string()));
        }
        if let Cell::Date(released) = self.cell("released_on")
            && released <= period.last()
        {
            let finding = self.finding(Code::ObservationReleasedEarly, &["released_on", "period"]);
            self.findings.push(finding.with("period", text).with("ends", period.last().to_string()));
        }
    }

    fn against_indicator(&mut self) {
        let Some(indicator) = self.text("indicator").and_then(|code| self.judge.book.taxonomy().indicator(code)) else {
            return;
        };
        self.breakdown(indicator);
        if !self.is_without_value() {
            self.level(indicator);
        }
        match self.text("unit") {
            Some(unit) if unit != indicator.unit() => {
                let finding = self.of(indicator, Code::ObservationUnit, &["unit"]);
                self.findings.push(finding.with("given_unit", unit).with("wanted_unit", indicator.unit()));
            }
            _ => self.numbers(indicator),
        }
    }

    fn breakdown(&mut self, indicator: &Indicator) {
        let Some(table) = self.judge.role.layout().table(self.table) else { return };
        for column in &table.columns {
            let Some(name) = column.path.strip_prefix("breakdown.") else { continue };
            let broken = self.text(&column.path).is_some_and(|code| code != "_T");
            if !broken || indicator.breakdowns().any(|allowed| allowed == name) {
                continue;
            }
            let finding = self.entry(indicator, Code::ObservationBreakdown, &[&column.path]);
            let hint: Json = indicator.breakdowns().map(Json::from).collect();
            let none = indicator.breakdowns().len() == 0;
            self.findings.push(if none { finding } else { finding.with("hint", hint) });
        }
    }

    fn level(&mut self, indicator: &Indicator) {
        let Some((level, sides)) = self.level_and_sides() else { return };
        let standing = sides.iter().map(|side| self.standing(indicator, level, *side)).min();
        let place: &[&str] = match () {
            () if self.text("area").is_some() => &["indicator", "level", "area"],
            () if self.has("territory") => &["indicator", "territory"],
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
        let sides: Json = sides.iter().map(|side| Json::from(side.as_str())).collect();
        self.findings.push(finding.with("sides", sides));
    }

    /// The level of the place, and the sides that it may lie on.
    fn level_and_sides(&self) -> Option<(&'j Level, Vec<System>)> {
        let taxonomy = self.judge.book.taxonomy();
        if let Some(area) = self.text("area") {
            let belgian = || Sides::<()>::ALL.into_iter().filter(|side| *side != System::Fr).collect();
            let sides = taxonomy.side_of(area).map_or_else(belgian, |side| vec![side]);
            return Some((taxonomy.level(self.text("level")?)?, sides));
        }
        Some((taxonomy.level(COMMUNE)?, vec![self.side()?]))
    }

    /// The side of the commune, or of the area where its code tells.
    fn side(&self) -> Option<System> {
        match (self.commune(), self.text("area")) {
            (Some(code), _) => match self.judge.book.territory().lookup(code) {
                Lookup::Known(commune) => Some(commune.system()),
                _ => None,
            },
            (None, Some(area)) => self.judge.book.taxonomy().side_of(area),
            (None, None) => None,
        }
    }

    /// The figure's own commune; in a list, that of the record.
    fn commune(&self) -> Option<&'j str> {
        if self.table == 0 {
            return self.text("territory");
        }
        match self.judge.role.layout().find("territory").map(|id| self.judge.rows.cell(id, self.judge.record)) {
            Some(Cell::Text(code)) => Some(code),
            _ => None,
        }
    }

    fn standing<'t>(&self, indicator: &'t Indicator, level: &Level, side: System) -> Standing<'t> {
        let rank = |code: &str| self.judge.book.taxonomy().level(code).map_or(0, Level::rank);
        let Some(lowest) = indicator.lowest(side) else { return Standing::NotAvailable };
        if rank(lowest) <= level.rank() {
            Standing::Available
        } else if indicator.partial(side).is_some_and(|partial| rank(partial) <= level.rank()) {
            Standing::InPart
        } else {
            Standing::Below(lowest)
        }
    }

    /// Value, numerator and denominator, in the unit of the indicator.
    fn numbers(&mut self, indicator: &Indicator) {
        if let Some(value) = self.number("value") {
            self.range(indicator, value);
            self.censored(indicator, value);
        }
        let (Some(per), Some(numerator), Some(denominator)) =
            (indicator.per(), self.number("numerator"), self.number("denominator").filter(|number| *number > 0.0))
        else {
            return;
        };
        let quotient = numerator / denominator * per;
        if indicator.range().1.is_some_and(|max| quotient > max) {
            let finding = self.of(indicator, Code::ObservationNumerator, &["numerator", "denominator"]);
            let numbers = finding.with("numerator", Json::number(numerator));
            self.findings.push(numbers.with("denominator", Json::number(denominator)));
        } else if let Some(value) = self.number("value").filter(|_| indicator.aggregation() == Aggregation::RatioOfSums)
        {
            self.rate(indicator, value, quotient);
        }
    }

    fn range(&mut self, indicator: &Indicator, value: f64) {
        let (min, max) = indicator.range();
        let passed = Some(min).filter(|min| value < *min).or_else(|| max.filter(|max| value > *max));
        if let Some(limit) = passed {
            let finding = self.of(indicator, Code::ObservationRange, &["value"]);
            self.findings.push(finding.with("value", Json::number(value)).with("limit", Json::number(limit)));
        }
    }

    fn censored(&mut self, indicator: &Indicator, value: f64) {
        let floor = self.side().and_then(|side| indicator.censored_at(side));
        let open = self.text("obs_status") != Some(LEFT_CENSORED) && !self.is_without_value();
        if open && floor == Some(value) {
            let finding = self.of(indicator, Code::ObservationLeftCensored, &["value", "obs_status"]);
            self.findings.push(finding.with("value", Json::number(value)));
        }
    }

    /// A rate is its quotient, up to one unit of the last decimal that is written.
    fn rate(&mut self, indicator: &Indicator, value: f64, quotient: f64) {
        let scale = 10_f64.powi(i32::try_from(decimals(value)).unwrap_or(0));
        let apart = (value - quotient).abs() * scale;
        // Half a millionth more, so that a quotient just at the limit counts as equal.
        if apart > 1.0 + 5e-7 {
            let computed = (quotient * scale).round() / scale;
            let finding = self.of(indicator, Code::ObservationRate, &["value", "numerator", "denominator"]);
            self.findings.push(finding.with("value", Json::number(value)).with("computed", Json::number(computed)));
        }
    }

    fn has(&self, path: &str) -> bool {
        self.column(path).is_some()
    }

    fn column(&self, path: &str) -> Option<ColumnId> {
        self.judge.role.layout().find_in(self.table, path)
    }

    fn cell(&self, path: &str) -> Cell<'j> {
        let absent = Cell::Absent(Absence::NotCollected);
        self.column(path).map_or(absent, |id| self.judge.rows.cell(id, self.row))
    }

    fn text(&self, path: &str) -> Option<&'j str> {
        match self.cell(path) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    fn number(&self, path: &str) -> Option<f64> {
        match self.cell(path) {
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
            let id = self.column(path)?;
            let column = self.judge.role.layout().column(id)?;
            Some(self.judge.path(column, self.base))
        };
        let mut paths = paths.iter().filter_map(path);
        let first = paths.next().unwrap_or_else(|| Path::new(Some(self.judge.role), self.base.segments(), false));
        let mut finding = Finding::new(code, first);
        finding.paths.extend(paths);
        finding
    }
}

/// Decimals that a number is written with.
fn decimals(value: f64) -> usize {
    let text = Json::number(value).to_canonical();
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    if text.contains('e') { DECIMALS } else { fraction.len().min(DECIMALS) }
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
}
