//! Rules: what they do, when, what they say and where it stands.

use super::guards::Guards;
use super::{Loader, is_word};
use crate::finding::{Severity, Word};
use crate::kernel::{Day, FieldRef, Kind, Test};
use crate::message::{Lang, Texts, placeholders};
use crate::pack::scope::At;
use crate::pack::{AnchorDef, Effect, Nature, PackKind, ParameterKind, Rule, Show, ShowValue, Unless, Verified};
use std::collections::BTreeSet;

pub(in crate::pack) const RULE_KEYS: &[&str] = &[
    "id",
    "effect",
    "nature",
    "as_of",
    "from",
    "to",
    "when",
    "that",
    "unless",
    "who",
    "by",
    "who_decides",
    "send",
    "show",
    "say",
    "source",
    "verified",
    "review_by",
    "severity",
    "paths",
    "each",
];

/// What the rules of a pack share.
pub(super) struct About<'p> {
    pub(super) pack: &'p str,
    pub(super) kind: PackKind,
    pub(super) as_of: AnchorDef,
    pub(super) applies_when: Option<&'p Test>,
}

impl Loader<'_> {
    pub(super) fn rules(&mut self, root: &At<'_>, about: &About<'_>) -> Vec<Rule> {
        let Some(at) = self.problems.wanted(root, "rules") else {
            return Vec::new();
        };
        let Some(places) = at.items() else {
            self.problems.wrong_type(&at, "list");
            return Vec::new();
        };
        let mut ids = BTreeSet::new();
        let mut rules = Vec::new();
        for place in places {
            let rule = self.rule(&place, about);
            if let Some(id) = rule.as_ref().map(|r| r.id.clone()).filter(|id| !ids.insert(id.clone())) {
                self.problems.add(&place, "pack.duplicate_id", &[("name", &id)]);
            }
            rules.extend(rule);
        }
        rules
    }

    fn rule(&mut self, at: &At<'_>, about: &About<'_>) -> Option<Rule> {
        self.problems.keys(at, RULE_KEYS);
        self.next_test = 0;
        let id = self.problems.wanted_text(at, "id");
        if let (Some(place), Some(false)) = (at.get("id"), id.as_deref().map(is_word)) {
            self.problems.add(&place, "pack.id_form", &[]);
        }
        self.elements.clear();
        let each = at.get("each").and_then(|place| self.each(&place));
        let effects = Effect::ALL.map(|effect| (effect.as_str(), effect));
        let effect = self.problems.wanted(at, "effect").and_then(|place| self.problems.one_of(&place, &effects));
        let natures = Nature::ALL.map(|nature| (nature.as_str(), nature));
        let nature = at.get("nature").map_or(Some(Nature::Binding), |place| self.problems.one_of(&place, &natures));
        let as_of = at.get("as_of").map_or(Some(about.as_of), |place| self.anchor(&place));
        self.each_day(at, about.kind, effect, as_of);
        let force = self.force(at);
        let when = at.get("when").and_then(|place| self.test(&place));
        let that = self.problems.wanted(at, "that").and_then(|place| self.test(&place));
        let unless = at.get("unless").map(|place| self.unless(&place)).unwrap_or_default();
        if let (Some(place), Some(Effect::Oblige)) = (at.get("unless"), effect) {
            self.problems.add(&place, "pack.unless_oblige", &[]);
        }
        let guards = Guards::of(None, about.applies_when.into_iter().chain(when.as_ref()));
        for test in when.iter().chain(&that).chain(unless.iter().map(|u| &u.test)) {
            self.guarded(at, test, &guards);
        }
        let who = at.get("who").and_then(|place| self.party(&place));
        let who_decides = at.get("who_decides").and_then(|place| self.party(&place));
        if effect == Some(Effect::Oblige) && who.is_none() {
            self.problems.wanted(at, "who");
        }
        let by = at.get("by").and_then(|place| self.day(&place));
        let send = at.get("send").and_then(|place| self.texts(&place));
        let show = at.get("show").map(|place| self.show(&place)).unwrap_or_default();
        let say = self.problems.wanted(at, "say").and_then(|place| self.say(&place, &show));
        let source = self.problems.wanted(at, "source").and_then(|place| self.source(&place));
        let verified = self.verified(at);
        let review_by = self.problems.optional_date(at, "review_by");
        let severities = Severity::ALL.map(|severity| (severity.as_str(), severity));
        let severity =
            at.get("severity").map_or(Some(Severity::Error), |place| self.problems.one_of(&place, &severities));
        let paths = at.get("paths").and_then(|place| self.wanted_items(&place)).unwrap_or_default();
        let paths = paths.iter().filter_map(|place| self.field(place, &[])).collect();
        self.elements.clear();
        Some(Rule {
            id: format!("{}.{}", about.pack, id?),
            effect: effect?,
            nature: nature?,
            as_of: as_of?,
            force,
            when,
            that: that?,
            unless,
            who,
            by,
            who_decides,
            send,
            show,
            say: say?,
            source: source?,
            verified,
            review_by,
            severity: severity?,
            paths,
            each,
        })
    }

    fn each(&mut self, at: &At<'_>) -> Option<FieldRef> {
        let field = self.field(at, &["list"])?;
        let child = field.column().and_then(|column| column.child)?;
        self.elements.push((field.role, child));
        Some(field)
    }

    fn unless(&mut self, at: &At<'_>) -> Vec<Unless> {
        let Some(items) = at.items() else {
            self.problems.wrong_type(at, "list");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.unless_one(item)).collect()
    }

    fn unless_one(&mut self, at: &At<'_>) -> Option<Unless> {
        self.problems.keys(at, &["id", "when", "instead", "source"]);
        let id = self.problems.wanted_text(at, "id");
        if let Some(source) = self.problems.wanted(at, "source") {
            self.source(&source);
        }
        let number = self.number_test();
        let when = self.problems.wanted(at, "when").and_then(|place| self.test(&place))?;
        let mut tests = vec![when];
        if let Some(place) = at.get("instead") {
            tests.push(self.test(&place)?);
        }
        Some(Unless { id: id?, test: Test { id: number, kind: Kind::All(tests) } })
    }

    fn party(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.problems.text(at)?;
        self.code(at, "placement_party", &text);
        Some(text)
    }

    fn show(&mut self, at: &At<'_>) -> Vec<Show> {
        let Some(members) = at.members() else {
            self.problems.wrong_type(at, "object");
            return Vec::new();
        };
        members.into_iter().filter_map(|(name, place)| self.show_one(name, &place)).collect()
    }

    fn show_one(&mut self, name: &str, at: &At<'_>) -> Option<Show> {
        let value = if Self::is_day_object(at) {
            ShowValue::Day(self.day(at)?)
        } else if let Some(field) = at.get("field") {
            self.problems.keys(at, &["field"]);
            ShowValue::Field(self.field(&field, &[])?)
        } else if let Some(index) = self.dated_param(at) {
            ShowValue::Day(Day::Param(index))
        } else if Self::is_number(at) {
            ShowValue::Number(self.number(at)?.0)
        } else {
            ShowValue::Day(self.day(at)?)
        };
        let personal = value.fields().into_iter().any(FieldRef::is_personal);
        Some(Show { name: Word::shared(name), value, personal })
    }

    /// A parameter that holds days.
    fn dated_param(&mut self, at: &At<'_>) -> Option<usize> {
        let name = at.get("param")?;
        let place = self.parameters.iter().position(|parameter| {
            Some(parameter.name.as_str()) == name.node.text() && parameter.kind == ParameterKind::Date
        })?;
        self.problems.keys(at, &["param"]);
        self.read.insert(place);
        Some(place)
    }

    fn each_day(&mut self, at: &At<'_>, kind: PackKind, effect: Option<Effect>, as_of: Option<AnchorDef>) {
        let fits = kind == PackKind::Rules && effect != Some(Effect::Oblige);
        if let (Some(AnchorDef::EachDay), false, Some(place)) = (as_of, fits, at.get("as_of")) {
            self.problems.add(&place, "pack.each_day", &[]);
        }
    }

    fn say(&mut self, at: &At<'_>, show: &[Show]) -> Option<Texts> {
        let texts = self.texts(at)?;
        let shown: BTreeSet<&str> = show.iter().map(|show| show.name.as_str()).collect();
        for lang in Lang::ALL {
            for name in placeholders(texts.get(lang)) {
                if !shown.contains(name) {
                    self.problems.add(at, "pack.placeholder", &[("name", name), ("language", lang.as_str())]);
                }
            }
        }
        Some(texts)
    }

    pub(super) fn verified(&mut self, at: &At<'_>) -> Option<Verified> {
        let place = self.problems.wanted(at, "verified")?;
        if place.node.boolean() == Some(false) {
            return None;
        }
        self.problems.keys(&place, &["by", "day"]);
        let by = self.problems.wanted_text(&place, "by");
        let day = self.problems.wanted(&place, "day").and_then(|at| self.problems.date(&at));
        Some(Verified { by: by?, day: day? })
    }
}
