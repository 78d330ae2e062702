//! What is to be looked at again: packs, rules and values whose day has come, and what nobody has looked up yet.

use super::coverage::value_json;
use super::{DatedValue, Pack, Parameter, Rule, Source};
use crate::date::Date;
use crate::json::Json;
use crate::message::Lang;
use crate::rulebook::Rulebook;

/// What is due on a day.
#[derive(Clone, Debug)]
pub struct DueReport<'b> {
    /// The rulebook.
    pub book: &'b Rulebook,
    /// The packs that were looked at.
    pub packs: Vec<&'b Pack>,
    /// The day.
    pub on: Date,
    /// What is due: the earliest day first, then what has no day, by pack and in the order of the document.
    pub items: Vec<Item<'b>>,
}

/// Something that is due.
#[derive(Clone, Debug)]
pub struct Item<'b> {
    /// Its pack.
    pub pack: &'b Pack,
    /// What it is.
    pub what: What<'b>,
    /// Why it is due; at least one.
    pub reasons: Vec<Reason>,
}

/// What can be due.
#[derive(Clone, Copy, Debug)]
pub enum What<'b> {
    /// The pack as a whole.
    Pack,
    /// A value of a parameter.
    Value(&'b Parameter, &'b DatedValue),
    /// A rule.
    Rule(&'b Rule),
}

/// Why something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Somebody was to look at it by this day.
    ReviewBy(Date),
    /// The law was looked up until this day, and the pack is in force for longer.
    CheckedUntil(Date),
    /// Nobody has looked it up in its source.
    NotVerified,
}

impl Reason {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReviewBy(_) => "review_by",
            Self::CheckedUntil(_) => "checked_until",
            Self::NotVerified => "not_verified",
        }
    }

    /// Its day.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::ReviewBy(day) | Self::CheckedUntil(day) => Some(day),
            Self::NotVerified => None,
        }
    }

    fn to_json(self, on: Date) -> Json {
        let mut members = vec![("reason".to_owned(), Json::from(self.as_str()))];
        if let Some(day) = self.day() {
            members.push(("day".to_owned(), Json::from(day.to_string())));
            members.push(("passed".to_owned(), Json::Bool(day < on)));
        }
        Json::Object(members)
    }
}

/// What of some packs is due on a day, or within so many days after it.
#[must_use]
pub fn due<'b>(book: &'b Rulebook, packs: &[&'b Pack], on: Date, within: u32) -> DueReport<'b> {
    let until = on.plus_days(i64::from(within));
    let mut items: Vec<Item<'_>> = Vec::new();
    for item in packs.iter().flat_map(|pack| of_pack(pack, until)) {
        // Within a day the order of packs and documents stays.
        let at = items.partition_point(|other| other.rank() <= item.rank());
        items.insert(at, item);
    }
    DueReport { book, packs: packs.to_vec(), on, items }
}

/// What of a pack is due; `until` is the last day that counts, if the calendar goes so far.
fn of_pack<'b>(pack: &'b Pack, until: Option<Date>) -> Vec<Item<'b>> {
    let comes = |day: Date| until.is_none_or(|until| day <= until);
    let review = |day: Option<Date>| day.filter(|day| comes(*day)).map(Reason::ReviewBy);
    let unverified = |verified: bool| (!verified).then_some(Reason::NotVerified);
    let mut items = Vec::new();
    let mut add = |what: What<'b>, reasons: [Option<Reason>; 2]| {
        let reasons: Vec<Reason> = reasons.into_iter().flatten().collect();
        if !reasons.is_empty() {
            items.push(Item { pack, what, reasons });
        }
    };
    let ends = pack.force.to.is_some_and(|last| last <= pack.checked_until);
    let checked = (comes(pack.checked_until) && !ends).then_some(Reason::CheckedUntil(pack.checked_until));
    add(What::Pack, [review(pack.review_by), checked]);
    for (_, parameter, value) in pack.values() {
        add(What::Value(parameter, value), [unverified(value.verified), None]);
    }
    for rule in &pack.rules {
        add(What::Rule(rule), [review(rule.review_by), unverified(rule.verified.is_some())]);
    }
    items
}

impl Item<'_> {
    /// The earliest day of its reasons.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        self.reasons.iter().filter_map(|reason| reason.day()).min()
    }

    fn rank(&self) -> (bool, Option<Date>) {
        (self.first_day().is_none(), self.first_day())
    }

    /// Where it can be looked up.
    #[must_use]
    pub fn source(&self) -> Option<&Source> {
        match self.what {
            What::Pack => None,
            What::Value(_, value) => Some(&value.source),
            What::Rule(rule) => Some(&rule.source),
        }
    }

    fn to_json(&self, on: Date) -> Json {
        let mut members = vec![("pack".to_owned(), Json::from(self.pack.id.as_str()))];
        match self.what {
            What::Pack => {}
            What::Value(parameter, value) => {
                members.extend(value_json(parameter, value.force).as_object().unwrap_or_default().iter().cloned());
            }
            What::Rule(rule) => members.push(("rule".to_owned(), Json::from(rule.id.as_str()))),
        }
        members.push(("reasons".to_owned(), self.reasons.iter().map(|reason| reason.to_json(on)).collect()));
        members.extend(self.source().map(|source| ("source".to_owned(), source.to_json())));
        Json::Object(members)
    }
}

impl DueReport<'_> {
    /// Whether nothing is due.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.items.is_empty()
    }

    /// The list as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::object([
            ("made_by", self.book.made_by(&self.packs)),
            ("ok", Json::Bool(self.is_ok())),
            ("on", Json::from(self.on.to_string())),
            ("due", self.items.iter().map(|item| item.to_json(self.on)).collect()),
        ])
    }
}

impl Source {
    /// The source as JSON, with the keys of the pack. A text that is the same in every language is one text.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let texts = |texts: &crate::message::Texts| {
            let [first, rest @ ..] = texts.all();
            if rest.iter().all(|text| text == first) { Json::from(texts.get(Lang::Fr)) } else { texts.to_json() }
        };
        let text = |text: &String| Json::from(text.as_str());
        let members = [
            ("law", Some(texts(&self.law))),
            ("article", self.article.as_ref().map(text)),
            ("url", self.url.as_ref().map(text)),
            ("reference", self.reference.as_ref().map(texts)),
            ("eli", self.eli.as_ref().map(texts)),
            ("legiarti", self.legiarti.as_ref().map(text)),
            ("numac", self.numac.as_ref().map(text)),
        ];
        let given = |(name, value): (&str, Option<Json>)| value.map(|value| (name.to_owned(), value));
        Json::Object(members.into_iter().filter_map(given).collect())
    }
}
