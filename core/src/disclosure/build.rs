//! From a release to what an outsider reads in it: one variable a cell, the sums of all hierarchies, and what follows by subtraction.
//!
//! Cells of one variable at the same codes are one variable, in whatever table they stand. Every code that is the sum of others gives an
//! equation wherever its cell is; parts that no table lists are together a rest, which everybody can work out. Where an area holds another
//! one of another hierarchy (the arrondissement of Lille, the métropole), the difference is a variable as well. A rest and a difference are
//! protected as cells are.

use super::primary::{self, Reason};
use super::read::problem;
use super::release::{Cell, Dimension, Hierarchy, Key, Kind, Release, Table};
use super::rules::Rule;
use super::system::{Need, System, Variable};
use crate::limits;
use crate::order;
use crate::pack::Problem;
use std::collections::{BTreeMap, BTreeSet};

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// A cell.
    Cell(Key),
    /// What the listed parts of a cell leave over.
    Rest {
        /// The cell.
        of: Key,
        /// The dimension along which the parts lie.
        dimension: usize,
        /// The hierarchy among those of the dimension.
        hierarchy: usize,
    },
    /// A cell without another one that lies in it.
    Difference {
        /// The cell.
        of: Key,
        /// The one in it.
        without: Key,
    },
}

/// A release as variables and equations.
#[derive(Debug, Default)]
pub struct Model {
    /// The variables and equations.
    pub system: System,
    /// What each variable stands for.
    pub stands: Vec<Stands>,
    /// Why each is sensitive.
    pub reasons: Vec<Vec<Reason>>,
    /// The variable of each cell of each table.
    pub cells: Vec<Vec<usize>>,
}

impl Model {
    /// Makes the variables and equations. Cells that do not add up, or are said twice and differently, are problems.
    #[must_use]
    pub fn of(release: &Release) -> (Self, Vec<Problem>) {
        let mut builder = Builder {
            release,
            model: Self::default(),
            keys: BTreeMap::new(),
            drafts: Vec::new(),
            problems: Vec::new(),
        };
        builder.run();
        (builder.model, builder.problems)
    }
}

/// What tables say of one cell.
#[derive(Clone, Debug, Default)]
struct Draft {
    pointer: String,
    value: Option<i64>,
    /// Shown as a value by this release.
    exact: bool,
    /// Shown as a rate by this release: the counts that it leaves.
    rounded: Option<(i64, i64)>,
    /// Part of this release, and shown in it.
    own: bool,
    /// Everybody has the value.
    known: bool,
    low: i64,
    high: Option<i64>,
    reasons: BTreeSet<Reason>,
    need: Option<Need>,
}

struct Builder<'r> {
    release: &'r Release,
    model: Model,
    keys: BTreeMap<Key, usize>,
    drafts: Vec<Draft>,
    problems: Vec<Problem>,
}

impl Builder<'_> {
    fn run(&mut self) {
        for table in &self.release.tables {
            let cells = table.cells.iter().enumerate().map(|(at, cell)| self.cell(table, at, cell)).collect();
            self.model.cells.push(cells);
        }
        self.needs();
        for draft in &self.drafts {
            self.model.system.add(variable(draft));
            self.model.reasons.push(draft.reasons.iter().cloned().collect());
        }
        self.model.stands = vec![Stands::Cell(Key { variable: String::new(), at: BTreeMap::new() }); self.drafts.len()];
        for (key, at) in &self.keys {
            self.model.stands.get_mut(*at).into_iter().for_each(|stands| *stands = Stands::Cell(key.clone()));
        }
        self.hierarchies();
        self.overlaps();
        self.sums();
    }

    fn key(&self, table: &Table, cell: &Cell) -> Key {
        let start = Key { variable: table.variable.clone(), at: BTreeMap::new() };
        let codes = table.dimensions.iter().zip(&cell.at);
        codes.fold(start, |key, (dimension, code)| key.moved(&self.release.dimensions, *dimension, code))
    }

    /// The variable of a cell, with what this table says of it.
    fn cell(&mut self, table: &Table, at: usize, cell: &Cell) -> usize {
        let pointer = format!("{}/cells/{at}", table.pointer);
        let key = self.key(table, cell);
        let place = *self.keys.entry(key).or_insert(self.drafts.len());
        if place == self.drafts.len() {
            self.drafts.push(Draft { pointer: pointer.clone(), ..Draft::default() });
        }
        let rate = counts(table, cell);
        let Some(draft) = self.drafts.get_mut(place) else { return place };
        let differs = draft.value.zip(cell.value).is_some_and(|(one, other)| one != other);
        if differs && self.problems.len() < limits::PROBLEMS {
            self.problems.push(problem("disclosure.same_cell", &pointer, &[("other", &draft.pointer)]));
        }
        draft.value = draft.value.or(cell.value);
        let denominator = cell.denominator.filter(|_| matches!(table.kind, Kind::Rate { .. }));
        let highest = [draft.high, denominator, cell.between.map(|(_, high)| high)];
        draft.high = highest.into_iter().flatten().min();
        draft.low = draft.low.max(cell.between.map_or(0, |(low, _)| low));
        match (table.earlier, cell.withheld) {
            _ if cell.known => draft.known = true,
            (true, false) => match (rate, cell.between) {
                (Some((low, high)), _) => {
                    draft.low = draft.low.max(low);
                    draft.high = draft.high.map_or(Some(high), |known| Some(known.min(high)));
                }
                (None, Some(_)) => {}
                (None, None) => draft.known = true,
            },
            (false, false) => {
                draft.own = true;
                match rate {
                    Some(rate) => {
                        draft.rounded =
                            Some(draft.rounded.map_or(rate, |known| (known.0.max(rate.0), known.1.min(rate.1))))
                    }
                    None => draft.exact = true,
                }
            }
            (_, true) => {}
        }
        // What an earlier release showed was its own matter.
        if !table.earlier || cell.withheld {
            primary::of_cell(cell, table).into_iter().for_each(|(reason, need)| draft.ask(reason, need));
        }
        place
    }

    /// What only other cells tell: all of a margin, and what an earlier release hid.
    fn needs(&mut self) {
        let mut found = Vec::new();
        for (table, places) in self.release.tables.iter().zip(&self.model.cells) {
            for (cell, place) in table.cells.iter().zip(places) {
                let Some(draft) = self.drafts.get(*place) else { continue };
                if table.earlier && cell.withheld && draft.value.is_none() {
                    found.push((*place, primary::of_hidden_earlier(&table.rule)));
                }
                let is_count = table.kind != Kind::Magnitude && table.rule.attribute && !cell.known && !table.earlier;
                if let (true, Some(value @ 1..)) = (is_count, draft.value) {
                    let margins =
                        self.margins(table, cell).into_iter().filter(|(_, key)| self.value(key) == Some(value));
                    found.extend(
                        margins.map(|(name, _)| (*place, primary::of_everybody(Reason::Attribute(name), &table.rule))),
                    );
                }
            }
        }
        for (place, (reason, need)) in found {
            self.drafts.get_mut(place).into_iter().for_each(|draft| draft.ask(reason.clone(), need));
        }
    }

    /// The cells that a cell is a part of along dimensions that say what people are, each with the name of the dimension.
    fn margins(&self, table: &Table, cell: &Cell) -> Vec<(String, Key)> {
        let key = self.key(table, cell);
        let mut found = Vec::new();
        for (place, code) in table.dimensions.iter().zip(&cell.at) {
            let Some(dimension) = self.release.dimensions.get(*place).filter(|dimension| !dimension.area) else {
                continue;
            };
            for hierarchy in &dimension.hierarchies {
                let is_divided = |parent: &&String| hierarchy.sums.get(*parent).is_some_and(|parts| parts.len() > 1);
                for parent in hierarchy.parents(code).filter(is_divided) {
                    found.push((dimension.name.clone(), key.moved(&self.release.dimensions, *place, parent)));
                }
            }
        }
        found
    }

    fn value(&self, key: &Key) -> Option<i64> {
        self.drafts.get(*self.keys.get(key)?)?.value
    }

    /// One equation for each cell that is the sum of others, in each hierarchy.
    fn hierarchies(&mut self) {
        for (place, dimension) in self.release.dimensions.iter().enumerate() {
            for (at, hierarchy) in dimension.hierarchies.iter().enumerate() {
                for parent in self.parents(place, dimension, hierarchy) {
                    self.sum_of_parts(&parent, place, at, hierarchy);
                }
            }
        }
    }

    /// The cells at codes that are sums in a hierarchy.
    fn parents(&self, place: usize, dimension: &Dimension, hierarchy: &Hierarchy) -> Vec<Key> {
        let is_sum = |key: &Key| {
            let code = key.at.get(&place).or(dimension.total.as_ref());
            code.is_some_and(|code| hierarchy.sums.contains_key(code))
        };
        self.keys.keys().filter(|key| is_sum(key)).cloned().collect()
    }

    fn sum_of_parts(&mut self, parent: &Key, dimension: usize, at: usize, hierarchy: &Hierarchy) {
        let Some(of) = self.release.dimensions.get(dimension) else { return };
        let Some(code) = parent.at.get(&dimension).or(of.total.as_ref()) else { return };
        let (mut parts, mut missing) = (Vec::new(), false);
        self.parts(parent, dimension, hierarchy, code, &mut parts, &mut missing);
        let Some(total) = self.keys.get(parent).copied().filter(|_| !parts.is_empty()) else { return };
        missing &= !self.release.tables.iter().any(|table| table.variable == parent.variable && table.absent_is_zero);
        let mut terms: Vec<(usize, i64)> = parts.iter().map(|part| (*part, -1)).chain([(total, 1)]).collect();
        if missing {
            let rest = Stands::Rest { of: parent.clone(), dimension, hierarchy: at };
            terms.push((self.implicit(rest, &terms, &parent.variable), -1));
        }
        self.equate(terms, total);
    }

    /// The cells of the parts of a code: of one that no table lists, those of its own parts.
    fn parts(
        &self,
        parent: &Key,
        dimension: usize,
        hierarchy: &Hierarchy,
        code: &str,
        parts: &mut Vec<usize>,
        missing: &mut bool,
    ) {
        for child in hierarchy.sums.get(code).into_iter().flatten() {
            let key = parent.moved(&self.release.dimensions, dimension, child);
            match self.keys.get(&key) {
                Some(part) => parts.push(*part),
                None if hierarchy.sums.contains_key(child) => {
                    self.parts(parent, dimension, hierarchy, child, parts, missing)
                }
                None => *missing = true,
            }
        }
    }

    /// A variable for what some terms leave over.
    fn implicit(&mut self, stands: Stands, terms: &[(usize, i64)], variable: &str) -> usize {
        let value = |(place, times): &(usize, i64)| self.model.system.variable(*place)?.value?.checked_mul(*times);
        let left = terms.iter().map(value).try_fold(0_i64, |sum, value| sum.checked_add(value?));
        let rule = self.rule_of(variable);
        let sensitive = left.zip(rule).and_then(|(left, rule)| primary::of_count(left, &rule));
        self.model.stands.push(stands);
        self.model.reasons.push(sensitive.iter().map(|(reason, _)| reason.clone()).collect());
        let need = sensitive.map(|(_, need)| need);
        let hidden = Variable {
            value: left,
            rounded: None,
            low: 0,
            high: None,
            hidable: false,
            hidden: true,
            need,
            implicit: true,
        };
        self.model.system.add(hidden)
    }

    /// The strictest rule of the tables that count a variable.
    fn rule_of(&self, variable: &str) -> Option<Rule> {
        let counting = |table: &&Table| table.variable == variable && table.kind != Kind::Magnitude;
        self.release.tables.iter().filter(counting).map(|table| table.rule.clone()).reduce(|one, other| one.and(&other))
    }

    fn equate(&mut self, terms: Vec<(usize, i64)>, total: usize) {
        self.model.system.equate(terms, 0);
        let Some(equation) = self.model.system.equations().last() else { return };
        let negative = |(place, _): &(usize, i64)| {
            self.model.system.variable(*place).is_some_and(|of| of.value.is_some_and(|value| value < 0))
        };
        if self.model.system.imbalance(equation).is_some_and(|left| left != 0) || equation.terms.iter().any(negative) {
            let pointer = self.drafts.get(total).map(|draft| draft.pointer.clone()).unwrap_or_default();
            let told = problem("disclosure.not_additive", &pointer, &[]);
            if self.problems.len() < limits::PROBLEMS && !self.problems.contains(&told) {
                self.problems.push(told);
            }
        }
    }

    /// Areas of one hierarchy inside those of another: the difference is a number that anybody can work out.
    fn overlaps(&mut self) {
        for (place, dimension) in self.release.dimensions.iter().enumerate() {
            let pairs = inside(dimension);
            let mut of_code: BTreeMap<String, Vec<Key>> = BTreeMap::new();
            for key in self.keys.keys().filter(|_| !pairs.is_empty()) {
                let code = key.at.get(&place).cloned();
                code.into_iter().for_each(|code| of_code.entry(code).or_default().push(key.clone()));
            }
            for (outer, inner, between) in pairs {
                for without in of_code.get(&inner).into_iter().flatten() {
                    let of = without.moved(&self.release.dimensions, place, &outer);
                    self.difference(place, of, without.clone(), &between);
                }
            }
        }
    }

    fn difference(&mut self, place: usize, of: Key, without: Key, between: &BTreeSet<String>) {
        let (Some(outer), Some(inner)) = (self.keys.get(&of).copied(), self.keys.get(&without).copied()) else {
            return;
        };
        let terms = vec![(outer, 1), (inner, -1)];
        if between.is_empty() {
            return self.equate(terms, outer);
        }
        let parts = between.iter().map(|code| self.keys.get(&of.moved(&self.release.dimensions, place, code)).copied());
        let parts: Option<Vec<usize>> = parts.collect();
        let variable = of.variable.clone();
        let left = self.implicit(Stands::Difference { of, without }, &terms, &variable);
        self.equate(terms.into_iter().chain([(left, -1)]).collect(), outer);
        if let Some(parts) = parts {
            self.equate(parts.into_iter().map(|part| (part, -1)).chain([(left, 1)]).collect(), outer);
        }
    }

    /// What the release says adds up.
    fn sums(&mut self) {
        for sum in &self.release.sums {
            let places: Option<Vec<usize>> = sum.parts.iter().map(|part| self.keys.get(part).copied()).collect();
            match (self.keys.get(&sum.total).copied(), places) {
                (Some(total), Some(parts)) => {
                    self.equate(parts.into_iter().map(|part| (part, -1)).chain([(total, 1)]).collect(), total);
                }
                _ => self.problems.push(problem("disclosure.unknown_cell", &sum.pointer, &[])),
            }
        }
    }
}

impl Draft {
    fn ask(&mut self, reason: Reason, need: Need) {
        self.reasons.insert(reason);
        self.need = Some(self.need.map_or(need, |known| known.and(need)));
    }
}

/// The counts that the published rate of a cell leaves.
fn counts(table: &Table, cell: &Cell) -> Option<(i64, i64)> {
    let Kind::Rate { per, decimals } = table.kind else { return None };
    let (value, denominator) = (cell.value?, cell.denominator?);
    primary::counts_of_rate(primary::rate(value, denominator, per, decimals)?, denominator, per, decimals)
}

fn variable(draft: &Draft) -> Variable {
    let own = draft.own && !draft.known;
    let mut variable = Variable {
        value: draft.value,
        rounded: if draft.exact || draft.known { None } else { draft.rounded },
        low: draft.low,
        high: draft.high,
        hidable: own,
        hidden: !own && !draft.known,
        need: draft.need,
        implicit: false,
    };
    if variable.hidable && variable.need.is_some_and(|need| !variable.leaves(need)) {
        variable.hidden = true;
    }
    variable
}

/// Pairs of areas of which one holds the other without a hierarchy saying so, and the smallest areas between them.
fn inside(dimension: &Dimension) -> Vec<(String, String, BTreeSet<String>)> {
    let mut all = Vec::new();
    for (at, hierarchy) in dimension.hierarchies.iter().enumerate() {
        all.extend(hierarchy.sums.keys().map(|code| (at, code, hierarchy.leaves(code))));
    }
    let mut found = BTreeSet::new();
    for (at, outer, holds) in &all {
        for (other, inner, held) in all.iter().filter(|(other, inner, _)| other != at && inner != outer) {
            let above = |hierarchy: &Hierarchy| hierarchy.above(inner).contains(outer.as_str());
            let same_twice = holds.len() == held.len() && other < at;
            if held.is_subset(holds) && !same_twice && !dimension.hierarchies.iter().any(above) {
                let between = order::set(holds.difference(held).map(|code| (*code).to_owned()));
                found.insert(((*outer).clone(), (*inner).clone(), between));
            }
        }
    }
    found.into_iter().collect()
}
