//! Primary suppression: which cells are sensitive by themselves, why, and how well each must be protected.
//!
//! A cell and the rule of its table enter; [`Reason`]s and a [`Need`] leave.

use super::release::{Cell, Kind, Table};
use super::rules::Rule;
use super::system::Need;

/// Why a cell is sensitive. Only its producer may read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Fewer units than this.
    Frequency(i64),
    /// Nobody, where that is telling.
    Zero,
    /// Fewer contributors than this.
    Contributors(i64),
    /// So many of the largest hold more than so many percent.
    Dominance(usize, i64),
    /// The largest can be estimated within so many percent.
    PPercent(i64),
    /// All of the margin along this dimension.
    Attribute(String),
    /// All of the denominator.
    Full,
    /// An earlier release hid it, and its value is not stated.
    HiddenEarlier,
}

/// A reason, and what it asks for.
pub(super) type Sensitive = (Reason, Need);

/// How well a count that few stand behind must be protected.
pub(super) fn of_count(value: i64, rule: &Rule) -> Option<Sensitive> {
    if value >= rule.min_units || (value == 0 && !rule.zeros) {
        return None;
    }
    let reason = if value == 0 { Reason::Zero } else { Reason::Frequency(rule.min_units) };
    Some((reason, Need { high: rule.min_units, low: i64::MAX, width: rule.min_units }))
}

/// How well a cell must be protected that says the same of everybody in its margin.
pub(super) fn of_everybody(reason: Reason, rule: &Rule) -> Sensitive {
    (reason, Need { high: i64::MIN, low: i64::MAX, width: rule.min_units.max(1) })
}

/// A cell that an earlier release hid, of unknown value.
pub(super) fn of_hidden_earlier(rule: &Rule) -> Sensitive {
    of_everybody(Reason::HiddenEarlier, rule)
}

/// Why a cell is sensitive by what it says itself.
pub(super) fn of_cell(cell: &Cell, table: &Table) -> Vec<Sensitive> {
    let (Some(value), false) = (cell.value, cell.known) else { return Vec::new() };
    let rule = &table.rule;
    let mut found = Vec::new();
    match table.kind {
        Kind::Count | Kind::Rate { .. } => {
            found.extend(of_count(value, rule));
            if rule.attribute && value > 0 && matches!(table.kind, Kind::Rate { .. }) && cell.denominator == Some(value)
            {
                found.push(of_everybody(Reason::Full, rule));
            }
            found.extend(
                cell.contributors.filter(|count| *count > 0).and_then(|count| of_contributors(value, count, rule)),
            );
        }
        Kind::Magnitude => of_amount(value, cell, rule, &mut found),
    }
    found
}

fn of_contributors(value: i64, count: i64, rule: &Rule) -> Option<Sensitive> {
    let around = percent_up(value, rule.protect_percent).max(1);
    (count < rule.min_contributors).then(|| (Reason::Contributors(rule.min_contributors), within(value, around)))
}

fn of_amount(value: i64, cell: &Cell, rule: &Rule, found: &mut Vec<Sensitive>) {
    let count = cell.contributors.unwrap_or(0);
    if count == 0 {
        if rule.zeros {
            found.push((Reason::Zero, Need { high: value.saturating_add(1), low: i64::MAX, width: 1 }));
        }
        return;
    }
    found.extend(of_contributors(value, count, rule));
    for (n, percent) in &rule.dominance {
        let largest: i64 = cell.largest.iter().take(*n).fold(0, |sum, one| sum.saturating_add(*one));
        // The estimate from above may not come so near that the largest still hold more than their share of it.
        if i128::from(largest) * 100 > i128::from(*percent) * i128::from(value) {
            let enough = ratio_up(largest, 100, *percent);
            found.push((Reason::Dominance(*n, *percent), within(value, enough.saturating_sub(value).max(1))));
        }
    }
    if let (Some(p), [first, rest @ ..]) = (rule.p_percent, cell.largest.as_slice()) {
        let second = rest.first().copied().unwrap_or(0);
        let others = value.saturating_sub(*first).saturating_sub(second);
        let wanted = percent_up(*first, p);
        if i128::from(others) * 100 < i128::from(p) * i128::from(*first) {
            found.push((Reason::PPercent(p), within(value, wanted.saturating_sub(others).max(1))));
        }
    }
}

/// Nobody may come nearer than this, from either side; a value cannot fall below 0.
fn within(value: i64, around: i64) -> Need {
    Need { high: value.saturating_add(around), low: value.saturating_sub(around).max(0), width: 0 }
}

fn percent_up(value: i64, percent: i64) -> i64 {
    ratio_up(value, percent, 100)
}

/// value × times ÷ by, rounded up.
fn ratio_up(value: i64, times: i64, by: i64) -> i64 {
    let product = i128::from(value) * i128::from(times);
    let by = i128::from(by.max(1));
    i64::try_from((product + by - 1).div_euclid(by)).unwrap_or(i64::MAX)
}

/// A share of a public denominator as it is published: in units of its last decimal, rounded half up.
#[must_use]
pub(super) fn rate(value: i64, denominator: i64, per: i64, decimals: u32) -> Option<i64> {
    let scale = i128::from(per).checked_mul(10_i128.checked_pow(decimals)?)?;
    let of = i128::from(denominator.max(1));
    i64::try_from((i128::from(value).checked_mul(scale)?.checked_mul(2)? + of).div_euclid(of * 2)).ok()
}

/// The least and the greatest count whose rate is published as this one.
#[must_use]
pub(super) fn counts_of_rate(rate: i64, denominator: i64, per: i64, decimals: u32) -> Option<(i64, i64)> {
    let scale = i128::from(per).checked_mul(10_i128.checked_pow(decimals)?)?.checked_mul(2)?;
    let of = i128::from(denominator);
    let twice = i128::from(rate).checked_mul(of)?.checked_mul(2)?;
    // The first count whose doubled share reaches an edge of the rounding.
    let reaches = |edge: i128| (edge + scale - 1).div_euclid(scale);
    let (low, high) = (reaches(twice - of), reaches(twice + of) - 1);
    let clamp = |value: i128| i64::try_from(value.clamp(0, of)).ok();
    Some((clamp(low)?, clamp(high)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_gives_its_count_away_within_its_rounding() {
        for denominator in [1, 3, 7, 10, 37, 100, 999, 12_345] {
            for decimals in 0..3 {
                for count in (0..=denominator).step_by(1 + denominator as usize / 50) {
                    let published = rate(count, denominator, 100, decimals).unwrap();
                    let (low, high) = counts_of_rate(published, denominator, 100, decimals).unwrap();
                    assert!(low <= count && count <= high);
                    assert_eq!(rate(low, denominator, 100, decimals), Some(published));
                    assert_eq!(rate(high, denominator, 100, decimals), Some(published));
                    if low > 0 {
                        assert_ne!(rate(low - 1, denominator, 100, decimals), Some(published));
                    }
                    if high < denominator {
                        assert_ne!(rate(high + 1, denominator, 100, decimals), Some(published));
                    }
                }
            }
        }
        // 0.0 % of 10 000 with one decimal: 0 to 4; of 200: it is 0.
        assert_eq!(counts_of_rate(0, 10_000, 100, 1), Some((0, 4)));
        assert_eq!(counts_of_rate(0, 200, 100, 1), Some((0, 0)));
    }

    #[test]
    fn dominance_and_p_percent_ask_for_enough_room() {
        let mut found = Vec::new();
        let rule = Rule { dominance: [(1, 85)].into(), p_percent: Some(10), ..Rule::default() };
        let cell = Cell { contributors: Some(5), largest: vec![900, 60], ..Cell::default() };
        of_amount(1_000, &cell, &rule, &mut found);
        // 900 is 85 % of 1 058.8; the second, who knows its own 60, would be 40 off the 900, and 90 are wanted.
        let needs: Vec<(i64, i64)> = found.iter().map(|(_, need)| (need.high, need.low)).collect();
        assert_eq!(needs, [(1_059, 941), (1_050, 950)]);
    }

    #[test]
    fn a_count_below_the_threshold_is_sensitive_and_a_zero_where_it_is_telling() {
        let rule = Rule { min_units: 5, ..Rule::default() };
        assert_eq!([0, 1, 4, 5].map(|value| of_count(value, &rule).is_some()), [false, true, true, false]);
        let rule = Rule { zeros: true, ..rule };
        assert_eq!(of_count(0, &rule).map(|(reason, _)| reason), Some(Reason::Zero));
    }
}
