//! Records of an older format, read as records of today.
//!
//! A stored record enters as JSON text, with the number of the format it was written in ([`FORMAT`] is that of today); the record of today
//! leaves as canonical JSON, with the ids of what was changed. The record itself carries no number: what it is stored in does.
//!
//! A format is one entry of a table: the changes that lead to the next one. There has been one format, so the table is empty, and a record of
//! format 1 comes back as it is. For the next format, add the entry and raise [`FORMAT`]; a test holds both together.

use crate::catalogue::Role;
use crate::document;
use crate::json::Json;
use crate::rulebook::FORMAT;

/// The oldest format that is still read.
pub const OLDEST: i64 = 1;

/// The changes that lead from a format to the next.
type Step = &'static [Change];

/// One change of a format.
struct Change {
    /// What the notes call it.
    id: &'static str,
    /// Changes a record of a kind, and says whether there was anything to change.
    apply: fn(Role, &mut Json) -> bool,
}

/// The first leads from [`OLDEST`] to the one after, the last to [`FORMAT`].
const STEPS: &[Step] = &[];

/// A record of today's format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// Its format.
    pub format: i64,
    /// The record as canonical JSON. Nothing is checked: what it holds is the business of [`crate::check_text`].
    pub json: String,
    /// Ids of what was changed, in the order of the formats. Empty for a record of today.
    pub notes: Vec<&'static str>,
}

impl Migrated {
    /// `{format, json, notes}`, with the record as text.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::object([
            ("format", Json::Int(self.format)),
            ("json", Json::from(self.json.as_str())),
            ("notes", self.notes.iter().copied().map(Json::from).collect()),
        ])
    }
}

/// Why a record was not migrated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MigrateError {
    /// The number is of no format that this version reads.
    #[error("there is no format `{0}`")]
    Format(String),
    /// The text is no JSON object.
    #[error("the record cannot be read at line {}, column {}", .0.line, .0.column)]
    Text(document::Position),
}

impl MigrateError {
    /// The code in outputs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Format(_) => "misuse.format",
            Self::Text(_) => "misuse.stored",
        }
    }

    /// The values for its text.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Format(given) => {
                let known: Vec<String> = (OLDEST..=FORMAT).map(|format| format.to_string()).collect();
                vec![("given", given.clone()), ("known", known.join(", "))]
            }
            Self::Text(at) => vec![("line", at.line.to_string()), ("column", at.column.to_string())],
        }
    }
}

/// The number of a format, as a host writes it.
///
/// # Errors
/// [`MigrateError::Format`], if it is not a whole number.
pub fn format_number(text: &str) -> Result<i64, MigrateError> {
    text.parse().map_err(|_| MigrateError::Format(text.to_owned()))
}

/// A stored record as one of today's format.
///
/// ```
/// use sam_eurometropole::catalogue::Role;
/// use sam_eurometropole::migrate::migrate;
/// let stored = migrate(Role::Placement, 1, r#"{"weekly_hours": 35.0, "scheme": "fr_pmsmp"}"#)?;
/// assert_eq!(stored.json, r#"{"scheme":"fr_pmsmp","weekly_hours":35}"#);
/// assert!(migrate(Role::Placement, 2, "{}").is_err());
/// # Ok::<(), sam_eurometropole::migrate::MigrateError>(())
/// ```
///
/// # Errors
/// [`MigrateError::Format`] for a format that is not known; [`MigrateError::Text`] if the text is no JSON object, at its first problem.
pub fn migrate(role: Role, from_format: i64, text: &str) -> Result<Migrated, MigrateError> {
    by_steps(STEPS, role, from_format, text)
}

fn by_steps(steps: &[Step], role: Role, from_format: i64, text: &str) -> Result<Migrated, MigrateError> {
    let format = steps.len().try_into().map_or(OLDEST, |count: i64| OLDEST.saturating_add(count));
    let unknown = || MigrateError::Format(from_format.to_string());
    let done = from_format.checked_sub(OLDEST).and_then(|passed| usize::try_from(passed).ok()).ok_or_else(unknown)?;
    let still_to_do = steps.get(done..).ok_or_else(unknown)?;
    let mut json = object(text)?;
    let changes = still_to_do.iter().copied().flatten();
    let notes = changes.filter(|change| (change.apply)(role, &mut json)).map(|change| change.id).collect();
    Ok(Migrated { format, json: json.to_canonical(), notes })
}

fn object(text: &str) -> Result<Json, MigrateError> {
    let (node, problems) = document::from_json(text);
    let first = problems.first().map(|problem| problem.at.unwrap_or_default());
    match (node, first) {
        (_, Some(at)) => Err(MigrateError::Text(at)),
        (Some(node), None) if node.object().is_some() => Ok(node.to_json()),
        (node, None) => Err(MigrateError::Text(node.map(|node| node.at).unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rulebook;
    use crate::message::Lang;

    /// Two formats that were never written: a field gets another name, then a value moves into an object of its own.
    const INVENTED: &[Step] = &[
        &[Change {
            id: "test.hours",
            apply: |role, json| role == Role::Placement && rename(json, "hours", "weekly_hours"),
        }],
        &[
            Change { id: "test.partner", apply: move_partner },
            Change { id: "test.remark", apply: |_, json| take(json, "remark").is_some() },
        ],
    ];

    fn take(json: &mut Json, name: &str) -> Option<Json> {
        let Json::Object(members) = json else { return None };
        let place = members.iter().position(|(key, _)| key == name)?;
        Some(members.remove(place).1)
    }

    fn put(json: &mut Json, name: &str, value: Json) {
        if let Json::Object(members) = json {
            members.push((name.to_owned(), value));
        }
    }

    fn rename(json: &mut Json, from: &str, to: &str) -> bool {
        let found = take(json, from);
        let there = found.is_some();
        found.into_iter().for_each(|value| put(json, to, value));
        there
    }

    fn move_partner(_: Role, json: &mut Json) -> bool {
        let found = take(json, "home_partner");
        let there = found.is_some();
        found.into_iter().for_each(|partner| put(json, "home", Json::object([("partner", partner)])));
        there
    }

    fn invented(role: Role, format: i64, text: &str) -> Result<(i64, String, Vec<&'static str>), MigrateError> {
        by_steps(INVENTED, role, format, text).map(|found| (found.format, found.json, found.notes))
    }

    #[test]
    fn the_table_leads_to_the_format_of_today() {
        assert_eq!(OLDEST + i64::try_from(STEPS.len()).unwrap(), FORMAT);
    }

    #[test]
    fn a_record_of_today_comes_back_as_it_is() {
        let text = r#"{"start":"2024-05-02","weekly_hours":35}"#;
        let found = migrate(Role::Placement, FORMAT, text).unwrap();
        assert_eq!(found, Migrated { format: FORMAT, json: text.to_owned(), notes: Vec::new() });
        let again = migrate(Role::Placement, found.format, &found.json).unwrap();
        assert_eq!(again, found);
    }

    #[test]
    fn an_old_record_takes_every_step_from_its_format_on() {
        let text = r#"{"remark": "x", "home_partner": "cpas_tournai", "hours": 35}"#;
        let whole = r#"{"home":{"partner":"cpas_tournai"},"weekly_hours":35}"#;
        let all = vec!["test.hours", "test.partner", "test.remark"];
        assert_eq!(invented(Role::Placement, 1, text), Ok((3, whole.to_owned(), all)));
        let from_2 = r#"{"home":{"partner":"cpas_tournai"},"hours":35}"#;
        assert_eq!(invented(Role::Placement, 2, text), Ok((3, from_2.to_owned(), vec!["test.partner", "test.remark"])));
        assert_eq!(invented(Role::Placement, 3, r#"{"hours":35}"#), Ok((3, r#"{"hours":35}"#.to_owned(), vec![])));
    }

    #[test]
    fn a_change_that_finds_nothing_leaves_no_note() {
        assert_eq!(invented(Role::Event, 1, r#"{"hours":3}"#), Ok((3, r#"{"hours":3}"#.to_owned(), vec![])));
        assert_eq!(
            invented(Role::Placement, 1, r#"{"hours":null}"#),
            Ok((3, r#"{"weekly_hours":null}"#.to_owned(), vec!["test.hours"]))
        );
    }

    #[test]
    fn no_other_format_is_read() {
        for format in [0, -1, 4, i64::MIN, i64::MAX] {
            assert_eq!(invented(Role::Event, format, "{}"), Err(MigrateError::Format(format.to_string())));
        }
        let wrong = migrate(Role::Event, 2, "{}").unwrap_err();
        assert_eq!(wrong.code(), "misuse.format");
        assert_eq!(wrong.params(), [("given", "2".to_owned()), ("known", "1".to_owned())]);
        assert_eq!(format_number("1"), Ok(1));
        for word in ["", "1.0", "one", "1e0", "99999999999999999999"] {
            assert_eq!(format_number(word), Err(MigrateError::Format(word.to_owned())));
        }
    }

    #[test]
    fn what_is_no_object_is_told_with_its_place() {
        for (text, line, column) in
            [("[]", 1, 1), ("7", 1, 1), ("{\"a\":\n 1e999}", 2, 2), ("{\"a\": 1, \"a\": 2}", 1, 10)]
        {
            let wrong = migrate(Role::Event, 1, text).unwrap_err();
            assert_eq!(wrong, MigrateError::Text(document::Position { line, column }), "{text}");
        }
        assert!(migrate(Role::Event, 1, "").is_err());
    }

    #[test]
    fn every_error_has_a_text() {
        let messages = Rulebook::embedded().messages();
        for wrong in [MigrateError::Format("2".to_owned()), MigrateError::Text(document::Position::default())] {
            let params: Vec<(&str, Json)> =
                wrong.params().into_iter().map(|(name, value)| (name, Json::from(value))).collect();
            let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
            for lang in Lang::ALL {
                let text = messages.render(wrong.code(), lang, &params);
                assert!(messages.has(wrong.code()) && !text.contains('…'), "{text}");
            }
        }
    }
}
