//! `week`: the slots of an ordinary week, and what is measured of them.

use super::Loader;
use super::numbers::Measured;
use crate::date::Time;
use crate::kernel::{FieldRef, Measure, Number, Week, WeekUnit, weekday};
use crate::pack::scope::At;

/// The code list of the days of the week.
const WEEKDAY: &str = "weekday";

/// Its fields: the day of the week, and two times.
type Fields = (FieldRef, FieldRef, FieldRef);

impl Loader<'_> {
    pub(super) fn week(&mut self, at: &At<'_>) -> Option<Measured> {
        let measure = self.measure(at);
        let (elements, (day, from, to)) = self.elements(at, |loader| loader.slot(at))?;
        let (measure, unit, name) = measure?;
        Some((Number::Week(Box::new(Week { elements, day, from, to, measure, unit })), Some(name)))
    }

    /// The fields of a slot.
    fn slot(&mut self, at: &At<'_>) -> Option<Fields> {
        let day = self.problems.wanted(at, "day");
        let day = day.and_then(|place| {
            let field = self.field(&place, &["code"])?;
            let got = Self::code_list(field).unwrap_or_default();
            if got != WEEKDAY {
                self.problems.add(&place, "pack.key_list", &[("expected", WEEKDAY), ("got", got)]);
            }
            Some(field)
        });
        let [from, to] = ["from", "to"].map(|key| {
            let place = self.problems.wanted(at, key)?;
            self.field(&place, &["time"])
        });
        Some((day?, from?, to?))
    }

    /// What is measured, in which unit, and its name.
    fn measure(&mut self, at: &At<'_>) -> Option<(Measure, WeekUnit, String)> {
        let place = self.problems.wanted(at, "measure")?;
        let word = self.problems.one_of(&place, &Measure::WORDS.map(|word| (word, word)))?;
        let others: &[&str] = match word {
            "work" => &["unit", "weekdays", "between"],
            "longest_stretch" => &["unit", "pause"],
            "rest_days" => &[],
            _ => &["unit"],
        };
        self.problems.keys(at, &[&["of", "day", "from", "to", "where", "measure"], others].concat());
        let (unit, name) = self.week_unit(at, word);
        let measure = match word {
            "work" => self.work(at)?,
            "longest_day" => Measure::LongestDay,
            "longest_stretch" => {
                let pause = self.problems.wanted(at, "pause")?;
                Measure::LongestStretch { pause: self.positive(&pause)? }
            }
            "longest_rest" => Measure::LongestRest,
            "daily_rest" => Measure::DailyRest,
            _ => Measure::RestDays,
        };
        Some((measure, unit?, name.to_owned()))
    }

    fn week_unit(&mut self, at: &At<'_>, word: &str) -> (Option<WeekUnit>, &'static str) {
        let minutes = ("minutes", (WeekUnit::Minutes, "minutes"));
        let hours = ("hours", (WeekUnit::Hours, "hours"));
        let weekly = ("hours_per_week", (WeekUnit::Hours, "hours_per_week"));
        let words = if word == "work" { vec![minutes, hours, weekly] } else { vec![minutes, hours] };
        match at.get("unit") {
            _ if word == "rest_days" => (Some(WeekUnit::Days), "days"),
            None => (Some(WeekUnit::Minutes), "minutes"),
            Some(place) => match self.problems.one_of(&place, &words) {
                Some((unit, name)) => (Some(unit), name),
                None => (None, ""),
            },
        }
    }

    fn work(&mut self, at: &At<'_>) -> Option<Measure> {
        let weekdays = match at.get("weekdays") {
            None => (0..7).collect(),
            Some(place) => {
                let items = self.some_items(&place)?;
                let codes: Vec<Option<String>> = items.iter().map(|item| self.code_of(item, WEEKDAY)).collect();
                let mut days: Vec<i64> = codes.iter().flatten().filter_map(|code| weekday(code)).collect();
                days.sort_unstable();
                days.dedup();
                days
            }
        };
        let between = match at.get("between") {
            None => None,
            Some(place) => {
                let [from, to] = self.two(&place, "two_times")?.map(|place| self.time(&place));
                Some((from?, to?))
            }
        };
        Some(Measure::Work { weekdays, between })
    }

    fn time(&mut self, at: &At<'_>) -> Option<Time> {
        let time = at.node.text().and_then(Time::parse);
        if time.is_none() {
            self.problems.wrong_type(at, "time");
        }
        time
    }
}
