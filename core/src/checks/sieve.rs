//! Which of many rows may have a finding: asked column by column and rule by rule, so that only those are judged one by one.
//!
//! Rows with their outlook enter, and for each record leaves whether something may be wrong with it. Nothing is judged here in another way:
//! the sieve may hold back a record that has no finding, but it lets none pass of which it does not know that it has none.

use super::outlook::{Asked, Outlook, Table};
use super::{facts, observation};
use crate::catalogue::{ColumnId, Role};
use crate::date::Date;
use crate::kernel::Open;
use crate::rows::{Cell, Records, Rows};
use crate::rulebook::Rulebook;

/// For each record, whether something may be wrong with it.
pub(super) fn held_back<R: Rows>(
    book: &Rulebook,
    records: &Records<R>,
    on: Date,
    outlook: &Outlook<'_>,
    rules: &mut [Asked<'_>],
) -> Vec<bool> {
    let count = records.always().map(|(_, rows)| rows.len(0)).max().unwrap_or_default();
    let mut marks = vec![false; count];
    for (role, tables) in &outlook.kinds {
        let Some(rows) = records.get(*role) else { continue };
        let of_kind = of_kind(rows, *role, tables, on);
        marks.iter_mut().zip(of_kind).for_each(|(mark, held)| *mark |= held);
    }
    let mut scratch = Vec::new();
    for asked in rules {
        by_rule(book, records, on, asked, &mut scratch, &mut marks);
    }
    marks
}

/// The records of a kind, by the columns and figures of all their tables.
fn of_kind<R: Rows>(rows: &R, role: Role, tables: &[Table<'_>], on: Date) -> Vec<bool> {
    let mut marks: Vec<Vec<bool>> = (0..tables.len()).map(|table| vec![false; rows.len(table)]).collect();
    let whole = role == Role::NeedsAnalysis;
    for (table, (known, marks)) in tables.iter().zip(&mut marks).enumerate() {
        let Some(def) = role.layout().table(table) else { continue };
        for asked in &known.columns {
            let Some(column) = def.columns.get(asked.column) else { continue };
            asked.mark(rows, ColumnId { table, column: asked.column }, column, on, marks);
        }
        if let Some(figures) = &known.figures {
            observation::mark(figures, rows, on, marks);
        }
        if whole {
            marks.fill(true);
        }
    }
    // The elements of a list stand in a later table than the list.
    for table in (0..tables.len()).rev() {
        let Some(def) = role.layout().table(table) else { continue };
        for (column, child) in def.columns.iter().enumerate().filter_map(|(at, column)| Some((at, column.child?))) {
            lift(rows, ColumnId { table, column }, child, &mut marks);
        }
    }
    marks.into_iter().next().unwrap_or_default()
}

/// Marks the rows that have a marked element in a list.
fn lift<R: Rows>(rows: &R, list: ColumnId, child: usize, marks: &mut [Vec<bool>]) {
    let Some((around, elements)) = marks.split_at_mut_checked(child) else { return };
    let (Some(around), Some(elements)) = (around.get_mut(list.table), elements.first()) else { return };
    if !elements.contains(&true) {
        return;
    }
    for (row, mark) in around.iter_mut().enumerate() {
        if let Cell::Rows(span) = rows.cell(list, row) {
            *mark |= elements.get(span.rows()).is_none_or(|elements| elements.contains(&true));
        }
    }
}

/// Marks the records that may fail a rule.
fn by_rule<R: Rows>(
    book: &Rulebook,
    records: &Records<R>,
    on: Date,
    asked: &mut Asked<'_>,
    scratch: &mut Vec<Open>,
    marks: &mut [bool],
) {
    let mut facts = facts(book, records, asked.pack, 0, on);
    for (row, mark) in marks.iter_mut().enumerate().filter(|(_, mark)| !**mark) {
        facts.row = row;
        *mark = !asked.holds(facts, scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_in_a_later_table_than_their_list() {
        for role in Role::EVERY {
            for (table, def) in role.layout().tables.iter().enumerate() {
                assert!(def.columns.iter().filter_map(|column| column.child).all(|child| child > table), "{role:?}");
            }
        }
    }
}
