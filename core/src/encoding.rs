//! From bytes to text: UTF-8; UTF-16 where its mark says so; else Windows-1252, as spreadsheets of the West write it.

use std::borrow::Cow;

/// The text without its mark, and the encoding where it is not UTF-8.
pub(crate) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    let utf16 = |order: fn([u8; 2]) -> u16, rest: &[u8]| {
        let units = rest.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(order);
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => (Cow::Owned(utf16(u16::from_le_bytes, rest)), Some("utf-16")),
        [0xfe, 0xff, rest @ ..] => (Cow::Owned(utf16(u16::from_be_bytes, rest)), Some("utf-16")),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)), None),
            Err(_) => (Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()), Some("windows-1252")),
        },
    }
}

/// The characters 0x80 to 0x9f of Windows-1252; the others are those of Unicode.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_complete() {
        assert_eq!(WINDOWS_1252.chars().count(), 32);
        assert_eq!([0x80, 0x9c, 0xe9, 0x41].map(windows_1252), ['€', 'œ', 'é', 'A']);
    }
}
