//! The code lists that fields draw from: what a code means in three languages, whose it is, and when it was in force.
//!
//! Lists enter as JSON documents ([`CodeLists::from_json`], [`CodeList::from_json`]) or as what a keeper wrote
//! ([`CodeList::from_document`]), which are read strictly, and are asked by code.
//! A code is never deleted: one that ended keeps its last day and names what replaced it, so that old records read on.

mod read;

pub use read::{CodesError, CodesProblem};

use crate::by_text::ByText;
use crate::date::Date;
use crate::document::Node;
use crate::force::Force;
pub use crate::force::Validity;
use crate::hint;
use crate::json::Json;
use crate::limits;
use crate::message::{Lang, Texts};
use crate::pack::Problem;
use std::sync::OnceLock;

/// One code of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    code: String,
    labels: Texts,
    force: Force,
    system: Option<String>,
    concept: Option<String>,
    broader: Option<String>,
    replaced_by: Vec<String>,
    verified: bool,
    source: Option<String>,
}

impl Code {
    /// A code that is always in force.
    pub(crate) fn new(code: &str, labels: Texts, verified: bool) -> Self {
        Self {
            code: code.to_owned(),
            labels,
            force: Force { from: None, to: None },
            system: None,
            concept: None,
            broader: None,
            replaced_by: Vec::new(),
            verified,
            source: None,
        }
    }

    /// The code as records write it.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The label in a language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        self.labels.get(lang)
    }

    /// The labels in French, Dutch and English.
    #[must_use]
    pub fn labels(&self) -> &[String; 3] {
        self.labels.all()
    }

    /// First day in force; `None` if it always was.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.force.from
    }

    /// Last day in force; `None` if it still is.
    #[must_use]
    pub fn to(&self) -> Option<Date> {
        self.force.to
    }

    /// Whose code it is: `FR`, `BE` (federal), `BE-WAL` or `BE-VLG`; `None` if it belongs to no system.
    #[must_use]
    pub fn system(&self) -> Option<&str> {
        self.system.as_deref()
    }

    /// What the systems name differently and statistics may join (`minimum_income`). Rules of law never test it.
    #[must_use]
    pub fn concept(&self) -> Option<&str> {
        self.concept.as_deref()
    }

    /// The code of the same list that it is part of, where the list is a hierarchy.
    #[must_use]
    pub fn broader(&self) -> Option<&str> {
        self.broader.as_deref()
    }

    /// Codes of the same list that took its place.
    pub fn replaced_by(&self) -> impl ExactSizeIterator<Item = &str> {
        self.replaced_by.iter().map(String::as_str)
    }

    /// Whether somebody looked the code and its days up in the source.
    #[must_use]
    pub fn verified(&self) -> bool {
        self.verified
    }

    /// Where the code comes from, if not from the source of its list.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The entry of the document; what was not given stays out.
    fn to_json(&self) -> Json {
        let day = |day: Option<Date>| day.map(|day| Json::from(day.to_string()));
        let text = |text: &Option<String>| text.as_deref().map(Json::from);
        let successors = self.replaced_by.iter().map(|code| Json::from(code.as_str())).collect();
        let members = [
            ("code", Some(Json::from(self.code.as_str()))),
            ("label", Some(self.labels.to_json())),
            ("from", day(self.force.from)),
            ("to", day(self.force.to)),
            ("system", text(&self.system)),
            ("concept", text(&self.concept)),
            ("broader", text(&self.broader)),
            ("replaced_by", (!self.replaced_by.is_empty()).then_some(successors)),
            ("verified", Some(Json::Bool(self.verified))),
            ("source", text(&self.source)),
        ];
        Json::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
    }

    /// Whether it was in force on a day; first and last day included.
    #[must_use]
    pub fn validity(&self, day: Date) -> Validity {
        self.force.validity(day)
    }
}

/// A list of codes, in the order of its document (the order forms show).
///
/// ```
/// use sam_eurometropole::codes::{CodeList, Validity};
/// use sam_eurometropole::date::Date;
/// let text = r#"{"list": "scheme", "title": {"fr": "Dispositif", "nl": "Stelsel", "en": "Scheme"}, "source": "Code du travail",
///     "codes": [{"code": "fr_pmsmp", "label": {"fr": "PMSMP", "nl": "PMSMP", "en": "PMSMP"}, "from": "2014-11-16", "verified": true}]}"#;
/// let list = CodeList::from_json(&sam_eurometropole::json::parse(text, 8).unwrap()).unwrap();
/// let pmsmp = list.find("fr_pmsmp").unwrap();
/// assert_eq!(pmsmp.validity(Date::parse("2012-03-05").unwrap()), Validity::NotYet);
/// assert!(list.find("FR_PMSMP").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    id: String,
    title: Texts,
    source: String,
    codes: Vec<Code>,
    /// Whether some code has a first or a last day.
    dated: bool,
    /// Place of each code in `codes`.
    index: ByText<usize>,
    folded: Folded,
}

impl CodeList {
    /// Reads one list.
    ///
    /// # Errors
    /// Every problem of the document, with its JSON Pointer.
    pub fn from_json(json: &Json) -> Result<Self, Vec<CodesError>> {
        read::list(json, "")
    }

    /// Reads what a keeper wrote: the list, and the document that its hash is taken of.
    ///
    /// # Errors
    /// Every problem of the document, with its place.
    pub fn from_document(node: &Node) -> Result<(Self, Json), Vec<Problem>> {
        let document = read::document(node);
        match Self::from_json(&document) {
            Ok(list) => Ok((list, document)),
            Err(errors) => Err(errors.into_iter().map(|error| error.in_document(node)).collect()),
        }
    }

    /// What keeps the list from taking the place of another: a code is never deleted, so that old records, packs and stored
    /// decisions read on.
    pub(crate) fn cannot_replace(&self, other: &Self, node: &Node) -> Vec<Problem> {
        let dropped = other.codes.iter().filter(|code| self.find(&code.code).is_none());
        let error = |code: &Code| CodesError::new("/codes", CodesProblem::Dropped(code.code.clone()));
        dropped.map(|code| error(code).in_document(node)).collect()
    }

    /// The document of the list, to add codes to and give back.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::object([
            ("list", Json::from(self.id.as_str())),
            ("title", self.title.to_json()),
            ("source", Json::from(self.source.as_str())),
            ("codes", self.codes.iter().map(Code::to_json).collect()),
        ])
    }

    /// The list without some codes, and with others at its end.
    pub(crate) fn with(&self, without: impl Fn(&str) -> bool, more: impl Iterator<Item = Code>) -> Self {
        let kept = self.codes.iter().filter(|code| !without(&code.code)).cloned();
        let codes: Vec<Code> = kept.chain(more).collect();
        let index = codes.iter().enumerate().map(|(place, code)| (code.code.as_str().into(), place)).collect();
        Self { codes, index, folded: Folded::default(), ..self.clone() }
    }

    /// The id that fields name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }

    /// Where the codes come from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Every code, in the order of the document.
    #[must_use]
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// The entry of a code; case counts.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Code> {
        self.index.get(code).and_then(|place| self.codes.get(*place))
    }

    /// The code that was probably meant by a text that is none: the one whose label it is, the nearest, or the only one with that word.
    #[must_use]
    pub fn hint(&self, text: &str) -> Option<&str> {
        if text.chars().count() > limits::HINTED {
            return None;
        }
        let folded = self.folded.0.get_or_init(|| Names::of(&self.codes));
        let names = || self.codes.iter().map(Code::code).zip(folded.codes.iter().map(String::as_str));
        let by_label = folded.labels.get(&hint::fold(text.trim())).and_then(|place| self.codes.get(*place));
        by_label
            .map(Code::code)
            .or_else(|| hint::nearest_folded(text, names()))
            .or_else(|| hint::only_with_folded_word(text, names()))
    }

    /// Whether some code is not in force on every day.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.dated
    }

    /// The codes in force on a day, in the order of the document.
    pub fn in_force(&self, day: Date) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(move |code| code.validity(day) == Validity::InForce)
    }
}

/// Codes and labels as they are compared for hints, made by the first hint. Two lists are the same whether or not it came.
#[derive(Clone, Debug, Default)]
struct Folded(OnceLock<Names>);

impl PartialEq for Folded {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Folded {}

#[derive(Clone, Debug)]
struct Names {
    /// In the order of the list.
    codes: Vec<String>,
    /// The first code with a label.
    labels: ByText<usize>,
}

impl Names {
    fn of(codes: &[Code]) -> Self {
        let labels = codes.iter().enumerate().rev();
        let labels = labels.flat_map(|(place, code)| code.labels().iter().map(move |label| (hint::fold(label), place)));
        Self {
            codes: codes.iter().map(|code| hint::fold(code.code())).collect(),
            labels: labels.map(|(label, place)| (label.into(), place)).collect(),
        }
    }
}

/// The code lists of a rulebook, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeLists {
    /// Sorted by id.
    lists: Vec<CodeList>,
    /// Place of each list in `lists`.
    places: ByText<usize>,
}

impl CodeLists {
    /// Reads a JSON array of list documents.
    ///
    /// # Errors
    /// Every problem of every list, with its JSON Pointer; two lists of one id are a problem of the second.
    pub fn from_json(json: &Json) -> Result<Self, Vec<CodesError>> {
        let mut lists = Self::default();
        let mut errors = Vec::new();
        let Json::List(documents) = json else {
            return Err(vec![CodesError::new("", CodesProblem::Type("list"))]);
        };
        for (place, document) in documents.iter().enumerate() {
            let pointer = format!("/{place}");
            match read::list(document, &pointer) {
                Ok(list) if lists.get(list.id()).is_some() => {
                    errors.push(CodesError::new(&format!("{pointer}/list"), CodesProblem::Duplicate(list.id)));
                }
                Ok(list) => {
                    lists.insert(list);
                }
                Err(more) => errors.extend(more),
            }
        }
        if errors.is_empty() { Ok(lists) } else { Err(errors) }
    }

    /// The list of an id.
    #[must_use]
    pub fn get(&self, list: &str) -> Option<&CodeList> {
        self.places.get(list).and_then(|place| self.lists.get(*place))
    }

    /// Adds a list, or replaces the one of the same id and gives it back.
    pub fn insert(&mut self, list: CodeList) -> Option<CodeList> {
        match self.lists.binary_search_by(|other| other.id.cmp(&list.id)) {
            Ok(place) => self.lists.get_mut(place).map(|before| std::mem::replace(before, list)),
            Err(place) => {
                self.lists.insert(place, list);
                let ids = self.lists.iter().map(|list| list.id.as_str().into());
                self.places = ids.enumerate().map(|(place, id)| (id, place)).collect();
                None
            }
        }
    }

    /// Every list, sorted by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &CodeList> {
        self.lists.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{FieldType, Role};

    const EMBEDDED: &str = include_str!("../embedded/codes.json");

    fn lists() -> CodeLists {
        CodeLists::from_json(&parse(EMBEDDED)).unwrap()
    }

    fn parse(text: &str) -> Json {
        crate::json::parse(text, 64).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn validity(list: &str, code: &str, on: &str) -> Validity {
        lists().get(list).unwrap().find(code).unwrap().validity(day(on))
    }

    #[test]
    fn a_code_holds_from_its_first_to_its_last_day() {
        assert_eq!(validity("benefit", "fr_rmi", "2009-05-31"), Validity::InForce);
        assert_eq!(validity("benefit", "fr_rmi", "2009-06-01"), Validity::Ended);
        assert_eq!(validity("benefit", "fr_rsa", "2009-05-31"), Validity::NotYet);
        assert_eq!(validity("benefit", "fr_rsa", "2009-06-01"), Validity::InForce);
    }

    #[test]
    fn the_pmsmp_is_no_scheme_of_2012() {
        let lists = lists();
        let in_force: Vec<&str> = lists.get("scheme").unwrap().in_force(day("2012-03-05")).map(Code::code).collect();
        assert!(in_force.contains(&"fr_emt") && in_force.contains(&"fr_iae_immersion"));
        assert!(!in_force.contains(&"fr_pmsmp"));
        let emt = lists.get("scheme").unwrap().find("fr_emt").unwrap();
        assert_eq!(emt.replaced_by().collect::<Vec<_>>(), ["fr_pmsmp"]);
    }

    #[test]
    fn three_benefits_share_a_concept_and_no_code() {
        let lists = lists();
        let minimum: Vec<&Code> =
            lists.get("benefit").unwrap().codes().iter().filter(|c| c.concept() == Some("minimum_income")).collect();
        let codes: Vec<(&str, Option<&str>)> = minimum.iter().map(|c| (c.code(), c.system())).collect();
        assert_eq!(
            codes,
            [("fr_rmi", Some("FR")), ("fr_rsa", Some("FR")), ("be_minimex", Some("BE")), ("be_ri", Some("BE"))]
        );
        assert_eq!(minimum.last().unwrap().label(Lang::Nl), "Leefloon");
    }

    #[test]
    fn keeps_the_order_of_the_document() {
        let lists = lists();
        let days: Vec<&str> = lists.get("weekday").unwrap().codes().iter().map(Code::code).collect();
        assert_eq!(days, ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
        assert_eq!(lists.get("country").unwrap().codes().len(), 249);
    }

    #[test]
    fn a_replaced_code_ends_before_its_successor_begins() {
        for list in lists().iter() {
            for code in list.codes() {
                for next in code.replaced_by().map(|next| list.find(next).unwrap()) {
                    let (Some(to), Some(from)) = (code.to(), next.from()) else {
                        continue;
                    };
                    // The day on which the EMT gave way to the PMSMP is not known: both are held to be in force meanwhile.
                    let overlap_is_known = code.code() == "fr_emt";
                    assert!(to < from || overlap_is_known, "{}: {} and {}", list.id(), code.code(), next.code());
                }
            }
        }
    }

    #[test]
    fn a_list_gives_its_document_back() {
        for document in parse(EMBEDDED).as_list().unwrap() {
            let list = CodeList::from_json(document).unwrap();
            assert_eq!(list.to_json().to_canonical(), document.to_canonical());
        }
    }

    #[test]
    fn every_problem_has_a_code_with_a_text() {
        let owned = || "x".to_owned();
        let all = [
            CodesProblem::MissingKey(owned()),
            CodesProblem::UnknownKey(owned(), Some("from")),
            CodesProblem::Type("bool"),
            CodesProblem::EmptyText,
            CodesProblem::CodeForm,
            CodesProblem::Date,
            CodesProblem::DateOrder,
            CodesProblem::System,
            CodesProblem::Duplicate(owned()),
            CodesProblem::Successor(owned()),
            CodesProblem::Broader(owned()),
            CodesProblem::Circle(owned()),
            CodesProblem::Dropped(owned()),
        ];
        let (node, _) = crate::document::from_json("[]");
        let messages = crate::Rulebook::embedded().messages();
        for problem in all {
            let told = CodesError::new("", problem).in_document(node.as_ref().unwrap());
            assert!(messages.has(&told.code), "{}", told.code);
            for lang in Lang::ALL {
                assert!(!told.to_text(messages, lang).contains('…'), "{}", told.code);
            }
        }
    }

    #[test]
    fn every_list_that_a_record_names_is_there() {
        let lists = lists();
        let tables = Role::ALL.into_iter().flat_map(|role| &role.layout().tables);
        for column in tables.flat_map(|table| &table.columns) {
            if let FieldType::Code(list) | FieldType::Codes(list) = column.field.kind {
                assert!(lists.get(list).is_some(), "{list}, of {}", column.path);
            }
        }
    }

    #[test]
    fn a_hierarchy_has_no_circle() {
        let label = r#"{"fr": "x", "nl": "x", "en": "x"}"#;
        let code = |code: &str, broader: &str| {
            format!(r#"{{"code": "{code}", "label": {label}, "broader": "{broader}", "verified": true}}"#)
        };
        let list = |codes: &[String]| {
            let text = format!(r#"{{"list": "l", "title": {label}, "source": "s", "codes": [{}]}}"#, codes.join(", "));
            CodeList::from_json(&Json::parse(&text).unwrap())
        };
        let problems = list(&[code("a", "b"), code("b", "a"), code("c", "d"), code("e", "a")]).unwrap_err();
        let problems: Vec<_> = problems.iter().map(|p| (p.pointer.as_str(), p.problem.code())).collect();
        let circle = |place| (place, "codes.circle");
        let all = [("/codes/2/broader", "codes.broader"), circle("/codes/0/broader"), circle("/codes/1/broader")];
        assert_eq!(problems, [all.as_slice(), &[circle("/codes/3/broader")]].concat());
    }

    #[test]
    fn a_list_of_a_keeper_is_read_strictly() {
        let text = r#"{"list": "x", "title": {"fr": "a", "nl": "", "en": "c"}, "source": "s", "codes": [
            {"code": "a b", "label": {"fr": "a", "nl": "b", "en": "c"}, "verified": true},
            {"code": "b", "label": {"fr": "a", "nl": "b"}, "verified": "yes", "form": "2024-01-01"},
            {"code": "b", "label": {"fr": "a", "nl": "b", "en": "c"}, "from": "2024-02-01", "to": "2024-01-01",
             "system": "LU", "replaced_by": ["c"], "verified": false}]}"#;
        let errors = CodeList::from_json(&parse(text)).unwrap_err();
        let found: Vec<(&str, &CodesProblem)> = errors.iter().map(|e| (e.pointer.as_str(), &e.problem)).collect();
        let owned = str::to_owned;
        assert_eq!(
            found,
            [
                ("/title/nl", &CodesProblem::EmptyText),
                ("/codes/2/code", &CodesProblem::Duplicate(owned("b"))),
                ("/codes/0/code", &CodesProblem::CodeForm),
                ("/codes/1/form", &CodesProblem::UnknownKey(owned("form"), Some("from"))),
                ("/codes/1/label/en", &CodesProblem::MissingKey(owned("en"))),
                ("/codes/1/verified", &CodesProblem::Type("bool")),
                ("/codes/2/to", &CodesProblem::DateOrder),
                ("/codes/2/system", &CodesProblem::System),
                ("/codes/2/replaced_by/0", &CodesProblem::Successor(owned("c"))),
            ]
        );
    }
}
