//! Timelines and earliest starts decide few days: those on which a rule may say something else.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail loudly")]

use sam_eurometropole::date::Date;
use sam_eurometropole::time::{earliest_start, timeline};
use sam_eurometropole::{Rulebook, decide_text};

/// Five years.
const FIRST: &str = "2022-01-01";
const LAST: &str = "2026-12-31";

/// What common rules read: ages, days and months between, order of days, dated values, windows, elements of lists, each day.
const PACK: &str = r#"{
  "format": 1, "pack": "test.common", "version": "2026.1", "system": "project", "applies_to": "placement",
  "title": {"fr": "t", "nl": "t", "en": "t"}, "checked_until": "2025-12-31",
  "parameters": {
    "least": {"unit": "years", "values": [
      {"from": "2000-01-01", "to": "2023-12-31", "value": 16, "source": {"law": "t"}, "verified": false},
      {"from": "2024-01-01", "value": 18, "source": {"law": "t"}, "verified": false}]}
  },
  "rules": [RULES]
}"#;

const TESTS: [(&str, &str); 11] = [
    ("decision", r#"{"age": {"birth": "participant.birth_date", "at": "decision"}, "at_least": {"param": "least"}}"#),
    ("start", r#"{"age": {"birth": "participant.birth_date", "at": "start"}, "at_least": {"param": "least"}}"#),
    ("start", r#"{"days": {"from": "start", "to": "end", "both_ends": true}, "at_most": 30}"#),
    ("decision", r#"{"days": {"from": "decision", "to": "start", "both_ends": false}, "at_least": 8}"#),
    (
        "decision",
        r#"{"months": {"from": "submitted", "to": "decision", "both_ends": false, "reading": "completed"}, "at_most": 12}"#,
    ),
    ("signed", r#"{"date": "submitted", "before": {"shift": "start", "days": -14}}"#),
    ("decision", r#"{"date": {"end_of": "quarter", "day": "submitted"}, "on_or_after": "decision"}"#),
    ("start", r#"{"date": "start", "on_or_after": {"shift": {"start_of": "month", "day": "submitted"}, "months": 1}}"#),
    (
        "start",
        r#"{"window": {"of": "participant.earlier_placements", "from": ".start", "to": ".end",
            "with": {"from": "start", "to": "end"}, "months": 12}, "at_most": 60}"#,
    ),
    (
        "decision",
        r#"{"count": {"of": "participant.right_to_work", "where": {"date": ".until", "on_or_after": "decision"}}, "at_least": 1}"#,
    ),
    (
        "each_day",
        r#"{"some": {"of": "participant.right_to_work", "that": {"date": ".until", "on_or_after": "anchor"}}}"#,
    ),
];

const CASE: &str = r#"{
  "participant": {
    "birth_date": "2006-02-28",
    "right_to_work": [{"country": "FR", "until": "2023-06-30"}, {"country": "BE", "until": "2025-03-31"}],
    "earlier_placements": [{"start": "2023-01-09", "end": "2023-02-17"}, {"start": "2024-09-02", "end": "2024-09-13"}]
  },
  "placement": {"scheme": "fr_pmsmp", "submitted": "2023-03-01", "start": "2024-05-02", "end": "2024-05-31",
    "agreement": {"last_signature": "2024-04-20"}}
}"#;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn common() -> Rulebook {
    let rule = |(index, (as_of, that)): (usize, &(&str, &str))| {
        format!(
            r#"{{"id": "r{index}", "effect": "require", "as_of": "{as_of}", "that": {that},
                "say": {{"fr": "t", "nl": "t", "en": "t"}}, "source": {{"law": "t"}}, "verified": false}}"#
        )
    };
    let rules: Vec<String> = TESTS.iter().enumerate().map(rule).collect();
    let pack = PACK.replace("RULES", &rules.join(","));
    Rulebook::embedded().only_checks().with_pack_json(&pack, false).unwrap()
}

#[test]
fn few_of_many_days_are_decided() {
    let (first, last) = (day(FIRST), day(LAST));
    for (name, book, most) in [("common operators", &common(), 20), ("packs of the package", Rulebook::embedded(), 120)]
    {
        let moved = timeline::days(book, CASE, first, last).unwrap().len();
        let started = earliest_start::days(book, CASE, day("2024-04-22"), first, last).unwrap().len();
        let all = first.days_to(last) + 1;
        let few = moved <= most && started <= most;
        assert!(few, "{name}: of {all} days a timeline decides {moved}, an earliest start {started}");
    }
}

#[test]
fn the_days_between_change_nothing() {
    let (book, mut at) = (common(), day(FIRST));
    let line = sam_eurometropole::timeline(&book, CASE, at, day(LAST)).unwrap();
    for interval in &line.intervals {
        assert_eq!(interval.from, at);
        while at < interval.until {
            assert_eq!(decide_text(&book, CASE, at).outcome, interval.outcome, "{at}");
            at = at.plus_days(1).unwrap();
        }
    }
}
