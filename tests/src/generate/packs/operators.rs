//! Random tests, numbers and days: every operator of `docs/pack-format.md`, over fields of the case and of the elements around it.

use super::fields::{
    ALIKE, BOOLS, CODE_LISTS, CODES, CONCEPTS, CodeField, DATES, DAYS, GUARDED, LISTS, List, NUMBERS, PLACES,
    SLOT_DAYS, Unit, ZONES,
};
use super::{Drawer, field, object};
use sam_eurometropole::json::Json;

/// The lists whose elements a test is judged for, the innermost last.
type Scopes<'a> = &'a [&'static List];

/// How deep a rule's tests and numbers may lie in each other.
const DEEP: usize = 3;

impl Drawer {
    /// Now and then the list of a scope, with the dots of its elements' fields.
    fn scope(&mut self, scopes: Scopes<'_>) -> Option<(&'static List, String)> {
        let at = self.rng.below(scopes.len() + 1);
        let list = scopes.get(at)?;
        Some((list, ".".repeat(scopes.len() - at)))
    }

    fn code_field(&mut self, scopes: Scopes<'_>) -> (String, &'static [&'static str]) {
        let own = self.scope(scopes).filter(|(list, _)| !list.codes.is_empty());
        let (fields, dots) = own.map_or((CODES, String::new()), |(list, dots)| (list.codes, dots));
        let (name, codes): CodeField = self.rng.pick(fields).copied().unwrap_or_default();
        (format!("{dots}{name}"), codes)
    }

    fn date_field(&mut self, scopes: Scopes<'_>) -> String {
        let (fields, dots) = self.scope(scopes).map_or((DATES, String::new()), |(list, dots)| (list.dates, dots));
        format!("{dots}{}", self.pick(fields))
    }

    /// A number field of the unit; a literal stands in where there is none.
    fn number_field(&mut self, unit: Unit, scopes: Scopes<'_>) -> Option<Json> {
        let own = self.scope(scopes).filter(|(list, _)| list.numbers.iter().any(|(_, of)| *of == unit));
        let (fields, dots) = own.map_or((NUMBERS, String::new()), |(list, dots)| (list.numbers, dots));
        let names: Vec<&str> = fields.iter().filter(|(_, of)| *of == unit).map(|(name, _)| *name).collect();
        let name = self.rng.pick(&names)?;
        Some(object(vec![("field", Json::from(format!("{dots}{name}")))]))
    }

    fn any_field(&mut self, scopes: Scopes<'_>) -> String {
        match self.rng.below(if scopes.is_empty() { 5 } else { 3 }) {
            0 => self.code_field(scopes).0,
            1 | 2 => self.date_field(scopes),
            3 => self.pick(BOOLS).to_owned(),
            _ => self.rng.pick(NUMBERS).map(|(name, _)| (*name).to_owned()).unwrap_or_default(),
        }
    }

    pub(super) fn test(&mut self, depth: usize, scopes: Scopes<'_>) -> Json {
        let deep = depth < DEEP;
        match self.rng.below(if deep { 23 } else { 14 }) {
            0 => field(self.pick(BOOLS), "is", Json::Bool(self.rng.percent(70))),
            1 | 2 => self.code_test(scopes),
            3 => object(vec![("known", Json::from(self.any_field(scopes)))]),
            4 => {
                let (path, _) = self.rng.pick(PLACES).copied().unwrap_or_default();
                field(path, "within", Json::from(self.pick(ZONES)))
            }
            5 => object(vec![("same_system", self.two())]),
            6 => self.same(scopes),
            7 => self.absent(scopes),
            8 => self.date_test(scopes),
            9 => self.between(scopes),
            10 => {
                let (path, codes) = self.rng.pick(CODE_LISTS).copied().unwrap_or_default();
                field(path, "includes", Json::from(self.pick(codes)))
            }
            11..=13 => self.compare(depth, scopes),
            14 | 15 => {
                let key = self.pick(&["all", "any"]);
                let len = self.rng.below(4);
                object(vec![(key, (0..len).map(|_| self.test(depth + 1, scopes)).collect())])
            }
            16 => {
                let tests: Json = (0..3).map(|_| self.test(depth + 1, scopes)).collect();
                let wanted = i64::try_from(1 + self.rng.below(3)).unwrap_or(1);
                object(vec![("at_least", Json::Int(wanted)), ("of", tests)])
            }
            17 => object(vec![("not", self.test(depth + 1, scopes))]),
            18 => self.guarded(scopes),
            19 if depth < 2 => object(vec![("condition", Json::from(self.pick(&["plain", "joined"])))]),
            20..=22 if scopes.len() < 2 => self.each(depth, scopes),
            _ => self.compare(depth, scopes),
        }
    }

    /// One of the list operators that are tests.
    fn each(&mut self, depth: usize, scopes: Scopes<'_>) -> Json {
        let key = self.pick(&["some", "every"]);
        if self.rng.percent(15) {
            let (path, codes) = self.rng.pick(CODE_LISTS).copied().unwrap_or_default();
            let that = field(".", "one_of", codes.iter().take(1).map(|code| Json::from(*code)).collect());
            return object(vec![(key, object(vec![("of", Json::from(path)), ("that", that)]))]);
        }
        let Some(list) = self.any_list(scopes, |_| true) else { return self.code_test(scopes) };
        let inner = [scopes, &[list]].concat();
        let that = self.test(depth + 1, &inner);
        object(vec![(key, object(vec![("of", Json::from(list.path)), ("that", that)]))])
    }

    /// A field that applies only where another says so, with its guard.
    fn guarded(&mut self, scopes: Scopes<'_>) -> Json {
        let own = self.scope(scopes).and_then(|(list, dots)| Some((list.guarded?, dots)));
        let ((guard, value, name), dots) =
            own.unwrap_or_else(|| (self.rng.pick(GUARDED).copied().unwrap_or_default(), String::new()));
        let value = if value == "true" { Json::Bool(true) } else { Json::from(value) };
        let path = format!("{dots}{name}");
        let test = match name {
            "unemployed_since" => object(vec![("date", Json::from(path)), (self.order(), self.day(scopes))]),
            "employer.country" if self.rng.percent(50) => field(&path, "same_as", Json::from("host.country")),
            _ if self.rng.percent(50) => object(vec![("known", Json::from(path))]),
            _ => self.absent_of(path),
        };
        let test = if self.rng.percent(30) { object(vec![("not", test)]) } else { test };
        object(vec![("all", Json::List(vec![field(&format!("{dots}{guard}"), "is", value), test]))])
    }

    fn code_test(&mut self, scopes: Scopes<'_>) -> Json {
        if self.rng.percent(20) {
            let (path, concept) = self.rng.pick(CONCEPTS).copied().unwrap_or_default();
            return field(path, "concept", Json::from(concept));
        }
        let (path, codes) = self.code_field(scopes);
        match self.rng.below(4) {
            0 if path.ends_with("scheme") => field(&path, "one_of", object(vec![("param", Json::from("schemes"))])),
            1 => field(&path, "under", Json::from(self.pick(codes))),
            2 => field(&path, "is", Json::from(self.pick(codes))),
            _ => field(&path, "one_of", codes.iter().skip(self.rng.below(2)).map(|code| Json::from(*code)).collect()),
        }
    }

    fn two(&mut self) -> Json {
        let paths = ["home.partner", "participant.residence", "host.commune", "scheme", "participant.supported_by"];
        [self.pick(&paths), self.pick(&paths)].into_iter().map(Json::from).collect()
    }

    fn same(&mut self, scopes: Scopes<'_>) -> Json {
        let own = self.scope(scopes).and_then(|(list, dots)| match list.path {
            "participant.right_to_work" => Some((format!("{dots}country"), "host.country")),
            "participant.earlier_placements" => Some((format!("{dots}host_partner"), "home.partner")),
            "earlier_placements" => Some((format!("{dots}host.partner"), "home.partner")),
            _ => None,
        });
        let (one, other) = own.unwrap_or_else(|| {
            let [one, other] = self.rng.pick(ALIKE).copied().unwrap_or_default();
            (one.to_owned(), other)
        });
        field(&one, "same_as", Json::from(other))
    }

    fn absent(&mut self, scopes: Scopes<'_>) -> Json {
        let path = self.any_field(scopes);
        self.absent_of(path)
    }

    fn absent_of(&mut self, path: String) -> Json {
        let reasons = ["declined", "not_known", "not_collected", "not_collected_by_rule"];
        let because = if self.rng.percent(50) {
            Json::from(self.pick(&reasons))
        } else {
            reasons.iter().skip(self.rng.below(3)).map(|reason| Json::from(*reason)).collect()
        };
        object(vec![("absent", Json::from(path)), ("because", because)])
    }

    fn order(&mut self) -> &'static str {
        self.pick(&["before", "on_or_before", "same_day_as", "on_or_after", "after"])
    }

    fn date_test(&mut self, scopes: Scopes<'_>) -> Json {
        let order = self.order();
        object(vec![("date", self.day(scopes)), (order, self.day(scopes))])
    }

    fn between(&mut self, scopes: Scopes<'_>) -> Json {
        if self.rng.percent(50) {
            let ends = Json::List(vec![self.day(scopes), self.day(scopes)]);
            return object(vec![("date", self.day(scopes)), ("between", ends)]);
        }
        let unit = self.unit();
        let ends = Json::List(vec![Json::Int(5), self.number(unit, DEEP, scopes)]);
        match self.number_field(unit, scopes) {
            Some(Json::Object(mut members)) => {
                members.push(("between".to_owned(), ends));
                Json::Object(members)
            }
            _ => self.date_test(scopes),
        }
    }

    fn unit(&mut self) -> Unit {
        let units = [Unit::Bare, Unit::Bare, Unit::Days, Unit::Days, Unit::Hours, Unit::Weekly, Unit::Cents];
        self.rng
            .pick(&[&units[..], &[Unit::Months, Unit::Years, Unit::Minutes]].concat())
            .copied()
            .unwrap_or(Unit::Bare)
    }

    fn relation(&mut self) -> &'static str {
        self.pick(&["at_most", "less_than", "equal", "at_least", "more_than"])
    }

    fn compare(&mut self, depth: usize, scopes: Scopes<'_>) -> Json {
        let unit = self.unit();
        let left = self.number_object(unit, depth, scopes);
        let (relation, right) = (self.relation(), self.number(unit, depth + 1, scopes));
        let Json::Object(mut members) = left else { return left };
        members.push((relation.to_owned(), right));
        Json::Object(members)
    }

    /// A number of the unit, or one without.
    pub(super) fn number(&mut self, unit: Unit, depth: usize, scopes: Scopes<'_>) -> Json {
        match self.rng.below(10) {
            0 | 1 => self.number_object(unit, depth, scopes),
            2..=5 => self.number_field(unit, scopes).unwrap_or_else(|| self.number_object(unit, DEEP, scopes)),
            6 => Json::number(1.5),
            _ => {
                let step = match unit {
                    Unit::Cents => 1_000,
                    Unit::Minutes => 240,
                    _ => 7,
                };
                Json::Int(i64::try_from(self.rng.below(4)).unwrap_or(0) * step)
            }
        }
    }

    fn number_object(&mut self, unit: Unit, depth: usize, scopes: Scopes<'_>) -> Json {
        let of = |name: &str, value: Json| object(vec![(name, value)]);
        match (self.rng.below(if depth < DEEP { 18 } else { 5 }), unit) {
            (2..=5, Unit::Bare | Unit::Days | Unit::Cents) if scopes.len() > 1 => limit(),
            (5, _) if scopes.len() > 1 => limit(),
            (0..=4, Unit::Minutes | Unit::Hours | Unit::Weekly) if scopes.len() > 1 => limit(),
            (1..=4, Unit::Minutes) | (2 | 3, Unit::Hours | Unit::Weekly) => self.week(unit),
            (3, Unit::Days) if self.rng.percent(20) => self.week(unit),
            (0..=4, Unit::Months) => self.reading(Unit::Months, scopes, unit),
            (0..=2, Unit::Years) => self.reading(Unit::Years, scopes, unit),
            (3 | 4, Unit::Years) => {
                let birth = Json::from("participant.birth_date");
                of("age", object(vec![("birth", birth), ("at", self.day(scopes))]))
            }
            (0, _) => self.number_field(unit, scopes).unwrap_or_else(limit),
            (1, Unit::Days) => {
                let key = if self.rng.percent(20) { Json::from("be_stage") } else { self.scheme(scopes) };
                object(vec![("param", Json::from("cap")), ("key", key)])
            }
            (1, Unit::Bare | Unit::Hours) => self.reading(Unit::Months, scopes, unit),
            (2, Unit::Days) => of("days", self.days(scopes)),
            (3, Unit::Days) => {
                let period = |drawer: &mut Self| object(vec![("from", drawer.day(scopes)), ("to", drawer.day(scopes))]);
                of("overlap", Json::List(vec![period(self), period(self)]))
            }
            (4, Unit::Days) => self.window(depth, scopes),
            (2..=4, Unit::Bare) => self.count(depth, scopes),
            (2..=4, Unit::Cents) => self.sum(unit, depth, scopes),
            (0..=4, _) => limit(),
            (5, _) => self.sum(unit, depth, scopes),
            (6..=9, _) => {
                let key = self.pick(&["add", "smallest", "largest"]);
                let len = 1 + self.rng.below(3);
                of(key, (0..len).map(|_| self.number(unit, depth + 1, scopes)).collect())
            }
            (10 | 11, _) => {
                let parts = [self.number(unit, depth + 1, scopes), self.number(unit, depth + 1, scopes)];
                of("subtract", parts.into_iter().collect())
            }
            (12 | 13, _) => {
                let mut parts = [self.number(unit, depth + 1, scopes), self.number(Unit::Bare, depth + 1, scopes)];
                if self.rng.percent(50) {
                    parts.reverse();
                }
                of("multiply", parts.into_iter().collect())
            }
            (14, _) => {
                // Of one unit the quotient has none; by a number without, it has that of the dividend.
                let mut field = |unit| self.number_field(unit, scopes).unwrap_or(Json::Int(2));
                let parts = match unit {
                    Unit::Bare => [field(Unit::Days), field(Unit::Days)],
                    _ => [self.number(unit, depth + 1, scopes), self.number(Unit::Bare, depth + 1, scopes)],
                };
                of("divide", parts.into_iter().collect())
            }
            _ => {
                let key = self.pick(&["floor", "ceiling"]);
                let own = if self.rng.percent(60) { self.number_field(unit, scopes) } else { None };
                of(key, own.unwrap_or_else(|| self.number_object(unit, depth + 1, scopes)))
            }
        }
    }

    fn scheme(&mut self, scopes: Scopes<'_>) -> Json {
        let own = self.scope(scopes).filter(|(list, _)| list.path.ends_with("earlier_placements"));
        Json::from(own.map_or_else(|| "scheme".to_owned(), |(_, dots)| format!("{dots}scheme")))
    }

    fn days(&mut self, scopes: Scopes<'_>) -> Json {
        let both = Json::Bool(self.rng.percent(50));
        object(vec![("from", self.day(scopes)), ("to", self.day(scopes)), ("both_ends", both)])
    }

    /// Months or years between; divided by a month or a year where a number without unit is wanted.
    fn reading(&mut self, by: Unit, scopes: Scopes<'_>, wanted: Unit) -> Json {
        let readings = ["completed", "begun", "calendar", "thirty_days"];
        let (name, readings) = if by == Unit::Months { ("months", &readings[..]) } else { ("years", &readings[..3]) };
        let word = if by == Unit::Months && self.rng.percent(25) {
            object(vec![("param", Json::from("how"))])
        } else {
            Json::from(self.pick(readings))
        };
        let Json::Object(mut members) = self.days(scopes) else { return Json::Null };
        members.push(("reading".to_owned(), word));
        let number = object(vec![(name, Json::Object(members))]);
        if wanted == by {
            return number;
        }
        let one = object(vec![(
            name,
            object(vec![
                ("from", Json::from("2024-05-01")),
                ("to", Json::from("2025-05-01")),
                ("both_ends", Json::Bool(false)),
                ("reading", Json::from("completed")),
            ]),
        )]);
        object(vec![("divide", Json::List(vec![number, one]))])
    }

    /// A list operator's list and, most times, its `where`, for the scope inside.
    fn over(&mut self, list: &'static List, depth: usize, scopes: Scopes<'_>) -> Vec<(&'static str, Json)> {
        let mut members = vec![("of", Json::from(list.path))];
        if let Some((guard, value, _)) = list.guarded {
            members.push(("where", field(&format!(".{guard}"), "is", Json::from(value))));
        } else if self.rng.percent(65) {
            members.push(("where", self.test(depth + 2, &[scopes, &[list]].concat())));
        }
        members
    }

    /// A list that is not walked already.
    fn any_list(&mut self, scopes: Scopes<'_>, wanted: impl Fn(&List) -> bool) -> Option<&'static List> {
        let free = |list: &&List| scopes.iter().all(|other| other.path != list.path);
        let fitting: Vec<&'static List> = LISTS.iter().filter(free).filter(|list| wanted(list)).collect();
        self.rng.pick(&fitting).copied()
    }

    fn count(&mut self, depth: usize, scopes: Scopes<'_>) -> Json {
        if self.rng.percent(10) {
            let (path, _) = self.rng.pick(CODE_LISTS).copied().unwrap_or_default();
            let mut members = vec![("of", Json::from(path))];
            members.extend(self.rng.percent(50).then(|| ("distinct", Json::from("."))));
            return object(vec![("count", object(members))]);
        }
        let Some(list) = self.any_list(scopes, |_| true) else { return limit() };
        let mut members = self.over(list, depth, scopes);
        let key = self.pick(&["", "distinct", "per"]);
        if !key.is_empty() {
            let name = match list.guarded {
                Some((_, _, name)) => name,
                None => self.rng.pick(list.codes).map(|(name, _)| *name).unwrap_or_default(),
            };
            members.push((key, Json::from(format!(".{name}"))));
        }
        object(vec![("count", object(members))])
    }

    fn sum(&mut self, unit: Unit, depth: usize, scopes: Scopes<'_>) -> Json {
        let Some(list) =
            self.any_list(scopes, |list| list.numbers.iter().any(|(_, of)| *of == unit) || unit != Unit::Cents)
        else {
            return limit();
        };
        let mut members = self.over(list, depth, scopes);
        members.push(("value", self.number(unit, depth + 1, &[scopes, &[list]].concat())));
        object(vec![("sum", object(members))])
    }

    fn window(&mut self, depth: usize, scopes: Scopes<'_>) -> Json {
        let Some(list) = self.any_list(scopes, |list| list.dates.len() > 1) else { return limit() };
        let mut members = self.over(list, depth, scopes);
        let [from, to] =
            [list.dates.first(), list.dates.last()].map(|name| format!(".{}", name.copied().unwrap_or_default()));
        members.extend([("from", Json::from(from)), ("to", Json::from(to))]);
        if self.rng.percent(30) {
            members.push(("with", object(vec![("from", Json::from("start")), ("to", Json::from("end"))])));
        }
        let (unit, count) =
            if self.rng.percent(50) { ("months", 1 + self.rng.below(12)) } else { ("days", 5 + self.rng.below(60)) };
        members.push((unit, Json::Int(i64::try_from(count).unwrap_or(1))));
        object(vec![("window", object(members))])
    }

    /// The slots of an ordinary week, and one of the measures of the unit.
    fn week(&mut self, unit: Unit) -> Json {
        let text = |text: &str| Json::from(text);
        let mut members = vec![("of", text("schedule")), ("day", text(".weekday"))];
        members.extend([("from", text(".from")), ("to", text(".to"))]);
        if self.rng.percent(35) {
            let days = || SLOT_DAYS.iter().skip(1).map(|code| Json::from(*code)).collect();
            let test = match self.rng.below(3) {
                0 => field(".weekday", "one_of", days()),
                1 => object(vec![("known", text(".to"))]),
                _ => self.code_test(&[]),
            };
            members.push(("where", test));
        }
        let measure = match unit {
            Unit::Weekly => "work",
            Unit::Days => "rest_days",
            _ => self.pick(&["work", "work", "longest_day", "longest_stretch", "longest_rest", "daily_rest"]),
        };
        members.push(("measure", text(measure)));
        match unit {
            Unit::Weekly => members.push(("unit", text("hours_per_week"))),
            Unit::Hours => members.push(("unit", text("hours"))),
            _ => {}
        }
        match measure {
            "longest_stretch" => members.push(("pause", Json::Int(if self.rng.percent(50) { 30 } else { 1 }))),
            "work" if self.rng.percent(40) => {
                let hours = [text("22:00"), text("06:00")];
                members.push(("between", hours.into_iter().collect()));
            }
            "work" if self.rng.percent(40) => {
                members.push(("weekdays", [text("sun"), text("mon")].into_iter().collect()))
            }
            _ => {}
        }
        object(vec![("week", object(members))])
    }

    pub(super) fn day(&mut self, scopes: Scopes<'_>) -> Json {
        match self.rng.below(18) {
            0 | 1 => Json::from(self.pick(DAYS)),
            2 => Json::from("decision"),
            3 => Json::from("anchor"),
            4 | 5 => self.shift(scopes),
            6 | 9 => {
                let (key, period) =
                    (self.pick(&["start_of", "end_of"]), self.pick(&["week", "month", "quarter", "year"]));
                object(vec![(key, Json::from(period)), ("day", Json::from(self.date_field(scopes)))])
            }
            7 => {
                let key = self.pick(&["first_of", "last_of"]);
                let len = 1 + self.rng.below(3);
                object(vec![(key, (0..len).map(|_| self.day(scopes)).collect())])
            }
            8 => object(vec![("param", Json::from("reform"))]),
            _ => Json::from(self.date_field(scopes)),
        }
    }

    fn shift(&mut self, scopes: Scopes<'_>) -> Json {
        let mut members = vec![("shift", Json::from(self.date_field(scopes)))];
        if self.rng.percent(3) {
            // From 2024 on, the last is the first month of the year 2201, the first its last of 2200.
            let months = self.rng.pick(&[2_119, 2_120, 4_000]).copied().unwrap_or_default();
            members.push(("months", Json::Int(months)));
            return object(members);
        }
        for unit in ["years", "months", "weeks", "days"] {
            if self.rng.percent(35) {
                let by = i64::try_from(self.rng.below(5)).unwrap_or(0) - 2;
                let by = if self.rng.percent(20) { object(vec![("param", Json::from(unit))]) } else { Json::Int(by) };
                members.push((unit, by));
            }
        }
        if members.len() == 1 {
            members.push(("days", Json::Int(1)));
        }
        object(members)
    }
}

/// The parameter that fits every unit.
fn limit() -> Json {
    object(vec![("param", Json::from("limit"))])
}
