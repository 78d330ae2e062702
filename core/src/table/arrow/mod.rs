//! Tables as Arrow arrays, from whatever library made them.
//!
//! Record batches enter; their columns are matched with the catalogue once (`plan`). Plain columns are read as a whole, with the leaf
//! functions of the one reader (`whole`); the others feed it row by row (`source`). The rows are kept by column and borrow their texts. A column is a field by its path: an object is a struct column or columns with
//! dots (`home.partner`), a list is a list column, and a reason of absence stands in `absent`, or in a text column
//! `<field>.absent`. [`schema`] says which types to use; `docs/reading.md` says which others are read.

mod companion;
mod plan;
mod schema;
mod source;
mod whole;

pub use companion::{read_companion, wrapped};
pub use schema::{Nesting, schema};

use super::{ColumnRows, Decisions, Table, TableReport, beyond};
use crate::catalogue::Role;
use crate::counted;
use crate::date::Date;
use crate::finding::{Code, Finding, settle};
use crate::limits;
use crate::reader::{Batch, Shape, read_many};
use crate::rows::Records;
use crate::rulebook::Rulebook;
use arrow_array::RecordBatch;
use plan::Plan;
use source::ArrowSource;
use whole::{Reading, Whole};

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
    let mut plans: Vec<Plan<'t>> = batches.iter().map(|batch| Plan::of(batch, shape, book, &mut findings)).collect();
    let wholes: Vec<Vec<Whole<'t>>> = plans.iter_mut().map(|plan| whole::split(plan, shape)).collect();
    let mut batch = if plans.iter().all(Plan::is_used_up) {
        blank(shape, plans.iter().map(|plan| plan.rows).sum())
    } else {
        read_many(ArrowSource::new(&plans), shape, book)
    };
    let mut reading = Reading { book, records: &mut batch.records, findings: &mut batch.findings };
    let mut first = 0;
    for (plan, wholes) in plans.iter().zip(&wholes) {
        wholes.iter().for_each(|whole| reading.read(whole, first, plan.rows));
        first += plan.rows;
    }
    counted::fill(&mut batch.records, book);
    Table::plain(batch, settle(findings), Vec::new())
}

/// Rows in which nothing is given yet.
fn blank<'t>(shape: Shape, count: usize) -> Batch<ColumnRows<'t>> {
    let mut batch = Table::unread(shape, None).batch;
    for role in shape.roles() {
        batch.records.get_mut(*role).map(|rows: &mut ColumnRows<'t>| rows.push_rows(0, count));
    }
    batch.findings.resize_with(count, Vec::new);
    batch
}

fn too_much(batches: &[RecordBatch], shape: Shape) -> Option<Finding> {
    let rows = batches.iter().fold(0usize, |sum, batch| sum.saturating_add(batch.num_rows()));
    if batches.iter().any(|batch| batch.num_columns() > limits::COLUMNS) {
        return Some(beyond(shape, Code::LimitColumns, limits::COLUMNS));
    }
    (rows > limits::ROWS).then(|| beyond(shape, Code::LimitRows, limits::ROWS))
}
