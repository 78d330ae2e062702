//! The dashboard as pictures: which marks there are, on which axes, and what is said beside them.
//!
//! A [`Dashboard`] enters with [`ChartOptions`]; [`Picture`]s leave, or their specifications ([`Dashboard::charts_json`]). Which figures may share an axis
//! follows from how the series is shown: those of grades C and N, and positions that each country measures by a line of its own, lie apart.

use super::Teller;
use crate::dashboard::{Dashboard, Entry, Trends};
use crate::harmonise::request::{Request, breakdown_json};
use crate::harmonise::{Absent, Cell, Series, Show};
use crate::json::Json;
use crate::message::{Lang, show_number};
use crate::order;
use crate::picture::{Group, Kind, Mark, OF_PLACES, Panel, Picture, Scale, State};
use crate::rulebook::Rulebook;
use crate::taxonomy::Aggregation;
use crate::territory::{AreaKind, System};
use std::collections::{BTreeMap, BTreeSet};

/// The place of reference areas among the groups.
const REFERENCE: usize = 4;
/// So many figures are told to those who do not see a picture.
const TOLD: usize = 40;
/// The members of the options.
const NAMES: [&str; 4] = ["kinds", "boundaries", "property", "country"];

/// Which charts are made.
///
/// ```
/// use sam_eurometropole::ChartOptions;
/// assert!(ChartOptions::from_json(r#"{"kinds": ["bars", "trend"]}"#).is_ok());
/// assert_eq!(ChartOptions::from_json(r#"{"kinds": ["pie"]}"#).unwrap_err().name, "kinds");
/// ```
#[derive(Clone, Debug, Default)]
pub struct ChartOptions {
    /// The kinds; all where none is named.
    pub kinds: Vec<Kind>,
    /// Shapes by the code of the commune, as GeoJSON geometries.
    shapes: BTreeMap<String, Json>,
}

/// An option that there is not, or whose value does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no option of charts, or its value does not fit")]
pub struct WrongChartOption {
    /// Its name; empty if the options are no object.
    pub name: String,
}

impl ChartOptions {
    /// Reads them: `kinds`, a list; `boundaries`, a GeoJSON `FeatureCollection`; `property`, the property of its features that holds the code of the
    /// commune (`code` if not given); `country`, where codes are written without it: `FR`, `BE`, or the property that says which.
    ///
    /// # Errors
    /// [`WrongChartOption`], the first that is wrong.
    pub fn from_json(text: &str) -> Result<Self, WrongChartOption> {
        let wrong = |name: &str| WrongChartOption { name: name.to_owned() };
        let json = if text.is_empty() { Ok(Json::Object(Vec::new())) } else { Json::parse(text) };
        let json = json.map_err(|_| wrong(""))?;
        let members = json.as_object().ok_or_else(|| wrong(""))?;
        if let Some((name, _)) = members.iter().find(|(name, _)| !NAMES.contains(&name.as_str())) {
            return Err(wrong(name));
        }
        let kind = |json: &Json| Kind::ALL.into_iter().find(|kind| Some(kind.as_str()) == json.as_str());
        let kinds = json.get("kinds").map(|kinds| kinds.as_list()?.iter().map(kind).collect::<Option<Vec<_>>>());
        let word = |name: &str| json.get(name).map(|value| value.as_str().ok_or_else(|| wrong(name))).transpose();
        let (property, country) = (word("property")?.unwrap_or("code"), word("country")?);
        let shapes =
            json.get("boundaries").map(|given| shapes(given, property, country).ok_or_else(|| wrong("boundaries")));
        Ok(Self {
            kinds: kinds.map_or(Some(Vec::new()), |kinds| kinds).ok_or_else(|| wrong("kinds"))?,
            shapes: shapes.transpose()?.unwrap_or_default(),
        })
    }

    fn has(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// The geometries of a collection by the code of the commune. Features without a code or a shape are left out.
fn shapes(collection: &Json, property: &str, country: Option<&str>) -> Option<BTreeMap<String, Json>> {
    let features = collection.get("features")?.as_list()?;
    let word = |feature: &Json, name: &str| {
        let value = feature.get("properties").and_then(|all| all.get(name)).or_else(|| feature.get(name))?;
        value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|code| code.to_string()))
    };
    let code = |feature: &Json| {
        let code = word(feature, property)?;
        match country {
            None => Some(code),
            Some(country @ ("FR" | "BE")) => Some(format!("{country}-{code}")),
            Some(name) => Some(format!("{}-{code}", word(feature, name)?)),
        }
    };
    let shape = |feature: &Json| Some((code(feature)?, geometry(feature.get("geometry")?)?));
    Some(order::map(features.iter().filter_map(shape)))
}

/// Polygons with their outer rings clockwise, as Vega draws them on its sphere; GeoJSON has them the other way round.
fn geometry(given: &Json) -> Option<Json> {
    let kind = given.get("type")?.as_str()?;
    let parts = given.get("coordinates")?.as_list()?;
    let coordinates = match kind {
        "Polygon" => polygon(parts)?,
        "MultiPolygon" => {
            parts.iter().map(|part| polygon(part.as_list()?)).collect::<Option<Vec<_>>>()?.into_iter().collect()
        }
        _ => return None,
    };
    Some(Json::object([("type", Json::from(kind)), ("coordinates", coordinates)]))
}

fn polygon(rings: &[Json]) -> Option<Json> {
    let ring = |(at, ring): (usize, &Json)| {
        let points = ring.as_list()?;
        let clockwise = is_clockwise(points)?;
        let wanted = if at == 0 { clockwise } else { !clockwise };
        Some(if wanted { points.iter().cloned().collect() } else { points.iter().rev().cloned().collect() })
    };
    rings.iter().enumerate().map(ring).collect::<Option<Vec<Json>>>().map(|rings| rings.into_iter().collect())
}

fn degrees(json: &Json) -> Option<f64> {
    match json {
        Json::Int(whole) => i32::try_from(*whole).ok().map(f64::from),
        Json::Float(number) => Some(number.get()),
        _ => None,
    }
}

/// Only the sign of the area counts.
fn is_clockwise(points: &[Json]) -> Option<bool> {
    let place = |point: &Json| match point.as_list()? {
        [x, y, ..] => Some((degrees(x)?, degrees(y)?)),
        _ => None,
    };
    let places: Vec<(f64, f64)> = points.iter().map(place).collect::<Option<_>>()?;
    let twice = places.windows(2).fold(0.0, |area, pair| match pair {
        [(x, y), (next_x, next_y)] => area + (next_x - x) * (next_y + y),
        _ => area,
    });
    Some(twice > 0.0)
}

impl<'b> Dashboard<'b> {
    /// All charts of the dashboard as pictures.
    #[must_use]
    pub fn pictures(&self, lang: Lang, options: &ChartOptions) -> Vec<Picture> {
        let mut pictures = Vec::new();
        for at in 0..self.series.len() {
            pictures.extend(Drawer::of(self, at, lang).into_iter().flat_map(|drawer| drawer.pictures(options)));
        }
        pictures
    }

    /// All charts as Vega-Lite specifications: `charts`, a list of `id`, `kind`, `indicator`, `breakdown`, `title` and `spec`, with what made them and the
    /// request as it was understood.
    #[must_use]
    pub fn charts_json(&self, lang: Lang, options: &ChartOptions) -> Json {
        let mut charts = Vec::new();
        for at in 0..self.series.len() {
            let Some(drawer) = Drawer::of(self, at, lang) else { continue };
            for picture in drawer.pictures(options) {
                charts.push(Json::object([
                    ("id", Json::from(picture.id.as_str())),
                    ("kind", Json::from(picture.kind.as_str())),
                    ("indicator", Json::from(picture.indicator.as_str())),
                    ("breakdown", breakdown_json(&drawer.series.breakdown)),
                    ("title", Json::from(picture.title.as_str())),
                    ("spec", picture.to_vega_lite()),
                ]));
            }
        }
        let all = &self.harmonised;
        Json::object([
            ("made_by", all.book.made_by(&[])),
            ("request", all.request.as_ref().map_or(Json::Null, Request::to_json)),
            ("charts", Json::List(charts)),
        ])
    }
}

/// A cell on the axis that it may be drawn on.
struct Spot<'s, 'b> {
    cell: &'s Cell<'b>,
    /// What sets its axis apart; empty where all share one.
    axis: String,
}

/// Draws one series.
pub(super) struct Drawer<'d, 'b> {
    board: &'d Dashboard<'b>,
    pub(super) series: &'d Series<'b>,
    entries: &'d [Entry<'b>],
    teller: Teller<'b>,
    at: usize,
    /// The only place that is drawn, with what it is held against.
    only: Option<&'d str>,
}

impl<'d, 'b> Drawer<'d, 'b> {
    pub(super) fn of(board: &'d Dashboard<'b>, at: usize, lang: Lang) -> Option<Self> {
        let series = board.harmonised.series.get(at)?;
        let teller = Teller { book: board.harmonised.book, lang, values: true };
        Some(Self { board, series, entries: board.series.get(at)?, teller, at, only: None })
    }

    /// The same for one place.
    pub(super) fn only(self, place: &'d str) -> Self {
        Self { only: Some(place), ..self }
    }

    fn book(&self) -> &'b Rulebook {
        self.board.harmonised.book
    }

    /// What can be drawn of the kinds that are asked for.
    pub(super) fn pictures(&self, options: &ChartOptions) -> Vec<Picture> {
        let mut pictures = Vec::new();
        let mut add = |kind: Kind, draw: &dyn Fn() -> Option<Picture>| {
            if options.has(kind) {
                pictures.extend(draw());
            }
        };
        add(Kind::Bars, &|| self.bars());
        add(Kind::Trend, &|| self.trend());
        add(Kind::Multiples, &|| self.multiples());
        add(Kind::Dots, &|| self.dots());
        add(Kind::Areas, &|| self.areas(&options.shapes));
        pictures
    }

    fn is_count(&self) -> bool {
        matches!(self.series.indicator.aggregation(), Aggregation::Sum | Aggregation::NonAdditiveDistinct)
    }

    fn kind_of(&self, cell: &Cell<'_>) -> Option<AreaKind> {
        self.book().territory().area(cell.place).map(crate::territory::Area::kind)
    }

    /// What all figures are held against: the zone and the countries.
    fn is_reference(&self, cell: &Cell<'_>) -> bool {
        let zone = self.board.harmonised.request.as_ref().and_then(|request| request.zone);
        !cell.is_commune && (zone == Some(cell.place) || self.kind_of(cell) == Some(AreaKind::Country))
    }

    fn group_of(&self, cell: &Cell<'_>) -> usize {
        match cell.side {
            _ if self.is_reference(cell) && self.only != Some(cell.place) => REFERENCE,
            Some(System::Fr) => 0,
            Some(System::BeWal) => 1,
            Some(System::BeVlg) => 2,
            _ => 3,
        }
    }

    fn groups(&self) -> Vec<Group> {
        let area = |code: &str| {
            let name = self.book().territory().area(code).and_then(|area| area.name(self.teller.lang));
            name.map_or_else(|| code.to_owned(), |name| name.to_string())
        };
        let names = [area("FR"), area("BE-WAL"), area("BE-VLG"), self.teller.word("picture.other")];
        let names = names.into_iter().chain([self.teller.word("picture.reference")]);
        names.enumerate().map(|(colour, name)| Group { name, colour }).collect()
    }

    /// The axis that a figure may be drawn on; none where it may stand on no axis with others.
    fn axis(&self, cell: &Cell<'_>) -> Option<String> {
        let name = |code: &str| {
            let name = self.book().territory().area(code).and_then(|area| area.name(self.teller.lang));
            name.map_or_else(|| code.to_owned(), |name| name.to_string())
        };
        if self.lies_apart() {
            return Some(name(cell.side?.as_str()));
        }
        let of_lines = self.book().taxonomy().is_marked("national_line", self.series.indicator.code());
        match cell.place.get(..2) {
            Some(country @ ("FR" | "BE")) if of_lines && self.countries() > 1 => Some(name(country)),
            _ if of_lines && self.countries() > 1 => None,
            _ => Some(String::new()),
        }
    }

    fn lies_apart(&self) -> bool {
        matches!(self.series.show, Show::Beside | Show::Apart)
    }

    /// How many countries have places that are shown.
    fn countries(&self) -> usize {
        let countries = self.entries.iter().filter(|entry| !self.is_reference(&entry.cell));
        order::set(countries.filter_map(|entry| entry.cell.place.get(..2))).len()
    }

    /// The latest figure of each place that is shown, then what they are held against.
    fn latest(&self) -> Vec<Spot<'_, 'b>> {
        let mut cells: Vec<&Cell<'b>> = Vec::new();
        for entry in self.entries.iter().rev() {
            if cells.iter().all(|cell| cell.place != entry.cell.place) {
                cells.push(&entry.cell);
            }
        }
        cells.reverse();
        // Side by side: the side is what a reader looks for first.
        order::sort_by(&mut cells, |a, b| self.group_of(a).cmp(&self.group_of(b)));
        if let Some(only) = self.only {
            cells.retain(|cell| cell.place == only || self.is_reference(cell));
        }
        let has_others = cells.iter().any(|cell| !self.is_reference(cell));
        // Counts follow the size of a place: the count of a zone would hide those of its communes.
        if self.is_count() && has_others {
            cells.retain(|cell| !self.is_reference(cell) || self.only == Some(cell.place));
        } else {
            cells.extend(self.countries_of(&cells));
        }
        cells.into_iter().filter_map(|cell| Some(Spot { cell, axis: self.axis(cell)? })).collect()
    }

    /// The figures of the countries that the places lie in, in the latest period, where they are not shown anyway.
    fn countries_of(&self, cells: &[&Cell<'b>]) -> Vec<&'d Cell<'b>> {
        let Some(period) = cells.iter().map(|cell| cell.period).max() else { return Vec::new() };
        let is_wanted = |country: &str| {
            let shown = cells.iter().any(|cell| cell.place == country);
            !shown && cells.iter().any(|cell| cell.place.get(..2) == Some(country))
        };
        let country = |code: &str| self.series.all().find(|cell| cell.period == period && cell.place == code);
        let countries = ["FR", "BE"].into_iter().filter(|code| is_wanted(code)).filter_map(country);
        countries.filter(|cell| cell.value.is_ok()).collect()
    }

    fn name_of(&self, cell: &Cell<'_>) -> String {
        let territory = self.book().territory();
        if let Some(commune) = territory.get(cell.place) {
            let country = cell.place.get(..2).unwrap_or_default();
            return format!("{} ({country})", commune.name(self.teller.lang));
        }
        let name = territory.area_of_figures(cell.place).and_then(|area| area.name(self.teller.lang));
        name.map_or_else(|| cell.place.to_owned(), |name| name.to_string())
    }

    /// A value with a mark for what has to be said beside it, or why there is none.
    fn label(&self, cell: &Cell<'_>) -> String {
        let value = match cell.value {
            Ok(value) => show_number(value, self.teller.lang),
            Err(why) => return self.teller.word(&format!("dashboard.absent.{}", why.as_str())),
        };
        let floor = if cell.status == Some("left_censored") { "≤\u{a0}" } else { "" };
        let star = if cell.caveats().is_empty() { "" } else { "\u{a0}*" };
        format!("{floor}{value}{star}")
    }

    fn mark(&self, cell: &Cell<'_>) -> Mark {
        let text = self.board.harmonised.period(cell).to_owned();
        let month = self.month(cell.period);
        let centre = self.book().territory().get(cell.place).and_then(crate::territory::Commune::centre);
        Mark {
            place: cell.place.to_owned(),
            name: self.name_of(cell),
            group: self.group_of(cell),
            state: match cell.value {
                Ok(value) => State::Value(value),
                Err(Absent::Hidden | Absent::PartHidden) => State::Hidden,
                Err(_) => State::Absent,
            },
            label: self.label(cell),
            period: (month, text),
            run: 0,
            at: centre.map(|centre| [centre.lon(), centre.lat()]),
            shape: None,
        }
    }

    fn month(&self, period: usize) -> i64 {
        let first = self.board.harmonised.periods.get(period).map(|(_, span)| span.first().parts());
        first.map_or(0, |(year, month, _)| i64::from(year) * 12 + i64::from(month) - 1)
    }

    /// Marks by their axis, those of different periods apart.
    fn panels(&self, spots: &[Spot<'_, 'b>]) -> Vec<Panel> {
        let mut panels: Vec<((String, usize), Panel)> = Vec::new();
        let periods: BTreeSet<usize> = order::set(spots.iter().map(|spot| spot.cell.period));
        for spot in spots {
            let key = (spot.axis.clone(), spot.cell.period);
            let mark = self.mark(spot.cell);
            match panels.iter_mut().find(|(known, _)| *known == key) {
                Some((_, panel)) => panel.marks.push(mark),
                None => {
                    let period = mark.period.1.clone();
                    let heading = match (spot.axis.as_str(), periods.len()) {
                        (axis, 0 | 1) => axis.to_owned(),
                        ("", _) => period,
                        (axis, _) => format!("{axis} – {period}"),
                    };
                    panels.push((key, Panel { heading, marks: vec![mark], ..Panel::default() }));
                }
            }
        }
        let mut panels: Vec<Panel> = panels.into_iter().map(|(_, panel)| panel).collect();
        if let [panel] = panels.as_mut_slice() {
            panel.heading.clear();
        }
        panels.iter_mut().for_each(told_apart);
        panels
    }

    /// A picture without its marks.
    fn picture(&self, kind: Kind, panels: Vec<Panel>, cells: &[&Cell<'_>]) -> Picture {
        let indicator = self.series.indicator;
        let title = self.teller.labels(&Json::from(indicator.code()), "indicator");
        let mut title = format!("{}{}", title.as_str().unwrap_or_default(), self.teller.parts(&self.series.breakdown));
        let are_apart = panels.len() > 1 && kind != Kind::Multiples;
        if are_apart || (kind == Kind::Multiples && self.axes() > 1) {
            title = self.teller.with("picture.apart", &[("title", Json::from(title))]);
        }
        let unit = self.teller.labels(&Json::from(indicator.unit()), "unit");
        let mut picture = Picture {
            id: self.id(kind),
            kind,
            indicator: indicator.code().to_owned(),
            show: self.series.show.as_str(),
            title,
            notes: Vec::new(),
            legend: Vec::new(),
            unit: unit.as_str().unwrap_or_default().to_owned(),
            description: String::new(),
            groups: self.groups(),
            panels,
            lang: self.teller.lang,
        };
        picture.legend = self.legend(&picture, cells);
        picture.notes = self.notes(&picture, cells);
        picture.description = self.description(&picture);
        picture
    }

    /// How many axes the places that are shown need.
    fn axes(&self) -> usize {
        order::set(self.entries.iter().filter_map(|entry| self.axis(&entry.cell))).len()
    }

    fn id(&self, kind: Kind) -> String {
        let code: String = self
            .series
            .indicator
            .code()
            .chars()
            .map(|one| if one.is_ascii_alphanumeric() { one } else { '-' })
            .collect();
        let place = self.only.map_or_else(String::new, |place| format!("-{place}"));
        format!("{code}-{}-{}{place}", self.at, kind.as_str())
    }

    /// What has to be said beside the marks.
    fn notes(&self, picture: &Picture, cells: &[&Cell<'_>]) -> Vec<String> {
        let teller = &self.teller;
        let mut periods: Vec<&str> = Vec::new();
        for (_, period) in order::set(cells.iter().map(|cell| (cell.period, self.board.harmonised.period(cell)))) {
            periods.push(period);
        }
        let periods = match periods.as_slice() {
            [first, .., last] if matches!(picture.kind, Kind::Trend | Kind::Multiples) => format!("{first}–{last}"),
            all => all.join(", "),
        };
        let mut notes = vec![format!("{} – {periods}", picture.unit)];
        if self.series.show != Show::OneSide {
            notes.push(self.graded());
        }
        notes.extend(self.marks_of_series().map(|mark| teller.word(&format!("dashboard.caveat.{mark}"))));
        notes.extend(picture.legend.iter().cloned());
        let sources = order::set(cells.iter().filter_map(|cell| cell.source));
        let sources: Vec<String> = sources
            .iter()
            .filter_map(|source| teller.labels(&Json::from(*source), "data_provider").as_str().map(str::to_owned))
            .collect();
        if !sources.is_empty() {
            notes.push(teller.with("picture.sources", &[("sources", Json::from(sources.join(teller.semicolon())))]));
        }
        if picture.kind == Kind::Dots {
            notes.push(teller.word("picture.credit"));
        }
        notes
    }

    /// What stars and signs mean.
    fn legend(&self, picture: &Picture, cells: &[&Cell<'_>]) -> Vec<String> {
        let (teller, mut notes) = (&self.teller, Vec::new());
        let starred = order::set(cells.iter().flat_map(|cell| cell.caveats()));
        let starred: Vec<String> =
            starred.iter().map(|word| teller.word(&format!("dashboard.caveat.{word}"))).collect();
        if !starred.is_empty() {
            notes.push(format!("* {}", starred.join(teller.semicolon())));
        }
        let signs = [(State::Hidden, "picture.hidden"), (State::Absent, "picture.absent")];
        let signs = signs.into_iter().filter(|(state, _)| picture.has(*state)).map(|(_, id)| teller.word(id));
        let signs: Vec<String> = signs.collect();
        notes.extend((!signs.is_empty()).then(|| signs.join(teller.semicolon())));
        notes
    }

    /// The grade, how figures may be shown together, and why.
    pub(super) fn graded(&self) -> String {
        let (teller, indicator) = (&self.teller, self.series.indicator);
        let show = teller.word(&format!("dashboard.show.{}", self.series.show.as_str()));
        let grade = [("grade", Json::from(indicator.grade().as_str())), ("show", Json::from(show))];
        let grade = teller.with("picture.grade", &grade);
        match indicator.caveat(teller.lang).filter(|_| self.series.show != Show::Ranked) {
            Some(caveat) => format!("{grade} [{caveat}]"),
            None => grade,
        }
    }

    /// What has to be said beside all figures of the series and is not said by its grade.
    pub(super) fn marks_of_series(&self) -> impl Iterator<Item = &'static str> {
        self.series.caveats.iter().copied().filter(|mark| !mark.starts_with("grade_"))
    }

    /// The figures in words.
    fn description(&self, picture: &Picture) -> String {
        let teller = &self.teller;
        let marks = picture.panels.iter().flat_map(|panel| &panel.marks);
        let has_periods = matches!(picture.kind, Kind::Trend | Kind::Multiples);
        let tell = |mark: &Mark| match has_periods {
            true => format!("{}, {}{}{}", mark.name, mark.period.1, teller.colon(), mark.label),
            false => format!("{}{}{}", mark.name, teller.colon(), mark.label),
        };
        let mut told: Vec<String> = marks.clone().take(TOLD).map(tell).collect();
        if marks.count() > TOLD {
            told.push("…".to_owned());
        }
        format!("{}. {}.", picture.unit, told.join(teller.semicolon()))
    }

    fn bars(&self) -> Option<Picture> {
        let spots = self.latest();
        // One bar alone says no more than its number.
        if spots.iter().filter(|spot| spot.cell.value.is_ok()).count() < 2 && self.only.is_some() {
            return None;
        }
        let mut panels = self.panels(&spots);
        let by_value = |mark: &Mark| mark.state.value().unwrap_or(f64::NEG_INFINITY);
        let is_ranked = self.series.show == Show::Ranked;
        for panel in &mut panels {
            let of_group = |mark: &Mark| match mark.group {
                REFERENCE => (1, 0, false),
                _ if is_ranked => (0, 0, mark.state.value().is_none()),
                group => (0, group, mark.state.value().is_none()),
            };
            order::sort_by(&mut panel.marks, |a, b| {
                of_group(a).cmp(&of_group(b)).then_with(|| by_value(b).total_cmp(&by_value(a)))
            });
            panel.scale = Scale::from_zero(panel.marks.iter().filter_map(|mark| mark.state.value()), 6);
        }
        let cells: Vec<&Cell<'_>> = spots.iter().map(|spot| spot.cell).collect();
        (!panels.is_empty()).then(|| self.picture(Kind::Bars, panels, &cells))
    }

    /// The course of each place that has one, by its axis: the cells, the marks, and the breaks.
    fn courses(&self) -> Vec<(String, Vec<&'d Cell<'b>>, Panel)> {
        let trends = Trends::of(&self.board.harmonised, self.series);
        let mut courses = Vec::new();
        for spot in self.latest() {
            let cells = self.course(spot.cell);
            if cells.iter().filter(|cell| cell.value.is_ok()).count() < 2 {
                continue;
            }
            let mut panel = Panel::default();
            let broken = trends.broken(spot.cell.place);
            let mut last: Option<&Cell<'_>> = None;
            let mut run = 0;
            for cell in &cells {
                let is_floor = cell.status == Some("left_censored");
                let mut mark = self.mark(cell);
                if is_floor {
                    mark.state = State::Absent;
                    mark.label = self.teller.word("dashboard.caveat.left_censored");
                }
                let is_break = broken.contains(&cell.period);
                if is_break || mark.state.value().is_none() {
                    run += 1;
                }
                if let Some(last) = last.filter(|_| is_break) {
                    let middle = self.month(last.period) + self.month(cell.period);
                    let at = i32::try_from(middle).map_or(0.0, f64::from) / 2.0;
                    panel.breaks.push((at, self.teller.word("dashboard.caveat.break")));
                }
                mark.run = run;
                if mark.state.value().is_some() {
                    last = Some(cell);
                }
                panel.marks.push(mark);
            }
            courses.push((spot.axis, cells, panel));
        }
        courses
    }

    /// The cells of a place in periods as long as that of its latest figure.
    fn course(&self, latest: &Cell<'_>) -> Vec<&'d Cell<'b>> {
        let months = |at: usize| self.board.harmonised.periods.get(at).map(|(_, span)| crate::figures::length(*span));
        let cells = self.series.all().filter(|cell| cell.place == latest.place && cell.period <= latest.period);
        cells.filter(|cell| months(cell.period) == months(latest.period)).collect()
    }

    /// One panel for each axis, a line for each place.
    fn trend(&self) -> Option<Picture> {
        let mut panels: Vec<Panel> = Vec::new();
        let mut all = Vec::new();
        for (axis, cells, course) in self.courses() {
            all.extend(cells);
            match panels.iter_mut().find(|panel| panel.heading == axis) {
                Some(panel) => {
                    let breaks = course.breaks.into_iter().filter(|one| !panel.breaks.contains(one));
                    let breaks: Vec<_> = breaks.collect();
                    panel.breaks.extend(breaks);
                    panel.marks.extend(course.marks);
                }
                None => panels.push(Panel { heading: axis, ..course }),
            }
        }
        panels.iter_mut().for_each(told_apart);
        let is_full = |panel: &Panel| panel.names().len() > OF_PLACES.len();
        if panels.is_empty() || panels.iter().any(is_full) {
            return None;
        }
        for panel in &mut panels {
            panel.scale = Scale::around(panel.marks.iter().filter_map(|mark| mark.state.value()), 6);
        }
        Some(self.picture(Kind::Trend, panels, &all))
    }

    /// A small panel for each place; those that may be compared have the same scale.
    fn multiples(&self) -> Option<Picture> {
        let courses = self.courses();
        if courses.len() < 2 {
            return None;
        }
        let mut scales: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for (axis, _, panel) in &courses {
            let values = panel.marks.iter().filter_map(|mark| mark.state.value());
            scales.entry(axis.clone()).or_default().extend(values);
        }
        let (mut panels, mut all) = (Vec::new(), Vec::new());
        for (axis, cells, mut panel) in courses {
            all.extend(cells);
            panel.scale = Scale::around(scales.get(&axis).into_iter().flatten().copied(), 4);
            panel.heading = panel.marks.first().map(|mark| mark.name.clone()).unwrap_or_default();
            panels.push(panel);
        }
        Some(self.picture(Kind::Multiples, panels, &all))
    }

    fn dots(&self) -> Option<Picture> {
        let spots: Vec<Spot<'_, 'b>> = self.latest().into_iter().filter(|spot| spot.cell.is_commune).collect();
        let mut panels = self.panels(&spots);
        let without: Vec<String> = unplaced(&mut panels, |mark| mark.at.is_some());
        panels.retain(|panel| panel.marks.len() > 1);
        panels.iter_mut().for_each(|panel| self.classed(panel));
        panels.iter_mut().for_each(|panel| panel.ground = self.ground(panel));
        self.map(Kind::Dots, panels, &spots, &without)
    }

    fn areas(&self, shapes: &BTreeMap<String, Json>) -> Option<Picture> {
        if shapes.is_empty() {
            return None;
        }
        let spots: Vec<Spot<'_, 'b>> = self.latest().into_iter().filter(|spot| spot.cell.is_commune).collect();
        let mut panels = self.panels(&spots);
        for mark in panels.iter_mut().flat_map(|panel| panel.marks.iter_mut()) {
            mark.shape = shapes.get(&mark.place).cloned();
        }
        let without = unplaced(&mut panels, |mark| mark.shape.is_some());
        panels.retain(|panel| !panel.marks.is_empty());
        panels.iter_mut().for_each(|panel| self.classed(panel));
        self.map(Kind::Areas, panels, &spots, &without)
    }

    fn map(&self, kind: Kind, panels: Vec<Panel>, spots: &[Spot<'_, 'b>], without: &[String]) -> Option<Picture> {
        let cells: Vec<&Cell<'_>> = spots.iter().map(|spot| spot.cell).collect();
        let has_values = panels.iter().flat_map(|panel| &panel.marks).any(|mark| mark.state.value().is_some());
        let mut picture = has_values.then(|| self.picture(kind, panels, &cells))?;
        if !without.is_empty() {
            let places = [("places", Json::from(without.join(", ")))];
            let note = self.teller.with("picture.unplaced", &places);
            picture.legend.push(note.clone());
            picture.notes.push(note);
        }
        Some(picture)
    }

    /// Gives a panel its classes: round bounds.
    fn classed(&self, panel: &mut Panel) {
        let values = panel.marks.iter().filter_map(|mark| mark.state.value());
        panel.scale = match self.is_count() {
            true => Scale::from_zero(values, 6),
            false => Scale::around(values, 6),
        };
        let number = |value: f64| Json::from(show_number(value, self.teller.lang));
        let class = |bounds: &[f64]| match bounds {
            [from, to] => self.teller.with("picture.class", &[("from", number(*from)), ("to", number(*to))]),
            _ => String::new(),
        };
        panel.classes = panel.scale.ticks.windows(2).map(class).collect();
    }

    /// The centres of the other communes around, so that a map has a ground.
    fn ground(&self, panel: &Panel) -> Vec<([f64; 2], usize)> {
        const MARGIN: f64 = 0.04;
        let territory = self.book().territory();
        let (mut west, mut east, mut south, mut north) = (180.0_f64, -180.0_f64, 90.0_f64, -90.0_f64);
        for [lon, lat] in panel.marks.iter().filter_map(|mark| mark.at) {
            (west, east) = (west.min(lon - MARGIN), east.max(lon + MARGIN));
            (south, north) = (south.min(lat - MARGIN), north.max(lat + MARGIN));
        }
        let is_shown = |code: &str| panel.marks.iter().any(|mark| mark.place == code);
        let others = territory.communes().filter(|commune| !is_shown(commune.code()));
        let point = |commune: &crate::territory::Commune| {
            let centre = commune.centre()?;
            let (lon, lat) = (centre.lon(), centre.lat());
            let is_near = (west..=east).contains(&lon) && (south..=north).contains(&lat);
            is_near.then(|| ([lon, lat], usize::from(commune.system() != System::Fr)))
        };
        others.filter_map(point).collect()
    }
}

/// Takes away the marks that cannot be drawn on a map, and gives their names.
fn unplaced(panels: &mut [Panel], is_placed: impl Fn(&Mark) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    for panel in panels {
        let lost = panel.marks.iter().filter(|mark| !is_placed(mark)).map(|mark| mark.name.clone());
        names.extend(lost);
        panel.marks.retain(&is_placed);
    }
    names
}

/// Places of one name are told apart by their codes.
fn told_apart(panel: &mut Panel) {
    let mut places: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for mark in &panel.marks {
        places.entry(&mark.name).or_default().insert(&mark.place);
    }
    let twice = places.into_iter().filter(|(_, places)| places.len() > 1).map(|(name, _)| name.to_owned());
    let twice: BTreeSet<String> = order::set(twice);
    for mark in panel.marks.iter_mut().filter(|mark| twice.contains(&mark.name)) {
        mark.name = format!("{} {}", mark.name, mark.place);
    }
}
