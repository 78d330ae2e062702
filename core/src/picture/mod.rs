//! Pictures of figures: what is drawn, apart from how.
//!
//! A [`Picture`] holds everything that is seen, in one language: titles, marks with their labels, scales. The dashboard makes it
//! (`explain/picture.rs`); it leaves as a Vega-Lite specification ([`Picture::to_vega_lite`]) or as SVG ([`Picture::to_svg`]), both from the same
//! marks, so that a notebook, a page and a printed report show the same. A cell without a value is a mark that says why, and holds no number.
//!
//! Figures that must not be compared never share an axis: they lie in different [`Panel`]s, each with its own [`Scale`].

mod labels;
mod scale;
mod svg;
mod vega;

pub(crate) use labels::{Place, placed};
pub use scale::Scale;
pub(crate) use scale::{text_width, wrapped};
pub(crate) use svg::escaped;

use crate::json::Json;
use crate::message::Lang;

/// Colours that people with any colour vision tell apart, each of them three times as dark or light as white at least: from the palette of Okabe and
/// Ito. They are those of France, Wallonia, Flanders, other sides, and of areas that figures are held against.
pub(crate) const OF_SIDES: [&str; 5] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#6F6F6F"];
/// The colours of places, from the same palette, each with a dash and a shape of its own.
pub(crate) const OF_PLACES: [&str; 6] = ["#0072B2", "#D55E00", "#009E73", "#000000", "#CC79A7", "#7A6A00"];
/// From little to much: one hue, told by its lightness.
pub(crate) const OF_CLASSES: [&str; 7] = ["#DEEBF7", "#C6DBEF", "#9ECAE1", "#6BAED6", "#4292C6", "#2171B5", "#08306B"];
/// The dashes of places, in the order of their colours.
pub(crate) const DASHES: [&[i64]; 6] = [&[1, 0], &[6, 3], &[2, 2], &[8, 3, 2, 3], &[4, 2], &[10, 4]];

/// How a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A bar for each place.
    Bars,
    /// A line for each place.
    Trend,
    /// A small trend for each place.
    Multiples,
    /// A dot at the centre of each commune.
    Dots,
    /// The shape of each commune, which the caller brings.
    Areas,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Bars, Self::Trend, Self::Multiples, Self::Dots, Self::Areas];

    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Trend => "trend",
            Self::Multiples => "multiples",
            Self::Dots => "dots",
            Self::Areas => "areas",
        }
    }
}

/// A picture in a language.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Letters, digits and hyphens; another for each picture of a dashboard.
    pub id: String,
    /// How it is drawn.
    pub kind: Kind,
    /// The code of the indicator.
    pub indicator: String,
    /// How figures of the sides may be shown together, a word of [`crate::harmonise::Show`].
    pub show: &'static str,
    /// What is shown.
    pub title: String,
    /// What has to be said beside it: unit, grade with its caveat, what marks mean, producers.
    pub notes: Vec<String>,
    /// Those notes that say what signs and stars in it mean.
    pub legend: Vec<String>,
    /// The label of the unit.
    pub unit: String,
    /// The figures in words, for those who do not see the picture.
    pub description: String,
    /// The sides that marks lie on, by [`Mark::group`].
    pub groups: Vec<Group>,
    /// Parts with a scale each.
    pub panels: Vec<Panel>,
    /// The language.
    pub lang: Lang,
}

/// A side, or what figures are held against.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its place among the colours.
    pub colour: usize,
}

/// Marks that share an axis.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// What sets it apart; empty where there is only one.
    pub heading: String,
    /// What is drawn, in that order.
    pub marks: Vec<Mark>,
    /// The breaks of series, by the month that they are drawn at.
    pub breaks: Vec<(f64, String)>,
    /// The axis of values, or on a map the bounds of the classes.
    pub scale: Scale,
    /// Centres of the communes around, longitude and latitude, with the place of their group.
    pub ground: Vec<([f64; 2], usize)>,
    /// What each class of a map stands for.
    pub classes: Vec<String>,
}

/// A figure, or the place of one that is not shown.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The code of the place.
    pub place: String,
    /// Its name with its country.
    pub name: String,
    /// Its side, by its place in [`Picture::groups`].
    pub group: usize,
    /// The value, or that there is none.
    pub state: State,
    /// The value as it is read, or why there is none.
    pub label: String,
    /// Months since year 0, and the period as it is written.
    pub period: (i64, String),
    /// The part of the series it belongs to: a line goes through marks of one run only.
    pub run: usize,
    /// Longitude and latitude.
    pub at: Option<[f64; 2]>,
    /// The shape, as the caller brought it.
    pub shape: Option<Json>,
}

/// What a mark shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// A value.
    Value(f64),
    /// The value is hidden; nothing here can tell it.
    Hidden,
    /// There is no value.
    Absent,
}

impl State {
    /// The word in the data of a specification.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::Hidden => "hidden",
            Self::Absent => "absent",
        }
    }

    /// What is drawn instead of a value.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Value(_) => "",
            Self::Hidden => "×",
            Self::Absent => "–",
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Hidden | Self::Absent => None,
        }
    }
}

impl Picture {
    /// The colour of a mark.
    pub(crate) fn colour(&self, group: usize) -> &'static str {
        let place = self.groups.get(group).map_or(usize::MAX, |group| group.colour);
        OF_SIDES.get(place).copied().unwrap_or("#6F6F6F")
    }

    /// What the signs mean that stand in it, each with its word.
    pub(crate) fn has(&self, state: State) -> bool {
        self.panels.iter().any(|panel| panel.marks.iter().any(|mark| mark.state == state))
    }
}

impl Panel {
    /// The names of its places, in the order of their marks.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for mark in &self.marks {
            if !names.contains(&mark.name.as_str()) {
                names.push(&mark.name);
            }
        }
        names
    }

    /// The periods of its marks, in their order.
    pub(crate) fn periods(&self) -> Vec<(i64, &str)> {
        let mut periods: Vec<(i64, &str)> =
            self.marks.iter().map(|mark| (mark.period.0, mark.period.1.as_str())).collect();
        crate::order::sort_by(&mut periods, Ord::cmp);
        periods.dedup();
        periods
    }
}
