//! Rows kept column by column, with the texts of the input borrowed: the rows of a table.
//!
//! A column takes room only from its first value on, so that a table pays for the columns that it has.

use crate::catalogue::{ColumnId, Layout};
use crate::field::Absence;
use crate::rows::{Cell, OwnedCell, Rows, Store};
use std::borrow::Cow;

/// A cell whose text may be that of the input.
type Kept<'t> = OwnedCell<Cow<'t, str>>;

/// The tables of many records of a kind, by column.
#[derive(Clone, Debug)]
pub struct ColumnRows<'t> {
    layout: &'static Layout,
    tables: Vec<Table<'t>>,
}

#[derive(Clone, Debug)]
struct Table<'t> {
    len: usize,
    /// Cells beyond the end of a column are not given.
    columns: Vec<Vec<Kept<'t>>>,
}

impl Rows for ColumnRows<'_> {
    fn layout(&self) -> &'static Layout {
        self.layout
    }

    fn len(&self, table: usize) -> usize {
        self.tables.get(table).map_or(0, |table| table.len)
    }

    fn cell(&self, id: ColumnId, row: usize) -> Cell<'_> {
        let column = self.tables.get(id.table).and_then(|table| table.columns.get(id.column));
        match column.and_then(|cells| cells.get(row)) {
            None => Cell::Absent(Absence::NotGiven),
            Some(OwnedCell::Absent(reason)) => Cell::Absent(*reason),
            Some(OwnedCell::Bool(value)) => Cell::Bool(*value),
            Some(OwnedCell::Integer(value)) => Cell::Integer(*value),
            Some(OwnedCell::Number(value)) => Cell::Number(*value),
            Some(OwnedCell::Text(text)) => Cell::Text(text),
            Some(OwnedCell::Date(value)) => Cell::Date(*value),
            Some(OwnedCell::Time(value)) => Cell::Time(*value),
            Some(OwnedCell::Rows(span)) => Cell::Rows(*span),
        }
    }
}

impl<'t> Store<'t> for ColumnRows<'t> {
    fn empty(layout: &'static Layout) -> Self {
        let table = |columns: usize| Table { len: 0, columns: vec![Vec::new(); columns] };
        Self { layout, tables: layout.tables.iter().map(|def| table(def.columns.len())).collect() }
    }

    fn push_row(&mut self, table: usize) -> usize {
        let Some(table) = self.tables.get_mut(table) else { return 0 };
        table.len += 1;
        table.len - 1
    }

    fn keep(&mut self, id: ColumnId, row: usize, cell: Kept<'t>) {
        let Some(table) = self.tables.get_mut(id.table).filter(|table| row < table.len) else { return };
        let Some(cells) = table.columns.get_mut(id.column) else { return };
        if let Some(place) = cells.get_mut(row) {
            *place = cell;
        } else if cell != OwnedCell::Absent(Absence::NotGiven) {
            cells.resize(row, OwnedCell::Absent(Absence::NotGiven));
            cells.push(cell);
        }
    }
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
}
