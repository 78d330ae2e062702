//! Reading the document of a mapping strictly: every problem, with its place.

use super::{
    CodeColumn, Condition, Mapping, Part, Pass, Pattern, PeriodRule, PlaceCodes, PlaceRule, Reads, Style, ValueColumn,
};
use crate::catalogue::{FieldType, Role};
use crate::codes::CodeLists;
use crate::document::{Entry, Node};
use crate::hash::sha256_hex;
use crate::hint::{fold, nearest};
use crate::message::{Lang, Texts};
use crate::pack::Problem;
use crate::period::Period;
use crate::taxonomy::Taxonomy;

const KEYS: [&str; 27] = [
    "format",
    "mapping",
    "title",
    "provider",
    "reference",
    "verified",
    "source",
    "reads",
    "under",
    "delimiter",
    "decimal",
    "thousands",
    "heading_rows",
    "place",
    "period",
    "vintage",
    "rows",
    "missing",
    "bounds",
    "status",
    "pass",
    "columns",
    "breakdowns",
    "ignore",
    "other_columns",
    "note",
    "unit",
];
const COLUMN_KEYS: [&str; 9] =
    ["column", "indicator", "role", "breakdown", "when", "factor", "floor", "obs_status", "period"];
const FORMAT: i64 = 1;
const STATUSES: &str = "obs_status";
/// The producer's word for an indicator that who reads names.
const GIVEN: &str = "given";

/// The mapping of a document, or all of its problems.
pub(super) fn mapping(root: &Node, codes: &CodeLists, taxonomy: &Taxonomy) -> Result<Mapping, Vec<Problem>> {
    let mut load = Load { codes, taxonomy, problems: Vec::new() };
    let found = load.mapping(root);
    match found {
        Some(mapping) if load.problems.is_empty() => Ok(mapping),
        _ => Err(load.problems),
    }
}

struct Load<'b> {
    codes: &'b CodeLists,
    taxonomy: &'b Taxonomy,
    problems: Vec<Problem>,
}

/// A node and the pointer to it.
#[derive(Clone, Copy)]
struct At<'n> {
    node: &'n Node,
    parent: Option<&'n At<'n>>,
    step: Step<'n>,
}

#[derive(Clone, Copy)]
enum Step<'n> {
    Key(&'n str),
    Index(usize),
}

impl<'n> At<'n> {
    fn pointer(&self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        match self.step {
            Step::Key(key) => format!("{}/{}", parent.pointer(), key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => format!("{}/{index}", parent.pointer()),
        }
    }

    fn key(&'n self, key: &'n str) -> Option<Self> {
        self.node.get(key).map(|node| Self { node, parent: Some(self), step: Step::Key(key) })
    }

    fn items(&'n self) -> impl Iterator<Item = Self> {
        let items = self.node.list().unwrap_or_default().iter().enumerate();
        items.map(|(index, node)| Self { node, parent: Some(self), step: Step::Index(index) })
    }

    fn entries(&'n self) -> impl Iterator<Item = (&'n Entry, Self)> {
        let entries = self.node.object().unwrap_or_default().iter();
        entries.map(|entry| (entry, Self { node: &entry.value, parent: Some(self), step: Step::Key(&entry.key) }))
    }
}

impl Load<'_> {
    fn problem(&mut self, at: &At<'_>, code: &str, params: &[(&str, &str)]) {
        self.problems.push(Problem {
            code: format!("mapping.{code}"),
            pointer: at.pointer(),
            at: Some(at.node.at),
            params: params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        });
    }

    fn mapping(&mut self, root: &Node) -> Option<Mapping> {
        let at = At { node: root, parent: None, step: Step::Index(0) };
        self.object(&at, &KEYS)?;
        match at.key("format") {
            Some(format) if format.node.integer() == Some(FORMAT) => {}
            Some(format) => self.problem(&format, "format", &[]),
            None => self.missing(&at, "format"),
        }
        self.optional_text(&at, "source");
        self.optional_text(&at, "note");
        let mapping = Mapping {
            id: self.text(&at, "mapping").unwrap_or_default(),
            title: self.title(&at).unwrap_or_else(|| Texts::new(String::new(), String::new(), String::new())),
            verified: self.boolean(&at, "verified").unwrap_or(true),
            hash: sha256_hex(root.to_json().to_canonical().as_bytes()),
            provider: self.code_at(&at, "provider", "data_provider").unwrap_or_default(),
            reference: self.optional_text(&at, "reference"),
            reads: self.reads(&at)?,
            style: self.style(&at),
            heading_rows: self.count(&at, "heading_rows").unwrap_or(1),
            place: self.place(&at)?,
            period: self.period(&at)?,
            vintage: at.key("vintage").and_then(|year| self.integer(&year)),
            add_up: self.word(&at, "rows", &[("figures", false), ("parts", true)]).unwrap_or(false),
            missing: self.missing_texts(&at),
            bounds: at.key("bounds").and_then(|status| self.code(&status, STATUSES)),
            status: at.key("status").and_then(|column| self.code_column(&column, STATUSES, &["column", "codes"])),
            unit: at.key("unit").and_then(|column| self.code_column(&column, "unit", &["column", "codes"])),
            pass: self.passes(&at),
            columns: self.columns(&at),
            breakdowns: self.breakdowns(&at),
            ignore: at.key("ignore").map(|names| self.patterns(&names)).unwrap_or_default(),
            others_single: self.word(&at, "other_columns", &[("unknown", false), ("single", true)]).unwrap_or(false),
        };
        if mapping.columns.is_empty() && self.problems.is_empty() {
            self.problem(&at, "no_figures", &[]);
        }
        if self.problems.is_empty() {
            self.parts_together(&at, &mapping.columns);
        }
        Some(mapping)
    }

    /// Whether a node is an object with these keys and no others.
    fn object(&mut self, at: &At<'_>, keys: &[&'static str]) -> Option<()> {
        if at.node.object().is_none() {
            self.problem(at, "type", &[("expected", "object")]);
            return None;
        }
        for (entry, inner) in at.entries() {
            if keys.contains(&entry.key.as_str()) {
                continue;
            }
            let hint = nearest(&entry.key, keys.iter().copied());
            let params = [("name", entry.key.as_str()), ("hint", hint.unwrap_or_default())];
            let given = if hint.is_some() { params.len() } else { 1 };
            self.problem(&inner, "unknown_key", params.get(..given).unwrap_or_default());
        }
        Some(())
    }

    fn missing(&mut self, at: &At<'_>, name: &str) {
        self.problem(at, "missing_key", &[("name", name)]);
    }

    fn text(&mut self, at: &At<'_>, key: &str) -> Option<String> {
        match at.key(key) {
            Some(value) => self.text_of(&value),
            None => {
                self.missing(at, key);
                None
            }
        }
    }

    fn optional_text(&mut self, at: &At<'_>, key: &str) -> Option<String> {
        at.key(key).and_then(|value| self.text_of(&value))
    }

    /// A text; a year may be written without quotes.
    fn text_of(&mut self, at: &At<'_>) -> Option<String> {
        if let Some(number) = at.node.integer() {
            return Some(number.to_string());
        }
        match at.node.text() {
            Some(text) if text.trim().is_empty() => self.problem(at, "empty_text", &[]),
            Some(text) => return Some(text.to_owned()),
            None => self.problem(at, "type", &[("expected", "text")]),
        }
        None
    }

    fn boolean(&mut self, at: &At<'_>, key: &str) -> Option<bool> {
        let value = at.key(key)?;
        if value.node.boolean().is_none() {
            self.problem(&value, "type", &[("expected", "bool")]);
        }
        value.node.boolean()
    }

    fn integer(&mut self, at: &At<'_>) -> Option<i64> {
        if at.node.integer().is_none() {
            self.problem(at, "type", &[("expected", "number")]);
        }
        at.node.integer()
    }

    fn number(&mut self, at: &At<'_>) -> Option<f64> {
        let number = at.node.number().or_else(|| at.node.text()?.parse().ok()).filter(|number| number.is_finite());
        if number.is_none() {
            self.problem(at, "type", &[("expected", "number")]);
        }
        number
    }

    fn count(&mut self, at: &At<'_>, key: &str) -> Option<usize> {
        let value = at.key(key)?;
        let count = self.integer(&value)?;
        let fits = usize::try_from(count).ok().filter(|count| (1..=9).contains(count));
        if fits.is_none() {
            self.problem(&value, "unknown_word", &[("value", &count.to_string()), ("allowed", "1–9")]);
        }
        fits
    }

    /// One of some words.
    fn word<T: Copy>(&mut self, at: &At<'_>, key: &str, words: &[(&'static str, T)]) -> Option<T> {
        let value = at.key(key)?;
        let text = self.text_of(&value)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meant)| *meant);
        if found.is_none() {
            let allowed = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            self.problem(&value, "unknown_word", &[("value", &text), ("allowed", &allowed)]);
        }
        found
    }

    /// A code of a list of the rulebook.
    fn code(&mut self, at: &At<'_>, list: &str) -> Option<String> {
        let text = self.text_of(at)?;
        let codes = self.codes.get(list);
        // A total of a breakdown needs no entry in its list.
        if text == super::super::TOTAL || codes.is_some_and(|codes| codes.find(&text).is_some()) {
            return Some(text);
        }
        let hint = codes.and_then(|codes| codes.hint(&text)).unwrap_or_default().to_owned();
        let params = [("list", list), ("value", text.as_str()), ("hint", hint.as_str())];
        let given = if hint.is_empty() { 2 } else { 3 };
        self.problem(at, "unknown_code", params.get(..given).unwrap_or_default());
        None
    }

    fn code_at(&mut self, at: &At<'_>, key: &str, list: &str) -> Option<String> {
        match at.key(key) {
            Some(value) => self.code(&value, list),
            None => {
                self.missing(at, key);
                None
            }
        }
    }

    fn title(&mut self, at: &At<'_>) -> Option<Texts> {
        let Some(title) = at.key("title") else {
            self.missing(at, "title");
            return None;
        };
        self.object(&title, &["fr", "nl", "en"])?;
        let [fr, nl, en] = Lang::ALL.map(|lang| self.text(&title, lang.as_str()).unwrap_or_default());
        Some(Texts::new(fr, nl, en))
    }

    fn reads(&mut self, at: &At<'_>) -> Option<Reads> {
        let under = self.optional_text(at, "under");
        let words = [("table", Some(false)), ("records", None), ("json_stat", Some(true)), ("sdmx_csv", Some(true))];
        let Some(value) = at.key("reads") else {
            self.missing(at, "reads");
            return None;
        };
        self.word(at, "reads", &words)?;
        Some(match value.node.text() {
            Some("records") => Reads::Records(under),
            Some("json_stat") => Reads::JsonStat,
            Some("sdmx_csv") => Reads::SdmxCsv,
            _ => Reads::Table,
        })
    }

    fn style(&mut self, at: &At<'_>) -> Style {
        let delimiter = self.optional_text(at, "delimiter").and_then(|text| text.chars().next());
        let marks = |text: Option<String>| text.map(|text| text.chars().collect::<Vec<char>>());
        let decimal = marks(self.optional_text(at, "decimal")).unwrap_or_else(|| vec!['.']);
        let thousands = marks(self.optional_text(at, "thousands")).unwrap_or_default();
        if decimal.iter().any(|mark| thousands.contains(mark)) {
            self.problem(at, "marks", &[]);
        }
        Style { delimiter, decimal, thousands }
    }

    fn place(&mut self, at: &At<'_>) -> Option<PlaceRule> {
        let Some(place) = at.key("place") else {
            self.missing(at, "place");
            return None;
        };
        self.object(&place, &["column", "codes", "country"])?;
        let column = self.column(&place);
        if place.key("codes").is_none() {
            self.missing(&place, "codes");
        }
        let codes = self.word(&place, "codes", &PlaceCodes::ALL)?;
        let country = place.key("country").and_then(|country| self.code(&country, "country"));
        Some(PlaceRule { column, codes, country })
    }

    /// The headings of a column, of which there are several where it was spelt in several ways.
    fn column(&mut self, at: &At<'_>) -> Vec<Pattern> {
        match at.key("column") {
            Some(names) => self.patterns(&names),
            None => {
                self.missing(at, "column");
                Vec::new()
            }
        }
    }

    fn patterns(&mut self, at: &At<'_>) -> Vec<Pattern> {
        match at.node.list() {
            Some(_) => at.items().filter_map(|name| self.pattern(&name)).collect(),
            None => self.pattern(at).into_iter().collect(),
        }
    }

    fn pattern(&mut self, at: &At<'_>) -> Option<Pattern> {
        let text = self.text_of(at)?;
        let pattern = Pattern::parse(&text);
        if pattern.is_none() {
            self.problem(at, "pattern", &[("value", &text)]);
        }
        pattern
    }

    fn period(&mut self, at: &At<'_>) -> Option<PeriodRule> {
        let Some(period) = at.key("period") else {
            self.missing(at, "period");
            return None;
        };
        if period.node.object().is_some() {
            self.object(&period, &["column"])?;
            return Some(PeriodRule::Column(self.column(&period)));
        }
        match period.node.text() {
            Some("headings") => Some(PeriodRule::Headings),
            Some(GIVEN) => Some(PeriodRule::Given),
            _ => self.a_period(&period).map(PeriodRule::Fixed),
        }
    }

    fn a_period(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text_of(at)?;
        let is_period = Period::parse(&text).is_some();
        if !is_period {
            self.problem(at, "period", &[("value", &text)]);
        }
        is_period.then_some(text)
    }

    fn missing_texts(&mut self, at: &At<'_>) -> Vec<(String, String)> {
        let Some(missing) = at.key("missing") else { return Vec::new() };
        let Some(()) = self.object_of_any(&missing) else { return Vec::new() };
        missing
            .entries()
            .filter_map(|(entry, status)| Some((fold(entry.key.trim()), self.code(&status, STATUSES)?)))
            .collect()
    }

    fn object_of_any(&mut self, at: &At<'_>) -> Option<()> {
        if at.node.object().is_none() {
            self.problem(at, "type", &[("expected", "object")]);
        }
        at.node.object().map(|_| ())
    }

    fn code_column(&mut self, at: &At<'_>, list: &str, keys: &[&'static str]) -> Option<CodeColumn> {
        self.object(at, keys)?;
        let column = self.column(at);
        let codes = at.key("codes").map(|codes| {
            let entries = codes.entries();
            let ours = |this: &mut Self, code: &At<'_>| {
                if list.is_empty() { this.text_of(code) } else { this.code(code, list) }
            };
            entries.filter_map(|(entry, code)| Some((fold(entry.key.trim()), ours(self, &code)?))).collect()
        });
        Some(CodeColumn {
            column,
            codes: codes.unwrap_or_default(),
            list: list.to_owned(),
            optional: self.boolean(at, "optional").unwrap_or(false),
        })
    }

    fn passes(&mut self, at: &At<'_>) -> Vec<Pass> {
        let Some(passes) = self.list(at, "pass") else { return Vec::new() };
        let kinds = [("total", "total"), ("level", "level"), ("note", "note")];
        passes
            .items()
            .filter_map(|pass| {
                let condition = self.condition(&pass, &["column", "is", "from", "to", "as"])?;
                if pass.key("as").is_none() {
                    self.missing(&pass, "as");
                }
                Some(Pass { condition, kind: self.word(&pass, "as", &kinds)? })
            })
            .collect()
    }

    fn list<'n>(&mut self, at: &'n At<'n>, key: &'n str) -> Option<At<'n>> {
        let list = at.key(key)?;
        if list.node.list().is_none() {
            self.problem(&list, "type", &[("expected", "list")]);
            return None;
        }
        Some(list)
    }

    /// What a cell holds: one of the texts `is`, or a whole number `from` … `to`.
    fn condition(&mut self, at: &At<'_>, keys: &[&'static str]) -> Option<Condition> {
        self.object(at, keys)?;
        let column = self.column(at);
        let bound = |this: &mut Self, key| at.key(key).and_then(|value| this.integer(&value));
        let (from, to) = (bound(self, "from"), bound(self, "to"));
        let texts = |value: At<'_>| match value.node.list() {
            Some(items) => items.iter().map(text_or_blank).collect(),
            None => vec![text_or_blank(value.node)],
        };
        let is: Vec<String> = at.key("is").map(texts).unwrap_or_default();
        let between = (from.is_some() || to.is_some()).then(|| (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX)));
        if is.is_empty() && between.is_none() {
            self.missing(at, "is");
        }
        Some(Condition { column, is, between })
    }

    fn columns(&mut self, at: &At<'_>) -> Vec<ValueColumn> {
        if at.key("columns").is_none() {
            self.missing(at, "columns");
        }
        let Some(columns) = self.list(at, "columns") else { return Vec::new() };
        columns.items().filter_map(|column| self.value_column(&column)).collect()
    }

    fn value_column(&mut self, at: &At<'_>) -> Option<ValueColumn> {
        self.object(at, &COLUMN_KEYS)?;
        let column = self.column(at);
        let indicator = match at.key("indicator") {
            Some(given) if given.node.text() == Some(GIVEN) => Some(None),
            _ => self.code_at(at, "indicator", "indicator").map(Some),
        };
        let role = self.word(at, "role", &Part::ALL).unwrap_or(Part::Value);
        let known = indicator.iter().flatten().find_map(|code| self.taxonomy.indicator(code));
        if let Some(known) = known.filter(|known| role != Part::Value && known.per().is_none()) {
            self.problem(at, "no_quotient", &[("indicator", known.code())]);
        }
        let conditions = |this: &mut Self, list: At<'_>| -> Vec<Condition> {
            list.items().filter_map(|one| this.condition(&one, &["column", "is", "from", "to"])).collect()
        };
        let breakdown = at.key("breakdown").map(|parts| self.fixed_breakdown(&parts)).unwrap_or_default();
        if let Some(known) = known {
            let allowed = |field: &str| known.breakdowns().any(|one| one == field);
            if let Some((field, _)) =
                breakdown.iter().find(|(field, code)| code != super::super::TOTAL && !allowed(field))
            {
                self.problem(at, "breakdown", &[("indicator", known.code()), ("field", field)]);
            }
        }
        let column = ValueColumn {
            column,
            indicator: None,
            role,
            breakdown,
            when: self.list(at, "when").map(|list| conditions(self, list)).unwrap_or_default(),
            shift: at.key("factor").map_or(0, |factor| self.shift(&factor)),
            floor: at.key("floor").and_then(|floor| self.number(&floor)),
            obs_status: at.key("obs_status").and_then(|status| self.code(&status, STATUSES)),
            period: at.key("period").and_then(|period| self.a_period(&period)),
        };
        indicator.map(|indicator| ValueColumn { indicator, ..column })
    }

    /// The power of ten that a factor is.
    fn shift(&mut self, at: &At<'_>) -> i32 {
        let text =
            at.node.text().map(str::to_owned).or_else(|| Some(at.node.number()?.to_string())).unwrap_or_default();
        let zeros = |digits: &str| i32::try_from(digits.len()).ok().filter(|_| digits.bytes().all(|b| b == b'0'));
        let up = text.strip_prefix('1').and_then(zeros);
        let down = text.strip_prefix("0.").and_then(|text| text.strip_suffix('1')).and_then(zeros);
        match (up, down.map(|zeros| -zeros - 1)) {
            (Some(shift), _) | (None, Some(shift)) => shift,
            (None, None) => {
                self.problem(at, "factor", &[("value", &text)]);
                0
            }
        }
    }

    fn fixed_breakdown(&mut self, at: &At<'_>) -> Vec<(String, String)> {
        let entries = at.entries();
        let part = |(entry, code): (&Entry, At<'_>)| {
            let list = self.breakdown_list(&code, &entry.key)?;
            let code = match list {
                Some(list) => self.code(&code, list)?,
                None => self.text_of(&code)?,
            };
            Some((entry.key.clone(), code))
        };
        entries.filter_map(part).collect()
    }

    /// The list that the codes of a breakdown are of; none where it is the indicator's own.
    fn breakdown_list(&mut self, at: &At<'_>, field: &str) -> Option<Option<&'static str>> {
        let layout = Role::Observation.layout();
        let column = layout.find(&format!("breakdown.{field}")).and_then(|id| layout.column(id));
        match column.map(|column| column.field.kind) {
            Some(FieldType::Code(list)) => Some(Some(list)),
            Some(_) => Some(None),
            None => {
                self.problem(at, "no_breakdown", &[("field", field)]);
                None
            }
        }
    }

    fn breakdowns(&mut self, at: &At<'_>) -> Vec<(String, CodeColumn)> {
        let Some(list) = self.list(at, "breakdowns") else { return Vec::new() };
        list.items()
            .filter_map(|one| {
                let field = self.text(&one, "field")?;
                let codes = self.breakdown_list(&one, &field)?.unwrap_or_default();
                Some((field, self.code_column(&one, codes, &["column", "field", "codes", "optional"])?))
            })
            .collect()
    }

    /// A denominator belongs to a numerator.
    fn parts_together(&mut self, at: &At<'_>, columns: &[ValueColumn]) {
        for column in columns.iter().filter(|column| column.role == Part::Denominator) {
            let together = |other: &ValueColumn| other.role == Part::Numerator && other.indicator == column.indicator;
            if !columns.iter().any(together) {
                self.problem(at, "no_numerator", &[("indicator", column.indicator.as_deref().unwrap_or(GIVEN))]);
            }
        }
    }
}

/// A text folded as cells are; null is a blank.
fn text_or_blank(node: &Node) -> String {
    let number = || node.integer().map(|number| number.to_string());
    let text = if node.is_null() { None } else { node.text().map(str::to_owned).or_else(number) };
    fold(text.unwrap_or_default().trim())
}
