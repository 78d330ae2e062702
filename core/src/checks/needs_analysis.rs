//! An analysis of needs as a whole: its priorities and the needs counted at the desk.

use super::Judge;
use crate::catalogue::ColumnId;
use crate::finding::{Code, Finding, Path, Segment};
use crate::rows::{Cell, Rows};

/// The findings of a record.
pub(super) fn judge<R: Rows>(judge: &Judge<'_, R>, row: usize) -> Vec<Finding> {
    let analysis = Analysis { judge, row };
    let mut findings = analysis.priorities();
    findings.extend(analysis.needs());
    findings
}

struct Analysis<'j, R> {
    judge: &'j Judge<'j, R>,
    row: usize,
}

impl<'j, R: Rows> Analysis<'j, R> {
    /// A priority is named once, and is among the themes that were looked at.
    fn priorities(&self) -> Vec<Finding> {
        let themes = self.codes("themes");
        let priorities = self.codes("priorities").unwrap_or_default();
        let mut findings = Vec::new();
        for (place, theme) in priorities.iter().enumerate() {
            let at = |code| {
                let mut path = self.path("priorities");
                path.push(Segment::Index(place));
                Finding::new(code, Path::new(Some(self.judge.role), path, false)).with("theme", *theme)
            };
            if priorities.iter().take(place).any(|earlier| earlier == theme) {
                findings.push(at(Code::NeedsAnalysisPriorityTwice));
            } else if themes.as_ref().is_some_and(|themes| !themes.contains(theme)) {
                findings.push(at(Code::NeedsAnalysisPriorityTheme));
            }
        }
        findings
    }

    /// Each person received has expressed a need at least.
    fn needs(&self) -> Option<Finding> {
        let Cell::Integer(people) = self.cell("desk.people_received") else { return None };
        let (Cell::Rows(span), Some(table)) = (self.cell("desk.needs"), self.child("desk.needs")) else { return None };
        let persons = self.judge.role.layout().find_in(table, "persons")?;
        let mut sum = 0_i64;
        for row in span.rows() {
            let Cell::Integer(count) = self.judge.rows.cell(persons, row) else { return None };
            sum = sum.saturating_add(count);
        }
        let paths = ["desk.needs", "desk.people_received"];
        let [needs, received] = paths.map(|path| Path::new(Some(self.judge.role), self.path(path), false));
        let finding = Finding::new(Code::NeedsAnalysisNeedsBelowPeople, [needs, received]);
        (sum < people).then(|| finding.with("sum", sum).with("people", people))
    }

    /// The codes of a list, if it is given.
    fn codes(&self, path: &str) -> Option<Vec<&'j str>> {
        let (Cell::Rows(span), Some(table)) = (self.cell(path), self.child(path)) else { return None };
        let code = |row| match self.judge.rows.cell(ColumnId { table, column: 0 }, row) {
            Cell::Text(code) => code,
            _ => "",
        };
        Some(span.rows().map(code).collect())
    }

    fn cell(&self, path: &str) -> Cell<'j> {
        let absent = Cell::Absent(crate::field::Absence::NotGiven);
        self.judge.role.layout().find(path).map_or(absent, |id| self.judge.rows.cell(id, self.row))
    }

    fn child(&self, path: &str) -> Option<usize> {
        let layout = self.judge.role.layout();
        layout.column(layout.find(path)?)?.child
    }

    fn path(&self, path: &str) -> Vec<Segment> {
        let layout = self.judge.role.layout();
        layout.find(path).and_then(|id| layout.column(id)).map(|column| column.segments.clone()).unwrap_or_default()
    }
}
