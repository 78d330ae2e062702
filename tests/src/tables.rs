//! The law of tables: each row is judged as if it had come alone, byte for byte.

use crate::calls::cut;
use crate::generate::tables::{Drawer, kind_of};
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::decide_value;
use sam_eurometropole::reader::{Shape, Value};
use sam_eurometropole::table::TableReport;
use sam_eurometropole::table::arrow::{check_table, decide_table, read, read_companion, wrapped};
use sam_eurometropole::table::companion::{List, joined};
use sam_eurometropole::{Rulebook, check_value};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one generated table.
const ROWS: usize = 250;

/// What a run of the law has seen.
#[derive(Debug, Default)]
pub struct Seen {
    /// Rows.
    pub rows: usize,
    /// How often each finding, or each outcome.
    pub codes: BTreeMap<String, usize>,
    /// Types of column.
    pub types: BTreeSet<String>,
}

/// Checks at least so many generated rows of a record, as tables and one by one.
///
/// # Errors
/// The first row that differs.
pub fn check_law(role: Role, rows: usize, seed: u64, on: Date) -> Result<Seen, String> {
    let book = Rulebook::embedded();
    let mut drawer = Drawer::new(book, seed);
    let mut seen = Seen::default();
    while seen.rows < rows {
        let (batches, values) = drawer.records(role, ROWS).map_err(|error| error.to_string())?;
        seen.types.extend(batches.iter().flat_map(|batch| batch.columns().iter().map(|c| kind_of(c.data_type()))));
        let report = check_table(book, role, &batches, on);
        compare(&report.findings, report.rows.len(), &values)?;
        for (row, value) in values.iter().enumerate() {
            let alone = check_value(book, role, value, on);
            alone.findings.iter().for_each(|finding| *seen.codes.entry(finding.code.to_string()).or_default() += 1);
            same(&report.row_json(row, true), &alone.to_json(true), value)?;
        }
        seen.rows += values.len();
    }
    Ok(seen)
}

/// Checks at least so many generated rows of a record whose lists lie in tables of their own, together and one by one.
///
/// # Errors
/// The first row that differs.
pub fn companion_law(role: Role, rows: usize, seed: u64, on: Date) -> Result<Seen, String> {
    let (book, shape) = (Rulebook::embedded(), Shape::Record(role));
    let mut drawer = Drawer::new(book, seed);
    let mut seen = Seen::default();
    while seen.rows < rows {
        let apart = drawer.companions(role, ROWS).map_err(|error| error.to_string())?;
        let wrap = |(list, batches): &(List, Vec<RecordBatch>)| Ok((*list, wrapped(batches, *list)?));
        let wrapped: Result<Vec<_>, ArrowError> = apart.lists.iter().map(wrap).collect();
        let wrapped = wrapped.map_err(|error| error.to_string())?;
        let companions = wrapped.iter().map(|(list, batches)| (*list, read_companion(batches, *list, book))).collect();
        let table = joined(read(&apart.batches, shape, book), companions, book);
        let report = TableReport::new(book, role, table, on);
        for (row, value) in apart.values.iter().enumerate() {
            let alone = check_value(book, role, value, on);
            alone
                .findings
                .iter()
                .for_each(|finding| *seen.codes.entry(finding.code.as_str().to_owned()).or_default() += 1);
            same(&report.row_json(row, true), &alone.to_json(true), value)?;
        }
        let orphans = report.codes().get("companion.orphan").copied().unwrap_or_default();
        *seen.codes.entry("companion.orphan".to_owned()).or_default() += orphans;
        seen.rows += apart.values.len();
    }
    Ok(seen)
}

/// Decides at least so many generated cases, as tables and one by one.
///
/// # Errors
/// The first case that differs.
pub fn decide_law(rows: usize, seed: u64, on: Date) -> Result<Seen, String> {
    let book = Rulebook::embedded();
    let mut drawer = Drawer::new(book, seed);
    let mut seen = Seen::default();
    while seen.rows < rows {
        let (batches, values) = drawer.cases(ROWS).map_err(|error| error.to_string())?;
        let decisions = decide_table(book, &batches, on);
        compare(&decisions.findings, decisions.len(), &values)?;
        for (decision, value) in decisions.iter().zip(&values) {
            *seen.codes.entry(decision.outcome.as_str().to_owned()).or_default() += 1;
            same(&decision.to_json(true), &decide_value(book, value, on).to_json(true), value)?;
        }
        seen.rows += values.len();
    }
    Ok(seen)
}

fn compare(table: &[sam_eurometropole::finding::Finding], rows: usize, values: &[Value]) -> Result<(), String> {
    if !table.is_empty() || rows != values.len() {
        return Err(format!("{rows} rows, not {}; findings of the table: {table:?}", values.len()));
    }
    Ok(())
}

fn same(
    bulk: &sam_eurometropole::json::Json,
    alone: &sam_eurometropole::json::Json,
    value: &Value,
) -> Result<(), String> {
    let (bulk, alone) = (cut(bulk.clone()).to_canonical(), cut(alone.clone()).to_canonical());
    if bulk == alone { Ok(()) } else { Err(format!("in bulk {bulk}\nalone   {alone}\nof {value:?}")) }
}
