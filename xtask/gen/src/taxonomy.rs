//! The taxonomy: indicators, units and levels, to the compact document that the core embeds and the code list `indicator`.
//!
//! The core's own reader judges the compact document; here every key, word and name is checked with its place.

use crate::fault::Faults;
use crate::{source, texts};
use sam_eurometropole::catalogue::FieldType;
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::record::Breakdown;
use sam_eurometropole::rows::Record as _;
use sam_eurometropole::taxonomy::{Sides, Taxonomy};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const KEYS: [&str; 14] = [
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
    "evidence",
    "name",
];
/// Characters of a name, at most.
const NAME_LENGTH: usize = 120;
/// Levels without a limit: the partner's own register, and a school site.
const UNLIMITED: [&str; 2] = ["LOC", "school"];

/// The two documents, as written.
pub(crate) struct Sources {
    folder: PathBuf,
    indicators: Json,
    taxonomy: Json,
}

/// Reads them, if they are there.
pub(crate) fn read(folder: &Path) -> Result<Option<Sources>, Faults> {
    let file = |name: &str| source::optional(&folder.join(name));
    let (Some(indicators), Some(taxonomy)) = (file("indicators.yaml")?, file("taxonomy.yaml")?) else {
        return Ok(None);
    };
    let mut faults = Faults::default();
    source::known_keys(&indicators, &["format", "source", "indicators"], folder, "indicators.yaml", &mut faults);
    let keys = ["format", "source", "units", "levels", "sides", "partitions", "marks"];
    source::known_keys(&taxonomy, &keys, folder, "taxonomy.yaml", &mut faults);
    let file = folder.join("indicators.yaml");
    for indicator in list(&indicators, "indicators") {
        let code = text(indicator, "code");
        source::known_keys(indicator, &KEYS, &file, code, &mut faults);
        texts::three(&get(indicator, "name"), &file, &format!("{code}/name"), &mut faults);
    }
    for lang in Lang::ALL.map(Lang::as_str) {
        names(&indicators, lang, &file, &mut faults);
    }
    faults.into_result().map(|()| Some(Sources { folder: folder.to_owned(), indicators, taxonomy }))
}

/// Names of a language are unique, and short enough for a column.
fn names(indicators: &Json, lang: &str, file: &Path, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for indicator in list(indicators, "indicators") {
        let name = indicator.get("name").map(|name| text(name, lang)).unwrap_or_default();
        if name.chars().count() >= NAME_LENGTH || !seen.insert(name) {
            let code = text(indicator, "code");
            faults.add(
                file.display(),
                format!("`{code}/name/{lang}` is unique and shorter than {NAME_LENGTH} characters"),
            );
        }
    }
}

impl Sources {
    /// The documents as one: what the hash of the part is taken of.
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
        let units = list(&self.taxonomy, "units").iter().map(|unit| (text(unit, "code").to_owned(), get(unit, "per")));
        let compact = Json::object([
            ("indicators", list(&self.indicators, "indicators").iter().map(row).collect()),
            (
                "levels",
                list(&self.taxonomy, "levels").iter().map(|level| array(level, ["code", "rank", "nuts"])).collect(),
            ),
            ("marks", self.marks(&mut faults)),
            ("partitions", self.partitions(codes, &mut faults)),
            ("sides", self.sides()),
            ("units", Json::Object(units.collect())),
        ]);
        match Taxonomy::from_embedded(&compact, codes) {
            Ok(_) => {}
            Err(error) => faults.add(self.folder.display(), error),
        }
        faults.into_result().map(|()| compact)
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
        ("units", Json::Object(Vec::new())),
    ])
}

/// One indicator in the order that the core reads.
fn row(indicator: &Json) -> Json {
    let sides = |key: &str| match indicator.get(key) {
        Some(sides) => array(sides, Sides::<()>::ALL.map(|side| side.as_str())),
        None => Json::Null,
    };
    let keys = ["code", "tier", "unit", "min", "max", "lowest", "breakdowns", "grade", "aggregation", "evidence"];
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
