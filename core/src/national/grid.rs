//! From a file to rows of cells, whatever it is written as: CSV text, the rows of a sheet, a JSON list of objects, JSON-stat, SDMX-CSV.

use super::json_stat;
use super::mapping::{Mapping, Reads};
use crate::json::{Json, parse};
use crate::limits;
use crate::reader::Value;
use std::borrow::Cow;

/// A file as it is handed in.
#[derive(Clone, Copy, Debug)]
pub enum Input<'i> {
    /// The bytes of a text: CSV or JSON, as the mapping says. A JSON list of lists is the rows of a sheet.
    Bytes(&'i [u8]),
    /// The rows of a sheet, a list of lists, taken out of the workbook by who reads.
    Rows(&'i Value),
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell<'t> {
    pub(super) text: Cow<'t, str>,
    /// A number of JSON or of a sheet, written with a point.
    pub(super) is_number: bool,
}

impl<'t> Cell<'t> {
    fn of_text(text: impl Into<Cow<'t, str>>) -> Self {
        Self { text: text.into(), is_number: false }
    }

    pub(super) fn of_number(value: f64) -> Self {
        Self { text: Json::number(value).to_canonical().into(), is_number: true }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A row and its place: the line of a text, or the number of the row or record, from 1.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    pub(super) line: usize,
    pub(super) cells: Vec<Cell<'t>>,
}

/// The rows of a file that have a filled cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid<'t> {
    pub(super) rows: Vec<Row<'t>>,
    pub(super) blank_rows: usize,
}

impl<'t> Grid<'t> {
    pub(super) fn put(&mut self, line: usize, cells: Vec<Cell<'t>>) {
        if cells.iter().all(Cell::is_blank) {
            self.blank_rows += 1;
        } else {
            self.rows.push(Row { line, cells });
        }
    }
}

/// Why there are no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    Syntax,
    TooLong,
    TooManyRows,
    /// Not the shape that the mapping says.
    Shape,
}

/// The rows of a text in the form that a mapping says.
pub(super) fn of_text<'t>(text: &'t str, mapping: &Mapping) -> Result<Grid<'t>, Unreadable> {
    if text.len() > limits::TABLE_BYTES {
        return Err(Unreadable::TooLong);
    }
    let json = || parse(text, JSON_DEPTH).map_err(|_| Unreadable::Syntax);
    let grid = match &mapping.reads {
        Reads::Table if text.trim_start().starts_with('[') => of_rows(&json()?)?,
        Reads::Table | Reads::SdmxCsv => of_csv(text, mapping.style.delimiter),
        Reads::Records(under) => of_records(&json()?, under.as_deref())?,
        Reads::JsonStat => json_stat::grid(&json()?).ok_or(Unreadable::Shape)?,
    };
    if grid.rows.len() > limits::ROWS { Err(Unreadable::TooManyRows) } else { Ok(grid) }
}

const JSON_DEPTH: usize = 16;

/// The rows of a sheet.
pub(super) fn of_value(rows: &Value) -> Result<Grid<'_>, Unreadable> {
    let Value::List(rows) = rows else { return Err(Unreadable::Shape) };
    let mut grid = Grid::default();
    for (index, row) in rows.iter().enumerate() {
        let Value::List(cells) = row else { return Err(Unreadable::Shape) };
        grid.put(index + 1, cells.iter().map(cell_of_value).collect());
    }
    if grid.rows.len() > limits::ROWS { Err(Unreadable::TooManyRows) } else { Ok(grid) }
}

fn cell_of_value(value: &Value) -> Cell<'_> {
    match value {
        Value::Text(text) => Cell::of_text(text.as_str()),
        Value::Int(number) => Cell { text: number.to_string().into(), is_number: true },
        Value::Float(number) | Value::Decimal(number) => Cell::of_number(*number),
        Value::Bool(value) => Cell::of_text(if *value { "true" } else { "false" }),
        Value::Date(Ok(day)) => Cell::of_text(day.to_string()),
        _ => Cell::of_text(""),
    }
}

fn cell_of_json(json: &Json) -> Cell<'static> {
    match json {
        Json::Text(text) => Cell::of_text(text.clone()),
        Json::Int(number) => Cell { text: number.to_string().into(), is_number: true },
        Json::Float(number) => Cell::of_number(number.get()),
        Json::Bool(value) => Cell::of_text(if *value { "true" } else { "false" }),
        Json::Null | Json::List(_) | Json::Object(_) => Cell::of_text(""),
    }
}

fn of_rows(json: &Json) -> Result<Grid<'static>, Unreadable> {
    let mut grid = Grid::default();
    for (index, row) in json.as_list().ok_or(Unreadable::Shape)?.iter().enumerate() {
        let cells = row.as_list().ok_or(Unreadable::Shape)?;
        grid.put(index + 1, cells.iter().map(cell_of_json).collect());
    }
    Ok(grid)
}

/// Objects as rows, under their names in the order in which they come up.
fn of_records(json: &Json, under: Option<&str>) -> Result<Grid<'static>, Unreadable> {
    let list = under.map_or(Some(json), |name| json.get(name)).and_then(Json::as_list).ok_or(Unreadable::Shape)?;
    let mut names: Vec<&str> = Vec::new();
    for record in list {
        for (name, _) in record.as_object().ok_or(Unreadable::Shape)? {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    let mut grid = Grid::default();
    grid.put(0, names.iter().map(|name| Cell::of_text((*name).to_owned())).collect());
    for (index, record) in list.iter().enumerate() {
        let cell = |name: &&str| record.get(name).map_or_else(|| Cell::of_text(""), cell_of_json);
        grid.put(index + 1, names.iter().map(cell).collect());
    }
    Ok(grid)
}

/// The separators that are looked for; of equals the first.
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// The separator that is most in the first lines, outside quotes.
fn delimiter_of(text: &str) -> char {
    let mut counts = DELIMITERS.map(|_| 0usize);
    let mut quoted = false;
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(FIRST_LINES);
    for c in lines.flat_map(str::chars) {
        quoted ^= c == '"';
        let place = DELIMITERS.iter().position(|delimiter| *delimiter == c && !quoted);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    DELIMITERS.iter().zip(counts).find(|(_, count)| *count == most).map_or(',', |(delimiter, _)| *delimiter)
}

const FIRST_LINES: usize = 20;

/// The cells of a CSV text (RFC 4180; lines end as they like).
fn of_csv(text: &str, delimiter: Option<char>) -> Grid<'_> {
    let delimiter = delimiter.unwrap_or_else(|| delimiter_of(text));
    let mut grid = Grid::default();
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let (mut cells, begins) = (Vec::new(), line);
        loop {
            let (cell, after, lines) = csv_cell(rest, delimiter);
            cells.push(cell);
            line += lines;
            match after.strip_prefix(delimiter) {
                Some(next) => rest = next,
                None => {
                    let without = after.strip_prefix('\r').unwrap_or(after);
                    rest = without.strip_prefix('\n').unwrap_or(without);
                    line += 1;
                    break;
                }
            }
        }
        grid.put(begins, cells);
    }
    grid
}

/// A cell, what follows it, and how many ends of lines are in it.
fn csv_cell(text: &str, delimiter: char) -> (Cell<'_>, &str, usize) {
    let ends = |c: char| c == delimiter || c == '\n' || c == '\r';
    let Some(inside) = text.strip_prefix('"') else {
        let (cell, rest) = split_where(text, ends);
        return (Cell::of_text(cell), rest, 0);
    };
    let (mut cell, mut rest) = (String::new(), inside);
    loop {
        let (part, after) = rest.split_once('"').unwrap_or((rest, ""));
        cell.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => {
                rest = after;
                break;
            }
        }
    }
    // What stands between the closing quote and the end of the cell belongs to it.
    let (tail, rest) = split_where(rest, ends);
    cell.push_str(tail);
    let lines = cell.matches('\n').count();
    (Cell::of_text(cell), rest, lines)
}

fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(ends).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(usize, Vec<String>)> {
        let cells = |row: &Row<'_>| row.cells.iter().map(|cell| cell.text.to_string()).collect();
        of_csv(text, None).rows.iter().map(|row| (row.line, cells(row))).collect()
    }

    #[test]
    fn takes_lines_apart() {
        let row = |line, cells: &[&str]| (line, cells.iter().map(|cell| (*cell).to_owned()).collect());
        assert_eq!(texts("a;b\r\n1;2,5\r\n"), [row(1, &["a", "b"]), row(2, &["1", "2,5"])]);
        assert_eq!(texts("a,b,c\n\n;\nc,"), [row(1, &["a", "b", "c"]), row(3, &[";"]), row(4, &["c", ""])]);
        assert_eq!(texts("a;\"b;\"\"c\"\"\nd\"\nx;y"), [row(1, &["a", "b;\"c\"\nd"]), row(3, &["x", "y"])]);
        assert_eq!(texts("\"open;x"), [row(1, &["open;x"])]);
    }

    #[test]
    fn blank_rows_are_counted() {
        assert_eq!(of_csv("a;b\n;\n \n1;2\n", None).blank_rows, 2);
    }
}
