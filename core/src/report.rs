//! A report: the findings of one record, with what made it.

use crate::catalogue::Role;
use crate::checks;
use crate::date::Date;
use crate::finding::{Finding, Severity};
use crate::json::Json;
use crate::reader::{Batch, Shape, Value, ValueSource, read_one, read_text};
use crate::rows::{OwnedRows, Record, Records};
use crate::rulebook::Rulebook;
use crate::view::View;
use crate::writer::record_json;

/// The findings of a record on a day.
#[derive(Debug)]
pub struct Report<'b> {
    /// The record.
    pub role: Role,
    /// The given day.
    pub on: Date,
    /// The findings, in their order.
    pub findings: Vec<Finding>,
    records: Records<OwnedRows>,
    book: &'b Rulebook,
}

/// Checks a record given as JSON text.
///
/// ```
/// use sam_eurometropole::{Rulebook, catalogue::Role, check_text, date::Date};
///
/// let on = Date::parse("2024-04-22").unwrap();
/// let report = check_text(Rulebook::embedded(), Role::Placement, r#"{"weekly_huors": 35}"#, on);
/// assert!(report.findings.iter().any(|finding| finding.code == "field.unknown"));
/// ```
#[must_use]
pub fn check_text<'b>(book: &'b Rulebook, role: Role, text: &str, on: Date) -> Report<'b> {
    judge(book, role, read_text(text, Shape::Record(role), book), on)
}

/// Checks a record given as values of a host language.
#[must_use]
pub fn check_value<'b>(book: &'b Rulebook, role: Role, value: &Value, on: Date) -> Report<'b> {
    judge(book, role, read_one(ValueSource::new(value), Shape::Record(role), book), on)
}

/// What a view shows of a record given as JSON text, as far as it can be read.
#[must_use]
pub fn view_text(book: &Rulebook, role: Role, text: &str, view: View) -> Json {
    shown(&read_text(text, Shape::Record(role), book), role, view)
}

/// What a view shows of a record given as values of a host language, as far as it can be read.
#[must_use]
pub fn view_value(book: &Rulebook, role: Role, value: &Value, view: View) -> Json {
    shown(&read_one(ValueSource::new(value), Shape::Record(role), book), role, view)
}

fn shown(batch: &Batch, role: Role, view: View) -> Json {
    batch.records.get(role).map_or(Json::Null, |rows| record_json(rows, role, 0, view))
}

fn judge(book: &Rulebook, role: Role, batch: Batch, on: Date) -> Report<'_> {
    let Batch { records, findings } = batch;
    let read = findings.into_iter().flatten().collect();
    Report { role, on, findings: checks::settled(book, &records, 0, read, on), records, book }
}

impl Report<'_> {
    /// What a view shows of the record, as far as it could be read.
    #[must_use]
    pub fn view(&self, view: View) -> Json {
        self.records.get(self.role).map_or(Json::Null, |rows| record_json(rows, self.role, 0, view))
    }

    /// The rulebook that judged.
    #[must_use]
    pub fn book(&self) -> &Rulebook {
        self.book
    }

    /// How many findings of a weight there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The record as far as it could be read. `T` is the record of the report's role, else nothing is given.
    #[must_use]
    pub fn record<T: Record + Default>(&self) -> T {
        let own = self.records.get(self.role).filter(|_| T::DEF.name == self.role.as_str());
        own.map_or_else(T::default, |rows| rows.record(0))
    }

    /// The record as far as it could be read, as JSON, with reasons of absence beside its fields.
    #[must_use]
    pub fn read_json(&self) -> Json {
        self.records.get(self.role).map_or(Json::Null, |rows| record_json(rows, self.role, 0, View::Full))
    }

    /// The report as JSON. Personal values are left out unless `values` is set; then the record as it was read is there too.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        report_json(self.book, self.role, self.on, &self.findings, values.then(|| self.read_json()))
    }
}

/// The report of a record as JSON; with the record as it was read, personal values are shown.
pub(crate) fn report_json(book: &Rulebook, role: Role, on: Date, findings: &[Finding], read: Option<Json>) -> Json {
    let values = read.is_some();
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let mut json = Json::object([
        ("made_by", book.made_by(&[])),
        ("on", Json::from(on.to_string())),
        ("record", Json::from(role.as_str())),
        ("counts", counts_json(count)),
        ("findings", findings.iter().map(|finding| finding.to_json(false, values)).collect()),
    ]);
    if let (Some(read), Json::Object(members)) = (read, &mut json) {
        members.push(("read".to_owned(), read));
    }
    json
}

/// How many findings of each weight there are.
pub(crate) fn counts_json(count: impl Fn(Severity) -> usize) -> Json {
    let member = |severity: Severity| (severity.as_str(), Json::from(count(severity)));
    Json::object([Severity::Error, Severity::Warning, Severity::Info].map(member))
}

/// The findings of all rows, each with its place.
pub(crate) fn rows_json(rows: &[Vec<Finding>], lines: &[usize], values: bool) -> Json {
    let of_row = |(row, findings): (usize, &Vec<Finding>)| -> Vec<Json> {
        findings.iter().map(|finding| placed(finding.to_json(false, values), row, lines)).collect()
    };
    rows.iter().enumerate().flat_map(of_row).collect()
}

/// An object with its `row` (from 0) and, where there are lines of a text, its `line` (from 1).
pub(crate) fn placed(object: Json, row: usize, lines: &[usize]) -> Json {
    let Json::Object(mut members) = object else { return object };
    members.push(("row".to_owned(), Json::from(row)));
    members.extend(lines.get(row).map(|line| ("line".to_owned(), Json::from(*line))));
    Json::Object(members)
}
