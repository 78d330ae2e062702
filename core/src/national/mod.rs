//! Files of national producers as they come, read into observations.
//!
//! A file enters as bytes or as the rows of a sheet ([`Input`]), with the mapping of its table ([`Mapping`], data in `core/data/mappings`);
//! a [`Read`] leaves: observations as JSON records, findings, and each row or cell that gave no figure. The way is: `grid` (cells),
//! `headings` (which column is which), `figures` (place, period, breakdown, numbers), `carry` (former communes to those of the day). Nothing is
//! guessed: what is not in the mapping is said, and what is left out is listed.

mod carry;
mod figures;
mod grid;
mod headings;
mod json_stat;
mod mapping;
mod notes;
mod number;
mod place;

pub use grid::Input;
pub use mapping::Mapping;

use crate::date::Date;
use crate::encoding::decoded;
use crate::finding::{Code, Finding, Severity, settle};
use crate::json::{Json, parse};
use crate::limits;
use crate::period::Period;
use crate::report::counts_json;
use crate::rulebook::Rulebook;
use figures::Figure;
use grid::{Grid, Unreadable};
use notes::Notes;

/// The code of a total.
const TOTAL: &str = "_T";

/// The mappings that come with the package, as JSON documents, sorted by id.
#[must_use]
pub fn documents() -> Vec<Json> {
    let json = parse(include_str!("../embedded/mappings.json"), 32).unwrap_or(Json::Null);
    json.as_list().map(<[Json]>::to_vec).unwrap_or_default()
}

/// A mapping that comes with the package, by its id.
#[must_use]
pub fn mapping(id: &str, book: &Rulebook) -> Option<Mapping> {
    let document = documents().into_iter().find(|one| one.get("mapping").and_then(Json::as_str) == Some(id))?;
    Mapping::from_json(&document.to_canonical(), book).ok()
}

/// What only who reads knows of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The day whose communes the figures are carried to.
    pub on: Date,
    /// Period of the figures, where the mapping says that it is given.
    pub period: Option<String>,
    /// Name of the file or sheet, in which a year may stand.
    pub name: Option<String>,
    /// Indicator of the figures, where the mapping says that it is given.
    pub indicator: Option<String>,
    /// Partner that hands in the figures.
    pub partner: Option<String>,
    /// Day on which the source published them.
    pub released_on: Option<Date>,
}

/// An option that does not exist, or a value that it does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an option of reading a national file, or not a value of it: `{name}`")]
pub struct OptionError {
    /// The option.
    pub name: String,
}

impl Options {
    /// The day alone.
    #[must_use]
    pub fn on(on: Date) -> Self {
        Self { on, period: None, name: None, indicator: None, partner: None, released_on: None }
    }

    /// The day and a JSON object: `period`, `name`, `indicator`, `partner`, `released_on`. A member that is null is not given.
    ///
    /// # Errors
    /// [`OptionError`] with the first member that is wrong.
    pub fn from_json(on: Date, text: &str, book: &Rulebook) -> Result<Self, OptionError> {
        let wrong = |name: &str| OptionError { name: name.to_owned() };
        let json = parse(text, 4).map_err(|_| wrong(""))?;
        let mut options = Self::on(on);
        for (name, value) in json.as_object().ok_or_else(|| wrong(""))? {
            if *value != Json::Null {
                options.take(name, value, book).ok_or_else(|| wrong(name))?;
            }
        }
        Ok(options)
    }

    fn take(&mut self, name: &str, value: &Json, book: &Rulebook) -> Option<()> {
        let text = value.as_str()?;
        let known = |list: &str| book.codes().get(list)?.find(text).map(|code| code.code().to_owned());
        match name {
            "period" => self.period = Some(text.to_owned()).filter(|text| Period::parse(text).is_some()),
            "name" => self.name = Some(text.to_owned()),
            "indicator" => self.indicator = Some(known("indicator")?),
            "partner" => self.partner = Some(known("partner")?),
            "released_on" => self.released_on = Some(Date::parse(text).ok()?),
            _ => return None,
        }
        (name != "period" || self.period.is_some()).then_some(())
    }
}

/// What was read of a file.
#[derive(Debug)]
pub struct Read<'b> {
    /// Records `observation`, in the order of the file.
    pub observations: Vec<Json>,
    /// What is wrong or was changed, each thing once.
    pub findings: Vec<Finding>,
    /// Each row or cell that gave no figure: its line, and the code of why.
    pub dropped: Vec<Json>,
    /// Rows with something in them, and rows without.
    pub rows: [usize; 2],
    /// The rulebook whose communes and indicators they are.
    pub book: &'b Rulebook,
    mapping: Json,
    on: Date,
}

/// Reads a file with the mapping of its table.
///
/// ```
/// use sam_eurometropole::{Rulebook, date::Date, national::{self, Input, Mapping, Options}};
///
/// let book = Rulebook::embedded();
/// let mapping = national::mapping("fr_insee.filosofi_commune", book).unwrap();
/// let text = "CODGEO;NBMENFISC21;MED21;TP6021\n59350;96000;20500;27,0\n59512;38000;s;s\n";
/// let on = Options::on(Date::parse("2026-01-01").unwrap());
/// let read = national::read(book, &mapping, Input::Bytes(text.as_bytes()), &on);
/// assert_eq!(read.observations.len(), 4);
/// assert_eq!(read.observations[0].get("value").unwrap().to_canonical(), "20500");
/// assert_eq!(read.observations[3].get("obs_status").unwrap().as_str(), Some("Q"));
/// ```
#[must_use]
pub fn read<'b>(book: &'b Rulebook, mapping: &Mapping, input: Input<'_>, options: &Options) -> Read<'b> {
    let mut notes = Notes::default();
    let mut read = Read {
        observations: Vec::new(),
        findings: Vec::new(),
        dropped: Vec::new(),
        rows: [0; 2],
        book,
        mapping: mapping.made_by(),
        on: options.on,
    };
    if !mapping.verified {
        notes.say(Code::NationalUnverified, &[("mapping", Json::from(mapping.id.as_str()))]);
    }
    let text = match input {
        Input::Bytes(bytes) => decoded(bytes),
        Input::Rows(_) => (std::borrow::Cow::Borrowed(""), None),
    };
    if let Some(encoding) = text.1 {
        notes.say(Code::NationalEncoding, &[("encoding", Json::from(encoding))]);
    }
    let grid = match input {
        Input::Bytes(_) => grid::of_text(&text.0, mapping),
        Input::Rows(rows) => grid::of_value(rows),
    };
    match grid {
        Ok(grid) => {
            read.rows = [grid.rows.len(), grid.blank_rows];
            let figures = figures_of(book, mapping, &grid, options, &mut notes);
            read.observations = figures.iter().map(|figure| observation(book, mapping, options, figure)).collect();
        }
        Err(why) => said(why, &mut notes),
    }
    read.findings = settle(notes.findings());
    read.dropped = notes.dropped;
    read
}

fn figures_of(
    book: &Rulebook,
    mapping: &Mapping,
    grid: &Grid<'_>,
    options: &Options,
    notes: &mut Notes,
) -> Vec<Figure> {
    if mapping.asks_for_indicator() && options.indicator.is_none() {
        notes.say(Code::NationalIndicatorOpen, &[]);
        return Vec::new();
    }
    let Some(heads) = headings::find(grid, mapping, notes) else { return Vec::new() };
    for column in heads.values.iter().filter(|column| column.rule.shift != 0) {
        let shift = column.rule.shift;
        let factor = format!("1e{shift}").parse().map_or(Json::Null, Json::number);
        notes.say(Code::NationalFactor, &[("column", notes::shown(&column.heading)), ("factor", factor)]);
    }
    let figures = figures::read(book, mapping, &heads, options, grid, notes);
    carry::carried(book, figures, options.on, notes)
}

fn said(why: Unreadable, notes: &mut Notes) {
    match why {
        Unreadable::Syntax => notes.say(Code::NationalSyntax, &[]),
        Unreadable::Shape => notes.say(Code::NationalShape, &[]),
        Unreadable::TooLong => notes.say(Code::LimitBytes, &[("max", Json::from(limits::TABLE_BYTES))]),
        Unreadable::TooManyRows => notes.say(Code::LimitRows, &[("max", Json::from(limits::ROWS))]),
    }
}

/// The first day of a year.
fn new_year(year: i64) -> Option<Date> {
    Date::try_new(i32::try_from(year).ok()?, 1, 1).ok()
}

/// A figure as the record has it.
fn observation(book: &Rulebook, mapping: &Mapping, options: &Options, figure: &Figure) -> Json {
    let key = &figure.key;
    let text = |text: &str| Json::from(text);
    let mut members = vec![("indicator", text(&key.indicator))];
    match key.level {
        None => members.push(("territory", text(&key.place))),
        Some(level) => members.extend([("area", text(&key.place)), ("level", text(level))]),
    }
    members.push(("period", text(&key.period)));
    if !key.breakdown.is_empty() {
        let parts = key.breakdown.iter().map(|(field, code)| (field.clone(), text(code)));
        members.push(("breakdown", Json::Object(parts.collect())));
    }
    let unit = book.taxonomy().indicator(&key.indicator).map(|indicator| text(indicator.unit()));
    let number = |value: Option<f64>| value.map(Json::number);
    let optional = [
        ("value", number(figure.value)),
        ("unit", unit),
        ("obs_status", figure.status.as_deref().map(text)),
        ("source", Some(text(&mapping.provider))),
        ("source_reference", mapping.reference.as_deref().map(text)),
        ("numerator", number(figure.numerator)),
        ("denominator", number(figure.denominator)),
        ("vintage", figure.vintage.map(Json::Int)),
        ("released_on", options.released_on.map(|day| Json::from(day.to_string()))),
        ("partner", options.partner.as_deref().map(text)),
    ];
    members.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

impl Read<'_> {
    /// How many findings of a weight there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The whole as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let [rows, blank] = self.rows;
        let with_value = self.observations.iter().filter(|one| one.get("value").is_some()).count();
        let amounts = [
            ("rows", Json::from(rows)),
            ("blank_rows", Json::from(blank)),
            ("observations", Json::from(self.observations.len())),
            ("with_value", Json::from(with_value)),
        ];
        let mut made_by = self.book.made_by(&[]);
        if let Json::Object(members) = &mut made_by {
            members.push(("mapping".to_owned(), self.mapping.clone()));
        }
        Json::object([
            ("made_by", made_by),
            ("on", Json::from(self.on.to_string())),
            ("amounts", Json::object(amounts)),
            ("counts", counts_json(|severity| self.count(severity))),
            ("findings", self.findings.iter().map(|finding| finding.to_json(false, true)).collect()),
            ("dropped", self.dropped.iter().cloned().collect()),
            ("observations", self.observations.iter().cloned().collect()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Role;
    use proptest::prelude::*;

    fn day() -> Date {
        Date::parse("2026-01-01").unwrap()
    }

    fn all() -> Vec<Mapping> {
        let book = Rulebook::embedded();
        let ids: Vec<String> =
            documents().iter().map(|one| one.get("mapping").unwrap().as_str().unwrap().to_owned()).collect();
        ids.iter().map(|id| mapping(id, book).unwrap_or_else(|| panic!("{id} does not load"))).collect()
    }

    #[test]
    fn every_mapping_of_the_package_loads() {
        assert!(all().len() >= 10);
        assert!(mapping("fr_insee.filosofi", Rulebook::embedded()).is_none());
    }

    #[test]
    fn an_option_is_checked() {
        let book = Rulebook::embedded();
        let wrong = |text| Options::from_json(day(), text, book).unwrap_err().name;
        assert_eq!(wrong(r#"{"partner": "ccas_paris"}"#), "partner");
        assert_eq!(wrong(r#"{"period": "T2 2021"}"#), "period");
        assert_eq!(wrong(r#"{"year": "2021"}"#), "year");
        assert!(Options::from_json(day(), r#"{"period": "2021-Q2", "name": null}"#, book).is_ok());
    }

    proptest! {
        /// Whatever a file holds, it is read to its end, and what comes out has the form of an observation.
        #[test]
        fn any_text_is_read(lines in prop::collection::vec(prop::collection::vec(cell(), 0..5), 0..6), end in "[;,\\r\\n\"]{0,3}") {
            let book = Rulebook::embedded();
            let rows: Vec<String> = lines.iter().map(|cells| cells.join(";")).collect();
            let text = rows.join("\n") + &end;
            for mapping in all() {
                let options = Options { period: Some("2023".to_owned()), indicator: Some("DEM01".to_owned()), ..Options::on(day()) };
                let read = read(book, &mapping, Input::Bytes(text.as_bytes()), &options);
                for one in &read.observations {
                    let report = crate::check_value(book, Role::Observation, &crate::reader::Value::from(one), day());
                    let of_form = ["type.", "code.unknown", "field.", "territory.form", "text."];
                    prop_assert!(!report.findings.iter().any(|f| of_form.iter().any(|start| f.code.starts_with(start))), "{}", one.to_canonical());
                }
            }
        }
    }

    fn cell() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "CODGEO",
            "MED21",
            "TP6021",
            "RD",
            "Q219",
            "ARSAS",
            "geoitem",
            "period",
            "v3122_betal",
            "CD_REFNIS",
            "MS_POPULATION",
            "CD_AGE",
            "geo",
            "TIME_PERIOD",
            "OBS_VALUE",
            "59350",
            "59512",
            "57096",
            "37007",
            "37015",
            "BE32",
            "2021",
            "5,0",
            "12.5",
            "s",
            "",
            "<3",
            "\"x",
            "Ensemble",
            "-1",
            "1e9",
            "P22_POP",
            "P22_RP",
            "P22_RP_PROP",
            "0",
        ])
        .prop_map(str::to_owned)
    }
}
