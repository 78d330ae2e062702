//! The answers about the territory as JSON, one shape for every language; `docs/wire.md` describes them.
//!
//! A rulebook and a question enter, an object leaves that also says what made it. A code that is not held is an answer
//! (`outside_coverage`), never an error.

use super::{Area, At, Change, Commune, Hit, Lookup, Name, Neighbour, zone_is_dated};
use crate::Rulebook;
use crate::date::Date;
use crate::json::Json;
use crate::message::Lang;

/// What a query may mean on a day: `query`, `on`, `hits`, `complete`, `outside_coverage`.
#[must_use]
pub fn find(book: &Rulebook, query: &str, on: Date) -> Json {
    let found = book.territory().find(query, on);
    Answer::new(book)
        .text("query", query)
        .day("on", Some(on))
        .with("hits", found.hits.iter().map(hit).collect())
        .truth("complete", found.complete)
        .truth("outside_coverage", found.outside_coverage)
        .done()
}

/// What a code is on a day: its `status`; `at`, the communes that cover its ground; names, dates, zones and what came before and after.
#[must_use]
pub fn at(book: &Rulebook, code: &str, on: Date) -> Json {
    let territory = book.territory();
    let at = territory.at(code, on);
    let mut answer = Answer::new(book).text("code", code).day("on", Some(on)).standing(&at);
    if let Some(commune) = at.commune {
        let former = territory
            .former_names(code)
            .map(|(name, until)| Answer::default().text("name", name).day("until", Some(until)).done());
        answer = answer
            .commune(commune)
            .text("arrondissement", commune.arrondissement())
            .given("nuts3", commune.nuts3())
            .texts("postal_codes", &mut commune.postal_codes())
            .day("from", commune.from())
            .day("to", commune.to())
            .with("zones", commune.zones().map(zone).collect())
            .with("former_names", former.collect())
            .texts("predecessors", &mut territory.predecessors(code))
            .texts("successors", &mut commune.successors());
    }
    answer.done()
}

/// What a commune or an area lies in, from the nearest to the country, then its NUTS regions.
#[must_use]
pub fn ancestors(book: &Rulebook, code: &str) -> Json {
    let areas = book.territory().ancestors(code);
    let areas = areas.into_iter().map(|area| Answer::default().text("code", area.code()).area(area).done());
    Answer::new(book).text("code", code).coverage(book, code).with("ancestors", areas.collect()).done()
}

/// The communes of an area or a zone that were in force on a day.
#[must_use]
pub fn members(book: &Rulebook, area: &str, on: Date) -> Json {
    let territory = book.territory();
    let known = territory.area(area);
    let held = match known {
        None => "none",
        Some(area) if area.is_whole() => "all",
        Some(_) => "part",
    };
    let mut answer = Answer::new(book)
        .text("area", area)
        .day("on", Some(on))
        .text("held", held)
        .texts("members", &mut territory.members(area, on).map(Commune::code));
    if let Some(area) = known {
        answer = answer.area(area);
        if let Some((communes, on)) = area.official() {
            let count = Answer::default().with("communes", Json::Int(i64::from(communes))).day("on", Some(on));
            answer = answer.with("official", count.done());
        }
    }
    answer.done()
}

/// The present communes across the border that a commune touches.
#[must_use]
pub fn neighbours(book: &Rulebook, code: &str) -> Json {
    let neighbours = book.territory().neighbours(code).map(neighbour).collect();
    Answer::new(book)
        .text("code", code)
        .coverage(book, code)
        .truth("dated", false)
        .with("neighbours", neighbours)
        .done()
}

/// The changes from a day to another, both included.
#[must_use]
pub fn changes(book: &Rulebook, first: Date, last: Date) -> Json {
    let changes = book.territory().changes_between(first, last).map(change).collect();
    Answer::new(book).day("first", Some(first)).day("last", Some(last)).with("changes", changes).done()
}

/// An object that grows. Each member is written in one place, since a browser loads this code too.
#[derive(Default)]
struct Answer(Vec<(String, Json)>);

impl Answer {
    fn new(book: &Rulebook) -> Self {
        Self::default().with("made_by", book.made_by(&[]))
    }

    fn with(mut self, name: &str, json: Json) -> Self {
        self.0.push((name.to_owned(), json));
        self
    }

    fn text(self, name: &str, text: &str) -> Self {
        self.with(name, Json::from(text))
    }

    fn truth(self, name: &str, truth: bool) -> Self {
        self.with(name, Json::Bool(truth))
    }

    fn given(self, name: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    fn day(self, name: &str, day: Option<Date>) -> Self {
        match day {
            Some(day) => self.text(name, &day.to_string()),
            None => self,
        }
    }

    fn texts(self, name: &str, texts: &mut dyn Iterator<Item = &str>) -> Self {
        self.with(name, texts.map(Json::from).collect())
    }

    /// `known`, `outside_coverage` or `malformed`; an area is known too.
    fn coverage(self, book: &Rulebook, code: &str) -> Self {
        let word = match book.territory().lookup(code) {
            _ if book.territory().area(code).is_some() => "known",
            Lookup::Known(_) => "known",
            Lookup::OutsideCoverage => "outside_coverage",
            Lookup::Malformed => "malformed",
        };
        self.text("coverage", word)
    }

    fn standing(self, at: &At<'_>) -> Self {
        self.text("status", at.status.as_str())
            .texts("at", &mut at.ground.iter().map(|commune| commune.code()))
            .texts("at_outside_coverage", &mut at.outside.iter().copied())
    }

    /// `names` in the three languages, and in `substitutes` the languages of which it is none.
    fn names<'t>(self, name: &dyn Fn(Lang) -> Option<Name<'t>>) -> Self {
        let (mut names, mut substitutes) = (Self::default(), Vec::new());
        for lang in Lang::ALL {
            let Some(name) = name(lang) else { continue };
            names = names.text(lang.as_str(), name.text);
            if name.is_substitute {
                substitutes.push(Json::from(lang.as_str()));
            }
        }
        self.with("names", names.done()).with("substitutes", Json::List(substitutes))
    }

    fn commune(self, commune: &Commune) -> Self {
        self.names(&|lang| Some(commune.name(lang))).text("system", commune.system().as_str())
    }

    fn area(self, area: &Area) -> Self {
        self.names(&|lang| area.name(lang))
            .text("kind", area.kind().as_str())
            .truth("dated", area.is_dated())
            .day("from", area.from())
            .day("to", area.to())
    }

    fn done(self) -> Json {
        Json::Object(self.0)
    }
}

fn zone(zone: &str) -> Json {
    Answer::default().text("zone", zone).truth("dated", zone_is_dated(zone)).done()
}

fn hit(hit: &Hit<'_>) -> Json {
    let mut how =
        Answer::default().text("by", hit.by.as_str()).text("text", hit.text).given("lang", hit.lang.map(Lang::as_str));
    if hit.slips > 0 {
        how = how.with("slips", Json::from(hit.slips));
    }
    let answer = Answer::default().text("code", hit.commune.code()).commune(hit.commune).standing(&hit.at);
    answer.with("match", how.done()).done()
}

fn neighbour(neighbour: Neighbour<'_>) -> Json {
    Answer::default()
        .text("code", neighbour.commune.code())
        .commune(neighbour.commune)
        .truth("cross_border", neighbour.cross_border)
        .text("confidence", neighbour.confidence.as_str())
        .done()
}

fn change(change: &Change) -> Json {
    Answer::default()
        .day("date", Some(change.date()))
        .text("kind", change.kind().as_str())
        .given("from", change.from())
        .text("to", change.to())
        .given("former_name", change.former_name())
        .text("source", change.source())
        .done()
}
