//! A report: the findings of one record, with what made it.

use crate::catalogue::Role;
use crate::checks;
use crate::date::Date;
use crate::finding::{Finding, Severity, settle};
use crate::json::Json;
use crate::reader::{Batch, Shape, Value, ValueSource, read_one, read_text};
use crate::rows::{OwnedRows, Record};
use crate::rulebook::Rulebook;
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
    rows: [OwnedRows; 2],
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

fn judge(book: &Rulebook, role: Role, batch: Batch, on: Date) -> Report<'_> {
    let Batch { mut rows, findings } = batch;
    // The other record of a case is there, with nothing given.
    for rows in &mut rows {
        if crate::rows::Rows::len(rows, 0) == 0 {
            rows.push_row(0);
        }
    }
    let [participant, placement] = &rows;
    let own = if role == Role::Participant { participant } else { placement };
    let mut all: Vec<Finding> = findings.into_iter().flatten().collect();
    all.extend(checks::judge_record(book, own, role, 0, on));
    all.extend(checks::judge_case(book, [participant, placement], [0, 0], on));
    Report { role, on, findings: settle(all), rows, book }
}

impl Report<'_> {
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
        if T::DEF.name != self.role.as_str() {
            return T::default();
        }
        let [participant, placement] = &self.rows;
        if self.role == Role::Participant { participant.record(0) } else { placement.record(0) }
    }

    /// The rows of the record.
    #[must_use]
    pub fn rows(&self) -> &OwnedRows {
        let [participant, placement] = &self.rows;
        if self.role == Role::Participant { participant } else { placement }
    }

    /// The record as far as it could be read, as JSON, with reasons of absence beside its fields.
    #[must_use]
    pub fn read_json(&self) -> Json {
        record_json(self.rows(), self.role, 0)
    }

    /// The report as JSON. Personal values are left out unless `values` is set; then the record as it was read is there too.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        let count = |severity| Json::from(self.count(severity));
        let mut json = Json::object([
            ("made_by", self.book.made_by(&[])),
            ("on", Json::from(self.on.to_string())),
            ("record", Json::from(self.role.as_str())),
            (
                "counts",
                Json::object([
                    ("error", count(Severity::Error)),
                    ("warning", count(Severity::Warning)),
                    ("info", count(Severity::Info)),
                ]),
            ),
            ("findings", self.findings.iter().map(|finding| finding.to_json(false, values)).collect()),
        ]);
        if let (true, Json::Object(members)) = (values, &mut json) {
            members.push(("read".to_owned(), self.read_json()));
        }
        json
    }
}
