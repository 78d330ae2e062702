//! From a document to a checked pack.
//!
//! Every problem is found in one go: unknown keys, names that the catalogue does not know, codes outside their lists, values that
//! overlap, texts that miss a language or name a placeholder that nobody fills, parameters that nobody reads, and tests that
//! read a field without the guard that its `applicable_when` asks for.

mod own_tests;
mod source;

use super::scope::{At, Problems};
use super::{
    AnchorDef, DatedValue, Effect, Force, Nature, Origin, Pack, PackKind, Parameter, Problem, Rule, Show, ShowValue,
    Unless, Verified,
};
use crate::catalogue::{ColumnId, FieldType, Role};
use crate::codes::CodeLists;
use crate::date::Date;
use crate::document::{Node, NodeValue};
use crate::finding::Severity;
use crate::hash::sha256_hex;
use crate::json::Json;
use crate::kernel::{Day, FieldRef, Kind, LeapDay, Literal, Number, Order, Relation, Test};
use crate::limits;
use crate::message::{Lang, Texts, placeholders};
use std::collections::BTreeSet;

const PACK_KEYS: &[&str] = &[
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
    "rules",
    "tests",
    "untested",
];
const RULE_KEYS: &[&str] = &[
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
    "show",
    "say",
    "source",
    "verified",
    "review_by",
    "severity",
    "paths",
    "each",
];
const SYSTEMS: [(&str, ()); 6] = [("FR", ()), ("BE", ()), ("BE-WAL", ()), ("BE-VLG", ()), ("EU", ()), ("project", ())];

/// Checks a document and gives the pack.
///
/// # Errors
/// All problems of the document, in the order in which they were met.
pub fn load(node: &Node, codes: &CodeLists, origin: Origin) -> Result<Pack, Vec<Problem>> {
    let mut loader = Loader {
        codes,
        problems: Problems::default(),
        applies_to: Role::Placement,
        element: None,
        parameters: Vec::new(),
        read: BTreeSet::new(),
        next_test: 0,
        depth: 0,
    };
    let root = At { node, pointer: String::new() };
    let pack = loader.pack(&root, origin);
    match pack {
        Some(pack) if loader.problems.list.is_empty() => Ok(pack),
        _ => Err(loader.problems.list),
    }
}

struct Loader<'c> {
    codes: &'c CodeLists,
    problems: Problems,
    applies_to: Role,
    /// Table whose elements a rule is judged for.
    element: Option<(Role, usize)>,
    parameters: Vec<Parameter>,
    read: BTreeSet<usize>,
    next_test: usize,
    depth: usize,
}

impl Loader<'_> {
    fn pack(&mut self, root: &At<'_>, origin: Origin) -> Option<Pack> {
        self.problems.keys(root, PACK_KEYS);
        self.format(root);
        let id = self.problems.wanted_text(root, "pack");
        self.id_form(root, id.as_deref());
        let version = self.version(root);
        let system = self.problems.wanted(root, "system").and_then(|at| {
            self.problems.one_of(&at, &SYSTEMS)?;
            at.node.text().map(str::to_owned)
        });
        let kinds = [("rules", PackKind::Rules), ("checks", PackKind::Checks)];
        let kind = root.get("kind").map_or(Some(PackKind::Rules), |at| self.problems.one_of(&at, &kinds));
        let title = self.problems.wanted(root, "title").and_then(|at| self.texts(&at));
        let force = self.force(root);
        let checked_until = self.problems.wanted(root, "checked_until").and_then(|at| self.problems.date(&at));
        self.applies_to = self.applies_to(root);
        self.parameters = root.get("parameters").map(|at| self.parameters(&at)).unwrap_or_default();
        let as_of = root.get("as_of").map_or(Some(AnchorDef::Decision), |at| self.anchor(&at));
        self.next_test = 0;
        let applies_when = root.get("applies_when").and_then(|at| self.test(&at));
        let leap_days = [("on_1_mar", LeapDay::On1Mar), ("on_28_feb", LeapDay::On28Feb)];
        let leap_day =
            root.get("leap_day").map_or(Some(LeapDay::default()), |at| self.problems.one_of(&at, &leap_days));
        let rules = self.rules(root, id.as_deref().unwrap_or_default(), as_of, applies_when.as_ref());
        let tests = root.get("tests").map(|at| self.own_tests(&at, root)).unwrap_or_default();
        let untested = root.get("untested").map(|at| self.untested(&at, root)).unwrap_or_default();
        let review_by = self.problems.optional_date(root, "review_by");
        self.unread_parameters(root);
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
        let roles = Role::ALL.map(|role| (role.as_str(), role));
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
        let of_case = Role::CASE.contains(&self.applies_to);
        let path = match word.as_str() {
            "decision" => return Some(AnchorDef::Decision),
            "submitted" if of_case => "placement.submitted",
            "signed" if of_case => "placement.agreement.last_signature",
            "start" if of_case => "placement.start",
            other => other,
        };
        self.field_named(at, path, &["date"]).map(AnchorDef::Field)
    }

    // Parameters.

    fn parameters(&mut self, at: &At<'_>) -> Vec<Parameter> {
        let Some(members) = at.members() else {
            self.problems.wrong_type(at, "object");
            return Vec::new();
        };
        members.into_iter().map(|(name, place)| self.parameter(name, &place)).collect()
    }

    fn parameter(&mut self, name: &str, at: &At<'_>) -> Parameter {
        self.problems.keys(at, &["unit", "values"]);
        let unit = self.problems.optional_text(at, "unit");
        let places = self.problems.wanted(at, "values").and_then(|at| at.items()).unwrap_or_default();
        let values: Vec<DatedValue> = places.iter().filter_map(|place| self.dated_value(place)).collect();
        self.overlaps(&places, &values);
        Parameter { name: name.to_owned(), unit, values }
    }

    fn dated_value(&mut self, at: &At<'_>) -> Option<DatedValue> {
        self.problems.keys(at, &["from", "to", "value", "source", "verified", "reading"]);
        let force = self.force(at);
        let place = self.problems.wanted(at, "value")?;
        let value = place.node.number();
        if value.is_none() {
            self.problems.wrong_type(&place, "number");
        }
        let source = self.problems.wanted(at, "source").and_then(|place| self.source(&place));
        let verified = self.verified(at).is_some();
        Some(DatedValue { force, value: value?, source: source?, verified })
    }

    fn overlaps(&mut self, places: &[At<'_>], values: &[DatedValue]) {
        for (place, pair) in places.iter().skip(1).zip(values.windows(2)) {
            let [a, b] = pair else { continue };
            let in_order = match (a.force.to, b.force.from) {
                (Some(to), Some(from)) => to < from,
                _ => false,
            };
            if !in_order {
                self.problems.add(place, "pack.values_overlap", &[]);
            }
        }
    }

    fn unread_parameters(&mut self, root: &At<'_>) {
        let Some(at) = root.get("parameters") else {
            return;
        };
        for (index, (name, place)) in at.members().unwrap_or_default().into_iter().enumerate() {
            if !self.read.contains(&index) {
                self.problems.add(&place, "pack.unread_parameter", &[("name", name)]);
            }
        }
    }

    // Rules.

    fn rules(&mut self, root: &At<'_>, pack: &str, as_of: Option<AnchorDef>, applies_when: Option<&Test>) -> Vec<Rule> {
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
            let rule = self.rule(&place, pack, as_of.unwrap_or(AnchorDef::Decision), applies_when);
            if let Some(id) = rule.as_ref().map(|r| r.id.clone()).filter(|id| !ids.insert(id.clone())) {
                self.problems.add(&place, "pack.duplicate_id", &[("name", &id)]);
            }
            rules.extend(rule);
        }
        rules
    }

    fn rule(&mut self, at: &At<'_>, pack: &str, as_of: AnchorDef, applies_when: Option<&Test>) -> Option<Rule> {
        self.problems.keys(at, RULE_KEYS);
        self.next_test = 0;
        let id = self.problems.wanted_text(at, "id");
        if let (Some(place), Some(false)) = (at.get("id"), id.as_deref().map(is_word)) {
            self.problems.add(&place, "pack.id_form", &[]);
        }
        self.element = None;
        let each = at.get("each").and_then(|place| self.each(&place));
        let effects = Effect::ALL.map(|effect| (effect.as_str(), effect));
        let effect = self.problems.wanted(at, "effect").and_then(|place| self.problems.one_of(&place, &effects));
        let natures = Nature::ALL.map(|nature| (nature.as_str(), nature));
        let nature = at.get("nature").map_or(Some(Nature::Binding), |place| self.problems.one_of(&place, &natures));
        let as_of = at.get("as_of").map_or(Some(as_of), |place| self.anchor(&place));
        let force = self.force(at);
        let when = at.get("when").and_then(|place| self.test(&place));
        let that = self.problems.wanted(at, "that").and_then(|place| self.test(&place));
        let unless = at.get("unless").map(|place| self.unless(&place)).unwrap_or_default();
        if let (Some(place), Some(Effect::Oblige)) = (at.get("unless"), effect) {
            self.problems.add(&place, "pack.unless_oblige", &[]);
        }
        let guards: Vec<&Test> = applies_when.into_iter().chain(when.as_ref()).collect();
        for test in when.iter().chain(&that).chain(unless.iter().map(|u| &u.test)) {
            self.guarded(at, test, &guards);
        }
        let who = at.get("who").and_then(|place| self.party(&place));
        let who_decides = at.get("who_decides").and_then(|place| self.party(&place));
        if effect == Some(Effect::Oblige) && who.is_none() {
            self.problems.wanted(at, "who");
        }
        let by = at.get("by").and_then(|place| self.day(&place));
        let show = at.get("show").map(|place| self.show(&place)).unwrap_or_default();
        let say = self.problems.wanted(at, "say").and_then(|place| self.say(&place, &show));
        let source = self.problems.wanted(at, "source").and_then(|place| self.source(&place));
        let verified = self.verified(at);
        let review_by = self.problems.optional_date(at, "review_by");
        let severities = [Severity::Error, Severity::Warning, Severity::Info].map(|s| (s.as_str(), s));
        let severity =
            at.get("severity").map_or(Some(Severity::Error), |place| self.problems.one_of(&place, &severities));
        let paths = at.get("paths").and_then(|place| place.items()).unwrap_or_default();
        let paths = paths.iter().filter_map(|place| self.field(place, &[])).collect();
        self.element = None;
        Some(Rule {
            id: format!("{pack}.{}", id?),
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
        self.element = Some((field.role, child));
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
        let is_number = ["param", "days", "age"].iter().any(|key| at.get(key).is_some()) || at.node.number().is_some();
        let value = if at.get("shift").is_none() && is_number {
            ShowValue::Number(self.number(at)?)
        } else if let Some(field) = at.get("field") {
            self.problems.keys(at, &["field"]);
            ShowValue::Field(self.field(&field, &[])?)
        } else {
            ShowValue::Day(self.day(at)?)
        };
        Some(Show { name: name.to_owned(), value })
    }

    fn say(&mut self, at: &At<'_>, show: &[Show]) -> Option<Texts> {
        let texts = self.texts(at)?;
        for lang in Lang::ALL {
            for name in placeholders(texts.get(lang)) {
                if !show.iter().any(|s| s.name == name) {
                    self.problems.add(at, "pack.placeholder", &[("name", name), ("language", lang.as_str())]);
                }
            }
        }
        Some(texts)
    }

    fn verified(&mut self, at: &At<'_>) -> Option<Verified> {
        let place = self.problems.wanted(at, "verified")?;
        if place.node.boolean() == Some(false) {
            return None;
        }
        self.problems.keys(&place, &["by", "day"]);
        let by = self.problems.wanted_text(&place, "by");
        let day = self.problems.wanted(&place, "day").and_then(|at| self.problems.date(&at));
        Some(Verified { by: by?, day: day? })
    }

    // Tests and operands.

    fn number_test(&mut self) -> usize {
        self.next_test += 1;
        self.next_test - 1
    }

    fn test(&mut self, at: &At<'_>) -> Option<Test> {
        let id = self.number_test();
        if !at.is_object() {
            self.problems.wrong_type(at, "test");
            return None;
        }
        if self.depth >= limits::TEST_DEPTH {
            self.problems.add(at, "pack.test_depth", &[]);
            return None;
        }
        self.depth += 1;
        let kind = self.kind(at);
        self.depth -= 1;
        kind.map(|kind| Test { id, kind })
    }

    fn kind(&mut self, at: &At<'_>) -> Option<Kind> {
        let has = |key: &str| at.get(key);
        if let Some(place) = has("all") {
            self.problems.keys(at, &["all"]);
            return self.test_list(&place).map(Kind::All);
        }
        if let Some(place) = has("any") {
            self.problems.keys(at, &["any"]);
            return self.test_list(&place).map(Kind::Any);
        }
        if let Some(place) = has("not") {
            self.problems.keys(at, &["not"]);
            return self.test(&place).map(|test| Kind::Not(Box::new(test)));
        }
        if let Some(place) = has("known") {
            self.problems.keys(at, &["known"]);
            return self.field(&place, &[]).map(Kind::Known);
        }
        if let Some(place) = has("same_system") {
            self.problems.keys(at, &["same_system"]);
            return self.same_system(&place);
        }
        if let Some(place) = has("date") {
            return self.date_order(at, &place);
        }
        if has("days").is_some() || has("age").is_some() {
            return self.comparison(at);
        }
        self.field_test(at)
    }

    fn test_list(&mut self, at: &At<'_>) -> Option<Vec<Test>> {
        let Some(items) = at.items() else {
            self.problems.wrong_type(at, "list");
            return None;
        };
        let tests: Vec<Option<Test>> = items.iter().map(|item| self.test(item)).collect();
        tests.into_iter().collect()
    }

    fn same_system(&mut self, at: &At<'_>) -> Option<Kind> {
        let items = at.items().unwrap_or_default();
        let [a, b] = items.as_slice() else {
            self.problems.wrong_type(at, "two_paths");
            return None;
        };
        let (a, b) = (self.field(a, &["code", "territory"]), self.field(b, &["code", "territory"]));
        Some(Kind::SameSystem(a?, b?))
    }

    fn date_order(&mut self, at: &At<'_>, left: &At<'_>) -> Option<Kind> {
        let left_day = self.day(left);
        let mut allowed = vec!["date"];
        allowed.extend(Order::KEYS.map(|(key, _)| key));
        self.problems.keys(at, &allowed);
        let found: Vec<_> = Order::KEYS.iter().filter_map(|(key, order)| at.get(key).map(|p| (*order, p))).collect();
        let [(order, place)] = found.as_slice() else {
            self.problems.add(at, "pack.one_relation", &[]);
            return None;
        };
        Some(Kind::Dates(left_day?, *order, self.day(place)?))
    }

    fn comparison(&mut self, at: &At<'_>) -> Option<Kind> {
        let mut allowed = vec!["field", "days", "age"];
        allowed.extend(Relation::KEYS.map(|(key, _)| key));
        self.problems.keys(at, &allowed);
        let left = self.number_shape(at);
        let found: Vec<_> = Relation::KEYS.iter().filter_map(|(key, r)| at.get(key).map(|p| (*r, p))).collect();
        let [(relation, place)] = found.as_slice() else {
            self.problems.add(at, "pack.one_relation", &[]);
            return None;
        };
        Some(Kind::Compare(left?, *relation, self.number(place)?))
    }

    /// `{field: path, …}` with `is`, `one_of`, `within` or a relation.
    fn field_test(&mut self, at: &At<'_>) -> Option<Kind> {
        let Some(path) = at.get("field") else {
            self.problems.add(at, "pack.unknown_test", &[]);
            return None;
        };
        if let Some(place) = at.get("is") {
            self.problems.keys(at, &["field", "is"]);
            let field = self.field(&path, &["code", "text", "bool", "territory"])?;
            return Some(Kind::Is(field, vec![self.literal(&place, field)?]));
        }
        if let Some(place) = at.get("one_of") {
            self.problems.keys(at, &["field", "one_of"]);
            let field = self.field(&path, &["code", "text", "bool", "territory"])?;
            let Some(items) = place.items() else {
                self.problems.wrong_type(&place, "list");
                return None;
            };
            let values: Vec<Option<Literal>> = items.iter().map(|item| self.literal(item, field)).collect();
            return values.into_iter().collect::<Option<Vec<_>>>().map(|values| Kind::Is(field, values));
        }
        if let Some(place) = at.get("within") {
            self.problems.keys(at, &["field", "within"]);
            let zones: Vec<(&str, &str)> = crate::territory::ZONES.iter().map(|zone| (*zone, *zone)).collect();
            let zone = self.problems.one_of(&place, &zones);
            return Some(Kind::Within(self.field(&path, &["territory"])?, zone?.to_owned()));
        }
        self.comparison(at)
    }

    fn literal(&mut self, at: &At<'_>, field: FieldRef) -> Option<Literal> {
        let kind = field.column()?.field.kind;
        match kind {
            FieldType::Bool => {
                let value = at.node.boolean();
                if value.is_none() {
                    self.problems.wrong_type(at, "bool");
                }
                value.map(Literal::Bool)
            }
            FieldType::Code(list) => {
                let text = self.problems.text(at)?;
                self.code(at, list, &text);
                Some(Literal::Text(text))
            }
            _ => self.problems.text(at).map(Literal::Text),
        }
    }

    fn code(&mut self, at: &At<'_>, list: &str, text: &str) {
        let Some(codes) = self.codes.get(list) else {
            return self.problems.add(at, "pack.unknown_list", &[("name", list)]);
        };
        if codes.find(text).is_none() {
            let known: Vec<&str> = codes.codes().iter().map(|code| code.code()).collect();
            self.problems.unknown(at, "pack.unknown_code", text, &known);
        }
    }

    fn number(&mut self, at: &At<'_>) -> Option<Number> {
        if let Some(value) = at.node.number() {
            return Some(Number::Literal(value));
        }
        self.problems.keys(at, &["param", "field", "days", "age"]);
        self.number_shape(at)
    }

    fn number_shape(&mut self, at: &At<'_>) -> Option<Number> {
        if let Some(place) = at.get("param") {
            return self.param(&place).map(Number::Param);
        }
        if let Some(place) = at.get("field") {
            return self.field(&place, &["integer", "number", "money"]).map(Number::Field);
        }
        if let Some(place) = at.get("days") {
            self.problems.keys(&place, &["from", "to", "both_ends"]);
            let from = self.problems.wanted(&place, "from").and_then(|p| self.day(&p));
            let to = self.problems.wanted(&place, "to").and_then(|p| self.day(&p));
            let both_ends = self.problems.wanted(&place, "both_ends")?;
            if both_ends.node.boolean().is_none() {
                self.problems.wrong_type(&both_ends, "bool");
            }
            return Some(Number::Days {
                from: Box::new(from?),
                to: Box::new(to?),
                both_ends: both_ends.node.boolean()?,
            });
        }
        if let Some(place) = at.get("age") {
            self.problems.keys(&place, &["birth", "at"]);
            let birth = self.problems.wanted(&place, "birth").and_then(|p| self.day(&p));
            let day = self.problems.wanted(&place, "at").and_then(|p| self.day(&p));
            return Some(Number::Age { birth: Box::new(birth?), at: Box::new(day?) });
        }
        self.problems.wrong_type(at, "number");
        None
    }

    fn param(&mut self, at: &At<'_>) -> Option<usize> {
        let name = self.problems.text(at)?;
        let found = self.parameters.iter().position(|p| p.name == name);
        match found {
            Some(index) => {
                self.read.insert(index);
            }
            None => {
                let names: Vec<String> = self.parameters.iter().map(|p| p.name.clone()).collect();
                let known: Vec<&str> = names.iter().map(String::as_str).collect();
                self.problems.unknown(at, "pack.unknown_parameter", &name, &known);
            }
        }
        found
    }

    fn day(&mut self, at: &At<'_>) -> Option<Day> {
        if let Some(place) = at.get("shift") {
            self.problems.keys(at, &["shift", "months", "days"]);
            let day = self.day(&place);
            let months = at.get("months").map(|p| self.whole(&p));
            let days = at.get("days").map(|p| self.whole(&p));
            return Some(Day::Shift {
                day: Box::new(day?),
                months: flip(months)?.map(Box::new),
                days: flip(days)?.map(Box::new),
            });
        }
        let text = self.problems.text(at)?;
        if let Ok(date) = Date::parse(&text) {
            return Some(Day::Literal(date));
        }
        if text == "decision" {
            return Some(Day::Decision);
        }
        self.field_named(at, &text, &["date"]).map(Day::Field)
    }

    /// A whole number, or a parameter whose values are whole.
    fn whole(&mut self, at: &At<'_>) -> Option<Number> {
        if let Some(value) = at.node.integer() {
            return Some(Number::Literal(value as f64));
        }
        let place = at.get("param");
        self.problems.keys(at, &["param"]);
        let index = self.param(&place?)?;
        let whole = self.parameters.get(index).is_some_and(|p| p.values.iter().all(|v| v.value.fract() == 0.0));
        if !whole {
            self.problems.add(at, "pack.whole_number", &[]);
        }
        Some(Number::Param(index))
    }

    // Fields.

    fn field(&mut self, at: &At<'_>, types: &[&str]) -> Option<FieldRef> {
        let path = self.problems.text(at)?;
        self.field_named(at, &path, types)
    }

    fn field_named(&mut self, at: &At<'_>, path: &str, types: &[&str]) -> Option<FieldRef> {
        let (role, table, inner) = self.resolve(path);
        let Some(id) = role.layout().find_in(table, inner) else {
            let columns = role.layout().table(table).map(|t| t.columns.as_slice()).unwrap_or_default();
            let known: Vec<&str> = columns.iter().map(|c| c.path.as_str()).collect();
            self.problems.unknown(at, "pack.unknown_field", inner, &known);
            return None;
        };
        let field = FieldRef { role, id };
        let kind = field.column().map_or("", |c| c.field.kind.as_str());
        if !types.is_empty() && !types.contains(&kind) {
            self.problems.add(at, "pack.field_type", &[("expected", &types.join(" | ")), ("got", kind)]);
            return None;
        }
        Some(field)
    }

    /// Role, table and path inside it: `.until` is of the element, `participant.…` of that record of the case, all else of
    /// `applies_to`.
    fn resolve<'p>(&self, path: &'p str) -> (Role, usize, &'p str) {
        if let (Some(inner), Some((role, table))) = (path.strip_prefix('.'), self.element) {
            return (role, table, inner);
        }
        for role in Role::CASE {
            if let Some(inner) = path.strip_prefix(role.as_str()).and_then(|rest| rest.strip_prefix('.')) {
                return (role, 0, inner);
            }
        }
        (self.applies_to, 0, path)
    }

    /// Each read of a field that applies only at times stands beside a guard that repeats when.
    fn guarded(&mut self, at: &At<'_>, test: &Test, guards: &[&Test]) {
        match &test.kind {
            Kind::All(tests) => {
                for inner in tests {
                    let beside: Vec<&Test> =
                        guards.iter().copied().chain(tests.iter().filter(|t| t.id != inner.id)).collect();
                    self.guarded(at, inner, &beside);
                }
            }
            Kind::Any(tests) => tests.iter().for_each(|inner| self.guarded(at, inner, guards)),
            Kind::Not(inner) => self.guarded(at, inner, guards),
            _ => {
                for field in test.fields() {
                    if !is_guarded(field, guards) {
                        self.problems.add(at, "pack.unguarded", &[("name", &field.path())]);
                    }
                }
            }
        }
    }
}

fn flip<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(inner) => inner.map(Some),
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn is_guarded(field: FieldRef, guards: &[&Test]) -> bool {
    let Some((sibling, value)) = field.column().and_then(|c| c.applicable) else {
        return true;
    };
    let sibling = FieldRef { role: field.role, id: ColumnId { table: field.id.table, column: sibling } };
    guards.iter().any(|guard| repeats(guard, sibling, value))
}

/// Whether a test, where true, makes sure that the sibling holds the value.
fn repeats(test: &Test, sibling: FieldRef, value: &str) -> bool {
    match &test.kind {
        Kind::All(tests) => tests.iter().any(|inner| repeats(inner, sibling, value)),
        Kind::Is(field, values) if *field == sibling => values.iter().all(|literal| match literal {
            Literal::Text(text) => text == value,
            Literal::Bool(flag) => value == if *flag { "true" } else { "false" },
        }),
        _ => false,
    }
}

/// The document as JSON: scalars that YAML leaves open are typed by their key and form, so that both spellings agree.
fn canonical(node: &Node, key: &str) -> Json {
    const NUMBERS: &[&str] = &["value", "at_most", "less_than", "equal", "at_least", "more_than"];
    const TEXTS: &[&str] = &["article", "numac"];
    const RECORDS: &[&str] = &["given", "participant", "case"];
    match &node.value {
        _ if RECORDS.contains(&key) => own_tests::data(node),
        NodeValue::Object(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), canonical(&entry.value, &entry.key))).collect())
        }
        NodeValue::List(items) => items.iter().map(|item| canonical(item, key)).collect(),
        NodeValue::Float(value) => Json::number(*value),
        NodeValue::Plain(text) if TEXTS.contains(&key) => Json::from(text.as_str()),
        NodeValue::Plain(_) if NUMBERS.contains(&key) => node.number().map_or_else(|| node.to_json(), Json::number),
        _ => node.to_json(),
    }
}
