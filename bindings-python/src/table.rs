//! Tables: Arrow data of any library by the PyCapsule protocol, CSV as bytes, one JSON text a line.

use crate::error;
use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::message::Lang;
use sam_eurometropole::rows::Rows;
use sam_eurometropole::table::csv::{CsvOptions, check_csv, decide_csv};
use sam_eurometropole::table::{Decisions, Kept, TableReport, arrow, check_ndjson, decide_ndjson};

/// A table, taken from its object once.
#[pyclass(frozen, module = "sam_eurometropole._sam")]
pub(crate) struct Table(Content);

enum Content {
    Arrow(Vec<RecordBatch>),
    Csv(Vec<u8>, CsvOptions),
    Lines(String),
}

#[pymethods]
impl Table {
    /// An object with `__arrow_c_stream__` or `__arrow_c_array__`.
    #[staticmethod]
    fn arrow(data: AnyRecordBatch) -> PyResult<Self> {
        let (batches, _) = data.into_table()?.into_inner();
        Ok(Self(Content::Arrow(batches)))
    }

    #[staticmethod]
    fn csv(py: Python<'_>, bytes: &[u8], options: &str) -> PyResult<Self> {
        let wrong = |wrong: sam_eurometropole::table::csv::OptionError| {
            error::misuse(py, Rulebook::embedded(), "misuse.csv_option", &[("given", &wrong.name)])
        };
        CsvOptions::from_json(options).map(|options| Self(Content::Csv(bytes.to_vec(), options))).map_err(wrong)
    }

    #[staticmethod]
    fn ndjson(text: String) -> Self {
        Self(Content::Lines(text))
    }
}

impl Table {
    pub(crate) fn check(
        &self,
        book: &Rulebook,
        role: Role,
        on: Date,
        values: bool,
        form: &str,
        lang: Option<Lang>,
    ) -> String {
        fn told<K: Kept>(report: &TableReport<'_, K>, values: bool, form: &str, lang: Option<Lang>) -> String {
            match (form, lang) {
                (_, Some(lang)) => report.to_text(lang, values),
                ("summary", _) => report.summary(values).to_canonical(),
                ("lines", _) => report.to_json_lines(values),
                _ => report.to_json(values).to_canonical(),
            }
        }
        match &self.0 {
            Content::Arrow(batches) => told(&arrow::check_table(book, role, batches, on), values, form, lang),
            Content::Csv(bytes, options) => told(&check_csv(book, role, bytes, options, on), values, form, lang),
            Content::Lines(text) => told(&check_ndjson(book, role, text, on), values, form, lang),
        }
    }

    pub(crate) fn decide(&self, book: &Rulebook, on: Date, values: bool, lines: bool) -> String {
        fn told<R: Rows>(decisions: &Decisions<'_, R>, values: bool, lines: bool) -> String {
            if lines { decisions.to_json_lines(values) } else { decisions.to_json(values).to_canonical() }
        }
        match &self.0 {
            Content::Arrow(batches) => told(&arrow::decide_table(book, batches, on), values, lines),
            Content::Csv(bytes, options) => told(&decide_csv(book, bytes, options, on), values, lines),
            Content::Lines(text) => told(&decide_ndjson(book, text, on), values, lines),
        }
    }
}
