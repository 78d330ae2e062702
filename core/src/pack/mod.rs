//! Packs: dated, sourced rules of one system or of the project.
//!
//! A keeper writes a document in YAML or JSON ([`crate::document`]); [`load`] checks it against the catalogue and the code lists and
//! gives a [`Pack`], in which names are resolved and types known, or every problem at once with its place. The format is
//! described in `docs/pack-format.md`.

mod load;
mod problem;
mod scope;
mod tests_run;

pub use load::load;
pub use problem::Problem;
pub use tests_run::{TestFailure, run_tests};

use crate::catalogue::Role;
use crate::date::Date;
use crate::finding::Severity;
pub use crate::force::Force;
use crate::json::Json;
use crate::kernel::{Day, FieldRef, LeapDay, Number, Test};
use crate::message::Texts;

/// A checked pack.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Lower-case segments joined by dots.
    pub id: String,
    /// `YYYY.N`.
    pub version: String,
    /// Whose law: `FR`, `BE`, `BE-WAL`, `BE-VLG`, `EU` or `project`.
    pub system: String,
    /// Rules that decide, or checks that give findings.
    pub kind: PackKind,
    /// Title.
    pub title: Texts,
    /// First and last day in force.
    pub force: Force,
    /// Last day for which the law was looked up.
    pub checked_until: Date,
    /// The day that the pack judges by, where a rule names none.
    pub as_of: AnchorDef,
    /// The record that paths start from.
    pub applies_to: Role,
    /// When the pack applies.
    pub applies_when: Option<Test>,
    /// Birthdays of 29 February.
    pub leap_day: LeapDay,
    /// Dated values.
    pub parameters: Vec<Parameter>,
    /// The rules, in the order of the document.
    pub rules: Vec<Rule>,
    /// The pack's own tests.
    pub tests: Vec<PackTest>,
    /// The document, as it is hashed.
    pub document: Json,
    /// SHA-256 of the document as RFC 8785 JSON, in hexadecimal.
    pub hash: String,
    /// Whether it came with the package or was added.
    pub origin: Origin,
}

/// What a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackKind {
    /// Its rules decide.
    Rules,
    /// Its failed rules are findings.
    Checks,
}

/// Where a pack came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// With the package.
    Embedded,
    /// Added at run time.
    Added,
}

impl Origin {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Added => "added",
        }
    }
}

/// The day a rule judges by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorDef {
    /// The given day.
    Decision,
    /// A date field.
    Field(FieldRef),
}

/// A dated value of a pack.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<String>,
    /// Values in the order of time, without overlap.
    pub values: Vec<DatedValue>,
}

impl Parameter {
    /// The value in force on a day.
    #[must_use]
    pub fn value_on(&self, day: Date) -> Option<f64> {
        self.values.iter().find(|value| value.force.holds(day)).map(|value| value.value)
    }
}

/// One value of a parameter.
#[derive(Clone, Debug)]
pub struct DatedValue {
    /// When it holds.
    pub force: Force,
    /// The value.
    pub value: f64,
    /// Whether somebody looked it up in the source.
    pub verified: bool,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Id with the pack's in front.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// How far it binds.
    pub nature: Nature,
    /// The day it judges by.
    pub as_of: AnchorDef,
    /// First and last day in force.
    pub force: Force,
    /// When it applies.
    pub when: Option<Test>,
    /// What it wants.
    pub that: Test,
    /// What holds instead.
    pub unless: Vec<Unless>,
    /// Who has to do it.
    pub who: Option<String>,
    /// By which day.
    pub by: Option<Day>,
    /// Who decides where it is discretionary.
    pub who_decides: Option<String>,
    /// Values for the texts.
    pub show: Vec<Show>,
    /// The texts.
    pub say: Texts,
    /// Where it stands.
    pub source: Source,
    /// Who looked it up, and when; `None` if nobody did.
    pub verified: Option<Verified>,
    /// Weight of the finding of a check.
    pub severity: Severity,
    /// Fields that the finding of a check points at.
    pub paths: Vec<FieldRef>,
    /// The list whose elements are judged one by one.
    pub each: Option<FieldRef>,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It must hold.
    Require,
    /// Somebody has to provide something by a day.
    Oblige,
    /// Somebody should look.
    Warn,
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Require, Self::Oblige, Self::Warn];

    /// The word in packs and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Require => "require",
            Self::Oblige => "oblige",
            Self::Warn => "warn",
        }
    }
}

/// How far a rule binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Law.
    Binding,
    /// Somebody may decide otherwise.
    Discretionary,
    /// Good practice.
    Practice,
}

impl Nature {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Binding, Self::Discretionary, Self::Practice];

    /// The word in packs and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::Discretionary => "discretionary",
            Self::Practice => "practice",
        }
    }
}

/// What holds instead of a rule.
#[derive(Clone, Debug)]
pub struct Unless {
    /// Its id in the rule.
    pub id: String,
    /// `when` and `instead`, both.
    pub test: Test,
}

/// A named value for the texts.
#[derive(Clone, Debug)]
pub struct Show {
    /// Name of the placeholder.
    pub name: String,
    /// How it is worked out.
    pub value: ShowValue,
}

/// A value that a text can show.
#[derive(Clone, Debug)]
pub enum ShowValue {
    /// A number.
    Number(Number),
    /// A day.
    Day(Day),
    /// A field as it is.
    Field(FieldRef),
}

impl ShowValue {
    /// The unit of what is shown, where a parameter or a field gives one.
    #[must_use]
    pub fn unit<'p>(&self, pack: &'p Pack) -> Option<&'p str> {
        match self {
            Self::Number(Number::Param(index)) => pack.parameters.get(*index)?.unit.as_deref(),
            Self::Number(Number::Field(field)) | Self::Field(field) => field.column()?.field.unit,
            Self::Number(_) | Self::Day(_) => None,
        }
    }
}

/// Where a rule stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The law or document.
    pub law: Texts,
    /// The article.
    pub article: Option<String>,
    /// Where it can be read; https.
    pub url: Option<String>,
    /// More about it.
    pub reference: Option<Texts>,
}

/// Who looked a rule up, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// In what.
    pub by: String,
    /// On which day.
    pub day: Date,
}

/// A test of the pack itself.
#[derive(Clone, Debug)]
pub struct PackTest {
    /// What it shows.
    pub name: String,
    /// The given day.
    pub at: Date,
    /// The case.
    pub case: Json,
    /// The outcome that is expected.
    pub outcome: Option<String>,
    /// Rules that must be among those that decide.
    pub deciding: Vec<String>,
    /// Fields that must be missing for the outcome, exactly these.
    pub missing: Option<Vec<String>>,
}
