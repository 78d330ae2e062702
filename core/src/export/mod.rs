//! Figures, the taxonomy and the rules in the formats of others.
//!
//! Observations enter with a request as JSON text ([`figures_text`], [`figures_value`], [`figures`]); the vocabulary and the criteria of the
//! rulebook are asked for by a request alone ([`vocabulary`], [`criteria`]). An [`Export`] leaves: files as text, and what could not be said in
//! the format. Each format is a file of its own below; `lines` and `graph` are what several of them share. A figure without a value has none in
//! any format, and nothing of what was counted either. Nothing asks for today: who exports says the day.

mod area;
mod cccev;
mod csv;
mod data_package;
mod graph;
mod json_stat;
mod lines;
mod request;
mod sdmx;
mod skos;

use crate::catalogue::Role;
use crate::finding::{Code, Finding, Severity, settle};
use crate::harmonise;
use crate::json::Json;
use crate::reader::{Batch, Shape, Value, ValueSource, read_many, read_texts};
use crate::rows::{OwnedRows, Rows};
use crate::rulebook::Rulebook;
use request::{Kind, Options};

/// The base of IRIs where the caller gives none: ours, and never on the network.
pub const BASE: &str = "https://sam-eurometropole.invalid/";
/// The agency of SDMX structures where the caller gives none.
pub const AGENCY: &str = "SAMEURO";

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is called.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What it holds.
    pub text: String,
}

/// What was exported.
#[derive(Clone, Debug)]
pub struct Export<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// The files; none where the request has an error.
    pub files: Vec<File>,
    /// What is wrong with the request, and what of the observations the format does not hold.
    pub findings: Vec<Finding>,
}

/// Exports a JSON list of observations.
///
/// ```
/// use sam_eurometropole::{Rulebook, export};
/// let observations = r#"[
///     {"indicator": "CHI01", "territory": "FR-59512", "period": "2023", "unit": "NR", "value": 1500, "source": "fr_insee"},
///     {"indicator": "CHI01", "territory": "BE-57096", "period": "2023", "unit": "NR", "obs_status": "Q", "source": "be_statbel"}
/// ]"#;
/// let found = export::figures_text(Rulebook::embedded(), observations, r#"{"format": "sdmx_csv", "on": "2026-01-31"}"#);
/// assert_eq!(found.files.iter().map(|file| file.name).collect::<Vec<_>>(), ["observations.csv", "structure.json"]);
/// assert!(found.files[0].text.lines().nth(2).is_some_and(|line| line.contains(",2023,,Q,C,")));
/// ```
#[must_use]
pub fn figures_text<'b>(book: &'b Rulebook, observations: &str, request: &str) -> Export<'b> {
    of_batch(book, &read_texts(observations, Shape::Record(Role::Observation), book), request)
}

/// Exports a list of observations given as values of a host language.
#[must_use]
pub fn figures_value<'b>(book: &'b Rulebook, observations: &Value, request: &str) -> Export<'b> {
    of_batch(book, &read_many(ValueSource::new(observations), Shape::Record(Role::Observation), book), request)
}

fn of_batch<'b>(book: &'b Rulebook, batch: &Batch, request: &str) -> Export<'b> {
    let nothing = OwnedRows::new(Role::Observation.layout());
    let mut found = figures(book, batch.records.get(Role::Observation).unwrap_or(&nothing), request);
    // A text that is no list of records at all has no row of which that could be said.
    let unread = batch.findings.iter().flatten().filter(|finding| finding.code == Code::InputSyntax.as_str());
    found.findings.splice(0..0, unread.cloned());
    found
}

/// Exports the rows of a table of observations.
#[must_use]
pub fn figures<'b, R: Rows>(book: &'b Rulebook, rows: &R, request: &str) -> Export<'b> {
    of_request(book, request, Kind::Figures, |options, findings| {
        let beside = options.harmonise.as_ref().map(|asked| harmonise::harmonise(book, rows, asked));
        let lines = match &beside {
            Some(beside) => lines::harmonised(beside),
            None => lines::read(book, rows, findings),
        };
        if let Some(beside) = &beside {
            findings.extend(beside.findings.iter().cloned());
            if beside.request.is_none() {
                return Vec::new();
            }
        }
        match options.format {
            "sdmx_csv" => sdmx::files(book, &lines, options),
            "json_stat" => json_stat::files(book, &lines, options, findings),
            _ => data_package::files(book, &lines, options),
        }
    })
}

/// The taxonomy and the code lists as SKOS.
///
/// ```
/// use sam_eurometropole::{Rulebook, export};
/// let found = export::vocabulary(Rulebook::embedded(), r#"{"format": "turtle", "themes": ["POV"], "lists": ["benefit"]}"#);
/// assert!(found.files[0].text.contains("<https://sam-eurometropole.invalid/indicator/POV01>"));
/// ```
#[must_use]
pub fn vocabulary<'b>(book: &'b Rulebook, request: &str) -> Export<'b> {
    of_request(book, request, Kind::Vocabulary, |options, _| {
        graph::files(&skos::graph(book, options), "vocabulary", options)
    })
}

/// The rules of packs as criteria and the papers that prove them as evidence (CCCEV).
///
/// ```
/// use sam_eurometropole::{Rulebook, export};
/// let found = export::criteria(Rulebook::embedded(), r#"{"format": "json_ld", "packs": ["fr.pmsmp"]}"#);
/// assert!(found.files[0].text.contains("cccev:Criterion"));
/// ```
#[must_use]
pub fn criteria<'b>(book: &'b Rulebook, request: &str) -> Export<'b> {
    of_request(book, request, Kind::Criteria, |options, _| {
        graph::files(&cccev::graph(book, options), "criteria", options)
    })
}

fn of_request<'b>(
    book: &'b Rulebook,
    request: &str,
    kind: Kind,
    files: impl FnOnce(&Options<'b>, &mut Vec<Finding>) -> Vec<File>,
) -> Export<'b> {
    let (options, mut findings) = request::read(book, request, kind);
    let made = options.map(|options| files(&options, &mut findings)).unwrap_or_default();
    Export { book, files: made, findings: settle(findings) }
}

impl Export<'_> {
    /// Whether nothing is an error.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }

    /// The files and the findings.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let file = |file: &File| {
            Json::object([
                ("name", Json::from(file.name)),
                ("media_type", Json::from(file.media_type)),
                ("text", Json::from(file.text.as_str())),
            ])
        };
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("ok", Json::Bool(self.is_ok())),
            ("findings", self.findings.iter().map(|finding| finding.to_json(true, true)).collect()),
            ("files", self.files.iter().map(file).collect()),
        ])
    }
}
