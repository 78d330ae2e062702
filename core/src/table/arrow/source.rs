//! The rows of a table as the events that the reader takes: each row an object, null where an array has none.

use super::plan::{Node, Object, Plan};
use crate::date::{Date, DateError};
use crate::limits;
use crate::reader::{Event, Source, Stop};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DecimalType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, RunEndIndexType,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, OffsetSizeTrait, RunArray};
use arrow_schema::{DataType, TimeUnit};
use std::borrow::Cow;
use std::ops::Range;

/// A list of all rows of all batches.
pub(super) struct ArrowSource<'p, 't> {
    stack: Vec<Frame<'p, 't>>,
}

enum Frame<'p, 't> {
    /// The table itself, before it begins.
    Begin(&'p [Plan<'t>]),
    /// The rows that are left of the first of these batches, and those of the others.
    Rows(&'p [Plan<'t>], usize),
    /// The value in a row of a node.
    Value(&'p Node<'t>, usize),
    /// The members of an object that are left.
    Members(std::slice::Iter<'p, (&'t str, Node<'t>)>, usize),
    /// The elements of a list that are left.
    Elements(&'p Node<'t>, Range<usize>),
}

impl<'p, 't> ArrowSource<'p, 't> {
    pub(super) fn new(plans: &'p [Plan<'t>]) -> Self {
        Self { stack: vec![Frame::Begin(plans)] }
    }

    fn rows(&mut self, plans: &'p [Plan<'t>], row: usize) -> Event<'t> {
        let Some((plan, others)) = plans.split_first() else { return Event::EndList };
        if row >= plan.rows {
            return self.rows_of_next(others);
        }
        self.stack.push(Frame::Rows(plans, row + 1));
        self.value(&plan.root, row)
    }

    fn rows_of_next(&mut self, mut plans: &'p [Plan<'t>]) -> Event<'t> {
        while let Some((plan, others)) = plans.split_first() {
            if plan.rows > 0 {
                return self.rows(plans, 0);
            }
            plans = others;
        }
        Event::EndList
    }

    fn value(&mut self, node: &'p Node<'t>, row: usize) -> Event<'t> {
        match node {
            Node::Leaf(array) => leaf(*array, row),
            Node::Object(object) if is_null(object, row) => Event::Null,
            Node::Object(object) => {
                self.stack.push(Frame::Members(object.members.iter(), row));
                Event::StartObject
            }
            Node::TooDeep(array) if is_given(*array, row) => Event::TooDeep,
            Node::List(array, _) | Node::Pointers(array, _) if !is_given(*array, row) => Event::Null,
            Node::TooDeep(_) => Event::Null,
            Node::List(array, element) => {
                let range = range(*array, row).unwrap_or_default();
                // One element beyond the limit tells the reader all it needs.
                let end = range.end.min(range.start.saturating_add(limits::LIST + 1));
                self.stack.push(Frame::Elements(element, range.start..end));
                Event::StartList
            }
            Node::Pointers(array, values) => match pointed(*array, row) {
                Some(row) => self.value(values, row),
                None => Event::Null,
            },
        }
    }
}

impl<'t> Source<'t> for ArrowSource<'_, 't> {
    fn next_event(&mut self) -> Result<Event<'t>, Stop> {
        Ok(match self.stack.pop() {
            None => Event::End,
            Some(Frame::Begin(plans)) => {
                self.stack.push(Frame::Rows(plans, 0));
                Event::StartList
            }
            Some(Frame::Rows(plans, row)) => self.rows(plans, row),
            Some(Frame::Value(node, row)) => self.value(node, row),
            Some(Frame::Members(mut members, row)) => match members.next() {
                None => Event::EndObject,
                Some((name, node)) => {
                    self.stack.push(Frame::Members(members, row));
                    self.stack.push(Frame::Value(node, row));
                    Event::Key(Cow::Borrowed(name))
                }
            },
            Some(Frame::Elements(node, mut rows)) => match rows.next() {
                None => Event::EndList,
                Some(row) => {
                    self.stack.push(Frame::Elements(node, rows));
                    self.value(node, row)
                }
            },
        })
    }
}

fn is_null(object: &Object<'_>, row: usize) -> bool {
    object.array.is_some_and(|array| !is_given(array, row))
}

pub(super) fn is_given(array: &dyn Array, row: usize) -> bool {
    row < array.len() && !array.is_null(row)
}

/// The elements of a list.
pub(super) fn range(array: &dyn Array, row: usize) -> Option<Range<usize>> {
    fn list<O: OffsetSizeTrait>(array: &dyn Array, row: usize) -> Option<Range<usize>> {
        let offsets = array.as_list_opt::<O>()?.value_offsets();
        Some(offsets.get(row)?.to_usize()?..offsets.get(row + 1)?.to_usize()?)
    }
    fn view<O: OffsetSizeTrait>(array: &dyn Array, row: usize) -> Option<Range<usize>> {
        let view = array.as_list_view_opt::<O>()?;
        let start = view.value_offsets().get(row)?.to_usize()?;
        Some(start..start.checked_add(view.value_sizes().get(row)?.to_usize()?)?)
    }
    match array.data_type() {
        DataType::List(_) => list::<i32>(array, row),
        DataType::LargeList(_) => list::<i64>(array, row),
        DataType::ListView(_) => view::<i32>(array, row),
        DataType::LargeListView(_) => view::<i64>(array, row),
        _ => {
            let fixed = array.as_fixed_size_list_opt()?;
            let start = usize::try_from(fixed.value_offset(row)).ok()?;
            Some(start..start.checked_add(usize::try_from(fixed.value_length()).ok()?)?)
        }
    }
}

/// The row of the values that a dictionary or a run points to.
pub(super) fn pointed(array: &dyn Array, row: usize) -> Option<usize> {
    fn run<T: RunEndIndexType>(array: &dyn Array, row: usize) -> Option<usize> {
        array.as_any().downcast_ref::<RunArray<T>>().map(|runs| runs.get_physical_index(row))
    }
    match array.as_any_dictionary_opt() {
        Some(dictionary) => match leaf(dictionary.keys(), row) {
            Event::Int(key) => usize::try_from(key).ok(),
            _ => None,
        },
        None => run::<Int16Type>(array, row)
            .or_else(|| run::<Int32Type>(array, row))
            .or_else(|| run::<Int64Type>(array, row)),
    }
}

/// A plain value.
pub(super) fn leaf(array: &dyn Array, row: usize) -> Event<'_> {
    if !is_given(array, row) {
        return Event::Null;
    }
    read(array, row).unwrap_or(Event::Other)
}

fn read(array: &dyn Array, row: usize) -> Option<Event<'_>> {
    Some(match array.data_type() {
        DataType::Null => Event::Null,
        DataType::Boolean => Event::Bool(array.as_boolean_opt()?.value(row)),
        DataType::Int8 => Event::Int(native::<Int8Type>(array, row)?.into()),
        DataType::Int16 => Event::Int(native::<Int16Type>(array, row)?.into()),
        DataType::Int32 => Event::Int(native::<Int32Type>(array, row)?.into()),
        DataType::Int64 => Event::Int(native::<Int64Type>(array, row)?),
        DataType::UInt8 => Event::Int(native::<UInt8Type>(array, row)?.into()),
        DataType::UInt16 => Event::Int(native::<UInt16Type>(array, row)?.into()),
        DataType::UInt32 => Event::Int(native::<UInt32Type>(array, row)?.into()),
        DataType::UInt64 => i64::try_from(native::<UInt64Type>(array, row)?).map_or(Event::BigInt, Event::Int),
        DataType::Float16 => float(native::<Float16Type>(array, row)?.into()),
        DataType::Float32 => float(native::<Float32Type>(array, row)?.into()),
        DataType::Float64 => float(native::<Float64Type>(array, row)?),
        DataType::Decimal32(..) => decimal::<Decimal32Type>(array, row)?,
        DataType::Decimal64(..) => decimal::<Decimal64Type>(array, row)?,
        DataType::Decimal128(..) => decimal::<Decimal128Type>(array, row)?,
        DataType::Decimal256(..) => decimal::<Decimal256Type>(array, row)?,
        DataType::Utf8 => text(array.as_string_opt::<i32>()?.value(row)),
        DataType::LargeUtf8 => text(array.as_string_opt::<i64>()?.value(row)),
        DataType::Utf8View => text(array.as_string_view_opt()?.value(row)),
        DataType::Date32 => Event::Date(day(native::<Date32Type>(array, row)?.into())),
        DataType::Date64 => Event::Date(midnight(native::<Date64Type>(array, row)?, 1_000)),
        DataType::Timestamp(_, Some(_)) => Event::Date(Err(DateError::TimeGiven)),
        DataType::Timestamp(unit, None) => Event::Date(match unit {
            TimeUnit::Second => midnight(native::<TimestampSecondType>(array, row)?, 1),
            TimeUnit::Millisecond => midnight(native::<TimestampMillisecondType>(array, row)?, 1_000),
            TimeUnit::Microsecond => midnight(native::<TimestampMicrosecondType>(array, row)?, 1_000_000),
            TimeUnit::Nanosecond => midnight(native::<TimestampNanosecondType>(array, row)?, 1_000_000_000),
        }),
        _ => return None,
    })
}

fn native<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Option<T::Native> {
    array.as_primitive_opt::<T>().map(|values| values.value(row))
}

fn text(text: &str) -> Event<'_> {
    Event::Text(Cow::Borrowed(text))
}

pub(super) fn float<'t>(value: f64) -> Event<'t> {
    match value {
        _ if value.is_nan() => Event::Null,
        _ if value.is_infinite() => Event::OutOfRange,
        _ => Event::Float(value),
    }
}

/// The nearest float of a decimal.
fn decimal<'t, T: DecimalType + ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Option<Event<'t>> {
    let value: f64 = array.as_primitive_opt::<T>()?.value_as_string(row).parse().ok()?;
    Some(if value.is_finite() { Event::Decimal(value) } else { Event::OutOfRange })
}

/// The day that many days after 1 January 1970.
pub(super) fn day(days: i64) -> Result<Date, DateError> {
    Date::of_epoch(days).ok_or(DateError::OutOfYears)
}

fn midnight(value: i64, per_second: i64) -> Result<Date, DateError> {
    let per_day = per_second * 86_400;
    if value.rem_euclid(per_day) == 0 { day(value.div_euclid(per_day)) } else { Err(DateError::TimeGiven) }
}
