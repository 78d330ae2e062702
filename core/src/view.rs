//! What of a record is written, and for whom: all of it, what is stored, what a host needs, what stays when the person is forgotten.
//!
//! The marks of the catalogue decide. A record as it was read enters as rows; its JSON leaves, with the reasons of absence beside the
//! fields that stay.

use crate::catalogue::{FieldDef, Leaves};

/// A selection of fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Every field.
    #[default]
    Full,
    /// What is stored: not what is only judged in memory.
    Minimal,
    /// What may leave for the host: nothing that the GDPR protects more, and nothing that is only counted.
    Host,
    /// What stays when the person is forgotten: nothing that says something about a person, references among it.
    Anonymous,
}

impl View {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Full, Self::Minimal, Self::Host, Self::Anonymous];

    /// The word in calls.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Minimal => "minimal",
            Self::Host => "host",
            Self::Anonymous => "anonymous",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == word)
    }

    /// Whether a field that is no object is written. A list that is written is written with those of its fields that are.
    #[must_use]
    pub fn shows(self, field: &FieldDef) -> bool {
        match self {
            Self::Full => true,
            Self::Minimal => !field.marks.transient,
            Self::Host => field.marks.special.is_none() && matches!(field.marks.leaves, Leaves::Host | Leaves::Project),
            Self::Anonymous => !field.marks.personal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Role;

    #[test]
    fn nothing_that_is_protected_more_may_leave() {
        let columns = || Role::ALL.into_iter().flat_map(|role| &role.layout().tables).flat_map(|table| &table.columns);
        let special = || columns().filter(|column| column.field.marks.special.is_some());
        assert!(special().count() >= 2);
        for column in special() {
            assert_eq!(column.field.marks.leaves, Leaves::None, "{}", column.path);
            assert!(column.field.marks.personal, "{}", column.path);
        }
    }

    #[test]
    fn a_host_sees_no_benefit_and_no_birthday() {
        let fields = |view: View| -> Vec<&str> {
            Role::Participant.def().fields.iter().filter(|field| view.shows(field)).map(|field| field.name).collect()
        };
        assert!(fields(View::Full).contains(&"benefits"));
        let host = fields(View::Host);
        assert!(host.contains(&"languages") && !host.contains(&"benefits") && !host.contains(&"birth_date"));
    }
}
