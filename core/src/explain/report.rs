//! The dashboard as a report to print: one HTML document with its pictures in it, which loads nothing and runs nothing.
//!
//! A [`Dashboard`] enters, with a place or without; the document leaves as text. What needs attention comes first, with its reasons; then, theme by
//! theme, the figures beside the zone and the countries, each with how it may be compared and where it comes from. Everything that is not ours is
//! escaped. Nothing is told by colour alone.

use super::Teller;
use super::picture::{ChartOptions, Drawer};
use crate::dashboard::{Attention, Dashboard, Entry, Gap};
use crate::harmonise::{Cell, Harmonised, Series};
use crate::json::Json;
use crate::message::{Lang, show, show_number};
use crate::order;
use crate::picture::{Kind, Picture, State, escaped};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The look: black on white, on A4.
const STYLE: &str = include_str!("report.css");
/// The widths of a picture: over the page, and of two beside each other.
const WIDE: u32 = 680;
const HALF: u32 = 330;
/// A picture with more bars, or more small trends, is no help on paper: the table says the same.
const MANY_BARS: usize = 45;
const MANY_TRENDS: usize = 24;

impl<'b> Dashboard<'b> {
    /// The report of a place (a commune or an area of the dashboard), or of all that the dashboard shows, as an HTML document. `None` for a place that it
    /// does not show.
    ///
    /// ```
    /// use sam_eurometropole::{Rulebook, dashboard::dashboard_text, message::Lang};
    /// let observations = r#"[{"indicator": "CHI01", "territory": "FR-59512", "period": "2023", "unit": "NR", "value": 1500, "source": "fr_insee"}]"#;
    /// let request = r#"{"indicators": ["CHI01"], "territories": ["FR-59512", "BE-57096"]}"#;
    /// let board = dashboard_text(Rulebook::embedded(), observations, request);
    /// assert!(board.to_html(Lang::Nl, Some("BE-57096")).unwrap().starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
    /// assert_eq!(board.to_html(Lang::Nl, Some("FR-59350")), None);
    /// ```
    #[must_use]
    pub fn to_html(&self, lang: Lang, place: Option<&str>) -> Option<String> {
        let zone = self.harmonised.request.as_ref().and_then(|request| request.zone);
        let place = match place.filter(|place| Some(*place) != zone) {
            Some(place) => Some(self.cells().find(|cell| cell.place == place)?.place),
            None => None,
        };
        let teller = Teller { book: self.harmonised.book, lang, values: true };
        let mut page = Page { board: self, teller, place, sources: Vec::new(), out: String::new() };
        page.head();
        page.attention();
        page.themes();
        page.foot();
        Some(page.out)
    }

    fn cells(&self) -> impl Iterator<Item = &Cell<'b>> {
        self.series.iter().flatten().map(|entry| &entry.cell)
    }
}

/// A line of a table.
struct Row<'r, 'b> {
    cell: &'r Cell<'b>,
    entry: Option<&'r Entry<'b>>,
    /// How far the place of the report is from it.
    gap: Option<&'r Gap<'b>>,
    is_neighbour: bool,
}

struct Page<'p, 'b> {
    board: &'p Dashboard<'b>,
    teller: Teller<'b>,
    /// The only place that the report is about.
    place: Option<&'b str>,
    /// Where figures come from, in the order of their numbers.
    sources: Vec<String>,
    out: String,
}

impl<'b> Page<'_, 'b> {
    fn put(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    fn element(&mut self, tag: &str, class: &str, text: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        self.put(&format!("<{tag}{class}>{}</{tag}>", escaped(text)));
    }

    fn word(&self, id: &str) -> String {
        escaped(&self.teller.word(id))
    }

    fn name(&self, place: &str) -> String {
        let name = self.teller.communes(&Json::from(place));
        show(&name, self.teller.lang, self.teller.book.messages())
    }

    fn label(&self, list: &str, code: &str) -> String {
        let label = self.teller.labels(&Json::from(code), list);
        label.as_str().unwrap_or(code).to_owned()
    }

    fn all(&self) -> &Harmonised<'b> {
        &self.board.harmonised
    }

    fn zone(&self) -> Option<&'b str> {
        self.all().request.as_ref().and_then(|request| request.zone)
    }

    fn title(&self) -> String {
        match self.place.or_else(|| self.zone()) {
            Some(place) => self.teller.with("printout.title", &[("place", Json::from(self.name(place)))]),
            None => self.teller.word("printout.title_all"),
        }
    }

    /// Place, periods, boundaries, producers.
    fn head(&mut self) {
        let (title, lang) = (self.title(), self.teller.lang.as_str());
        self.put(&format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>",
            escaped(&title)
        ));
        self.element("h1", "", &title);
        let cells: Vec<&Cell<'b>> = self.board.cells().filter(|cell| self.is_of_report(cell)).collect();
        let periods = order::set(cells.iter().map(|cell| cell.period));
        let periods: Vec<&str> =
            periods.iter().filter_map(|at| self.all().periods.get(*at)).map(|(text, _)| text.as_str()).collect();
        let vintages = order::set(cells.iter().filter_map(|cell| cell.vintage));
        let vintages: Vec<String> = vintages.iter().map(ToString::to_string).collect();
        let sources = order::set(cells.iter().filter_map(|cell| cell.source));
        let sources: Vec<String> = sources.iter().map(|source| self.label("data_provider", source)).collect();
        let mut entries = Vec::new();
        if let Some(zone) = self.zone().filter(|_| self.place.is_some()) {
            entries.push(("printout.zone", self.name(zone)));
        }
        if self.place.is_none() {
            let mut places: Vec<&str> = Vec::new();
            for cell in cells.iter().filter(|cell| Some(cell.place) != self.zone()) {
                if !places.contains(&cell.place) {
                    places.push(cell.place);
                }
            }
            let places: Vec<String> = places.into_iter().map(|place| self.name(place)).collect();
            entries.push(("printout.places", places.join(", ")));
        }
        entries.push(("printout.periods", periods.join(", ")));
        entries.push(("printout.vintages", vintages.join(", ")));
        entries.push(("printout.producers", sources.join(self.teller.semicolon())));
        let entries: Vec<String> = entries
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(id, text)| format!("<dt>{}</dt><dd>{}</dd>", self.word(id), escaped(text)))
            .collect();
        self.put(&format!("<dl>\n{}\n</dl>", entries.join("\n")));
        let note = self.teller.word("dashboard.note");
        self.element("p", "note", &note);
        self.put("</header>\n<main>");
        let findings = self.all().findings.iter().map(|finding| self.teller.between(finding));
        let findings: Vec<String> = findings.collect();
        if !findings.is_empty() {
            let heading = self.teller.word("dashboard.findings");
            self.element("h2", "", &heading);
            self.list(&findings);
        }
    }

    fn list(&mut self, items: &[String]) {
        self.put("<ul>");
        items.iter().for_each(|item| self.element("li", "", item));
        self.put("</ul>");
    }

    fn is_of_report(&self, cell: &Cell<'_>) -> bool {
        self.place.is_none_or(|place| cell.place == place)
    }

    /// What needs attention: of one place by theme; of several what is needed, by place and theme, and then what is to be said of the data.
    fn attention(&mut self) {
        let heading = self.teller.word("dashboard.attention");
        self.element("h2", "", &heading);
        let board = self.board;
        let told: Vec<&Attention<'b>> =
            board.attention.iter().filter(|one| self.place.is_none_or(|place| one.place == place)).collect();
        if told.is_empty() {
            let none = self.teller.word("printout.none");
            self.element("p", "", &none);
        }
        let several = self.place.is_none();
        let mut last = None;
        for one in &told {
            let reasons: Vec<_> = one.reasons.iter().filter(|reason| !several || reason.why.is_need()).collect();
            if reasons.is_empty() {
                continue;
            }
            if several && last != Some(one.place) {
                let name = self.name(one.place);
                self.element("h3", "", &name);
                last = Some(one.place);
            }
            let theme = escaped(&self.label("theme", one.theme));
            self.put(&format!("<p>{theme}</p>\n<ul>"));
            for reason in reasons {
                let (class, kind) =
                    if reason.why.is_need() { ("need", "printout.need") } else { ("data", "printout.data") };
                let kind = self.word(kind);
                let text = escaped(&self.teller.reason_of(&board.harmonised, reason));
                self.put(&format!("<li class=\"{class}\"><span class=\"kind\">{kind}</span> {text}</li>"));
            }
            self.put("</ul>");
        }
        if several {
            self.of_data(&told);
        }
    }

    /// What is to be said of the data of several places: each thing once, with its places.
    fn of_data(&mut self, told: &[&Attention<'b>]) {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let mut said: Vec<Vec<String>> = Vec::new();
        for one in told {
            for reason in one.reasons.iter().filter(|reason| !reason.why.is_need()) {
                let text = self.teller.reason_of(&self.board.harmonised, reason);
                let at = *known.entry(text).or_insert(said.len());
                if at == said.len() {
                    said.push(Vec::new());
                }
                let name = self.name(one.place);
                said.get_mut(at).into_iter().for_each(|places| places.push(name.clone()));
            }
        }
        let mut known: Vec<(String, usize)> = known.into_iter().collect();
        known.sort_by_key(|(_, at)| *at);
        let items: Vec<String> =
            known.into_iter().zip(said).map(|((text, _), places)| format!("{text} – {}", places.join(", "))).collect();
        if !items.is_empty() {
            let heading = self.teller.word("printout.data");
            self.element("h3", "", &heading);
            self.list(&items);
        }
    }

    fn themes(&mut self) {
        let board = self.board;
        let mut themes: Vec<&str> = Vec::new();
        for series in &board.harmonised.series {
            if !themes.contains(&series.indicator.theme()) {
                themes.push(series.indicator.theme());
            }
        }
        for theme in themes {
            let name = self.label("theme", theme);
            self.element("h2", "", &name);
            for (at, series) in board.harmonised.series.iter().enumerate() {
                if series.indicator.theme() == theme {
                    self.series(at, series);
                }
            }
        }
    }

    /// An indicator: what it is, its pictures, its table.
    fn series(&mut self, at: usize, series: &Series<'b>) {
        let Some(drawer) = Drawer::of(self.board, at, self.teller.lang) else { return };
        let drawer = match self.place {
            Some(place) => drawer.only(place),
            None => drawer,
        };
        let indicator = series.indicator;
        let name =
            format!("{}{}", self.teller.code("indicator", indicator.code()), self.teller.parts(&series.breakdown));
        self.put(&format!("<section>\n<h3 id=\"s{at}\">{}</h3>", escaped(&name)));
        if let Some(definition) = indicator.definition(self.teller.lang) {
            self.element("p", "meta", definition);
        }
        let mut said = vec![self.label("unit", indicator.unit()), drawer.graded()];
        let marks: Vec<&str> = drawer.marks_of_series().collect();
        said.extend(marks.iter().map(|mark| self.teller.word(&format!("dashboard.caveat.{mark}"))));
        self.element("p", "meta", &said.join(" – "));
        self.figures(&drawer);
        self.table(at, series);
        self.put("</section>");
    }

    fn figures(&mut self, drawer: &Drawer<'_, 'b>) {
        let drawn = drawer.pictures(&ChartOptions::default());
        let marks = |picture: &Picture| picture.panels.iter().map(|panel| panel.marks.len()).max().unwrap_or(0);
        let find = |kind: Kind| drawn.iter().find(|picture| picture.kind == kind);
        let bars = find(Kind::Bars).filter(|picture| marks(picture) <= MANY_BARS);
        let many = |picture: &&Picture| picture.panels.len() <= MANY_TRENDS;
        let course = find(Kind::Trend).or_else(|| find(Kind::Multiples).filter(many));
        let map = find(Kind::Dots).filter(|picture| marks(picture) > 2);
        let is_pair = self.place.is_some() && bars.is_some() && course.is_some();
        let width = if is_pair { HALF } else { WIDE };
        if is_pair {
            self.put("<div class=\"pair\">");
        }
        bars.into_iter().chain(course).for_each(|picture| self.figure(picture, width));
        if is_pair {
            self.put("</div>");
        }
        if self.place.is_none() {
            map.into_iter().for_each(|picture| self.figure(picture, WIDE));
        }
    }

    fn figure(&mut self, picture: &Picture, width: u32) {
        let Some(svg) = picture.to_svg(width) else { return };
        let mut said = vec![self.teller.word(&format!("printout.figure.{}", picture.kind.as_str()))];
        if picture.panels.len() > 1 && picture.kind != Kind::Multiples {
            said.push(self.teller.word("printout.figure.apart"));
        }
        said.extend(picture.legend.iter().cloned());
        let said = escaped(&said.join(" – "));
        self.put(&format!("<figure>\n<figcaption>{said}</figcaption>\n{svg}</figure>"));
    }

    fn rows<'r>(&'r self, at: usize, series: &'r Series<'b>) -> Vec<Row<'r, 'b>> {
        let entries = self.board.series.get(at).map(Vec::as_slice).unwrap_or_default();
        let is_zone = |cell: &Cell<'_>| Some(cell.place) == self.zone();
        let row = |entry: &'r Entry<'b>| Row { cell: &entry.cell, entry: Some(entry), gap: None, is_neighbour: false };
        let own = entries.iter().filter(|entry| self.is_of_report(&entry.cell) && !is_zone(&entry.cell));
        let mut rows: Vec<Row<'r, 'b>> = own.map(row).collect();
        if let Some(place) = self.place {
            let profile = self.board.profiles.iter().find(|profile| profile.place == place);
            let beside = profile.and_then(|profile| profile.series.iter().find(|beside| beside.series == at));
            let others = beside.map(|beside| beside.others.as_slice()).unwrap_or_default();
            let others = others.iter();
            rows.extend(others.map(|(cell, gap)| Row { cell, entry: None, gap: gap.as_ref(), is_neighbour: true }));
        }
        rows.extend(entries.iter().filter(|entry| is_zone(&entry.cell)).map(row));
        let periods = order::set(entries.iter().map(|entry| entry.cell.period));
        let is_country = |cell: &&Cell<'_>| matches!(cell.place, "FR" | "BE") && periods.contains(&cell.period);
        let shown = |cell: &&Cell<'_>| entries.iter().all(|entry| entry.cell.place != cell.place);
        let countries = series.all().filter(is_country).filter(shown);
        rows.extend(countries.map(|cell| Row { cell, entry: None, gap: None, is_neighbour: false }));
        rows
    }

    fn table(&mut self, at: usize, series: &Series<'b>) {
        let board = self.board;
        let columns = ["place", "period", "value", "gap", "course", "remarks"];
        let heads: String = columns.iter().fold(String::new(), |mut heads, column| {
            let class = if *column == "value" { " class=\"number\"" } else { "" };
            let _ = write!(heads, "<th scope=\"col\"{class}>{}</th>", self.word(&format!("printout.column.{column}")));
            heads
        });
        self.put(&format!("<table aria-labelledby=\"s{at}\">\n<thead><tr>{heads}</tr></thead>\n<tbody>"));
        let mut lines = Vec::new();
        let mut sources = std::mem::take(&mut self.sources);
        for row in self.rows(at, series) {
            let source = self.source(series, row.cell);
            let number = sources.iter().position(|known| *known == source).unwrap_or_else(|| {
                sources.push(source);
                sources.len() - 1
            });
            lines.push(self.row(board, &row, number + 1));
        }
        self.sources = sources;
        lines.iter().for_each(|line| self.put(line));
        self.put("</tbody>\n</table>");
    }

    fn row(&self, board: &Dashboard<'b>, row: &Row<'_, 'b>, source: usize) -> String {
        let (teller, cell) = (&self.teller, row.cell);
        let class = if self.place == Some(cell.place) { " class=\"own\"" } else { "" };
        let mut name = escaped(&self.name(cell.place));
        if row.is_neighbour {
            let _ = write!(name, " <small>({})</small>", self.word("printout.neighbour"));
        }
        let gaps = row.entry.map(|entry| entry.gaps.as_slice()).unwrap_or_default();
        let mut gaps: Vec<String> = gaps.iter().map(|gap| escaped(&teller.distance(gap))).collect();
        gaps.extend(row.gap.map(|gap| escaped(&teller.distance_to_neighbour(gap))));
        let course = row.entry.map(|entry| teller.course_and_rank(&board.harmonised, entry)).unwrap_or_default();
        let course: Vec<String> = course.iter().map(|text| escaped(text)).collect();
        let mut remarks: Vec<String> =
            cell.caveats().iter().map(|caveat| self.word(&format!("dashboard.caveat.{caveat}"))).collect();
        if cell.is_computed() && cell.value.is_ok() {
            remarks.push(self.word("dashboard.computed"));
        }
        format!(
            "<tr{class}><th scope=\"row\">{name}</th><td>{}</td>{}<td>{}</td><td>{}</td><td>{}</td></tr>",
            escaped(board.harmonised.period(cell)),
            self.value(cell, source),
            gaps.join("<br>"),
            course.join("<br>"),
            remarks.join("<br>"),
        )
    }

    fn value(&self, cell: &Cell<'_>, source: usize) -> String {
        let note = format!("<sup><a href=\"#n{source}\">[{source}]</a></sup>");
        match cell.value {
            Ok(value) => {
                let floor = if cell.status == Some("left_censored") { "≤\u{a0}" } else { "" };
                format!("<td class=\"number\">{floor}{}{note}</td>", show_number(value, self.teller.lang))
            }
            Err(why) => {
                let sign = if matches!(why, crate::harmonise::Absent::Hidden | crate::harmonise::Absent::PartHidden) {
                    State::Hidden.sign()
                } else {
                    State::Absent.sign()
                };
                let why = self.word(&format!("dashboard.absent.{}", why.as_str()));
                let note = if cell.operations.is_empty() { String::new() } else { note };
                format!("<td class=\"without\">{sign} {why}{note}</td>")
            }
        }
    }

    /// Producer, series, boundaries, and what was done.
    fn source(&self, series: &Series<'b>, cell: &Cell<'_>) -> String {
        let teller = &self.teller;
        let mut told = vec![series.indicator.code().to_owned()];
        told.push(match cell.source {
            Some(source) => self.label("data_provider", source),
            None => teller.word("printout.several_sources"),
        });
        let national = cell.side.and_then(|side| series.indicator.series(side));
        told.extend(national.filter(|one| Some(one.provider()) == cell.source).map(|one| one.name().to_owned()));
        if let Some(year) = cell.vintage {
            let id = if cell.vintage_assumed { "printout.vintage_assumed" } else { "printout.vintage" };
            told.push(teller.with(id, &[("year", Json::from(year.to_string()))]));
        }
        let operations = cell.operations.iter();
        told.extend(operations.map(|one| teller.word(&format!("printout.operation.{}", one.as_str()))));
        told.join(teller.semicolon())
    }

    /// Sources, thresholds, and which rulebook it was.
    fn foot(&mut self) {
        let heading = self.teller.word("printout.sources");
        self.element("h2", "", &heading);
        let note = self.teller.word("printout.sources.note");
        self.element("p", "note", &note);
        self.put("<ol class=\"meta\">");
        for (at, source) in std::mem::take(&mut self.sources).iter().enumerate() {
            self.put(&format!("<li id=\"n{}\">{}</li>", at + 1, escaped(source)));
        }
        self.put("</ol>");
        let heading = self.teller.word("dashboard.thresholds");
        self.element("h2", "", &heading);
        let thresholds = self.teller.thresholds();
        self.list(&thresholds);
        self.put("</main>\n<footer>");
        let secret = self.teller.word("printout.secret");
        self.element("p", "", &secret);
        let book = self.teller.book;
        let made = [
            ("version", Json::from(book.version())),
            ("hash", Json::from(book.hash())),
            ("engine", Json::from(env!("CARGO_PKG_VERSION"))),
        ];
        let made = self.teller.with("printout.made", &made);
        self.element("p", "made", &made);
        self.put("</footer>\n</body>\n</html>");
    }
}
