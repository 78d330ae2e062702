//! What analyses and dashboards ask; only the full build has it.

use crate::{Book, Outcome, core};
use core::files::Need;
use core::json::Json;
use core::needs;
use core::rulebook::AddError;
use core::taxonomy::{answer as indicators, comparable};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Book {
    /// An analysis of needs theme by theme: canonical JSON, or the text of a language.
    pub fn needs_summary(&self, text: &str, on: &str, lang: Option<String>) -> Outcome<String> {
        let found = needs::summary(&self.0, text, self.day(on)?);
        self.told(lang, || found.to_json().clone(), |lang| found.to_text(lang))
    }

    /// What changed between two analyses: canonical JSON, or the text of a language.
    pub fn needs_difference(&self, before: &str, after: &str, on: &str, lang: Option<String>) -> Outcome<String> {
        let found = needs::difference(&self.0, before, after, self.day(on)?);
        self.told(lang, || found.to_json().clone(), |lang| found.to_text(lang))
    }

    /// The table that a centre fills in, as CSV.
    pub fn needs_template(&self, territory: &str, period: &str, partner: &str, lang: &str) -> Outcome<String> {
        let lang = self.lang(lang)?;
        needs::template(&self.0, needs::Template { territory, period, partner, lang })
            .ok_or_else(|| self.misuse("misuse.territory", &[("given", territory)]))
    }

    /// Observations side by side: canonical JSON, or the text of a language.
    pub fn harmonise(&self, observations: &str, request: &str, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Definitions)?;
        let found = core::harmonise::harmonise_text(&self.0, observations, request);
        self.told(lang, || found.to_json(), |lang| found.to_text(lang))
    }

    /// The dashboard of observations: canonical JSON, or the text of a language; with `rows` a list of flat rows.
    pub fn dashboard(&self, observations: &str, request: &str, lang: Option<String>, rows: bool) -> Outcome<String> {
        self.need(Need::Definitions)?;
        let board = core::dashboard::dashboard_text(&self.0, observations, request);
        let json = || if rows { board.rows_json() } else { board.to_json() };
        self.told(lang, json, |lang| board.to_text(lang))
    }

    /// Observations in a format of others: canonical JSON with the files, or the text of a language.
    pub fn export_figures(&self, observations: &str, request: &str, lang: Option<String>) -> Outcome<String> {
        self.one_or_all(None)?;
        self.need(Need::Definitions)?;
        let found = core::export::figures_text(&self.0, observations, request);
        self.told(lang, || found.to_json(), |lang| found.to_text(lang))
    }

    /// The taxonomy and the code lists as SKOS: canonical JSON with the file, or the text of a language.
    pub fn vocabulary(&self, request: &str, lang: Option<String>) -> Outcome<String> {
        self.one_or_all(None)?;
        self.need(Need::Definitions)?;
        let found = core::export::vocabulary(&self.0, request);
        self.told(lang, || found.to_json(), |lang| found.to_text(lang))
    }

    /// The rules of packs as criteria (CCCEV): canonical JSON with the file, or the text of a language.
    pub fn criteria(&self, request: &str, lang: Option<String>) -> Outcome<String> {
        self.one_or_all(None)?;
        self.need(Need::Definitions)?;
        self.need(Need::Rules)?;
        let found = core::export::criteria(&self.0, request);
        self.told(lang, || found.to_json(), |lang| found.to_text(lang))
    }

    /// The charts of observations as Vega-Lite specifications: canonical JSON. `options` is JSON text.
    pub fn charts(&self, observations: &str, request: &str, lang: &str, options: &str) -> Outcome<String> {
        self.need(Need::Definitions)?;
        let lang = self.lang(lang)?;
        let options = core::ChartOptions::from_json(options)
            .map_err(|wrong| self.misuse("misuse.chart_option", &[("given", &wrong.name)]))?;
        let board = core::dashboard::dashboard_text(&self.0, observations, request);
        Ok(board.charts_json(lang, &options).to_canonical())
    }

    /// The report of observations to print, as HTML; of one place if it is given.
    pub fn report(&self, observations: &str, request: &str, lang: &str, place: Option<String>) -> Outcome<String> {
        self.need(Need::Definitions)?;
        let lang = self.lang(lang)?;
        let board = core::dashboard::dashboard_text(&self.0, observations, request);
        board
            .to_html(lang, place.as_deref())
            .ok_or_else(|| self.misuse("misuse.report_place", &[("given", place.as_deref().unwrap_or_default())]))
    }

    /// The record of the producer of a dashboard that is protected: what was hidden and why. Not to be published.
    pub fn dashboard_record(&self, observations: &str, request: &str) -> Outcome<String> {
        self.need(Need::Definitions)?;
        Ok(core::dashboard::dashboard_text(&self.0, observations, request).record_json().to_canonical())
    }

    /// What is there of the figures that are expected, and what is not: canonical JSON, or the text of a language.
    pub fn completeness(&self, observations: &str, request: &str, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Definitions)?;
        let found = needs::completeness(&self.0, observations, request);
        self.told(lang, || found.to_json().clone(), |lang| found.to_text(lang))
    }

    /// Reads a file of a national producer: its bytes, by a mapping of the package (an id) or by a document in JSON. Canonical JSON, or the
    /// text of a language.
    pub fn read_national(
        &self,
        bytes: &[u8],
        mapping: &str,
        document: bool,
        options: &str,
        on: &str,
        lang: Option<String>,
    ) -> Outcome<String> {
        use core::national;
        // What files of producers say lies with the definitions.
        self.need(Need::Definitions)?;
        let mapping = match document {
            true => national::Mapping::from_json(mapping, &self.0)
                .map_err(|problems| self.not_added("mapping", AddError::Problems(problems)))?,
            false => national::mapping(mapping, &self.0)
                .ok_or_else(|| self.misuse("misuse.mapping", &[("given", mapping)]))?,
        };
        let options = national::Options::from_json(self.day(on)?, options, &self.0)
            .map_err(|wrong| self.misuse("misuse.national_option", &[("given", &wrong.name)]))?;
        let read = national::read(&self.0, &mapping, national::Input::Bytes(bytes), &options);
        Ok(match lang {
            Some(lang) => read.to_text(self.lang(&lang)?),
            None => read.to_json().to_canonical(),
        })
    }

    /// What may be published of a release, and the record of its producer, as canonical JSON; or the text of a language.
    pub fn protect(&self, text: &str, lang: Option<String>) -> Outcome<Vec<String>> {
        let found = core::disclosure::protect_text(&self.0, text);
        Ok(match lang {
            Some(lang) => vec![found.to_text(self.lang(&lang)?)],
            None => [found.published_json(), found.record_json()].map(|json| json.to_canonical()).to_vec(),
        })
    }

    /// A copy with a partner's own indicators added, written in JSON.
    pub fn with_indicators(&self, text: &str, replace: bool) -> Outcome<Self> {
        self.need(Need::Definitions)?;
        self.0.with_indicators_json(text, replace).map(Self).map_err(|wrong| self.not_added("indicators", wrong))
    }

    /// The document of a partner's own indicators, as canonical JSON.
    pub fn own_indicators(&self, partner: &str) -> Option<String> {
        self.0.own_indicators(partner).map(Json::to_canonical)
    }

    /// Whether two figures can be compared: canonical JSON, or the sentence of a language.
    pub fn compare(&self, a: &str, b: &str, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Definitions)?;
        let figure = |text: &str| Json::parse(text).unwrap_or(Json::Null);
        let found = comparable::compare(&self.0, &figure(a), &figure(b));
        let found = found.map_err(|wrong| self.misuse(wrong.code(), &[("given", wrong.given())]))?;
        self.told(lang, || found.to_json(), |lang| found.to_text(lang))
    }

    /// What is wrong with the indicators: canonical JSON, or the text of a language.
    pub fn integrity(&self, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Definitions)?;
        self.one_or_all(None)?;
        let problems = self.0.integrity();
        let line = |lang| problems.iter().map(move |problem| problem.to_text(self.0.messages(), lang));
        let lines = |lang| line(lang).collect::<Vec<_>>().join("\n");
        self.told(lang, || indicators::integrity(&self.0, &problems), lines)
    }
}
