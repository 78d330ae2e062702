//! All communes, found by code.
//!
//! The embedded text has one line a commune, sorted by code, fields separated by `|` and trailing empty fields left out:
//! code, French name, Dutch name (`=` if it is the same), flags, first day, last day, successors separated by `;`.
//! The flags are a letter for the system (`F`, `W`, `V`) and one for each zone (`m`, `e`, `p`). A line that starts with `#` is a comment.

use super::code::has_form;
use super::{Commune, System};
use crate::date::Date;
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
    /// A line has not the form described above.
    #[error("line {line} of the territory is not a commune")]
    Line {
        /// Counted from 1.
        line: usize,
    },
    /// The lines are not sorted by code, or a code comes twice.
    #[error("`{code}` is not after the code before it")]
    Order {
        /// The second of the two codes.
        code: String,
    },
    /// A successor that the table does not hold.
    #[error("`{successor}`, after `{code}`, is not in the territory")]
    Successor {
        /// The former commune.
        code: String,
        /// The code that is missing.
        successor: String,
    },
}

/// The communes of the rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Territory {
    /// Sorted by code.
    communes: Vec<Commune>,
}

impl Territory {
    /// Reads the text that the generator writes.
    ///
    /// # Errors
    /// The first line that is not a commune, is out of order, or names a successor that is not there.
    pub fn from_embedded(text: &str) -> Result<Self, TerritoryError> {
        let mut communes: Vec<Commune> = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let commune = read_line(line).ok_or(TerritoryError::Line { line: index + 1 })?;
            if communes.last().is_some_and(|last| last.code >= commune.code) {
                return Err(TerritoryError::Order { code: commune.code });
            }
            communes.push(commune);
        }
        let territory = Self { communes };
        territory.missing_successor().map_or(Ok(()), Err)?;
        Ok(territory)
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
        let found = self.communes.binary_search_by(|commune| commune.code.as_str().cmp(code)).ok()?;
        self.communes.get(found)
    }

    /// Every commune, sorted by code.
    pub fn communes(&self) -> impl ExactSizeIterator<Item = &Commune> {
        self.communes.iter()
    }

    /// The communes that cover a commune's ground on a day: itself if it was in force, else those that came after it, however
    /// many steps later, sorted by code. Empty before its first day.
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
                found.push(commune);
            } else {
                next.extend(commune.successors().filter_map(|code| self.get(code)));
            }
        }
        found.sort_by(|a, b| a.code.cmp(&b.code));
        found
    }

    fn missing_successor(&self) -> Option<TerritoryError> {
        let mut pairs = self.communes.iter().flat_map(|c| c.successors().map(move |successor| (c.code(), successor)));
        let (code, successor) = pairs.find(|(_, successor)| self.get(successor).is_none())?;
        Some(TerritoryError::Successor { code: code.to_owned(), successor: successor.to_owned() })
    }
}

fn read_line(line: &str) -> Option<Commune> {
    let mut fields = line.split('|');
    let code = fields.next().filter(|code| has_form(code))?.to_owned();
    let name_fr = fields.next().filter(|name| !name.is_empty())?.to_owned();
    let name_nl = match fields.next()? {
        "" => None,
        "=" => Some(name_fr.clone()),
        name => Some(name.to_owned()),
    };
    let (system, zones) = read_flags(fields.next()?)?;
    let from = read_day(fields.next())?;
    let to = read_day(fields.next())?;
    let successors = fields.next().unwrap_or_default().split(';').filter(|code| !code.is_empty());
    let successors = successors.map(str::to_owned).collect();
    fields.next().is_none().then_some(Commune { code, name_fr, name_nl, system, from, to, successors, zones })
}

fn read_flags(flags: &str) -> Option<(System, Vec<&'static str>)> {
    let mut letters = flags.chars();
    let system = match letters.next()? {
        'F' => System::Fr,
        'W' => System::BeWal,
        'V' => System::BeVlg,
        _ => return None,
    };
    let zone = |letter| match letter {
        'm' => Some("mel"),
        'e' => Some("eurometropole"),
        'p' => Some("programme"),
        _ => None,
    };
    Some((system, letters.map(zone).collect::<Option<Vec<_>>>()?))
}

/// `Some(None)` for a field that is empty or left out, `None` for a text that is no day.
#[expect(clippy::option_option, reason = "absent and unreadable are two things, and `?` tells them apart")]
fn read_day(field: Option<&str>) -> Option<Option<Date>> {
    match field.unwrap_or_default() {
        "" => Some(None),
        text => Date::parse(text).ok().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    const EMBEDDED: &str = include_str!("../embedded/territory.txt");

    fn territory() -> Territory {
        Territory::from_embedded(EMBEDDED).unwrap()
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
        let in_force = |zone| count(&territory, zone, "2026-01-01");
        assert_eq!((in_force("FR"), in_force("BE-VLG"), in_force("BE-WAL")), (1534, 117, 69));
        assert_eq!(in_force("BE"), 186);
    }

    #[test]
    fn counts_the_members_of_the_zones() {
        let territory = territory();
        assert_eq!(count(&territory, "mel", "2024-06-30"), 95);
        assert_eq!(count(&territory, "eurometropole", "2025-01-01"), 153);
        assert_eq!(count(&territory, "eurometropole", "2024-12-31"), 155);
        assert_eq!(count(&territory, "Eurometropole", "2025-01-01"), 0);
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
            assert_eq!(after(&territory, old, "2018-12-31"), [old]);
            assert_eq!(after(&territory, old, "2019-01-01"), [new]);
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
        let text = "BE-00001|A||Ve||2000-12-31|BE-00002;BE-00003\nBE-00002|B||Ve|2001-01-01|2010-12-31|BE-00004\n\
                    BE-00003|C||Ve|2001-01-01|2010-12-31|BE-00001\nBE-00004|D|=|Ve|2011-01-01";
        let territory = Territory::from_embedded(text).unwrap();
        assert_eq!(after(&territory, "BE-00001", "2005-01-01"), ["BE-00002", "BE-00003"]);
        assert_eq!(after(&territory, "BE-00001", "2020-01-01"), ["BE-00004"]);
        assert!(after(&territory, "BE-00004", "2005-01-01").is_empty());
    }

    #[test]
    fn tells_a_gap_from_a_mistake() {
        let territory = territory();
        assert!(matches!(territory.lookup("FR-59512"), Lookup::Known(c) if c.name(Lang::Nl) == "Roubaix"));
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
    fn names_a_commune_in_each_language() {
        let territory = territory();
        let kortrijk = territory.get("BE-34022").unwrap();
        assert_eq!(
            [Lang::Fr, Lang::Nl, Lang::En].map(|lang| kortrijk.name(lang)),
            ["Courtrai", "Kortrijk", "Kortrijk"]
        );
        let mouscron = territory.get("BE-57096").unwrap();
        assert_eq!(
            [Lang::Fr, Lang::Nl, Lang::En].map(|lang| mouscron.name(lang)),
            ["Mouscron", "Moeskroen", "Mouscron"]
        );
    }

    #[test]
    fn a_text_that_is_not_the_generators_is_refused() {
        let line = |line| Err(TerritoryError::Line { line });
        assert_eq!(Territory::from_embedded("FR-59512|Roubaix||F\nFR-1|X||F"), line(2));
        assert_eq!(Territory::from_embedded("FR-59512|Roubaix||X"), line(1));
        assert_eq!(Territory::from_embedded("FR-59512|Roubaix||F|2024-02-30"), line(1));
        let order = Err(TerritoryError::Order { code: "FR-59512".to_owned() });
        assert_eq!(Territory::from_embedded("FR-59512|Roubaix||F\nFR-59512|Roubaix||F"), order);
        let missing = Territory::from_embedded("FR-59512|Roubaix||F||2000-12-31|FR-59599");
        assert_eq!(
            missing,
            Err(TerritoryError::Successor { code: "FR-59512".to_owned(), successor: "FR-59599".to_owned() })
        );
    }
}
