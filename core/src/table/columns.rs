//! Rows kept column by column, with the texts of the input borrowed: the rows of a table.
//!
//! A column takes room only from its first value on, so that a table pays for the columns that it has. A column of few different
//! cells (codes, communes, periods, yes and no) may be kept as these cells and, for each row, which of them it holds ([`Few`]): what
//! a cell means can then be found out once instead of in each row.

#![cfg_attr(
    not(any(feature = "arrow", test)),
    expect(dead_code, reason = "only the columns of arrays are kept by their different cells")
)]

use crate::by_text::Quickly;
use crate::catalogue::{ColumnId, FieldDef, FieldType, Form, Layout};
use crate::field::Absence;
use crate::rows::{Cell, FewCells, OwnedCell, Rows, Store};
use std::borrow::Cow;
use std::collections::HashMap;

/// A cell whose text may be that of the input.
pub(super) type Kept<'t> = OwnedCell<Cow<'t, str>>;

/// The tables of many records of a kind, by column.
#[derive(Clone, Debug)]
pub struct ColumnRows<'t> {
    layout: &'static Layout,
    tables: Vec<Table<'t>>,
}

#[derive(Clone, Debug)]
struct Table<'t> {
    len: usize,
    columns: Vec<Column<'t>>,
}

/// One column. Rows beyond its end are not given.
#[derive(Clone, Debug)]
enum Column<'t> {
    Cells(Vec<Kept<'t>>),
    Few(Few<'t>),
}

/// The different cells of a column, and which of them each row holds.
#[derive(Clone, Debug)]
pub(super) struct Few<'t> {
    cells: Vec<Cell<'t>>,
    /// Places in `cells`.
    at: Vec<u32>,
    /// Place of each text in `cells`, of short ones by their bytes.
    short: Short,
    long: HashMap<&'t str, u32, Quickly>,
}

/// Places of short texts: open addressing, half empty, as it is asked for each value of a column.
#[derive(Clone, Debug, Default)]
struct Short {
    /// As many as a power of two. Place 0 is an empty slot; no text has it.
    slots: Vec<(u128, u32)>,
    used: usize,
}

impl Short {
    #[inline]
    fn get(&self, bytes: u128) -> Option<u32> {
        let (_, place) = self.slots.get(self.slot(bytes)?)?;
        (*place != 0).then_some(*place)
    }

    /// The slot of a text, or the empty one where it belongs.
    #[inline]
    fn slot(&self, bytes: u128) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        let (low, high) = (bytes as u64, (bytes >> 64) as u64);
        let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut slot = (mixed >> 32) as usize & last;
        while let Some((other, place)) = self.slots.get(slot)
            && *place != 0
            && *other != bytes
        {
            slot = (slot + 1) & last;
        }
        Some(slot)
    }

    fn insert(&mut self, bytes: u128, place: u32) {
        if self.used * 2 >= self.slots.len() {
            let wider = vec![(0, 0); (self.slots.len() * 2).max(16)];
            let before = std::mem::replace(&mut self.slots, wider);
            self.used = 0;
            before.into_iter().filter(|(_, place)| *place != 0).for_each(|(bytes, place)| self.insert(bytes, place));
        }
        if let Some(slot) = self.slot(bytes).and_then(|slot| self.slots.get_mut(slot)) {
            *slot = (bytes, place);
            self.used += 1;
        }
    }
}

impl<'t> Few<'t> {
    /// Place of *not given*.
    pub(super) const NOT_GIVEN: u32 = 0;
    /// Place of *invalid*.
    pub(super) const INVALID: u32 = 1;

    fn new() -> Self {
        let absent = [Absence::NotGiven, Absence::Invalid].map(Cell::Absent);
        Self { cells: absent.to_vec(), at: Vec::new(), short: Short::default(), long: HashMap::default() }
    }

    /// Place of a text that was met before.
    #[inline]
    pub(super) fn known(&self, text: &str) -> Option<u32> {
        match short(text) {
            Some(bytes) => self.short.get(bytes),
            None => self.long.get(text).copied(),
        }
    }

    /// Place of a cell; a new one gets the next.
    pub(super) fn place(&mut self, cell: Cell<'t>) -> u32 {
        let next = u32::try_from(self.cells.len()).unwrap_or(Self::INVALID);
        let met = match cell {
            Cell::Text(text) => self.known(text),
            _ => (0..).zip(&self.cells).find(|(_, other)| **other == cell).map(|(place, _)| place),
        };
        met.unwrap_or_else(|| {
            self.cells.push(cell);
            if let Cell::Text(text) = cell {
                match short(text) {
                    Some(bytes) => self.short.insert(bytes, next),
                    None => drop(self.long.insert(text, next)),
                }
            }
            next
        })
    }

    /// Makes room for so many rows more.
    pub(super) fn reserve(&mut self, count: usize) {
        self.at.reserve(count);
    }

    /// Says what a row holds.
    #[inline]
    pub(super) fn set(&mut self, row: usize, place: u32) {
        if self.at.len() == row {
            return self.at.push(place);
        }
        if self.at.len() < row {
            self.at.resize(row + 1, Self::NOT_GIVEN);
        }
        if let Some(at) = self.at.get_mut(row) {
            *at = place;
        }
    }

    #[inline]
    fn cell(&self, row: usize) -> Cell<'t> {
        let place = self.at.get(row).and_then(|place| usize::try_from(*place).ok());
        place.and_then(|place| self.cells.get(place)).copied().unwrap_or(Cell::Absent(Absence::NotGiven))
    }
}

impl<'t> ColumnRows<'t> {
    /// Adds rows in which nothing is given, and says which is the first.
    pub(super) fn push_rows(&mut self, table: usize, count: usize) -> usize {
        let Some(table) = self.tables.get_mut(table) else { return 0 };
        table.len += count;
        table.len - count
    }

    /// A column kept by its different cells; none where it is kept cell by cell already.
    pub(super) fn few_mut(&mut self, id: ColumnId) -> Option<&mut Few<'t>> {
        let column = self.tables.get_mut(id.table)?.columns.get_mut(id.column)?;
        if matches!(column, Column::Cells(cells) if cells.is_empty()) {
            *column = Column::Few(Few::new());
        }
        match column {
            Column::Few(few) => Some(few),
            Column::Cells(_) => None,
        }
    }

    /// A column kept cell by cell.
    pub(super) fn cells_mut(&mut self, id: ColumnId) -> Option<&mut Vec<Kept<'t>>> {
        let column = self.tables.get_mut(id.table)?.columns.get_mut(id.column)?;
        if let Column::Few(few) = column {
            *column = Column::Cells((0..few.at.len()).map(|row| few.cell(row).into()).collect());
        }
        match column {
            Column::Cells(cells) => Some(cells),
            Column::Few(_) => None,
        }
    }

    #[inline]
    fn column(&self, id: ColumnId) -> Option<&Column<'t>> {
        self.tables.get(id.table)?.columns.get(id.column)
    }

    /// Whether a column is kept by its different cells, or may be from now on.
    fn is_few(&self, id: ColumnId) -> bool {
        match self.column(id) {
            Some(Column::Few(_)) => true,
            Some(Column::Cells(cells)) => {
                cells.is_empty() && self.layout.column(id).is_some_and(|column| has_few_cells(column.field))
            }
            None => false,
        }
    }
}

/// Whether a column has few different cells, as far as its field tells.
pub(super) fn has_few_cells(field: &FieldDef) -> bool {
    match field.kind {
        FieldType::Code(_) | FieldType::Codes(_) | FieldType::Territory | FieldType::Bool => true,
        FieldType::Text => matches!(field.form, Some(Form::Period | Form::Area)),
        _ => false,
    }
}

/// A cell that owns nothing.
fn borrowed<'t>(cell: &Kept<'t>) -> Option<Cell<'t>> {
    match cell {
        OwnedCell::Text(Cow::Borrowed(text)) => Some(Cell::Text(text)),
        OwnedCell::Bool(value) => Some(Cell::Bool(*value)),
        OwnedCell::Absent(reason) => Some(Cell::Absent(*reason)),
        _ => None,
    }
}

impl Rows for ColumnRows<'_> {
    fn layout(&self) -> &'static Layout {
        self.layout
    }

    fn len(&self, table: usize) -> usize {
        self.tables.get(table).map_or(0, |table| table.len)
    }

    #[inline]
    fn cell(&self, id: ColumnId, row: usize) -> Cell<'_> {
        match self.column(id) {
            Some(Column::Cells(cells)) => cells.get(row).map_or(Cell::Absent(Absence::NotGiven), OwnedCell::as_cell),
            Some(Column::Few(few)) => few.cell(row),
            None => Cell::Absent(Absence::NotGiven),
        }
    }

    fn is_blank(&self, id: ColumnId) -> bool {
        match self.column(id) {
            Some(Column::Cells(cells)) => cells.is_empty(),
            Some(Column::Few(few)) => few.at.iter().all(|place| *place == Few::NOT_GIVEN),
            None => true,
        }
    }

    fn few(&self, id: ColumnId) -> Option<FewCells<'_>> {
        match self.column(id) {
            Some(Column::Few(few)) => Some(FewCells { cells: &few.cells, at: &few.at }),
            _ => None,
        }
    }
}

impl<'t> Store<'t> for ColumnRows<'t> {
    fn empty(layout: &'static Layout) -> Self {
        let table = |columns: usize| Table { len: 0, columns: vec![Column::Cells(Vec::new()); columns] };
        Self { layout, tables: layout.tables.iter().map(|def| table(def.columns.len())).collect() }
    }

    fn push_row(&mut self, table: usize) -> usize {
        self.push_rows(table, 1)
    }

    fn keep(&mut self, id: ColumnId, row: usize, cell: Kept<'t>) {
        if row >= self.len(id.table) {
            return;
        }
        let few = if self.is_few(id) { borrowed(&cell) } else { None };
        if let Some(cell) = few {
            if let Some(few) = self.few_mut(id) {
                let place = few.place(cell);
                few.set(row, place);
            }
        } else if let Some(cells) = self.cells_mut(id) {
            put(cells, row, cell);
        }
    }

    #[inline]
    fn keep_known(&mut self, id: ColumnId, row: usize, text: &str) -> bool {
        let table = self.tables.get_mut(id.table).filter(|table| row < table.len);
        let Some(Column::Few(few)) = table.and_then(|table| table.columns.get_mut(id.column)) else { return false };
        let Some(place) = few.known(text) else { return false };
        few.set(row, place);
        true
    }
}

/// Puts a cell into a row of a column.
#[inline]
pub(super) fn put<'t>(cells: &mut Vec<Kept<'t>>, row: usize, cell: Kept<'t>) {
    if let Some(place) = cells.get_mut(row) {
        *place = cell;
    } else if !matches!(cell, OwnedCell::Absent(Absence::NotGiven)) {
        if cells.len() < row {
            cells.resize(row, OwnedCell::Absent(Absence::NotGiven));
        }
        cells.push(cell);
    }
}

/// A text of up to 15 bytes as a number: its bytes, and its length in the last.
#[inline]
fn short(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    let length = u128::try_from(bytes.len()).ok().filter(|length| *length <= 15)?;
    let head = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(head), Some(tail)) => {
            let tail = u128::from(u64::from_le_bytes(*tail));
            u128::from(u64::from_le_bytes(*head)) | (tail << (8 * (bytes.len() - 8)))
        }
        _ => bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u128::from(*byte)),
    };
    Some(head | (length << 120))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Role;

    #[test]
    fn a_column_ends_with_its_last_value() {
        let layout = Role::Placement.layout();
        let mut rows = ColumnRows::empty(layout);
        let id = layout.find("id").unwrap();
        for _ in 0..3 {
            rows.push_row(0);
        }
        rows.keep(id, 1, OwnedCell::Text(Cow::Borrowed("a")));
        rows.keep(id, 7, OwnedCell::Text(Cow::Borrowed("beyond")));
        let cells: Vec<Cell<'_>> = (0..3).map(|row| rows.cell(id, row)).collect();
        let none = Cell::Absent(Absence::NotGiven);
        assert_eq!(cells, [none, Cell::Text("a"), none]);
        assert_eq!(rows.len(0), 3);
    }

    #[test]
    fn a_short_text_is_its_bytes() {
        let text = "0123456789abcdef";
        for end in 0..=16 {
            let text = text.get(..end).unwrap();
            let bytes = short(text).map(|number| number.to_le_bytes());
            let wanted = (end < 16).then(|| {
                let mut wanted = [0; 16];
                wanted.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
                *wanted.last_mut().unwrap() = u8::try_from(end).unwrap();
                wanted
            });
            assert_eq!(bytes, wanted, "{text}");
        }
    }

    #[test]
    fn a_column_of_few_cells_takes_any_other() {
        let layout = Role::Placement.layout();
        let mut rows = ColumnRows::empty(layout);
        let id = layout.find("kind").unwrap();
        rows.push_rows(0, 5);
        let few = rows.few_mut(id).unwrap();
        let place = few.place(Cell::Text("a"));
        assert_eq!((few.place(Cell::Text("a")), few.known("a")), (place, Some(place)));
        few.reserve(5);
        few.set(0, place);
        few.set(2, Few::INVALID);
        rows.keep(id, 3, OwnedCell::Text(Cow::Owned("b".to_owned())));
        let cells: Vec<Cell<'_>> = (0..5).map(|row| rows.cell(id, row)).collect();
        let absent = Cell::Absent(Absence::NotGiven);
        assert_eq!(cells, [Cell::Text("a"), absent, Cell::Absent(Absence::Invalid), Cell::Text("b"), absent]);
        assert!(rows.few_mut(id).is_none());
    }
}
