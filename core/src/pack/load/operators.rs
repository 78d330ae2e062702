//! Tests: which operator, and its operands.

use super::Loader;
use crate::catalogue::FieldType;
use crate::field::Absence;
use crate::kernel::{FieldRef, Kind, Literal, Order, Relation, Test};
use crate::limits;
use crate::pack::ParameterKind;
use crate::pack::scope::At;

/// Keys that say which operator it is, the first that is there.
const OPERATORS: [&str; 11] =
    ["all", "any", "not", "of", "known", "absent", "same_system", "some", "every", "condition", "date"];

/// What a field has to be to be compared as a whole.
const COMPARED: [&str; 4] = ["code", "text", "bool", "territory"];

impl Loader<'_> {
    pub(super) fn number_test(&mut self) -> usize {
        self.next_test += 1;
        self.next_test - 1
    }

    pub(super) fn test(&mut self, at: &At<'_>) -> Option<Test> {
        let id = self.number_test();
        if !at.is_object() {
            self.problems.wrong_type(at, "test");
            return None;
        }
        self.tests_so_far += 1;
        if self.tests_so_far > limits::TESTS {
            if self.tests_so_far == limits::TESTS + 1 {
                self.problems.add(at, "pack.too_many_tests", &[("max", &limits::TESTS.to_string())]);
            }
            return None;
        }
        if self.depth >= limits::TEST_DEPTH {
            self.problems.add(at, "pack.test_depth", &[]);
            return None;
        }
        self.depth += 1;
        let kind = self.kind(at);
        self.depth -= 1;
        kind.map(|kind| Test { id, kind })
    }

    fn kind(&mut self, at: &At<'_>) -> Option<Kind> {
        let Some((key, place)) = OPERATORS.iter().find_map(|key| Some((*key, at.get(key)?))) else {
            return self.field_test(at);
        };
        let others: &[&str] = match key {
            "of" => &["at_least"],
            "absent" => &["because"],
            "date" => return self.date_test(at, &place),
            _ => &[],
        };
        self.problems.keys(at, &[&[key], others].concat());
        match key {
            "all" => self.test_list(&place).map(Kind::All),
            "any" => self.test_list(&place).map(Kind::Any),
            "not" => self.test(&place).map(|test| Kind::Not(Box::new(test))),
            "of" => self.at_least(at, &place),
            "known" => self.field(&place, &[]).map(Kind::Known),
            "absent" => self.absent(at, &place),
            "same_system" => self.same_system(&place),
            "condition" => self.condition(&place),
            _ => self.quantified(key, &place),
        }
    }

    fn test_list(&mut self, at: &At<'_>) -> Option<Vec<Test>> {
        let tests: Vec<Option<Test>> = self.wanted_items(at)?.iter().map(|item| self.test(item)).collect();
        tests.into_iter().collect()
    }

    fn at_least(&mut self, at: &At<'_>, tests: &At<'_>) -> Option<Kind> {
        let number = self.problems.wanted(at, "at_least").and_then(|place| self.positive(&place));
        let tests = self.test_list(tests)?;
        Some(Kind::AtLeast(usize::try_from(number?).ok()?, tests))
    }

    fn absent(&mut self, at: &At<'_>, path: &At<'_>) -> Option<Kind> {
        let words = Absence::STATED.map(|reason| (reason.as_str(), reason));
        let field = self.field(path, &[]);
        let place = self.problems.wanted(at, "because")?;
        let reasons: Vec<Option<Absence>> = match place.items() {
            None => vec![self.problems.one_of(&place, &words)],
            Some(_) => self.some_items(&place)?.iter().map(|item| self.problems.one_of(item, &words)).collect(),
        };
        Some(Kind::Because(field?, reasons.into_iter().collect::<Option<Vec<_>>>()?))
    }

    fn same_system(&mut self, at: &At<'_>) -> Option<Kind> {
        let [a, b] = self.two(at, "two_paths")?.map(|path| self.field(&path, &["code", "territory"]));
        Some(Kind::SameSystem(a?, b?))
    }

    fn quantified(&mut self, key: &str, at: &At<'_>) -> Option<Kind> {
        self.problems.keys(at, &["of", "that"]);
        let place = self.problems.wanted(at, "of")?;
        let list = self.field(&place, &["list"])?;
        let that = self.problems.wanted(at, "that")?;
        let test = self.inside(&place, list, |loader| loader.test(&that))?;
        Some(if key == "some" { Kind::Some(list, Box::new(test)) } else { Kind::Every(list, Box::new(test)) })
    }

    /// A condition of the pack stands for its test. Its problems were told where it is written.
    fn condition(&mut self, at: &At<'_>) -> Option<Kind> {
        let name = self.problems.text(at)?;
        let Some((node, pointer)) = self.conditions.iter().find(|c| c.0 == name).map(|c| (c.1, c.2.clone())) else {
            let names: Vec<String> = self.conditions.iter().map(|condition| condition.0.clone()).collect();
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            self.problems.unknown(at, "pack.unknown_condition", &name, &known);
            return None;
        };
        self.used.insert(name.clone());
        if self.expanding.contains(&name) {
            self.problems.add(at, "pack.condition_circle", &[("name", &name)]);
            return None;
        }
        let told = self.problems.list.len();
        let elements = std::mem::take(&mut self.elements);
        self.expanding.push(name);
        let test = self.test(&At { node, pointer });
        self.expanding.pop();
        self.elements = elements;
        let kept = ["pack.too_many_tests", "pack.test_depth", "pack.condition_circle"];
        let mut met = self.problems.list.split_off(told);
        met.retain(|problem| kept.contains(&problem.code.as_str()));
        self.problems.list.extend(met);
        test.map(|test| Kind::All(vec![test]))
    }

    fn date_test(&mut self, at: &At<'_>, left: &At<'_>) -> Option<Kind> {
        let day = self.day(left);
        let mut allowed = vec!["date", "between"];
        allowed.extend(Order::KEYS.map(|(key, _)| key));
        self.problems.keys(at, &allowed);
        if let Some(place) = at.get("between") {
            self.problems.keys(at, &["date", "between"]);
            let [a, b] = self.two(&place, "two_days")?.map(|place| self.day(&place));
            let (day, a, b) = (day?, a?, b?);
            let tests = [Kind::Dates(day.clone(), Order::OnOrAfter, a), Kind::Dates(day, Order::OnOrBefore, b)];
            return Some(Kind::All(tests.map(|kind| self.numbered(kind)).to_vec()));
        }
        let found: Vec<_> = Order::KEYS.iter().filter_map(|(key, order)| at.get(key).map(|p| (*order, p))).collect();
        let [(order, place)] = found.as_slice() else {
            self.problems.add(at, "pack.one_relation", &[]);
            return None;
        };
        Some(Kind::Dates(day?, *order, self.day(place)?))
    }

    fn numbered(&mut self, kind: Kind) -> Test {
        Test { id: self.number_test(), kind }
    }

    fn comparison(&mut self, at: &At<'_>) -> Option<Kind> {
        let mut others = vec!["between"];
        others.extend(Relation::KEYS.map(|(key, _)| key));
        let left = self.number_with(at, &others);
        let found: Vec<_> = Relation::KEYS.iter().filter_map(|(key, r)| at.get(key).map(|p| (*r, p))).collect();
        let (relation, place) = match (at.get("between"), found.as_slice()) {
            (Some(place), []) => return self.number_between(&place, left?),
            (None, [(relation, place)]) => (relation, place),
            _ => {
                self.problems.add(at, "pack.one_relation", &[]);
                return None;
            }
        };
        let right = self.number(place)?;
        let left = left?;
        self.same_unit(place, &left.1, &right.1);
        Some(Kind::Compare(left.0, *relation, right.0))
    }

    fn number_between(&mut self, at: &At<'_>, left: super::numbers::Measured) -> Option<Kind> {
        let places = self.two(at, "two_numbers")?;
        let mut tests = Vec::new();
        for (place, relation) in places.iter().zip([Relation::AtLeast, Relation::AtMost]) {
            let right = self.number(place)?;
            self.same_unit(place, &left.1, &right.1);
            tests.push(self.numbered(Kind::Compare(left.0.clone(), relation, right.0)));
        }
        Some(Kind::All(tests))
    }

    /// `{field: path, …}` with what the field has to hold, or a comparison of numbers.
    fn field_test(&mut self, at: &At<'_>) -> Option<Kind> {
        let keys = ["is", "one_of", "within", "under", "concept", "same_as", "includes"];
        let found = keys.iter().find_map(|key| Some((*key, at.get(key)?)));
        let (Some((key, place)), Some(path)) = (found, at.get("field")) else {
            if !Self::is_number(at) {
                self.problems.add(at, "pack.unknown_test", &[]);
                return None;
            }
            return self.comparison(at);
        };
        self.problems.keys(at, &["field", key]);
        match key {
            "is" => {
                let field = self.field(&path, &COMPARED)?;
                Some(Kind::Is(field, vec![self.literal(&place, field)?]))
            }
            "one_of" => self.one_of(&path, &place),
            "within" => {
                let zones: Vec<(&str, &str)> = crate::territory::ZONES.iter().map(|zone| (*zone, *zone)).collect();
                let zone = self.problems.one_of(&place, &zones);
                Some(Kind::Within(self.field(&path, &["territory"])?, zone?.to_owned()))
            }
            "under" => {
                let field = self.field(&path, &["code"])?;
                let code = self.code_of(&place, Self::code_list(field)?)?;
                Some(Kind::Under(field, code))
            }
            "concept" => self.concept(&path, &place),
            "same_as" => self.same_as(&path, &place),
            _ => self.includes(&path, &place),
        }
    }

    fn one_of(&mut self, path: &At<'_>, at: &At<'_>) -> Option<Kind> {
        if let Some(param) = at.get("param") {
            self.problems.keys(at, &["param"]);
            let field = self.field(path, &["code"])?;
            let list = Self::code_list(field)?.to_owned();
            return Some(Kind::Among(field, self.param_of(&param, &ParameterKind::Codes(list))?));
        }
        let field = self.field(path, &COMPARED)?;
        let values: Vec<Option<Literal>> =
            self.wanted_items(at)?.iter().map(|item| self.literal(item, field)).collect();
        values.into_iter().collect::<Option<Vec<_>>>().map(|values| Kind::Is(field, values))
    }

    /// Eligibility hangs on national codes: a leefloon is not the criterion RSA.
    fn concept(&mut self, path: &At<'_>, at: &At<'_>) -> Option<Kind> {
        let field = self.field(path, &["code"])?;
        if !self.is_project {
            self.problems.add(at, "pack.joined_concept", &[]);
        }
        let list = self.codes.get(Self::code_list(field)?)?;
        let known: Vec<&str> = list.codes().iter().filter_map(|code| code.concept()).collect();
        let text = self.problems.text(at)?;
        if !known.contains(&text.as_str()) {
            self.problems.unknown(at, "pack.unknown_concept", &text, &known);
        }
        Some(Kind::Concept(field, text))
    }

    fn same_as(&mut self, path: &At<'_>, at: &At<'_>) -> Option<Kind> {
        let (a, b) = (self.field(path, &COMPARED), self.field(at, &COMPARED));
        let (a, b) = (a?, b?);
        if (self.kind_of(a), Self::code_list(a)) != (self.kind_of(b), Self::code_list(b)) {
            self.problems.add(at, "pack.same_kind", &[("left", &a.path()), ("right", &b.path())]);
        }
        Some(Kind::SameAs(a, b))
    }

    /// Short for `some` over the codes of a list.
    fn includes(&mut self, path: &At<'_>, at: &At<'_>) -> Option<Kind> {
        let list = self.field(path, &["list"])?;
        let FieldType::Codes(codes) = list.column()?.field.kind else {
            self.problems.add(path, "pack.field_type", &[("expected", "codes"), ("got", "list")]);
            return None;
        };
        let code = self.code_of(at, codes)?;
        let test = self.inside(path, list, |loader| {
            let (role, table) = *loader.elements.last()?;
            let element = FieldRef { role, id: role.layout().find_in(table, "")? };
            Some(loader.numbered(Kind::Is(element, vec![Literal::Text(code)])))
        })?;
        Some(Kind::Some(list, Box::new(test)))
    }

    fn literal(&mut self, at: &At<'_>, field: FieldRef) -> Option<Literal> {
        match field.column()?.field.kind {
            FieldType::Bool => {
                let value = at.node.boolean();
                if value.is_none() {
                    self.problems.wrong_type(at, "bool");
                }
                value.map(Literal::Bool)
            }
            FieldType::Code(list) | FieldType::Codes(list) => self.code_of(at, list).map(Literal::Text),
            _ => self.problems.text(at).map(Literal::Text),
        }
    }
}
