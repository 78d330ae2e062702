//! A graph of RDF in the order that it was said, written as Turtle or as JSON-LD: two spellings of the same statements.

use super::File;
use super::request::Options;
use crate::codes::Code;
use crate::json::Json;
use crate::message::Lang;
use std::fmt::Write as _;

/// Prefixes and what they stand for, in their order.
const PREFIXES: [(&str, &str); 6] = [
    ("cccev", "http://data.europa.eu/m8g/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// What is said of a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    /// Another node.
    Node(String),
    /// A name with a prefix.
    Name(&'static str),
    /// A text in a language.
    Text(String, Lang),
    /// A text in none.
    Plain(String),
    /// A value of a type.
    Typed(String, &'static str),
}

/// A node: what is said of it, by predicate.
#[derive(Debug)]
pub(super) struct Node {
    iri: String,
    members: Vec<(&'static str, Vec<Object>)>,
}

impl Node {
    pub(super) fn new(iri: String, kind: &'static str) -> Self {
        Self { iri, members: vec![("rdf:type", vec![Object::Name(kind)])] }
    }

    /// Whether it is the node of an IRI.
    pub(super) fn is(&self, iri: &str) -> bool {
        self.iri == iri
    }

    /// Says something once.
    pub(super) fn put(&mut self, predicate: &'static str, object: Object) -> &mut Self {
        match self.members.iter_mut().find(|(name, _)| *name == predicate) {
            Some((_, objects)) if objects.contains(&object) => {}
            Some((_, objects)) => objects.push(object),
            None => self.members.push((predicate, vec![object])),
        }
        self
    }

    pub(super) fn node(&mut self, predicate: &'static str, iri: String) -> &mut Self {
        self.put(predicate, Object::Node(iri))
    }

    pub(super) fn plain(&mut self, predicate: &'static str, text: &str) -> &mut Self {
        self.put(predicate, Object::Plain(text.to_owned()))
    }

    /// A text in each language that has one.
    pub(super) fn texts<'t>(&mut self, predicate: &'static str, text: impl Fn(Lang) -> Option<&'t str>) -> &mut Self {
        for lang in Lang::ALL {
            if let Some(text) = text(lang) {
                self.put(predicate, Object::Text(text.to_owned(), lang));
            }
        }
        self
    }

    /// From when to when, as a period of Dublin Core.
    pub(super) fn period(&mut self, predicate: &'static str, from: Option<String>, to: Option<String>) -> &mut Self {
        if from.is_none() && to.is_none() {
            return self;
        }
        let part = |name: &str, day: Option<String>| day.map(|day| format!("{name}={day};"));
        let text: Vec<String> = [part("start", from), part("end", to)].into_iter().flatten().collect();
        let text = format!("{} scheme=W3C-DTF;", text.join(" "));
        self.put(predicate, Object::Typed(text, "dct:Period"))
    }
}

/// The days of a code.
pub(super) fn days(node: &mut Node, code: &Code) {
    node.period("dct:valid", code.from().map(|day| day.to_string()), code.to().map(|day| day.to_string()));
}

/// The IRI of a thing under a base: what a path does not hold is percent-encoded.
pub(super) fn iri(base: &str, parts: &[&str]) -> String {
    let mut out = base.to_owned();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push('/');
        }
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The one file of a graph, in the syntax that was asked for.
pub(super) fn files(graph: &[Node], name: &'static str, options: &Options<'_>) -> Vec<File> {
    let is_turtle = options.format == "turtle";
    let (media_type, text) = match is_turtle {
        true => ("text/turtle", turtle(graph)),
        false => ("application/ld+json", json_ld(graph)),
    };
    let name = match (name, is_turtle) {
        ("vocabulary", true) => "vocabulary.ttl",
        ("vocabulary", false) => "vocabulary.jsonld",
        (_, true) => "criteria.ttl",
        (_, false) => "criteria.jsonld",
    };
    vec![File { name, media_type, text }]
}

fn turtle(graph: &[Node]) -> String {
    let mut out = String::new();
    for (prefix, iri) in PREFIXES {
        let _ = writeln!(out, "@prefix {prefix}: <{iri}> .");
    }
    for node in graph {
        let _ = write!(out, "\n<{}>", node.iri);
        for (at, (predicate, objects)) in node.members.iter().enumerate() {
            let verb = if *predicate == "rdf:type" { "a" } else { predicate };
            let objects: Vec<String> = objects.iter().map(turtle_object).collect();
            let _ = write!(out, "{}\n    {verb} {}", if at > 0 { " ;" } else { "" }, objects.join(", "));
        }
        out.push_str(" .\n");
    }
    out
}

fn turtle_object(object: &Object) -> String {
    match object {
        Object::Node(iri) => format!("<{iri}>"),
        Object::Name(name) => (*name).to_owned(),
        Object::Text(text, lang) => format!("{}@{}", quoted(text), lang.as_str()),
        Object::Plain(text) => quoted(text),
        Object::Typed(text, kind) => format!("{}^^{kind}", quoted(text)),
    }
}

/// A text between quotes, as Turtle escapes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for one in text.chars() {
        match one {
            '"' | '\\' => out.extend(['\\', one]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

fn json_ld(graph: &[Node]) -> String {
    let context = PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), Json::from(*iri))).collect();
    let json =
        Json::object([("@context", Json::Object(context)), ("@graph", graph.iter().map(json_ld_node).collect())]);
    // In a page it stands inside a script, which no text may end.
    json.to_canonical().replace('<', "\\u003c")
}

fn json_ld_node(node: &Node) -> Json {
    let member = |(predicate, objects): &(&str, Vec<Object>)| match *predicate {
        "rdf:type" => ("@type".to_owned(), objects.iter().map(json_ld_type).collect()),
        other => (other.to_owned(), objects.iter().map(json_ld_object).collect()),
    };
    let id = ("@id".to_owned(), Json::from(node.iri.as_str()));
    Json::Object(std::iter::once(id).chain(node.members.iter().map(member)).collect())
}

fn json_ld_type(object: &Object) -> Json {
    match object {
        Object::Name(name) => Json::from(*name),
        Object::Node(iri) => Json::from(iri.as_str()),
        Object::Text(text, _) | Object::Plain(text) | Object::Typed(text, _) => Json::from(text.as_str()),
    }
}

fn json_ld_object(object: &Object) -> Json {
    let text = |text: &str| Json::from(text);
    match object {
        Object::Node(iri) => Json::object([("@id", text(iri))]),
        Object::Name(name) => Json::object([("@id", text(name))]),
        Object::Text(value, lang) => Json::object([("@language", text(lang.as_str())), ("@value", text(value))]),
        Object::Plain(value) => Json::object([("@value", text(value))]),
        Object::Typed(value, kind) => Json::object([("@type", text(kind)), ("@value", text(value))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_names_are_escaped() {
        assert_eq!(quoted("a \"b\"\\\n\u{1}"), "\"a \\\"b\\\"\\\\\\n\\u0001\"");
        assert_eq!(iri("https://x.invalid/", &["list", "a b/<é>"]), "https://x.invalid/list/a%20b%2F%3C%C3%A9%3E");
        let mut node = Node::new("https://x.invalid/1".to_owned(), "skos:Concept");
        node.put("skos:prefLabel", Object::Text("</script>".to_owned(), Lang::En));
        assert!(!json_ld(&[node]).contains('<'));
    }
}
