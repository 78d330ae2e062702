//! Days, and whole numbers that move them.

use super::Loader;
use crate::date::Date;
use crate::kernel::{Calendar, Day, Number, Period};
use crate::pack::scope::At;
use crate::pack::{ParameterKind, ParameterValue};

/// Keys of an object that is a day.
const SHAPES: [&str; 6] = ["shift", "start_of", "end_of", "first_of", "last_of", "param"];

impl Loader<'_> {
    pub(super) fn is_day_object(at: &At<'_>) -> bool {
        SHAPES.iter().any(|key| *key != "param" && at.get(key).is_some())
    }

    pub(super) fn day(&mut self, at: &At<'_>) -> Option<Day> {
        if at.is_object() {
            return self.day_object(at);
        }
        let text = self.problems.text(at)?;
        if let Ok(date) = Date::parse(&text) {
            return Some(Day::Literal(date));
        }
        match text.as_str() {
            "decision" => Some(Day::Decision),
            "anchor" => Some(Day::Anchor),
            _ => self.field_named(at, &text, &["date"]).map(Day::Field),
        }
    }

    fn day_object(&mut self, at: &At<'_>) -> Option<Day> {
        let (key, place) = SHAPES.iter().find_map(|key| Some((*key, at.get(key)?))).or_else(|| {
            self.problems.wrong_type(at, "date");
            None
        })?;
        match key {
            "shift" => self.shift(at, &place),
            "start_of" | "end_of" => {
                self.problems.keys(at, &[key, "day"]);
                let of = self.problems.one_of(&place, &Calendar::WORDS);
                let day = self.problems.wanted(at, "day").and_then(|place| self.day(&place))?;
                Some(Day::Bound { last: key == "end_of", of: of?, day: Box::new(day) })
            }
            "param" => {
                self.problems.keys(at, &["param"]);
                self.param_of(&place, &ParameterKind::Date).map(Day::Param)
            }
            _ => {
                self.problems.keys(at, &[key]);
                let days: Vec<Option<Day>> = self.some_items(&place)?.iter().map(|item| self.day(item)).collect();
                let days = days.into_iter().collect::<Option<Vec<Day>>>()?;
                Some(if key == "first_of" { Day::First(days) } else { Day::Last(days) })
            }
        }
    }

    /// Years are months, weeks are days.
    fn shift(&mut self, at: &At<'_>, from: &At<'_>) -> Option<Day> {
        self.problems.keys(at, &["shift", "months", "weeks", "days", "years"]);
        let day = self.day(from);
        let months = [("months", 1), ("years", 12)].map(|(key, each)| self.whole(at, key, each));
        let days = [("days", 1), ("weeks", 7)].map(|(key, each)| self.whole(at, key, each));
        let sum = |parts: [Option<Option<Number>>; 2]| -> Option<Option<Box<Number>>> {
            let mut given: Vec<Number> = parts.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
            Some(match given.len() {
                0 | 1 => given.pop().map(Box::new),
                _ => Some(Box::new(Number::Add(given))),
            })
        };
        let (months, days) = (sum(months), sum(days));
        Some(Day::Shift { day: Box::new(day?), months: months?, days: days? })
    }

    /// A whole number of a unit as so many of a smaller one, if it is there.
    fn whole(&mut self, at: &At<'_>, unit: &str, each: i32) -> Option<Option<Number>> {
        let Some(place) = at.get(unit) else { return Some(None) };
        let number = match place.node.integer() {
            Some(value) => Number::Literal(value as f64),
            None => self.whole_param(&place, unit)?,
        };
        let times = |each: i32| Number::Multiply(Box::new((number.clone(), Number::Literal(f64::from(each)))));
        Some(Some(if each == 1 { number } else { times(each) }))
    }

    fn whole_param(&mut self, at: &At<'_>, unit: &str) -> Option<Number> {
        let place = at.get("param");
        self.problems.keys(at, &["param"]);
        let index = self.param_of(&place?, &ParameterKind::Number)?;
        let parameter = self.parameters.get(index)?;
        let whole = |value: &ParameterValue| value.numbers().iter().all(|number| number.fract() == 0.0);
        let fits = parameter.values.iter().all(|v| whole(&v.value));
        let given = parameter.unit.clone();
        if !fits {
            self.problems.add(at, "pack.whole_number", &[]);
        }
        self.same_unit(at, &given, &Some(unit.to_owned()));
        Some(Number::Param(index, None))
    }

    /// `{from, to}`, with what else stands there.
    pub(super) fn period(&mut self, at: &At<'_>) -> Option<Period> {
        let from = self.problems.wanted(at, "from").and_then(|place| self.day(&place));
        let to = self.problems.wanted(at, "to").and_then(|place| self.day(&place));
        Some(Period { from: from?, to: to? })
    }
}
