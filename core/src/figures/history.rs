//! A figure against the earlier ones of its own series: slips by a power of ten, jumps, and breaks that the taxonomy knows.

use super::stale::length;
use super::{Figure, finding, grouped, key, median, robust_z};
use crate::finding::{Code, Finding};
use crate::json::Json;
use crate::rulebook::Rulebook;
use crate::territory::Commune;
use std::collections::BTreeSet;

/// The status of a series break.
const BREAK: &str = "B";
/// Powers of ten by which figures slip: a decimal comma lost, a percentage as a share, thousands as units.
const FACTORS: [f64; 3] = [1_000.0, 100.0, 10.0];
/// How near a quotient comes to such a power.
const NEAR: std::ops::RangeInclusive<f64> = 0.75..=1.3333;
/// Fewer earlier figures than this have no usual spread.
const HISTORY: usize = 5;
/// Only so many earlier figures count.
const REMEMBERED: usize = 8;
/// Robust standard deviations beyond which a figure is looked at.
const FAR: f64 = 5.0;
/// A change from the period before, in hundredths, below which no figure is looked at.
const CHANGE: f64 = 0.25;
/// Smaller counts jump by chance.
const SMALL_COUNT: f64 = 20.0;

/// Judges every figure by those before it; the rows of slips leave.
pub(super) fn judge(
    book: &Rulebook,
    figures: &[Figure<'_>],
    stale: &BTreeSet<usize>,
    findings: &mut Vec<Finding>,
) -> BTreeSet<usize> {
    let mut slips = BTreeSet::new();
    let mut told = figures.iter().filter(|figure| figure.value.is_some() && !stale.contains(&figure.row));
    let series = grouped(&mut told, &|figure| {
        let (source, partner) = (figure.source.unwrap_or_default(), figure.partner.unwrap_or_default());
        let (part, length) = (figure.without(""), length(figure.period.1).to_string());
        Some(key(&[figure.indicator.code(), figure.place, source, partner, &part, &length]))
    });
    for mut series in series.into_values() {
        crate::order::sort_by(&mut series, |a, b| a.period.1.first().cmp(&b.period.1.first()).then(a.row.cmp(&b.row)));
        let mut before: Vec<f64> = Vec::new();
        let mut last: Option<&Figure<'_>> = None;
        for figure in series {
            let Some(value) = figure.value else { continue };
            let earlier = last.replace(figure);
            if let Some((found, earlier)) = earlier.and_then(|earlier| Some((broken(book, earlier, figure)?, earlier)))
            {
                if figure.status != Some(BREAK) {
                    let finding = finding(Code::FiguresBreak, "obs_status", [figure]).with("period", figure.period.0);
                    findings.push(finding.with("earlier", earlier.period.0).with("break", found));
                }
                // What was before a break is no history of what comes after it.
                before.clear();
            }
            let from = before.len().saturating_sub(REMEMBERED);
            let earlier = before.get(from..).unwrap_or_default();
            if let Some((usual, factor)) = slip(figure, value, earlier) {
                slips.insert(figure.row);
                let finding = finding(Code::FiguresFactor, "value", [figure]).with("value", Json::number(value));
                let finding = finding.with("usual", Json::number(usual)).with("factor", Json::number(factor));
                findings.push(finding.with("period", figure.period.0));
                // A slip is no history.
                continue;
            }
            if let Some(last) = jumped(figure, value, earlier) {
                let finding = finding(Code::FiguresJump, "value", [figure]).with("value", Json::number(value));
                findings.push(finding.with("before", Json::number(last)).with("period", figure.period.0));
            }
            before.push(value);
        }
    }
    slips
}

/// The break that lies between two figures of a series, by its id.
fn broken<'a>(book: &Rulebook, earlier: &Figure<'_>, later: &Figure<'a>) -> Option<&'a str> {
    let commune = book.territory().get(later.place).map(Commune::system);
    let side = commune.or_else(|| book.taxonomy().side_of(later.place))?;
    let mut breaks = later.indicator.breaks(side);
    breaks.find(|found| found.is_between(side, earlier.period.1, later.period.1)).map(|found| found.id())
}

/// The usual value, and the power of ten that a figure is away from it.
fn slip(figure: &Figure<'_>, value: f64, earlier: &[f64]) -> Option<(f64, f64)> {
    let usual = median(earlier).filter(|usual| *usual != 0.0 && value != 0.0)?;
    // A small count grows tenfold by chance; a power of ten alone is told of long series only.
    let least = if figure.indicator.unit() == "NR" { SMALL_COUNT } else { 0.0 };
    if usual.abs().max(value.abs()) < least {
        return None;
    }
    let of = |factor: &&f64| {
        let enough = **factor > 10.0 || earlier.len() >= 2;
        enough && (NEAR.contains(&(value / usual / **factor)) || NEAR.contains(&(usual / value / **factor)))
    };
    FACTORS.iter().find(of).map(|factor| (usual, *factor))
}

/// The figure before one that lies far from its usual range.
fn jumped(figure: &Figure<'_>, value: f64, earlier: &[f64]) -> Option<f64> {
    let last = *earlier.last().filter(|_| earlier.len() >= HISTORY)?;
    // A series break is said to be one.
    if figure.status == Some(BREAK) || (value - last).abs() <= CHANGE * last.abs() {
        return None;
    }
    robust_z(value, earlier).is_none_or(|z| z.abs() > FAR).then_some(last)
}
