//! Reading the embedded documents.
//!
//! `taxonomy.json` is what observations are checked by. Its rows of indicators are arrays, to be compact: code, tier, unit, min, max, lowest by
//! side, breakdowns, grade, aggregation, direction, frequency, evidence, then partial by side and censored value by side where there are any.
//! `definitions.json` is the rest, as it is written: definitions, breaks, relations, indicators of programmes.

use super::breaks::Break;
use super::meaning::{Anchor, Meaning, Series};
use super::programme::ProgrammeIndicator;
use super::relation::Relation;
use super::{
    Aggregation, Direction, Evidence, Grade, Indicator, Indicators, Level, Partition, Sides, Taxonomy, Theme, Unit,
};
use crate::codes::{CodeList, CodeLists};
use crate::date::Date;
use crate::json::Json;
use crate::message::Texts;
use crate::territory::System;
use std::sync::Arc;
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
    let units = entries(json, "units", unit)?;
    let names = codes.get("indicator");
    let rows = entries(json, "indicators", |row| indicator(row, &units, names))?;
    let unsorted = rows.windows(2).find_map(|pair| match pair {
        [a, b] if a.code > b.code => Some(b.code.clone()),
        _ => None,
    });
    if let Some(code) = unsorted {
        return Err(TaxonomyError::Order(code));
    }
    let day = |json: &Json| Date::parse(json.as_str()?).ok();
    Ok(Taxonomy {
        version: json.text("version").unwrap_or_default(),
        from: json.get("from").and_then(day),
        themes: themes(codes),
        indicators: Indicators(rows),
        units,
        levels: entries(json, "levels", level)?,
        sides: entries(json, "sides", side)?,
        partitions: entries(json, "partitions", partition)?,
        marks: entries(json, "marks", coded)?,
        ..Taxonomy::default()
    })
}

/// The taxonomy with what the second document says.
pub(super) fn in_full(mut taxonomy: Taxonomy, json: &Json) -> Result<Taxonomy, TaxonomyError> {
    let definitions = entries(json, "definitions", |entry| Some((entry.text("code")?, meaning(entry)?)))?;
    taxonomy.breaks = entries(json, "breaks", Break::read)?.into_iter().map(Arc::new).collect();
    taxonomy.relations = entries(json, "relations", Relation::read)?;
    taxonomy.programme = entries(json, "programme", ProgrammeIndicator::read)?;
    for indicator in &mut taxonomy.indicators.0 {
        let of = |found: &&Arc<Break>| found.series.contains(&indicator.code);
        indicator.breaks = taxonomy.breaks.iter().filter(of).map(Arc::clone).collect();
    }
    for (code, meaning) in definitions {
        let place = taxonomy.indicators.0.binary_search_by(|indicator| indicator.code.cmp(&code));
        match place.ok().and_then(|place| taxonomy.indicators.0.get_mut(place)) {
            Some(indicator) => indicator.meaning = Some(Arc::new(meaning)),
            None => taxonomy.orphans.push(code),
        }
    }
    taxonomy.is_full = true;
    Ok(taxonomy)
}

fn themes(codes: &CodeLists) -> Vec<Theme> {
    let themes = codes.get("theme").map(CodeList::codes).unwrap_or_default();
    let names = |labels: &[String; 3]| {
        let [fr, nl, en] = labels.clone();
        Texts::new(fr, nl, en)
    };
    themes.iter().map(|code| Theme { code: code.code().to_owned(), names: names(code.labels()) }).collect()
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

/// `[code, per or null, smallest and largest value or null]`
fn unit(row: &Json) -> Option<Unit> {
    let [code, per, min, max] = row.as_list()? else { return None };
    Some(Unit { code: text(code)?, per: number_or_null(per)?, min: number_or_null(min)?, max: number_or_null(max)? })
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

fn indicator(row: &Json, units: &[Unit], names: Option<&CodeList>) -> Option<Indicator> {
    let (row, rest) = row.as_list()?.split_at_checked(12)?;
    let [code, tier, unit, min, max, lowest, breakdowns, grade, aggregation, direction, frequency, evidence] = row
    else {
        return None;
    };
    let code = text(code)?;
    let names = match names?.find(&code) {
        Some(entry) => {
            let [fr, nl, en] = entry.labels().clone();
            Texts::new(fr, nl, en)
        }
        None => return None,
    };
    let unit = text(unit)?;
    Some(Indicator {
        theme: code.get(..3).unwrap_or_default().to_owned(),
        names,
        tier: tier.as_i64()?,
        per: units.iter().find(|known| known.code == unit)?.per,
        min: number(min)?,
        max: number_or_null(max)?,
        lowest: sides(Some(lowest), text)?,
        partial: sides(rest.first(), text)?,
        censored_at: sides(rest.get(1), number)?,
        breakdowns: breakdowns.as_list()?.iter().map(text).collect::<Option<_>>()?,
        grade: Grade::parse(grade.as_str()?)?,
        aggregation: Aggregation::parse(aggregation.as_str()?)?,
        direction: Direction::parse(direction.as_str()?)?,
        frequency: text(frequency)?,
        evidence: Evidence::parse(evidence.as_str()?)?,
        partner: None,
        meaning: None,
        breaks: Vec::new(),
        code,
        unit,
    })
}

/// An indicator as a partner writes it; what is wrong in it was told before.
pub(super) fn own(entry: &Json, partner: &str, units: &[Unit]) -> Option<Indicator> {
    let unit = entry.text("unit")?;
    Some(Indicator {
        code: entry.text("code")?,
        theme: entry.text("theme")?,
        names: Texts::from_json(entry.get("name")?)?,
        tier: entry.get("tier")?.as_i64()?,
        per: units.iter().find(|known| known.code == unit)?.per,
        unit,
        min: number(entry.get("min")?)?,
        max: entry.optional("max", number)?,
        lowest: by_side(entry.get("lowest"), text)?,
        partial: by_side(entry.get("partial"), text)?,
        censored_at: by_side(entry.get("censored_at"), number)?,
        breakdowns: entry.all("breakdowns", text)?,
        grade: Grade::parse(entry.get("grade")?.as_str()?)?,
        aggregation: Aggregation::parse(entry.get("aggregation")?.as_str()?)?,
        direction: Direction::parse(entry.get("direction")?.as_str()?)?,
        frequency: entry.text("frequency")?,
        evidence: Evidence::parse(entry.get("evidence")?.as_str()?)?,
        partner: Some(partner.to_owned()),
        meaning: Some(Arc::new(meaning(entry)?)),
        breaks: Vec::new(),
    })
}

fn meaning(entry: &Json) -> Option<Meaning> {
    let series = |json: &Json| Some(Series { provider: json.text("provider")?, name: json.text("name")? });
    let anchor = |json: &Json| Some(Anchor { dataset: json.text("dataset")?, seen: json.get("seen")?.as_bool()? });
    Some(Meaning {
        definition: Texts::from_json(entry.get("definition")?)?,
        numerator: entry.optional("numerator", Texts::from_json)?,
        denominator: entry.optional("denominator", Texts::from_json)?,
        caveat: entry.optional("caveat", Texts::from_json)?,
        category: entry.optional("category", text)?,
        series: by_side(entry.get("series"), series)?,
        anchors: match entry.get("anchor") {
            None => Vec::new(),
            Some(Json::List(anchors)) => anchors.iter().map(anchor).collect::<Option<_>>()?,
            Some(one) => vec![anchor(one)?],
        },
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

/// An object by side.
fn by_side<T>(json: Option<&Json>, read: impl Fn(&Json) -> Option<T>) -> Option<Sides<T>> {
    let Some(json) = json else { return Some(Sides([None, None, None])) };
    let [fr, wal, vlg] = Sides::<T>::ALL.map(|side| json.optional(side.as_str(), &read));
    Some(Sides([fr?, wal?, vlg?]))
}

/// Members of the documents.
pub(super) trait Fields {
    /// A text.
    fn text(&self, name: &str) -> Option<String>;
    /// `Some(None)` where there is no such member, `None` where it cannot be read.
    fn optional<'j, T>(&'j self, name: &str, read: impl Fn(&'j Json) -> Option<T>) -> Option<Option<T>>;
    /// The elements of a list; of one that is not there, none.
    fn all<'j, T>(&'j self, name: &str, read: impl Fn(&'j Json) -> Option<T>) -> Option<Vec<T>>;
}

impl Fields for Json {
    fn text(&self, name: &str) -> Option<String> {
        self.get(name).and_then(text)
    }

    fn optional<'j, T>(&'j self, name: &str, read: impl Fn(&'j Json) -> Option<T>) -> Option<Option<T>> {
        match self.get(name) {
            None => Some(None),
            Some(json) => read(json).map(Some),
        }
    }

    fn all<'j, T>(&'j self, name: &str, read: impl Fn(&'j Json) -> Option<T>) -> Option<Vec<T>> {
        self.get(name).map_or(Some(Vec::new()), |list| list.as_list()?.iter().map(read).collect())
    }
}

pub(super) fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

pub(super) fn number(json: &Json) -> Option<f64> {
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
