//! JSON-stat 2.0: one cube of all figures, sparse where most of it is blank.
//!
//! Dimensions that hold one code say nothing of the figures beside each other and are kept where they are always there (`indicator`, `geo`,
//! `time`, `unit`), so that a reader who asks for them finds them; parts of the population and sources that do not vary are left out.

use super::lines::{Line, codes, parts};
use super::request::Options;
use super::{File, area};
use crate::finding::{Code, Finding, Path};
use crate::json::Json;
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// So many cells a cube may have, filled or not: what every reader counts to.
const CELLS: usize = 1 << 31;
/// A cube with more cells than this for each figure is written sparse.
const SPARSE: usize = 2;

/// A dimension: its id, its heading and the list of its codes.
struct Dimension {
    id: &'static str,
    list: Option<&'static str>,
    codes: Vec<String>,
}

pub(super) fn files(
    book: &Rulebook,
    lines: &[Line<'_>],
    options: &Options<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<File> {
    let dimensions = dimensions(lines);
    let size = dimensions.iter().try_fold(1usize, |count, one| count.checked_mul(one.codes.len()));
    let Some(size) = size.filter(|size| *size <= CELLS) else {
        findings.push(Finding::new(Code::ExportLarge, Path::new(None, Vec::new(), false)).with("max", CELLS));
        return Vec::new();
    };
    let text = dataset(book, lines, options, &dimensions, size).to_canonical();
    vec![File { name: "observations.json", media_type: "application/json", text }]
}

fn dimensions(lines: &[Line<'_>]) -> Vec<Dimension> {
    let fixed = [("indicator", Some("indicator")), ("geo", None), ("time", None), ("unit", Some("unit"))];
    let all = fixed.into_iter().chain([("source", Some("data_provider"))]).chain(parts());
    let dimension = |(id, list): (&'static str, Option<&'static str>)| {
        let codes = codes(lines.iter().map(|line| code(line, id))).into_iter().map(str::to_owned).collect();
        Dimension { id, list, codes }
    };
    let stays = |one: &Dimension| one.codes.len() > 1 || fixed.iter().any(|(id, _)| *id == one.id) || !is_total(one);
    all.map(dimension).filter(stays).collect()
}

/// Whether a dimension says nothing but that it is the total.
fn is_total(one: &Dimension) -> bool {
    one.codes.iter().all(|code| code == super::lines::TOTAL)
}

fn code<'l>(line: &'l Line<'_>, id: &str) -> &'l str {
    match id {
        "indicator" => line.indicator.code(),
        "geo" => line.place,
        "time" => line.period,
        "unit" => line.indicator.unit(),
        "source" => line.source(),
        part => line.part(part),
    }
}

fn dataset(book: &Rulebook, lines: &[Line<'_>], options: &Options<'_>, all: &[Dimension], size: usize) -> Json {
    let mut cells: BTreeMap<usize, &Line<'_>> = BTreeMap::new();
    for line in lines {
        cells.insert(place(line, all), line);
    }
    let is_sparse = size > lines.len().saturating_mul(SPARSE);
    let value = |line: &&Line<'_>| line.value.map_or(Json::Null, Json::number);
    let values = match is_sparse {
        true => Json::Object(
            cells.iter().filter_map(|(at, line)| Some((at.to_string(), Json::number(line.value?)))).collect(),
        ),
        false => (0..size).map(|at| cells.get(&at).map_or(Json::Null, value)).collect(),
    };
    let told = cells.iter().filter(|(_, line)| line.status != "A");
    let statuses = told.clone().map(|(at, line)| (at.to_string(), Json::from(line.status))).collect();
    let used = codes(told.map(|(_, line)| line.status));
    let labels =
        used.iter().map(|code| ((*code).to_owned(), Json::from(label(book, options, Some("obs_status"), code))));
    let ids = |wanted: &str| -> Json { std::iter::once(Json::from(wanted)).collect() };
    let title = options.title.clone();
    let title = title.unwrap_or_else(|| book.messages().get("export.structure", options.lang).to_owned());
    let sources = codes(lines.iter().filter_map(|line| line.source));
    let sources: Vec<String> = sources.iter().map(|code| label(book, options, Some("data_provider"), code)).collect();
    let mut members = vec![
        ("class", Json::from("dataset")),
        ("version", Json::from("2.0")),
        ("label", Json::from(title)),
        ("source", Json::from(sources.join("; "))),
        ("id", all.iter().map(|one| Json::from(one.id)).collect()),
        ("size", all.iter().map(|one| Json::from(one.codes.len())).collect()),
        ("role", Json::object([("geo", ids("geo")), ("time", ids("time")), ("metric", ids("indicator"))])),
        ("dimension", Json::Object(all.iter().map(|one| (one.id.to_owned(), dimension(book, options, one))).collect())),
        ("value", values),
        ("status", Json::Object(statuses)),
        ("extension", Json::object([("status", Json::object([("label", Json::Object(labels.collect()))]))])),
    ];
    members.extend(options.on.map(|day| ("updated", Json::from(day.to_string()))));
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn dimension(book: &Rulebook, options: &Options<'_>, one: &Dimension) -> Json {
    let named = |code: &String| {
        let name = match one.id {
            "geo" => area::name(book, code, options.lang),
            _ => label(book, options, one.list, code),
        };
        (code.clone(), Json::from(name))
    };
    let mut category = vec![
        ("index".to_owned(), one.codes.iter().map(|code| Json::from(code.as_str())).collect()),
        ("label".to_owned(), Json::Object(one.codes.iter().map(named).collect())),
    ];
    if one.id == "indicator" {
        let unit = |code: &String| {
            let unit = book.taxonomy().indicator(code)?.unit();
            Some((code.clone(), Json::object([("label", Json::from(label(book, options, Some("unit"), unit)))])))
        };
        category.push(("unit".to_owned(), Json::Object(one.codes.iter().filter_map(unit).collect())));
        let note = |code: &String| {
            let caveat = book.taxonomy().indicator(code)?.caveat(options.lang)?;
            Some((code.clone(), std::iter::once(Json::from(caveat)).collect()))
        };
        category.push(("note".to_owned(), Json::Object(one.codes.iter().filter_map(note).collect())));
    }
    Json::object([("label", Json::from(heading(book, options, one.id))), ("category", Json::Object(category))])
}

fn heading(book: &Rulebook, options: &Options<'_>, id: &str) -> String {
    let field = match id {
        "geo" => return book.messages().get("export.concept.area", options.lang).to_owned(),
        "time" => "period".to_owned(),
        "indicator" | "unit" | "source" => id.to_owned(),
        part => format!("breakdown.{part}"),
    };
    book.label(crate::catalogue::Role::Observation, &field, options.lang)
}

/// The label of a code; the code itself where it is in no list.
fn label(book: &Rulebook, options: &Options<'_>, list: Option<&str>, code: &str) -> String {
    let find = |list: &str| book.codes().get(list).and_then(|list| list.find(code));
    let total = || find("obs_sex").filter(|_| code == super::lines::TOTAL);
    list.and_then(find).or_else(total).map_or_else(|| code.to_owned(), |found| found.label(options.lang).to_owned())
}

/// Where a line stands in the cube, the last dimension running fastest.
fn place(line: &Line<'_>, all: &[Dimension]) -> usize {
    all.iter().fold(0, |at, one| {
        let own = one.codes.iter().position(|known| known == code(line, one.id)).unwrap_or(0);
        at * one.codes.len() + own
    })
}
