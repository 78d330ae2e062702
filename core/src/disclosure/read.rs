//! Reading a release: a JSON document enters, a [`Release`] leaves with everything that is wrong about the document.

use super::release::{Cell, Dimension, Hierarchy, Key, Kind, Release, Sum, Table};
use super::rules::{PARTS, Rule, Rules};
use crate::json::Json;
use crate::limits;
use crate::order;
use crate::pack::Problem;
use crate::reader::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Decimals of a rate, at most.
const DECIMALS: i64 = 6;

/// The release of a document.
pub(super) fn release(json: &Json, rules: &Rules) -> (Release, Vec<Problem>) {
    let mut reader = Reader { rules, problems: Vec::new(), release: Release::default() };
    reader.document(json);
    (reader.release, reader.problems)
}

/// The JSON of a value of a host. What has no JSON is a problem.
pub(super) fn json_of(value: &Value, pointer: &str, problems: &mut Vec<Problem>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(value) if value.unsigned_abs() <= limits::INTEGER.unsigned_abs() => Json::Int(*value),
        Value::Float(value) | Value::Decimal(value) => Json::number(*value),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Date(Ok(day)) => Json::from(day.to_string()),
        Value::List(items) => {
            let item = |(at, item): (usize, &Value)| json_of(item, &format!("{pointer}/{at}"), problems);
            items.iter().enumerate().map(item).collect()
        }
        Value::Object(members) => {
            let mut object = Vec::with_capacity(members.len());
            for (name, value) in members {
                match name {
                    Some(name) => object.push((name.clone(), json_of(value, &below(pointer, name), problems))),
                    None => problems.push(problem("disclosure.value", pointer, &[])),
                }
            }
            Json::Object(object)
        }
        _ => {
            problems.push(problem("disclosure.value", pointer, &[]));
            Json::Null
        }
    }
}

pub(super) fn problem(code: &str, pointer: &str, params: &[(&str, &str)]) -> Problem {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Problem { code: code.to_owned(), pointer: pointer.to_owned(), at: None, params }
}

/// A member of an object as a JSON Pointer.
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

struct Reader<'r> {
    rules: &'r Rules,
    problems: Vec<Problem>,
    release: Release,
}

impl Reader<'_> {
    fn tell(&mut self, code: &str, pointer: &str, params: &[(&str, &str)]) {
        if self.problems.len() < limits::PROBLEMS {
            self.problems.push(problem(code, pointer, params));
        }
    }

    fn document(&mut self, json: &Json) {
        let keys = ["format", "release", "audit_cells", "dimensions", "tables", "earlier", "sums"];
        if !self.is_object(json, "", &keys) {
            return;
        }
        if json.get("format").and_then(Json::as_i64) != Some(1) {
            self.tell("disclosure.format", "/format", &[]);
        }
        self.release.name = self.needed_text(json, "", "release");
        let limit = i64::try_from(limits::AUDIT_CELLS).unwrap_or(i64::MAX);
        let audit_cells = self.number(json, "", "audit_cells", 1, limit).unwrap_or(limit);
        self.release.audit_cells = usize::try_from(audit_cells).unwrap_or(limits::AUDIT_CELLS);
        for (name, dimension) in self.members(json, "", "dimensions") {
            self.dimension(name, dimension);
        }
        self.tables(json, "", false);
        let earlier = self.list(json, "", "earlier");
        let known = earlier.len().min(limits::LIST);
        self.within(earlier.len(), limits::LIST, "/earlier");
        for (at, earlier) in earlier.iter().take(known).enumerate() {
            let pointer = format!("/earlier/{at}");
            if self.is_object(earlier, &pointer, &["release", "tables"]) {
                self.needed_text(earlier, &pointer, "release");
                self.tables(earlier, &pointer, true);
            }
        }
        let sums = self.list(json, "", "sums");
        self.within(sums.len(), limits::LIST, "/sums");
        for (at, sum) in sums.iter().take(limits::LIST).enumerate() {
            self.sum(sum, format!("/sums/{at}"));
        }
    }

    fn dimension(&mut self, name: &str, json: &Json) {
        let pointer = below("/dimensions", name);
        if !self.is_object(json, &pointer, &["total", "codes", "hierarchies", "area"]) {
            return;
        }
        let total = json.get("total").map(|_| self.needed_text(json, &pointer, "total"));
        let mut dimension =
            Dimension { name: name.to_owned(), total, area: self.flag(json, &pointer, "area"), ..Dimension::default() };
        dimension.codes.extend(self.texts(json, &pointer, "codes"));
        dimension.codes.extend(dimension.total.clone());
        for (at, hierarchy) in self.list(json, &pointer, "hierarchies").iter().enumerate() {
            let pointer = format!("{pointer}/hierarchies/{at}");
            let mut sums = BTreeMap::new();
            if !self.within(hierarchy.as_object().map_or(0, <[_]>::len), limits::DIMENSION_SUMS, &pointer) {
                continue;
            }
            for parent in self.object(hierarchy, &pointer).into_keys() {
                let children = self.texts(hierarchy, &pointer, parent);
                if order::set(children.iter().map(String::as_str)).len() != children.len() || children.is_empty() {
                    self.tell("disclosure.hierarchy", &below(&pointer, parent), &[("code", parent)]);
                }
                dimension.codes.extend(children.iter().cloned().chain([parent.to_owned()]));
                sums.insert(parent.to_owned(), children);
            }
            let hierarchy = Hierarchy::new(sums);
            match hierarchy.circle() {
                Some(code) => self.tell("disclosure.hierarchy", &pointer, &[("code", code)]),
                None => dimension.hierarchies.push(hierarchy),
            }
        }
        let sums: usize = dimension.hierarchies.iter().map(|hierarchy| hierarchy.sums.len()).sum();
        self.within(dimension.codes.len(), limits::DIMENSION_CODES, &pointer);
        self.within(sums, limits::DIMENSION_SUMS, &pointer);
        self.release.dimensions.push(dimension);
    }

    fn tables(&mut self, json: &Json, pointer: &str, earlier: bool) {
        if json.get("tables").is_none() {
            self.tell("disclosure.missing", pointer, &[("name", "tables")]);
        }
        let mut names = BTreeSet::new();
        let tables = self.list(json, pointer, "tables");
        if !self.within(tables.len(), limits::LIST, &below(pointer, "tables")) {
            return;
        }
        for (at, table) in tables.iter().enumerate() {
            let pointer = format!("{pointer}/tables/{at}");
            let Some(table) = self.table(table, pointer.clone(), earlier) else { continue };
            if !names.insert(table.name.clone()) {
                self.tell("disclosure.duplicate_table", &pointer, &[("table", &table.name)]);
            }
            self.release.tables.push(table);
        }
    }

    fn table(&mut self, json: &Json, pointer: String, earlier: bool) -> Option<Table> {
        let own = ["table", "variable", "kind", "per", "decimals", "dimensions", "theme", "indicator", "sensitive"];
        let more = ["rules", "rule", "public", "absent", "cells"];
        if !self.is_object(json, &pointer, &[own.as_slice(), &more].concat()) {
            return None;
        }
        let (name, variable) =
            (self.needed_text(json, &pointer, "table"), self.needed_text(json, &pointer, "variable"));
        let kind = self.kind(json, &pointer);
        let mut dimensions = Vec::new();
        for (at, dimension) in self.texts(json, &pointer, "dimensions").iter().enumerate() {
            let place = self.release.dimensions.iter().position(|known| known.name == *dimension);
            match place.filter(|place| !dimensions.contains(place)) {
                Some(place) => dimensions.push(place),
                None => {
                    let pointer = format!("{pointer}/dimensions/{at}");
                    self.tell("disclosure.unknown_dimension", &pointer, &[("dimension", dimension)]);
                    return None;
                }
            }
        }
        let rule = self.rule(json, &pointer, &dimensions);
        let absent = json.get("absent").map(|_| self.needed_text(json, &pointer, "absent"));
        if absent.as_deref().is_some_and(|absent| absent != "zero") {
            self.tell("disclosure.type", &format!("{pointer}/absent"), &[("expected", "zero")]);
        }
        let public = self.flag(json, &pointer, "public");
        let mut table = Table {
            pointer,
            name,
            variable,
            kind,
            dimensions,
            rule,
            earlier,
            absent_is_zero: absent.is_some(),
            cells: Vec::new(),
        };
        self.cells(json, &mut table, public);
        Some(table)
    }

    fn kind(&mut self, json: &Json, pointer: &str) -> Kind {
        match self.needed_text(json, pointer, "kind").as_str() {
            "count" => Kind::Count,
            "magnitude" => Kind::Magnitude,
            "rate" => Kind::Rate {
                per: self.number(json, pointer, "per", 1, 1_000_000).unwrap_or(100),
                decimals: self
                    .number(json, pointer, "decimals", 0, DECIMALS)
                    .and_then(|n| u32::try_from(n).ok())
                    .unwrap_or(1),
            },
            "" => Kind::Count,
            other => {
                self.tell("disclosure.kind", &format!("{pointer}/kind"), &[("kind", other)]);
                Kind::Count
            }
        }
    }

    fn rule(&mut self, json: &Json, pointer: &str, dimensions: &[usize]) -> Rule {
        let (theme, indicator) = (self.text(json, pointer, "theme"), self.text(json, pointer, "indicator"));
        let names =
            dimensions.iter().filter_map(|place| self.release.dimensions.get(*place)).map(|of| of.name.as_str());
        let named = self.rules.is_sensitive(&theme, &indicator, names);
        let sensitive = self.flag(json, pointer, "sensitive") || named;
        let mut rule = self.rules.default_of(sensitive).clone();
        for (at, id) in self.texts(json, pointer, "rules").iter().enumerate() {
            match self.rules.get(id) {
                Some(more) => rule = rule.and(more),
                None => self.tell("disclosure.unknown_rule", &format!("{pointer}/rules/{at}"), &[("rule", id)]),
            }
        }
        let Some(own) = json.get("rule") else { return rule };
        let pointer = format!("{pointer}/rule");
        if self.is_object(own, &pointer, &PARTS) {
            match Rule::from_json(own) {
                Some(own) => rule = rule.and(&own),
                None => self.tell("disclosure.own_rule", &pointer, &[]),
            }
        }
        rule
    }

    fn cells(&mut self, json: &Json, table: &mut Table, public: bool) {
        let mut seen = BTreeSet::new();
        for (at, cell) in self.list(json, &table.pointer.clone(), "cells").iter().enumerate() {
            let pointer = format!("{}/cells/{at}", table.pointer);
            let Some(mut cell) = self.cell(cell, &pointer, table) else { continue };
            cell.known |= public;
            if !seen.insert(cell.at.clone()) {
                self.tell("disclosure.duplicate_cell", &pointer, &[]);
            }
            table.cells.push(cell);
        }
        let all: usize = self.release.tables.iter().map(|table| table.cells.len()).sum::<usize>() + table.cells.len();
        if !self.within(all, limits::CELLS, &table.pointer) {
            table.cells.clear();
        }
    }

    /// Whether there are not too many of something.
    fn within(&mut self, count: usize, max: usize, pointer: &str) -> bool {
        if count > max {
            self.tell("disclosure.limit", pointer, &[("max", &max.to_string())]);
        }
        count <= max
    }

    fn cell(&mut self, json: &Json, pointer: &str, table: &Table) -> Option<Cell> {
        let own = ["at", "value", "denominator", "contributors", "largest", "known", "published"];
        let keys = if table.earlier { [own.as_slice(), &["hidden", "between"]].concat() } else { own.to_vec() };
        if !self.is_object(json, pointer, &keys) {
            return None;
        }
        let at = self.texts(json, pointer, "at");
        if at.len() != table.dimensions.len() {
            self.tell(
                "disclosure.coordinates",
                &format!("{pointer}/at"),
                &[("expected", &table.dimensions.len().to_string())],
            );
            return None;
        }
        for (place, (code, dimension)) in at.iter().zip(&table.dimensions).enumerate() {
            let Some(of) = self.release.dimensions.get(*dimension).filter(|of| !of.codes.contains(code)) else {
                continue;
            };
            let name = of.name.clone();
            self.tell(
                "disclosure.unknown_code",
                &format!("{pointer}/at/{place}"),
                &[("code", code), ("dimension", &name)],
            );
            return None;
        }
        let before = self.problems.len();
        let published = json.get("published").is_none_or(|flag| flag.as_bool() != Some(false));
        let cell = Cell {
            at,
            value: self.number(json, pointer, "value", 0, limits::INTEGER),
            denominator: self.number(json, pointer, "denominator", 1, limits::INTEGER),
            between: self.between(json, pointer),
            contributors: self.number(json, pointer, "contributors", 0, limits::INTEGER),
            largest: self.numbers(json, pointer, "largest"),
            known: self.flag(json, pointer, "known"),
            withheld: self.flag(json, pointer, "hidden") || !published,
        };
        self.flag(json, pointer, "published");
        if self.problems.len() == before {
            self.together(&cell, pointer, table);
        }
        (self.problems.len() == before).then_some(cell)
    }

    /// What a cell says goes together.
    fn together(&mut self, cell: &Cell, pointer: &str, table: &Table) {
        if cell.value.is_none() && !(table.earlier && (cell.withheld || cell.between.is_some())) {
            return self.tell("disclosure.missing", pointer, &[("name", "value")]);
        }
        if matches!(table.kind, Kind::Rate { .. }) && cell.between.is_none() && !(cell.withheld && table.earlier) {
            match (cell.value, cell.denominator) {
                (_, None) => return self.tell("disclosure.missing", pointer, &[("name", "denominator")]),
                (Some(value), Some(of)) if value > of => return self.tell("disclosure.denominator", pointer, &[]),
                _ => {}
            }
        }
        if cell.between.zip(cell.value).is_some_and(|((low, high), value)| value < low || value > high) {
            return self.tell("disclosure.between", pointer, &[]);
        }
        if table.kind == Kind::Magnitude && !table.earlier && !cell.known {
            self.contributions(cell, pointer, &table.rule);
        }
    }

    fn contributions(&mut self, cell: &Cell, pointer: &str, rule: &Rule) {
        let Some(contributors) = cell.contributors else {
            return self.tell("disclosure.missing", pointer, &[("name", "contributors")]);
        };
        let wanted = i64::try_from(rule.largest()).unwrap_or(i64::MAX).min(contributors);
        let given = i64::try_from(cell.largest.len()).unwrap_or(i64::MAX);
        let sum = cell.largest.iter().try_fold(0_i64, |sum, one| sum.checked_add(*one));
        let falling = cell.largest.iter().zip(cell.largest.iter().skip(1)).all(|(one, next)| one >= next);
        let fits = sum.is_some_and(|sum| cell.value.is_some_and(|value| sum <= value));
        if given < wanted {
            self.tell("disclosure.largest_missing", pointer, &[("wanted", &wanted.to_string())]);
        } else if !falling || !fits || given > contributors {
            self.tell("disclosure.largest", &format!("{pointer}/largest"), &[]);
        }
    }

    fn between(&mut self, json: &Json, pointer: &str) -> Option<(i64, i64)> {
        json.get("between")?;
        let numbers = self.numbers(json, pointer, "between");
        match numbers.as_slice() {
            [low, high] if low <= high => Some((*low, *high)),
            _ => {
                self.tell("disclosure.between", &format!("{pointer}/between"), &[]);
                None
            }
        }
    }

    fn sum(&mut self, json: &Json, pointer: String) {
        if !self.is_object(json, &pointer, &["total", "parts"]) {
            return;
        }
        let total = json.get("total").and_then(|total| self.key(total, &below(&pointer, "total")));
        let listed = self.list(json, &pointer, "parts");
        let parts: Vec<Key> = listed
            .iter()
            .enumerate()
            .filter_map(|(at, part)| self.key(part, &format!("{pointer}/parts/{at}")))
            .collect();
        match total {
            Some(total) if parts.len() == listed.len() && !parts.is_empty() => {
                self.release.sums.push(Sum { pointer, total, parts });
            }
            Some(_) => {}
            None => self.tell("disclosure.missing", &pointer, &[("name", "total")]),
        }
    }

    fn key(&mut self, json: &Json, pointer: &str) -> Option<Key> {
        if !self.is_object(json, pointer, &["variable", "at"]) {
            return None;
        }
        let mut key = Key { variable: self.needed_text(json, pointer, "variable"), at: BTreeMap::new() };
        for (name, code) in self.members(json, pointer, "at") {
            let place = self.release.dimensions.iter().position(|known| known.name == name);
            match (place, code.as_str()) {
                (Some(place), Some(code)) => key = key.moved(&self.release.dimensions, place, code),
                _ => {
                    self.tell(
                        "disclosure.unknown_dimension",
                        &below(&format!("{pointer}/at"), name),
                        &[("dimension", name)],
                    );
                    return None;
                }
            }
        }
        Some(key)
    }

    // What a member is.

    fn is_object(&mut self, json: &Json, pointer: &str, keys: &[&str]) -> bool {
        let Some(members) = json.as_object() else {
            self.tell("disclosure.type", pointer, &[("expected", "object")]);
            return false;
        };
        let names = members.iter().map(|(key, _)| key.as_str());
        let unknown = order::set(names.filter(|key| !keys.contains(key)));
        for key in unknown {
            self.tell("disclosure.key", &below(pointer, key), &[("name", key)]);
        }
        true
    }

    /// The members by name: their order says nothing.
    fn object<'j>(&mut self, json: &'j Json, pointer: &str) -> BTreeMap<&'j str, &'j Json> {
        if json.as_object().is_none() {
            self.tell("disclosure.type", pointer, &[("expected", "object")]);
        }
        order::map(json.as_object().unwrap_or_default().iter().map(|(name, value)| (name.as_str(), value)))
    }

    fn members<'j>(&mut self, json: &'j Json, pointer: &str, key: &str) -> BTreeMap<&'j str, &'j Json> {
        json.get(key).map(|value| self.object(value, &below(pointer, key))).unwrap_or_default()
    }

    fn list<'j>(&mut self, json: &'j Json, pointer: &str, key: &str) -> &'j [Json] {
        let Some(value) = json.get(key) else { return &[] };
        value.as_list().unwrap_or_else(|| {
            self.tell("disclosure.type", &below(pointer, key), &[("expected", "list")]);
            &[]
        })
    }

    fn texts(&mut self, json: &Json, pointer: &str, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (at, item) in self.list(json, pointer, key).iter().enumerate() {
            match item.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.tell("disclosure.type", &format!("{}/{at}", below(pointer, key)), &[("expected", "text")]),
            }
        }
        texts
    }

    fn text(&mut self, json: &Json, pointer: &str, key: &str) -> String {
        let Some(value) = json.get(key) else { return String::new() };
        if value.as_str().is_none() {
            self.tell("disclosure.type", &below(pointer, key), &[("expected", "text")]);
        }
        value.as_str().unwrap_or_default().to_owned()
    }

    fn needed_text(&mut self, json: &Json, pointer: &str, key: &str) -> String {
        if json.get(key).is_none() {
            self.tell("disclosure.missing", pointer, &[("name", key)]);
        }
        self.text(json, pointer, key)
    }

    fn flag(&mut self, json: &Json, pointer: &str, key: &str) -> bool {
        let Some(value) = json.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.tell("disclosure.type", &below(pointer, key), &[("expected", "bool")]);
            false
        })
    }

    fn number(&mut self, json: &Json, pointer: &str, key: &str, min: i64, max: i64) -> Option<i64> {
        let value = json.get(key)?;
        let number = value.as_i64();
        match number {
            Some(number) if (min..=max).contains(&number) => return Some(number),
            Some(number) if number < 0 => self.tell("disclosure.negative", &below(pointer, key), &[]),
            Some(_) => {
                let params = [("min", min.to_string()), ("max", max.to_string())];
                let params = params.each_ref().map(|(name, value)| (*name, value.as_str()));
                self.tell("disclosure.range", &below(pointer, key), &params);
            }
            None => self.tell("disclosure.type", &below(pointer, key), &[("expected", "integer")]),
        }
        None
    }

    fn numbers(&mut self, json: &Json, pointer: &str, key: &str) -> Vec<i64> {
        let mut numbers = Vec::new();
        for (at, item) in self.list(json, pointer, key).iter().enumerate() {
            match item.as_i64().filter(|number| *number >= 0) {
                Some(number) => numbers.push(number),
                None => {
                    self.tell("disclosure.type", &format!("{}/{at}", below(pointer, key)), &[("expected", "integer")])
                }
            }
        }
        numbers
    }
}
