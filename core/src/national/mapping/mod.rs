//! What a table of a national producer holds: which column is which indicator. A mapping is data, written in YAML or JSON.
//!
//! A document enters ([`Mapping::from_yaml`], [`Mapping::from_json`]) and is read strictly, all problems at once, each with its place
//! (`load`); names of indicators, breakdowns, statuses and producers are those of the rulebook. `docs/national-files.md` describes the keys.

mod load;
mod pattern;

pub(super) use pattern::{Pattern, plain};

use crate::codes::CodeLists;
use crate::document;
use crate::json::Json;
use crate::limits;
use crate::message::Texts;
use crate::pack::Problem;
use crate::rulebook::Rulebook;
use crate::taxonomy::Taxonomy;

/// The mapping of a table, ready to read with.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub(super) id: String,
    pub(super) title: Texts,
    pub(super) verified: bool,
    /// SHA-256 of the document as canonical JSON.
    pub(super) hash: String,
    /// Code of `data_provider`.
    pub(super) provider: String,
    /// Reference of the table at the producer.
    pub(super) reference: Option<String>,
    pub(super) reads: Reads,
    pub(super) style: Style,
    /// So many rows make the headings.
    pub(super) heading_rows: usize,
    pub(super) place: PlaceRule,
    pub(super) period: PeriodRule,
    /// Year whose communes the table follows.
    pub(super) vintage: Option<i64>,
    /// Rows of one place and period are parts and are added up.
    pub(super) add_up: bool,
    /// Texts of cells without a value, folded, and their status.
    pub(super) missing: Vec<(String, String)>,
    /// Status of a cell that gives a bound only (`<3`).
    pub(super) bounds: Option<String>,
    pub(super) status: Option<CodeColumn>,
    /// Units of the rows; only those in the unit of the indicator count.
    pub(super) unit: Option<CodeColumn>,
    pub(super) pass: Vec<Pass>,
    pub(super) columns: Vec<ValueColumn>,
    pub(super) breakdowns: Vec<(String, CodeColumn)>,
    pub(super) ignore: Vec<Pattern>,
    /// A column that is not named here holds one value all the way down.
    pub(super) others_single: bool,
}

/// How the file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reads {
    /// CSV text, or the rows of a sheet.
    Table,
    /// A JSON list of objects, inside a member of the document where one is named.
    Records(Option<String>),
    /// JSON-stat 2.0.
    JsonStat,
    /// SDMX-CSV 1.0 or 2.0.
    SdmxCsv,
}

/// How numbers and cells are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Found out where it is not given.
    pub(super) delimiter: Option<char>,
    pub(super) decimal: Vec<char>,
    pub(super) thousands: Vec<char>,
}

/// Where the place of a row stands.
#[derive(Clone, Debug)]
pub(super) struct PlaceRule {
    pub(super) column: Vec<Pattern>,
    pub(super) codes: PlaceCodes,
    /// The country, where names of two are alike.
    pub(super) country: Option<String>,
}

/// How places are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceCodes {
    /// INSEE code of a commune.
    Insee,
    /// NIS (INS) code of a municipality.
    Nis,
    /// INSEE code of an IRIS, of which the commune counts.
    Iris,
    /// NUTS code.
    Nuts,
    /// Code of the rulebook: `FR-59512`.
    Own,
    /// Name, in French or Dutch.
    Name,
}

impl PlaceCodes {
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("insee", Self::Insee),
        ("nis", Self::Nis),
        ("iris", Self::Iris),
        ("nuts", Self::Nuts),
        ("own", Self::Own),
        ("name", Self::Name),
    ];
}

/// Where the period of a figure stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PeriodRule {
    /// It is always this one.
    Fixed(String),
    /// In a column.
    Column(Vec<Pattern>),
    /// In the headings; columns without a year have the one year of the others.
    Headings,
    /// Who reads says it, or the name of the file or sheet does.
    Given,
}

/// A column of codes of the producer.
#[derive(Clone, Debug)]
pub(super) struct CodeColumn {
    pub(super) column: Vec<Pattern>,
    /// Code of the producer, folded, and ours. A code of ours stands for itself.
    pub(super) codes: Vec<(String, String)>,
    /// The list that our codes are of.
    pub(super) list: String,
    /// Some files do not have it.
    pub(super) optional: bool,
}

/// Rows that are no figures of a place.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    pub(super) condition: Condition,
    /// `total`, `level` or `note`.
    pub(super) kind: &'static str,
}

/// What a cell of a row has to hold.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) column: Vec<Pattern>,
    /// Texts, folded; an empty one is a blank cell.
    pub(super) is: Vec<String>,
    /// Or a whole number between two.
    pub(super) between: Option<(i64, i64)>,
}

/// A column that brings figures.
#[derive(Clone, Debug)]
pub(super) struct ValueColumn {
    pub(super) column: Vec<Pattern>,
    /// The indicator; who reads says it where there is none.
    pub(super) indicator: Option<String>,
    pub(super) role: Part,
    /// Fields of the breakdown and codes.
    pub(super) breakdown: Vec<(String, String)>,
    pub(super) when: Vec<Condition>,
    /// Power of ten that leads to the unit of the indicator.
    pub(super) shift: i32,
    /// The value that stands for all that are as small or smaller.
    pub(super) floor: Option<f64>,
    /// Status of each of its values.
    pub(super) obs_status: Option<String>,
    pub(super) period: Option<String>,
}

/// What a number is of its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Value,
    Numerator,
    Denominator,
}

impl Part {
    pub(super) const ALL: [(&'static str, Self); 3] =
        [("value", Self::Value), ("numerator", Self::Numerator), ("denominator", Self::Denominator)];
}

impl Mapping {
    /// The mapping of a document in JSON.
    ///
    /// # Errors
    /// All problems of the document.
    pub fn from_json(text: &str, book: &Rulebook) -> Result<Self, Vec<Problem>> {
        Self::of(document::within(limits::PACK_BYTES, text, document::from_json), book)
    }

    /// The mapping of a document in YAML.
    ///
    /// # Errors
    /// All problems of the document.
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str, book: &Rulebook) -> Result<Self, Vec<Problem>> {
        Self::of(document::within(limits::PACK_BYTES, text, document::from_yaml), book)
    }

    /// The mapping of a document that was read already.
    ///
    /// # Errors
    /// All problems of the document.
    pub fn from_document(node: &document::Node, codes: &CodeLists, taxonomy: &Taxonomy) -> Result<Self, Vec<Problem>> {
        load::mapping(node, codes, taxonomy)
    }

    fn of(
        (node, problems): (Option<document::Node>, Vec<document::Problem>),
        book: &Rulebook,
    ) -> Result<Self, Vec<Problem>> {
        let mut problems: Vec<Problem> = problems.into_iter().map(Problem::from).collect();
        match node.map(|node| Self::from_document(&node, book.codes(), book.taxonomy())) {
            Some(Ok(mapping)) if problems.is_empty() => return Ok(mapping),
            Some(Err(more)) => problems.extend(more),
            _ => {}
        }
        Err(problems)
    }

    /// `producer.table`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it reads, in three languages.
    #[must_use]
    pub fn title(&self) -> &Texts {
        &self.title
    }

    /// Whether its layout was held against a file of the producer.
    #[must_use]
    pub fn verified(&self) -> bool {
        self.verified
    }

    /// Who reads says which indicator the values are of.
    #[must_use]
    pub fn asks_for_indicator(&self) -> bool {
        self.columns.iter().any(|column| column.indicator.is_none())
    }

    pub(super) fn made_by(&self) -> Json {
        Json::object([
            ("id", Json::from(self.id.as_str())),
            ("hash", Json::from(self.hash.as_str())),
            ("verified", Json::Bool(self.verified)),
        ])
    }
}
