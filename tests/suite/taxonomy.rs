//! The taxonomy: that of the package holds together, each way of breaking it is found by its code, and what is published of it is in all languages.

use sam_eurometropole::Rulebook;
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::{Lang, placeholders};
use sam_eurometropole::rulebook::AddError;
use sam_eurometropole::taxonomy::comparable::compare;
use sam_eurometropole::taxonomy::{Grade, RelationKind, Sides, Taxonomy};
use sam_eurometropole::territory::System;
use std::collections::BTreeSet;

/// The embedded documents: `taxonomy`, `definitions` and `codes`, as one.
fn documents() -> Json {
    let json = |text: &str| Json::parse(text).unwrap();
    Json::object([
        ("taxonomy", json(include_str!("../../core/src/embedded/taxonomy.json"))),
        ("definitions", json(include_str!("../../core/src/embedded/definitions.json"))),
        ("codes", json(include_str!("../../core/src/embedded/codes.json"))),
    ])
}

/// What a path leads to: names of members, places in lists, or the code, list or id of an entry.
fn at<'j>(json: &'j mut Json, path: &str) -> &'j mut Json {
    path.split('/').fold(json, |json, step| match json {
        Json::Object(members) => &mut members.iter_mut().find(|(name, _)| name == step).unwrap().1,
        Json::List(items) => {
            let is_it = |item: &Json| {
                let first = item.as_list().and_then(|row| row.first()).and_then(Json::as_str);
                let named = ["code", "list", "id"].into_iter().find_map(|key| item.get(key)?.as_str());
                first.or(named) == Some(step)
            };
            let place = items.iter().position(is_it).unwrap_or_else(|| step.parse().unwrap());
            items.get_mut(place).unwrap()
        }
        other => other,
    })
}

/// Codes of the problems after a change.
fn found(change: impl Fn(&mut Json)) -> Vec<String> {
    let mut documents = documents();
    change(&mut documents);
    let codes = CodeLists::from_json(documents.get("codes").unwrap()).unwrap();
    let taxonomy = Taxonomy::from_embedded(documents.get("taxonomy").unwrap(), &codes).unwrap();
    let taxonomy = taxonomy.in_full(documents.get("definitions").unwrap()).unwrap();
    taxonomy.integrity(&codes).into_iter().map(|problem| problem.code).collect()
}

fn set(path: &'static str, value: Json) -> Vec<String> {
    found(|json| *at(json, path) = value.clone())
}

fn without(path: &'static str, name: &'static str) -> Vec<String> {
    found(|json| {
        if let Json::Object(members) = at(json, path) {
            members.retain(|(known, _)| known != name);
        }
    })
}

fn text(text: &str) -> Json {
    Json::from(text)
}

#[test]
fn the_taxonomy_of_the_package_holds_together() {
    assert_eq!(found(|_| {}), [""; 0]);
    assert_eq!(Rulebook::embedded().integrity(), []);
}

#[test]
fn each_way_of_breaking_it_is_found() {
    let none = || Json::List(vec![Json::Null, Json::Null, Json::Null]);
    let twice = found(|json| {
        let Json::List(rows) = at(json, "taxonomy/indicators") else { panic!("a list") };
        let first = rows.first().unwrap().clone();
        rows.insert(0, first);
    });
    let long = "x".repeat(120);
    let label = "codes/indicator/codes/ACC01/label/en";
    let cases: [(&str, Vec<String>); 19] = [
        ("duplicate_code", twice),
        ("duplicate_name", set(label, text("Households without internet"))),
        ("long_name", set(label, text(&long))),
        ("spaces", set(label, text("Basic  digital skills"))),
        ("unreachable", set("taxonomy/indicators/CHI01/5", none())),
        ("unknown_code", set("taxonomy/indicators/ACC01/10", text("A7"))),
        ("range", set("taxonomy/indicators/ACC01/4", Json::Int(-1))),
        ("range_of_unit", set("taxonomy/indicators/ACC01/4", Json::Int(500))),
        ("breakdown", set("taxonomy/indicators/ACC01/6/0", text("shoe_size"))),
        ("orphan_definition", set("definitions/definitions/ACC01/code", text("ACC99"))),
        ("missing_text", set("definitions/definitions/ACC01/definition/nl", text(""))),
        ("missing_caveat", without("definitions/definitions/POV01", "caveat")),
        ("breakdown", without("definitions/definitions/ACC02", "category")),
        ("series_provider", set("definitions/definitions/POV01/series/FR/provider", text("nobody"))),
        ("series_without_level", found(|json| *at(json, "taxonomy/indicators/POV01/5/0") = Json::Null)),
        ("relation", set("definitions/relations/R06/indicators/0", text("DEM99"))),
        ("relation_form", set("definitions/relations/R06/kind", text("with_rest"))),
        ("relation_form", set("definitions/relations/R13/breakdown", text("sex"))),
        ("break_series", set("definitions/breaks/BRK01/series/0", text("EMP99"))),
    ];
    for (code, found) in &cases {
        assert!(found.contains(&format!("taxonomy.{code}")), "{code}: {found:?}");
    }
    // What was broken at one place is found at that place alone.
    let alone = ["long_name", "spaces", "range", "range_of_unit", "missing_caveat", "series_provider", "break_series"];
    for (code, found) in cases.iter().filter(|(code, _)| alone.contains(code)) {
        assert_eq!(found.len(), 1, "{code}: {found:?}");
    }
}

#[test]
fn every_code_of_a_problem_has_texts() {
    let sources = [
        include_str!("../../core/src/taxonomy/own.rs"),
        include_str!("../../core/src/taxonomy/comparable.rs"),
        include_str!("../../core/src/taxonomy/integrity.rs"),
    ];
    let words = sources.into_iter().flat_map(|source| source.split('"'));
    let whole = |word: &&str| ["indicators.", "comparable.", "misuse."].iter().any(|start| word.starts_with(start));
    let messages = Rulebook::embedded().messages();
    let mut count = 0;
    for code in words.clone().filter(whole) {
        count += 1;
        assert!(messages.has(code), "{code}");
    }
    let of_integrity = messages.ids().filter(|id| id.starts_with("taxonomy."));
    for id in of_integrity {
        count += 1;
        let word = id.trim_start_matches("taxonomy.");
        assert!(words.clone().any(|known| known == word), "{id}");
    }
    assert!(count > 45, "{count}");
    for id in messages.ids().filter(|id| whole(id) || id.starts_with("taxonomy.")) {
        let [fr, nl, en] = Lang::ALL.map(|lang| placeholders(messages.get(id, lang)).collect::<BTreeSet<_>>());
        assert!(fr == nl && nl == en, "{id}");
    }
}

#[test]
fn every_indicator_is_explained() {
    let taxonomy = Rulebook::embedded().taxonomy();
    assert_eq!((taxonomy.version(), taxonomy.themes().len()), ("2026.1", 13));
    for indicator in taxonomy.indicators().iter() {
        for lang in Lang::ALL {
            let definition = indicator.definition(lang).unwrap_or_default();
            assert!(definition.ends_with('.'), "{} {lang:?}", indicator.code());
            assert!(indicator.grade() != Grade::B || indicator.caveat(lang).is_some(), "{}", indicator.code());
        }
    }
    assert_eq!(taxonomy.breaks().len(), 9);
    let kinds: BTreeSet<&str> = taxonomy.relations().iter().map(|relation| relation.kind().as_str()).collect();
    assert_eq!(kinds.len(), RelationKind::ALL.len());
    assert_eq!(taxonomy.relations().last().and_then(|relation| relation.limit("EDU06")), Some(1.2));
    assert_eq!(taxonomy.programme().len(), 19 + 6 + 13 + 7);
    assert!(taxonomy.programme().iter().all(|known| known.name(Lang::En).is_some() && known.name(Lang::Fr).is_none()));
}

#[test]
fn two_sides_are_compared_alike_in_both_orders() {
    let book = Rulebook::embedded();
    let figure = |code: &str, side: System| Json::object([("indicator", text(code)), ("side", text(side.as_str()))]);
    for indicator in book.taxonomy().indicators().iter() {
        for a in Sides::<()>::ALL {
            for b in Sides::<()>::ALL {
                let code = |a, b| {
                    let found = compare(book, &figure(indicator.code(), a), &figure(indicator.code(), b)).unwrap();
                    let told = Lang::ALL.map(|lang| found.to_text(lang));
                    assert!(told.iter().all(|text| !text.contains('…') && !text.contains('{')), "{told:?}");
                    found.reason().map(|reason| reason.code())
                };
                assert_eq!(code(a, b), code(b, a), "{}", indicator.code());
                assert!(a == b || indicator.grade() != Grade::C || code(a, b).is_some(), "{}", indicator.code());
            }
        }
    }
}

const OWN: &str = "format: 1\npartner: ocmw_kortrijk\nsource: Decision of our board\nindicators:\n  - code: ocmw_kortrijk_water\n    \
    theme: DEB\n    tier: 2\n    unit: P_THAB\n    min: 0\n    max: 37.5\n    lowest: {BE-VLG: LOC}\n    breakdowns: []\n    grade: N\n    \
    aggregation: none\n    direction: context\n    frequency: A\n    evidence: own\n    name: {fr: a, nl: b, en: c}\n    \
    definition: {fr: d, nl: e, en: f}\n    anchor: {dataset: 12, seen: false}\n";

#[test]
fn yaml_and_json_spell_the_same_indicators() {
    let book = Rulebook::embedded();
    let by_yaml = book.with_indicators_yaml(OWN, false).unwrap();
    let document = by_yaml.own_indicators("ocmw_kortrijk").unwrap().to_canonical();
    let by_json = book.with_indicators_json(&document, false).unwrap();
    assert_eq!(by_yaml.hash(), by_json.hash());
    assert_eq!(by_yaml.taxonomy(), by_json.taxonomy());
    assert_ne!(by_yaml.hash(), book.hash());
    let own = by_json.taxonomy().indicator("ocmw_kortrijk_water").unwrap();
    assert_eq!((own.range(), own.partner(), own.per()), ((0.0, Some(37.5)), Some("ocmw_kortrijk"), Some(1000.0)));
    assert!(by_json.codes().get("indicator").unwrap().find("ocmw_kortrijk_water").is_some());
    assert_eq!(by_json.taxonomy().indicators().iter().len(), 155);
    let made_by = by_json.made_by(&[]);
    let added = made_by.get("indicators").and_then(Json::as_list).unwrap();
    assert_eq!(added.first().and_then(|one| one.get("id")), Some(&text("ocmw_kortrijk")));
}

#[test]
fn what_takes_the_place_of_indicators_leaves_no_trace_of_them() {
    let book = Rulebook::embedded();
    let first = book.with_indicators_yaml(OWN, false).unwrap();
    let more = OWN.replace("source: Decision", "source: Another decision");
    assert!(matches!(first.with_indicators_yaml(&more, false), Err(AddError::Taken(id)) if id == "ocmw_kortrijk"));
    let second = first.with_indicators_yaml(&more, true).unwrap();
    assert_eq!(second.taxonomy(), first.taxonomy());
    assert_eq!(second.codes(), first.codes());
    // The order of keys is no change of a definition.
    let sorted = first.own_indicators("ocmw_kortrijk").unwrap().to_canonical();
    assert_eq!(first.with_indicators_json(&sorted, true).unwrap().hash(), first.hash());
    let other = OWN.replace("ocmw_kortrijk", "ocmw_menen");
    let Err(AddError::Problems(problems)) = first.with_indicators_yaml(&other, false) else { panic!("one name twice") };
    assert!(problems.iter().all(|problem| problem.code == "taxonomy.duplicate_name" && problem.at.is_some()));
    assert_eq!(problems.len(), 3);
}
