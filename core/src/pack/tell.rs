//! Tests, coverage, due lists and differences of packs as text, in French, Dutch or English.

use super::boundaries::{Boundary, Turns};
use super::coverage::{Coverage, CoverageReport};
use super::diff::{CaseDiff, Change, Changed, DecisionDiff, KeyChange, PackDiff};
use super::due::{DueReport, Item, Reason, What};
use super::{Force, Pack, Parameter, TestFailure, TestsReport};
use crate::date::Date;
use crate::decision::Status;
use crate::explain::source;
use crate::json::Json;
use crate::message::{Lang, show, show_date};
use crate::rulebook::Rulebook;

impl TestsReport<'_> {
    /// The report as text: each pack, and what did not hold.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let mut out = Page { book: self.book, lang, text: String::new() };
        for (pack, failures) in &self.packs {
            out.pack(pack);
            out.items(failures, "keep.tests_ok", |out, failure| out.failure(failure));
        }
        out.text
    }
}

impl CoverageReport<'_> {
    /// The report as text: each pack, and what its tests do not reach.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let mut out = Page { book: self.book, lang, text: String::new() };
        for coverage in &self.packs {
            out.pack(coverage.pack);
            let unreached = out.unreached(coverage);
            out.items(&unreached, "keep.reached", |_, line| line.clone());
        }
        out.text
    }
}

impl DueReport<'_> {
    /// The list as text, one item a line.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let mut out = Page { book: self.book, lang, text: String::new() };
        out.line(&out.count("keep.due", self.items.len(), &[("day", Json::from(self.on.to_string()))]));
        for item in &self.items {
            out.line(&format!("- {}", out.due(item, self.on)));
        }
        out.text
    }
}

impl PackDiff<'_> {
    /// The differences as text: head, parameters, rules, tests, then the cases whose decision changes.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let mut out = Page { book: self.book, lang, text: String::new() };
        out.line(&format!("{} {} → {}", self.after.id, self.before.version, self.after.version));
        if self.before.hash == self.after.hash {
            out.line(&format!("- {}", out.word("keep.diff.none")));
        }
        if !self.head.is_empty() {
            out.heading("keep.diff.head");
            self.head.iter().for_each(|key| out.line(&format!("- {}", out.key(key))));
        }
        for (heading, list) in [
            ("keep.diff.parameters", &self.parameters),
            ("keep.diff.rules", &self.rules),
            ("keep.diff.tests", &self.tests),
        ] {
            if !list.is_empty() {
                out.heading(heading);
                list.iter().for_each(|changed| out.changed(changed, 0));
            }
        }
        if let Some(decisions) = &self.decisions {
            out.decisions(decisions);
        }
        out.text
    }
}

/// A text in a language, as it grows.
struct Page<'b> {
    book: &'b Rulebook,
    lang: Lang,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn heading(&mut self, id: &str) {
        self.line("");
        self.line(&self.word(id));
    }

    fn word(&self, id: &str) -> String {
        self.book.messages().get(id, self.lang).to_owned()
    }

    fn with(&self, id: &str, params: &[(&str, Json)]) -> String {
        let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        self.book.messages().render(id, self.lang, &params)
    }

    fn count(&self, id: &str, count: usize, params: &[(&str, Json)]) -> String {
        let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        self.book.messages().count(id, self.lang, i64::try_from(count).unwrap_or(i64::MAX), &params)
    }

    /// A pack with the number of its tests.
    fn pack(&mut self, pack: &Pack) {
        let params = [("pack", Json::from(pack.id.as_str())), ("version", Json::from(pack.version.as_str()))];
        self.line(&self.count("keep.tests", pack.tests.len(), &params));
    }

    /// A line for each item, or one that says that there is none.
    fn items<T>(&mut self, items: &[T], none: &str, tell: impl Fn(&Self, &T) -> String) {
        if items.is_empty() {
            self.line(&format!("- {}", self.word(none)));
        }
        for item in items {
            self.line(&format!("- {}", tell(self, item)));
        }
    }

    fn failure(&self, failure: &TestFailure) -> String {
        let params = [
            ("test", Json::from(failure.test.as_str())),
            ("expectation", Json::from(failure.expectation.as_str())),
            ("expected", Json::from(self.value(Some(&failure.expected)))),
            ("got", Json::from(self.value(Some(&failure.got)))),
        ];
        self.with("keep.failure", &params)
    }

    fn unreached(&self, coverage: &Coverage<'_>) -> Vec<String> {
        let mut out = Vec::new();
        let mut tell = |id: &str, rule: &str, name: &str, value: String| {
            out.push(self.with(id, &[("rule", Json::from(rule)), (name, Json::from(value))]));
        };
        for rule in &coverage.rules {
            tell("keep.rule", &rule.id, "", String::new());
        }
        for (rule, exception) in &coverage.exceptions {
            tell("keep.exception", &rule.id, "exception", (*exception).to_owned());
        }
        for (rule, never) in &coverage.statuses {
            let id = if *never == Status::Satisfied { "keep.satisfied" } else { "keep.failed" };
            tell(id, &rule.id, "", String::new());
        }
        for (parameter, force) in &coverage.values {
            tell("keep.value", "", "value", self.of_parameter(parameter, *force));
        }
        out.extend(coverage.days.iter().map(|boundary| self.boundary(coverage.pack, boundary)));
        out
    }

    /// A boundary day, with the days on which no test stands.
    fn boundary(&self, pack: &Pack, boundary: &Boundary<'_>) -> String {
        let what = match boundary.of {
            Turns::Pack => &pack.id,
            Turns::Rule(rule) => &rule.id,
            Turns::Parameter(parameter) => &parameter.name,
        };
        let day = |day: Date| show_date(day, self.lang, self.book.messages());
        let untested: Vec<String> = boundary.untested.iter().map(|untested| day(*untested)).collect();
        let params = [
            ("what", Json::from(what.as_str())),
            ("day", Json::from(day(boundary.day))),
            ("untested", Json::from(untested.join(", "))),
        ];
        self.with(&format!("keep.day.{}", boundary.side.as_str()), &params)
    }

    /// A value of a parameter by its days.
    fn of_parameter(&self, parameter: &Parameter, force: Force) -> String {
        let id = match (force.from, force.to) {
            (Some(_), Some(_)) => "keep.period",
            (Some(_), None) => "keep.since",
            (None, Some(_)) => "keep.until",
            (None, None) => return parameter.name.clone(),
        };
        let day = |day: Option<Date>| Json::from(day.map_or_else(String::new, |day| day.to_string()));
        format!("{}, {}", parameter.name, self.with(id, &[("from", day(force.from)), ("to", day(force.to))]))
    }

    fn due(&self, item: &Item<'_>, on: Date) -> String {
        let what = match item.what {
            What::Pack => item.pack.id.clone(),
            What::Value(parameter, value) => {
                format!("{}, {}", item.pack.id, self.of_parameter(parameter, value.force))
            }
            What::Rule(rule) => rule.id.clone(),
        };
        let reasons: Vec<String> = item.reasons.iter().map(|reason| self.reason(*reason, on)).collect();
        let place = item.source().map_or_else(String::new, |found| format!(" [{}]", source(found, self.lang)));
        format!("{what} – {}{place}", reasons.join("; "))
    }

    fn reason(&self, reason: Reason, on: Date) -> String {
        let Some(day) = reason.day() else { return self.word("not_verified") };
        let passed = if day < on { ".passed" } else { "" };
        let id = format!("keep.due.{}{passed}", reason.as_str());
        self.with(&id, &[("day", Json::from(show_date(day, self.lang, self.book.messages())))])
    }

    /// A part that is not the same, with its keys a step further in.
    fn changed(&mut self, changed: &Changed, depth: usize) {
        let step = "  ".repeat(depth);
        let change = self.word(&format!("keep.diff.{}", changed.change.as_str()));
        let id = if changed.id.is_empty() { self.word("keep.begin") } else { changed.id.clone() };
        self.line(&format!("{step}- {id} – {change}"));
        // What is gone needs no more words.
        if changed.change != Change::Removed {
            for key in &changed.keys {
                self.line(&format!("{step}  - {}", self.key(key)));
            }
            changed.values.iter().for_each(|value| self.changed(value, depth + 1));
        }
    }

    /// A key with its value before and after; one side where there is but one.
    fn key(&self, key: &KeyChange) -> String {
        let values = match (&key.before, &key.after) {
            (None, Some(after)) => self.value(Some(after)),
            (before, after) => format!("{} → {}", self.value(before.as_ref()), self.value(after.as_ref())),
        };
        format!("{} – {values}", key.key)
    }

    /// A value as people read it; conditions as they are written.
    fn value(&self, value: Option<&Json>) -> String {
        match value {
            None | Some(Json::Null) => "–".to_owned(),
            Some(Json::List(items)) if items.is_empty() => "–".to_owned(),
            Some(Json::List(items)) if items.iter().any(|item| item.as_str().is_none()) => {
                items.iter().cloned().collect::<Json>().to_canonical()
            }
            Some(value) => show(value, self.lang, self.book.messages()),
        }
    }

    fn decisions(&mut self, decisions: &DecisionDiff) {
        let params = [("day", Json::from(decisions.on.to_string())), ("cases", Json::from(decisions.cases))];
        self.line("");
        self.line(&self.count("keep.cases", decisions.changed.len(), &params));
        for case in &decisions.unread {
            self.line(&format!("- {}", self.with("keep.unread", &[("case", Json::from(case + 1))])));
        }
        for changed in &decisions.changed {
            self.case(changed);
        }
    }

    fn case(&mut self, changed: &CaseDiff) {
        let [before, after] = [0, 1].map(|side| Json::from(self.outcome(changed, side)));
        let params = [("case", Json::from(changed.case + 1)), ("before", before), ("after", after)];
        self.line(&format!("- {}", self.with("keep.case", &params)));
        for (rule, [before, after]) in &changed.rules {
            let [before, after] = [before, after].map(|status| self.status(*status));
            self.line(&format!("  - {rule} – {before} → {after}"));
        }
    }

    /// The outcome on one side, with its firmness.
    fn outcome(&self, changed: &CaseDiff, side: usize) -> String {
        let at = |words: &[&'static str; 2]| words.get(side).copied().unwrap_or_default();
        let outcome = self.word(&format!("outcome.{}", at(&changed.outcome)));
        format!("{outcome} ({})", self.word(&format!("firmness.{}", at(&changed.firmness))))
    }

    /// A status by the word of outputs, as packs and tests write it.
    fn status(&self, status: Option<&'static str>) -> &'static str {
        status.unwrap_or("–")
    }
}
