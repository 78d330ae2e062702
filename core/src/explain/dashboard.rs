//! Figures side by side and the dashboard as text: the figures of each theme, then what needs attention, then communes beside their neighbours.

use super::{Lines, Teller};
use crate::dashboard::{Attention, Beside, Dashboard, Entry, Gap, Profile, Reason, Trend, Unranked, Why, thresholds};
use crate::harmonise::request::Breakdown;
use crate::harmonise::{Cell, Harmonised, Series, Show};
use crate::json::Json;
use crate::message::{Lang, show};

impl Dashboard<'_> {
    /// The dashboard as text.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let all = &self.harmonised;
        let teller = Teller { book: all.book, lang, values: true };
        let mut out = Lines::default();
        out.line(&teller.title(all));
        teller.all_series(all, &mut out, |out, at, _| {
            let entries = self.series.get(at).map(Vec::as_slice).unwrap_or_default();
            entries.iter().for_each(|entry| out.item(&teller.entry(all, entry)));
        });
        out.section(&teller.word("dashboard.attention"), self.attention.iter().map(|one| teller.attention(all, one)));
        for profile in &self.profiles {
            teller.profile(all, profile, &mut out);
        }
        out.section(&teller.word("dashboard.thresholds"), teller.thresholds().into_iter());
        out.text
    }
}

impl Harmonised<'_> {
    /// The figures side by side as text, without what follows from them.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let teller = Teller { book: self.book, lang, values: true };
        let mut out = Lines::default();
        out.line(&teller.word("harmonise.title"));
        teller.all_series(self, &mut out, |out, _, series| {
            series.cells().for_each(|cell| out.item(&teller.figure(self, cell)));
        });
        out.text
    }
}

impl Teller<'_> {
    /// What could not be used, then each series under its theme.
    fn all_series(&self, all: &Harmonised<'_>, out: &mut Lines, mut cells: impl FnMut(&mut Lines, usize, &Series<'_>)) {
        out.line(&self.word("dashboard.note"));
        out.section(&self.word("dashboard.findings"), all.findings.iter().map(|finding| self.between(finding)));
        let mut themes: Vec<&str> = Vec::new();
        for theme in all.series.iter().map(|series| series.indicator.theme()) {
            if !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        for theme in themes {
            out.line("");
            out.line(&self.code("theme", theme));
            let of_theme = all.series.iter().enumerate().filter(|(_, series)| series.indicator.theme() == theme);
            for (at, series) in of_theme {
                out.line("");
                out.line(&self.series(series));
                cells(out, at, series);
            }
        }
    }

    fn title(&self, all: &Harmonised<'_>) -> String {
        let zone = all.request.as_ref().and_then(|request| request.zone);
        match zone {
            Some(zone) => self.with("dashboard.title_of", &[("area", self.communes(&Json::from(zone)))]),
            None => self.word("dashboard.title"),
        }
    }

    /// `Name (code), by sex: women – unit – how it may be compared`, with caveats.
    fn series(&self, series: &Series<'_>) -> String {
        let indicator = series.indicator;
        let name = format!("{}{}", self.code("indicator", indicator.code()), self.parts(&series.breakdown));
        let unit = self.labels(&Json::from(indicator.unit()), "unit");
        let mut told = vec![self.with("dashboard.series", &[("name", Json::from(name)), ("unit", unit)])];
        told.push(self.word(&format!("dashboard.show.{}", series.show.as_str())));
        let caveat = indicator.caveat(self.lang).filter(|_| series.show == Show::WithCaveat);
        told.extend(caveat.map(str::to_owned));
        // The caveat of an indicator with lines of its own says so already.
        let is_told = |mark: &str| mark.starts_with("grade_") || (mark == "national_line" && caveat.is_some());
        let marks = series.caveats.iter().filter(|mark| !is_told(mark));
        told.extend(marks.map(|caveat| self.word(&format!("dashboard.caveat.{caveat}"))));
        told.join(" – ")
    }

    /// `, women, 18–24`: the codes of a part of the population by their labels.
    pub(super) fn parts(&self, parts: &Breakdown) -> String {
        let label = |(field, code): &(&str, String)| {
            let list = crate::catalogue::Role::Observation.layout().find(&format!("breakdown.{field}"));
            let list = list.and_then(|id| crate::catalogue::Role::Observation.layout().column(id));
            match list.map(|column| column.field.kind) {
                Some(crate::catalogue::FieldType::Code(list)) => {
                    show(&self.labels(&Json::from(code.as_str()), list), self.lang, self.book.messages())
                }
                _ => code.clone(),
            }
        };
        parts.iter().map(|part| format!(", {}", label(part))).collect()
    }

    fn number(&self, value: f64) -> String {
        show(&Json::number(value), self.lang, self.book.messages())
    }

    /// With its sign; a minus is no hyphen.
    fn signed(&self, value: f64) -> Json {
        let sign = if value < 0.0 { "−" } else { "+" };
        Json::from(if value == 0.0 { self.number(0.0) } else { format!("{sign}{}", self.number(value.abs())) })
    }

    fn period(&self, all: &Harmonised<'_>, at: usize) -> Json {
        all.periods.get(at).map_or(Json::Null, |(text, _)| Json::from(text.as_str()))
    }

    /// Place, period, and the value or why there is none.
    fn figure(&self, all: &Harmonised<'_>, cell: &Cell<'_>) -> String {
        let value = match cell.value {
            Ok(value) => Json::from(self.number(value)),
            Err(why) => Json::from(self.word(&format!("dashboard.absent.{}", why.as_str()))),
        };
        let place = self.communes(&Json::from(cell.place));
        let params = [("place", place), ("period", self.period(all, cell.period)), ("value", value)];
        let mut told = vec![self.with("dashboard.cell", &params)];
        told.extend(cell.caveats().iter().map(|caveat| self.word(&format!("dashboard.caveat.{caveat}"))));
        if cell.is_computed() && cell.value.is_ok() {
            told.push(self.word("dashboard.computed"));
        }
        told.join(self.semicolon())
    }

    fn entry(&self, all: &Harmonised<'_>, entry: &Entry<'_>) -> String {
        let mut told = vec![self.figure(all, &entry.cell)];
        told.extend(entry.gaps.iter().map(|gap| self.distance(gap)));
        told.extend(self.rank(entry));
        told.extend(entry.trend.as_ref().map(|trend| self.trend(all, trend)));
        told.join(self.semicolon())
    }

    /// The course of a figure, then its rank.
    pub(super) fn course_and_rank(&self, all: &Harmonised<'_>, entry: &Entry<'_>) -> Vec<String> {
        let course = entry.trend.as_ref().map(|trend| self.trend(all, trend)).filter(|text| !text.is_empty());
        course.into_iter().chain(self.rank(entry)).collect()
    }

    fn rank(&self, entry: &Entry<'_>) -> Option<String> {
        match entry.rank {
            Some(Ok(rank)) => {
                let among = Json::from(self.word(&format!("dashboard.among.{}", rank.among.as_str())));
                let id = if rank.is_tied { "dashboard.rank_tied" } else { "dashboard.rank" };
                let params = [("place", Json::from(rank.place)), ("of", Json::from(rank.of)), ("among", among)];
                Some(self.with(id, &params))
            }
            // Counts are never ranked, and one alone has nobody to be ranked with: nothing to be said.
            Some(Err(Unranked::Count | Unranked::Alone)) | None => None,
            Some(Err(why)) => Some(self.word(&format!("dashboard.unranked.{}", why.as_str()))),
        }
    }

    pub(super) fn distance(&self, gap: &Gap<'_>) -> String {
        let area = self.communes(&Json::from(gap.to));
        let reference = Json::from(self.number(gap.reference));
        self.with(
            "dashboard.gap",
            &[("area", area), ("reference", reference), ("difference", self.signed(gap.difference))],
        )
    }

    pub(super) fn distance_to_neighbour(&self, gap: &Gap<'_>) -> String {
        self.with("dashboard.gap_to_neighbour", &[("difference", self.signed(gap.difference))])
    }

    fn trend(&self, all: &Harmonised<'_>, trend: &Trend<'_>) -> String {
        let mut told = Vec::new();
        if let Some(change) = trend.change {
            let word = trend.course.map_or("since", |course| course.as_str());
            let params = [("period", self.period(all, trend.first.0)), ("change", self.signed(change))];
            told.push(self.with(&format!("dashboard.course.{word}"), &params));
        }
        if let Some((at, _)) = trend.breaks.last() {
            told.push(self.with("dashboard.broken", &[("period", self.period(all, *at))]));
        }
        told.join(self.semicolon())
    }

    fn attention(&self, all: &Harmonised<'_>, attention: &Attention<'_>) -> String {
        let place = self.communes(&Json::from(attention.place));
        let place = show(&place, self.lang, self.book.messages());
        let theme = self.labels(&Json::from(attention.theme), "theme");
        let theme = show(&theme, self.lang, self.book.messages());
        let reasons: Vec<String> = attention.reasons.iter().map(|reason| self.reason_of(all, reason)).collect();
        format!("{place} – {theme}{}{}", self.colon(), reasons.join(self.semicolon()))
    }

    pub(super) fn reason_of(&self, all: &Harmonised<'_>, reason: &Reason<'_>) -> String {
        let name = format!("{}{}", self.code("indicator", reason.indicator), self.parts(&reason.breakdown));
        let mut params = vec![("indicator", Json::from(name)), ("period", self.period(all, reason.period))];
        if let Some(gap) = &reason.gap {
            params.push(("area", self.communes(&Json::from(gap.to))));
            params.push(("percent", self.signed(gap.percent.map_or(0.0, f64::round))));
        }
        if let (Why::Worsening, Some(trend)) = (reason.why, &reason.trend) {
            params.push(("since", self.period(all, trend.first.0)));
            params.push(("change", self.signed(trend.change.unwrap_or_default())));
        }
        self.with(&format!("dashboard.why.{}", reason.why.as_str()), &params)
    }

    fn profile(&self, all: &Harmonised<'_>, profile: &Profile<'_>, out: &mut Lines) {
        let place = self.communes(&Json::from(profile.place));
        out.line("");
        if profile.neighbours.is_empty() {
            out.line(&self.with("dashboard.no_neighbours", &[("place", place)]));
            return;
        }
        out.line(&self.with("dashboard.profile", &[("place", place)]));
        for beside in &profile.series {
            out.line(&self.beside(all, beside));
            out.item(&self.figure(all, &beside.own));
            for (cell, gap) in &beside.others {
                let mut told = vec![self.figure(all, cell)];
                told.extend(gap.as_ref().map(|gap| self.distance_to_neighbour(gap)));
                out.item(&told.join(self.semicolon()));
            }
        }
    }

    fn beside(&self, all: &Harmonised<'_>, beside: &Beside<'_>) -> String {
        let series = all.series.get(beside.series);
        let name = series.map(|series| {
            format!("{}{}", self.code("indicator", series.indicator.code()), self.parts(&series.breakdown))
        });
        format!("{} – {}", name.unwrap_or_default(), self.word(&format!("dashboard.show.{}", beside.show.as_str())))
    }

    pub(super) fn thresholds(&self) -> [String; 2] {
        let worse = [("percent", Json::number(thresholds::WORSE_PERCENT))];
        let course =
            [("percent", Json::number(thresholds::COURSE_PERCENT)), ("count", Json::number(thresholds::SMALL_COUNT))];
        [self.with("dashboard.threshold.worse", &worse), self.with("dashboard.threshold.course", &course)]
    }
}
