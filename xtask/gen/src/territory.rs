//! The territory: from the CSVs that people read to the compact texts that the core embeds, and the document that is hashed.
//!
//! Each row is judged where it stands: a code, an area, a successor or a neighbour that is not there is a fault with file and line.
//! What the rows say together is read by the core's own reader last.

use crate::csv::{Row, Table};
use crate::fault::Faults;
use sam_eurometropole::date::Date;
use sam_eurometropole::json::Json;
use sam_eurometropole::territory::{AreaKind, ChangeKind, Confidence, Tables, Territory, TerritoryCode};
use std::path::Path;

const COMMUNES: &[&str] =
    &["code", "name_fr", "name_nl", "system", "arrondissement", "nuts3", "postal_codes", "from", "to", "zones"];
const AREAS: &[&str] = &[
    "code",
    "kind",
    "parent",
    "name_fr",
    "name_nl",
    "name_en",
    "from",
    "to",
    "dated",
    "held",
    "communes",
    "communes_on",
];
const CHANGES: &[&str] = &["date", "kind", "from", "to", "former_name", "source"];
const NEIGHBOURS: &[&str] = &["be", "fr", "confidence"];
const CENTRES: &[&str] = &["code", "lat", "lon"];

/// Changes are listed from this day on: every code that began or ended since has its change.
const LISTED_FROM: &str = "2000-01-01";

/// The tables.
#[derive(Default)]
pub(crate) struct Sources {
    communes: Table,
    areas: Table,
    changes: Table,
    neighbours: Table,
    centres: Table,
}

/// The tables of a folder; empty ones where there is no file.
pub(crate) fn read(folder: &Path) -> Result<Sources, Faults> {
    let mut faults = Faults::default();
    let mut table = |name: &str, columns| faults.keep(Table::read(&folder.join(name), columns));
    let sources = Sources {
        communes: table("communes.csv", COMMUNES),
        areas: table("areas.csv", AREAS),
        changes: table("changes.csv", CHANGES),
        neighbours: table("neighbours.csv", NEIGHBOURS),
        centres: table("centres.csv", CENTRES),
    };
    faults.into_result()?;
    let mut faults = Faults::default();
    sources.judge(&mut faults);
    faults.into_result()?;
    let [communes, areas, changes, neighbours, centres] = sources.texts();
    let tables =
        Tables { communes: &communes, areas: &areas, changes: &changes, neighbours: &neighbours, centres: &centres };
    Territory::from_embedded(&tables).map_err(|error| Faults::one(folder.display(), error))?;
    Ok(sources)
}

impl Sources {
    /// The system of a commune.
    pub(crate) fn system(&self, commune: &str) -> Option<&str> {
        self.communes.find("code", commune).map(|row| row.cell("system"))
    }

    /// What the hash of the territory is taken of.
    pub(crate) fn document(&self) -> Json {
        Json::object([
            ("areas", self.areas.document(&[])),
            ("centres", self.centres.document(&[])),
            ("changes", self.changes.document(&[])),
            ("communes", self.communes.document(&["postal_codes", "zones"])),
            ("neighbours", self.neighbours.document(&[])),
        ])
    }

    /// The texts that the core embeds: communes, areas, changes, neighbours, centres. Their format is described there.
    pub(crate) fn texts(&self) -> [String; 5] {
        [
            self.communes.compact("communes.csv", commune),
            self.areas.compact("areas.csv", Table::plain),
            self.changes.compact("changes.csv", Table::plain),
            self.neighbours.compact("neighbours.csv", Table::plain),
            self.centres.compact("centres.csv", Table::plain),
        ]
    }

    fn judge(&self, faults: &mut Faults) {
        let mut tell = |table: &Table, row: &Row, what: Option<String>| {
            if let Some(what) = what {
                table.fault(faults, row, what);
            }
        };
        for row in &self.areas.rows {
            tell(&self.areas, row, self.area(row));
        }
        for row in &self.communes.rows {
            tell(&self.communes, row, self.commune(row));
        }
        for row in &self.changes.rows {
            tell(&self.changes, row, self.change(row));
        }
        for row in &self.neighbours.rows {
            tell(&self.neighbours, row, self.neighbour(row));
        }
        for row in &self.centres.rows {
            tell(&self.centres, row, self.centre(row));
        }
        for (table, columns) in [
            (&self.areas, &["code"][..]),
            (&self.communes, &["code"]),
            (&self.changes, &["date", "to", "from"]),
            (&self.neighbours, &["be", "fr"]),
            (&self.centres, &["code"]),
        ] {
            let key = |row: &Row| columns.iter().map(|column| row.cell(column).to_owned()).collect::<Vec<_>>();
            for (before, row) in table.rows.iter().zip(table.rows.iter().skip(1)) {
                tell(table, row, (key(before) >= key(row)).then(|| "not after the row before it".to_owned()));
            }
        }
    }

    /// What is wrong with an area.
    fn area(&self, row: &Row) -> Option<String> {
        let Some(kind) = AreaKind::parse(row.cell("kind")) else { return unknown("kind", row.cell("kind")) };
        let parent = row.cell("parent");
        if !parent.is_empty() && self.areas.find("code", parent).is_none() {
            return unknown("area", parent);
        }
        if parent.is_empty() && !matches!(kind, AreaKind::Country | AreaKind::Zone) {
            return Some("an area has a parent".to_owned());
        }
        let named = ["name_fr", "name_en"].into_iter().all(|column| !row.cell(column).is_empty());
        if !named && !matches!(kind, AreaKind::Nuts1 | AreaKind::Nuts2 | AreaKind::Nuts3) {
            return Some("an area has a name in French and English".to_owned());
        }
        no_word(row, "dated", &["yes", "no"]).or_else(|| no_word(row, "held", &["all", "part"])).or_else(|| no_day(row))
    }

    /// What is wrong with a commune.
    fn commune(&self, row: &Row) -> Option<String> {
        let code = row.cell("code");
        let Some(country) = TerritoryCode::parse(code).map(|code| code.country().to_owned()) else {
            return unknown("form of a code", code);
        };
        for (column, kind) in [("arrondissement", "arrondissement"), ("nuts3", "nuts3")] {
            let named = row.cell(column);
            let area = self.areas.find("code", named).filter(|area| area.cell("kind") == kind);
            if area.is_none() && !(named.is_empty() && column == "nuts3") {
                return unknown(kind, named);
            }
        }
        let digits = if country == "FR" { 5 } else { 4 };
        let form = |code: &str| code.len() == digits && code.bytes().all(|b| b.is_ascii_digit());
        if let Some(wrong) = row.list("postal_codes").find(|code| !form(code)) {
            return unknown("form of a postal code", wrong);
        }
        if !row.list("postal_codes").is_sorted_by(|a, b| a < b) {
            return Some("the postal codes are not sorted".to_owned());
        }
        let zones = ["mel", "eurometropole", "programme"];
        if let Some(wrong) = row.list("zones").find(|zone| !zones.contains(zone)) {
            return unknown("zone", wrong);
        }
        no_word(row, "system", &["FR", "BE-WAL", "BE-VLG"])
            .or_else(|| no_day(row))
            .or_else(|| {
                (row.cell("to").is_empty() && row.cell("postal_codes").is_empty()).then(|| "no postal code".to_owned())
            })
            .or_else(|| self.without_change(row))
    }

    /// A code that began or ended since the changes are listed, and no change says how.
    fn without_change(&self, row: &Row) -> Option<String> {
        let (code, from, to) = (row.cell("code"), row.cell("from"), row.cell("to"));
        let moved = |change: &&Row| change.cell("from") != change.cell("to");
        let mut into = self.changes.rows.iter().filter(moved).filter(|change| change.cell("to") == code);
        if from >= LISTED_FROM && !into.any(|change| change.cell("date") == from) {
            return Some(format!("no change of {from} says what was before `{code}`"));
        }
        let mut out = self.changes.rows.iter().filter(moved).filter(|change| change.cell("from") == code);
        let ends = |change: &Row| {
            change.cell("kind") != "reestablish" && day_before(change.cell("date")).as_deref() == Some(to)
        };
        (!to.is_empty() && !out.any(ends)).then(|| format!("no change after {to} says what came after `{code}`"))
    }

    /// What is wrong with a change.
    fn change(&self, row: &Row) -> Option<String> {
        let Some(kind) = ChangeKind::parse(row.cell("kind")) else { return unknown("kind", row.cell("kind")) };
        if Date::parse(row.cell("date")).is_err() {
            return unknown("day", row.cell("date"));
        }
        let (from, to, name) = (row.cell("from"), row.cell("to"), row.cell("former_name"));
        if !self.holds(to) {
            return unknown("code", to);
        }
        // A commune from outside has its name here, since no row of the communes gives it.
        let from_outside = TerritoryCode::parse(from).is_some() && !name.is_empty() && kind == ChangeKind::Merge;
        let created = from.is_empty() && kind == ChangeKind::Create;
        if !(self.holds(from) || from_outside || created) {
            return unknown("code", from);
        }
        if self.holds(from) && from != to && !name.is_empty() {
            return Some(format!("the name of `{from}` is in its own row"));
        }
        let ended = self.communes.find("code", from).map(|row| row.cell("to"));
        let ends = from != to && matches!(kind, ChangeKind::Merge | ChangeKind::Recode);
        match ended {
            Some(day) if ends && Some(day) != day_before(row.cell("date")).as_deref() => {
                Some(format!("`{from}` did not end on the day before"))
            }
            _ => row.cell("source").is_empty().then(|| "no source".to_owned()),
        }
    }

    /// What is wrong with a pair of neighbours: both are in force, one on each side.
    fn neighbour(&self, row: &Row) -> Option<String> {
        for (column, country) in [("be", "BE-"), ("fr", "FR-")] {
            let code = row.cell(column);
            let commune = self.communes.find("code", code).filter(|commune| commune.cell("to").is_empty());
            if commune.is_none() || !code.starts_with(country) {
                return unknown("commune", code);
            }
        }
        Confidence::parse(row.cell("confidence"))
            .map_or_else(|| unknown("confidence", row.cell("confidence")), |_| None)
    }

    /// What is wrong with a centre: it is that of a commune in force, and lies on the ground that is held.
    fn centre(&self, row: &Row) -> Option<String> {
        let code = row.cell("code");
        if self.communes.find("code", code).is_none_or(|commune| !commune.cell("to").is_empty()) {
            return unknown("commune", code);
        }
        let is_within = |column: &str, first: f64, last: f64| {
            row.cell(column).parse::<f64>().is_ok_and(|degrees| (first..=last).contains(&degrees))
        };
        (!(is_within("lat", 49.5, 51.6) && is_within("lon", 1.4, 4.7))).then(|| "no centre in the territory".to_owned())
    }

    fn holds(&self, code: &str) -> bool {
        self.communes.find("code", code).or_else(|| self.areas.find("code", code)).is_some()
    }
}

fn unknown(what: &str, text: &str) -> Option<String> {
    Some(format!("no {what}: `{text}`"))
}

fn no_word(row: &Row, column: &str, words: &[&str]) -> Option<String> {
    let text = row.cell(column);
    if words.contains(&text) { None } else { unknown(column, text) }
}

/// A first or last day that is none.
fn no_day(row: &Row) -> Option<String> {
    let days = ["from", "to"].map(|column| row.cell(column));
    let wrong = days.into_iter().find(|day| !day.is_empty() && Date::parse(day).is_err())?;
    unknown("day", wrong)
}

fn day_before(day: &str) -> Option<String> {
    Some(Date::parse(day).ok()?.plus_days(-1)?.to_string())
}

/// The cells of a commune in the compact text.
fn commune(row: &Row) -> Vec<String> {
    let (fr, nl) = (row.cell("name_fr"), row.cell("name_nl"));
    let cells = [
        row.cell("code"),
        fr,
        if nl == fr { "=" } else { nl },
        &flags(row),
        row.cell("arrondissement"),
        row.cell("nuts3"),
        row.cell("postal_codes"),
        row.cell("from"),
        row.cell("to"),
    ];
    cells.map(str::to_owned).to_vec()
}

/// A letter for the system and one for each zone.
fn flags(row: &Row) -> String {
    let system = match row.cell("system") {
        "FR" => 'F',
        "BE-WAL" => 'W',
        _ => 'V',
    };
    let zones = row.list("zones").filter_map(|zone| zone.chars().next());
    std::iter::once(system).chain(zones).collect()
}
