//! Dated values: their kind, their order in time, and that somebody reads them.

use super::Loader;
use super::paths::Unit;
use crate::kernel::Reading;
use crate::pack::scope::At;
use crate::pack::{DatedValue, Parameter, ParameterKind, ParameterValue};

/// Units of numbers.
pub(in crate::pack) const UNITS: [&str; 14] = [
    "days",
    "weeks",
    "months",
    "years",
    "hours",
    "minutes",
    "hours_per_week",
    "euro_cents",
    "euro_cents_per_month",
    "km",
    "percent",
    "persons",
    "places",
    "ratio",
];

impl Loader<'_> {
    pub(super) fn parameters(&mut self, at: &At<'_>) -> Vec<Parameter> {
        let Some(members) = at.members() else {
            self.problems.wrong_type(at, "object");
            return Vec::new();
        };
        members.into_iter().map(|(name, place)| self.parameter(name, &place)).collect()
    }

    fn parameter(&mut self, name: &str, at: &At<'_>) -> Parameter {
        self.problems.keys(at, &["unit", "list", "key", "values"]);
        let kind = self.parameter_kind(at);
        let unit = self.problems.optional_text(at, "unit");
        let places = self.problems.wanted(at, "values").and_then(|at| self.wanted_items(&at)).unwrap_or_default();
        let values: Vec<DatedValue> = places.iter().filter_map(|place| self.dated_value(place, &kind)).collect();
        self.overlaps(&places, &values);
        Parameter { name: name.to_owned(), unit, kind, values }
    }

    fn parameter_kind(&mut self, at: &At<'_>) -> ParameterKind {
        if let Some(place) = at.get("unit") {
            let words = UNITS.map(|unit| (unit, ParameterKind::Number));
            let others = [("date", ParameterKind::Date), ("month_reading", ParameterKind::Reading)];
            let words: Vec<(&str, ParameterKind)> = words.into_iter().chain(others).collect();
            let places: Vec<(&str, usize)> = words.iter().enumerate().map(|(i, (word, _))| (*word, i)).collect();
            let found = self.problems.one_of(&place, &places).and_then(|place| words.get(place));
            match found {
                Some((_, ParameterKind::Number)) | None => {}
                Some((_, kind)) => return kind.clone(),
            }
        }
        let list = self.list_named(at, "list").map(ParameterKind::Codes);
        let key = self.list_named(at, "key").map(ParameterKind::Keyed);
        if let (Some(_), Some(_), Some(place)) = (&list, &key, at.get("key")) {
            self.problems.add(&place, "pack.parameter_kind", &[("name", "key")]);
        }
        list.or(key).unwrap_or(ParameterKind::Number)
    }

    fn list_named(&mut self, at: &At<'_>, key: &str) -> Option<String> {
        let place = at.get(key)?;
        let name = self.problems.text(&place)?;
        if self.codes.get(&name).is_none() {
            self.problems.add(&place, "pack.unknown_list", &[("name", &name)]);
        }
        Some(name)
    }

    fn dated_value(&mut self, at: &At<'_>, kind: &ParameterKind) -> Option<DatedValue> {
        self.problems.keys(at, &["from", "to", "value", "source", "verified", "reading"]);
        self.problems.optional_text(at, "reading");
        let force = self.force(at);
        let place = self.problems.wanted(at, "value")?;
        let value = self.parameter_value(&place, kind);
        let source = self.problems.wanted(at, "source").and_then(|place| self.source(&place));
        let verified = self.verified(at).is_some();
        Some(DatedValue { force, value: value?, source: source?, verified })
    }

    fn parameter_value(&mut self, at: &At<'_>, kind: &ParameterKind) -> Option<ParameterValue> {
        match kind {
            ParameterKind::Number => self.plain_number(at).map(ParameterValue::Number),
            ParameterKind::Date => self.problems.date(at).map(ParameterValue::Date),
            ParameterKind::Reading => {
                self.problems.one_of(at, &Reading::ALL.map(|word| (word.as_str(), word))).map(ParameterValue::Reading)
            }
            ParameterKind::Codes(list) => {
                let items = self.wanted_items(at)?;
                let codes = items.iter().filter_map(|item| self.code_of(item, list)).collect();
                Some(ParameterValue::Codes(codes))
            }
            ParameterKind::Keyed(list) => self.keyed(at, list),
        }
    }

    fn keyed(&mut self, at: &At<'_>, list: &str) -> Option<ParameterValue> {
        let Some(members) = at.members() else {
            self.problems.wrong_type(at, "object");
            return None;
        };
        let mut numbers = Vec::new();
        for (code, place) in members {
            self.code(&place, list, code);
            numbers.extend(self.plain_number(&place).map(|number| (code.to_owned(), number)));
        }
        Some(ParameterValue::Keyed(numbers))
    }

    pub(super) fn plain_number(&mut self, at: &At<'_>) -> Option<f64> {
        let value = at.node.number();
        if value.is_none() {
            self.problems.wrong_type(at, "number");
        }
        value
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

    /// A parameter by its name, which counts as read.
    pub(super) fn param(&mut self, at: &At<'_>) -> Option<usize> {
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

    /// A parameter whose values are of a kind.
    pub(super) fn param_of(&mut self, at: &At<'_>, kind: &ParameterKind) -> Option<usize> {
        let index = self.param(at)?;
        let fits = self.parameters.get(index).is_some_and(|parameter| parameter.kind == *kind);
        if !fits {
            self.problems.add(at, "pack.parameter_kind", &[("name", at.node.text().unwrap_or_default())]);
        }
        fits.then_some(index)
    }

    pub(super) fn unit_of(&self, index: usize) -> Unit {
        self.parameters.get(index).and_then(|parameter| parameter.unit.clone())
    }

    pub(super) fn unread_parameters(&mut self, root: &At<'_>) {
        let Some(at) = root.get("parameters") else {
            return;
        };
        for (index, (name, place)) in at.members().unwrap_or_default().into_iter().enumerate() {
            if !self.read.contains(&index) {
                self.problems.add(&place, "pack.unread_parameter", &[("name", name)]);
            }
        }
    }
}
