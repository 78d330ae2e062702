//! Rows of CSV (RFC 4180): commas, quotes where they are needed.
//!
//! A text that a spreadsheet would take for a formula keeps its sign as text. Numbers are no texts: a minus stays.

use crate::json::Json;

/// A row of cells that are ready.
pub(super) fn row(cells: &[String], out: &mut String) {
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// A cell with a text.
pub(super) fn text(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    let quoted = guarded.contains([',', '"', '\r', '\n']);
    if quoted { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

/// A cell with a number, as JSON prints it; empty without one.
pub(super) fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| Json::number(value).to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_a_text_and_a_negative_number_is_a_number() {
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(number(Some(-3.50)), "-3.5");
        assert_eq!(number(None), "");
    }
}
