//! A list of a record that comes as record batches of its own: each row becomes a record with its key and one element.
//!
//! Nothing is copied: the columns of an element are wrapped into a list of one element a row, and the door of records reads the result.

use super::{ColumnRows, Table, read};
use crate::reader::Shape;
use crate::rulebook::Rulebook;
use crate::table::companion::{CODE, List};
use arrow_array::{Array, ArrayRef, FixedSizeListArray, RecordBatch, RecordBatchOptions, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use std::sync::Arc;

/// Record batches of elements as record batches of records with one element each.
///
/// # Errors
/// Where Arrow refuses to put the columns together, which no table that Arrow took before makes it do.
pub fn wrapped(batches: &[RecordBatch], list: List) -> Result<Vec<RecordBatch>, ArrowError> {
    batches.iter().map(|batch| wrap(batch, list)).collect()
}

/// Reads a list of a record as a table of its own, wrapped by [`wrapped`].
#[must_use]
pub fn read_companion<'t>(wrapped: &'t [RecordBatch], list: List, book: &Rulebook) -> Table<ColumnRows<'t>> {
    read(wrapped, Shape::Record(list.role()), book)
}

type Named = (String, ArrayRef);

fn wrap(batch: &RecordBatch, list: List) -> Result<RecordBatch, ArrowError> {
    let named = |(field, array): (&Arc<Field>, &ArrayRef)| (field.name().clone(), Arc::clone(array));
    let columns: Vec<Named> = batch.schema_ref().fields().iter().zip(batch.columns()).map(named).collect();
    let (keys, members): (Vec<Named>, Vec<Named>) =
        columns.into_iter().partition(|(name, _)| *name == list.key_column());
    let element: ArrayRef = match members.as_slice() {
        [(name, array)] if list.is_of_codes() && name == CODE => Arc::clone(array),
        _ => Arc::new(object(members, batch.num_rows())?),
    };
    let item = Arc::new(Field::new("item", element.data_type().clone(), true));
    let elements: ArrayRef =
        Arc::new(FixedSizeListArray::try_new_with_length(item, 1, element, None, batch.num_rows())?);
    let key = |(_, array): Named| (list.key().unwrap_or_default().to_owned(), array);
    let columns: Vec<Named> = keys.into_iter().map(key).chain([(list.path().to_owned(), elements)]).collect();
    table(columns, batch.num_rows())
}

fn table(columns: Vec<Named>, rows: usize) -> Result<RecordBatch, ArrowError> {
    let fields: Vec<Field> = columns.iter().map(field).collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
}

fn field((name, array): &Named) -> Field {
    Field::new(name, array.data_type().clone(), true)
}

/// An object for each row; columns with dots become objects inside it.
fn object(columns: Vec<Named>, rows: usize) -> Result<StructArray, ArrowError> {
    let mut members: Vec<Named> = Vec::new();
    let mut inside: Vec<(String, Vec<Named>)> = Vec::new();
    for (name, array) in columns {
        // `since.absent` is the reason of `since`, which an object keeps in `absent`.
        let (head, rest) = match (name.strip_suffix(".absent"), name.split_once('.')) {
            (Some(field), _) if !matches!(array.data_type(), DataType::Struct(_)) => ("absent", field),
            (_, Some((head, rest))) => (head, rest),
            _ => {
                members.push((name, array));
                continue;
            }
        };
        let (head, rest) = (head.to_owned(), rest.to_owned());
        match inside.iter_mut().find(|(other, _)| *other == head) {
            Some((_, columns)) => columns.push((rest, array)),
            None => inside.push((head, vec![(rest, array)])),
        }
    }
    for (head, columns) in inside {
        members.push((head, Arc::new(object(columns, rows)?)));
    }
    let fields: Fields = members.iter().map(field).collect();
    StructArray::try_new_with_length(fields, members.into_iter().map(|(_, array)| array).collect(), None, rows)
}
