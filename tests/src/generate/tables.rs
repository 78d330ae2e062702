//! Tables of every type of Arrow array, with each row as the value of a host that it stands for.
//!
//! Objects are struct columns or columns with dots; lists are lists of structs or codes; arrays have nulls, are dictionaries, views or runs; one
//! column in ten has a type that its field does not take. What a batch holds is drawn anew for each.

use crate::rng::Rng;
use arrow_array::builder::{Decimal128Builder, StringRunBuilder};
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Date64Array, DictionaryArray, Float32Array, Float64Array, Int8Array,
    Int16Array, Int32Array, Int64Array, LargeListArray, LargeStringArray, ListArray, NullArray, RecordBatch,
    StringArray, StringViewArray, StructArray, TimestampMicrosecondArray, TimestampSecondArray, UInt64Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::{FieldDef, FieldType, Role, StructDef};
use sam_eurometropole::date::{Date, DateError};
use sam_eurometropole::reader::Value;
use sam_eurometropole::table::companion::{CODE, List};
use std::sync::Arc;

/// A column and what each of its rows stands for.
type Column = (ArrayRef, Vec<Value>);
/// Columns by their names, and the object that each row is.
type Columns = (Vec<(String, ArrayRef)>, Vec<Vec<(Option<String>, Value)>>);
type Made<T> = Result<T, ArrowError>;

/// A table of records whose lists lie in tables of their own.
#[derive(Debug)]
pub struct Apart {
    /// The records.
    pub batches: Vec<RecordBatch>,
    /// The lists.
    pub lists: Vec<(List, Vec<RecordBatch>)>,
    /// What each record is.
    pub values: Vec<Value>,
}

/// Takes a field and the reasons of its absence out of a table.
fn forget(name: &str, columns: &mut Vec<(String, ArrayRef)>, values: &mut [Vec<(Option<String>, Value)>]) {
    let reason = format!("{name}.absent");
    columns.retain(|(column, _)| column != name && *column != reason);
    let is_it = |member: &(Option<String>, Value)| member.0.as_deref() == Some(name);
    for row in values {
        row.retain(|member| !is_it(member));
        for (member, value) in row.iter_mut() {
            if let (Some("absent"), Value::Object(reasons)) = (member.as_deref(), value) {
                reasons.retain(|reason| !is_it(reason));
            }
        }
    }
}

/// Draws tables.
pub struct Drawer<'b> {
    book: &'b Rulebook,
    rng: Rng,
    communes: Vec<&'b str>,
}

impl<'b> Drawer<'b> {
    /// From a seed.
    #[must_use]
    pub fn new(book: &'b Rulebook, seed: u64) -> Self {
        let communes = book.territory().communes().map(|commune| commune.code()).collect();
        Self { book, rng: Rng::new(seed), communes }
    }

    /// A table of records, cut into slices, and its rows as values.
    ///
    /// # Errors
    /// Where Arrow does not take the arrays.
    pub fn records(&mut self, role: Role, rows: usize) -> Made<(Vec<RecordBatch>, Vec<Value>)> {
        let (columns, rows) = self.object(role.def(), rows, true)?;
        self.cut(columns, rows)
    }

    /// A table of cases.
    ///
    /// # Errors
    /// As [`Drawer::records`].
    pub fn cases(&mut self, rows: usize) -> Made<(Vec<RecordBatch>, Vec<Value>)> {
        let mut all: Columns = (Vec::new(), vec![Vec::new(); rows]);
        for role in Role::MAIN {
            self.nested(role.as_str(), role.def(), rows, &mut all, true)?;
        }
        self.cut(all.0, all.1)
    }

    /// A table of records with keys of their own, lists of theirs as tables of their own, and the records as values.
    ///
    /// # Errors
    /// As [`Drawer::records`].
    pub fn companions(&mut self, role: Role, rows: usize) -> Made<Apart> {
        let (mut columns, mut values) = self.object(role.def(), rows, true)?;
        forget("id", &mut columns, &mut values);
        let ids: Vec<String> = (0..rows).map(|row| format!("r-{row}")).collect();
        columns.push(("id".to_owned(), Arc::new(StringArray::from(ids.clone()))));
        values.iter_mut().zip(&ids).for_each(|(row, id)| row.push((Some("id".to_owned()), Value::Text(id.clone()))));
        let mut lists = Vec::new();
        for list in List::all(role).filter(|list| !list.path().contains('.')) {
            if self.rng.percent(30) {
                continue;
            }
            forget(list.path(), &mut columns, &mut values);
            let batches = self.companion(list, &mut values)?;
            lists.push((list, batches));
        }
        let (batches, values) = self.cut(columns, values)?;
        Ok(Apart { batches, lists, values })
    }

    /// The elements of a list, which go to records drawn at random, and to one that is not there.
    fn companion(&mut self, list: List, records: &mut [Vec<(Option<String>, Value)>]) -> Made<Vec<RecordBatch>> {
        let count = records.len();
        let owners: Vec<usize> = (0..count * 3 / 2).map(|_| self.rng.below(count + 1)).collect();
        let (mut columns, elements) = if list.is_of_codes() {
            let field = list.role().def().fields.iter().find(|field| field.name == list.path());
            let texts: Vec<Value> = owners.iter().map(|_| self.code_of(field)).collect();
            let array = StringArray::from_iter(texts.iter().map(|text| match text {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            }));
            (vec![(CODE.to_owned(), Arc::new(array) as ArrayRef)], texts)
        } else {
            let (columns, rows) = self.object(list.elements().object.def, owners.len(), true)?;
            (columns, rows.into_iter().map(Value::Object).collect())
        };
        let mut lists = vec![Vec::new(); count + 1];
        for (owner, element) in owners.iter().zip(elements) {
            lists.get_mut(*owner).into_iter().for_each(|list: &mut Vec<Value>| list.push(element.clone()));
        }
        for (record, elements) in records.iter_mut().zip(lists) {
            record.push((Some(list.path().to_owned()), Value::List(elements)));
        }
        let keys = StringArray::from_iter_values(owners.iter().map(|owner| format!("r-{owner}")));
        columns.push((list.key_column(), Arc::new(keys)));
        let columns = columns.into_iter().map(|(name, array)| (name, array, true));
        let whole = RecordBatch::try_from_iter_with_nullable(columns)?;
        let first = self.rng.below(owners.len());
        Ok(vec![whole.slice(0, first), whole.slice(first, owners.len() - first)])
    }

    fn code_of(&mut self, field: Option<&FieldDef>) -> Value {
        let list = match field.map(|field| field.kind) {
            Some(FieldType::Codes(list)) => self.book.codes().get(list),
            _ => None,
        };
        let codes = list.map(|list| list.codes()).unwrap_or_default();
        match codes.get(self.rng.below(codes.len() + 2)) {
            Some(code) => Value::Text(code.code().to_owned()),
            None if self.rng.percent(50) => Value::Text("no_such_code".to_owned()),
            None => Value::Null,
        }
    }

    /// Slices of one batch, an empty one among them.
    fn cut(
        &mut self,
        columns: Vec<(String, ArrayRef)>,
        rows: Vec<Vec<(Option<String>, Value)>>,
    ) -> Made<(Vec<RecordBatch>, Vec<Value>)> {
        let whole =
            RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))?;
        let first = self.rng.below(rows.len());
        let batches = vec![whole.slice(0, first), whole.slice(first, 0), whole.slice(first, rows.len() - first)];
        Ok((batches, rows.into_iter().map(Value::Object).collect()))
    }

    /// The columns of an object. With dots, the objects inside it may be columns of their own.
    fn object(&mut self, def: &'static StructDef, rows: usize, dots: bool) -> Made<Columns> {
        let mut all: Columns = (Vec::new(), vec![Vec::new(); rows]);
        let mut reasons: Columns = (Vec::new(), vec![Vec::new(); rows]);
        for (index, field) in def.fields.iter().enumerate() {
            // The first is always there: a batch without columns has no rows.
            if index > 0 && self.rng.percent(35) {
                continue;
            }
            if self.rng.percent(6) {
                let column = self.reasons(rows);
                push(&mut reasons, field.name, column);
            }
            match field.kind {
                FieldType::Object(inner) => self.nested(field.name, inner, rows, &mut all, dots)?,
                _ => {
                    let column = self.field(field, rows)?;
                    push(&mut all, field.name, column);
                }
            }
        }
        self.absent(reasons, &mut all, dots)?;
        Ok(all)
    }

    /// An object inside another: a struct column, or columns with its name in front.
    fn nested(&mut self, name: &str, def: &'static StructDef, rows: usize, all: &mut Columns, dots: bool) -> Made<()> {
        // Names with dots belong to the top alone.
        let flat = dots && self.rng.percent(60);
        let inner = self.object(def, rows, flat)?;
        if flat {
            all.0.extend(inner.0.into_iter().map(|(column, array)| (format!("{name}.{column}"), array)));
            for (row, members) in all.1.iter_mut().zip(inner.1) {
                row.push((Some(name.to_owned()), Value::Object(members)));
            }
            return Ok(());
        }
        let column = self.structs(inner, rows, 4)?;
        push(all, name, column);
        Ok(())
    }

    fn structs(&mut self, columns: Columns, rows: usize, null_percent: usize) -> Made<Column> {
        let given: Vec<bool> = (0..rows).map(|_| !self.rng.percent(null_percent)).collect();
        let fields: Fields =
            columns.0.iter().map(|(name, array)| Field::new(name, array.data_type().clone(), true)).collect();
        let arrays = columns.0.into_iter().map(|(_, array)| array).collect();
        let array = StructArray::try_new(fields, arrays, Some(NullBuffer::from(given.clone())))?;
        let value = |(members, given)| if given { Value::Object(members) } else { Value::Null };
        Ok((Arc::new(array), columns.1.into_iter().zip(given).map(value).collect()))
    }

    /// Reasons of absence: one struct, or columns `<field>.absent`.
    fn absent(&mut self, reasons: Columns, all: &mut Columns, dots: bool) -> Made<()> {
        if reasons.0.is_empty() {
            return Ok(());
        }
        if !dots {
            let rows = reasons.1.len();
            let column = self.structs(reasons, rows, 10)?;
            push(all, "absent", column);
            return Ok(());
        }
        all.0.extend(reasons.0.into_iter().map(|(column, array)| (format!("{column}.absent"), array)));
        for (row, members) in all.1.iter_mut().zip(reasons.1) {
            row.push((Some("absent".to_owned()), Value::Object(members)));
        }
        Ok(())
    }

    fn reasons(&mut self, rows: usize) -> Column {
        let words = ["declined", "not_known", "not_collected", "not_collected_by_rule", "invalid", " "];
        let mut word = || if self.rng.percent(15) { self.rng.pick(&words).copied() } else { None };
        let texts: Vec<Option<&str>> = (0..rows).map(|_| word()).collect();
        let values = texts.iter().map(|text| text.map_or(Value::Null, |text| Value::Text(text.to_owned()))).collect();
        (Arc::new(StringArray::from(texts)), values)
    }

    fn field(&mut self, field: &'static FieldDef, rows: usize) -> Made<Column> {
        match field.kind {
            FieldType::Objects(inner) => {
                let lens = self.lens(rows);
                let count = lens.iter().flatten().sum();
                let columns = self.object(inner, count, false)?;
                let elements = self.structs(columns, count, 2)?;
                self.list(&lens, elements)
            }
            FieldType::Codes(_) => {
                let lens = self.lens(rows);
                let elements = self.leaf(field, lens.iter().flatten().sum());
                self.list(&lens, elements)
            }
            _ => Ok(self.leaf(field, rows)),
        }
    }

    fn lens(&mut self, rows: usize) -> Vec<Option<usize>> {
        (0..rows).map(|_| if self.rng.percent(10) { None } else { Some(self.rng.below(3)) }).collect()
    }

    fn list(&mut self, lens: &[Option<usize>], (elements, values): Column) -> Made<Column> {
        let field = Arc::new(Field::new("item", elements.data_type().clone(), true));
        let nulls = NullBuffer::from(lens.iter().map(Option::is_some).collect::<Vec<bool>>());
        let given = lens.iter().map(|len| len.unwrap_or(0));
        let array: ArrayRef = if self.rng.percent(50) {
            Arc::new(ListArray::try_new(field, OffsetBuffer::from_lengths(given), elements, Some(nulls))?)
        } else {
            Arc::new(LargeListArray::try_new(field, OffsetBuffer::from_lengths(given), elements, Some(nulls))?)
        };
        let mut rest = values.into_iter();
        let value = |len: &Option<usize>| len.map_or(Value::Null, |len| Value::List(rest.by_ref().take(len).collect()));
        Ok((array, lens.iter().map(value).collect()))
    }

    /// Plain values, mostly of a type that the field takes.
    fn leaf(&mut self, field: &FieldDef, rows: usize) -> Column {
        if self.rng.percent(10) {
            let other = [FieldType::Bool, FieldType::Integer, FieldType::Number, FieldType::Date, FieldType::Text];
            let kind = self.rng.pick(&other).copied().unwrap_or(FieldType::Bool);
            return self.plain(&FieldDef { kind, ..*field }, rows);
        }
        self.plain(field, rows)
    }

    fn plain(&mut self, field: &FieldDef, rows: usize) -> Column {
        match field.kind {
            FieldType::Bool => {
                let given = self.some(rows, |rng| rng.percent(50));
                (Arc::new(BooleanArray::from(given.clone())), values(given, Value::Bool))
            }
            FieldType::Integer | FieldType::Money => self.integers(field, rows),
            FieldType::Number => self.numbers(rows),
            FieldType::Date if self.rng.percent(70) => self.days(rows),
            _ => self.texts(field, rows),
        }
    }

    fn some<T>(&mut self, rows: usize, mut draw: impl FnMut(&mut Rng) -> T) -> Vec<Option<T>> {
        (0..rows).map(|_| if self.rng.percent(8) { None } else { Some(draw(&mut self.rng)) }).collect()
    }

    fn integers(&mut self, field: &FieldDef, rows: usize) -> Column {
        let max = field.range.1.unwrap_or(300_000).min(300_000);
        let span = usize::try_from(max + 2).unwrap_or(1);
        let small = self.some(rows, |rng| i8::try_from(rng.below(120)).unwrap_or(0));
        let wide = self.some(rows, |rng| i64::try_from(rng.below(span)).unwrap_or(0) - 1);
        match self.rng.below(6) {
            0 => (Arc::new(Int8Array::from(small.clone())), values(small, |v| Value::Int(v.into()))),
            1 => {
                let given: Vec<Option<i16>> = small.iter().map(|v| v.map(i16::from)).collect();
                (Arc::new(Int16Array::from(given.clone())), values(given, |v| Value::Int(v.into())))
            }
            2 => {
                let given: Vec<Option<i32>> = wide.iter().map(|v| v.and_then(|v| i32::try_from(v).ok())).collect();
                (Arc::new(Int32Array::from(given.clone())), values(given, |v| Value::Int(v.into())))
            }
            3 => {
                let given = self.some(rows, |rng| if rng.percent(10) { u64::MAX } else { 7 });
                let value = |v: u64| i64::try_from(v).map_or(Value::BigInt, Value::Int);
                (Arc::new(UInt64Array::from(given.clone())), values(given, value))
            }
            4 => self.numbers(rows),
            _ => (Arc::new(Int64Array::from(wide.clone())), values(wide, Value::Int)),
        }
    }

    fn numbers(&mut self, rows: usize) -> Column {
        let odd = [f64::NAN, f64::INFINITY, -0.0, 0.5, 35.0, 1e300];
        let wide = self.some(rows, |rng| match rng.percent(20) {
            true => rng.pick(&odd).copied().unwrap_or(0.0),
            false => f64::from(u8::try_from(rng.below(200)).unwrap_or(0)) / 4.0,
        });
        match self.rng.below(4) {
            0 => {
                let given: Vec<Option<f32>> = wide.iter().map(|v| v.map(|v| v as f32)).collect();
                (Arc::new(Float32Array::from(given.clone())), values(given, |v| Value::Float(v.into())))
            }
            1 => {
                let given = self.some(rows, |rng| i128::try_from(rng.below(5_000)).unwrap_or(0));
                let mut builder = Decimal128Builder::new().with_data_type(DataType::Decimal128(20, 2));
                given.iter().for_each(|value| builder.append_option(*value));
                let array = builder.finish();
                (Arc::new(array), values(given, |v| Value::Decimal(v as f64 / 100.0)))
            }
            2 => (Arc::new(NullArray::new(rows)), vec![Value::Null; rows]),
            _ => (Arc::new(Float64Array::from(wide.clone())), values(wide, Value::Float)),
        }
    }

    fn days(&mut self, rows: usize) -> Column {
        let given = self.some(rows, |rng| match rng.percent(3) {
            true => -60_000,
            false => 14_600 + i32::try_from(rng.below(7_000)).unwrap_or(0),
        });
        let day = |days: i64| {
            let first = Date::try_new(1970, 1, 1)?;
            first.plus_days(days).ok_or(DateError::OutOfYears)
        };
        match self.rng.below(5) {
            0 => {
                let given: Vec<Option<i64>> = given.iter().map(|v| v.map(|v| i64::from(v) * 86_400_000)).collect();
                (Arc::new(Date64Array::from(given.clone())), values(given, |v| Value::Date(day(v / 86_400_000))))
            }
            1 => {
                let mut late = |v: i32| if self.rng.percent(10) { 1 } else { i64::from(v) * 86_400_000_000 };
                let given: Vec<Option<i64>> = given.iter().map(|v| v.map(&mut late)).collect();
                let value = |v| Value::Date(if v == 1 { Err(DateError::TimeGiven) } else { day(v / 86_400_000_000) });
                (Arc::new(TimestampMicrosecondArray::from(given.clone())), values(given, value))
            }
            2 => {
                let given: Vec<Option<i64>> = given.iter().map(|v| v.map(i64::from)).collect();
                let array = TimestampSecondArray::from(given.clone()).with_timezone("+00:00");
                (Arc::new(array), values(given, |_| Value::Date(Err(DateError::TimeGiven))))
            }
            _ => (Arc::new(Date32Array::from(given.clone())), values(given, |v| Value::Date(day(v.into())))),
        }
    }

    fn texts(&mut self, field: &FieldDef, rows: usize) -> Column {
        let given: Vec<Option<String>> =
            (0..rows).map(|_| if self.rng.percent(8) { None } else { Some(self.text(field)) }).collect();
        let texts = given.iter().map(Option::as_deref);
        let array: ArrayRef = match self.rng.below(6) {
            0 => Arc::new(texts.collect::<LargeStringArray>()),
            1 => Arc::new(texts.collect::<StringViewArray>()),
            2 => Arc::new(texts.collect::<DictionaryArray<Int32Type>>()),
            3 if rows < 100 => Arc::new(texts.collect::<DictionaryArray<Int8Type>>()),
            4 => {
                let mut builder = StringRunBuilder::<Int32Type>::new();
                texts.for_each(|text| builder.append_option(text));
                Arc::new(builder.finish())
            }
            _ => Arc::new(texts.collect::<StringArray>()),
        };
        (array, values(given, Value::Text))
    }

    fn text(&mut self, field: &FieldDef) -> String {
        if self.rng.percent(8) {
            let odd = [
                "",
                " ",
                "85.07.30-033 28",
                "é à ü ß œ 😀",
                "12",
                "2024-02-30",
                "02/05/2024",
                "2024-05-02T00:00:00",
                "fr_pmsmpp",
                "24:01",
            ];
            return self.rng.pick(&odd).copied().unwrap_or_default().to_owned();
        }
        match field.kind {
            FieldType::Code(list) | FieldType::Codes(list) => {
                let codes = self.book.codes().get(list).map(|list| list.codes()).unwrap_or_default();
                self.rng.pick(codes).map(|code| code.code().to_owned()).unwrap_or_default()
            }
            FieldType::Territory => self.rng.pick(&self.communes).copied().unwrap_or_default().to_owned(),
            FieldType::Time => format!("{:02}:{:02}", self.rng.below(24), self.rng.below(60)),
            FieldType::Date => {
                let day = Date::try_new(2010, 1, 1)
                    .ok()
                    .and_then(|day| day.plus_days(i64::try_from(self.rng.below(6_000)).unwrap_or(0)));
                day.map(|day| day.to_string()).unwrap_or_default()
            }
            _ => super::formed(&mut self.rng, field),
        }
    }
}

fn values<T>(given: Vec<Option<T>>, value: impl Fn(T) -> Value) -> Vec<Value> {
    given.into_iter().map(|given| given.map_or(Value::Null, &value)).collect()
}

fn push(all: &mut Columns, name: &str, (array, values): Column) {
    all.0.push((name.to_owned(), array));
    for (row, value) in all.1.iter_mut().zip(values) {
        row.push((Some(name.to_owned()), value));
    }
}

/// The type of a column as the tests name it.
#[must_use]
pub fn kind_of(kind: &DataType) -> String {
    let text = kind.to_string();
    text.split(['(', '<', ' ']).next().unwrap_or_default().to_owned()
}
