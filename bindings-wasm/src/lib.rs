//! The JavaScript module: it converts, and nothing else.
//!
//! Text crosses the boundary: JSON enters, canonical JSON or a text for people leaves. What is called wrongly throws a JSON text
//! `{code, text, params, problems?}`, of which `js/core.mjs` makes an `Error`; data never throw.

#[cfg(feature = "full")]
mod full;
mod thrown;

use sam_eurometropole as core;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::files::Need;
use sam_eurometropole::identifier::{Reading, Scheme};
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::{self, Pack, coverage, diff, due};
use sam_eurometropole::rulebook::AddError;
use sam_eurometropole::taxonomy::answer as indicators;
use sam_eurometropole::territory::answer;
use thrown::{not_taken, thrown};
use wasm_bindgen::prelude::*;

/// The files of the rulebook, as they come.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Files(core::files::Files);

#[wasm_bindgen]
impl Files {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a file, if it is of the version of the engine.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Outcome<()> {
        self.0.add(name, bytes).map_err(|wrong| not_taken(&wrong))
    }

    /// The rulebook of what came.
    pub fn book(&self) -> Outcome<Book> {
        self.0.rulebook().map(Book).map_err(|wrong| not_taken(&wrong))
    }
}

/// A rulebook, never changed once it is made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Book(core::Rulebook);

/// What is thrown.
type Outcome<T> = Result<T, JsValue>;

#[wasm_bindgen]
impl Book {
    /// The same, to be given back by itself.
    pub fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    /// A copy with a pack added, written in JSON.
    pub fn with_pack(&self, text: &str, replace: bool) -> Outcome<Self> {
        self.need(Need::Rules)?;
        self.0.with_pack_json(text, replace).map(Self).map_err(|wrong| self.not_added("pack", wrong))
    }

    /// A copy without the packs that decide.
    pub fn without_packs(&self) -> Self {
        Self(self.0.only_checks())
    }

    /// `YYYY.N`.
    pub fn version(&self) -> String {
        self.0.version().to_owned()
    }

    /// The content hash.
    pub fn hash(&self) -> String {
        self.0.hash().to_owned()
    }

    /// The hash of each part, as a JSON object.
    pub fn parts(&self) -> String {
        let parts = self.0.parts().iter();
        Json::Object(parts.map(|(part, hash)| (part.clone(), Json::from(hash.as_str()))).collect()).to_canonical()
    }

    /// A report: canonical JSON, or the text of a language.
    pub fn check(&self, record: &str, text: &str, on: &str, values: bool, lang: Option<String>) -> Outcome<String> {
        let report = core::check_text(&self.0, self.role(record)?, text, self.day(on)?);
        self.tell(&report, values, lang)
    }

    /// What a view shows of a record, as canonical JSON.
    pub fn view(&self, record: &str, text: &str, view: &str) -> Outcome<String> {
        let found = core::view::View::parse(view).ok_or_else(|| self.misuse("misuse.view", &[("given", view)]))?;
        Ok(core::view_text(&self.0, self.role(record)?, text, found).to_canonical())
    }

    /// A decision: canonical JSON, or the text of a language.
    pub fn decide(&self, text: &str, on: &str, values: bool, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Rules)?;
        self.tell(&core::decide_text(&self.0, text, self.day(on)?), values, lang)
    }

    /// Why a decision is what it is, in a language: canonical JSON, or lines of text on the rules that decide (`deciding`) or all that take
    /// part (`all`).
    pub fn explanation(&self, text: &str, on: &str, values: bool, lang: &str, form: Option<String>) -> Outcome<String> {
        self.need(Need::Rules)?;
        let (on, lang) = (self.day(on)?, self.lang(lang)?);
        let found = core::explain_text(&self.0, text, on);
        Ok(match form {
            None => found.to_json(lang, values).to_canonical(),
            Some(form) => found.to_text(lang, values, form == "all"),
        })
    }

    /// The decision as a page to print, in a language and perhaps a second one.
    pub fn page(
        &self,
        text: &str,
        on: &str,
        values: bool,
        lang: &str,
        beside: Option<String>,
        reference: Option<String>,
    ) -> Outcome<String> {
        self.need(Need::Rules)?;
        let beside = beside.map(|beside| self.lang(&beside)).transpose()?;
        let options = core::PageOptions { lang: self.lang(lang)?, beside, reference: reference.as_deref(), values };
        Ok(core::decide_text(&self.0, text, self.day(on)?).to_html(&options))
    }

    /// The deadlines of a decision as iCalendar text, if there are any.
    pub fn ics(
        &self,
        text: &str,
        on: &str,
        values: bool,
        lang: &str,
        reference: Option<String>,
    ) -> Outcome<Option<String>> {
        self.need(Need::Rules)?;
        let lang = self.lang(lang)?;
        Ok(core::decide_text(&self.0, text, self.day(on)?).to_ics(lang, reference.as_deref(), values))
    }

    /// The decision of each case of a JSON list, as one JSON list.
    pub fn decide_all(&self, text: &str, on: &str, values: bool) -> Outcome<String> {
        self.need(Need::Rules)?;
        let all = core::decide_texts(&self.0, text, self.day(on)?);
        Ok(core::decision::list_to_canonical(&all, values))
    }

    /// The decision of each case of a JSON list, as texts.
    pub fn explain_all(&self, text: &str, on: &str, values: bool, lang: &str) -> Outcome<Vec<String>> {
        self.need(Need::Rules)?;
        let lang = self.lang(lang)?;
        let all = core::decide_texts(&self.0, text, self.day(on)?);
        Ok(all.iter().map(|decision| decision.to_text(lang, values)).collect())
    }

    /// What is wrong in the records of a set, and between them: canonical JSON, or the text of a language.
    pub fn check_set(
        &self,
        records: Vec<String>,
        texts: Vec<String>,
        on: &str,
        values: bool,
        lang: Option<String>,
    ) -> Outcome<String> {
        if records.iter().any(|record| record == Role::Observation.as_str()) {
            // Figures are held against relations and breaks of the taxonomy.
            self.need(Need::Definitions)?;
        }
        let report = self.set(&records, &texts)?.check(self.day(on)?);
        self.tell(&report, values, lang)
    }

    /// What has to go of the records of a set: canonical JSON, or the text of a language.
    pub fn purge(
        &self,
        records: Vec<String>,
        texts: Vec<String>,
        on: &str,
        values: bool,
        lang: Option<String>,
    ) -> Outcome<String> {
        let purge = self.set(&records, &texts)?.purge(self.day(on)?);
        self.tell(&purge, values, lang)
    }

    /// The timeline of a case: canonical JSON, or the text of a language.
    pub fn timeline(&self, text: &str, first: &str, last: &str, values: bool, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Rules)?;
        let found = core::timeline(&self.0, text, self.day(first)?, self.day(last)?);
        let found = found.map_err(|wrong| self.misuse(wrong.code(), &[]))?;
        self.told(lang, || found.to_json(), |lang| found.to_text(lang, values))
    }

    /// From which day a placement could start: canonical JSON, or the text of a language.
    pub fn earliest_start(
        &self,
        text: &str,
        on: &str,
        first: &str,
        last: &str,
        values: bool,
        lang: Option<String>,
    ) -> Outcome<String> {
        self.need(Need::Rules)?;
        let found = core::earliest_start(&self.0, text, self.day(on)?, self.day(first)?, self.day(last)?);
        let found = found.map_err(|wrong| self.misuse(wrong.code(), &[]))?;
        self.told(lang, || found.to_json(values), |lang| found.to_text(lang, values))
    }

    /// What would change the decision of a case: canonical JSON, or the text of a language.
    pub fn what_would_change(&self, text: &str, on: &str, values: bool, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Rules)?;
        self.tell(&core::what_would_change(&self.0, text, self.day(on)?), values, lang)
    }

    /// A number of a scheme: canonical JSON, or the text of a language.
    pub fn identifier(&self, scheme: &str, text: &str, on: Option<String>, lang: Option<String>) -> Outcome<String> {
        let unknown = || self.misuse("misuse.scheme", &[("given", scheme)]);
        let scheme = Scheme::from_word(scheme).ok_or_else(unknown)?;
        let on = on.map(|on| self.day(&on)).transpose()?;
        let read = Reading::new(scheme, text, on);
        Ok(match lang {
            None => read.to_json().to_canonical(),
            Some(lang) => read.to_text(self.0.messages(), self.lang(&lang)?),
        })
    }

    /// The communes that a query may mean, as canonical JSON; so are the other answers about the territory.
    pub fn territory_find(&self, query: &str, on: &str) -> Outcome<String> {
        Ok(answer::find(&self.0, query, self.day(on)?).to_canonical())
    }

    /// What a code is on a day.
    pub fn territory_at(&self, code: &str, on: &str) -> Outcome<String> {
        Ok(answer::at(&self.0, code, self.day(on)?).to_canonical())
    }

    /// What a commune or an area lies in.
    pub fn territory_ancestors(&self, code: &str) -> String {
        answer::ancestors(&self.0, code).to_canonical()
    }

    /// The communes of an area or a zone.
    pub fn territory_members(&self, area: &str, on: &str) -> Outcome<String> {
        Ok(answer::members(&self.0, area, self.day(on)?).to_canonical())
    }

    /// The communes that a commune touches across the border.
    pub fn territory_neighbours(&self, code: &str) -> String {
        answer::neighbours(&self.0, code).to_canonical()
    }

    /// The changes of a span.
    pub fn territory_changes(&self, first: &str, last: &str) -> Outcome<String> {
        Ok(answer::changes(&self.0, self.day(first)?, self.day(last)?).to_canonical())
    }

    /// The label of a field.
    pub fn label(&self, record: &str, path: &str, lang: &str) -> Outcome<String> {
        Ok(self.0.label(self.role(record)?, path, self.lang(lang)?))
    }

    /// The help of a field.
    pub fn help(&self, record: &str, path: &str, lang: &str) -> Outcome<Option<String>> {
        Ok(self.0.help(self.role(record)?, path, self.lang(lang)?).map(str::to_owned))
    }

    /// A copy with a code list added, written in JSON.
    pub fn with_codes(&self, text: &str, replace: bool) -> Outcome<Self> {
        self.0.with_codes_json(text, replace).map(Self).map_err(|wrong| self.not_added("codes", wrong))
    }

    /// The document of a code list, as canonical JSON.
    pub fn code_list(&self, id: &str) -> Option<String> {
        self.0.codes().get(id).map(|list| list.to_json().to_canonical())
    }

    /// An indicator in full, as canonical JSON, with its texts in a language or in all three.
    pub fn indicator(&self, code: &str, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Definitions)?;
        let lang = self.one_or_all(lang)?;
        let found = indicators::indicator(&self.0, code, lang);
        found.map(|found| found.to_canonical()).ok_or_else(|| self.misuse("misuse.indicator", &[("given", code)]))
    }

    /// What is wrong or odd about a pack.
    pub fn lint_pack(&self, text: &str, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Everything)?;
        let advice = self.0.lint_pack_json(text);
        self.told(lang, || advice.to_json(), |lang| advice.to_text(lang))
    }

    /// The tests of packs: canonical JSON, or the text of a language; so are the other answers about packs.
    pub fn pack_tests(&self, pack: Option<String>, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Everything)?;
        let report = pack::test_packs(&self.0, &self.packs(pack)?);
        self.told(lang, || report.to_json(), |lang| report.to_text(lang))
    }

    /// What the tests of packs do not reach.
    pub fn pack_coverage(&self, pack: Option<String>, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Everything)?;
        let report = coverage::coverage(&self.0, &self.packs(pack)?);
        self.told(lang, || report.to_json(), |lang| report.to_text(lang))
    }

    /// What of packs is to be looked at again.
    pub fn packs_due(&self, on: &str, within: u32, pack: Option<String>, lang: Option<String>) -> Outcome<String> {
        self.need(Need::Everything)?;
        let report = due::due(&self.0, &self.packs(pack)?, self.day(on)?, within);
        self.told(lang, || report.to_json(), |lang| report.to_text(lang))
    }

    /// What differs in a pack of another rulebook, and for which cases.
    pub fn pack_diff(
        &self,
        after: &Book,
        pack: &str,
        cases: Option<String>,
        on: Option<String>,
        lang: Option<String>,
    ) -> Outcome<String> {
        self.need(Need::Everything)?;
        let on = on.map(|on| self.day(&on)).transpose()?;
        let cases = match (&cases, on) {
            (Some(text), Some(on)) => Some(diff::Cases { text, on }),
            (Some(_), None) => return Err(self.misuse("misuse.on", &[("given", "")])),
            (None, _) => None,
        };
        let found = diff::diff(&self.0, &after.0, pack, cases);
        let found = found.map_err(|wrong| self.misuse("misuse.pack", &[("given", &wrong.0)]))?;
        self.told(lang, || found.to_json(), |lang| found.to_text(lang))
    }

    /// A stored record in today's format, as canonical JSON.
    pub fn migrate(&self, record: &str, text: &str, format: &str) -> Outcome<String> {
        let role = self.role(record)?;
        let found = core::migrate::format_number(format).and_then(|format| core::migrate::migrate(role, format, text));
        found.map(|found| found.to_json().to_canonical()).map_err(|wrong| {
            let params = wrong.params();
            let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
            self.misuse(wrong.code(), &params)
        })
    }
}

impl Book {
    fn tell(&self, output: &dyn core::Tell, values: bool, lang: Option<String>) -> Outcome<String> {
        let lang = lang.map(|lang| self.lang(&lang)).transpose()?;
        Ok(output.tell(lang, values))
    }

    /// The lists of a set, each with its kind of record.
    fn set(&self, records: &[String], texts: &[String]) -> Outcome<core::dataset::SetOf<'_>> {
        let mut set = core::dataset::SetOf::new(&self.0);
        for (record, text) in records.iter().zip(texts) {
            set.add_text(self.role(record)?, text);
        }
        Ok(set)
    }

    fn role(&self, word: &str) -> Outcome<Role> {
        Role::parse(word).ok_or_else(|| self.misuse("misuse.record", &[("given", word)]))
    }

    fn day(&self, text: &str) -> Outcome<Date> {
        Date::parse(text).map_err(|_| self.misuse("misuse.on", &[("given", text)]))
    }

    fn lang(&self, word: &str) -> Outcome<Lang> {
        let lang = Lang::parse(word).ok_or_else(|| self.misuse("misuse.language", &[("given", word)]))?;
        self.need(Need::Language(lang)).map(|()| lang)
    }

    /// A language, or none where all of them are there.
    fn one_or_all(&self, lang: Option<String>) -> Outcome<Option<Lang>> {
        match lang {
            Some(lang) => self.lang(&lang).map(Some),
            None => Lang::ALL.into_iter().try_for_each(|lang| self.need(Need::Language(lang))).map(|()| None),
        }
    }

    /// Fails where something was not loaded.
    fn need(&self, need: Need) -> Outcome<()> {
        let lacking = self.0.lacks(need);
        lacking.map_or(Ok(()), |given| Err(self.misuse("misuse.not_loaded", &[("given", given)])))
    }

    fn packs(&self, id: Option<String>) -> Outcome<Vec<&Pack>> {
        let found = pack::chosen(&self.0, id.as_deref());
        found.map_err(|wrong| self.misuse("misuse.pack", &[("given", &wrong.0)]))
    }

    fn told(
        &self,
        lang: Option<String>,
        json: impl FnOnce() -> Json,
        text: impl FnOnce(Lang) -> String,
    ) -> Outcome<String> {
        lang.map_or_else(|| Ok(json().to_canonical()), |lang| Ok(text(self.lang(&lang)?)))
    }

    fn misuse(&self, code: &str, params: &[(&str, &str)]) -> JsValue {
        let params: Vec<(&str, Json)> = params.iter().map(|(name, value)| (*name, Json::from(*value))).collect();
        let filled: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        let text = self.0.messages().render(code, Lang::En, &filled);
        let params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        thrown(code, [("text", Json::from(text)), ("params", Json::Object(params))])
    }

    /// A `pack`, `codes` or `indicators` that were not added.
    fn not_added(&self, what: &str, wrong: AddError) -> JsValue {
        match wrong {
            AddError::Taken(id) => self.misuse(&format!("{what}.taken"), &[("id", &id)]),
            AddError::Problems(problems) => thrown::problems(&self.0, what, &problems),
        }
    }
}
