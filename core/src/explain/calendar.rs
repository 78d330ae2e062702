//! The deadlines of a decision as a calendar (iCalendar, RFC 5545).
//!
//! A decision enters with a language; the text of an `.ics` file leaves, or nothing where no open obligation has a day. Each is an event of a
//! whole day that takes no time, with a reminder: a task (`VTODO`) would say more, but most calendars of a desk drop tasks when they read a
//! file. Nothing asks for the time: `DTSTAMP` is the given day. Who reads a later file of the same case has its entries moved, not
//! doubled, where the case has a reference.

use super::Teller;
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
    #[must_use]
    pub fn to_ics(&self, lang: Lang, reference: Option<&str>, values: bool) -> Option<String> {
        let teller = Teller { book: self.book, lang, values };
        let reference = reference.map(str::trim).filter(|reference| !reference.is_empty());
        let open = |result: &RuleResult<'_>| result.judged.due.filter(|due| due.is_open());
        let mut days: Vec<_> = self.rules.iter().filter_map(|r| Some((r.judged.by?, open(r)?, r))).collect();
        if days.is_empty() {
            return None;
        }
        order::sort_by(&mut days, |a, b| a.0.cmp(&b.0));
        let mut out = Calendar::default();
        out.line("BEGIN:VCALENDAR");
        out.line("VERSION:2.0");
        out.line("PRODID:-//sam-eurometropole//sam-eurometropole//EN");
        out.line("CALSCALE:GREGORIAN");
        out.line(&format!("X-SAM-RULEBOOK:{} {}", self.book.version(), self.book.hash()));
        for (by, due, result) in days {
            let day = |day: crate::date::Date| day.to_string().replace('-', "");
            let who = teller.who(result);
            let mut summary = format!("{who}{}{}", teller.colon(), teller.said(result));
            if let Some(reference) = reference {
                summary = format!("{reference} – {summary}");
            }
            let told = [teller.due(result, due), teller.written(result), teller.word("disclaimer")];
            out.line("BEGIN:VEVENT");
            out.line(&format!("UID:{}@sam-eurometropole", uid(result, &by.to_string(), reference)));
            out.line(&format!("DTSTAMP:{}T000000Z", day(self.on)));
            out.line(&format!("DTSTART;VALUE=DATE:{}", day(by)));
            out.text("SUMMARY", lang, &summary);
            out.text("DESCRIPTION", lang, &told.join("\n"));
            out.line(if due == Due::Possible { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" });
            out.line(if values { "CLASS:PRIVATE" } else { "CLASS:PUBLIC" });
            out.line("TRANSP:TRANSPARENT");
            if due != Due::Overdue {
                out.line("BEGIN:VALARM");
                out.line("ACTION:DISPLAY");
                out.line(&format!("TRIGGER:{REMINDER}"));
                out.text("DESCRIPTION", lang, &summary);
                out.line("END:VALARM");
            }
            out.line("END:VEVENT");
        }
        out.line("END:VCALENDAR");
        Some(out.text)
    }
}

/// What names an entry: the case and the rule, or for a case without a name the rule and its day.
fn uid(result: &RuleResult<'_>, by: &str, reference: Option<&str>) -> String {
    let named = reference.map_or_else(|| ("by", by), |reference| ("reference", reference));
    let key = Json::object([("rule", Json::from(result.rule.id.as_str())), (named.0, Json::from(named.1))]);
    sha256_hex(key.to_canonical().as_bytes()).chars().take(32).collect()
}

/// Lines of a calendar.
#[derive(Default)]
struct Calendar {
    text: String,
}

impl Calendar {
    /// A line, folded where it is too long, between characters.
    fn line(&mut self, line: &str) {
        let mut used = 0;
        for one in line.chars() {
            if used + one.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                used = 1;
            }
            self.text.push(one);
            used += one.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// A property that holds text in a language.
    fn text(&mut self, name: &str, lang: Lang, text: &str) {
        self.line(&format!("{name};LANGUAGE={}:{}", lang.as_str(), escaped(text)));
    }
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
        let mut out = Calendar::default();
        out.line(&"é".repeat(80));
        let lines: Vec<&str> = out.text.split("\r\n").collect();
        assert_eq!(lines.iter().map(|line| line.len()).collect::<Vec<_>>(), [74, 75, 13, 0]);
        assert!(lines.iter().skip(1).take(2).all(|line| line.starts_with(' ')));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\r\u{2028}"), "a\\;b\\,c\\\\d\\ne  ");
    }
}
