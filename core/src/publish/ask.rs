//! What is asked of the protection, and what earlier dashboards told.

use crate::disclosure::rules::Rule;
use crate::harmonise::request::Breakdown;
use crate::json::Json;
use std::collections::BTreeMap;

/// How figures are protected: `true` in the request, or an object with these members.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Protect<'b> {
    /// Rules of producers by the code of the source whose figures they hold for.
    pub rules: BTreeMap<&'b str, Vec<String>>,
    /// A stricter rule of the one who publishes.
    pub rule: Option<Rule>,
    /// Indicators whose figures everybody has.
    pub public: Vec<&'b str>,
    /// What earlier dashboards told or hid.
    pub earlier: Vec<Earlier>,
}

/// A cell of an earlier dashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// The code of the indicator.
    pub indicator: String,
    /// The part of the population.
    pub breakdown: Breakdown,
    /// The code of the place.
    pub place: String,
    /// The period as written.
    pub period: String,
    /// What was told; nothing if it was hidden.
    pub value: Option<f64>,
}

/// Everything that a dashboard told and hid: figures, what they were held against, their courses, those of neighbours. `None` if it is none.
pub(crate) fn earlier(board: &Json) -> Option<Vec<Earlier>> {
    let mut found = Vec::new();
    let of_profiles = board.get("profiles").and_then(Json::as_list).unwrap_or_default();
    let beside =
        of_profiles.iter().flat_map(|profile| profile.get("series").and_then(Json::as_list).unwrap_or_default());
    for series in board.get("series")?.as_list()?.iter().chain(beside) {
        let breakdown = breakdown(series.get("breakdown")?)?;
        let mut reader =
            Reader { indicator: series.get("indicator")?.as_str()?, breakdown: &breakdown, found: &mut found };
        for list in ["cells", "others"] {
            series.get(list).and_then(Json::as_list).unwrap_or_default().iter().for_each(|cell| reader.cell(cell));
        }
        series.get("own").into_iter().for_each(|cell| reader.cell(cell));
    }
    Some(found)
}

fn breakdown(json: &Json) -> Option<Breakdown> {
    use crate::rows::Record as _;
    let fields = crate::record::Breakdown::DEF.fields;
    let members = json.as_object()?;
    let part = |field: &crate::catalogue::FieldDef| {
        let (_, code) = members.iter().find(|(name, _)| name == field.name)?;
        Some((field.name, code.as_str()?.to_owned()))
    };
    Some(fields.iter().filter_map(part).collect())
}

struct Reader<'r> {
    indicator: &'r str,
    breakdown: &'r Breakdown,
    found: &'r mut Vec<Earlier>,
}

impl Reader<'_> {
    fn cell(&mut self, cell: &Json) {
        let text = |name: &str| cell.get(name).and_then(Json::as_str);
        let (Some(place), Some(period)) = (text("place"), text("period")) else { return };
        if text("absent") == Some("hidden") {
            self.tell(place, period, None);
        }
        self.number(place, period, cell.get("value"));
        for gap in cell.get("gaps").and_then(Json::as_list).unwrap_or_default() {
            if let Some(to) = gap.get("to").and_then(Json::as_str) {
                self.number(to, period, gap.get("reference"));
            }
        }
        let first = cell.get("trend").and_then(|trend| trend.get("first"));
        if let Some(earlier) = first.and_then(|first| first.get("period")).and_then(Json::as_str) {
            self.number(place, earlier, first.and_then(|first| first.get("value")));
        }
    }

    fn number(&mut self, place: &str, period: &str, value: Option<&Json>) {
        let value = match value {
            Some(Json::Int(value)) => *value as f64,
            Some(Json::Float(value)) => value.get(),
            _ => return,
        };
        self.tell(place, period, Some(value));
    }

    fn tell(&mut self, place: &str, period: &str, value: Option<f64>) {
        self.found.push(Earlier {
            indicator: self.indicator.to_owned(),
            breakdown: self.breakdown.clone(),
            place: place.to_owned(),
            period: period.to_owned(),
            value,
        });
    }
}
