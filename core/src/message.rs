//! Texts in French, Dutch and English.
//!
//! Texts are data (`core/data/messages`, `table_messages`, labels, what rules say); this module fills their placeholders and writes days, numbers
//! and amounts as each language does. Nothing here is ever stored: texts are renderings of codes and params.

use crate::date::Date;
use crate::json::{Json, Members};
use crate::order;
use std::collections::BTreeMap;

/// A language of the partners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// French.
    Fr,
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Fr, Self::Nl, Self::En];

    /// The code (ISO 639-1).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == code)
    }
}

/// One text in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts([String; 3]);

impl Texts {
    /// From the three texts.
    #[must_use]
    pub fn new(fr: String, nl: String, en: String) -> Self {
        Self([fr, nl, en])
    }

    /// From an object with `fr`, `nl` and `en`.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        let text = |lang: Lang| json.get(lang.as_str()).and_then(Json::as_str).map(str::to_owned);
        Some(Self([text(Lang::Fr)?, text(Lang::Nl)?, text(Lang::En)?]))
    }

    /// An object with `fr`, `nl` and `en`.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::object(Lang::ALL.map(|lang| (lang.as_str(), Json::from(self.get(lang)))))
    }

    /// Adds the members of that JSON.
    pub(crate) fn write(&self, to: &mut Members<'_>) {
        [Lang::En, Lang::Fr, Lang::Nl].into_iter().for_each(|lang| to.text(lang.as_str(), self.get(lang)));
    }

    /// The text of a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let [fr, nl, en] = &self.0;
        match lang {
            Lang::Fr => fr,
            Lang::Nl => nl,
            Lang::En => en,
        }
    }

    /// All three.
    #[must_use]
    pub fn all(&self) -> &[String; 3] {
        &self.0
    }
}

/// Texts by id.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    texts: BTreeMap<String, Texts>,
}

impl Messages {
    /// From an object of `id: {fr, nl, en}`.
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        Self::of(json.as_object().unwrap_or_default().iter())
    }

    /// The same with those of another object.
    #[must_use]
    pub fn with(mut self, json: &Json) -> Self {
        self.texts.extend(Self::from_json(json).texts);
        self
    }

    fn of<'j>(members: impl Iterator<Item = &'j (String, Json)>) -> Self {
        Self { texts: order::map(members.filter_map(|(id, entry)| Some((id.clone(), Texts::from_json(entry)?)))) }
    }

    /// The text of an id; the id itself where there is none, so that nothing is hidden.
    #[must_use]
    pub fn get<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.texts.get(id).map_or(id, |texts| texts.get(lang))
    }

    /// Whether there is a text.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.texts.contains_key(id)
    }

    /// The filled text of an id.
    #[must_use]
    pub fn render(&self, id: &str, lang: Lang, params: &[(&str, &Json)]) -> String {
        fill(self.get(id, lang), lang, params, self)
    }

    /// `id.one` or `id.other`, by the number: in French 0 and 1 are *one*.
    #[must_use]
    pub fn count(&self, id: &str, lang: Lang, count: i64, params: &[(&str, &Json)]) -> String {
        let one = count == 1 || (lang == Lang::Fr && count == 0);
        let number = Json::Int(count);
        let mut all = vec![("count", &number)];
        all.extend(params);
        self.render(&format!("{id}.{}", if one { "one" } else { "other" }), lang, &all)
    }

    /// All ids, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}

/// The names in braces of a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// Fills the placeholders of a text. One that has no value is shown as an ellipsis.
#[must_use]
pub fn fill(text: &str, lang: Lang, params: &[(&str, &Json)], words: &Messages) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match params.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(&show(value, lang, words)),
            None => out.push('…'),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A value as a language writes it: days as `2 mai 2024`, decimals with a comma in French and Dutch, lists with commas.
#[must_use]
pub fn show(value: &Json, lang: Lang, words: &Messages) -> String {
    match value {
        Json::Text(text) => match Date::parse(text) {
            Ok(date) if text.len() == 10 => show_date(date, lang, words),
            _ => text.clone(),
        },
        Json::Bool(flag) => words.get(if *flag { "boolean.true" } else { "boolean.false" }, lang).to_owned(),
        Json::Int(_) | Json::Float(_) => {
            let text = decimals(value);
            if lang == Lang::En { text } else { text.replace('.', ",") }
        }
        Json::List(items) => items.iter().map(|item| show(item, lang, words)).collect::<Vec<_>>().join(", "),
        Json::Null | Json::Object(_) => value.to_canonical(),
    }
}

/// A number as text; a quotient with no end (8 hours and a minute: 8.016…) with two decimals. Outputs keep it whole.
fn decimals(value: &Json) -> String {
    let text = value.to_canonical();
    let is_long = text.split_once('.').is_some_and(|(_, after)| after.len() > 4 && !after.contains('e'));
    match value {
        Json::Float(number) if is_long => format!("{:.2}", number.get()),
        _ => text,
    }
}

/// A number for people who compare figures: with the decimals of [`show`], and in groups of three digits: `12 500,5`, `12.500,5`, `12,500.5`.
///
/// ```
/// use sam_eurometropole::message::{Lang, show_number};
/// assert_eq!(Lang::ALL.map(|lang| show_number(-12500.5, lang)), ["−12\u{202f}500,5", "−12.500,5", "−12,500.5"]);
/// ```
#[must_use]
pub fn show_number(value: f64, lang: Lang) -> String {
    let (group, point) = marks(lang);
    let text = decimals(&Json::number(value.abs()));
    let sign = if value < 0.0 { "−" } else { "" };
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    match (whole.parse(), rest) {
        (Ok(whole), Some(rest)) => format!("{sign}{}{point}{rest}", grouped(whole, group)),
        (Ok(whole), None) => format!("{sign}{}", grouped(whole, group)),
        (Err(_), _) => format!("{sign}{text}"),
    }
}

/// What stands between groups of three digits, and before decimals.
fn marks(lang: Lang) -> (&'static str, char) {
    match lang {
        Lang::Fr => ("\u{202f}", ','),
        Lang::Nl => (".", ','),
        Lang::En => (",", '.'),
    }
}

/// An amount in cents as euros: `1 659,29 €`, `€ 1.659,29`, `€1,659.29`.
#[must_use]
pub fn show_money(cents: i64, lang: Lang) -> String {
    let (group, point) = marks(lang);
    let sign = if cents < 0 { "−" } else { "" };
    let (euros, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let amount = format!("{}{point}{rest:02}", grouped(euros, group));
    match lang {
        Lang::Fr => format!("{sign}{amount}\u{a0}€"),
        Lang::Nl => format!("€\u{a0}{sign}{amount}"),
        Lang::En => format!("{sign}€{amount}"),
    }
}

/// A whole number in groups of three digits.
fn grouped(number: u64, group: &str) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{}{group}{:03}", grouped(number / 1_000, group), number % 1_000),
    }
}

/// `2 mai 2024`, `2 mei 2024`, `2 May 2024`; the first of a month is `1er` in French.
#[must_use]
pub fn show_date(date: Date, lang: Lang, words: &Messages) -> String {
    let (year, month, day) = date.parts();
    let id = format!("month.{month}");
    let month = words.get(&id, lang);
    match (lang, day) {
        (Lang::Fr, 1) => format!("1er {month} {year}"),
        _ => format!("{day} {month} {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_each_language_does() {
        assert_eq!(
            Lang::ALL.map(|lang| show_money(165_929, lang)),
            ["1\u{202f}659,29\u{a0}€", "€\u{a0}1.659,29", "€1,659.29"]
        );
        assert_eq!(Lang::ALL.map(|lang| show_money(-5, lang)), ["−0,05\u{a0}€", "€\u{a0}−0,05", "−€0.05"]);
        assert_eq!(show_money(114_294_365_007, Lang::En), "€1,142,943,650.07");
    }
}
