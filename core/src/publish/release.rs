//! The release: every figure in whole numbers as a cell, one variable for each indicator and period.
//!
//! Two indicators that say the same number of the same places (persons, and a rate of the same persons) are one variable, so that the one does not
//! give away what the other hides. Rates are taken as if what was counted were told to the last unit. A total that its parts contradict is held
//! back, and the release is made anew without it.

use super::ask::{Earlier, Protect};
use super::parts;
use super::places::Places;
use super::{At, Held, Told, Why, is_counted, told};
use crate::disclosure::rules::Rule;
use crate::disclosure::{self, Cell, Dimension, Kind, Protection, Release, Table};
use crate::harmonise::request::Breakdown;
use crate::harmonise::{Harmonised, Series};
use crate::limits;
use crate::order;
use crate::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a figure belongs into a table.
type Fits<'f> = &'f dyn Fn(&Told) -> bool;

/// The name of the release, and of the dimension of places.
const NAME: &str = "dashboard";
const PLACE: &str = "territory";
/// The code of the whole population in the field of a breakdown.
const TOTAL: &str = "_T";
/// How pointers to tables begin, and to tables of earlier dashboards.
const TABLES: &str = "/tables/";
const EARLIER: &str = "/earlier/";
/// A number that two indicators have in common is no chance from this one on.
pub(super) const TELLING: i64 = 10;

/// A release, and where its cells come from.
pub(super) struct Built<'b> {
    release: Release,
    /// Of each table its cells; nothing for tables of earlier dashboards.
    cells: Vec<Vec<At<'b>>>,
}

/// The release of some figures, protected; totals that do not add up are held back on the way.
pub(super) fn protected<'b>(
    all: &Harmonised<'b>,
    ask: &Protect<'b>,
    places: &Places<'b>,
    held: &mut Held<'b>,
) -> (Built<'b>, Protection<'b>) {
    let mut passed_over = BTreeSet::new();
    loop {
        let built = Builder::new(all, ask, places, held, &passed_over).built();
        let protection = disclosure::protect_release(all.book, built.release.clone());
        let before = (held.len(), passed_over.len());
        let is_meant = |code: &str| ["disclosure.not_additive", "disclosure.same_cell"].contains(&code);
        for problem in protection.problems.iter().filter(|problem| is_meant(&problem.code)) {
            match built.at(&problem.pointer) {
                Some(Ok(at)) => {
                    held.insert(at, Why::NotAdditive);
                }
                // What an earlier dashboard told is another number by now.
                Some(Err(earlier)) => {
                    passed_over.insert(earlier);
                }
                None => {}
            }
        }
        if (held.len(), passed_over.len()) == before {
            return (built, protection);
        }
    }
}

impl<'b> Built<'b> {
    /// The cell of a pointer; of a table of an earlier dashboard its place among the earlier cells.
    fn at(&self, pointer: &str) -> Option<Result<At<'b>, usize>> {
        let (table, cell) = pointer.split_once("/cells/")?;
        if let Some(earlier) = table.strip_prefix(EARLIER) {
            return earlier.parse().ok().map(Err);
        }
        let (table, cell): (usize, usize) = (table.strip_prefix(TABLES)?.parse().ok()?, cell.parse().ok()?);
        self.cells.get(table)?.get(cell).map(|at| Ok(*at))
    }

    /// The cells of this dashboard that are hidden.
    pub(super) fn hidden(&self, protection: &Protection<'_>) -> BTreeSet<At<'b>> {
        let mut found = BTreeSet::new();
        for (cells, variables) in self.cells.iter().zip(&protection.model.cells) {
            for (at, variable) in cells.iter().zip(variables) {
                if protection.model.system.variable(*variable).is_none_or(|of| of.hidden) {
                    found.insert(*at);
                }
            }
        }
        found
    }
}

/// What is counted of an indicator in a period.
type Group<'s, 'b> = BTreeMap<(usize, usize), Vec<(At<'b>, &'s Series<'b>, Told)>>;

/// Numbers by part of the population and place.
type Numbers<'s, 'b> = BTreeMap<(&'s [(&'static str, String)], &'b str), i64>;

struct Builder<'s, 'b> {
    all: &'s Harmonised<'b>,
    ask: &'s Protect<'b>,
    places: &'s Places<'b>,
    held: &'s Held<'b>,
    passed_over: &'s BTreeSet<usize>,
    /// The dimensions after that of places: a field of the breakdown, and of a field whose codes are each indicator's own the indicator.
    fields: Vec<(&'static str, &'s str)>,
    /// The variables of each period: name and numbers.
    variables: BTreeMap<usize, Vec<(String, Numbers<'s, 'b>)>>,
    built: Built<'b>,
}

impl<'s, 'b> Builder<'s, 'b> {
    fn new(
        all: &'s Harmonised<'b>,
        ask: &'s Protect<'b>,
        places: &'s Places<'b>,
        held: &'s Held<'b>,
        passed_over: &'s BTreeSet<usize>,
    ) -> Self {
        let release = Release { name: NAME.to_owned(), audit_cells: limits::AUDIT_CELLS, ..Release::default() };
        let parts = breakdowns(all, ask).map(|(indicator, (field, _))| (*field, owner(all.book, field, indicator)));
        Self {
            all,
            ask,
            places,
            held,
            passed_over,
            fields: order::set(parts).into_iter().collect(),
            variables: BTreeMap::new(),
            built: Built { release, cells: Vec::new() },
        }
    }

    fn built(mut self) -> Built<'b> {
        self.built.release.dimensions = self.dimensions();
        let mut groups: BTreeMap<&str, Group<'s, 'b>> = BTreeMap::new();
        for (at, series) in self.all.series.iter().enumerate() {
            if !is_counted(series.indicator) || self.ask.public.contains(&series.indicator.code()) {
                continue;
            }
            for cell in series.all() {
                let key = (at, cell.period, cell.place);
                // What its producer hides stays in the sums; what is held back does not.
                let is_out = |told: &Told| *told != Told::Hidden && self.held.contains_key(&key);
                if let Some(told) = told(series, cell).filter(|told| !is_out(told)) {
                    let of_indicator = groups.entry(series.indicator.code()).or_default();
                    of_indicator.entry((cell.period, at)).or_default().push((key, series, told));
                }
            }
        }
        for (indicator, group) in groups {
            self.indicator(indicator, group);
        }
        self.built
    }

    fn dimensions(&self) -> Vec<Dimension> {
        let places = Dimension {
            name: PLACE.to_owned(),
            hierarchies: self.places.hierarchies(),
            codes: self.places.codes(),
            area: true,
            ..Dimension::default()
        };
        let of_field = |(field, own): &(&'static str, &'s str)| {
            let parts = breakdowns(self.all, self.ask);
            let parts = parts.filter(|(indicator, (name, _))| name == field && [*indicator, ""].contains(own));
            let codes = order::set(parts.map(|(_, (_, code))| code.as_str()));
            if own.is_empty() {
                return parts::dimension(self.all.book, field, &codes);
            }
            let sum = codes.iter().copied().filter(|_| self.may_add_up(own, field));
            parts::of_own(format!("{field} {own}"), &codes, sum)
        };
        [places].into_iter().chain(self.fields.iter().map(of_field)).collect()
    }

    /// Whether the parts along a field may be all of the population: somewhere they come to no more than the figure of all. Where they come to more, that figure
    /// contradicts them, and is held back.
    fn may_add_up(&self, indicator: &str, field: &str) -> bool {
        let mut sums: BTreeMap<(Breakdown, usize, &str), i64> = BTreeMap::new();
        let mut totals = sums.clone();
        for series in self.all.series.iter().filter(|series| series.indicator.code() == indicator) {
            let beside: Breakdown = series.breakdown.iter().filter(|(name, _)| *name != field).cloned().collect();
            let into = if beside.len() < series.breakdown.len() { &mut sums } else { &mut totals };
            for cell in series.all() {
                if let Some(count) = told(series, cell).and_then(Told::count) {
                    let sum = into.entry((beside.clone(), cell.period, cell.place)).or_default();
                    *sum = sum.saturating_add(count);
                }
            }
        }
        let mut met = totals.iter().filter_map(|(key, total)| Some(sums.get(key)? <= total)).peekable();
        met.peek().is_none() || met.any(|fits| fits)
    }

    /// The tables of an indicator: for each period one variable, for each part of the population and kind of figure a table.
    fn indicator(&mut self, indicator: &'s str, group: Group<'s, 'b>) {
        let periods: BTreeSet<usize> = order::set(group.keys().map(|(period, _)| *period));
        for period in periods {
            let of_period = || group.range((period, 0)..=(period, usize::MAX)).map(|(_, cells)| cells);
            let number = |(at, series, told): &(At<'b>, &'s Series<'b>, Told)| {
                Some(((series.breakdown.as_slice(), at.2), told.count()?))
            };
            let numbers: Numbers<'s, 'b> = order::map(of_period().flatten().filter_map(number));
            let variable = self.variable(indicator, period, numbers);
            for cells in of_period() {
                self.tables(&variable, cells);
            }
            self.earlier(&variable, indicator, period);
        }
    }

    /// The variable of some numbers: that of another indicator whose numbers are the same wherever both have one, or a new one.
    fn variable(&mut self, indicator: &str, period: usize, numbers: Numbers<'s, 'b>) -> String {
        let known = self.variables.entry(period).or_default();
        for (name, others) in known.iter_mut() {
            let (few, many) = if numbers.len() < others.len() { (&numbers, &*others) } else { (&*others, &numbers) };
            let mut shared = few.iter().filter_map(|(key, one)| Some((*one, *many.get(key)?))).peekable();
            let is_telling = few.iter().any(|(key, one)| *one >= TELLING && many.contains_key(key));
            if shared.peek().is_some() && is_telling && shared.all(|(one, other)| one == other) {
                others.extend(numbers);
                return name.clone();
            }
        }
        let text = self.all.periods.get(period).map_or("", |(text, _)| text);
        let name = format!("{indicator} {text}");
        known.push((name.clone(), numbers));
        name
    }

    fn tables(&mut self, variable: &str, cells: &[(At<'b>, &'s Series<'b>, Told)]) {
        let Some((_, series, _)) = cells.first() else { return };
        let sources = cells.iter().filter_map(|(at, series, _)| series.cell(at.1, at.2)?.source);
        let rule = rule(self.all, self.ask, series.indicator.code(), &series.breakdown, &order::set(sources));
        let is_rate = |told: &Told| matches!(told, Told::Rate(count, of) if count <= of);
        let rate = Kind::Rate { per: 1_000_000, decimals: 6 };
        let kinds: [(Kind, bool, Fits<'_>); 3] = [
            (Kind::Count, false, &|told| told.count().is_some() && !is_rate(told)),
            (rate, false, &|told| is_rate(told)),
            // What its producer hides is hidden already, and stays so.
            (Kind::Count, true, &|told| *told == Told::Hidden),
        ];
        for (kind, is_hidden, fits) in kinds {
            let chosen: Vec<_> = cells.iter().filter(|(_, _, told)| fits(told)).collect();
            if chosen.is_empty() {
                continue;
            }
            let cell = |(at, series, told): &&(At<'b>, &'s Series<'b>, Told)| Cell {
                value: told.count(),
                denominator: if let Told::Rate(_, of) = told { Some(*of) } else { None },
                withheld: is_hidden,
                ..self.cell(at.2, &series.breakdown)
            };
            let made = chosen.iter().map(cell).collect();
            let dimensions = self.of_breakdown(series.indicator.code(), &series.breakdown);
            let pointer = format!("{TABLES}{}", self.built.release.tables.len());
            self.put(pointer, variable, kind, (dimensions, is_hidden), &rule, made);
            let places = if is_hidden { Vec::new() } else { chosen.iter().map(|(at, _, _)| *at).collect() };
            self.built.cells.push(places);
        }
    }

    fn put(
        &mut self,
        pointer: String,
        variable: &str,
        kind: Kind,
        (dimensions, earlier): (Vec<usize>, bool),
        rule: &Rule,
        cells: Vec<Cell>,
    ) {
        let name = format!("{variable} {}", self.built.release.tables.len());
        let (variable, rule) = (variable.to_owned(), rule.clone());
        let table = Table { pointer, name, variable, kind, dimensions, rule, earlier, absent_is_zero: false, cells };
        self.built.release.tables.push(table);
    }

    /// The dimensions of a breakdown of an indicator, by their places.
    fn of_breakdown(&self, indicator: &str, breakdown: &[(&'static str, String)]) -> Vec<usize> {
        let is_it = |(field, own): &(&str, &str), name: &str| *field == name && [indicator, ""].contains(own);
        let place = |(name, _): &(&str, String)| Some(self.fields.iter().position(|known| is_it(known, name))? + 1);
        [0].into_iter().chain(breakdown.iter().filter_map(place)).collect()
    }

    fn cell(&self, place: &str, breakdown: &[(&'static str, String)]) -> Cell {
        let codes = breakdown.iter().map(|(_, code)| if code.is_empty() { TOTAL } else { code.as_str() });
        Cell { at: [place].into_iter().chain(codes).map(str::to_owned).collect(), ..Cell::default() }
    }

    /// What earlier dashboards told and hid of a variable. What is another number by now was revised, and tells nothing.
    fn earlier(&mut self, variable: &str, indicator: &str, period: usize) {
        let text = self.all.periods.get(period).map_or("", |(text, _)| text);
        let ask = self.ask;
        for (at, earlier) in ask.earlier.iter().enumerate() {
            let is_meant = earlier.indicator == indicator && earlier.period == text;
            if !is_meant || self.passed_over.contains(&at) {
                continue;
            }
            let Some(cell) = self.known(earlier, period) else { continue };
            let cell = Cell { withheld: earlier.value.is_none(), ..cell };
            let (dimensions, pointer) = (self.of_breakdown(indicator, &earlier.breakdown), format!("{EARLIER}{at}"));
            let rule = rule(self.all, ask, indicator, &earlier.breakdown, &BTreeSet::new());
            self.put(pointer, variable, Kind::Count, (dimensions, true), &rule, vec![cell]);
            self.built.cells.push(Vec::new());
        }
    }

    /// The cell of an earlier figure in whole numbers; of a rate what is counted now, if the rate is the same.
    fn known(&self, earlier: &Earlier, period: usize) -> Option<Cell> {
        let cell = self.cell(&earlier.place, &earlier.breakdown);
        let Some(value) = earlier.value else { return Some(cell) };
        let book = self.all.book;
        let of_it = |series: &&Series<'b>| {
            series.indicator.code() == earlier.indicator && series.breakdown == earlier.breakdown
        };
        let territory = book.territory();
        let commune = territory.get(&earlier.place).map(|commune| commune.code());
        let place = commune.or_else(|| territory.area(&earlier.place).map(|area| area.code()));
        let series = self.all.series.iter().find(of_it);
        let now = series.and_then(|series| {
            let cell = series.cell(period, place?)?;
            Some((cell.value.ok()?, told(series, cell)?))
        });
        match now {
            Some((now, told)) => (now.total_cmp(&value).is_eq()).then_some(Cell { value: told.count(), ..cell }),
            // A count of a place that has no figure now; of a rate, what was counted is not known.
            None => {
                let indicator = book.taxonomy().indicator(&earlier.indicator)?;
                let is_count = indicator.aggregation() == crate::taxonomy::Aggregation::Sum;
                let value = super::whole(value).filter(|_| is_count)?;
                Some(Cell { value: Some(value), ..cell })
            }
        }
    }
}

/// The parts of the population of all figures, now and in earlier dashboards, each with the indicator.
fn breakdowns<'s>(
    all: &'s Harmonised<'_>,
    ask: &'s Protect<'_>,
) -> impl Iterator<Item = (&'s str, &'s (&'static str, String))> {
    let now = all.series.iter().map(|series| (series.indicator.code(), &series.breakdown));
    let earlier = ask.earlier.iter().map(|earlier| (earlier.indicator.as_str(), &earlier.breakdown));
    now.chain(earlier).flat_map(|(indicator, parts)| parts.iter().map(move |part| (indicator, part)))
}

/// Whose codes a field has: those of the indicator, where the taxonomy does not say what makes up the whole.
fn owner<'s>(book: &Rulebook, field: &str, indicator: &'s str) -> &'s str {
    if parts::is_shared(book, field) { "" } else { indicator }
}

/// The rule of figures of an indicator from some sources: the strictest of the default, the rules of the producers, and that of the one who publishes.
pub(super) fn rule(
    all: &Harmonised<'_>,
    ask: &Protect<'_>,
    indicator: &str,
    breakdown: &Breakdown,
    sources: &BTreeSet<&str>,
) -> Rule {
    let rules = all.book.disclosure();
    let theme = all.book.taxonomy().indicator(indicator).map_or("", |indicator| indicator.theme());
    let is_sensitive = rules.is_sensitive(theme, indicator, breakdown.iter().map(|(field, _)| *field));
    let named = ask.rules.iter().filter(|(source, _)| sources.contains(*source)).flat_map(|(_, ids)| ids);
    let own = rules.default_of(is_sensitive).clone();
    named.filter_map(|id| rules.get(id)).chain(&ask.rule).fold(own, |rule, other| rule.and(other))
}
