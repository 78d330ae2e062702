//! The one reader: any input to rows, with all findings.
//!
//! Input enters as a stream of events ([`Source`]: JSON text or the values of a host) and leaves as a [`Batch`]: the rows of one or
//! many records as far as they could be read, and for each all findings of its own fields. It goes through the input once, never
//! stops at the first problem and follows `docs/reading.md`. What spans fields is judged afterwards, on the rows
//! (`checks`).

pub(crate) mod leaf;
mod source;

use leaf::ReadCell;
pub use source::{Event, JsonSource, Source, Stop, Value, ValueSource};

use crate::breakage::{self, Breakage};
use crate::catalogue::{ColumnId, FieldDef, FieldType, ObjectNode, Place, Role};
use crate::counted;
use crate::field::Absence;
use crate::finding::{Code, Finding, Path, Segment};
use crate::hint;
use crate::limits;
use crate::privacy;
use crate::rows::{Cell, OwnedCell, OwnedRows, Records, Span, Store};
use crate::rulebook::Rulebook;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What was read: for each record or case one row, and its findings.
#[derive(Debug)]
pub struct Batch<R = OwnedRows> {
    /// The rows of each kind of record in the input.
    pub records: Records<R>,
    /// The findings of each record or case, in reading order.
    pub findings: Vec<Vec<Finding>>,
}

/// What the input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A record.
    Record(Role),
    /// A case: an object with a record for each role.
    Case,
}

impl Shape {
    /// The record, if it is no case.
    #[must_use]
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Record(role) => Some(role),
            Self::Case => None,
        }
    }

    /// The kinds of record that are always in it.
    pub(crate) fn roles(&self) -> &[Role] {
        match self {
            Self::Record(role) => std::slice::from_ref(role),
            Self::Case => &Role::MAIN,
        }
    }
}

/// Reads one record or case.
pub fn read_one<'t, R: Store<'t>>(source: impl Source<'t>, shape: Shape, book: &Rulebook) -> Batch<R> {
    let mut reader = Reader::new(source, shape, book);
    let stopped = reader.next().and_then(|event| reader.root(event)).and_then(|()| reader.end());
    reader.finish(stopped)
}

/// Reads one value into a field; none, if it is not one of the field's.
pub(crate) fn read_value(
    field: &FieldDef,
    event: Event<'_>,
    book: &Rulebook,
    path: &dyn Fn() -> Path,
) -> Option<OwnedCell> {
    let cell = leaf::read(field, event, &leaf::Context { path, book }).ok()?;
    Some(cell.as_cell().into())
}

/// Reads records or cases that each have a text of their own, into the same tables.
pub fn read_lines<'t, R: Store<'t>>(lines: impl Iterator<Item = &'t str>, shape: Shape, book: &Rulebook) -> Batch<R> {
    let mut reader = Reader::new(JsonSource::new(""), shape, book);
    reader.learn();
    for line in lines {
        reader.line(line);
        reader.begun = reader.findings.len();
    }
    reader.finish(Ok(()))
}

/// Reads a list of records or cases. Anything but a list is read as one of them.
pub fn read_many<'t, R: Store<'t>>(source: impl Source<'t>, shape: Shape, book: &Rulebook) -> Batch<R> {
    let mut reader = Reader::new(source, shape, book);
    reader.learn();
    let stopped = reader.many().and_then(|()| reader.end());
    reader.finish(stopped)
}

/// Reads one record or case from JSON text.
#[must_use]
pub fn read_text(text: &str, shape: Shape, book: &Rulebook) -> Batch {
    if text.len() > limits::BYTES { unread(shape) } else { read_one(JsonSource::new(text), shape, book) }
}

/// Reads a JSON list of records or cases.
#[must_use]
pub fn read_texts(text: &str, shape: Shape, book: &Rulebook) -> Batch {
    if text.len() > limits::BYTES { unread(shape) } else { read_many(JsonSource::new(text), shape, book) }
}

fn unread(shape: Shape) -> Batch {
    let mut records = empty(shape);
    push_rows(&mut records, shape);
    Batch { records, findings: vec![vec![too_long(shape)]] }
}

fn too_long(shape: Shape) -> Finding {
    Finding::new(Code::LimitBytes, Path::new(shape.role(), Vec::new(), false)).with("max", limits::BYTES)
}

/// No rows yet, of each kind that the input may hold.
fn empty<'t, R: Store<'t>>(shape: Shape) -> Records<R> {
    let mut records = Records::default();
    shape.roles().iter().for_each(|role| records.put(*role, R::empty(role.layout())));
    records
}

fn push_rows<'t, R: Store<'t>>(records: &mut Records<R>, shape: Shape) {
    for role in shape.roles() {
        records.get_mut(*role).map(|rows| rows.push_row(0));
    }
}

type Read<T = ()> = Result<T, Stop>;

struct Reader<'r, S, R> {
    source: S,
    book: &'r Rulebook,
    shape: Shape,
    records: Records<R>,
    findings: Vec<Vec<Finding>>,
    /// Records or cases of the sources before this one.
    begun: usize,
    role: Option<Role>,
    path: Vec<Segment>,
    /// For each field, by its number in the layout, the one that came after it before; empty for a record alone.
    order: Vec<usize>,
}

impl<'t, R: Store<'t>> Reader<'_, JsonSource<'t>, R> {
    /// Reads the record or case of a text of its own.
    fn line(&mut self, line: &'t str) {
        if line.len() > limits::BYTES {
            self.begin();
            return self.report(too_long(self.shape));
        }
        self.source.restart(line);
        let stopped = self.next().and_then(|event| self.root(event)).and_then(|()| self.end());
        // Where the text stopped before anything was read, there is a row in which nothing is given.
        if self.findings.len() == self.begun {
            self.begin();
        }
        self.stop(stopped);
    }
}

/// The row that an object is read into.
#[derive(Clone, Copy)]
struct Target {
    role: Role,
    table: usize,
    row: usize,
}

impl<'r, 't, S: Source<'t>, R: Store<'t>> Reader<'r, S, R> {
    fn new(source: S, shape: Shape, book: &'r Rulebook) -> Self {
        Self {
            source,
            book,
            shape,
            records: empty(shape),
            findings: Vec::new(),
            begun: 0,
            role: None,
            path: Vec::new(),
            order: Vec::new(),
        }
    }

    /// Many records come, most with their fields in one order: it is learnt.
    fn learn(&mut self) {
        let roles = if self.shape == Shape::Case { &Role::CASE } else { self.shape.roles() };
        let numbers = roles.iter().map(|role| role.layout().numbers).max();
        self.order = vec![0; numbers.unwrap_or_default()];
    }

    /// A record or case begins: its findings, and its rows in which nothing is given yet.
    fn begin(&mut self) {
        self.findings.push(Vec::new());
        self.path.clear();
        push_rows(&mut self.records, self.shape);
    }

    /// Says where the text stopped to be JSON.
    fn stop(&mut self, stopped: Read) {
        if let Err(stop) = stopped {
            let at = Path::new(None, Vec::new(), false);
            let finding = Finding::new(Code::InputSyntax, at).with("line", stop.line).with("column", stop.column);
            self.report(finding);
        }
    }

    fn finish(mut self, stopped: Read) -> Batch<R> {
        if stopped.is_err() && self.findings.is_empty() {
            self.findings.push(Vec::new());
        }
        self.stop(stopped);
        // A text that stops before its first record still has one, in which nothing is given.
        let none = self.records.iter().all(|(_, rows)| rows.len(0) == 0);
        if none && !self.findings.is_empty() {
            push_rows(&mut self.records, self.shape);
        }
        counted::fill(&mut self.records, self.book);
        Batch { records: self.records, findings: self.findings }
    }

    fn next(&mut self) -> Read<Event<'t>> {
        self.source.next_event()
    }

    fn end(&mut self) -> Read {
        self.next().map(|_| ())
    }

    fn many(&mut self) -> Read {
        match self.next()? {
            Event::StartList => loop {
                match self.next()? {
                    Event::EndList | Event::End => return Ok(()),
                    event => self.root(event)?,
                }
            },
            event => self.root(event),
        }
    }

    /// One record or case, whose first event was taken.
    fn root(&mut self, event: Event<'t>) -> Read {
        self.begin();
        match self.shape {
            Shape::Record(role) => self.record(event, role),
            Shape::Case => self.case(event),
        }
    }

    fn record(&mut self, event: Event<'t>, role: Role) -> Read {
        self.role = Some(role);
        let Some(table) = role.layout().table(0) else {
            return Ok(());
        };
        let row = self.len(role, 0).saturating_sub(1);
        self.object_value(event, &table.object, Target { role, table: 0, row })
    }

    fn case(&mut self, event: Event<'t>) -> Read {
        self.role = None;
        if event != Event::StartObject {
            self.all_invalid();
            return self.refuse(event, "object");
        }
        let mut seen = BTreeSet::new();
        loop {
            match self.next()? {
                Event::Key(name) => {
                    let role = Role::CASE.into_iter().find(|role| role.as_str() == name);
                    let fresh = seen.insert(name.to_string());
                    match role {
                        Some(role) if fresh => {
                            let event = self.next()?;
                            self.part(event, role)?;
                            self.role = None;
                        }
                        Some(_) => self.duplicate(&name)?,
                        None => self.unknown_name(&name, fresh, Role::CASE.map(Role::as_str).into_iter())?,
                    }
                }
                Event::BadKey => self.bad_key()?,
                _ => return Ok(()),
            }
        }
    }

    /// A record of a case, or a list of them. What not every case has gets its row where it is given.
    fn part(&mut self, event: Event<'t>, role: Role) -> Read {
        if !Role::MAIN.contains(&role) {
            if is_blank(&event) {
                return Ok(());
            }
            self.add_beside(role);
        }
        match role.def().fields {
            [list] if role.is_list() => {
                self.role = Some(role);
                let row = self.len(role, 0).saturating_sub(1);
                self.cell(event, list, 0, Target { role, table: 0, row })
            }
            _ => self.record(event, role),
        }
    }

    fn add_beside(&mut self, role: Role) {
        let row = self.len(Role::Placement, 0).saturating_sub(1);
        if self.records.get(role).is_none() {
            self.records.put(role, R::empty(role.layout()));
        }
        if let Some(rows) = self.records.get_mut(role) {
            while rows.len(0) <= row {
                rows.push_row(0);
            }
        }
        self.records.set_beside(role, row);
    }

    /// Every field of every record of a case that could not be read.
    fn all_invalid(&mut self) {
        for role in Role::CASE {
            if !Role::MAIN.contains(&role) {
                self.add_beside(role);
            }
            let row = self.len(role, 0).saturating_sub(1);
            if let Some(table) = role.layout().table(0) {
                self.fill(&table.object, Target { role, table: 0, row }, Absence::Invalid, true);
            }
        }
    }

    /// A value where an object is wanted.
    fn object_value(&mut self, event: Event<'t>, node: &'static ObjectNode, to: Target) -> Read {
        match event {
            Event::StartObject => self.object(node, to),
            event if is_blank(&event) => Ok(()),
            event => {
                self.fill(node, to, Absence::Invalid, true);
                self.refuse(event, "object")
            }
        }
    }

    /// The members of an object.
    fn object(&mut self, node: &'static ObjectNode, to: Target) -> Read {
        let mut seen = Seen::default();
        let mut last = None;
        let mut unknown: Option<BTreeSet<String>> = None;
        let mut reasons = None;
        let mut count = 0usize;
        let mark = self.findings.last().map_or(0, Vec::len);
        loop {
            let next = self.next_member(node, last)?;
            if matches!(next, Member::End) {
                break;
            }
            count += usize::from(!matches!(next, Member::BadName));
            match next {
                Member::End => {}
                Member::BadName => self.bad_key()?,
                _ if count > limits::FIELDS => self.skip_value()?,
                Member::Field(index) if seen.insert(index) => {
                    last = Some(index);
                    self.member(node, index, to)?;
                }
                Member::Field(index) => {
                    let name = node.def.fields.get(index).map_or("", |field| field.name);
                    self.duplicate(name)?;
                }
                Member::Other(name) if name == "absent" && reasons.is_none() => {
                    let found = self.reasons(node)?;
                    if breakage::is(Breakage::OrderOfKeys) {
                        found.iter().for_each(|(index, reason)| self.state(node, *index, to, *reason));
                        reasons = Some(Vec::new());
                    } else {
                        reasons = Some(found);
                    }
                }
                Member::Other(name) if name == "absent" => self.duplicate(&name)?,
                Member::Other(name) => {
                    let fresh = unknown.get_or_insert_default().insert(name.to_string());
                    self.unknown_name(&name, fresh, node.def.fields.iter().map(|field| field.name))?;
                }
            }
        }
        for (index, reason) in reasons.unwrap_or_default() {
            self.state(node, index, to, reason);
        }
        if count > limits::FIELDS {
            self.give_up(node, to, mark);
        }
        Ok(())
    }

    /// The name of the next member. The field that came after the last one before is tried first, at first that of the catalogue.
    #[inline]
    fn next_member(&mut self, node: &'static ObjectNode, last: Option<usize>) -> Read<Member<'t>> {
        let next = last.map_or(0, |last| last + 1);
        let guess = self.order.get(node.number + next).copied().unwrap_or(next);
        if let Some(field) = node.def.fields.get(guess)
            && self.source.take_key(field.name)
        {
            return Ok(Member::Field(guess));
        }
        Ok(match self.next()? {
            Event::Key(name) => match node.field(&name) {
                Some(index) => {
                    if let Some(place) = self.order.get_mut(node.number + next) {
                        *place = index;
                    }
                    Member::Field(index)
                }
                None => Member::Other(name),
            },
            Event::BadKey => Member::BadName,
            _ => Member::End,
        })
    }

    /// The value of a field that the catalogue knows.
    fn member(&mut self, node: &'static ObjectNode, index: usize, to: Target) -> Read {
        let (Some(field), Some(place)) = (node.def.fields.get(index), node.places.get(index)) else {
            return Ok(());
        };
        self.path.push(Segment::Field(index, field.name));
        let event = self.next()?;
        let read = match place {
            Place::Object(inner) => self.object_value(event, inner, to),
            Place::Column(column) => self.cell(event, field, *column, to),
        };
        self.path.pop();
        read
    }

    fn cell(&mut self, event: Event<'t>, field: &'static FieldDef, column: usize, to: Target) -> Read {
        let id = ColumnId { table: to.table, column };
        if self.is_known(&event, id, to) {
            return Ok(());
        }
        let cell = match (field.kind, event) {
            (_, event) if is_blank(&event) => OwnedCell::Absent(Absence::NotGiven),
            (FieldType::Objects(_) | FieldType::Codes(_), Event::StartList) => self.list(field, id, to.role)?,
            (_, event) => self.leaf(event, field)?,
        };
        self.set(id, to, cell);
        Ok(())
    }

    /// Whether a value is a text that its column holds already; then it is set.
    #[inline]
    fn is_known(&mut self, event: &Event<'t>, id: ColumnId, to: Target) -> bool {
        match event {
            Event::Text(text) => self.records.get_mut(to.role).is_some_and(|rows| rows.keep_known(id, to.row, text)),
            _ => false,
        }
    }

    /// One value; lists and objects in a wrong place are passed over.
    #[inline]
    fn leaf(&mut self, event: Event<'t>, field: &FieldDef) -> Read<ReadCell<'t>> {
        let opens = matches!(event, Event::StartList | Event::StartObject);
        let path = || Path::new(self.role, self.path.clone(), field.marks.personal);
        let context = leaf::Context { path: &path, book: self.book };
        let cell = match leaf::read(field, event, &context) {
            Ok(cell) => cell,
            Err(finding) => {
                self.report(finding);
                OwnedCell::Absent(Absence::Invalid)
            }
        };
        if opens {
            self.skip_open()?;
        }
        Ok(cell)
    }

    fn list(&mut self, field: &'static FieldDef, id: ColumnId, role: Role) -> Read<ReadCell<'t>> {
        let child = role.layout().column(id).and_then(|c| c.child);
        let Some((table, def)) = child.and_then(|t| role.layout().table(t).map(|def| (t, def))) else {
            self.skip_open()?;
            return Ok(OwnedCell::Absent(Absence::Invalid));
        };
        let start = self.len(role, table);
        let mut len = 0usize;
        loop {
            let event = self.next()?;
            if matches!(event, Event::EndList | Event::End) {
                break;
            }
            if len >= limits::LIST {
                len += 1;
                self.skip(event)?;
                continue;
            }
            let row = self.records.get_mut(role).map_or(0, |rows| rows.push_row(table));
            self.path.push(Segment::Index(len));
            self.element(event, field, &def.object, Target { role, table, row })?;
            self.path.pop();
            len += 1;
        }
        if len > limits::LIST {
            let finding = self.here(Code::LimitList, field.marks.personal).with("max", limits::LIST);
            self.report(finding);
            return Ok(OwnedCell::Absent(Absence::Invalid));
        }
        Ok(OwnedCell::Rows(Span { start, len }))
    }

    /// An element of a list: an object, or a code of the field's list. A list has no empty places.
    fn element(&mut self, event: Event<'t>, field: &'static FieldDef, node: &'static ObjectNode, to: Target) -> Read {
        let FieldType::Codes(list) = field.kind else {
            if is_blank(&event) {
                self.fill(node, to, Absence::Invalid, true);
                return self.refuse(event, "object");
            }
            return self.object_value(event, node, to);
        };
        if is_blank(&event) {
            self.fill(node, to, Absence::Invalid, true);
            return self.refuse(event, "code");
        }
        let id = ColumnId { table: to.table, column: 0 };
        if self.is_known(&event, id, to) {
            return Ok(());
        }
        let element = FieldDef { kind: FieldType::Code(list), ..*field };
        let cell = self.leaf(event, &element)?;
        self.set(id, to, cell);
        Ok(())
    }

    /// The member `absent`: reasons beside fields, by the position of the field.
    fn reasons(&mut self, node: &'static ObjectNode) -> Read<Vec<(usize, Absence)>> {
        let mut reasons = Vec::new();
        self.path.push(Segment::Unknown("absent".to_owned()));
        match self.next()? {
            Event::StartObject => {
                let mut seen = BTreeSet::new();
                loop {
                    match self.next()? {
                        Event::Key(name) if !seen.insert(name.to_string()) => self.duplicate(&name)?,
                        Event::Key(name) => self.reason(node, &name, &mut reasons)?,
                        Event::BadKey => self.bad_key()?,
                        _ => break,
                    }
                }
            }
            event if is_blank(&event) => {}
            event => self.refuse(event, "object")?,
        }
        self.path.pop();
        Ok(reasons)
    }

    fn reason(&mut self, node: &'static ObjectNode, name: &str, reasons: &mut Vec<(usize, Absence)>) -> Read {
        let Some(index) = node.def.fields.iter().position(|field| field.name == name) else {
            return self.unknown_name(name, true, node.def.fields.iter().map(|field| field.name));
        };
        self.path.push(Segment::Unknown(name.to_owned()));
        match self.next()? {
            event if is_blank(&event) => {}
            Event::Text(word) => match Absence::parse_stated(&word) {
                Some(reason) => reasons.push((index, reason)),
                None => {
                    let value: String = word.chars().take(64).collect();
                    let finding = self.here(Code::AbsenceReason, false).with("value", value);
                    self.report(finding);
                }
            },
            event => self.refuse(event, "text")?,
        }
        self.path.pop();
        Ok(())
    }

    /// Puts a stated reason on a field, or on each field of an object that has neither value nor reason.
    fn state(&mut self, node: &'static ObjectNode, index: usize, to: Target, reason: Absence) {
        let (Some(field), Some(place)) = (node.def.fields.get(index), node.places.get(index)) else {
            return;
        };
        let column = match place {
            Place::Object(inner) => return self.fill(inner, to, reason, false),
            Place::Column(column) => *column,
        };
        let id = ColumnId { table: to.table, column };
        let cell = match self.cell_of(id, to) {
            Cell::Absent(Absence::NotGiven) => OwnedCell::Absent(reason),
            _ => {
                self.path.push(Segment::Field(index, field.name));
                let finding =
                    self.here(Code::AbsenceContradicted, field.marks.personal).with("reason", reason.as_str());
                self.path.pop();
                self.report(finding);
                OwnedCell::Absent(Absence::Invalid)
            }
        };
        self.set(id, to, cell);
    }

    /// Puts a reason on every field of an object, or only on those that were not given.
    fn fill(&mut self, node: &'static ObjectNode, to: Target, reason: Absence, all: bool) {
        for place in &node.places {
            match place {
                Place::Object(inner) => self.fill(inner, to, reason, all),
                Place::Column(column) => {
                    let id = ColumnId { table: to.table, column: *column };
                    let open = self.cell_of(id, to) == Cell::Absent(Absence::NotGiven);
                    if all || open {
                        self.set(id, to, OwnedCell::Absent(reason));
                    }
                }
            }
        }
    }

    /// A value of the wrong kind.
    fn refuse(&mut self, event: Event<'t>, expected: &'static str) -> Read {
        let finding = match event {
            Event::TooDeep => self.here(Code::LimitDepth, false).with("max", limits::DEPTH),
            _ => self.here(Code::TypeMismatch, false).with("expected", expected).with("got", kind_of(&event)),
        };
        self.report(finding);
        self.skip(event)
    }

    fn duplicate(&mut self, name: &str) -> Read {
        let finding = self.below(Code::KeyDuplicate, name).with("name", name);
        self.report(finding);
        self.skip_value()
    }

    fn bad_key(&mut self) -> Read {
        let finding = self.here(Code::TextNotUnicode, false);
        self.report(finding);
        self.skip_value()
    }

    /// An object with too many keys counts as not readable as a whole, so that the order of its keys does not matter.
    fn give_up(&mut self, node: &'static ObjectNode, to: Target, mark: usize) {
        if let Some(findings) = self.findings.last_mut() {
            findings.truncate(mark);
        }
        self.fill(node, to, Absence::Invalid, true);
        let finding = self.here(Code::LimitFields, false).with("max", limits::FIELDS);
        self.report(finding);
    }

    /// A name that the catalogue does not know, or that the rulebook refuses for privacy.
    fn unknown_name(&mut self, name: &str, fresh: bool, names: impl Iterator<Item = &'static str>) -> Read {
        if !fresh {
            return self.duplicate(name);
        }
        let path = self.path_below(name);
        self.report(unknown_field(self.book, path, name, names));
        self.path.push(Segment::Unknown(name.to_owned()));
        let skipped = self.skip_value();
        self.path.pop();
        skipped
    }

    fn here(&self, code: Code, personal: bool) -> Finding {
        Finding::new(code, Path::new(self.role, self.path.clone(), personal))
    }

    fn below(&self, code: Code, name: &str) -> Finding {
        Finding::new(code, self.path_below(name))
    }

    fn path_below(&self, name: &str) -> Path {
        let mut path = self.path.clone();
        path.push(self.known_segment(name).unwrap_or_else(|| Segment::Unknown(name.to_owned())));
        Path::new(self.role, path, false)
    }

    /// The catalogue's segment of a name in the object that the path leads to.
    fn known_segment(&self, name: &str) -> Option<Segment> {
        let mut def = self.role?.def();
        for segment in &self.path {
            match segment {
                Segment::Field(index, _) => match def.fields.get(*index)?.kind {
                    FieldType::Object(inner) | FieldType::Objects(inner) => def = inner,
                    _ => return None,
                },
                Segment::Index(_) => {}
                Segment::Unknown(_) => return None,
            }
        }
        let index = def.fields.iter().position(|field| field.name == name)?;
        crate::finding::segment(def.fields, index)
    }

    fn report(&mut self, finding: Finding) {
        if let Some(findings) = self.findings.last_mut() {
            findings.push(finding);
        }
    }

    fn skip_value(&mut self) -> Read {
        let event = self.next()?;
        self.skip(event)
    }

    /// Passes over a value whose first event was taken.
    fn skip(&mut self, event: Event<'t>) -> Read {
        match event {
            Event::StartList | Event::StartObject => self.skip_open(),
            Event::TooDeep => {
                self.too_deep();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Passes over the rest of a list or object.
    fn skip_open(&mut self) -> Read {
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()? {
                Event::StartList | Event::StartObject => depth += 1,
                Event::EndList | Event::EndObject => depth -= 1,
                Event::TooDeep => self.too_deep(),
                Event::End => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    fn too_deep(&mut self) {
        let finding = self.here(Code::LimitDepth, false).with("max", limits::DEPTH);
        self.report(finding);
    }

    fn cell_of(&self, id: ColumnId, to: Target) -> Cell<'_> {
        self.records.cell(to.role, id, to.row)
    }

    fn set(&mut self, id: ColumnId, to: Target, cell: ReadCell<'t>) {
        if let Some(rows) = self.records.get_mut(to.role) {
            rows.keep(id, to.row, cell);
        }
    }

    /// Number of rows of a table.
    fn len(&self, role: Role, table: usize) -> usize {
        self.records.get(role).map_or(0, |rows| rows.len(table))
    }
}

/// The name of a member.
enum Member<'t> {
    /// That of a field.
    Field(usize),
    /// Another name.
    Other(Cow<'t, str>),
    /// A name with a lone surrogate.
    BadName,
    /// There is no other member.
    End,
}

/// The fields of an object that were there already.
#[derive(Default)]
struct Seen {
    first: u64,
    others: Vec<usize>,
}

impl Seen {
    /// Whether a field is there for the first time.
    fn insert(&mut self, index: usize) -> bool {
        let Some(bit) = u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index)) else {
            let fresh = !self.others.contains(&index);
            self.others.extend(fresh.then_some(index));
            return fresh;
        };
        let fresh = self.first & bit == 0;
        self.first |= bit;
        fresh
    }
}

/// The finding for a name that the catalogue does not know, or that the rulebook refuses for privacy.
pub(crate) fn unknown_field(
    book: &Rulebook,
    path: Path,
    name: &str,
    names: impl Iterator<Item = &'static str>,
) -> Finding {
    if let Some(code) = privacy::refused_name(book, name) {
        return Finding::new(code, path);
    }
    let finding = Finding::new(Code::FieldUnknown, path).with("name", name);
    match hint::nearest(name, names) {
        Some(hint) => finding.with("hint", hint),
        None => finding,
    }
}

/// Null, or text without a visible character: nothing was given.
#[inline]
pub(crate) fn is_blank(event: &Event<'_>) -> bool {
    match event {
        Event::Null => true,
        Event::Text(text) => !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty(),
        _ => false,
    }
}

/// Blank text counts as null.
fn kind_of(event: &Event<'_>) -> &'static str {
    if is_blank(event) { "null" } else { event.kind() }
}
