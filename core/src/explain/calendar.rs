//! The deadlines of a decision as a calendar (iCalendar, RFC 5545).
//!
//! A decision enters with a language; the text of an `.ics` file leaves, or nothing where no open obligation has a day. Each is an event of a
//! whole day that takes no time, with a reminder: a task (`VTODO`) would say more, but most calendars of a desk drop tasks when they read a
//! file. Nothing asks for the time: `DTSTAMP` is the given day. Who reads a later file of the same case has its entries moved, not
//! doubled, where the case has a reference.

use super::Teller;
use crate::date::Date;
use crate::decision::{Decision, Due, RuleResult};
use crate::hash::sha256_hex;
use crate::json::Json;
use crate::message::Lang;
use crate::order;

/// Octets of a line without its break.
const LINE: usize = 75;
/// When a reminder is given: a week before the day, at nine in the morning.
const REMINDER: &str = "-P6DT15H";

impl Decision<'_> {
    /// The days of open obligations as an iCalendar file, or nothing if none has a day. `reference` is what the centre calls the case.
    ///
    /// ```
    /// use sam_eurometropole::{Rulebook, date::Date, decide_text, message::Lang};
    ///
    /// let on = Date::parse("2024-04-22").unwrap();
    /// let decision = decide_text(Rulebook::embedded(), r#"{"placement": {"scheme": "fr_pmsmp", "start": "2024-05-02"}}"#, on);
    /// assert!(decision.to_ics(Lang::Fr, None, false).unwrap().contains("DTSTART;VALUE=DATE:20240502"));
    /// assert_eq!(decide_text(Rulebook::embedded(), "{}", on).to_ics(Lang::Fr, None, false), None);
    /// ```
    #[must_use]
    pub fn to_ics(&self, lang: Lang, reference: Option<&str>, values: bool) -> Option<String> {
        let open = |result: &RuleResult<'_>| result.judged.due.filter(|due| due.is_open());
        let mut days: Vec<_> = self.rules.iter().filter_map(|r| Some((r.judged.by?, open(r)?, r))).collect();
        order::sort_by(&mut days, |a, b| a.0.cmp(&b.0));
        let reference = reference.map(str::trim).filter(|reference| !reference.is_empty());
        let teller = Teller { book: self.book, lang, values };
        let mut out = Calendar { text: String::new(), teller, reference, on: self.on };
        out.line("BEGIN:VCALENDAR");
        out.line("VERSION:2.0");
        out.line("PRODID:-//sam-eurometropole//sam-eurometropole//EN");
        out.line("CALSCALE:GREGORIAN");
        out.line(&format!("X-SAM-RULEBOOK:{} {}", self.book.version(), self.book.hash()));
        days.iter().for_each(|(by, due, result)| out.event(result, *due, *by));
        out.line("END:VCALENDAR");
        (!days.is_empty()).then_some(out.text)
    }
}

/// Lines of a calendar.
struct Calendar<'c> {
    text: String,
    teller: Teller<'c>,
    reference: Option<&'c str>,
    on: Date,
}

impl Calendar<'_> {
    /// One obligation and its day.
    fn event(&mut self, result: &RuleResult<'_>, due: Due, by: Date) {
        let teller = &self.teller;
        let mut summary = format!("{}{}{}", teller.who(result), teller.colon(), teller.said(result));
        if let Some(reference) = self.reference {
            summary = format!("{reference} – {summary}");
        }
        let told = [teller.due(result, due), teller.written(result), teller.word("disclaimer")].join("\n");
        let class = if teller.values { "PRIVATE" } else { "PUBLIC" };
        let status = if due == Due::Possible { "TENTATIVE" } else { "CONFIRMED" };
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}@sam-eurometropole", uid(result, by, self.reference)));
        self.line(&format!("DTSTAMP:{}T000000Z", compact(self.on)));
        self.line(&format!("DTSTART;VALUE=DATE:{}", compact(by)));
        self.said("SUMMARY", &summary);
        self.said("DESCRIPTION", &told);
        self.line(&format!("STATUS:{status}"));
        self.line(&format!("CLASS:{class}"));
        self.line("TRANSP:TRANSPARENT");
        if due != Due::Overdue {
            self.line("BEGIN:VALARM");
            self.line("ACTION:DISPLAY");
            self.line(&format!("TRIGGER:{REMINDER}"));
            self.said("DESCRIPTION", &summary);
            self.line("END:VALARM");
        }
        self.line("END:VEVENT");
    }

    fn line(&mut self, line: &str) {
        folded(line, &mut self.text);
    }

    /// A property that holds text in the language of the calendar.
    fn said(&mut self, name: &str, text: &str) {
        self.line(&format!("{name};LANGUAGE={}:{}", self.teller.lang.as_str(), escaped(text)));
    }
}

/// What names an entry: the case and the rule, or for a case without a name the rule and its day.
fn uid(result: &RuleResult<'_>, by: Date, reference: Option<&str>) -> String {
    let (name, value) =
        reference.map_or_else(|| ("by", by.to_string()), |reference| ("reference", reference.to_owned()));
    let key = Json::object([("rule", Json::from(result.rule.id.as_str())), (name, Json::from(value))]);
    sha256_hex(key.to_canonical().as_bytes()).chars().take(32).collect()
}

/// `20240502`.
fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A line, folded where it is too long, between characters.
fn folded(line: &str, out: &mut String) {
    let mut used = 0;
    for one in line.chars() {
        if used + one.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(one);
        used += one.len_utf8();
    }
    out.push_str("\r\n");
}

/// Text as a property holds it. Control characters have no place there.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '\\' | ';' | ',' => out.extend(['\\', one]),
            '\n' => out.push_str("\\n"),
            '\u{2028}' | '\u{2029}' => out.push(' '),
            one if one.is_control() => out.push(' '),
            one => out.push(one),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_characters() {
        let mut out = String::new();
        folded(&"é".repeat(80), &mut out);
        let lines: Vec<&str> = out.split("\r\n").collect();
        assert_eq!(lines.iter().map(|line| line.len()).collect::<Vec<_>>(), [74, 75, 13, 0]);
        assert!(lines.iter().skip(1).take(2).all(|line| line.starts_with(' ')));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\r\u{2028}"), "a\\;b\\,c\\\\d\\ne  ");
    }
}
