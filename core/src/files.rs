//! The content of the package in files, as a browser loads it.
//!
//! A page speaks one language and seldom asks for the packs' own tests. So the content lies in files: `base.json` and `rules.json` hold everything but
//! the texts of packs, messages and labels, which lie in a file for each language (`base.fr.json` …); `tests.json` holds the tests of packs,
//! and `definitions.json`, likewise with a file for each language, what the indicators mean, with the centres of communes that maps need.
//! [`make`] writes them when the package is built. [`Files`] takes the bytes of those that a page loads, each only if its hash is the one that
//! this build was made with, and gives the rulebook. It answers as the embedded one does, in the same bytes; what was not loaded is
//! told by [`Rulebook::lacks`] and never taken for absent.
//!
//! Codes keep their labels in all languages: a label is read in any of them where it stands in the place of a code.

use crate::document::Node;
use crate::hash::sha256_hex;
use crate::json::Json;
use crate::message::Lang;
use crate::order;
use crate::rulebook::{Contents, Rulebook};
use crate::territory::Tables;
use std::collections::BTreeMap;

/// What stands for the texts of the three languages in a file without them: they follow in the order of reading.
const MARK: &str = "";
/// Tables of the territory.
const TABLES: [&str; 4] = ["areas.txt", "changes.txt", "neighbours.txt", "territory.txt"];
/// The table that only maps need.
const CENTRES: &str = "centres.txt";
/// Documents that stay as they are.
const WHOLE: [&str; 5] = ["codes.json", "disclosure.json", "parts.json", "rulebook.json", "taxonomy.json"];
/// Texts that stand in outputs in all languages at once.
const TOLD_WHOLE: [&str; 1] = ["send"];

/// Documents whose texts are told to people in one language at a time; sorted, as their texts are read.
const TOLD: [&str; 3] = ["checks.json", "labels.json", "messages.json"];
/// Documents about indicators, which no form asks for; sorted.
const OF_INDICATORS: [&str; 3] = ["dashboard_messages.json", "definitions.json", "taxonomy_messages.json"];
/// Members of a pack that only its keeper asks for.
const OF_TESTS: [&str; 2] = ["tests", "untested"];

/// What of the content a question needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Texts of a language.
    Language(Lang),
    /// The packs that decide.
    Rules,
    /// What the indicators mean.
    Definitions,
    /// What a keeper asks about packs: these with their tests, in all languages.
    Everything,
}

/// What of the content was loaded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loaded {
    languages: [bool; 3],
    rules: bool,
    tests: bool,
    definitions: bool,
}

impl Loaded {
    /// What a library holds.
    pub(crate) const ALL: Self = Self { languages: [true; 3], rules: true, tests: true, definitions: true };

    /// The first thing that is needed and was not loaded.
    pub(crate) fn lacks(self, need: Need) -> Option<&'static str> {
        let mut languages = Lang::ALL.into_iter().zip(self.languages).filter(|(_, there)| !there).map(|(lang, _)| lang);
        let rules = (!self.rules).then_some("rules");
        match need {
            Need::Language(lang) => languages.find(|other| *other == lang).map(Lang::as_str),
            Need::Rules => rules,
            Need::Definitions => (!self.definitions).then_some("definitions"),
            Need::Everything => {
                rules.or((!self.tests).then_some("tests")).or_else(|| languages.next().map(Lang::as_str))
            }
        }
    }
}

/// Why a file is not taken, or no rulebook made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The rulebook has no such file.
    #[error("the rulebook has no file `{name}`")]
    Unknown {
        /// Its name.
        name: String,
    },
    /// It is of another version than the engine.
    #[error("the file `{name}` is of another version than the engine: load both from one version of the package")]
    Changed {
        /// Its name.
        name: String,
        /// The hash that this build knows.
        expected: String,
        /// The hash of what came.
        given: String,
    },
    /// Nothing can be made without it.
    #[error("the file `{name}` was not loaded")]
    Missing {
        /// Its name.
        name: String,
    },
}

impl FileError {
    /// The code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "file.unknown",
            Self::Changed { .. } => "file.changed",
            Self::Missing { .. } => "file.missing",
        }
    }

    /// Name and value of what the text names.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Unknown { name } | Self::Missing { name } => vec![("name", name)],
            Self::Changed { name, expected, given } => vec![("name", name), ("expected", expected), ("given", given)],
        }
    }
}

/// Files that came, each checked.
///
/// ```
/// use sam_eurometropole::files::{FileError, Files};
///
/// let mut files = Files::default();
/// assert_eq!(files.add("base.json", b"{}").unwrap_err().code(), "file.changed");
/// assert_eq!(files.rulebook().unwrap_err(), FileError::Missing { name: "base.json".to_owned() });
/// ```
#[derive(Clone, Debug, Default)]
pub struct Files {
    known: BTreeMap<String, String>,
    given: BTreeMap<String, Json>,
}

impl Files {
    /// Takes a file.
    ///
    /// # Errors
    /// [`FileError::Unknown`], and [`FileError::Changed`] if its SHA-256 is not the one that this build was made with.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), FileError> {
        if self.known.is_empty() {
            self.known = hashes(include_str!("embedded/files.json"));
        }
        let unknown = || FileError::Unknown { name: name.to_owned() };
        let expected = self.known.get(name).ok_or_else(unknown)?;
        let given = sha256_hex(bytes);
        let json = std::str::from_utf8(bytes).ok().and_then(|text| Json::parse(text).ok());
        match json {
            Some(json) if given == *expected => {
                self.given.insert(name.to_owned(), json);
                Ok(())
            }
            _ => Err(FileError::Changed { name: name.to_owned(), expected: expected.clone(), given }),
        }
    }

    /// The rulebook of what came: `base.json` and the texts of a language at least.
    ///
    /// # Errors
    /// [`FileError::Missing`]
    pub fn rulebook(&self) -> Result<Rulebook, FileError> {
        let missing = |name: &str| FileError::Missing { name: name.to_owned() };
        let base = self.given.get("base.json").ok_or_else(|| missing("base.json"))?;
        let rules = self.given.get("rules.json");
        let of = |part: &str| Lang::ALL.map(|lang| self.given.get(&of_language(part, lang)).and_then(Json::as_list));
        let (of_base, of_rules, of_definitions) = (of("base"), of("rules"), of("definitions"));
        let base = joined(base, of_base).ok_or_else(|| missing("base.fr.json"))?;
        let tests = self.given.get("tests.json");
        let packs = match rules {
            Some(rules) => with_tests(joined(rules, of_rules).ok_or_else(|| missing("rules.fr.json"))?, tests),
            None => Json::Null,
        };
        let definitions = self
            .given
            .get("definitions.json")
            .map(|json| joined(json, of_definitions).ok_or_else(|| missing("definitions.fr.json")));
        let definitions = definitions.transpose()?;
        let mut languages = of_base.map(|texts| texts.is_some());
        if rules.is_some() {
            languages.iter_mut().zip(of_rules).for_each(|(there, texts)| *there = *there && texts.is_some());
        }
        if definitions.is_some() {
            languages.iter_mut().zip(of_definitions).for_each(|(there, texts)| *there = *there && texts.is_some());
        }
        let loaded =
            Loaded { languages, rules: rules.is_some(), tests: tests.is_some(), definitions: definitions.is_some() };
        Ok(Rulebook::of_contents(&contents(&base, &packs, &definitions.unwrap_or(Json::Null)), loaded))
    }
}

fn contents<'j>(base: &'j Json, packs: &Json, of_indicators: &'j Json) -> Contents<'j> {
    let text = |name: &str| base.get(name).and_then(Json::as_str).unwrap_or_default();
    let json = |name: &str| base.get(name).cloned().unwrap_or(Json::Null);
    let [of_dashboard, definitions, texts] =
        OF_INDICATORS.map(|name| of_indicators.get(name).cloned().unwrap_or(Json::Null));
    Contents {
        codes: json("codes.json"),
        territory: Tables {
            communes: text("territory.txt"),
            areas: text("areas.txt"),
            changes: text("changes.txt"),
            neighbours: text("neighbours.txt"),
            centres: of_indicators.get(CENTRES).and_then(Json::as_str).unwrap_or_default(),
        },
        taxonomy: json("taxonomy.json"),
        definitions,
        disclosure: json("disclosure.json"),
        parts: json("parts.json"),
        rulebook: json("rulebook.json"),
        messages: vec![json("messages.json"), texts, of_dashboard],
        labels: json("labels.json"),
        packs: [&json("checks.json"), packs].map(Node::from),
    }
}

fn of_language(part: &str, lang: Lang) -> String {
    format!("{part}.{}.json", lang.as_str())
}

fn hashes(text: &str) -> BTreeMap<String, String> {
    let json = Json::parse(text).unwrap_or(Json::Null);
    let members = json.as_object().unwrap_or_default();
    order::map(members.iter().filter_map(|(name, hash)| Some((name.clone(), hash.as_str()?.to_owned()))))
}

/// The texts of each language that came, of which one has to.
type Given<'j> = [Option<&'j [Json]>; 3];

/// A document with its texts again. A language that did not come has those of another: nobody sees them.
fn joined(json: &Json, texts: Given<'_>) -> Option<Json> {
    let any = texts.into_iter().flatten().next()?;
    Some(join(json, &texts.map(|texts| texts.unwrap_or(any)), &mut 0))
}

fn join(json: &Json, texts: &[&[Json]; 3], next: &mut usize) -> Json {
    match json {
        Json::Object(members) if matches!(members.as_slice(), [(name, _)] if name == MARK) => {
            let at = *next;
            *next = at.saturating_add(1);
            let text =
                |lang: Lang, texts: &[Json]| (lang.as_str().to_owned(), texts.get(at).cloned().unwrap_or(Json::Null));
            Json::Object(Lang::ALL.into_iter().zip(texts).map(|(lang, texts)| text(lang, texts)).collect())
        }
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), join(value, texts, next))).collect())
        }
        Json::List(items) => Json::List(items.iter().map(|item| join(item, texts, next)).collect()),
        other => other.clone(),
    }
}

/// The packs with their tests, which lie by the id of the pack.
fn with_tests(packs: Json, tests: Option<&Json>) -> Json {
    let Json::List(mut packs) = packs else { return packs };
    for pack in &mut packs {
        let id = pack.get("pack").and_then(Json::as_str);
        let more = id.and_then(|id| tests?.get(id)?.as_object()).unwrap_or_default().to_vec();
        if let Json::Object(members) = pack {
            members.extend(more);
        }
    }
    Json::List(packs)
}

/// Writes the files, by their names, from the embedded ones.
#[must_use]
pub fn make(embedded: &[(&str, String)]) -> BTreeMap<String, String> {
    let text = |name: &str| embedded.iter().find(|(known, _)| *known == name).map_or("null", |(_, text)| text);
    let json = |name: &str| Json::parse(text(name)).unwrap_or(Json::Null);
    let mut base: Vec<(String, Json)> = TABLES.map(|name| (name.to_owned(), Json::from(text(name)))).into();
    base.extend(WHOLE.map(|name| (name.to_owned(), json(name))));
    let mut texts = Texts::default();
    base.extend(TOLD.map(|name| (name.to_owned(), texts.split(json(name)))));
    let mut files = texts.files("base");
    files.insert("base.json".to_owned(), Json::Object(base));

    let (packs, tests) = without_tests(json("packs.json"));
    let mut texts = Texts::default();
    files.insert("rules.json".to_owned(), texts.split(packs));
    files.insert("tests.json".to_owned(), tests);
    files.extend(texts.files("rules"));

    let mut texts = Texts::default();
    let of_indicators = OF_INDICATORS.map(|name| (name.to_owned(), texts.split(json(name))));
    let centres = (CENTRES.to_owned(), Json::from(text(CENTRES)));
    files.insert("definitions.json".to_owned(), Json::Object([centres].into_iter().chain(of_indicators).collect()));
    files.extend(texts.files("definitions"));
    files.into_iter().map(|(name, json)| (name, json.to_canonical() + "\n")).collect()
}

/// The hash of each file.
#[must_use]
pub fn index(files: &BTreeMap<String, String>) -> Json {
    Json::Object(files.iter().map(|(name, text)| (name.clone(), Json::from(sha256_hex(text.as_bytes())))).collect())
}

/// The packs without what only keepers ask for, and that by the id of the pack.
fn without_tests(packs: Json) -> (Json, Json) {
    let (mut rest, mut tests) = (Vec::new(), Vec::new());
    for pack in packs.as_list().unwrap_or_default() {
        let members = pack.as_object().unwrap_or_default().iter().cloned();
        let (own, others) = members.partition(|(name, _)| OF_TESTS.contains(&name.as_str()));
        tests.push((pack.get("pack").and_then(Json::as_str).unwrap_or_default().to_owned(), Json::Object(own)));
        rest.push(Json::Object(others));
    }
    (Json::List(rest), Json::Object(tests))
}

/// Texts taken out of documents, in the order of reading, for each language.
#[derive(Default)]
struct Texts([Vec<Json>; 3]);

impl Texts {
    /// The document with marks for its texts.
    fn split(&mut self, json: Json) -> Json {
        match json {
            Json::Object(members) => match of_languages(&members) {
                Some(texts) => {
                    self.0.iter_mut().zip(texts).for_each(|(all, text)| all.push(text));
                    Json::object([(MARK, Json::Int(0))])
                }
                None => {
                    let inner = |(name, value): (String, Json)| {
                        let told_whole = TOLD_WHOLE.contains(&name.as_str());
                        let value = if told_whole { value } else { self.split(value) };
                        (name, value)
                    };
                    Json::Object(members.into_iter().map(inner).collect())
                }
            },
            Json::List(items) => Json::List(items.into_iter().map(|item| self.split(item)).collect()),
            other => other,
        }
    }

    fn files(self, part: &str) -> BTreeMap<String, Json> {
        let named = |(lang, texts)| (of_language(part, lang), Json::List(texts));
        Lang::ALL.into_iter().zip(self.0).map(named).collect()
    }
}

/// The three texts, if an object is nothing but them.
fn of_languages(members: &[(String, Json)]) -> Option<[Json; 3]> {
    let text = |lang: Lang| members.iter().find(|(name, _)| name == lang.as_str()).map(|(_, text)| text);
    let [Some(fr), Some(nl), Some(en)] = Lang::ALL.map(text) else { return None };
    let all = [fr, nl, en];
    (members.len() == all.len() && all.iter().all(|text| text.as_str().is_some())).then(|| all.map(Json::clone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    const EMBEDDED: [(&str, &str); 17] = [
        ("areas.txt", include_str!("embedded/areas.txt")),
        ("centres.txt", include_str!("embedded/centres.txt")),
        ("changes.txt", include_str!("embedded/changes.txt")),
        ("checks.json", include_str!("embedded/checks.json")),
        ("codes.json", include_str!("embedded/codes.json")),
        ("dashboard_messages.json", include_str!("embedded/dashboard_messages.json")),
        ("definitions.json", include_str!("embedded/definitions.json")),
        ("disclosure.json", include_str!("embedded/disclosure.json")),
        ("labels.json", include_str!("embedded/labels.json")),
        ("messages.json", include_str!("embedded/messages.json")),
        ("neighbours.txt", include_str!("embedded/neighbours.txt")),
        ("packs.json", include_str!("embedded/packs.json")),
        ("parts.json", include_str!("embedded/parts.json")),
        ("rulebook.json", include_str!("embedded/rulebook.json")),
        ("taxonomy.json", include_str!("embedded/taxonomy.json")),
        ("taxonomy_messages.json", include_str!("embedded/taxonomy_messages.json")),
        ("territory.txt", include_str!("embedded/territory.txt")),
    ];

    fn made() -> BTreeMap<String, String> {
        make(&EMBEDDED.map(|(name, text)| (name, text.to_owned())))
    }

    /// The rulebook of all files whose names a test allows.
    fn book(wanted: impl Fn(&str) -> bool) -> Result<Rulebook, FileError> {
        let mut files = Files::default();
        for (name, text) in made().iter().filter(|(name, _)| wanted(name)) {
            files.add(name, text.as_bytes()).unwrap();
        }
        files.rulebook()
    }

    fn told(book: &Rulebook, lang: Lang) -> [String; 2] {
        let on = Date::parse("2025-06-20").unwrap();
        let case = r#"{"participant": {"birth_date": "2009-07-08"}, "placement": {"scheme": "fr_pmsmp", "start": "2025-07-07", "end": "2025-07-18", "weekly_huors": 3}}"#;
        let decision = crate::decide_text(book, case, on);
        [decision.to_canonical(true), decision.to_text(lang, true)]
    }

    #[test]
    fn all_files_together_are_the_embedded_rulebook() {
        let (book, embedded) = (book(|_| true).unwrap(), Rulebook::embedded());
        assert_eq!(book.lacks(Need::Everything), None);
        assert_eq!((book.hash(), book.parts()), (embedded.hash(), embedded.parts()));
        assert_eq!(book.territory(), embedded.territory());
        for (one, other) in book.packs().zip(embedded.packs()) {
            assert_eq!(one.document.to_canonical(), other.document.to_canonical());
            assert_eq!(one.hash, sha256_hex(one.document.to_canonical().as_bytes()), "{}", one.id);
        }
        assert_eq!(book.packs().count(), embedded.packs().count());
        assert!(book.messages().ids().eq(embedded.messages().ids().filter(|id| book.messages().has(id))));
        Lang::ALL.iter().for_each(|lang| assert_eq!(told(&book, *lang), told(embedded, *lang)));
    }

    #[test]
    fn a_language_alone_answers_in_the_same_bytes() {
        let book = book(|name| !name.contains(".fr.") && !name.contains(".en.") && name != "tests.json").unwrap();
        assert_eq!(told(&book, Lang::Nl), told(Rulebook::embedded(), Lang::Nl));
        assert_eq!(book.hash(), Rulebook::embedded().hash());
        let needs = [Need::Language(Lang::Nl), Need::Language(Lang::Fr), Need::Rules, Need::Everything];
        assert_eq!(needs.map(|need| book.lacks(need)), [None, Some("fr"), None, Some("tests")]);
    }

    #[test]
    fn records_are_checked_without_the_packs_that_decide() {
        let book = book(|name| name == "base.json" || name == "base.fr.json").unwrap();
        let check = |book: &Rulebook| {
            let on = Date::parse("2025-06-20").unwrap();
            let report = crate::check_text(
                book,
                crate::catalogue::Role::Placement,
                r#"{"start": "2025-07-07", "end": "2025-07-01"}"#,
                on,
            );
            report.to_json(true).to_canonical()
        };
        assert_eq!(check(&book), check(Rulebook::embedded()));
        assert_eq!((book.lacks(Need::Rules), book.lacks(Need::Language(Lang::Fr))), (Some("rules"), None));
        assert_eq!(book.lacks(Need::Definitions), Some("definitions"));
        let figure = |side: &str| Json::object([("indicator", Json::from("POV01")), ("side", Json::from(side))]);
        let compared = crate::taxonomy::comparable::compare(&book, &figure("FR"), &figure("BE-WAL")).unwrap();
        assert_eq!(compared.reason().map(|reason| reason.code()), Some("comparable.caveat"));
    }

    #[test]
    fn what_the_indicators_mean_comes_by_itself() {
        let wanted = |name: &str| ["base.json", "definitions.json"].contains(&name) || name.ends_with(".nl.json");
        let book = book(|name| wanted(name) && !name.starts_with("rules.")).unwrap();
        assert_eq!([Need::Definitions, Need::Language(Lang::Nl)].map(|need| book.lacks(need)), [None, None]);
        let told = |book: &Rulebook| crate::taxonomy::answer::indicator(book, "POV01", Some(Lang::Nl)).unwrap();
        assert_eq!(told(&book).to_canonical(), told(Rulebook::embedded()).to_canonical());
        assert_eq!(book.integrity(), []);
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = |name: &str| Some(FileError::Missing { name: name.to_owned() });
        assert_eq!(book(|name| name != "base.json").err(), missing("base.json"));
        assert_eq!(book(|name| name == "base.json").err(), missing("base.fr.json"));
        assert_eq!(book(|name| !name.starts_with("rules.") || name == "rules.json").err(), missing("rules.fr.json"));
        let bare = |name: &str| !name.starts_with("definitions.") || name == "definitions.json";
        assert_eq!(book(bare).err(), missing("definitions.fr.json"));
    }

    #[test]
    fn a_file_of_another_version_is_refused() {
        let text = made().remove("base.nl.json").unwrap();
        let wrong = Files::default().add("base.nl.json", text.replacen('e', "a", 1).as_bytes()).unwrap_err();
        assert_eq!(wrong.code(), "file.changed");
        assert_eq!(wrong.params().iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["name", "expected", "given"]);
        assert_eq!(Files::default().add("base.de.json", b"[]").unwrap_err().code(), "file.unknown");
    }
}
