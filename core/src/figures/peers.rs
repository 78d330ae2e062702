//! A figure against those of the other communes around it, in the same period and from the same source.

use super::{Figure, finding, grouped, key, median, robust_z};
use crate::finding::{Code, Finding};
use crate::json::Json;
use crate::rulebook::Rulebook;
use crate::territory::Commune;
use std::collections::BTreeSet;

/// Fewer communes than this have no usual spread.
const COMMUNES: usize = 8;
/// Robust standard deviations beyond which a figure is looked at: communes differ more than years do.
const FAR: f64 = 8.0;

/// Judges rates and amounts of communes by the arrondissement. Counts follow the size of a commune and are left out.
pub(super) fn judge(book: &Rulebook, figures: &[Figure<'_>], slips: &BTreeSet<usize>, findings: &mut Vec<Finding>) {
    let mut told = figures.iter().filter(|figure| {
        figure.is_commune && figure.value.is_some() && figure.indicator.unit() != "NR" && !slips.contains(&figure.row)
    });
    let arrondissement = |figure: &Figure<'_>| book.territory().get(figure.place).map(Commune::arrondissement);
    let groups = grouped(&mut told, &|figure| {
        let (source, part) = (figure.source.unwrap_or_default(), figure.without(""));
        Some(key(&[figure.indicator.code(), arrondissement(figure)?, figure.period.0, source, &part]))
    });
    for group in groups.values().filter(|group| group.len() > COMMUNES) {
        let values: Vec<f64> = group.iter().filter_map(|figure| figure.value).collect();
        for figure in group {
            let Some(value) = figure.value else { continue };
            if robust_z(value, &values).is_some_and(|z| z.abs() > FAR) {
                let middle = median(&values).unwrap_or(value);
                let finding = finding(Code::FiguresApart, "value", [*figure]).with("value", Json::number(value));
                let finding = finding.with("middle", Json::number(middle)).with("period", figure.period.0);
                findings.push(finding.with("area", arrondissement(figure).unwrap_or_default()));
            }
        }
    }
}
