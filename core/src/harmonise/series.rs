//! One indicator and one part of the population: a cell for each place and period.

use super::cell::{Absent, Cell, Operation};
use super::periods::Shown;
use super::request::{Breakdown, Breakdowns};
use super::{NAMED_ROWS, POPULATION, Work};
use crate::figures::Figure;
use crate::finding::{Code, Finding, Path};
use crate::period::Period;
use crate::rulebook::Rulebook;
use crate::taxonomy::{Aggregation, Evidence, Grade, Indicator};
use crate::territory::{AreaKind, System, Territory};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The level of a commune.
const COMMUNE: &str = "COM";

/// How the figures of the sides may be shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// There is only one side.
    OneSide,
    /// Together, and ranked.
    Ranked,
    /// Together, with the caveat.
    WithCaveat,
    /// Side by side, neither ranked nor added up.
    Beside,
    /// Each on its side.
    Apart,
}

impl Show {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneSide => "one_side",
            Self::Ranked => "ranked",
            Self::WithCaveat => "with_caveat",
            Self::Beside => "beside",
            Self::Apart => "apart",
        }
    }

    fn of(grade: Grade, sides: usize) -> Self {
        match grade {
            _ if sides < 2 => Self::OneSide,
            Grade::A => Self::Ranked,
            Grade::B => Self::WithCaveat,
            Grade::C => Self::Beside,
            Grade::N => Self::Apart,
        }
    }
}

/// The part of the population of a figure.
type Parts<'a> = [(&'static str, &'a str)];

/// The figures that were given for each cell.
type Given<'f, 'a, 'b> = BTreeMap<(usize, &'b str), Vec<&'f Figure<'a>>>;

/// Cells by period and place.
pub(super) type Cells<'b> = BTreeMap<(usize, &'b str), Cell<'b>>;

/// One indicator and one part of the population.
#[derive(Clone, Debug)]
pub struct Series<'b> {
    /// What was counted.
    pub indicator: &'b Indicator,
    /// The part of the population.
    pub breakdown: Breakdown,
    /// How the figures of the sides may be shown together.
    pub show: Show,
    /// What has to be said beside all of its figures.
    pub caveats: Vec<&'static str>,
    pub(super) cells: Cells<'b>,
    pub(super) shown: Vec<(usize, &'b str)>,
}

impl<'b> Series<'b> {
    /// How figures of two sides may be shown together, whether both are there or not.
    pub(crate) fn across(&self) -> Show {
        Show::of(self.indicator.grade(), usize::MAX)
    }

    /// The cells that are shown: by period, communes first, areas after them.
    pub fn cells(&self) -> impl Iterator<Item = &Cell<'b>> {
        self.shown.iter().filter_map(|key| self.cells.get(key))
    }

    /// All cells, by period and place: those of earlier periods tell the course.
    pub fn all(&self) -> impl Iterator<Item = &Cell<'b>> {
        self.cells.values()
    }

    /// A cell, shown or not.
    #[must_use]
    pub fn cell(&self, period: usize, place: &'b str) -> Option<&Cell<'b>> {
        self.cells.get(&(period, place))
    }

    pub(super) fn hide(&mut self, keys: &[(usize, &'b str)]) {
        for key in keys {
            if let Some(cell) = self.cells.get_mut(key) {
                cell.hide();
            }
        }
    }
}

/// Whether a side has the figures of an indicator for communes, all or some.
pub(super) fn is_of_communes(book: &Rulebook, indicator: &Indicator, side: System) -> bool {
    let rank = |code: &str| book.taxonomy().level(code).map(|level| level.rank());
    let of_communes = rank(COMMUNE);
    // A level that has no rank is the partner's own register, or a school.
    let reaches =
        |level: Option<&str>| level.is_some_and(|level| rank(level).is_none_or(|rank| Some(rank) <= of_communes));
    reaches(indicator.lowest(side)) || reaches(indicator.partial(side))
}

impl<'b> Work<'_, 'b> {
    /// All series that are asked for.
    pub(super) fn series(&mut self, figures: &[Figure<'_>]) -> Vec<Series<'b>> {
        self.periods = self.all_periods(figures);
        let texts = self.periods.iter().enumerate().map(|(at, (text, _))| (text.clone(), at));
        let place_in: BTreeMap<String, usize> = crate::order::map(texts);
        let mut groups: BTreeMap<(&str, &Parts<'_>), Given<'_, '_, 'b>> = BTreeMap::new();
        for figure in figures {
            let place = self.place_of(figure);
            let period = place_in.get(figure.period.0).copied();
            if let (Some(place), Some(period)) = (place, period) {
                let group = groups.entry((figure.indicator.code(), &figure.breakdown)).or_default();
                group.entry((period, place)).or_default().push(figure);
            }
        }
        let mut raw: BTreeMap<(String, Breakdown), Cells<'b>> = BTreeMap::new();
        for ((code, breakdown), group) in groups {
            let parts: Breakdown = breakdown.iter().map(|(field, code)| (*field, (*code).to_owned())).collect();
            let cells = group.into_iter().map(|(key, figures)| (key, self.cell_of(key, &figures)));
            raw.insert((code.to_owned(), parts), cells.collect());
        }
        self.finish(raw)
    }

    /// The periods of some figures and of the request, in their order.
    fn all_periods(&self, figures: &[Figure<'_>]) -> Vec<(String, Period)> {
        let mut seen: BTreeSet<(crate::date::Date, crate::date::Date, &str)> = BTreeSet::new();
        let asked = match &self.request.periods {
            super::request::Periods::These(periods) => periods.as_slice(),
            _ => &[],
        };
        let asked = asked.iter().filter_map(|text| Some((text.as_str(), Period::parse(text)?)));
        for (text, span) in figures.iter().map(|figure| figure.period).chain(asked) {
            seen.insert((span.first(), span.last(), text));
        }
        seen.into_iter().filter_map(|(_, _, text)| Some((text.to_owned(), Period::parse(text)?))).collect()
    }

    /// The place of a figure by the code of the rulebook; none for an area that nobody asked for.
    fn place_of(&self, figure: &Figure<'_>) -> Option<&'b str> {
        let territory = self.book.territory();
        if figure.is_commune {
            return territory.get(figure.place).map(|commune| commune.code());
        }
        let area = territory.area_of_figures(figure.place)?;
        let is_asked = self.request.areas.contains(&area.code()) || self.request.zone == Some(area.code());
        (is_asked || area.kind() == AreaKind::Country).then_some(area.code())
    }

    /// The cell of the figures that were given for it.
    fn cell_of(&mut self, (period, place): (usize, &'b str), figures: &[&Figure<'_>]) -> Cell<'b> {
        let chosen = self.chosen(figures);
        let Some(first) = chosen.first() else { return Cell::absent(place, None, period, Absent::Missing) };
        let rows: Vec<usize> = chosen.iter().map(|figure| figure.row).collect();
        let told = |figure: &Figure<'_>| (figure.value.map(f64::to_bits), figure.status.map(str::to_owned));
        let differ = chosen.iter().any(|figure| told(figure) != told(first));
        let code = |list: &str, text: Option<&str>| -> Option<&'b str> {
            self.book.codes().get(list)?.find(text?).map(|code| code.code())
        };
        let year = i64::from(first.period.1.first().parts().0);
        let cell = Cell {
            place,
            is_commune: first.is_commune,
            side: side_of(self.book, place),
            period,
            value: first.value.ok_or(Absent::of_status(first.status)),
            status: code("obs_status", first.status),
            vintage: Some(first.vintage.unwrap_or(year)),
            vintage_assumed: first.vintage.is_none(),
            source: code("data_provider", first.source),
            operations: vec![if first.converted_from.is_some() { Operation::Converted } else { Operation::Given }],
            rows,
            is_mixed: false,
            counts: (first.numerator, first.denominator),
        };
        if !differ {
            return cell;
        }
        let paths: Vec<Path> = chosen.iter().take(NAMED_ROWS).map(|figure| figure.path("value")).collect();
        let finding = Finding::new(Code::HarmoniseSeveral, paths).with("indicator", first.indicator.code());
        self.findings.push(finding.with("place", place).with("period", first.period.0));
        Cell {
            value: Err(Absent::Several),
            status: None,
            source: None,
            counts: (None, None),
            operations: Vec::new(),
            ..cell
        }
    }

    /// Of several figures for one cell those of the wanted vintage, if there are such, and of the producer that comes first.
    fn chosen<'f, 'a>(&self, figures: &[&'f Figure<'a>]) -> Vec<&'f Figure<'a>> {
        let wanted = self.request.vintage;
        let mut chosen: Vec<&Figure<'_>> = figures.to_vec();
        if wanted.is_some() && chosen.iter().any(|figure| figure.vintage == wanted) {
            chosen.retain(|figure| figure.vintage == wanted);
        }
        let first =
            self.request.sources.iter().find(|source| chosen.iter().any(|figure| figure.source == Some(**source)));
        if let Some(first) = first {
            chosen.retain(|figure| figure.source == Some(*first));
        }
        chosen
    }

    /// Carries, chooses periods and computes totals, once all cells that were given are there.
    fn finish(&mut self, mut raw: BTreeMap<(String, Breakdown), Cells<'b>>) -> Vec<Series<'b>> {
        // Weights first: means are weighed by the communes that the figures follow.
        let population: BTreeMap<Breakdown, Cells<'b>> = raw
            .iter()
            .filter(|((code, _), _)| *code == POPULATION)
            .map(|((_, breakdown), cells)| (breakdown.clone(), cells.clone()))
            .filter(|_| self.weights().is_some())
            .collect();
        let mut carried_population: BTreeMap<Breakdown, Cells<'b>> = BTreeMap::new();
        if let Some(indicator) = self.book.taxonomy().indicator(POPULATION) {
            for (breakdown, cells) in &population {
                let carried = self.carried(indicator, cells.clone(), None, false);
                carried_population.insert(breakdown.clone(), carried);
            }
        }
        let mut wanted: Vec<(&'b Indicator, Breakdown)> = Vec::new();
        for code in &self.request.indicators {
            let Some(indicator) = self.book.taxonomy().indicator(code) else { continue };
            let given = raw.keys().filter(|(given, _)| given == code).map(|(_, breakdown)| breakdown.clone());
            wanted.extend(self.parts_of(indicator, given).into_iter().map(|breakdown| (indicator, breakdown)));
        }
        let mut ready = Vec::new();
        for (indicator, breakdown) in wanted {
            let cells = raw.remove(&(indicator.code().to_owned(), breakdown.clone())).unwrap_or_default();
            let cells = self.carried(indicator, cells, population.get(&breakdown), true);
            ready.push((indicator, breakdown, cells));
        }
        let places = self.places(&ready);
        let close = |(indicator, breakdown, cells): (&'b Indicator, Breakdown, Cells<'b>)| {
            let weights = carried_population.get(&breakdown);
            self.closed(indicator, breakdown, cells, &places, weights)
        };
        ready.into_iter().map(close).collect()
    }

    /// The parts of the population of an indicator that are asked for and that it has, the total first.
    fn parts_of(&self, indicator: &Indicator, given: impl Iterator<Item = Breakdown>) -> Vec<Breakdown> {
        match &self.request.breakdowns {
            Breakdowns::All => {
                let given: BTreeSet<Breakdown> = crate::order::set(given.chain([Breakdown::new()]));
                given.into_iter().collect()
            }
            Breakdowns::These(all) => {
                let has = |field: &str| indicator.breakdowns().any(|known| known == field);
                all.iter().filter(|parts| parts.iter().all(|(field, _)| has(field))).cloned().collect()
            }
        }
    }

    /// The communes that are shown, sorted: those asked for, else those of the zone that have a figure.
    fn places(&mut self, ready: &[(&'b Indicator, Breakdown, Cells<'b>)]) -> Vec<&'b str> {
        let mut places: Vec<&'b str> = self.request.territories.clone();
        if let Some(zone) = self.request.zone.filter(|_| places.is_empty()) {
            let inside = self.frame(zone);
            let given = ready.iter().flat_map(|(_, _, cells)| cells.values());
            let given = given.filter(|cell| cell.is_commune && inside.contains(cell.place)).map(|cell| cell.place);
            places = crate::order::set(given).into_iter().collect();
        }
        crate::order::sort_by(&mut places, Ord::cmp);
        places
    }

    /// A series with its totals, and what of it is shown.
    fn closed(
        &mut self,
        indicator: &'b Indicator,
        breakdown: Breakdown,
        mut cells: Cells<'b>,
        places: &[&'b str],
        weights: Option<&Cells<'b>>,
    ) -> Series<'b> {
        let shown = Shown::of(self, indicator, &cells, places);
        self.totals(indicator, &mut cells, weights, &shown);
        let mut keys: Vec<(usize, &'b str)> = Vec::new();
        for period in shown.all() {
            for place in places {
                let side = side_of(self.book, place);
                if side.is_some_and(|side| shown.has(side, *period)) {
                    keys.push((*period, *place));
                    cells
                        .entry((*period, *place))
                        .or_insert_with(|| Cell::absent(place, side, *period, self.why_missing(indicator, side)));
                }
            }
            let areas = self.areas().into_iter().filter(|area| cells.contains_key(&(*period, *area)));
            keys.extend(areas.map(|area| (*period, area)));
        }
        let of_places = places.iter().chain(&self.request.areas).filter_map(|place| side_of(self.book, place));
        let sides: BTreeSet<System> = crate::order::set(of_places);
        Series {
            show: Show::of(indicator.grade(), sides.len()),
            caveats: caveats(self.book, indicator, sides.len()),
            indicator,
            breakdown,
            cells,
            shown: keys,
        }
    }

    /// The areas that are shown: those asked for, and the zone.
    pub(super) fn areas(&self) -> Vec<&'b str> {
        let mut areas = self.request.areas.clone();
        areas.extend(self.request.zone.filter(|zone| !areas.contains(zone)));
        areas
    }

    fn why_missing(&self, indicator: &Indicator, side: Option<System>) -> Absent {
        let Some(side) = side else { return Absent::Missing };
        match indicator.lowest(side) {
            None => Absent::NotAvailable,
            Some(_) if !is_of_communes(self.book, indicator, side) => Absent::NotAtLevel,
            Some(_) => Absent::Missing,
        }
    }

    /// The communes that lie in an area at any time.
    pub(super) fn frame(&mut self, area: &'b str) -> Rc<BTreeSet<&'b str>> {
        let territory = self.book.territory();
        let inside = || Rc::new(communes_of(territory, area));
        Rc::clone(self.frames.entry(area).or_insert_with(inside))
    }
}

/// The communes that lie in an area at any time.
pub(crate) fn communes_of<'b>(territory: &'b Territory, area: &str) -> BTreeSet<&'b str> {
    let by_zone = territory.area(area).is_some_and(|area| matches!(area.kind(), AreaKind::Zone | AreaKind::Epci));
    let inside = |code: &&str| match by_zone {
        true => territory.get(code).is_some_and(|commune| commune.in_zone(area)),
        false => territory.ancestors(code).iter().any(|ancestor| ancestor.code() == area),
    };
    crate::order::set(territory.communes().map(|commune| commune.code()).filter(inside))
}

/// The side of a commune or an area.
pub(super) fn side_of(book: &Rulebook, place: &str) -> Option<System> {
    let territory = book.territory();
    if let Some(commune) = territory.get(place) {
        return Some(commune.system());
    }
    let above = territory.ancestors(place).into_iter().find_map(|area| System::parse(area.code()));
    System::parse(place).or(above).or_else(|| book.taxonomy().side_of(place))
}

/// What has to be said beside all figures of an indicator where so many sides are shown.
fn caveats(book: &Rulebook, indicator: &Indicator, sides: usize) -> Vec<&'static str> {
    let of_grade = match indicator.grade() {
        Grade::B => Some("grade_b"),
        Grade::C => Some("grade_c"),
        Grade::A | Grade::N => None,
    };
    let mut caveats: Vec<&str> = of_grade.filter(|_| sides > 1).into_iter().collect();
    let marks = ["national_line", "cross_border_workers_missing"];
    caveats.extend(marks.into_iter().filter(|mark| book.taxonomy().is_marked(mark, indicator.code())));
    caveats.extend(Some("not_additive").filter(|_| indicator.aggregation() == Aggregation::NonAdditiveDistinct));
    caveats.extend(Some("definition_to_verify").filter(|_| indicator.evidence() == Evidence::ToVerify));
    caveats
}
