//! The laws of what would change a decision: each offered set does it, none can be smaller, and none was overlooked.
//!
//! The first two run on generated packs and cases, and are shown to notice a broken engine. The last compares with trying everything, over
//! a few fields with few values.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests fail loudly")]

use sam_conformance::edit::answered;
use sam_conformance::generate::packs::{Drawer, ON};
use sam_conformance::rng::Rng;
use sam_eurometropole::breakage::{Breakage, set};
use sam_eurometropole::change::{ChangeSet, Changes, what_would_change};
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::{Decision, Outcome, Status, decide_text};
use sam_eurometropole::finding::Severity;
use sam_eurometropole::json::Json;
use sam_eurometropole::{Rulebook, limits};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static TURN: Mutex<()> = Mutex::new(());

fn on() -> Date {
    Date::parse(ON).unwrap()
}

/// The case with a set of changes, as JSON.
fn changed(case: &Json, changes: &Changes<'_>, index: usize) -> Json {
    let told = changes.to_json(true);
    let set = &told.get("sets").and_then(Json::as_list).unwrap()[index];
    let changes = set.get("changes").and_then(Json::as_list).unwrap();
    changes.iter().fold(case.clone(), |case, change| {
        answered(&case, change.get("field").and_then(Json::as_str).unwrap(), change.get("value").unwrap().clone())
    })
}

/// Errors of a decision's data, by code and paths.
fn errors(decision: &Decision<'_>) -> BTreeSet<String> {
    let errors = decision.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|error| format!("{:?}", (error.code.as_str(), &error.paths))).collect()
}

fn reaches(before: &Decision<'_>, after: &Decision<'_>) -> bool {
    let mended = |status| matches!(status, Status::Satisfied | Status::Excepted | Status::NotApplicable);
    let conditions = |decision: &Decision<'_>| -> BTreeSet<String> {
        let others = decision.rules.iter().filter(|result| !result.is_condition()).map(|result| &result.rule.id);
        let others: BTreeSet<&String> = others.collect();
        let gaps = decision.gaps.iter().filter(|(id, _)| !others.contains(id));
        gaps.map(|gap| format!("{gap:?}")).collect()
    };
    let rules = before.rules.iter().zip(&after.rules);
    after.outcome != Outcome::NotCovered
        && rules.clone().all(|(before, after)| before.counts().is_none() || mended(after.judged.status))
        && rules.clone().all(|(_, after)| after.counts().is_none())
        && conditions(after).is_subset(&conditions(before))
        && errors(after).is_subset(&errors(before))
}

fn fields(set: &ChangeSet) -> BTreeSet<String> {
    set.changes.iter().map(|change| change.field.path()).collect()
}

/// Runs a law on the sound engine, then on a broken one that it must notice. So many sets at least must be seen.
fn law(count: usize, sets: usize, breakage: Breakage, law: impl Fn(&Changes<'_>, &Json) -> Result<(), String>) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let run = || {
        let mut drawer = Drawer::new(77);
        let empty = Rulebook::embedded().only_checks();
        let mut seen = 0;
        for _ in 0..count {
            let pair = drawer.pair();
            let mut book = empty.clone();
            for pack in &pair.packs {
                book = book.with_pack_json(&pack.to_canonical(), true).unwrap();
            }
            let changes = what_would_change(&book, &pair.case.to_canonical(), on());
            seen += changes.sets.len();
            law(&changes, &pair.case)?;
        }
        Ok::<usize, String>(seen)
    };
    let sound = run();
    set(breakage);
    let broken = run();
    set(Breakage::None);
    let seen = sound.unwrap_or_else(|why| panic!("{why}"));
    assert!(seen >= sets, "{seen} sets");
    assert!(broken.is_err(), "the law does not notice {breakage:?}");
}

#[test]
fn every_offered_set_leaves_no_condition_failed() {
    law(1_500, 150, Breakage::ChangesByFailedRules, |changes, case| {
        let before = decide_text(changes.book, &case.to_canonical(), changes.on);
        let failed: Vec<&String> =
            before.rules.iter().filter(|rule| rule.counts().is_some()).map(|rule| &rule.rule.id).collect();
        if changes.failed.iter().collect::<Vec<_>>() != failed {
            return Err(format!("{:?}, not {failed:?}", changes.failed));
        }
        for (index, set) in changes.sets.iter().enumerate() {
            let case = changed(case, changes, index).to_canonical();
            let after = decide_text(changes.book, &case, changes.on);
            if !reaches(&before, &after) || (after.outcome, after.firmness) != (set.outcome, set.firmness) {
                return Err(format!("{set:?}\n{case}"));
            }
            if after.missing_outcome.iter().map(|missing| &missing.field).ne(&set.missing) {
                return Err(format!("{:?} are missing, not {:?}", after.missing_outcome, set.missing));
            }
        }
        Ok(())
    });
}

#[test]
fn no_offered_set_has_an_offered_subset() {
    law(1_500, 150, Breakage::ChangesNotMinimal, |changes, _| {
        let sets: Vec<BTreeSet<String>> = changes.sets.iter().map(fields).collect();
        for (index, set) in sets.iter().enumerate() {
            if sets.iter().enumerate().any(|(other, part)| other != index && part.is_subset(set)) {
                return Err(format!("{sets:?}"));
            }
        }
        let sizes = changes.sets.iter().map(|set| set.changes.len());
        let arranged = |set: &ChangeSet| {
            set.changes.iter().all(|change| change.field.column().is_some_and(|column| column.field.marks.adjustable))
        };
        let within = changes.evaluations <= limits::EVALUATIONS && sizes.clone().all(|size| size <= limits::CHANGES);
        if sizes.is_sorted() && within && changes.sets.iter().all(arranged) { Ok(()) } else { Err(format!("{sets:?}")) }
    });
}

/// Fields with few values, in catalogue order.
const FEW: &[(&str, &[&str])] = &[
    ("object", &["discover", "confirm", "recruit"]),
    ("agreement.signed_by.host", &["true", "false"]),
    ("agreement.signed_by.prescriber", &["true", "false"]),
    ("in_contract", &["true", "false"]),
    ("tutor_named", &["true", "false"]),
    ("replaces_staff", &["true", "false"]),
    ("mobility_plan", &["true", "false"]),
];

fn literal(text: &str) -> Json {
    match text {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        other => Json::from(other),
    }
}

fn object(members: &[(&str, Json)]) -> Json {
    Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn test(rng: &mut Rng, depth: usize) -> Json {
    let (path, values) = FEW[rng.below(FEW.len())];
    let is = object(&[("field", Json::from(path)), ("is", literal(values[rng.below(values.len())]))]);
    let several = |rng: &mut Rng| (0..2 + rng.below(2)).map(|_| test(rng, depth + 1)).collect::<Json>();
    match rng.below(if depth < 3 { 6 } else { 2 }) {
        0 => is,
        1 => object(&[("known", Json::from(path))]),
        2 => object(&[("not", is)]),
        3 => object(&[("any", several(rng))]),
        _ => object(&[("all", several(rng))]),
    }
}

fn pack(rng: &mut Rng) -> Json {
    let texts = object(&[("fr", Json::from("t")), ("nl", Json::from("t")), ("en", Json::from("t"))]);
    let rules = (0..1 + rng.below(3)).map(|index| {
        let mut members = vec![
            ("id", Json::from(format!("r{index}"))),
            ("effect", Json::from("require")),
            ("that", test(rng, 0)),
            ("say", texts.clone()),
            ("source", object(&[("law", Json::from("test"))])),
            ("verified", Json::Bool(false)),
        ];
        if rng.percent(30) {
            members.push(("when", test(rng, 2)));
        }
        object(&members)
    });
    let rules = rules.collect::<Json>();
    object(&[
        ("format", Json::Int(1)),
        ("pack", Json::from("test.few")),
        ("version", Json::from("2026.1")),
        ("system", Json::from("project")),
        ("title", texts),
        ("checked_until", Json::from("2030-01-01")),
        ("applies_to", Json::from("placement")),
        ("rules", rules),
    ])
}

/// A case, and which of its fields may be changed: none that was declined.
fn few_case(rng: &mut Rng) -> Json {
    let mut case = object(&[("placement", object(&[]))]);
    for (path, values) in FEW {
        let (around, name) = path.rsplit_once('.').map_or((String::new(), *path), |(a, n)| (format!("{a}."), n));
        let path = format!("placement.{path}");
        let reason = format!("placement.{around}absent.{name}");
        match rng.below(10) {
            0..=6 => case = answered(&case, &path, literal(values[rng.below(values.len())])),
            7 => case = answered(&case, &reason, Json::from("not_known")),
            8 => case = answered(&case, &reason, Json::from("declined")),
            _ => {}
        }
    }
    case
}

/// What a field of a case holds: a value or a stated reason.
fn held(case: &Json, path: &str) -> Option<Json> {
    let at = |path: &str| path.split('.').try_fold(case, |json, step| json.get(step)).cloned();
    let (around, name) = path.rsplit_once('.').unwrap();
    at(path).or_else(|| at(&format!("{around}.absent.{name}")))
}

/// Every minimal set of fields that does it, by trying everything.
fn everything(book: &Rulebook, case: &Json, read: &BTreeSet<String>) -> Vec<BTreeSet<String>> {
    let before = decide_text(book, &case.to_canonical(), on());
    let free = |(path, _): &&(&str, &[&str])| {
        let path = format!("placement.{path}");
        read.contains(&path) && held(case, &path) != Some(Json::from("declined"))
    };
    let fields: Vec<(&str, &[&str])> = FEW.iter().filter(free).copied().collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for size in 1..=limits::CHANGES {
        let masks = 1_u32..1 << fields.len();
        for mask in masks.filter(|mask| mask.count_ones() as usize == size) {
            let chosen: Vec<_> = fields.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0).collect();
            let names: BTreeSet<String> = chosen.iter().map(|(_, (path, _))| format!("placement.{path}")).collect();
            if found.iter().any(|part| part.is_subset(&names)) {
                continue;
            }
            let mut cases = vec![case.clone()];
            for (_, (path, values)) in chosen {
                let path = format!("placement.{path}");
                let now = held(case, &path);
                let others: Vec<Json> = values.iter().map(|v| literal(v)).filter(|v| Some(v) != now.as_ref()).collect();
                cases = cases.iter().flat_map(|c| others.iter().map(|v| answered(c, &path, v.clone()))).collect();
            }
            if cases.iter().any(|case| reaches(&before, &decide_text(book, &case.to_canonical(), on()))) {
                found.push(names);
            }
        }
    }
    found
}

/// The fields that the failed rules of the pack read.
fn read_by_failed(pack: &Json, failed: &[String]) -> BTreeSet<String> {
    let rules = pack.get("rules").and_then(Json::as_list).unwrap().iter();
    let failed = rules.filter(|rule| {
        let id = rule.get("id").and_then(Json::as_str).unwrap();
        failed.iter().any(|rule| *rule == format!("test.few.{id}"))
    });
    let texts: String = failed.map(Json::to_canonical).collect();
    let read = FEW.iter().filter(|(path, _)| texts.contains(&format!("\"{path}\"")));
    read.map(|(path, _)| format!("placement.{path}")).collect()
}

#[test]
fn nothing_is_overlooked() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut rng = Rng::new(5);
    let empty = Rulebook::embedded().only_checks();
    let mut sizes = [0_usize; 4];
    for _ in 0..600 {
        let (pack, case) = (pack(&mut rng), few_case(&mut rng));
        let Ok(book) = empty.with_pack_json(&pack.to_canonical(), true) else { continue };
        let changes = what_would_change(&book, &case.to_canonical(), on());
        if changes.failed.is_empty() {
            assert!(changes.sets.is_empty());
            continue;
        }
        assert!(changes.complete);
        let mut offered: Vec<BTreeSet<String>> = changes.sets.iter().map(fields).collect();
        let mut wanted = everything(&book, &case, &read_by_failed(&pack, &changes.failed));
        offered.iter().for_each(|set| sizes[set.len()] += 1);
        sizes[0] += usize::from(offered.is_empty());
        offered.sort();
        wanted.sort();
        assert_eq!(offered, wanted, "{}\n{}", pack.to_canonical(), case.to_canonical());
    }
    assert!(sizes.iter().all(|count| *count >= 15), "{sizes:?}");
}
