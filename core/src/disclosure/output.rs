//! What leaves: the published form and the record of the producer, as JSON and as text.

use super::Protection;
use super::audit::Trouble;
use super::build::Stands;
use super::primary::{self, Reason};
use super::release::{Cell, Key, Kind, Table};
use super::system::Variable;
use crate::json::Json;
use crate::message::Lang;
use crate::order;

/// A hidden cell in SDMX words: CONF_STATUS, confidential.
const CONFIDENTIAL: &str = "C";

impl Protection<'_> {
    /// What may be published: tables with their values, and of a hidden cell that it is confidential. Reasons, thresholds and ranges are not in
    /// it. A release that did not pass has no tables.
    #[must_use]
    pub fn published_json(&self) -> Json {
        let mut members = self.head();
        let failures = order::set(self.failures().into_iter().map(|(code, _)| code));
        members.push(("failures", failures.into_iter().map(Json::from).collect()));
        members.push(("problems", self.problems.iter().map(|problem| problem.to_json()).collect()));
        if self.passed() {
            let own = self.release.tables.iter().zip(&self.model.cells).filter(|(table, _)| !table.earlier);
            members.push(("tables", own.map(|(table, places)| self.table_json(table, places)).collect()));
            members.push(("cells", Json::from(self.own().count())));
            members.push(("hidden", Json::from(self.hidden().len())));
        }
        object(members)
    }

    /// The record of the producer: what was hidden and why, for which cell, and what an outsider can find out. It must not be published.
    #[must_use]
    pub fn record_json(&self) -> Json {
        let mut members = self.head();
        let failures = self
            .failures()
            .into_iter()
            .map(|(code, more)| object([("code", Json::from(code))].into_iter().chain(more).collect()));
        members.push(("failures", failures.collect()));
        members.push(("problems", self.problems.iter().map(|problem| problem.to_json()).collect()));
        if self.problems.is_empty() {
            let (hidden, complementary) = (self.hidden().len(), self.complementary.len());
            members.push((
                "counts",
                Json::object([
                    ("cells", Json::from(self.own().count())),
                    ("hidden", Json::from(hidden)),
                    ("sensitive", Json::from(hidden.saturating_sub(complementary))),
                    ("complementary", Json::from(complementary)),
                    ("hidden_at_least", Json::from(self.lower_bound)),
                ]),
            ));
            members.push((
                "audit",
                Json::object([
                    ("components", Json::from(self.audit.components)),
                    ("largest", Json::from(self.audit.largest)),
                    ("limit", Json::from(self.release.audit_cells)),
                ]),
            ));
            let kept =
                |(at, of): &(usize, &Variable)| of.hidden || of.need.is_some() || self.audit.intervals.contains_key(at);
            let all = self.model.system.variables.iter().enumerate().filter(kept);
            members.push(("protected", all.map(|(at, of)| self.variable_json(at, of)).collect()));
        }
        object(members)
    }

    /// One line on the whole, then one for each problem or failure.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let messages = self.book.messages();
        let cells = Json::from(self.own().count());
        let hidden = i64::try_from(self.hidden().len()).unwrap_or(i64::MAX);
        let mut lines = vec![match self.passed() {
            true => messages.count("disclosure.passed", lang, hidden, &[("cells", &cells)]),
            false => messages.get("disclosure.failed", lang).to_owned(),
        }];
        lines.extend(self.problems.iter().map(|problem| problem.to_text(messages, lang)));
        for (code, more) in self.failures() {
            let shown = |(name, value): &(&'static str, Json)| match *name {
                "cell" => (*name, Json::from(cell_text(value))),
                _ => (*name, value.clone()),
            };
            let shown: Vec<(&str, Json)> = more.iter().map(shown).collect();
            let params: Vec<(&str, &Json)> = shown.iter().map(|(name, value)| (*name, value)).collect();
            lines.push(messages.render(code, lang, &params));
        }
        lines.join("\n")
    }

    fn head(&self) -> Vec<(&'static str, Json)> {
        vec![
            ("made_by", self.book.made_by(&[])),
            ("release", Json::from(self.release.name.as_str())),
            ("passed", Json::Bool(self.passed())),
        ]
    }

    /// The cells of this release.
    fn own(&self) -> impl Iterator<Item = usize> {
        let own = self.release.tables.iter().zip(&self.model.cells).filter(|(table, _)| !table.earlier);
        let shown = own.flat_map(|(table, places)| table.cells.iter().zip(places).filter(|(cell, _)| !cell.withheld));
        order::set(shown.map(|(_, place)| *place)).into_iter()
    }

    /// Why it did not pass, with what the producer has to know.
    fn failures(&self) -> Vec<(&'static str, Vec<(&'static str, Json)>)> {
        let mut found = Vec::new();
        for at in &self.failing {
            let Some(of) = self.model.system.variable(*at) else { continue };
            let is_told = of.told().is_some() && !of.hidable && !of.implicit;
            let code = if is_told { "disclosure.already_published" } else { "disclosure.recoverable" };
            found.push((code, vec![("cell", self.stands_json(*at))]));
        }
        for (component, trouble) in &self.audit.troubles {
            let size = ("size", Json::from(component.variables.len()));
            let more = match trouble {
                Trouble::Size => ("disclosure.too_large", vec![size, ("limit", Json::from(self.release.audit_cells))]),
                Trouble::Arithmetic => ("disclosure.arithmetic", vec![size]),
                Trouble::Contradiction => ("disclosure.contradiction", vec![size]),
            };
            found.push(more);
        }
        found
    }

    fn table_json(&self, table: &Table, places: &[usize]) -> Json {
        let names = table.dimensions.iter().filter_map(|place| self.release.dimensions.get(*place));
        let shown = table.cells.iter().zip(places).filter(|(cell, _)| !cell.withheld);
        Json::object([
            ("table", Json::from(table.name.as_str())),
            ("variable", Json::from(table.variable.as_str())),
            ("dimensions", names.map(|dimension| Json::from(dimension.name.as_str())).collect()),
            ("cells", shown.map(|(cell, place)| self.cell_json(table, cell, *place)).collect()),
        ])
    }

    fn cell_json(&self, table: &Table, cell: &Cell, place: usize) -> Json {
        let hidden = self.model.system.variable(place).is_none_or(|of| of.hidden);
        let mut members = vec![("at", cell.at.iter().map(|code| Json::from(code.as_str())).collect())];
        members.extend(cell.denominator.map(|denominator| ("denominator", Json::from(denominator))));
        match published(table.kind, cell).filter(|_| !hidden) {
            Some(value) => members.push(("value", value)),
            None => members.push(("conf_status", Json::from(CONFIDENTIAL))),
        }
        object(members)
    }

    fn variable_json(&self, at: usize, of: &Variable) -> Json {
        let mut members = vec![("cell", self.stands_json(at))];
        let why = match (of.need, self.complementary.get(&at)) {
            (_, Some(_)) => "complementary",
            (Some(_), None) => "sensitive",
            (None, None) if of.implicit => "derived",
            (None, None) if of.hidden => "withheld",
            (None, None) => "rounded",
        };
        members.push(("why", Json::from(why)));
        members.push(("hidden", Json::Bool(of.hidden)));
        members.extend(of.value.map(|value| ("value", Json::from(value))));
        let reasons = self.model.reasons.get(at).map(Vec::as_slice).unwrap_or_default();
        if !reasons.is_empty() {
            members.push(("reasons", reasons.iter().map(reason_json).collect()));
        }
        members.extend(self.complementary.get(&at).map(|cause| ("for", self.stands_json(*cause))));
        if let Some(interval) = self.audit.intervals.get(&at) {
            let high = interval.high.map_or(Json::Null, Json::from);
            let mut range = vec![("min", Json::from(interval.low)), ("max", high)];
            if !interval.exact {
                range.push(("at_least", Json::Bool(true)));
            }
            members.push(("range", object(range)));
        }
        object(members)
    }

    fn stands_json(&self, at: usize) -> Json {
        match self.model.stands.get(at) {
            Some(Stands::Cell(key)) => self.key_json(key, Vec::new()),
            Some(Stands::Rest { of, dimension, .. }) => {
                let name = self.release.dimensions.get(*dimension).map_or("", |dimension| dimension.name.as_str());
                self.key_json(of, vec![("rest_along", Json::from(name))])
            }
            Some(Stands::Difference { of, without }) => self.key_json(of, vec![("without", self.at_json(without))]),
            None => Json::Null,
        }
    }

    fn key_json(&self, key: &Key, more: Vec<(&'static str, Json)>) -> Json {
        let own = [("variable", Json::from(key.variable.as_str())), ("at", self.at_json(key))];
        object(own.into_iter().chain(more).collect())
    }

    fn at_json(&self, key: &Key) -> Json {
        let name = |place: &usize| self.release.dimensions.get(*place).map_or("", |dimension| dimension.name.as_str());
        Json::Object(key.at.iter().map(|(place, code)| (name(place).to_owned(), Json::from(code.as_str()))).collect())
    }
}

/// The value as it is published.
fn published(kind: Kind, cell: &Cell) -> Option<Json> {
    match kind {
        Kind::Count | Kind::Magnitude => cell.value.map(Json::from),
        Kind::Rate { per, decimals } => {
            let scaled = primary::rate(cell.value?, cell.denominator?, per, decimals)?;
            Some(Json::number(scaled as f64 / 10_f64.powi(i32::try_from(decimals).ok()?)))
        }
    }
}

fn reason_json(reason: &Reason) -> Json {
    let rule = |name: &str| ("rule", Json::from(name));
    let members = match reason {
        Reason::Frequency(min) => vec![rule("frequency"), ("min_units", Json::from(*min))],
        Reason::Zero => vec![rule("zero")],
        Reason::Contributors(min) => vec![rule("contributors"), ("min_contributors", Json::from(*min))],
        Reason::Dominance(n, percent) => {
            vec![rule("dominance"), ("largest", Json::from(*n)), ("percent", Json::from(*percent))]
        }
        Reason::PPercent(percent) => vec![rule("p_percent"), ("percent", Json::from(*percent))],
        Reason::Attribute(dimension) => vec![rule("attribute"), ("dimension", Json::from(dimension.as_str()))],
        Reason::Full => vec![rule("full")],
        Reason::HiddenEarlier => vec![rule("hidden_earlier")],
    };
    object(members)
}

/// A cell in words of the release: `v (sex F, territory A1)`, less what it is without, or what it leaves over along a dimension.
fn cell_text(cell: &Json) -> String {
    let text = |json: Option<&Json>| json.and_then(Json::as_str).unwrap_or_default().to_owned();
    let codes = |at: Option<&Json>| {
        let members = at.and_then(Json::as_object).unwrap_or_default().iter();
        let codes: Vec<String> = members.map(|(name, code)| format!("{name} {}", text(Some(code)))).collect();
        if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) }
    };
    let mut told = format!("{}{}", text(cell.get("variable")), codes(cell.get("at")));
    if cell.get("without").is_some() {
        told.push_str(&format!(" −{}", codes(cell.get("without"))));
    }
    if cell.get("rest_along").is_some() {
        told.push_str(&format!(" − Σ {}", text(cell.get("rest_along"))));
    }
    told
}

fn object(members: Vec<(&'static str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
