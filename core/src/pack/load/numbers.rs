//! Numbers and their units.

use super::Loader;
use super::paths::Unit;
use crate::kernel::{Elements, Grouping, Key, Length, Number, Reading, ReadingOf, Window};
use crate::limits;
use crate::pack::ParameterKind;
use crate::pack::scope::At;

/// Keys of an object that is a number.
const SHAPES: [&str; 19] = [
    "param", "field", "days", "months", "years", "age", "overlap", "count", "sum", "window", "week", "add", "subtract",
    "multiply", "divide", "smallest", "largest", "floor", "ceiling",
];

/// A number and its unit.
pub(super) type Measured = (Number, Unit);

impl Loader<'_> {
    pub(super) fn is_number(at: &At<'_>) -> bool {
        at.node.number().is_some() || SHAPES.iter().any(|key| at.get(key).is_some())
    }

    pub(super) fn number(&mut self, at: &At<'_>) -> Option<Measured> {
        match at.node.number() {
            Some(value) => Some((Number::Literal(value), None)),
            None => self.number_with(at, &[]),
        }
    }

    /// A number written as an object, in which some other keys may stand too.
    pub(super) fn number_with(&mut self, at: &At<'_>, others: &[&str]) -> Option<Measured> {
        if self.depth >= limits::TEST_DEPTH {
            self.problems.add(at, "pack.test_depth", &[]);
            return None;
        }
        let Some((key, place)) = SHAPES.iter().find_map(|key| Some((*key, at.get(key)?))) else {
            self.problems.wrong_type(at, "number");
            return None;
        };
        let mut allowed = vec![key];
        allowed.extend_from_slice(others);
        if key == "param" {
            allowed.push("key");
        }
        self.problems.keys(at, &allowed);
        self.depth += 1;
        let number = self.number_of(key, at, &place);
        self.depth -= 1;
        number
    }

    fn number_of(&mut self, key: &str, at: &At<'_>, place: &At<'_>) -> Option<Measured> {
        let unit = |unit: &str| Some(unit.to_owned());
        match key {
            "param" => self.param_number(at, place),
            "field" => {
                let field = self.field(place, &["integer", "number", "money"])?;
                let unit = field.column().and_then(|column| column.field.unit);
                Some((Number::Field(field), unit.map(str::to_owned)))
            }
            "days" => {
                self.problems.keys(place, &["from", "to", "both_ends"]);
                let (period, both_ends) = (self.period(place), self.both_ends(place));
                Some((Number::Days { period: Box::new(period?), both_ends: both_ends? }, unit("days")))
            }
            "months" => self.months(place, 1).map(|number| (number, unit("months"))),
            "years" => self.months(place, 12).map(|number| (number, unit("years"))),
            "age" => self.age(place).map(|number| (number, unit("years"))),
            "overlap" => self.overlap(place).map(|number| (number, unit("days"))),
            "count" => self.count(place).map(|number| (number, None)),
            "sum" => self.sum(place),
            "window" => self.window(place).map(|number| (number, unit("days"))),
            "week" => self.week(place),
            _ => self.arithmetic(key, place),
        }
    }

    fn param_number(&mut self, at: &At<'_>, place: &At<'_>) -> Option<Measured> {
        let index = self.param(place)?;
        let name = place.node.text().unwrap_or_default().to_owned();
        let kind = self.parameters.get(index).map(|parameter| parameter.kind.clone())?;
        let key = match (kind, at.get("key")) {
            (ParameterKind::Number, None) => None,
            (ParameterKind::Keyed(list), Some(key)) => Some(self.key(&key, &list)?),
            (ParameterKind::Keyed(_), None) => {
                self.problems.add(at, "pack.key_missing", &[("name", &name)]);
                return None;
            }
            _ => {
                self.problems.add(at, "pack.parameter_kind", &[("name", &name)]);
                return None;
            }
        };
        Some((Number::Param(index, key), self.unit_of(index)))
    }

    /// A code of the list, or the path of a field that holds one.
    fn key(&mut self, at: &At<'_>, list: &str) -> Option<Key> {
        let text = self.problems.text(at)?;
        if self.codes.get(list).is_some_and(|codes| codes.find(&text).is_some()) {
            return Some(Key::Code(text));
        }
        let field = self.field_named(at, &text, &["code"])?;
        if Self::code_list(field) != Some(list) {
            let own = Self::code_list(field).unwrap_or_default();
            self.problems.add(at, "pack.key_list", &[("expected", list), ("got", own)]);
        }
        Some(Key::Field(field))
    }

    fn both_ends(&mut self, at: &At<'_>) -> Option<bool> {
        let place = self.problems.wanted(at, "both_ends")?;
        if place.node.boolean().is_none() {
            self.problems.wrong_type(&place, "bool");
        }
        place.node.boolean()
    }

    fn months(&mut self, at: &At<'_>, each: i32) -> Option<Number> {
        self.problems.keys(at, &["from", "to", "both_ends", "reading"]);
        let (period, both_ends) = (self.period(at), self.both_ends(at));
        let place = self.problems.wanted(at, "reading")?;
        let readings: &[Reading] = if each == 1 { &Reading::ALL } else { &Reading::OF_YEARS };
        let words: Vec<(&str, Reading)> = readings.iter().map(|reading| (reading.as_str(), *reading)).collect();
        let reading = match place.get("param") {
            Some(param) => {
                self.problems.keys(&place, &["param"]);
                ReadingOf::Param(self.param_of(&param, &ParameterKind::Reading)?)
            }
            None => ReadingOf::Word(self.problems.one_of(&place, &words)?),
        };
        Some(Number::Months { period: Box::new(period?), both_ends: both_ends?, reading, each })
    }

    fn age(&mut self, at: &At<'_>) -> Option<Number> {
        self.problems.keys(at, &["birth", "at"]);
        let birth = self.problems.wanted(at, "birth").and_then(|place| self.day(&place));
        let day = self.problems.wanted(at, "at").and_then(|place| self.day(&place));
        Some(Number::Age { birth: Box::new(birth?), at: Box::new(day?) })
    }

    fn overlap(&mut self, at: &At<'_>) -> Option<Number> {
        let two = self.two(at, "two_periods")?;
        let [a, b] = two.map(|place| {
            self.problems.keys(&place, &["from", "to"]);
            self.period(&place)
        });
        Some(Number::Overlap(Box::new(a?), Box::new(b?)))
    }

    // Lists.

    /// The list and the test of its elements, and what else is read of an element.
    pub(super) fn elements<T>(
        &mut self,
        at: &At<'_>,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<(Elements, T)> {
        let place = self.problems.wanted(at, "of")?;
        let of = self.field(&place, &["list"])?;
        self.inside(&place, of, |loader| {
            let filter = match at.get("where") {
                Some(place) => Some(loader.test(&place)?),
                None => None,
            };
            let rest = read(loader)?;
            Some((Elements { of, filter }, rest))
        })
    }

    fn count(&mut self, at: &At<'_>) -> Option<Number> {
        self.problems.keys(at, &["of", "where", "distinct", "per"]);
        let (elements, grouping) = self.elements(at, |loader| loader.grouping(at))?;
        Some(Number::Count(Box::new(elements), grouping))
    }

    fn grouping(&mut self, at: &At<'_>) -> Option<Grouping> {
        const TYPES: [&str; 6] = ["bool", "integer", "money", "text", "code", "date"];
        match (at.get("distinct"), at.get("per")) {
            (None, None) => Some(Grouping::Each),
            (Some(place), None) => self.field(&place, &TYPES).map(Grouping::Distinct),
            (None, Some(place)) => self.field(&place, &TYPES).map(Grouping::Per),
            (Some(_), Some(place)) => {
                self.problems.add(&place, "pack.distinct_and_per", &[]);
                None
            }
        }
    }

    fn sum(&mut self, at: &At<'_>) -> Option<Measured> {
        self.problems.keys(at, &["of", "where", "value"]);
        let value = self.problems.wanted(at, "value")?;
        let (elements, (number, unit)) = self.elements(at, |loader| loader.number(&value))?;
        Some((Number::Sum(Box::new(elements), Box::new(number)), unit))
    }

    fn window(&mut self, at: &At<'_>) -> Option<Number> {
        self.problems.keys(at, &["of", "from", "to", "where", "with", "months", "days"]);
        let with = match at.get("with") {
            Some(place) => {
                self.problems.keys(&place, &["from", "to"]);
                Some(self.period(&place)?)
            }
            None => None,
        };
        let length = self.length(at);
        let (elements, period) = self.elements(at, |loader| loader.period(at))?;
        Some(Number::Window(Box::new(Window { elements, period, with, length: length? })))
    }

    fn length(&mut self, at: &At<'_>) -> Option<Length> {
        let (place, length): (At<'_>, fn(i64) -> Length) = match (at.get("months"), at.get("days")) {
            (Some(place), None) => (place, Length::Months),
            (None, Some(place)) => (place, Length::Days),
            _ => {
                self.problems.add(at, "pack.window_length", &[]);
                return None;
            }
        };
        self.positive(&place).map(length)
    }

    /// A whole number: no more months or days than a window or a list can have.
    pub(super) fn positive(&mut self, at: &At<'_>) -> Option<i64> {
        let value = at.node.integer().filter(|value| (1..=limits::SPAN).contains(value));
        if value.is_none() {
            self.problems.add(at, "pack.positive_number", &[("max", &limits::SPAN.to_string())]);
        }
        value
    }

    // Arithmetic.

    fn arithmetic(&mut self, key: &str, at: &At<'_>) -> Option<Measured> {
        let boxed = |(number, unit): Measured| (Box::new(number), unit);
        match key {
            "add" => self.alike(at).map(|(all, unit)| (Number::Add(all), unit)),
            "smallest" => self.alike(at).map(|(all, unit)| (Number::Smallest(all), unit)),
            "largest" => self.alike(at).map(|(all, unit)| (Number::Largest(all), unit)),
            "floor" => self.number(at).map(boxed).map(|(number, unit)| (Number::Floor(number), unit)),
            "ceiling" => self.number(at).map(boxed).map(|(number, unit)| (Number::Ceiling(number), unit)),
            "subtract" => {
                let [a, b] = self.two_numbers(at)?;
                self.same_unit(at, &a.1, &b.1);
                Some((Number::Subtract(Box::new((a.0, b.0))), a.1.or(b.1)))
            }
            "multiply" => {
                let [a, b] = self.two_numbers(at)?;
                if let (Some(left), Some(right)) = (&a.1, &b.1) {
                    self.problems.add(at, "pack.two_units", &[("left", left), ("right", right)]);
                }
                Some((Number::Multiply(Box::new((a.0, b.0))), a.1.or(b.1)))
            }
            _ => {
                let [a, b] = self.two_numbers(at)?;
                if b.1.is_some() {
                    self.same_unit(at, &a.1, &b.1);
                }
                let unit = if b.1.is_some() { None } else { a.1 };
                Some((Number::Divide(Box::new((a.0, b.0))), unit))
            }
        }
    }

    fn two_numbers(&mut self, at: &At<'_>) -> Option<[Measured; 2]> {
        let [a, b] = self.two(at, "two_numbers")?.map(|place| self.number(&place));
        Some([a?, b?])
    }

    /// Some numbers of one unit.
    fn alike(&mut self, at: &At<'_>) -> Option<(Vec<Number>, Unit)> {
        let items = self.some_items(at)?;
        let all: Vec<Option<Measured>> = items.iter().map(|item| self.number(item)).collect();
        let mut unit = None;
        let mut numbers = Vec::new();
        for (place, measured) in items.iter().zip(all) {
            let (number, own) = measured?;
            self.same_unit(place, &unit, &own);
            unit = unit.or(own);
            numbers.push(number);
        }
        Some((numbers, unit))
    }

    /// Two numbers that are compared or added have one unit, where both have one.
    pub(super) fn same_unit(&mut self, at: &At<'_>, left: &Unit, right: &Unit) {
        if let (Some(left), Some(right)) = (left, right)
            && left != right
        {
            self.problems.add(at, "pack.unit", &[("left", left), ("right", right)]);
        }
    }
}
