//! Numbers that count a list which is judged in memory and not stored.
//!
//! The catalogue says which ([`Counts`](crate::catalogue::Counts)). Rows enter as they were read; where the number is not given and the list is, the
//! number leaves as that of the list: its different codes that the rulebook joins to the concept. A list with a code that could not be
//! read is not counted. A number that is given stays, and is compared with its list by the checks.

use crate::catalogue::{ColumnDef, ColumnId, Counts, FieldType, Layout};
use crate::field::Absence;
use crate::rows::{Cell, OwnedCell, Records, Rows, Store};
use crate::rulebook::Rulebook;

/// Fills the numbers of all records that can be counted.
pub(crate) fn fill<'t, R: Store<'t>>(records: &mut Records<R>, book: &Rulebook) {
    for role in crate::catalogue::Role::ALL {
        let Some(rows) = records.get_mut(role) else { continue };
        for (id, counts) in counting(role.layout()) {
            if rows.layout().find(counts.list).is_none_or(|list| rows.is_blank(list)) {
                continue;
            }
            for row in 0..rows.len(0) {
                let open = rows.cell(id, row) == Cell::Absent(Absence::NotGiven);
                if let Some(count) = Some(row).filter(|_| open).and_then(|row| count(rows, counts, row, book)) {
                    rows.keep(id, row, OwnedCell::Integer(count));
                }
            }
        }
    }
}

/// The columns of a record that count a list.
fn counting(layout: &'static Layout) -> impl Iterator<Item = (ColumnId, Counts)> {
    let columns = layout.table(0).map(|table| table.columns.as_slice()).unwrap_or_default();
    let counts = |(column, def): (usize, &ColumnDef)| Some((ColumnId { table: 0, column }, def.field.counts?));
    columns.iter().enumerate().filter_map(counts)
}

/// How many different codes of the list are of the concept, if the list is given and all of it is known.
pub(crate) fn count<R: Rows>(rows: &R, counts: Counts, row: usize, book: &Rulebook) -> Option<i64> {
    let id = rows.layout().find(counts.list)?;
    let column = rows.layout().column(id)?;
    let (FieldType::Codes(list), Some(table)) = (column.field.kind, column.child) else { return None };
    let (codes, Cell::Rows(span)) = (book.codes().get(list)?, rows.cell(id, row)) else { return None };
    let mut found: Vec<&str> = Vec::new();
    for element in span.rows() {
        let Cell::Text(text) = rows.cell(ColumnId { table, column: 0 }, element) else { return None };
        if codes.find(text)?.concept() == Some(counts.concept) && !found.contains(&text) {
            found.push(text);
        }
    }
    i64::try_from(found.len()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Role;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_counted_is_a_list_that_is_not_stored() {
        let mut lists = BTreeSet::new();
        for role in Role::ALL {
            for (id, counts) in counting(role.layout()) {
                let list = role.layout().column(role.layout().find(counts.list).unwrap()).unwrap().field;
                let FieldType::Codes(codes) = list.kind else { panic!("{} is no list of codes", counts.list) };
                assert!(list.marks.transient && list.marks.special.is_some());
                assert_eq!(role.layout().column(id).unwrap().field.kind.as_str(), "integer");
                let codes = Rulebook::embedded().codes().get(codes).unwrap();
                let of_it = codes.codes().iter().filter(|code| code.concept() == Some(counts.concept)).count();
                lists.insert((counts.concept, of_it));
            }
        }
        assert_eq!(lists.into_iter().collect::<Vec<_>>(), [("iae_level_1", 4), ("iae_level_2", 14)]);
    }
}
