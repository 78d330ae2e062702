//! The number in a cell, as producers write it.

use super::grid::Cell;
use super::mapping::Style;

/// What a cell holds besides blanks and the texts of a mapping.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// A number.
    Is(f64),
    /// Less or more than a number (`<3`, `>=214`).
    Bound,
    /// Something else.
    Not,
}

/// Spaces and marks that stand between groups of three digits in every country.
const SPACES: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// Reads a cell; `shift` is the power of ten that leads to the unit wanted.
pub(super) fn read(cell: &Cell<'_>, style: &Style, shift: i32) -> Number {
    let bare = cell.text.trim();
    if cell.is_number {
        return of_plain(bare, shift).map_or(Number::Not, Number::Is);
    }
    let bare = bare.trim_matches(|c: char| matches!(c, '€' | '%') || c.is_whitespace());
    if let Some(rest) = bare.strip_prefix(['<', '>', '≤', '≥']) {
        let rest = rest.trim_start_matches(['=', ' ', '\u{a0}']);
        return if plain(rest, style).is_some() { Number::Bound } else { Number::Not };
    }
    plain(bare, style).and_then(|text| of_plain(&text, shift)).map_or(Number::Not, Number::Is)
}

/// A number in the spelling of JSON, moved by a power of ten without a rounding in between.
fn of_plain(text: &str, shift: i32) -> Option<f64> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.parse::<i32>().ok()?.checked_add(shift)?;
    format!("{digits}e{exponent}").parse::<f64>().ok().filter(|value| value.is_finite())
}

/// The digits of a number with one decimal point, or nothing where it is not one.
fn plain(text: &str, style: &Style) -> Option<String> {
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let mark = |c: char| style.decimal.contains(&c);
    let (whole, part) = digits.split_once(mark).map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let groups: Vec<&str> = whole.split(|c: char| SPACES.contains(&c) || style.thousands.contains(&c)).collect();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    if !grouped || !groups.iter().all(|group| is_digits(group)) || !part.is_none_or(is_digits) {
        return None;
    }
    let point = part.map(|part| format!(".{part}")).unwrap_or_default();
    Some(format!("{sign}{}{point}", groups.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, decimal: &str, thousands: &str, shift: i32) -> Number {
        let style =
            Style { delimiter: None, decimal: decimal.chars().collect(), thousands: thousands.chars().collect() };
        read(&Cell { text: text.into(), is_number: false }, &style, shift)
    }

    #[test]
    fn reads_numbers_as_producers_write_them() {
        for (text, decimal, thousands, wanted) in [
            ("21,0", ",", "", 21.0),
            ("9\u{202f}768", ",", "", 9768.0),
            ("1\u{202f}291\u{202f}800", ",", "", 1_291_800.0),
            ("-8,5", ",", "", -8.5),
            ("\u{2212}8,5", ",", "", -8.5),
            ("1.963", ",", ".", 1963.0),
            ("€ 1.307.396", ",", ".", 1_307_396.0),
            ("3893.29065526512", ",.", "", 3_893.290_655_265_12),
            ("63,0", ",.", "", 63.0),
            ("12,5 %", ",", "", 12.5),
            ("1,234.5", ".", ",", 1234.5),
        ] {
            assert_eq!(of(text, decimal, thousands, 0), Number::Is(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed() {
        for text in ["s", "12,34,5", "1.23", "12 34", "", ",5", "1e3", "QP059001"] {
            assert_eq!(of(text, ",", "", 0), Number::Not, "{text}");
        }
        assert_eq!(of("<3", ",", "", 0), Number::Bound);
        assert_eq!(of(">= 214", ",", "", 0), Number::Bound);
        assert_eq!(of("<x", ",", "", 0), Number::Not);
    }

    #[test]
    fn a_factor_moves_the_point_exactly() {
        assert_eq!(of("0,27", ",", "", 2), Number::Is(27.0));
        assert_eq!(of("0,29", ",", "", 2), Number::Is(29.0));
        assert_eq!(of("12345", ",", "", -3), Number::Is(12.345));
    }

    #[test]
    fn a_number_of_a_sheet_needs_no_style() {
        let style = Style { delimiter: None, decimal: vec![','], thousands: vec!['.'] };
        assert_eq!(read(&Cell { text: "1.963".into(), is_number: true }, &style, 0), Number::Is(1.963));
        assert_eq!(read(&Cell { text: "1e+21".into(), is_number: true }, &style, 0), Number::Is(1e21));
    }
}
