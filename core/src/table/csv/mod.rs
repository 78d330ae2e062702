//! Tables as CSV text, as partners export them: `;` or `,`, UTF-8 or Windows-1252, decimal comma, days with slashes, headings in any
//! language.
//!
//! Bytes enter (`text`); headings are matched with the catalogue (`headings`), cells are read by the type of their field (`cells`),
//! and the one reader judges what comes out. Everything that was read in another way than it was written is said among the findings of the
//! table, with how often and where first; nothing is guessed silently, and options say what only the partner knows.

mod cells;
mod headings;
mod options;
mod text;

pub use cells::{DayOrder, MoneyUnit};
pub use options::{CsvOptions, OptionError};

use super::companion::List;
use super::{ColumnRows, Decisions, Table, TableReport, beyond};
use crate::catalogue::{FieldType, Role};
use crate::date::Date;
use crate::finding::{Code, Finding, settle};
use crate::json::Json;
use crate::reader::{Batch, Event, Shape, Source, Stop, read_many};
use crate::rows::Records;
use crate::rulebook::Rulebook;
use cells::Style;
use headings::{Column, Step};
use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use text::Grid;

/// Checks each row of a CSV text as a record.
///
/// ```
/// use sam_eurometropole::{Rulebook, catalogue::Role, date::Date, table::csv::{CsvOptions, check_csv}};
///
/// let text = "Heures par semaine;Premier jour\n37,5;21/05/2024\n".as_bytes();
/// let on = Date::parse("2024-04-22").unwrap();
/// let report = check_csv(Rulebook::embedded(), Role::Placement, text, &CsvOptions::default(), on);
/// let said: Vec<&str> = report.findings.iter().map(|finding| finding.code.as_str()).collect();
/// assert!(said.contains(&"table.number_read") && said.contains(&"table.date_read"));
/// ```
#[must_use]
pub fn check_csv<'b>(
    book: &'b Rulebook,
    role: Role,
    bytes: &[u8],
    options: &CsvOptions,
    on: Date,
) -> TableReport<'b, Records<ColumnRows<'static>>> {
    TableReport::new(book, role, read(bytes, options, Shape::Record(role), book), on)
}

/// Decides each row of a CSV text as a case: headings have the record in front, `participant.birth_date`.
#[must_use]
pub fn decide_csv<'b>(
    book: &'b Rulebook,
    bytes: &[u8],
    options: &CsvOptions,
    on: Date,
) -> Decisions<'b, ColumnRows<'static>> {
    Decisions::new(book, read(bytes, options, Shape::Case, book), on)
}

/// Reads a CSV text through the one reader.
#[must_use]
pub fn read(bytes: &[u8], options: &CsvOptions, shape: Shape, book: &Rulebook) -> Table<ColumnRows<'static>> {
    read_headed(bytes, options, shape, None, book)
}

/// Reads a list of a record as a table of its own: records with their key and one element. Headings are those of the elements (`since`, their
/// labels; `code` for a list of codes), and `participant.id` for the record.
#[must_use]
pub fn read_companion(bytes: &[u8], options: &CsvOptions, list: List, book: &Rulebook) -> Table<ColumnRows<'static>> {
    read_headed(bytes, options, Shape::Record(list.role()), Some(list), book)
}

fn read_headed(
    bytes: &[u8],
    options: &CsvOptions,
    shape: Shape,
    list: Option<List>,
    book: &Rulebook,
) -> Table<ColumnRows<'static>> {
    let mut findings = Vec::new();
    let grid = match text::grid(bytes, options, shape, &mut findings) {
        Ok(grid) => grid,
        Err(why) => {
            findings.push(why);
            return Table { findings: settle(findings), ..Table::unread(shape, None) };
        }
    };
    let cells = |index: usize| grid.rows.iter().map(move |row| row.get(index).unwrap_or_default());
    let is_blank = |index: usize| cells(index).all(|cell| cell.trim().is_empty());
    let columns =
        headings::matched(&grid.head, is_blank, options, &headings::Scope { shape, list }, book, &mut findings);
    let is_date = |column: &&Column| column.field.is_some_and(|field| matches!(field.kind, FieldType::Date));
    let dates = columns.iter().filter(is_date).flat_map(|column| cells(column.index));
    let days = options.days.or_else(|| cells::day_order(dates));
    let mut root = Node::Object(Vec::new());
    for column in columns {
        let style = column.field.map(|field| cells::style(field, cells(column.index), days, options));
        let steps = column.steps.clone();
        root.put(&steps, Leaf { column, style, done: BTreeMap::new() });
    }
    let mut source = CsvSource { grid: &grid, book, root, row: None, events: VecDeque::new() };
    let batch: Batch<ColumnRows<'static>> = read_many(&mut source, shape, book);
    source.root.tell(&mut findings);
    let lines = grid.lines;
    Table::plain(batch, settle(findings), lines)
}

/// How often something was seen, and the first lines.
#[derive(Clone, Debug, Default)]
struct Seen {
    count: usize,
    lines: Vec<usize>,
}

/// So many lines are named in a finding.
const NAMED_LINES: usize = 5;

impl Seen {
    fn add(&mut self, line: usize) {
        self.count += 1;
        if self.lines.len() < NAMED_LINES && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
    }

    fn told(&self, finding: Finding) -> Finding {
        let lines: Json = self.lines.iter().map(|line| Json::from(*line)).collect();
        finding.with("count", self.count).with("lines", lines)
    }
}

/// The columns as the tree of objects and lists that a row is.
enum Node {
    Leaf(Box<Leaf>),
    Object(Vec<(&'static str, Node)>),
    List(BTreeMap<usize, Node>),
}

struct Leaf {
    column: Column,
    style: Option<Style>,
    /// What was done with the cells.
    done: BTreeMap<&'static str, (Code, Seen)>,
}

impl Node {
    fn put(&mut self, steps: &[Step], leaf: Leaf) {
        let Some((first, rest)) = steps.split_first() else { return };
        let new = || match rest.first() {
            Some(Step::Index(_)) => Self::List(BTreeMap::new()),
            _ => Self::Object(Vec::new()),
        };
        let inner = match (self, first) {
            (Self::Object(members), Step::Name(name)) => {
                let at = members.iter().position(|(other, _)| other == name).unwrap_or_else(|| {
                    members.push((name, new()));
                    members.len() - 1
                });
                members.get_mut(at).map(|(_, node)| node)
            }
            (Self::List(elements), Step::Index(index)) => Some(elements.entry(*index).or_insert_with(new)),
            _ => None,
        };
        match inner {
            Some(node) if rest.is_empty() => *node = Self::Leaf(Box::new(leaf)),
            Some(node) => node.put(rest, leaf),
            None => {}
        }
    }

    /// The events of a row; none where no cell is filled in.
    fn row(&mut self, row: &csv::StringRecord, line: usize, book: &Rulebook) -> Vec<Event<'static>> {
        match self {
            Self::Leaf(leaf) => leaf.row(row, line, book),
            Self::Object(members) => {
                let mut inside = Vec::new();
                for (name, node) in members {
                    let events = node.row(row, line, book);
                    if !events.is_empty() {
                        inside.push(Event::Key(Cow::Borrowed(*name)));
                        inside.extend(events);
                    }
                }
                framed(Event::StartObject, inside, Event::EndObject)
            }
            Self::List(elements) => {
                let inside = elements.values_mut().flat_map(|node| node.row(row, line, book)).collect();
                framed(Event::StartList, inside, Event::EndList)
            }
        }
    }

    fn tell(&self, findings: &mut Vec<Finding>) {
        match self {
            Self::Leaf(leaf) => leaf.tell(findings),
            Self::Object(members) => members.iter().for_each(|(_, node)| node.tell(findings)),
            Self::List(elements) => elements.values().for_each(|node| node.tell(findings)),
        }
    }
}

fn framed(start: Event<'static>, inside: Vec<Event<'static>>, end: Event<'static>) -> Vec<Event<'static>> {
    if inside.is_empty() { inside } else { std::iter::once(start).chain(inside).chain(std::iter::once(end)).collect() }
}

impl Leaf {
    fn row(&mut self, row: &csv::StringRecord, line: usize, book: &Rulebook) -> Vec<Event<'static>> {
        let cell = row.get(self.column.index).unwrap_or_default();
        if cell.trim().is_empty() {
            return Vec::new();
        }
        let (Some(field), Some(style)) = (self.column.field, self.style) else {
            return vec![Event::Text(cell.trim().to_owned().into())];
        };
        if let FieldType::Codes(list) = field.kind {
            self.did(Code::TableListRead, line);
            let codes = cells::codes(list, cell, book).into_iter().map(|read| self.event(read, line)).collect();
            return framed(Event::StartList, codes, Event::EndList);
        }
        if matches!(field.kind, FieldType::Date) && style.days.is_none() && cells::is_day(cell) {
            self.did(Code::TableDateAmbiguous, line);
        }
        vec![self.event(cells::read(field, cell, &style, book), line)]
    }

    fn event(&mut self, (event, done): cells::Read<'_>, line: usize) -> Event<'static> {
        if let Some(code) = done {
            self.did(code, line);
        }
        match event {
            Event::Text(text) => Event::Text(Cow::Owned(text.into_owned())),
            Event::Bool(value) => Event::Bool(value),
            Event::Int(value) => Event::Int(value),
            Event::Float(value) => Event::Float(value),
            Event::BigInt => Event::BigInt,
            _ => Event::Other,
        }
    }

    fn did(&mut self, code: Code, line: usize) {
        self.done.entry(code.as_str()).or_insert_with(|| (code, Seen::default())).1.add(line);
    }

    fn tell(&self, findings: &mut Vec<Finding>) {
        for (code, seen) in self.done.values() {
            let finding = Finding::new(*code, self.column.path.clone()).with("column", self.column.heading.as_str());
            let read_as = self.style.and_then(|style| match code {
                Code::TableMoneyRead => Some(style.money.as_str()),
                Code::TableDateRead => style.days.map(DayOrder::as_str),
                _ => None,
            });
            let finding = match read_as {
                Some(word) => finding.with("as", word),
                None => finding,
            };
            findings.push(seen.told(finding));
        }
    }
}

/// The rows as events.
struct CsvSource<'g> {
    grid: &'g Grid,
    book: &'g Rulebook,
    root: Node,
    /// The next row; none before the list begins.
    row: Option<usize>,
    events: VecDeque<Event<'static>>,
}

impl Source<'static> for &mut CsvSource<'_> {
    fn next_event(&mut self) -> Result<Event<'static>, Stop> {
        if let Some(event) = self.events.pop_front() {
            return Ok(event);
        }
        let Some(row) = self.row else {
            self.row = Some(0);
            return Ok(Event::StartList);
        };
        self.row = Some(row + 1);
        let (Some(cells), Some(line)) = (self.grid.rows.get(row), self.grid.lines.get(row)) else {
            return Ok(if row == self.grid.rows.len() { Event::EndList } else { Event::End });
        };
        self.events = self.root.row(cells, *line, self.book).into();
        // A row of which no column was read is a record in which nothing is given.
        if self.events.is_empty() {
            self.events.extend([Event::StartObject, Event::EndObject]);
        }
        Ok(self.events.pop_front().unwrap_or(Event::End))
    }
}
