//! From a document to a checked pack.
//!
//! Every problem is found in one go: unknown keys, names that the catalogue does not know, codes outside their lists, units that do
//! not go together, values that overlap, texts that miss a language or name a placeholder that nobody fills, parameters and conditions
//! that nobody reads, and tests that read a field without the guard that its `applicable_when` asks for. What may be written in short is
//! lowered here to the operators of [`crate::kernel`].

mod canonical;
mod days;
mod guards;
mod lengths;
mod numbers;
mod operators;
mod own_tests;
mod parameters;
mod paths;
mod rules;
mod source;
mod week;

#[cfg(test)]
pub(in crate::pack) use rules::RULE_KEYS;

use super::scope::{At, Problems};
use super::{AnchorDef, Force, Origin, Pack, PackKind, Parameter, Problem};
use crate::catalogue::Role;
use crate::codes::CodeLists;
use crate::document::{Node, NodeValue};
use crate::hash::sha256_hex;
use crate::kernel::LeapDay;
use crate::limits;
use crate::message::{Lang, Texts};
use canonical::canonical;
#[cfg(feature = "schema")]
pub(in crate::pack) use own_tests::{DUES, FIRMNESS, OUTCOMES, STATUSES, UNTESTED};
#[cfg(feature = "schema")]
pub(in crate::pack) use parameters::UNITS;
use std::collections::BTreeSet;

pub(in crate::pack) const PACK_KEYS: &[&str] = &[
    "format",
    "pack",
    "version",
    "system",
    "title",
    "kind",
    "from",
    "to",
    "checked_until",
    "review_by",
    "as_of",
    "applies_to",
    "applies_when",
    "leap_day",
    "parameters",
    "conditions",
    "rules",
    "tests",
    "untested",
];
pub(in crate::pack) const KINDS: [(&str, PackKind); 2] = [("rules", PackKind::Rules), ("checks", PackKind::Checks)];
/// Words for days of a placement.
pub(in crate::pack) const ANCHORS: [(&str, &str); 3] = [
    ("submitted", "placement.submitted"),
    ("signed", "placement.agreement.last_signature"),
    ("start", "placement.start"),
];
pub(in crate::pack) const SYSTEMS: [(&str, ()); 6] =
    [("FR", ()), ("BE", ()), ("BE-WAL", ()), ("BE-VLG", ()), ("EU", ()), ("project", ())];

/// Checks a document and gives the pack.
///
/// # Errors
/// All problems of the document, in the order in which they were met.
pub fn load<'n>(node: &'n Node, codes: &'n CodeLists, origin: Origin) -> Result<Pack, Vec<Problem>> {
    let mut loader = Loader {
        codes,
        problems: Problems::default(),
        applies_to: Role::Placement,
        is_project: false,
        force: Force::default(),
        elements: Vec::new(),
        parameters: Vec::new(),
        conditions: Vec::new(),
        expanding: Vec::new(),
        used: BTreeSet::new(),
        read: BTreeSet::new(),
        next_test: 0,
        tests_so_far: 0,
        depth: 0,
    };
    let root = At { node, pointer: String::new() };
    lengths::look(&root, &mut loader.problems);
    if !loader.problems.list.is_empty() {
        return Err(loader.problems.list);
    }
    let pack = loader.pack(&root, origin);
    match pack {
        Some(pack) if loader.problems.list.is_empty() => Ok(pack),
        _ => Err(once(loader.problems.list)),
    }
}

/// Each problem once: that of a condition is met wherever the condition is used.
fn once(problems: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<Problem> = Vec::new();
    let mut seen = BTreeSet::new();
    for problem in problems {
        if seen.insert((problem.pointer.clone(), problem.code.clone(), problem.params.clone())) {
            kept.push(problem);
        }
    }
    kept
}

struct Loader<'c> {
    codes: &'c CodeLists,
    problems: Problems,
    applies_to: Role,
    /// Whether it is a pack of the project, not of a law.
    is_project: bool,
    /// First and last day of the pack.
    force: Force,
    /// Tables of the lists around, the outermost first.
    elements: Vec<(Role, usize)>,
    parameters: Vec<Parameter>,
    /// Parameters that somebody reads.
    read: BTreeSet<usize>,
    /// Name, test and pointer of each condition above.
    conditions: Vec<(String, &'c Node, String)>,
    /// Conditions whose tests are being read.
    expanding: Vec<String>,
    /// Conditions that somebody uses.
    used: BTreeSet<String>,
    /// Number of the next test of the rule.
    next_test: usize,
    /// Tests of the pack, conditions written out.
    tests_so_far: usize,
    depth: usize,
}

impl<'n> Loader<'n> {
    fn pack(&mut self, root: &At<'n>, origin: Origin) -> Option<Pack> {
        self.problems.keys(root, PACK_KEYS);
        self.format(root);
        let id = self.problems.wanted_text(root, "pack");
        self.id_form(root, id.as_deref());
        let version = self.version(root);
        let system = self.problems.wanted(root, "system").and_then(|at| {
            self.problems.one_of(&at, &SYSTEMS)?;
            at.node.text().map(str::to_owned)
        });
        self.is_project = system.as_deref() == Some("project");
        let kind = root.get("kind").map_or(Some(PackKind::Rules), |at| self.problems.one_of(&at, &KINDS));
        let title = self.problems.wanted(root, "title").and_then(|at| self.texts(&at));
        let force = self.force(root);
        self.force = force;
        let checked_until = self.problems.wanted(root, "checked_until").and_then(|at| self.problems.date(&at));
        self.applies_to = self.applies_to(root);
        self.parameters = root.get("parameters").map(|at| self.parameters(&at)).unwrap_or_default();
        let as_of = root.get("as_of").map_or(Some(AnchorDef::Decision), |at| self.anchor(&at));
        if let (Some(AnchorDef::EachDay), Some(at)) = (as_of, root.get("as_of")) {
            self.problems.add(&at, "pack.each_day", &[]);
        }
        self.conditions(root);
        self.next_test = 0;
        let applies_when = root.get("applies_when").and_then(|at| self.test(&at));
        let leap_day =
            root.get("leap_day").map_or(Some(LeapDay::default()), |at| self.problems.one_of(&at, &LeapDay::WORDS));
        let about = rules::About {
            pack: id.as_deref().unwrap_or_default(),
            kind: kind.unwrap_or(PackKind::Rules),
            as_of: as_of.unwrap_or(AnchorDef::Decision),
            applies_when: applies_when.as_ref(),
        };
        let rules = self.rules(root, &about);
        let tests = root.get("tests").map(|at| self.own_tests(&at, root)).unwrap_or_default();
        let untested = root.get("untested").map(|at| self.untested(&at, root)).unwrap_or_default();
        let review_by = self.problems.optional_date(root, "review_by");
        // Of a pack with too many tests not all are read.
        if self.tests_so_far <= limits::TESTS {
            self.unread_parameters(root);
            self.unused_conditions(root);
        }
        let document = canonical(root.node, "");
        Some(Pack {
            id: id?,
            version: version?,
            system: system?,
            kind: kind?,
            title: title?,
            force,
            checked_until: checked_until?,
            review_by,
            as_of: as_of?,
            applies_to: self.applies_to,
            applies_when,
            leap_day: leap_day?,
            parameters: std::mem::take(&mut self.parameters),
            rules,
            tests,
            untested,
            hash: sha256_hex(document.to_canonical().as_bytes()),
            document,
            origin,
        })
    }

    fn format(&mut self, root: &At<'_>) {
        let Some(at) = self.problems.wanted(root, "format") else {
            return;
        };
        if at.node.integer() != Some(1) {
            self.problems.add(&at, "pack.format", &[("known", "1")]);
        }
    }

    fn id_form(&mut self, root: &At<'_>, id: Option<&str>) {
        let wrong = id.is_some_and(|id| !id.split('.').all(is_word));
        if let Some(at) = root.get("pack").filter(|_| wrong) {
            self.problems.add(&at, "pack.id_form", &[]);
        }
    }

    fn version(&mut self, root: &At<'_>) -> Option<String> {
        let at = self.problems.wanted(root, "version")?;
        let text = self.problems.text(&at)?;
        let quoted = matches!(at.node.value, NodeValue::Text(_));
        let parts: Vec<&str> = text.split('.').collect();
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !quoted || parts.len() != 2 || !parts.iter().all(digits) {
            self.problems.add(&at, "pack.version_form", &[]);
        }
        Some(text)
    }

    fn applies_to(&mut self, root: &At<'_>) -> Role {
        let roles: Vec<_> =
            Role::EVERY.iter().filter(|role| !role.is_list()).map(|role| (role.as_str(), *role)).collect();
        let place = self.problems.wanted(root, "applies_to");
        place.and_then(|at| self.problems.one_of(&at, &roles)).unwrap_or(Role::Placement)
    }

    fn texts(&mut self, at: &At<'_>) -> Option<Texts> {
        self.problems.keys(at, &["fr", "nl", "en"]);
        let [fr, nl, en] = Lang::ALL.map(|lang| {
            let text = self.problems.wanted_text(at, lang.as_str());
            if let Some(place) = at.get(lang.as_str()).filter(|_| text.as_ref().is_some_and(|t| t.trim().is_empty())) {
                self.problems.add(&place, "pack.blank_text", &[("language", lang.as_str())]);
            }
            text.filter(|text| !text.trim().is_empty())
        });
        Some(Texts::new(fr?, nl?, en?))
    }

    /// A name that is the same in every language, or one in each.
    fn text_or_texts(&mut self, at: &At<'_>) -> Option<Texts> {
        if at.is_object() {
            return self.texts(at);
        }
        let text = self.problems.text(at)?;
        Some(Texts::new(text.clone(), text.clone(), text))
    }

    fn force(&mut self, at: &At<'_>) -> Force {
        let force = Force { from: self.problems.optional_date(at, "from"), to: self.problems.optional_date(at, "to") };
        if force.from.zip(force.to).is_some_and(|(from, to)| to < from) {
            self.problems.add(at, "pack.force_order", &[]);
        }
        force
    }

    fn anchor(&mut self, at: &At<'_>) -> Option<AnchorDef> {
        let word = self.problems.text(at)?;
        let of_case = match self.applies_to {
            Role::Participant | Role::Professional | Role::Placement => true,
            role => role != role.kind(),
        };
        match word.as_str() {
            "decision" => return Some(AnchorDef::Decision),
            "each_day" => return Some(AnchorDef::EachDay),
            _ => {}
        }
        let of_placement = ANCHORS.iter().find(|(known, _)| of_case && *known == word).map(|(_, path)| *path);
        self.field_named(at, of_placement.unwrap_or(&word), &["date"]).map(AnchorDef::Field)
    }

    // Conditions.

    /// Each is read once where it is written, so that its problems are told there, and again wherever it stands for its test.
    fn conditions(&mut self, root: &At<'n>) {
        let Some(at) = root.get("conditions") else { return };
        let Some(members) = at.members() else {
            return self.problems.wrong_type(&at, "object");
        };
        self.conditions = members.iter().map(|(name, at)| ((*name).to_owned(), at.node, at.pointer.clone())).collect();
        for (name, place) in members {
            if !is_word(name) {
                self.problems.add(&place, "pack.id_form", &[]);
            }
            self.next_test = 0;
            self.expanding.push(name.to_owned());
            self.test(&place);
            self.expanding.pop();
        }
        // Only rules use a condition.
        self.used.clear();
    }

    fn unused_conditions(&mut self, root: &At<'_>) {
        for (name, place) in root.get("conditions").and_then(|at| at.members()).unwrap_or_default() {
            if !self.used.contains(name) {
                self.problems.add(&place, "pack.unused_condition", &[("name", name)]);
            }
        }
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
