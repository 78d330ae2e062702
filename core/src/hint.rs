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
            '-' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '_' => out.push(' '),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

/// The candidate nearest to a name, if one is near enough; of equals the first.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest_folded(name, candidates.map(|candidate| (candidate, fold(candidate))))
}

/// The same where the candidates are folded already.
pub(crate) fn nearest_folded<'a, F: AsRef<str>>(
    name: &str,
    candidates: impl Iterator<Item = (&'a str, F)>,
) -> Option<&'a str> {
    let wanted: String = fold(name).chars().take(64).collect();
    let letters = Letters::of(&wanted);
    let mut best: Option<(usize, &str)> = None;
    for (candidate, folded) in candidates {
        let found = letters.may_reach(folded.as_ref()).then(|| steps(&wanted, folded.as_ref())).flatten();
        if let Some(steps) = found.filter(|steps| best.is_none_or(|(least, _)| *steps < least)) {
            best = Some((steps, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many steps lead from a folded name to another, if they are near enough for its length.
pub(crate) fn steps(wanted: &str, candidate: &str) -> Option<usize> {
    let (length, other) = (wanted.chars().count(), candidate.chars().count());
    let allowed = allowed(length);
    if other.abs_diff(length) > allowed || least_steps(wanted, candidate) > allowed {
        return None;
    }
    let (wanted, candidate): (Vec<char>, Vec<char>) = (wanted.chars().collect(), candidate.chars().collect());
    Some(distance(&wanted, &candidate)).filter(|steps| *steps <= allowed)
}

/// How many steps a name of so many letters may be away.
fn allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    }
}

/// Which letters a folded name has, as bits: a look at them tells most candidates apart.
struct Letters {
    bits: u64,
    allowed: usize,
}

impl Letters {
    fn of(name: &str) -> Self {
        Self { bits: letters(name), allowed: allowed(name.chars().count()) }
    }

    /// Whether a candidate may be near enough: a step takes away one letter at most, and brings one.
    fn may_reach(&self, candidate: &str) -> bool {
        let others = letters(candidate);
        let apart = |here: u64, there: u64| (here & !there).count_ones() as usize;
        apart(self.bits, others) <= self.allowed && apart(others, self.bits) <= self.allowed
    }
}

/// A bit for each letter that is there; two letters may share one.
fn letters(name: &str) -> u64 {
    name.chars().fold(0, |bits, letter| bits | (1 << (u32::from(letter) % 64)))
}

/// The only candidate that has the name as one of its words, `pmsmp` in `fr_pmsmp`; each with its folded form.
pub(crate) fn only_with_folded_word<'a, F: AsRef<str>>(
    name: &str,
    candidates: impl Iterator<Item = (&'a str, F)>,
) -> Option<&'a str> {
    let wanted = format!(" {} ", fold(name.trim()));
    let has_word = |folded: &str| wanted.len() > 2 && format!(" {folded} ").contains(&wanted);
    let mut with_word = candidates.filter(|(_, folded)| has_word(folded.as_ref()));
    with_word.next().filter(|_| with_word.next().is_none()).map(|(candidate, _)| candidate)
}

/// No fewer steps than these lead from a name to another: a step adds, removes or replaces one letter, or swaps two. Cheaper than the
/// distance, and enough to pass over most candidates.
fn least_steps(wanted: &str, candidate: &str) -> usize {
    // How much oftener an ASCII letter is in the first than in the second; all others together in the last place.
    let mut counts = [0_i16; 129];
    for (text, one) in [(wanted, 1), (candidate, -1)] {
        for c in text.chars() {
            if let Some(count) = counts.get_mut((c as usize).min(128)) {
                *count = count.saturating_add(one);
            }
        }
    }
    let sum = |sign: i16| counts.iter().map(|count| usize::try_from(count.saturating_mul(sign)).unwrap_or(0)).sum();
    usize::max(sum(1), sum(-1))
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::with_capacity(b.len() + 1);
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row: Vec<usize> = Vec::with_capacity(b.len() + 1);
    let mut previous_a = None;
    for (i, ca) in a.iter().enumerate() {
        row.clear();
        row.push(i + 1);
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
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
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
    fn the_least_steps_are_never_more_than_the_steps() {
        let names = ["pov01", "pvo01", "vop10", "weekly hours", "weekly huors", "", "a", "éa", "aé", "presence days"];
        for (a, b) in names.into_iter().flat_map(|a| names.into_iter().map(move |b| (a, b))) {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert!(least_steps(a, b) <= distance(&chars(a), &chars(b)), "{a} and {b}");
            assert!(steps(a, b).is_none() || Letters::of(a).may_reach(b), "{a} and {b}");
        }
    }

    #[test]
    fn folds_as_published() {
        assert_eq!(fold("Bœschèpe-l’Église"), "boeschepe l eglise");
    }
}
