//! What a keeper asks of packs: the packs of the package are tested in full, and each part that is taken away is missed.

use sam_eurometropole::Rulebook;
use sam_eurometropole::date::Date;
use sam_eurometropole::document;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::coverage::{Coverage, coverage};
use sam_eurometropole::pack::diff::{Cases, diff};
use sam_eurometropole::pack::due::due;
use sam_eurometropole::pack::{self, Origin, Pack, PackKind, chosen, test_packs};

fn book() -> &'static Rulebook {
    Rulebook::embedded()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn deciding() -> Vec<&'static Pack> {
    book().packs().filter(|pack| pack.kind == PackKind::Rules).collect()
}

/// A pack with another value of one of its keys.
fn with_key(pack: &Pack, key: &str, value: Json) -> Rulebook {
    let mut members = pack.document.as_object().unwrap().to_vec();
    members.retain(|(name, _)| name != key);
    members.push((key.to_owned(), value));
    book().with_pack_json(&Json::Object(members).to_canonical(), true).unwrap()
}

#[test]
fn the_tests_of_the_package_reach_every_rule_met_and_not_met() {
    let report = coverage(book(), &deciding());
    assert_eq!(report.packs.len(), deciding().len());
    assert!(report.packs.len() > 30);
    for coverage in &report.packs {
        assert!(coverage.covers_rules() && coverage.covers_days(), "{}", report.to_text(Lang::En));
    }
    assert!(test_packs(book(), &deciding()).is_ok());
}

#[test]
fn one_test_is_never_enough() {
    for pack in deciding() {
        let tests = pack.document.get("tests").and_then(Json::as_list).unwrap();
        let first = Json::List(tests.iter().take(1).cloned().collect());
        let other = with_key(pack, "tests", first);
        let covered = coverage(&other, &chosen(&other, Some(&pack.id)).unwrap());
        assert!(!covered.packs.iter().all(Coverage::covers_rules), "{}", pack.id);
    }
}

#[test]
fn a_day_that_is_moved_has_no_test_beside_it() {
    for (id, from, to) in [
        ("fr.pmsmp", r#""from":"2025-03-27""#, r#""from":"2025-03-17""#),
        ("fr.pmsmp", r#""on_or_after":"2016-02-11""#, r#""on_or_after":"2016-02-12""#),
        ("fr.emt", r#""to":"2015-03-31""#, r#""to":"2015-04-01""#),
    ] {
        let text = book().pack(id).unwrap().document.to_canonical();
        assert!(text.contains(from), "{id}: {from}");
        let other = book().with_pack_json(&text.replace(from, to), true).unwrap();
        let covered = coverage(&other, &chosen(&other, Some(id)).unwrap());
        assert!(!covered.packs.iter().all(Coverage::covers_days), "{id}: {to}");
    }
}

#[test]
fn a_pack_differs_from_another_by_what_was_changed_only() {
    for pack in book().packs() {
        let same = diff(book(), book(), &pack.id, None).unwrap();
        assert!(same.is_ok() && same.head.is_empty() && same.rules.is_empty() && same.parameters.is_empty());
        let after = with_key(pack, "review_by", Json::from("2033-01-01"));
        let found = diff(book(), &after, &pack.id, None).unwrap();
        let keys: Vec<&str> = found.head.iter().map(|change| change.key.as_str()).collect();
        assert_eq!(keys, ["review_by"], "{}", pack.id);
        assert!(found.rules.is_empty() && found.parameters.is_empty() && found.tests.is_empty(), "{}", pack.id);
        let due = due(&after, &chosen(&after, Some(&pack.id)).unwrap(), day("2033-01-02"), 0);
        assert!(due.items.iter().any(|item| item.first_day().is_some()), "{}", pack.id);
    }
    assert!(diff(book(), book(), "no.such_pack", None).is_err());
}

#[test]
fn the_cases_of_a_list_and_of_lines_change_alike() {
    let pack = book().pack("fr.pmsmp").unwrap();
    let text = pack.document.to_canonical().replace(r#""at_most":{"param":"weekly_cap"}"#, r#""at_most":20"#);
    // The parameter is read by the text of the rule still.
    let after = book().with_pack_json(&text, true).unwrap();
    let cases: Vec<String> = pack.tests.iter().map(|test| test.case.to_canonical()).collect();
    let (list, lines) = (format!("[{}]", cases.join(",")), cases.join("\n"));
    let [list, lines] = [&list, &lines].map(|text| {
        let cases = Cases { text, on: day("2025-04-01") };
        diff(book(), &after, "fr.pmsmp", Some(cases)).unwrap().decisions.unwrap()
    });
    assert_eq!(list, lines);
    assert_eq!(list.cases, pack.tests.len());
    assert!(list.changed.iter().any(|change| change.outcome == ["accepted", "refused"]));
    assert!(list.changed.iter().all(|change| change.outcome[1] == "refused"));
}

#[test]
fn numbers_in_tests_are_spelt_alike_in_yaml_and_json() {
    let yaml = "format: 1\npack: test.n\nversion: \"2026.1\"\nsystem: BE\ntitle: {fr: a, nl: b, en: c}\nchecked_until: 2030-01-01\napplies_to: placement\nrules:\n  - id: r\n    effect: require\n    that: {field: weekly_hours, at_most: 37.5}\n    say: {fr: a, nl: b, en: c}\n    source: {law: x, article: 60, numac: 2002022559}\n    verified: {by: x, day: 2026-01-01}\ntests:\n  - {name: t, at: 2024-04-22, case: {placement: {weekly_hours: 37.5}}, expect: {outcome: accepted, ready: true}}\n  - {name: u, at: 2024-04-22, given: {weekly_hours: 37.6}, expect: {outcome: refused}}\n";
    let by_yaml = book().with_pack_yaml(yaml, false).unwrap();
    let pack = by_yaml.pack("test.n").unwrap();
    let (node, _) = document::from_json(&pack.document.to_canonical());
    let by_json = pack::load(&node.unwrap(), book().codes(), Origin::Added).unwrap();
    assert_eq!(by_json.hash, pack.hash);
    assert!(test_packs(&by_yaml, &[pack]).is_ok() && coverage(&by_yaml, &[pack]).is_ok());
}
