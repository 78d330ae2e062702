//! The answers about the territory as JSON, one shape for every language; `docs/wire.md` describes them.
//!
//! A rulebook and a question enter, an object leaves that also says what made it. A code that is not held is an answer
//! (`outside_coverage`), never an error.

use super::{Area, At, Change, Commune, Hit, Lookup, Name, Neighbour, zone_is_dated};
use crate::Rulebook;
use crate::date::Date;
use crate::json::Json;
use crate::message::Lang;

type Members = Vec<(String, Json)>;

/// What a query may mean on a day: `query`, `on`, `hits`, `complete`, `outside_coverage`.
#[must_use]
pub fn find(book: &Rulebook, query: &str, on: Date) -> Json {
    let found = book.territory().find(query, on);
    answer(
        book,
        [
            ("query", Json::from(query)),
            ("on", day(on)),
            ("hits", found.hits.iter().map(hit).collect()),
            ("complete", Json::Bool(found.complete)),
            ("outside_coverage", Json::Bool(found.outside_coverage)),
        ],
    )
}

/// What a code is on a day: its `status`; `at`, the communes that cover its ground; names, dates, zones and what came before and after.
#[must_use]
pub fn at(book: &Rulebook, code: &str, on: Date) -> Json {
    let territory = book.territory();
    let at = territory.at(code, on);
    let mut members = standing(&at);
    members.extend(object([("code", Json::from(code)), ("on", day(on))]));
    if let Some(commune) = at.commune {
        members.extend(described(commune));
        let former = territory
            .former_names(code)
            .map(|(name, until)| Json::object([("name", Json::from(name)), ("until", day(until))]));
        members.extend(object([
            ("former_names", former.collect()),
            ("predecessors", territory.predecessors(code).into_iter().map(Json::from).collect()),
            ("successors", commune.successors().map(Json::from).collect()),
        ]));
    }
    answer(book, members)
}

/// What a commune or an area lies in, from the nearest to the country, then its NUTS regions.
#[must_use]
pub fn ancestors(book: &Rulebook, code: &str) -> Json {
    let ancestors = book.territory().ancestors(code).into_iter().map(|area| Json::Object(about(area).collect()));
    answer(book, [("code", Json::from(code)), ("coverage", coverage(book, code)), ("ancestors", ancestors.collect())])
}

/// The communes of an area or a zone that were in force on a day.
#[must_use]
pub fn members(book: &Rulebook, area: &str, on: Date) -> Json {
    let territory = book.territory();
    let held = match territory.area(area) {
        None => "none",
        Some(area) if area.is_whole() => "all",
        Some(_) => "part",
    };
    let communes = territory.members(area, on).map(|commune| Json::from(commune.code()));
    let mut members = object([
        ("area", Json::from(area)),
        ("on", day(on)),
        ("held", Json::from(held)),
        ("members", communes.collect()),
    ]);
    if let Some(area) = territory.area(area) {
        members.extend(about(area).filter(|(name, _)| name != "code"));
        members.extend(area.official().map(|(communes, on)| {
            let count = Json::object([("communes", Json::Int(i64::from(communes))), ("on", day(on))]);
            ("official".to_owned(), count)
        }));
    }
    answer(book, members)
}

/// The present communes across the border that a commune touches.
#[must_use]
pub fn neighbours(book: &Rulebook, code: &str) -> Json {
    let neighbours = book.territory().neighbours(code);
    answer(
        book,
        [
            ("code", Json::from(code)),
            ("coverage", coverage(book, code)),
            ("dated", Json::Bool(false)),
            ("neighbours", neighbours.iter().map(neighbour).collect()),
        ],
    )
}

/// The changes from a day to another, both included.
#[must_use]
pub fn changes(book: &Rulebook, first: Date, last: Date) -> Json {
    let changes = book.territory().changes_between(first, last).map(change);
    answer(book, [("first", day(first)), ("last", day(last)), ("changes", changes.collect())])
}

fn answer<K: Into<String>>(book: &Rulebook, members: impl IntoIterator<Item = (K, Json)>) -> Json {
    let made_by = ("made_by".to_owned(), book.made_by(&[]));
    Json::Object(members.into_iter().map(|(name, json)| (name.into(), json)).chain([made_by]).collect())
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Members {
    members.into_iter().map(|(name, json)| (name.to_owned(), json)).collect()
}

fn day(day: Date) -> Json {
    Json::from(day.to_string())
}

/// `known`, `outside_coverage` or `malformed`; an area is known too.
fn coverage(book: &Rulebook, code: &str) -> Json {
    Json::from(match book.territory().lookup(code) {
        _ if book.territory().area(code).is_some() => "known",
        Lookup::Known(_) => "known",
        Lookup::OutsideCoverage => "outside_coverage",
        Lookup::Malformed => "malformed",
    })
}

fn standing(at: &At<'_>) -> Members {
    object([
        ("status", Json::from(at.status.as_str())),
        ("at", at.ground.iter().map(|commune| Json::from(commune.code())).collect()),
        ("at_outside_coverage", at.outside.iter().map(|code| Json::from(*code)).collect()),
    ])
}

/// `names` in the three languages, and in `substitutes` the languages of which it is none.
fn names<'t>(name: impl Fn(Lang) -> Option<Name<'t>>) -> Members {
    let named = Lang::ALL.into_iter().filter_map(|lang| Some((lang, name(lang)?)));
    let substitutes = named.clone().filter(|(_, name)| name.is_substitute).map(|(lang, _)| Json::from(lang.as_str()));
    let substitutes = substitutes.collect();
    let names = named.map(|(lang, name)| (lang.as_str().to_owned(), Json::from(name.text)));
    object([("names", Json::Object(names.collect())), ("substitutes", substitutes)])
}

fn named(commune: &Commune) -> Members {
    let mut members = names(|lang| Some(commune.name(lang)));
    members.extend(object([("code", Json::from(commune.code())), ("system", Json::from(commune.system().as_str()))]));
    members
}

fn described(commune: &Commune) -> impl Iterator<Item = (String, Json)> {
    let zone = |zone| Json::object([("zone", Json::from(zone)), ("dated", Json::Bool(zone_is_dated(zone)))]);
    let days = [("from", commune.from().map(day)), ("to", commune.to().map(day))];
    let given = [("nuts3", commune.nuts3().map(Json::from))].into_iter().chain(days);
    let given = given.filter_map(|(name, json)| Some((name.to_owned(), json?)));
    let always = object([
        ("arrondissement", Json::from(commune.arrondissement())),
        ("postal_codes", commune.postal_codes().map(Json::from).collect()),
        ("zones", commune.zones().map(zone).collect()),
    ]);
    named(commune).into_iter().filter(|(name, _)| name != "code").chain(given).chain(always)
}

fn about(area: &Area) -> impl Iterator<Item = (String, Json)> {
    let days = [("from", area.from().map(day)), ("to", area.to().map(day))];
    let days = days.into_iter().filter_map(|(name, json)| Some((name.to_owned(), json?)));
    let always = object([
        ("code", Json::from(area.code())),
        ("kind", Json::from(area.kind().as_str())),
        ("dated", Json::Bool(area.is_dated())),
    ]);
    names(|lang| area.name(lang)).into_iter().chain(always).chain(days)
}

fn hit(hit: &Hit<'_>) -> Json {
    let mut how = object([("by", Json::from(hit.by.as_str())), ("text", Json::from(hit.text))]);
    how.extend(hit.lang.map(|lang| ("lang".to_owned(), Json::from(lang.as_str()))));
    how.extend((hit.slips > 0).then(|| ("slips".to_owned(), count(hit.slips))));
    let mut members = named(hit.commune);
    members.extend(standing(&hit.at));
    members.push(("match".to_owned(), Json::Object(how)));
    Json::Object(members)
}

fn count(number: usize) -> Json {
    Json::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn neighbour(neighbour: &Neighbour<'_>) -> Json {
    let mut members = named(neighbour.commune);
    members.extend(object([
        ("cross_border", Json::Bool(neighbour.cross_border)),
        ("confidence", Json::from(neighbour.confidence.as_str())),
    ]));
    Json::Object(members)
}

fn change(change: &Change) -> Json {
    let given = [("from", change.from()), ("former_name", change.former_name())];
    let given = given.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Json::from(text?))));
    let always = object([
        ("date", day(change.date())),
        ("kind", Json::from(change.kind().as_str())),
        ("to", Json::from(change.to())),
        ("source", Json::from(change.source())),
    ]);
    Json::Object(given.chain(always).collect())
}
