//! Inputs that were made to break a reader: each meets its limit and says so.
//!
//! [`cases`] builds them one after the other; the tests assert the finding, `vectors --hostile` measures how long each takes.

use arrow_array::{ArrayRef, Int64Array, ListArray, NullArray, RecordBatch, StringArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::Field;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::finding::Finding;
use sam_eurometropole::reader::Shape;
use sam_eurometropole::table::companion::{List, joined};
use sam_eurometropole::table::csv::{CsvOptions, check_csv, read, read_companion};
use sam_eurometropole::table::{Kept, TableReport, arrow, check_ndjson};
use sam_eurometropole::{Rulebook, check_text, limits};
use std::sync::Arc;

const MILLION: usize = 1_000_000;
const MEGA: usize = 1_024 * 1_024;

/// An input, and the finding that it has to meet.
pub struct Case {
    /// What it is.
    pub name: &'static str,
    /// The code of the finding.
    pub wanted: &'static str,
    /// Builds the input, which may take longer than to read it.
    pub make: fn() -> Input,
}

/// What is handed in.
pub enum Input {
    /// A record as JSON.
    Json(String),
    /// Records, one a line.
    Lines(String),
    /// A CSV text.
    Csv(String),
    /// A CSV text, and a companion of it.
    Companion(String, &'static str, String),
    /// Arrow data.
    Arrow(Vec<RecordBatch>),
}

impl Input {
    /// The codes of all findings of a placement.
    #[must_use]
    pub fn codes(&self, on: Date) -> Vec<String> {
        let (book, role, options) = (Rulebook::embedded(), Role::Placement, CsvOptions::default());
        match self {
            Self::Json(text) => told(&check_text(book, role, text, on).findings),
            Self::Lines(text) => of_table(&check_ndjson(book, role, text, on)),
            Self::Csv(text) => of_table(&check_csv(book, role, text.as_bytes(), &options, on)),
            Self::Companion(text, name, rows) => {
                let shape = Shape::Record(role);
                let table = read(text.as_bytes(), &options, shape, book);
                let companion = |list| (list, read_companion(rows.as_bytes(), &options, list, book));
                let table = joined(table, List::parse(name, shape).map(companion).into_iter().collect(), book);
                of_table(&TableReport::new(book, role, table, on))
            }
            Self::Arrow(batches) => of_table(&arrow::check_table(book, role, batches, on)),
        }
    }
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.code.to_string()).collect()
}

fn of_table<K: Kept>(report: &TableReport<'_, K>) -> Vec<String> {
    report.codes().into_keys().map(str::to_owned).collect()
}

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let case = |name, wanted, make| Case { name, wanted, make };
    vec![
        case("JSON: eight million lists inside one another", "limit.depth", || {
            Input::Json(format!("{{\"id\": {}{}}}", "[".repeat(8 * MILLION), "]".repeat(8 * MILLION)))
        }),
        case("JSON: two million objects inside one another", "limit.depth", || {
            Input::Json(format!("{{\"home\": {}0{}}}", "{\"a\":".repeat(2 * MILLION), "}".repeat(2 * MILLION)))
        }),
        case("JSON: a text of 15 MiB", "limit.text", || {
            Input::Json(format!("{{\"id\": \"{}\"}}", "x".repeat(15 * MEGA)))
        }),
        case("JSON: a text beyond 16 MiB", "limit.bytes", || Input::Json(" ".repeat(limits::BYTES + 1))),
        case("JSON: a list of a million elements", "limit.list", || {
            Input::Json(format!("{{\"schedule\": [{}{{}}]}}", "{},".repeat(MILLION)))
        }),
        case("JSON: a million keys", "limit.fields", || {
            let keys: Vec<String> = (0..MILLION).map(|key| format!("\"k{key}\":0")).collect();
            Input::Json(format!("{{{}}}", keys.join(",")))
        }),
        case("JSON: a million findings", "limit.findings", || {
            let keys: Vec<String> = (0..limits::FIELDS).map(|key| format!("\"k{key}\":0")).collect();
            let element = format!("{{{}}}", keys.join(","));
            Input::Json(format!("{{\"schedule\": [{}]}}", vec![element; limits::LIST].join(",")))
        }),
        case("lines of JSON: a million and one", "limit.rows", || Input::Lines("{}\n".repeat(limits::ROWS + 1))),
        case("lines of JSON: a million that are none", "input.syntax", || Input::Lines("{\n".repeat(MILLION))),
        case("lines of JSON: one of 20 MiB", "limit.bytes", || {
            Input::Lines(format!("{{\"id\": \"{}\"}}\n", "x".repeat(20 * MEGA)))
        }),
        case("CSV: beyond 256 MiB", "limit.bytes", || Input::Csv("x".repeat(limits::TABLE_BYTES + 1))),
        case("CSV: a million columns", "limit.columns", || Input::Csv(format!("{}\n1\n", "c;".repeat(MILLION)))),
        case("CSV: a million and one rows", "limit.rows", || {
            Input::Csv(format!("id\n{}", "1\n".repeat(limits::ROWS + 1)))
        }),
        case("CSV: a cell of 100 MiB", "limit.text", || Input::Csv(format!("id;kind\n{};x\n", "x".repeat(100 * MEGA)))),
        case("CSV: a code of 100 MiB", "code.unknown", || {
            Input::Csv(format!("id;kind\n1;{}\n", "x".repeat(100 * MEGA)))
        }),
        case("CSV: a heading of 100 MiB", "field.unknown", || {
            Input::Csv(format!("id;{}\n1;2\n", "x".repeat(100 * MEGA)))
        }),
        case("CSV: a quote that is never closed, 100 MiB", "limit.text", || {
            Input::Csv(format!("id\n\"{}", "x;\n".repeat(100 * MEGA / 3)))
        }),
        case("CSV: a million rows of one record in a companion", "limit.list", || {
            Input::Companion(
                "id\n1\n".to_owned(),
                "schedule",
                format!("placement.id;from\n{}", "1;08:00\n".repeat(MILLION)),
            )
        }),
        case("Arrow: a hundred thousand columns", "limit.columns", || {
            let null = Arc::new(NullArray::new(1)) as ArrayRef;
            arrow((0..100_000).map(|column| (format!("c{column}"), Arc::clone(&null))).collect())
        }),
        case("Arrow: a million and one rows", "limit.rows", || {
            arrow(vec![("id".to_owned(), Arc::new(NullArray::new(limits::ROWS + 1)))])
        }),
        case("Arrow: a cell of 100 MiB", "limit.text", || {
            arrow(vec![("id".to_owned(), Arc::new(StringArray::from(vec!["x".repeat(100 * MEGA)])))])
        }),
        case("Arrow: a list of a million elements", "limit.list", || {
            arrow(vec![("schedule".to_owned(), list(Arc::new(Int64Array::from(vec![1; MILLION]))))])
        }),
        case("Arrow: a thousand lists inside one another", "limit.depth", || {
            let deep = (0..1_000).fold(Arc::new(Int64Array::from(vec![1])) as ArrayRef, |inner, _| list(inner));
            arrow(vec![("id".to_owned(), deep)])
        }),
    ]
}

/// A list of one row that holds all of an array.
fn list(values: ArrayRef) -> ArrayRef {
    let item = Arc::new(Field::new("item", values.data_type().clone(), true));
    Arc::new(ListArray::new(item, OffsetBuffer::from_lengths([values.len()]), values, None))
}

/// No batch where Arrow itself refuses the columns; the case then fails.
fn arrow(columns: Vec<(String, ArrayRef)>) -> Input {
    Input::Arrow(RecordBatch::try_from_iter(columns).into_iter().collect())
}
