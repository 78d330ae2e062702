//! Breaks of series: from a day on, figures are not what they were.

use super::read::{Fields as _, text};
use crate::date::Date;
use crate::json::Json;
use crate::message::{Lang, Texts};
use crate::period::Period;
use crate::territory::System;

/// A break of one or several series.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    pub(super) id: String,
    pub(super) series: Vec<String>,
    pub(super) when: Vec<When>,
    pub(super) what: Texts,
    pub(super) verified: bool,
}

/// Where and when a break happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) sides: Vec<System>,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
}

impl Break {
    pub(super) fn read(json: &Json) -> Option<Self> {
        Some(Self {
            id: json.text("id")?,
            series: json.all("series", text)?,
            when: json.all("when", When::read)?,
            what: Texts::from_json(json.get("what")?)?,
            verified: json.get("verified")?.as_bool()?,
        })
    }

    /// `BRK01`; never used again.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The indicators whose series it breaks.
    pub fn series(&self) -> impl ExactSizeIterator<Item = &str> {
        self.series.iter().map(String::as_str)
    }

    /// What happened.
    #[must_use]
    pub fn what(&self, lang: Lang) -> &str {
        self.what.get(lang)
    }

    /// Whether day and event were looked up in a public source.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.verified
    }

    /// The first day of the new figures of a side and, where the change came in steps, the last of these days.
    #[must_use]
    pub fn days(&self, side: System) -> Option<(Date, Option<Date>)> {
        let when = self.when.iter().find(|when| when.sides.contains(&side));
        when.map(|when| (when.from, when.to))
    }

    /// Whether it lies between two periods of a side, or within the later one.
    #[must_use]
    pub fn is_between(&self, side: System, one: Period, other: Period) -> bool {
        let (earlier, later) = if one.first() <= other.first() { (one, other) } else { (other, one) };
        self.days(side)
            .is_some_and(|(from, to)| earlier != later && earlier.first() < to.unwrap_or(from) && from <= later.last())
    }

    /// The object in outputs, without the indicators.
    pub(super) fn to_json(&self, texts: &dyn Fn(&Texts) -> Json) -> Json {
        let day = |day: Date| Json::from(day.to_string());
        let when = self.when.iter().map(|when| {
            let sides = when.sides.iter().map(|side| Json::from(side.as_str())).collect();
            let members = [("sides", Some(sides)), ("from", Some(day(when.from))), ("to", when.to.map(day))];
            Json::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
        });
        Json::object([
            ("id", Json::from(self.id.as_str())),
            ("when", when.collect()),
            ("what", texts(&self.what)),
            ("verified", Json::Bool(self.verified)),
        ])
    }
}

impl When {
    fn read(json: &Json) -> Option<Self> {
        let day = |json: &Json| Date::parse(json.as_str()?).ok();
        Some(Self {
            sides: json.all("sides", |side| System::parse(side.as_str()?))?,
            from: day(json.get("from")?)?,
            to: json.optional("to", day)?,
        })
    }
}
