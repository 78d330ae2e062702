//! Columns that are read as a whole.
//!
//! Most columns of a table are plain: an array of values where a field of the record wants one, or a list of structs of such arrays. [`split`]
//! takes them out of a plan; [`Reading`] reads each of them from its first row to its last, with the leaf functions of the one reader and the
//! same paths. What is out of the ordinary stays in the plan and goes through the events of the reader, row by row: reasons of absence and the
//! fields that they name, objects and elements that are null, lists in lists and lists too long, values where an object or a list is wanted.

use super::plan::{Node, Object, Plan};
use super::source::{day, float, is_given, leaf, pointed, range};
use crate::catalogue::{ColumnDef, ColumnId, FieldDef, FieldType, ObjectNode, Place, Role};
use crate::field::Absence;
use crate::finding::{Finding, Path, Segment};
use crate::limits;
use crate::reader::{Event, Shape, is_blank, leaf as leaves};
use crate::rows::{Cell, OwnedCell, Records, Rows, Span};
use crate::rulebook::Rulebook;
use crate::table::columns::{ColumnRows, Few, Kept, has_few_cells, put};
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_schema::DataType;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// At most so many texts that cannot be read are remembered for a column.
const REMEMBERED: usize = 256;

/// A column of a record that is read as a whole.
pub(super) struct Whole<'t> {
    role: Role,
    id: ColumnId,
    values: Values<'t>,
}

enum Values<'t> {
    Plain(Plain<'t>),
    /// A list array, and the columns of its elements.
    List(&'t dyn Array, Vec<(ColumnId, Plain<'t>)>),
}

/// An array of plain values, or pointers to one.
#[derive(Clone, Copy)]
struct Plain<'t> {
    pointers: Option<&'t dyn Array>,
    values: &'t dyn Array,
}

impl<'t> Plain<'t> {
    fn of(node: &Node<'t>) -> Option<Self> {
        match node {
            Node::Leaf(values) => Some(Self { pointers: None, values: *values }),
            Node::Pointers(pointers, values) => match **values {
                Node::Leaf(values) => Some(Self { pointers: Some(*pointers), values }),
                _ => None,
            },
            _ => None,
        }
    }

    fn event(&self, row: usize) -> Event<'t> {
        match self.pointers {
            None => leaf(self.values, row),
            Some(pointers) if !is_given(pointers, row) => Event::Null,
            Some(pointers) => pointed(pointers, row).map_or(Event::Null, |row| leaf(self.values, row)),
        }
    }
}

/// Takes the columns out of a plan that are read as a whole; the plan keeps the others.
pub(super) fn split<'t>(plan: &mut Plan<'t>, shape: Shape) -> Vec<Whole<'t>> {
    let mut out = Vec::new();
    let Node::Object(root) = &mut plan.root else { return out };
    match shape {
        Shape::Record(role) => Splitter { role, out: &mut out }.record(root),
        Shape::Case => {
            for role in Role::MAIN {
                let member = root.members.iter_mut().find(|(name, _)| *name == role.as_str());
                if let Some((_, Node::Object(record))) = member {
                    Splitter { role, out: &mut out }.record(record);
                }
            }
            root.members.retain(|(_, node)| !is_used_up(node));
        }
    }
    out
}

/// An object of which nothing is left.
fn is_used_up(node: &Node<'_>) -> bool {
    matches!(node, Node::Object(object) if object.members.is_empty() && is_full(object.array))
}

fn is_full(array: Option<&dyn Array>) -> bool {
    array.is_none_or(|array| array.null_count() == 0)
}

struct Splitter<'o, 't> {
    role: Role,
    out: &'o mut Vec<Whole<'t>>,
}

impl<'t> Splitter<'_, 't> {
    fn record(&mut self, record: &mut Object<'t>) {
        if let Some(table) = self.role.layout().table(0) {
            self.object(record, &table.object);
        }
    }

    fn object(&mut self, object: &mut Object<'t>, node: &'static ObjectNode) {
        let Some(stated) = stated(object).filter(|_| is_full(object.array)) else { return };
        object.members.retain_mut(|(name, member)| stated.contains(name) || !self.takes(name, member, node));
    }

    /// Whether nothing of a member is left to be read otherwise.
    fn takes(&mut self, name: &str, member: &mut Node<'t>, node: &'static ObjectNode) -> bool {
        let Some(index) = node.def.fields.iter().position(|field| field.name == name) else { return false };
        match (node.places.get(index), member) {
            (Some(Place::Object(inner)), Node::Object(object)) => {
                self.object(object, inner);
                object.members.is_empty() && is_full(object.array)
            }
            (Some(Place::Column(column)), member) => {
                let id = ColumnId { table: 0, column: *column };
                let values = self.values(id, member);
                let takes = values.is_some();
                self.out.extend(values.map(|values| Whole { role: self.role, id, values }));
                takes
            }
            _ => false,
        }
    }

    fn values(&self, id: ColumnId, node: &Node<'t>) -> Option<Values<'t>> {
        let column = self.role.layout().column(id)?;
        match (column.field.kind, node) {
            (FieldType::Objects(_), Node::List(array, element)) => {
                let Node::Object(object) = &**element else { return None };
                let members = self.members(column.child?, object)?;
                has_short_lists(*array).then_some(Values::List(*array, members))
            }
            (FieldType::Codes(_), Node::List(array, element)) => {
                let plain = Plain::of(element).filter(|plain| has_no_blank(plain, element))?;
                let id = ColumnId { table: column.child?, column: 0 };
                has_short_lists(*array).then(|| Values::List(*array, vec![(id, plain)]))
            }
            (FieldType::Objects(_) | FieldType::Codes(_), _) => None,
            _ => Plain::of(node).map(Values::Plain),
        }
    }

    /// The columns of the elements of a list, if all of them are plain.
    fn members(&self, table: usize, object: &Object<'t>) -> Option<Vec<(ColumnId, Plain<'t>)>> {
        let node = &self.role.layout().table(table)?.object;
        let plain = |(name, member): &(&str, Node<'t>)| {
            let index = node.def.fields.iter().position(|field| field.name == *name)?;
            let (field, Place::Column(column)) = (node.def.fields.get(index)?, node.places.get(index)?) else {
                return None;
            };
            let is_list = matches!(field.kind, FieldType::Objects(_) | FieldType::Codes(_));
            Some((ColumnId { table, column: *column }, Plain::of(member).filter(|_| !is_list)?))
        };
        is_full(object.array).then(|| object.members.iter().map(plain).collect())?
    }
}

/// The names of an object that reasons of absence may stand beside; none where that cannot be told.
fn stated<'t>(object: &Object<'t>) -> Option<Vec<&'t str>> {
    let reasons = object.members.iter().find(|(name, _)| *name == "absent");
    match reasons.map(|(_, node)| node) {
        None => Some(Vec::new()),
        Some(Node::Object(reasons)) => Some(reasons.members.iter().map(|(name, _)| *name).collect()),
        Some(_) => None,
    }
}

fn has_short_lists(array: &dyn Array) -> bool {
    (0..array.len()).all(|row| range(array, row).is_some_and(|range| range.len() <= limits::LIST))
}

fn has_no_blank(plain: &Plain<'_>, element: &Node<'_>) -> bool {
    let len = match element {
        Node::Leaf(array) | Node::Pointers(array, _) => array.len(),
        _ => 0,
    };
    (0..len).all(|row| !is_blank(&plain.event(row)))
}

/// Where columns are read to.
pub(super) struct Reading<'r, 't> {
    pub(super) book: &'r Rulebook,
    pub(super) records: &'r mut Records<ColumnRows<'t>>,
    /// The findings of each row.
    pub(super) findings: &'r mut [Vec<Finding>],
}

/// One value of a column.
#[derive(Clone, Copy)]
struct Spot {
    /// Its place in the array.
    at: usize,
    /// The row that it is read into.
    row: usize,
    /// The record that it belongs to.
    record: usize,
    /// Its number in a list.
    index: Option<usize>,
}

/// The elements of a list.
#[derive(Clone, Copy)]
struct Elements {
    /// The place of the first in the array.
    at: usize,
    /// The row that it is read into.
    row: usize,
    record: usize,
    len: usize,
}

impl Elements {
    fn spots(&self) -> impl Iterator<Item = Spot> {
        let Self { at, row, record, len } = *self;
        (0..len).map(move |index| Spot { at: at + index, row: row + index, record, index: Some(index) })
    }
}

/// The field of a column, and what its findings need.
struct Target<'c> {
    role: Role,
    id: ColumnId,
    field: &'c FieldDef,
    column: &'static ColumnDef,
    /// The list that the column is in.
    list: Option<&'static ColumnDef>,
}

impl Target<'_> {
    fn path(&self, spot: Spot) -> Path {
        let mut segments = Vec::new();
        if let (Some(list), Some(index)) = (self.list, spot.index) {
            segments.extend(list.segments.iter().cloned());
            segments.push(Segment::Index(index));
        }
        segments.extend(self.column.segments.iter().cloned());
        Path::new(Some(self.role), segments, self.field.marks.personal)
    }
}

impl<'t> Reading<'_, 't> {
    /// Reads a column of a batch into the rows from `first` on.
    #[inline]
    pub(super) fn read(&mut self, whole: &Whole<'t>, first: usize, count: usize) {
        match &whole.values {
            Values::Plain(plain) => {
                let spots = (0..count).map(|at| Spot { at, row: first + at, record: first + at, index: None });
                self.column(whole.role, whole.id, None, plain, spots);
            }
            Values::List(array, members) => {
                let lists = self.lists(whole, *array, first, count);
                let column = whole.role.layout().column(whole.id);
                for (id, plain) in members {
                    self.column(whole.role, *id, column, plain, lists.iter().flat_map(Elements::spots));
                }
            }
        }
    }

    /// Reads which elements each row has, and adds rows for them.
    fn lists(&mut self, whole: &Whole<'t>, array: &'t dyn Array, first: usize, count: usize) -> Vec<Elements> {
        let mut lists = Vec::new();
        let child = whole.role.layout().column(whole.id).and_then(|column| column.child);
        let (Some(table), Some(rows)) = (child, self.records.get_mut(whole.role)) else { return lists };
        let begin = rows.len(table);
        let Some(cells) = rows.cells_mut(whole.id) else { return lists };
        cells.reserve(count);
        let mut row = begin;
        for (at, record) in (0..count).zip(first..) {
            let Some(Range { start: at, end }) = range(array, at).filter(|_| is_given(array, at)) else { continue };
            let len = end.saturating_sub(at);
            put(cells, record, OwnedCell::Rows(Span { start: row, len }));
            if len > 0 {
                lists.push(Elements { at, row, record, len });
            }
            row += len;
        }
        rows.push_rows(table, row - begin);
        lists
    }

    /// Reads one value after the other.
    fn column(
        &mut self,
        role: Role,
        id: ColumnId,
        list: Option<&'static ColumnDef>,
        plain: &Plain<'t>,
        spots: impl Iterator<Item = Spot>,
    ) {
        let Some(column) = role.layout().column(id) else { return };
        let field = element_of(column.field);
        let target = Target { role, id, field: &field, column, list };
        let values = plain.values;
        let kind = if plain.pointers.is_none() { values.data_type() } else { &DataType::Null };
        let nulls = values.nulls();
        let given = |row: usize| nulls.is_none_or(|nulls| nulls.is_valid(row));
        macro_rules! read {
            ($array:expr, $event:expr) => {
                if let Some(array) = $array {
                    let event = |row: usize| if given(row) { $event(array.value(row)) } else { Event::Null };
                    return self.values(&target, spots, event);
                }
            };
        }
        match kind {
            DataType::Utf8 => read!(values.as_string_opt::<i32>(), text),
            DataType::LargeUtf8 => read!(values.as_string_opt::<i64>(), text),
            DataType::Utf8View => read!(values.as_string_view_opt(), text),
            DataType::Date32 => {
                read!(values.as_primitive_opt::<Date32Type>(), |days: i32| Event::Date(day(days.into())))
            }
            DataType::Int64 => read!(values.as_primitive_opt::<Int64Type>(), Event::Int),
            DataType::Float64 => read!(values.as_primitive_opt::<Float64Type>(), float),
            DataType::Boolean => read!(values.as_boolean_opt(), Event::Bool),
            _ => {}
        }
        self.values(&target, spots, |row| plain.event(row));
    }

    fn values(&mut self, target: &Target<'_>, spots: impl Iterator<Item = Spot>, event: impl Fn(usize) -> Event<'t>) {
        let Self { book, records, findings } = self;
        let Some(rows) = records.get_mut(target.role) else { return };
        let mut refused = Refused { target, book, findings, met: BTreeMap::new() };
        let count = spots.size_hint().0;
        if has_few_cells(target.field)
            && let Some(few) = rows.few_mut(target.id)
        {
            few.reserve(count);
            spots.for_each(|spot| {
                let place = place(few, event(spot.at), |event| refused.read(spot, event));
                few.set(spot.row, place);
            });
        } else if let Some(cells) = rows.cells_mut(target.id) {
            cells.reserve(count);
            spots.for_each(|spot| {
                let event = event(spot.at);
                let absent = OwnedCell::Absent(Absence::NotGiven);
                put(cells, spot.row, if is_blank(&event) { absent } else { refused.read(spot, event) });
            });
        }
    }
}

/// Reads values. Where they are few, it keeps what was said of texts that cannot be read: they come again, and a hint takes its time.
struct Refused<'r, 't> {
    target: &'r Target<'r>,
    book: &'r Rulebook,
    findings: &'r mut [Vec<Finding>],
    met: BTreeMap<&'t str, Finding>,
}

impl<'t> Refused<'_, 't> {
    #[inline]
    fn read(&mut self, spot: Spot, event: Event<'t>) -> Kept<'t> {
        let text = match &event {
            Event::Text(Cow::Borrowed(text)) if has_few_cells(self.target.field) => Some(*text),
            _ => None,
        };
        if let Some(met) = text.and_then(|text| self.met.get(text)) {
            let finding = Finding { paths: vec![self.target.path(spot)], ..met.clone() };
            return self.refuse(spot, finding);
        }
        let path = || self.target.path(spot);
        match leaves::read(self.target.field, event, &leaves::Context { path: &path, book: self.book }) {
            Ok(cell) => cell,
            Err(finding) => {
                let text = text.filter(|_| self.met.len() < REMEMBERED);
                self.met.extend(text.map(|text| (text, finding.clone())));
                self.refuse(spot, finding)
            }
        }
    }

    fn refuse(&mut self, spot: Spot, finding: Finding) -> Kept<'t> {
        if let Some(found) = self.findings.get_mut(spot.record) {
            // Most rows have one finding at most.
            found.reserve_exact(1);
            found.push(finding);
        }
        OwnedCell::Absent(Absence::Invalid)
    }
}

/// The place of a value among the different cells; only one that was not met before is read.
#[inline]
fn place<'t>(few: &mut Few<'t>, event: Event<'t>, read: impl FnOnce(Event<'t>) -> Kept<'t>) -> u32 {
    let known = match &event {
        Event::Text(text) => few.known(text),
        _ => None,
    };
    match known {
        Some(place) => place,
        None if is_blank(&event) => Few::NOT_GIVEN,
        None => match read(event) {
            OwnedCell::Text(Cow::Borrowed(text)) => few.place(Cell::Text(text)),
            OwnedCell::Bool(value) => few.place(Cell::Bool(value)),
            // Nothing else is read from an array into a column of few cells.
            _ => Few::INVALID,
        },
    }
}

fn text(text: &str) -> Event<'_> {
    Event::Text(Cow::Borrowed(text))
}

/// The field of the elements of a list of codes; any other is itself.
fn element_of(field: &'static FieldDef) -> FieldDef {
    let kind = match field.kind {
        FieldType::Codes(list) => FieldType::Code(list),
        kind => kind,
    };
    FieldDef { kind, ..*field }
}
