//! Every problem of a pack has a pack that was made for it, and every advice one that gets it and one that just does not.

use sam_conformance::vectors::{self, Vector};
use sam_eurometropole::Rulebook;

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
