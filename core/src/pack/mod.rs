//! Packs: dated, sourced rules of one system or of the project.
//!
//! A keeper writes a document in YAML or JSON ([`crate::document`]); [`load`] checks it against the catalogue and the code lists and
//! gives a [`Pack`], in which names are resolved and types known, or every problem at once with its place. The format is
//! described in `docs/pack-format.md`.

pub mod boundaries;
pub mod coverage;
pub mod diff;
pub mod due;
pub mod lint;
mod load;
mod problem;
#[cfg(feature = "schema")]
pub mod schema;
mod scope;
mod tell;
mod tests_run;

pub use load::load;
pub use problem::Problem;
pub use tests_run::{TestFailure, TestsReport, run_tests, test_packs};

use crate::catalogue::Role;
use crate::date::Date;
use crate::finding::{Severity, Word};
pub use crate::force::Force;
use crate::json::Json;
use crate::kernel::{Day, FieldRef, LeapDay, Number, Reading, Test, WeekUnit};
use crate::message::Texts;
use crate::rulebook::Rulebook;
use std::collections::BTreeSet;

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
    /// The day by which somebody looks at the whole pack again.
    pub review_by: Option<Date>,
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
    /// What no test can reach: a rule, without the id of the pack, and its status.
    pub untested: Vec<(String, &'static str)>,
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
    /// Every day of the placement in turn.
    EachDay,
}

/// A dated value of a pack.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<String>,
    /// What a value is.
    pub kind: ParameterKind,
    /// Values in the order of time, without overlap.
    pub values: Vec<DatedValue>,
}

impl Parameter {
    /// The value in force on a day.
    #[must_use]
    pub fn value_on(&self, day: Date) -> Option<&ParameterValue> {
        self.values.iter().find(|value| value.force.holds(day)).map(|value| &value.value)
    }
}

/// What the values of a parameter are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Readings of months.
    Reading,
    /// Codes of a list.
    Codes(String),
    /// A number for codes of a list.
    Keyed(String),
}

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// A reading of months.
    Reading(Reading),
    /// Codes.
    Codes(Vec<String>),
    /// A number for each of some codes.
    Keyed(Vec<(String, f64)>),
}

impl ParameterValue {
    /// The numbers that it holds.
    #[must_use]
    pub fn numbers(&self) -> Vec<f64> {
        match self {
            Self::Number(number) => vec![*number],
            Self::Keyed(numbers) => numbers.iter().map(|(_, number)| *number).collect(),
            Self::Date(_) | Self::Reading(_) | Self::Codes(_) => Vec::new(),
        }
    }
}

/// One value of a parameter.
#[derive(Clone, Debug)]
pub struct DatedValue {
    /// When it holds.
    pub force: Force,
    /// The value.
    pub value: ParameterValue,
    /// Where it stands.
    pub source: Source,
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
    /// What that party has to be sent.
    pub send: Option<Texts>,
    /// Values for the texts.
    pub show: Vec<Show>,
    /// The texts.
    pub say: Texts,
    /// Where it stands.
    pub source: Source,
    /// Who looked it up, and when; `None` if nobody did.
    pub verified: Option<Verified>,
    /// The day by which somebody looks at it again.
    pub review_by: Option<Date>,
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
    pub name: Word,
    /// How it is worked out.
    pub value: ShowValue,
    /// Whether it tells something about a person.
    pub personal: bool,
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
    /// Every field that it is worked out from.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldRef> {
        match self {
            Self::Number(number) => number.fields(),
            Self::Day(day) => day.fields(),
            Self::Field(field) => BTreeSet::from([*field]),
        }
    }

    /// The unit of what is shown, where it has one.
    #[must_use]
    pub fn unit<'p>(&'p self, pack: &'p Pack) -> Option<&'p str> {
        match self {
            Self::Number(number) => pack.unit_of(number),
            Self::Field(field) => field.column()?.field.unit,
            Self::Day(_) => None,
        }
    }

    /// Whether an amount of money is shown, in cents.
    #[must_use]
    pub fn is_money(&self, pack: &Pack) -> bool {
        self.unit(pack).is_some_and(|unit| ["euro_cents", "euro_cents_per_month"].contains(&unit))
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
    /// Its European Legislation Identifier: a link, or the path of one.
    pub eli: Option<Texts>,
    /// The French identifier of the article in one wording: `LEGIARTI` and 12 digits.
    pub legiarti: Option<String>,
    /// The Belgian number of the text in the official journal: 10 digits.
    pub numac: Option<String>,
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
    /// What is expected.
    pub expect: Expect,
}

/// What a test of a pack expects. Rules are named without the id of the pack.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The outcome.
    pub outcome: Option<&'static str>,
    /// How firm it is.
    pub firmness: Option<&'static str>,
    /// Whether it is accepted with no obligation open.
    pub ready: Option<bool>,
    /// Rules that must be among those that decide.
    pub deciding: Vec<String>,
    /// Fields that must be missing for the outcome, exactly these.
    pub missing: Option<Vec<String>>,
    /// Rules that must warn, exactly these.
    pub warnings: Option<Vec<String>>,
    /// Where obligations stand.
    pub obligations: Vec<(String, &'static str)>,
    /// What becomes of rules.
    pub statuses: Vec<(String, &'static str)>,
}

impl Pack {
    /// Every value of every parameter, by the name of the parameter and its position: the order of names in a document says nothing.
    pub(crate) fn values(&self) -> Vec<(usize, &Parameter, &DatedValue)> {
        let mut parameters: Vec<(usize, &Parameter)> = Vec::new();
        for one in self.parameters.iter().enumerate() {
            let at = parameters.partition_point(|(_, other)| other.name <= one.1.name);
            parameters.insert(at, one);
        }
        let mut values = Vec::new();
        for (index, parameter) in parameters {
            values.extend(parameter.values.iter().map(|value| (index, parameter, value)));
        }
        values
    }

    /// The unit of a number, where it has one.
    #[must_use]
    pub fn unit_of(&self, number: &Number) -> Option<&str> {
        match number {
            Number::Literal(_) | Number::Count(..) => None,
            Number::Param(index, _) => self.parameters.get(*index)?.unit.as_deref(),
            Number::Field(field) => field.column().and_then(|column| column.field.unit),
            Number::Days { .. } | Number::Overlap(..) | Number::Window(_) => Some("days"),
            Number::Week(week) => Some(match week.unit {
                WeekUnit::Minutes => "minutes",
                WeekUnit::Hours => "hours",
                WeekUnit::Days => "days",
            }),
            Number::Months { each: 1, .. } => Some("months"),
            Number::Months { .. } | Number::Age { .. } => Some("years"),
            Number::Sum(_, value) => self.unit_of(value),
            Number::Add(all) | Number::Smallest(all) | Number::Largest(all) => {
                all.iter().find_map(|one| self.unit_of(one))
            }
            Number::Subtract(both) | Number::Multiply(both) => self.unit_of(&both.0).or_else(|| self.unit_of(&both.1)),
            Number::Divide(both) => self.unit_of(&both.0).filter(|_| self.unit_of(&both.1).is_none()),
            Number::Floor(number) | Number::Ceiling(number) => self.unit_of(number),
        }
    }
}

/// The pack of an id, or, where none is asked for, all packs.
///
/// # Errors
/// [`UnknownPack`], if the rulebook has none of the id.
pub fn chosen<'b>(book: &'b Rulebook, id: Option<&str>) -> Result<Vec<&'b Pack>, UnknownPack> {
    match id {
        None => Ok(book.packs().collect()),
        Some(id) => book.pack(id).map(|pack| vec![pack]).ok_or_else(|| UnknownPack(id.to_owned())),
    }
}

/// A pack that the rulebook does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no pack `{0}`")]
pub struct UnknownPack(pub String);
