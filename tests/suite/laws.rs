//! The laws of decisions, on generated packs and cases.
//!
//! Each law says how many cases it saw of each outcome, and each is shown to notice: an engine that is broken in one way breaks it. The
//! switch that breaks an engine holds for the whole process, so the laws take turns.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests fail loudly")]

use sam_conformance::calls::cut;
use sam_conformance::generate::packs::{Drawer, ON};
use sam_conformance::shuffle::shuffle_text;
use sam_eurometropole::breakage::{Breakage, set};
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::{Decision, Outcome, RuleResult, Status, decide_traced};
use sam_eurometropole::json::Json;
use sam_eurometropole::kernel::{FieldRef, Trace};
use sam_eurometropole::message::Lang;
use sam_eurometropole::{Rulebook, decide_text, decide_texts, explain_text, timeline};
use std::sync::{Mutex, PoisonError};

static TURN: Mutex<()> = Mutex::new(());

/// Outcomes seen: refused, accepted, undetermined, not covered.
#[derive(Default)]
struct Mix([usize; 4]);

impl Mix {
    fn add(&mut self, outcome: Outcome) {
        let place = match outcome {
            Outcome::Refused => 0,
            Outcome::Accepted => 1,
            Outcome::Undetermined => 2,
            Outcome::NotCovered => 3,
        };
        self.0[place] += 1;
    }

    /// At least 15 % each of refused, accepted and undetermined.
    fn is_fair(&self) -> bool {
        let all: usize = self.0.iter().sum();
        self.0[..3].iter().all(|count| count * 100 >= all * 15)
    }
}

/// A rulebook with generated packs alone, and a case for it.
struct Pair {
    book: Rulebook,
    case: Json,
    text: String,
}

fn pairs(seed: u64, count: usize) -> impl Iterator<Item = Pair> {
    let mut drawer = Drawer::new(seed);
    let empty = Rulebook::embedded().only_checks();
    (0..count).map(move |_| {
        let pair = drawer.pair();
        let mut book = empty.clone();
        for pack in &pair.packs {
            book = book.with_pack_json(&pack.to_canonical(), true).unwrap();
        }
        let text = pair.case.to_canonical();
        Pair { book, case: pair.case, text }
    })
}

fn on() -> Date {
    Date::parse(ON).unwrap()
}

fn decide(book: &Rulebook, text: &str) -> String {
    cut(decide_text(book, text, on()).to_json(true)).to_canonical()
}

/// Runs a law on the sound engine, then on a broken one that it must notice.
fn law(count: usize, breakage: Breakage, law: impl Fn(&Pair, &mut Mix) -> Result<(), String>) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let run = || {
        let mut mix = Mix::default();
        pairs(2_024, count).try_for_each(|pair| law(&pair, &mut mix)).map(|()| mix)
    };
    let sound = run();
    set(breakage);
    let broken = run();
    set(Breakage::None);
    let mix = sound.unwrap_or_else(|why| panic!("{why}"));
    assert!(mix.is_fair(), "{:?}", mix.0);
    assert!(broken.is_err(), "the law does not notice {breakage:?}");
}

/// Values that a generated case may hold at a path.
fn answers(path: &str) -> Vec<Json> {
    let texts: &[&str] = match path {
        "placement.scheme" => &["fr_pmsmp", "be_stage"],
        "placement.object" => &["discover", "recruit"],
        "placement.host.country" => &["FR", "BE"],
        "placement.home.partner" | "participant.supported_by" => &["ccas_roubaix", "cpas_mouscron"],
        "participant.nationality_group" => &["national", "eu"],
        "participant.residence" | "placement.host.commune" => &["FR-59512", "BE-57096", "FR-69123"],
        "participant.birth_date" => &["2006-05-10", "2007-05-20"],
        "placement.start" | "placement.end" | "placement.submitted" | "placement.agreement.last_signature" => {
            &["2024-04-30", "2024-05-15", "2024-06-10"]
        }
        "placement.host.siret" => &["12345678200010"],
        "placement.host.enterprise_number" => &["0123456749"],
        "placement.weekly_hours"
        | "placement.presence_days"
        | "participant.level1_count"
        | "placement.days_abroad_this_year" => return vec![Json::Int(0), Json::Int(18), Json::Int(10)],
        _ => return vec![Json::Bool(true), Json::Bool(false)],
    };
    texts.iter().map(|text| Json::from(*text)).collect()
}

const PATHS: &[&str] = &[
    "placement.lodging_abroad",
    "placement.tutor_named",
    "placement.employer.exists",
    "placement.agreement.signed_by.host",
    "placement.scheme",
    "placement.object",
    "placement.host.country",
    "placement.host.commune",
    "placement.host.siret",
    "placement.host.enterprise_number",
    "placement.home.partner",
    "placement.start",
    "placement.end",
    "placement.submitted",
    "placement.agreement.last_signature",
    "placement.weekly_hours",
    "placement.presence_days",
    "placement.days_abroad_this_year",
    "participant.birth_date",
    "participant.nationality_group",
    "participant.level1_count",
    "participant.residence",
    "participant.supported_by",
];

fn at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    path.split('.').try_fold(json, |json, step| json.get(step))
}

fn with(json: &Json, path: &str, value: Json) -> Json {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let mut members: Vec<(String, Json)> = json.as_object().unwrap_or_default().to_vec();
    let old = members.iter().position(|(name, _)| name == head);
    let inner = old.map_or(Json::Object(Vec::new()), |place| members[place].1.clone());
    let new = rest.map_or(value.clone(), |rest| with(&inner, rest, value));
    match old {
        Some(place) => members[place].1 = new,
        None => members.push((head.to_owned(), new)),
    }
    Json::Object(members)
}

/// Whether a field of the case can still be answered: neither a value that is read, nor a stated reason.
fn answerable(case: &Json, path: &str) -> bool {
    let (object, name) = path.rsplit_once('.').unwrap();
    // Of a value beside a reason the value is not an answer: the reason would have to go.
    let stated = at(case, object).and_then(|o| o.get("absent")).and_then(|a| a.get(name)).is_some();
    let value = at(case, path);
    !stated && value.is_none_or(|value| value.as_list().is_some())
}

#[test]
fn a_new_answer_never_flips_a_decision() {
    law(1_200, Breakage::UnknownExceptionIsFalse, |pair, mix| {
        let before = decide_text(&pair.book, &pair.text, on());
        mix.add(before.outcome);
        if !matches!(before.outcome, Outcome::Accepted | Outcome::Refused) {
            return Ok(());
        }
        for path in PATHS.iter().filter(|path| answerable(&pair.case, path)) {
            for answer in answers(path) {
                let case = with(&pair.case, path, answer.clone()).to_canonical();
                let after = decide_text(&pair.book, &case, on()).outcome;
                if after != before.outcome {
                    return Err(format!("{path} = {answer:?}: {:?} to {after:?}\n{}", before.outcome, pair.text));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_field_that_is_not_listed_never_changes_the_outcome() {
    law(1_200, Breakage::GuardsNotMissing, |pair, mix| {
        let before = decide_text(&pair.book, &pair.text, on());
        mix.add(before.outcome);
        let listed: Vec<String> = before.missing_outcome.iter().map(|m| m.field.path()).collect();
        for path in PATHS.iter().filter(|path| answerable(&pair.case, path)) {
            if listed.iter().any(|field| field == path) {
                continue;
            }
            for answer in answers(path) {
                let case = with(&pair.case, path, answer.clone()).to_canonical();
                let after = decide_text(&pair.book, &case, on()).outcome;
                if after != before.outcome {
                    return Err(format!("{path} = {answer:?}: {:?} to {after:?}\n{}", before.outcome, pair.text));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_of_keys_never_matters() {
    law(1_000, Breakage::OrderOfKeys, |pair, mix| {
        let decision = decide_text(&pair.book, &pair.text, on());
        mix.add(decision.outcome);
        let plain = decide(&pair.book, &pair.text);
        for seed in [5, 6] {
            let shuffled = shuffle_text(&pair.text, seed).unwrap();
            if decide(&pair.book, &shuffled) != plain {
                return Err(shuffled);
            }
        }
        Ok(())
    });
}

#[test]
fn a_traced_decision_is_the_same() {
    law(1_000, Breakage::TraceChangesTruth, |pair, mix| {
        let (traced, traces) = decide_traced(&pair.book, &pair.text, on());
        mix.add(decide_text(&pair.book, &pair.text, on()).outcome);
        let judged = |status| status != Status::NotApplicable;
        let silent = |(rule, (_, trace)): (&RuleResult<'_>, &(String, Trace))| {
            judged(rule.judged.status) && trace.steps.is_empty()
        };
        if traces.len() != traced.rules.len() || traced.rules.iter().zip(&traces).any(silent) {
            return Err("a rule without its trace".to_owned());
        }
        let plain = decide(&pair.book, &pair.text);
        let explained = explain_text(&pair.book, &pair.text, on());
        explained.to_json(Lang::En, true);
        let same = |decision: &Decision<'_>| cut(decision.to_json(true)).to_canonical() == plain;
        if same(&traced) && same(&explained.decision) { Ok(()) } else { Err(plain) }
    });
}

#[test]
fn a_list_of_cases_is_decided_like_each_of_them() {
    law(600, Breakage::BulkFirstRow, |pair, mix| {
        let mut cases = vec![pair.text.clone(), "{}".to_owned(), "7".to_owned()];
        for path in ["participant.birth_date", "participant.residence", "placement.scheme"] {
            let answer = answers(path).pop().unwrap();
            cases.push(with(&pair.case, path, answer).to_canonical());
        }
        let bulk = decide_texts(&pair.book, &format!("[{}]", cases.join(",")), on());
        if bulk.len() != cases.len() {
            return Err("another number of decisions".to_owned());
        }
        for (decision, case) in bulk.iter().zip(&cases) {
            mix.add(if *case == pair.text { decision.outcome } else { single(&pair.book, &pair.text) });
            if cut(decision.to_json(true)).to_canonical() != decide(&pair.book, case) {
                return Err(case.clone());
            }
        }
        Ok(())
    });
}

fn single(book: &Rulebook, text: &str) -> Outcome {
    decide_text(book, text, on()).outcome
}

#[test]
fn a_timeline_is_the_decision_of_each_day() {
    law(300, Breakage::TimelineSkipsBegin, |pair, mix| {
        mix.add(single(&pair.book, &pair.text));
        let (from, to) = (Date::parse("2024-05-05").unwrap(), Date::parse("2024-06-05").unwrap());
        let intervals = timeline(&pair.book, &pair.text, from, to).unwrap();
        let mut day = from;
        for interval in &intervals {
            if interval.from != day {
                return Err(format!("a hole before {day}"));
            }
            while day < interval.until {
                let outcome = decide_text(&pair.book, &pair.text, day).outcome;
                if outcome != interval.outcome {
                    return Err(format!("{day}: {outcome:?}, not {:?}\n{}", interval.outcome, pair.text));
                }
                day = day.plus_days(1).unwrap();
            }
        }
        if day == to.plus_days(1).unwrap() { Ok(()) } else { Err("it ends too early".to_owned()) }
    });
}

#[test]
fn every_path_of_these_laws_is_a_field() {
    for path in PATHS {
        let (role, inner) = path.split_once('.').unwrap();
        let role = Role::parse(role).unwrap();
        let id = role.layout().find(inner).unwrap();
        assert_eq!(FieldRef { role, id }.path(), *path);
    }
}
