//! What a release may and may not show.

use super::*;
use crate::message::Lang;

/// A release of one hierarchy of areas, `ZONE` = `A` + `B`, `A` = `A1` + `A2`, `B` = `B1` + `B2`, and the sexes.
fn release(tables: &str, more: &str) -> String {
    format!(
        r#"{{"format": 1, "release": "r", "dimensions": {{
            "territory": {{"total": "ZONE", "area": true, "hierarchies": [{{"ZONE": ["A", "B"], "A": ["A1", "A2"], "B": ["B1", "B2"]}}]}},
            "sex": {{"total": "_T", "hierarchies": [{{"_T": ["F", "M"]}}]}}}}, "tables": [{tables}]{more}}}"#
    )
}

fn by_area(values: &[(&str, i64)]) -> String {
    let cells: Vec<String> =
        values.iter().map(|(code, value)| format!(r#"{{"at": ["{code}"], "value": {value}}}"#)).collect();
    format!(
        r#"{{"table": "t", "variable": "v", "kind": "count", "dimensions": ["territory"], "cells": [{}]}}"#,
        cells.join(",")
    )
}

fn protected(text: &str) -> Protection<'static> {
    let protection = protect_text(Rulebook::embedded(), text);
    let value = protect_value(Rulebook::embedded(), &Value::from(&Json::parse(text).unwrap()));
    assert_eq!(value.record_json(), protection.record_json());
    assert_eq!(value.published_json(), protection.published_json());
    protection
}

/// The codes of the hidden cells.
fn hidden(protection: &Protection<'_>) -> Vec<String> {
    let codes = |at: usize| match &protection.model.stands[at] {
        Stands::Cell(key) => key.at.values().cloned().collect::<Vec<_>>().join("."),
        other => format!("{other:?}"),
    };
    protection.hidden().into_iter().map(codes).collect()
}

fn failures(protection: &Protection<'_>) -> Vec<String> {
    let json = protection.record_json();
    let list = json.get("failures").unwrap().as_list().unwrap().to_vec();
    list.iter().map(|one| one.get("code").unwrap().as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_small_cell_takes_a_second_one_with_it() {
    let all = [("ZONE", 100), ("A", 43), ("A1", 3), ("A2", 40), ("B", 57), ("B1", 50), ("B2", 7)];
    let protection = protected(&release(&by_area(&all), ""));
    assert!(protection.passed());
    assert_eq!(hidden(&protection), ["A1", "A2"]);
    assert_eq!(protection.lower_bound, 2);
    let interval = protection.audit.intervals[&2];
    assert_eq!((interval.low, interval.high, interval.exact), (0, Some(43), true));
}

#[test]
fn the_published_form_says_nothing_but_that_a_cell_is_confidential() {
    let all = [("ZONE", 100), ("A", 43), ("A1", 3), ("A2", 40), ("B", 57), ("B1", 50), ("B2", 7)];
    let json = protected(&release(&by_area(&all), "")).published_json();
    let cell =
        json.get("tables").unwrap().as_list().unwrap()[0].get("cells").unwrap().as_list().unwrap()[2].to_canonical();
    assert_eq!(cell, r#"{"at":["A1"],"conf_status":"C"}"#);
    for word in ["min_units", "reasons", "range", "sensitive", "complementary"] {
        assert!(!json.to_canonical().contains(word), "{word}");
    }
}

#[test]
fn nothing_is_hidden_where_nothing_is_small() {
    let all = [("ZONE", 100), ("A", 43), ("A1", 5), ("A2", 38), ("B", 57), ("B1", 57), ("B2", 0)];
    let protection = protected(&release(&by_area(&all), ""));
    assert!(protection.passed() && protection.hidden().is_empty());
}

#[test]
fn a_part_that_no_table_lists_follows_by_subtraction() {
    // B2 is 3 and listed nowhere: with B and B1 it is known to everybody.
    let protection = protected(&release(&by_area(&[("B", 53), ("B1", 50)]), ""));
    assert!(protection.passed());
    assert_eq!(hidden(&protection), ["B1"]);
    let protection = protected(&release(&by_area(&[("B", 60), ("B1", 50)]), ""));
    assert!(protection.passed() && protection.hidden().is_empty());
}

#[test]
fn cells_that_do_not_add_up_are_told() {
    let protection = protected(&release(&by_area(&[("A", 44), ("A1", 3), ("A2", 40)]), ""));
    assert_eq!(protection.problems.len(), 1);
    assert_eq!(
        (protection.problems[0].code.as_str(), protection.problems[0].pointer.as_str()),
        ("disclosure.not_additive", "/tables/0/cells/0")
    );
    assert!(protection.published_json().get("tables").is_none());
}

#[test]
fn what_is_all_of_its_margin_is_protected() {
    let cells =
        r#"{"at": ["A1", "_T"], "value": 20}, {"at": ["A1", "F"], "value": 20}, {"at": ["A1", "M"], "value": 0}"#;
    let table = format!(
        r#"{{"table": "t", "variable": "v", "kind": "count", "dimensions": ["territory", "sex"], "cells": [{cells}]}}"#
    );
    let protection = protected(&release(&table, ""));
    assert!(protection.passed());
    assert_eq!(hidden(&protection), ["F.A1", "M.A1"]);
    let reasons = protection.record_json().to_canonical();
    assert!(reasons.contains(r#""reasons":[{"dimension":"sex","rule":"attribute"}]"#), "{reasons}");
    // All of an area's people in one of its communes says nothing about what they are.
    let protection = protected(&release(&by_area(&[("A", 20), ("A1", 20), ("A2", 0)]), ""));
    assert!(protection.hidden().is_empty());
}

#[test]
fn an_area_inside_another_one_gives_the_difference_away() {
    let text = |metropole: i64| {
        format!(
            r#"{{"format": 1, "release": "r", "dimensions": {{"territory": {{"area": true, "hierarchies": [
                {{"ARR": ["C1", "C2", "C3"]}}, {{"MEL": ["C1", "C2"]}}]}}}},
            "tables": [{{"table": "t", "variable": "v", "kind": "count", "dimensions": ["territory"], "cells": [
                {{"at": ["ARR"], "value": 100}}, {{"at": ["MEL"], "value": {metropole}}}]}}]}}"#
        )
    };
    let protection = protected(&text(97));
    assert!(protection.passed(), "{}", protection.record_json().to_canonical());
    assert_eq!(hidden(&protection), ["MEL"]);
    assert!(protected(&text(90)).hidden().is_empty());
}

#[test]
fn what_was_published_before_cannot_be_hidden() {
    let earlier = by_area(&[("A1", 3)]);
    let more = format!(r#", "earlier": [{{"release": "q", "tables": [{earlier}]}}]"#);
    let all = [("A", 43), ("A1", 3), ("A2", 40)];
    let protection = protected(&release(&by_area(&all), &more));
    assert_eq!(failures(&protection), ["disclosure.already_published"]);
    assert!(protection.published_json().get("tables").is_none());
}

#[test]
fn what_another_release_showed_is_its_own_matter() {
    let more = format!(r#", "earlier": [{{"release": "q", "tables": [{}]}}]"#, by_area(&[("B1", 2)]));
    assert!(protected(&release(&by_area(&[("A", 43), ("A1", 13), ("A2", 30)]), &more)).passed());
}

#[test]
fn an_earlier_release_can_give_a_cell_away() {
    // Then A2 was published, and A1 was hidden with its total; now the total would be.
    let earlier = r#"{"table": "t", "variable": "v", "kind": "count", "dimensions": ["territory"], "cells": [{"at": ["A2"], "value": 40}]}"#;
    let more = format!(r#", "earlier": [{{"release": "q", "tables": [{earlier}]}}]"#);
    let protection = protected(&release(&by_area(&[("A", 43), ("A1", 3)]), &more));
    assert!(protection.passed());
    assert_eq!(hidden(&protection), ["A", "A1"]);
}

#[test]
fn a_rate_gives_its_count_away_as_far_as_its_rounding_lets_it() {
    let table = |denominator: i64| {
        format!(
            r#"{{"table": "t", "variable": "v", "kind": "rate", "decimals": 1, "dimensions": ["territory"],
                "cells": [{{"at": ["A1"], "value": 3, "denominator": {denominator}}}]}}"#
        )
    };
    assert_eq!(hidden(&protected(&release(&table(1_000), ""))), ["A1"]);
    // 0.0 % of 50 000 is between 0 and 24.
    let protection = protected(&release(&table(50_000), ""));
    assert!(protection.passed() && protection.hidden().is_empty());
    assert_eq!(protection.audit.intervals[&0].high, Some(24));
}

#[test]
fn linked_tables_share_their_cells() {
    let by_sex = r#"{"table": "s", "variable": "v", "kind": "count", "dimensions": ["sex"],
        "cells": [{"at": ["_T"], "value": 100}, {"at": ["F"], "value": 3}, {"at": ["M"], "value": 97}]}"#;
    let tables = format!("{by_sex}, {}", by_area(&[("ZONE", 100), ("A", 43), ("B", 57)]));
    let protection = protected(&release(&tables, ""));
    assert!(protection.passed());
    assert_eq!(hidden(&protection), ["F", "M"]);
    let wrong = tables.replace(r#"["ZONE"], "value": 100"#, r#"["ZONE"], "value": 101"#);
    assert_eq!(protected(&release(&wrong, "")).problems[0].code, "disclosure.same_cell");
}

#[test]
fn a_component_beyond_the_limit_fails_the_release() {
    let all = [("ZONE", 100), ("A", 43), ("A1", 3), ("A2", 40), ("B", 57), ("B1", 50), ("B2", 7)];
    let protection = protected(&release(&by_area(&all), r#", "audit_cells": 1"#));
    assert_eq!(failures(&protection), ["disclosure.too_large"]);
    assert!(!protection.passed());
}

#[test]
fn every_code_has_its_texts_and_every_text_its_code() {
    let sources =
        [include_str!("read.rs"), include_str!("build.rs"), include_str!("output.rs"), include_str!("mod.rs")];
    let words = sources.into_iter().flat_map(|source| source.split('"'));
    let is_code = |word: &&str| {
        word.strip_prefix("disclosure.").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    };
    let codes: std::collections::BTreeSet<&str> = words.filter(is_code).collect();
    let messages = Rulebook::embedded().messages();
    let texts: std::collections::BTreeSet<&str> = messages.ids().filter(|id| id.starts_with("disclosure.")).collect();
    let texts =
        texts.into_iter().map(|id| id.strip_suffix(".one").or(id.strip_suffix(".other")).unwrap_or(id)).collect();
    assert_eq!(codes, texts);
}

#[test]
fn a_report_tells_it_in_a_language() {
    let all = [("A", 43), ("A1", 3), ("A2", 40)];
    let protection = protected(&release(&by_area(&all), ""));
    assert_eq!(protection.to_text(Lang::En), "May be published: 2 of 3 cells are suppressed.");
    let broken = protect_text(Rulebook::embedded(), "{");
    assert!(broken.to_text(Lang::Nl).starts_with("Niet publiceren."));
}

#[test]
fn limits_are_told() {
    let code = |text: &str| protect_text(Rulebook::embedded(), text).problems[0].code.clone();
    let cell = r#"{"at": ["A1"], "value": 9}"#;
    let many = vec![cell; limits::CELLS + 1].join(",");
    let table = format!(
        r#"{{"table": "t", "variable": "v", "kind": "count", "dimensions": ["territory"], "cells": [{many}]}}"#
    );
    let protection = protect_text(Rulebook::embedded(), &release(&table, ""));
    assert!(protection.problems.len() <= limits::PROBLEMS);
    let sums: Vec<String> = (0..=limits::DIMENSION_SUMS).map(|at| format!(r#""S{at}": ["L{at}"]"#)).collect();
    let dimension = format!(r#"{{"d": {{"hierarchies": [{{{}}}]}}}}"#, sums.join(","));
    assert_eq!(
        code(&format!(r#"{{"format": 1, "release": "r", "dimensions": {dimension}, "tables": []}}"#)),
        "disclosure.limit"
    );
    let tables = vec!["{}"; limits::LIST + 1].join(",");
    assert_eq!(code(&release(&tables, "")), "disclosure.limit");
}
