//! The laws of decisions, on generated packs and cases.
//!
//! Each law says how many cases it saw of each outcome, and each is shown to notice: an engine that is broken in one way breaks it. The
//! switch that breaks an engine holds for the whole process, so the laws take turns. `cargo xtask laws --cases N` sets `SAM_LAW_CASES`: so
//! many cases of each law, from another seed.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests fail loudly")]

use sam_conformance::calls::{cut, read};
use sam_conformance::generate::packs::{Drawer, ON};
use sam_conformance::rng::Rng;
use sam_conformance::shuffle::shuffle_text;
use sam_eurometropole::breakage::{Breakage, set};
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::{Decision, Outcome, RuleResult, Status, decide_traced};
use sam_eurometropole::json::Json;
use sam_eurometropole::kernel::{FieldRef, Trace};
use sam_eurometropole::message::Lang;
use sam_eurometropole::time::Interval;
use sam_eurometropole::{Rulebook, decide_text, decide_texts, earliest_start, explain_text, timeline};
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

    /// At least 12 % each of refused, accepted and undetermined.
    fn is_fair(&self) -> bool {
        let all: usize = self.0.iter().sum();
        self.0[..3].iter().all(|count| count * 100 >= all * 12)
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
    let asked = std::env::var("SAM_LAW_CASES").ok().map(|text| text.parse().unwrap());
    let run = |(seed, count)| {
        let mut mix = Mix::default();
        pairs(seed, count).try_for_each(|pair| law(&pair, &mut mix)).map(|()| mix)
    };
    let sound = run(asked.map_or((2_024, count), |cases| (2_025, cases)));
    set(breakage);
    let broken = run((2_024, count));
    set(Breakage::None);
    let mix = sound.unwrap_or_else(|why| panic!("{why}"));
    assert!(mix.is_fair(), "{:?}", mix.0);
    assert!(broken.is_err(), "the law does not notice {breakage:?}");
}

/// Values that a generated case may hold at a path, an element's among them.
fn answers(path: &str) -> Vec<Json> {
    let json = |text: &str| vec![Json::List(Vec::new()), read(text).unwrap()];
    let texts: &[&str] = match path {
        "participant.right_to_work" => return json(r#"[{"country": "FR", "until": "2024-06-01"}, {"country": "BE"}]"#),
        "participant.earlier_placements" => {
            return json(r#"[{"scheme": "fr_pmsmp", "start": "2024-04-30", "end": "2024-05-12", "days": 9}]"#);
        }
        "participant.mobility_steps" => return json(r#"[{"kind": "ticket_paid", "on": "2024-05-15", "cost": 1000}]"#),
        "participant.participations" => {
            return json(
                r#"[{"entry": "2024-05-10", "status_at_entry": "unemployed", "unemployed_since": "2024-04-30"}]"#,
            );
        }
        "placement.documents" => return json(r#"[{"kind": "a1", "status": "held", "issued": "2024-05-10"}]"#),
        "placement.schedule" => {
            return json(
                r#"[{"weekday": "mon", "from": "08:00", "to": "17:00"}, {"weekday": "tue", "from": "22:00", "to": "06:00"}]"#,
            );
        }
        "participant.mobility_barriers" => return json(r#"["cost"]"#),
        "participant.driving_licence" => return json(r#"["B", "AM"]"#),
        _ if path.ends_with(']') => &["cost", "B"],
        _ if path.contains("].") => return answers_in_element(path.rsplit('.').next().unwrap()),
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
        | "placement.days_abroad_this_year"
        | "placement.total_hours"
        | "placement.scheme_hours_this_month" => return vec![Json::Int(0), Json::Int(18), Json::Int(10)],
        "placement.worksite" | "placement.session" => &["A-1", "A-2"],
        "placement.employer.country" => &["FR", "BE"],
        _ => return vec![Json::Bool(true), Json::Bool(false)],
    };
    texts.iter().map(|text| Json::from(*text)).collect()
}

fn answers_in_element(name: &str) -> Vec<Json> {
    let texts: &[&str] = match name {
        "country" => &["FR", "BE"],
        "scheme" => &["fr_pmsmp", "be_stage"],
        "host_partner" => &["ccas_roubaix", "cpas_mouscron"],
        "kind" => &["ticket_paid", "a1"],
        "status" => &["held", "expired"],
        "status_at_entry" => &["unemployed", "employed"],
        "weekday" => &["mon", "sun"],
        "from" | "to" => &["06:00", "13:00", "24:00"],
        "days" | "cost" => return vec![Json::Int(0), Json::Int(9)],
        _ => &["2024-04-30", "2024-05-15", "2024-06-10"],
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
    "placement.total_hours",
    "placement.scheme_hours_this_month",
    "placement.worksite",
    "placement.session",
    "placement.employer.country",
    "placement.documents",
    "placement.schedule",
    "participant.right_to_work",
    "participant.earlier_placements",
    "participant.mobility_steps",
    "participant.participations",
    "participant.mobility_barriers",
    "participant.driving_licence",
];

/// The fields of elements of the lists of objects above.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("placement.documents", &["kind", "status", "issued", "valid_until"]),
    ("participant.right_to_work", &["country", "until"]),
    ("participant.earlier_placements", &["scheme", "host_partner", "start", "end", "days"]),
    ("participant.mobility_steps", &["kind", "on", "cost"]),
    ("participant.participations", &["entry", "exit", "status_at_entry", "unemployed_since"]),
];

/// What of a case can still be answered, the fields of its elements among them. An element that is no object is left alone.
fn open_paths(case: &Json) -> Vec<String> {
    let mut paths: Vec<String> = PATHS.iter().map(|path| (*path).to_owned()).collect();
    for (list, names) in ELEMENTS {
        for (index, element) in at(case, list).and_then(Json::as_list).unwrap_or_default().iter().enumerate() {
            if element.as_object().is_some() {
                paths.extend(names.iter().map(|name| format!("{list}[{index}].{name}")));
            }
        }
    }
    for list in ["participant.mobility_barriers", "participant.driving_licence"] {
        let codes = at(case, list).and_then(Json::as_list).unwrap_or_default().iter().enumerate();
        paths.extend(
            codes.filter(|(_, code)| code.as_str() == Some("none")).map(|(index, _)| format!("{list}[{index}]")),
        );
    }
    paths.retain(|path| path.ends_with(']') || answerable(case, path));
    paths
}

/// Paths with an answer each, some of all that there are: a case is asked a dozen times, and another one otherwise.
fn questions(pair: &Pair) -> Vec<(String, Json)> {
    let mut rng =
        Rng::new(pair.text.bytes().fold(7, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))));
    let mut all: Vec<(String, Json)> = Vec::new();
    for path in open_paths(&pair.case) {
        all.extend(answers(&path).into_iter().map(|answer| (path.clone(), answer)));
    }
    let drop = all.len().saturating_sub(12);
    for _ in 0..drop {
        all.swap_remove(rng.below(all.len()));
    }
    all
}

/// The steps of a path: names, and places in lists.
fn steps(path: &str) -> Vec<&str> {
    path.split(['.', '[']).map(|step| step.trim_end_matches(']')).collect()
}

fn step<'j>(json: &'j Json, step: &str) -> Option<&'j Json> {
    json.as_list().map_or_else(|| json.get(step), |list| list.get(step.parse::<usize>().ok()?))
}

fn at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    steps(path).into_iter().try_fold(json, step)
}

fn with(json: &Json, path: &str, value: Json) -> Json {
    with_steps(json, &steps(path), value)
}

fn with_steps(json: &Json, steps: &[&str], value: Json) -> Json {
    let Some((head, rest)) = steps.split_first() else { return value };
    if let Some(list) = json.as_list() {
        let place: usize = head.parse().unwrap();
        let new =
            |(at, old): (usize, &Json)| if at == place { with_steps(old, rest, value.clone()) } else { old.clone() };
        return list.iter().enumerate().map(new).collect();
    }
    let mut members: Vec<(String, Json)> = json.as_object().unwrap_or_default().to_vec();
    let old = members.iter().position(|(name, _)| name == head);
    let inner = old.map_or(Json::Object(Vec::new()), |place| members[place].1.clone());
    let new = with_steps(&inner, rest, value);
    match old {
        Some(place) => members[place].1 = new,
        None => members.push(((*head).to_owned(), new)),
    }
    Json::Object(members)
}

/// Whether a field of the case can still be answered: neither a value that is read, nor a stated reason.
fn answerable(case: &Json, path: &str) -> bool {
    let (object, name) = path.rsplit_once('.').unwrap();
    // Of a value beside a reason the value is not an answer: the reason would have to go.
    let stated = at(case, object).and_then(|o| o.get("absent")).and_then(|a| a.get(name)).is_some();
    let value = at(case, path);
    !stated && value.is_none_or(|value| value.get("x").is_some())
}

#[test]
fn a_new_answer_never_flips_a_decision() {
    law(1_200, Breakage::UnknownExceptionIsFalse, |pair, mix| {
        let before = decide_text(&pair.book, &pair.text, on());
        mix.add(before.outcome);
        if !matches!(before.outcome, Outcome::Accepted | Outcome::Refused) {
            return Ok(());
        }
        for (path, answer) in questions(pair) {
            let case = with(&pair.case, &path, answer.clone()).to_canonical();
            let after = decide_text(&pair.book, &case, on()).outcome;
            if after != before.outcome {
                return Err(format!("{path} = {answer:?}: {:?} to {after:?}\n{}", before.outcome, pair.text));
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
        let said = before.to_json(true);
        let listed = at(&said, "missing.outcome").and_then(Json::as_list).unwrap_or_default();
        let is_listed = |path: &str| listed.iter().any(|one| one.get("field").and_then(Json::as_str) == Some(path));
        for (path, answer) in questions(pair).into_iter().filter(|(path, _)| !is_listed(path)) {
            let case = with(&pair.case, &path, answer.clone()).to_canonical();
            let after = decide_text(&pair.book, &case, on()).outcome;
            if after != before.outcome {
                return Err(format!("{path} = {answer:?}: {:?} to {after:?}\n{}", before.outcome, pair.text));
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
        let told = explained.to_json(Lang::En, true);
        let told = told.get("rules").and_then(Json::as_list).unwrap_or_default();
        let count = explained.decision.rules.iter().filter(|rule| judged(rule.judged.status)).count();
        if told.len() != count || told.iter().any(|rule| !tells_its_status(rule)) {
            return Err(format!("an explanation that does not tell its status\n{}", pair.text));
        }
        let same = |decision: &Decision<'_>| cut(decision.to_json(true)).to_canonical() == plain;
        if same(&traced) && same(&explained.decision) { Ok(()) } else { Err(plain) }
    });
}

/// Whether the truth of what a rule asks for, as it is explained, goes with the status of the rule.
fn tells_its_status(rule: &Json) -> bool {
    let parts = rule.get("parts").and_then(Json::as_list).unwrap_or_default();
    let that = parts.iter().find(|part| part.get("part").and_then(Json::as_str) == Some("that"));
    let truth = that.and_then(|part| part.get("tree")?.get("truth")?.as_str());
    match rule.get("status").and_then(Json::as_str) {
        Some("satisfied") => truth == Some("true"),
        Some("failed") => truth == Some("false"),
        _ => truth.is_some(),
    }
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

const SPAN: [&str; 2] = ["2024-05-05", "2024-06-05"];

fn span() -> (Date, Date) {
    let [first, last] = SPAN.map(|day| Date::parse(day).unwrap());
    (first, last)
}

/// Whether intervals say what the decision of each day says, from the first to the last day.
fn are_the_decisions<'b>(
    intervals: &[Interval<'_>],
    (first, last): (Date, Date),
    decide: impl Fn(Date) -> Decision<'b>,
) -> Result<(), String> {
    let mut before: Option<Decision<'_>> = None;
    let mut days = intervals.iter().flat_map(|interval| {
        std::iter::successors(Some(interval.from), |day| day.plus_days(1))
            .take_while(|day| *day < interval.until)
            .map(move |day| (day, interval))
    });
    let mut expected = Some(first);
    for (day, interval) in &mut days {
        if expected != Some(day) {
            return Err(format!("a hole before {day}"));
        }
        expected = day.plus_days(1);
        let decision = decide(day);
        let changed = before.map_or(Vec::new(), |before| changed(&before, &decision));
        let told = if day == interval.from { interval.changed_ids() } else { Vec::new() };
        if decision.outcome != interval.outcome || changed != told {
            return Err(format!("{day}: {:?} {changed:?}, not {:?} {told:?}", decision.outcome, interval.outcome));
        }
        before = Some(decision);
    }
    if expected == last.plus_days(1) { Ok(()) } else { Err("it ends too early".to_owned()) }
}

/// The rules that stand otherwise.
fn changed(before: &Decision<'_>, now: &Decision<'_>) -> Vec<String> {
    let other = |(a, b): &(&RuleResult<'_>, &RuleResult<'_>)| {
        (a.judged.status, a.judged.due) != (b.judged.status, b.judged.due)
    };
    before.rules.iter().zip(&now.rules).filter(other).map(|(a, _)| a.rule.id.clone()).collect()
}

#[test]
fn a_timeline_is_the_decision_of_each_day() {
    for breakage in [Breakage::TimelineSkipsBegin, Breakage::TurnsAreNotSought] {
        law(300, breakage, |pair, mix| {
            mix.add(single(&pair.book, &pair.text));
            let (first, last) = span();
            let line = timeline(&pair.book, &pair.text, first, last).unwrap();
            are_the_decisions(&line.intervals, (first, last), |day| decide_text(&pair.book, &pair.text, day))
                .map_err(|why| format!("{why}\n{}", pair.text))
        });
    }
}

/// The case with its placement moved to begin on a day.
fn moved(case: &Json, to: Date) -> String {
    let day = |path: &str| Date::parse(at(case, path).unwrap().as_str().unwrap()).unwrap();
    let end = to.plus_days(day("placement.start").days_to(day("placement.end"))).unwrap();
    let case = with(case, "placement.start", Json::from(to.to_string()));
    with(&case, "placement.end", Json::from(end.to_string())).to_canonical()
}

#[test]
fn an_earliest_start_is_the_decision_of_each_moved_case() {
    for breakage in [Breakage::EarliestLeavesEnd, Breakage::TurnsAreNotSought] {
        law(400, breakage, |pair, mix| {
            mix.add(single(&pair.book, &pair.text));
            let (first, last) = span();
            let answer = earliest_start(&pair.book, &pair.text, on(), first, last).unwrap();
            if !answer.missing.is_empty() {
                return if answer.intervals.is_empty() { Ok(()) } else { Err("days in spite of it".to_owned()) };
            }
            let accepted = answer.intervals.iter().find(|interval| interval.outcome == Outcome::Accepted);
            if accepted.map(|interval| interval.from) != answer.earliest {
                return Err(format!("{:?} is not the earliest", answer.earliest));
            }
            let decide = |day| decide_text(&pair.book, &moved(&pair.case, day), on());
            are_the_decisions(&answer.intervals, (first, last), decide).map_err(|why| format!("{why}\n{}", pair.text))
        });
    }
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
