//! From when on something is told. All of these are ours, and shown as ours wherever they decide.

/// A figure is told to be worse than the zone or the country where it is worse by at least so many hundredths of that figure.
pub const WORSE_PERCENT: f64 = 10.0;
/// A course is told to rise or fall where the change is at least so many hundredths of the first figure.
pub const COURSE_PERCENT: f64 = 5.0;
/// Counts below this change by chance: their course is not told.
pub const SMALL_COUNT: f64 = 20.0;
