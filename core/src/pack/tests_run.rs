//! A pack's own tests, run by the engine on this pack alone. Each expectation that does not hold is told, not the first one only.

use super::{Pack, PackKind, PackTest};
use crate::decision::{Decision, RuleResult, decide_with};
use crate::json::Json;
use crate::rulebook::Rulebook;

/// An expectation of a test that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFailure {
    /// Name of the test.
    pub test: String,
    /// The key of the expectation; for one rule, with its id: `statuses.tutor`.
    pub expectation: String,
    /// What was expected.
    pub expected: Json,
    /// What came out; null if there is no such obligation.
    pub got: Json,
}

/// The tests of some packs.
#[derive(Clone, Debug)]
pub struct TestsReport<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// Each pack, with what did not hold.
    pub packs: Vec<(&'b Pack, Vec<TestFailure>)>,
}

/// Runs the tests of some packs, each on its pack alone. Packs of checks have none: they decide nothing.
#[must_use]
pub fn test_packs<'b>(book: &'b Rulebook, packs: &[&'b Pack]) -> TestsReport<'b> {
    let deciding = packs.iter().filter(|pack| pack.kind == PackKind::Rules);
    TestsReport { book, packs: deciding.map(|pack| (*pack, run_tests(pack, book))).collect() }
}

/// Runs the tests of a pack on this pack alone.
///
/// ```
/// use sam_eurometropole::{Rulebook, pack::run_tests};
///
/// let book = Rulebook::embedded();
/// let pack = book.pack("fr.pmsmp").unwrap();
/// assert!(!pack.tests.is_empty() && run_tests(pack, book).is_empty());
/// ```
#[must_use]
pub fn run_tests(pack: &Pack, book: &Rulebook) -> Vec<TestFailure> {
    pack.tests.iter().flat_map(|test| run_one(pack, test, book)).collect()
}

impl TestsReport<'_> {
    /// Whether every test of every pack holds.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.packs.iter().all(|(_, failures)| failures.is_empty())
    }

    /// The report as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let packs: Vec<&Pack> = self.packs.iter().map(|(pack, _)| *pack).collect();
        Json::object([
            ("made_by", self.book.made_by(&packs)),
            ("ok", Json::Bool(self.is_ok())),
            ("packs", self.packs.iter().map(|(pack, failures)| pack_json(pack, failures)).collect()),
        ])
    }
}

fn pack_json(pack: &Pack, failures: &[TestFailure]) -> Json {
    Json::object([
        ("pack", Json::from(pack.id.as_str())),
        ("tests", Json::from(pack.tests.len())),
        ("failures", failures.iter().map(TestFailure::to_json).collect()),
    ])
}

impl TestFailure {
    fn to_json(&self) -> Json {
        Json::object([
            ("test", Json::from(self.test.as_str())),
            ("expectation", Json::from(self.expectation.as_str())),
            ("expected", self.expected.clone()),
            ("got", self.got.clone()),
        ])
    }
}

fn run_one(pack: &Pack, test: &PackTest, book: &Rulebook) -> Vec<TestFailure> {
    let decision = decide_with(book, &[pack], &test.case.to_canonical(), test.at);
    let mut told = Told { pack, test, failures: Vec::new() };
    told.words(&decision);
    told.lists(&decision);
    for (rule, wanted) in &test.expect.obligations {
        let due = |result: &RuleResult<'_>| result.judged.due.map(|due| due.as_str());
        told.by_rule("obligations", rule, wanted, find(&decision, pack, rule).and_then(due));
    }
    for (rule, wanted) in &test.expect.statuses {
        let status = |result: &RuleResult<'_>| result.judged.status.as_str();
        told.by_rule("statuses", rule, wanted, find(&decision, pack, rule).map(status));
    }
    told.failures
}

fn find<'d, 'b>(decision: &'d Decision<'b>, pack: &Pack, rule: &str) -> Option<&'d RuleResult<'b>> {
    decision.rules.iter().find(|result| own_id(pack, &result.rule.id) == rule)
}

/// The id of a rule without that of its pack.
pub(super) fn own_id<'r>(pack: &Pack, rule: &'r str) -> &'r str {
    rule.strip_prefix(pack.id.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(rule)
}

struct Told<'t> {
    pack: &'t Pack,
    test: &'t PackTest,
    failures: Vec<TestFailure>,
}

impl Told<'_> {
    fn words(&mut self, decision: &Decision<'_>) {
        let expect = &self.test.expect;
        let word = |word: &'static str| Json::from(word);
        self.compare("outcome", expect.outcome.map(word), word(decision.outcome.as_str()));
        self.compare("firmness", expect.firmness.map(word), word(decision.firmness.as_str()));
        self.compare("ready", expect.ready.map(Json::Bool), Json::Bool(decision.ready));
    }

    fn lists(&mut self, decision: &Decision<'_>) {
        let expect = &self.test.expect;
        let ids = |results: &mut dyn Iterator<Item = &RuleResult<'_>>| -> Vec<String> {
            results.map(|result| own_id(self.pack, &result.rule.id).to_owned()).collect()
        };
        let deciding = ids(&mut decision.deciding_results());
        let warnings = ids(&mut decision.rules.iter().filter(|result| result.warns()));
        let holds = |all: &[String], some: &[String]| some.iter().all(|rule| all.contains(rule));
        if !holds(&deciding, &expect.deciding) {
            self.add("deciding".to_owned(), texts(&expect.deciding), texts(&deciding));
        }
        let missing: Vec<String> = decision.missing_outcome.iter().map(|m| m.field.path()).collect();
        self.compare("missing", expect.missing.as_deref().map(texts), texts(&missing));
        let differ = |wanted: &&Vec<String>| !holds(wanted, &warnings) || !holds(&warnings, wanted);
        if let Some(wanted) = expect.warnings.as_ref().filter(differ) {
            self.add("warnings".to_owned(), texts(wanted), texts(&warnings));
        }
    }

    fn by_rule(&mut self, key: &str, rule: &str, wanted: &str, got: Option<&str>) {
        if got != Some(wanted) {
            self.add(format!("{key}.{rule}"), Json::from(wanted), got.map_or(Json::Null, Json::from));
        }
    }

    fn compare(&mut self, key: &str, wanted: Option<Json>, got: Json) {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != got) {
            self.add(key.to_owned(), wanted, got);
        }
    }

    fn add(&mut self, expectation: String, expected: Json, got: Json) {
        self.failures.push(TestFailure { test: self.test.name.clone(), expectation, expected, got });
    }
}

fn texts(list: &[String]) -> Json {
    list.iter().map(|text| Json::from(text.as_str())).collect()
}
