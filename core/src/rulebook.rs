//! The rulebook: code lists, territory, partners, packs and texts, with a version and a content hash.
//!
//! [`Rulebook::embedded`] is what comes with the package; packs and code lists are added to a copy of it. Each part has a hash that is known
//! before anything is loaded; that of the whole is the hash of the sorted list of part and hash.

use crate::catalogue::Role;
use crate::checks::Needing;
use crate::codes::{Code, CodeList, CodeLists};
use crate::disclosure::rules::Rules;
use crate::document::{self, Node};
use crate::files::{Loaded, Need};
use crate::hash::sha256_hex;
use crate::json::{Json, Members, canonical};
use crate::limits;
use crate::message::{Lang, Messages, Texts};
use crate::order;
use crate::pack::{self, Origin, Pack, PackKind, Problem};
use crate::taxonomy::own::{self, Own};
use crate::taxonomy::{Evidence, Indicator, Taxonomy};
use crate::territory::{Tables, Territory};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// The number of the wire format.
pub const FORMAT: i64 = 1;

/// Taxonomy, territory, code lists, partners and packs, in one version. What a copy leaves as it is, it shares.
#[derive(Clone, Debug)]
pub struct Rulebook {
    version: String,
    codes: Arc<CodeLists>,
    /// Ids of the lists that were added.
    added_codes: BTreeSet<String>,
    /// Documents of partners' own indicators, by partner.
    own_indicators: BTreeMap<String, Arc<Json>>,
    territory: Arc<Territory>,
    taxonomy: Arc<Taxonomy>,
    disclosure: Arc<Rules>,
    messages: Arc<Messages>,
    labels: Arc<BTreeMap<String, (Texts, Texts)>>,
    packs: Packs,
    parts: BTreeMap<String, String>,
    hash: String,
    loaded: Loaded,
}

/// The generated documents that a rulebook is made of; `core/src/embedded/README.md` says what each is.
pub(crate) struct Contents<'a> {
    pub(crate) codes: Json,
    pub(crate) territory: Tables<'a>,
    pub(crate) taxonomy: Json,
    /// Null where it was not loaded.
    pub(crate) definitions: Json,
    pub(crate) disclosure: Json,
    pub(crate) parts: Json,
    pub(crate) rulebook: Json,
    pub(crate) messages: Vec<Json>,
    pub(crate) labels: Json,
    /// Lists of packs.
    pub(crate) packs: [Node; 2],
}

/// The packs by id, and what is made of those that give findings when it is first asked for.
#[derive(Clone, Debug, Default)]
struct Packs {
    by_id: BTreeMap<String, Arc<Pack>>,
    checks: OnceLock<Vec<Needing>>,
}

impl Packs {
    fn insert(&mut self, pack: Pack) {
        self.checks = OnceLock::new();
        self.by_id.insert(pack.id.clone(), Arc::new(pack));
    }

    fn checks(&self) -> &[Needing] {
        let checks = || self.by_id.values().filter(|pack| pack.kind == PackKind::Checks);
        self.checks.get_or_init(|| checks().map(Needing::of).collect())
    }
}

/// Why a pack or a code list could not be added.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AddError {
    /// The document has problems.
    #[error("the document has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// One of this id is there already.
    #[error("`{0}` is there already; say `replace` to take its place")]
    Taken(String),
}

impl Rulebook {
    /// The rulebook that comes with the package.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static BOOK: OnceLock<Rulebook> = OnceLock::new();
        BOOK.get_or_init(Self::from_embedded)
    }

    fn from_embedded() -> Self {
        let json = |text: &str| Json::parse(text).unwrap_or(Json::Null);
        Self::of_contents(
            &Contents {
                codes: json(include_str!("embedded/codes.json")),
                territory: Tables {
                    communes: include_str!("embedded/territory.txt"),
                    areas: include_str!("embedded/areas.txt"),
                    changes: include_str!("embedded/changes.txt"),
                    neighbours: include_str!("embedded/neighbours.txt"),
                    centres: include_str!("embedded/centres.txt"),
                },
                taxonomy: json(include_str!("embedded/taxonomy.json")),
                definitions: json(include_str!("embedded/definitions.json")),
                disclosure: json(include_str!("embedded/disclosure.json")),
                parts: json(include_str!("embedded/parts.json")),
                rulebook: json(include_str!("embedded/rulebook.json")),
                messages: vec![
                    json(include_str!("embedded/messages.json")),
                    #[cfg(feature = "tables")]
                    json(include_str!("embedded/table_messages.json")),
                    json(include_str!("embedded/taxonomy_messages.json")),
                    json(include_str!("embedded/dashboard_messages.json")),
                ],
                labels: json(include_str!("embedded/labels.json")),
                packs: [include_str!("embedded/checks.json"), include_str!("embedded/packs.json")]
                    .map(|text| Node::from(&json(text))),
            },
            Loaded::ALL,
        )
    }

    /// Reads the generated documents. They are checked when the package is built; one that could not be read would leave its part
    /// empty, and a test notices. The hashes are those of the whole documents, whatever was loaded of them.
    pub(crate) fn of_contents(contents: &Contents<'_>, loaded: Loaded) -> Self {
        let codes = CodeLists::from_json(&contents.codes).unwrap_or_default();
        let taxonomy = Taxonomy::from_embedded(&contents.taxonomy, &codes);
        let taxonomy = match &contents.definitions {
            Json::Null => taxonomy,
            definitions => taxonomy.and_then(|taxonomy| taxonomy.in_full(definitions)),
        };
        let parts = texts_of(&contents.parts);
        let mut book = Self {
            version: contents.rulebook.get("version").and_then(Json::as_str).unwrap_or_default().to_owned(),
            codes: Arc::new(codes),
            added_codes: BTreeSet::new(),
            own_indicators: BTreeMap::new(),
            territory: Arc::new(Territory::from_embedded(&contents.territory).unwrap_or_default()),
            taxonomy: Arc::new(taxonomy.unwrap_or_default()),
            disclosure: Arc::new(Rules::from_embedded(&contents.disclosure).unwrap_or_default()),
            messages: Arc::new(contents.messages.iter().fold(Messages::default(), Messages::with)),
            labels: Arc::new(labels_of(&contents.labels)),
            packs: Packs::default(),
            hash: hash_of(&parts),
            parts,
            loaded,
        };
        for item in contents.packs.iter().flat_map(|packs| packs.list().unwrap_or_default()) {
            if let Ok(mut pack) = pack::load(item, &book.codes, Origin::Embedded) {
                if let Some(hash) = book.parts.get(&part_of(&pack)) {
                    pack.hash.clone_from(hash);
                }
                book.packs.insert(pack);
            }
        }
        book
    }

    /// What a question needs and was not loaded: a language, `rules` or `tests`. A library holds everything; a page says what it loads
    /// ([`crate::files`]).
    #[must_use]
    pub fn lacks(&self, need: Need) -> Option<&'static str> {
        self.loaded.lacks(need)
    }

    /// A copy with a pack added, written in JSON.
    ///
    /// # Errors
    /// [`AddError::Problems`] with all of them; [`AddError::Taken`] if the id is there and `replace` is not set.
    pub fn with_pack_json(&self, text: &str, replace: bool) -> Result<Self, AddError> {
        let (node, problems) = document::within(limits::PACK_BYTES, text, document::from_json);
        self.with_node(node, problems, replace)
    }

    /// A copy with a pack added, written in YAML.
    ///
    /// # Errors
    /// As [`Rulebook::with_pack_json`].
    #[cfg(feature = "yaml")]
    pub fn with_pack_yaml(&self, text: &str, replace: bool) -> Result<Self, AddError> {
        let (node, problems) = document::within(limits::PACK_BYTES, text, document::from_yaml);
        self.with_node(node, problems, replace)
    }

    /// The JSON form of a pack written in YAML: the document that is hashed. Nothing is added.
    ///
    /// # Errors
    /// [`AddError::Problems`] with all of them.
    #[cfg(feature = "yaml")]
    pub fn pack_json_of_yaml(&self, text: &str) -> Result<Json, AddError> {
        let (node, problems) = document::within(limits::PACK_BYTES, text, document::from_yaml);
        without_problems(node, problems, |node| pack::load(node, &self.codes, Origin::Added)).map(|pack| pack.document)
    }

    /// What is wrong or odd about a pack, written in JSON: the problems that keep it from being added, or else advice (codes `lint.…`).
    #[must_use]
    pub fn lint_pack_json(&self, text: &str) -> pack::lint::Advice<'_> {
        let (node, problems) = document::within(limits::PACK_BYTES, text, document::from_json);
        self.lint_node(node, problems)
    }

    /// The same of a pack written in YAML.
    #[cfg(feature = "yaml")]
    #[must_use]
    pub fn lint_pack_yaml(&self, text: &str) -> pack::lint::Advice<'_> {
        let (node, problems) = document::within(limits::PACK_BYTES, text, document::from_yaml);
        self.lint_node(node, problems)
    }

    fn lint_node(&self, node: Option<document::Node>, problems: Vec<document::Problem>) -> pack::lint::Advice<'_> {
        let loaded = without_problems(node.clone(), problems, |node| pack::load(node, &self.codes, Origin::Added));
        let (loads, problems) = match (loaded, node) {
            (Ok(pack), Some(node)) => (true, pack::lint::lint(self, &pack, &node)),
            (Ok(_), None) => (true, Vec::new()),
            (Err(AddError::Problems(problems)), _) => (false, problems),
            (Err(AddError::Taken(_)), _) => (true, Vec::new()),
        };
        pack::lint::Advice { book: self, loads, problems }
    }

    fn with_node(
        &self,
        node: Option<document::Node>,
        problems: Vec<document::Problem>,
        replace: bool,
    ) -> Result<Self, AddError> {
        let pack = without_problems(node, problems, |node| pack::load(node, &self.codes, Origin::Added))?;
        if self.packs.by_id.contains_key(&pack.id) && !replace {
            return Err(AddError::Taken(pack.id));
        }
        let mut book = self.clone();
        book.parts.insert(part_of(&pack), pack.hash.clone());
        book.hash = hash_of(&book.parts);
        book.packs.insert(pack);
        Ok(book)
    }

    /// A copy with a code list added, written in JSON. Fields that name the list read its codes from now on.
    ///
    /// A list that takes the place of another keeps all of its codes; one that is out of use gets a last day.
    ///
    /// # Errors
    /// [`AddError::Problems`] with all of them; [`AddError::Taken`] if the id is there and `replace` is not set.
    pub fn with_codes_json(&self, text: &str, replace: bool) -> Result<Self, AddError> {
        let (node, problems) = document::within(limits::BYTES, text, document::from_json);
        self.with_codes(node, problems, replace)
    }

    /// A copy with a code list added, written in YAML.
    ///
    /// # Errors
    /// As [`Rulebook::with_codes_json`].
    #[cfg(feature = "yaml")]
    pub fn with_codes_yaml(&self, text: &str, replace: bool) -> Result<Self, AddError> {
        let (node, problems) = document::within(limits::BYTES, text, document::from_yaml);
        self.with_codes(node, problems, replace)
    }

    fn with_codes(
        &self,
        node: Option<document::Node>,
        problems: Vec<document::Problem>,
        replace: bool,
    ) -> Result<Self, AddError> {
        let (list, document) = without_problems(node, problems, |node| {
            let (list, document) = CodeList::from_document(node)?;
            let replaced = self.codes.get(list.id()).filter(|_| replace);
            let problems = replaced.map(|other| list.cannot_replace(other, node)).unwrap_or_default();
            if problems.is_empty() { Ok((list, document)) } else { Err(problems) }
        })?;
        if self.codes.get(list.id()).is_some() && !replace {
            return Err(AddError::Taken(list.id().to_owned()));
        }
        let mut book = self.clone();
        book.parts.insert(format!("codes/{}", list.id()), sha256_hex(document.to_canonical().as_bytes()));
        book.hash = hash_of(&book.parts);
        book.added_codes.insert(list.id().to_owned());
        Arc::make_mut(&mut book.codes).insert(list);
        Ok(book)
    }

    /// A copy with a partner's own indicators, written in JSON: observations are checked by them from now on, and their codes are in the list
    /// `indicator`.
    ///
    /// Each code begins with the partner's, so that it never meets another. A document that takes the place of the one before (`replace`) keeps all
    /// codes, and no code changes what it means.
    ///
    /// # Errors
    /// [`AddError::Problems`] with all of them; [`AddError::Taken`] if the partner has indicators and `replace` is not set.
    pub fn with_indicators_json(&self, text: &str, replace: bool) -> Result<Self, AddError> {
        let (node, problems) = document::within(limits::BYTES, text, document::from_json);
        self.with_indicators(node, problems, replace)
    }

    /// The same, written in YAML.
    ///
    /// # Errors
    /// As [`Rulebook::with_indicators_json`].
    #[cfg(feature = "yaml")]
    pub fn with_indicators_yaml(&self, text: &str, replace: bool) -> Result<Self, AddError> {
        let (node, problems) = document::within(limits::BYTES, text, document::from_yaml);
        self.with_indicators(node, problems, replace)
    }

    fn with_indicators(
        &self,
        node: Option<document::Node>,
        problems: Vec<document::Problem>,
        replace: bool,
    ) -> Result<Self, AddError> {
        let (own, book) = without_problems(node, problems, |node| {
            let own = own::read(node, &self.codes, &self.taxonomy)?;
            let before = self.own_indicators.get(&own.partner).filter(|_| replace);
            let problems = before.map(|before| own.cannot_replace(before, node)).unwrap_or_default();
            if !problems.is_empty() {
                return Err(problems);
            }
            let book = self.with_own(&own);
            let problems = own.in_document(book.taxonomy.integrity(&book.codes), node);
            if problems.is_empty() { Ok((own, book)) } else { Err(problems) }
        })?;
        if self.own_indicators.contains_key(&own.partner) && !replace {
            return Err(AddError::Taken(own.partner));
        }
        Ok(book)
    }

    fn with_own(&self, own: &Own) -> Self {
        let mut book = self.clone();
        let taxonomy = self.taxonomy.with_own(own);
        if let Some(list) = self.codes.get("indicator") {
            let of_partner = |indicator: &Indicator| indicator.partner() == Some(own.partner.as_str());
            let is_old = |code: &str| {
                self.taxonomy.indicator(code).is_some_and(of_partner)
                    || own.indicators.iter().any(|own| own.code() == code)
            };
            let code = |indicator: &Indicator| {
                let [fr, nl, en] = Lang::ALL.map(|lang| indicator.name(lang).to_owned());
                Code::new(indicator.code(), Texts::new(fr, nl, en), indicator.evidence() == Evidence::Own)
            };
            let list = list.with(is_old, own.indicators.iter().map(code));
            Arc::make_mut(&mut book.codes).insert(list);
        }
        book.taxonomy = Arc::new(taxonomy);
        book.parts.insert(format!("indicators/{}", own.partner), sha256_hex(own.document.to_canonical().as_bytes()));
        book.hash = hash_of(&book.parts);
        book.own_indicators.insert(own.partner.clone(), Arc::new(own.document.clone()));
        book
    }

    /// What is wrong with the indicators of the rulebook; nothing, for those of the package.
    #[must_use]
    pub fn integrity(&self) -> Vec<Problem> {
        self.taxonomy.integrity(&self.codes)
    }

    /// The document of a partner's own indicators, to add some and give back.
    #[must_use]
    pub fn own_indicators(&self, partner: &str) -> Option<&Json> {
        self.own_indicators.get(partner).map(Arc::as_ref)
    }

    /// A copy without the packs that decide; those that give findings stay.
    #[must_use]
    pub fn only_checks(&self) -> Self {
        let mut book = self.clone();
        book.packs.by_id.retain(|_, pack| pack.kind == PackKind::Checks);
        book.parts.retain(|part, _| !part.starts_with("packs/"));
        book.hash = hash_of(&book.parts);
        book
    }

    /// `YYYY.N`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The content hash, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The hash of each part.
    #[must_use]
    pub fn parts(&self) -> &BTreeMap<String, String> {
        &self.parts
    }

    /// The code lists.
    #[must_use]
    pub fn codes(&self) -> &CodeLists {
        &self.codes
    }

    /// The territory: communes, areas, changes, neighbours.
    #[must_use]
    pub fn territory(&self) -> &Territory {
        &self.territory
    }

    /// The indicators.
    #[must_use]
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// The rules of disclosure control.
    #[must_use]
    pub fn disclosure(&self) -> &Rules {
        &self.disclosure
    }

    /// The texts.
    #[must_use]
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// The packs, by id; those that give findings among them.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.by_id.values().map(Arc::as_ref)
    }

    /// The packs that give findings, made ready to be asked of many records.
    pub(crate) fn checks(&self) -> &[Needing] {
        self.packs.checks()
    }

    /// The pack of an id.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.by_id.get(id).map(Arc::as_ref)
    }

    /// The label of a field, by its path without indices; the path itself where there is none.
    #[must_use]
    pub fn label(&self, role: Role, path: &str, lang: Lang) -> String {
        self.labelled(role, path).map_or_else(|| path.to_owned(), |(label, _)| label.get(lang).to_owned())
    }

    /// The help of a field.
    #[must_use]
    pub fn help(&self, role: Role, path: &str, lang: Lang) -> Option<&str> {
        self.labelled(role, path).map(|(_, help)| help.get(lang))
    }

    /// Label and help of a field; of a place of a case those of its own, or else of its kind.
    fn labelled(&self, role: Role, path: &str) -> Option<&(Texts, Texts)> {
        let of = |role: Role| self.labels.get(&format!("{}.{path}", role.as_str()));
        of(role).or_else(|| of(role.kind()))
    }

    /// Ids of what the rulebook does not cover at all.
    pub fn not_covered(&self) -> impl Iterator<Item = &str> {
        self.codes.get("not_covered").into_iter().flat_map(|list| list.codes().iter().map(|code| code.code()))
    }

    /// What made an output: format, engine, rulebook, packs, and the code lists that were added, if any.
    #[must_use]
    pub fn made_by(&self, packs: &[&Pack]) -> Json {
        let mut text = String::new();
        canonical::object(&mut text, |to| self.write_made_by(packs.iter().copied(), to));
        Json::parse(&text).unwrap_or(Json::Null)
    }

    /// Adds the members of that JSON.
    pub(crate) fn write_made_by<'p>(&self, packs: impl Iterator<Item = &'p Pack>, to: &mut Members<'_>) {
        if !self.added_codes.is_empty() {
            to.list("codes", &self.added_codes, |id, out| {
                canonical::object(out, |to| self.write_added("codes", id, to))
            });
        }
        to.text("engine", env!("CARGO_PKG_VERSION"));
        to.json("format", &Json::Int(FORMAT));
        if !self.own_indicators.is_empty() {
            let ids = self.own_indicators.keys();
            to.list("indicators", ids, |id, out| canonical::object(out, |to| self.write_added("indicators", id, to)));
        }
        to.list("packs", packs, |pack, out| {
            canonical::object(out, |to| {
                to.text("hash", &pack.hash);
                to.text("id", &pack.id);
                to.text("origin", pack.origin.as_str());
                to.text("version", &pack.version);
            });
        });
        to.object("rulebook", |to| {
            to.text("hash", &self.hash);
            to.text("version", &self.version);
        });
    }

    fn write_added(&self, part: &str, id: &str, to: &mut Members<'_>) {
        to.text("hash", self.parts.get(&format!("{part}/{id}")).map(String::as_str).unwrap_or_default());
        to.text("id", id);
        to.text("origin", Origin::Added.as_str());
    }
}

/// What a document says, if neither its text nor its reading has a problem.
fn without_problems<T>(
    node: Option<document::Node>,
    problems: Vec<document::Problem>,
    read: impl FnOnce(&document::Node) -> Result<T, Vec<Problem>>,
) -> Result<T, AddError> {
    let mut problems: Vec<Problem> = problems.into_iter().map(Problem::from).collect();
    match node.as_ref().map(read) {
        Some(Ok(found)) if problems.is_empty() => return Ok(found),
        Some(Err(more)) => problems.extend(more),
        _ => {}
    }
    Err(AddError::Problems(problems))
}

/// The id of the part that a pack is.
fn part_of(pack: &Pack) -> String {
    let folder = if pack.kind == PackKind::Checks { "checks" } else { "packs" };
    format!("{folder}/{}", pack.id)
}

fn hash_of(parts: &BTreeMap<String, String>) -> String {
    let list: Json =
        parts.iter().map(|(part, hash)| [part, hash].into_iter().map(|t| Json::from(t.as_str())).collect()).collect();
    sha256_hex(list.to_canonical().as_bytes())
}

fn texts_of(json: &Json) -> BTreeMap<String, String> {
    let members = json.as_object().unwrap_or_default();
    order::map(members.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))))
}

/// `{record: {path: {label, help}}}` to label and help by `record.path`.
fn labels_of(json: &Json) -> BTreeMap<String, (Texts, Texts)> {
    let mut labels = BTreeMap::new();
    for (record, fields) in json.as_object().unwrap_or_default() {
        for (path, entry) in fields.as_object().unwrap_or_default() {
            let texts = |key: &str| entry.get(key).and_then(Texts::from_json);
            if let (Some(label), Some(help)) = (texts("label"), texts("help")) {
                labels.insert(format!("{record}.{path}"), (label, help));
            }
        }
    }
    labels
}
