//! The place of a row: a code of the producer, or a name, and the commune or area of ours that it is.

use super::mapping::{PlaceCodes, PlaceRule};
use crate::date::Date;
use crate::hint::fold;
use crate::message::Lang;
use crate::territory::{By, Commune, Lookup, Status, Territory};
use std::collections::BTreeMap;

/// What the place of a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A commune that is held, in force or not.
    Commune(String),
    /// A NUTS region and its level.
    Area(String, &'static str),
    /// A place of another region or country.
    Outside,
    /// Nothing of the kind, and the place that may be meant.
    Unknown(Option<String>),
}

/// The places of a file, each looked up once.
pub(super) struct Places<'b> {
    territory: &'b Territory,
    rule: &'b PlaceRule,
    /// The day whose communes count for names.
    day: Date,
    known: BTreeMap<String, Place>,
}

/// Levels of NUTS codes by their length; of the third level by country.
const NUTS: [(usize, &str, &str); 5] =
    [(2, "", "NUTS0"), (3, "", "NUTS1"), (4, "", "NUTS2"), (5, "FR", "DEP"), (5, "BE", "ARR")];

impl<'b> Places<'b> {
    pub(super) fn new(territory: &'b Territory, rule: &'b PlaceRule, day: Date) -> Self {
        Self { territory, rule, day, known: BTreeMap::new() }
    }

    /// The place that a text is.
    pub(super) fn find(&mut self, text: &str) -> Place {
        if let Some(place) = self.known.get(text) {
            return place.clone();
        }
        let place = self.look_up(text);
        self.known.insert(text.to_owned(), place.clone());
        place
    }

    fn look_up(&self, text: &str) -> Place {
        match self.rule.codes {
            PlaceCodes::Insee => self.five("FR", text),
            PlaceCodes::Nis => self.five("BE", text),
            PlaceCodes::Iris => match (text.len(), text.get(..5)) {
                (9, Some(commune)) => self.five("FR", commune),
                _ => Place::Unknown(None),
            },
            PlaceCodes::Nuts => area(text),
            PlaceCodes::Own => self.own(text),
            PlaceCodes::Name => self.named(text),
        }
    }

    /// A code of five characters, which a spreadsheet may have made a number (`1004.0` for 01004).
    fn five(&self, country: &str, text: &str) -> Place {
        let bare = text.split_once('.').filter(|(_, zeros)| zeros.bytes().all(|b| b == b'0'));
        let bare = bare.map_or(text, |(whole, _)| whole);
        let is_code = (4..=5).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_code || !bare.bytes().any(|b| b.is_ascii_digit()) {
            return Place::Unknown(None);
        }
        self.own(&format!("{country}-{bare:0>5}"))
    }

    fn own(&self, code: &str) -> Place {
        match self.territory.lookup(code) {
            Lookup::Known(commune) => Place::Commune(commune.code().to_owned()),
            Lookup::OutsideCoverage => Place::Outside,
            Lookup::Malformed => Place::Unknown(None),
        }
    }

    /// A name, with the arrondissement in brackets where two communes have it.
    fn named(&self, text: &str) -> Place {
        let split = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
        let (name, area) = split.map_or((text, None), |(name, area)| (name.trim(), Some(area)));
        let found = self.territory.find(name, self.day);
        let of_country = |commune: &Commune| {
            let country = self.rule.country.as_deref();
            country.is_none_or(|country| commune.code().strip_prefix(country).is_some_and(|rest| rest.starts_with('-')))
        };
        let hits: Vec<_> = found.hits.iter().filter(|hit| of_country(hit.commune)).collect();
        let named = |by| matches!(by, By::Name | By::FormerName);
        let mut meant: Vec<(&Commune, Status)> =
            hits.iter().filter(|hit| named(hit.by)).map(|hit| (hit.commune, hit.at.status)).collect();
        if meant.len() > 1 && meant.iter().any(|(_, status)| *status == Status::InForce) {
            meant.retain(|(_, status)| *status == Status::InForce);
        }
        if let (true, Some(area)) = (meant.len() > 1, area) {
            meant.retain(|(commune, _)| self.lies_in(commune, area));
        }
        match meant.as_slice() {
            [(commune, _)] => Place::Commune(commune.code().to_owned()),
            _ => Place::Unknown(hits.first().map(|hit| hit.commune.code().to_owned())),
        }
    }

    /// Whether the name of the arrondissement of a commune has a word in it.
    fn lies_in(&self, commune: &Commune, word: &str) -> bool {
        let word = fold(word.trim());
        let names = |area: &crate::territory::Area| {
            Lang::ALL.into_iter().filter_map(|lang| area.name(lang)).any(|name| fold(name.text).contains(&word))
        };
        self.territory.area(commune.arrondissement()).is_some_and(names)
    }
}

/// A NUTS code of the two countries and its level.
fn area(text: &str) -> Place {
    let country = text.get(..2).unwrap_or_default();
    let is_code = text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    if !is_code {
        return if text.starts_with("EU") || text.starts_with("EA") { Place::Outside } else { Place::Unknown(None) };
    }
    if !matches!(country, "FR" | "BE") {
        return Place::Outside;
    }
    let level = NUTS.iter().find(|(length, of, _)| *length == text.len() && (of.is_empty() || *of == country));
    level.map_or(Place::Unknown(None), |(_, _, level)| Place::Area(text.to_owned(), level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rulebook;

    fn find(codes: PlaceCodes, country: Option<&str>, text: &str) -> Place {
        let rule = PlaceRule { column: Vec::new(), codes, country: country.map(str::to_owned) };
        let day = Date::parse("2026-01-01").unwrap();
        Places::new(Rulebook::embedded().territory(), &rule, day).find(text)
    }

    fn commune(code: &str) -> Place {
        Place::Commune(code.to_owned())
    }

    #[test]
    fn codes_of_five_characters() {
        assert_eq!(find(PlaceCodes::Insee, None, "59350"), commune("FR-59350"));
        assert_eq!(find(PlaceCodes::Insee, None, "59350.0"), commune("FR-59350"));
        assert_eq!(find(PlaceCodes::Insee, None, "1004.0"), Place::Outside);
        assert_eq!(find(PlaceCodes::Insee, None, "2A004"), Place::Outside);
        assert_eq!(find(PlaceCodes::Nis, None, "57096"), commune("BE-57096"));
        assert_eq!(find(PlaceCodes::Nis, None, "11001"), Place::Outside);
        assert_eq!(find(PlaceCodes::Iris, None, "593500101"), commune("FR-59350"));
        assert_eq!(find(PlaceCodes::Insee, None, "Ensemble"), Place::Unknown(None));
    }

    #[test]
    fn names_of_municipalities() {
        let named = |text| find(PlaceCodes::Name, Some("BE"), text);
        assert_eq!(named("Moeskroen"), commune("BE-57096"));
        assert_eq!(named("Celles (Doornik)"), commune("BE-57018"));
        assert_eq!(named("Aalst (Aalst)"), commune("BE-41002"));
        assert!(matches!(named("Moeskron"), Place::Unknown(Some(_))));
        assert_eq!(named("Lille"), Place::Unknown(None));
    }

    #[test]
    fn nuts_codes_have_a_level() {
        assert_eq!(area("FRE11"), Place::Area("FRE11".to_owned(), "DEP"));
        assert_eq!(area("BE32"), Place::Area("BE32".to_owned(), "NUTS2"));
        assert_eq!(area("DE"), Place::Outside);
        assert_eq!(area("EU27_2020"), Place::Outside);
    }
}
