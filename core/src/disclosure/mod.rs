//! Disclosure control: which cells of tables stay hidden so that nobody can be found out, and the proof of it.
//!
//! A release enters as JSON text ([`protect_text`]) or as a value of a host ([`protect_value`]): tables with their hierarchies and rules, earlier
//! releases, what else adds up. A [`Protection`] leaves, in two forms: what may be published ([`Protection::published_json`]), in which a hidden cell
//! says that it is confidential and nothing else, and the record of the producer ([`Protection::record_json`]), with reasons, thresholds and what an
//! outsider could find out. `docs/disclosure.md` describes both and what is not covered.
//!
//! First `read` and `build` make variables and equations of the release; `primary` says which are sensitive, `complementary` hides what
//! else is needed, and [`audit`] asks of the result what it gives away. All numbers are whole and every step is exact. A release that cannot
//! be protected, or judged within the limits, has no published form.
//!
//! ```
//! use sam_eurometropole::{Rulebook, disclosure::protect_text};
//!
//! let release = r#"{
//!     "format": 1, "release": "jobseekers-2025",
//!     "dimensions": {"sex": {"total": "_T", "hierarchies": [{"_T": ["F", "M"]}]}},
//!     "tables": [{"table": "by_sex", "variable": "jobseekers", "kind": "count", "dimensions": ["sex"], "cells": [
//!         {"at": ["_T"], "value": 40}, {"at": ["F"], "value": 3}, {"at": ["M"], "value": 37}]}]
//! }"#;
//! let protection = protect_text(Rulebook::embedded(), release);
//! assert!(protection.passed());
//! // Three women are too few, and without the men the total would give them away.
//! assert_eq!(protection.hidden(), [1, 2]);
//! ```

pub mod audit;
mod build;
mod complementary;
mod limit;
mod output;
mod primary;
pub mod program;
mod read;
mod release;
pub mod rules;
pub mod system;

pub use build::{Model, Stands};
pub use primary::Reason;
pub use release::{Cell, Dimension, Hierarchy, Key, Kind, Release, Sum, Table};

use crate::breakage::{self, Breakage};
use crate::document;
use crate::json::Json;
use crate::limits;
use crate::pack::Problem;
use crate::reader::Value;
use crate::rulebook::Rulebook;
use audit::Audit;
use std::collections::BTreeMap;

/// A release with what is hidden in it, and the audit of that.
#[derive(Debug)]
pub struct Protection<'b> {
    /// The release as it was read.
    pub release: Release,
    /// Its variables and equations, with what is hidden.
    pub model: Model,
    /// What is wrong about the document; then nothing else was done.
    pub problems: Vec<Problem>,
    /// Each cell that is hidden for another one.
    pub complementary: BTreeMap<usize, usize>,
    /// What an outsider can find out.
    pub audit: Audit,
    /// Variables that are not protected.
    pub failing: Vec<usize>,
    /// How many cells have to be hidden at least, whatever is chosen.
    pub lower_bound: usize,
    book: &'b Rulebook,
}

/// Protects a release given as JSON text.
#[must_use]
pub fn protect_text<'b>(book: &'b Rulebook, text: &str) -> Protection<'b> {
    let (node, problems) = document::within(limits::BYTES, text, document::from_json);
    let problems: Vec<Problem> = problems.into_iter().map(Problem::from).collect();
    let json = node.filter(|_| problems.is_empty()).map(|node| node.to_json());
    protect(book, json.as_ref(), problems)
}

/// Protects a release given as values of a host language.
#[must_use]
pub fn protect_value<'b>(book: &'b Rulebook, value: &Value) -> Protection<'b> {
    let mut problems = Vec::new();
    let json = read::json_of(value, "", &mut problems);
    protect(book, Some(&json).filter(|_| problems.is_empty()), problems)
}

fn protect<'b>(book: &'b Rulebook, json: Option<&Json>, mut problems: Vec<Problem>) -> Protection<'b> {
    let mut release = Release::default();
    if let Some(json) = json {
        let (read, found) = read::release(json, book.disclosure());
        (release, problems) = (read, found);
    }
    protected(book, release, problems)
}

/// Protects a release that the engine itself made.
pub(crate) fn protect_release(book: &Rulebook, release: Release) -> Protection<'_> {
    protected(book, release, Vec::new())
}

fn protected<'b>(book: &'b Rulebook, release: Release, mut problems: Vec<Problem>) -> Protection<'b> {
    let mut model = Model::default();
    if problems.is_empty() {
        (model, problems) = Model::of(&release);
    }
    let mut protection = Protection {
        release,
        model,
        problems,
        complementary: BTreeMap::new(),
        audit: Audit::default(),
        failing: Vec::new(),
        lower_bound: 0,
        book,
    };
    if protection.problems.is_empty() {
        protection.hide();
    }
    protection
}

impl Protection<'_> {
    fn hide(&mut self) {
        let (system, limit) = (&mut self.model.system, self.release.audit_cells);
        self.lower_bound = complementary::lower_bound(system);
        if !breakage::is(Breakage::NoComplementary) {
            self.complementary = complementary::protect(system, limit);
        }
        self.audit = Audit::of(system, limit);
        self.failing = self.audit.failing(system);
    }

    /// Whether it may be published.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.problems.is_empty() && self.failing.is_empty() && self.audit.troubles.is_empty()
    }

    /// The cells of this release that are hidden, by variable.
    #[must_use]
    pub fn hidden(&self) -> Vec<usize> {
        let variables = self.model.system.variables.iter().enumerate();
        variables.filter(|(_, variable)| variable.hidable && variable.hidden).map(|(at, _)| at).collect()
    }
}

#[cfg(test)]
mod tests;
