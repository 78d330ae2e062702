//! Order, small in the browser.
//!
//! Each use of the sort of the standard library, and each set or map collected from an iterator, which sorts first, is compiled anew for its type,
//! and weighs 4 kB in a wasm build. With the feature `small`, one sort of places serves all types, and sets are filled one by one. Without it these
//! are the functions of the standard library.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

const SMALL: bool = cfg!(feature = "small");

/// Sorts; equal ones stay as they are.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if SMALL { by_places(items, compare) } else { items.sort_by(compare) }
}

/// The set of what an iterator gives.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    if !SMALL {
        return items.into_iter().collect();
    }
    let mut set = BTreeSet::new();
    items.into_iter().for_each(|item| {
        set.insert(item);
    });
    set
}

/// The map of what an iterator gives; of one key the last value counts.
pub(crate) fn map<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    if !SMALL {
        return items.into_iter().collect();
    }
    let mut map = BTreeMap::new();
    items.into_iter().for_each(|(key, value)| {
        map.insert(key, value);
    });
    map
}

fn by_places<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places = sorted(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    settle(&mut places, &mut |a, b| items.swap(a, b));
}

/// The places of so many items in their order.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    if count > 1 {
        places.sort_by(|a, b| compare(*a, *b));
    }
    places
}

/// Brings every item to its place, round by round, by exchanging two.
fn settle(places: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while let Some(from) = places.get_mut(at).map(|place| std::mem::replace(place, at)) {
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_sort_for_all_types_is_the_sort(mut items in proptest::collection::vec((0_u8..9, 0_u16..999), 0..80)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            by_places(&mut items, |(a, _), (b, _)| a.cmp(b));
            prop_assert_eq!(items, expected);
        }
    }
}
