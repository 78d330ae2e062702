//! The pack's own tests: a case, a day, and what is expected of them.

use super::{Loader, canonical};
use crate::catalogue::Role;
use crate::decision::{Due, Firmness, Outcome, Status};
use crate::document::{Node, NodeValue};
use crate::json::Json;
use crate::pack::scope::At;
use crate::pack::{Expect, PackTest};

pub(in crate::pack) const OUTCOMES: [Outcome; 4] =
    [Outcome::Accepted, Outcome::Refused, Outcome::Undetermined, Outcome::NotCovered];
pub(in crate::pack) const FIRMNESS: [Firmness; 3] = [Firmness::Firm, Firmness::ToCheck, Firmness::Discretionary];
pub(in crate::pack) const STATUSES: [Status; 5] =
    [Status::NotApplicable, Status::Satisfied, Status::Excepted, Status::Failed, Status::Unknown];
pub(in crate::pack) const DUES: [Due; 5] = [Due::Void, Due::Possible, Due::Met, Due::Overdue, Due::Due];
/// What a test may be unable to reach.
pub(in crate::pack) const UNTESTED: [Status; 2] = [Status::Satisfied, Status::Failed];
const EXPECTATIONS: &[&str] =
    &["outcome", "firmness", "ready", "deciding", "missing", "warnings", "obligations", "statuses"];

impl Loader<'_> {
    pub(super) fn own_tests(&mut self, at: &At<'_>, root: &At<'_>) -> Vec<PackTest> {
        let Some(items) = at.items() else {
            self.problems.wrong_type(at, "list");
            return Vec::new();
        };
        let rules = rule_ids(root);
        items.iter().filter_map(|item| self.own_test(item, &rules)).collect()
    }

    /// What no test can reach, each with the reason.
    pub(super) fn untested(&mut self, at: &At<'_>, root: &At<'_>) -> Vec<(String, &'static str)> {
        let Some(items) = at.items() else {
            self.problems.wrong_type(at, "list");
            return Vec::new();
        };
        let rules: Vec<(&str, &str)> = rule_ids(root).into_iter().map(|rule| (rule, rule)).collect();
        let one = |item: &At<'_>| {
            self.problems.keys(item, &["rule", "status", "why"]);
            self.problems.wanted_text(item, "why");
            let rule = self.problems.wanted(item, "rule").and_then(|place| self.problems.one_of(&place, &rules));
            let words = UNTESTED.map(Status::as_str);
            let status = self.problems.wanted(item, "status").and_then(|place| self.word(&place, &words));
            Some((rule?.to_owned(), status?))
        };
        items.iter().filter_map(one).collect()
    }

    fn own_test(&mut self, at: &At<'_>, rules: &[&str]) -> Option<PackTest> {
        self.problems.keys(at, &["name", "at", "given", "participant", "case", "expect"]);
        let name = self.problems.wanted_text(at, "name");
        let day = self.problems.wanted(at, "at").and_then(|place| self.problems.date(&place));
        let case = self.case(at);
        let expect = self.problems.wanted(at, "expect").map(|place| self.expect(&place, rules));
        Some(PackTest { name: name?, at: day?, case: case?, expect: expect? })
    }

    /// The record that the pack applies to, and beside it the person; or both, by their names.
    fn case(&mut self, at: &At<'_>) -> Option<Json> {
        let Some(case) = at.get("case") else {
            let given = self.problems.wanted(at, "given").map(|place| data(place.node));
            let mut case = vec![(self.applies_to.as_str().to_owned(), given?)];
            case.extend(at.get("participant").map(|place| ("participant".to_owned(), data(place.node))));
            return Some(Json::Object(case));
        };
        self.problems.keys(&case, &Role::CASE.map(Role::as_str));
        if at.get("given").or_else(|| at.get("participant")).is_some() {
            self.problems.add(&case, "pack.two_cases", &[]);
        }
        Some(data(case.node))
    }

    fn expect(&mut self, at: &At<'_>, rules: &[&str]) -> Expect {
        self.problems.keys(at, EXPECTATIONS);
        Expect {
            outcome: at.get("outcome").and_then(|place| self.word(&place, &OUTCOMES.map(Outcome::as_str))),
            firmness: at.get("firmness").and_then(|place| self.word(&place, &FIRMNESS.map(Firmness::as_str))),
            ready: at.get("ready").and_then(|place| self.flag(&place)),
            deciding: at.get("deciding").map(|place| self.rule_ids(&place, rules)).unwrap_or_default(),
            missing: at.get("missing").map(|place| self.words(&place)),
            warnings: at.get("warnings").map(|place| self.rule_ids(&place, rules)),
            obligations: self.by_rule(at, "obligations", rules, &DUES.map(Due::as_str)),
            statuses: self.by_rule(at, "statuses", rules, &STATUSES.map(Status::as_str)),
        }
    }

    fn by_rule(
        &mut self,
        at: &At<'_>,
        key: &str,
        rules: &[&str],
        words: &[&'static str],
    ) -> Vec<(String, &'static str)> {
        let Some(place) = at.get(key) else { return Vec::new() };
        self.problems.keys(&place, rules);
        // In the order of the rules: that of the keys says nothing.
        let read = |rule: &&str| Some(((*rule).to_owned(), self.word(&place.get(rule)?, words)?));
        rules.iter().filter_map(read).collect()
    }

    fn word(&mut self, at: &At<'_>, words: &[&'static str]) -> Option<&'static str> {
        let words: Vec<(&str, &'static str)> = words.iter().map(|word| (*word, *word)).collect();
        self.problems.one_of(at, &words)
    }

    fn rule_ids(&mut self, at: &At<'_>, rules: &[&str]) -> Vec<String> {
        let known: Vec<(&str, &str)> = rules.iter().map(|rule| (*rule, *rule)).collect();
        let items = at.items().unwrap_or_default();
        if at.items().is_none() {
            self.problems.wrong_type(at, "list");
        }
        items.iter().filter_map(|item| self.problems.one_of(item, &known).map(str::to_owned)).collect()
    }

    fn words(&mut self, at: &At<'_>) -> Vec<String> {
        let items = at.items().unwrap_or_default();
        if at.items().is_none() {
            self.problems.wrong_type(at, "list");
        }
        items.iter().filter_map(|item| self.problems.text(item)).collect()
    }

    fn flag(&mut self, at: &At<'_>) -> Option<bool> {
        let flag = at.node.boolean();
        if flag.is_none() {
            self.problems.wrong_type(at, "bool");
        }
        flag
    }
}

/// The ids of the rules, as they are written.
fn rule_ids<'n>(root: &At<'n>) -> Vec<&'n str> {
    let rules = root.node.get("rules").and_then(Node::list).unwrap_or_default();
    rules.iter().filter_map(|rule| rule.get("id")?.text()).collect()
}

/// A record of a test: a number of YAML is one, with or without decimals.
pub(super) fn data(node: &Node) -> Json {
    match &node.value {
        NodeValue::Object(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), data(&entry.value))).collect())
        }
        NodeValue::List(items) => items.iter().map(data).collect(),
        NodeValue::Plain(_) => node.number().map_or_else(|| canonical(node, ""), Json::number),
        _ => canonical(node, ""),
    }
}
