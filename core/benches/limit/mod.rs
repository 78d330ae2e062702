//! The limit: what straightforward Rust written for one record alone can do with the same bytes.
//!
//! Tables of codes, communes and indicators are taken from the rulebook once; lines of JSON (typed structs by `serde_json`) or Arrow
//! arrays enter, findings leave. The programs know the fields of the bench's data and no others, have no catalogue and no packs, and give
//! code and paths without the values and hints that the engine adds.

pub(crate) mod columns;
pub(crate) mod observation;
pub(crate) mod participant;

pub(crate) use crate::common::day::Day;
use crate::common::day::days_of;
use sam_eurometropole::Rulebook;
use sam_eurometropole::date::Date;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A finding: row, code, and its paths with commas.
pub(crate) type Found = (usize, &'static str, String);

/// A short and fast hash for short texts (FNV-1a).
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A table by text.
pub(crate) type Map<'b, V> = HashMap<&'b str, V, BuildHasherDefault<Fnv>>;

/// When a code or commune holds, and whose it is.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'b> {
    pub(crate) from: i32,
    pub(crate) to: i32,
    pub(crate) system: Option<&'b str>,
    pub(crate) no_value: bool,
}

impl Entry<'_> {
    fn holds(&self, day: i32) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The tables of the limit programs.
pub(crate) struct Tables<'b> {
    pub(crate) on: i32,
    pub(crate) gender: Map<'b, Entry<'b>>,
    pub(crate) partner: Map<'b, Entry<'b>>,
    pub(crate) benefit: Map<'b, Entry<'b>>,
    pub(crate) register: Map<'b, Entry<'b>>,
    pub(crate) education: Map<'b, Entry<'b>>,
    pub(crate) language: Map<'b, Entry<'b>>,
    pub(crate) cefr: Map<'b, Entry<'b>>,
    pub(crate) unit: Map<'b, Entry<'b>>,
    pub(crate) status: Map<'b, Entry<'b>>,
    pub(crate) provider: Map<'b, Entry<'b>>,
    pub(crate) sex: Map<'b, Entry<'b>>,
    pub(crate) communes: Map<'b, Entry<'b>>,
    pub(crate) indicators: Map<'b, observation::Indicator<'b>>,
}

impl<'b> Tables<'b> {
    pub(crate) fn of(book: &'b Rulebook, on: Date) -> Self {
        let day = |date: Option<Date>, open: i32| date.map_or(open, days_of);
        let list = |id: &str| -> Map<'b, Entry<'b>> {
            let codes = book.codes().get(id).map_or(&[][..], |list| list.codes());
            let entry = |code: &'b sam_eurometropole::codes::Code| {
                let no_value = code.concept() == Some("no_value");
                let (from, to) = (day(code.from(), i32::MIN), day(code.to(), i32::MAX));
                (code.code(), Entry { from, to, system: code.system(), no_value })
            };
            codes.iter().map(entry).collect()
        };
        let commune = |commune: &'b sam_eurometropole::territory::Commune| {
            let (from, to) = (day(commune.from(), i32::MIN), day(commune.to(), i32::MAX));
            (commune.code(), Entry { from, to, system: Some(commune.system().as_str()), no_value: false })
        };
        Self {
            on: days_of(on),
            gender: list("gender"),
            partner: list("partner"),
            benefit: list("benefit"),
            register: list("jobseeker_register"),
            education: list("isced_2011"),
            language: list("language"),
            cefr: list("cefr"),
            unit: list("unit"),
            status: list("obs_status"),
            provider: list("data_provider"),
            sex: list("obs_sex"),
            communes: book.territory().communes().map(commune).collect(),
            indicators: observation::indicators(book),
        }
    }
}

/// The findings of a row, and how they are added.
pub(crate) struct Sink<'f> {
    pub(crate) row: usize,
    pub(crate) found: &'f mut Vec<Found>,
}

impl Sink<'_> {
    pub(crate) fn add(&mut self, code: &'static str, path: impl Into<String>) {
        self.found.push((self.row, code, path.into()));
    }

    /// A required value.
    pub(crate) fn required(&mut self, is_given: bool, path: &'static str) {
        if !is_given {
            self.add("field.required", path);
        }
    }

    /// The entry of a code, and what is wrong with it on a day; no day, no judgement of the day.
    pub(crate) fn code<'b>(
        &mut self,
        table: &Map<'b, Entry<'b>>,
        text: Option<&str>,
        day: Option<i32>,
        path: impl Fn() -> String,
    ) -> Option<Entry<'b>> {
        let text = text?;
        let Some(entry) = table.get(text) else {
            self.add("code.unknown", path());
            return None;
        };
        if day.is_some_and(|day| !entry.holds(day)) {
            self.add("code.not_in_force", path());
        }
        Some(*entry)
    }

    /// The entry of a commune, and what is wrong with it on a day.
    pub(crate) fn commune<'b>(
        &mut self,
        tables: &Tables<'b>,
        text: Option<&str>,
        day: Option<i32>,
        path: &'static str,
    ) -> Option<Entry<'b>> {
        let text = text?;
        let Some(entry) = tables.communes.get(text) else {
            let code = if is_commune(text) { "territory.outside_coverage" } else { "territory.form" };
            self.add(code, path);
            return None;
        };
        match day {
            Some(day) if entry.to < day => self.add("territory.ended", path),
            Some(day) if day < entry.from => self.add("territory.not_yet", path),
            _ => {}
        }
        Some(*entry)
    }

    /// The day of a field; text that is none is a finding.
    pub(crate) fn day(&mut self, day: Option<Day>, path: impl Fn() -> String) -> Option<i32> {
        let day = day?;
        if day.0.is_none() {
            self.add("date.form", path());
        }
        day.0
    }
}

fn is_commune(text: &str) -> bool {
    let number = text.strip_prefix("FR-").or_else(|| text.strip_prefix("BE-"));
    number.is_some_and(|number| number.len() == 5 && number.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether two systems are one; `BE` is each of its regions, and no system is every one.
pub(crate) fn same_system(a: Entry<'_>, b: Entry<'_>) -> bool {
    let (Some(a), Some(b)) = (a.system, b.system) else { return true };
    let within = |part: &str, whole: &str| part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('-'));
    a == b || within(a, b) || within(b, a)
}
