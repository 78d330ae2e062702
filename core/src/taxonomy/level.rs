//! Themes, units, levels of area, and a value for each side of the border.

use crate::message::{Lang, Texts};
use crate::territory::System;

/// A theme: the first three letters of its indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub(super) code: String,
    pub(super) names: Texts,
}

impl Theme {
    /// The code of the list `theme`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        self.names.get(lang)
    }
}

/// A unit: how a quotient becomes a value, and the widest range of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) code: String,
    pub(super) per: Option<f64>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
}

/// A level of area: part of a commune, commune, … country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub(super) code: String,
    pub(super) rank: i64,
    pub(super) nuts: Option<usize>,
}

impl Level {
    /// The code of the list `area_level`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The greater, the larger the area; levels of one rank are alike.
    #[must_use]
    pub fn rank(&self) -> i64 {
        self.rank
    }

    /// Length of the NUTS code of an area of this level.
    #[must_use]
    pub fn nuts_length(&self) -> Option<usize> {
        self.nuts
    }
}

/// A value for France, Wallonia and Flanders, where there is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sides<T>(pub(super) [Option<T>; 3]);

impl<T> Sides<T> {
    /// The sides, in their order.
    pub const ALL: [System; 3] = [System::Fr, System::BeWal, System::BeVlg];

    /// The value of a side.
    #[must_use]
    pub fn get(&self, side: System) -> Option<&T> {
        let [fr, wal, vlg] = &self.0;
        match side {
            System::Fr => fr.as_ref(),
            System::BeWal => wal.as_ref(),
            System::BeVlg => vlg.as_ref(),
            System::BeBru | System::Other => None,
        }
    }
}
