//! Fields of a case: which field, and of which elements.

use crate::catalogue::{ColumnDef, ColumnId, Role};
use std::cmp::Ordering;
use std::fmt::Write;

/// A field of a record of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldRef {
    /// The record.
    pub role: Role,
    /// Its column. A table other than the record's own is that of an element of a list.
    pub id: ColumnId,
}

impl FieldRef {
    /// The column's definition.
    #[must_use]
    pub fn column(self) -> Option<&'static ColumnDef> {
        self.role.layout().column(self.id)
    }

    /// Whether it is about a person.
    #[must_use]
    pub fn is_personal(self) -> bool {
        self.role.is_personal() || self.column().is_none_or(|c| c.field.marks.personal)
    }

    /// The path with the role in front, without indices.
    #[must_use]
    pub fn path(self) -> String {
        let layout = self.role.layout();
        let table = layout.table(self.id.table).map_or("", |t| t.path.as_str());
        let column = self.column().map_or("", |c| c.path.as_str());
        [self.role.as_str(), table, column].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    }

    /// The lists around the field, the outermost first.
    #[must_use]
    pub fn lists(self) -> Vec<Self> {
        let mut lists = Vec::new();
        let mut table = self.id.table;
        while let Some(list) = self.role.layout().table(table).and_then(|t| t.parent) {
            lists.push(Self { role: self.role, id: list });
            table = list.table;
        }
        lists.reverse();
        lists
    }

    fn columns(self) -> impl Iterator<Item = usize> {
        self.lists().into_iter().map(|list| list.id.column).chain([self.id.column])
    }
}

/// The order of the catalogue: a list stands before the fields of its elements, and these before the next field.
impl Ord for FieldRef {
    fn cmp(&self, other: &Self) -> Ordering {
        let roles = self.role.cmp(&other.role);
        if self.id.table == 0 && other.id.table == 0 {
            return roles.then(self.id.column.cmp(&other.id.column));
        }
        roles.then_with(|| self.columns().cmp(other.columns()))
    }
}

impl PartialOrd for FieldRef {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A field of an element, or of the record itself. In the order of the catalogue, then of the indices.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The field.
    pub field: FieldRef,
    /// Index of the element in each list around the field, the outermost first.
    pub at: Vec<usize>,
}

impl Place {
    /// The path with the role in front and the indices of elements.
    #[must_use]
    pub fn path(&self) -> String {
        let Self { field, at } = self;
        let lists = field.lists();
        let mut path = field.role.as_str().to_owned();
        for (list, index) in lists.iter().zip(at) {
            step(&mut path, *list);
            // Writing to a text cannot fail.
            let _ = write!(path, "[{index}]");
        }
        step(&mut path, *field);
        path
    }
}

fn step(path: &mut String, field: FieldRef) {
    let column = field.column().map_or("", |c| c.path.as_str());
    if !column.is_empty() {
        path.push('.');
        path.push_str(column);
    }
}

impl From<FieldRef> for Place {
    fn from(field: FieldRef) -> Self {
        Self { field, at: Vec::new() }
    }
}

/// An element that is being judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// The record.
    pub role: Role,
    /// The table of the list's elements.
    pub table: usize,
    /// The row in it.
    pub row: usize,
    /// The index in the list.
    pub index: usize,
}

/// At most so many lists are inside one another in a test.
pub const LISTS: usize = 3;

/// The elements that are being judged, the outermost first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    elements: [Option<Element>; LISTS],
}

impl Around {
    /// These and one more. Packs are checked to stay within [`LISTS`].
    #[must_use]
    pub fn with(mut self, element: Element) -> Self {
        if let Some(free) = self.elements.iter_mut().find(|place| place.is_none()) {
            *free = Some(element);
        }
        self
    }

    /// The innermost element of a table.
    #[must_use]
    pub fn of(&self, role: Role, table: usize) -> Option<Element> {
        self.elements.iter().rev().flatten().find(|e| e.role == role && e.table == table).copied()
    }

    /// A field, and of which of these elements it is.
    #[must_use]
    pub fn place(&self, field: FieldRef) -> Place {
        if field.id.table == 0 {
            return Place::from(field);
        }
        let layout = field.role.layout();
        let mut at = Vec::new();
        let mut table = field.id.table;
        while let Some(list) = layout.table(table).and_then(|t| t.parent) {
            at.extend(self.of(field.role, table).map(|element| element.index));
            table = list.table;
        }
        at.reverse();
        Place { field, at }
    }
}
