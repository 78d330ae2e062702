//! The parts of a population that add up to all of it: by the partitions of the taxonomy, and bands of age that follow each other.

use crate::disclosure::{Dimension, Hierarchy};
use crate::figures::band;
use crate::order;
use crate::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// The code of all of the population.
const TOTAL: &str = "_T";
/// What bands of age leave over.
const OTHER_AGES: &str = "age+";
/// The breakdown whose codes say what they span.
const AGE: &str = "age";

/// Ways to put bands together that are looked at for one band.
const WAYS: usize = 50;

/// The dimension of a field of the breakdown, for the codes that figures have.
pub(super) fn dimension(book: &Rulebook, field: &str, codes: &BTreeSet<&str>) -> Dimension {
    let sums = if field == AGE { of_ages(codes) } else { of_codes(book, field, codes) };
    let all = codes.iter().map(|code| (*code).to_owned()).chain([TOTAL.to_owned()]);
    Dimension {
        name: field.to_owned(),
        total: Some(TOTAL.to_owned()),
        hierarchies: sums.into_iter().map(|sum| Hierarchy::new(BTreeMap::from([sum]))).collect(),
        codes: order::set(all),
        area: false,
    }
}

/// Whether the taxonomy says of a field which codes make up the whole.
pub(super) fn is_shared(book: &Rulebook, field: &str) -> bool {
    field == AGE || book.taxonomy().partitions().iter().any(|partition| partition.field() == field)
}

/// The dimension of a field whose codes are an indicator's own, with those that may be all of it.
pub(super) fn of_own<'c>(name: String, codes: &BTreeSet<&str>, sum: impl Iterator<Item = &'c str>) -> Dimension {
    let sum: Vec<String> = sum.map(str::to_owned).collect();
    let hierarchy = |sum: Vec<String>| Hierarchy::new(BTreeMap::from([(TOTAL.to_owned(), sum)]));
    let all = codes.iter().map(|code| (*code).to_owned()).chain([TOTAL.to_owned()]);
    Dimension {
        name,
        total: Some(TOTAL.to_owned()),
        hierarchies: Some(sum).filter(|sum| !sum.is_empty()).map(hierarchy).into_iter().collect(),
        codes: order::set(all),
        area: false,
    }
}

/// A code and the codes that it is the sum of.
type Sum = (String, Vec<String>);

/// The partitions of a field that figures have a code of; and where two of them differ in one code of the one, what that is the sum of in the other.
fn of_codes(book: &Rulebook, field: &str, codes: &BTreeSet<&str>) -> Vec<Sum> {
    let of_field = book.taxonomy().partitions().iter().filter(|partition| partition.field() == field);
    let met = of_field.filter(|partition| partition.codes().iter().any(|code| codes.contains(code.as_str())));
    let all: Vec<&[String]> = met.map(|partition| partition.codes()).collect();
    let mut sums: Vec<Sum> = all.iter().map(|parts| (TOTAL.to_owned(), parts.to_vec())).collect();
    for one in &all {
        for other in &all {
            let only = |these: &[String], those: &[String]| -> Vec<String> {
                these.iter().filter(|code| !those.contains(code)).cloned().collect()
            };
            if let ([code], parts) = (only(one, other).as_slice(), only(other, one))
                && parts.len() > 1
            {
                sums.push((code.clone(), parts));
            }
        }
    }
    sums
}

/// A band: first and last age, and its code.
type Band<'c> = (u32, Option<u32>, &'c str);

/// Each band, and all ages, as the bands that follow each other from its first age to its last; all ages also with what is left over, if need be.
fn of_ages(codes: &BTreeSet<&str>) -> Vec<Sum> {
    let mut bands: Vec<Band<'_>> =
        codes.iter().filter_map(|code| band(code).map(|(from, to)| (from, to, *code))).collect();
    order::sort_by(&mut bands, |a, b| (a.0, a.1.is_none(), a.1, a.2).cmp(&(b.0, b.1.is_none(), b.1, b.2)));
    let mut sums = Vec::new();
    for whole in [(0, None, TOTAL)].iter().chain(&bands) {
        let mut ways = Vec::new();
        follow(whole, whole.0, &bands, &mut Vec::new(), &mut ways, &mut BTreeSet::new());
        let inner: Vec<&str> = bands.iter().filter(|band| lies_in(band, whole)).map(|band| band.2).collect();
        let alone = |code: &&str| !ways.iter().flatten().any(|part| part == code);
        // What a band leaves over of one that it lies in is a number by subtraction.
        let left: Vec<Vec<String>> = match whole.2 {
            TOTAL => Vec::new(),
            _ => inner
                .into_iter()
                .filter(alone)
                .map(|code| vec![code.to_owned(), format!("{}-{code}", whole.2)])
                .collect(),
        };
        sums.extend(ways.into_iter().chain(left).map(|way| (whole.2.to_owned(), way)));
    }
    if !bands.is_empty() && !sums.iter().any(|(whole, _)| whole == TOTAL) {
        sums.push((TOTAL.to_owned(), apart(&bands)));
    }
    sums
}

fn lies_in(band: &Band<'_>, whole: &Band<'_>) -> bool {
    let ends_before = match (band.1, whole.1) {
        (_, None) => true,
        (Some(to), Some(end)) => to <= end,
        (None, Some(_)) => false,
    };
    band.2 != whole.2 && whole.0 <= band.0 && ends_before && (band.0, band.1) != (whole.0, whole.1)
}

/// All ways from an age to the end of a band. `dead` are the ages from which none leads there.
fn follow(
    whole: &Band<'_>,
    from: u32,
    bands: &[Band<'_>],
    way: &mut Vec<String>,
    ways: &mut Vec<Vec<String>>,
    dead: &mut BTreeSet<u32>,
) {
    if dead.contains(&from) {
        return;
    }
    let before = ways.len();
    for (_, to, code) in bands.iter().filter(|band| band.0 == from && band.2 != whole.2) {
        if ways.len() == WAYS
            || to.zip(whole.1).is_some_and(|(to, end)| to > end)
            || (to.is_none() && whole.1.is_some())
        {
            continue;
        }
        way.push((*code).to_owned());
        match to.and_then(|to| to.checked_add(1)) {
            _ if *to == whole.1 => ways.push(way.clone()),
            Some(next) => follow(whole, next, bands, way, ways, dead),
            None => {}
        }
        way.pop();
    }
    if ways.len() == before && before < WAYS {
        dead.insert(from);
    }
}

/// Bands that do not overlap, the earliest first, and what they leave over.
fn apart(bands: &[Band<'_>]) -> Vec<String> {
    let (mut row, mut next) = (Vec::new(), Some(0));
    for (from, to, code) in bands {
        if next.is_some_and(|next| next <= *from) {
            row.push((*code).to_owned());
            next = to.and_then(|to| to.checked_add(1));
        }
    }
    row.push(OTHER_AGES.to_owned());
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ages(codes: &[&str]) -> Vec<String> {
        let told = |(whole, parts): Sum| format!("{whole} = {}", parts.join(" + "));
        of_ages(&order::set(codes.iter().copied())).into_iter().map(told).collect()
    }

    #[test]
    fn bands_that_follow_each_other_add_up() {
        assert_eq!(ages(&["Y_LT18", "Y18T64", "Y_GE65"]), ["_T = Y_LT18 + Y18T64 + Y_GE65"]);
        let nested = ages(&["Y_LT18", "Y18T24", "Y25T64", "Y18T64", "Y_GE65"]);
        assert_eq!(
            nested,
            ["_T = Y_LT18 + Y18T24 + Y25T64 + Y_GE65", "_T = Y_LT18 + Y18T64 + Y_GE65", "Y18T64 = Y18T24 + Y25T64",]
        );
        assert_eq!(ages(&["Y18T24", "Y25T64"]), ["_T = Y18T24 + Y25T64 + age+"]);
        assert_eq!(ages(&["Y15T64", "Y18T64"]), ["Y15T64 = Y18T64 + Y15T64-Y18T64", "_T = Y15T64 + age+"]);
    }

    #[test]
    fn bands_without_a_way_are_not_walked_for_ever() {
        let codes: Vec<String> =
            (0..60).flat_map(|age| [format!("Y{age}T{age}"), format!("Y{age}T{}", age + 1)]).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        assert!(ages(&codes).iter().any(|sum| sum.starts_with("_T = ")));
    }

    #[test]
    fn a_tenant_is_one_of_a_social_or_a_private_landlord() {
        let codes = BTreeSet::from(["tenant", "social_tenant", "private_tenant"]);
        let sums = of_codes(Rulebook::embedded(), "tenure", &codes);
        assert_eq!(
            sums.last().unwrap(),
            &("tenant".to_owned(), vec!["social_tenant".to_owned(), "private_tenant".to_owned()])
        );
    }
}
