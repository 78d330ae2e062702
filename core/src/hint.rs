//! "Did you mean …?": the nearest of some names.
//!
//! Both sides are folded (lower case, Latin diacritics removed, hyphen, apostrophe and space alike); a name is near when it can be
//! reached by few insertions, deletions, replacements and swaps of neighbours.

/// The one published fold of names: lower case, without diacritics, with one kind of separator.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            '-' | '\'' | '’' | ' ' | '_' => out.push(' '),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

/// The candidate nearest to a name, if one is near enough; of equals the first.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: String = fold(name).chars().take(64).collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let found = steps(&wanted, &fold(candidate));
        if let Some(steps) = found.filter(|steps| best.is_none_or(|(least, _)| *steps < least)) {
            best = Some((steps, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many steps lead from a folded name to another, if they are near enough for its length.
pub(crate) fn steps(wanted: &str, candidate: &str) -> Option<usize> {
    let (length, other) = (wanted.chars().count(), candidate.chars().count());
    let allowed = match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    if other.abs_diff(length) > allowed {
        return None;
    }
    let (wanted, candidate): (Vec<char>, Vec<char>) = (wanted.chars().collect(), candidate.chars().collect());
    Some(distance(&wanted, &candidate)).filter(|steps| *steps <= allowed)
}

/// The only candidate that has the name as one of its words: `pmsmp` in `fr_pmsmp`.
#[must_use]
pub fn only_with_word<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(name.trim());
    let mut with_word = candidates.filter(|candidate| {
        let folded = fold(candidate);
        !wanted.is_empty() && format!(" {folded} ").contains(&format!(" {wanted} "))
    });
    with_word.next().filter(|_| with_word.next().is_none())
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = None;
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut previous_b = None;
        for (j, cb) in b.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&last, j) + usize::from(ca != cb)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if previous_a == Some(cb) && previous_b == Some(ca) {
                least = least.min(at(&before, j.wrapping_sub(1)) + 1);
            }
            row.push(least);
            previous_b = Some(cb);
        }
        before = std::mem::replace(&mut last, row);
        previous_a = Some(ca);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_slip_of_a_key() {
        let names = ["weekly_hours", "presence_days", "start", "end"];
        assert_eq!(nearest("weekly_huors", names.into_iter()), Some("weekly_hours"));
        assert_eq!(nearest("Weekly hours", names.into_iter()), Some("weekly_hours"));
        assert_eq!(nearest("strat", names.into_iter()), Some("start"));
        assert_eq!(nearest("monthly", names.into_iter()), None);
        assert_eq!(nearest("", names.into_iter()), None);
    }

    #[test]
    fn folds_as_published() {
        assert_eq!(fold("Bœschèpe-l’Église"), "boeschepe l eglise");
    }
}
