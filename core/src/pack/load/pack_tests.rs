//! The pack's own tests.

use super::Loader;
use super::canonical::canonical;
use crate::json::Json;
use crate::pack::PackTest;
use crate::pack::scope::At;

impl Loader<'_> {
    pub(super) fn tests(&mut self, at: &At<'_>) -> Vec<PackTest> {
        let Some(items) = at.items() else {
            self.problems.wrong_type(at, "list");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.pack_test(item)).collect()
    }

    fn pack_test(&mut self, at: &At<'_>) -> Option<PackTest> {
        self.problems.keys(at, &["name", "at", "given", "participant", "expect"]);
        let name = self.problems.wanted_text(at, "name");
        let day = self.problems.wanted(at, "at").and_then(|place| self.problems.date(&place));
        let given = self.problems.wanted(at, "given").map(|place| canonical(place.node, ""));
        let mut case = vec![(self.applies_to.as_str().to_owned(), given?)];
        if let Some(place) = at.get("participant") {
            case.push(("participant".to_owned(), canonical(place.node, "")));
        }
        let expect = self.problems.wanted(at, "expect")?;
        self.problems.keys(&expect, &["outcome", "deciding", "missing"]);
        let words = |place: At<'_>| -> Vec<String> {
            place.items().unwrap_or_default().iter().filter_map(|p| p.node.text().map(str::to_owned)).collect()
        };
        Some(PackTest {
            name: name?,
            at: day?,
            case: Json::Object(case),
            outcome: self.problems.optional_text(&expect, "outcome"),
            deciding: expect.get("deciding").map(words).unwrap_or_default(),
            missing: expect.get("missing").map(words),
        })
    }
}
