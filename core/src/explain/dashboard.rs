//! The dashboard as text: the figures of each theme, then what needs attention, then communes beside their neighbours.

use super::{Lines, Teller};
use crate::dashboard::{Attention, Beside, Dashboard, Entry, Gap, Profile, Reason, Trend, Unranked, Why, thresholds};
use crate::harmonise::request::Breakdown;
use crate::harmonise::{Cell, Series, Show};
use crate::json::Json;
use crate::message::{Lang, show};

impl Dashboard<'_> {
    /// The dashboard as text.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let teller = Teller { book: self.harmonised.book, lang, values: true };
        let mut out = Lines::default();
        out.line(&teller.title(self));
        out.line(&teller.word("dashboard.note"));
        let findings = self.harmonised.findings.iter().map(|finding| teller.between(finding));
        out.section(&teller.word("dashboard.findings"), findings);
        let mut theme = "";
        for (series, entries) in self.harmonised.series.iter().zip(&self.series) {
            if series.indicator.theme() != theme {
                theme = series.indicator.theme();
                out.line("");
                out.line(&teller.code("theme", theme));
            }
            out.line("");
            out.line(&teller.series(series));
            entries.iter().for_each(|entry| out.item(&teller.entry(self, entry)));
        }
        out.section(&teller.word("dashboard.attention"), self.attention.iter().map(|one| teller.attention(self, one)));
        for profile in &self.profiles {
            teller.profile(self, profile, &mut out);
        }
        out.section(&teller.word("dashboard.thresholds"), teller.thresholds().into_iter());
        out.text
    }
}

impl Teller<'_> {
    fn title(&self, board: &Dashboard<'_>) -> String {
        let zone = board.harmonised.request.as_ref().and_then(|request| request.zone);
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
        if series.show == Show::WithCaveat {
            told.extend(indicator.caveat(self.lang).map(str::to_owned));
        }
        let marks = series.caveats.iter().filter(|caveat| !caveat.starts_with("grade_"));
        told.extend(marks.map(|caveat| self.word(&format!("dashboard.caveat.{caveat}"))));
        told.join(" – ")
    }

    /// `, women, 18–24`: the codes of a part of the population by their labels.
    fn parts(&self, parts: &Breakdown) -> String {
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

    fn period(&self, board: &Dashboard<'_>, at: usize) -> Json {
        board.harmonised.periods.get(at).map_or(Json::Null, |(text, _)| Json::from(text.as_str()))
    }

    /// Place, period, and the value or why there is none.
    fn figure(&self, board: &Dashboard<'_>, cell: &Cell<'_>) -> String {
        let value = match cell.value {
            Ok(value) => Json::from(self.number(value)),
            Err(why) => Json::from(self.word(&format!("dashboard.absent.{}", why.as_str()))),
        };
        let place = self.communes(&Json::from(cell.place));
        let params = [("place", place), ("period", self.period(board, cell.period)), ("value", value)];
        let mut told = vec![self.with("dashboard.cell", &params)];
        told.extend(cell.caveats().iter().map(|caveat| self.word(&format!("dashboard.caveat.{caveat}"))));
        if cell.is_computed() && cell.value.is_ok() {
            told.push(self.word("dashboard.computed"));
        }
        told.join(self.semicolon())
    }

    fn entry(&self, board: &Dashboard<'_>, entry: &Entry<'_>) -> String {
        let mut told = vec![self.figure(board, &entry.cell)];
        told.extend(entry.gaps.iter().map(|gap| self.distance(gap)));
        match entry.rank {
            Some(Ok(rank)) => {
                let among = Json::from(self.word(&format!("dashboard.among.{}", rank.among.as_str())));
                let id = if rank.is_tied { "dashboard.rank_tied" } else { "dashboard.rank" };
                let params = [("place", Json::from(rank.place)), ("of", Json::from(rank.of)), ("among", among)];
                told.push(self.with(id, &params));
            }
            // Counts are never ranked, and one alone has nobody to be ranked with: nothing to be said.
            Some(Err(Unranked::Count | Unranked::Alone)) | None => {}
            Some(Err(why)) => told.push(self.word(&format!("dashboard.unranked.{}", why.as_str()))),
        }
        told.extend(entry.trend.as_ref().map(|trend| self.trend(board, trend)));
        told.join(self.semicolon())
    }

    fn distance(&self, gap: &Gap<'_>) -> String {
        let area = self.communes(&Json::from(gap.to));
        let reference = Json::from(self.number(gap.reference));
        self.with(
            "dashboard.gap",
            &[("area", area), ("reference", reference), ("difference", self.signed(gap.difference))],
        )
    }

    fn trend(&self, board: &Dashboard<'_>, trend: &Trend<'_>) -> String {
        let mut told = Vec::new();
        if let Some(change) = trend.change {
            let word = trend.course.map_or("since", |course| course.as_str());
            let params = [("period", self.period(board, trend.first.0)), ("change", self.signed(change))];
            told.push(self.with(&format!("dashboard.course.{word}"), &params));
        }
        if let Some((at, _)) = trend.breaks.last() {
            told.push(self.with("dashboard.broken", &[("period", self.period(board, *at))]));
        }
        told.join(self.semicolon())
    }

    fn attention(&self, board: &Dashboard<'_>, attention: &Attention<'_>) -> String {
        let place = self.communes(&Json::from(attention.place));
        let place = show(&place, self.lang, self.book.messages());
        let theme = self.labels(&Json::from(attention.theme), "theme");
        let theme = show(&theme, self.lang, self.book.messages());
        let reasons: Vec<String> = attention.reasons.iter().map(|reason| self.reason_of(board, reason)).collect();
        format!("{place} – {theme}{}{}", self.colon(), reasons.join(self.semicolon()))
    }

    fn reason_of(&self, board: &Dashboard<'_>, reason: &Reason<'_>) -> String {
        let name = format!("{}{}", self.code("indicator", reason.indicator), self.parts(&reason.breakdown));
        let mut params = vec![("indicator", Json::from(name)), ("period", self.period(board, reason.period))];
        if let Some(gap) = &reason.gap {
            params.push(("area", self.communes(&Json::from(gap.to))));
            params.push(("percent", self.signed(gap.percent.map_or(0.0, f64::round))));
        }
        if let (Why::Worsening, Some(trend)) = (reason.why, &reason.trend) {
            params.push(("since", self.period(board, trend.first.0)));
            params.push(("change", self.signed(trend.change.unwrap_or_default())));
        }
        self.with(&format!("dashboard.why.{}", reason.why.as_str()), &params)
    }

    fn profile(&self, board: &Dashboard<'_>, profile: &Profile<'_>, out: &mut Lines) {
        let place = self.communes(&Json::from(profile.place));
        out.line("");
        if profile.neighbours.is_empty() {
            out.line(&self.with("dashboard.no_neighbours", &[("place", place)]));
            return;
        }
        out.line(&self.with("dashboard.profile", &[("place", place)]));
        for beside in &profile.series {
            out.line(&self.beside(board, beside));
            out.item(&self.figure(board, &beside.own));
            for (cell, gap) in &beside.others {
                let mut told = vec![self.figure(board, cell)];
                told.extend(gap.as_ref().map(|gap| {
                    self.with("dashboard.gap_to_neighbour", &[("difference", self.signed(gap.difference))])
                }));
                out.item(&told.join(self.semicolon()));
            }
        }
    }

    fn beside(&self, board: &Dashboard<'_>, beside: &Beside<'_>) -> String {
        let series = board.harmonised.series.get(beside.series);
        let name = series.map(|series| {
            format!("{}{}", self.code("indicator", series.indicator.code()), self.parts(&series.breakdown))
        });
        format!("{} – {}", name.unwrap_or_default(), self.word(&format!("dashboard.show.{}", beside.show.as_str())))
    }

    fn thresholds(&self) -> [String; 2] {
        let worse = [("percent", Json::number(thresholds::WORSE_PERCENT))];
        let course =
            [("percent", Json::number(thresholds::COURSE_PERCENT)), ("count", Json::number(thresholds::SMALL_COUNT))];
        [self.with("dashboard.threshold.worse", &worse), self.with("dashboard.threshold.course", &course)]
    }
}
