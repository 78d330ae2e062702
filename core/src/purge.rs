//! What has to go by a day: which records of a set are to be deleted or anonymised, and why.
//!
//! The lists of a set enter ([`SetOf`](crate::dataset::SetOf)); a [`Purge`] leaves. The days are those that the records state: `keep_until` of what is about
//! a person, `evidence.kept_until` of the attendance list of an event, `keep_documents_until` of a project. Nothing is deleted here:
//! whoever holds the records does what is said. A record that is complete without its person is anonymised, which is what
//! [`View::Anonymous`](crate::view::View) writes of it; any other is deleted.

use crate::by_text::ByText;
use crate::catalogue::{ColumnId, Role};
use crate::date::Date;
use crate::finding::{Code, Finding, Path, Segment, in_order};
use crate::json::Json;
use crate::rows::{Cell, Records, Rows};
use crate::rulebook::Rulebook;

/// The field that says how long a record about a person is kept.
const KEEP_UNTIL: &str = "keep_until";

/// What has to be done with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Delete, Self::Anonymise, Self::DestroyList, Self::SetDay, Self::Check];

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

    /// The codes of the findings that ask for it.
    fn codes(self) -> &'static [Code] {
        match self {
            Self::Delete => &[Code::PurgeDelete],
            Self::Anonymise => &[Code::PurgeAnonymise, Code::PurgePerson],
            Self::DestroyList => &[Code::PurgeList],
            Self::SetDay => &[Code::PurgeNoDay],
            Self::Check => &[Code::PurgeWanted],
        }
    }
}

/// What has to go by a day.
#[derive(Debug)]
pub struct Purge<'b> {
    /// The given day.
    pub on: Date,
    /// What has to be done, each with the fields that say so; the first of them names the record and its row.
    pub due: Vec<Finding>,
    /// Number of records that were looked at, by kind.
    pub rows: Vec<(Role, usize)>,
    /// The rulebook whose texts tell it.
    pub book: &'b Rulebook,
}

impl<'b> Purge<'b> {
    /// Looks at the rows of some kinds of record.
    #[must_use]
    pub fn of<R: Rows>(book: &'b Rulebook, records: &Records<R>, on: Date) -> Self {
        let rows = records.iter().map(|(role, rows)| (role, rows.len(0))).collect();
        Self { on, due: in_order(due(records, on)), rows, book }
    }

    /// What has to be done with a record that a finding of this report is about.
    #[must_use]
    pub fn action(finding: &Finding) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.codes().iter().any(|code| finding.code == *code.as_str()))
    }

    /// The JSON: what is due, and how much was looked at. Days of personal records are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        let count = |action: Action| self.due.iter().filter(|finding| Self::action(finding) == Some(action)).count();
        let counts = Action::ALL.into_iter().map(|action| (action.as_str().to_owned(), Json::from(count(action))));
        let rows = self.rows.iter().map(|(role, count)| (role.as_str().to_owned(), Json::from(*count))).collect();
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("on", Json::from(self.on.to_string())),
            ("rows", Json::Object(rows)),
            ("actions", Json::Object(counts.filter(|(_, count)| *count != Json::Int(0)).collect())),
            ("due", self.due.iter().map(|finding| told(finding, values)).collect()),
        ])
    }
}

/// A finding with its record, its row and what has to be done.
fn told(finding: &Finding, values: bool) -> Json {
    let Json::Object(mut members) = finding.to_json(true, values) else { return Json::Null };
    members.retain(|(name, _)| name != "severity");
    let mut put = |name: &str, value: Json| members.push((name.to_owned(), value));
    if let Some((role, row)) = finding.paths.first().and_then(Path::record) {
        put("record", Json::from(role.as_str()));
        put("row", Json::from(row));
    }
    if let Some(action) = Purge::action(finding) {
        put("action", Json::from(action.as_str()));
    }
    Json::Object(members)
}

fn due<R: Rows>(records: &Records<R>, on: Date) -> Vec<Finding> {
    let people = People::of(records);
    let mut due = Vec::new();
    for (role, rows) in records.iter() {
        for row in 0..rows.len(0) {
            let record = Record { role, rows, row };
            let own = record.own(on);
            if own.is_some() {
                due.extend(record.wanted_elsewhere(records, on));
            }
            due.extend(own.or_else(|| record.of_person(&people, on)).or_else(|| record.no_day(&people)));
            due.extend(record.list(on));
        }
    }
    due
}

/// Participants and professionals: until when each is kept, and where that is said.
#[derive(Default)]
struct People {
    all: Vec<(Date, Path)>,
    places: ByText<usize>,
}

impl People {
    /// Of one that stands twice, the later day counts.
    fn of<R: Rows>(records: &Records<R>) -> Self {
        let mut people = Self::default();
        for role in [Role::Participant, Role::Professional] {
            let Some(rows) = records.get(role) else { continue };
            for row in 0..rows.len(0) {
                let record = Record { role, rows, row };
                let (Some(id), Some(kept)) = (record.text("id"), record.day(KEEP_UNTIL)) else { continue };
                if people.get(id).is_none_or(|(day, _)| *day < kept.0) {
                    people.places.insert(id, people.all.len());
                    people.all.push(kept);
                }
            }
        }
        people
    }

    fn get(&self, id: &str) -> Option<&(Date, Path)> {
        self.all.get(*self.places.get(id)?)
    }
}

/// One record of a set.
struct Record<'r, R> {
    role: Role,
    rows: &'r R,
    row: usize,
}

impl<'r, R: Rows> Record<'r, R> {
    /// Its own day is over.
    fn own(&self, on: Date) -> Option<Finding> {
        let (day, path) = self.day(KEEP_UNTIL).filter(|(day, _)| *day < on)?;
        let stands = self.role.def().stands_without_person();
        let code = if stands { Code::PurgeAnonymise } else { Code::PurgeDelete };
        Some(Finding::new(code, path).with_value("value", day.to_string()))
    }

    /// The day of the person that it is about is over.
    fn of_person(&self, people: &People, on: Date) -> Option<Finding> {
        let (day, path) = self.person(people).filter(|(day, _)| *day < on)?;
        let why = Finding::new(Code::PurgePerson, self.path("person")?).with_value("value", day.to_string());
        Some(why.and(path.clone()))
    }

    /// Neither it nor its person says until when it is kept.
    fn no_day(&self, people: &People) -> Option<Finding> {
        let given = !matches!(self.rows.cell(self.column(KEEP_UNTIL)?, self.row), Cell::Absent(_));
        if given || self.person(people).is_some() {
            return None;
        }
        Some(Finding::new(Code::PurgeNoDay, self.path(KEEP_UNTIL)?))
    }

    /// The list with names of those present is kept no longer.
    fn list(&self, on: Date) -> Option<Finding> {
        let (day, path) = self.day("evidence.kept_until").filter(|(day, _)| *day < on)?;
        Some(Finding::new(Code::PurgeList, path).with_value("value", day.to_string()))
    }

    /// A participant who goes took part in a project whose documents are still kept.
    fn wanted_elsewhere(&self, records: &Records<R>, on: Date) -> Option<Finding> {
        let projects = records.get(Role::Project)?;
        let layout = self.role.layout();
        let list = self.column("participations")?;
        let name = layout.find_in(layout.column(list)?.child?, "project")?;
        let Cell::Rows(span) = self.rows.cell(list, self.row) else { return None };
        let took_part = |project: &Record<'_, R>| {
            let id = project.text("id").map(Cell::Text);
            id.is_some_and(|id| span.rows().any(|row| self.rows.cell(name, row) == id))
        };
        let all = (0..projects.len(0)).map(|row| Record { role: Role::Project, rows: projects, row });
        let kept = all.filter(took_part).filter_map(|project| project.day("keep_documents_until"));
        let (day, path) = kept.filter(|(day, _)| *day >= on).max_by_key(|(day, _)| *day)?;
        let why = Finding::new(Code::PurgeWanted, self.path(KEEP_UNTIL)?).with("until", day.to_string());
        Some(why.and(path))
    }

    /// The person that a placement is about.
    fn person<'p>(&self, people: &'p People) -> Option<&'p (Date, Path)> {
        people.get(self.text("person")?)
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
