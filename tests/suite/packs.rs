//! Every problem of a pack has a pack that was made for it, and every advice one that gets it and one that just does not.

use sam_conformance::vectors::{self, Vector};
use sam_eurometropole::Rulebook;
use sam_eurometropole::hash::sha256_hex;
use sam_eurometropole::json::Json;

/// Codes without such a vector, and why.
const NO_VECTOR: [(&str, &str); 1] = [("document.too_long", "more than a mebibyte of text: it is a hostile input")];

/// Codes of the messages that begin so.
fn codes(start: &str) -> Vec<&'static str> {
    let ids = Rulebook::embedded().messages().ids();
    ids.filter(|id| id.starts_with(start) && !id.ends_with(".hint")).collect()
}

/// The vectors of a file whose name begins with the code, and a colon.
fn about<'v>(all: &'v [Vector], file: &str, code: &str) -> Vec<&'v Vector> {
    let start = format!("{file}#{code}: ");
    all.iter().filter(|vector| vector.id.starts_with(&start)).collect()
}

#[test]
fn every_problem_of_loading_has_a_bad_pack() {
    let all = vectors::load().unwrap();
    let codes = [codes("document."), codes("pack.")].concat();
    assert!(codes.len() >= 60, "{codes:?}");
    assert!(NO_VECTOR.iter().all(|(code, _)| codes.contains(code)));
    for code in codes.into_iter().filter(|code| NO_VECTOR.iter().all(|(without, _)| without != code)) {
        let made_for_it = about(&all, "bad_packs", code);
        assert!(!made_for_it.is_empty(), "{code}: no vector in bad_packs.json");
        for vector in made_for_it {
            let output = vector.check().unwrap();
            // A name that is there is no problem of the document.
            let wanted = if code == "pack.taken" { "\"taken\"".to_owned() } else { format!("\"code\":\"{code}\"") };
            assert!(output.contains(&wanted), "{}: {output}", vector.id);
        }
    }
}

#[test]
fn every_advice_is_given_and_just_not_given() {
    let all = vectors::load().unwrap();
    for code in codes("lint.") {
        let (given, not_given) = (about(&all, "lint", code), about(&all, "lint", &format!("not {code}")));
        assert!(!given.is_empty() && !not_given.is_empty(), "{code}: no vector in lint.json, or no near miss");
        let told = |vector: &Vector| vector.check().unwrap().contains(&format!("\"code\":\"{code}\""));
        assert!(given.iter().all(|vector| told(vector)), "{code}");
        assert!(!not_given.iter().any(|vector| told(vector)), "{code}");
    }
}

/// The hash of a pack in the rulebook that has it.
fn hash(book: &Rulebook, id: &str) -> String {
    book.pack(id).unwrap().hash.clone()
}

/// Adds the pack of a YAML text, and the pack of its JSON form. Both must be one pack.
fn the_same_in_json(yaml: &str) -> String {
    let book = Rulebook::embedded();
    let json = book.pack_json_of_yaml(yaml).unwrap();
    let id = json.get("pack").and_then(Json::as_str).unwrap();
    let [of_yaml, of_json] =
        [book.with_pack_yaml(yaml, true), book.with_pack_json(&json.to_canonical(), true)].map(Result::unwrap);
    assert_eq!(hash(&of_yaml, id), hash(&of_json, id), "{id}");
    assert_eq!(sha256_hex(json.to_canonical().as_bytes()), hash(&of_json, id), "{id}");
    json.to_canonical()
}

#[test]
fn the_json_form_of_every_pack_is_the_same_pack() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/packs");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        the_same_in_json(&std::fs::read_to_string(file.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 30, "{count}");
}

#[test]
fn text_that_looks_like_a_number_stays_text_in_json() {
    let json = the_same_in_json(
        "format: 1\npack: test.numbers\nversion: \"2026.1\"\nsystem: project\ntitle: {fr: 2026, nl: 2026, en: true}\n\
         checked_until: 2030-01-01\napplies_to: participant\n\
         parameters:\n  low:\n    list: isced_2011\n    values: [{value: [0, 1, 2], source: {law: 1971, article: 5}, verified: false}]\n\
         conditions:\n  one: {field: education_level, is: 3}\n\
         rules:\n  - id: r\n    effect: warn\n    that:\n      any:\n        - {field: education_level, one_of: [4, 5]}\n        - {field: education_level, one_of: {param: low}}\n        \
         - {condition: one}\n        - {field: level1_count, at_most: 1.5}\n\
         \x20   show: {most: 1.5}\n    say: {fr: \"{most}\", nl: \"{most}\", en: \"{most}\"}\n    source: {law: 1971}\n    verified: false\n",
    );
    for part in [
        "\"fr\":\"2026\"",
        "\"en\":\"true\"",
        "\"value\":[\"0\",\"1\",\"2\"]",
        "\"is\":\"3\"",
        "\"at_most\":1.5",
        "\"most\":1.5",
    ] {
        assert!(json.contains(part), "{part}: {json}");
    }
}
