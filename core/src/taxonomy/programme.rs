//! The common indicators of the programmes that partners report to. Their names are those of the regulations.

use super::read::{Fields as _, text};
use crate::json::Json;
use crate::message::Lang;

/// A common indicator of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeIndicator {
    code: String,
    set: String,
    is_result: bool,
    unit: String,
    names: [Option<String>; 3],
    rule: Option<String>,
    verified: bool,
}

impl ProgrammeIndicator {
    pub(super) fn read(json: &Json) -> Option<Self> {
        let names = json.get("name")?;
        let name = |lang: Lang| names.optional(lang.as_str(), text);
        let [fr, nl, en] = Lang::ALL.map(name);
        Some(Self {
            code: json.text("code")?,
            set: json.text("set")?,
            is_result: match json.get("kind")?.as_str()? {
                "output" => false,
                "result" => true,
                _ => return None,
            },
            unit: json.text("unit")?,
            names: [fr?, nl?, en?],
            rule: json.optional("rule", text)?,
            verified: json.get("verified")?.as_bool()?,
        })
    }

    /// The code of the programme (`EECO01`, `RCO81`).
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The code of the list `indicator_set`.
    #[must_use]
    pub fn set(&self) -> &str {
        &self.set
    }

    /// Whether it counts results; false: outputs.
    #[must_use]
    pub fn is_result(&self) -> bool {
        self.is_result
    }

    /// What is counted, in English.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The name in a language; `None` where only another language is held.
    #[must_use]
    pub fn name(&self, lang: Lang) -> Option<&str> {
        let [fr, nl, en] = &self.names;
        match lang {
            Lang::Fr => fr.as_deref(),
            Lang::Nl => nl.as_deref(),
            Lang::En => en.as_deref(),
        }
    }

    /// What enters the count, in English.
    #[must_use]
    pub fn rule(&self) -> Option<&str> {
        self.rule.as_deref()
    }

    /// Whether its meaning was looked up.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.verified
    }
}
