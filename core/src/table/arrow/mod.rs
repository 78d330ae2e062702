//! Tables as Arrow arrays, from whatever library made them.
//!
//! Record batches enter; their columns are matched with the catalogue once (`plan`) and feed the one reader row by row (`source`),
//! which keeps the rows by column and borrows their texts. A column is a field by its path: an object is a struct column or columns with
//! dots (`home.partner`), a list is a list column, and a reason of absence stands in `absent`, or in a text column
//! `<field>.absent`. [`schema`] says which types to use; `docs/reading.md` says which others are read.

mod plan;
mod schema;
mod source;

pub use schema::{Nesting, schema};

use super::{ColumnRows, Decisions, Table, TableReport, beyond};
use crate::catalogue::Role;
use crate::date::Date;
use crate::finding::{Code, Finding, settle};
use crate::limits;
use crate::reader::{Batch, Shape, read_many};
use crate::rows::Records;
use crate::rulebook::Rulebook;
use arrow_array::RecordBatch;
use plan::Plan;

/// Checks each row of a table as a record.
///
/// ```
/// use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// use sam_eurometropole::{Rulebook, catalogue::Role, date::Date, table::arrow::check_table};
/// use std::sync::Arc;
///
/// let column: ArrayRef = Arc::new(StringArray::from(vec!["ccas_roubaix", "ccas_rubaix"]));
/// let batches = [RecordBatch::try_from_iter([("home.partner", column)]).unwrap()];
/// let on = Date::parse("2024-04-22").unwrap();
/// let report = check_table(Rulebook::embedded(), Role::Placement, &batches, on);
/// let wrong = |row: usize| report.row(row).iter().any(|finding| finding.code == "code.unknown");
/// assert_eq!([wrong(0), wrong(1)], [false, true]);
/// ```
#[must_use]
pub fn check_table<'b, 't>(
    book: &'b Rulebook,
    role: Role,
    batches: &'t [RecordBatch],
    on: Date,
) -> TableReport<'b, Records<ColumnRows<'t>>> {
    TableReport::new(book, role, read(batches, Shape::Record(role), book), on)
}

/// Decides each row of a table as a case: columns have the record in front, `participant.birth_date`, `placement.scheme`.
#[must_use]
pub fn decide_table<'b, 't>(book: &'b Rulebook, batches: &'t [RecordBatch], on: Date) -> Decisions<'b, ColumnRows<'t>> {
    Decisions::new(book, read(batches, Shape::Case, book), on)
}

/// Reads a table through the one reader.
#[must_use]
pub fn read<'t>(batches: &'t [RecordBatch], shape: Shape, book: &Rulebook) -> Table<ColumnRows<'t>> {
    if let Some(finding) = too_much(batches, shape) {
        return Table::unread(shape, Some(finding));
    }
    let mut findings = Vec::new();
    let plans: Vec<Plan<'t>> = batches.iter().map(|batch| Plan::of(batch, shape, book, &mut findings)).collect();
    let batch: Batch<ColumnRows<'t>> = read_many(source::ArrowSource::new(&plans), shape, book);
    Table { batch, findings: settle(findings), lines: Vec::new() }
}

fn too_much(batches: &[RecordBatch], shape: Shape) -> Option<Finding> {
    let rows = batches.iter().fold(0usize, |sum, batch| sum.saturating_add(batch.num_rows()));
    if batches.iter().any(|batch| batch.num_columns() > limits::COLUMNS) {
        return Some(beyond(shape, Code::LimitColumns, limits::COLUMNS));
    }
    (rows > limits::ROWS).then(|| beyond(shape, Code::LimitRows, limits::ROWS))
}
