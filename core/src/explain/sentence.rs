//! The sentence of each operator: what a test asks for, and what was found, in a language.
//!
//! Sentences are put together from the templates `explain.*` of the messages, labels, code labels, names of communes and the parameters
//! of the pack on the day that the rule judges by. Names of fields stand in quotes, so that no sentence bends them.

use super::Teller;
use super::seen::{Read, Seen, Sides};
use crate::catalogue::FieldType;
use crate::date::Date;
use crate::field::Absence;
use crate::json::Json;
use crate::kernel::{
    Anchor, Around, Calendar, Day, Elements, FieldRef, Gap, Grouping, Key, Kind, Length, Literal, Measure, Number,
    Operand, Order, Period, Place, Range, Reading, ReadingOf, Relation, Test, Week, Window, weekday_code,
};
use crate::message::{Lang, show, show_money};
use crate::pack::{DatedValue, Pack, ParameterValue};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// Writes sentences on the tests of a rule.
pub(super) struct Speaker<'t> {
    pub(super) teller: &'t Teller<'t>,
    pub(super) pack: &'t Pack,
    pub(super) anchor: Anchor,
    pub(super) on: Date,
}

/// A word of the three: the id of the part, and what fills it.
type Fill<'f> = (&'f str, String);

/// Whether a field tells something about a person, itself or by whether it applies.
pub(super) fn is_personal(field: FieldRef) -> bool {
    field.is_personal() || sibling(field).is_some_and(FieldRef::is_personal)
}

/// The field that decides whether another applies.
fn sibling(field: FieldRef) -> Option<FieldRef> {
    let (column, _) = field.column()?.applicable?;
    Some(FieldRef { role: field.role, id: crate::catalogue::ColumnId { table: field.id.table, column } })
}

impl Speaker<'_> {
    fn with(&self, id: &str, fills: &[Fill<'_>]) -> String {
        let fills: Vec<(&str, Json)> = fills.iter().map(|(name, text)| (*name, Json::from(text.as_str()))).collect();
        self.teller.with(&format!("explain.{id}"), &fills)
    }

    fn pair(&self, id: &str, a: String, b: String) -> String {
        self.with(id, &[("a", a), ("b", b)])
    }

    /// `a, b and c`; semicolons where there are commas inside.
    fn listed(&self, mut all: Vec<String>, last: &str) -> String {
        let Some(end) = all.pop() else { return String::new() };
        if all.is_empty() {
            return end;
        }
        let commas = all.iter().any(|one| one.contains(", "));
        let before = if commas { self.apart(all) } else { all.join(", ") };
        self.pair(last, before, end)
    }

    /// `a; b; c`; French sets a no-break space before a semicolon.
    pub(super) fn apart(&self, all: Vec<String>) -> String {
        all.join(if self.teller.lang == Lang::Fr { "\u{a0}; " } else { "; " })
    }

    /// A field by its label, in quotes, with the number of its element.
    fn field(&self, field: FieldRef, around: &Around) -> String {
        self.place(&around.place(field))
    }

    fn place(&self, place: &Place) -> String {
        let label = ("field", self.teller.field(place.field));
        if place.at.is_empty() {
            return self.with("field", &[label]);
        }
        let number: Vec<String> = place.at.iter().map(|index| (index + 1).to_string()).collect();
        self.with("element", &[label, ("number", number.join("."))])
    }

    /// What a test asks for; its tests inside are told on their own.
    pub(super) fn head(&self, test: &Test, around: &Around) -> String {
        match &test.kind {
            Kind::All(_) => self.with("all", &[]),
            Kind::Any(_) => self.with("any", &[]),
            Kind::Not(_) => self.with("not", &[]),
            Kind::AtLeast(number, tests) => {
                self.with("at_least_of", &[("number", number.to_string()), ("total", tests.len().to_string())])
            }
            _ => self.phrase(test, around),
        }
    }

    /// What a test asks for, with its tests inside, in one sentence.
    fn phrase(&self, test: &Test, around: &Around) -> String {
        let field = |field: FieldRef| self.field(field, around);
        let about = |id: &str, of: FieldRef, what: String| self.with(id, &[("a", field(of)), ("what", what)]);
        match &test.kind {
            Kind::All(tests) => self.joined(tests, "and", around),
            Kind::Any(tests) => self.joined(tests, "or", around),
            Kind::Not(test) => self.with("not_that", &[("what", self.phrase(test, around))]),
            Kind::AtLeast(number, tests) => {
                let what = self.joined(tests, "or", around);
                self.with("at_least_inline", &[("number", number.to_string()), ("what", what)])
            }
            Kind::Known(of) => self.with("known", &[("a", field(*of))]),
            Kind::Because(of, reasons) => about("because", *of, self.reasons(reasons)),
            Kind::Is(of, values) => self.holds(*of, values.iter().map(|value| self.literal(*of, value)), around),
            Kind::Among(of, index) => self.among(*of, *index, around),
            Kind::Within(of, zone) => about("within", *of, self.with(&format!("zone.{zone}"), &[])),
            Kind::Under(of, code) => about("under", *of, self.cell(*of, &Json::from(code.as_str()))),
            Kind::Concept(of, concept) => about("concept", *of, self.of_concept(*of, concept)),
            Kind::SameAs(a, b) => self.pair("same_as", field(*a), field(*b)),
            Kind::SameSystem(a, b) => self.pair("same_system", field(*a), field(*b)),
            Kind::Some(list, test) => about("some", *list, self.phrase(test, around)),
            Kind::Every(list, test) => about("every", *list, self.phrase(test, around)),
            Kind::Compare(a, relation, b) => {
                let unit = self.unit(a).or_else(|| self.unit(b));
                self.pair(relation_word(*relation), self.number(a, unit, around), self.number(b, unit, around))
            }
            Kind::Dates(a, order, b) => self.pair(order_word(*order), self.day(a, around), self.day(b, around)),
        }
    }

    fn joined(&self, tests: &[Test], word: &str, around: &Around) -> String {
        let inner = |test: &Test| match test.kind {
            Kind::All(_) | Kind::Any(_) => format!("({})", self.phrase(test, around)),
            _ => self.phrase(test, around),
        };
        if tests.is_empty() { self.with("no_test", &[]) } else { self.listed(tests.iter().map(inner).collect(), word) }
    }

    fn reasons(&self, reasons: &[Absence]) -> String {
        let label = |reason: &Absence| self.shown(&self.teller.labels(&Json::from(reason.as_str()), "absence_reason"));
        let labels = reasons.iter().map(|reason| self.with("field", &[("field", label(reason))]));
        self.listed(labels.collect(), "or")
    }

    /// The codes that share a concept, by their labels.
    fn of_concept(&self, field: FieldRef, concept: &str) -> String {
        let list = field.column().and_then(|column| match column.field.kind {
            FieldType::Code(list) | FieldType::Codes(list) => self.teller.book.codes().get(list),
            _ => None,
        });
        let codes = list.iter().flat_map(|list| list.codes()).filter(|code| code.concept() == Some(concept));
        self.listed(codes.map(|code| code.label(self.teller.lang).to_owned()).collect(), "or")
    }

    fn holds(&self, field: FieldRef, values: impl Iterator<Item = String>, around: &Around) -> String {
        let values: Vec<String> = values.collect();
        let id = if values.len() == 1 { "is" } else { "one_of" };
        self.with(id, &[("a", self.field(field, around)), ("what", self.listed(values, "or"))])
    }

    fn among(&self, field: FieldRef, index: usize, around: &Around) -> String {
        let codes = match self.value_of(index).map(|found| &found.value) {
            Some(ParameterValue::Codes(codes)) => codes.as_slice(),
            _ => &[],
        };
        let codes = codes.iter().map(|code| self.cell(field, &Json::from(code.as_str())));
        let what = self.listed(codes.collect(), "or");
        self.with("one_of", &[("a", self.field(field, around)), ("what", self.dated(index, what))])
    }

    fn literal(&self, field: FieldRef, value: &Literal) -> String {
        match value {
            Literal::Text(text) => self.cell(field, &Json::from(text.as_str())),
            Literal::Bool(flag) => self.cell(field, &Json::Bool(*flag)),
        }
    }

    /// A value of a field: codes and communes by their labels, numbers with their unit.
    fn cell(&self, field: FieldRef, value: &Json) -> String {
        let Some(column) = field.column().map(|column| column.field) else { return self.shown(value) };
        match (column.kind, value) {
            (FieldType::Code(list) | FieldType::Codes(list), Json::Text(_)) => {
                self.shown(&self.teller.labels(value, list))
            }
            (FieldType::Territory, _) => self.shown(&self.teller.communes(value)),
            (FieldType::Money, Json::Int(cents)) if column.unit.is_none() => show_money(*cents, self.teller.lang),
            (FieldType::Objects(_) | FieldType::Codes(_), Json::Int(count)) => {
                self.amount(*count as f64, Some("entries"))
            }
            (_, Json::Int(number)) => self.amount(*number as f64, column.unit),
            (_, Json::Float(number)) => self.amount(number.get(), column.unit),
            _ => self.shown(value),
        }
    }

    fn shown(&self, value: &Json) -> String {
        show(value, self.teller.lang, self.teller.book.messages())
    }

    /// A number with its unit.
    fn amount(&self, number: f64, unit: Option<&str>) -> String {
        let count = Json::number(number);
        let money = |cents: f64| show_money(cents.round() as i64, self.teller.lang);
        match unit {
            Some("euro_cents") => money(number),
            Some("euro_cents_per_month") => {
                self.teller.with("amount.per_month", &[("what", Json::from(money(number)))])
            }
            Some(unit) => {
                let is_one = match self.teller.lang {
                    Lang::Fr => number.abs() < 2.0,
                    _ => count == Json::Int(1),
                };
                let id = format!("amount.{unit}.{}", if is_one { "one" } else { "other" });
                if self.teller.book.messages().has(&id) {
                    self.teller.with(&id, &[("count", count)])
                } else {
                    self.shown(&count)
                }
            }
            None => self.shown(&count),
        }
    }

    /// A number that can be known between two ends; nothing where neither is.
    fn range(&self, range: Range, unit: Option<&str>) -> Option<String> {
        let end = |number: f64| number.is_finite().then(|| self.amount(number, unit));
        match (range.exact(), end(range.low), end(range.high)) {
            (Some(number), ..) => end(number),
            (None, Some(low), Some(high)) => Some(self.pair("between", low, high)),
            (None, Some(low), None) => Some(self.with("from", &[("a", low)])),
            (None, None, Some(high)) => Some(self.with("up_to", &[("a", high)])),
            (None, None, None) => None,
        }
    }

    /// The value of a parameter on the day that the rule judges by.
    pub(super) fn value_of(&self, index: usize) -> Option<&DatedValue> {
        let Anchor::Day(day) = self.anchor else { return None };
        self.pack.parameters.get(index)?.values.iter().find(|value| value.force.holds(day))
    }

    /// What a parameter holds, with the days for which it does; its name where it has no value.
    fn dated(&self, index: usize, what: String) -> String {
        let Some(found) = self.value_of(index) else {
            let name = self.pack.parameters.get(index).map_or_else(String::new, |parameter| parameter.name.clone());
            return self.with("no_value", &[("name", name)]);
        };
        let id = match (found.force.from, found.force.to) {
            (Some(_), Some(_)) => "period",
            (Some(_), None) => "since",
            (None, Some(_)) => "until",
            (None, None) => return what,
        };
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        self.with(id, &[("what", what), ("from", day(found.force.from)), ("to", day(found.force.to))])
    }

    fn parameter(&self, index: usize, key: Option<&Key>, around: &Around) -> String {
        if let Some(Key::Field(field)) = key {
            return self.with("by_key", &[("a", self.field(*field, around))]);
        }
        let unit = self.pack.parameters.get(index).and_then(|parameter| parameter.unit.as_deref());
        let number = match (self.value_of(index).map(|found| &found.value), key) {
            (Some(ParameterValue::Number(number)), None) => Some(*number),
            (Some(ParameterValue::Keyed(numbers)), Some(Key::Code(code))) => {
                numbers.iter().find(|(known, _)| known == code).map(|(_, number)| *number)
            }
            _ => None,
        };
        self.dated(index, number.map_or_else(|| "…".to_owned(), |number| self.amount(number, unit)))
    }

    /// The unit of a number, where it has one.
    fn unit(&self, number: &Number) -> Option<&str> {
        self.pack.unit_of(number)
    }

    /// A number in words. A literal has the unit of what it is compared with.
    fn number(&self, number: &Number, unit: Option<&str>, around: &Around) -> String {
        let many = |all: &[Number]| -> Vec<String> { all.iter().map(|one| self.number(one, unit, around)).collect() };
        let signed = |sign: &str, both: &(Number, Number), unit: Option<&str>| {
            let side = |one: &Number| self.operand(one, unit, around);
            format!("{} {sign} {}", side(&both.0), side(&both.1))
        };
        match number {
            Number::Literal(value) => self.amount(*value, unit),
            Number::Param(index, key) => self.parameter(*index, key.as_ref(), around),
            Number::Field(field) => self.field(*field, around),
            Number::Days { period, both_ends } => {
                let id = if *both_ends { "days.both_ends" } else { "days" };
                self.with(id, &[("what", self.period(period, around))])
            }
            Number::Months { period, both_ends, reading, each } => {
                let how = self.reading(*reading);
                let how = if *both_ends { self.with("both_ends", &[("what", how)]) } else { how };
                let id = if *each == 1 { "months" } else { "years" };
                self.with(id, &[("what", self.period(period, around)), ("reading", how)])
            }
            Number::Age { birth, at } => self.pair("age", self.day(birth, around), self.day(at, around)),
            Number::Overlap(a, b) => self.pair("overlap", self.period(a, around), self.period(b, around)),
            Number::Count(elements, grouping) => {
                let list = self.elements(elements, around);
                match grouping {
                    Grouping::Each => self.with("count", &[("a", list)]),
                    Grouping::Distinct(field) => self.pair("distinct", list, self.field(*field, around)),
                    Grouping::Per(field) => self.pair("per", list, self.field(*field, around)),
                }
            }
            Number::Sum(elements, value) => {
                self.pair("sum", self.elements(elements, around), self.number(value, None, around))
            }
            Number::Window(window) => self.window(window, around),
            Number::Week(week) => self.week(week, around),
            Number::Add(all) => all.iter().map(|one| self.operand(one, unit, around)).collect::<Vec<_>>().join(" + "),
            Number::Subtract(both) => signed("−", both, unit),
            Number::Multiply(both) => signed("×", both, None),
            Number::Divide(both) => signed("÷", both, None),
            Number::Smallest(all) => self.with("smallest", &[("what", self.apart(many(all)))]),
            Number::Largest(all) => self.with("largest", &[("what", self.apart(many(all)))]),
            Number::Floor(number) => self.with("floor", &[("a", self.operand(number, unit, around))]),
            Number::Ceiling(number) => self.with("ceiling", &[("a", self.operand(number, unit, around))]),
        }
    }

    /// A number inside another: in brackets, if it is made of numbers itself.
    fn operand(&self, number: &Number, unit: Option<&str>, around: &Around) -> String {
        let text = self.number(number, unit, around);
        match number {
            Number::Add(_) | Number::Subtract(_) | Number::Multiply(_) | Number::Divide(_) => format!("({text})"),
            _ => text,
        }
    }

    /// A list, with the condition on its elements.
    fn elements(&self, elements: &Elements, around: &Around) -> String {
        let list = self.field(elements.of, around);
        match &elements.filter {
            None => list,
            Some(test) => self.with("where", &[("a", list), ("what", self.phrase(test, around))]),
        }
    }

    fn window(&self, window: &Window, around: &Around) -> String {
        let length = match window.length {
            Length::Months(months) => self.amount(months as f64, Some("months")),
            Length::Days(days) => self.amount(days as f64, Some("days")),
        };
        let (list, period) = (self.elements(&window.elements, around), self.period(&window.period, around));
        let text = self.with("window", &[("a", list), ("b", period), ("length", length)]);
        match &window.with {
            None => text,
            Some(period) => self.pair("with", text, self.period(period, around)),
        }
    }

    fn week(&self, week: &Week, around: &Around) -> String {
        let slots = self.elements(&week.elements, around);
        let told = |word: &str| self.with(&format!("week.{word}"), &[("a", slots.clone())]);
        match &week.measure {
            Measure::Work { weekdays, between } => {
                let names: Vec<String> = weekdays
                    .iter()
                    .filter_map(|place| weekday_code(*place))
                    .map(|code| self.cell(week.day, &Json::from(code)))
                    .collect();
                let mut what = told("work");
                if names.len() < 7 {
                    what = self.with("week.on", &[("what", what), ("a", self.listed(names, "and"))]);
                }
                if let Some((from, to)) = between {
                    let (from, to) = (from.to_string(), to.to_string());
                    what = self.with("week.between", &[("what", what), ("a", from), ("b", to)]);
                }
                what
            }
            Measure::LongestDay => told("longest_day"),
            Measure::LongestStretch { pause } => {
                let pause = self.amount(*pause as f64, Some("minutes"));
                self.with("week.longest_stretch", &[("a", slots), ("b", pause)])
            }
            Measure::LongestRest => told("longest_rest"),
            Measure::DailyRest => told("daily_rest"),
            Measure::RestDays => told("rest_days"),
        }
    }

    fn period(&self, period: &Period, around: &Around) -> String {
        self.pair("span", self.day(&period.from, around), self.day(&period.to, around))
    }

    fn reading(&self, reading: ReadingOf) -> String {
        let word = |reading: Reading| self.with(&format!("reading.{}", reading.as_str()), &[]);
        match reading {
            ReadingOf::Word(reading) => word(reading),
            ReadingOf::Param(index) => match self.value_of(index).map(|found| &found.value) {
                Some(ParameterValue::Reading(reading)) => self.dated(index, word(*reading)),
                _ => self.dated(index, String::new()),
            },
        }
    }

    fn date(&self, day: Date) -> String {
        self.with("day", &[("day", day.to_string())])
    }

    /// A day in words.
    fn day(&self, day: &Day, around: &Around) -> String {
        let many = |days: &[Day]| self.apart(days.iter().map(|one| self.day(one, around)).collect());
        match day {
            Day::Literal(day) => self.date(*day),
            Day::Decision => self.with("decision", &[("day", self.on.to_string())]),
            Day::Anchor => self.with("anchor", &[]),
            Day::Field(field) => self.field(*field, around),
            Day::Param(index) => {
                let day = match self.value_of(*index).map(|found| &found.value) {
                    Some(ParameterValue::Date(day)) => self.date(*day),
                    _ => String::new(),
                };
                self.dated(*index, day)
            }
            Day::Shift { day, months, days } => {
                let moved = [(months, "months"), (days, "days")];
                let steps =
                    moved.into_iter().filter_map(|(number, unit)| Some(self.step(number.as_deref()?, unit, around)));
                format!("{}{}", self.day(day, around), steps.collect::<String>())
            }
            Day::Bound { last, of, day } => {
                let id = format!("{}.{}", if *last { "end_of" } else { "start_of" }, span_word(*of));
                self.with(&id, &[("a", self.day(day, around))])
            }
            Day::First(days) => self.with("first_of", &[("what", many(days))]),
            Day::Last(days) => self.with("last_of", &[("what", many(days))]),
        }
    }

    /// ` + 30 days`, ` − 1 day`. The loader wrote years as so many times 12 months, weeks as so many times 7 days.
    fn step(&self, number: &Number, unit: &'static str, around: &Around) -> String {
        match number {
            Number::Literal(value) if *value < 0.0 => format!(" − {}", self.amount(-value, Some(unit))),
            Number::Add(all) => all.iter().map(|one| self.step(one, unit, around)).collect(),
            Number::Multiply(both) => {
                let larger = if unit == "months" { "years" } else { "weeks" };
                self.step(&both.0, larger, around)
            }
            number => format!(" + {}", self.number(number, Some(unit), around)),
        }
    }

    /// What was found for a test, in brackets after its sentence: values, what does not apply, what is missing.
    pub(super) fn notes(&self, test: &Test, seen: &Seen, masked: bool) -> String {
        let mut notes = Vec::new();
        let here = self.found(test, seen);
        if !here.is_empty() {
            notes.push(self.with("here", &[("what", self.listed(here, "and"))]));
        }
        let tells_absence = seen.truth == Truth::Unknown || matches!(test.kind, Kind::Known(_) | Kind::Because(..));
        let alone = seen.reads.len() == 1;
        for (place, read) in &seen.reads {
            let what = match read {
                Read::NotApplicable if self.may_show(place.field) => self.with("not_applicable", &[]),
                Read::Absent(reason) if tells_absence && !masked => self.reason(*reason),
                _ => continue,
            };
            notes.push(if alone { what } else { self.of_place(place, what) });
        }
        if seen.truth == Truth::Unknown {
            notes.extend(seen.gaps.iter().map(|gap| self.gap(gap)));
        }
        if notes.is_empty() { String::new() } else { format!(" ({})", self.apart(notes)) }
    }

    /// A field without a value: to be given, to be corrected, or why it has none.
    pub(super) fn missing(&self, place: &Place, reason: Absence) -> String {
        self.of_place(place, self.reason(reason))
    }

    fn of_place(&self, place: &Place, what: String) -> String {
        self.with("open", &[("a", self.place(place)), ("what", what)])
    }

    fn reason(&self, reason: Absence) -> String {
        match reason {
            Absence::NotGiven => self.teller.word("missing.give"),
            Absence::Invalid => self.teller.word("missing.correct"),
            reason => self.teller.word(&format!("stated.{}", reason.as_str())),
        }
    }

    pub(super) fn gap(&self, gap: &Gap) -> String {
        let day = Json::from(self.pack.checked_until.to_string());
        let what = self.teller.with(&format!("gap.{}", gap.as_str()), &[("day", day)]);
        match gap {
            Gap::NoValue(name) => {
                self.with("open", &[("a", self.with("no_value", &[("name", name.clone())])), ("what", what)])
            }
            Gap::OutsideCoverage(place) => self.of_place(place, what),
            Gap::CheckedUntil | Gap::DateRange | Gap::NumberRange => what,
        }
    }

    pub(super) fn may_show(&self, field: FieldRef) -> bool {
        self.teller.values || !is_personal(field)
    }

    /// The values that were found: both sides of a comparison where they are worked out, else the fields.
    fn found(&self, test: &Test, seen: &Seen) -> Vec<String> {
        match (&test.kind, seen.sides) {
            (Kind::Compare(a, _, b), Some(Sides::Numbers([x, y]))) => {
                let unit = self.unit(a).or_else(|| self.unit(b));
                [(a, x), (b, y)]
                    .into_iter()
                    .filter_map(|(number, range)| self.found_number(number, range, unit))
                    .collect()
            }
            (Kind::Dates(a, _, b), Some(Sides::Days([x, y]))) => {
                [(a, x), (b, y)].into_iter().filter_map(|(day, found)| self.found_day(day, found)).collect()
            }
            (Kind::Known(_) | Kind::Because(..), _) => Vec::new(),
            // The sentence names the one value already.
            (Kind::Is(_, values), _) if seen.truth == Truth::True && values.len() == 1 => Vec::new(),
            _ => seen.reads.iter().filter_map(|(place, read)| self.found_cell(place, read)).collect(),
        }
    }

    fn found_number(&self, number: &Number, range: Operand<Range>, unit: Option<&str>) -> Option<String> {
        let is_told = matches!(number, Number::Literal(_) | Number::Param(_, None | Some(Key::Code(_))));
        if is_told || !self.may_show_all(&number.fields()) {
            return None;
        }
        self.range(range.value()?, self.unit(number).or(unit))
    }

    fn found_day(&self, day: &Day, found: Operand<Date>) -> Option<String> {
        let is_told = matches!(day, Day::Literal(_) | Day::Param(_) | Day::Decision);
        if is_told || !self.may_show_all(&day.fields()) {
            return None;
        }
        Some(self.date(found.value()?))
    }

    fn found_cell(&self, place: &Place, read: &Read) -> Option<String> {
        let Read::Value(value) = read else { return None };
        self.may_show(place.field).then(|| self.cell(place.field, value))
    }

    fn may_show_all(&self, fields: &BTreeSet<FieldRef>) -> bool {
        fields.iter().all(|field| self.may_show(*field))
    }
}

fn relation_word(relation: Relation) -> &'static str {
    Relation::KEYS.iter().find(|(_, known)| *known == relation).map_or("", |(word, _)| word)
}

fn order_word(order: Order) -> &'static str {
    Order::KEYS.iter().find(|(_, known)| *known == order).map_or("", |(word, _)| word)
}

fn span_word(span: Calendar) -> &'static str {
    Calendar::WORDS.iter().find(|(_, known)| *known == span).map_or("", |(word, _)| word)
}
