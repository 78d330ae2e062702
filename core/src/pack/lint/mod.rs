//! Advice on a pack that loads: what a keeper hardly means.
//!
//! A checked pack and its document enter, problems with codes `lint.…` leave; none of them keeps the pack from being used. What a rule can come to
//! is found out in `possible`, without any case.

mod possible;

use super::coverage::coverage;
use super::{Effect, Pack, Problem, Rule};
use crate::document::Node;
use crate::json::Json;
use crate::kernel::{Kind, Test};
use crate::message::Lang;
use crate::rulebook::Rulebook;
use possible::{Wanted, is_possible};

/// What is wrong or odd about a document.
#[derive(Clone, Debug)]
pub struct Advice<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// Whether it loads; then the problems are advice.
    pub loads: bool,
    /// All of them, in the order of the document.
    pub problems: Vec<Problem>,
}

impl Advice<'_> {
    /// Whether nothing is wrong or odd.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.loads && self.problems.is_empty()
    }

    /// The advice as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("ok", Json::Bool(self.is_ok())),
            ("loads", Json::Bool(self.loads)),
            ("problems", self.problems.iter().map(Problem::to_json).collect()),
        ])
    }

    /// The advice as text, one problem a line.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let lines: Vec<String> = self.problems.iter().map(|p| p.to_text(self.book.messages(), lang)).collect();
        lines.join("\n")
    }
}

/// What is odd about a pack, in the order of the document. `document` is where it was read from.
#[must_use]
pub fn lint(book: &Rulebook, pack: &Pack, document: &Node) -> Vec<Problem> {
    let mut lint = Lint { pack, document, problems: Vec::new() };
    lint.values();
    for (index, rule) in pack.rules.iter().enumerate() {
        lint.rule(index, rule);
    }
    lint.untested(book);
    lint.problems
}

struct Lint<'p> {
    pack: &'p Pack,
    document: &'p Node,
    problems: Vec<Problem>,
}

impl Lint<'_> {
    fn add(&mut self, pointer: String, code: &str, params: &[(&str, String)]) {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let at = Some(self.document.nearest(&pointer).at);
        self.problems.push(Problem { code: code.to_owned(), pointer, at, params });
    }

    /// Days between two values on which there is none.
    fn values(&mut self) {
        for parameter in &self.pack.parameters {
            for (index, pair) in parameter.values.windows(2).enumerate() {
                let [before, after] = pair else { continue };
                let next = before.force.to.and_then(|to| to.plus_days(1));
                let (Some(next), Some(from)) = (next, after.force.from) else { continue };
                if next < from {
                    let name = parameter.name.replace('~', "~0").replace('/', "~1");
                    let pointer = format!("/parameters/{name}/values/{}", index + 1);
                    let days = [("from", next.to_string()), ("until", from.to_string())];
                    self.add(pointer, "lint.values_gap", &days);
                }
            }
        }
    }

    fn rule(&mut self, index: usize, rule: &Rule) {
        let pointer = |key: &str| format!("/rules/{index}/{key}");
        let guard: Vec<&Test> = self.pack.applies_when.iter().chain(&rule.when).collect();
        let may = |tests: &[(&Test, bool)]| {
            let guards = guard.iter().map(|test| Wanted { test, truth: true });
            let others = tests.iter().map(|(test, truth)| Wanted { test, truth: *truth });
            is_possible(guards.chain(others))
        };
        if !may(&[]) {
            return self.add(pointer("when"), "lint.never_applies", &[]);
        }
        if !may(&[(&rule.that, false)]) {
            return self.add(pointer("that"), "lint.always_holds", &[]);
        }
        // An obligation may be one that nobody can meet beforehand; a prohibition has exceptions, or is an empty `any`.
        let prohibits = !rule.unless.is_empty() || matches!(&rule.that.kind, Kind::Any(tests) if tests.is_empty());
        if rule.effect != Effect::Oblige && !prohibits && !may(&[(&rule.that, true)]) {
            self.add(pointer("that"), "lint.never_holds", &[]);
        }
        for (place, unless) in rule.unless.iter().enumerate() {
            if !may(&[(&rule.that, false), (&unless.test, true)]) {
                let pointer = format!("/rules/{index}/unless/{place}");
                self.add(pointer, "lint.unreachable_exception", &[("name", unless.id.clone())]);
            }
        }
    }

    fn untested(&mut self, book: &Rulebook) {
        let report = coverage(book, &[self.pack]);
        let untested = report.packs.iter().flat_map(|coverage| coverage.rules.iter());
        for rule in untested {
            let index = self.pack.rules.iter().position(|other| other.id == rule.id).unwrap_or_default();
            self.add(format!("/rules/{index}"), "lint.untested_rule", &[("name", rule.id.clone())]);
        }
    }
}
