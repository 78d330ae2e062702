//! Tables: Arrow data of any library by the PyCapsule protocol, CSV as bytes, one JSON text a line.

use crate::error;
use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::message::Lang;
use sam_eurometropole::reader::Shape;
use sam_eurometropole::table::companion::{List, joined};
use sam_eurometropole::table::{
    self, ColumnRows, Decisions, Kept, TableReport, arrow, check_ndjson, csv, csv::CsvOptions, read_ndjson,
};

/// A table, taken from its object once.
#[pyclass(frozen, module = "sam_eurometropole._sam")]
pub(crate) struct Table {
    content: Content,
    companions: Vec<Companion>,
}

#[derive(Clone)]
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
        Ok(Content::Arrow(batches).into())
    }

    #[staticmethod]
    fn csv(py: Python<'_>, bytes: &[u8], options: &str) -> PyResult<Self> {
        let wrong = |wrong: sam_eurometropole::table::csv::OptionError| {
            error::misuse(py, Rulebook::embedded(), "misuse.csv_option", &[("given", &wrong.name)])
        };
        CsvOptions::from_json(options).map(|options| Content::Csv(bytes.to_vec(), options).into()).map_err(wrong)
    }

    #[staticmethod]
    fn ndjson(text: String) -> Self {
        Content::Lines(text).into()
    }
}

impl From<Content> for Table {
    fn from(content: Content) -> Self {
        Self { content, companions: Vec::new() }
    }
}

/// A list of a record as a table of its own.
struct Companion {
    list: List,
    content: Content,
}

impl Companion {
    /// The companion of a name; none where there is no such list, or where the table is one of lines of JSON, which hold their lists.
    fn of(name: &str, shape: Shape, table: &Table) -> Option<Self> {
        let list = List::parse(name, shape)?;
        let content = match &table.content {
            Content::Arrow(batches) => Content::Arrow(arrow::wrapped(batches, list).ok()?),
            Content::Csv(..) => table.content.clone(),
            Content::Lines(_) => return None,
        };
        Some(Self { list, content })
    }

    fn read(&self, book: &Rulebook) -> table::Table<ColumnRows<'_>> {
        match &self.content {
            Content::Arrow(wrapped) => arrow::read_companion(wrapped, self.list, book),
            Content::Csv(bytes, options) => csv::read_companion(bytes, options, self.list, book),
            Content::Lines(text) => read_ndjson(text, Shape::Record(self.list.role()), book),
        }
    }
}

impl Table {
    /// The same table with lists that lie in tables of their own.
    ///
    /// # Errors
    /// The name of the first that is none.
    pub(crate) fn with_companions<'n>(&self, shape: Shape, named: &[(&'n str, &Self)]) -> Result<Self, &'n str> {
        let companion = |(name, table): &(&'n str, &Self)| Companion::of(name, shape, table).ok_or(*name);
        let companions = named.iter().map(companion).collect::<Result<_, _>>()?;
        Ok(Self { content: self.content.clone(), companions })
    }

    /// The rows, with the elements of the companions in their records.
    fn read(&self, shape: Shape, book: &Rulebook) -> table::Table<ColumnRows<'_>> {
        let table = match &self.content {
            Content::Arrow(batches) => arrow::read(batches, shape, book),
            Content::Csv(bytes, options) => csv::read(bytes, options, shape, book),
            Content::Lines(text) => read_ndjson(text, shape, book),
        };
        let companions = self.companions.iter().map(|companion| (companion.list, companion.read(book)));
        joined(table, companions.collect(), book)
    }

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
        match &self.content {
            // Lines by themselves are judged one by one, and no row is kept.
            Content::Lines(text) if self.companions.is_empty() => {
                told(&check_ndjson(book, role, text, on), values, form, lang)
            }
            _ => {
                let table = self.read(Shape::Record(role), book);
                told(&TableReport::new(book, role, table, on), values, form, lang)
            }
        }
    }

    pub(crate) fn decide(&self, book: &Rulebook, on: Date, values: bool, lines: bool) -> String {
        let decisions = Decisions::new(book, self.read(Shape::Case, book), on);
        if lines { decisions.to_json_lines(values) } else { decisions.to_json(values).to_canonical() }
    }
}
