//! What holds between the figures of several indicators: data of the taxonomy ([`crate::taxonomy::Relation`]), judged for figures of one
//! place, period, part of the population and origin.
//!
//! Relations that need another record (distinct participants of an event), a share that no indicator has, or one row alone are not judged here.

use super::{Figure, finding, grouped, key};
use crate::finding::{Code, Finding};
use crate::json::Json;
use crate::kernel::exact_sum;
use crate::rulebook::Rulebook;
use crate::taxonomy::{Relation, RelationKind};
use std::collections::BTreeMap;

/// Rates are rounded to a tenth each.
const SLACK: f64 = 0.1;

type Groups<'f, 'a> = BTreeMap<String, Vec<&'f Figure<'a>>>;

/// Judges every relation whose indicators are there.
pub(super) fn judge(book: &Rulebook, figures: &[Figure<'_>], findings: &mut Vec<Finding>) {
    for relation in book.taxonomy().relations() {
        let of_it = |figure: &&Figure<'_>| relation.indicators().any(|code| code == figure.indicator.code());
        let told: Vec<&Figure<'_>> = figures.iter().filter(of_it).filter(|figure| figure.value.is_some()).collect();
        if told.is_empty() {
            continue;
        }
        let by_source = relation.kind() == RelationKind::SourceNotBelow;
        let groups = grouped(&mut told.into_iter(), &|figure| {
            let origin = if by_source { String::new() } else { figure.origin() };
            let part = figure.without(relation.breakdown().unwrap_or_default());
            Some(key(&[figure.place, figure.period.0, &origin, &part]))
        });
        of_relation(relation, &groups, findings);
    }
}

fn of_relation(relation: &Relation, groups: &Groups<'_, '_>, findings: &mut Vec<Finding>) {
    for group in groups.values() {
        let broken = match relation.kind() {
            RelationKind::NotAbove => not_above(relation, group),
            RelationKind::AtLeastEach => at_least_each(relation, group),
            RelationKind::SumAtMost => sum_at_most(relation, group),
            RelationKind::PartsBetween => parts_between(relation, group),
            RelationKind::SourceNotBelow => source_not_below(relation, group),
            RelationKind::MultiResponse => multi_response(relation, group),
            RelationKind::WithRest | RelationKind::DistinctAtMost | RelationKind::NumeratorAtMost => Vec::new(),
        };
        if !broken.is_empty() {
            let values: Json = broken.iter().filter_map(|figure| figure.value).map(Json::number).collect();
            let mut finding = finding(Code::FiguresRelation, "value", broken);
            finding.severity = relation.severity();
            findings.push(finding.with("relation", relation.id()).with("values", values));
        }
    }
}

/// The only figure of an indicator; two are a duplicate, which is said elsewhere.
fn only<'f, 'a>(group: &[&'f Figure<'a>], code: &str) -> Option<(&'f Figure<'a>, f64)> {
    let mut of_it = group.iter().filter(|figure| figure.indicator.code() == code);
    let figure = of_it.next().filter(|_| of_it.next().is_none())?;
    Some((*figure, figure.value?))
}

/// Those of the indicators of a relation that have one figure, in its order.
fn in_order<'f, 'a>(relation: &Relation, group: &[&'f Figure<'a>]) -> Vec<Option<(&'f Figure<'a>, f64)>> {
    relation.indicators().map(|code| only(group, code)).collect()
}

fn not_above<'f, 'a>(relation: &Relation, group: &[&'f Figure<'a>]) -> Vec<&'f Figure<'a>> {
    match in_order(relation, group).as_slice() {
        [Some((one, a)), Some((other, b))] if *a > b + SLACK => vec![one, other],
        _ => Vec::new(),
    }
}

fn at_least_each<'f, 'a>(relation: &Relation, group: &[&'f Figure<'a>]) -> Vec<&'f Figure<'a>> {
    let all = in_order(relation, group);
    let Some((Some((first, least)), others)) = all.split_first() else { return Vec::new() };
    let above: Vec<&Figure<'_>> =
        others.iter().flatten().filter(|(_, value)| *value > least + SLACK).map(|(figure, _)| *figure).collect();
    if above.is_empty() { above } else { [*first].into_iter().chain(above).collect() }
}

fn sum_at_most<'f, 'a>(relation: &Relation, group: &[&'f Figure<'a>]) -> Vec<&'f Figure<'a>> {
    let all: Vec<(&Figure<'_>, f64)> = in_order(relation, group).into_iter().flatten().collect();
    let (Some((first, _)), Some(limit)) = (all.first(), relation.limit("")) else { return Vec::new() };
    let denominators_agree =
        all.iter().all(|(figure, _)| figure.denominator.is_some() && figure.denominator == first.denominator);
    let is_judged =
        all.len() == relation.indicators().len() && (!relation.wants_same_denominator() || denominators_agree);
    let values: Vec<f64> = all.iter().map(|(_, value)| *value).collect();
    let is_above = exact_sum(&values) > limit + SLACK * values.len() as f64;
    if is_judged && is_above { all.into_iter().map(|(figure, _)| figure).collect() } else { Vec::new() }
}

fn parts_between<'f, 'a>(relation: &Relation, group: &[&'f Figure<'a>]) -> Vec<&'f Figure<'a>> {
    let is_part = |figure: &&&Figure<'_>| relation.breakdown().is_some_and(|field| figure.part(field).is_some());
    let outside = |figure: &&&Figure<'_>| {
        let value = figure.value.unwrap_or_default();
        relation.min().is_some_and(|min| value < min) || relation.limit("").is_some_and(|max| value > max)
    };
    group.iter().filter(is_part).filter(outside).copied().collect()
}

fn source_not_below<'f, 'a>(relation: &Relation, group: &[&'f Figure<'a>]) -> Vec<&'f Figure<'a>> {
    let of = |provider: &str| {
        let mut of_it = group.iter().filter(|figure| figure.source == Some(provider));
        of_it.next().filter(|_| of_it.next().is_none()).copied()
    };
    let providers: Vec<Option<&Figure<'_>>> = relation.providers().map(of).collect();
    match providers.as_slice() {
        [Some(first), Some(second)] if first.value < second.value => vec![first, second],
        _ => Vec::new(),
    }
}

/// Parts of the first indicator, each a count of persons of the second.
fn multi_response<'f, 'a>(relation: &Relation, group: &[&'f Figure<'a>]) -> Vec<&'f Figure<'a>> {
    let mut codes = relation.indicators();
    let (Some(first), Some(second), Some(field)) = (codes.next(), codes.next(), relation.breakdown()) else {
        return Vec::new();
    };
    let Some((people, count)) = only(group, second) else { return Vec::new() };
    let is_part = |figure: &&&Figure<'_>| figure.indicator.code() == first && figure.part(field).is_some();
    let parts: Vec<&Figure<'_>> = group.iter().filter(is_part).copied().collect();
    let values: Vec<f64> = parts.iter().filter_map(|figure| figure.value).collect();
    let above: Vec<&Figure<'_>> =
        parts.iter().filter(|figure| figure.value.is_some_and(|value| value > count)).copied().collect();
    match () {
        () if !above.is_empty() => [people].into_iter().chain(above).collect(),
        () if !parts.is_empty() && exact_sum(&values) < count => [people].into_iter().chain(parts).collect(),
        () => Vec::new(),
    }
}
