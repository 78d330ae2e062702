//! Reading the embedded document. Rows of indicators are arrays, to be compact:
//! code, tier, unit, min, max, lowest by side, breakdowns, grade, aggregation, evidence, then partial by side and censored value by
//! side where there are any.

use super::{Aggregation, Evidence, Grade, Indicator, Indicators, Level, Partition, Sides, Taxonomy};
use crate::codes::{CodeList, CodeLists};
use crate::json::Json;
use crate::message::Texts;
use crate::territory::System;
use thiserror::Error;

/// Why an embedded document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TaxonomyError {
    /// A part is missing or of another kind.
    #[error("`{0}` of the taxonomy cannot be read")]
    Part(&'static str),
    /// An entry, counted from 0, cannot be read.
    #[error("entry {1} of `{0}` of the taxonomy cannot be read")]
    Entry(&'static str, usize),
    /// An indicator is not after the one before it.
    #[error("`{0}` is not after the indicator before it")]
    Order(String),
}

pub(super) fn taxonomy(json: &Json, codes: &CodeLists) -> Result<Taxonomy, TaxonomyError> {
    let units = members(json, "units")?;
    let names = codes.get("indicator");
    let rows = entries(json, "indicators", |row| indicator(row, units, names))?;
    let unsorted = rows.windows(2).find_map(|pair| match pair {
        [a, b] if a.code >= b.code => Some(b.code.clone()),
        _ => None,
    });
    match unsorted {
        Some(code) => Err(TaxonomyError::Order(code)),
        None => Ok(Taxonomy {
            indicators: Indicators(rows),
            levels: entries(json, "levels", level)?,
            sides: entries(json, "sides", side)?,
            partitions: entries(json, "partitions", partition)?,
            units: units.iter().map(|(unit, per)| (unit.clone(), number(per))).collect(),
            marks: entries(json, "marks", coded)?,
        }),
    }
}

fn members<'j>(json: &'j Json, part: &'static str) -> Result<&'j [(String, Json)], TaxonomyError> {
    json.get(part).and_then(Json::as_object).ok_or(TaxonomyError::Part(part))
}

fn entries<T>(json: &Json, part: &'static str, read: impl Fn(&Json) -> Option<T>) -> Result<Vec<T>, TaxonomyError> {
    let list = json.get(part).and_then(Json::as_list).ok_or(TaxonomyError::Part(part))?;
    let read = list.iter().enumerate().map(|(place, entry)| read(entry).ok_or(TaxonomyError::Entry(part, place)));
    read.collect()
}

/// `[code, rank, length of the NUTS code or null]`
fn level(row: &Json) -> Option<Level> {
    let [code, rank, nuts] = row.as_list()? else { return None };
    let nuts = match nuts {
        Json::Null => None,
        other => Some(usize::try_from(other.as_i64()?).ok()?),
    };
    Some(Level { code: text(code)?, rank: rank.as_i64()?, nuts })
}

/// `[beginning of a code, side]`
fn side(row: &Json) -> Option<(String, System)> {
    let [start, side] = row.as_list()? else { return None };
    Some((text(start)?, System::parse(side.as_str()?)?))
}

/// `[field of the breakdown, code, …]`
fn partition(row: &Json) -> Option<Partition> {
    coded(row).map(|(field, codes)| Partition { field, codes })
}

/// `[word, code, …]`
fn coded(row: &Json) -> Option<(String, Vec<String>)> {
    let (word, codes) = row.as_list()?.split_first()?;
    Some((text(word)?, codes.iter().map(text).collect::<Option<_>>()?))
}

fn indicator(row: &Json, units: &[(String, Json)], names: Option<&CodeList>) -> Option<Indicator> {
    let (row, rest) = row.as_list()?.split_at_checked(10)?;
    let [code, tier, unit, min, max, lowest, breakdowns, grade, aggregation, evidence] = row else { return None };
    let code = text(code)?;
    let [fr, nl, en] = names?.find(&code)?.labels().clone();
    let unit = text(unit)?;
    let per = units.iter().find(|(name, _)| *name == unit).map(|(_, per)| per)?;
    Some(Indicator {
        names: Texts::new(fr, nl, en),
        tier: tier.as_i64()?,
        per: number_or_null(per)?,
        min: number(min)?,
        max: number_or_null(max)?,
        lowest: sides(Some(lowest), text)?,
        partial: sides(rest.first(), text)?,
        censored_at: sides(rest.get(1), number)?,
        breakdowns: breakdowns.as_list()?.iter().map(text).collect::<Option<_>>()?,
        grade: Grade::ALL.into_iter().find(|g| Some(g.as_str()) == grade.as_str())?,
        aggregation: Aggregation::ALL.into_iter().find(|a| Some(a.as_str()) == aggregation.as_str())?,
        evidence: Evidence::ALL.into_iter().find(|e| Some(e.as_str()) == evidence.as_str())?,
        code,
        unit,
    })
}

/// `[France, Wallonia, Flanders]`, null where there is none.
fn sides<T>(json: Option<&Json>, read: impl Fn(&Json) -> Option<T>) -> Option<Sides<T>> {
    let Some(json) = json else { return Some(Sides([None, None, None])) };
    let [fr, wal, vlg] = json.as_list()? else { return None };
    let one = |json: &Json| match json {
        Json::Null => Some(None),
        other => read(other).map(Some),
    };
    Some(Sides([one(fr)?, one(wal)?, one(vlg)?]))
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

fn number(json: &Json) -> Option<f64> {
    match json {
        Json::Int(value) => Some(*value as f64),
        Json::Float(value) => Some(value.get()),
        _ => None,
    }
}

fn number_or_null(json: &Json) -> Option<Option<f64>> {
    match json {
        Json::Null => Some(None),
        other => number(other).map(Some),
    }
}
