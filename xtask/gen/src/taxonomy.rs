//! The taxonomy: indicators, units and levels, to the compact document that the core embeds and the code list `indicator`; definitions, breaks,
//! relations and indicators of programmes to a second document.
//!
//! The core's own reader judges both documents, and its integrity checks all of them together; here every key and word is checked with its place.

use crate::fault::Faults;
use crate::{source, texts};
use sam_eurometropole::catalogue::FieldType;
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::document::Node;
use sam_eurometropole::json::Json;
use sam_eurometropole::pack::Problem;
use sam_eurometropole::record::Breakdown;
use sam_eurometropole::rows::Record as _;
use sam_eurometropole::taxonomy::{Sides, Taxonomy, own};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const KEYS: [&str; 16] = [
    "code",
    "tier",
    "unit",
    "min",
    "max",
    "lowest",
    "partial",
    "censored_at",
    "breakdowns",
    "category",
    "grade",
    "aggregation",
    "direction",
    "frequency",
    "evidence",
    "name",
];
/// Documents beside the indicators: name of the file, its list, and the keys of an entry with those that have to be there.
const MORE: [(&str, &str, &[&str], &[&str]); 3] = [
    (
        "breaks.yaml",
        "breaks",
        &["id", "series", "when", "what", "verified", "note"],
        &["id", "series", "when", "what", "verified"],
    ),
    (
        "relations.yaml",
        "relations",
        &[
            "id",
            "kind",
            "indicators",
            "providers",
            "breakdown",
            "unit",
            "min",
            "limit",
            "within",
            "except",
            "same_denominator",
            "severity",
            "verified",
            "say",
        ],
        &["id", "kind", "severity", "verified", "say"],
    ),
    (
        "programme.yaml",
        "indicators",
        &["code", "set", "kind", "unit", "verified", "name", "rule"],
        &["code", "set", "kind", "unit", "verified", "name"],
    ),
];
/// Members of these documents that are numbers. YAML leaves a decimal open, so it stands in quotes.
const NUMBERS: [&str; 4] = ["min", "limit", "within", "except"];
/// Levels without a limit: the partner's own register, and a school site.
const UNLIMITED: [&str; 2] = ["LOC", "school"];

/// The documents, as written.
pub(crate) struct Sources {
    folder: PathBuf,
    indicators: Json,
    taxonomy: Json,
    /// The indicators again, with their places.
    entries: (PathBuf, Node),
    /// Of each theme.
    definitions: Vec<(PathBuf, Node)>,
    /// Breaks, relations, indicators of programmes.
    more: [(PathBuf, Node); 3],
}

/// Reads them, if they are there.
pub(crate) fn read(folder: &Path) -> Result<Option<Sources>, Faults> {
    let path = folder.join("indicators.yaml");
    let Some(taxonomy) = source::optional(&folder.join("taxonomy.yaml"))?.filter(|_| path.exists()) else {
        return Ok(None);
    };
    let places = source::document(&path)?;
    let indicators = places.to_json();
    let mut faults = Faults::default();
    source::known_keys(&indicators, &["format", "source", "indicators"], folder, "indicators.yaml", &mut faults);
    let keys = ["format", "version", "from", "source", "units", "levels", "sides", "partitions", "marks"];
    source::known_keys(&taxonomy, &keys, folder, "taxonomy.yaml", &mut faults);
    let file = folder.join("indicators.yaml");
    for indicator in list(&indicators, "indicators") {
        let code = text(indicator, "code");
        source::known_keys(indicator, &KEYS, &file, code, &mut faults);
        texts::three(&get(indicator, "name"), &file, &format!("{code}/name"), &mut faults);
    }
    let definitions = faults.keep(source::folder(&folder.join("definitions")));
    let more = MORE.map(|(name, list, keys, wanted)| {
        let path = folder.join(name);
        let node = faults.keep(source::document(&path).map(Some)).unwrap_or_else(|| Node::from(&Json::Null));
        entries(&node.to_json(), list, keys, wanted, &path, &mut faults);
        (path, node)
    });
    faults.into_result().map(|()| {
        let entries = (path, places);
        Some(Sources { folder: folder.to_owned(), indicators, taxonomy, entries, definitions, more })
    })
}

/// The entries of a document have their keys, texts in three languages, and come in the order of their ids.
fn entries(document: &Json, name: &str, keys: &[&str], wanted: &[&str], file: &Path, faults: &mut Faults) {
    source::known_keys(document, &["format", "source", "languages", name], file, name, faults);
    let mut before = "";
    for entry in list(document, name) {
        let id = if entry.get("id").is_some() { text(entry, "id") } else { text(entry, "code") };
        source::known_keys(entry, keys, file, id, faults);
        for key in wanted.iter().filter(|key| entry.get(key).is_none()) {
            faults.add(file.display(), format!("`{id}`: `{key}` is missing"));
        }
        for key in ["what", "say"].into_iter().filter(|key| keys.contains(key)) {
            texts::three(&get(entry, key), file, &format!("{id}/{key}"), faults);
        }
        let is_sorted = before < id || document.get("languages").is_some();
        if !is_sorted {
            faults.add(file.display(), format!("`{id}` is not after the entry before it"));
        }
        before = id;
    }
}

impl Sources {
    /// The documents about what is checked, as one: what the hash of the part is taken of.
    pub(crate) fn document(&self) -> Json {
        Json::object([("indicators", self.indicators.clone()), ("taxonomy", self.taxonomy.clone())])
    }

    /// The indicators as a code list: labels are their names.
    pub(crate) fn code_list(&self) -> Json {
        let codes = list(&self.indicators, "indicators").iter().map(|indicator| {
            Json::object([
                ("code", Json::from(text(indicator, "code"))),
                ("label", indicator.get("name").cloned().unwrap_or(Json::Null)),
                ("verified", Json::Bool(text(indicator, "evidence") == "own")),
            ])
        });
        let title = [("fr", "Indicateur"), ("nl", "Indicator"), ("en", "Indicator")];
        Json::object([
            ("list", Json::from("indicator")),
            ("title", Json::object(title.map(|(lang, text)| (lang, Json::from(text))))),
            ("source", self.indicators.get("source").cloned().unwrap_or(Json::Null)),
            ("codes", codes.collect()),
        ])
    }

    /// The document that the core embeds, once its words are those of the code lists.
    pub(crate) fn compact(&self, codes: &CodeLists) -> Result<Json, Faults> {
        let mut faults = Faults::default();
        for (name, of) in [("units", "unit"), ("levels", "area_level")] {
            let coded = list(&self.taxonomy, name).iter().map(|entry| text(entry, "code"));
            self.coded(coded, of, codes, &mut faults);
        }
        for indicator in list(&self.indicators, "indicators") {
            self.words(indicator, codes, &mut faults);
        }
        let units = list(&self.taxonomy, "units").iter().map(|unit| array(unit, ["code", "per", "min", "max"]));
        let compact = Json::object([
            ("indicators", list(&self.indicators, "indicators").iter().map(row).collect()),
            (
                "levels",
                list(&self.taxonomy, "levels").iter().map(|level| array(level, ["code", "rank", "nuts"])).collect(),
            ),
            ("marks", self.marks(&mut faults)),
            ("partitions", self.partitions(codes, &mut faults)),
            ("sides", self.sides()),
            ("units", units.collect()),
            ("version", get(&self.taxonomy, "version")),
            ("from", get(&self.taxonomy, "from")),
        ]);
        match Taxonomy::from_embedded(&compact, codes) {
            Ok(_) => {}
            Err(error) => faults.add(self.folder.display(), error),
        }
        faults.into_result()?;
        self.check(&compact, codes).map(|()| compact)
    }

    /// The second document: definitions with the names of own breakdowns, breaks, relations, indicators of programmes.
    pub(crate) fn in_full(&self) -> Json {
        let entries = self.definitions.iter().map(|(_, node)| node.to_json());
        let entries = entries.flat_map(|document| list(&document, "definitions").to_vec());
        let [breaks, relations, programme] = self.more.each_ref().map(|(_, node)| node.to_json());
        let named = |name: &str, document: &Json| -> Json {
            list(document, name).iter().map(|entry| numbers(entry, false)).collect()
        };
        Json::object([
            ("breaks", named("breaks", &breaks)),
            ("definitions", entries.map(|entry| self.with_category(entry)).collect()),
            ("programme", named("indicators", &programme)),
            ("relations", named("relations", &relations)),
        ])
    }

    fn with_category(&self, definition: Json) -> Json {
        let code = text(&definition, "code").to_owned();
        let indicator = list(&self.indicators, "indicators").iter().find(|indicator| text(indicator, "code") == code);
        let category = indicator.and_then(|indicator| indicator.get("category")).cloned();
        match definition {
            Json::Object(members) => {
                Json::Object(members.into_iter().chain(category.map(|name| ("category".to_owned(), name))).collect())
            }
            other => other,
        }
    }

    /// What is wrong in the definitions, and with all documents together.
    pub(crate) fn check(&self, compact: &Json, codes: &CodeLists) -> Result<(), Faults> {
        let mut faults = Faults::default();
        for (file, node) in &self.definitions {
            let problems = own::problems_of_definitions(node, codes);
            problems.iter().for_each(|problem| faults.add(file.display(), told(problem)));
        }
        faults.into_result()?;
        let mut faults = Faults::default();
        let taxonomy = Taxonomy::from_embedded(compact, codes).and_then(|taxonomy| taxonomy.in_full(&self.in_full()));
        match taxonomy {
            Ok(taxonomy) => {
                taxonomy.integrity(codes).iter().for_each(|problem| self.placed(problem, &mut faults));
            }
            Err(error) => faults.add(self.folder.display(), error),
        }
        faults.into_result()
    }

    /// A problem of the whole, told with the file and the line that it comes from.
    fn placed(&self, problem: &Problem, faults: &mut Faults) {
        let mut steps = problem.pointer.split('/').skip(1);
        let (part, id) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
        let rest: String = steps.map(|step| format!("/{step}")).collect();
        let [breaks, relations, _] = &self.more;
        let in_definitions = self.definitions.iter().map(|(path, node)| (path, node, "definitions"));
        let (path, indicators) = &self.entries;
        let documents = in_definitions
            .chain([(path, indicators, "indicators")])
            .chain([(&breaks.0, &breaks.1, "breaks"), (&relations.0, &relations.1, "relations")]);
        let mut found = documents.filter_map(|(path, node, name)| {
            let is_it =
                |entry: &Node| ["code", "id"].into_iter().any(|key| entry.get(key).and_then(Node::text) == Some(id));
            let place = node.get(name)?.list()?.iter().position(is_it)?;
            let entry = node.nearest(&format!("/{name}/{place}"));
            let key = rest.split('/').nth(1).unwrap_or_default();
            let fits = name == part || (name == "definitions" && part == "indicators" && entry.get(key).is_some());
            fits.then(|| (path, entry.nearest(&rest).at))
        });
        match found.next() {
            Some((path, at)) => faults.add(path.display(), told(&Problem { at: Some(at), ..problem.clone() })),
            None => faults.add(self.folder.display(), told(problem)),
        }
    }

    fn sides(&self) -> Json {
        let sides = self.taxonomy.get("sides").and_then(Json::as_object).unwrap_or_default();
        sides.iter().map(|(side, start)| [start.clone(), Json::from(side.as_str())].into_iter().collect()).collect()
    }

    /// The mark and its indicators, which have to be there.
    fn marks(&self, faults: &mut Faults) -> Json {
        let known: BTreeSet<&str> = list(&self.indicators, "indicators").iter().map(|one| text(one, "code")).collect();
        let mark = |mark: &Json| {
            let codes = list(mark, "indicators");
            for code in codes.iter().filter_map(Json::as_str).filter(|code| !known.contains(code)) {
                faults.add(self.folder.display(), format!("`marks`: there is no indicator `{code}`"));
            }
            [get(mark, "mark")].into_iter().chain(codes.iter().cloned()).collect()
        };
        list(&self.taxonomy, "marks").iter().map(mark).collect()
    }

    /// The field and its codes, which have to be of the field's list.
    fn partitions(&self, codes: &CodeLists, faults: &mut Faults) -> Json {
        let partition = |partition: &Json| {
            let field = text(partition, "breakdown");
            let parts = || list(partition, "parts").iter();
            match Breakdown::DEF.fields.iter().find(|def| def.name == field).map(|def| def.kind) {
                Some(FieldType::Code(name)) => self.coded(parts().filter_map(Json::as_str), name, codes, faults),
                _ => faults
                    .add(self.folder.display(), format!("`partitions`: `{field}` is no coded field of a breakdown")),
            }
            [Json::from(field)].into_iter().chain(parts().cloned()).collect()
        };
        list(&self.taxonomy, "partitions").iter().map(partition).collect()
    }

    fn words(&self, indicator: &Json, codes: &CodeLists, faults: &mut Faults) {
        let code = text(indicator, "code");
        let theme = code.get(..3).unwrap_or_default();
        self.coded([theme].into_iter(), "theme", codes, faults);
        self.coded([text(indicator, "frequency")].into_iter(), "frequency", codes, faults);
        let file = self.folder.join("indicators.yaml");
        for key in ["lowest", "partial", "censored_at"] {
            let Some(sides) = indicator.get(key) else { continue };
            source::known_keys(
                sides,
                &Sides::<()>::ALL.map(|side| side.as_str()),
                &file,
                &format!("{code}/{key}"),
                faults,
            );
            let levels = sides.as_object().unwrap_or_default().iter().filter_map(|(_, level)| level.as_str());
            self.coded(levels.filter(|level| !UNLIMITED.contains(level)), "area_level", codes, faults);
        }
        let known = Breakdown::DEF.fields.iter().map(|field| field.name).collect::<Vec<_>>();
        for name in list(indicator, "breakdowns").iter().filter_map(Json::as_str).filter(|name| !known.contains(name)) {
            faults.add(file.display(), format!("`{code}/breakdowns`: `{name}` is no field of a breakdown"));
        }
        let own = list(indicator, "breakdowns").iter().any(|name| name.as_str() == Some("category"));
        if own != indicator.get("category").is_some() {
            faults.add(file.display(), format!("`{code}/category` names the indicator's own breakdown"));
        }
    }

    fn coded<'t>(&self, words: impl Iterator<Item = &'t str>, list: &str, codes: &CodeLists, faults: &mut Faults) {
        for word in words {
            if codes.get(list).is_none_or(|list| list.find(word).is_none()) {
                faults.add(self.folder.display(), format!("`{word}` is not in the list `{list}`"));
            }
        }
    }
}

/// The compact document where there are no sources.
pub(crate) fn none() -> Json {
    let empty = || Json::List(Vec::new());
    Json::object([
        ("indicators", empty()),
        ("levels", empty()),
        ("marks", empty()),
        ("partitions", empty()),
        ("sides", empty()),
        ("units", empty()),
    ])
}

/// The second document where there are no sources.
pub(crate) fn none_in_full() -> Json {
    let empty = || Json::List(Vec::new());
    Json::object([("breaks", empty()), ("definitions", empty()), ("programme", empty()), ("relations", empty())])
}

/// A problem on one line.
fn told(problem: &Problem) -> String {
    source::place(problem.at, &problem.code, &problem.pointer, &problem.params)
}

/// A document whose numbers are numbers.
fn numbers(json: &Json, is_number: bool) -> Json {
    match json {
        Json::Object(members) => {
            let inner = |(name, value): &(String, Json)| {
                (name.clone(), numbers(value, is_number || NUMBERS.contains(&name.as_str())))
            };
            Json::Object(members.iter().map(inner).collect())
        }
        Json::Text(text) if is_number => text.parse().map_or_else(|_| json.clone(), Json::number),
        other => other.clone(),
    }
}

/// One indicator in the order that the core reads.
fn row(indicator: &Json) -> Json {
    let sides = |key: &str| match indicator.get(key) {
        Some(sides) => array(sides, Sides::<()>::ALL.map(|side| side.as_str())),
        None => Json::Null,
    };
    let keys = [
        "code",
        "tier",
        "unit",
        "min",
        "max",
        "lowest",
        "breakdowns",
        "grade",
        "aggregation",
        "direction",
        "frequency",
        "evidence",
    ];
    let mut row: Vec<Json> =
        keys.iter().map(|key| if *key == "lowest" { sides(key) } else { get(indicator, key) }).collect();
    let nothing = || [Json::Null, Json::Null, Json::Null].into_iter().collect::<Json>();
    if indicator.get("partial").is_some() || indicator.get("censored_at").is_some() {
        let partial = sides("partial");
        row.push(if partial == Json::Null { nothing() } else { partial });
    }
    if indicator.get("censored_at").is_some() {
        row.push(sides("censored_at"));
    }
    Json::List(row)
}

fn array<const N: usize>(object: &Json, keys: [&str; N]) -> Json {
    keys.into_iter().map(|key| get(object, key)).collect()
}

fn get(object: &Json, key: &str) -> Json {
    object.get(key).cloned().unwrap_or(Json::Null)
}

fn list<'j>(json: &'j Json, key: &str) -> &'j [Json] {
    json.get(key).and_then(Json::as_list).unwrap_or_default()
}

fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json.get(key).and_then(Json::as_str).unwrap_or_default()
}
