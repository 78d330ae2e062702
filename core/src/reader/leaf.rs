//! One value of the input into one cell: the table kind × type of field of `docs/reading.md`.

use super::source::Event;
use crate::catalogue::{FieldDef, FieldType, Form, NotFit};
use crate::date::{Date, DateError, Time};
use crate::finding::{Code, Finding, Path};
use crate::identifier::NotStored;
use crate::json::Json;
use crate::limits;
use crate::rows::OwnedCell;
use crate::rulebook::Rulebook;
use crate::territory::TerritoryCode;
use std::borrow::Cow;

/// A cell that may still borrow its text from the input.
pub(crate) type ReadCell<'t> = OwnedCell<Cow<'t, str>>;

/// Reads a value; the error is the finding.
pub(crate) fn read<'t>(field: &FieldDef, event: Event<'t>, at: &Context<'_>) -> Result<ReadCell<'t>, Finding> {
    use FieldType as Type;
    match (field.kind, event) {
        (_, Event::TooDeep) => Err(at.finding(Code::LimitDepth).with("max", limits::DEPTH)),
        (Type::Bool, Event::Bool(value)) => Ok(OwnedCell::Bool(value)),
        (Type::Integer | Type::Money, event @ (Event::Int(_) | Event::Float(_) | Event::Decimal(_))) => {
            integer(field, &event, at)
        }
        (Type::Number, Event::Int(value)) => {
            if value.abs() > limits::INTEGER {
                return Err(at.finding(Code::NumberTooLarge));
            }
            number(field, value as f64, at)
        }
        (Type::Number, Event::Float(value) | Event::Decimal(value)) => number(field, value, at),
        (Type::Integer | Type::Money | Type::Number, Event::BigInt | Event::OutOfRange) => {
            Err(at.finding(Code::NumberTooLarge))
        }
        (Type::Date, Event::Date(date)) => date.map(OwnedCell::Date).map_err(|error| date_finding(error, "", at)),
        (Type::Text | Type::Code(_) | Type::Territory | Type::Date | Type::Time, Event::BadText) => {
            Err(at.finding(Code::TextNotUnicode))
        }
        (Type::Text, Event::Text(text)) => plain_text(field, text, at),
        (Type::Code(list), Event::Text(text)) => code(list, text, at),
        (Type::Territory, Event::Text(text)) => match TerritoryCode::is_form_of(&text) {
            true => Ok(OwnedCell::Text(text)),
            false => Err(at.finding(Code::TerritoryForm).with_value("value", &*text)),
        },
        (Type::Date, Event::Text(text)) => {
            Date::parse(&text).map(OwnedCell::Date).map_err(|error| date_finding(error, &text, at))
        }
        (Type::Time, Event::Text(text)) => match Time::parse(&text) {
            Some(time) => Ok(OwnedCell::Time(time)),
            None => Err(at.finding(Code::TimeForm).with_value("value", &*text)),
        },
        (kind, event) => Err(at.mismatch(kind.as_str(), event.kind())),
    }
}

/// Where a value stands, and what it is judged by.
pub(crate) struct Context<'a> {
    pub(crate) path: &'a dyn Fn() -> Path,
    pub(crate) book: &'a Rulebook,
}

impl Context<'_> {
    pub(crate) fn finding(&self, code: Code) -> Finding {
        Finding::new(code, (self.path)())
    }

    pub(crate) fn mismatch(&self, expected: &'static str, got: &'static str) -> Finding {
        self.finding(Code::TypeMismatch).with("expected", expected).with("got", got)
    }
}

fn integer<'t>(field: &FieldDef, event: &Event<'_>, at: &Context<'_>) -> Result<ReadCell<'t>, Finding> {
    let value = match event {
        Event::Int(value) => *value,
        Event::Float(value) | Event::Decimal(value) if value.fract() != 0.0 => {
            return Err(at.finding(Code::NumberNotInteger).with_value("value", Json::number(*value)));
        }
        Event::Float(value) | Event::Decimal(value) if value.abs() <= limits::INTEGER as f64 => *value as i64,
        _ => return Err(at.finding(Code::NumberTooLarge)),
    };
    if value.abs() > limits::INTEGER {
        return Err(at.finding(Code::NumberTooLarge));
    }
    in_range(field, value as f64, at)?;
    Ok(OwnedCell::Integer(value))
}

fn number<'t>(field: &FieldDef, value: f64, at: &Context<'_>) -> Result<ReadCell<'t>, Finding> {
    in_range(field, value, at)?;
    // −0 is 0.
    Ok(OwnedCell::Number(value + 0.0))
}

fn in_range(field: &FieldDef, value: f64, at: &Context<'_>) -> Result<(), Finding> {
    let (min, max) = field.range;
    if min.is_none_or(|min| value >= min as f64) && max.is_none_or(|max| value <= max as f64) {
        return Ok(());
    }
    let mut finding = at.finding(Code::ValueOutOfRange).with_value("value", Json::number(value));
    if let Some(min) = min {
        finding = finding.with("min", min);
    }
    if let Some(max) = max {
        finding = finding.with("max", max);
    }
    if let Some(unit) = field.unit {
        finding = finding.with("unit", unit);
    }
    Err(finding)
}

fn plain_text<'t>(field: &FieldDef, text: Cow<'t, str>, at: &Context<'_>) -> Result<ReadCell<'t>, Finding> {
    let max = field.max_length.unwrap_or(limits::TEXT);
    if text.len() > max && text.chars().count() > max {
        return Err(at.finding(Code::LimitText).with("max", max));
    }
    let not = field.form.and_then(|form| form.stored(&text).err());
    // A number that has the form of another is that other.
    let open = not.is_some() || field.form.is_none_or(Form::is_open);
    if open && crate::privacy::looks_like_national_number(&text) {
        return Err(at.finding(Code::PrivacyNationalNumber));
    }
    if let Some(not) = not {
        return Err(form_finding(field.form, not, at));
    }
    Ok(OwnedCell::Text(text))
}

fn form_finding(form: Option<Form>, not: NotFit, at: &Context<'_>) -> Finding {
    let finding = at.finding(Code::TextForm).with("form", form.map_or("", Form::as_str));
    let NotStored { wrong, normal } = match not {
        NotFit::Form(reason) => return finding.with("reason", reason),
        NotFit::Identifier(not) => not,
    };
    let finding = finding.with("reason", wrong.code());
    let finding = wrong.params().into_iter().fold(finding, |finding, (name, value)| finding.with(name, value));
    match normal {
        Some(normal) => finding.with_value("hint", normal),
        None => finding,
    }
}

fn code<'t>(list: &str, text: Cow<'t, str>, at: &Context<'_>) -> Result<ReadCell<'t>, Finding> {
    let codes = at.book.codes().get(list);
    if codes.is_some_and(|codes| codes.find(&text).is_some()) {
        return Ok(OwnedCell::Text(text));
    }
    let hint = codes.and_then(|codes| codes.hint(&text));
    let finding = at.finding(Code::CodeUnknown).with("list", list).with_value("value", &*text);
    Err(match hint {
        Some(hint) => finding.with_value("hint", hint),
        None => finding,
    })
}

fn date_finding(error: DateError, text: &str, at: &Context<'_>) -> Finding {
    let (code, hint) = match error {
        DateError::Form => (Code::DateForm, day_first(text)),
        DateError::NotADay => (Code::DateNotADay, swapped(text)),
        DateError::TimeGiven => (Code::DateTimeGiven, None),
        DateError::OutOfYears => {
            let (from, to) = limits::YEARS;
            return at.finding(Code::DateOutOfYears).with("from", i64::from(from)).with("to", i64::from(to));
        }
    };
    let finding = at.finding(code);
    let finding = if text.is_empty() { finding } else { finding.with_value("value", short(text)) };
    match hint {
        Some(date) => finding.with_value("hint", date.to_string()),
        None => finding,
    }
}

/// At most 64 code points of a value that a finding repeats.
fn short(text: &str) -> String {
    text.chars().take(64).collect()
}

/// `2/5/2024`, `02-05-2024`, `02.05.2024`: day first, as the partners write; month first where it can be nothing else.
fn day_first(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let &[first, second, year] = parts.as_slice() else {
        return None;
    };
    let [first, second, year] = [first, second, year].map(|part| part.parse::<u32>().ok());
    let (first, second, year) = (first?, second?, i32::try_from(year?).ok()?);
    Date::try_new(year, second, first).or_else(|_| Date::try_new(year, first, second)).ok()
}

/// `2024-13-02`: day and month swapped.
fn swapped(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, day, month] = parts.as_slice() else {
        return None;
    };
    Date::try_new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_the_day_that_was_meant() {
        let day = |text| Some(Date::parse(text).unwrap());
        assert_eq!(day_first("02/05/2024"), day("2024-05-02"));
        assert_eq!(day_first("5/13/2024"), day("2024-05-13"));
        assert_eq!(day_first("2 mai 2024"), None);
        assert_eq!(swapped("2024-13-02"), day("2024-02-13"));
        assert_eq!(swapped("2024-02-30"), None);
    }
}
