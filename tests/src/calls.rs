//! The calls of the vectors, by the Rust API. What made an output (versions and hashes) is cut away, so that a vector outlives the
//! next amendment of the rulebook.

use sam_eurometropole::catalogue::Role;
use sam_eurometropole::dashboard::{Dashboard, dashboard_text, dashboard_value};
use sam_eurometropole::dataset::SetOf;
use sam_eurometropole::date::Date;
use sam_eurometropole::decision::{Decision, decide_value};
use sam_eurometropole::disclosure::{Protection, protect_text, protect_value};
use sam_eurometropole::export;
use sam_eurometropole::harmonise::{harmonise_text, harmonise_value};
use sam_eurometropole::identifier::{Reading, Scheme};
use sam_eurometropole::json::{Json, parse};
use sam_eurometropole::message::Lang;
use sam_eurometropole::migrate::{format_number, migrate};
use sam_eurometropole::national::{self, Input, Mapping};
use sam_eurometropole::needs::{Template, completeness, completeness_value, difference, summary, template};
use sam_eurometropole::pack::coverage::coverage;
use sam_eurometropole::pack::diff::{Cases, diff};
use sam_eurometropole::pack::due::due;
use sam_eurometropole::pack::{Pack, chosen, test_packs};
use sam_eurometropole::reader::Shape;
use sam_eurometropole::reader::Value;
use sam_eurometropole::rulebook::AddError;
use sam_eurometropole::table::companion::{List, joined};
use sam_eurometropole::table::csv::{CsvOptions, read as read_csv, read_companion};
use sam_eurometropole::table::{Kept, TableReport, check_ndjson};
use sam_eurometropole::taxonomy::answer::{self as indicators, indicator as answer_of};
use sam_eurometropole::taxonomy::comparable::compare;
use sam_eurometropole::territory::answer;
use sam_eurometropole::time::SpanError;
use sam_eurometropole::time::earliest_start::{EarliestStart, earliest_start, earliest_start_value};
use sam_eurometropole::time::timeline::timeline;
use sam_eurometropole::view::View;
use sam_eurometropole::{
    ChartOptions, Explanation, PageOptions, Rulebook, Tell as _, check_text, check_value, decide_text, decide_texts,
    explain_text, explain_value, view_text, view_value, what_would_change, what_would_change_value,
};
use std::borrow::Cow;

/// Makes a call and gives its canonical text.
///
/// # Errors
/// A sentence, where the vector itself is wrong.
pub fn run(call: &str, input: &Json) -> Result<String, String> {
    let book = match input.get("codes") {
        Some(list) => Cow::Owned(with_list(list)?),
        None => Cow::Borrowed(Rulebook::embedded()),
    };
    let book = match input.get("indicators") {
        Some(own) => Cow::Owned(book.with_indicators_json(&own.to_canonical(), true).map_err(not_added)?),
        None => book,
    };
    let book = match input.get("pack") {
        Some(pack) => Cow::Owned(alone(&book, pack)?),
        None => book,
    };
    match call {
        "check" => check(&book, input),
        "report_text" => {
            let report = check_text(&book, role(input)?, &text(input)?, on(input)?);
            Ok(Json::from(report.to_text(lang(input)?, values(input))).to_canonical())
        }
        "decide" | "decide_pack" => decide(&book, input),
        "decide_all" => {
            let decisions = decide_texts(&book, &text(input)?, on(input)?);
            let texts = decisions.iter().map(|d| cut(d.to_json(values(input)))).collect::<Json>();
            Ok(texts.to_canonical())
        }
        "explain" => {
            let decision = decide_text(&book, &text(input)?, on(input)?);
            Ok(Json::from(decision.to_text(lang(input)?, values(input))).to_canonical())
        }
        "page" => page(&book, input),
        "ics" => ics(&book, input),
        "changes" => changes(&book, input),
        "changes_text" => {
            let found = what_would_change(&book, &text(input)?, on(input)?);
            Ok(Json::from(found.to_text(lang(input)?, values(input))).to_canonical())
        }
        "explanation" => explanation(&book, input),
        "timeline" => {
            let (first, last) = (day(input, "first")?, day(input, "last")?);
            match timeline(&book, &text(input)?, first, last) {
                Ok(line) => told(input, || line.to_json(), |lang| line.to_text(lang, values(input))),
                Err(wrong) => Ok(coded(wrong)),
            }
        }
        "earliest_start" => {
            let (on, first, last) = (on(input)?, day(input, "first")?, day(input, "last")?);
            let by_text = earliest_start(&book, &text(input)?, on, first, last);
            let by_value =
                input.get("value").map(|value| earliest_start_value(&book, &Value::from(value), on, first, last));
            let tell = |found: Result<EarliestStart<'_>, SpanError>| match found {
                Ok(found) => told(input, || found.to_json(values(input)), |lang| found.to_text(lang, values(input))),
                Err(wrong) => Ok(coded(wrong)),
            };
            let by_text = tell(by_text)?;
            by_value.map_or(Ok(by_text.clone()), |by_value| same(tell(by_value)?, by_text))
        }
        "view" => view(&book, input),
        "set" => of_lists(&book, input, |set, on, lang, values| set.check(on).tell(lang, values)),
        "purge" => of_lists(&book, input, |set, on, lang, values| set.purge(on).tell(lang, values)),
        "harmonise" => {
            let lang = input.get("lang").map(|_| lang(input)).transpose()?;
            figures(&book, input, &|book, given, request| {
                let found = match given {
                    Given::Text(text) => harmonise_text(book, text, request),
                    Given::Value(value) => harmonise_value(book, value, request),
                };
                lang.map_or_else(|| found.to_json(), |lang| Json::from(found.to_text(lang)))
            })
        }
        "dashboard" => figures(&book, input, &|book, given, request| board(book, given, request).to_json()),
        "dashboard_rows" => figures(&book, input, &|book, given, request| board(book, given, request).rows_json()),
        "completeness" => {
            let lang = input.get("lang").map(|_| lang(input)).transpose()?;
            figures(&book, input, &|book, given, request| {
                let found = match given {
                    Given::Text(text) => completeness(book, text, request),
                    Given::Value(value) => completeness_value(book, value, request),
                };
                lang.map_or_else(|| found.to_json().clone(), |lang| Json::from(found.to_text(lang)))
            })
        }
        "dashboard_record" => figures(&book, input, &|book, given, request| board(book, given, request).record_json()),
        "dashboard_text" => {
            let lang = lang(input)?;
            figures(&book, input, &|book, given, request| Json::from(board(book, given, request).to_text(lang)))
        }
        "export_figures" => {
            let lang = input.get("lang").map(|_| lang(input)).transpose()?;
            figures(&book, input, &|book, given, request| {
                let found = match given {
                    Given::Text(text) => export::figures_text(book, text, request),
                    Given::Value(value) => export::figures_value(book, value, request),
                };
                lang.map_or_else(|| found.to_json(), |lang| Json::from(found.to_text(lang)))
            })
        }
        "vocabulary" | "criteria" => {
            let request = request_of(input)?;
            let found = match call {
                "vocabulary" => export::vocabulary(&book, &request),
                _ => export::criteria(&book, &request),
            };
            told(input, || found.to_json(), |lang| found.to_text(lang))
        }
        "charts" => {
            let (lang, options) = (lang(input)?, input.get("options").map_or_else(String::new, Json::to_canonical));
            match ChartOptions::from_json(&options) {
                Ok(options) => figures(&book, input, &|book, given, request| {
                    board(book, given, request).charts_json(lang, &options).get("charts").cloned().unwrap_or(Json::Null)
                }),
                Err(_) => Ok(Json::object([("code", Json::from("misuse.chart_option"))]).to_canonical()),
            }
        }
        "report" => {
            let (lang, place) = (lang(input)?, input.get("place").and_then(Json::as_str));
            figures(&book, input, &|book, given, request| match board(book, given, request).to_html(lang, place) {
                Some(page) => Json::from(without_made(&page)),
                None => Json::object([("code", Json::from("misuse.report_place"))]),
            })
        }
        "csv" => csv(&book, input),
        "ndjson" => {
            let text = text(input)?;
            Ok(table(&check_ndjson(&book, role(input)?, &text, on(input)?), input))
        }
        "national" => national(&book, input),
        "protect" | "protect_record" => protect(&book, call, input),
        "pack" => pack(input),
        "pack_text" => pack_text(input),
        "pack_lint" => {
            let advice = match input.get("yaml").and_then(Json::as_str) {
                Some(yaml) => Rulebook::embedded().lint_pack_yaml(yaml),
                None => Rulebook::embedded().lint_pack_json(&text(input)?),
            };
            told(input, || advice.to_json(), |lang| advice.to_text(lang))
        }
        "pack_tests" => {
            let report = test_packs(&book, &packs(&book, input)?);
            told(input, || report.to_json(), |lang| report.to_text(lang))
        }
        "pack_coverage" => {
            let report = coverage(&book, &packs(&book, input)?);
            told(input, || report.to_json(), |lang| report.to_text(lang))
        }
        "packs_due" => {
            let within = input.get("within").and_then(Json::as_i64).unwrap_or(0);
            let within = u32::try_from(within).map_err(|error| error.to_string())?;
            let report = due(&book, &packs(&book, input)?, on(input)?, within);
            told(input, || report.to_json(), |lang| report.to_text(lang))
        }
        "pack_diff" => pack_diff(&book, input),
        "identifier" => Ok(identifier(input)?.to_json().to_canonical()),
        "identifier_text" => {
            let told = identifier(input)?.to_text(book.messages(), lang(input)?);
            Ok(Json::from(told).to_canonical())
        }
        "needs_summary" => {
            let found = summary(&book, &text(input)?, on(input)?);
            told(input, || found.to_json().clone(), |lang| found.to_text(lang))
        }
        "needs_difference" => {
            let after = input.get("later").map(Json::to_canonical).ok_or("no `later`")?;
            let found = difference(&book, &text(input)?, &after, on(input)?);
            told(input, || found.to_json().clone(), |lang| found.to_text(lang))
        }
        "needs_template" => {
            let member = |name: &str| input.get(name).and_then(Json::as_str).unwrap_or_default();
            let (territory, period, partner) = (member("territory"), member("period"), member("partner"));
            let csv = template(&book, Template { territory, period, partner, lang: lang(input)? });
            let wrong = || Json::object([("code", Json::from("misuse.territory"))]);
            Ok(csv.map_or_else(wrong, Json::from).to_canonical())
        }
        "territory" => territory(input),
        "indicator" => {
            let lang = input.get("lang").map(|_| lang(input)).transpose()?;
            let unknown = || Json::object([("code", Json::from("misuse.indicator"))]);
            Ok(cut(answer_of(&book, word(input, "code")?, lang).unwrap_or_else(unknown)).to_canonical())
        }
        "comparable" => comparable(&book, input),
        "integrity" => {
            let problems = book.integrity();
            let lines = |lang| problems.iter().map(|p| p.to_text(book.messages(), lang)).collect::<Vec<_>>().join("\n");
            told(input, || indicators::integrity(&book, &problems), lines)
        }
        "own_indicators" => own_indicators(&book, input),
        "codes" => codes(input),
        "codes_text" => codes_text(input),
        "migrate" => migrated(input),
        _ => Err(format!("no call `{call}`")),
    }
}

/// Whether two figures can be compared: JSON, or with `lang` the sentence.
fn comparable(book: &Rulebook, input: &Json) -> Result<String, String> {
    let side = |name: &str| input.get(name).ok_or_else(|| format!("an input has `{name}`"));
    match compare(book, side("a")?, side("b")?) {
        Ok(found) => told(input, || found.to_json(), |lang| found.to_text(lang)),
        Err(wrong) => Ok(Json::object([("code", Json::from(wrong.code()))]).to_canonical()),
    }
}

/// The problems of a partner's own indicators (with `lang` as text, one a line), or the hash of the part that they became.
fn own_indicators(book: &Rulebook, input: &Json) -> Result<String, String> {
    let replace = input.get("replace").and_then(Json::as_bool).unwrap_or(false);
    let added = match input.get("yaml").and_then(Json::as_str) {
        Some(yaml) => book.with_indicators_yaml(yaml, replace),
        None => book.with_indicators_json(&text(input)?, replace),
    };
    Ok(match added {
        Ok(added) => {
            let is_new =
                |part: &&String| part.starts_with("indicators/") && added.parts().get(*part) != book.parts().get(*part);
            let hash = added.parts().keys().find(is_new).and_then(|part| added.parts().get(part)).cloned();
            Json::object([("hash", hash.map_or(Json::Null, Json::from))]).to_canonical()
        }
        Err(AddError::Taken(id)) => Json::object([("taken", Json::from(id))]).to_canonical(),
        Err(AddError::Problems(problems)) => told(
            input,
            || Json::object([("problems", problems.iter().map(|p| p.to_json()).collect())]),
            |lang| problems.iter().map(|p| p.to_text(book.messages(), lang)).collect::<Vec<_>>().join("\n"),
        )?,
    })
}

fn coded(wrong: SpanError) -> String {
    Json::object([("code", Json::from(wrong.code()))]).to_canonical()
}

fn identifier(input: &Json) -> Result<Reading, String> {
    let scheme = Scheme::from_word(word(input, "scheme")?).ok_or("no such scheme")?;
    let on = if input.get("on").is_some() { Some(on(input)?) } else { None };
    Ok(Reading::new(scheme, word(input, "text")?, on))
}

fn check(book: &Rulebook, input: &Json) -> Result<String, String> {
    let (role, on, values) = (role(input)?, on(input)?, values(input));
    let by_text = cut(check_text(book, role, &text(input)?, on).to_json(values)).to_canonical();
    if let Some(value) = input.get("value") {
        let by_value = cut(check_value(book, role, &Value::from(value), on).to_json(values)).to_canonical();
        same(by_value, by_text)
    } else {
        Ok(by_text)
    }
}

/// Why a decision is what it is: JSON, or with `form` (`deciding` or `all`) lines of text. The decision must be that without an explanation.
fn explanation(book: &Rulebook, input: &Json) -> Result<String, String> {
    let (on, lang, values) = (on(input)?, lang(input)?, values(input));
    let found = explain_text(book, &text(input)?, on);
    let plain = decide_text(book, &text(input)?, on).to_json(true);
    same(found.decision.to_json(true).to_canonical(), plain.to_canonical())?;
    let told = |found: Explanation<'_>| match input.get("form").and_then(Json::as_str) {
        None => cut(found.to_json(lang, values)).to_canonical(),
        Some(form) => Json::from(found.to_text(lang, values, form == "all")).to_canonical(),
    };
    match input.get("value") {
        Some(value) => same(told(explain_value(book, &Value::from(value), on)), told(found)),
        None => Ok(told(found)),
    }
}

fn decide(book: &Rulebook, input: &Json) -> Result<String, String> {
    let (on, values) = (on(input)?, values(input));
    let text_of = |decision: Decision<'_>| cut(decision.to_json(values)).to_canonical();
    let by_text = text_of(decide_text(book, &text(input)?, on));
    match input.get("value") {
        Some(value) => same(text_of(decide_value(book, &Value::from(value), on)), by_text),
        None => Ok(by_text),
    }
}

/// The page to print, in `lang` and `beside`.
fn page(book: &Rulebook, input: &Json) -> Result<String, String> {
    let beside = input.get("beside").map(|_| Lang::parse(word(input, "beside")?).ok_or("no such language".to_owned()));
    let options = PageOptions {
        beside: beside.transpose()?,
        reference: reference(input),
        values: values(input),
        lang: lang(input)?,
    };
    printed(book, input, |decision| {
        let page = decision.to_html(&options);
        Json::from(without_made(&page))
    })
}

/// A page without the lines that say what made it.
fn without_made(page: &str) -> String {
    page.split_inclusive('\n').filter(|line| !line.starts_with("<p class=\"made\">")).collect()
}

/// The calendar of the deadlines, or `null`.
fn ics(book: &Rulebook, input: &Json) -> Result<String, String> {
    let lang = lang(input)?;
    printed(book, input, |decision| {
        let Some(text) = decision.to_ics(lang, reference(input), values(input)) else { return Json::Null };
        let made = text.split_once("X-SAM-RULEBOOK:");
        let without = made.and_then(|(head, made)| Some((head, made.split_once("BEGIN:")?.1)));
        Json::from(without.map_or(text.clone(), |(head, tail)| format!("{head}BEGIN:{tail}")))
    })
}

/// What is made of a decision for people. Text and values must give the same.
fn printed(book: &Rulebook, input: &Json, print: impl Fn(Decision<'_>) -> Json) -> Result<String, String> {
    let on = on(input)?;
    let by_text = print(decide_text(book, &text(input)?, on)).to_canonical();
    match input.get("value") {
        Some(value) => same(print(decide_value(book, &Value::from(value), on)).to_canonical(), by_text),
        None => Ok(by_text),
    }
}

/// What may be published of a release, or the record of its producer; with `lang` the text. Text and values must say the same.
fn protect(book: &Rulebook, call: &str, input: &Json) -> Result<String, String> {
    let tell = |found: Protection<'_>| {
        let json = || if call == "protect" { found.published_json() } else { found.record_json() };
        told(input, json, |lang| found.to_text(lang))
    };
    let by_text = tell(protect_text(book, &text(input)?))?;
    match input.get("value") {
        Some(value) => same(tell(protect_value(book, &Value::from(value)))?, by_text),
        None => Ok(by_text),
    }
}

fn reference(input: &Json) -> Option<&str> {
    input.get("reference").and_then(Json::as_str)
}

/// What would change a decision. Text and values must say the same.
fn changes(book: &Rulebook, input: &Json) -> Result<String, String> {
    let (on, values) = (on(input)?, values(input));
    let by_text = cut(what_would_change(book, &text(input)?, on).to_json(values)).to_canonical();
    match input.get("value") {
        Some(value) => {
            let found = what_would_change_value(book, &Value::from(value), on);
            same(cut(found.to_json(values)).to_canonical(), by_text)
        }
        None => Ok(by_text),
    }
}

/// What is said of a set: `tables` holds a list of records by kind. Text and values must say the same.
fn of_lists(
    book: &Rulebook,
    input: &Json,
    ask: impl Fn(SetOf<'_>, Date, Option<Lang>, bool) -> String,
) -> Result<String, String> {
    let tables = input.get("tables").and_then(Json::as_object).ok_or("an input has `tables`")?;
    let (mut by_text, mut by_value) = (SetOf::new(book), SetOf::new(book));
    for (name, list) in tables {
        let role = Role::parse(name).ok_or("no such record")?;
        by_text.add_text(role, &list.to_canonical());
        by_value.add_value(role, &Value::from(list));
    }
    let (on, values) = (on(input)?, values(input));
    let lang = input.get("lang").map(|_| lang(input)).transpose()?;
    let told = same(ask(by_value, on, lang, values), ask(by_text, on, lang, values))?;
    Ok(match lang {
        None => cut(read(&told)?).to_canonical(),
        Some(_) => Json::from(told).to_canonical(),
    })
}

fn view(book: &Rulebook, input: &Json) -> Result<String, String> {
    let (role, view) = (role(input)?, View::parse(word(input, "view")?).ok_or("no such view")?);
    let by_text = view_text(book, role, &text(input)?, view).to_canonical();
    match input.get("value") {
        Some(value) => same(view_value(book, role, &Value::from(value), view).to_canonical(), by_text),
        None => Ok(by_text),
    }
}

/// Observations as text or as values of a host.
enum Given<'g> {
    Text(&'g str),
    Value(&'g Value),
}

/// What becomes of `observations` and a `request`. Text and values must say the same.
fn figures(book: &Rulebook, input: &Json, ask: &dyn Fn(&Rulebook, Given<'_>, &str) -> Json) -> Result<String, String> {
    let observations = input.get("observations").ok_or("an input has `observations`")?;
    let request = request_of(input)?;
    let by_value = cut(ask(book, Given::Value(&Value::from(observations)), &request)).to_canonical();
    same(by_value, cut(ask(book, Given::Text(&observations.to_canonical()), &request)).to_canonical())
}

/// The text of a request; one that is no JSON is given as text.
fn request_of(input: &Json) -> Result<String, String> {
    Ok(match input.get("request").ok_or("an input has `request`")? {
        Json::Text(text) => text.clone(),
        request => request.to_canonical(),
    })
}

fn board<'b>(book: &'b Rulebook, given: Given<'_>, request: &str) -> Dashboard<'b> {
    match given {
        Given::Text(text) => dashboard_text(book, text, request),
        Given::Value(value) => dashboard_value(book, value, request),
    }
}

/// The report of a CSV text (`text`, or the bytes as `bytes`), with the report of each row.
fn csv(book: &Rulebook, input: &Json) -> Result<String, String> {
    let bytes = bytes_of(input)?;
    let options = input.get("options").map_or_else(|| "{}".to_owned(), Json::to_canonical);
    let options = CsvOptions::from_json(&options).map_err(|error| error.to_string())?;
    let role = role(input)?;
    let shape = Shape::Record(role);
    let mut companions = Vec::new();
    for (name, text) in input.get("companions").and_then(Json::as_object).unwrap_or_default() {
        let list = List::parse(name, shape).ok_or("no such list")?;
        let text = text.as_str().unwrap_or_default().as_bytes();
        companions.push((list, read_companion(text, &options, list, book)));
    }
    let read = joined(read_csv(&bytes, &options, shape, book), companions, book);
    Ok(table(&TableReport::new(book, role, read, on(input)?), input))
}

/// What is read of a file of a national producer, or the problems of its mapping. `mapping` is an id or a document, `yaml` its text; the file is
/// `text`, `bytes`, or `rows` of a sheet, of which text and values must say the same.
fn national(book: &Rulebook, input: &Json) -> Result<String, String> {
    let mapping = match (input.get("mapping"), input.get("yaml").and_then(Json::as_str)) {
        (Some(Json::Text(id)), _) => Ok(national::mapping(id, book).ok_or("no such mapping")?),
        (Some(document), _) => Mapping::from_json(&document.to_canonical(), book),
        (None, Some(yaml)) => Mapping::from_yaml(yaml, book),
        (None, None) => return Err("an input has `mapping`".to_owned()),
    };
    let mapping = match mapping {
        Ok(mapping) => mapping,
        Err(problems) => {
            let lines = |lang| problems.iter().map(|p| p.to_text(book.messages(), lang)).collect::<Vec<_>>().join("\n");
            let json = || Json::object([("problems", problems.iter().map(|p| p.to_json()).collect())]);
            return told(input, json, lines);
        }
    };
    let options = input.get("options").map_or_else(|| "{}".to_owned(), Json::to_canonical);
    let options = national::Options::from_json(on(input)?, &options, book).map_err(|error| error.to_string())?;
    let ask = |file: Input<'_>| {
        let read = national::read(book, &mapping, file, &options);
        told(input, || read.to_json(), |lang| read.to_text(lang))
    };
    match input.get("rows") {
        Some(rows) => {
            let by_text = ask(Input::Bytes(rows.to_canonical().as_bytes()))?;
            same(ask(Input::Rows(&Value::from(rows)))?, by_text)
        }
        None => ask(Input::Bytes(&bytes_of(input)?)),
    }
}

/// The bytes of an input: `bytes`, or those of `text`.
fn bytes_of(input: &Json) -> Result<Vec<u8>, String> {
    match input.get("bytes").and_then(Json::as_list) {
        Some(bytes) => Ok(bytes.iter().filter_map(|byte| u8::try_from(byte.as_i64()?).ok()).collect()),
        None => Ok(word(input, "text")?.as_bytes().to_vec()),
    }
}

/// The report of a table and, with values, what was read of each row.
fn table<K: Kept>(report: &TableReport<'_, K>, input: &Json) -> String {
    let values = values(input);
    let Json::Object(mut members) = cut(report.to_json(values)) else { return String::new() };
    if values {
        let read = |row| report.row_json(row, true).get("read").cloned().unwrap_or(Json::Null);
        members.push(("read".to_owned(), (0..report.rows.len()).map(read).collect()));
    }
    Json::Object(members).to_canonical()
}

/// Both doors say the same.
fn same(by_value: String, by_text: String) -> Result<String, String> {
    if by_value == by_text { Ok(by_text) } else { Err(format!("values give {by_value}\ntext gives {by_text}")) }
}

fn pack(input: &Json) -> Result<String, String> {
    Ok(match added(input)? {
        Ok(_) => r#"{"problems":[]}"#.to_owned(),
        Err(AddError::Problems(problems)) => {
            Json::object([("problems", problems.iter().map(|p| p.to_json()).collect())]).to_canonical()
        }
        Err(AddError::Taken(id)) => Json::object([("taken", Json::from(id))]).to_canonical(),
    })
}

/// The pack of the input, beside those of the rulebook. YAML has other places than JSON.
fn added(input: &Json) -> Result<Result<Rulebook, AddError>, String> {
    let book = Rulebook::embedded();
    Ok(match input.get("yaml").and_then(Json::as_str) {
        Some(yaml) => book.with_pack_yaml(yaml, false),
        None => book.with_pack_json(&text(input)?, false),
    })
}

/// The problems of a pack as text, one a line.
fn pack_text(input: &Json) -> Result<String, String> {
    let (book, lang) = (Rulebook::embedded(), lang(input)?);
    let lines = match added(input)? {
        Err(AddError::Problems(problems)) => problems.iter().map(|p| p.to_text(book.messages(), lang)).collect(),
        Ok(_) | Err(AddError::Taken(_)) => Vec::new(),
    };
    Ok(Json::from(lines.join("\n")).to_canonical())
}

/// The pack of the input.
fn packs<'b>(book: &'b Rulebook, input: &Json) -> Result<Vec<&'b Pack>, String> {
    chosen(book, Some(pack_id(input)?)).map_err(|error| error.to_string())
}

fn pack_id(input: &Json) -> Result<&str, String> {
    input.get("pack").and_then(|pack| pack.get("pack")?.as_str()).ok_or_else(|| "an input has `pack`".to_owned())
}

/// The JSON, or with `lang` the text.
fn told(input: &Json, json: impl FnOnce() -> Json, text: impl FnOnce(Lang) -> String) -> Result<String, String> {
    Ok(match input.get("lang") {
        None => cut(json()).to_canonical(),
        Some(_) => Json::from(text(lang(input)?)).to_canonical(),
    })
}

/// What differs between `pack` and `after`, and for the cases of `text`.
fn pack_diff(book: &Rulebook, input: &Json) -> Result<String, String> {
    let after = book.with_pack_json(&input.get("after").ok_or("an input has `after`")?.to_canonical(), true);
    let after = after.map_err(not_added)?;
    let cases = if input.get("text").is_some() { Some((text(input)?, on(input)?)) } else { None };
    let cases = cases.as_ref().map(|(text, on)| Cases { text, on: *on });
    let found = diff(book, &after, pack_id(input)?, cases).map_err(|error| error.to_string())?;
    told(input, || found.to_json(), |lang| found.to_text(lang))
}

/// One question about the territory: `{"find": query, "on": day}` and so on.
fn territory(input: &Json) -> Result<String, String> {
    let book = Rulebook::embedded();
    let asked = |name: &str| input.get(name).and_then(Json::as_str);
    let answer = if let Some(query) = asked("find") {
        answer::find(book, query, on(input)?)
    } else if let Some(code) = asked("at") {
        answer::at(book, code, on(input)?)
    } else if let Some(area) = asked("members") {
        answer::members(book, area, on(input)?)
    } else if let Some(code) = asked("ancestors") {
        answer::ancestors(book, code)
    } else if let Some(code) = asked("neighbours") {
        answer::neighbours(book, code)
    } else {
        answer::changes(book, day(input, "first")?, day(input, "last")?)
    };
    Ok(cut(answer).to_canonical())
}

/// A rulebook in which this pack alone decides.
fn alone(book: &Rulebook, pack: &Json) -> Result<Rulebook, String> {
    book.only_checks().with_pack_json(&pack.to_canonical(), true).map_err(not_added)
}

fn not_added(error: AddError) -> String {
    match error {
        AddError::Problems(problems) => {
            problems.iter().map(|p| p.to_json().to_canonical()).collect::<Vec<_>>().join("\n")
        }
        AddError::Taken(id) => format!("`{id}` is taken"),
    }
}

/// A rulebook with this code list, which may take the place of another.
fn with_list(list: &Json) -> Result<Rulebook, String> {
    Rulebook::embedded().with_codes_json(&list.to_canonical(), true).map_err(not_added)
}

/// The problems of a code list, or the hash of the part that it became.
fn codes(input: &Json) -> Result<String, String> {
    let (text, replace) = (text(input)?, input.get("replace").and_then(Json::as_bool).unwrap_or(false));
    Ok(match Rulebook::embedded().with_codes_json(&text, replace) {
        Ok(book) => {
            let id = read(&text)?.get("list").and_then(Json::as_str).unwrap_or_default().to_owned();
            let hash = book.parts().get(&format!("codes/{id}")).cloned().unwrap_or_default();
            Json::object([("hash", Json::from(hash))]).to_canonical()
        }
        Err(AddError::Problems(problems)) => {
            Json::object([("problems", problems.iter().map(|p| p.to_json()).collect())]).to_canonical()
        }
        Err(AddError::Taken(id)) => Json::object([("taken", Json::from(id))]).to_canonical(),
    })
}

/// The problems of a code list as text, one a line.
fn codes_text(input: &Json) -> Result<String, String> {
    let (book, lang) = (Rulebook::embedded(), lang(input)?);
    let replace = input.get("replace").and_then(Json::as_bool).unwrap_or(false);
    let lines = match book.with_codes_json(&text(input)?, replace) {
        Err(AddError::Problems(problems)) => problems.iter().map(|p| p.to_text(book.messages(), lang)).collect(),
        Ok(_) | Err(AddError::Taken(_)) => Vec::new(),
    };
    Ok(Json::from(lines.join("\n")).to_canonical())
}

/// A stored record in today's format, or the code and params of the error.
fn migrated(input: &Json) -> Result<String, String> {
    let (role, text) = (role(input)?, text(input)?);
    let format = input.get("format").ok_or("an input has `format`")?.to_canonical();
    let found = format_number(&format).and_then(|format| migrate(role, format, &text));
    Ok(match found {
        Ok(found) => found.to_json().to_canonical(),
        Err(error) => {
            let params = error.params().into_iter().map(|(name, value)| (name.to_owned(), Json::from(value)));
            let params = Json::Object(params.collect());
            Json::object([("code", Json::from(error.code())), ("params", params)]).to_canonical()
        }
    })
}

/// An output without what made it.
#[must_use]
pub fn cut(output: Json) -> Json {
    match output {
        Json::Object(members) => Json::Object(members.into_iter().filter(|(name, _)| name != "made_by").collect()),
        other => other,
    }
}

fn text(input: &Json) -> Result<String, String> {
    match (input.get("text").and_then(Json::as_str), input.get("value")) {
        (Some(text), None) => Ok(text.to_owned()),
        (None, Some(value)) => Ok(value.to_canonical()),
        _ => Err("an input has `text` or `value`".to_owned()),
    }
}

fn word<'j>(input: &'j Json, name: &str) -> Result<&'j str, String> {
    input.get(name).and_then(Json::as_str).ok_or_else(|| format!("an input has `{name}`"))
}

fn role(input: &Json) -> Result<Role, String> {
    Role::parse(word(input, "record")?).ok_or_else(|| "no such record".to_owned())
}

fn on(input: &Json) -> Result<Date, String> {
    day(input, "on")
}

fn day(input: &Json, name: &str) -> Result<Date, String> {
    Date::parse(word(input, name)?).map_err(|error| error.to_string())
}

fn lang(input: &Json) -> Result<Lang, String> {
    Lang::parse(word(input, "lang")?).ok_or_else(|| "no such language".to_owned())
}

fn values(input: &Json) -> bool {
    input.get("values").and_then(Json::as_bool).unwrap_or(false)
}

/// Reads a document of the tests.
///
/// # Errors
/// A sentence.
pub fn read(text: &str) -> Result<Json, String> {
    parse(text, 128).map_err(|error| error.to_string())
}
