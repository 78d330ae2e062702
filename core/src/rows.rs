//! A record as rows: one table for the record, one for each list inside it.
//!
//! Reader and structs write into [`OwnedRows`]; checks and rules read through the trait [`Rows`] and never learn who holds the
//! cells. Many records of one kind can lie in the same tables, so that bulk is the same code as one record.

use crate::catalogue::{ColumnId, Layout, Role, StructDef};
use crate::date::{Date, Time};
use crate::field::{Absence, Code, Field, Money, TerritoryCode};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Deref;

/// What a cell holds, borrowed from whoever keeps it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value, and why.
    Absent(Absence),
    /// True or false.
    Bool(bool),
    /// A whole number, or cents.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text, a code or the code of a commune.
    Text(&'a str),
    /// A civil day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A list: its elements are these rows of the child table.
    Rows(Span),
}

/// Consecutive rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First row.
    pub start: usize,
    /// Number of rows.
    pub len: usize,
}

impl Span {
    /// The rows, in order.
    #[must_use]
    pub fn rows(self) -> std::ops::Range<usize> {
        self.start..self.start.saturating_add(self.len)
    }
}

/// Read access to the tables of records.
pub trait Rows {
    /// The tables.
    fn layout(&self) -> &'static Layout;
    /// Number of rows of a table.
    fn len(&self, table: usize) -> usize;
    /// The cell of a row. A place that does not exist is `not_given`.
    fn cell(&self, id: ColumnId, row: usize) -> Cell<'_>;
    /// Whether a cell is anything but `not_given`.
    fn is_given(&self, id: ColumnId, row: usize) -> bool {
        self.cell(id, row) != Cell::Absent(Absence::NotGiven)
    }
    /// The columns of a row that are, in their order.
    fn given(&self, table: usize, row: usize) -> impl Iterator<Item = usize> {
        let columns = self.layout().table(table).map_or(0, |table| table.columns.len());
        (0..columns).filter(move |column| self.is_given(ColumnId { table, column: *column }, row))
    }
    /// Whether it is known, without looking at rows, that all of a column is `not_given`.
    fn is_blank(&self, _: ColumnId) -> bool {
        false
    }
    /// The different cells of a column, where it is kept by them.
    fn few(&self, _: ColumnId) -> Option<FewCells<'_>> {
        None
    }
}

/// A column as its different cells, and which of them each row holds. Rows beyond the end are not given.
#[derive(Clone, Copy, Debug)]
pub struct FewCells<'a> {
    /// The different cells, *not given* first.
    pub cells: &'a [Cell<'a>],
    /// For each row its place in `cells`.
    pub at: &'a [u32],
}

impl FewCells<'_> {
    /// The place in `cells` of what a row holds.
    #[must_use]
    #[inline]
    pub fn place(&self, row: usize) -> usize {
        self.at.get(row).and_then(|place| usize::try_from(*place).ok()).unwrap_or_default()
    }
}

/// The rows of some kinds of record. Of a kind that is not there, nothing is given.
#[derive(Clone, Debug)]
pub struct Records<R> {
    rows: [Option<R>; Role::EVERY.len()],
    /// Records that not every case has, with the row of the cases that have them. All rows are there: those of the others are empty.
    beside: BTreeSet<(Role, usize)>,
}

impl<R> Default for Records<R> {
    fn default() -> Self {
        Self { rows: [const { None }; Role::EVERY.len()], beside: BTreeSet::new() }
    }
}

impl<R> Records<R> {
    /// The rows of a kind, if it is there.
    #[must_use]
    pub fn get(&self, role: Role) -> Option<&R> {
        self.rows.get(role.index())?.as_ref()
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, role: Role) -> Option<&mut R> {
        self.rows.get_mut(role.index())?.as_mut()
    }

    /// Takes the rows of a kind away.
    pub fn take(&mut self, role: Role) -> Option<R> {
        self.rows.get_mut(role.index())?.take()
    }

    /// Puts the rows of a kind there.
    pub fn put(&mut self, role: Role, rows: R) {
        if let Some(place) = self.rows.get_mut(role.index()) {
            *place = Some(rows);
        }
    }

    /// Notes that the case of a row has a record that not every case has.
    pub(crate) fn set_beside(&mut self, role: Role, row: usize) {
        self.beside.insert((role, row));
    }

    /// Whether not every case has the record.
    pub(crate) fn is_beside(&self, role: Role) -> bool {
        !self.beside.is_empty() && self.beside.range((role, 0)..=(role, usize::MAX)).next().is_some()
    }

    /// The records that the case of a row has and not every case.
    pub(crate) fn beside(&self, row: usize) -> impl Iterator<Item = (Role, &R)> {
        let roles = if self.beside.is_empty() { [].as_slice() } else { &Role::CASE };
        let held = roles.iter().filter(move |role| self.beside.contains(&(**role, row)));
        held.filter_map(|role| Some((*role, self.get(*role)?)))
    }

    /// The kinds that are there for every row, with their rows.
    pub(crate) fn always(&self) -> impl Iterator<Item = (Role, &R)> {
        self.iter().filter(|(role, _)| !self.is_beside(*role))
    }

    /// The kinds that are there, with their rows.
    pub fn iter(&self) -> impl Iterator<Item = (Role, &R)> {
        Role::EVERY.into_iter().zip(&self.rows).filter_map(|(role, rows)| Some((role, rows.as_ref()?)))
    }
}

impl<R: Rows> Records<R> {
    /// The cell of a row of a kind.
    #[must_use]
    pub fn cell(&self, role: Role, id: ColumnId, row: usize) -> Cell<'_> {
        self.get(role).map_or(Cell::Absent(Absence::NotGiven), |rows| rows.cell(id, row))
    }
}

/// The rows of a record that a case holds under another name, or of the records of its list, as rows of their kind.
#[derive(Debug)]
pub(crate) struct Part<'a, R> {
    rows: &'a R,
    layout: &'static Layout,
    /// The table that is the first of the kind.
    first: usize,
}

impl<'a, R: Rows> Part<'a, R> {
    /// The rows of a place of a case.
    pub(crate) fn of(role: Role, rows: &'a R) -> Self {
        Self { rows, layout: role.kind().layout(), first: usize::from(role.is_list()) }
    }

    fn moved(&self, id: ColumnId) -> ColumnId {
        ColumnId { table: id.table + self.first, ..id }
    }
}

impl<R: Rows> Rows for Part<'_, R> {
    fn layout(&self) -> &'static Layout {
        self.layout
    }

    fn len(&self, table: usize) -> usize {
        self.rows.len(table + self.first)
    }

    fn cell(&self, id: ColumnId, row: usize) -> Cell<'_> {
        self.rows.cell(self.moved(id), row)
    }

    fn is_given(&self, id: ColumnId, row: usize) -> bool {
        self.rows.is_given(self.moved(id), row)
    }
}

/// Rows that a reader writes. `'t` is the life of the input, whose texts may be borrowed.
pub trait Store<'t>: Rows {
    /// Empty tables.
    fn empty(layout: &'static Layout) -> Self;
    /// Adds a row in which nothing is given, and says which it is.
    fn push_row(&mut self, table: usize) -> usize;
    /// Sets a cell. A place that does not exist is ignored.
    fn keep(&mut self, id: ColumnId, row: usize, cell: OwnedCell<Cow<'t, str>>);
    /// Sets a cell to a text that its column holds already, so that it need not be read again; `false` where it does not.
    fn keep_known(&mut self, _id: ColumnId, _row: usize, _text: &str) -> bool {
        false
    }
}

/// A struct whose catalogue and rows are derived.
pub trait Record: Sized {
    /// The definition.
    const DEF: &'static StructDef;
    /// Writes the fields in catalogue order.
    fn write(&self, out: &mut RowWriter<'_>);
    /// Reads the fields in catalogue order.
    fn read<R: Rows>(from: &mut RowReader<'_, R>) -> Self;
}

/// A cell that owns its value; of a text, `T` says how.
#[derive(Clone, Debug, PartialEq)]
pub enum OwnedCell<T = Box<str>> {
    /// No value, and why.
    Absent(Absence),
    /// True or false.
    Bool(bool),
    /// A whole number, or cents.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text, a code or the code of a commune.
    Text(T),
    /// A civil day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A list: its elements are these rows of the child table.
    Rows(Span),
}

impl<T: Deref<Target = str>> OwnedCell<T> {
    /// The cell, with its text borrowed.
    #[inline]
    pub(crate) fn as_cell(&self) -> Cell<'_> {
        match self {
            Self::Absent(reason) => Cell::Absent(*reason),
            Self::Bool(value) => Cell::Bool(*value),
            Self::Integer(value) => Cell::Integer(*value),
            Self::Number(value) => Cell::Number(*value),
            Self::Text(text) => Cell::Text(text),
            Self::Date(value) => Cell::Date(*value),
            Self::Time(value) => Cell::Time(*value),
            Self::Rows(span) => Cell::Rows(*span),
        }
    }
}

impl<'a, T: From<&'a str>> From<Cell<'a>> for OwnedCell<T> {
    fn from(cell: Cell<'a>) -> Self {
        match cell {
            Cell::Absent(reason) => Self::Absent(reason),
            Cell::Bool(value) => Self::Bool(value),
            Cell::Integer(value) => Self::Integer(value),
            Cell::Number(value) => Self::Number(value),
            Cell::Text(text) => Self::Text(text.into()),
            Cell::Date(value) => Self::Date(value),
            Cell::Time(value) => Self::Time(value),
            Cell::Rows(span) => Self::Rows(span),
        }
    }
}

/// The tables of one or many records of a kind, held in memory.
#[derive(Clone, Debug)]
pub struct OwnedRows {
    layout: &'static Layout,
    tables: Vec<Cells>,
    /// The texts of all cells, one after the other: a record costs one allocation for them.
    texts: String,
}

/// Row after row; a row has as many cells as its table has columns.
#[derive(Clone, Debug)]
struct Cells {
    width: usize,
    len: usize,
    cells: Vec<Kept>,
}

/// A cell as a table keeps it: small, and without anything of its own, so that an empty row is quickly made.
#[derive(Clone, Copy, Debug)]
enum Kept {
    Absent(Absence),
    Bool(bool),
    Integer(i64),
    Number(f64),
    /// A part of the texts. Start and length stand here, and not in a struct, to fit into two words.
    Text {
        start: usize,
        len: u32,
    },
    Date(Date),
    Time(Time),
    Rows {
        start: usize,
        len: u32,
    },
}

impl OwnedRows {
    /// Empty tables.
    #[must_use]
    pub fn new(layout: &'static Layout) -> Self {
        let cells = |width| Cells { width, len: 0, cells: Vec::new() };
        let tables = layout.tables.iter().map(|table| cells(table.columns.len())).collect();
        Self { layout, tables, texts: String::new() }
    }

    /// The rows of one struct. `T` must be the record of the layout.
    #[must_use]
    pub fn of<T: Record>(layout: &'static Layout, record: &T) -> Self {
        let mut rows = Self::new(layout);
        let row = rows.push_row(0);
        record.write(&mut RowWriter { rows: &mut rows, table: 0, row, column: 0 });
        rows
    }

    /// The struct of a row. `T` must be the record of the layout.
    #[must_use]
    pub fn record<T: Record>(&self, row: usize) -> T {
        T::read(&mut RowReader { rows: self, table: 0, row, column: 0 })
    }

    /// Adds a row in which nothing is given, and says which it is.
    pub fn push_row(&mut self, table: usize) -> usize {
        let Some(table) = self.tables.get_mut(table) else { return 0 };
        table.cells.resize(table.cells.len() + table.width, Kept::Absent(Absence::NotGiven));
        table.len += 1;
        table.len - 1
    }

    /// Sets a cell. A place that does not exist is ignored.
    pub fn set(&mut self, id: ColumnId, row: usize, cell: OwnedCell) {
        self.put(id, row, cell.as_cell());
    }

    fn put(&mut self, id: ColumnId, row: usize, cell: Cell<'_>) {
        let Some(table) = self.tables.get_mut(id.table).filter(|table| row < table.len) else { return };
        if let Some(place) = table.cells.get_mut(row * table.width + id.column) {
            *place = kept(cell, &mut self.texts);
        }
    }
}

/// Room for the texts of a record, so that few of them make it grow.
const TEXTS: usize = 256;

fn kept(cell: Cell<'_>, texts: &mut String) -> Kept {
    // Nothing that long can be read or written; a cell of it would hold nothing.
    let short = |len: usize| u32::try_from(len).unwrap_or_default();
    match cell {
        Cell::Absent(reason) => Kept::Absent(reason),
        Cell::Bool(value) => Kept::Bool(value),
        Cell::Integer(value) => Kept::Integer(value),
        Cell::Number(value) => Kept::Number(value),
        Cell::Text(text) => {
            let start = texts.len();
            if texts.capacity() == 0 {
                texts.reserve(TEXTS);
            }
            texts.push_str(text);
            Kept::Text { start, len: short(text.len()) }
        }
        Cell::Date(value) => Kept::Date(value),
        Cell::Time(value) => Kept::Time(value),
        Cell::Rows(Span { start, len }) => Kept::Rows { start, len: short(len) },
    }
}

impl Rows for OwnedRows {
    fn layout(&self) -> &'static Layout {
        self.layout
    }

    fn len(&self, table: usize) -> usize {
        self.tables.get(table).map_or(0, |table| table.len)
    }

    #[inline]
    fn is_given(&self, id: ColumnId, row: usize) -> bool {
        let table = self.tables.get(id.table).filter(|table| row < table.len);
        let cell = table.and_then(|table| table.cells.get(row * table.width + id.column));
        cell.is_some_and(|cell| !matches!(cell, Kept::Absent(Absence::NotGiven)))
    }

    fn given(&self, table: usize, row: usize) -> impl Iterator<Item = usize> {
        let table = self.tables.get(table);
        let cells = table.and_then(|table| table.cells.get(row * table.width..(row + 1) * table.width));
        let cells = cells.unwrap_or_default().iter().enumerate();
        cells.filter(|(_, cell)| !matches!(cell, Kept::Absent(Absence::NotGiven))).map(|(column, _)| column)
    }

    #[inline]
    fn cell(&self, id: ColumnId, row: usize) -> Cell<'_> {
        let table = self.tables.get(id.table).filter(|table| row < table.len);
        match table.and_then(|table| table.cells.get(row * table.width + id.column)) {
            None => Cell::Absent(Absence::NotGiven),
            Some(Kept::Absent(reason)) => Cell::Absent(*reason),
            Some(Kept::Bool(value)) => Cell::Bool(*value),
            Some(Kept::Integer(value)) => Cell::Integer(*value),
            Some(Kept::Number(value)) => Cell::Number(*value),
            Some(Kept::Text { start, len }) => {
                Cell::Text(self.texts.get(*start..start + *len as usize).unwrap_or_default())
            }
            Some(Kept::Date(value)) => Cell::Date(*value),
            Some(Kept::Time(value)) => Cell::Time(*value),
            Some(Kept::Rows { start, len }) => Cell::Rows(Span { start: *start, len: *len as usize }),
        }
    }
}

impl<'t> Store<'t> for OwnedRows {
    fn empty(layout: &'static Layout) -> Self {
        Self::new(layout)
    }

    fn push_row(&mut self, table: usize) -> usize {
        Self::push_row(self, table)
    }

    fn keep(&mut self, id: ColumnId, row: usize, cell: OwnedCell<Cow<'t, str>>) {
        self.put(id, row, cell.as_cell());
    }
}

/// A type that fits one cell.
pub trait CellValue: Sized {
    /// To a cell.
    fn to_cell(&self) -> OwnedCell;
    /// From a cell of the right kind.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

macro_rules! cell_value {
    ($type:ty, $variant:ident, $to:expr, $from:expr) => {
        impl CellValue for $type {
            fn to_cell(&self) -> OwnedCell {
                OwnedCell::$variant($to(self))
            }
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                match cell {
                    Cell::$variant(value) => Some($from(value)),
                    _ => None,
                }
            }
        }
    };
}

cell_value!(bool, Bool, |v: &bool| *v, |v| v);
cell_value!(i64, Integer, |v: &i64| *v, |v| v);
cell_value!(f64, Number, |v: &f64| *v, |v| v);
cell_value!(Money, Integer, |v: &Money| v.0, Money);
cell_value!(String, Text, |v: &String| v.as_str().into(), |v: &str| v.to_owned());
cell_value!(Code, Text, |v: &Code| v.as_str().into(), |v: &str| { Code::new(v) });
cell_value!(TerritoryCode, Text, |v: &TerritoryCode| v.as_str().into(), |v: &str| TerritoryCode::new(v));
cell_value!(Date, Date, |v: &Date| *v, |v| v);
cell_value!(Time, Time, |v: &Time| *v, |v| v);

/// Writes the fields of a struct into a row, in catalogue order.
pub struct RowWriter<'a> {
    rows: &'a mut OwnedRows,
    table: usize,
    row: usize,
    column: usize,
}

impl RowWriter<'_> {
    /// Writes a field of one cell.
    pub fn put<T: CellValue>(&mut self, field: &Field<T>) {
        let cell = match field {
            Field::Value(value) => value.to_cell(),
            Field::Absent(reason) => OwnedCell::Absent(*reason),
        };
        self.set(cell);
    }

    /// Writes a list of objects.
    pub fn list<T: Record>(&mut self, field: &Field<Vec<T>>) {
        self.elements(field, |element, writer| element.write(writer));
    }

    /// Writes a list of codes.
    pub fn codes(&mut self, field: &Field<Vec<Code>>) {
        self.elements(field, |code, writer| writer.set(code.to_cell()));
    }

    fn elements<T>(&mut self, field: &Field<Vec<T>>, write: impl Fn(&T, &mut RowWriter<'_>)) {
        let child = self.child();
        let cell = match (field, child) {
            (Field::Value(list), Some(table)) => {
                let start = self.rows.len(table);
                list.iter().for_each(|_| {
                    self.rows.push_row(table);
                });
                for (offset, element) in list.iter().enumerate() {
                    write(element, &mut RowWriter { rows: self.rows, table, row: start + offset, column: 0 });
                }
                OwnedCell::Rows(Span { start, len: list.len() })
            }
            (Field::Absent(reason), _) => OwnedCell::Absent(*reason),
            (Field::Value(_), None) => OwnedCell::Absent(Absence::NotGiven),
        };
        self.set(cell);
    }

    fn child(&self) -> Option<usize> {
        let id = ColumnId { table: self.table, column: self.column };
        self.rows.layout.column(id).and_then(|c| c.child)
    }

    fn set(&mut self, cell: OwnedCell) {
        self.rows.set(ColumnId { table: self.table, column: self.column }, self.row, cell);
        self.column += 1;
    }
}

/// Reads the fields of a struct from a row, in catalogue order.
pub struct RowReader<'a, R> {
    rows: &'a R,
    table: usize,
    row: usize,
    column: usize,
}

impl<R: Rows> RowReader<'_, R> {
    /// Reads a field of one cell.
    pub fn take<T: CellValue>(&mut self) -> Field<T> {
        match self.next() {
            (Cell::Absent(reason), _) => Field::Absent(reason),
            (cell, _) => T::from_cell(cell).map_or(Field::Absent(Absence::Invalid), Field::Value),
        }
    }

    /// Reads a list of objects.
    pub fn list<T: Record>(&mut self) -> Field<Vec<T>> {
        self.elements(|reader| T::read(reader))
    }

    /// Reads a list of codes; an element that could not be read is left out.
    pub fn codes(&mut self) -> Field<Vec<Code>> {
        match self.elements(|reader| reader.take::<Code>()) {
            Field::Value(list) => Field::Value(list.into_iter().filter_map(|code| code.value().cloned()).collect()),
            Field::Absent(reason) => Field::Absent(reason),
        }
    }

    fn elements<T>(&mut self, read: impl Fn(&mut RowReader<'_, R>) -> T) -> Field<Vec<T>> {
        match self.next() {
            (Cell::Rows(span), Some(table)) => Field::Value(
                span.rows().map(|row| read(&mut RowReader { rows: self.rows, table, row, column: 0 })).collect(),
            ),
            (Cell::Absent(reason), _) => Field::Absent(reason),
            _ => Field::Absent(Absence::Invalid),
        }
    }

    fn next(&mut self) -> (Cell<'_>, Option<usize>) {
        let id = ColumnId { table: self.table, column: self.column };
        self.column += 1;
        (self.rows.cell(id, self.row), self.rows.layout().column(id).and_then(|c| c.child))
    }
}
