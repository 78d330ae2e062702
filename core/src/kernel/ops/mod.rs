//! One operator, one file: what it means, how it is judged, its tests.

pub(crate) mod age;
pub(crate) mod compare;
pub(crate) mod date_order;
pub(crate) mod days;
pub(crate) mod is;
pub(crate) mod known;
pub(crate) mod logic;
pub(crate) mod same_system;
pub(crate) mod shift;
pub(crate) mod within;
