//! Findings: what is wrong with data, as code, paths and params.
//!
//! A finding holds no text; [`crate::message`] renders it in a language. Findings come in one total order, exact duplicates
//! merge, and a value of a personal field is written only where the caller asks for values.

use crate::catalogue::{FieldDef, Role};
use crate::json::Json;
use crate::limits;
use crate::order;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The data cannot be right.
    Error,
    /// The data may be right; somebody should look.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

/// One step of a path. The order of the variants is the order in outputs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// Element of a list, from 0.
    Index(usize),
    /// A field, with its position in the catalogue.
    Field(usize, &'static str),
    /// A name that the catalogue does not know.
    Unknown(String),
}

/// Where in a record something is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The record; the case itself sorts last.
    role: RoleKey,
    segments: Vec<Segment>,
    personal: bool,
}

/// `None` sorts last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RoleKey {
    Of(Role),
    Case,
}

impl Path {
    /// A path in a record, or in the case around its records.
    #[must_use]
    pub fn new(role: Option<Role>, segments: Vec<Segment>, personal: bool) -> Self {
        let personal = personal || role.is_some_and(Role::is_personal);
        Self { role: role.map_or(RoleKey::Case, RoleKey::Of), segments, personal }
    }

    /// The record, if the path is not of the case around them.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match self.role {
            RoleKey::Of(role) => Some(role),
            RoleKey::Case => None,
        }
    }

    /// The path of a record of a kind, as that of a place of a case, or of one of the list there.
    pub(crate) fn placed(mut self, role: Role, index: Option<usize>) -> Self {
        self.segments.splice(0..0, index.map(Segment::Index));
        Self::new(Some(role), self.segments, self.personal)
    }

    /// In a set, the record that the path begins with, and its row.
    pub(crate) fn record(&self) -> Option<(Role, usize)> {
        match self.segments.first()? {
            Segment::Index(row) => Some((self.role()?, *row)),
            _ => None,
        }
    }

    /// The names joined by dots, and the indices.
    #[must_use]
    pub fn plain(&self) -> (String, Vec<usize>) {
        let (mut names, mut indices) = (String::new(), Vec::new());
        for segment in &self.segments {
            match segment {
                Segment::Index(index) => indices.push(*index),
                Segment::Field(_, name) => push_name(&mut names, name),
                Segment::Unknown(name) => push_name(&mut names, name),
            }
        }
        (names, indices)
    }

    /// Whether it leads to a personal field.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.personal
    }

    /// The path with dots and brackets, `benefits[2].since`; with the role in front if `case` is set.
    #[must_use]
    pub fn text(&self, case: bool) -> String {
        let mut out = String::new();
        if let (RoleKey::Of(role), true) = (self.role, case) {
            out.push_str(role.as_str());
        }
        for segment in &self.segments {
            match segment {
                Segment::Index(index) => out.push_str(&format!("[{index}]")),
                Segment::Field(_, name) => push_name(&mut out, name),
                Segment::Unknown(name) if is_plain(name) => push_name(&mut out, name),
                Segment::Unknown(name) => out.push_str(&format!("[{}]", Json::from(name.as_str()).to_canonical())),
            }
        }
        out
    }

    /// The path as a JSON Pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self, case: bool) -> String {
        let mut out = String::new();
        if let (RoleKey::Of(role), true) = (self.role, case) {
            out.push_str(&format!("/{}", role.as_str()));
        }
        for segment in &self.segments {
            match segment {
                Segment::Index(index) => out.push_str(&format!("/{index}")),
                Segment::Field(_, name) => out.push_str(&format!("/{name}")),
                Segment::Unknown(name) => out.push_str(&format!("/{}", name.replace('~', "~0").replace('/', "~1"))),
            }
        }
        out
    }
}

#[cfg(feature = "tables")]
impl Path {
    /// The steps after those of a list of a record, if the path leads into it.
    fn within(&self, role: Role, list: &[Segment]) -> Option<&[Segment]> {
        if self.role() == Some(role) { self.segments.strip_prefix(list) } else { None }
    }

    /// The element of a list that the path leads to.
    pub(crate) fn element_of(&self, role: Role, list: &[Segment]) -> Option<usize> {
        match self.within(role, list)?.first()? {
            Segment::Index(index) => Some(*index),
            _ => None,
        }
    }

    /// The same path so many elements further on in a list.
    pub(crate) fn moved(&self, role: Role, list: &[Segment], by: usize) -> Option<Self> {
        let index = self.element_of(role, list)?.saturating_add(by);
        let mut path = self.clone();
        *path.segments.get_mut(list.len())? = Segment::Index(index);
        Some(path)
    }
}

fn push_name(out: &mut String, name: &str) {
    if !out.is_empty() {
        out.push('.');
    }
    out.push_str(name);
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

impl From<Path> for Vec<Path> {
    fn from(path: Path) -> Self {
        vec![path]
    }
}

/// The segment of a field in a struct.
#[must_use]
pub fn segment(fields: &'static [FieldDef], index: usize) -> Option<Segment> {
    fields.get(index).map(|field| Segment::Field(index, field.name))
}

/// A code, or the name of a param: a constant of the engine, or a text of a pack.
#[derive(Clone)]
pub struct Word(Kept);

/// How a word is kept, so that a copy costs nothing.
#[derive(Clone)]
enum Kept {
    Constant(&'static str),
    Shared(Arc<str>),
}

impl Word {
    /// A text of a pack.
    #[must_use]
    pub fn shared(text: &str) -> Self {
        Self(Kept::Shared(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kept::Constant(text) => text,
            Kept::Shared(text) => text,
        }
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Word {}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&'static str> for Word {
    fn from(word: &'static str) -> Self {
        Self(Kept::Constant(word))
    }
}

impl From<String> for Word {
    fn from(word: String) -> Self {
        Self(Kept::Shared(word.into()))
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.as_str().to_owned()
    }
}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Word {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// A value that a text may show.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Name of the placeholder.
    pub name: Word,
    /// The value.
    pub value: Json,
    /// Whether it tells something about a person.
    pub personal: bool,
}

/// One problem in data.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is; codes never change their meaning.
    pub code: Word,
    /// How much it weighs.
    pub severity: Severity,
    /// The fields it is about.
    pub paths: Vec<Path>,
    /// Values for the text.
    pub params: Vec<Param>,
    /// The rule of a pack, if one said so.
    pub rule: Option<String>,
}

impl Finding {
    /// A finding of the engine at one path or more. Its weight comes with the code.
    #[must_use]
    pub fn new(code: Code, paths: impl Into<Vec<Path>>) -> Self {
        Self {
            code: code.as_str().into(),
            severity: code.severity(),
            paths: paths.into(),
            params: Vec::new(),
            rule: None,
        }
    }

    /// Adds a param that tells nothing about a person.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Json>) -> Self {
        self.param(name, value.into(), false)
    }

    /// Adds a param taken from the data: masked where a path is personal.
    #[must_use]
    pub fn with_value(self, name: &'static str, value: impl Into<Json>) -> Self {
        let personal = self.paths.iter().any(Path::is_personal);
        self.param(name, value.into(), personal)
    }

    /// The finding of a record of a kind, as that of a place of a case, or of one of the list there.
    pub(crate) fn placed(mut self, role: Role, index: Option<usize>) -> Self {
        self.paths = self.paths.into_iter().map(|path| path.placed(role, index)).collect();
        let personal = role.is_personal();
        self.params.iter_mut().for_each(|param| param.personal |= personal);
        self
    }

    /// The same finding with one more path, after the others.
    #[must_use]
    pub(crate) fn and(mut self, path: Path) -> Self {
        self.paths.push(path);
        self
    }

    fn param(mut self, name: &'static str, value: Json, personal: bool) -> Self {
        self.params.push(Param { name: name.into(), value, personal });
        self
    }

    /// The JSON of the finding. `case` writes roles into paths, `values` shows personal values.
    #[must_use]
    pub fn to_json(&self, case: bool, values: bool) -> Json {
        let mut members = vec![
            ("code".to_owned(), Json::from(self.code.as_str())),
            ("severity".to_owned(), Json::from(self.severity.as_str())),
            ("paths".to_owned(), self.paths.iter().map(|p| Json::from(p.text(case))).collect()),
        ];
        members.extend(params_json(&self.params, values));
        if let Some(rule) = &self.rule {
            members.push(("rule".to_owned(), Json::from(rule.as_str())));
        }
        Json::Object(members)
    }

    /// Paths, code, rule, params: the order of SEMANTICS §5.1. Whether a value will be masked plays no part.
    fn order(&self, other: &Self) -> Ordering {
        self.paths
            .cmp(&other.paths)
            .then_with(|| self.code.cmp(&other.code))
            .then_with(|| self.rule.cmp(&other.rule))
            .then_with(|| canonical_params(&self.params).cmp(&canonical_params(&other.params)))
    }
}

/// `params` and, where something was left out, `masked`.
#[must_use]
pub fn params_json(params: &[Param], values: bool) -> Vec<(String, Json)> {
    let shown = shown(params, values).map(|p| (p.name.to_string(), p.value.clone()));
    let mut members = vec![("params".to_owned(), Json::Object(shown.collect()))];
    let masked = masked(params, values);
    if !masked.is_empty() {
        members.push(("masked".to_owned(), masked.into_iter().map(Json::from).collect()));
    }
    members
}

/// The values that are shown.
pub(crate) fn shown(params: &[Param], values: bool) -> impl Iterator<Item = &Param> {
    params.iter().filter(move |param| values || !param.personal)
}

/// The names of those that are not, in order.
pub(crate) fn masked(params: &[Param], values: bool) -> Vec<&str> {
    let masked = params.iter().filter(|param| !values && param.personal);
    let mut masked: Vec<&str> = masked.map(|param| param.name.as_str()).collect();
    order::sort_by(&mut masked, |a, b| a.cmp(b));
    masked
}

fn canonical_params(params: &[Param]) -> String {
    Json::Object(params.iter().map(|p| (p.name.to_string(), p.value.clone())).collect()).to_canonical()
}

/// Findings in their order.
pub(crate) fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    order::sort_by(&mut findings, Finding::order);
    findings
}

/// Sorts findings, merges exact duplicates and keeps to the limit, saying how many there were.
#[must_use]
pub fn settle(findings: Vec<Finding>) -> Vec<Finding> {
    let mut findings = in_order(findings);
    findings.dedup();
    keep_hints(&mut findings);
    let count = findings.len();
    if count > limits::FINDINGS {
        findings.truncate(limits::FINDINGS);
        let path = Path::new(None, Vec::new(), false);
        findings.push(Finding::new(Code::LimitFindings, path).with("count", count));
    }
    findings
}

/// Takes the hints from all findings but the first ones, in their order.
fn keep_hints(findings: &mut [Finding]) {
    let is_hint = |param: &Param| param.name == "hint";
    let hinted = findings.iter_mut().filter(|finding| finding.params.iter().any(is_hint));
    for finding in hinted.skip(limits::HINTS) {
        finding.params.retain(|param| !is_hint(param));
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $severity:ident, $schema:literal;)*) => {
        /// The engine's own finding codes. Rules of `checks` packs add theirs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code in outputs.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// How much it weighs.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// Whether the JSON Schema of the record refuses such data too.
            #[must_use]
            pub fn in_schema(self) -> bool {
                match self { $(Self::$variant => $schema,)* }
            }
        }
    };
}

codes! {
    /// The text is not JSON.
    InputSyntax = "input.syntax", Error, false;
    /// A kind that the field does not take.
    TypeMismatch = "type.mismatch", Error, true;
    /// A fraction where a whole number is wanted.
    NumberNotInteger = "number.not_integer", Error, true;
    /// A number beyond what every host holds.
    NumberTooLarge = "number.too_large", Error, false;
    /// A value outside the range of its field.
    ValueOutOfRange = "value.out_of_range", Error, true;
    /// Text longer than its field allows.
    LimitText = "limit.text", Error, true;
    /// Not the number that the field holds, in its normal form. A schema knows no check digits.
    TextForm = "text.form", Error, false;
    /// A lone surrogate.
    TextNotUnicode = "text.not_unicode", Error, false;
    /// Not `YYYY-MM-DD`.
    DateForm = "date.form", Error, true;
    /// A day that does not exist.
    DateNotADay = "date.not_a_day", Error, true;
    /// A date with a time.
    DateTimeGiven = "date.time_given", Error, true;
    /// A year outside 1900–2200.
    DateOutOfYears = "date.out_of_years", Error, false;
    /// Not `HH:MM`.
    TimeForm = "time.form", Error, true;
    /// A code that its list does not hold.
    CodeUnknown = "code.unknown", Error, true;
    /// A code that was not in force on the day that counts.
    CodeNotInForce = "code.not_in_force", Error, false;
    /// Not the form of a commune code.
    TerritoryForm = "territory.form", Error, true;
    /// A commune that the rulebook does not hold.
    TerritoryOutsideCoverage = "territory.outside_coverage", Info, false;
    /// A commune that had ended on the day that counts.
    TerritoryEnded = "territory.ended", Error, false;
    /// A commune that did not exist yet on the day that counts.
    TerritoryNotYet = "territory.not_yet", Error, false;
    /// A key given twice.
    KeyDuplicate = "key.duplicate", Error, false;
    /// A field that the record does not have.
    FieldUnknown = "field.unknown", Error, true;
    /// A value in a field that does not apply.
    FieldNotApplicable = "field.not_applicable", Warning, false;
    /// A required field without a value.
    FieldRequired = "field.required", Error, false;
    /// A reason of absence that does not exist.
    AbsenceReason = "absence.reason", Error, true;
    /// A value and a reason for its absence.
    AbsenceContradicted = "absence.contradicted", Error, false;
    /// A number that is not that of the list it counts.
    CountDiffers = "count.differs", Error, false;
    /// A national number, or a field for one.
    PrivacyNationalNumber = "privacy.national_number", Error, false;
    /// A field for a contact.
    PrivacyContact = "privacy.contact", Error, true;
    /// A field for free text about a person.
    PrivacyFreeText = "privacy.free_text", Error, true;
    /// A unit that is not the indicator's.
    ObservationUnit = "observation.unit", Error, false;
    /// A value outside the range of its indicator.
    ObservationRange = "observation.range", Error, false;
    /// An indicator that does not exist on this side of the border.
    ObservationNotAvailable = "observation.not_available", Error, false;
    /// A level below the finest at which the indicator exists.
    ObservationLevel = "observation.level", Error, false;
    /// A level at which the indicator exists in part, or on request.
    ObservationLevelPartial = "observation.level_partial", Warning, false;
    /// A breakdown that the indicator does not have.
    ObservationBreakdown = "observation.breakdown", Error, false;
    /// Neither a value nor a status that says why there is none.
    ObservationValueMissing = "observation.value_missing", Error, false;
    /// A value, and a status that says that there is none.
    ObservationStatusWithoutValue = "observation.status_without_value", Error, false;
    /// Neither commune nor area.
    ObservationPlaceMissing = "observation.place_missing", Error, false;
    /// Commune and area.
    ObservationPlaceTwice = "observation.place_twice", Error, false;
    /// A level that the place does not have.
    ObservationAreaLevel = "observation.area_level", Error, false;
    /// A rate that is not its numerator over its denominator.
    ObservationRate = "observation.rate", Warning, false;
    /// A numerator too large for its denominator.
    ObservationNumerator = "observation.numerator", Error, false;
    /// A floor value without its status.
    ObservationLeftCensored = "observation.left_censored", Warning, false;
    /// A figure published before its period was over.
    ObservationReleasedEarly = "observation.released_early", Warning, false;
    /// A period that has not begun.
    ObservationFuturePeriod = "observation.future_period", Warning, false;
    /// A theme named twice among the priorities.
    NeedsAnalysisPriorityTwice = "needs_analysis.priority_twice", Error, false;
    /// A priority that is not among the themes.
    NeedsAnalysisPriorityTheme = "needs_analysis.priority_theme", Warning, false;
    /// Fewer needs than persons received.
    NeedsAnalysisNeedsBelowPeople = "needs_analysis.needs_below_people", Error, false;
    /// Nesting too deep.
    LimitDepth = "limit.depth", Error, false;
    /// A list too long.
    LimitList = "limit.list", Error, true;
    /// Too many keys in an object.
    LimitFields = "limit.fields", Error, false;
    /// A text too long to be read.
    LimitBytes = "limit.bytes", Error, false;
    /// Too many rows in a table.
    LimitRows = "limit.rows", Error, false;
    /// Too many columns in a table.
    LimitColumns = "limit.columns", Error, false;
    /// Text that is no UTF-8, read as Windows-1252.
    TableEncoding = "table.encoding", Info, false;
    /// The separator that was found.
    TableDelimiter = "table.delimiter", Info, false;
    /// A column whose heading is not the name of its field.
    TableHeaderMapped = "table.header_mapped", Info, false;
    /// A heading that may stand for several fields.
    TableHeaderAmbiguous = "table.header_ambiguous", Error, false;
    /// A mapping for a column that is not there.
    TableMapUnused = "table.map_unused", Warning, false;
    /// A text that is no table.
    TableEmpty = "table.empty", Error, false;
    /// Rows with more or fewer cells than there are columns.
    TableUneven = "table.uneven", Error, false;
    /// Numbers written in another way.
    TableNumberRead = "table.number_read", Info, false;
    /// Amounts in euro, read as cents.
    TableMoneyRead = "table.money_read", Info, false;
    /// Days written in another way.
    TableDateRead = "table.date_read", Info, false;
    /// Days of which day and month may be swapped.
    TableDateAmbiguous = "table.date_ambiguous", Error, false;
    /// Answers yes and no written in another way.
    TableBoolRead = "table.bool_read", Info, false;
    /// Labels written instead of codes.
    TableCodeRead = "table.code_read", Info, false;
    /// Several codes in one cell.
    TableListRead = "table.list_read", Info, false;
    /// Rows of a companion table that name no record.
    CompanionNoKey = "companion.no_key", Error, false;
    /// Rows of a companion table that name a record that is not there.
    CompanionOrphan = "companion.orphan", Error, false;
    /// Rows of a companion table that name a record that stands twice.
    CompanionAmbiguous = "companion.ambiguous", Error, false;
    /// Records of a set with one key.
    SetDuplicate = "set.duplicate", Error, false;
    /// A reference to a record that the set does not hold.
    SetReference = "set.reference", Warning, false;
    /// Placements of one person that share a day.
    SetOverlap = "set.overlap", Warning, false;
    /// More placements on one day than there are places.
    SetPlaces = "set.places", Error, false;
    /// Sessions of a worksite on the same days that have more places together than it has.
    SetSessionPlaces = "set.session_places", Warning, false;
    /// Sessions of a worksite on the same days with more places taken together than it has.
    SetSessionTaken = "set.session_taken", Warning, false;
    /// Sessions of a worksite on the same days that have more supervisors together than it has.
    SetSessionSupervisors = "set.session_supervisors", Warning, false;
    /// Parts that together are more than their total.
    FiguresPartsAboveTotal = "figures.parts_above_total", Error, false;
    /// All parts, and together less than their total.
    FiguresPartsBelowTotal = "figures.parts_below_total", Warning, false;
    /// A rate of all that lies outside the rates of its parts.
    FiguresTotalOutsideParts = "figures.total_outside_parts", Error, false;
    /// Figures of several indicators that do not go together.
    FiguresRelation = "figures.relation", Error, false;
    /// The first figure after a known break of its series, without the status that says so.
    FiguresBreak = "figures.break", Warning, false;
    /// A figure a power of ten away from the earlier ones of its series.
    FiguresFactor = "figures.factor", Warning, false;
    /// A figure far from the earlier ones of its series.
    FiguresJump = "figures.jump", Warning, false;
    /// A figure far from those of the communes around.
    FiguresApart = "figures.apart", Warning, false;
    /// The figures of an earlier period, handed in again.
    FiguresStale = "figures.stale", Warning, false;
    /// An area that the rulebook does not know.
    RequestArea = "request.area", Error, false;
    /// A period that is none.
    RequestPeriod = "request.period", Error, false;
    /// A rule of disclosure control that the rulebook does not know.
    RequestRule = "request.rule", Error, false;
    /// An earlier dashboard that is none.
    RequestEarlier = "request.earlier", Error, false;
    /// Figures that cannot be protected: none is shown.
    ProtectionFailed = "protection.failed", Error, false;
    /// Observations whose indicator, place, period or unit cannot be used.
    HarmoniseUnread = "harmonise.unread", Warning, false;
    /// Figures of communes of an indicator that exists for larger areas only.
    HarmoniseSpread = "harmonise.spread", Error, false;
    /// Several figures for one place and period that differ.
    HarmoniseSeveral = "harmonise.several", Warning, false;
    /// Figures that cannot be carried to the communes of the wanted year.
    HarmoniseNotCarried = "harmonise.not_carried", Warning, false;
    /// A format that an export does not have.
    ExportFormat = "export.format", Error, false;
    /// An option that a format does not have, or a value that it does not take.
    ExportOption = "export.option", Error, false;
    /// Observations that cannot be exported.
    ExportUnread = "export.unread", Warning, false;
    /// Observations that say again what an earlier one said.
    ExportTwice = "export.twice", Warning, false;
    /// A cube with more cells than readers take.
    ExportLarge = "export.large", Error, false;
    /// Parts of different periods or vintages, of which no total is made unless it is asked for.
    PeriodMixedVintage = "period.mixed_vintage", Warning, false;
    /// No period that all sides have.
    PeriodNoneCommon = "period.none_common", Warning, false;
    /// A mapping whose layout was not held against a file of the producer.
    NationalUnverified = "national.unverified", Warning, false;
    /// A national file that is no JSON.
    NationalSyntax = "national.syntax", Error, false;
    /// A national file in another form than its mapping says.
    NationalShape = "national.shape", Error, false;
    /// A national file in another encoding.
    NationalEncoding = "national.encoding", Info, false;
    /// No row with the heading of the places.
    NationalNoHeadings = "national.no_headings", Error, false;
    /// A column without which the rows cannot be read.
    NationalColumnNeeded = "national.column_needed", Error, false;
    /// A column of figures that is not there.
    NationalColumnMissing = "national.column_missing", Warning, false;
    /// A column that the mapping does not know.
    NationalColumnUnknown = "national.column_unknown", Warning, false;
    /// A heading that stands twice.
    NationalColumnTwice = "national.column_twice", Error, false;
    /// Columns that are no figures of the taxonomy.
    NationalColumnsIgnored = "national.columns_ignored", Info, false;
    /// Columns without heading and content.
    NationalColumnsBlank = "national.columns_blank", Info, false;
    /// A column with several values, of which one has to be chosen.
    NationalColumnOpen = "national.column_open", Error, false;
    /// Values moved to the unit of the indicator.
    NationalFactor = "national.factor", Info, false;
    /// A period that nobody says.
    NationalPeriodOpen = "national.period_open", Error, false;
    /// A period that cannot be read.
    NationalPeriodUnread = "national.period_unread", Error, false;
    /// An indicator that nobody says.
    NationalIndicatorOpen = "national.indicator_open", Error, false;
    /// Rows that are totals, other levels or notes.
    NationalRowsPassed = "national.rows_passed", Info, false;
    /// Rows that bring no figure of the mapping.
    NationalRowsOther = "national.rows_other", Info, false;
    /// Rows without a place.
    NationalPlaceBlank = "national.place_blank", Error, false;
    /// A place that is not known.
    NationalPlaceUnknown = "national.place_unknown", Warning, false;
    /// Places of other regions or countries.
    NationalPlaceOutside = "national.place_outside", Info, false;
    /// A code of a breakdown that the mapping does not know.
    NationalCodeUnknown = "national.code_unknown", Warning, false;
    /// A code of a status that the mapping does not know.
    NationalStatusUnknown = "national.status_unknown", Warning, false;
    /// A cell that is neither a number nor a known text.
    NationalNumberUnread = "national.number_unread", Error, false;
    /// A cell that gives a bound only.
    NationalBoundRead = "national.bound_read", Warning, false;
    /// Texts that stand for a missing value.
    NationalMissingRead = "national.missing_read", Info, false;
    /// Blank cells.
    NationalCellsBlank = "national.cells_blank", Info, false;
    /// Values that stand for all smaller ones.
    NationalFloorRead = "national.floor_read", Info, false;
    /// A figure that stands twice.
    NationalFigureTwice = "national.figure_twice", Error, false;
    /// A sum of which parts are hidden.
    NationalLowerBound = "national.lower_bound", Warning, false;
    /// A rate of which only one part is in the file.
    NationalRateOpen = "national.rate_open", Warning, false;
    /// Figures of a former commune, carried to the one of the day.
    NationalCarried = "national.carried", Info, false;
    /// Figures that stay with a former commune.
    NationalNotCarried = "national.not_carried", Warning, false;
    /// A record about a person that is kept no longer.
    PurgeDelete = "purge.delete", Error, false;
    /// A record that is kept no longer, and stands without its person.
    PurgeAnonymise = "purge.anonymise", Error, false;
    /// A record of a person who is kept no longer.
    PurgePerson = "purge.person", Error, false;
    /// A list with names that is kept no longer.
    PurgeList = "purge.list", Error, false;
    /// A record about a person that does not say how long it is kept.
    PurgeNoDay = "purge.no_day", Warning, false;
    /// A person to be deleted, of whom a project may still want proof.
    PurgeWanted = "purge.wanted", Warning, false;
    /// More findings than are kept.
    LimitFindings = "limit.findings", Info, false;
}
