//! Harmonised series as JSON.

use super::request::breakdown_json;
use super::{Cell, Harmonised, Series};
use crate::json::Json;

impl Harmonised<'_> {
    /// The series with the lineage of every value.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::object([
            ("made_by", self.book.made_by(&[])),
            ("request", self.request.as_ref().map_or(Json::Null, super::request::Request::to_json)),
            ("findings", self.findings.iter().map(|finding| finding.to_json(true, true)).collect()),
            ("series", self.series.iter().map(|series| self.series_json(series)).collect()),
        ])
    }

    fn series_json(&self, series: &Series<'_>) -> Json {
        let indicator = series.indicator;
        Json::object([
            ("indicator", Json::from(indicator.code())),
            ("unit", Json::from(indicator.unit())),
            ("grade", Json::from(indicator.grade().as_str())),
            ("aggregation", Json::from(indicator.aggregation().as_str())),
            ("breakdown", breakdown_json(&series.breakdown)),
            ("show", Json::from(series.show.as_str())),
            ("caveats", words(&series.caveats)),
            ("cells", series.cells().map(|cell| Json::Object(self.cell_json(cell, true))).collect()),
        ])
    }

    /// The members of a cell; what is not known of it is left out.
    pub(crate) fn cell_json(&self, cell: &Cell<'_>, lineage: bool) -> Vec<(String, Json)> {
        let text = |text: &str| Json::from(text);
        let value = match cell.value {
            Ok(value) => ("value", Some(Json::number(value))),
            Err(why) => ("absent", Some(text(why.as_str()))),
        };
        let members = [
            ("place", Some(text(cell.place))),
            ("side", cell.side.map(|side| text(side.as_str()))),
            ("period", Some(text(self.period(cell)))),
            ("vintage", cell.vintage.filter(|_| !cell.vintage_assumed).map(Json::Int)),
            value,
            ("status", cell.published_status().map(text)),
            ("source", cell.source.map(text)),
            ("caveats", Some(cell.caveats()).filter(|caveats| !caveats.is_empty()).map(|caveats| words(&caveats))),
            ("from", Some(cell.lineage()).filter(|_| lineage)),
        ];
        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

pub(crate) fn words(words: &[&str]) -> Json {
    words.iter().map(|word| Json::from(*word)).collect()
}
