//! What an analysis says, theme by theme, and what it lacks.

use super::words::Words;
use super::{PROGRAMME, at, core_set, list, or_null, text};
use crate::catalogue::Role;
use crate::date::Date;
use crate::finding::Severity;
use crate::json::Json;
use crate::message::Lang;
use crate::report::check_text;
use crate::rulebook::Rulebook;
use crate::view::View;
use std::collections::BTreeSet;

/// The list of themes.
const THEMES: &str = "theme";
/// The list of the publics that a framework names.
const PUBLICS: &str = "analysis_public";
/// Weights of findings and their names in outputs.
const WEIGHTS: [(Severity, &str); 3] =
    [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")];

/// An analysis theme by theme.
#[derive(Debug)]
pub struct Summary<'b> {
    book: &'b Rulebook,
    json: Json,
}

/// What an analysis given as JSON text says, as far as it can be read.
///
/// ```
/// use sam_eurometropole::{Rulebook, date::Date, message::Lang, needs::summary};
/// let on = Date::parse("2026-01-15").unwrap();
/// let analysis = r#"{"partner": "ccas_roubaix", "territory": "FR-59512", "system": "FR", "year": 2025, "priorities": ["HOU"]}"#;
/// let summary = summary(Rulebook::embedded(), analysis, on);
/// assert!(summary.to_text(Lang::En).contains("Housing and homelessness – priority 1"));
/// ```
#[must_use]
pub fn summary<'b>(book: &'b Rulebook, analysis: &str, on: Date) -> Summary<'b> {
    let report = check_text(book, Role::NeedsAnalysis, analysis, on);
    let record = report.view(View::Full);
    let counts = WEIGHTS.map(|(weight, name)| (name, Json::from(report.count(weight))));
    let core = Core::of(book, &record);
    let head = |name: &'static str| (name, at(&record, name).cloned().unwrap_or(Json::Null));
    let json = Json::object([
        ("made_by", book.made_by(&[])),
        ("on", Json::from(on.to_string())),
        head("partner"),
        head("territory"),
        head("system"),
        head("framework"),
        head("year"),
        ("counts", Json::object(counts)),
        ("core", core.to_json()),
        ("themes", themes(book, &record, &core.missing)),
        ("desk", at(&record, "desk").cloned().unwrap_or_else(|| Json::Object(Vec::new()))),
        ("services_present", list(&record, "services_present").iter().cloned().collect()),
        ("publics_missing", publics(book, &record)),
    ]);
    Summary { book, json }
}

/// The shared core, and what of it an analysis lacks.
pub(super) struct Core<'b> {
    expected: usize,
    missing: Vec<&'b str>,
}

impl<'b> Core<'b> {
    /// That of the side on which the commune of an analysis lies; none where it is not known.
    pub(super) fn of(book: &'b Rulebook, record: &Json) -> Self {
        let side =
            text(record, "territory").and_then(|code| book.territory().get(code)).map(|commune| commune.system());
        let given: BTreeSet<&str> =
            list(record, "observations").iter().filter_map(|one| text(one, "indicator")).collect();
        let all: Vec<&str> = side.into_iter().flat_map(|side| core_set(book, side)).map(|one| one.code()).collect();
        let expected = all.len();
        let is_missing = |code: &&str| !given.contains(code) && !desk_tells(record, code);
        Self { expected, missing: all.into_iter().filter(is_missing).collect() }
    }

    /// How many there are, and how many were given.
    pub(super) fn to_json(&self) -> Json {
        let given = self.expected.saturating_sub(self.missing.len());
        Json::object([("expected", Json::from(self.expected)), ("given", Json::from(given))])
    }
}

/// Whether the desk of the analysis has the figure of an indicator: persons received, days waited, needs by field.
fn desk_tells(record: &Json, indicator: &str) -> bool {
    match indicator {
        "ACC07" => at(record, "desk.people_received").is_some(),
        "ACC08" => at(record, "desk.days_to_appointment").is_some(),
        "ACC09" => !list(record, "desk.needs").is_empty(),
        _ => false,
    }
}

/// Publics that the framework of the system names and that were not looked at; none are named outside France.
fn publics(book: &Rulebook, record: &Json) -> Json {
    let seen: Vec<&str> = list(record, "publics").iter().filter_map(Json::as_str).collect();
    let system = text(record, "system");
    let named = book.codes().get(PUBLICS).into_iter().flat_map(|list| list.codes());
    let named = named.filter(|code| code.system().is_some() && code.system() == system);
    named.map(|code| code.code()).filter(|code| !seen.contains(code)).map(Json::from).collect()
}

/// The themes in the order of their list. The programme's stands there only if the analysis speaks of it.
fn themes(book: &Rulebook, record: &Json, missing: &[&str]) -> Json {
    let codes = book.codes().get(THEMES).into_iter().flat_map(|list| list.codes()).map(|code| code.code());
    let one = |code: &str| {
        let theme = theme(record, code, missing);
        let says = ["figures", "findings", "missing"].iter().any(|part| !list(&theme, part).is_empty());
        (says || code != PROGRAMME).then_some(theme)
    };
    codes.filter_map(one).collect()
}

fn theme(record: &Json, code: &str, missing: &[&str]) -> Json {
    let names = |path: &str| list(record, path).iter().filter_map(Json::as_str).collect::<Vec<_>>();
    let priority = names("priorities").iter().position(|theme| *theme == code).map(|place| place + 1);
    let of_theme = |one: &&Json| text(one, "indicator").is_some_and(|indicator| indicator.get(..3) == Some(code));
    let findings = list(record, "findings").iter().filter(|finding| text(finding, "theme") == Some(code));
    Json::object([
        ("theme", Json::from(code)),
        ("looked_at", Json::Bool(names("themes").contains(&code))),
        ("priority", priority.map_or(Json::Null, Json::from)),
        ("figures", list(record, "observations").iter().filter(of_theme).cloned().collect()),
        ("findings", findings.cloned().collect()),
        ("missing", missing.iter().filter(|one| one.get(..3) == Some(code)).copied().map(Json::from).collect()),
    ])
}

impl Summary<'_> {
    /// The summary as JSON: head, counts of findings, the shared core, themes with figures, findings and what is missing, the desk.
    #[must_use]
    pub fn to_json(&self) -> &Json {
        &self.json
    }

    /// The summary to be read, in a language.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let words = Words { book: self.book, lang };
        let mut lines = vec![self.head(&words)];
        lines.push(words.say("needs.checked", &self.numbers("counts", ["error", "warning"])));
        lines.push(words.say("needs.core", &self.numbers("core", ["given", "expected"])));
        let publics = list(&self.json, "publics_missing");
        if !publics.is_empty() {
            lines.push(words.say("needs.publics_missing", &[("publics", words.labels(publics, PUBLICS))]));
        }
        for theme in list(&self.json, "themes") {
            lines.push(String::new());
            self.tell_theme(theme, &words, &mut lines);
        }
        self.tell_desk(&words, &mut lines);
        lines.push(String::new());
        lines.push(words.say("needs.centre_decides", &[]));
        lines.join("\n") + "\n"
    }

    fn head(&self, words: &Words<'_>) -> String {
        let coded = |path: &str, list: &str| words.label(text(&self.json, path), list);
        let params = [
            ("partner", coded("partner", "partner")),
            ("place", words.place(text(&self.json, "territory"))),
            ("framework", coded("framework", "analysis_framework")),
            ("year", at(&self.json, "year").cloned().unwrap_or(Json::Null)),
        ];
        words.say("needs.head", &params)
    }

    fn numbers<const N: usize>(&self, part: &str, names: [&'static str; N]) -> [(&'static str, Json); N] {
        let part = self.json.get(part);
        names.map(|name| (name, part.and_then(|part| part.get(name)).cloned().unwrap_or(Json::Null)))
    }

    fn tell_theme(&self, theme: &Json, words: &Words<'_>, lines: &mut Vec<String>) {
        let label = words.label(text(theme, "theme"), THEMES);
        lines.push(match at(theme, "priority").filter(|rank| **rank != Json::Null) {
            Some(rank) => words.say("needs.theme_priority", &[("theme", label), ("rank", rank.clone())]),
            None => words.say("needs.theme", &[("theme", label)]),
        });
        let before = lines.len();
        for finding in list(theme, "findings") {
            lines.push(format!("- {}", words.finding(finding)));
        }
        for figure in list(theme, "figures") {
            lines.push(format!("- {}", words.figure(figure)));
        }
        let missing = list(theme, "missing");
        if !missing.is_empty() {
            let missing = words.labels(missing, "indicator");
            lines.push(format!("- {}", words.say("needs.missing", &[("indicators", missing)])));
        }
        if lines.len() == before {
            lines.push(format!("- {}", words.say("needs.nothing", &[])));
        }
    }

    fn tell_desk(&self, words: &Words<'_>, lines: &mut Vec<String>) {
        let desk = at(&self.json, "desk");
        let number = |name: &str| desk.and_then(|desk| desk.get(name)).filter(|value| **value != Json::Null).cloned();
        let needs = desk.map(|desk| list(desk, "needs")).unwrap_or_default();
        let (people, days) = (number("people_received"), number("days_to_appointment"));
        if people.is_none() && days.is_none() && needs.is_empty() {
            return;
        }
        lines.push(String::new());
        lines.push(words.say("needs.desk", &[]));
        if let Some(people) = people {
            lines.push(format!("- {}", words.say("needs.desk_people", &[("people", people)])));
        }
        if let Some(days) = days {
            lines.push(format!("- {}", words.say("needs.desk_days", &[("days", days)])));
        }
        for need in needs {
            let domain = words.label(text(need, "domain"), "service_theme");
            let persons = need.get("persons").cloned().unwrap_or(Json::Null);
            lines.push(format!("- {}", words.say("needs.desk_need", &[("domain", domain), ("persons", persons)])));
        }
    }
}

/// The key of a figure in an analysis: indicator, period and breakdown.
pub(super) fn key(figure: &Json) -> String {
    let breakdown = figure.get("breakdown").map(Json::to_canonical).unwrap_or_default();
    Json::List(vec![or_null(text(figure, "indicator")), or_null(text(figure, "period")), Json::from(breakdown)])
        .to_canonical()
}
