//! A decision as a page to print: one HTML document that loads nothing, in one language, or in two side by side.
//!
//! A decision enters with [`PageOptions`]; the document leaves as text. It says what [`Decision::to_text`] says, in the order in which a desk
//! needs it, and leaves personal values out likewise. What comes from packs and data is plain text and escaped. Who reads it on paper gets a
//! line for the reference of the case, boxes to tick, and which rulebook it was.

use super::Teller;
use crate::decision::{Decision, Due, Missing, Outcome, RuleResult};
use crate::json::Json;
use crate::message::Lang;
use crate::order;
use crate::pack::{Origin, Pack};
use crate::picture::escaped;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The look: black on white, on A4, nothing that is told by colour alone.
const STYLE: &str = include_str!("page.css");
/// The field of a placement whose elements are documents.
const DOCUMENTS: &str = "placement.documents";

/// How a page is made.
///
/// ```
/// use sam_eurometropole::{PageOptions, Rulebook, date::Date, decide_text, message::Lang};
///
/// let decision = decide_text(Rulebook::embedded(), "{}", Date::parse("2024-04-22").unwrap());
/// let options = PageOptions { beside: Some(Lang::Fr), ..PageOptions::new(Lang::Nl) };
/// assert!(decision.to_html(&options).starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PageOptions<'o> {
    /// The language of the centre.
    pub lang: Lang,
    /// The language of the partner, if it stands beside.
    pub beside: Option<Lang>,
    /// What the centre calls the case. Without it, a line is left to fill in.
    pub reference: Option<&'o str>,
    /// Whether personal values are shown.
    pub values: bool,
}

impl PageOptions<'_> {
    /// One language, no reference, no personal values.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, beside: None, reference: None, values: false }
    }
}

impl Decision<'_> {
    /// The decision as an HTML document to print. It holds its own style and loads nothing.
    #[must_use]
    pub fn to_html(&self, options: &PageOptions<'_>) -> String {
        let beside = options.beside.filter(|beside| *beside != options.lang);
        let langs = std::iter::once(options.lang).chain(beside);
        let tellers = langs.map(|lang| Teller { book: self.book, lang, values: options.values }).collect();
        let reference = options.reference.map(str::trim).filter(|reference| !reference.is_empty());
        let mut page = Page { decision: self, tellers, reference, out: String::new() };
        page.head();
        page.outcome();
        page.sections();
        page.foot();
        page.out
    }
}

/// One text in each language of the page, escaped.
type Said = Vec<String>;

struct Page<'p, 'b> {
    decision: &'p Decision<'b>,
    /// The centre's language, and that of the partner where it stands beside.
    tellers: Vec<Teller<'b>>,
    reference: Option<&'p str>,
    out: String,
}

impl<'b> Page<'_, 'b> {
    fn put(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    fn say(&self, tell: impl Fn(&Teller<'b>) -> String) -> Said {
        self.tellers.iter().map(tell).collect()
    }

    fn word(&self, id: &str) -> Said {
        self.say(|teller| escaped(&teller.word(id)))
    }

    /// An element with a text in each language, one beside the other.
    fn element(&mut self, tag: &str, class: &str, said: &Said) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let inner = self.spans(said);
        self.put(&format!("<{tag}{class}>{inner}</{tag}>"));
    }

    /// A text in each language, each marked with it; a page in one language needs no mark.
    fn spans(&self, said: &Said) -> String {
        match said.as_slice() {
            [one] => one.clone(),
            all => all.iter().zip(&self.tellers).fold(String::new(), |mut out, (text, teller)| {
                let _ = write!(out, "<span lang=\"{}\">{text}</span> ", teller.lang.as_str());
                out
            }),
        }
        .trim_end()
        .to_owned()
    }

    /// A cell of a table for each language.
    fn cells(&self, tag: &str, said: &Said) -> String {
        let scope = if tag == "th" { " scope=\"col\"" } else { "" };
        let cell = |(text, teller): (&String, &Teller<'_>)| match self.tellers.len() {
            1 => format!("<{tag}{scope}>{text}</{tag}>"),
            _ => format!("<{tag}{scope} lang=\"{}\">{text}</{tag}>", teller.lang.as_str()),
        };
        said.iter().zip(&self.tellers).map(cell).collect()
    }

    fn head(&mut self) {
        let title = self.word("page.title");
        let lang = self.tellers.first().map_or(Lang::En, |teller| teller.lang).as_str();
        let named: Vec<&str> = title.iter().map(String::as_str).collect();
        let named = named.join(" – ");
        let two = if self.tellers.len() > 1 { " class=\"two\"" } else { "" };
        self.put(&format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{named}</title>\n<style>\n{STYLE}</style>\n</head>\n<body{two}>"
        ));
        self.put("<header>");
        self.element("h1", "", &title);
        let day = Json::from(self.decision.on.to_string());
        let day = self.say(|teller| escaped(&teller.with("decided_on", &[("day", day.clone())])));
        self.element("p", "", &day);
        let label =
            self.say(|teller| format!("{}{}", escaped(&teller.word("page.reference")), teller.colon().trim_end()));
        let (label, reference) = (self.spans(&label), self.reference.map(escaped));
        let reference =
            reference.map_or_else(|| "<span class=\"blank\"></span>".to_owned(), |text| format!("<b>{text}</b>"));
        self.put(&format!("<p class=\"reference\"><span>{label}</span> {reference}</p>\n</header>\n<main>"));
    }

    /// What it comes to, what that means, and that the centre decides.
    fn outcome(&mut self) {
        let decision = self.decision;
        let word = decision.outcome.as_str();
        self.put(&format!("<section class=\"outcome {word}\">"));
        let outcome = self.say(|teller| escaped(&teller.outcome(decision)));
        self.element("h2", "", &outcome);
        let means = self.word(&format!("page.means.{word}"));
        self.element("p", "", &means);
        if decision.outcome == Outcome::Accepted {
            let left = self.say(|teller| escaped(&teller.steps_left(decision)));
            self.element("p", "", &left);
        }
        let disclaimer = self.word("disclaimer");
        self.element("p", "disclaimer", &disclaimer);
        if self.tellers.iter().any(|teller| teller.values) {
            let shown = self.word("page.values.shown");
            self.element("p", "disclaimer", &shown);
        }
        self.put("</section>");
    }

    fn sections(&mut self) {
        let decision = self.decision;
        let rules = decision.deciding_results().map(|result| self.say(|teller| rule(teller, result))).collect();
        self.section("heading.deciding", rules);
        self.missing("heading.missing", &decision.missing_outcome);
        let stated = decision.stated.iter();
        let stated = stated.map(|(field, reason)| self.say(|teller| escaped(&teller.stated(field, *reason)))).collect();
        self.section("heading.stated", stated);
        self.obligations();
        let warnings = decision.rules.iter().filter(|result| result.warns());
        let warnings = warnings.map(|result| self.say(|teller| text_of_rule(teller, result))).collect();
        self.section("heading.warnings", warnings);
        self.missing("heading.missing_other", &decision.missing_other);
        let gaps: BTreeSet<Said> =
            order::set(decision.gaps.iter().map(|(rule, gap)| self.say(|teller| escaped(&teller.gap(rule, gap)))));
        self.section("heading.gaps", gaps.into_iter().collect());
        let packs = decision.not_examined().map(|(pack, applied)| {
            let why = self.say(|teller| escaped(&teller.why_not_applied(pack, applied)));
            (why, self.say(|teller| escaped(pack.title.get(teller.lang))))
        });
        let packs = packs.collect();
        self.grouped("heading.not_applied", packs);
        let not_covered = self.say(|teller| escaped(&teller.not_covered()));
        self.section("heading.not_covered", vec![not_covered]);
        let findings = decision.findings.iter();
        let findings = findings.map(|finding| self.say(|teller| escaped(&teller.finding(finding, None)))).collect();
        self.section("heading.findings", findings);
    }

    /// Fields to ask, in the order worth asking, under what is to be done with them.
    fn missing(&mut self, heading: &str, missing: &[Missing]) {
        let asked = missing.iter().map(|one| {
            let action = self.word(&format!("missing.{}", one.action()));
            (action, self.say(|teller| escaped(&teller.place(&one.field))))
        });
        let asked = asked.collect();
        self.grouped(heading, asked);
    }

    /// What stands under the same words, in one line.
    fn grouped(&mut self, heading: &str, items: Vec<(Said, Said)>) {
        let mut groups: Vec<(Said, Vec<Said>)> = Vec::new();
        for (words, item) in items {
            match groups.iter_mut().find(|(known, _)| *known == words) {
                Some((_, group)) => group.push(item),
                None => groups.push((words, vec![item])),
            }
        }
        let line = |(words, group): (Said, Vec<Said>)| {
            let each = |(at, (words, teller)): (usize, (&String, &Teller<'_>))| {
                let items: Vec<&str> = group.iter().filter_map(|said| said.get(at)).map(String::as_str).collect();
                format!("<b>{}</b>{}{}", initial(words), teller.colon(), items.join(teller.semicolon()))
            };
            words.iter().zip(&self.tellers).enumerate().map(each).collect()
        };
        let lines = groups.into_iter().map(line).collect();
        self.section(heading, lines);
    }

    /// A heading and its items, if there are any: a list, or in two languages a table.
    fn section(&mut self, heading: &str, items: Vec<Said>) {
        if items.is_empty() {
            return;
        }
        self.put("<section>");
        let heading = self.word(heading);
        self.element("h2", "", &heading);
        if self.tellers.len() == 1 {
            self.put("<ul>");
            items.iter().flatten().for_each(|item| self.put(&format!("<li>{item}</li>")));
            self.put("</ul>\n</section>");
            return;
        }
        let languages = self.cells("th", &self.word("page.language"));
        self.put(&format!("<table>\n<thead><tr>{languages}</tr></thead>\n<tbody>"));
        for item in &items {
            let cells = self.cells("td", item);
            self.put(&format!("<tr>{cells}</tr>"));
        }
        self.put("</tbody>\n</table>\n</section>");
    }

    /// Documents to obtain and steps to take: what is open by its day, then what is done.
    fn obligations(&mut self) {
        let all = self.decision.rules.iter();
        let mut all: Vec<(&RuleResult<'_>, Due)> =
            all.filter_map(|result| Some((result, result.judged.due.filter(|due| *due != Due::Void)?))).collect();
        let place = |result: &RuleResult<'_>, due: Due| (!due.is_open(), result.judged.by.is_none(), result.judged.by);
        order::sort_by(&mut all, |a, b| place(a.0, a.1).cmp(&place(b.0, b.1)));
        let (documents, steps): (Vec<_>, Vec<_>) = all.into_iter().partition(|(result, _)| wants_document(result));
        self.steps("page.documents", &documents);
        self.steps("page.steps", &steps);
    }

    fn steps(&mut self, heading: &str, steps: &[(&RuleResult<'_>, Due)]) {
        if steps.is_empty() {
            return;
        }
        self.put("<section>");
        let (heading, by, who) = (self.word(heading), self.word("page.by"), self.word("page.who"));
        self.element("h2", "over-steps", &heading);
        let what = if self.tellers.len() == 1 { "page.what" } else { "page.language" };
        let what = self.cells("th", &self.word(what));
        let (by, who) = (self.spans(&by), self.spans(&who));
        self.put(&format!(
            "<table class=\"steps\">\n<thead><tr><th scope=\"col\" class=\"narrow\">{by}</th><th scope=\"col\" class=\"narrow\">{who}</th>{what}</tr></thead>\n<tbody>"
        ));
        for (result, due) in steps {
            let row = self.step(result, *due);
            self.put(&row);
        }
        self.put("</tbody>\n</table>\n</section>");
    }

    fn step(&self, result: &RuleResult<'_>, due: Due) -> String {
        let tick = if due.is_open() { "☐" } else { "☑" };
        let status = self.say(|teller| {
            let status = escaped(&teller.word(&format!("page.due.{}", due.as_str())));
            if due.is_open() {
                format!("{} <i>{status}</i>", escaped(&teller.by(result)))
            } else {
                format!("<i>{status}</i>")
            }
        });
        let (status, who) = (self.spans(&status), self.spans(&self.say(|teller| escaped(&teller.who(result)))));
        let what = self.cells("td", &self.say(|teller| text_of_rule(teller, result)));
        let class = due.as_str();
        format!(
            "<tr class=\"{class}\"><td class=\"narrow\"><span class=\"tick\" aria-hidden=\"true\">{tick}</span> {status}</td><td class=\"narrow\">{who}</td>{what}</tr>"
        )
    }

    /// What the marks mean, and which rulebook it was.
    fn foot(&mut self) {
        self.put("</main>\n<footer>");
        let not_verified = self.word("page.not_verified");
        self.element("p", "", &not_verified);
        if self.tellers.iter().all(|teller| !teller.values) {
            let masked = self.word("page.values.masked");
            self.element("p", "", &masked);
        }
        let book = self.decision.book;
        let applied = self.decision.packs.iter().filter(|(_, applied)| *applied == super::Applied::Yes);
        let packs: Vec<String> = applied.map(|(pack, _)| version(pack)).collect();
        let params = [
            ("version", Json::from(book.version())),
            ("hash", Json::from(book.hash())),
            ("engine", Json::from(env!("CARGO_PKG_VERSION"))),
        ];
        let made = self.say(|teller| escaped(&teller.with("page.made", &params)));
        self.element("p", "made", &made);
        if !packs.is_empty() {
            let packs = [("packs", Json::from(packs.join(", ")))];
            let packs = self.say(|teller| escaped(&teller.with("page.packs", &packs)));
            self.element("p", "made", &packs);
        }
        self.put("</footer>\n</body>\n</html>");
    }
}

/// Whether an obligation asks for a document of the case.
fn wants_document(result: &RuleResult<'_>) -> bool {
    result.rule.that.fields().iter().any(|field| field.path().starts_with(DOCUMENTS))
}

/// A pack with its version; one that was added, with its hash, since the rulebook of the package does not hold it.
fn version(pack: &Pack) -> String {
    match pack.origin {
        Origin::Embedded => format!("{} {}", pack.id, pack.version),
        Origin::Added => format!("{} {} ({})", pack.id, pack.version, pack.hash),
    }
}

/// How a rule stands, what it says and where that is written.
fn rule(teller: &Teller<'_>, result: &RuleResult<'_>) -> String {
    let send = teller.to_send(result).map_or_else(String::new, |send| format!(" {}", escaped(&send)));
    format!("<b>{}</b>{}{}{send}", escaped(&teller.standing(result)), teller.colon(), text_of_rule(teller, result))
}

fn text_of_rule(teller: &Teller<'_>, result: &RuleResult<'_>) -> String {
    format!("{} <small>[{}]</small>", escaped(&teller.said(result)), escaped(&teller.written(result)))
}

/// With a capital in front.
fn initial(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_stands_in_front() {
        assert_eq!(initial("à renseigner"), "À renseigner");
        assert_eq!(initial(""), "");
    }
}
