//! What analyses and dashboards ask; only the full build has it.

use crate::{Book, Outcome, core};
use core::files::Need;
use core::needs;
use core::rulebook::AddError;
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
}
