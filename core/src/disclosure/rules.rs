//! The rules: when a cell must be protected.
//!
//! They are data (`core/data/disclosure/rules.yaml`): the rules of producers by id, the two defaults and what is sensitive. A table has the default
//! that its theme, its indicator or one of its dimensions calls for; a producer's rule and one of its own only make it stricter
//! ([`Rule::and`]).

use crate::json::Json;
use crate::order;
use std::collections::{BTreeMap, BTreeSet};

/// When a cell must be protected. Each part that is there counts by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// A count below it is protected.
    pub min_units: i64,
    /// A count of 0 is protected too.
    pub zeros: bool,
    /// A cell with fewer contributors is protected.
    pub min_contributors: i64,
    /// The n largest contributors hold more than so many percent.
    pub dominance: BTreeSet<(usize, i64)>,
    /// The second largest contributor could estimate the largest within so many percent.
    pub p_percent: Option<i64>,
    /// A cell that is all of its margin is protected.
    pub attribute: bool,
    /// How far around an amount with too few contributors nobody may come, in percent.
    pub protect_percent: i64,
}

impl Rule {
    /// Reads the parts that an object has.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        let number = |key: &str| match json.get(key) {
            None => Some(0),
            Some(value) => value.as_i64().filter(|value| (0..=MOST).contains(value)),
        };
        let flag = |key: &str| json.get(key).map_or(Some(false), Json::as_bool);
        let mut dominance = BTreeSet::new();
        for one in json.get("dominance").map_or(Some([].as_slice()), Json::as_list)? {
            let n =
                one.get("largest").and_then(Json::as_i64).and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0)?;
            dominance.insert((n, one.get("percent").and_then(Json::as_i64).filter(|k| (1..=100).contains(k))?));
        }
        let p_percent = json.get("p_percent").map(|p| p.as_i64().filter(|p| (1..=MOST).contains(p)));
        Some(Self {
            min_units: number("min_units")?,
            zeros: flag("zeros")?,
            min_contributors: number("min_contributors")?,
            dominance,
            p_percent: match p_percent {
                None => None,
                Some(p) => Some(p?),
            },
            attribute: flag("attribute")?,
            protect_percent: number("protect_percent")?,
        })
    }

    /// The stricter of both in every part.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            min_units: self.min_units.max(other.min_units),
            zeros: self.zeros || other.zeros,
            min_contributors: self.min_contributors.max(other.min_contributors),
            dominance: order::set(self.dominance.iter().chain(&other.dominance).copied()),
            p_percent: self.p_percent.max(other.p_percent),
            attribute: self.attribute || other.attribute,
            protect_percent: self.protect_percent.max(other.protect_percent),
        }
    }

    /// How many of the largest contributors a cell has to name.
    #[must_use]
    pub fn largest(&self) -> usize {
        let of_dominance = self.dominance.iter().map(|(n, _)| *n).max().unwrap_or(0);
        of_dominance.max(if self.p_percent.is_some() { 2 } else { 0 })
    }
}

/// The parts of a rule that a table may state itself.
pub const PARTS: [&str; 7] =
    ["min_units", "zeros", "min_contributors", "dominance", "p_percent", "attribute", "protect_percent"];
/// A number in a rule, at most.
const MOST: i64 = 1_000_000;

/// All rules of the rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    counts: Rule,
    sensitive: Rule,
    themes: BTreeSet<String>,
    indicators: BTreeSet<String>,
    dimensions: BTreeSet<String>,
    by_id: BTreeMap<String, Rule>,
}

impl Rules {
    /// Reads the embedded document, which is that of `rules.yaml` without texts and without what is not enforced.
    #[must_use]
    pub fn from_embedded(json: &Json) -> Option<Self> {
        let defaults = json.get("defaults")?;
        let sensitive = json.get("sensitive")?;
        let words = |key: &str| -> Option<BTreeSet<String>> {
            Some(order::set(sensitive.get(key)?.as_list()?.iter().filter_map(Json::as_str).map(str::to_owned)))
        };
        let rule = |json: &Json| Some((json.get("id")?.as_str()?.to_owned(), Rule::from_json(json)?));
        Some(Self {
            counts: Rule::from_json(defaults.get("counts")?)?,
            sensitive: Rule::from_json(defaults.get("sensitive")?)?,
            themes: words("themes")?,
            indicators: words("indicators")?,
            dimensions: words("dimensions")?,
            by_id: order::map(json.get("rules")?.as_list()?.iter().map(rule).collect::<Option<Vec<_>>>()?),
        })
    }

    /// The rule of a producer.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.by_id.get(id)
    }

    /// The ids of the rules of producers.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }

    /// The default of a table.
    #[must_use]
    pub fn default_of(&self, sensitive: bool) -> &Rule {
        if sensitive { &self.sensitive } else { &self.counts }
    }

    /// Whether a theme, an indicator or a dimension is sensitive.
    #[must_use]
    pub fn is_sensitive<'d>(
        &self,
        theme: &str,
        indicator: &str,
        dimensions: impl IntoIterator<Item = &'d str>,
    ) -> bool {
        let of_indicator = indicator.get(..3).unwrap_or_default();
        self.themes.contains(theme)
            || self.themes.contains(of_indicator)
            || self.indicators.contains(indicator)
            || dimensions.into_iter().any(|dimension| self.dimensions.contains(dimension))
    }
}

#[cfg(test)]
mod tests {
    use crate::Rulebook;

    #[test]
    fn the_stricter_part_wins() {
        let rules = Rulebook::embedded().disclosure();
        let both = rules.default_of(true).and(rules.get("insee.fiscal_persons").unwrap());
        assert_eq!((both.min_units, both.zeros, both.largest()), (11, true, 1));
    }

    #[test]
    fn sensitive_is_a_matter_of_theme_indicator_or_dimension() {
        let rules = Rulebook::embedded().disclosure();
        assert!(rules.is_sensitive("HLT", "", []));
        assert!(rules.is_sensitive("", "HLT03", []));
        assert!(rules.is_sensitive("", "CHI06", ["territory"]));
        assert!(rules.is_sensitive("EMP", "", ["territory", "nationality"]));
        assert!(!rules.is_sensitive("EMP", "EMP03", ["territory", "sex"]));
    }

    #[test]
    fn a_rule_that_is_not_enforced_cannot_be_named() {
        assert_eq!(Rulebook::embedded().disclosure().get("insee.wealth_tax"), None);
    }
}
