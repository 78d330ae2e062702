//! Rows back to a record as JSON: what was read, with the reasons of absence beside the fields.
//!
//! `not_given` is left out, `invalid` is written among the reasons so that nothing seems lost; a record that was read from what is
//! written here without `invalid` is the same record.

use crate::catalogue::{ColumnId, FieldType, ObjectNode, Place, Role};
use crate::decision::cell_json;
use crate::field::Absence;
use crate::json::Json;
use crate::rows::{Cell, Rows, Span};
use crate::view::View;

/// The record in a row, as JSON.
pub(crate) fn record_json<R: Rows>(rows: &R, role: Role, row: usize, view: View) -> Json {
    let writer = Writer { rows, role, view };
    role.layout().table(0).map_or(Json::Null, |table| writer.object(&table.object, 0, row))
}

struct Writer<'a, R> {
    rows: &'a R,
    role: Role,
    view: View,
}

impl<R: Rows> Writer<'_, R> {
    fn object(&self, node: &ObjectNode, table: usize, row: usize) -> Json {
        let mut members = Vec::new();
        let mut reasons = Vec::new();
        for (field, place) in node.def.fields.iter().zip(&node.places) {
            match place {
                Place::Object(inner) => match self.object(inner, table, row) {
                    Json::Object(inner) if inner.is_empty() => {}
                    inner => members.push((field.name.to_owned(), inner)),
                },
                Place::Column(_) if !self.view.shows(field) => {}
                Place::Column(column) => {
                    let id = ColumnId { table, column: *column };
                    match self.rows.cell(id, row) {
                        Cell::Absent(Absence::NotGiven) => {}
                        Cell::Absent(reason) => reasons.push((field.name.to_owned(), Json::from(reason.as_str()))),
                        Cell::Rows(span) => members.push((field.name.to_owned(), self.list(id, span))),
                        cell => members.push((field.name.to_owned(), cell_json(cell))),
                    }
                }
            }
        }
        if !reasons.is_empty() {
            members.push(("absent".to_owned(), Json::Object(reasons)));
        }
        Json::Object(members)
    }

    fn list(&self, id: ColumnId, span: Span) -> Json {
        let Some(column) = self.role.layout().column(id) else { return Json::Null };
        let child = column.child.and_then(|child| self.role.layout().table(child).map(|table| (child, table)));
        let Some((child, table)) = child else { return Json::Null };
        let element = |row| match column.field.kind {
            FieldType::Codes(_) => cell_json(self.rows.cell(ColumnId { table: child, column: 0 }, row)),
            _ => self.object(&table.object, child, row),
        };
        span.rows().map(element).collect()
    }
}
