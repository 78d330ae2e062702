//! Which figures are there of those that are expected, which are not, and what to do.
//!
//! Observations and a request enter: territories, or partners, whose commune is meant, or the communes of a zone; periods; indicators, or else
//! the shared core of a tier. What is expected of a commune is what its side has for communes or counts at its own desk, as for an analysis
//! of needs. A [`Completeness`] leaves: counts in all and by producer, partner, theme and territory, the list of what lacks, and what cannot exist.

use super::words::Words;
use super::{Cannot, OWN, cannot, core_of_tier, list, text};
use crate::catalogue::Role;
use crate::date::Date;
use crate::figures::{self, Figure};
use crate::finding::{Finding, settle};
use crate::harmonise::request::{Expected, expected};
use crate::json::{Json, parse};
use crate::limits;
use crate::message::Lang;
use crate::order;
use crate::period::Period;
use crate::reader::{Batch, Shape, Value, ValueSource, read_many, read_texts};
use crate::rulebook::Rulebook;
use crate::taxonomy::Indicator;
use crate::territory::System;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of an expected figure, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    There,
    Hidden,
    NotCollected,
    NotApplicable,
    Missing,
    Silent,
}

impl State {
    const ALL: [Self; 6] =
        [Self::There, Self::Hidden, Self::NotCollected, Self::NotApplicable, Self::Missing, Self::Silent];

    fn as_str(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Hidden => "hidden",
            Self::NotCollected => "not_collected",
            Self::NotApplicable => "not_applicable",
            Self::Missing => "missing",
            Self::Silent => "silent",
        }
    }

    fn of(figure: &Figure<'_>) -> Self {
        match figure.status {
            _ if figure.value.is_some() => Self::There,
            Some("Q") => Self::Hidden,
            Some("L") => Self::NotCollected,
            Some("M") => Self::NotApplicable,
            _ => Self::Missing,
        }
    }
}

/// What to do about a figure that is not there.
fn to_do(state: State, producer: &str) -> &'static str {
    match (state, producer) {
        (State::There | State::Hidden | State::NotApplicable, _) => "leave",
        (State::NotCollected, _) => "decide",
        (State::Missing, _) => "ask",
        (State::Silent, "own") => "count",
        (State::Silent, _) => "fetch",
    }
}

/// What is there of what is expected.
#[derive(Debug)]
pub struct Completeness<'b> {
    book: &'b Rulebook,
    json: Json,
    findings: Vec<Finding>,
}

/// What is there in a JSON list of observations of what a request expects.
///
/// ```
/// use sam_eurometropole::{Rulebook, message::Lang, needs::completeness};
/// let observations = r#"[{"indicator": "DEM01", "territory": "FR-59512", "period": "2023", "unit": "NR", "value": 98000, "source": "fr_insee"}]"#;
/// let request = r#"{"partners": ["ccas_roubaix"], "periods": ["2023"], "indicators": ["DEM01", "POV01"]}"#;
/// let found = completeness(Rulebook::embedded(), observations, request);
/// assert_eq!(found.to_json().get("gaps").unwrap().as_list().unwrap().len(), 1);
/// assert!(found.to_text(Lang::En).contains("1 of 2"));
/// ```
#[must_use]
pub fn completeness<'b>(book: &'b Rulebook, observations: &str, request: &str) -> Completeness<'b> {
    of_batch(book, &read_texts(observations, Shape::Record(Role::Observation), book), request)
}

/// The same of observations given as values of a host language.
#[must_use]
pub fn completeness_value<'b>(book: &'b Rulebook, observations: &Value, request: &str) -> Completeness<'b> {
    of_batch(book, &read_many(ValueSource::new(observations), Shape::Record(Role::Observation), book), request)
}

fn of_batch<'b>(book: &'b Rulebook, batch: &Batch, request: &str) -> Completeness<'b> {
    let (asked, findings) = expected(book, request);
    let unread = batch.findings.iter().flatten().filter(|finding| finding.code == "input.syntax").cloned();
    let findings = settle(unread.chain(findings).collect());
    let mut work = Work { book, known: BTreeMap::new(), ..Work::new(book) };
    if let Some(asked) = &asked {
        let rows = batch.records.get(Role::Observation);
        rows.into_iter().for_each(|rows| work.read(figures::each(book, rows).flatten()));
        work.expect(asked);
    }
    let json = work.json(asked.as_ref(), &findings);
    Completeness { book, json, findings }
}

/// How many are in each state.
type Counts = BTreeMap<State, usize>;
/// What lacks alike: indicator, period, state, producer.
type Gap<'b> = (&'b str, String, State, &'b str);

struct Work<'b> {
    book: &'b Rulebook,
    /// The figures by territory and indicator, whatever the part of the population.
    known: BTreeMap<(String, &'b str), Vec<(Period, State)>>,
    /// Communes and their partner.
    partners: BTreeMap<String, String>,
    all: Counts,
    by: [BTreeMap<String, Counts>; 4],
    gaps: BTreeMap<Gap<'b>, Vec<String>>,
    cannot: BTreeSet<(&'b str, System, Cannot)>,
}

/// What figures are counted by.
const BY: [&str; 4] = ["partner", "producer", "theme", "territory"];

impl<'b> Work<'b> {
    fn new(book: &'b Rulebook) -> Self {
        let commune = |one: &Json| Some((text(one, "commune")?.to_owned(), text(one, "id")?.to_owned()));
        // The first partner of a commune is its centre.
        let mut partners = BTreeMap::new();
        for (commune, partner) in partners_json().iter().filter_map(commune) {
            partners.entry(commune).or_insert(partner);
        }
        Self {
            book,
            known: BTreeMap::new(),
            partners,
            all: Counts::new(),
            by: Default::default(),
            gaps: BTreeMap::new(),
            cannot: BTreeSet::new(),
        }
    }

    fn read<'f>(&mut self, figures: impl Iterator<Item = Figure<'f>>) {
        for figure in figures.filter(|figure| figure.is_commune) {
            if let Some(indicator) = self.book.taxonomy().indicator(figure.indicator.code()) {
                let of_place = self.known.entry((figure.place.to_owned(), indicator.code())).or_default();
                of_place.push((figure.period.1, State::of(&figure)));
            }
        }
    }

    fn expect(&mut self, asked: &Expected<'b>) {
        let book = self.book;
        let of_partner =
            |partner: &str| self.partners.iter().find(|(_, one)| *one == partner).map(|(code, _)| code.clone());
        let mut territories: BTreeSet<String> = order::set(asked.territories.iter().map(|code| (*code).to_owned()));
        territories.extend(asked.partners.iter().filter_map(|partner| of_partner(partner)));
        let day = asked.periods.iter().filter_map(|text| Period::parse(text)).map(Period::first).max();
        territories.extend(asked.zone.into_iter().flat_map(|zone| members(book, zone, day)));
        let indicators: Vec<&'b Indicator> = match asked.indicators.is_empty() {
            true => core_of_tier(book, asked.tier).collect(),
            false => asked.indicators.iter().filter_map(|code| book.taxonomy().indicator(code)).collect(),
        };
        for territory in &territories {
            let Some(side) = book.territory().get(territory).map(|commune| commune.system()) else { continue };
            for indicator in &indicators {
                if let Some(why) = cannot(book, indicator, side) {
                    self.cannot.insert((indicator.code(), side, why));
                    continue;
                }
                for period in &asked.periods {
                    self.one(territory, indicator, side, period);
                }
            }
        }
    }

    fn one(&mut self, territory: &str, indicator: &'b Indicator, side: System, period: &str) {
        let known = self.known.get(&(territory.to_owned(), indicator.code())).map(Vec::as_slice).unwrap_or_default();
        let span = Period::parse(period);
        let state =
            known.iter().filter(|(one, _)| span.is_some_and(|span| is_about(*one, span))).map(|(_, state)| *state);
        let state = state.min().unwrap_or(State::Silent);
        let is_own = indicator.lowest(side) == Some(OWN);
        let producer = indicator.series(side).map_or("other", |series| series.provider());
        let producer = if is_own { "own" } else { producer };
        let partner = self.partners.get(territory).cloned().unwrap_or_default();
        let keys = [partner.as_str(), producer, indicator.theme(), territory];
        for (by, key) in self.by.iter_mut().zip(keys).filter(|(_, key)| !key.is_empty()) {
            *by.entry(key.to_owned()).or_default().entry(state).or_default() += 1;
        }
        *self.all.entry(state).or_default() += 1;
        if state != State::There {
            let gap = (indicator.code(), period.to_owned(), state, producer);
            self.gaps.entry(gap).or_default().push(territory.to_owned());
        }
    }

    fn json(self, asked: Option<&Expected<'b>>, findings: &[Finding]) -> Json {
        let gap = |((indicator, period, state, producer), territories): (&Gap<'b>, &Vec<String>)| {
            let theme = self.book.taxonomy().indicator(indicator).map_or("", |one| one.theme());
            Json::object([
                ("indicator", Json::from(*indicator)),
                ("theme", Json::from(theme)),
                ("period", Json::from(period.as_str())),
                ("producer", Json::from(*producer)),
                ("why", Json::from(state.as_str())),
                ("do", Json::from(to_do(*state, producer))),
                ("territories", territories.iter().map(|code| Json::from(code.as_str())).collect()),
            ])
        };
        let cannot = |(indicator, side, why): &(&str, System, Cannot)| {
            Json::object([
                ("indicator", Json::from(*indicator)),
                ("side", Json::from(side.as_str())),
                ("why", Json::from(why.as_str())),
            ])
        };
        let by = BY.iter().zip(&self.by).map(|(name, counts)| {
            let one = |(key, counts): (&String, &Counts)| {
                let mut members = vec![((*name).to_owned(), Json::from(key.as_str()))];
                members.extend(numbers(counts));
                Json::Object(members)
            };
            (*name, counts.iter().map(one).collect::<Json>())
        });
        let by: Vec<(String, Json)> = by.map(|(name, counts)| (name.to_owned(), counts)).collect();
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("request", asked.map_or(Json::Null, Expected::to_json)),
            ("findings", findings.iter().map(|finding| finding.to_json(true, true)).collect()),
            ("counts", Json::Object(numbers(&self.all))),
            ("by", Json::Object(by)),
            ("gaps", self.gaps.iter().map(gap).collect()),
            ("not_expected", self.cannot.iter().map(cannot).collect()),
        ])
    }
}

/// Whether a figure of one period tells the other: it lies in it, or holds it.
fn is_about(one: Period, other: Period) -> bool {
    let holds = |outer: Period, inner: Period| outer.first() <= inner.first() && inner.last() <= outer.last();
    holds(one, other) || holds(other, one)
}

fn members(book: &Rulebook, zone: &str, day: Option<Date>) -> Vec<String> {
    let inside = day.into_iter().flat_map(|day| book.territory().members(zone, day));
    inside.map(|commune| commune.code().to_owned()).collect()
}

/// `expected`, then how many are in each state.
fn numbers(counts: &Counts) -> Vec<(String, Json)> {
    let expected: usize = counts.values().sum();
    let of_state = |state: State| (state.as_str().to_owned(), Json::from(counts.get(&state).copied().unwrap_or(0)));
    [("expected".to_owned(), Json::from(expected))].into_iter().chain(State::ALL.map(of_state)).collect()
}

fn partners_json() -> Vec<Json> {
    let document = parse(include_str!("../embedded/partners.json"), limits::DEPTH).unwrap_or(Json::Null);
    list(&document, "partners").to_vec()
}

impl Completeness<'_> {
    /// Counts, what lacks and what cannot exist, as JSON.
    #[must_use]
    pub fn to_json(&self) -> &Json {
        &self.json
    }

    /// What is there and what lacks, to be read, in a language.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let words = Words { book: self.book, lang };
        let mut lines: Vec<String> =
            self.findings.iter().map(|finding| crate::explain::finding_text(self.book, finding, lang)).collect();
        let counts = self.json.get("counts").unwrap_or(&Json::Null);
        lines.push(words.say("completeness.head", &told(counts, &[])));
        for (name, list_of) in
            [("partner", "partner"), ("producer", "data_provider"), ("theme", "theme"), ("territory", "")]
        {
            let rows = self.json.get("by").map(|by| list(by, name)).unwrap_or_default();
            if rows.is_empty() {
                continue;
            }
            lines.push(String::new());
            lines.push(words.say(&format!("completeness.by_{name}"), &[]));
            for row in rows {
                let code = text(row, name);
                let name = if list_of.is_empty() { words.place(code) } else { words.label(code, list_of) };
                lines.push(format!("- {}", words.say("completeness.line", &told(row, &[("name", name)]))));
            }
        }
        self.tell_gaps(words, &mut lines);
        lines.join("\n") + "\n"
    }

    fn tell_gaps(&self, words: Words<'_>, lines: &mut Vec<String>) {
        let gaps = list(&self.json, "gaps");
        if !gaps.is_empty() {
            lines.push(String::new());
            lines.push(words.say("completeness.gaps", &[]));
        }
        for gap in gaps {
            let part = |name: &str| text(gap, name).unwrap_or_default();
            let places: Json = list(gap, "territories").iter().map(|code| words.place(code.as_str())).collect();
            let params = [
                ("indicator", words.label(text(gap, "indicator"), "indicator")),
                ("period", Json::from(part("period"))),
                ("why", Json::from(words.say(&format!("completeness.why.{}", part("why")), &[]))),
                (
                    "do",
                    Json::from(words.say(
                        &format!("completeness.do.{}", part("do")),
                        &[("producer", words.label(text(gap, "producer"), "data_provider"))],
                    )),
                ),
                ("places", places),
            ];
            lines.push(format!("- {}", words.say("completeness.gap", &params)));
        }
        let cannot = list(&self.json, "not_expected");
        if !cannot.is_empty() {
            lines.push(String::new());
            lines.push(words.say("completeness.not_expected", &[]));
        }
        for one in cannot {
            let why = words.say(&format!("completeness.why.{}", text(one, "why").unwrap_or_default()), &[]);
            let side = words.label(text(one, "side"), "system");
            let params = [
                ("indicator", words.label(text(one, "indicator"), "indicator")),
                ("side", side),
                ("why", Json::from(why)),
            ];
            lines.push(format!("- {}", words.say("completeness.cannot", &params)));
        }
    }
}

/// The numbers of a row as params of a message.
fn told<'p>(row: &Json, more: &[(&'p str, Json)]) -> Vec<(&'p str, Json)> {
    let number = |name: &'static str| (name, row.get(name).cloned().unwrap_or(Json::Null));
    let lacks = ["not_collected", "not_applicable", "missing"].iter().filter_map(|name| row.get(name)?.as_i64()).sum();
    let mut params: Vec<(&'p str, Json)> = ["expected", "there", "hidden", "silent"].map(number).to_vec();
    params.push(("stated", Json::Int(lacks)));
    params.extend(more.iter().cloned());
    params
}
