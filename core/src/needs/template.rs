//! The table that a centre fills in: a line for each indicator of the shared core, with the codes filled in.
//!
//! It is read back as any table of observations: headings are the labels of the fields, indicators stand as their name with the code.

use super::core_set;
use crate::catalogue::Role;
use crate::message::Lang;
use crate::rulebook::Rulebook;
use crate::territory::Commune;

/// The columns, by field.
const COLUMNS: [&str; 11] = [
    "indicator",
    "territory",
    "period",
    "value",
    "unit",
    "obs_status",
    "numerator",
    "denominator",
    "source",
    "source_reference",
    "partner",
];
/// Tells spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What a table is for.
#[derive(Clone, Copy, Debug)]
pub struct Template<'t> {
    /// The commune, by its code.
    pub territory: &'t str,
    /// The period of the figures; empty where each line has its own.
    pub period: &'t str,
    /// The partner that hands in the figures, by its code; empty for none.
    pub partner: &'t str,
    /// The language of headings and names.
    pub lang: Lang,
}

/// The table as CSV, with `;` between cells; `None` for a commune that is not held.
///
/// ```
/// use sam_eurometropole::{Rulebook, message::Lang, needs::{Template, template}};
/// let table = Template { territory: "BE-57096", period: "2024", partner: "cpas_mouscron", lang: Lang::Fr };
/// let csv = template(Rulebook::embedded(), table).unwrap();
/// assert!(csv.lines().nth(1).is_some_and(|line| line.contains("BE-57096;2024;;")));
/// ```
#[must_use]
pub fn template(book: &Rulebook, table: Template<'_>) -> Option<String> {
    let side = book.territory().get(table.territory).map(Commune::system)?;
    let heading = |field: &&str| cell(&book.label(Role::Observation, field, table.lang));
    let mut out = BYTE_ORDER_MARK.to_owned() + &COLUMNS.iter().map(heading).collect::<Vec<_>>().join(";") + "\r\n";
    for indicator in core_set(book, side) {
        let name = format!("{} ({})", indicator.name(table.lang), indicator.code());
        let cells = COLUMNS.map(|field| match field {
            "indicator" => cell(&name),
            "territory" => cell(table.territory),
            "period" => cell(table.period),
            "unit" => cell(indicator.unit()),
            "partner" => cell(table.partner),
            _ => String::new(),
        });
        out.push_str(&cells.join(";"));
        out.push_str("\r\n");
    }
    Some(out)
}

/// A cell, between quotes where it has to be (RFC 4180); a text that a spreadsheet would take for a formula keeps its sign as text.
fn cell(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    let quoted = guarded.contains([';', '"', '\r', '\n']);
    if quoted { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}
