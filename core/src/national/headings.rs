//! The headings of a file, held against its mapping: where each column is, which are missing, which nobody knows.

use super::grid::{Cell, Grid, Row};
use super::mapping::{CodeColumn, Condition, Mapping, Pattern, PeriodRule, Reads, ValueColumn, plain};
use super::notes::{Notes, shown};
use crate::finding::Code;
use crate::json::Json;
use std::collections::BTreeSet;

/// The headings stand in one of the first rows.
const LOOKED_AT: usize = 50;

/// The columns of a file.
pub(super) struct Heads<'m> {
    pub(super) place: usize,
    pub(super) period: Option<usize>,
    pub(super) status: Option<(usize, &'m CodeColumn)>,
    pub(super) unit: Option<(usize, &'m CodeColumn)>,
    pub(super) breakdowns: Vec<(usize, &'m str, &'m CodeColumn)>,
    pub(super) pass: Vec<(usize, &'m Condition, &'static str)>,
    pub(super) values: Vec<Values<'m>>,
    /// Years in the headings.
    pub(super) years: BTreeSet<i64>,
    /// Columns of which the mapping says that they hold one value, and their headings.
    pub(super) single: Vec<(usize, String)>,
    /// The rows after the headings begin here.
    pub(super) first_row: usize,
}

/// A column that brings figures, where it is.
pub(super) struct Values<'m> {
    pub(super) index: usize,
    pub(super) heading: String,
    pub(super) rule: &'m ValueColumn,
    pub(super) when: Vec<(usize, &'m Condition)>,
    pub(super) year: Option<i64>,
}

/// Finds the columns; `None` where the rows cannot be read without those that are missing.
pub(super) fn find<'m>(grid: &Grid<'_>, mapping: &'m Mapping, notes: &mut Notes) -> Option<Heads<'m>> {
    let Some((first_row, headings)) = heading_row(grid, mapping) else {
        notes.say(Code::NationalNoHeadings, &[("column", named(&mapping.place.column))]);
        return None;
    };
    for row in grid.rows.iter().take(first_row.saturating_sub(mapping.heading_rows)) {
        notes.drop(Code::NationalRowsPassed, &[("kind", Json::from("before"))], row.line);
    }
    let mut finder = Finder { headings: &headings, used: BTreeSet::new(), missing: false, notes };
    let place = finder.needed(&mapping.place.column)?;
    let period = match &mapping.period {
        PeriodRule::Column(column) => finder.needed(column),
        _ => None,
    };
    let mut breakdowns = Vec::new();
    for (field, rule) in &mapping.breakdowns {
        let found = if rule.optional { finder.find(&rule.column) } else { finder.needed(&rule.column) };
        breakdowns.extend(found.map(|index| (index, field.as_str(), rule)));
    }
    let status = mapping.status.as_ref().and_then(|rule| Some((finder.find(&rule.column)?, rule)));
    let unit = mapping.unit.as_ref().and_then(|rule| Some((finder.find(&rule.column)?, rule)));
    let pass = mapping.pass.iter();
    let pass =
        pass.filter_map(|pass| Some((finder.find(&pass.condition.column)?, &pass.condition, pass.kind))).collect();
    let mut values = Vec::new();
    for rule in &mapping.columns {
        finder.values(rule, &mut values);
    }
    let years = values.iter().filter_map(|column| column.year).collect();
    let missing = finder.missing;
    let single = finder.others(grid, first_row, mapping);
    let heads = Heads { place, period, status, unit, breakdowns, pass, values, years, single, first_row };
    (!missing && heads.is_open(grid, notes)).then_some(heads)
}

impl Heads<'_> {
    /// Whether each column that has to hold one value does.
    fn is_open(&self, grid: &Grid<'_>, notes: &mut Notes) -> bool {
        let mut fits = true;
        for (index, heading) in &self.single {
            let rows = grid.rows.iter().skip(self.first_row);
            let values: BTreeSet<&str> = rows.filter_map(|row| row.cells.get(*index)).map(|c| c.text.trim()).collect();
            if values.len() > 1 {
                let some: Json = values.iter().take(LOOKED_AT).map(|value| shown(value)).collect();
                notes.say(Code::NationalColumnOpen, &[("column", shown(heading)), ("values", some)]);
                fits = false;
            }
        }
        fits
    }
}

/// The headings, and the number of the first row after them.
fn heading_row(grid: &Grid<'_>, mapping: &Mapping) -> Option<(usize, Vec<String>)> {
    let rows = mapping.heading_rows;
    grid.rows.windows(rows).take(LOOKED_AT).enumerate().find_map(|(index, rows_of)| {
        let headings = joined(rows_of, mapping.reads == Reads::SdmxCsv);
        let is_place = |heading: &String| mapping.place.column.iter().any(|name| name.matches(heading).is_some());
        headings.iter().any(is_place).then_some((index + rows, headings))
    })
}

/// The headings of some rows, the upper ones before the lower. A cell that was merged over several columns stands for all of them.
fn joined(rows: &[Row<'_>], labelled: bool) -> Vec<String> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut headings = vec![String::new(); width];
    for (depth, row) in rows.iter().enumerate() {
        let mut merged = "";
        for (index, heading) in headings.iter_mut().enumerate() {
            let text = row.cells.get(index).map_or("", |cell| cell.text.as_ref());
            if !text.trim().is_empty() {
                merged = text;
            }
            let below = rows.get(depth + 1..).unwrap_or_default();
            let goes_on = below.iter().any(|row| row.cells.get(index).is_some_and(|cell| !cell.is_blank()));
            let text = if goes_on { merged } else { text };
            heading.push(' ');
            heading.push_str(&plain(text));
        }
    }
    headings.iter().map(|heading| plain(if labelled { without_label(heading) } else { heading })).collect()
}

/// The code of `TIME_PERIOD: Time`.
pub(super) fn without_label(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(code, _)| code)
}

/// Names of a column, as findings show them.
fn named(column: &[Pattern]) -> Json {
    Json::from(column.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(" / "))
}

struct Finder<'h, 'n> {
    headings: &'h [String],
    used: BTreeSet<usize>,
    /// A column is missing without which the rows cannot be read.
    missing: bool,
    notes: &'n mut Notes,
}

impl Finder<'_, '_> {
    /// The places of a column and the years in their headings.
    fn all(&mut self, column: &[Pattern]) -> Vec<(usize, Option<i64>)> {
        let headings = self.headings.iter().enumerate();
        let year = |heading: &str| column.iter().find_map(|name| name.matches(heading));
        let found: Vec<_> = headings.filter_map(|(index, heading)| Some((index, year(heading)?))).collect();
        self.used.extend(found.iter().map(|(index, _)| *index));
        found
    }

    fn find(&mut self, column: &[Pattern]) -> Option<usize> {
        self.all(column).first().map(|(index, _)| *index)
    }

    fn needed(&mut self, column: &[Pattern]) -> Option<usize> {
        let found = self.find(column);
        if found.is_none() {
            self.notes.say(Code::NationalColumnNeeded, &[("column", named(column))]);
            self.missing = true;
        }
        found
    }

    fn values<'m>(&mut self, rule: &'m ValueColumn, values: &mut Vec<Values<'m>>) {
        let found = self.all(&rule.column);
        if found.is_empty() {
            let indicator = rule.indicator.as_deref().map(|code| ("indicator", Json::from(code)));
            let params: Vec<_> = [("column", named(&rule.column))].into_iter().chain(indicator).collect();
            self.notes.say(Code::NationalColumnMissing, &params);
            return;
        }
        let mut when = Vec::new();
        for condition in &rule.when {
            match self.needed(&condition.column) {
                Some(index) => when.push((index, condition)),
                None => return,
            }
        }
        for (index, year) in found {
            let heading = self.headings.get(index).cloned().unwrap_or_default();
            // Of two columns with one heading the first counts; the other is said below.
            let twice = |other: &Values<'_>| other.heading == heading && other.index != index;
            if !values.iter().any(twice) {
                values.push(Values { index, heading, rule, when: when.clone(), year });
            }
        }
    }

    /// Says what the other columns are; gives those that have to hold one value.
    fn others(&mut self, grid: &Grid<'_>, first_row: usize, mapping: &Mapping) -> Vec<(usize, String)> {
        let (mut ignored, mut blank, mut single, mut seen) = (Vec::new(), 0usize, Vec::new(), BTreeSet::new());
        for (index, heading) in self.headings.iter().enumerate() {
            let name = if heading.is_empty() { format!("#{}", index + 1) } else { heading.clone() };
            if !heading.is_empty() && !seen.insert(heading.as_str()) {
                self.notes.say(Code::NationalColumnTwice, &[("column", shown(&name))]);
            } else if self.used.contains(&index) {
                continue;
            } else if mapping.ignore.iter().any(|known| known.matches(heading).is_some()) {
                ignored.push(name);
            } else if heading.is_empty() && cells(grid, first_row, index).all(Cell::is_blank) {
                blank += 1;
            } else if mapping.others_single {
                single.push((index, name));
            } else {
                self.notes.say(Code::NationalColumnUnknown, &[("column", shown(&name))]);
            }
        }
        if blank > 0 {
            self.notes.say(Code::NationalColumnsBlank, &[("number", Json::from(blank))]);
        }
        if !ignored.is_empty() {
            let columns: Json = ignored.iter().map(|name| Json::from(name.as_str())).collect();
            self.notes
                .say(Code::NationalColumnsIgnored, &[("number", Json::from(ignored.len())), ("columns", columns)]);
        }
        single
    }
}

fn cells<'g>(grid: &'g Grid<'_>, first_row: usize, index: usize) -> impl Iterator<Item = &'g Cell<'g>> {
    grid.rows.iter().skip(first_row).filter_map(move |row| row.cells.get(index))
}
