//! Reports, decisions and answers about time as text, in French, Dutch or English; and why a decision is what it is, test by test ([`explain_text`]).
//!
//! A rendering only: it adds nothing to what the JSON says, and leaves personal values out unless asked for them. Codes, communes
//! and fields are shown by their labels.

mod calendar;
mod dashboard;
mod export;
mod page;
mod picture;
mod report;
mod seen;
mod sentence;
mod tree;

pub use page::PageOptions;
pub use picture::{ChartOptions, WrongChartOption};
pub use tree::{Explanation, explain_text, explain_value};

use crate::catalogue::{FieldType, Role};
use crate::change::{Change, ChangeSet, Changes};
use crate::dataset::SetReport;
use crate::date::Date;
use crate::decision::{Applied, Decision, Due, Outcome, RuleResult, Status, cell_json};
use crate::finding::{Code, Finding, Param, Path};
use crate::json::Json;
use crate::kernel::{FieldRef, Gap, Place};
use crate::message::{Lang, fill, show, show_date, show_money};
#[cfg(feature = "national")]
use crate::national::Read;
use crate::order;
use crate::pack::{Pack, Rule, Source};
use crate::purge::Purge;
use crate::report::Report;
use crate::rows::OwnedCell;
use crate::rulebook::Rulebook;
#[cfg(feature = "tables")]
use crate::table::{Kept, TableReport, companion::Places};
use crate::territory::Lookup;
use crate::time::Interval;
use crate::time::earliest_start::{EarliestStart, Needed};
use crate::time::timeline::Timeline;

/// An output as canonical JSON for machines, or as text for people.
pub trait Tell {
    /// In a language, or without one as canonical JSON. Personal values are left out unless `values` is set.
    fn tell(&self, lang: Option<Lang>, values: bool) -> String;
}

macro_rules! tell {
    ($($output:ident),*) => {
        $(impl Tell for $output<'_> {
            fn tell(&self, lang: Option<Lang>, values: bool) -> String {
                lang.map_or_else(|| self.to_json(values).to_canonical(), |lang| self.to_text(lang, values))
            }
        })*
    };
}

tell!(Report, SetReport, Purge, Changes);

impl Tell for Decision<'_> {
    fn tell(&self, lang: Option<Lang>, values: bool) -> String {
        lang.map_or_else(|| self.to_canonical(values), |lang| self.to_text(lang, values))
    }
}

impl Report<'_> {
    /// The report as text, one finding a line.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book(), lang, values };
        let mut out = Lines::default();
        out.line(&teller.findings_head(self.findings.len()));
        for finding in &self.findings {
            out.item(&teller.finding(finding, Some(self.role)));
        }
        out.text
    }
}

#[cfg(feature = "tables")]
impl<K: Kept> TableReport<'_, K> {
    /// The report as text: what concerns the whole table, then the findings of each row that has some.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book(), lang, values };
        let count = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        let mut out = Lines::default();
        out.line(&teller.book.messages().count("table.rows", lang, count, &[]));
        let of_table = self.findings.iter().map(|finding| teller.of_companion(finding, self.role));
        out.section(&teller.word("table.heading"), of_table);
        for (row, findings) in self.rows.iter().enumerate() {
            let heading = match self.lines.get(row) {
                Some(line) => teller.with("table.line", &[("line", Json::from(*line))]),
                None => teller.with("table.row", &[("row", Json::from(row))]),
            };
            let told = findings.iter().map(|finding| {
                let told = teller.finding(finding, Some(self.role));
                let place = self.companion(row, finding).map(|(places, row)| teller.in_companion(places, row));
                place.map_or_else(|| told.clone(), |place| format!("{told} ({place})"))
            });
            out.section(&heading, told);
        }
        out.text
    }
}

impl SetReport<'_> {
    /// The report as text: what is wrong between records, then what is wrong in each.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book, lang, values };
        let mut out = Lines::default();
        let all: Vec<&Finding> = self.findings.iter().chain(self.tables.values().flatten().flatten()).collect();
        out.line(&teller.findings_head(all.len()));
        for finding in &self.findings {
            out.item(&teller.between(finding));
        }
        for (role, rows) in &self.tables {
            let told =
                rows.iter().enumerate().flat_map(|(row, findings)| findings.iter().map(move |finding| (row, finding)));
            let told = told.map(|(row, finding)| format!("{} – {}", row + 1, teller.finding(finding, Some(*role))));
            out.section(&teller.book.label(*role, "record", lang), told);
        }
        out.text
    }
}

#[cfg(feature = "national")]
impl Read<'_> {
    /// What was read as text: how much, then what is said of it.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let teller = Teller { book: self.book, lang, values: true };
        let mut out = Lines::default();
        let count = i64::try_from(self.observations.len()).unwrap_or(i64::MAX);
        let rows = Json::from(self.rows[0]);
        out.line(&teller.book.messages().count("national.read", lang, count, &[("rows", &rows)]));
        for finding in &self.findings {
            let severity = teller.word(&format!("severity.{}", finding.severity.as_str()));
            out.item(&format!("{severity} – {}", teller.finding_text(finding)));
        }
        out.text
    }
}

impl Purge<'_> {
    /// What has to go as text, one record a line.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book, lang, values };
        let mut out = Lines::default();
        let count = i64::try_from(self.due.len()).unwrap_or(i64::MAX);
        let day = Json::from(self.on.to_string());
        out.line(&match count {
            0 => teller.with("purge.none", &[("day", day)]),
            _ => teller.book.messages().count("purge.count", lang, count, &[("day", &day)]),
        });
        self.due.iter().for_each(|due| out.item(&teller.places(due)));
        out.text
    }
}

impl Decision<'_> {
    /// The decision as text: outcome, why, what is missing, who has to do what by when, what was not examined.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book, lang, values };
        let mut out = Lines::default();
        out.line(&teller.outcome(self));
        out.line(&teller.with("decided_on", &[("day", Json::from(self.on.to_string()))]));
        if self.outcome == Outcome::Accepted {
            out.line(&teller.steps_left(self));
        }
        out.line(&teller.word("disclaimer"));
        let deciding = self.deciding_results().map(|result| teller.rule(result));
        out.section(&teller.word("heading.deciding"), deciding);
        out.section(&teller.word("heading.missing"), self.missing_outcome.iter().map(|m| teller.missing(m)));
        out.section(
            &teller.word("heading.stated"),
            self.stated.iter().map(|(field, reason)| teller.stated(field, *reason)),
        );
        out.section(&teller.word("heading.obligations"), self.rules.iter().filter_map(|r| teller.obligation(r)));
        let warnings = self.rules.iter().filter(|r| r.warns()).map(|r| teller.rule_text(r));
        out.section(&teller.word("heading.warnings"), warnings);
        out.section(&teller.word("heading.missing_other"), self.missing_other.iter().map(|m| teller.missing(m)));
        let gaps = order::set(self.gaps.iter().map(|(rule, gap)| teller.gap(rule, gap)));
        out.section(&teller.word("heading.gaps"), gaps.into_iter());
        let not_applied = self.not_examined().map(|(pack, applied)| teller.not_applied(pack, applied));
        out.section(&teller.word("heading.not_applied"), not_applied);
        out.section(&teller.word("heading.not_covered"), std::iter::once(teller.not_covered()));
        if !self.findings.is_empty() {
            let findings = self.findings.iter().map(|finding| teller.finding(finding, None));
            out.section(&teller.word("heading.findings"), findings);
        }
        out.text
    }
}

impl Timeline<'_> {
    /// The timeline as text: each interval, with the rules that stand otherwise than before.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book, lang, values };
        let mut out = Lines::default();
        out.line(&teller.word("disclaimer"));
        out.intervals(&teller, &teller.word("heading.days"), &self.intervals);
        out.text
    }
}

impl EarliestStart<'_> {
    /// The answer as text: the day, what stands in the way, and the outcome by the first day of the placement.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book, lang, values };
        let mut out = Lines::default();
        let (found, heading) = match self.earliest {
            _ if !self.missing.is_empty() => (teller.word("earliest.missing"), ""),
            Some(day) => {
                let day = [("day", Json::from(day.to_string()))];
                (teller.with("earliest.found", &day), "heading.in_the_way.before")
            }
            None => (teller.word("earliest.none"), "heading.in_the_way"),
        };
        out.line(&found);
        out.line(&teller.with("decided_on", &[("day", Json::from(self.on.to_string()))]));
        out.line(&teller.word("disclaimer"));
        let missing = |needed: &Needed| {
            format!("{} – {}", teller.field(needed.field), teller.word(&format!("missing.{}", needed.action())))
        };
        out.section(&teller.word("heading.missing"), self.missing.iter().map(missing));
        out.section(&teller.word(heading), self.in_the_way.iter().map(|result| teller.rule(result)));
        out.intervals(&teller, &teller.word("heading.first_days"), &self.intervals);
        let findings = self.findings.iter().map(|finding| teller.finding(finding, None));
        out.section(&teller.word("heading.findings"), findings);
        out.text
    }
}

impl Changes<'_> {
    /// The changes as text, one set a line.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool) -> String {
        let teller = Teller { book: self.book, lang, values };
        let mut out = Lines::default();
        out.line(&teller.word(match (self.failed.is_empty(), self.sets.is_empty() && self.complete) {
            (true, _) => "changes.not_needed",
            (false, true) => "changes.none",
            (false, false) => "changes.heading",
        }));
        self.sets.iter().for_each(|set| out.item(&teller.change_set(set)));
        if !self.complete {
            out.line(&teller.word("changes.cut"));
        }
        out.line(&teller.with("decided_on", &[("day", Json::from(self.on.to_string()))]));
        out.line(&teller.word("disclaimer"));
        out.text
    }
}

impl Decision<'_> {
    /// The packs that took no part, but for those whose law was not looked up so far.
    fn not_examined(&self) -> impl Iterator<Item = (&Pack, Applied)> {
        let others = self.packs.iter().filter(|(pack, applied)| *applied != Applied::Yes && !self.is_gap(&pack.id));
        others.map(|(pack, applied)| (*pack, *applied))
    }

    /// Whether the law of a pack was not looked up so far: then it stands among the gaps.
    fn is_gap(&self, pack: &str) -> bool {
        self.gaps.iter().any(|(id, gap)| id == pack && *gap == Gap::CheckedUntil)
    }
}

/// Lines of a text.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn item(&mut self, line: &str) {
        self.line(&format!("- {line}"));
    }

    /// A heading and its items, if there are any.
    fn section(&mut self, heading: &str, items: impl Iterator<Item = String>) {
        let mut items = items.peekable();
        if items.peek().is_none() {
            return;
        }
        self.line("");
        self.line(heading);
        items.for_each(|item| self.item(&item));
    }
}

impl Lines {
    /// Intervals under a heading, and under each the rules that stand otherwise.
    fn intervals(&mut self, teller: &Teller<'_>, heading: &str, intervals: &[Interval<'_>]) {
        if intervals.is_empty() {
            return;
        }
        self.line("");
        self.line(heading);
        for interval in intervals {
            self.item(&teller.interval(interval));
            for result in &interval.changed {
                let told = teller.obligation(result).unwrap_or_else(|| teller.rule(result));
                self.line(&format!("  - {told}"));
            }
        }
    }
}

/// Tells things in a language.
struct Teller<'b> {
    book: &'b Rulebook,
    lang: Lang,
    values: bool,
}

impl Teller<'_> {
    fn word(&self, id: &str) -> String {
        self.book.messages().get(id, self.lang).to_owned()
    }

    /// French sets a no-break space before a colon.
    fn colon(&self) -> &'static str {
        if self.lang == Lang::Fr { "\u{a0}: " } else { ": " }
    }

    /// And before a semicolon.
    fn semicolon(&self) -> &'static str {
        if self.lang == Lang::Fr { "\u{a0}; " } else { "; " }
    }

    fn with(&self, id: &str, params: &[(&str, Json)]) -> String {
        let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        self.book.messages().render(id, self.lang, &params)
    }

    fn findings_head(&self, count: usize) -> String {
        if count == 0 {
            return self.word("report.none");
        }
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.book.messages().count("report.count", self.lang, count, &[])
    }

    /// A finding between records, with its weight.
    fn between(&self, finding: &Finding) -> String {
        format!("{} – {}", self.word(&format!("severity.{}", finding.severity.as_str())), self.places(finding))
    }

    /// A finding of a set: each path with its record and its number from 1.
    fn places(&self, finding: &Finding) -> String {
        let place = |path: &Path| {
            let Some(role) = path.role() else { return path.text(true) };
            let (plain, numbers) = path.plain();
            let numbers: String = numbers.iter().map(|n| format!(" {}", n + 1)).collect();
            format!(
                "{}{numbers} ({})",
                self.book.label(role, "record", self.lang),
                self.book.label(role, &plain, self.lang)
            )
        };
        let places: Vec<String> = finding.paths.iter().map(place).collect();
        format!("{}{}{}", places.join(", "), self.colon(), self.finding_text(finding))
    }

    fn finding(&self, finding: &Finding, role: Option<Role>) -> String {
        let severity = self.word(&format!("severity.{}", finding.severity.as_str()));
        let paths: Vec<String> = finding.paths.iter().map(|path| self.path(path, role)).collect();
        format!("{severity} – {}{}{}", paths.join(", "), self.colon(), self.finding_text(finding))
    }

    fn finding_text(&self, finding: &Finding) -> String {
        let shown: Vec<&Param> = finding.params.iter().filter(|p| self.values || !p.personal).collect();
        let list = finding.params.iter().find(|p| p.name == "list").and_then(|p| p.value.as_str());
        let params: Vec<(&str, Json)> = shown.iter().map(|p| (p.name.as_str(), self.param(p, list, finding))).collect();
        let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        if let Some((pack, rule)) = finding.rule.as_deref().and_then(|id| self.rule_of(id)) {
            return self.check_text(pack, rule, &params);
        }
        self.book.messages().render(&self.variant(&finding.code, &shown), self.lang, &params)
    }

    /// The text with a hint, with one limit of two, without the value, or plain, as far as there is one.
    fn variant(&self, code: &str, shown: &[&Param]) -> String {
        let has = |name: &str| shown.iter().any(|p| p.name == name);
        let suffix = match (has("hint") || has("replaced_by"), has("min"), has("max"), has("value")) {
            (true, ..) => ".hint",
            (false, true, false, _) => ".at_least",
            (false, false, true, _) => ".at_most",
            (false, _, _, false) => ".masked",
            (false, _, _, true) => "",
        };
        let id = format!("{code}{suffix}");
        if self.book.messages().has(&id) { id } else { code.to_owned() }
    }

    fn rule_of(&self, id: &str) -> Option<(&Pack, &Rule)> {
        let (pack, _) = id.rsplit_once('.')?;
        let pack = self.book.pack(pack)?;
        Some((pack, pack.rules.iter().find(|rule| rule.id == id)?))
    }

    /// What a check says, and whether somebody has looked it up.
    fn check_text(&self, pack: &Pack, rule: &Rule, params: &[(&str, &Json)]) -> String {
        let text = self.filled(pack, rule, params);
        match rule.verified {
            Some(_) => text,
            None => format!("{text} ({})", self.word("not_verified")),
        }
    }

    /// What a rule says with its values; amounts in euros.
    fn filled(&self, pack: &Pack, rule: &Rule, params: &[(&str, &Json)]) -> String {
        let amount = |name: &str, value: &Json| {
            let cents = match value {
                Json::Int(cents) => *cents,
                Json::Float(cents) => cents.get().round() as i64,
                _ => return None,
            };
            let is_money = rule.show.iter().any(|show| show.name == name && show.value.is_money(pack));
            is_money.then(|| Json::from(show_money(cents, self.lang)))
        };
        let amounts: Vec<Option<Json>> = params.iter().map(|(name, value)| amount(name, value)).collect();
        let params: Vec<(&str, &Json)> = params
            .iter()
            .zip(&amounts)
            .map(|((name, value), amount)| (*name, amount.as_ref().unwrap_or(value)))
            .collect();
        fill(rule.say.get(self.lang), self.lang, &params, self.book.messages())
    }

    /// A param as people read it: kinds and units by their words, codes and communes by their labels.
    fn param(&self, param: &Param, list: Option<&str>, finding: &Finding) -> Json {
        let Param { name, value, .. } = param;
        let text = |prefix: &str| {
            let id = format!("{prefix}.{}", value.as_str().unwrap_or_default());
            if self.book.messages().has(&id) { Json::from(self.word(&id)) } else { value.clone() }
        };
        match name.as_str() {
            "expected" => text("types"),
            "got" => text("kinds"),
            "unit" => text("units"),
            "reason" if finding.code == "text.form" => Json::from(self.reason(value, finding)),
            "as" => text("read_as"),
            "reason" if finding.code == Code::NationalNotCarried.as_str() => text("not_carried"),
            "text" if value.as_str() == Some("") => Json::from(self.word("national.blank")),
            "kind" if finding.code == Code::NationalRowsPassed.as_str() => text("rows_passed"),
            "field" if finding.code.starts_with("national.") => self.breakdown(value.as_str().unwrap_or_default()),
            "list" => list
                .and_then(|list| self.book.codes().get(list))
                .map_or_else(|| value.clone(), |codes| Json::from(codes.title(self.lang))),
            "value" | "in_force" | "replaced_by" | "hint" if list.is_some() => {
                self.coded(value, list.unwrap_or_default())
            }
            "value" | "successors" if finding.code.starts_with("territory.") => self.communes(value),
            "indicator" => self.coded(value, "indicator"),
            "theme" => self.coded(value, "theme"),
            "given_unit" | "wanted_unit" => self.coded(value, "unit"),
            "level" | "lowest" => self.labels(value, "area_level"),
            "sides" => self.labels(value, "system"),
            "status" => self.coded(value, "obs_status"),
            "place" | "area" | "into" => self.communes(value),
            "hint" if finding.code == Code::NationalPlaceUnknown.as_str() => self.communes(value),
            "relation" => {
                let id = value.as_str().unwrap_or_default();
                let found = self.book.taxonomy().relations().iter().find(|relation| relation.id() == id);
                found.map_or_else(|| value.clone(), |relation| Json::from(relation.say(self.lang)))
            }
            "break" => {
                let id = value.as_str().unwrap_or_default();
                let found = self.book.taxonomy().breaks().find(|found| found.id() == id);
                found.map_or_else(|| value.clone(), |found| Json::from(found.what(self.lang)))
            }
            "breakdown" => self.breakdown(value.as_str().unwrap_or_default()),
            "hint" if finding.code == Code::ObservationBreakdown.as_str() => self.breakdowns(value),
            "depends_on" => match finding.paths.first().and_then(Path::role) {
                Some(role) => Json::from(self.book.label(role, value.as_str().unwrap_or_default(), self.lang)),
                None => value.clone(),
            },
            _ => value.clone(),
        }
    }

    /// Why a text is not the number that its field holds.
    fn reason(&self, code: &Json, finding: &Finding) -> String {
        let params: Vec<(&str, Json)> = finding.params.iter().map(|p| (p.name.as_str(), p.value.clone())).collect();
        self.with(code.as_str().unwrap_or_default(), &params)
    }

    /// Names of breakdowns by their labels.
    fn breakdowns(&self, names: &Json) -> Json {
        names.as_list().unwrap_or_default().iter().filter_map(Json::as_str).map(|name| self.breakdown(name)).collect()
    }

    /// The name of a breakdown, or of the place where figures are broken down by place.
    fn breakdown(&self, name: &str) -> Json {
        let field = if name == "territory" { name.to_owned() } else { format!("breakdown.{name}") };
        Json::from(self.book.label(Role::Observation, &field, self.lang))
    }

    fn coded(&self, value: &Json, list: &str) -> Json {
        match value {
            Json::List(items) => items.iter().map(|item| self.coded(item, list)).collect(),
            Json::Text(text) => Json::from(self.code(list, text)),
            other => other.clone(),
        }
    }

    /// Labels without their codes.
    fn labels(&self, value: &Json, list: &str) -> Json {
        let label = |text: &str| {
            let code = self.book.codes().get(list).and_then(|codes| codes.find(text));
            Json::from(code.map_or(text, |code| code.label(self.lang)))
        };
        match value {
            Json::List(items) => items.iter().filter_map(Json::as_str).map(label).collect(),
            other => other.as_str().map_or_else(|| other.clone(), label),
        }
    }

    /// `label (code)`, or the text as it is.
    fn code(&self, list: &str, text: &str) -> String {
        let code = self.book.codes().get(list).and_then(|codes| codes.find(text));
        code.map_or_else(|| text.to_owned(), |code| format!("{} ({text})", code.label(self.lang)))
    }

    fn communes(&self, value: &Json) -> Json {
        match value {
            Json::List(items) => items.iter().map(|item| self.communes(item)).collect(),
            Json::Text(text) => match self.book.territory().lookup(text) {
                Lookup::Known(commune) => Json::from(format!("{} ({text})", commune.name(self.lang))),
                _ => self.area(text).map_or_else(|| value.clone(), Json::from),
            },
            other => other.clone(),
        }
    }

    /// The name of an area and its code; NUTS regions have no name.
    fn area(&self, code: &str) -> Option<String> {
        let name = self.book.territory().area_of_figures(code)?.name(self.lang)?;
        Some(format!("{name} ({code})"))
    }

    /// A path by its labels; an element of a list by its number from 1.
    fn path(&self, path: &Path, role: Option<Role>) -> String {
        let Some(role) = path.role().or(role) else { return path.text(true) };
        let (plain, numbers) = path.plain();
        if role == role.kind() && plain.is_empty() {
            return format!("{}{}", role.as_str(), counted(&numbers));
        }
        self.placed(role, &plain, &numbers)
    }

    /// The label of a path, with the numbers of elements from 1. A place of a case that holds records of a kind under another name stands
    /// in front.
    fn placed(&self, role: Role, plain: &str, numbers: &[usize]) -> String {
        let label = || self.book.label(role, plain, self.lang);
        if role == role.kind() {
            return format!("{}{}", label(), counted(numbers));
        }
        let (of_place, inside) = numbers.split_at_checked(usize::from(role.is_list())).unwrap_or_default();
        let place = format!("{}{}", self.book.label(role, "record", self.lang), counted(of_place));
        if plain.is_empty() { place } else { format!("{place} – {}{}", label(), counted(inside)) }
    }

    /// The label of a field, with the numbers of elements from 1.
    fn place(&self, place: &Place) -> String {
        let path = place.field.path();
        self.placed(place.field.role, path.split_once('.').map_or("", |(_, inner)| inner), &place.at)
    }

    fn field(&self, field: FieldRef) -> String {
        self.place(&Place::from(field))
    }

    /// Days and their outcome.
    fn interval(&self, interval: &Interval<'_>) -> String {
        let last = interval.until.plus_days(-1).unwrap_or(interval.from);
        let id = if last == interval.from { "interval.day" } else { "interval.days" };
        let outcome = Json::from(self.word(&format!("outcome.{}", interval.outcome.as_str())));
        let day = |day: Date| Json::from(day.to_string());
        self.with(id, &[("from", day(interval.from)), ("to", day(last)), ("outcome", outcome)])
    }

    /// The outcome, and how firm it is where rules decided it.
    fn outcome(&self, decision: &Decision<'_>) -> String {
        let outcome = self.word(&format!("outcome.{}", decision.outcome.as_str()));
        if decision.deciding_rules.is_empty() {
            return outcome;
        }
        format!("{outcome} ({})", self.word(&format!("firmness.{}", decision.firmness.as_str())))
    }

    /// How many steps are left once the conditions are met, and by when the first.
    fn steps_left(&self, decision: &Decision<'_>) -> String {
        let open = || decision.rules.iter().filter(|result| result.judged.due.is_some_and(Due::is_open));
        let count = i64::try_from(open().count()).unwrap_or(i64::MAX);
        match open().filter_map(|result| result.judged.by).min() {
            _ if count == 0 => self.word("ready.yes"),
            Some(day) => {
                let day = Json::from(day.to_string());
                self.book.messages().count("ready.no", self.lang, count, &[("day", &day)])
            }
            None => self.book.messages().count("ready.undated", self.lang, count, &[]),
        }
    }

    /// A pack that took no part, and why.
    fn not_applied(&self, pack: &Pack, applied: Applied) -> String {
        format!("{} – {}", pack.title.get(self.lang), self.why_not_applied(pack, applied))
    }

    /// Why a pack took no part; of one that is not in force, when it is.
    fn why_not_applied(&self, pack: &Pack, applied: Applied) -> String {
        let period = match (applied, pack.force.from, pack.force.to) {
            (Applied::NotInForce, Some(_), Some(_)) => ".period",
            (Applied::NotInForce, Some(_), None) => ".since",
            (Applied::NotInForce, None, Some(_)) => ".until",
            _ => "",
        };
        let day = |day: Option<Date>| Json::from(day.map_or_else(String::new, |day| day.to_string()));
        let days = [("from", day(pack.force.from)), ("to", day(pack.force.to))];
        self.with(&format!("not_applied.{}{period}", applied.as_str()), &days)
    }

    /// What a rule says, how it stands, and where that is written.
    fn rule(&self, result: &RuleResult<'_>) -> String {
        let send = self.to_send(result).map_or_else(String::new, |send| format!(" – {send}"));
        format!("{}{}{}{send}", self.standing(result), self.colon(), self.rule_text(result))
    }

    /// How a rule stands, and who decides where that is open.
    fn standing(&self, result: &RuleResult<'_>) -> String {
        let status = match result.counts() {
            Some(counts) => self.word(&format!("counts.{}", counts.as_str())),
            None => self.word(&format!("status.{}", result.judged.status.as_str())),
        };
        let decides = result.rule.who_decides.as_deref().filter(|_| result.judged.status != Status::Satisfied);
        decides.map_or_else(|| status.clone(), |who| format!("{status} ({})", self.party(who)))
    }

    /// What has to be sent to the body that decides, where that is open.
    fn to_send(&self, result: &RuleResult<'_>) -> Option<String> {
        let send = result.rule.send.as_ref().filter(|_| result.is_left_to_somebody())?;
        Some(self.with("send", &[("what", Json::from(send.get(self.lang)))]))
    }

    /// What a rule says, with its values.
    fn said(&self, result: &RuleResult<'_>) -> String {
        let shown = result.judged.params.iter().filter(|p| self.values || !p.personal);
        let params: Vec<(&str, &Json)> = shown.map(|p| (p.name.as_str(), &p.value)).collect();
        self.filled(result.pack, result.rule, &params)
    }

    fn rule_text(&self, result: &RuleResult<'_>) -> String {
        format!("{} [{}]", self.said(result), self.written(result))
    }

    /// Where a rule is written, and whether it is still to be checked.
    fn written(&self, result: &RuleResult<'_>) -> String {
        let checked =
            if result.rule.verified.is_some() { String::new() } else { format!(" – {}", self.word("not_verified")) };
        format!("{}{checked}", source(&result.rule.source, self.lang))
    }

    fn who(&self, result: &RuleResult<'_>) -> String {
        result.rule.who.as_deref().map_or_else(String::new, |who| self.party(who))
    }

    /// The day of an obligation.
    fn by(&self, result: &RuleResult<'_>) -> String {
        result.judged.by.map_or_else(|| self.word("by.unknown"), |day| self.day(day))
    }

    /// Where an obligation stands, who has it and by when.
    fn due(&self, result: &RuleResult<'_>, due: Due) -> String {
        let params = [("who", Json::from(self.who(result))), ("by", Json::from(self.by(result)))];
        self.with(&format!("obligation.{}", due.as_str()), &params)
    }

    fn party(&self, code: &str) -> String {
        let found = self.book.codes().get("placement_party").and_then(|codes| codes.find(code));
        found.map_or_else(|| code.to_owned(), |code| code.label(self.lang).to_owned())
    }

    fn missing(&self, missing: &crate::decision::Missing) -> String {
        let action = self.word(&format!("missing.{}", missing.action()));
        format!("{} – {action}", self.place(&missing.field))
    }

    fn stated(&self, place: &Place, reason: crate::field::Absence) -> String {
        format!("{} – {}", self.place(place), self.word(&format!("stated.{}", reason.as_str())))
    }

    fn obligation(&self, result: &RuleResult<'_>) -> Option<String> {
        let due = result.judged.due.filter(|due| *due != Due::Void)?;
        Some(format!("{}{}{}", self.due(result, due), self.colon(), self.rule_text(result)))
    }

    /// Changes that belong together, and what they come to.
    fn change_set(&self, set: &ChangeSet) -> String {
        let changes: Vec<String> = set.changes.iter().map(|change| self.change(change)).collect();
        let outcome = self.word(&format!("outcome.{}", set.outcome.as_str()));
        let firmness = self.word(&format!("firmness.{}", set.firmness.as_str()));
        let missing: Vec<String> = set.missing.iter().map(|place| self.place(place)).collect();
        let missing = match missing.as_slice() {
            [] => String::new(),
            all => format!(" – {}{}{}", self.word("heading.missing"), self.colon(), all.join(", ")),
        };
        format!("{} → {outcome} ({firmness}){missing}", changes.join(self.semicolon()))
    }

    fn change(&self, change: &Change) -> String {
        let mut values = vec![&change.value];
        values.extend(&change.others);
        let value = match change.shows_value(self.values) {
            true => values.into_iter().map(|value| self.cell(change.field, value)).collect::<Vec<_>>().join(" / "),
            false => self.word("changes.masked"),
        };
        let was = match &change.was {
            OwnedCell::Absent(reason) if reason.is_answerable() => "changes.not_given",
            OwnedCell::Absent(_) => "changes.stated",
            _ if !change.shows_was(self.values) => "changes.was_masked",
            OwnedCell::Date(_) => "changes.was_day",
            OwnedCell::Text(_) => "changes.was_text",
            _ => "changes.was",
        };
        let was = self.with(was, &[("was", Json::from(self.cell(change.field, &change.was)))]);
        format!("{}{}{value}{was}", self.field(change.field), self.colon())
    }

    /// What a field holds, as people read it.
    fn cell(&self, field: FieldRef, cell: &OwnedCell) -> String {
        let kind = field.column().map(|column| column.field.kind);
        match (kind, cell) {
            (Some(FieldType::Code(list)), OwnedCell::Text(code)) => self.code(list, code),
            (Some(FieldType::Money), OwnedCell::Integer(cents)) => show_money(*cents, self.lang),
            (Some(FieldType::Territory), OwnedCell::Text(code)) => {
                show(&self.communes(&Json::from(&**code)), self.lang, self.book.messages())
            }
            _ => show(&cell_json(cell.as_cell()), self.lang, self.book.messages()),
        }
    }

    /// A gap of a rule, or of the whole pack where the law was not looked up so far.
    fn gap(&self, rule: &str, gap: &Gap) -> String {
        let id = rule.rsplit_once('.').map_or(rule, |(pack, _)| pack);
        let pack = self.book.pack(rule).or_else(|| self.book.pack(id));
        if let (Gap::CheckedUntil, Some(pack)) = (gap, pack) {
            let day = Json::from(pack.checked_until.to_string());
            let text = self.with("gap.checked_until", &[("day", day)]);
            return format!("{}{}{text}", pack.title.get(self.lang), self.colon());
        }
        let text = self.word(&format!("gap.{}", gap.as_str()));
        format!("{rule}{}{text}", self.colon())
    }

    fn not_covered(&self) -> String {
        let list = self.book.codes().get("not_covered");
        let labels: Vec<&str> =
            list.map(|list| list.codes().iter().map(|code| code.label(self.lang)).collect()).unwrap_or_default();
        labels.join(self.semicolon())
    }

    fn day(&self, day: Date) -> String {
        show_date(day, self.lang, self.book.messages())
    }
}

#[cfg(feature = "tables")]
impl Teller<'_> {
    /// A finding of a table, with the companion that it is about, unless its text says so.
    fn of_companion(&self, finding: &Finding, role: Role) -> String {
        let told = self.finding(finding, Some(role));
        let name = finding.params.iter().find(|param| param.name == "companion").and_then(|param| param.value.as_str());
        match name.filter(|name| !told.contains(name)) {
            Some(name) => format!("{told} ({name})"),
            None => told,
        }
    }

    /// A row of a companion.
    fn in_companion(&self, places: &Places, row: usize) -> String {
        let name = ("name", Json::from(places.list.name()));
        match places.lines.get(row) {
            Some(line) => self.with("table.in_companion.line", &[name, ("line", Json::from(*line))]),
            None => self.with("table.in_companion.row", &[name, ("row", Json::from(row))]),
        }
    }
}

/// The label of a field, whatever element of a list it is in.
pub(crate) fn field_label(book: &Rulebook, field: FieldRef, lang: Lang) -> String {
    Teller { book, lang, values: false }.field(field)
}

/// A finding about a request, with where it is.
pub(crate) fn finding_text(book: &Rulebook, finding: &Finding, lang: Lang) -> String {
    Teller { book, lang, values: true }.between(finding)
}

/// Law and article, or law and reference, and the identifiers of the text.
pub(crate) fn source(source: &Source, lang: Lang) -> String {
    let reference = || source.reference.as_ref().map(|reference| reference.get(lang).to_owned());
    let place = source.article.clone().or_else(reference);
    let identifiers = [
        source.eli.as_ref().map(|eli| eli.get(lang).to_owned()),
        source.legiarti.clone(),
        source.numac.as_ref().map(|numac| format!("Numac {numac}")),
    ];
    let parts = std::iter::once(source.law.get(lang).to_owned()).chain(place).chain(identifiers.into_iter().flatten());
    parts.collect::<Vec<_>>().join(", ")
}

/// The numbers of elements, from 1, each after a space.
fn counted(numbers: &[usize]) -> String {
    numbers.iter().map(|n| format!(" {}", n + 1)).collect()
}
