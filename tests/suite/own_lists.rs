//! Code lists of a partner: both spellings are one document, nothing that was known is forgotten, and outputs say whose list it was.

use sam_eurometropole::catalogue::Role;
use sam_eurometropole::codes::{CodeList, CodeLists};
use sam_eurometropole::date::Date;
use sam_eurometropole::hash::sha256_hex;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::{self, Origin};
use sam_eurometropole::rulebook::AddError;
use sam_eurometropole::{Rulebook, check_text, document};

fn book() -> &'static Rulebook {
    Rulebook::embedded()
}

/// The document of a list with other codes.
fn changed(list: &CodeList, change: impl Fn(&mut Vec<Json>)) -> String {
    let mut members = list.to_json().as_object().unwrap().to_vec();
    for (_, value) in &mut members {
        if let Json::List(codes) = value {
            change(codes);
        }
    }
    Json::Object(members).to_canonical()
}

fn extended(list: &str) -> String {
    let label = Json::object(["fr", "nl", "en"].map(|lang| (lang, Json::from(format!("own {lang}")))));
    let own = Json::object([("code", Json::from("own_code")), ("label", label), ("verified", Json::Bool(false))]);
    changed(book().codes().get(list).unwrap(), |codes| codes.push(own.clone()))
}

#[test]
fn yaml_and_json_spell_the_same_list() {
    // What YAML leaves open is text, but `verified`: a year, a number, a word that older readers take for no.
    let yaml = "list: own_list\ntitle: {fr: a, nl: b, en: c}\nsource: 2024\ncodes:\n  - code: 12\n    label: {fr: 1, nl: no, en: \"on\"}\n    from: 2024-01-01\n    replaced_by: [no]\n    verified: true\n  - {code: no, label: {fr: a, nl: b, en: c}, verified: false}\n";
    let json = r#"{"list": "own_list", "title": {"fr": "a", "nl": "b", "en": "c"}, "source": "2024", "codes": [
        {"code": "12", "label": {"fr": "1", "nl": "no", "en": "on"}, "from": "2024-01-01", "replaced_by": ["no"], "verified": true},
        {"code": "no", "label": {"fr": "a", "nl": "b", "en": "c"}, "verified": false}]}"#;
    let by_yaml = book().with_codes_yaml(yaml, false).unwrap();
    let by_json = book().with_codes_json(json, false).unwrap();
    assert_eq!(by_yaml.hash(), by_json.hash());
    assert_eq!(by_yaml.codes(), by_json.codes());
    assert_ne!(by_yaml.hash(), book().hash());
    let document = by_json.codes().get("own_list").unwrap().to_json().to_canonical();
    assert_eq!(by_json.parts().get("codes/own_list"), Some(&sha256_hex(document.as_bytes())));
    for list in book().codes().iter() {
        // Every JSON document is also YAML in quotes and braces.
        let text = list.to_json().to_canonical();
        let [yaml, json] = [book().with_codes_yaml(&text, true), book().with_codes_json(&text, true)];
        assert_eq!(yaml.unwrap().hash(), json.unwrap().hash(), "{}", list.id());
    }
}

#[test]
fn problems_of_yaml_have_their_line() {
    let yaml = "list: own_list\ntitle: {fr: a, nl: b, en: c}\nsource: s\ncodes:\n  - code: a b\n    label: {fr: a, nl: b, en: c}\n    verified: yes please\n    source: ~\n";
    let Err(AddError::Problems(problems)) = book().with_codes_yaml(yaml, false) else { panic!("it has problems") };
    let told: Vec<String> = problems.iter().map(|p| p.to_json().to_canonical()).collect();
    assert_eq!(
        told,
        [
            r#"{"at":{"column":11,"line":5,"pointer":"/codes/0/code"},"code":"codes.code_form","params":{}}"#,
            r#"{"at":{"column":13,"line":8,"pointer":"/codes/0/source"},"code":"codes.type","params":{"expected":"text"}}"#,
            r#"{"at":{"column":15,"line":7,"pointer":"/codes/0/verified"},"code":"codes.type","params":{"expected":"bool"}}"#,
        ]
    );
}

#[test]
fn what_is_there_is_replaced_only_if_asked() {
    let text = extended("event_format");
    assert_eq!(book().with_codes_json(&text, false).unwrap_err(), AddError::Taken("event_format".to_owned()));
    let own = book().with_codes_json(&text, true).unwrap();
    assert_eq!(own.with_codes_json(&text, false).unwrap_err(), AddError::Taken("event_format".to_owned()));
    // Back to the list of the package would forget the own code.
    let back = book().codes().get("event_format").unwrap().to_json().to_canonical();
    let Err(AddError::Problems(problems)) = own.with_codes_json(&back, true) else { panic!("a code is dropped") };
    assert_eq!(problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["codes.dropped"]);
}

#[test]
fn every_list_may_grow_and_every_pack_still_loads() {
    for list in book().codes().iter() {
        let own = book().with_codes_json(&extended(list.id()), true).unwrap();
        assert_ne!(own.hash(), book().hash(), "{}", list.id());
        assert_eq!(own.codes().get(list.id()).unwrap().find("own_code").unwrap().label(Lang::Nl), "own nl");
        let lists: &CodeLists = own.codes();
        for pack in own.packs() {
            let (node, _) = document::from_json(&pack.document.to_canonical());
            let loaded = pack::load(&node.unwrap(), lists, Origin::Embedded).unwrap();
            assert_eq!(loaded.hash, pack.hash, "{} {}", list.id(), pack.id);
        }
    }
}

#[test]
fn a_list_without_one_of_its_codes_takes_no_place() {
    let mut refused = 0;
    for list in book().codes().iter() {
        for (place, code) in list.codes().iter().enumerate().take(3) {
            let text = changed(list, |codes| drop(codes.remove(place)));
            let Err(AddError::Problems(problems)) = book().with_codes_json(&text, true) else {
                panic!("{} {}", list.id(), code.code())
            };
            // A code that another names as its successor is missed there first.
            assert!(problems.iter().all(|p| matches!(p.code.as_str(), "codes.dropped" | "codes.successor")));
            assert!(problems.iter().all(|p| p.params == [("code".to_owned(), code.code().to_owned())]));
            refused += 1;
        }
    }
    assert!(refused > 200, "{refused}");
}

#[test]
fn outputs_say_which_lists_were_added() {
    let on = Date::parse("2026-06-01").unwrap();
    let made_by = |book: &Rulebook| {
        let report = check_text(book, Role::Event, r#"{"format": "own_code"}"#, on).to_json(false);
        report.get("made_by").cloned().unwrap()
    };
    let own = book().with_codes_json(&extended("event_format"), true).unwrap();
    let hash = own.parts().get("codes/event_format").unwrap();
    let wanted = format!(r#"[{{"hash":"{hash}","id":"event_format","origin":"added"}}]"#);
    for book in [&own, &own.only_checks()] {
        assert_eq!(made_by(book).get("codes").unwrap().to_canonical(), wanted);
        assert_eq!(made_by(book).get("rulebook").unwrap().get("hash").unwrap().as_str(), Some(book.hash()));
    }
    assert_eq!(made_by(book()).get("codes"), None);
    assert_eq!(made_by(book()).get("format"), Some(&Json::Int(1)));
}
