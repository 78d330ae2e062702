//! What the schemes share: separators, Luhn, the remainder by 97, grouping.

use super::Wrong;

/// Letters and digits of a text, in upper case, without separators.
pub(super) fn compact(text: &str) -> Result<String, Wrong> {
    let mut out = String::new();
    for c in text.trim().chars() {
        match c {
            '0'..='9' | 'A'..='Z' => out.push(c),
            'a'..='z' => out.push(c.to_ascii_uppercase()),
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '.' | '-' | '\u{2011}' | '–' | '/' => {}
            _ => return Err(Wrong::Characters),
        }
    }
    Ok(out)
}

/// That a text has only digits, and so many of them.
pub(super) fn only(text: &str, expected: usize) -> Result<(), Wrong> {
    if !are_digits(text) {
        return Err(Wrong::Characters);
    }
    length(text, expected)
}

/// That a text has so many characters.
pub(super) fn length(text: &str, expected: usize) -> Result<(), Wrong> {
    if text.len() == expected { Ok(()) } else { Err(Wrong::Length { expected, given: text.len() }) }
}

/// Whether there is nothing but digits.
pub(super) fn are_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// A text in two; the first half is all of it where it is too short.
pub(super) fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// The number that digits write; at most 18 of them.
pub(super) fn number(digits: &str) -> u64 {
    digits.bytes().fold(0, |sum: u64, b| sum.wrapping_mul(10).wrapping_add(u64::from(b.wrapping_sub(b'0'))))
}

/// Whether digits satisfy Luhn: from the right, every second one doubled, the sum of all digits a multiple of ten.
pub(super) fn luhn(digits: &str) -> bool {
    let weighed = |(place, b): (usize, u8)| {
        let digit = u32::from(b.wrapping_sub(b'0'));
        let doubled = if place % 2 == 1 { digit * 2 } else { digit };
        doubled / 10 + doubled % 10
    };
    digits.bytes().rev().enumerate().map(weighed).sum::<u32>() % 10 == 0
}

/// The remainder by 97; a letter counts as two digits, A = 10 to Z = 35.
pub(super) fn mod_97(text: impl Iterator<Item = u8>) -> u64 {
    text.fold(0, |rest, b| match b {
        b'A'..=b'Z' => (rest * 100 + u64::from(b - b'A') + 10) % 97,
        _ => (rest * 10 + u64::from(b.wrapping_sub(b'0'))) % 97,
    })
}

/// The normal form through a mask; what the mask does not reach follows in groups of four.
pub(super) fn grouped(normal: &str, mask: &str) -> String {
    let mut out = String::new();
    let mut rest = normal.chars();
    for place in mask.chars() {
        match place {
            '#' => out.extend(rest.next()),
            other => out.push(other),
        }
    }
    for (index, c) in rest.enumerate() {
        if index % 4 == 0 && !out.is_empty() {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_passed_over_and_nothing_else() {
        assert_eq!(compact(" 2a\u{a0}0–0.0/0-1\t"), Ok("2A00001".to_owned()));
        for bad in ["1,2", "1\t2", "１２", "é", "(0)1", "1_2"] {
            assert_eq!(compact(bad), Err(Wrong::Characters), "{bad}");
        }
    }

    #[test]
    fn masks_group() {
        assert_eq!(grouped("85073003328", "##.##.##-###.##"), "85.07.30-033.28");
        assert_eq!(grouped("BE71096123456769", ""), "BE71 0961 2345 6769");
    }

    #[test]
    fn luhn_and_remainders() {
        assert!(luhn("79927398713") && !luhn("79927398710"));
        assert_eq!(mod_97("109612345676911".bytes()), 109_612_345_676_911 % 97);
        assert_eq!(mod_97("AB".bytes()), 1011 % 97);
    }
}
