//! Looking a commune up by what people type: a name in French or Dutch, a postal code, a code with or without its country.
//!
//! A query is folded as names are ([`fold`]), its marks become spaces, and `st`, `ste` also stand for the whole word. What
//! matches comes in one order: how it matched ([`By`]), communes that fit the rest of the query, the fewest slips, those in force on
//! the day, the matched text, the code. Near names are given only where nothing else was found.

use super::code::has_form;
use super::{At, Commune, Status, Territory};
use crate::date::Date;
use crate::hint::{fold, steps};
use crate::limits::TERRITORY_HITS;
use crate::message::Lang;

/// How a commune was found, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// By its code.
    Code,
    /// By its whole name.
    Name,
    /// By the whole name that its code had before.
    FormerName,
    /// By a postal code; others may share it.
    PostalCode,
    /// By the beginning of a name.
    Prefix,
    /// By the beginning of a later word of a name.
    Word,
    /// By a name that is a few slips of a key away.
    Near,
}

impl By {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
            Self::FormerName => "former_name",
            Self::PostalCode => "postal_code",
            Self::Prefix => "prefix",
            Self::Word => "word",
            Self::Near => "near",
        }
    }
}

/// One commune that a query may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'t> {
    /// The commune, in force or not.
    pub commune: &'t Commune,
    /// How it matched.
    pub by: By,
    /// What matched: the name, the code or the postal code.
    pub text: &'t str,
    /// The language of the name that matched; `None` if it is the same in both, or no name.
    pub lang: Option<Lang>,
    /// Slips between the query and the text; 0 unless it was found by [`By::Near`].
    pub slips: usize,
    /// Where the commune stands on the day, and who covers its ground then.
    pub at: At<'t>,
}

/// What a query may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'t> {
    /// In the order of this module.
    pub hits: Vec<Hit<'t>>,
    /// Whether these are all; false if there are more than [`TERRITORY_HITS`].
    pub complete: bool,
    /// The query has the form of a code or a postal code, and no commune that we hold has it.
    pub outside_coverage: bool,
}

impl Territory {
    /// The communes that a query may mean on a day; ambiguous ones all, former ones with what came after them.
    ///
    /// ```
    /// use sam_eurometropole::{Rulebook, date::Date, territory::By};
    ///
    /// let on = Date::parse("2026-01-01").unwrap();
    /// let found = Rulebook::embedded().territory().find("moeskroen", on);
    /// let codes: Vec<&str> = found.hits.iter().map(|hit| hit.commune.code()).collect();
    /// assert_eq!(codes, ["BE-57096", "BE-54007"]);
    /// assert_eq!(found.hits[0].by, By::Name);
    /// ```
    #[must_use]
    pub fn find<'t>(&'t self, query: &str, on: Date) -> Found<'t> {
        let query = Query::read(query);
        let mut found = Ranking { on, hits: Vec::new() };
        for (commune, names) in self.named() {
            found.put(commune, query.by_number(commune, names));
        }
        let known = !found.hits.is_empty();
        found.only(query.wanted);
        if found.hits.iter().all(|(rank, ..)| rank.misfit) {
            let wanted = |found: &Match<'_>| query.number.is_none() || found.by <= By::FormerName;
            for (commune, names) in self.named() {
                found.put(commune, query.by_name(names).filter(wanted));
            }
        }
        if found.hits.is_empty() && query.number.is_none() {
            for (commune, names) in self.named() {
                found.put(commune, query.by_slips(names));
            }
        }
        let complete = found.hits.len() <= TERRITORY_HITS;
        let hit = |(_, commune, found): (Rank, &'t Commune, Match<'t>)| Hit {
            commune,
            by: found.by,
            text: found.text,
            lang: found.lang,
            slips: found.slips,
            at: self.at(commune.code(), on),
        };
        let hits = found.hits.into_iter().take(TERRITORY_HITS).map(hit).collect();
        Found { hits, complete, outside_coverage: !known && query.has_form() }
    }

    /// Every commune with its names, folded when they are first asked for.
    fn named(&self) -> impl Iterator<Item = (&Commune, &[Spelt])> {
        let names = self.spelt.get_or_init(|| self.spell());
        names.chunk_by(|one, other| one.commune == other.commune).filter_map(|names| {
            let commune = self.communes.get(names.first()?.commune)?;
            Some((commune, names))
        })
    }

    fn spell(&self) -> Vec<Spelt> {
        let mut names = Vec::new();
        for (index, commune) in self.communes.iter().enumerate() {
            let mut put = |text: &str, lang, former| {
                names.push(Spelt { commune: index, text: text.to_owned(), folded: key(text), lang, former });
            };
            let dutch = commune.name_nl();
            let same = dutch == Some(commune.name_fr());
            put(commune.name_fr(), (!same).then_some(Lang::Fr), false);
            if let Some(dutch) = dutch.filter(|_| !same) {
                put(dutch, Some(Lang::Nl), false);
            }
            for (former, _) in self.former_names(commune.code()) {
                put(former, Some(Lang::Fr), true);
            }
        }
        names
    }
}

/// A name as it is written, and folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelt {
    /// The place of its commune.
    commune: usize,
    text: String,
    folded: String,
    /// `None` if it is the same in both languages.
    lang: Option<Lang>,
    former: bool,
}

/// How a commune matched.
struct Match<'t> {
    by: By,
    text: &'t str,
    lang: Option<Lang>,
    slips: usize,
    /// The number is right and the name beside it is another.
    misfit: bool,
}

impl<'t> Match<'t> {
    fn name(by: By, slips: usize, name: &'t Spelt) -> Self {
        Self { by, text: &name.text, lang: name.lang, slips, misfit: false }
    }
}

/// What the order of hits goes by; equals stay in the order of their codes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    by: By,
    misfit: bool,
    slips: usize,
    gone: bool,
    folded: String,
}

/// The hits so far, in order.
struct Ranking<'t> {
    on: Date,
    hits: Vec<(Rank, &'t Commune, Match<'t>)>,
}

impl<'t> Ranking<'t> {
    fn put(&mut self, commune: &'t Commune, found: Option<Match<'t>>) {
        let Some(found) = found else { return };
        let gone = Status::of(commune, self.on) != Status::InForce;
        let folded = key(found.text);
        let rank = Rank { by: found.by, misfit: found.misfit, slips: found.slips, gone, folded };
        let place = self.hits.partition_point(|(other, ..)| *other <= rank);
        self.hits.insert(place, (rank, commune, found));
    }

    /// Leaves out numbers of the other kind, where there are some of the kind that the query spells.
    fn only(&mut self, wanted: Option<By>) {
        let Some(wanted) = wanted else { return };
        if self.hits.iter().any(|(rank, ..)| rank.by == wanted) {
            self.hits.retain(|(rank, ..)| rank.by == wanted);
        }
    }
}

/// A query, taken apart: `BE-57096`, `B-7500 Tournai`, `St André`.
struct Query {
    country: Option<&'static str>,
    number: Option<String>,
    /// The kind of number that the letters of the country tell: `FR-59350` is a code, `F-59350` a postal code.
    wanted: Option<By>,
    /// The folded words beside the number, in each spelling; none if there are no words.
    names: Vec<String>,
}

impl Query {
    fn read(text: &str) -> Self {
        let short: String = text.chars().take(64).collect();
        let folded = key(&short);
        let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let (mut country, mut number, mut letters) = (None, None, "");
        if let Some(place) = words.iter().position(|word| numbered(word).is_some()) {
            let (before, digits) = numbered(words.remove(place)).unwrap_or_default();
            number = Some(digits.to_uppercase());
            letters = before;
            if let Some(apart) = place.checked_sub(1).filter(|_| before.is_empty()) {
                let is_country = words.get(apart).is_some_and(|word| country_of(word).is_some());
                letters = if is_country { words.remove(apart) } else { "" };
            }
            country = country_of(letters);
        }
        let wanted = country.map(|_| if letters.len() == 2 { By::Code } else { By::PostalCode });
        Self { country, number, wanted, names: spellings(&words) }
    }

    fn by_number<'t>(&self, commune: &'t Commune, names: &'t [Spelt]) -> Option<Match<'t>> {
        let number = self.number.as_deref().filter(|_| self.country.is_none_or(|country| commune.in_zone(country)))?;
        let (by, text) = match commune.code().get(3..) {
            Some(digits) if digits == number => (By::Code, commune.code()),
            _ => (By::PostalCode, commune.postal_codes().find(|code| *code == number)?),
        };
        let misfit = !self.names.is_empty() && self.by_name(names).is_none();
        Some(Match { by, text, lang: None, slips: 0, misfit })
    }

    fn by_name<'t>(&self, names: &'t [Spelt]) -> Option<Match<'t>> {
        let mut best: Option<Match<'t>> = None;
        for (name, wanted) in names.iter().flat_map(|name| self.names.iter().map(move |wanted| (name, wanted))) {
            let by = match name.folded.find(wanted.as_str()) {
                Some(0) if name.folded.len() > wanted.len() => By::Prefix,
                Some(0) if name.former => By::FormerName,
                Some(0) => By::Name,
                Some(_) => By::Word,
                None => continue,
            };
            if best.as_ref().is_none_or(|best| by < best.by) {
                best = Some(Match::name(by, 0, name));
            }
        }
        best
    }

    fn by_slips<'t>(&self, names: &'t [Spelt]) -> Option<Match<'t>> {
        let wanted = self.names.first()?;
        let mut best: Option<Match<'t>> = None;
        for name in names {
            let Some(slips) = steps(wanted.trim_start(), name.folded.trim_start()) else { continue };
            if best.as_ref().is_none_or(|best| slips < best.slips) {
                best = Some(Match::name(By::Near, slips, name));
            }
        }
        best
    }

    /// Whether the number has the form of a code or of a postal code.
    fn has_form(&self) -> bool {
        let of = |country: &str| self.country.is_none_or(|given| given == country);
        self.number.as_ref().is_some_and(|number| {
            let belgian_post =
                number.len() == 4 && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
            of("FR") && has_form(&format!("FR-{number}"))
                || of("BE") && (belgian_post || has_form(&format!("BE-{number}")))
        })
    }
}

/// A word with a digit at its beginning or after the letters of a country, in two.
fn numbered(word: &str) -> Option<(&str, &str)> {
    let (letters, digits) = word.split_at_checked(word.find(|c: char| c.is_ascii_digit())?)?;
    (letters.is_empty() || country_of(letters).is_some()).then_some((letters, digits))
}

fn country_of(word: &str) -> Option<&'static str> {
    match word {
        "fr" | "f" => Some("FR"),
        "be" | "b" => Some("BE"),
        _ => None,
    }
}

/// The words, and the same with *saint*, *sint* and *sainte* in full.
fn spellings(words: &[&str]) -> Vec<String> {
    let spelt = |st: &str| -> String {
        let word = |word: &&str| match *word {
            "st" => st.to_owned(),
            "ste" => "sainte".to_owned(),
            other => other.to_owned(),
        };
        words.iter().map(word).fold(String::new(), |text, word| text + " " + &word)
    };
    if words.is_empty() {
        return Vec::new();
    }
    let mut all = vec![words.iter().fold(String::new(), |text, word| text + " " + word), spelt("saint"), spelt("sint")];
    all.dedup();
    all
}

/// The folded words of a text, each with a space before it: a name begins with a query, or a later word of it does, where the query
/// is a part of it.
fn key(text: &str) -> String {
    let spaced = fold(text).replace(|c: char| c.is_ascii_punctuation(), " ");
    spaced.split(' ').filter(|word| !word.is_empty()).fold(String::new(), |text, word| text + " " + word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(query: &str) -> Vec<(&'static str, By)> {
        let on = Date::parse("2026-01-01").unwrap();
        let found = crate::Rulebook::embedded().territory().find(query, on);
        found.hits.iter().map(|hit| (hit.commune.code(), hit.by)).collect()
    }

    #[test]
    fn a_number_is_a_code_and_a_postal_code() {
        let lille = ("FR-59350", By::Code);
        assert_eq!(find("59350"), [lille, ("FR-59527", By::PostalCode)]);
        for query in ["FR-59350", "fr 59350", "FR59350"] {
            assert_eq!(find(query), [lille], "{query}");
        }
        assert_eq!(find("F-59350"), [("FR-59527", By::PostalCode)]);
        assert_eq!(find("57096"), [("BE-57096", By::Code)]);
        assert!(find("BE-59350").is_empty());
    }

    #[test]
    fn a_name_beside_a_postal_code_chooses() {
        assert_eq!(find("7500 Tournai"), [("BE-57081", By::PostalCode)]);
        assert_eq!(find("B-7500 Doornik"), [("BE-57081", By::PostalCode)]);
        assert_eq!(find("Mouscron (BE-57096)"), [("BE-57096", By::Code)]);
        // A part of Tournai that is no commune.
        assert_eq!(find("7521 Chercq"), [("BE-57081", By::PostalCode)]);
        assert_eq!(find("7500 Roubaix"), [("FR-59512", By::Name), ("BE-57081", By::PostalCode)]);
    }

    #[test]
    fn names_are_folded_and_saints_may_be_short() {
        for query in ["Saint-André-lez-Lille", "st andre lez lille", "SAINT ANDRE LEZ LILLE", "St. André-lez-Lille"] {
            assert_eq!(find(query), [("FR-59527", By::Name)], "{query}");
        }
        assert_eq!(find("st-niklaas"), [("BE-46021", By::Name)]);
        assert_eq!(find("baroeul"), [("FR-59378", By::Word), ("FR-59410", By::Word)]);
    }

    #[test]
    fn slips_of_a_key_are_looked_at_last() {
        assert_eq!(find("Tuornai").first(), Some(&("BE-57081", By::Near)));
        assert!(find("Roubaix").iter().all(|(_, by)| *by != By::Near));
        assert!(find("").is_empty() && find(" -- ").is_empty());
    }

    #[test]
    fn each_commune_is_found_by_its_code_names_and_postal_codes() {
        let territory = crate::Rulebook::embedded().territory();
        let on = Date::parse("2026-01-01").unwrap();
        for commune in territory.communes().step_by(9) {
            let numbers = std::iter::once(commune.code()).chain(commune.postal_codes());
            for query in numbers.chain([commune.name_fr()]).chain(commune.name_nl()) {
                let found = territory.find(query, on);
                assert!(found.hits.iter().any(|hit| hit.commune == commune && hit.by <= By::PostalCode), "{query}");
            }
        }
    }
}
