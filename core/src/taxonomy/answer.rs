//! The answers about indicators as JSON, one shape for every language; `docs/wire.md` describes them.

use super::{Indicator, Sides};
use crate::Rulebook;
use crate::json::Json;
use crate::message::{Lang, Texts};
use crate::pack::Problem;
use crate::territory::System;

/// An indicator in full, with its texts in a language, or without one in all three. `None` where there is no such code.
#[must_use]
pub fn indicator(book: &Rulebook, code: &str, lang: Option<Lang>) -> Option<Json> {
    let taxonomy = book.taxonomy();
    let indicator = taxonomy.indicator(code)?;
    let mut members = vec![("made_by".to_owned(), book.made_by(&[]))];
    members.push(("taxonomy".to_owned(), Json::from(taxonomy.version())));
    members.extend(of(indicator, lang));
    Some(Json::Object(members))
}

/// What is wrong with the indicators: `ok` and `problems`.
#[must_use]
pub fn integrity(book: &Rulebook, problems: &[Problem]) -> Json {
    Json::object([
        ("made_by", book.made_by(&[])),
        ("ok", Json::Bool(problems.is_empty())),
        ("problems", problems.iter().map(Problem::to_json).collect()),
    ])
}

fn of(indicator: &Indicator, lang: Option<Lang>) -> impl Iterator<Item = (String, Json)> {
    let (min, max) = indicator.range();
    let texts = |texts: &Texts| lang.map_or_else(|| texts.to_json(), |lang| Json::from(texts.get(lang)));
    let text = |text: Option<&str>| text.map(Json::from);
    let meaning = indicator.meaning.as_deref();
    let told = |part: Option<&Texts>| part.map(texts);
    let series = |indicator: &Indicator| {
        by_side(|side| {
            let series = indicator.series(side)?;
            Some(Json::object([("provider", Json::from(series.provider())), ("name", Json::from(series.name()))]))
        })
    };
    let anchors = indicator.anchor().iter().map(|anchor| {
        Json::object([("dataset", Json::from(anchor.dataset())), ("seen", Json::Bool(anchor.is_seen()))])
    });
    let members = [
        ("code", text(Some(indicator.code()))),
        ("theme", text(Some(indicator.theme()))),
        ("partner", text(indicator.partner())),
        ("name", Some(texts(&indicator.names))),
        ("definition", told(meaning.map(|meaning| &meaning.definition))),
        ("numerator", told(meaning.and_then(|meaning| meaning.numerator.as_ref()))),
        ("denominator", told(meaning.and_then(|meaning| meaning.denominator.as_ref()))),
        ("caveat", told(meaning.and_then(|meaning| meaning.caveat.as_ref()))),
        ("tier", Some(Json::Int(indicator.tier()))),
        ("unit", text(Some(indicator.unit()))),
        ("per", indicator.per().map(Json::number)),
        ("min", Some(Json::number(min))),
        ("max", max.map(Json::number)),
        ("lowest", Some(by_side(|side| text(indicator.lowest(side))))),
        ("partial", Some(by_side(|side| text(indicator.partial(side)))).filter(is_filled)),
        ("censored_at", Some(by_side(|side| indicator.censored_at(side).map(Json::number))).filter(is_filled)),
        ("breakdowns", Some(indicator.breakdowns().map(Json::from).collect())),
        ("category", text(indicator.category())),
        ("grade", text(Some(indicator.grade().as_str()))),
        ("aggregation", text(Some(indicator.aggregation().as_str()))),
        ("direction", text(Some(indicator.direction().as_str()))),
        ("frequency", text(Some(indicator.frequency()))),
        ("evidence", text(Some(indicator.evidence().as_str()))),
        ("series", Some(series(indicator))),
        ("anchor", Some(anchors.collect())),
        ("breaks", Some(indicator.breaks.iter().map(|found| found.to_json(&texts)).collect())),
    ];
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)))
}

fn by_side(value: impl Fn(System) -> Option<Json>) -> Json {
    let member = |side: System| Some((side.as_str().to_owned(), value(side)?));
    Json::Object(Sides::<()>::ALL.into_iter().filter_map(member).collect())
}

fn is_filled(json: &Json) -> bool {
    json.as_object().is_some_and(|members| !members.is_empty())
}
