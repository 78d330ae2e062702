//! The Python module: it converts, and nothing else.
//!
//! Python objects enter by one typed walk ([`convert`]), or JSON as text; canonical JSON or a text for people leaves. What is called
//! wrongly raises an exception with a code ([`error`]); data never do. The classes that people use are in `python/sam_eurometropole`.

mod convert;
mod error;
mod table;

use pyo3::prelude::*;

/// The native half of `sam_eurometropole`.
#[pymodule]
mod _sam {
    #[pymodule_export]
    use crate::convert::Given;
    use crate::convert::{Input, day, lang, role};
    use crate::error;
    #[pymodule_export]
    use crate::table::Table;
    use pyo3::prelude::*;
    use sam_eurometropole as core;
    use sam_eurometropole::Tell as _;
    use sam_eurometropole::json::Json;
    use sam_eurometropole::national;
    use sam_eurometropole::needs;
    use sam_eurometropole::pack;
    use sam_eurometropole::taxonomy::{answer as indicators, comparable};
    use sam_eurometropole::territory::answer;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    /// A rulebook, never changed once it is made.
    #[pyclass(frozen, module = "sam_eurometropole._sam")]
    struct Rulebook(Arc<core::Rulebook>);

    #[pymethods]
    impl Rulebook {
        /// The rulebook of the package.
        #[staticmethod]
        fn embedded() -> Self {
            Self(Arc::new(core::Rulebook::embedded().clone()))
        }

        /// A copy with a pack added.
        fn with_pack(&self, py: Python<'_>, text: &str, yaml: bool, replace: bool) -> PyResult<Self> {
            let book = py.detach(|| match yaml {
                true => self.0.with_pack_yaml(text, replace),
                false => self.0.with_pack_json(text, replace),
            });
            book.map(|book| Self(Arc::new(book))).map_err(|wrong| error::pack(py, &self.0, wrong))
        }

        /// What is wrong or odd about a pack: canonical JSON, or the text of a language.
        fn lint_pack(&self, py: Python<'_>, text: &str, yaml: bool, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let advice = match yaml {
                    true => self.0.lint_pack_yaml(text),
                    false => self.0.lint_pack_json(text),
                };
                lang.map_or_else(|| advice.to_json().to_canonical(), |lang| advice.to_text(lang))
            }))
        }

        /// A copy without the packs that decide.
        fn without_packs(&self) -> Self {
            Self(Arc::new(self.0.only_checks()))
        }

        #[getter]
        fn version(&self) -> &str {
            self.0.version()
        }

        #[getter]
        fn hash(&self) -> &str {
            self.0.hash()
        }

        #[getter]
        fn parts(&self) -> BTreeMap<String, String> {
            self.0.parts().clone()
        }

        /// A report: canonical JSON, or the text of a language.
        fn check(
            &self,
            py: Python<'_>,
            record: &str,
            given: &Given,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (role, on, lang) = (role(py, &self.0, record)?, day(&self.0, on)?, self.lang(py, lang)?);
            Ok(py.detach(|| {
                let report = match &given.0 {
                    Input::Text(text) => core::check_text(&self.0, role, text, on),
                    Input::Value(value) => core::check_value(&self.0, role, value, on),
                };
                report.tell(lang, values)
            }))
        }

        /// What a view shows of a record, as canonical JSON.
        fn view(&self, py: Python<'_>, record: &str, given: &Given, view: &str) -> PyResult<String> {
            let role = role(py, &self.0, record)?;
            let wrong = || error::misuse(py, &self.0, "misuse.view", &[("given", view)]);
            let view = core::view::View::parse(view).ok_or_else(wrong)?;
            Ok(py.detach(|| match &given.0 {
                Input::Text(text) => core::view_text(&self.0, role, text, view).to_canonical(),
                Input::Value(value) => core::view_value(&self.0, role, value, view).to_canonical(),
            }))
        }

        /// A decision: canonical JSON, or the text of a language.
        fn decide(
            &self,
            py: Python<'_>,
            given: &Given,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang) = (day(&self.0, on)?, self.lang(py, lang)?);
            Ok(py.detach(|| self.decided(given, on).tell(lang, values)))
        }

        /// Why a decision is what it is, in a language: canonical JSON, or lines of text on the rules that decide (`deciding`) or all that
        /// take part (`all`).
        fn explanation(
            &self,
            py: Python<'_>,
            given: &Given,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: &str,
            form: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang) = (day(&self.0, on)?, crate::convert::lang(py, &self.0, lang)?);
            Ok(py.detach(|| {
                let found = match &given.0 {
                    Input::Text(text) => core::explain_text(&self.0, text, on),
                    Input::Value(value) => core::explain_value(&self.0, value, on),
                };
                match form {
                    None => found.to_json(lang, values).to_canonical(),
                    Some(form) => found.to_text(lang, values, form == "all"),
                }
            }))
        }

        /// The decision as a page to print, in a language and perhaps a second one.
        #[expect(clippy::too_many_arguments, reason = "what a page takes, each with its name in Python")]
        fn page(
            &self,
            py: Python<'_>,
            given: &Given,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: &str,
            beside: Option<&str>,
            reference: Option<&str>,
        ) -> PyResult<String> {
            let (on, beside) = (day(&self.0, on)?, self.lang(py, beside)?);
            let lang = crate::convert::lang(py, &self.0, lang)?;
            let options = core::PageOptions { lang, beside, reference, values };
            Ok(py.detach(|| self.decided(given, on).to_html(&options)))
        }

        /// The deadlines of a decision as iCalendar text, if there are any.
        fn ics(
            &self,
            py: Python<'_>,
            given: &Given,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: &str,
            reference: Option<&str>,
        ) -> PyResult<Option<String>> {
            let (on, lang) = (day(&self.0, on)?, crate::convert::lang(py, &self.0, lang)?);
            Ok(py.detach(|| self.decided(given, on).to_ics(lang, reference, values)))
        }

        /// The decision of each case of a JSON list, as one JSON list.
        fn decide_all(&self, py: Python<'_>, text: &str, on: &Bound<'_, PyAny>, values: bool) -> PyResult<String> {
            let on = day(&self.0, on)?;
            Ok(py.detach(|| {
                let all = core::decide_texts(&self.0, text, on);
                core::decision::list_to_canonical(&all, values)
            }))
        }

        /// The decision of each case of a JSON list, as texts.
        fn explain_all(
            &self,
            py: Python<'_>,
            text: &str,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: &str,
        ) -> PyResult<Vec<String>> {
            let (on, lang) = (day(&self.0, on)?, crate::convert::lang(py, &self.0, lang)?);
            Ok(py.detach(|| {
                let all = core::decide_texts(&self.0, text, on);
                all.iter().map(|decision| decision.to_text(lang, values)).collect()
            }))
        }

        /// The report of a table in one of its forms.
        fn check_table(
            &self,
            py: Python<'_>,
            record: &str,
            table: &Table,
            on: &Bound<'_, PyAny>,
            values: bool,
            form: &str,
        ) -> PyResult<String> {
            let (role, on) = (role(py, &self.0, record)?, day(&self.0, on)?);
            let lang = core::message::Lang::parse(form);
            Ok(py.detach(|| table.check(&self.0, role, on, values, form, lang)))
        }

        /// A table of records, or of cases, with lists that lie in tables of their own.
        fn with_companions(
            &self,
            py: Python<'_>,
            record: Option<&str>,
            table: &Table,
            companions: Vec<(String, PyRef<'_, Table>)>,
        ) -> PyResult<Table> {
            let role = record.map(|record| role(py, &self.0, record)).transpose()?;
            let shape = role.map_or(core::reader::Shape::Case, core::reader::Shape::Record);
            let named: Vec<(&str, &Table)> = companions.iter().map(|(name, table)| (name.as_str(), &**table)).collect();
            let wrong = |name: &str| error::misuse(py, &self.0, "misuse.companion", &[("given", name)]);
            table.with_companions(shape, &named).map_err(wrong)
        }

        /// The decisions of a table in one of its forms.
        fn decide_table(
            &self,
            py: Python<'_>,
            table: &Table,
            on: &Bound<'_, PyAny>,
            values: bool,
            lines: bool,
        ) -> PyResult<String> {
            let on = day(&self.0, on)?;
            Ok(py.detach(|| table.decide(&self.0, on, values, lines)))
        }

        /// Reads a file of a national producer: its bytes or the rows of a sheet. A mapping is an id (`form` is `id`) or a document
        /// (`json`, `yaml`). Canonical JSON, or the text of a language.
        #[expect(clippy::too_many_arguments, reason = "one door for bytes and rows")]
        fn read_national(
            &self,
            py: Python<'_>,
            bytes: Option<&[u8]>,
            rows: Option<&Given>,
            mapping: &str,
            form: &str,
            options: &str,
            on: &Bound<'_, PyAny>,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang) = (day(&self.0, on)?, self.lang(py, lang)?);
            let found = match form {
                "json" => national::Mapping::from_json(mapping, &self.0),
                "yaml" => national::Mapping::from_yaml(mapping, &self.0),
                _ => Ok(national::mapping(mapping, &self.0)
                    .ok_or_else(|| error::misuse(py, &self.0, "misuse.mapping", &[("given", mapping)]))?),
            };
            let mapping = found.map_err(|problems| error::mapping(py, &self.0, problems))?;
            let options = national::Options::from_json(on, options, &self.0)
                .map_err(|wrong| error::misuse(py, &self.0, "misuse.national_option", &[("given", &wrong.name)]))?;
            let file = match rows.map(|given| &given.0) {
                Some(Input::Value(rows)) => national::Input::Rows(rows),
                Some(Input::Text(text)) => national::Input::Bytes(text.as_bytes()),
                None => national::Input::Bytes(bytes.unwrap_or_default()),
            };
            Ok(py.detach(|| {
                let read = national::read(&self.0, &mapping, file, &options);
                lang.map_or_else(|| read.to_json().to_canonical(), |lang| read.to_text(lang))
            }))
        }

        /// The mappings of national files that come with the package, as canonical JSON.
        #[staticmethod]
        fn national_mappings() -> String {
            national::documents().into_iter().collect::<Json>().to_canonical()
        }

        /// What is wrong in the records of a set, and between them: canonical JSON, or the text of a language.
        fn check_set(
            &self,
            py: Python<'_>,
            lists: Vec<(String, PyRef<'_, Given>)>,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang, set) = (day(&self.0, on)?, self.lang(py, lang)?, self.set(py, &lists)?);
            Ok(py.detach(|| set.check(on).tell(lang, values)))
        }

        /// What has to go of the records of a set: canonical JSON, or the text of a language.
        fn purge(
            &self,
            py: Python<'_>,
            lists: Vec<(String, PyRef<'_, Given>)>,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang, set) = (day(&self.0, on)?, self.lang(py, lang)?, self.set(py, &lists)?);
            Ok(py.detach(|| set.purge(on).tell(lang, values)))
        }

        /// An analysis of needs theme by theme: canonical JSON, or the text of a language.
        fn needs_summary(
            &self,
            py: Python<'_>,
            text: &str,
            on: &Bound<'_, PyAny>,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang) = (day(&self.0, on)?, self.lang(py, lang)?);
            Ok(py.detach(|| {
                let found = needs::summary(&self.0, text, on);
                lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang))
            }))
        }

        /// Observations side by side: canonical JSON, or the text of a language.
        fn harmonise(&self, py: Python<'_>, given: &Given, request: &str, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let found = match &given.0 {
                    Input::Text(text) => core::harmonise::harmonise_text(&self.0, text, request),
                    Input::Value(value) => core::harmonise::harmonise_value(&self.0, value, request),
                };
                lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang))
            }))
        }

        /// What is there of the figures that are expected, and what is not: canonical JSON, or the text of a language.
        fn completeness(&self, py: Python<'_>, given: &Given, request: &str, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let found = match &given.0 {
                    Input::Text(text) => needs::completeness(&self.0, text, request),
                    Input::Value(value) => needs::completeness_value(&self.0, value, request),
                };
                lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang))
            }))
        }

        /// What changed between two analyses of needs: canonical JSON, or the text of a language.
        fn needs_difference(
            &self,
            py: Python<'_>,
            before: &str,
            after: &str,
            on: &Bound<'_, PyAny>,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang) = (day(&self.0, on)?, self.lang(py, lang)?);
            Ok(py.detach(|| {
                let found = needs::difference(&self.0, before, after, on);
                lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang))
            }))
        }

        /// The table of figures that a centre fills in, as CSV.
        fn needs_template(
            &self,
            py: Python<'_>,
            territory: &str,
            period: &str,
            partner: &str,
            lang: &str,
        ) -> PyResult<String> {
            let lang = crate::convert::lang(py, &self.0, lang)?;
            needs::template(&self.0, needs::Template { territory, period, partner, lang })
                .ok_or_else(|| error::misuse(py, &self.0, "misuse.territory", &[("given", territory)]))
        }

        /// The dashboard of observations: canonical JSON, or the text of a language; with `rows` a list of flat rows.
        fn dashboard(
            &self,
            py: Python<'_>,
            given: &Given,
            request: &str,
            lang: Option<&str>,
            rows: bool,
        ) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let board = self.board(given, request);
                match lang {
                    Some(lang) => board.to_text(lang),
                    None if rows => board.rows_json().to_canonical(),
                    None => board.to_json().to_canonical(),
                }
            }))
        }

        /// Observations in a format of others: canonical JSON with the files, or the text of a language.
        fn export_figures(&self, py: Python<'_>, given: &Given, request: &str, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let found = match &given.0 {
                    Input::Text(text) => core::export::figures_text(&self.0, text, request),
                    Input::Value(value) => core::export::figures_value(&self.0, value, request),
                };
                lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang))
            }))
        }

        /// The taxonomy and the code lists as SKOS: canonical JSON with the file, or the text of a language.
        fn vocabulary(&self, py: Python<'_>, request: &str, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let found = core::export::vocabulary(&self.0, request);
                lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang))
            }))
        }

        /// The rules of packs as criteria (CCCEV): canonical JSON with the file, or the text of a language.
        fn criteria(&self, py: Python<'_>, request: &str, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let found = core::export::criteria(&self.0, request);
                lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang))
            }))
        }

        /// The charts of observations as Vega-Lite specifications: canonical JSON. `options` is JSON text.
        fn charts(&self, py: Python<'_>, given: &Given, request: &str, lang: &str, options: &str) -> PyResult<String> {
            let lang = crate::convert::lang(py, &self.0, lang)?;
            let options = core::ChartOptions::from_json(options)
                .map_err(|wrong| error::misuse(py, &self.0, "misuse.chart_option", &[("given", &wrong.name)]))?;
            Ok(py.detach(|| self.board(given, request).charts_json(lang, &options).to_canonical()))
        }

        /// The report of observations to print, as HTML; of one place if it is given.
        fn report(
            &self,
            py: Python<'_>,
            given: &Given,
            request: &str,
            lang: &str,
            place: Option<&str>,
        ) -> PyResult<String> {
            let lang = crate::convert::lang(py, &self.0, lang)?;
            let page = py.detach(|| self.board(given, request).to_html(lang, place));
            page.ok_or_else(|| {
                error::misuse(py, &self.0, "misuse.report_place", &[("given", place.unwrap_or_default())])
            })
        }

        /// The record of the producer of a dashboard that is protected: canonical JSON. Not to be published.
        fn dashboard_record(&self, py: Python<'_>, given: &Given, request: &str) -> String {
            py.detach(|| self.board(given, request).record_json().to_canonical())
        }

        /// The timeline of a case: canonical JSON, or the text of a language.
        fn timeline(
            &self,
            py: Python<'_>,
            given: &Given,
            first: &Bound<'_, PyAny>,
            last: &Bound<'_, PyAny>,
            values: bool,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (first, last, lang) = (day(&self.0, first)?, day(&self.0, last)?, self.lang(py, lang)?);
            let found = py.detach(|| match &given.0 {
                Input::Text(text) => core::timeline(&self.0, text, first, last),
                Input::Value(value) => core::time::timeline::timeline_value(&self.0, value, first, last),
            });
            let found = found.map_err(|wrong| error::misuse(py, &self.0, wrong.code(), &[]))?;
            Ok(lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang, values)))
        }

        /// From which day a placement could start: canonical JSON, or the text of a language.
        #[expect(clippy::too_many_arguments, reason = "three days, each with its name in Python")]
        fn earliest_start(
            &self,
            py: Python<'_>,
            given: &Given,
            on: &Bound<'_, PyAny>,
            first: &Bound<'_, PyAny>,
            last: &Bound<'_, PyAny>,
            values: bool,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, first, last) = (day(&self.0, on)?, day(&self.0, first)?, day(&self.0, last)?);
            let lang = self.lang(py, lang)?;
            let found = py.detach(|| match &given.0 {
                Input::Text(text) => core::earliest_start(&self.0, text, on, first, last),
                Input::Value(value) => {
                    core::time::earliest_start::earliest_start_value(&self.0, value, on, first, last)
                }
            });
            let found = found.map_err(|wrong| error::misuse(py, &self.0, wrong.code(), &[]))?;
            Ok(lang.map_or_else(|| found.to_json(values).to_canonical(), |lang| found.to_text(lang, values)))
        }

        /// What would change the decision of a case: canonical JSON, or the text of a language.
        fn what_would_change(
            &self,
            py: Python<'_>,
            given: &Given,
            on: &Bound<'_, PyAny>,
            values: bool,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, lang) = (day(&self.0, on)?, self.lang(py, lang)?);
            Ok(py.detach(|| {
                let found = match &given.0 {
                    Input::Text(text) => core::what_would_change(&self.0, text, on),
                    Input::Value(value) => core::what_would_change_value(&self.0, value, on),
                };
                found.tell(lang, values)
            }))
        }

        /// What may be published of a release, and the record of its producer, as canonical JSON; or the text of a language.
        fn protect(&self, py: Python<'_>, given: &Given, lang: Option<&str>) -> PyResult<Vec<String>> {
            let lang = self.lang(py, lang)?;
            Ok(py.detach(|| {
                let found = match &given.0 {
                    Input::Text(text) => core::disclosure::protect_text(&self.0, text),
                    Input::Value(value) => core::disclosure::protect_value(&self.0, value),
                };
                match lang {
                    Some(lang) => vec![found.to_text(lang)],
                    None => [found.published_json(), found.record_json()].map(|json| json.to_canonical()).to_vec(),
                }
            }))
        }

        /// A number of a scheme: canonical JSON, or the text of a language.
        fn identifier(
            &self,
            py: Python<'_>,
            scheme: &str,
            text: &str,
            on: Option<&Bound<'_, PyAny>>,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let scheme = crate::convert::scheme(py, &self.0, scheme)?;
            let (on, lang) = (on.map(|on| day(&self.0, on)).transpose()?, self.lang(py, lang)?);
            let read = core::identifier::Reading::new(scheme, text, on);
            Ok(lang.map_or_else(|| read.to_json().to_canonical(), |lang| read.to_text(self.0.messages(), lang)))
        }

        /// The communes that a query may mean, as canonical JSON; so are the other answers about the territory.
        fn territory_find(&self, query: &str, on: &Bound<'_, PyAny>) -> PyResult<String> {
            Ok(answer::find(&self.0, query, day(&self.0, on)?).to_canonical())
        }

        /// What a code is on a day.
        fn territory_at(&self, code: &str, on: &Bound<'_, PyAny>) -> PyResult<String> {
            Ok(answer::at(&self.0, code, day(&self.0, on)?).to_canonical())
        }

        /// What a commune or an area lies in.
        fn territory_ancestors(&self, code: &str) -> String {
            answer::ancestors(&self.0, code).to_canonical()
        }

        /// The communes of an area or a zone.
        fn territory_members(&self, area: &str, on: &Bound<'_, PyAny>) -> PyResult<String> {
            Ok(answer::members(&self.0, area, day(&self.0, on)?).to_canonical())
        }

        /// The communes that a commune touches across the border.
        fn territory_neighbours(&self, code: &str) -> String {
            answer::neighbours(&self.0, code).to_canonical()
        }

        /// The changes of a span.
        fn territory_changes(&self, first: &Bound<'_, PyAny>, last: &Bound<'_, PyAny>) -> PyResult<String> {
            Ok(answer::changes(&self.0, day(&self.0, first)?, day(&self.0, last)?).to_canonical())
        }

        /// The label of a field.
        fn label(&self, py: Python<'_>, record: &str, path: &str, lang: &str) -> PyResult<String> {
            let lang = crate::convert::lang(py, &self.0, lang)?;
            Ok(self.0.label(role(py, &self.0, record)?, path, lang))
        }

        /// The help of a field.
        fn help(&self, py: Python<'_>, record: &str, path: &str, lang: &str) -> PyResult<Option<&str>> {
            let lang = crate::convert::lang(py, &self.0, lang)?;
            Ok(self.0.help(role(py, &self.0, record)?, path, lang))
        }

        /// The JSON Schema of a record, or of a pack.
        fn schema(&self, py: Python<'_>, record: &str) -> PyResult<String> {
            if record == "pack" {
                return Ok(core::pack::schema::text(&self.0));
            }
            Ok(core::schema::text(role(py, &self.0, record)?, &self.0))
        }

        /// A copy with a code list added.
        fn with_codes(&self, py: Python<'_>, text: &str, yaml: bool, replace: bool) -> PyResult<Self> {
            let book = py.detach(|| match yaml {
                true => self.0.with_codes_yaml(text, replace),
                false => self.0.with_codes_json(text, replace),
            });
            book.map(|book| Self(Arc::new(book))).map_err(|wrong| error::codes(py, &self.0, wrong))
        }

        /// The document of a code list, as canonical JSON.
        fn code_list(&self, id: &str) -> Option<String> {
            self.0.codes().get(id).map(|list| list.to_json().to_canonical())
        }

        /// A copy with a partner's own indicators added.
        fn with_indicators(&self, py: Python<'_>, text: &str, yaml: bool, replace: bool) -> PyResult<Self> {
            let book = py.detach(|| match yaml {
                true => self.0.with_indicators_yaml(text, replace),
                false => self.0.with_indicators_json(text, replace),
            });
            book.map(|book| Self(Arc::new(book))).map_err(|wrong| error::indicators(py, &self.0, wrong))
        }

        /// The document of a partner's own indicators, as canonical JSON.
        fn own_indicators(&self, partner: &str) -> Option<String> {
            self.0.own_indicators(partner).map(Json::to_canonical)
        }

        /// An indicator in full, as canonical JSON, with its texts in a language or in all three.
        fn indicator(&self, py: Python<'_>, code: &str, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            let found = indicators::indicator(&self.0, code, lang).map(|found| found.to_canonical());
            found.ok_or_else(|| error::misuse(py, &self.0, "misuse.indicator", &[("given", code)]))
        }

        /// Whether two figures can be compared: canonical JSON, or the sentence of a language.
        fn compare(&self, py: Python<'_>, a: &str, b: &str, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            let figure = |text: &str| Json::parse(text).unwrap_or(Json::Null);
            let found = comparable::compare(&self.0, &figure(a), &figure(b));
            let found = found.map_err(|wrong| error::misuse(py, &self.0, wrong.code(), &[("given", wrong.given())]))?;
            Ok(lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang)))
        }

        /// What is wrong with the indicators: canonical JSON, or the text of a language.
        fn integrity(&self, py: Python<'_>, lang: Option<&str>) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            let problems = self.0.integrity();
            let line = |lang| problems.iter().map(move |problem| problem.to_text(self.0.messages(), lang));
            let json = || indicators::integrity(&self.0, &problems).to_canonical();
            Ok(lang.map_or_else(json, |lang| line(lang).collect::<Vec<_>>().join("\n")))
        }

        /// The tests of packs: canonical JSON, or the text of a language; so are the other answers about packs.
        fn pack_tests(&self, py: Python<'_>, pack: Option<&str>, lang: Option<&str>) -> PyResult<String> {
            let (packs, lang) = (self.packs(py, pack)?, self.lang(py, lang)?);
            Ok(py.detach(|| {
                let report = pack::test_packs(&self.0, &packs);
                lang.map_or_else(|| report.to_json().to_canonical(), |lang| report.to_text(lang))
            }))
        }

        /// What the tests of packs do not reach.
        fn pack_coverage(&self, py: Python<'_>, pack: Option<&str>, lang: Option<&str>) -> PyResult<String> {
            let (packs, lang) = (self.packs(py, pack)?, self.lang(py, lang)?);
            Ok(py.detach(|| {
                let report = pack::coverage::coverage(&self.0, &packs);
                lang.map_or_else(|| report.to_json().to_canonical(), |lang| report.to_text(lang))
            }))
        }

        /// What of packs is to be looked at again.
        fn packs_due(
            &self,
            py: Python<'_>,
            on: &Bound<'_, PyAny>,
            within: u32,
            pack: Option<&str>,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let (on, packs, lang) = (day(&self.0, on)?, self.packs(py, pack)?, self.lang(py, lang)?);
            let report = pack::due::due(&self.0, &packs, on, within);
            Ok(lang.map_or_else(|| report.to_json().to_canonical(), |lang| report.to_text(lang)))
        }

        /// What differs in a pack of another rulebook, and for which cases.
        fn pack_diff(
            &self,
            py: Python<'_>,
            after: &Self,
            pack: &str,
            cases: Option<(&str, Bound<'_, PyAny>)>,
            lang: Option<&str>,
        ) -> PyResult<String> {
            let lang = self.lang(py, lang)?;
            let cases = cases.map(|(text, on)| Ok::<_, PyErr>(pack::diff::Cases { text, on: day(&self.0, &on)? }));
            let cases = cases.transpose()?;
            let (before, after) = (&self.0, &after.0);
            let told = py.detach(|| {
                let found = pack::diff::diff(before, after, pack, cases)?;
                Ok(lang.map_or_else(|| found.to_json().to_canonical(), |lang| found.to_text(lang)))
            });
            told.map_err(|wrong: pack::UnknownPack| error::misuse(py, &self.0, "misuse.pack", &[("given", &wrong.0)]))
        }

        /// A stored record in today's format, as canonical JSON.
        fn migrate(&self, py: Python<'_>, record: &str, text: &str, format: &str) -> PyResult<String> {
            let role = role(py, &self.0, record)?;
            let found =
                core::migrate::format_number(format).and_then(|format| core::migrate::migrate(role, format, text));
            found.map(|found| found.to_json().to_canonical()).map_err(|wrong| {
                let params = wrong.params();
                let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
                error::misuse(py, &self.0, wrong.code(), &params)
            })
        }
    }

    /// The exception for a call that is wrong, with its text.
    #[pyfunction]
    fn misuse(py: Python<'_>, code: &str, params: BTreeMap<String, String>) -> Py<PyAny> {
        let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        error::misuse(py, core::Rulebook::embedded(), code, &params).into_value(py).into_any()
    }

    impl Rulebook {
        /// The lists of a set, each with its kind of record.
        fn set(&self, py: Python<'_>, lists: &[(String, PyRef<'_, Given>)]) -> PyResult<core::dataset::SetOf<'_>> {
            let mut set = core::dataset::SetOf::new(&self.0);
            for (record, given) in lists {
                let role = role(py, &self.0, record)?;
                match &given.0 {
                    Input::Text(text) => set.add_text(role, text),
                    Input::Value(value) => set.add_value(role, value),
                }
            }
            Ok(set)
        }

        fn decided(&self, given: &Given, on: core::date::Date) -> core::Decision<'_> {
            match &given.0 {
                Input::Text(text) => core::decide_text(&self.0, text, on),
                Input::Value(value) => core::decide_value(&self.0, value, on),
            }
        }

        fn board(&self, given: &Given, request: &str) -> core::dashboard::Dashboard<'_> {
            match &given.0 {
                Input::Text(text) => core::dashboard::dashboard_text(&self.0, text, request),
                Input::Value(value) => core::dashboard::dashboard_value(&self.0, value, request),
            }
        }

        fn packs(&self, py: Python<'_>, id: Option<&str>) -> PyResult<Vec<&pack::Pack>> {
            let found = pack::chosen(&self.0, id);
            found.map_err(|wrong| error::misuse(py, &self.0, "misuse.pack", &[("given", &wrong.0)]))
        }

        fn lang(&self, py: Python<'_>, word: Option<&str>) -> PyResult<Option<core::message::Lang>> {
            word.map(|word| lang(py, &self.0, word)).transpose()
        }
    }
}
