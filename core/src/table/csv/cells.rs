//! From the text of a cell to what the reader takes, by the type of the field. What is written in another way than in JSON is read and said;
//! what cannot be told is left as it is, so that the reader refuses it as it would anywhere.

use super::CsvOptions;
use crate::catalogue::{FieldDef, FieldType};
use crate::codes::CodeList;
use crate::finding::Code;
use crate::hint::fold;
use crate::reader::Event;
use crate::rulebook::Rulebook;
use std::borrow::Cow;

/// Which part of `02/05/2024` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// 2 May.
    DayFirst,
    /// 5 February.
    MonthFirst,
}

impl DayOrder {
    /// The word in options and findings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DayFirst => "day_first",
            Self::MonthFirst => "month_first",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::DayFirst, Self::MonthFirst].into_iter().find(|known| known.as_str() == word)
    }
}

/// How amounts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyUnit {
    /// Euro, with or without cents: `12,50`.
    Euro,
    /// Whole cents, as in JSON.
    Cents,
}

impl MoneyUnit {
    /// The word in options and findings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Euro => "euro",
            Self::Cents => "cents",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Euro, Self::Cents].into_iter().find(|known| known.as_str() == word)
    }
}

/// How the cells of one column are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// The decimal mark; the other of comma and point then separates thousands.
    decimal: char,
    pub(super) money: MoneyUnit,
    /// None where nothing says which part of a day is the month.
    pub(super) days: Option<DayOrder>,
}

/// Looks at all cells of a column. `days` is what the whole table says of the order of days.
pub(super) fn style<'c>(
    field: &FieldDef,
    cells: impl Iterator<Item = &'c str>,
    days: Option<DayOrder>,
    options: &CsvOptions,
) -> Style {
    let (mut comma, mut euro) = (false, false);
    if matches!(field.kind, FieldType::Integer | FieldType::Number | FieldType::Money) {
        for cell in cells {
            comma |= cell.rfind(',').is_some_and(|comma| cell.rfind('.').is_none_or(|point| point < comma));
            euro |= cell.contains([',', '.', '€']) || fold(cell).contains("eur");
        }
    }
    Style {
        decimal: options.decimal.unwrap_or(if comma { ',' } else { '.' }),
        money: options.money.unwrap_or(if euro { MoneyUnit::Euro } else { MoneyUnit::Cents }),
        days,
    }
}

/// Which part of the days of a table is the day, where one of them can only be read in one way and none in the other. Days on which both
/// parts are the same are no question.
pub(super) fn day_order<'c>(cells: impl Iterator<Item = &'c str>) -> Option<DayOrder> {
    let (mut day_first, mut month_first, mut open) = (false, false, false);
    for (first, second, ..) in cells.filter_map(|cell| parts(cell.trim())) {
        day_first |= first > 12;
        month_first |= second > 12;
        open |= first != second;
    }
    match (day_first, month_first) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        (false, false) if !open => Some(DayOrder::DayFirst),
        _ => None,
    }
}

/// A cell as the reader takes it, and the code of what was done with it.
pub(super) type Read<'c> = (Event<'c>, Option<Code>);

/// Reads a cell that is not blank.
pub(super) fn read<'c>(field: &FieldDef, cell: &'c str, style: &Style, book: &Rulebook) -> Read<'c> {
    let bare = cell.trim();
    let read = match field.kind {
        FieldType::Bool => yes_or_no(bare, book),
        FieldType::Integer | FieldType::Number => {
            number(bare, style).map(|(event, plain)| (event, (!plain).then_some(Code::TableNumberRead)))
        }
        FieldType::Money => money(bare, style),
        FieldType::Date => date(bare, style).map(|text| (Event::Text(text.into()), Some(Code::TableDateRead))),
        FieldType::Code(list) => Some(code(bare, list, book)),
        FieldType::Text => return (Event::Text(cell.into()), None),
        _ => None,
    };
    read.unwrap_or((Event::Text(bare.into()), None))
}

/// The codes in a cell, between `|`, `;` or `,`.
pub(super) fn codes<'c>(list: &str, cell: &'c str, book: &Rulebook) -> Vec<Read<'c>> {
    let parts = cell.split(['|', ';', ',']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| code(part, list, book)).collect()
}

/// Words for yes and no are data: the code list `yes_no_word`.
fn yes_or_no<'c>(cell: &str, book: &Rulebook) -> Option<Read<'c>> {
    match cell {
        "true" => return Some((Event::Bool(true), None)),
        "false" => return Some((Event::Bool(false), None)),
        _ => {}
    }
    let word = book.codes().get("yes_no_word")?.find(&fold(cell))?;
    match word.concept() {
        Some("yes") => Some((Event::Bool(true), Some(Code::TableBoolRead))),
        Some("no") => Some((Event::Bool(false), Some(Code::TableBoolRead))),
        _ => None,
    }
}

/// A number, and whether it was written as in JSON.
fn number<'c>(cell: &str, style: &Style) -> Option<(Event<'c>, bool)> {
    let text = plain(cell, style.decimal)?;
    let event = if text.contains('.') {
        Event::Float(text.parse::<f64>().ok().filter(|value| value.is_finite())?)
    } else {
        text.parse::<i64>().map_or(Event::BigInt, Event::Int)
    };
    Some((event, text == cell))
}

/// An amount in cents.
fn money<'c>(cell: &str, style: &Style) -> Option<Read<'c>> {
    let bare = cell.trim_start_matches("EUR").trim_end_matches("EUR").trim_matches(['€', ' ', '\u{a0}', '\u{202f}']);
    if style.money == MoneyUnit::Cents {
        return number(bare, style).map(|(event, _)| (event, Some(Code::TableMoneyRead)));
    }
    let text = plain(bare, style.decimal)?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let cents = match part.len() {
        0..=2 => format!("{whole}{part:0<2}"),
        _ => return None,
    };
    Some((cents.parse::<i64>().map_or(Event::BigInt, Event::Int), Some(Code::TableMoneyRead)))
}

/// A number with separators as JSON writes it, if it is one: digits, groups of three, one decimal mark.
fn plain(cell: &str, decimal: char) -> Option<String> {
    let (sign, digits) = match cell.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => ("-", digits),
        None => ("", cell),
    };
    let (whole, part) = digits.split_once(decimal).map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let other = if decimal == ',' { '.' } else { ',' };
    let groups: Vec<&str> = whole.split([other, ' ', '\u{a0}', '\u{202f}', '\'', '’']).collect();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    if !grouped || !groups.iter().all(|group| is_digits(group)) || !part.is_none_or(is_digits) {
        return None;
    }
    let point = part.map(|part| format!(".{part}")).unwrap_or_default();
    Some(format!("{sign}{}{point}", groups.concat()))
}

/// A day with slashes, points or hyphens as `YYYY-MM-DD`, where the column says what the month is.
fn date(cell: &str, style: &Style) -> Option<String> {
    let (first, second, year, rest) = parts(cell)?;
    let (day, month) = match style.days? {
        DayOrder::DayFirst => (first, second),
        DayOrder::MonthFirst => (second, first),
    };
    Some(format!("{year:04}-{month:02}-{day:02}{rest}"))
}

/// Whether a cell is a day with slashes, points or hyphens that is not `YYYY-MM-DD`.
pub(super) fn is_day(cell: &str) -> bool {
    parts(cell.trim()).is_some()
}

/// First number, second number, year with four digits, and what follows (a time).
fn parts(cell: &str) -> Option<(u32, u32, u32, &str)> {
    let (day, rest) =
        cell.split_once(' ').map_or((cell, ""), |(day, _)| (day, cell.strip_prefix(day).unwrap_or_default()));
    let separator = day.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let numbers: Vec<&str> = day.split(separator).collect();
    let &[first, second, year] = numbers.as_slice() else { return None };
    let short = |text: &str| text.len() <= 2;
    if !short(first) || !short(second) || year.len() != 4 {
        return None;
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    Some((digits(first)?, digits(second)?, digits(year)?, rest))
}

/// A code, or the only code of the list that is written so but for case and accents, or that has this label.
fn code<'c>(cell: &'c str, list: &str, book: &Rulebook) -> Read<'c> {
    let found =
        book.codes().get(list).filter(|codes| codes.find(cell).is_none()).and_then(|codes| by_label(codes, cell));
    match found {
        Some(code) => (Event::Text(Cow::Owned(code.to_owned())), Some(Code::TableCodeRead)),
        None => (Event::Text(cell.into()), None),
    }
}

fn by_label<'b>(codes: &'b CodeList, cell: &str) -> Option<&'b str> {
    if cell.len() > 256 {
        return None;
    }
    let folded = fold(cell);
    let only = |wanted: &dyn Fn(&crate::codes::Code) -> bool| {
        let mut found = codes.codes().iter().filter(|code| wanted(code));
        found.next().filter(|_| found.next().is_none()).map(|code| code.code())
    };
    only(&|code| fold(code.code()) == folded)
        .or_else(|| only(&|code| code.labels().iter().any(|label| fold(label) == folded)))
        .or_else(|| labelled(codes, cell))
}

/// `label (code)`, as texts for people write a code.
fn labelled<'b>(codes: &'b CodeList, cell: &str) -> Option<&'b str> {
    let (label, code) = cell.strip_suffix(')')?.rsplit_once(" (")?;
    let code = codes.find(code)?;
    code.labels().iter().any(|known| fold(known) == fold(label)).then(|| code.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_with_its_code_is_the_code() {
        let codes = Rulebook::embedded().codes().get("indicator").unwrap();
        for lang in crate::message::Lang::ALL {
            let cell = format!("{} (POV01)", codes.find("POV01").unwrap().label(lang));
            assert_eq!(by_label(codes, &cell), Some("POV01"), "{cell}");
        }
        assert_eq!(by_label(codes, "Another name (POV01)"), None);
    }

    #[test]
    fn reads_numbers_with_separators() {
        for (cell, mark, wanted) in [
            ("37,5", ',', Some("37.5")),
            ("1 234,50", ',', Some("1234.50")),
            ("1\u{202f}234\u{202f}567", ',', Some("1234567")),
            ("1.234,5", ',', Some("1234.5")),
            ("1,234.5", '.', Some("1234.5")),
            ("-7", '.', Some("-7")),
            ("1.23,5", ',', None),
            ("1,2,3", ',', None),
            ("12 34", ',', None),
            ("", ',', None),
            (",5", ',', None),
            ("1e3", '.', None),
        ] {
            assert_eq!(plain(cell, mark).as_deref(), wanted, "{cell}");
        }
    }

    #[test]
    fn takes_days_apart() {
        assert_eq!(parts("2/5/2024"), Some((2, 5, 2024, "")));
        assert_eq!(parts("02.05.2024 00:00"), Some((2, 5, 2024, " 00:00")));
        assert_eq!(parts("2024-05-02"), None);
        assert_eq!(parts("02/05/24"), None);
        assert_eq!(parts("2/5"), None);
    }
}
