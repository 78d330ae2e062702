//! What only the partner knows about a text.

use super::{DayOrder, MoneyUnit};
use crate::json::{Json, parse};
use std::collections::BTreeMap;

/// How a CSV text is written. What is not given is found out, and said.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CsvOptions {
    /// The separator of cells, one ASCII character.
    pub delimiter: Option<char>,
    /// The decimal mark, comma or point; the other separates thousands.
    pub decimal: Option<char>,
    /// Which part of a day with slashes is the day.
    pub days: Option<DayOrder>,
    /// How amounts are written.
    pub money: Option<MoneyUnit>,
    /// Headings and the paths of their fields; none for a column that is not to be read.
    pub columns: BTreeMap<String, Option<String>>,
}

/// An option that does not exist, or a value that it does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an option of CSV, or not a value of it: `{name}`")]
pub struct OptionError {
    /// The option.
    pub name: String,
}

impl CsvOptions {
    /// From a JSON object: `delimiter`, `decimal` (`,` or `.`), `days` (`day_first`, `month_first`), `money` (`euro`, `cents`), `columns`
    /// (heading to path, or to null). A member that is null is not given.
    ///
    /// # Errors
    /// [`OptionError`] with the first member that is wrong.
    pub fn from_json(text: &str) -> Result<Self, OptionError> {
        let wrong = |name: &str| OptionError { name: name.to_owned() };
        let json = parse(text, 4).map_err(|_| wrong(""))?;
        let mut options = Self::default();
        for (name, value) in json.as_object().ok_or_else(|| wrong(""))? {
            if *value != Json::Null {
                options.take(name, value).ok_or_else(|| wrong(name))?;
            }
        }
        Ok(options)
    }

    fn take(&mut self, name: &str, value: &Json) -> Option<()> {
        match name {
            "delimiter" => self.delimiter = Some(one(value).filter(char::is_ascii)?),
            "decimal" => self.decimal = Some(one(value).filter(|mark| matches!(mark, ',' | '.'))?),
            "days" => self.days = Some(DayOrder::parse(value.as_str()?)?),
            "money" => self.money = Some(MoneyUnit::parse(value.as_str()?)?),
            "columns" => {
                for (heading, path) in value.as_object()? {
                    let path = if *path == Json::Null { None } else { Some(path.as_str()?.to_owned()) };
                    self.columns.insert(heading.trim().to_owned(), path);
                }
            }
            _ => return None,
        }
        Some(())
    }
}

/// The only character of a text.
fn one(value: &Json) -> Option<char> {
    let mut chars = value.as_str()?.chars();
    chars.next().filter(|_| chars.next().is_none())
}
