//! The heading of a column, as a mapping writes it: text, in which `{yy}` or `{yyyy}` stands for a year.

/// A heading, or the headings of several years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::national) struct Pattern {
    /// As it was written.
    pub(in crate::national) text: String,
    before: String,
    /// How many digits of a year follow; 0 where there is no year in it.
    digits: usize,
    after: String,
}

/// A two-digit year below this one is of this century (POSIX).
const CENTURY: u32 = 69;

impl Pattern {
    /// `None` where a year stands in it twice.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        let split = [("{yyyy}", 4), ("{yy}", 2)].into_iter().find_map(|(mark, digits)| {
            let (before, after) = text.split_once(mark)?;
            Some((before.to_owned(), digits, after.to_owned()))
        });
        let (before, digits, after) = split.unwrap_or_else(|| (text.clone(), 0, String::new()));
        let twice = ["{yy}", "{yyyy}"].iter().any(|mark| before.contains(mark) || after.contains(mark));
        (!twice).then_some(Self { text, before, digits, after })
    }

    /// Whether a heading (in its plain form) is meant, and the year in it.
    pub(in crate::national) fn matches(&self, heading: &str) -> Option<Option<i64>> {
        if self.digits == 0 {
            return (heading == self.before).then_some(None);
        }
        let year = heading.strip_prefix(self.before.as_str())?.strip_suffix(self.after.as_str())?;
        if year.len() != self.digits || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u32 = year.parse().ok()?;
        let year = match self.digits {
            2 if number < CENTURY => number + 2000,
            2 => number + 1900,
            _ => number,
        };
        Some(Some(i64::from(year)))
    }
}

/// A heading without what does not tell columns apart: spaces around and in a row, no-break spaces, the number of a footnote.
pub(in crate::national) fn plain(heading: &str) -> String {
    let bare = heading.trim_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ");
    let without = bare.trim_end_matches(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '*']);
    let note = without.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match note {
        Some((text, number)) if is_note(number) && !text.trim_end().is_empty() => text.trim_end().to_owned(),
        _ if without.is_empty() => bare,
        _ => without.trim_end().to_owned(),
    }
}

fn is_note(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_year_in_a_heading() {
        let pattern = Pattern::parse("TP60{yy}").unwrap();
        assert_eq!(pattern.matches("TP6021"), Some(Some(2021)));
        assert_eq!(pattern.matches("TP60AGE121"), None);
        assert_eq!(Pattern::parse("P{yy}_POP").unwrap().matches("P99_POP"), Some(Some(1999)));
        assert_eq!(Pattern::parse("{yyyy}").unwrap().matches("2020"), Some(Some(2020)));
        assert_eq!(Pattern::parse("RD").unwrap().matches("RD"), Some(None));
        assert_eq!(Pattern::parse("{yy}-{yy}"), None);
    }

    #[test]
    fn a_heading_has_a_plain_form() {
        for (heading, wanted) in [
            ("EVOL_CA_N_E ", "EVOL_CA_N_E"),
            ("Gemeente\u{a0}", "Gemeente"),
            ("Population\n totale (1)", "Population totale"),
            ("Revenu²", "Revenu"),
            ("(1)", "(1)"),
            ("Âge (65+)", "Âge (65+)"),
            ("*", "*"),
        ] {
            assert_eq!(plain(heading), wanted);
        }
    }
}
