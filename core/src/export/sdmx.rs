//! SDMX-CSV 2.0 with its structure (SDMX-JSON 2.0): data structure, concepts and code lists in three languages.
//!
//! Code lists, concepts and the structure are this rulebook's, under the agency of the caller or ours, in the version of the rulebook;
//! codes are spelt as SDMX spells them where the rulebook knows that. A value that is hidden is an empty cell with its status.

use super::lines::{Line, TOTAL, codes, parts};
use super::request::Options;
use super::{File, area, csv};
use crate::catalogue::Role;
use crate::json::Json;
use crate::message::Lang;
use crate::rulebook::Rulebook;

/// The data structure.
const STRUCTURE: &str = "SOCIAL_NEEDS";
/// The concept scheme.
const CONCEPTS: &str = "CS_SOCIAL_NEEDS";
/// The schema of the structure message.
const SCHEMA: &str = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/develop/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json";

/// What a component is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dimension,
    Time,
    Measure,
    /// Of each value, mandatory or not.
    Attribute(bool),
    /// Of the indicator.
    OfIndicator,
}

/// Where the codes of a component come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codes {
    /// A list of the rulebook.
    List(&'static str),
    /// Communes and areas.
    Areas,
    /// Words of the export: a message for each code.
    Words(&'static str, &'static [&'static str]),
    /// None: the kind of text.
    Text(&'static str),
}

struct Component {
    id: String,
    role: Kind,
    codes: Codes,
    /// The field of the record that names it, or a message.
    label: String,
    /// Whether the total is among its codes, beyond what the list has.
    has_total: bool,
}

impl Component {
    fn new(id: &str, role: Kind, codes: Codes, label: &str) -> Self {
        Self { id: id.to_owned(), role, codes, label: label.to_owned(), has_total: false }
    }

    /// The id of its code list.
    fn list_id(&self) -> Option<String> {
        match self.codes {
            Codes::Text(_) => None,
            _ => Some(match self.id.as_str() {
                "REF_AREA" => "CL_AREA".to_owned(),
                "UNIT_MEASURE" => "CL_UNIT".to_owned(),
                id => format!("CL_{id}"),
            }),
        }
    }

    fn name(&self, book: &Rulebook, lang: Lang) -> String {
        match self.label.strip_prefix('@') {
            Some(message) => book.messages().get(message, lang).to_owned(),
            None => book.label(Role::Observation, &self.label, lang),
        }
    }
}

/// All components, in the order of the columns.
fn components() -> Vec<Component> {
    use Codes::{Areas, List, Text, Words};
    let mut all = vec![
        Component::new("FREQ", Kind::Dimension, List("frequency"), "@export.concept.frequency"),
        Component::new("REF_AREA", Kind::Dimension, Areas, "@export.concept.area"),
        Component::new("INDICATOR", Kind::Dimension, List("indicator"), "indicator"),
    ];
    all.extend(parts().map(|(field, list)| Component {
        has_total: true,
        ..Component::new(
            &field.to_ascii_uppercase(),
            Kind::Dimension,
            list.map_or(Text("String"), List),
            &format!("breakdown.{field}"),
        )
    }));
    all.extend([
        Component::new("UNIT_MEASURE", Kind::Dimension, List("unit"), "unit"),
        Component { has_total: true, ..Component::new("SOURCE", Kind::Dimension, List("data_provider"), "source") },
        Component::new("TIME_PERIOD", Kind::Time, Text("ObservationalTimePeriod"), "period"),
        Component::new("OBS_VALUE", Kind::Measure, Text("Double"), "value"),
        Component::new("OBS_STATUS", Kind::Attribute(true), List("obs_status"), "obs_status"),
        Component::new(
            "CONF_STATUS",
            Kind::Attribute(true),
            Words("export.conf_status", &["F", "C"]),
            "@export.concept.conf_status",
        ),
        Component::new(
            "COMPARABILITY",
            Kind::OfIndicator,
            Words("export.grade", &["A", "B", "C", "N"]),
            "@export.concept.comparability",
        ),
        Component::new("AREA_LEVEL", Kind::Attribute(false), List("area_level"), "level"),
        Component::new("NUMERATOR", Kind::Attribute(false), Text("Double"), "numerator"),
        Component::new("DENOMINATOR", Kind::Attribute(false), Text("Double"), "denominator"),
        Component::new("VINTAGE", Kind::Attribute(false), Text("Integer"), "vintage"),
        Component::new("SOURCE_REFERENCE", Kind::Attribute(false), Text("String"), "source_reference"),
        Component::new("RELEASED_ON", Kind::Attribute(false), Text("String"), "released_on"),
        Component::new("PARTNER", Kind::Attribute(false), List("partner"), "partner"),
    ]);
    all
}

/// The data and their structure.
pub(super) fn files(book: &Rulebook, lines: &[Line<'_>], options: &Options<'_>) -> Vec<File> {
    let all = components();
    vec![
        File { name: "observations.csv", media_type: "text/csv", text: data(book, lines, options, &all) },
        File { name: "structure.json", media_type: "application/json", text: structure(book, lines, options, &all) },
    ]
}

/// The version of all that is maintained here: that of the rulebook, as SDMX writes versions.
fn version(book: &Rulebook) -> String {
    format!("{}.0", book.version())
}

fn data(book: &Rulebook, lines: &[Line<'_>], options: &Options<'_>, all: &[Component]) -> String {
    let mut out = String::new();
    let id = format!("{}:{STRUCTURE}({})", options.agency, version(book));
    let heads = ["STRUCTURE", "STRUCTURE_ID", "ACTION"].map(str::to_owned);
    csv::row(&heads.into_iter().chain(all.iter().map(|one| one.id.clone())).collect::<Vec<_>>(), &mut out);
    for line in lines {
        let first = ["datastructure".to_owned(), csv::text(&id), "I".to_owned()];
        let cells = all.iter().map(|component| cell(component, line));
        csv::row(&first.into_iter().chain(cells).collect::<Vec<_>>(), &mut out);
    }
    out
}

fn cell(component: &Component, line: &Line<'_>) -> String {
    match component.id.as_str() {
        "OBS_VALUE" => csv::number(line.value),
        "NUMERATOR" => csv::number(line.numerator),
        "DENOMINATOR" => csv::number(line.denominator),
        "VINTAGE" => line.vintage.map_or_else(String::new, |year| year.to_string()),
        "RELEASED_ON" => line.released_on.map_or_else(String::new, |day| day.to_string()),
        "TIME_PERIOD" => csv::text(line.period),
        "SOURCE_REFERENCE" => csv::text(line.source_reference.unwrap_or_default()),
        _ => csv::text(&code(component, line).unwrap_or_default()),
    }
}

/// The code of a line in a component.
fn code(component: &Component, line: &Line<'_>) -> Option<String> {
    let found = match component.id.as_str() {
        "FREQ" => return Some(frequency(line.period)),
        "REF_AREA" => line.place,
        "INDICATOR" => line.indicator.code(),
        "UNIT_MEASURE" => line.indicator.unit(),
        "SOURCE" => line.source(),
        "OBS_STATUS" => line.status,
        "CONF_STATUS" if line.is_hidden() => "C",
        "CONF_STATUS" => "F",
        "COMPARABILITY" => line.indicator.grade().as_str(),
        "AREA_LEVEL" => line.level?,
        "PARTNER" => line.partner?,
        // The parts of the population are named as their fields.
        id => line.part(&id.to_ascii_lowercase()),
    };
    Some(found.to_owned())
}

/// The frequency that a period is written in: `2023` is a year, `2021-01-01/P3Y` one of three years.
fn frequency(period: &str) -> String {
    match period.get(4..).unwrap_or_default() {
        "" => "A".to_owned(),
        rest if rest.starts_with("-S") => "S".to_owned(),
        rest if rest.starts_with("-Q") => "Q".to_owned(),
        rest => match rest.split_once("/P") {
            Some((_, years)) => format!("A{}", years.trim_end_matches('Y')),
            None if rest.len() == 3 => "M".to_owned(),
            None => "D".to_owned(),
        },
    }
}

fn structure(book: &Rulebook, lines: &[Line<'_>], options: &Options<'_>, all: &[Component]) -> String {
    let day = options.on.map(|day| day.to_string()).unwrap_or_default();
    let languages = std::iter::once(options.lang).chain(Lang::ALL.into_iter().filter(|lang| *lang != options.lang));
    let meta = Json::object([
        ("contentLanguages", languages.map(|lang| Json::from(lang.as_str())).collect()),
        ("id", Json::from(STRUCTURE)),
        ("prepared", Json::from(format!("{day}T00:00:00Z"))),
        ("schema", Json::from(SCHEMA)),
        ("sender", Json::object([("id", Json::from(options.agency.as_str()))])),
        ("test", Json::Bool(false)),
    ]);
    let write = Write { book, options };
    let data = Json::object([
        ("codelists", all.iter().filter_map(|component| write.list(component, lines)).collect()),
        ("conceptSchemes", std::iter::once(write.concepts(all)).collect()),
        ("dataStructures", std::iter::once(write.data_structure(all)).collect()),
    ]);
    // Readers tell a message by its schema, near its beginning.
    format!("{{\"meta\":{},\"data\":{}}}", meta.to_canonical(), data.to_canonical())
}

struct Write<'w, 'b> {
    book: &'w Rulebook,
    options: &'w Options<'b>,
}

impl Write<'_, '_> {
    fn urn(&self, class: &str, id: &str) -> String {
        format!("urn:sdmx:org.sdmx.infomodel.{class}={}:{id}({})", self.options.agency, version(self.book))
    }

    /// A name or a description: that of the reader's language, and all of them.
    fn texts(&self, members: &mut Vec<(String, Json)>, one: &str, all: &str, text: impl Fn(Lang) -> Option<String>) {
        let Some(first) = text(self.options.lang) else { return };
        let each = |lang: Lang| Some((lang.as_str().to_owned(), Json::from(text(lang)?)));
        members.push((one.to_owned(), Json::from(first)));
        members.push((all.to_owned(), Json::Object(Lang::ALL.into_iter().filter_map(each).collect())));
    }

    fn named(&self, id: &str, text: impl Fn(Lang) -> Option<String>) -> Vec<(String, Json)> {
        let mut members = vec![("id".to_owned(), Json::from(id))];
        self.texts(&mut members, "name", "names", text);
        members
    }

    fn maintained(&self, id: &str, text: impl Fn(Lang) -> Option<String>) -> Vec<(String, Json)> {
        let mut members = self.named(id, text);
        members.push(("agencyID".to_owned(), Json::from(self.options.agency.as_str())));
        members.push(("version".to_owned(), Json::from(version(self.book))));
        members
    }

    /// The code list of a component: the codes that the lines use, or all of them.
    fn list(&self, component: &Component, lines: &[Line<'_>]) -> Option<Json> {
        let id = component.list_id()?;
        let mut used: Vec<String> = lines.iter().filter_map(|line| code(component, line)).collect();
        if self.options.complete {
            used.extend(self.all_codes(component));
        }
        let used = codes(used.iter().map(String::as_str));
        let entries: Vec<Json> = used.iter().map(|code| self.code(component, code)).collect();
        let mut members = self.maintained(&id, |lang| Some(component.name(self.book, lang)));
        let source = match component.codes {
            Codes::List(list) => self.book.codes().get(list).map(|list| list.source().to_owned()),
            _ => None,
        };
        if let Some(source) = source.filter(|source| !source.is_empty()) {
            // What a source is called is told in one language.
            members.push(("description".to_owned(), Json::from(source)));
        }
        members.push(("isPartial".to_owned(), Json::Bool(!self.options.complete)));
        // The schema has no list of codes without a code.
        if !entries.is_empty() {
            members.push(("codes".to_owned(), entries.into_iter().collect()));
        }
        Some(Json::Object(members))
    }

    fn all_codes(&self, component: &Component) -> Vec<String> {
        let mut all: Vec<String> = match component.codes {
            Codes::List(list) => {
                let list = self.book.codes().get(list).into_iter();
                list.flat_map(|list| list.codes().iter().map(|code| code.code().to_owned())).collect()
            }
            Codes::Areas => self.book.territory().communes().map(|commune| commune.code().to_owned()).collect(),
            Codes::Words(_, codes) => codes.iter().map(|code| (*code).to_owned()).collect(),
            Codes::Text(_) => Vec::new(),
        };
        if component.has_total {
            all.push(TOTAL.to_owned());
        }
        all
    }

    fn code(&self, component: &Component, code: &str) -> Json {
        let book = self.book;
        let name = |lang: Lang| match component.codes {
            Codes::List(list) => {
                let known = book.codes().get(list).and_then(|list| list.find(code));
                // The total stands in the list of sexes, and means the same in all of them.
                let total = || book.codes().get("obs_sex").filter(|_| code == TOTAL).and_then(|list| list.find(code));
                known.or_else(total).map(|found| found.label(lang).to_owned())
            }
            Codes::Areas => Some(area::name(book, code, lang)),
            Codes::Words(message, _) => Some(book.messages().get(&format!("{message}.{code}"), lang).to_owned()),
            Codes::Text(_) => None,
        };
        let mut members = self.named(code, |lang| Some(name(lang).unwrap_or_else(|| code.to_owned())));
        if component.id == "INDICATOR" {
            let indicator = book.taxonomy().indicator(code);
            let definition = |lang| indicator.and_then(|one| one.definition(lang)).map(str::to_owned);
            self.texts(&mut members, "description", "descriptions", definition);
        }
        Json::Object(members)
    }

    fn concepts(&self, all: &[Component]) -> Json {
        let title = |lang| Some(self.book.messages().get("export.concepts", lang).to_owned());
        let mut members = self.maintained(CONCEPTS, title);
        let concept = |one: &Component| Json::Object(self.named(&one.id, |lang| Some(one.name(self.book, lang))));
        members.push(("concepts".to_owned(), all.iter().map(concept).collect()));
        Json::Object(members)
    }

    fn data_structure(&self, all: &[Component]) -> Json {
        let title = |lang| Some(self.book.messages().get("export.structure", lang).to_owned());
        let mut members = self.maintained(STRUCTURE, title);
        let of = |wanted: fn(Kind) -> bool| -> Json {
            all.iter().filter(|one| wanted(one.role)).map(|one| self.component(one)).collect()
        };
        let list =
            |id: &str, name: &str, items: Json| vec![("id".to_owned(), Json::from(id)), (name.to_owned(), items)];
        let mut dimensions = list("DimensionDescriptor", "dimensions", of(|role| role == Kind::Dimension));
        let time = all.iter().find(|one| one.role == Kind::Time);
        dimensions.extend(time.map(|one| ("timeDimension".to_owned(), self.component(one))));
        let attributes = of(|role| matches!(role, Kind::Attribute(_) | Kind::OfIndicator));
        let measures = of(|role| role == Kind::Measure);
        let components = Json::object([
            ("dimensionList", Json::Object(dimensions)),
            ("attributeList", Json::Object(list("AttributeDescriptor", "attributes", attributes))),
            ("measureList", Json::Object(list("MeasureDescriptor", "measures", measures))),
        ]);
        members.push(("dataStructureComponents".to_owned(), components));
        Json::Object(members)
    }

    fn component(&self, one: &Component) -> Json {
        let concept = self.urn("conceptscheme.Concept", CONCEPTS);
        let representation = match (one.list_id(), one.codes) {
            (Some(list), _) => ("enumeration", Json::from(self.urn("codelist.Codelist", &list))),
            (None, Codes::Text(kind)) => ("format", Json::object([("dataType", Json::from(kind))])),
            (None, _) => ("format", Json::object([("dataType", Json::from("String"))])),
        };
        let mut members = vec![
            ("id".to_owned(), Json::from(one.id.as_str())),
            ("conceptIdentity".to_owned(), Json::from(format!("{concept}.{}", one.id))),
            ("localRepresentation".to_owned(), Json::object([representation])),
        ];
        let usage = |mandatory: bool| Json::from(if mandatory { "mandatory" } else { "optional" });
        let of_value = Json::object([("observation", Json::object([]))]);
        let of_indicator = Json::object([("dimensions", std::iter::once(Json::from("INDICATOR")).collect())]);
        match one.role {
            Kind::Attribute(mandatory) => {
                members.extend([("usage".to_owned(), usage(mandatory)), ("attributeRelationship".to_owned(), of_value)])
            }
            Kind::OfIndicator => {
                members.extend([("usage".to_owned(), usage(true)), ("attributeRelationship".to_owned(), of_indicator)])
            }
            // A status stands in the place of a value.
            Kind::Measure => members.push(("usage".to_owned(), usage(false))),
            Kind::Dimension | Kind::Time => {}
        }
        Json::Object(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_says_its_frequency() {
        for (period, wanted) in [
            ("2023", "A"),
            ("2023-S1", "S"),
            ("2023-Q4", "Q"),
            ("2023-01", "M"),
            ("2023-01-31", "D"),
            ("2021-01-01/P3Y", "A3"),
        ] {
            assert_eq!(frequency(period), wanted);
        }
    }
}
