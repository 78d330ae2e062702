//! The territory: communes, areas, changes and neighbours, found by code.

use super::Commune;
use super::area::{Area, AreaKind};
use super::centre::Centre;
use super::change::Change;
use super::code::has_form;
use super::find::Spelt;
use super::neighbour::{Neighbour, Pair};
use super::read::{self, Tables};
use crate::by_text::ByText;
use crate::date::Date;
use std::sync::OnceLock;
use thiserror::Error;

/// What a text is to the territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'t> {
    /// A commune that the rulebook holds, in force or former.
    Known(&'t Commune),
    /// The form of a code, and no commune that we hold (Lyon, Brussels): a gap, not an error.
    OutsideCoverage,
    /// Not the form of a code.
    Malformed,
}

/// Why an embedded text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TerritoryError {
    /// A line has not the form described in `read.rs`.
    #[error("line {line} of the {table} is not a row")]
    Line {
        /// The table.
        table: &'static str,
        /// Counted from 1.
        line: usize,
    },
    /// The lines are not sorted by code, or a code comes twice.
    #[error("`{code}` is not after the code before it")]
    Order {
        /// The second of the two codes.
        code: String,
    },
    /// A centre is that of no commune.
    #[error("`{code}` has a centre and is not in the territory")]
    Unplaced {
        /// The code.
        code: String,
    },
    /// A row names a code that the tables do not hold.
    #[error("`{code}`, after `{before}`, is not in the territory")]
    Successor {
        /// The code that ended.
        before: String,
        /// The code that is missing.
        code: String,
    },
}

/// The territory of the rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Territory {
    /// Sorted by code.
    pub(super) communes: Vec<Commune>,
    /// Place of each commune in `communes`.
    places: ByText<usize>,
    /// Sorted by code.
    areas: Vec<Area>,
    /// Sorted by day.
    changes: Vec<Change>,
    /// Sorted by both codes.
    pairs: Vec<Pair>,
    /// The names of all communes, made by the first look-up.
    pub(super) spelt: OnceLock<Vec<Spelt>>,
}

impl Territory {
    /// Reads the tables that the generator writes.
    ///
    /// # Errors
    /// The first line that is no row or is out of order, or a commune that ended and whose successor is not there.
    pub fn from_embedded(tables: &Tables<'_>) -> Result<Self, TerritoryError> {
        let mut territory = Self {
            communes: read::communes(tables.communes)?,
            places: ByText::default(),
            areas: read::areas(tables.areas)?,
            changes: read::changes(tables.changes)?,
            pairs: read::neighbours(tables.neighbours)?,
            spelt: OnceLock::new(),
        };
        sorted(territory.communes.iter().map(Commune::code))?;
        sorted(territory.areas.iter().map(Area::code))?;
        let codes = territory.communes.iter().map(|commune| commune.code.as_str().into());
        territory.places = codes.enumerate().map(|(place, code)| (code, place)).collect();
        territory.link()?;
        territory.place(read::centres(tables.centres)?)?;
        Ok(territory)
    }

    /// Gives each commune its centre.
    fn place(&mut self, centres: Vec<(String, Centre)>) -> Result<(), TerritoryError> {
        for (code, centre) in centres {
            let commune = self.index(&code).and_then(|index| self.communes.get_mut(index));
            commune.ok_or(TerritoryError::Unplaced { code })?.centre = Some(centre);
        }
        Ok(())
    }

    /// Gives each commune that ended the codes that took its place.
    fn link(&mut self) -> Result<(), TerritoryError> {
        let mut links = Vec::new();
        for change in self.changes.iter().filter(|change| change.ends_code()) {
            let (Some(from), to) = (change.from(), change.to()) else { continue };
            let Some(index) = self.index(from) else { continue };
            if self.get(to).is_none() {
                return Err(TerritoryError::Successor { before: from.to_owned(), code: to.to_owned() });
            }
            links.push((index, to.to_owned()));
        }
        for (index, to) in links {
            if let Some(commune) = self.communes.get_mut(index) {
                commune.successors.push(to);
            }
        }
        Ok(())
    }

    /// What a text is: a commune we hold, a code we do not hold, or no code.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Lookup<'_> {
        match self.get(text) {
            Some(commune) => Lookup::Known(commune),
            None if has_form(text) => Lookup::OutsideCoverage,
            None => Lookup::Malformed,
        }
    }

    /// The commune of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Commune> {
        self.communes.get(self.index(code)?)
    }

    fn index(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }

    /// Every commune, sorted by code.
    pub fn communes(&self) -> impl ExactSizeIterator<Item = &Commune> {
        self.communes.iter()
    }

    /// The area of a code.
    #[must_use]
    pub fn area(&self, code: &str) -> Option<&Area> {
        let found = self.areas.binary_search_by(|area| area.code.as_str().cmp(code)).ok()?;
        self.areas.get(found)
    }

    /// Every area, sorted by code.
    pub fn areas(&self) -> impl ExactSizeIterator<Item = &Area> {
        self.areas.iter()
    }

    /// Every change, sorted by day.
    pub fn changes(&self) -> impl ExactSizeIterator<Item = &Change> {
        self.changes.iter()
    }

    /// The changes from a day to another, both included.
    pub fn changes_between(&self, first: Date, last: Date) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| first <= change.date && change.date <= last)
    }

    /// The communes that cover a commune's ground on a day: itself if it was in force, else those that came after it, however
    /// many steps later, sorted by code. Empty before its first day: [`Territory::at`] looks back as well.
    #[must_use]
    pub fn successors_at<'t>(&'t self, commune: &'t Commune, day: Date) -> Vec<&'t Commune> {
        let mut found = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut next = vec![commune];
        while let Some(commune) = next.pop() {
            if seen.contains(&commune.code()) || !commune.begun(day) {
                continue;
            }
            seen.push(commune.code());
            if commune.in_force(day) {
                put(&mut found, commune);
            } else {
                next.extend(commune.successors().filter_map(|code| self.get(code)));
            }
        }
        found
    }

    /// The codes whose ground went into a code, the earliest first; some may lie outside what the rulebook holds.
    pub fn predecessors<'t>(&'t self, code: &'t str) -> impl Iterator<Item = &'t str> {
        let into = self.changes.iter().filter(move |change| change.to == code && change.moves());
        into.filter_map(Change::from)
    }

    /// The names that a code had before its present one, each with its last day, the oldest first.
    pub fn former_names<'t>(&'t self, code: &'t str) -> impl Iterator<Item = (&'t str, Date)> {
        let renamed = self.changes.iter().filter(move |change| change.to == code && !change.moves());
        renamed.filter_map(|change| Some((change.former_name()?, change.date.plus_days(-1)?)))
    }

    /// The area of a code as figures have it: our own, a NUTS code, or the national code of a department or an arrondissement of France.
    #[must_use]
    pub fn area_of_figures(&self, code: &str) -> Option<&Area> {
        let national = |kind: &str| self.area(&format!("FR-{kind}-{}", code.strip_prefix("FR-")?));
        self.area(code).or_else(|| national("DEP")).or_else(|| national("ARR"))
    }

    /// The areas that a commune or an area lies in, from the nearest to the country; then its NUTS regions from level 3 to 1.
    /// Empty for a code that is not held.
    #[must_use]
    pub fn ancestors(&self, code: &str) -> Vec<&Area> {
        let (near, nuts3) = match self.get(code) {
            Some(commune) => (Some(commune.arrondissement()), commune.nuts3()),
            None => (self.area(code).and_then(Area::parent), None),
        };
        let mut found: Vec<&Area> = Vec::new();
        for start in [near, nuts3] {
            let mut next = start.and_then(|code| self.area(code));
            while let Some(area) = next.filter(|area| !found.iter().any(|seen| seen.code == area.code)) {
                found.push(area);
                next = area.parent().and_then(|code| self.area(code));
            }
        }
        found
    }

    /// The communes of an area or a zone that were in force on a day, sorted by code. Those of an area that is not dated
    /// ([`Area::is_dated`]) go by the present membership, those of a former commune by that of its last day.
    pub fn members<'t>(&'t self, area: &'t str, day: Date) -> impl Iterator<Item = &'t Commune> {
        let kind = self.area(area).map(Area::kind);
        let by_zone = matches!(kind, None | Some(AreaKind::Zone | AreaKind::Epci));
        let inside = move |commune: &&Commune| match by_zone {
            true => commune.in_zone(area),
            false => self.ancestors(commune.code()).iter().any(|ancestor| ancestor.code == area),
        };
        self.communes.iter().filter(move |commune| commune.in_force(day)).filter(inside)
    }

    /// The present communes across the border that a commune touches or nearly touches, sorted by code.
    pub fn neighbours<'t>(&'t self, code: &'t str) -> impl Iterator<Item = Neighbour<'t>> {
        self.pairs.iter().filter_map(move |pair| {
            let commune = self.get(pair.other(code)?)?;
            let cross_border = commune.code.get(..2) != code.get(..2);
            Some(Neighbour { commune, cross_border, confidence: pair.confidence })
        })
    }
}

/// Puts a commune where its code belongs. The lists are short; a general sort would weigh more in a browser than all of this module.
pub(super) fn put<'t>(sorted: &mut Vec<&'t Commune>, commune: &'t Commune) {
    let place = sorted.partition_point(|other| other.code < commune.code);
    sorted.insert(place, commune);
}

fn sorted<'a>(codes: impl Iterator<Item = &'a str>) -> Result<(), TerritoryError> {
    let mut last = "";
    for code in codes {
        if last >= code {
            return Err(TerritoryError::Order { code: code.to_owned() });
        }
        last = code;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;
    use crate::territory::System;

    fn territory() -> &'static Territory {
        crate::Rulebook::embedded().territory()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn count(territory: &Territory, zone: &str, on: &str) -> usize {
        territory.communes().filter(|c| c.in_zone(zone) && c.in_force(day(on))).count()
    }

    fn after(territory: &Territory, code: &str, on: &str) -> Vec<String> {
        let commune = territory.get(code).unwrap();
        territory.successors_at(commune, day(on)).iter().map(|c| c.code().to_owned()).collect()
    }

    #[test]
    fn holds_the_communes_of_the_five_departments_and_provinces() {
        let territory = territory();
        assert_eq!(territory.communes().len(), 1768);
        let in_force = |zone| count(territory, zone, "2026-01-01");
        assert_eq!((in_force("FR"), in_force("BE-VLG"), in_force("BE-WAL")), (1534, 117, 69));
        assert_eq!(in_force("BE"), 186);
    }

    #[test]
    fn counts_the_members_of_the_zones() {
        let territory = territory();
        assert_eq!(count(territory, "mel", "2024-06-30"), 95);
        assert_eq!(count(territory, "eurometropole", "2025-01-01"), 153);
        assert_eq!(count(territory, "eurometropole", "2024-12-31"), 155);
        assert_eq!(count(territory, "Eurometropole", "2025-01-01"), 0);
        let ronse = territory.get("BE-45041").unwrap();
        assert_eq!(ronse.zones().collect::<Vec<_>>(), ["BE", "BE-VLG", "programme"]);
    }

    #[test]
    fn the_eleven_hainaut_codes_changed_on_the_first_of_january_2019() {
        let territory = territory();
        for (old, new) in [
            ("BE-54007", "BE-57096"),
            ("BE-54010", "BE-57097"),
            ("BE-55010", "BE-51067"),
            ("BE-55023", "BE-51069"),
            ("BE-55039", "BE-51068"),
            ("BE-55022", "BE-58001"),
            ("BE-56011", "BE-58002"),
            ("BE-56085", "BE-58003"),
            ("BE-56087", "BE-58004"),
            ("BE-52043", "BE-55086"),
            ("BE-52063", "BE-55085"),
        ] {
            assert_eq!(after(territory, old, "2018-12-31"), [old]);
            assert_eq!(after(territory, old, "2019-01-01"), [new]);
            assert_eq!(territory.get(new).unwrap().from(), Some(day("2019-01-01")), "{new}");
        }
        assert!(territory.get("BE-57081").unwrap().in_force(day("2012-03-05")), "Tournai kept its code");
    }

    #[test]
    fn every_former_commune_reaches_one_in_force() {
        let territory = territory();
        let former: Vec<&Commune> = territory.communes().filter(|c| c.to().is_some()).collect();
        assert_eq!(former.len(), 48);
        for commune in former {
            let last = commune.to().unwrap();
            assert!(!commune.in_force(last.plus_days(1).unwrap()));
            assert!(!territory.successors_at(commune, last.plus_days(1).unwrap()).is_empty(), "{}", commune.code());
            assert!(!territory.successors_at(commune, day("2026-01-01")).is_empty(), "{}", commune.code());
        }
    }

    #[test]
    fn follows_chains_and_ends_on_circles() {
        let communes = "BE-00001|A||Ve|||||2000-12-31\nBE-00002|B||Ve||||2001-01-01|2010-12-31\n\
                        BE-00003|C||Ve||||2001-01-01|2010-12-31\nBE-00004|D|=|Ve||||2011-01-01";
        let changes = "2001-01-01|merge|BE-00001|BE-00002||x\n2001-01-01|merge|BE-00001|BE-00003||x\n\
                       2011-01-01|merge|BE-00002|BE-00004||x\n2011-01-01|merge|BE-00003|BE-00001||x";
        let territory = Territory::from_embedded(&Tables { communes, changes, ..Tables::default() }).unwrap();
        assert_eq!(after(&territory, "BE-00001", "2005-01-01"), ["BE-00002", "BE-00003"]);
        assert_eq!(after(&territory, "BE-00001", "2020-01-01"), ["BE-00004"]);
        assert!(after(&territory, "BE-00004", "2005-01-01").is_empty());
    }

    #[test]
    fn tells_a_gap_from_a_mistake() {
        let territory = territory();
        assert!(matches!(territory.lookup("FR-59512"), Lookup::Known(c) if c.name(Lang::Nl).text == "Roubaix"));
        assert_eq!(territory.lookup("FR-69123"), Lookup::OutsideCoverage);
        assert_eq!(territory.lookup("BE-21004"), Lookup::OutsideCoverage);
        assert_eq!(territory.lookup("57096"), Lookup::Malformed);
    }

    #[test]
    fn the_country_is_part_of_the_code() {
        let territory = territory();
        assert_eq!(territory.get("FR-62108").unwrap().name_fr(), "Berck");
        assert!(territory.get("BE-62108").is_none());
    }

    #[test]
    fn names_a_commune_in_each_language_and_marks_what_stands_for_a_name() {
        let names = |code| {
            let commune = territory().get(code).unwrap();
            Lang::ALL.map(|lang| (commune.name(lang).text, commune.name(lang).is_substitute))
        };
        assert_eq!(names("BE-34022"), [("Courtrai", false), ("Kortrijk", false), ("Kortrijk", true)]);
        assert_eq!(names("BE-57096"), [("Mouscron", false), ("Moeskroen", false), ("Mouscron", true)]);
        assert_eq!(names("FR-59350"), [("Lille", false), ("Lille", true), ("Lille", true)]);
    }

    #[test]
    fn the_official_counts_are_those_of_the_communes_held() {
        let territory = territory();
        let mut counted = 0;
        for area in territory.areas().filter(|area| area.is_whole()) {
            let Some((communes, on)) = area.official() else { continue };
            assert_eq!(territory.members(area.code(), on).count(), communes as usize, "{}", area.code());
            counted += 1;
        }
        assert_eq!(counted, 9, "MEL, Eurométropole and seven arrondissements");
    }

    #[test]
    fn of_the_285_flemish_communes_those_of_two_provinces_are_held() {
        let flanders = territory().area("BE-VLG").unwrap();
        assert_eq!((flanders.official(), flanders.is_whole()), (Some((285, day("2026-01-01"))), false));
        let held = |area| territory().members(area, day("2026-01-01")).count();
        assert_eq!((held("BE-30000"), held("BE-40000"), held("BE-VLG")), (62, 55, 117));
        let before = |area| territory().members(area, day("2018-12-31")).count();
        assert_eq!((before("BE-30000"), before("BE-40000")), (64, 65));
    }

    #[test]
    fn every_commune_lies_in_areas_up_to_its_country_and_its_system() {
        for commune in territory().communes() {
            let ancestors = territory().ancestors(commune.code());
            let has = |code: &str| ancestors.iter().any(|area| area.code() == code);
            assert!(has(commune.arrondissement()) && has(commune.code().get(..2).unwrap()), "{}", commune.code());
            assert_eq!(
                commune.system() != System::Fr,
                has(commune.system().as_str()) && !has("FR"),
                "{}",
                commune.code()
            );
            assert_eq!(commune.nuts3().is_some(), ancestors.last().unwrap().kind() == AreaKind::Nuts1);
        }
    }

    #[test]
    fn belgian_codes_say_their_arrondissement() {
        for commune in territory().communes().filter(|commune| commune.in_zone("BE")) {
            assert_eq!(commune.arrondissement().get(..5), commune.code().get(..5), "{}", commune.code());
        }
    }

    #[test]
    fn membership_of_the_mel_is_undated_and_says_so() {
        let mel = territory().area("mel").unwrap();
        assert!(!mel.is_dated());
        assert!(!crate::territory::zone_is_dated("mel") && crate::territory::zone_is_dated("BE-WAL"));
        // It had 90 communes then; no source says which.
        assert_eq!(territory().members("mel", day("2018-06-30")).count(), 95);
    }

    #[test]
    fn neighbours_meet_across_the_border_from_both_sides() {
        let mut pairs = 0;
        for commune in territory().communes() {
            for neighbour in territory().neighbours(commune.code()) {
                assert!(neighbour.cross_border && neighbour.commune.to().is_none());
                let mut back = territory().neighbours(neighbour.commune.code());
                assert!(back.any(|n| n.commune == commune && n.confidence == neighbour.confidence));
                pairs += 1;
            }
        }
        assert_eq!(pairs, 2 * 102);
    }

    #[test]
    fn a_text_that_is_not_the_generators_is_refused() {
        let read = |communes| Territory::from_embedded(&Tables { communes, ..Tables::default() });
        let line = |line| Err(TerritoryError::Line { table: "communes", line });
        assert_eq!(read("FR-59512|Roubaix||F\nFR-1|X||F"), line(2));
        assert_eq!(read("FR-59512|Roubaix||X"), line(1));
        assert_eq!(read("FR-59512|Roubaix||F||||2024-02-30"), line(1));
        assert_eq!(read("FR-59512|Roubaix||F||||||x"), line(1));
        let order = Err(TerritoryError::Order { code: "FR-59512".to_owned() });
        assert_eq!(read("FR-59512|Roubaix||F\nFR-59512|Roubaix||F"), order);
        let tables = Tables {
            communes: "FR-59512|Roubaix||F|||||2000-12-31",
            changes: "2001-01-01|recode|FR-59512|FR-59599||x",
            ..Tables::default()
        };
        let missing = TerritoryError::Successor { before: "FR-59512".to_owned(), code: "FR-59599".to_owned() };
        assert_eq!(Territory::from_embedded(&tables), Err(missing));
        let pair = Tables { neighbours: "BE-57096|FR-59599|perhaps", ..Tables::default() };
        assert_eq!(Territory::from_embedded(&pair), Err(TerritoryError::Line { table: "neighbours", line: 1 }));
    }
}
