//! Reading the embedded tables, which the generator writes.
//!
//! A table has one line a row, fields separated by `|`, trailing empty fields left out; a line that starts with `#` is a comment.
//!
//! | table | fields |
//! |---|---|
//! | communes | code, French name, Dutch name (`=` if it is the same), flags, arrondissement, NUTS 3, postal codes separated by `;`, first day, last day; sorted by code |
//! | areas | code, kind, parent, names in French, Dutch and English, first day, last day, `yes` if members are dated, `all` or `part` held, official number of communes and its day; sorted by code |
//! | changes | day, kind, code before, code after, former name, source; sorted by day |
//! | neighbours | Belgian commune, French commune, confidence |
//! | centres | code, degrees north and east with three decimals; empty where only a form is loaded |
//!
//! The flags of a commune are a letter for the system (`F`, `W`, `V`) and one for each zone (`m`, `e`, `p`).

use super::area::{Area, AreaKind};
use super::centre::Centre;
use super::change::{Change, ChangeKind};
use super::code::has_form;
use super::neighbour::{Confidence, Pair};
use super::{Commune, System, TerritoryError};
use crate::date::Date;
use crate::force::Force;

/// The texts of the tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tables<'a> {
    /// The communes.
    pub communes: &'a str,
    /// The areas.
    pub areas: &'a str,
    /// The changes.
    pub changes: &'a str,
    /// The pairs across the border.
    pub neighbours: &'a str,
    /// The centres of communes; empty where they are not loaded.
    pub centres: &'a str,
}

/// The fields of a line, empty where left out.
struct Fields<'a>(std::str::Split<'a, char>);

impl<'a> Fields<'a> {
    fn next(&mut self) -> &'a str {
        self.0.next().unwrap_or_default()
    }

    fn wanted(&mut self) -> Option<&'a str> {
        Some(self.next()).filter(|field| !field.is_empty())
    }

    fn optional(&mut self) -> Option<String> {
        self.wanted().map(str::to_owned)
    }

    /// `Some(None)` for no day, `None` for a text that is no day.
    #[expect(clippy::option_option, reason = "absent and unreadable are two things, and `?` tells them apart")]
    fn day(&mut self) -> Option<Option<Date>> {
        match self.next() {
            "" => Some(None),
            text => Date::parse(text).ok().map(Some),
        }
    }

    fn end(mut self) -> Option<()> {
        self.0.next().is_none().then_some(())
    }
}

/// The rows of a table, each read by `read`.
fn rows<T>(
    table: &'static str,
    text: &str,
    read: impl Fn(&mut Fields<'_>) -> Option<T>,
) -> Result<Vec<T>, TerritoryError> {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut fields = Fields(line.split('|'));
        let row = read(&mut fields).filter(|_| fields.end().is_some());
        rows.push(row.ok_or(TerritoryError::Line { table, line: index + 1 })?);
    }
    Ok(rows)
}

pub(super) fn communes(text: &str) -> Result<Vec<Commune>, TerritoryError> {
    rows("communes", text, |fields| {
        let code = fields.wanted().filter(|code| has_form(code))?.to_owned();
        let name_fr = fields.wanted()?.to_owned();
        let name_nl = match fields.next() {
            "" => None,
            "=" => Some(name_fr.clone()),
            name => Some(name.to_owned()),
        };
        let (system, zones) = flags(fields.next())?;
        Some(Commune {
            code,
            name_fr,
            name_nl,
            system,
            zones,
            arrondissement: fields.next().to_owned(),
            nuts3: fields.optional(),
            postal_codes: fields.next().to_owned(),
            force: Force { from: fields.day()?, to: fields.day()? },
            successors: Vec::new(),
            centre: None,
        })
    })
}

pub(super) fn areas(text: &str) -> Result<Vec<Area>, TerritoryError> {
    rows("areas", text, |fields| {
        Some(Area {
            code: fields.wanted()?.to_owned(),
            kind: AreaKind::parse(fields.next())?,
            parent: fields.optional(),
            names: [fields.next().to_owned(), fields.next().to_owned(), fields.next().to_owned()],
            force: Force { from: fields.day()?, to: fields.day()? },
            is_dated: fields.next() == "yes",
            is_whole: fields.next() == "all",
            official: match fields.next() {
                "" => None,
                count => Some((count.parse().ok()?, fields.day()??)),
            },
        })
    })
}

pub(super) fn changes(text: &str) -> Result<Vec<Change>, TerritoryError> {
    rows("changes", text, |fields| {
        Some(Change {
            date: fields.day()??,
            kind: ChangeKind::parse(fields.next())?,
            from: fields.optional(),
            to: fields.wanted()?.to_owned(),
            former_name: fields.optional(),
            source: fields.wanted()?.to_owned(),
        })
    })
}

pub(super) fn neighbours(text: &str) -> Result<Vec<Pair>, TerritoryError> {
    rows("neighbours", text, |fields| {
        Some(Pair {
            communes: [fields.wanted()?.to_owned(), fields.wanted()?.to_owned()],
            confidence: Confidence::parse(fields.next())?,
        })
    })
}

pub(super) fn centres(text: &str) -> Result<Vec<(String, Centre)>, TerritoryError> {
    rows("centres", text, |fields| Some((fields.wanted()?.to_owned(), Centre::parse(fields.next(), fields.next())?)))
}

fn flags(flags: &str) -> Option<(System, Vec<&'static str>)> {
    let mut letters = flags.chars();
    let system = match letters.next()? {
        'F' => System::Fr,
        'W' => System::BeWal,
        'V' => System::BeVlg,
        _ => return None,
    };
    let zone = |letter| match letter {
        'm' => Some("mel"),
        'e' => Some("eurometropole"),
        'p' => Some("programme"),
        _ => None,
    };
    Some((system, letters.map(zone).collect::<Option<Vec<_>>>()?))
}
