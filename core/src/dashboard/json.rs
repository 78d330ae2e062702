//! The dashboard as JSON: nested for machines, and as flat rows for tables.

use super::{Attention, Beside, Dashboard, Entry, Gap, Profile, Rank, Reason, Trend, Unranked, thresholds};
use crate::harmonise::request::{Request, breakdown_json};
use crate::harmonise::{Cell, Series, words};
use crate::json::Json;
use crate::record::Breakdown;
use crate::rows::Record as _;

type Members = Vec<(String, Json)>;

impl Dashboard<'_> {
    /// The whole dashboard.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let all = &self.harmonised;
        let series = all.series.iter().zip(&self.series);
        Json::object([
            ("made_by", all.book.made_by(&[])),
            ("request", all.request.as_ref().map_or(Json::Null, Request::to_json)),
            ("thresholds", thresholds_json()),
            ("findings", all.findings.iter().map(|finding| finding.to_json(true, true)).collect()),
            ("series", series.map(|(series, entries)| self.series_json(series, entries)).collect()),
            ("attention", self.attention.iter().map(|attention| self.attention_json(attention)).collect()),
            ("profiles", self.profiles.iter().map(|profile| self.profile_json(profile)).collect()),
        ])
    }

    /// One flat row for each cell that is shown; every row has the same members, null where there is nothing.
    #[must_use]
    pub fn rows_json(&self) -> Json {
        let series = self.harmonised.series.iter().zip(&self.series);
        series.flat_map(|(series, entries)| entries.iter().map(|entry| self.row_json(series, entry))).collect()
    }

    fn period(&self, at: usize) -> Json {
        self.harmonised.periods.get(at).map_or(Json::Null, |(text, _)| Json::from(text.as_str()))
    }

    fn series_json(&self, series: &Series<'_>, entries: &[Entry<'_>]) -> Json {
        let indicator = series.indicator;
        Json::object([
            ("indicator", Json::from(indicator.code())),
            ("theme", Json::from(indicator.theme())),
            ("unit", Json::from(indicator.unit())),
            ("grade", Json::from(indicator.grade().as_str())),
            ("direction", Json::from(indicator.direction().as_str())),
            ("breakdown", breakdown_json(&series.breakdown)),
            ("show", Json::from(series.show.as_str())),
            ("caveats", words(&series.caveats)),
            ("cells", entries.iter().map(|entry| self.entry_json(entry)).collect()),
        ])
    }

    fn entry_json(&self, entry: &Entry<'_>) -> Json {
        let mut members = self.cell_members(&entry.cell);
        if !entry.gaps.is_empty() {
            put(&mut members, "gaps", entry.gaps.iter().map(gap_json).collect());
        }
        match entry.rank {
            Some(Ok(rank)) => put(&mut members, "rank", rank_json(rank)),
            Some(Err(why)) => put(&mut members, "unranked", Json::from(why.as_str())),
            None => {}
        }
        if let Some(trend) = &entry.trend {
            put(&mut members, "trend", self.trend_json(trend));
        }
        Json::Object(members)
    }

    fn cell_members(&self, cell: &Cell<'_>) -> Members {
        let mut members = self.harmonised.cell_json(cell, false);
        if cell.is_computed() && cell.value.is_ok() {
            put(&mut members, "computed", Json::Bool(true));
        }
        members
    }

    fn trend_json(&self, trend: &Trend<'_>) -> Json {
        let point =
            |(at, value): (usize, f64)| Json::object([("period", self.period(at)), ("value", Json::number(value))]);
        let mut members = vec![
            ("first".to_owned(), point(trend.first)),
            ("last".to_owned(), point(trend.last)),
            ("points".to_owned(), Json::from(trend.points)),
        ];
        let numbers = [("change", trend.change), ("percent", trend.percent)];
        for (name, value) in numbers {
            if let Some(value) = value {
                put(&mut members, name, Json::number(value));
            }
        }
        if let Some(course) = trend.course {
            put(&mut members, "course", Json::from(course.as_str()));
        }
        if !trend.breaks.is_empty() {
            let one = |(at, id): &(usize, Option<&str>)| {
                Json::object([("period", self.period(*at)), ("break", id.map_or(Json::Null, Json::from))])
            };
            put(&mut members, "breaks", trend.breaks.iter().map(one).collect());
        }
        Json::Object(members)
    }

    fn attention_json(&self, attention: &Attention<'_>) -> Json {
        Json::object([
            ("place", Json::from(attention.place)),
            ("theme", Json::from(attention.theme)),
            ("reasons", attention.reasons.iter().map(|reason| self.reason_json(reason)).collect()),
        ])
    }

    fn reason_json(&self, reason: &Reason<'_>) -> Json {
        let mut members = vec![
            ("why".to_owned(), Json::from(reason.why.as_str())),
            ("about".to_owned(), Json::from(if reason.why.is_need() { "need" } else { "data" })),
            ("indicator".to_owned(), Json::from(reason.indicator)),
            ("breakdown".to_owned(), breakdown_json(&reason.breakdown)),
            ("period".to_owned(), self.period(reason.period)),
        ];
        if let Some(gap) = &reason.gap {
            put(&mut members, "gap", gap_json(gap));
        }
        if let Some(trend) = &reason.trend {
            put(&mut members, "trend", self.trend_json(trend));
        }
        Json::Object(members)
    }

    fn profile_json(&self, profile: &Profile<'_>) -> Json {
        let neighbours = profile.neighbours.iter().map(|(place, confidence)| {
            Json::object([("place", Json::from(*place)), ("confidence", Json::from(confidence.as_str()))])
        });
        Json::object([
            ("place", Json::from(profile.place)),
            ("neighbours", neighbours.collect()),
            ("series", profile.series.iter().map(|beside| self.beside_json(beside)).collect()),
        ])
    }

    fn beside_json(&self, beside: &Beside<'_>) -> Json {
        let series = self.harmonised.series.get(beside.series);
        let others = beside.others.iter().map(|(cell, gap)| {
            let mut members = self.cell_members(cell);
            if let Some(gap) = gap {
                put(&mut members, "gap", gap_json(gap));
            }
            Json::Object(members)
        });
        Json::object([
            ("indicator", series.map_or(Json::Null, |series| Json::from(series.indicator.code()))),
            ("breakdown", series.map_or(Json::Null, |series| breakdown_json(&series.breakdown))),
            ("show", Json::from(beside.show.as_str())),
            ("own", Json::Object(self.cell_members(&beside.own))),
            ("others", others.collect()),
        ])
    }

    fn row_json(&self, series: &Series<'_>, entry: &Entry<'_>) -> Json {
        let (indicator, cell) = (series.indicator, &entry.cell);
        let zone = self.harmonised.request.as_ref().and_then(|request| request.zone);
        let gap = |to: Option<&str>, of: fn(&Gap<'_>) -> f64| {
            let gap = entry.gaps.iter().find(|gap| Some(gap.to) == to);
            gap.map_or(Json::Null, |gap| Json::number(of(gap)))
        };
        let text = |text: Option<&str>| text.map_or(Json::Null, Json::from);
        let number = |value: Option<f64>| value.map_or(Json::Null, Json::number);
        let rank = entry.rank.and_then(Result::ok);
        let trend = entry.trend.as_ref();
        let mut row: Members = [
            ("indicator", Json::from(indicator.code())),
            ("theme", Json::from(indicator.theme())),
            ("unit", Json::from(indicator.unit())),
            ("grade", Json::from(indicator.grade().as_str())),
            ("show", Json::from(series.show.as_str())),
            ("place", Json::from(cell.place)),
            ("level", Json::from(if cell.is_commune { "commune" } else { "area" })),
            ("side", text(cell.side.map(crate::territory::System::as_str))),
            ("period", self.period(cell.period)),
            ("value", number(cell.value.ok())),
            ("absent", text(cell.value.err().map(crate::harmonise::Absent::as_str))),
            ("status", text(cell.published_status())),
            ("source", text(cell.source)),
            ("computed", Json::Bool(cell.is_computed() && cell.value.is_ok())),
            ("caveats", words(&[series.caveats.as_slice(), cell.caveats().as_slice()].concat())),
            ("rank", rank.map_or(Json::Null, |rank| Json::from(rank.place))),
            ("rank_of", rank.map_or(Json::Null, |rank| Json::from(rank.of))),
            ("rank_among", text(rank.map(|rank| rank.among.as_str()))),
            ("unranked", text(entry.rank.and_then(Result::err).map(Unranked::as_str))),
            ("zone_value", gap(zone, |gap| gap.reference)),
            ("gap_to_zone", gap(zone, |gap| gap.difference)),
            ("gap_to_country", gap(cell.place.get(..2), |gap| gap.difference)),
            ("change", number(trend.and_then(|trend| trend.change))),
            ("change_since", trend.map_or(Json::Null, |trend| self.period(trend.first.0))),
            ("course", text(trend.and_then(|trend| trend.course).map(super::Course::as_str))),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        for field in Breakdown::DEF.fields {
            let code = series.breakdown.iter().find(|(name, _)| *name == field.name).map(|(_, code)| code.as_str());
            put(&mut row, &format!("breakdown.{}", field.name), text(code));
        }
        Json::Object(row)
    }
}

fn put(members: &mut Members, name: &str, value: Json) {
    members.push((name.to_owned(), value));
}

fn gap_json(gap: &Gap<'_>) -> Json {
    let mut members = vec![
        ("to".to_owned(), Json::from(gap.to)),
        ("reference".to_owned(), Json::number(gap.reference)),
        ("difference".to_owned(), Json::number(gap.difference)),
    ];
    if let Some(percent) = gap.percent {
        put(&mut members, "percent", Json::number(percent));
    }
    Json::Object(members)
}

fn rank_json(rank: Rank) -> Json {
    Json::object([
        ("place", Json::from(rank.place)),
        ("of", Json::from(rank.of)),
        ("tied", Json::Bool(rank.is_tied)),
        ("among", Json::from(rank.among.as_str())),
    ])
}

/// The thresholds, and whose they are.
fn thresholds_json() -> Json {
    Json::object([
        ("origin", Json::from("own")),
        ("worse_percent", Json::number(thresholds::WORSE_PERCENT)),
        ("course_percent", Json::number(thresholds::COURSE_PERCENT)),
        ("small_count", Json::number(thresholds::SMALL_COUNT)),
    ])
}
