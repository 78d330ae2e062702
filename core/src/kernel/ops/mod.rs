//! One operator, one file: what it means, how it is judged, its tests.

pub(crate) mod age;
pub(crate) mod arithmetic;
pub(crate) mod at_least;
pub(crate) mod bound;
pub(crate) mod compare;
pub(crate) mod concept;
pub(crate) mod count;
pub(crate) mod date_order;
pub(crate) mod days;
pub(crate) mod elements;
pub(crate) mod first_last;
pub(crate) mod is;
pub(crate) mod known;
pub(crate) mod logic;
pub(crate) mod months;
pub(crate) mod overlap;
pub(crate) mod param;
pub(crate) mod quantify;
pub(crate) mod same_as;
pub(crate) mod same_system;
pub(crate) mod shift;
pub(crate) mod sum;
pub(crate) mod under;
pub(crate) mod week;
pub(crate) mod window;
pub(crate) mod within;
