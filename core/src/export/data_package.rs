//! A tidy table as CSV with a data package of Frictionless: columns as the fields of an observation, so that the table is read back as one.

use super::lines::{Line, parts};
use super::request::Options;
use super::{File, csv};
use crate::catalogue::Role;
use crate::json::Json;
use crate::rulebook::Rulebook;

/// The schema of a package, version 2.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
/// The schema of a table, version 2.
const TABLE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// What a column holds.
#[derive(Clone, Copy)]
enum Column {
    List(&'static str),
    Territory,
    Text,
    Number,
    Integer,
    Day,
}

fn columns() -> Vec<(String, Column)> {
    let first = [
        ("indicator", Column::List("indicator")),
        ("territory", Column::Territory),
        ("area", Column::Text),
        ("level", Column::List("area_level")),
        ("period", Column::Text),
    ];
    let last = [
        ("value", Column::Number),
        ("unit", Column::List("unit")),
        ("obs_status", Column::List("obs_status")),
        ("source", Column::List("data_provider")),
        ("source_reference", Column::Text),
        ("numerator", Column::Number),
        ("denominator", Column::Number),
        ("vintage", Column::Integer),
        ("released_on", Column::Day),
        ("partner", Column::List("partner")),
    ];
    let part =
        |(field, list): super::lines::Part| (format!("breakdown.{field}"), list.map_or(Column::Text, Column::List));
    let plain = |(name, column): (&str, Column)| (name.to_owned(), column);
    first.into_iter().map(plain).chain(parts().map(part)).chain(last.into_iter().map(plain)).collect()
}

pub(super) fn files(book: &Rulebook, lines: &[Line<'_>], options: &Options<'_>) -> Vec<File> {
    let columns = columns();
    let mut table = String::new();
    csv::row(&columns.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), &mut table);
    for line in lines {
        csv::row(&columns.iter().map(|(name, _)| cell(name, line)).collect::<Vec<_>>(), &mut table);
    }
    let package = package(book, lines, options, &columns).to_canonical();
    vec![
        File { name: "observations.csv", media_type: "text/csv", text: table },
        File { name: "datapackage.json", media_type: "application/json", text: package },
    ]
}

fn cell(name: &str, line: &Line<'_>) -> String {
    let found = match name {
        "value" => return csv::number(line.value),
        "numerator" => return csv::number(line.numerator),
        "denominator" => return csv::number(line.denominator),
        "vintage" => return line.vintage.map_or_else(String::new, |year| year.to_string()),
        "released_on" => return line.released_on.map_or_else(String::new, |day| day.to_string()),
        "indicator" => Some(line.indicator.code()),
        "territory" => Some(line.place).filter(|_| line.is_commune),
        "area" => Some(line.place).filter(|_| !line.is_commune),
        "level" => line.level.filter(|_| !line.is_commune),
        "period" => Some(line.period),
        "unit" => Some(line.indicator.unit()),
        "obs_status" => Some(line.status),
        "source" => line.source,
        "source_reference" => line.source_reference,
        "partner" => line.partner,
        part => {
            let part = part.strip_prefix("breakdown.").unwrap_or(part);
            line.breakdown.iter().find(|(name, _)| *name == part).map(|(_, code)| *code)
        }
    };
    csv::text(found.unwrap_or_default())
}

fn package(book: &Rulebook, lines: &[Line<'_>], options: &Options<'_>, columns: &[(String, Column)]) -> Json {
    let text = |text: &str| Json::from(text);
    let title = options.title.clone();
    let title = title.unwrap_or_else(|| book.messages().get("export.structure", options.lang).to_owned());
    let unique = columns.iter().filter(|(name, _)| is_key(name)).map(|(name, _)| text(name)).collect::<Json>();
    let schema = Json::object([
        ("$schema", text(TABLE)),
        ("fields", columns.iter().map(|(name, column)| field(book, options, name, *column)).collect()),
        ("missingValues", std::iter::once(text("")).collect()),
        ("uniqueKeys", std::iter::once(unique).collect()),
    ]);
    let dialect = Json::object([("delimiter", text(",")), ("lineTerminator", text("\r\n"))]);
    let resource = Json::object([
        ("name", text("observations")),
        ("path", text("observations.csv")),
        ("type", text("table")),
        ("format", text("csv")),
        ("mediatype", text("text/csv")),
        ("encoding", text("utf-8")),
        ("dialect", dialect),
        ("schema", schema),
    ]);
    let sources = super::lines::codes(lines.iter().filter_map(|line| line.source)).into_iter().map(|code| {
        let found = book.codes().get("data_provider").and_then(|list| list.find(code));
        Json::object([("title", text(found.map_or(code, |found| found.label(options.lang))))])
    });
    let mut members = vec![
        ("$schema", text(PROFILE)),
        ("name", text(options.name.as_deref().unwrap_or("observations"))),
        ("title", Json::from(title)),
        ("version", Json::from(format!("{}.0", book.version()))),
        ("resources", std::iter::once(resource).collect()),
    ];
    if lines.iter().any(|line| line.source.is_some()) {
        members.push(("sources", sources.collect()));
    }
    if !options.licenses.is_empty() {
        members.push(("licenses", options.licenses.iter().cloned().collect()));
    }
    members.extend(options.on.map(|day| ("created", Json::from(format!("{day}T00:00:00Z")))));
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Whether a column is part of what no two rows share.
fn is_key(name: &str) -> bool {
    matches!(name, "indicator" | "territory" | "area" | "period" | "source") || name.starts_with("breakdown.")
}

fn field(book: &Rulebook, options: &Options<'_>, name: &str, column: Column) -> Json {
    let kind = match column {
        Column::Number => "number",
        Column::Integer => "integer",
        Column::Day => "date",
        _ => "string",
    };
    let mut constraints = Vec::new();
    if matches!(name, "indicator" | "period" | "unit" | "obs_status") {
        constraints.push(("required".to_owned(), Json::Bool(true)));
    }
    match column {
        Column::List(list) => {
            let codes = book.codes().get(list).into_iter().flat_map(|list| list.codes());
            constraints.push(("enum".to_owned(), codes.map(|code| Json::from(code.code())).collect()));
        }
        Column::Territory => {
            constraints.push(("pattern".to_owned(), Json::from("(FR-[0-9AB]{5}|BE-[0-9]{5})")));
        }
        _ => {}
    }
    let mut members = vec![
        ("name".to_owned(), Json::from(name)),
        ("type".to_owned(), Json::from(kind)),
        ("title".to_owned(), Json::from(book.label(Role::Observation, name, options.lang))),
    ];
    let help = book.help(Role::Observation, name, options.lang);
    members.extend(help.map(|help| ("description".to_owned(), Json::from(help))));
    if !constraints.is_empty() {
        members.push(("constraints".to_owned(), Json::Object(constraints)));
    }
    Json::Object(members)
}
