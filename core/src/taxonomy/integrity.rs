//! Whether a taxonomy holds together: each check gives a problem with its code and place; the texts are those of `taxonomy.…`.

use super::{Grade, Indicator, Relation, Sides, Taxonomy};
use crate::catalogue::{FieldDef, FieldType};
use crate::codes::CodeLists;
use crate::message::{Lang, Texts};
use crate::pack::Problem;
use crate::record::Breakdown;
use crate::rows::Record as _;
use std::collections::BTreeMap;

/// Characters of a name, at most: headings of columns and charts hold them.
const NAME_LENGTH: usize = 119;
/// Levels that are no area: the partner's own register, and a school site.
const NO_AREA: [&str; 2] = ["LOC", "school"];
/// The breakdown whose categories are the indicator's own.
const OWN: &str = "category";

pub(super) fn problems(taxonomy: &Taxonomy, codes: &CodeLists) -> Vec<Problem> {
    let mut found = Found { taxonomy, codes, problems: Vec::new() };
    found.twice();
    taxonomy.indicators.iter().for_each(|indicator| found.indicator(indicator));
    for code in &taxonomy.orphans {
        found.add(&format!("/definitions/{code}"), "orphan_definition", &[("code", code)]);
    }
    for broken in &taxonomy.breaks {
        let unknown = broken.series.iter().filter(|code| taxonomy.indicator(code).is_none());
        unknown.for_each(|code| found.add(&format!("/breaks/{}", broken.id), "break_series", &[("code", code)]));
    }
    taxonomy.relations.iter().for_each(|relation| found.relation(relation));
    found.problems
}

struct Found<'t> {
    taxonomy: &'t Taxonomy,
    codes: &'t CodeLists,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn add(&mut self, pointer: &str, code: &str, params: &[(&str, &str)]) {
        self.problems.push(Problem {
            code: format!("taxonomy.{code}"),
            pointer: pointer.to_owned(),
            at: None,
            params: params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        });
    }

    /// Codes, and names of a language.
    fn twice(&mut self) {
        let taxonomy = self.taxonomy;
        let mut before: Option<&str> = None;
        let mut names: BTreeMap<(Lang, &str), &str> = BTreeMap::new();
        for indicator in taxonomy.indicators.iter() {
            let code = indicator.code();
            if before == Some(code) {
                self.add(&format!("/indicators/{code}/code"), "duplicate_code", &[("code", code)]);
                continue;
            }
            before = Some(code);
            for lang in Lang::ALL {
                let Some(other) = names.insert((lang, indicator.name(lang)), code) else { continue };
                let pointer = format!("/indicators/{code}/name/{}", lang.as_str());
                self.add(&pointer, "duplicate_name", &[("code", code), ("other", other), ("language", lang.as_str())]);
            }
        }
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let code = indicator.code();
        let at = |key: &str| format!("/indicators/{code}/{key}");
        for (key, list, word) in [
            ("theme", "theme", indicator.theme()),
            ("unit", "unit", indicator.unit()),
            ("frequency", "frequency", indicator.frequency()),
        ] {
            self.coded(&at(key), list, word);
        }
        let is_named = self.codes.get("indicator").is_some_and(|list| list.find(code).is_some());
        let has_figure = Sides::<()>::ALL.into_iter().any(|side| indicator.lowest(side).is_some());
        if !is_named || !has_figure {
            self.add(&at("code"), "unreachable", &[("code", code)]);
        }
        for side in Sides::<()>::ALL {
            for (key, level) in [("lowest", indicator.lowest(side)), ("partial", indicator.partial(side))] {
                let level = level.filter(|level| !NO_AREA.contains(level));
                level
                    .into_iter()
                    .for_each(|level| self.coded(&at(&format!("{key}/{}", side.as_str())), "area_level", level));
            }
        }
        self.range(indicator, &at("max"));
        self.breakdowns(indicator, &at("breakdowns"));
        self.texts(&at("name"), Some(&indicator.names));
        self.name(indicator);
        if self.taxonomy.is_full {
            self.meaning(indicator);
        }
    }

    fn coded(&mut self, pointer: &str, list: &str, code: &str) {
        if self.codes.get(list).is_none_or(|list| list.find(code).is_none()) {
            self.add(pointer, "unknown_code", &[("list", list), ("code", code)]);
        }
    }

    fn range(&mut self, indicator: &Indicator, pointer: &str) {
        let (min, max) = indicator.range();
        if max.is_some_and(|max| max < min) {
            self.add(pointer, "range", &[("code", indicator.code())]);
        }
        let Some(unit) = self.taxonomy.units.iter().find(|unit| unit.code == indicator.unit) else { return };
        let below = unit.min.is_some_and(|least| min < least);
        let above = unit.max.is_some_and(|most| max.is_none_or(|max| max > most));
        if below || above {
            self.add(pointer, "range_of_unit", &[("code", indicator.code()), ("unit", indicator.unit())]);
        }
    }

    /// A breakdown is a field of an observation with a code list; the indicator's own says what it is called.
    fn breakdowns(&mut self, indicator: &Indicator, pointer: &str) {
        for name in indicator.breakdowns() {
            let field = Breakdown::DEF.fields.iter().find(|field| field.name == name);
            let is_named = !self.taxonomy.is_full || indicator.category().is_some();
            let listed = match field {
                Some(_) if name == OWN => is_named,
                Some(FieldDef { kind: FieldType::Code(list), .. }) => self.codes.get(list).is_some(),
                _ => false,
            };
            if !listed {
                self.add(pointer, "breakdown", &[("code", indicator.code()), ("name", name)]);
            }
        }
    }

    fn name(&mut self, indicator: &Indicator) {
        for lang in Lang::ALL {
            if indicator.name(lang).chars().count() > NAME_LENGTH {
                let pointer = format!("/indicators/{}/name/{}", indicator.code(), lang.as_str());
                self.add(&pointer, "long_name", &[("code", indicator.code()), ("language", lang.as_str())]);
            }
        }
    }

    fn meaning(&mut self, indicator: &Indicator) {
        let code = indicator.code();
        let at = |key: &str| format!("/indicators/{code}/{key}");
        let meaning = indicator.meaning.as_deref();
        self.texts(&at("definition"), meaning.map(|meaning| &meaning.definition));
        let Some(meaning) = meaning else { return };
        for (key, texts) in
            [("numerator", &meaning.numerator), ("denominator", &meaning.denominator), ("caveat", &meaning.caveat)]
        {
            texts.iter().for_each(|texts| self.texts(&at(key), Some(texts)));
        }
        if indicator.grade() == Grade::B && meaning.caveat.is_none() {
            self.add(&at("caveat"), "missing_caveat", &[("code", code)]);
        }
        for side in Sides::<()>::ALL {
            let Some(series) = meaning.series.get(side) else { continue };
            let pointer = at(&format!("series/{}", side.as_str()));
            if self.codes.get("data_provider").is_none_or(|list| list.find(series.provider()).is_none()) {
                self.add(&pointer, "series_provider", &[("code", code), ("provider", series.provider())]);
            }
            if indicator.lowest(side).is_none() {
                self.add(&pointer, "series_without_level", &[("code", code), ("side", side.as_str())]);
            }
        }
    }

    /// Each language has a text, without spaces at its ends or two in a row.
    fn texts(&mut self, pointer: &str, texts: Option<&Texts>) {
        for lang in Lang::ALL {
            let text = texts.map(|texts| texts.get(lang)).unwrap_or_default();
            let pointer = format!("{pointer}/{}", lang.as_str());
            if text.trim().is_empty() {
                self.add(&pointer, "missing_text", &[("language", lang.as_str())]);
            } else if text.trim() != text || text.contains("  ") {
                self.add(&pointer, "spaces", &[("language", lang.as_str())]);
            }
        }
    }

    fn relation(&mut self, relation: &Relation) {
        let pointer = format!("/relations/{}", relation.id());
        let taxonomy = self.taxonomy;
        for code in relation.named().filter(|code| taxonomy.indicator(code).is_none()) {
            self.add(&pointer, "relation", &[("id", relation.id()), ("code", code)]);
        }
        let (least, most) = relation.kind().indicators();
        let count = relation.indicators().len();
        let first = relation.indicators().next().and_then(|code| taxonomy.indicator(code));
        let has_parts =
            relation.breakdown().zip(first).is_none_or(|(name, first)| first.breakdowns().any(|known| known == name));
        if count < least || count > most || !has_parts {
            self.add(&pointer, "relation_form", &[("id", relation.id())]);
        }
    }
}
