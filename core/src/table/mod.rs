//! Tables: many records or cases at once, each judged exactly as if it had come alone.
//!
//! Rows enter as Arrow arrays ([`arrow`]), as CSV ([`csv`]) or as one JSON text a line ([`check_ndjson`]), and go through the one reader; a
//! [`TableReport`] or [`Decisions`] leaves. What concerns a column or the text as a whole (a name that the catalogue does not know, a
//! number that was written in another way) is said once, among the findings of the table; the findings of a row are those that the record
//! of that row would have alone.

#[cfg(feature = "arrow")]
pub mod arrow;
mod columns;
pub mod companion;
#[cfg(feature = "csv")]
pub mod csv;

pub use columns::ColumnRows;
use companion::Places;

use crate::catalogue::Role;
use crate::checks;
use crate::date::Date;
use crate::decision::{Decision, Outcome, decide_rows, outcomes};
use crate::finding::{Code, Finding, Path, Severity};
use crate::json::Json;
use crate::limits;
use crate::reader::{Batch, Shape, read_lines, read_text};
use crate::report::{counts_json, placed, report_json};
use crate::rows::{OwnedRows, Records, Rows, Store};
use crate::rulebook::Rulebook;
use crate::view::View;
use crate::writer::record_json;
use std::collections::BTreeMap;

/// So many lines are read before they are judged.
const LINES: usize = 8_192;

/// A table as it was read.
#[derive(Debug)]
pub struct Table<R = OwnedRows> {
    /// The rows, and for each the findings of its reading.
    pub batch: Batch<R>,
    /// What concerns columns or the text as a whole.
    pub findings: Vec<Finding>,
    /// The line of a text on which each row begins, from 1; empty where there is no text.
    pub lines: Vec<usize>,
    /// Where elements of lists came from that lay in tables of their own.
    pub companions: Vec<Places>,
}

impl<'t, R: Store<'t>> Table<R> {
    /// A table that was not read, and why.
    fn unread(shape: Shape, why: Option<Finding>) -> Self {
        let mut records = Records::default();
        shape.roles().iter().for_each(|role| records.put(*role, R::empty(role.layout())));
        Self::plain(Batch { records, findings: Vec::new() }, why.into_iter().collect(), Vec::new())
    }
}

impl<R> Table<R> {
    /// A table by itself.
    fn plain(batch: Batch<R>, findings: Vec<Finding>, lines: Vec<usize>) -> Self {
        Self { batch, findings, lines, companions: Vec::new() }
    }
}

/// What a report keeps of a table, to show a row as it was read.
pub trait Kept {
    /// The record of a row as far as it could be read.
    fn read_json(&self, book: &Rulebook, role: Role, row: usize) -> Json;
}

impl<R: Rows> Kept for Records<R> {
    fn read_json(&self, _: &Rulebook, role: Role, row: usize) -> Json {
        self.get(role).map_or(Json::Null, |rows| record_json(rows, role, row, View::Full))
    }
}

/// The filled lines of a text with their numbers. A line is read again where its record is to be shown: that is rare, and no row has to be
/// kept for it.
#[derive(Clone, Debug)]
pub struct Lines<'t>(Vec<(usize, &'t str)>);

impl Kept for Lines<'_> {
    fn read_json(&self, book: &Rulebook, role: Role, row: usize) -> Json {
        let line = self.0.get(row).map_or("", |(_, line)| line);
        read_text(line, Shape::Record(role), book).records.read_json(book, role, 0)
    }
}

/// The findings of each row of a table on a day; `K` keeps the rows.
#[derive(Debug)]
pub struct TableReport<'b, K = Records<OwnedRows>> {
    /// The record that each row is.
    pub role: Role,
    /// The given day.
    pub on: Date,
    /// What concerns columns or the text as a whole.
    pub findings: Vec<Finding>,
    /// The findings of each row, in their order.
    pub rows: Vec<Vec<Finding>>,
    /// The line of a text on which each row begins, from 1; empty where there is no text.
    pub lines: Vec<usize>,
    /// Where elements of lists came from that lay in tables of their own.
    pub companions: Vec<Places>,
    kept: K,
    book: &'b Rulebook,
}

impl<'b, R: Rows> TableReport<'b, Records<R>> {
    /// Judges each row of a table that was read as records.
    #[must_use]
    pub fn new(book: &'b Rulebook, role: Role, table: Table<R>, on: Date) -> Self {
        let Table { batch: Batch { records, findings: read }, findings, lines, companions } = table;
        let rows = checks::settled_rows(book, &records, read, on);
        Self { role, on, findings, rows, lines, companions, kept: records, book }
    }
}

impl<'b, 't> TableReport<'b, Lines<'t>> {
    /// Reads and judges some lines after the others, so that not all rows have to be kept.
    fn of_lines(book: &'b Rulebook, role: Role, filled: Lines<'t>, on: Date) -> Self {
        let mut rows = Vec::with_capacity(filled.0.len());
        for lines in filled.0.chunks(LINES) {
            let lines = lines.iter().map(|(_, line)| *line);
            let Batch { records, findings } = read_lines::<ColumnRows<'t>>(lines, Shape::Record(role), book);
            rows.extend(checks::settled_rows(book, &records, findings, on));
        }
        let lines = filled.0.iter().map(|(number, _)| *number).collect();
        Self { role, on, findings: Vec::new(), rows, lines, companions: Vec::new(), kept: filled, book }
    }

    /// The report of a text that was not read, and why.
    fn unread(book: &'b Rulebook, role: Role, why: Finding, on: Date) -> Self {
        let (kept, lines, companions) = (Lines(Vec::new()), Vec::new(), Vec::new());
        Self { role, on, findings: vec![why], rows: Vec::new(), lines, companions, kept, book }
    }
}

impl<'b, K: Kept> TableReport<'b, K> {
    /// The rulebook that judged.
    #[must_use]
    pub fn book(&self) -> &'b Rulebook {
        self.book
    }

    /// The findings of a row; none for a row that does not exist.
    #[must_use]
    pub fn row(&self, row: usize) -> &[Finding] {
        self.rows.get(row).map_or(&[], Vec::as_slice)
    }

    /// How many findings of a weight there are, those of the table among them.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.all().filter(|finding| finding.severity == severity).count()
    }

    /// How often each code was found.
    #[must_use]
    pub fn codes(&self) -> BTreeMap<&str, usize> {
        let mut codes = BTreeMap::new();
        self.all().for_each(|finding| *codes.entry(finding.code.as_str()).or_default() += 1);
        codes
    }

    fn all(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.rows.iter().flatten())
    }

    /// The report of a row, as the report of its record alone would be.
    #[must_use]
    pub fn row_json(&self, row: usize, values: bool) -> Json {
        let read = || self.kept.read_json(self.book, self.role, row);
        report_json(self.book, self.role, self.on, self.row(row), values.then(read))
    }

    /// The report of each row, one a line.
    #[must_use]
    pub fn to_json_lines(&self, values: bool) -> String {
        (0..self.rows.len()).map(|row| self.row_json(row, values).to_canonical() + "\n").collect()
    }

    /// What the whole comes to: rows, counts, codes, the findings of the table. Personal values are left out unless `values` is set.
    #[must_use]
    pub fn summary(&self, values: bool) -> Json {
        Json::Object(self.members(values))
    }

    /// The summary, and in `findings` those of all rows, each with its `row` (from 0) and, of a text, its `line` (from 1).
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        let mut members = self.members(values);
        members.push(("findings".to_owned(), self.row_findings(values)));
        Json::Object(members)
    }

    /// The findings of all rows, each with its place.
    #[must_use]
    pub fn row_findings(&self, values: bool) -> Json {
        let of_row = |(row, findings): (usize, &Vec<Finding>)| -> Vec<Json> {
            findings.iter().map(|finding| self.placed(finding, row, values)).collect()
        };
        self.rows.iter().enumerate().flat_map(of_row).collect()
    }

    /// A finding with its row and line, and those of a companion that it is about.
    fn placed(&self, finding: &Finding, row: usize, values: bool) -> Json {
        let mut json = placed(finding.to_json(false, values), row, &self.lines);
        if let (Some((places, element)), Json::Object(members)) = (self.companion(row, finding), &mut json) {
            members.push(("companion".to_owned(), places.told(element)));
        }
        json
    }

    /// The companion that a finding of a row is about, and its row there.
    pub(crate) fn companion(&self, row: usize, finding: &Finding) -> Option<(&Places, usize)> {
        self.companions.iter().find_map(|places| Some((places, places.row(row, finding)?)))
    }

    fn members(&self, values: bool) -> Vec<(String, Json)> {
        let codes = self.codes().into_iter().map(|(code, count)| (code.to_owned(), Json::from(count))).collect();
        let members = [
            ("made_by", self.book.made_by(&[])),
            ("on", Json::from(self.on.to_string())),
            ("record", Json::from(self.role.as_str())),
            ("rows", Json::from(self.rows.len())),
            ("counts", counts_json(|severity| self.count(severity))),
            ("codes", Json::Object(codes)),
            ("table", self.findings.iter().map(|finding| finding.to_json(false, values)).collect()),
        ];
        members.map(|(name, value)| (name.to_owned(), value)).into()
    }
}

/// The decision of each row of a table.
#[derive(Debug)]
pub struct Decisions<'b, R = OwnedRows> {
    /// The given day.
    pub on: Date,
    /// What concerns columns or the text as a whole.
    pub findings: Vec<Finding>,
    /// The line of a text on which each row begins, from 1; empty where there is no text.
    pub lines: Vec<usize>,
    read: Vec<Vec<Finding>>,
    records: Records<R>,
    book: &'b Rulebook,
}

impl<'b, R: Rows> Decisions<'b, R> {
    /// The decisions of a table that was read as cases.
    #[must_use]
    pub fn new(book: &'b Rulebook, table: Table<R>, on: Date) -> Self {
        let Table { batch: Batch { records, findings: read }, findings, lines, .. } = table;
        Self { on, findings, lines, read, records, book }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// Decides row after row, by all packs of the rulebook; each is decided when it is asked for.
    pub fn iter(&self) -> impl Iterator<Item = Decision<'b>> {
        decide_rows(self.book, &self.records, &self.read, self.on)
    }

    /// The outcome of each row, where nothing else is asked: no findings, no reasons, nothing missing. It is that of [`Self::iter`],
    /// several times as fast.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> {
        outcomes(self.book, &self.records, self.len(), self.on)
    }

    /// The decision of each row, one a line.
    #[must_use]
    pub fn to_json_lines(&self, values: bool) -> String {
        self.iter().map(|decision| decision.to_canonical(values) + "\n").collect()
    }

    /// What the whole comes to: rows, outcomes with their number, the findings of the table, and each row in short: outcome, firmness,
    /// whether it is ready, the deciding rules and the fields to ask for.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
        let mut short = Vec::new();
        for (row, decision) in self.iter().enumerate() {
            *outcomes.entry(decision.outcome.as_str().to_owned()).or_default() += 1;
            short.push(placed(in_short(&decision), row, &self.lines));
        }
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("on", Json::from(self.on.to_string())),
            ("rows", Json::from(self.len())),
            ("outcomes", Json::Object(outcomes.into_iter().map(|(name, count)| (name, Json::from(count))).collect())),
            ("table", self.findings.iter().map(|finding| finding.to_json(true, values)).collect()),
            ("decisions", short.into_iter().collect()),
        ])
    }
}

fn in_short(decision: &Decision<'_>) -> Json {
    Json::object([
        ("outcome", Json::from(decision.outcome.as_str())),
        ("firmness", Json::from(decision.firmness.as_str())),
        ("ready", Json::from(decision.ready)),
        ("deciding", decision.deciding().into_iter().map(Json::from).collect()),
        ("missing", decision.missing_outcome.iter().map(|missing| Json::from(missing.field.path())).collect()),
        ("errors", Json::from(decision.findings.iter().filter(|f| f.severity == Severity::Error).count())),
    ])
}

/// Checks a text with one record a line (NDJSON). Blank lines are passed over; a line that is no JSON has its finding, and the next is read.
///
/// ```
/// use sam_eurometropole::{Rulebook, catalogue::Role, date::Date, table::check_ndjson};
///
/// let text = "{\"weekly_hours\": 35}\n\n{\"weekly_hours\": \n{\"weekly_hours\": 36}\n";
/// let report = check_ndjson(Rulebook::embedded(), Role::Placement, text, Date::parse("2024-04-22").unwrap());
/// assert_eq!(report.lines, [1, 3, 4]);
/// assert!(report.row(1).iter().any(|finding| finding.code == "input.syntax"));
/// ```
#[must_use]
pub fn check_ndjson<'b, 't>(book: &'b Rulebook, role: Role, text: &'t str, on: Date) -> TableReport<'b, Lines<'t>> {
    match filled_lines(text, Shape::Record(role)) {
        Ok(lines) => TableReport::of_lines(book, role, lines, on),
        Err(why) => TableReport::unread(book, role, why, on),
    }
}

/// Decides a text with one case a line (NDJSON).
#[must_use]
pub fn decide_ndjson<'b, 't>(book: &'b Rulebook, text: &'t str, on: Date) -> Decisions<'b, ColumnRows<'t>> {
    Decisions::new(book, read_ndjson(text, Shape::Case, book), on)
}

/// Reads a text with one record or case a line.
#[must_use]
pub fn read_ndjson<'t>(text: &'t str, shape: Shape, book: &Rulebook) -> Table<ColumnRows<'t>> {
    match filled_lines(text, shape) {
        Ok(Lines(lines)) => {
            let batch = read_lines(lines.iter().map(|(_, line)| *line), shape, book);
            Table::plain(batch, Vec::new(), lines.into_iter().map(|(number, _)| number).collect())
        }
        Err(why) => Table::unread(shape, Some(why)),
    }
}

/// The lines of a text that are not blank.
fn filled_lines(text: &str, shape: Shape) -> Result<Lines<'_>, Finding> {
    if text.len() > limits::TABLE_BYTES {
        return Err(beyond(shape, Code::LimitBytes, limits::TABLE_BYTES));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let filled = (1..).zip(text.split('\n')).filter(|(_, line)| !line.trim().is_empty());
    let lines: Vec<(usize, &str)> = filled.take(limits::ROWS + 1).collect();
    if lines.len() > limits::ROWS {
        return Err(beyond(shape, Code::LimitRows, limits::ROWS));
    }
    Ok(Lines(lines))
}

/// A table beyond a limit is not read at all.
fn beyond(shape: Shape, code: Code, max: usize) -> Finding {
    Finding::new(code, Path::new(shape.role(), Vec::new(), false)).with("max", max)
}
