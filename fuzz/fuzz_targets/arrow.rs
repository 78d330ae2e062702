//! Bytes as the drawing of an Arrow table: names of columns, types, nulls and values. It is read, checked and decided without a panic, and a
//! slice of it says of its rows what the whole says.

#![no_main]

use arrow_array::builder::StringRunBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray, Float64Array,
    Int64Array, ListArray, NullArray, RecordBatch, StringArray, StringViewArray, StructArray, TimestampNanosecondArray,
    UInt64Array,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::Field;
use libfuzzer_sys::fuzz_target;
use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::table::arrow::{Nesting, check_table, decide_table, schema};
use std::sync::Arc;

const ROWS: usize = 4;

/// Bytes that are drawn from; noughts when there are no more.
struct Draw<'a>(&'a [u8]);

impl<'a> Draw<'a> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> i64 {
        i64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    fn text(&mut self) -> String {
        let len = usize::from(self.byte() % 24).min(self.0.len());
        let (text, rest) = self.0.split_at(len);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn some<T>(&mut self, rows: usize, draw: impl Fn(&mut Self) -> T) -> Vec<Option<T>> {
        (0..rows).map(|_| (self.byte() % 4 != 0).then(|| draw(self))).collect()
    }

    fn array(&mut self, rows: usize, depth: usize) -> ArrayRef {
        match self.byte() % 16 {
            0 => Arc::new(NullArray::new(rows)),
            1 => Arc::new(BooleanArray::from(self.some(rows, |d| d.byte() % 2 == 0))),
            2 => Arc::new(Int64Array::from(self.some(rows, Self::number))),
            3 => Arc::new(UInt64Array::from(self.some(rows, |d| d.number() as u64))),
            4 => Arc::new(Float64Array::from(self.some(rows, |d| f64::from_bits(d.number() as u64)))),
            5 => Arc::new(Date32Array::from(self.some(rows, |d| d.number() as i32))),
            6 => Arc::new(Date64Array::from(self.some(rows, Self::number))),
            7 => Arc::new(TimestampNanosecondArray::from(self.some(rows, Self::number))),
            8 => Arc::new(Decimal128Array::from(self.some(rows, |d| i128::from(d.number())))),
            9 => Arc::new(self.some(rows, Self::text).into_iter().collect::<StringViewArray>()),
            10 => {
                let texts = self.some(rows, Self::text);
                Arc::new(texts.iter().map(Option::as_deref).collect::<DictionaryArray<Int32Type>>())
            }
            11 => {
                let mut builder = StringRunBuilder::<Int32Type>::new();
                self.some(rows, Self::text).iter().for_each(|text| builder.append_option(text.as_deref()));
                Arc::new(builder.finish())
            }
            12 => Arc::new(self.some(rows, |d| d.text().into_bytes()).into_iter().collect::<BinaryArray>()),
            13 if depth < 24 => {
                let lens: Vec<usize> = (0..rows).map(|_| usize::from(self.byte() % 3)).collect();
                let inner = self.array(lens.iter().sum(), depth + 1);
                let item = Arc::new(Field::new("item", inner.data_type().clone(), true));
                Arc::new(ListArray::new(item, OffsetBuffer::from_lengths(lens), inner, None))
            }
            14 if depth < 24 => {
                let member = |draw: &mut Self| (draw.name(), draw.array(rows, depth + 1));
                let members: Vec<(String, ArrayRef)> = (0..=self.byte() % 3).map(|_| member(self)).collect();
                let fields: Vec<Field> =
                    members.iter().map(|(n, a)| Field::new(n, a.data_type().clone(), true)).collect();
                Arc::new(StructArray::new(fields.into(), members.into_iter().map(|(_, array)| array).collect(), None))
            }
            _ => Arc::new(StringArray::from(self.some(rows, Self::text))),
        }
    }

    /// A name of the catalogue, or any.
    fn name(&mut self) -> String {
        let (kind, pick) = (self.byte(), usize::from(self.byte()));
        let role = Role::ALL[usize::from(kind >> 4) % Role::ALL.len()];
        let nesting = if kind & 8 == 0 { Nesting::Dots } else { Nesting::Structs };
        let known = schema(role, nesting);
        let name = known.field(pick % known.fields().len()).name().clone();
        match kind % 8 {
            0 => self.text(),
            1 => "absent".to_owned(),
            2 => format!("{name}.absent"),
            3 => format!("{}.{name}", role.as_str()),
            4 => name.rsplit('.').next().unwrap_or_default().to_owned(),
            _ => name,
        }
    }
}

// The rulebook is loaded before the first input, which it would make a slow one.
fuzz_target!(init: { let _ = Rulebook::embedded(); }, |bytes: &[u8]| {
    let book = Rulebook::embedded();
    let on = Date::parse("2024-05-15").unwrap();
    let mut draw = Draw(bytes);
    let columns: Vec<(String, ArrayRef)> =
        (0..1 + draw.byte() % 8).map(|_| (draw.name(), draw.array(ROWS, 0))).collect();
    let fields: Vec<Field> = columns.iter().map(|(n, a)| Field::new(n, a.data_type().clone(), true)).collect();
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    let whole = RecordBatch::try_new(schema, columns.into_iter().map(|(_, array)| array).collect()).unwrap();
    let slices = [whole.slice(0, 1), whole.slice(1, 0), whole.slice(1, ROWS - 1)];
    let whole = [whole];
    for role in Role::ALL {
        let lines = check_table(book, role, &whole, on).to_json_lines(true);
        assert_eq!(check_table(book, role, &slices, on).to_json_lines(true), lines);
        assert_eq!(lines.lines().count(), ROWS);
    }
    assert_eq!(decide_table(book, &whole, on).to_json_lines(true), decide_table(book, &slices, on).to_json_lines(true));
});
