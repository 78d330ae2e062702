//! From bytes to cells: encoding, separator, lines.

use super::CsvOptions;
use crate::finding::{Code, Finding, Path};
use crate::limits;
use crate::reader::Shape;
use std::borrow::Cow;

/// The cells of a text, and where its lines begin.
pub(super) struct Grid {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<csv::StringRecord>,
    /// The line of each row, from 1.
    pub(super) lines: Vec<usize>,
}

/// Reads the cells. Rows without any cell filled in are passed over.
pub(super) fn grid(
    bytes: &[u8],
    options: &CsvOptions,
    shape: Shape,
    findings: &mut Vec<Finding>,
) -> Result<Grid, Finding> {
    if bytes.len() > limits::TABLE_BYTES {
        return Err(super::beyond(shape, Code::LimitBytes, limits::TABLE_BYTES));
    }
    let whole = Path::new(shape.role(), Vec::new(), false);
    let text = decoded(bytes, &whole, findings);
    let (text, skipped, said) = after_sep_line(&text);
    let found = said.or_else(|| sniffed(text)).filter(|_| options.delimiter.is_none());
    if let Some(delimiter) = found {
        findings.push(Finding::new(Code::TableDelimiter, whole.clone()).with("delimiter", word_of(delimiter)));
    }
    let delimiter = options.delimiter.or(found).unwrap_or(NO_DELIMITER);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records().filter_map(Result::ok).filter(|record| !is_blank(record));
    let Some(head) = records.next() else { return Err(Finding::new(Code::TableEmpty, whole)) };
    if head.len() > limits::COLUMNS {
        return Err(super::beyond(shape, Code::LimitColumns, limits::COLUMNS));
    }
    let (mut rows, mut lines, mut counter) =
        (Vec::new(), Vec::new(), LineCounter { rest: text.as_bytes(), byte: 0, line: 1 });
    for record in records {
        if rows.len() == limits::ROWS {
            return Err(super::beyond(shape, Code::LimitRows, limits::ROWS));
        }
        lines.push(counter.line_at(record.position().map_or(0, csv::Position::byte)).saturating_add(skipped));
        rows.push(record);
    }
    uneven(head.len(), &rows, &lines, &whole, findings);
    Ok(Grid { head: head.iter().map(str::to_owned).collect(), rows, lines })
}

/// Counts lines while records go by: where a record begins, blank lines before it not counted to it.
struct LineCounter<'t> {
    rest: &'t [u8],
    byte: u64,
    line: usize,
}

impl LineCounter<'_> {
    fn line_at(&mut self, byte: u64) -> usize {
        while let Some((first, rest)) = self.rest.split_first() {
            if self.byte >= byte && !matches!(first, b'\r' | b'\n') {
                break;
            }
            self.line += usize::from(*first == b'\n');
            (self.rest, self.byte) = (rest, self.byte + 1);
        }
        self.line
    }
}

fn is_blank(record: &csv::StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// Rows with too few cells, or with more cells filled in than there are headings.
fn uneven(width: usize, rows: &[csv::StringRecord], lines: &[usize], whole: &Path, findings: &mut Vec<Finding>) {
    let wrong =
        |row: &csv::StringRecord| row.len() < width || row.iter().skip(width).any(|cell| !cell.trim().is_empty());
    let mut seen = super::Seen::default();
    rows.iter().zip(lines).filter(|(row, _)| wrong(row)).for_each(|(_, line)| seen.add(*line));
    if seen.count > 0 {
        findings.push(seen.told(Finding::new(Code::TableUneven, whole.clone()).with("columns", width)));
    }
}

/// The text of the bytes, and what is said where it is no UTF-8.
fn decoded<'t>(bytes: &'t [u8], whole: &Path, findings: &mut Vec<Finding>) -> Cow<'t, str> {
    let (text, encoding) = crate::encoding::decoded(bytes);
    findings.extend(encoding.map(|word| Finding::new(Code::TableEncoding, whole.clone()).with("encoding", word)));
    text
}

/// The text after a first line `sep=;`, as spreadsheets write it; how many lines that is, and what it says.
fn after_sep_line(text: &str) -> (&str, usize, Option<char>) {
    let Some(rest) = text.strip_prefix("sep=") else { return (text, 0, None) };
    let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    match line.trim_end_matches('\r').chars().collect::<Vec<char>>().as_slice() {
        [delimiter] if delimiter.is_ascii() => (rest, 1, Some(*delimiter)),
        _ => (text, 0, None),
    }
}

/// Separates nothing, where the first line has one cell.
const NO_DELIMITER: char = '\u{1f}';

/// The separators that are looked for; of equals the first.
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// The separator that occurs most in the first line that is not blank, outside quotes.
fn sniffed(text: &str) -> Option<char> {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = DELIMITERS.map(|_| 0usize);
    for c in line.chars() {
        quoted ^= c == '"';
        let place = DELIMITERS.iter().position(|delimiter| *delimiter == c && !quoted);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let found = DELIMITERS.iter().zip(counts).find(|(_, count)| *count == most && most > 0);
    found.map(|(delimiter, _)| *delimiter)
}

fn word_of(delimiter: char) -> &'static str {
    match delimiter {
        ';' => ";",
        ',' => ",",
        '|' => "|",
        '\t' => "tab",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_separator_outside_quotes() {
        assert_eq!(sniffed("\n\"a,b,c\";d;e\n"), Some(';'));
        assert_eq!(sniffed("a\tb\tc"), Some('\t'));
        assert_eq!(sniffed("a,b;c"), Some(';'));
        assert_eq!(sniffed("id"), None);
    }
}
