//! Sets of records: what is wrong between the rows of a partner's tables, beside what is wrong in each.
//!
//! Lists of records enter, one for each kind ([`SetOf`]); a [`SetReport`] leaves. Between rows: a key that stands twice, a reference that leads
//! nowhere, two placements of one person at the same time, more placements than places, sessions of a worksite that have too much together.
//! Each rule is a function of its own; all of them read through [`Rows`], whoever holds the cells. A kind that was not handed in is not
//! judged against. At the same time means a day that placements share and, where both have a schedule, a minute of it.

mod presence;
mod sessions;

use crate::catalogue::{ColumnId, Role};
use crate::checks;
use crate::date::Date;
use crate::figures;
use crate::finding::{Code, Finding, Path, Segment, Severity, settle};
use crate::json::Json;
use crate::kernel::weekday;
use crate::order;
use crate::purge::Purge;
use crate::reader::{Batch, Shape, Value, ValueSource, read_many, read_texts};
use crate::report::{counts_json, rows_json};
use crate::rows::{Cell, OwnedRows, Records, Rows};
use crate::rulebook::Rulebook;
use presence::{Crowd, Week, Weekdays};
use std::collections::BTreeMap;

/// At most so many rows are named in a finding.
const NAMED_ROWS: usize = 20;
/// With at most so many placements of the same person that have a schedule and go on, a placement is compared.
const COMPARED: usize = 100;

/// References that lead from a field to the `id` of one of some kinds.
const REFERENCES: [(Role, &str, &[Role]); 5] = [
    (Role::Placement, "person", &[Role::Participant, Role::Professional]),
    (Role::Placement, "renewal_of", &[Role::Placement]),
    (Role::Placement, "worksite", &[Role::Worksite]),
    (Role::Placement, "host.organisation", &[Role::Organisation]),
    (Role::Worksite, "host.organisation", &[Role::Organisation]),
];

/// The lists of a set, each kind once.
#[derive(Debug)]
pub struct SetOf<'b> {
    book: &'b Rulebook,
    records: Records<OwnedRows>,
    read: BTreeMap<Role, Vec<Vec<Finding>>>,
}

impl<'b> SetOf<'b> {
    /// No list yet.
    #[must_use]
    pub fn new(book: &'b Rulebook) -> Self {
        Self { book, records: Records::default(), read: BTreeMap::new() }
    }

    /// Adds the records of a kind, a JSON list. A second list of a kind takes the place of the first.
    pub fn add_text(&mut self, role: Role, text: &str) {
        self.add(role, read_texts(text, Shape::Record(role), self.book));
    }

    /// Adds the records of a kind, a list of values of a host language.
    pub fn add_value(&mut self, role: Role, value: &Value) {
        self.add(role, read_many(ValueSource::new(value), Shape::Record(role), self.book));
    }

    fn add(&mut self, role: Role, batch: Batch) {
        let Batch { mut records, findings } = batch;
        if let Some(rows) = records.take(role) {
            self.records.put(role, rows);
            self.read.insert(role, findings);
        }
    }

    /// What has to be deleted or anonymised by a day.
    #[must_use]
    pub fn purge(self, on: Date) -> Purge<'b> {
        Purge::of(self.book, &self.records, on)
    }

    /// Judges each record alone, and all of them together.
    #[must_use]
    pub fn check(self, on: Date) -> SetReport<'b> {
        let Self { book, records, read } = self;
        let findings = between(book, &records);
        let mut tables = BTreeMap::new();
        let mut records = records;
        for (role, read) in read {
            // A record is judged as if it had come alone.
            let mut own = Records::default();
            if let Some(rows) = records.take(role) {
                own.put(role, rows);
            }
            let settle = |(row, read)| checks::settled(book, &own, row, read, on);
            tables.insert(role, read.into_iter().enumerate().map(settle).collect());
        }
        SetReport { on, findings, tables, book }
    }
}

/// What is wrong in a set on a day.
#[derive(Debug)]
pub struct SetReport<'b> {
    /// The given day.
    pub on: Date,
    /// What is wrong between rows. Paths begin with the kind and the row, `placement[3].start`.
    pub findings: Vec<Finding>,
    /// The findings of each record, by kind and row.
    pub tables: BTreeMap<Role, Vec<Vec<Finding>>>,
    /// The rulebook that judged.
    pub book: &'b Rulebook,
}

impl SetReport<'_> {
    /// How many findings of a weight there are, in rows and between them.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let rows = self.tables.values().flatten().flatten();
        self.findings.iter().chain(rows).filter(|finding| finding.severity == severity).count()
    }

    /// The report as JSON. Personal values are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        let table = |(role, rows): (&Role, &Vec<Vec<Finding>>)| {
            let members = [("rows", Json::from(rows.len())), ("findings", rows_json(rows, &[], values))];
            (role.as_str().to_owned(), Json::object(members))
        };
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("on", Json::from(self.on.to_string())),
            ("counts", counts_json(|severity| self.count(severity))),
            ("findings", self.findings.iter().map(|finding| finding.to_json(true, values)).collect()),
            ("tables", Json::Object(self.tables.iter().map(table).collect())),
        ])
    }
}

/// What is wrong between the rows of some records, in the order of findings.
#[must_use]
pub fn between<R: Rows>(book: &Rulebook, records: &Records<R>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (role, rows) in records.iter() {
        duplicates(role, rows, &mut findings);
    }
    for (role, field, targets) in REFERENCES {
        references(records, role, field, targets, &mut findings);
    }
    overlaps(records, &mut findings);
    places(records, &mut findings);
    sessions::together(records, &mut findings);
    if let Some(rows) = records.get(Role::Observation) {
        findings.extend(figures::between(book, rows));
    }
    settle(findings)
}

/// Rows of a kind with one key. What is not given is equal to what is not given: a total has no breakdown.
fn duplicates<R: Rows>(role: Role, rows: &R, findings: &mut Vec<Finding>) {
    let columns = key_columns(role);
    let Some(first) = columns.first() else { return };
    let mut seen: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for row in 0..rows.len(0) {
        if !matches!(rows.cell(*first, row), Cell::Absent(_)) {
            seen.entry(columns.iter().map(|id| told(rows.cell(*id, row))).collect()).or_default().push(row);
        }
    }
    for same in seen.values().filter(|same| same.len() > 1) {
        let paths: Vec<Path> = same.iter().take(NAMED_ROWS).map(|row| path(role, *row, *first)).collect();
        findings.push(Finding::new(Code::SetDuplicate, paths).with("rows", same.len()));
    }
}

/// The columns of a kind's key; those of an object all together.
fn key_columns(role: Role) -> Vec<ColumnId> {
    let columns = role.layout().table(0).map(|table| table.columns.as_slice()).unwrap_or_default();
    let of_key = |path: &str| {
        role.def()
            .key
            .iter()
            .any(|key| path.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    columns
        .iter()
        .enumerate()
        .filter(|(_, column)| of_key(&column.path))
        .map(|(column, _)| ColumnId { table: 0, column })
        .collect()
}

/// A cell as text to be compared.
fn told(cell: Cell<'_>) -> String {
    match cell {
        Cell::Absent(_) => String::new(),
        cell => crate::decision::cell_json(cell).to_canonical(),
    }
}

/// References to records that are not in the tables handed in.
fn references<R: Rows>(records: &Records<R>, role: Role, field: &str, targets: &[Role], findings: &mut Vec<Finding>) {
    let (Some(rows), Some(id)) = (records.get(role), role.layout().find(field)) else { return };
    let tables: Vec<(Role, &R)> = targets.iter().filter_map(|target| Some((*target, records.get(*target)?))).collect();
    if tables.is_empty() {
        return;
    }
    let known = order::set(tables.iter().flat_map(|(target, rows)| ids(*target, *rows)));
    for row in 0..rows.len(0) {
        if let Some(text) = text(rows, id, row).filter(|text| !known.contains(text)) {
            findings.push(Finding::new(Code::SetReference, path(role, row, id)).with_value("value", text));
        }
    }
}

fn ids<R: Rows>(role: Role, rows: &R) -> impl Iterator<Item = &str> {
    let id = role.layout().find("id");
    (0..rows.len(0)).filter_map(move |row| text(rows, id?, row))
}

/// Placements of one person at the same time. Each is told with the one before it that lasts longest.
fn overlaps<R: Rows>(records: &Records<R>, findings: &mut Vec<Finding>) {
    let mut by_person: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for span in spans(records) {
        if let Some(person) = span.person {
            by_person.entry(person).or_default().push(span);
        }
    }
    for spans in by_person.values_mut() {
        order::sort_by(spans, |a, b| (a.start, a.end, a.row).cmp(&(b.start, b.end, b.row)));
        let mut earlier = Earlier::default();
        for span in spans.iter() {
            if let Some(before) = earlier.meeting(span) {
                let paths: Vec<Path> = [before, span].into_iter().filter_map(|one| span_path(one.row)).collect();
                let until = span.end.min(before.end).to_string();
                let finding =
                    Finding::new(Code::SetOverlap, paths).with("from", span.start.to_string()).with("until", until);
                findings.push(finding);
            }
            earlier.add(span);
        }
    }
}

/// The placements of a person that began before another.
#[derive(Default)]
struct Earlier<'s> {
    /// The one that lasts longest.
    longest: Option<&'s Span<'s>>,
    /// Of those without a schedule.
    longest_at_any_time: Option<&'s Span<'s>>,
    /// Those with a schedule that go on.
    with_week: Vec<&'s Span<'s>>,
}

impl<'s> Earlier<'s> {
    fn add(&mut self, span: &'s Span<'s>) {
        let longer = |before: Option<&'s Span<'s>>| before.filter(|before| before.end >= span.end).or(Some(span));
        self.longest = longer(self.longest);
        if span.week.is_none() {
            self.longest_at_any_time = longer(self.longest_at_any_time);
        } else if self.with_week.len() < COMPARED {
            self.with_week.push(span);
        }
    }

    /// The one that lasts longest of those that are there at a time at which another is, too.
    fn meeting(&mut self, span: &Span<'_>) -> Option<&'s Span<'s>> {
        self.with_week.retain(|before| before.end >= span.start);
        let goes_on = |before: &&Span<'_>| span.start <= before.end;
        let Some(week) = &span.week else { return self.longest.filter(goes_on) };
        let meets = |before: &&Span<'_>| {
            let days = Weekdays::between(span.start, span.end.min(before.end));
            before.week.as_ref().is_none_or(|other| other.meets(week, days))
        };
        let with_week = self.with_week.iter().copied().filter(meets);
        let all = self.longest_at_any_time.into_iter().filter(goes_on).chain(with_week);
        all.reduce(|one, two| {
            let later = (two.end, one.start, one.row) > (one.end, two.start, two.row);
            if later { two } else { one }
        })
    }
}

/// More placements on one day than a worksite, one of its sessions or an agreement of a host has places.
fn places<R: Rows>(records: &Records<R>, findings: &mut Vec<Finding>) {
    let spans: Vec<Span> = spans(records).collect();
    if let Some(rows) = records.get(Role::Worksite) {
        let by_worksite = grouped(&spans, |span| span.worksite);
        for row in 0..rows.len(0) {
            let here = group(&by_worksite, field(Role::Worksite, rows, "id", row));
            full(Role::Worksite, rows, "places", (row, None), here.iter().copied(), findings);
            for (offset, element) in elements(Role::Worksite, rows, "sessions", row) {
                let id = list_text(Role::Worksite, rows, "sessions", "id", element);
                let in_it = here.iter().copied().filter(|span| span.session.is_some() && span.session == id);
                full(Role::Worksite, rows, "places", (row, Some(("sessions", offset, element))), in_it, findings);
            }
        }
    }
    let Some(rows) = records.get(Role::Organisation) else { return };
    let by_host = grouped(&spans, |span| span.host);
    for row in 0..rows.len(0) {
        let of_host = group(&by_host, field(Role::Organisation, rows, "id", row));
        for (offset, element) in elements(Role::Organisation, rows, "scheme_agreements", row) {
            let scheme = list_text(Role::Organisation, rows, "scheme_agreements", "scheme", element);
            let of_it = of_host.iter().copied().filter(|span| span.scheme.is_some() && span.scheme == scheme);
            let here = (row, Some(("scheme_agreements", offset, element)));
            full(Role::Organisation, rows, "places", here, of_it, findings);
        }
    }
}

/// Placements by a text that they have.
type Groups<'s> = BTreeMap<&'s str, Vec<&'s Span<'s>>>;

fn grouped<'s>(spans: &'s [Span<'s>], by: impl Fn(&Span<'s>) -> Option<&'s str>) -> Groups<'s> {
    let mut groups = Groups::new();
    for span in spans {
        if let Some(text) = by(span) {
            groups.entry(text).or_default().push(span);
        }
    }
    groups
}

fn group<'g, 's>(groups: &'g Groups<'s>, text: Option<&str>) -> &'g [&'s Span<'s>] {
    text.and_then(|text| groups.get(text)).map_or(&[], Vec::as_slice)
}

/// A place for findings: a row, or an element of one of its lists (its name, its number, its row).
type Here<'h> = (usize, Option<(&'h str, usize, usize)>);

/// A finding where more placements share a day than there are places.
fn full<'s, R: Rows>(
    role: Role,
    rows: &R,
    name: &str,
    (row, element): Here<'_>,
    spans: impl Iterator<Item = &'s Span<'s>>,
    findings: &mut Vec<Finding>,
) {
    let (id, cell_row) = match element {
        None => (role.layout().find(name), row),
        Some((list, _, element)) => (list_column(role, list, name), element),
    };
    let Some((id, places)) = id.and_then(|id| match rows.cell(id, cell_row) {
        Cell::Integer(places) => Some((id, places)),
        _ => None,
    }) else {
        return;
    };
    let Some((day, taken)) = fullest(spans, places) else { return };
    let path = match element {
        None => path(role, row, id),
        Some((list, offset, _)) => element_path(role, row, list, offset, id),
    };
    let finding = Finding::new(Code::SetPlaces, path).with("places", places).with("taken", taken);
    findings.push(finding.with("on", day.to_string()));
}

/// The first day on which most placements are there at one time, and how many they are, if they are more than there are places.
fn fullest<'s>(spans: impl Iterator<Item = &'s Span<'s>>, places: i64) -> Option<(Date, i64)> {
    let mut changes: BTreeMap<Date, Vec<(i64, Option<&Week>)>> = BTreeMap::new();
    for span in spans {
        changes.entry(span.start).or_default().push((1, span.week.as_ref()));
        if let Some(after) = span.end.plus_days(1) {
            changes.entry(after).or_default().push((-1, span.week.as_ref()));
        }
    }
    let mut crowd = Crowd::default();
    let mut most: Option<(Date, i64)> = None;
    let mut days = changes.iter().peekable();
    while let Some((first, changes)) = days.next() {
        changes.iter().for_each(|(by, week)| crowd.change(*week, *by));
        let next = days.peek().and_then(|(next, _)| next.plus_days(-1));
        let last = next.or_else(|| first.plus_days(6)).unwrap_or(*first);
        most = crowd.over(most.map_or(places, |(_, taken)| taken), *first, last).or(most);
    }
    most
}

/// A placement whose days are known and in order.
struct Span<'r> {
    row: usize,
    start: Date,
    end: Date,
    person: Option<&'r str>,
    worksite: Option<&'r str>,
    session: Option<&'r str>,
    host: Option<&'r str>,
    scheme: Option<&'r str>,
    /// None where the placement may be at any time of its days.
    week: Option<Week>,
}

fn spans<R: Rows>(records: &Records<R>) -> impl Iterator<Item = Span<'_>> {
    let rows = records.get(Role::Placement);
    // Found by name once, not for each row.
    let columns = Columns::find();
    let of_rows = move |rows| (0..Rows::len(rows, 0)).filter_map(move |row| span(rows, columns?, row));
    rows.into_iter().flat_map(of_rows)
}

/// The columns of a placement that a [`Span`] is made of.
#[derive(Clone, Copy)]
struct Columns {
    start: ColumnId,
    end: ColumnId,
    person: ColumnId,
    worksite: ColumnId,
    session: ColumnId,
    host: ColumnId,
    scheme: ColumnId,
    schedule: ColumnId,
    /// Day of the week, start and end of a slot.
    slot: [ColumnId; 3],
}

impl Columns {
    fn find() -> Option<Self> {
        let find = |name| Role::Placement.layout().find(name);
        let of_slot = |name| list_column(Role::Placement, "schedule", name);
        Some(Self {
            start: find("start")?,
            end: find("end")?,
            person: find("person")?,
            worksite: find("worksite")?,
            session: find("session")?,
            host: find("host.organisation")?,
            scheme: find("scheme")?,
            schedule: find("schedule")?,
            slot: [of_slot("weekday")?, of_slot("from")?, of_slot("to")?],
        })
    }
}

fn span<R: Rows>(rows: &R, columns: Columns, row: usize) -> Option<Span<'_>> {
    let day = |id| match rows.cell(id, row) {
        Cell::Date(day) => Some(day),
        _ => None,
    };
    let text = |id| text(rows, id, row);
    let (start, end) = (day(columns.start)?, day(columns.end)?);
    (start <= end).then(|| Span {
        row,
        start,
        end,
        person: text(columns.person),
        worksite: text(columns.worksite),
        session: text(columns.session),
        host: text(columns.host),
        scheme: text(columns.scheme),
        week: week(rows, columns, row),
    })
}

/// The ordinary week of a placement; none where no slot is given, or one cannot be read.
fn week<R: Rows>(rows: &R, columns: Columns, row: usize) -> Option<Week> {
    let Cell::Rows(span) = rows.cell(columns.schedule, row) else { return None };
    let [day, from, to] = columns.slot;
    let time = |id, slot| match rows.cell(id, slot) {
        Cell::Time(time) => Some(i64::from(time.minutes())),
        _ => None,
    };
    let slot = |slot| Some((weekday(text(rows, day, slot)?)?, time(from, slot)?, time(to, slot)?));
    let slots: Vec<(i64, i64, i64)> = span.rows().map(slot).collect::<Option<_>>()?;
    (!slots.is_empty()).then(|| Week::of(&slots))
}

fn field<'r, R: Rows>(role: Role, rows: &'r R, name: &str, row: usize) -> Option<&'r str> {
    text(rows, role.layout().find(name)?, row)
}

fn text<R: Rows>(rows: &R, id: ColumnId, row: usize) -> Option<&str> {
    match rows.cell(id, row) {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// The elements of a list, each with its number and its row.
fn elements<R: Rows>(role: Role, rows: &R, list: &str, row: usize) -> Vec<(usize, usize)> {
    match role.layout().find(list).map(|id| rows.cell(id, row)) {
        Some(Cell::Rows(span)) => span.rows().enumerate().collect(),
        _ => Vec::new(),
    }
}

fn list_column(role: Role, list: &str, name: &str) -> Option<ColumnId> {
    let table = role.layout().column(role.layout().find(list)?)?.child?;
    role.layout().find_in(table, name)
}

fn list_text<'r, R: Rows>(role: Role, rows: &'r R, list: &str, name: &str, row: usize) -> Option<&'r str> {
    text(rows, list_column(role, list, name)?, row)
}

fn span_path(row: usize) -> Option<Path> {
    Some(path(Role::Placement, row, Role::Placement.layout().find("start")?))
}

fn path(role: Role, row: usize, id: ColumnId) -> Path {
    let column = role.layout().column(id);
    let mut segments = vec![Segment::Index(row)];
    segments.extend(column.into_iter().flat_map(|column| column.segments.iter().cloned()));
    Path::new(Some(role), segments, column.is_none_or(|column| column.field.marks.personal))
}

fn element_path(role: Role, row: usize, list: &str, offset: usize, id: ColumnId) -> Path {
    let column = role.layout().column(id);
    let list = role.layout().find(list).and_then(|list| role.layout().column(list));
    let mut segments = vec![Segment::Index(row)];
    segments.extend(list.into_iter().flat_map(|list| list.segments.iter().cloned()));
    segments.push(Segment::Index(offset));
    segments.extend(column.into_iter().flat_map(|column| column.segments.iter().cloned()));
    Path::new(Some(role), segments, column.is_none_or(|column| column.field.marks.personal))
}
