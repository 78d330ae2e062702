//! What has to go by a day: which records of a set are to be deleted or anonymised, and why.
//!
//! The lists of a set enter ([`SetOf`](crate::dataset::SetOf)); a [`Purge`] leaves. The days are those that the records state: `keep_until` of what is about
//! a person, `evidence.kept_until` of the attendance list of an event, `keep_documents_until` of a project. Nothing is deleted here:
//! whoever holds the records does what is said. A record that is complete without its person is anonymised, which is what
//! [`View::Anonymous`](crate::view::View) writes of it; any other is deleted.

use crate::catalogue::{ColumnId, Role};
use crate::date::Date;
use crate::finding::{Code, Finding, Path, Segment, sort};
use crate::json::Json;
use crate::rows::{Cell, Records, Rows};
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// The field that says how long a record about a person is kept.
const KEEP_UNTIL: &str = "keep_until";

/// What has to be done with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is deleted.
    Delete,
    /// What it says about a person is cleared; to delete it is enough too.
    Anonymise,
    /// The list with names that a partner holds is destroyed; the record, which counts only, stays.
    DestroyList,
    /// Somebody says until when it is kept.
    SetDay,
    /// Before it is deleted, somebody looks at what else is wanted of it.
    Check,
}

impl Action {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Anonymise => "anonymise",
            Self::DestroyList => "destroy_list",
            Self::SetDay => "set_day",
            Self::Check => "check",
        }
    }
}

/// Something that has to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// The kind of record.
    pub role: Role,
    /// The row in the list of its kind, from 0.
    pub row: usize,
    /// What has to be done.
    pub action: Action,
    /// Why, with the fields that say so.
    pub why: Finding,
}

/// What has to go by a day.
#[derive(Debug)]
pub struct Purge<'b> {
    /// The given day.
    pub on: Date,
    /// What has to be done, in the order of findings.
    pub due: Vec<Due>,
    /// Number of records that were looked at, by kind.
    pub rows: BTreeMap<Role, usize>,
    /// The rulebook whose texts tell it.
    pub book: &'b Rulebook,
}

impl<'b> Purge<'b> {
    /// Looks at the rows of some kinds of record.
    #[must_use]
    pub fn of<R: Rows>(book: &'b Rulebook, records: &Records<R>, on: Date) -> Self {
        let rows = records.iter().map(|(role, rows)| (role, rows.len(0))).collect();
        Self { on, due: due(records, on), rows, book }
    }

    /// The JSON: what is due, and how much was looked at. Days of personal records are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        let rows = self.rows.iter().map(|(role, count)| (role.as_str().to_owned(), Json::from(*count))).collect();
        let mut actions: BTreeMap<Action, usize> = BTreeMap::new();
        self.due.iter().for_each(|due| *actions.entry(due.action).or_default() += 1);
        let actions = actions.into_iter().map(|(action, count)| (action.as_str().to_owned(), Json::from(count)));
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("on", Json::from(self.on.to_string())),
            ("rows", Json::Object(rows)),
            ("actions", Json::Object(actions.collect())),
            ("due", self.due.iter().map(|due| due.to_json(values)).collect()),
        ])
    }
}

impl Due {
    fn to_json(&self, values: bool) -> Json {
        let Json::Object(mut members) = self.why.to_json(true, values) else { return Json::Null };
        members.retain(|(name, _)| name != "severity");
        members.push(("record".to_owned(), Json::from(self.role.as_str())));
        members.push(("row".to_owned(), Json::from(self.row)));
        members.push(("action".to_owned(), Json::from(self.action.as_str())));
        Json::Object(members)
    }
}

fn due<R: Rows>(records: &Records<R>, on: Date) -> Vec<Due> {
    let people = people(records);
    let mut due = Vec::new();
    for (role, rows) in records.iter() {
        for row in 0..rows.len(0) {
            let record = Record { role, rows, row };
            due.extend(record.own(on).or_else(|| record.of_person(&people, on)).or_else(|| record.no_day(&people)));
            due.extend(record.list(on));
        }
    }
    due.extend(wanted_elsewhere(records, &due, on));
    sort(&mut due, |due| &due.why);
    due
}

/// Until when somebody is kept, and where that is said.
type People<'r> = BTreeMap<&'r str, (Date, Path)>;

/// Participants and professionals by their reference; of one that stands twice, the later day counts.
fn people<R: Rows>(records: &Records<R>) -> People<'_> {
    let mut people: People<'_> = BTreeMap::new();
    for role in [Role::Participant, Role::Professional] {
        let Some(rows) = records.get(role) else { continue };
        for row in 0..rows.len(0) {
            let record = Record { role, rows, row };
            let (Some(id), Some((day, path))) = (record.text("id"), record.day(KEEP_UNTIL)) else { continue };
            if people.get(id).is_none_or(|(known, _)| *known < day) {
                people.insert(id, (day, path));
            }
        }
    }
    people
}

/// One record of a set.
struct Record<'r, R> {
    role: Role,
    rows: &'r R,
    row: usize,
}

impl<'r, R: Rows> Record<'r, R> {
    /// Its own day is over.
    fn own(&self, on: Date) -> Option<Due> {
        let (day, path) = self.day(KEEP_UNTIL).filter(|(day, _)| *day < on)?;
        let (action, code) = if self.role.def().stands_without_person() {
            (Action::Anonymise, Code::PurgeAnonymise)
        } else {
            (Action::Delete, Code::PurgeDelete)
        };
        Some(self.due(action, Finding::new(code, path).with_value("value", day.to_string())))
    }

    /// The day of the person that it is about is over.
    fn of_person(&self, people: &People<'_>, on: Date) -> Option<Due> {
        let (day, path) = self.person(people).filter(|(day, _)| *day < on)?;
        let why = Finding::new(Code::PurgePerson, self.path("person")?);
        let why = Finding { paths: vec![self.path("person")?, path.clone()], ..why };
        Some(self.due(Action::Anonymise, why.with_value("value", day.to_string())))
    }

    /// Neither it nor its person says until when it is kept.
    fn no_day(&self, people: &People<'_>) -> Option<Due> {
        let id = self.column(KEEP_UNTIL)?;
        let given = !matches!(self.rows.cell(id, self.row), Cell::Absent(_));
        if given || self.person(people).is_some() {
            return None;
        }
        Some(self.due(Action::SetDay, Finding::new(Code::PurgeNoDay, self.path(KEEP_UNTIL)?)))
    }

    /// The list with names of those present is kept no longer.
    fn list(&self, on: Date) -> Option<Due> {
        const LIST: &str = "evidence.kept_until";
        let (day, path) = self.day(LIST).filter(|(day, _)| self.role == Role::Event && *day < on)?;
        Some(self.due(Action::DestroyList, Finding::new(Code::PurgeList, path).with_value("value", day.to_string())))
    }

    fn due(&self, action: Action, why: Finding) -> Due {
        Due { role: self.role, row: self.row, action, why }
    }

    /// The person that a placement is about.
    fn person<'p>(&self, people: &'p People<'_>) -> Option<&'p (Date, Path)> {
        people.get(self.text("person").filter(|_| self.role == Role::Placement)?)
    }

    fn column(&self, name: &str) -> Option<ColumnId> {
        self.role.layout().find(name)
    }

    fn text(&self, name: &str) -> Option<&'r str> {
        match self.rows.cell(self.column(name)?, self.row) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The day in a field, and where it is.
    fn day(&self, name: &str) -> Option<(Date, Path)> {
        match self.rows.cell(self.column(name)?, self.row) {
            Cell::Date(day) => Some((day, self.path(name)?)),
            _ => None,
        }
    }

    fn path(&self, name: &str) -> Option<Path> {
        let column = self.role.layout().column(self.column(name)?)?;
        let mut segments = vec![Segment::Index(self.row)];
        segments.extend(column.segments.iter().cloned());
        Some(Path::new(Some(self.role), segments, column.field.marks.personal))
    }
}

/// Participants to be deleted who take part in a project whose documents are still kept.
fn wanted_elsewhere<R: Rows>(records: &Records<R>, due: &[Due], on: Date) -> Vec<Due> {
    let (Some(people), Some(projects)) = (records.get(Role::Participant), records.get(Role::Project)) else {
        return Vec::new();
    };
    let project = |row| Record { role: Role::Project, rows: projects, row };
    let kept = |row| project(row).day("keep_documents_until").filter(|(day, _)| *day >= on);
    let kept: BTreeMap<&str, (Date, Path)> =
        (0..projects.len(0)).filter_map(|row| Some((project(row).text("id")?, kept(row)?))).collect();
    let gone = due.iter().filter(|due| due.role == Role::Participant && due.action == Action::Delete);
    let mut found = Vec::new();
    for row in gone.map(|due| due.row) {
        let person = Record { role: Role::Participant, rows: people, row };
        let latest = person.projects().into_iter().filter_map(|id| kept.get(id)).max_by_key(|(day, _)| *day);
        let (Some((day, path)), Some(own)) = (latest, person.path(KEEP_UNTIL)) else { continue };
        let why = Finding::new(Code::PurgeWanted, own.clone()).with("until", day.to_string());
        found.push(person.due(Action::Check, Finding { paths: vec![own, path.clone()], ..why }));
    }
    found
}

impl<'r, R: Rows> Record<'r, R> {
    /// The projects that a participant takes part in.
    fn projects(&self) -> Vec<&'r str> {
        let layout = self.role.layout();
        let list = self.column("participations");
        let table = list.and_then(|list| layout.column(list)).and_then(|column| column.child);
        let name = table.and_then(|table| layout.find_in(table, "project"));
        let (Some(list), Some(name)) = (list, name) else { return Vec::new() };
        let Cell::Rows(span) = self.rows.cell(list, self.row) else { return Vec::new() };
        span.rows().filter_map(|row| text(self.rows.cell(name, row))).collect()
    }
}

fn text(cell: Cell<'_>) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{FieldDef, FieldType, StructDef};
    use crate::view::View;

    fn is_personal(field: &FieldDef) -> bool {
        match field.kind {
            FieldType::Object(inner) => holds_personal(inner),
            _ => field.marks.personal,
        }
    }

    fn holds_personal(def: &StructDef) -> bool {
        def.fields.iter().any(is_personal)
    }

    #[test]
    fn what_is_about_a_person_says_how_long_it_is_kept() {
        for role in Role::ALL {
            let kept = role.layout().find(KEEP_UNTIL).is_some();
            assert_eq!(kept, holds_personal(role.def()), "{}", role.as_str());
        }
    }

    #[test]
    fn a_placement_stands_without_its_person_and_a_person_does_not() {
        let stands = |role: &Role| role.def().stands_without_person() && role.layout().find(KEEP_UNTIL).is_some();
        assert_eq!(Role::ALL.into_iter().filter(stands).collect::<Vec<_>>(), [Role::Placement]);
    }

    #[test]
    fn an_anonymous_record_has_no_personal_field_and_no_empty_element() {
        for table in Role::ALL.iter().flat_map(|role| &role.layout().tables) {
            for column in &table.columns {
                assert_eq!(View::Anonymous.shows(column.field), !column.field.marks.personal);
                if let (FieldType::Objects(inner), false) = (column.field.kind, column.field.marks.personal) {
                    assert!(inner.fields.iter().any(|field| !is_personal(field)), "{}", column.path);
                }
            }
        }
    }
}
