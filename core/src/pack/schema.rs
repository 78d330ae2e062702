//! JSON Schema of a pack (2020-12), for the editors that keepers write in.
//!
//! It says what can be said of a document without the catalogue: keys, shapes of tests, numbers and days, words of closed lists. A pack that loads
//! fits it; that names, codes and units go together is for the loader to say. Fields of the records and names of code lists are offered, not
//! asked for. Its closed lists are those of the loader and the kernel.

use super::load::{ANCHORS, DUES, FIRMNESS, KINDS, OUTCOMES, STATUSES, SYSTEMS, UNITS, UNTESTED};
use super::{Effect, Nature};
use crate::catalogue::{FieldType, Role};
use crate::field::Absence;
use crate::finding::Severity;
use crate::kernel::{Calendar, LeapDay, Measure, Order, Reading, Relation};
use crate::limits;
use crate::rulebook::Rulebook;
use crate::territory::ZONES;
use serde_json::{Map, Value, json};

/// The schema as text.
#[must_use]
pub fn text(book: &Rulebook) -> String {
    format!("{:#}", schema(book))
}

/// The schema.
#[must_use]
pub fn schema(book: &Rulebook) -> Value {
    let mut pack = head();
    put(&mut pack, "$schema", json!("https://json-schema.org/draft/2020-12/schema"));
    put(&mut pack, "title", json!("pack"));
    put(&mut pack, "description", json!("Dated, sourced rules of one system, or of the project"));
    put(&mut pack, "$defs", definitions(book));
    pack
}

/// The keys of the document.
fn head() -> Value {
    let required = ["format", "pack", "version", "system", "title", "checked_until", "applies_to", "rules"];
    object(
        &required,
        vec![
            ("format", told("Number of the pack format", json!({"const": 1}))),
            ("pack", told("Id: lower-case words joined by dots", name(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"))),
            ("version", told("Text YYYY.N, in quotes", json!({"type": "string", "pattern": r"^[0-9]+\.[0-9]+$"}))),
            ("system", told("Whose law it is", words(SYSTEMS.map(|(word, ())| word)))),
            ("title", the("texts")),
            ("kind", told("Rules that decide, or checks that give findings", words(KINDS.map(|(word, _)| word)))),
            ("from", told("First day in force", the("date"))),
            ("to", told("Last day in force", the("date"))),
            ("checked_until", told("Last day for which the law was looked up", the("date"))),
            ("review_by", told("Day by which somebody looks at the pack again", the("date"))),
            ("as_of", told("The day that the rules judge by, where they name none", the("anchor"))),
            (
                "applies_to",
                told(
                    "The record that paths start from",
                    words(Role::EVERY.into_iter().filter(|role| !role.is_list()).map(Role::as_str)),
                ),
            ),
            ("applies_when", told("When the pack applies; always, if not given", the("test"))),
            ("leap_day", told("Birthdays of 29 February", words(LeapDay::WORDS.map(|(word, _)| word)))),
            ("parameters", told("Dated values", many("parameter", None))),
            ("conditions", told("Tests that rules share", many("test", Some("^[a-z][a-z0-9_]*$")))),
            ("rules", told("The rules", list("rule"))),
            ("tests", told("The pack's own tests", list("own_test"))),
            ("untested", told("What no test can reach, with the reason", list("untested"))),
        ],
    )
}

fn definitions(book: &Rulebook) -> Value {
    let mut out = vec![
        ("text", json!({"type": ["string", "number", "boolean"]})),
        ("date", crate::schema::date()),
        ("texts", object(&["fr", "nl", "en"], vec![("fr", the("text")), ("nl", the("text")), ("en", the("text"))])),
        ("text_or_texts", any([the("text"), the("texts")])),
        ("path", offered(paths(|_| true))),
        ("list_path", offered(paths(|kind| matches!(kind, FieldType::Objects(_) | FieldType::Codes(_))))),
        ("list_name", offered(book.codes().iter().map(|list| list.id().to_owned()).collect())),
        ("anchor", anchor()),
        ("party", words(party(book))),
        ("parameter", parameter()),
        ("value", dated_value()),
        ("source", source()),
        ("verified", verified()),
        ("rule", rule()),
        ("unless", unless()),
        ("show", any([the("number"), the("day"), object(&["field"], vec![("field", the("path"))])])),
        ("own_test", own_test()),
        ("expect", expect()),
        ("untested", untested()),
        ("test", any(tests())),
        ("number", any([json!({"type": "number"})].into_iter().chain(numbers().into_iter().map(one_number)))),
        ("whole", any([json!({"type": "integer"}), the("param")])),
        ("param", object(&["param"], vec![("param", the("text"))])),
        ("day", day()),
        ("period", object(&["from", "to"], vec![("from", the("day")), ("to", the("day"))])),
    ];
    out.sort_by_key(|(name, _)| *name);
    members(out)
}

// Parameters.

fn parameter() -> Value {
    let units = UNITS.into_iter().chain(["date", "month_reading"]);
    object(
        &["values"],
        vec![
            ("unit", words(units)),
            ("list", told("The values are codes of this list", the("list_name"))),
            ("key", told("The values are numbers for codes of this list", the("list_name"))),
            ("values", told("In the order of time, without overlap", list("value"))),
        ],
    )
}

fn dated_value() -> Value {
    let codes = json!({"type": "array", "items": the("text")});
    let keyed = json!({"type": "object", "additionalProperties": {"type": "number"}});
    let value = any([json!({"type": "number"}), the("date"), words(Reading::ALL.map(Reading::as_str)), codes, keyed]);
    object(
        &["value", "source", "verified"],
        vec![
            ("from", the("date")),
            ("to", the("date")),
            ("value", value),
            ("source", the("source")),
            ("verified", the("verified")),
            ("reading", told("How the source is read, where it can be read in several ways", the("text"))),
        ],
    )
}

fn source() -> Value {
    let numac = any([json!({"type": "string", "pattern": "^[0-9]{10}$"}), json!({"type": "integer"})]);
    object(
        &["law"],
        vec![
            ("law", the("text_or_texts")),
            ("article", the("text")),
            ("url", json!({"type": "string", "pattern": "^https://"})),
            ("reference", the("text_or_texts")),
            ("eli", told("European Legislation Identifier", the("text_or_texts"))),
            ("legiarti", json!({"type": "string", "pattern": "^LEGIARTI[0-9]{12}$"})),
            ("numac", told("Number of the text in the Belgian official journal", numac)),
        ],
    )
}

fn verified() -> Value {
    let looked_up = object(&["by", "day"], vec![("by", the("text")), ("day", the("date"))]);
    told("Who looked it up in the source, and when; or false", any([json!({"const": false}), looked_up]))
}

// Rules.

fn rule() -> Value {
    let severities = Severity::ALL.map(Severity::as_str);
    let mut rule = object(
        &["id", "effect", "that", "say", "source", "verified"],
        vec![
            ("id", told("Lower-case word", name("^[a-z][a-z0-9_]*$"))),
            ("effect", words(Effect::ALL.map(Effect::as_str))),
            ("nature", words(Nature::ALL.map(Nature::as_str))),
            ("as_of", told("The day that the rule judges by", the("anchor"))),
            ("from", told("First day in force", the("date"))),
            ("to", told("Last day in force", the("date"))),
            ("when", told("When the rule applies; always, if not given", the("test"))),
            ("that", told("What has to hold", the("test"))),
            ("unless", told("What holds instead", list("unless"))),
            ("who", told("Who has to do it", the("party"))),
            ("by", told("By which day", the("day"))),
            ("who_decides", told("Who decides, where it is discretionary", the("party"))),
            ("send", told("What that party has to be sent", the("texts"))),
            ("show", told("Values for the placeholders of the texts", many("show", None))),
            ("say", told("The texts, with {placeholders} from show", the("texts"))),
            ("source", the("source")),
            ("verified", the("verified")),
            ("review_by", told("Day by which somebody looks at the rule again", the("date"))),
            ("severity", told("Of a check: weight of the finding", words(severities))),
            ("paths", told("Of a check: fields that the finding points at", list("path"))),
            ("each", told("Of a check: the list whose elements are judged", the("list_path"))),
        ],
    );
    put(&mut rule, "if", json!({"properties": {"effect": {"const": Effect::Oblige.as_str()}}, "required": ["effect"]}));
    put(&mut rule, "then", json!({"required": ["who"], "not": {"required": ["unless"]}}));
    rule
}

fn unless() -> Value {
    object(
        &["id", "when", "source"],
        vec![
            ("id", the("text")),
            ("when", the("test")),
            ("instead", told("What holds in its place", the("test"))),
            ("source", the("source")),
        ],
    )
}

// Tests of the pack.

fn own_test() -> Value {
    let case = object(&[], Role::CASE.map(|role| (role.as_str(), json!(true))).to_vec());
    let mut test = object(
        &["name", "at", "expect"],
        vec![
            ("name", told("What it shows", the("text"))),
            ("at", told("The given day", the("date"))),
            ("given", told("The record that the pack applies to", json!(true))),
            ("participant", told("The person beside it", json!(true))),
            ("case", told("Or both by their names", case)),
            ("expect", the("expect")),
        ],
    );
    let apart = json!({"not": {"anyOf": [{"required": ["given"]}, {"required": ["participant"]}]}});
    put(&mut test, "if", json!({"required": ["case"]}));
    put(&mut test, "then", apart);
    put(&mut test, "else", json!({"required": ["given"]}));
    test
}

fn expect() -> Value {
    let texts = json!({"type": "array", "items": the("text")});
    let of_rules = |words: Value| json!({"type": "object", "additionalProperties": words});
    object(
        &[],
        vec![
            ("outcome", words(OUTCOMES.map(|outcome| outcome.as_str()))),
            ("firmness", words(FIRMNESS.map(|firmness| firmness.as_str()))),
            ("ready", json!({"type": "boolean"})),
            ("deciding", told("These rules are among those that decide", texts.clone())),
            ("missing", told("These fields are missing, in this order and no others", texts.clone())),
            ("warnings", told("These rules warn, and no others", texts)),
            ("obligations", of_rules(words(DUES.map(|due| due.as_str())))),
            ("statuses", of_rules(words(STATUSES.map(|status| status.as_str())))),
        ],
    )
}

fn untested() -> Value {
    let statuses = words(UNTESTED.map(|status| status.as_str()));
    object(&["rule", "status", "why"], vec![("rule", the("text")), ("status", statuses), ("why", the("text"))])
}

// Tests.

fn tests() -> Vec<Value> {
    let tests = json!({"type": "array", "items": the("test")});
    let of_list = object(&["of", "that"], vec![("of", the("list_path")), ("that", the("test"))]);
    let reasons = words(Absence::STATED.map(|reason| reason.as_str()));
    let because = any([reasons.clone(), json!({"type": "array", "items": reasons, "minItems": 1})]);
    let whole = json!({"type": "integer", "minimum": 1, "maximum": limits::SPAN});
    let mut out = vec![
        one("all", tests.clone()),
        one("any", tests.clone()),
        one("not", the("test")),
        object(&["at_least", "of"], vec![("at_least", whole), ("of", tests)]),
        one("known", the("path")),
        object(&["absent", "because"], vec![("absent", the("path")), ("because", because)]),
        one("same_system", exactly(2, the("path"))),
        one("some", of_list.clone()),
        one("every", of_list),
        one("condition", the("text")),
        related(vec![("date", the("day"))], &Order::KEYS.map(|(key, _)| key), the("day")),
    ];
    out.extend(field_tests());
    out.extend(numbers().into_iter().map(|keys| related(keys, &Relation::KEYS.map(|(key, _)| key), the("number"))));
    out
}

/// What a field holds.
fn field_tests() -> Vec<Value> {
    let values = json!({"type": "array", "items": the("text")});
    let keys = [
        ("is", the("text")),
        ("one_of", any([values, the("param")])),
        ("within", words(ZONES)),
        ("under", the("text")),
        ("concept", the("text")),
        ("same_as", the("path")),
        ("includes", the("text")),
    ];
    keys.map(|(key, value)| object(&["field", key], vec![("field", the("path")), (key, value)])).to_vec()
}

/// Keys beside which stands one relation, or `between`.
fn related(mut keys: Vec<(&'static str, Value)>, relations: &[&'static str], other: Value) -> Value {
    let required: Vec<&str> = keys.first().map(|(key, _)| *key).into_iter().collect();
    let one_of: Vec<Value> = relations.iter().chain(&["between"]).map(|key| json!({"required": [key]})).collect();
    keys.extend(relations.iter().map(|key| (*key, other.clone())));
    keys.push(("between", exactly(2, other)));
    let mut out = object(&required, keys);
    put(&mut out, "oneOf", json!(one_of));
    out
}

// Numbers and days.

/// The keys of each number that is an object; the first has to be there.
fn numbers() -> Vec<Vec<(&'static str, Value)>> {
    let number = || the("number");
    let some = || json!({"type": "array", "items": the("number"), "minItems": 1});
    let mut out = vec![vec![
        ("param", the("text")),
        ("key", told("A code of the list, or the path of a field that holds one", the("text"))),
    ]];
    out.extend(
        [
            ("field", the("path")),
            ("days", between_days(&["both_ends"], vec![])),
            ("months", between_days(&["both_ends", "reading"], vec![("reading", reading(&Reading::ALL))])),
            ("years", between_days(&["both_ends", "reading"], vec![("reading", reading(&Reading::OF_YEARS))])),
            ("age", object(&["birth", "at"], vec![("birth", the("day")), ("at", the("day"))])),
            ("overlap", exactly(2, the("period"))),
            ("count", count()),
            ("sum", object(&["of", "value"], of_elements(vec![("value", number())]))),
            ("window", window()),
            ("week", week()),
            ("add", some()),
            ("subtract", exactly(2, number())),
            ("multiply", exactly(2, number())),
            ("divide", exactly(2, number())),
            ("smallest", some()),
            ("largest", some()),
            ("floor", number()),
            ("ceiling", number()),
        ]
        .map(|key| vec![key]),
    );
    out
}

fn one_number(keys: Vec<(&'static str, Value)>) -> Value {
    let required: Vec<&str> = keys.first().map(|(key, _)| *key).into_iter().collect();
    object(&required, keys)
}

fn between_days(others: &[&str], mut keys: Vec<(&'static str, Value)>) -> Value {
    keys.extend([("from", the("day")), ("to", the("day")), ("both_ends", json!({"type": "boolean"}))]);
    object(&[&["from", "to"], others].concat(), keys)
}

fn reading(readings: &[Reading]) -> Value {
    any([words(readings.iter().map(|reading| reading.as_str())), the("param")])
}

fn of_elements(mut keys: Vec<(&'static str, Value)>) -> Vec<(&'static str, Value)> {
    keys.extend([("of", the("list_path")), ("where", told("Which elements; all, if not given", the("test")))]);
    keys
}

fn count() -> Value {
    let mut out = object(&["of"], of_elements(vec![("distinct", the("path")), ("per", the("path"))]));
    put(&mut out, "not", json!({"required": ["distinct", "per"]}));
    out
}

fn window() -> Value {
    let length = json!({"type": "integer", "minimum": 1, "maximum": limits::SPAN});
    let keys = vec![
        ("from", the("day")),
        ("to", the("day")),
        ("with", the("period")),
        ("months", length.clone()),
        ("days", length),
    ];
    let mut out = object(&["of", "from", "to"], of_elements(keys));
    put(&mut out, "oneOf", json!([{"required": ["months"]}, {"required": ["days"]}]));
    out
}

fn week() -> Value {
    let time = json!({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"});
    let keys = vec![
        ("day", the("path")),
        ("from", the("path")),
        ("to", the("path")),
        ("measure", words(Measure::WORDS)),
        ("weekdays", json!({"type": "array", "minItems": 1, "items": {"type": "string"}})),
        ("between", exactly(2, time)),
        ("pause", json!({"type": "integer", "minimum": 1, "maximum": limits::SPAN})),
        ("unit", words(["minutes", "hours", "hours_per_week"])),
    ];
    object(&["of", "day", "from", "to", "measure"], of_elements(keys))
}

fn day() -> Value {
    let mut words = vec!["decision".to_owned(), "anchor".to_owned()];
    words.extend(paths(|kind| matches!(kind, FieldType::Date)));
    let moved = ["months", "weeks", "days", "years"].map(|unit| (unit, the("whole")));
    let shift = [("shift", the("day"))].into_iter().chain(moved).collect();
    let span = || self::words(Calendar::WORDS.map(|(word, _)| word));
    let days = || json!({"type": "array", "items": the("day"), "minItems": 1});
    any([
        offered(words),
        object(&["shift"], shift),
        object(&["start_of", "day"], vec![("start_of", span()), ("day", the("day"))]),
        object(&["end_of", "day"], vec![("end_of", span()), ("day", the("day"))]),
        one("first_of", days()),
        one("last_of", days()),
        the("param"),
    ])
}

// Names that are offered.

fn anchor() -> Value {
    let words = ANCHORS.iter().map(|(word, _)| *word);
    let mut offers: Vec<String> = ["decision", "each_day"].into_iter().chain(words).map(str::to_owned).collect();
    let dates = paths(|kind| matches!(kind, FieldType::Date));
    offers.extend(dates.into_iter().filter(|path| !ANCHORS.iter().any(|(word, _)| word == path)));
    offered(offers)
}

/// Paths of the fields of a case that are of some kind, those of a placement without its name in front too.
fn paths(wanted: impl Fn(FieldType) -> bool) -> Vec<String> {
    let mut out = Vec::new();
    for role in Role::CASE {
        let columns = role.layout().table(0).map(|table| table.columns.as_slice()).unwrap_or_default();
        for column in columns.iter().filter(|column| wanted(column.field.kind)) {
            out.extend((role == Role::Placement).then(|| column.path.clone()));
            out.push(format!("{}.{}", role.as_str(), column.path));
        }
    }
    out
}

fn party(book: &Rulebook) -> Vec<String> {
    let list = book.codes().get("placement_party");
    list.map(|list| list.codes().iter().map(|code| code.code().to_owned()).collect()).unwrap_or_default()
}

// Pieces of a schema.

fn the(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// With a description.
fn told(description: &str, mut schema: Value) -> Value {
    if schema == json!(true) {
        return json!({"description": description});
    }
    put(&mut schema, "description", json!(description));
    schema
}

/// A text; some are offered.
fn offered(words: Vec<String>) -> Value {
    any([json!({"enum": words}), json!({"type": "string"})])
}

fn words<W: Into<Value>>(words: impl IntoIterator<Item = W>) -> Value {
    json!({"enum": words.into_iter().map(Into::into).collect::<Vec<Value>>()})
}

fn any(schemas: impl IntoIterator<Item = Value>) -> Value {
    json!({"anyOf": schemas.into_iter().collect::<Vec<Value>>()})
}

fn name(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern, "maxLength": limits::NAME})
}

fn list(items: &str) -> Value {
    json!({"type": "array", "items": the(items), "maxItems": limits::LIST})
}

/// An object whose keys are names.
fn many(values: &str, pattern: Option<&str>) -> Value {
    let mut out = json!({"type": "object", "additionalProperties": the(values), "maxProperties": limits::FIELDS});
    if let Some(pattern) = pattern {
        put(&mut out, "propertyNames", json!({"pattern": pattern}));
    }
    out
}

fn exactly(count: usize, items: Value) -> Value {
    json!({"type": "array", "items": items, "minItems": count, "maxItems": count})
}

/// An object of one key.
fn one(key: &'static str, value: Value) -> Value {
    object(&[key], vec![(key, value)])
}

fn object(required: &[&str], keys: Vec<(&str, Value)>) -> Value {
    json!({"type": "object", "properties": members(keys), "required": required, "additionalProperties": false})
}

fn members(keys: Vec<(&str, Value)>) -> Value {
    Value::Object(keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<String, Value>>())
}

fn put(schema: &mut Value, key: &str, value: Value) {
    if let Some(members) = schema.as_object_mut() {
        members.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::{PACK_KEYS, RULE_KEYS};
    use super::*;
    use std::collections::BTreeSet;

    fn keys(schema: &Value) -> BTreeSet<&str> {
        let properties = schema.pointer("/properties").and_then(Value::as_object).unwrap();
        properties.keys().map(String::as_str).collect()
    }

    #[test]
    fn the_keys_are_those_of_the_loader() {
        let schema = schema(Rulebook::embedded());
        assert_eq!(keys(&schema), PACK_KEYS.iter().copied().collect());
        assert_eq!(keys(schema.pointer("/$defs/rule").unwrap()), RULE_KEYS.iter().copied().collect());
    }

    #[test]
    fn every_reference_has_its_definition() {
        let schema = schema(Rulebook::embedded());
        let text = schema.to_string();
        let named: BTreeSet<&str> =
            text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let defined: BTreeSet<&str> = schema["$defs"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(named, defined);
    }
}
