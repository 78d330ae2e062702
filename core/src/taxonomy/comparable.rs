//! Why two figures cannot be compared, in one sentence.
//!
//! Two figures enter ([`Figure::of`]): observations, or an indicator and a side of the border. Where something stands against their comparison, a
//! [`Reason`] leaves: the weightiest, with a stable code, how the figures may be shown, and a sentence in each language.

use super::{Break, Grade, Indicator, Sides};
use crate::Rulebook;
use crate::json::Json;
use crate::message::Lang;
use crate::order;
use crate::period::Period;
use crate::territory::System;
use thiserror::Error;

/// The level of a commune.
const COMMUNE: &str = "COM";

/// Why something is no figure that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FigureError {
    /// It has no `indicator`, or none that the taxonomy holds.
    #[error("`{0}` is no indicator of the taxonomy")]
    Indicator(String),
    /// It has no `side`, `territory` or `area` of the territory.
    #[error("`{0}` is no side, commune or area")]
    Place(String),
    /// Its period is not written as in SDMX.
    #[error("`{0}` is no period")]
    Period(String),
}

impl FigureError {
    /// The code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Indicator(_) => "misuse.indicator",
            Self::Place(_) => "misuse.place",
            Self::Period(_) => "misuse.period",
        }
    }

    /// What was given.
    #[must_use]
    pub fn given(&self) -> &str {
        match self {
            Self::Indicator(given) | Self::Place(given) | Self::Period(given) => given,
        }
    }
}

/// A figure, as far as it matters for comparing. What is not known of it stands against nothing.
#[derive(Clone, Debug)]
pub struct Figure<'b> {
    indicator: &'b Indicator,
    /// The sides that it may be of: one, or for an area of Belgium whose code does not tell, two.
    sides: Vec<System>,
    place: Option<String>,
    /// Its code and rank.
    level: Option<(&'b str, i64)>,
    period: Option<(String, Period)>,
    vintage: Option<i64>,
    unit: Option<String>,
    breakdown: Vec<(String, Json)>,
}

impl<'b> Figure<'b> {
    /// From an observation (`indicator`, `territory` or `area` with `level`, `period`, `vintage`, `unit`, `breakdown`), or from `indicator` and
    /// `side`. Other members do not matter.
    ///
    /// # Errors
    /// [`FigureError`], where indicator, place or period are not known.
    pub fn of(book: &'b Rulebook, json: &Json) -> Result<Self, FigureError> {
        let text = |name: &str| json.get(name).and_then(Json::as_str);
        let code = text("indicator").unwrap_or_default();
        let indicator = book.taxonomy().indicator(code).ok_or_else(|| FigureError::Indicator(code.to_owned()))?;
        let period = text("period").map(|text| {
            let period = Period::parse(text).ok_or_else(|| FigureError::Period(text.to_owned()));
            period.map(|period| (text.to_owned(), period))
        });
        let place = text("territory").or(text("area"));
        let level = text("level").or(text("territory").map(|_| COMMUNE)).unwrap_or_default();
        let mut breakdown = json.get("breakdown").and_then(Json::as_object).unwrap_or_default().to_vec();
        order::sort_by(&mut breakdown, |(one, _), (other, _)| one.cmp(other));
        Ok(Self {
            indicator,
            sides: sides(book, text("side"), place, text("territory").is_none())?,
            place: place.map(str::to_owned),
            level: book.taxonomy().level(level).map(|level| (level.code(), level.rank())),
            period: period.transpose()?,
            vintage: json.get("vintage").and_then(Json::as_i64),
            unit: text("unit").map(str::to_owned),
            breakdown,
        })
    }
}

/// The sides of a figure: that which is given, that of its commune or area, or both of Belgium.
fn sides(book: &Rulebook, side: Option<&str>, place: Option<&str>, is_area: bool) -> Result<Vec<System>, FigureError> {
    let is_side = |side: &System| Sides::<()>::ALL.contains(side);
    if let Some(word) = side {
        let side = System::parse(word).filter(is_side);
        return side.map(|side| vec![side]).ok_or_else(|| FigureError::Place(word.to_owned()));
    }
    let place = place.unwrap_or_default();
    let of_commune = book.territory().get(place).map(|commune| commune.system());
    let side = of_commune.filter(is_side).or_else(|| book.taxonomy().side_of(place));
    match side {
        Some(side) => Ok(vec![side]),
        None if is_area && (place == "BE" || place.starts_with("BE-")) => Ok(vec![System::BeWal, System::BeVlg]),
        None => Err(FigureError::Place(place.to_owned())),
    }
}

/// How two figures may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Each for itself.
    Apart,
    /// Side by side, neither ranked nor added up.
    Beside,
    /// Together, with the caveat.
    WithCaveat,
    /// Together, and ranked.
    Ranked,
}

impl Show {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Beside => "beside",
            Self::WithCaveat => "with_caveat",
            Self::Ranked => "ranked",
        }
    }
}

/// What stands against comparing two figures.
#[derive(Clone, Debug)]
pub struct Reason<'b> {
    code: &'static str,
    show: Show,
    indicator: &'b Indicator,
    params: Vec<(&'static str, Param<'b>)>,
}

/// A value of the sentence.
#[derive(Clone, Debug)]
enum Param<'b> {
    Value(Json),
    /// A code of a list, which is told by its label.
    Code(&'static str, String),
    Side(System),
    Break(&'b Break),
    Caveat,
}

impl Reason<'_> {
    /// `comparable.…`; codes never change their meaning.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// How the figures may be shown nevertheless.
    #[must_use]
    pub fn show(&self) -> Show {
        self.show
    }

    /// The sentence.
    #[must_use]
    pub fn to_text(&self, book: &Rulebook, lang: Lang) -> String {
        let told = |param: &Param<'_>| match param {
            Param::Value(value) => value.clone(),
            Param::Code(list, code) => {
                let label = book.codes().get(list).and_then(|list| list.find(code)).map(|code| code.label(lang));
                Json::from(label.unwrap_or(code))
            }
            Param::Side(side) => Json::from(book.messages().get(&format!("side.{side}"), lang)),
            Param::Break(found) => Json::from(found.what(lang)),
            Param::Caveat => Json::from(self.indicator.caveat(lang).unwrap_or_default()),
        };
        let mut params = vec![("name", Json::from(self.indicator.name(lang)))];
        params.extend(self.params.iter().map(|(name, param)| (*name, told(param))));
        let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        book.messages().render(self.code, lang, &params)
    }

    fn to_json(&self) -> Json {
        let value = |param: &Param<'_>| match param {
            Param::Value(value) => Some(value.clone()),
            Param::Code(_, code) => Some(Json::from(code.as_str())),
            Param::Side(side) => Some(Json::from(side.as_str())),
            Param::Break(found) => Some(Json::from(found.id())),
            Param::Caveat => None,
        };
        let params = self.params.iter().filter_map(|(name, param)| Some(((*name).to_owned(), value(param)?)));
        let indicator = ("indicator".to_owned(), Json::from(self.indicator.code()));
        Json::object([
            ("code", Json::from(self.code)),
            ("params", Json::Object(std::iter::once(indicator).chain(params).collect())),
        ])
    }
}

/// Whether two figures can be compared, for machines and people.
#[derive(Clone, Debug)]
pub struct Comparison<'b> {
    book: &'b Rulebook,
    reason: Option<Reason<'b>>,
}

impl Comparison<'_> {
    /// `comparable`, `show` and, where they cannot, `reason`.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let show = self.reason.as_ref().map_or(Show::Ranked, Reason::show);
        let mut members = vec![
            ("made_by".to_owned(), self.book.made_by(&[])),
            ("comparable".to_owned(), Json::Bool(self.reason.is_none())),
            ("show".to_owned(), Json::from(show.as_str())),
        ];
        members.extend(self.reason.as_ref().map(|reason| ("reason".to_owned(), reason.to_json())));
        Json::Object(members)
    }

    /// One sentence.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        match &self.reason {
            Some(reason) => reason.to_text(self.book, lang),
            None => self.book.messages().get("comparable.yes", lang).to_owned(),
        }
    }

    /// What stands against it.
    #[must_use]
    pub fn reason(&self) -> Option<&Reason<'_>> {
        self.reason.as_ref()
    }
}

/// The comparison of two figures given as JSON.
///
/// ```
/// use sam_eurometropole::{Rulebook, json::Json, message::Lang, taxonomy::comparable::compare};
/// let book = Rulebook::embedded();
/// let figure = |side: &str| Json::object([("indicator", Json::from("MIN01")), ("side", Json::from(side))]);
/// let found = compare(book, &figure("FR"), &figure("BE-WAL")).unwrap();
/// assert_eq!(found.reason().map(|reason| reason.code()), Some("comparable.proxy"));
/// assert!(found.to_text(Lang::En).contains("side by side"));
/// ```
///
/// # Errors
/// [`FigureError`] of the first that is none.
pub fn compare<'b>(book: &'b Rulebook, a: &Json, b: &Json) -> Result<Comparison<'b>, FigureError> {
    let (a, b) = (Figure::of(book, a)?, Figure::of(book, b)?);
    Ok(Comparison { book, reason: why_not_comparable(&a, &b) })
}

/// The weightiest thing that stands against comparing two figures; `None` where nothing does.
#[must_use]
pub fn why_not_comparable<'b>(a: &Figure<'b>, b: &Figure<'b>) -> Option<Reason<'b>> {
    let pair = Pair { a, b };
    None.or_else(|| pair.indicator())
        .or_else(|| pair.available())
        .or_else(|| pair.grade(Grade::N, "comparable.one_sided", Show::Apart))
        .or_else(|| pair.grade(Grade::C, "comparable.proxy", Show::Beside))
        .or_else(|| pair.codes("comparable.unit", "unit", |figure| Some(unit(figure))))
        .or_else(|| pair.breakdown())
        .or_else(|| pair.level())
        .or_else(|| pair.vintage())
        .or_else(|| pair.break_between())
        .or_else(|| pair.period())
        .or_else(|| pair.caveat())
}

fn unit<'f>(figure: &'f Figure<'_>) -> &'f str {
    figure.unit.as_deref().unwrap_or(figure.indicator.unit())
}

struct Pair<'f, 'b> {
    a: &'f Figure<'b>,
    b: &'f Figure<'b>,
}

impl<'b> Pair<'_, 'b> {
    fn reason(&self, code: &'static str, show: Show, params: Vec<(&'static str, Param<'b>)>) -> Option<Reason<'b>> {
        Some(Reason { code, show, indicator: self.a.indicator, params })
    }

    fn both(a: Json, b: Json) -> Vec<(&'static str, Param<'b>)> {
        vec![("a", Param::Value(a)), ("b", Param::Value(b))]
    }

    fn across(&self) -> bool {
        self.a.sides != self.b.sides
    }

    /// Two figures of one place tell its course; those of two places are held against each other.
    fn same_place(&self) -> bool {
        !self.across() && self.a.place == self.b.place
    }

    fn indicator(&self) -> Option<Reason<'b>> {
        let (a, b) = (self.a.indicator.code(), self.b.indicator.code());
        if a == b {
            None
        } else {
            self.reason("comparable.indicator", Show::Apart, Self::both(Json::from(a), Json::from(b)))
        }
    }

    /// A side without the figure has nothing to be compared.
    fn available(&self) -> Option<Reason<'b>> {
        let has = |side: &&System| self.a.indicator.lowest(**side).is_some();
        let none = [self.a, self.b].into_iter().find(|figure| !figure.sides.iter().any(|side| has(&side)))?;
        let side = Param::Side(none.sides.first().copied()?);
        self.reason("comparable.not_available", Show::Apart, vec![("side", side)])
    }

    fn grade(&self, grade: Grade, code: &'static str, show: Show) -> Option<Reason<'b>> {
        let is_it = self.across() && self.a.indicator.grade() == grade;
        if is_it { self.reason(code, show, Vec::new()) } else { None }
    }

    fn codes<'f>(
        &'f self,
        code: &'static str,
        list: &'static str,
        of: impl Fn(&'f Figure<'b>) -> Option<&'f str>,
    ) -> Option<Reason<'b>> {
        let (a, b) = (of(self.a)?, of(self.b)?);
        let param = |word: &str| Param::Code(list, word.to_owned());
        if a == b { None } else { self.reason(code, Show::Beside, vec![("a", param(a)), ("b", param(b))]) }
    }

    /// Men and women of one place are compared; men of one place and women of another are not.
    fn breakdown(&self) -> Option<Reason<'b>> {
        let is_other = !self.same_place() && self.a.breakdown != self.b.breakdown;
        if is_other { self.reason("comparable.breakdown", Show::Beside, Vec::new()) } else { None }
    }

    /// Levels of one rank are alike: a département of France and an arrondissement of Belgium.
    fn level(&self) -> Option<Reason<'b>> {
        let ((_, a), (_, b)) = (self.a.level?, self.b.level?);
        if a == b { None } else { self.codes("comparable.level", "area_level", |figure| Some(figure.level?.0)) }
    }

    fn vintage(&self) -> Option<Reason<'b>> {
        let (a, b) = (self.a.vintage?, self.b.vintage?);
        if a == b {
            None
        } else {
            self.reason("comparable.vintage", Show::Beside, Self::both(Json::Int(a), Json::Int(b)))
        }
    }

    fn break_between(&self) -> Option<Reason<'b>> {
        let ((_, a), (_, b)) = (self.a.period.as_ref()?, self.b.period.as_ref()?);
        let sides = self.a.sides.iter().chain(&self.b.sides);
        let (side, found) = sides
            .flat_map(|side| self.a.indicator.breaks(*side).map(move |found| (side, found)))
            .find(|(side, found)| found.is_between(**side, *a, *b))?;
        let params = vec![("side", Param::Side(*side)), ("break", Param::Break(found))];
        self.reason("comparable.break", Show::Beside, params)
    }

    fn period(&self) -> Option<Reason<'b>> {
        let ((a, first), (b, second)) = (self.a.period.as_ref()?, self.b.period.as_ref()?);
        let periods = || Self::both(Json::from(a.as_str()), Json::from(b.as_str()));
        let is_other = !self.same_place() && first != second;
        if is_other { self.reason("comparable.period", Show::Beside, periods()) } else { None }
    }

    fn caveat(&self) -> Option<Reason<'b>> {
        let found = self.grade(Grade::B, "comparable.caveat", Show::WithCaveat)?;
        Some(Reason { params: vec![("caveat", Param::Caveat)], ..found })
    }
}
