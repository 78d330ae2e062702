//! The rules of packs as criteria, and the papers that they ask for as types of evidence (CCCEV 2).
//!
//! A pack is a requirement that has its rules as requirements: what must hold is a criterion, what somebody has to provide an information
//! requirement, a warning a requirement and no more. Each is derived from its source, and names the fields that it asks for as information
//! concepts. Several lists of evidence of one requirement are alternatives; all of one list are needed.

use super::graph::{Node, Object, iri};
use super::request::Options;
use crate::catalogue::FieldType;
use crate::explain;
use crate::kernel::{FieldRef, Kind, Literal, Test};
use crate::message::Lang;
use crate::order;
use crate::pack::{Effect, Force, Pack, PackKind, Rule, Source};
use crate::rulebook::Rulebook;
use std::collections::BTreeSet;

/// The list of papers.
const PAPERS: &str = "document_kind";
/// At most so many alternatives of one rule are told.
const ALTERNATIVES: usize = 32;

type Papers = BTreeSet<String>;

pub(super) fn graph(book: &Rulebook, options: &Options<'_>) -> Vec<Node> {
    let mut write =
        Write { book, base: &options.base, nodes: Vec::new(), fields: BTreeSet::new(), papers: Papers::new() };
    let mut sources = Vec::new();
    for pack in book.packs().filter(|pack| pack.kind == PackKind::Rules) {
        if options.packs.as_ref().is_none_or(|packs| packs.contains(&pack.id.as_str())) {
            write.pack(pack, &mut sources);
        }
    }
    write.nodes.append(&mut sources);
    write.concepts();
    write.evidence();
    write.nodes
}

struct Write<'w> {
    book: &'w Rulebook,
    base: &'w str,
    nodes: Vec<Node>,
    /// Fields that rules ask for.
    fields: BTreeSet<FieldRef>,
    /// Papers that prove them.
    papers: Papers,
}

impl<'w> Write<'w> {
    fn iri(&self, parts: &[&str]) -> String {
        iri(self.base, parts)
    }

    fn pack(&mut self, pack: &'w Pack, sources: &mut Vec<Node>) {
        let id = self.iri(&["pack", &pack.id]);
        let mut node = Node::new(id.clone(), "cccev:Requirement");
        node.plain("dct:identifier", &pack.id).texts("skos:prefLabel", |lang| Some(pack.title.get(lang)));
        node.plain("dct:hasVersion", &pack.version).plain("dc:coverage", &pack.system);
        in_force(&mut node, &pack.force);
        for rule in &pack.rules {
            node.node("cccev:hasRequirement", self.iri(&["rule", &rule.id]));
        }
        self.nodes.push(node);
        for rule in &pack.rules {
            self.rule(rule, &id, sources);
        }
    }

    fn rule(&mut self, rule: &'w Rule, parent: &str, sources: &mut Vec<Node>) {
        let mut node = Node::new(self.iri(&["rule", &rule.id]), "cccev:Requirement");
        match rule.effect {
            Effect::Require => node.put("rdf:type", Object::Name("cccev:Criterion")),
            Effect::Oblige => node.put("rdf:type", Object::Name("cccev:InformationRequirement")),
            Effect::Warn => &mut node,
        };
        node.plain("dct:identifier", &rule.id);
        node.texts("dct:description", |lang| Some(rule.say.get(lang)));
        node.node("cccev:isRequirementOf", parent.to_owned());
        in_force(&mut node, &rule.force);
        if rule.verified.is_none() {
            let book = self.book;
            node.texts("skos:editorialNote", |lang| Some(book.messages().get("export.unverified", lang)));
        }
        node.node("cccev:isDerivedFrom", self.source(&rule.source, sources));
        for field in rule.that.fields() {
            node.node("cccev:hasConcept", self.iri(&["field", &field.path()]));
            self.fields.insert(field);
        }
        for (at, papers) in alternatives(&rule.that).into_iter().enumerate() {
            let number = (at + 1).to_string();
            let list = self.iri(&["rule", &rule.id, "evidence", &number]);
            node.node("cccev:hasEvidenceTypeList", list.clone());
            let mut evidence = Node::new(list, "cccev:EvidenceTypeList");
            for paper in &papers {
                evidence.node("cccev:specifiesEvidenceType", self.iri(&[PAPERS, paper]));
            }
            self.papers.extend(papers);
            sources.push(evidence);
        }
        self.nodes.push(node);
    }

    /// Where a rule stands: one node for each place, however many rules stand there.
    fn source(&self, source: &Source, sources: &mut Vec<Node>) -> String {
        let place = source.article.as_deref().or_else(|| source.reference.as_ref().map(|one| one.get(Lang::Fr)));
        let parts: Vec<&str> = ["source", source.law.get(Lang::Fr)].into_iter().chain(place).collect();
        let id = self.iri(&parts);
        let at = sources.iter().position(|node| node.is(&id)).unwrap_or_else(|| {
            sources.push(Node::new(id.clone(), "cccev:ReferenceFramework"));
            sources.len() - 1
        });
        if let Some(node) = sources.get_mut(at) {
            for lang in Lang::ALL {
                node.put("dct:title", Object::Text(explain::source(source, lang), lang));
            }
            let numbers = [source.legiarti.as_deref(), source.numac.as_deref()];
            numbers.into_iter().flatten().for_each(|number| {
                node.plain("dct:identifier", number);
            });
            if let Some(url) = source.url.as_deref().filter(|url| is_link(url)) {
                node.node("foaf:page", url.to_owned());
            }
        }
        id
    }

    fn concepts(&mut self) {
        let mut told = BTreeSet::new();
        for field in self.fields.clone() {
            let path = field.path();
            if !told.insert(path.clone()) {
                continue;
            }
            let book = self.book;
            let mut node = Node::new(self.iri(&["field", &path]), "cccev:InformationConcept");
            node.plain("dct:identifier", &path);
            for lang in Lang::ALL {
                node.put("skos:prefLabel", Object::Text(explain::field_label(book, field, lang), lang));
            }
            self.nodes.push(node);
        }
    }

    fn evidence(&mut self) {
        for paper in std::mem::take(&mut self.papers) {
            let mut node = Node::new(self.iri(&[PAPERS, &paper]), "cccev:EvidenceType");
            node.plain("dct:identifier", &paper);
            let code = self.book.codes().get(PAPERS).and_then(|list| list.find(&paper));
            if let Some(code) = code {
                node.texts("dct:title", |lang| Some(code.label(lang)));
                super::graph::days(&mut node, code);
            }
            self.nodes.push(node);
        }
    }
}

fn in_force(node: &mut Node, force: &Force) {
    node.period("dct:valid", force.from.map(|day| day.to_string()), force.to.map(|day| day.to_string()));
}

/// The papers that a test asks for: any of these sets will do.
fn alternatives(test: &Test) -> Vec<Papers> {
    let mut all = match &test.kind {
        Kind::All(tests) => tests.iter().map(alternatives).filter(|one| !one.is_empty()).fold(Vec::new(), both),
        Kind::Any(tests) | Kind::AtLeast(_, tests) => tests.iter().flat_map(alternatives).collect(),
        Kind::Some(_, test) | Kind::Every(_, test) => alternatives(test),
        Kind::Is(field, values) if is_paper(*field) => values.iter().filter_map(paper).collect(),
        _ => Vec::new(),
    };
    all.truncate(ALTERNATIVES);
    all
}

/// What fits both: each of the one with each of the other.
fn both(one: Vec<Papers>, other: Vec<Papers>) -> Vec<Papers> {
    if one.is_empty() {
        return other;
    }
    let joined = |a: &Papers| other.iter().map(|b| order::set(a.iter().chain(b).cloned())).collect::<Vec<_>>();
    one.iter().flat_map(joined).take(ALTERNATIVES).collect()
}

fn is_paper(field: FieldRef) -> bool {
    field.column().is_some_and(|column| matches!(column.field.kind, FieldType::Code(PAPERS)))
}

fn paper(value: &Literal) -> Option<Papers> {
    match value {
        Literal::Text(code) => Some(order::set([code.clone()])),
        Literal::Bool(_) => None,
    }
}

/// Whether a link can stand in a graph as it is.
fn is_link(url: &str) -> bool {
    url.starts_with("https://") && url.chars().all(|one| one.is_ascii_graphic() && !"<>\"{}|\\^`".contains(one))
}
