//! What is asked of an export. It is read strictly: an option of another export, and a value that an option does not take, are findings at
//! their path, and leave no file.

use super::{AGENCY, BASE};
use crate::date::Date;
use crate::finding::{Code, Finding, Path, Segment, Severity};
use crate::json::{Json, line_column, parse};
use crate::limits;
use crate::message::Lang;
use crate::rulebook::Rulebook;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Figures,
    Vocabulary,
    Criteria,
}

impl Kind {
    /// Its formats.
    fn formats(self) -> &'static [&'static str] {
        match self {
            Self::Figures => &["sdmx_csv", "json_stat", "data_package"],
            Self::Vocabulary | Self::Criteria => &["turtle", "json_ld"],
        }
    }

    /// The options of a format, beside `format`.
    fn options(self, format: &str) -> &'static [&'static str] {
        match (self, format) {
            (Self::Figures, "sdmx_csv") => &["on", "lang", "agency", "complete", "harmonise"],
            (Self::Figures, "json_stat") => &["on", "lang", "title", "harmonise"],
            (Self::Figures, _) => &["on", "lang", "title", "name", "licenses", "harmonise"],
            (Self::Vocabulary, _) => &["base", "themes", "lists"],
            (Self::Criteria, _) => &["base", "packs"],
        }
    }
}

/// What was asked.
#[derive(Clone, Debug)]
pub(super) struct Options<'b> {
    pub(super) format: &'static str,
    /// The day of the export.
    pub(super) on: Option<Date>,
    /// The language of texts in formats that have one.
    pub(super) lang: Lang,
    pub(super) agency: String,
    /// Whether code lists are given whole, and not only the codes that the figures use.
    pub(super) complete: bool,
    pub(super) title: Option<String>,
    pub(super) name: Option<String>,
    /// Licences, as the package says them.
    pub(super) licenses: Vec<Json>,
    /// A request of figures side by side, whose cells are exported in place of the observations.
    pub(super) harmonise: Option<String>,
    pub(super) base: String,
    /// Themes, code lists, packs; all of them where none is named.
    pub(super) themes: Option<Vec<&'b str>>,
    pub(super) lists: Option<Vec<&'b str>>,
    pub(super) packs: Option<Vec<&'b str>>,
}

/// Reads a request; none, if something in it is an error.
pub(super) fn read<'b>(book: &'b Rulebook, text: &str, kind: Kind) -> (Option<Options<'b>>, Vec<Finding>) {
    let json = match parse(text, limits::DEPTH) {
        Ok(json) => json,
        Err(wrong) => {
            let (line, column) = line_column(text, wrong.offset());
            let finding = Finding::new(Code::InputSyntax, path("")).with("line", line).with("column", column);
            return (None, vec![finding]);
        }
    };
    let mut findings = Vec::new();
    let options = options(book, &json, kind, &mut findings);
    let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    (options.filter(|_| !is_wrong), findings)
}

fn options<'b>(book: &'b Rulebook, json: &Json, kind: Kind, findings: &mut Vec<Finding>) -> Option<Options<'b>> {
    let mut wrong = |code: Code, name: &str| findings.push(Finding::new(code, path(name)).with("name", name));
    let Some(members) = json.as_object() else {
        wrong(Code::ExportOption, "format");
        return None;
    };
    let given = json.get("format");
    let asked = given.and_then(Json::as_str);
    let Some(format) = kind.formats().iter().copied().find(|format| asked == Some(*format)) else {
        let formats = kind.formats().join(", ");
        let told = asked.unwrap_or_default();
        findings.push(Finding::new(Code::ExportFormat, path("format")).with("given", told).with("formats", formats));
        return None;
    };
    let mut options = Options {
        format,
        on: None,
        lang: Lang::En,
        agency: AGENCY.to_owned(),
        complete: false,
        title: None,
        name: None,
        licenses: Vec::new(),
        harmonise: None,
        base: BASE.to_owned(),
        themes: None,
        lists: None,
        packs: None,
    };
    for (name, value) in members.iter().filter(|(name, value)| name != "format" && *value != Json::Null) {
        let is_known = kind.options(format).contains(&name.as_str());
        if !is_known || options.take(book, name, value).is_none() {
            wrong(Code::ExportOption, name);
        }
    }
    if format == "sdmx_csv" && json.get("on").is_none_or(|on| *on == Json::Null) {
        findings.push(Finding::new(Code::FieldRequired, path("on")));
    }
    Some(options)
}

impl<'b> Options<'b> {
    /// Takes an option; none, if it does not take the value.
    fn take(&mut self, book: &'b Rulebook, name: &str, value: &Json) -> Option<()> {
        match name {
            "on" => self.on = Some(Date::parse(value.as_str()?).ok()?),
            "lang" => self.lang = Lang::parse(value.as_str()?)?,
            "agency" => self.agency = Some(value.as_str()?).filter(|agency| is_agency(agency))?.to_owned(),
            "complete" => self.complete = value.as_bool()?,
            "title" => self.title = Some(value.as_str()?).filter(|title| is_text(title)).map(str::to_owned),
            "name" => self.name = Some(Some(value.as_str()?).filter(|name| is_name(name))?.to_owned()),
            "licenses" => self.licenses = value.as_list()?.iter().map(license).collect::<Option<_>>()?,
            "harmonise" => self.harmonise = value.as_object().map(|_| Some(value.to_canonical()))?,
            "base" => self.base = Some(value.as_str()?).filter(|base| is_base(base))?.to_owned(),
            "themes" => {
                let themes = book.codes().get("theme");
                self.themes = Some(known(value, |code| Some(themes?.find(code)?.code()))?);
            }
            "lists" => self.lists = Some(known(value, |id| Some(book.codes().get(id)?.id()))?),
            "packs" => self.packs = Some(known(value, |id| Some(book.pack(id)?.id.as_str()))?),
            _ => return None,
        }
        Some(())
    }
}

/// A list of codes or ids that are all known.
fn known<'b>(value: &Json, find: impl Fn(&str) -> Option<&'b str>) -> Option<Vec<&'b str>> {
    value.as_list()?.iter().map(|one| find(one.as_str()?)).collect()
}

/// A licence with a name or a path, and perhaps a title; nothing else, and the path with https.
fn license(json: &Json) -> Option<Json> {
    let members = json.as_object()?;
    for (name, value) in members {
        let text = value.as_str()?;
        let fits = match name.as_str() {
            "name" | "title" => is_text(text),
            "path" => is_https(text),
            _ => false,
        };
        fits.then_some(())?;
    }
    (json.get("name").is_some() || json.get("path").is_some()).then(|| json.clone())
}

/// An id of SDMX for an organisation that stands alone: it is the sender too, whose id has no parts.
fn is_agency(text: &str) -> bool {
    let allowed = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '-');
    text.len() <= 64 && text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(allowed)
}

fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= 1000 && !text.chars().any(char::is_control)
}

/// A name of a data package.
fn is_name(text: &str) -> bool {
    let allowed = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || matches!(one, '.' | '_' | '-');
    !text.is_empty() && text.len() <= 100 && text.chars().all(allowed)
}

fn is_https(text: &str) -> bool {
    let allowed = |one: char| one.is_ascii_graphic() && !"<>\"{}|\\^`".contains(one);
    text.len() <= 200 && text.strip_prefix("https://").is_some_and(|rest| rest.len() > 1 && rest.chars().all(allowed))
}

/// The beginning of IRIs: after it a name may follow.
fn is_base(text: &str) -> bool {
    is_https(text) && text.ends_with(['/', '#'])
}

fn path(name: &str) -> Path {
    let segments = Some(name).filter(|name| !name.is_empty()).map(|name| Segment::Unknown(name.to_owned()));
    Path::new(None, segments.into_iter().collect(), false)
}
