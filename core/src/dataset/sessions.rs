//! Sessions of one worksite that run on the same days: together they have no more places, no more places taken and no more supervisors than the worksite.
//!
//! That one session alone has more is told of the worksite itself. A session has days and no hours, so what is told here is to be looked at.

use super::{NAMED_ROWS, element_path, elements, list_column, path};
use crate::catalogue::{ColumnId, Role};
use crate::date::Date;
use crate::finding::{Code, Finding, Path};
use crate::rows::{Cell, Records, Rows};

/// What sessions share: the field of the worksite, that of a session, and the finding with the names of the limit and of the sum.
const SHARED: [(&str, &str, Code, &str, &str); 3] = [
    ("places", "places", Code::SetSessionPlaces, "places", "given"),
    ("places", "taken", Code::SetSessionTaken, "places", "taken"),
    ("supervision.count", "supervisors", Code::SetSessionSupervisors, "count", "given"),
];

/// A session whose days are known and in order.
struct Session {
    offset: usize,
    element: usize,
    start: Date,
    end: Date,
}

/// Sessions that have too much together.
pub(super) fn together<R: Rows>(records: &Records<R>, findings: &mut Vec<Finding>) {
    let Some(rows) = records.get(Role::Worksite) else { return };
    for row in 0..rows.len(0) {
        let sessions = sessions(rows, row);
        for (limit, field, code, limit_name, sum_name) in SHARED {
            let of_limit = Role::Worksite.layout().find(limit);
            let of_field = list_column(Role::Worksite, "sessions", field);
            let (Some(of_limit), Some(of_field)) = (of_limit, of_field) else { continue };
            let Cell::Integer(limit) = rows.cell(of_limit, row) else { continue };
            let Some((on, sum, who)) = most(rows, of_field, &sessions).filter(|(_, sum, _)| *sum > limit) else {
                continue;
            };
            let named = who.iter().take(NAMED_ROWS);
            let mut paths: Vec<Path> =
                named.map(|one| element_path(Role::Worksite, row, "sessions", one.offset, of_field)).collect();
            paths.push(path(Role::Worksite, row, of_limit));
            let finding = Finding::new(code, paths).with(limit_name, limit).with(sum_name, sum);
            findings.push(finding.with("sessions", who.len()).with("on", on.to_string()));
        }
    }
}

fn sessions<R: Rows>(rows: &R, row: usize) -> Vec<Session> {
    let day = |name: &str, element: usize| match rows.cell(list_column(Role::Worksite, "sessions", name)?, element) {
        Cell::Date(day) => Some(day),
        _ => None,
    };
    let session = |(offset, element): (usize, usize)| {
        let (start, end) = (day("start", element)?, day("end", element)?);
        (start <= end).then_some(Session { offset, element, start, end })
    };
    elements(Role::Worksite, rows, "sessions", row).into_iter().filter_map(session).collect()
}

/// The first day on which several sessions have most of a field together, how much, and which they are. They have most on a day on which one begins.
fn most<'s, R: Rows>(rows: &R, field: ColumnId, sessions: &'s [Session]) -> Option<(Date, i64, Vec<&'s Session>)> {
    let given = |session: &Session| match rows.cell(field, session.element) {
        Cell::Integer(value) => Some(value),
        _ => None,
    };
    let mut best: Option<(Date, i64)> = None;
    let on = |day: Date| sessions.iter().filter(move |one| one.start <= day && day <= one.end && given(one).is_some());
    for day in sessions.iter().map(|session| session.start) {
        let (count, sum) = on(day).filter_map(given).fold((0, 0), |(count, sum), value| (count + 1, sum + value));
        let is_more = best.is_none_or(|(first, most)| sum > most || (sum == most && day < first));
        if count > 1 && is_more {
            best = Some((day, sum));
        }
    }
    best.map(|(day, sum)| (day, sum, on(day).collect()))
}
