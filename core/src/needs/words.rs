//! How parts of an analysis are told.

use super::text;
use crate::json::Json;
use crate::message::Lang;
use crate::rulebook::Rulebook;

/// A rulebook that speaks a language.
#[derive(Clone, Copy)]
pub(super) struct Words<'b> {
    pub(super) book: &'b Rulebook,
    pub(super) lang: Lang,
}

impl Words<'_> {
    /// A message with its params.
    pub(super) fn say(self, id: &str, params: &[(&str, Json)]) -> String {
        let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        self.book.messages().render(id, self.lang, &params)
    }

    /// The label of a code; a code that the list does not have as it is.
    pub(super) fn label(self, code: Option<&str>, list: &str) -> Json {
        let known = code.and_then(|code| self.book.codes().get(list)?.find(code));
        known.map_or_else(|| super::or_null(code), |code| Json::from(code.label(self.lang)))
    }

    /// The labels of some codes.
    pub(super) fn labels(self, codes: &[Json], list: &str) -> Json {
        codes.iter().map(|code| self.label(code.as_str(), list)).collect()
    }

    /// The name of a commune, and its code.
    pub(super) fn place(self, code: Option<&str>) -> Json {
        let commune = code.and_then(|code| self.book.territory().get(code));
        match (commune, code) {
            (Some(commune), Some(code)) => Json::from(format!("{} ({code})", commune.name(self.lang))),
            _ => super::or_null(code),
        }
    }

    /// What was found about a theme: how grave, how it develops, the indicator that shows it, what was written.
    pub(super) fn finding(self, finding: &Json) -> String {
        let mut parts =
            vec![self.say("needs.severity", &[("severity", self.label(text(finding, "severity"), "need_severity"))])];
        if let Some(trend) = text(finding, "trend") {
            parts.push(self.say("needs.trend", &[("trend", self.label(Some(trend), "need_trend"))]));
        }
        if let Some(indicator) = text(finding, "indicator") {
            parts.push(self.say("needs.shown_by", &[("indicator", self.label(Some(indicator), "indicator"))]));
        }
        let said = text(finding, "about_territory").map(|text| format!(" – {text}")).unwrap_or_default();
        parts.join(", ") + &said
    }

    /// A figure with its indicator, its part of the population, its period and its unit; or why there is none.
    pub(super) fn figure(self, figure: &Json) -> String {
        let parts: Vec<String> = self.parts(figure);
        let breakdown = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        let params = [
            ("indicator", self.label(text(figure, "indicator"), "indicator")),
            ("breakdown", Json::from(breakdown)),
            ("period", super::or_null(text(figure, "period"))),
            ("value", self.value(figure)),
        ];
        self.say("needs.figure", &params)
    }

    /// The value with its unit, or the status that stands for it.
    pub(super) fn value(self, figure: &Json) -> Json {
        match figure.get("value").filter(|value| **value != Json::Null) {
            Some(value) => {
                let own = format!("needs.value.{}", text(figure, "unit").unwrap_or_default());
                let id = if self.book.messages().has(&own) { own.as_str() } else { "needs.value" };
                let unit = self.label(text(figure, "unit"), "unit");
                Json::from(self.say(id, &[("value", value.clone()), ("unit", unit)]))
            }
            None => self.label(text(figure, "obs_status"), "obs_status"),
        }
    }

    /// The parts of the population by their labels.
    fn parts(self, figure: &Json) -> Vec<String> {
        let parts = figure.get("breakdown").and_then(Json::as_object).unwrap_or_default();
        let layout = crate::catalogue::Role::Observation.layout();
        let part = |(name, code): &(String, Json)| {
            let column = layout.find(&format!("breakdown.{name}")).and_then(|id| layout.column(id));
            let list = match column.map(|column| column.field.kind) {
                Some(crate::catalogue::FieldType::Code(list)) => list,
                _ => "",
            };
            self.label(code.as_str(), list).as_str().map(str::to_owned)
        };
        parts.iter().filter_map(part).collect()
    }
}
