//! The rows as one record batch, as a data frame hands them over: objects are columns with dots, lists are lists of structs, days are
//! dates, or texts where they may be wrong.

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field};
use sam_eurometropole::date::Date;
use serde_json::Value;
use std::sync::Arc;

use Kind::{Bool, Day, Integer, List, Number, Text};

/// What a column holds.
pub(crate) enum Kind {
    Text,
    Bool,
    Integer,
    Number,
    Day,
    List(&'static [(&'static str, Kind)]),
}

/// The rows of lines of JSON, with these columns.
pub(crate) fn batch(columns: &'static [(&'static str, Kind)], lines: &[String]) -> Result<RecordBatch, ArrowError> {
    let rows: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap_or_default()).collect();
    let rows: Vec<&Value> = rows.iter().collect();
    RecordBatch::try_from_iter_with_nullable(
        arrays(columns, &rows)?.into_iter().map(|(name, array)| (name, array, true)),
    )
}

fn arrays(
    columns: &'static [(&'static str, Kind)],
    rows: &[&Value],
) -> Result<Vec<(&'static str, ArrayRef)>, ArrowError> {
    columns.iter().map(|(name, kind)| Ok((*name, array(name, kind, rows)?))).collect()
}

fn array(name: &str, kind: &Kind, rows: &[&Value]) -> Result<ArrayRef, ArrowError> {
    let pointer = format!("/{}", name.replace('.', "/"));
    let cells = || rows.iter().map(|row| row.pointer(&pointer));
    let texts = || cells().map(|cell| cell?.as_str());
    Ok(match kind {
        Text => Arc::new(texts().collect::<StringArray>()),
        Bool => Arc::new(cells().map(|cell| cell?.as_bool()).collect::<BooleanArray>()),
        Integer => Arc::new(cells().map(|cell| cell?.as_i64()).collect::<Int64Array>()),
        Number => Arc::new(cells().map(|cell| cell?.as_f64()).collect::<Float64Array>()),
        Day => Arc::new(texts().map(|text| Date::parse(text?).ok().map(super::day::days_of)).collect::<Date32Array>()),
        List(columns) => {
            let lists: Vec<Option<&Vec<Value>>> = cells().map(|cell| cell?.as_array()).collect();
            let elements: Vec<&Value> = lists.iter().copied().flatten().flatten().collect();
            let fields = arrays(columns, &elements)?;
            let fields = fields
                .into_iter()
                .map(|(name, array)| (Arc::new(Field::new(name, array.data_type().clone(), true)), array));
            let values = StructArray::from(fields.collect::<Vec<_>>());
            let offsets = OffsetBuffer::from_lengths(lists.iter().map(|list| list.map_or(0, Vec::len)));
            let nulls = NullBuffer::from_iter(lists.iter().map(Option::is_some));
            let item = Field::new("item", DataType::Struct(values.fields().clone()), true);
            Arc::new(ListArray::try_new(Arc::new(item), offsets, Arc::new(values), Some(nulls))?)
        }
    })
}
