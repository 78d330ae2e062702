//! A release, as it was read: dimensions, tables with their rules, earlier releases, equations.

use super::rules::Rule;
use crate::order;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be published, and what already is.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// Variables that a component may have.
    pub audit_cells: usize,
    /// The dimensions.
    pub dimensions: Vec<Dimension>,
    /// Its tables, and those of earlier releases.
    pub tables: Vec<Table>,
    /// What else is known to add up.
    pub sums: Vec<Sum>,
}

/// A dimension: codes, and which of them add up to which.
#[derive(Clone, Debug, Default)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// The code of everything: a cell there is the same as one of a table without this dimension.
    pub total: Option<String>,
    /// Each says of some codes which others they are the sum of.
    pub hierarchies: Vec<Hierarchy>,
    /// All codes.
    pub codes: BTreeSet<String>,
    /// It says where people live, not what they are.
    pub area: bool,
}

/// What the cells of a table hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How many there are.
    Count,
    /// An amount, in whole units.
    Magnitude,
    /// A count as a share of a public denominator, rounded.
    Rate {
        /// Per how many.
        per: i64,
        /// Published decimals.
        decimals: u32,
    },
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// JSON Pointer to it.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// What is counted: cells of one variable at the same codes are one cell, in whatever table.
    pub variable: String,
    /// What its cells hold.
    pub kind: Kind,
    /// Its dimensions, by their places.
    pub dimensions: Vec<usize>,
    /// When a cell must be protected.
    pub rule: Rule,
    /// It was published before.
    pub earlier: bool,
    /// Cells that are not listed are 0, as everybody knows.
    pub absent_is_zero: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its codes, one for each dimension of the table.
    pub at: Vec<String>,
    /// The count or the amount; of a rate the count.
    pub value: Option<i64>,
    /// What a rate is a share of.
    pub denominator: Option<i64>,
    /// What an earlier release said of it without its value: the least and the greatest it can be.
    pub between: Option<(i64, i64)>,
    /// How many stand behind an amount.
    pub contributors: Option<i64>,
    /// The largest of them, descending.
    pub largest: Vec<i64>,
    /// Everybody knows it.
    pub known: bool,
    /// It is not shown: an earlier release hid it, or this one leaves it out.
    pub withheld: bool,
}

/// A cell that is the sum of others.
#[derive(Clone, Debug)]
pub struct Sum {
    /// JSON Pointer to it.
    pub pointer: String,
    /// The sum.
    pub total: Key,
    /// Its parts.
    pub parts: Vec<Key>,
}

/// A cell, whatever table it stands in: the variable, and the codes by dimension that are not the total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The variable.
    pub variable: String,
    /// Codes by dimension.
    pub at: BTreeMap<usize, String>,
}

impl Key {
    /// The same with another code in a dimension.
    #[must_use]
    pub fn moved(&self, dimensions: &[Dimension], dimension: usize, code: &str) -> Self {
        let mut key = self.clone();
        let is_total = dimensions.get(dimension).is_some_and(|of| of.total.as_deref() == Some(code));
        if is_total {
            key.at.remove(&dimension)
        } else {
            key.at.insert(dimension, code.to_owned())
        };
        key
    }
}

/// Which codes are the sum of which others.
#[derive(Clone, Debug, Default)]
pub struct Hierarchy {
    /// The parts of each sum.
    pub sums: BTreeMap<String, Vec<String>>,
    /// The sums that each code is directly a part of.
    parents: BTreeMap<String, BTreeSet<String>>,
}

impl Hierarchy {
    /// From the parts of each sum.
    #[must_use]
    pub fn new(sums: BTreeMap<String, Vec<String>>) -> Self {
        let mut parents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (parent, children) in &sums {
            for child in children {
                parents.entry(child.clone()).or_default().insert(parent.clone());
            }
        }
        Self { sums, parents }
    }

    /// The sums that a code is directly a part of.
    pub fn parents<'h>(&'h self, code: &str) -> impl Iterator<Item = &'h String> + use<'h> {
        self.parents.get(code).into_iter().flatten()
    }

    /// A code that is a part of itself.
    #[must_use]
    pub fn circle(&self) -> Option<&str> {
        self.sums.keys().find(|code| self.above(code).contains(code.as_str())).map(String::as_str)
    }

    /// The codes that a code is a part of, through all levels.
    #[must_use]
    pub fn above<'h>(&'h self, code: &str) -> BTreeSet<&'h str> {
        let mut found = order::set(self.parents(code).map(String::as_str));
        let mut waiting: Vec<&str> = found.iter().copied().collect();
        while let Some(code) = waiting.pop() {
            waiting.extend(self.parents(code).map(String::as_str).filter(|parent| found.insert(*parent)));
        }
        found
    }

    /// The smallest codes that a code is the sum of.
    #[must_use]
    pub fn leaves<'h>(&'h self, code: &str) -> BTreeSet<&'h str> {
        let (mut found, mut met) = (BTreeSet::new(), BTreeSet::new());
        let mut waiting: Vec<&str> = self.sums.get_key_value(code).map(|(code, _)| code.as_str()).into_iter().collect();
        while let Some(code) = waiting.pop() {
            match self.sums.get(code) {
                Some(children) => {
                    waiting.extend(children.iter().map(String::as_str).filter(|child| met.insert(*child)))
                }
                None => {
                    found.insert(code);
                }
            }
        }
        found
    }
}
