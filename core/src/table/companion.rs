//! Companion tables: a list of a record as a table of its own, one row for each element.
//!
//! A companion is named by the path of its list (`benefits`, or `participant.benefits`); each of its rows names its record in the column
//! `participant.id`, the rest are the fields of an element (`benefit`, `since`), or `code` for a list of codes. A door reads it as
//! records that hold nothing but their key and one element ([`super::csv::read_companion`], `super::arrow::read_companion`);
//! [`joined`] puts the elements into the table of the records, in the order of the rows, whatever door each came by. The result is judged like any
//! other table: what is wrong in an element is found in its record, at its place in the list, and said with the row of the companion.
//!
//! A companion that is handed in is complete: a record of which it has no row has an empty list.

use super::{ColumnRows, Table};
use crate::catalogue::{ColumnId, Role, TableDef};
use crate::counted;
use crate::field::Absence;
use crate::finding::{Code, Finding, Path, Segment};
use crate::json::Json;
use crate::limits;
use crate::reader::Shape;
use crate::rows::{Cell, OwnedCell, Rows, Span, Store};
use crate::rulebook::Rulebook;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// So many rows are named in a finding.
const NAMED_ROWS: usize = 5;

/// The column of an element of a list of codes.
pub const CODE: &str = "code";

/// A list of a record that may come as a table of its own.
#[derive(Clone, Copy, Debug)]
pub struct List {
    role: Role,
    id: ColumnId,
    def: &'static TableDef,
    table: usize,
}

impl List {
    /// The lists of a kind of record. A record without a key of one field has none.
    pub fn all(role: Role) -> impl Iterator<Item = Self> {
        let columns = role.layout().table(0).map(|table| table.columns.as_slice()).unwrap_or_default();
        let list = move |(column, def): (usize, &crate::catalogue::ColumnDef)| {
            let table = def.child?;
            Some(Self { role, id: ColumnId { table: 0, column }, def: role.layout().table(table)?, table })
        };
        columns.iter().enumerate().filter_map(list).filter(|list| list.key().is_some())
    }

    /// The list of a name: its path, with the record in front in a table of cases.
    #[must_use]
    pub fn parse(name: &str, shape: Shape) -> Option<Self> {
        let named = |list: &Self| name == list.name() || (shape == Shape::Record(list.role) && name == list.path());
        shape.roles().iter().flat_map(|role| Self::all(*role)).find(named)
    }

    /// The record it is a list of.
    #[must_use]
    pub fn role(self) -> Role {
        self.role
    }

    /// Its path in the record, `benefits`.
    #[must_use]
    pub fn path(self) -> &'static str {
        &self.def.path
    }

    /// The name of the companion, `participant.benefits`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}.{}", self.role.as_str(), self.path())
    }

    /// The column that names the record, `participant.id`.
    #[must_use]
    pub fn key_column(self) -> String {
        format!("{}.{}", self.role.as_str(), self.key().unwrap_or_default())
    }

    /// The elements, as a table.
    #[must_use]
    pub fn elements(self) -> &'static TableDef {
        self.def
    }

    /// Whether it is a list of codes.
    #[must_use]
    pub fn is_of_codes(self) -> bool {
        self.def.columns.first().is_some_and(|column| column.path.is_empty())
    }

    pub(super) fn key(self) -> Option<&'static str> {
        match self.role.def().key {
            [key] => Some(key),
            _ => None,
        }
    }

    /// Steps from the record to the list.
    pub(super) fn segments(self) -> &'static [Segment] {
        &self.def.segments
    }

    fn whole(self) -> Path {
        Path::new(Some(self.role), self.segments().to_vec(), false)
    }
}

/// Where the elements of the records of a table came from.
#[derive(Debug)]
pub struct Places {
    /// The list.
    pub list: List,
    /// For each record the rows of the companion that its elements are, from 0.
    pub rows: Vec<Vec<usize>>,
    /// The line of a text on which each row of the companion begins, from 1; empty where there is no text.
    pub lines: Vec<usize>,
}

impl Places {
    /// The row of the companion that a finding in a record is about.
    #[must_use]
    pub fn row(&self, record: usize, finding: &Finding) -> Option<usize> {
        let element = finding.paths.iter().find_map(|path| path.element_of(self.list.role, self.list.segments()))?;
        self.rows.get(record)?.get(element).copied()
    }

    /// Name, row and line, as members of an object.
    pub(super) fn told(&self, row: usize) -> Json {
        let line = self.lines.get(row).map(|line| ("line", Json::from(*line)));
        let members = [("table", Json::from(self.list.name())), ("row", Json::from(row))].into_iter().chain(line);
        Json::Object(members.map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// Puts the elements of companions into the records of a table.
///
/// ```
/// use sam_eurometropole::reader::Shape;
/// use sam_eurometropole::table::csv::{CsvOptions, read, read_companion};
/// use sam_eurometropole::table::{TableReport, companion};
/// use sam_eurometropole::{Rulebook, catalogue::Role, date::Date};
///
/// let (book, options) = (Rulebook::embedded(), CsvOptions::default());
/// let shape = Shape::Record(Role::Participant);
/// let people = read(b"id;residence\np-1;FR-59512\np-2;FR-59350\n", &options, shape, book);
/// let list = companion::List::parse("benefits", shape).unwrap();
/// let text = b"participant.id;benefit;since\np-2;fr_rsa;2023-06-01\np-2;fr_as;2023-06-01\n";
/// let benefits = read_companion(text, &options, list, book);
///
/// let table = companion::joined(people, vec![(list, benefits)], book);
/// let report = TableReport::new(book, Role::Participant, table, Date::parse("2024-04-22").unwrap());
/// let wrong = report.row(1).first().unwrap();
/// assert_eq!((wrong.code.as_str(), wrong.paths[0].text(false).as_str()), ("code.unknown", "benefits[1].benefit"));
/// assert_eq!(report.companions[0].row(1, wrong), Some(1));
/// ```
#[must_use]
pub fn joined<'t>(
    mut table: Table<ColumnRows<'t>>,
    companions: Vec<(List, Table<ColumnRows<'t>>)>,
    book: &Rulebook,
) -> Table<ColumnRows<'t>> {
    if companions.is_empty() {
        return table;
    }
    for (list, companion) in companions {
        join(&mut table, list, companion);
    }
    table.findings = crate::finding::settle(table.findings);
    counted::fill(&mut table.batch.records, book);
    table
}

fn join<'t>(table: &mut Table<ColumnRows<'t>>, list: List, companion: Table<ColumnRows<'t>>) {
    let said = companion.findings.iter().map(|finding| finding.clone().with("companion", list.name()));
    table.findings.extend(said);
    let Some(elements) = companion.batch.records.get(list.role) else { return };
    let Some(records) = table.batch.records.get_mut(list.role) else { return };
    let groups = Groups::of(list, records, elements);
    groups.tell(list, &companion.lines, &mut table.findings);
    let mut places = Places { list, rows: Vec::new(), lines: companion.lines };
    places.rows.resize_with(records.len(0), Vec::new);
    let mut joint = Joint { list, records, elements, read: &companion.batch.findings };
    let mut twice = false;
    for (record, rows) in groups.rows {
        let Some(findings) = table.batch.findings.get_mut(record) else { continue };
        let cell = match joint.records.cell(list.id, record) {
            Cell::Absent(Absence::NotGiven) => joint.take(record, &rows, findings, &mut places),
            Cell::Absent(reason) if reason != Absence::Invalid && !rows.is_empty() => {
                findings.push(Finding::new(Code::AbsenceContradicted, list.whole()).with("reason", reason.as_str()));
                OwnedCell::Absent(Absence::Invalid)
            }
            Cell::Absent(_) => continue,
            _ => {
                twice = true;
                continue;
            }
        };
        joint.records.keep(list.id, record, cell);
    }
    if twice {
        table.findings.push(Finding::new(Code::KeyDuplicate, list.whole()).with("name", list.path()));
    }
    table.companions.push(places);
}

/// The rows of a companion by the record that they name.
struct Groups {
    /// Each record whose key stands once, and its rows.
    rows: BTreeMap<usize, Vec<usize>>,
    orphans: Vec<usize>,
    without_key: Vec<usize>,
    /// Rows whose key stands in several records.
    ambiguous: Vec<usize>,
}

impl Groups {
    fn of(list: List, records: &ColumnRows<'_>, elements: &ColumnRows<'_>) -> Self {
        let mut found =
            Self { rows: BTreeMap::new(), orphans: Vec::new(), without_key: Vec::new(), ambiguous: Vec::new() };
        let Some(key) = list.key().and_then(|key| list.role.layout().find(key)) else { return found };
        let mut parents: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for record in 0..records.len(0) {
            if let Cell::Text(text) = records.cell(key, record) {
                parents.entry(text).or_default().push(record);
            }
        }
        for only in parents.values() {
            if let [record] = only.as_slice() {
                found.rows.insert(*record, Vec::new());
            }
        }
        for row in 0..elements.len(0) {
            let Cell::Text(text) = elements.cell(key, row) else {
                found.without_key.push(row);
                continue;
            };
            match parents.get(text).map(Vec::as_slice) {
                Some([record]) => found.rows.entry(*record).or_default().push(row),
                Some(_) => found.ambiguous.push(row),
                None => found.orphans.push(row),
            }
        }
        found
    }

    fn tell(&self, list: List, lines: &[usize], findings: &mut Vec<Finding>) {
        let wrong = [
            (Code::CompanionNoKey, &self.without_key),
            (Code::CompanionOrphan, &self.orphans),
            (Code::CompanionAmbiguous, &self.ambiguous),
        ];
        for (code, rows) in wrong.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let place = |row: &usize| Json::from(lines.get(*row).copied().unwrap_or(*row));
            let (name, named) = if lines.is_empty() { ("rows", rows) } else { ("lines", rows) };
            let named: Json = named.iter().take(NAMED_ROWS).map(place).collect();
            let finding = Finding::new(code, list.whole()).with("companion", list.name());
            findings.push(finding.with("column", list.key_column()).with("count", rows.len()).with(name, named));
        }
    }
}

/// A companion on its way into the records.
struct Joint<'j, 't> {
    list: List,
    records: &'j mut ColumnRows<'t>,
    elements: &'j ColumnRows<'t>,
    /// The findings of each row of the companion.
    read: &'j [Vec<Finding>],
}

impl<'t> Joint<'_, 't> {
    /// The list of a record, made of some rows of the companion.
    fn take(
        &mut self,
        record: usize,
        rows: &[usize],
        findings: &mut Vec<Finding>,
        places: &mut Places,
    ) -> OwnedCell<Cow<'t, str>> {
        let spans: Vec<(usize, Span)> = rows.iter().map(|row| (*row, self.span(*row))).collect();
        let count: usize = spans.iter().map(|(_, span)| span.len).sum();
        if count > limits::LIST {
            let personal =
                self.list.role.layout().column(self.list.id).is_none_or(|column| column.field.marks.personal);
            let at = Path::new(Some(self.list.role), self.list.segments().to_vec(), personal);
            findings.push(Finding::new(Code::LimitList, at).with("max", limits::LIST));
            return OwnedCell::Absent(Absence::Invalid);
        }
        let start = self.records.len(self.list.table);
        let mut from = Vec::with_capacity(count);
        for (row, span) in spans {
            findings.extend(self.read.get(row).into_iter().flatten().filter_map(|found| self.moved(found, from.len())));
            for element in span.rows() {
                self.copy(element);
                from.push(row);
            }
        }
        if let Some(place) = places.rows.get_mut(record) {
            *place = from;
        }
        OwnedCell::Rows(Span { start, len: count })
    }

    /// The elements of a row of the companion: one, unless a cell holds several codes.
    fn span(&self, row: usize) -> Span {
        match self.elements.cell(self.list.id, row) {
            Cell::Rows(span) => span,
            _ => Span::default(),
        }
    }

    fn copy(&mut self, element: usize) {
        let table = self.list.table;
        let to = self.records.push_row(table);
        for column in 0..self.list.def.columns.len() {
            let id = ColumnId { table, column };
            self.records.keep(id, to, own(self.elements.cell(id, element)));
        }
    }

    /// A finding of a companion's row, in its record; none where it is about the key.
    fn moved(&self, finding: &Finding, by: usize) -> Option<Finding> {
        let paths: Option<Vec<Path>> =
            finding.paths.iter().map(|path| path.moved(self.list.role, self.list.segments(), by)).collect();
        Some(Finding { paths: paths?, ..finding.clone() })
    }
}

fn own<'t>(cell: Cell<'_>) -> OwnedCell<Cow<'t, str>> {
    match cell {
        Cell::Absent(reason) => OwnedCell::Absent(reason),
        Cell::Bool(value) => OwnedCell::Bool(value),
        Cell::Integer(value) => OwnedCell::Integer(value),
        Cell::Number(value) => OwnedCell::Number(value),
        Cell::Text(text) => OwnedCell::Text(Cow::Owned(text.to_owned())),
        Cell::Date(value) => OwnedCell::Date(value),
        Cell::Time(value) => OwnedCell::Time(value),
        // No element of a list holds a list.
        Cell::Rows(_) => OwnedCell::Absent(Absence::Invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_a_keyed_record_has_a_name() {
        let names: Vec<String> = List::all(Role::Participant).map(List::name).collect();
        assert!(names.contains(&"participant.benefits".to_owned()));
        assert!(names.contains(&"participant.pass_iae.suspensions".to_owned()));
        for role in Role::ALL {
            for list in List::all(role) {
                assert_eq!(List::parse(&list.name(), Shape::Record(role)).map(|found| found.id), Some(list.id));
                assert_eq!(List::parse(list.path(), Shape::Record(role)).map(|found| found.id), Some(list.id));
                assert!(list.def.columns.iter().all(|column| column.child.is_none()), "{}", list.name());
            }
        }
        assert!(List::parse("benefits", Shape::Case).is_none());
        assert!(List::parse("participant.benefits", Shape::Case).is_some());
        assert!(List::parse("benefit", Shape::Record(Role::Participant)).is_none());
    }
}
