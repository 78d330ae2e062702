//! The taxonomy and the code lists as SKOS.
//!
//! Themes and indicators are one scheme, each code list another, what joins national codes a third, the national series of indicators a fourth.
//! The grade of an indicator says how its series match it: A `exactMatch`, B `closeMatch`, C `relatedMatch`, N not at all; every series is a
//! source of its indicator. `docs/decisions.md` says why.

use super::graph::{Node, Object, days, iri};
use super::request::Options;
use crate::catalogue::{FieldType, Role};
use crate::codes::{Code, CodeList};
use crate::message::Lang;
use crate::order;
use crate::rulebook::Rulebook;
use crate::taxonomy::{Evidence, Grade, Indicator, Sides};
use std::collections::BTreeSet;

/// Lists that are the taxonomy.
const TAXONOMY: [&str; 2] = ["indicator", "theme"];

/// All that is asked for, scheme by scheme.
pub(super) fn graph(book: &Rulebook, options: &Options<'_>) -> Vec<Node> {
    let write = Write { book, base: &options.base };
    let mut nodes = Vec::new();
    write.taxonomy(options, &mut nodes);
    let lists = write.lists(options);
    for list in &lists {
        write.list(list, &mut nodes);
    }
    write.concepts(&lists, &mut nodes);
    nodes
}

struct Write<'w> {
    book: &'w Rulebook,
    base: &'w str,
}

impl<'w> Write<'w> {
    fn iri(&self, parts: &[&str]) -> String {
        iri(self.base, parts)
    }

    fn word(&self, id: &'static str) -> impl Fn(Lang) -> Option<&'w str> {
        let book = self.book;
        move |lang| Some(book.messages().get(id, lang))
    }

    fn scheme(&self, id: &str) -> Node {
        Node::new(self.iri(&[id]), "skos:ConceptScheme")
    }

    /// A concept of a scheme, with its code.
    fn concept(&self, scheme: &str, code: &str) -> Node {
        let mut node = Node::new(self.iri(&[scheme, code]), "skos:Concept");
        node.node("skos:inScheme", self.iri(&[scheme])).plain("skos:notation", code);
        node
    }

    /// Says of a concept that nobody looked it up.
    fn unverified(&self, node: &mut Node) {
        node.texts("skos:editorialNote", self.word("export.unverified"));
    }

    fn taxonomy(&self, options: &Options<'_>, nodes: &mut Vec<Node>) {
        let taxonomy = self.book.taxonomy();
        let is_wanted = |code: &str| options.themes.as_ref().is_none_or(|themes| themes.contains(&code));
        let themes: Vec<_> = taxonomy.themes().iter().filter(|theme| is_wanted(theme.code())).collect();
        if themes.is_empty() {
            return;
        }
        let mut scheme = self.scheme("taxonomy");
        scheme.texts("skos:prefLabel", self.word("export.taxonomy"));
        scheme.plain("dc:identifier", taxonomy.version());
        if let Some(from) = taxonomy.from() {
            scheme.put("dct:issued", Object::Typed(from.to_string(), "xsd:date"));
        }
        for theme in &themes {
            scheme.node("skos:hasTopConcept", self.iri(&["theme", theme.code()]));
        }
        nodes.push(scheme);
        for theme in &themes {
            let mut node = Node::new(self.iri(&["theme", theme.code()]), "skos:Concept");
            node.node("skos:inScheme", self.iri(&["taxonomy"])).node("skos:topConceptOf", self.iri(&["taxonomy"]));
            node.plain("skos:notation", theme.code()).texts("skos:prefLabel", |lang| Some(theme.name(lang)));
            let of_theme = taxonomy.indicators().iter().filter(|one| one.theme() == theme.code());
            let (mut indicators, mut series) = (Vec::new(), Vec::new());
            for indicator in of_theme {
                node.node("skos:narrower", self.iri(&["indicator", indicator.code()]));
                indicators.push(self.indicator(indicator));
                series.extend(self.series(indicator));
            }
            nodes.push(node);
            nodes.append(&mut indicators);
            nodes.append(&mut series);
        }
        let mut scheme = self.scheme("series");
        scheme.texts("skos:prefLabel", self.word("export.series"));
        nodes.push(scheme);
    }

    fn indicator(&self, indicator: &Indicator) -> Node {
        let mut node = Node::new(self.iri(&["indicator", indicator.code()]), "skos:Concept");
        node.node("skos:inScheme", self.iri(&["taxonomy"])).plain("skos:notation", indicator.code());
        node.node("skos:broader", self.iri(&["theme", indicator.theme()]));
        node.texts("skos:prefLabel", |lang| Some(indicator.name(lang)));
        node.texts("skos:definition", |lang| indicator.definition(lang));
        node.texts("skos:scopeNote", |lang| indicator.caveat(lang));
        if indicator.evidence() == Evidence::ToVerify {
            self.unverified(&mut node);
        }
        for side in Sides::<()>::ALL.into_iter().filter(|side| indicator.series(*side).is_some()) {
            let series = self.iri(&["series", indicator.code(), side.as_str()]);
            if let Some(relation) = relation(indicator.grade()) {
                node.node(relation, series.clone());
            }
            node.node("dct:source", series);
        }
        node
    }

    /// The series in which the sides publish an indicator.
    fn series(&self, indicator: &'w Indicator) -> impl Iterator<Item = Node> {
        Sides::<()>::ALL.into_iter().filter_map(move |side| {
            let series = indicator.series(side)?;
            let mut node = Node::new(self.iri(&["series", indicator.code(), side.as_str()]), "skos:Concept");
            node.node("skos:inScheme", self.iri(&["series"]));
            // The name is that of the producer, in a language that is not told.
            node.plain("skos:prefLabel", series.name()).plain("dc:coverage", side.as_str());
            node.node("dct:publisher", self.iri(&["data_provider", series.provider()]));
            if let Some(relation) = relation(indicator.grade()) {
                node.node(relation, self.iri(&["indicator", indicator.code()]));
            }
            Some(node)
        })
    }

    /// The lists that are asked for; where none is named, those that fields draw from.
    fn lists(&self, options: &Options<'_>) -> Vec<&'w CodeList> {
        let of_fields = || {
            let lists = Role::ALL.into_iter().flat_map(|role| {
                role.layout().tables.iter().flat_map(|table| table.columns.iter()).filter_map(|column| {
                    match column.field.kind {
                        FieldType::Code(list) | FieldType::Codes(list) => Some(list),
                        _ => None,
                    }
                })
            });
            order::set(lists)
        };
        let wanted: BTreeSet<&str> = match &options.lists {
            Some(lists) => order::set(lists.iter().copied()),
            None => of_fields(),
        };
        self.book.codes().iter().filter(|list| wanted.contains(list.id()) && !TAXONOMY.contains(&list.id())).collect()
    }

    fn list(&self, list: &'w CodeList, nodes: &mut Vec<Node>) {
        let mut scheme = self.scheme(list.id());
        scheme.texts("skos:prefLabel", |lang| Some(list.title(lang)));
        if !list.source().is_empty() {
            scheme.plain("dc:source", list.source());
        }
        for code in list.codes().iter().filter(|code| code.broader().is_none()) {
            scheme.node("skos:hasTopConcept", self.iri(&[list.id(), code.code()]));
        }
        nodes.push(scheme);
        nodes.extend(list.codes().iter().map(|code| self.code(list, code)));
    }

    fn code(&self, list: &CodeList, code: &Code) -> Node {
        let mut node = self.concept(list.id(), code.code());
        node.texts("skos:prefLabel", |lang| Some(code.label(lang)));
        match code.broader() {
            Some(broader) => node.node("skos:broader", self.iri(&[list.id(), broader])),
            None => node.node("skos:topConceptOf", self.iri(&[list.id()])),
        };
        if let Some(system) = code.system() {
            node.plain("dc:coverage", system);
        }
        if let Some(source) = code.source() {
            node.plain("dc:source", source);
        }
        // A national code is one of those that statistics join, never the same as another's.
        if let Some(concept) = code.concept() {
            node.node("skos:broadMatch", self.iri(&["concept", concept]));
        }
        for next in code.replaced_by() {
            node.node("dct:isReplacedBy", self.iri(&[list.id(), next]));
        }
        days(&mut node, code);
        if !code.verified() {
            self.unverified(&mut node);
        }
        node
    }

    /// What national codes have in common.
    fn concepts(&self, lists: &[&CodeList], nodes: &mut Vec<Node>) {
        let codes = || lists.iter().flat_map(|list| list.codes().iter().map(move |code| (list.id(), code)));
        let concepts = order::set(codes().filter_map(|(_, code)| code.concept()));
        if concepts.is_empty() {
            return;
        }
        let mut scheme = self.scheme("concept");
        scheme.texts("skos:prefLabel", self.word("export.joined"));
        for concept in &concepts {
            scheme.node("skos:hasTopConcept", self.iri(&["concept", concept]));
        }
        nodes.push(scheme);
        for concept in concepts {
            let mut node = self.concept("concept", concept);
            node.node("skos:topConceptOf", self.iri(&["concept"]));
            for (list, code) in codes().filter(|(_, code)| code.concept() == Some(concept)) {
                node.node("skos:narrowMatch", self.iri(&[list, code.code()]));
            }
            nodes.push(node);
        }
    }
}

/// How a series matches its indicator.
fn relation(grade: Grade) -> Option<&'static str> {
    match grade {
        Grade::A => Some("skos:exactMatch"),
        Grade::B => Some("skos:closeMatch"),
        Grade::C => Some("skos:relatedMatch"),
        Grade::N => None,
    }
}
