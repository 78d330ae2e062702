//! Cases as JSON text: plausible ones, and ones with the slips that partners make.

use crate::rng::Rng;
use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::{FieldDef, FieldType, Role, StructDef};
use sam_eurometropole::date::Date;
use sam_eurometropole::json::Json;

/// Writes cases.
pub struct Writer<'b> {
    book: &'b Rulebook,
    rng: Rng,
    communes: Vec<&'b str>,
    damage: bool,
}

impl<'b> Writer<'b> {
    /// From a seed.
    #[must_use]
    pub fn new(book: &'b Rulebook, seed: u64) -> Self {
        let communes = book.territory().communes().map(|commune| commune.code()).collect();
        Self { book, rng: Rng::new(seed), communes, damage: false }
    }

    /// The text of the next case; every second one is damaged.
    pub fn case(&mut self, damage: bool) -> String {
        self.damage = damage;
        let [participant, placement] = Role::MAIN.map(|role| (role.as_str(), self.object(role.def(), 0)));
        let mut members = vec![participant, placement];
        if self.slip(3) {
            members.pop();
        }
        if self.slip(3) {
            members.push(("placment", "{}".to_owned()));
        }
        for role in Role::CASE.into_iter().filter(|role| !Role::MAIN.contains(role)) {
            if self.rng.percent(25) {
                let text = match role.def().fields {
                    [list] if role.is_list() => self.value(list, 0),
                    _ => self.object(role.def(), 0),
                };
                members.push((role.as_str(), text));
            }
        }
        let members: Vec<String> = members.iter().map(|(name, text)| format!("\"{name}\":{text}")).collect();
        let text = format!("{{{}}}", members.join(","));
        if self.slip(4) { self.torn(text) } else { text }
    }

    /// The text of the next record of a kind.
    pub fn record(&mut self, role: Role, damage: bool) -> String {
        self.damage = damage;
        let text = self.object(role.def(), 0);
        if self.slip(4) { self.torn(text) } else { text }
    }

    /// A damaged case has a slip at a place so many times in a hundred.
    fn slip(&mut self, chance: usize) -> bool {
        self.damage && self.rng.percent(chance)
    }

    /// Text that stops too early.
    fn torn(&mut self, text: String) -> String {
        let end = self.rng.below(text.len());
        text.chars().take(end).collect()
    }

    fn object(&mut self, def: &StructDef, depth: usize) -> String {
        let mut members = Vec::new();
        let mut reasons = Vec::new();
        for field in def.fields {
            let given = self.rng.percent(if depth == 0 { 55 } else { 75 });
            if !given && self.rng.percent(10) {
                reasons.push(field.name);
            }
            if !given {
                continue;
            }
            let name = if self.slip(2) { self.misspelt(field.name) } else { field.name.to_owned() };
            let value = self.value(field, depth);
            members.push(format!("\"{name}\":{value}"));
            if self.slip(1) {
                let again = self.value(field, depth);
                members.push(format!("\"{name}\":{again}"));
            }
            if self.slip(1) {
                reasons.push(field.name);
            }
        }
        if !reasons.is_empty() {
            members.push(self.reasons(&reasons));
        }
        if self.slip(2) {
            let name =
                *self.rng.pick(&["niss", "e-mail", "notes", "Prénom", "\\ud800", "a.b", "absent"]).unwrap_or(&"x");
            members.push(format!("\"{name}\":\"x\""));
        }
        format!("{{{}}}", members.join(","))
    }

    fn reasons(&mut self, names: &[&str]) -> String {
        let words = ["declined", "not_known", "not_collected", "not_collected_by_rule"];
        let mut members = Vec::new();
        for name in names {
            let word = if self.slip(5) { "unknown" } else { self.rng.pick(&words).copied().unwrap_or_default() };
            members.push(format!("\"{name}\":\"{word}\""));
        }
        format!("\"absent\":{{{}}}", members.join(","))
    }

    fn misspelt(&mut self, name: &str) -> String {
        let mut chars: Vec<char> = name.chars().collect();
        let at = self.rng.below(chars.len().saturating_sub(1));
        if at + 1 < chars.len() {
            chars.swap(at, at + 1);
        }
        chars.into_iter().collect()
    }

    fn value(&mut self, field: &FieldDef, depth: usize) -> String {
        if self.rng.percent(3) {
            return self.rng.pick(&["null", "\"\"", "\" \\t\""]).copied().unwrap_or_default().to_owned();
        }
        if self.slip(4) {
            return self.other_kind();
        }
        match field.kind {
            FieldType::Bool => self.rng.pick(&["true", "false"]).copied().unwrap_or_default().to_owned(),
            FieldType::Integer | FieldType::Money | FieldType::Number => self.number(field),
            FieldType::Text => self.text(field),
            FieldType::Code(list) => self.code(list),
            FieldType::Date => self.date(),
            FieldType::Time => self.time(),
            FieldType::Territory => self.commune(),
            FieldType::Object(def) => self.object(def, depth + 1),
            FieldType::Objects(def) => {
                let len = self.rng.below(4);
                let items: Vec<String> = (0..len).map(|_| self.object(def, depth + 1)).collect();
                format!("[{}]", items.join(","))
            }
            FieldType::Codes(list) => {
                let len = self.rng.below(4);
                let items: Vec<String> = (0..len).map(|_| self.code(list)).collect();
                format!("[{}]", items.join(","))
            }
        }
    }

    fn other_kind(&mut self) -> String {
        let kinds = [
            "true",
            "0",
            "-1",
            "7.5",
            "7.0",
            "-0.0",
            "1e2",
            "1e400",
            "9007199254740992",
            "99999999999999999999",
            "\"35\"",
            "\"oui\"",
            "\"\\ud83d\\ude00\"",
            "\"\\udc00\"",
            "[]",
            "[null]",
            "{}",
            "{\"a\":[1,{\"b\":2}]}",
            "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
        ];
        self.rng.pick(&kinds).copied().unwrap_or_default().to_owned()
    }

    fn number(&mut self, field: &FieldDef) -> String {
        let (min, max) = field.range;
        let (min, max) = (min.unwrap_or(0), max.unwrap_or(300_000));
        let span = usize::try_from(max - min).unwrap_or(1) + 1;
        let mut value = min + i64::try_from(self.rng.below(span)).unwrap_or(0);
        if self.slip(5) {
            value += 1_000;
        }
        match self.rng.below(10) {
            0 => format!("{value}.0"),
            1 => format!("{value}e0"),
            2 if matches!(field.kind, FieldType::Number) => format!("{value}.5").replace(&format!("{max}.5"), "0.5"),
            _ => value.to_string(),
        }
    }

    fn text(&mut self, field: &FieldDef) -> String {
        let text = super::formed(&mut self.rng, field);
        if self.slip(10) {
            let bad = ["85.07.30-033 28", "dossier\\u0000", "\\ud800", "é à ü ß œ 😀", "12"];
            return format!("\"{}\"", self.rng.pick(&bad).copied().unwrap_or_default());
        }
        format!("\"{text}\"")
    }

    fn code(&mut self, list: &str) -> String {
        let codes = self.book.codes().get(list).map(|list| list.codes()).unwrap_or_default();
        let code = self.rng.pick(codes).map(|code| code.code().to_owned()).unwrap_or_default();
        let code = if self.slip(5) { self.misspelt(&code) } else { code };
        Json::from(code).to_canonical()
    }

    fn date(&mut self) -> String {
        let base = Date::try_new(2010, 1, 1).unwrap_or_default();
        let day = base.plus_days(i64::try_from(self.rng.below(6_000)).unwrap_or(0)).unwrap_or(base);
        let (year, month, date) = day.parts();
        if self.slip(10) {
            let bad = [
                format!("{date:02}/{month:02}/{year}"),
                format!("{year}-{date:02}-{month:02}"),
                format!("{day}T08:30:00"),
                format!("{year}-02-30"),
                "1875-01-01".to_owned(),
                "demain".to_owned(),
            ];
            return format!("\"{}\"", self.rng.pick(&bad).cloned().unwrap_or_default());
        }
        if self.rng.percent(5) { format!("\"{day}T00:00:00\"") } else { format!("\"{day}\"") }
    }

    fn time(&mut self) -> String {
        let minutes = self.rng.below(1_441);
        let text = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        if self.slip(10) { "\"8h30\"".to_owned() } else { format!("\"{text}\"") }
    }

    fn commune(&mut self) -> String {
        if self.slip(10) {
            let bad = ["59512", "FR-69123", "BE-21004", "Roubaix", "FR-5951"];
            return format!("\"{}\"", self.rng.pick(&bad).copied().unwrap_or_default());
        }
        format!("\"{}\"", self.rng.pick(&self.communes).copied().unwrap_or_default())
    }
}
