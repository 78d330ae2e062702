//! Parts against their total: the parts of a population, and the communes of an area.
//!
//! One rule serves every breakdown. Counts are added up (values of indicators that are sums; numerators and denominators of rates), exactly and
//! never as rates; the rate of a total lies between those of its parts. Which codes are the parts of a whole is in the taxonomy
//! ([`crate::taxonomy::Taxonomy::partitions`]); age bands say it themselves.

use super::{Figure, finding, grouped, key};
use crate::finding::{Code, Finding};
use crate::json::Json;
use crate::kernel::exact_sum;
use crate::rulebook::Rulebook;
use crate::taxonomy::Aggregation;
use crate::territory::{AreaKind, Commune};
use std::collections::{BTreeMap, BTreeSet};

/// The breakdown whose codes say what they span.
const AGE: &str = "age";

/// The parts of a population against the figure of all of it.
pub(super) fn of_the_population(book: &Rulebook, figures: &[Figure<'_>], findings: &mut Vec<Finding>) {
    let fields: BTreeSet<&'static str> =
        figures.iter().flat_map(|figure| figure.breakdown.iter().map(|(field, _)| *field)).collect();
    for field in fields {
        let groups = grouped(&mut figures.iter(), &|figure| {
            let (origin, beside) = (figure.origin(), figure.without(field));
            Some(key(&[figure.indicator.code(), figure.place, figure.period.0, &origin, &beside]))
        });
        for group in groups.values() {
            let (totals, parts): (Vec<_>, Vec<_>) = group.iter().copied().partition(|f| f.part(field).is_none());
            // Two totals are a duplicate, which is said elsewhere.
            if let [total] = totals.as_slice() {
                for whole in wholes(book, field, &parts) {
                    against(total, &whole, field, findings);
                }
            }
        }
    }
}

/// Figures that do not overlap, and whether they are all of the total.
struct Whole<'f, 'a> {
    parts: Vec<&'f Figure<'a>>,
    is_complete: bool,
}

/// What parts can be put together.
fn wholes<'f, 'a>(book: &Rulebook, field: &str, parts: &[&'f Figure<'a>]) -> Vec<Whole<'f, 'a>> {
    if field == AGE {
        return ages(parts).into_iter().collect();
    }
    let partitions = book.taxonomy().partitions().iter().filter(|partition| partition.field() == field);
    let whole = |codes: &[String]| {
        let parts: Vec<&Figure<'_>> =
            parts.iter().copied().filter(|f| codes.iter().any(|code| Some(code.as_str()) == f.part(field))).collect();
        let is_complete = parts.len() == codes.len();
        (!parts.is_empty()).then_some(Whole { parts, is_complete })
    };
    partitions.filter_map(|partition| whole(partition.codes())).collect()
}

/// Age bands one after the other from the youngest, as long as none overlaps.
fn ages<'f, 'a>(parts: &[&'f Figure<'a>]) -> Option<Whole<'f, 'a>> {
    let mut bands: Vec<(u32, Option<u32>, &Figure<'_>)> = Vec::new();
    for part in parts {
        let (from, to) = band(part.part(AGE)?)?;
        bands.push((from, to, part));
    }
    crate::order::sort_by(&mut bands, |a, b| (a.0, a.1.is_none(), a.1).cmp(&(b.0, b.1.is_none(), b.1)));
    let follows = |pair: &[(u32, Option<u32>, &Figure<'_>)]| match pair {
        [(_, Some(to), _), (from, _, _)] => Some((*to < *from, to.checked_add(1) == Some(*from))),
        _ => Some((false, false)),
    };
    let steps: Vec<(bool, bool)> = bands.windows(2).filter_map(follows).collect();
    if steps.iter().any(|(apart, _)| !apart) {
        return None;
    }
    let ends = bands.first().is_some_and(|band| band.0 == 0) && bands.last().is_some_and(|band| band.1.is_none());
    let is_complete = ends && steps.iter().all(|(_, next)| *next);
    Some(Whole { parts: bands.into_iter().map(|(_, _, part)| part).collect(), is_complete })
}

/// First and last age of a band as SDMX writes it: `Y18T64`, `Y_LT18`, `Y_GE65`.
pub(crate) fn band(code: &str) -> Option<(u32, Option<u32>)> {
    if let Some(age) = code.strip_prefix("Y_LT") {
        return Some((0, Some(age.parse::<u32>().ok()?.checked_sub(1)?)));
    }
    if let Some(age) = code.strip_prefix("Y_GE") {
        return Some((age.parse().ok()?, None));
    }
    let (from, to) = code.strip_prefix('Y')?.split_once('T')?;
    Some((from.parse().ok()?, Some(to.parse().ok()?)))
}

/// The communes of an area against the figure of the area, where all of them are there or those that are there are already too many.
pub(super) fn of_an_area(book: &Rulebook, figures: &[Figure<'_>], findings: &mut Vec<Finding>) {
    let groups = grouped(&mut figures.iter(), &|figure| {
        Some(key(&[figure.indicator.code(), figure.period.0, &figure.origin(), &figure.without("")]))
    });
    let mut inside: Inside<'_> = BTreeMap::new();
    for group in groups.values() {
        let (communes, areas): (Vec<&Figure<'_>>, Vec<&Figure<'_>>) = group.iter().copied().partition(|f| f.is_commune);
        if communes.is_empty() {
            continue;
        }
        for area in areas {
            if let Some(whole) = members(book, area, &communes, &mut inside) {
                against(area, &whole, "territory", findings);
            }
        }
    }
}

/// The communes of areas, former ones too, by the code of the area: each area is looked through once.
type Inside<'b> = BTreeMap<&'b str, BTreeMap<&'b str, &'b Commune>>;

/// The communes among some that lie in an area.
fn members<'f, 'a, 'b>(
    book: &'b Rulebook,
    area: &Figure<'_>,
    communes: &[&'f Figure<'a>],
    inside: &mut Inside<'b>,
) -> Option<Whole<'f, 'a>> {
    let territory = book.territory();
    let known = territory.area_of_figures(area.place).filter(|known| known.kind() != AreaKind::Zone)?;
    let inside = inside.entry(known.code()).or_insert_with(|| {
        let is_inside = |one: &&Commune| territory.ancestors(one.code()).iter().any(|area| area.code() == known.code());
        crate::order::map(territory.communes().filter(is_inside).map(|commune| (commune.code(), commune)))
    });
    let parts: Vec<&Figure<'_>> =
        communes.iter().copied().filter(|commune| inside.contains_key(commune.place)).collect();
    let held = parts.iter().map(|part| part.place).collect::<BTreeSet<_>>();
    if parts.is_empty() || held.len() != parts.len() {
        return None;
    }
    // Whole only where we hold every commune of the area, on the day of the figure's communes.
    let first = area.period.1.first();
    let day = area.vintage.and_then(|year| crate::date::Date::try_new(i32::try_from(year).ok()?, 1, 1).ok());
    let mut all = inside.values().filter(|commune| commune.in_force(day.unwrap_or(first)));
    let is_complete = known.is_whole() && all.all(|commune| held.contains(commune.code()));
    Some(Whole { parts, is_complete })
}

/// Sums of counts, and rates between rates.
fn against(total: &Figure<'_>, whole: &Whole<'_, '_>, breakdown: &str, findings: &mut Vec<Finding>) {
    match total.indicator.aggregation() {
        Aggregation::Sum => added(total, whole, "value", breakdown, findings),
        Aggregation::RatioOfSums => {
            for field in ["numerator", "denominator"] {
                added(total, whole, field, breakdown, findings);
            }
            inside(total, whole, breakdown, findings);
        }
        Aggregation::PopulationWeightedMean => inside(total, whole, breakdown, findings),
        Aggregation::NonAdditiveDistinct | Aggregation::None => {}
    }
}

fn added(total: &Figure<'_>, whole: &Whole<'_, '_>, field: &str, breakdown: &str, findings: &mut Vec<Finding>) {
    let numbers: Vec<f64> = whole.parts.iter().filter_map(|part| part.number(field)).collect();
    let Some(stated) = total.number(field).filter(|_| !numbers.is_empty()) else { return };
    let sum = exact_sum(&numbers);
    // Each number may have been rounded to the unit before it was handed in; what is written with decimals was estimated.
    let rounded = numbers.iter().chain([&stated]).any(|number| number.fract() != 0.0);
    let slack = if rounded { numbers.len() as f64 / 2.0 + 0.5 } else { 0.0 };
    let is_complete = whole.is_complete && numbers.len() == whole.parts.len();
    let code = match () {
        () if sum - stated > slack => Code::FiguresPartsAboveTotal,
        () if is_complete && stated - sum > slack => Code::FiguresPartsBelowTotal,
        () => return,
    };
    let figures = [total].into_iter().chain(whole.parts.iter().copied());
    let finding = finding(code, field, figures).with("breakdown", breakdown);
    findings.push(finding.with("total", Json::number(stated)).with("sum", Json::number(sum)));
}

/// The rate of all lies between the smallest and the largest rate of its parts.
fn inside(total: &Figure<'_>, whole: &Whole<'_, '_>, breakdown: &str, findings: &mut Vec<Finding>) {
    let rates: Vec<f64> = whole.parts.iter().filter_map(|part| part.value).collect();
    let Some(value) = total.value.filter(|_| whole.is_complete && rates.len() == whole.parts.len()) else { return };
    let low = rates.iter().copied().fold(f64::INFINITY, f64::min);
    let high = rates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Rounding to a tenth, on both sides.
    const SLACK: f64 = 0.1;
    if value < low - SLACK || value > high + SLACK {
        let figures = [total].into_iter().chain(whole.parts.iter().copied());
        let finding = finding(Code::FiguresTotalOutsideParts, "value", figures).with("breakdown", breakdown);
        let ends = finding.with("low", Json::number(low)).with("high", Json::number(high));
        findings.push(ends.with("value", Json::number(value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_bands_say_what_they_span() {
        assert_eq!(band("Y18T64"), Some((18, Some(64))));
        assert_eq!(band("Y_LT18"), Some((0, Some(17))));
        assert_eq!(band("Y_GE65"), Some((65, None)));
        assert_eq!(band("_U"), None);
    }
}
