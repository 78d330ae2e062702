//! `docs/law.md`: every rule and parameter of the packs that decide, with source, certainty, tests and days; an index of laws; and the matrix of what the
//! sources say and what carries it.
//!
//! The rulebook and the [`Rows`] enter; the page leaves. Which tests reach a rule is found by deciding the case of each test.

use crate::cell;
use crate::rows::{self, CERTAINTY, Row, Rows, WHY};
use sam_eurometropole::Rulebook;
use sam_eurometropole::decision::{Status, decide_with};
use sam_eurometropole::json::Json;
use sam_eurometropole::message::{Lang, Texts};
use sam_eurometropole::pack::{AnchorDef, Effect, Nature, Pack, Rule, Source};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The page, but for the line that says who wrote it.
pub(crate) fn page(book: &Rulebook, rows: &Rows) -> String {
    let packs: Vec<&Pack> = rows::deciding(book).collect();
    let mut out = head(&packs, rows);
    packs.iter().for_each(|pack| of_pack(book, pack, &mut out));
    index(&packs, &mut out);
    matrix(&packs, rows, &mut out);
    out
}

fn head(packs: &[&Pack], rows: &Rows) -> String {
    let rules = || packs.iter().flat_map(|pack| &pack.rules);
    let verified = rules().filter(|rule| rule.verified.is_some()).count();
    let values: usize = packs.iter().flat_map(|pack| &pack.parameters).map(|parameter| parameter.values.len()).sum();
    let with_rule = rows.all().filter(|row| !row.rules.is_empty()).count();
    format!(
        "# The law in the packs\n\nEvery rule and every parameter of the packs that decide, with where it stands, how sure it is and what tests it. Rules \
         that nobody has looked up in their source never refuse: they say what is to be checked. The centre decides.\n\n\
         {} packs, {} rules ({verified} verified), {values} values of parameters; {} rows of sources, {with_rule} of them carried by a rule. What is due for review \
         tells `cargo xtask packs due`.\n\n\
         - *Effect*: `require` must hold, `oblige` has somebody do something by a day, `warn` has somebody look. *Discretionary*: a body may decide otherwise; \
         *practice*: no law.\n- *Tests*: of the pack itself, in which the rule is asked, by what became of it.\n- Laws are named as in English texts; the packs have \
         their names in French and Dutch.\n\n\
         [Laws and articles](#laws-and-articles) · [Rows and rules](#rows-and-rules)\n",
        packs.len(),
        rules().count(),
        rows.all().count(),
    )
}

fn of_pack(book: &Rulebook, pack: &Pack, out: &mut String) {
    let _ = write!(
        out,
        "\n## {}\n\n{}. Version {}, system {}",
        pack.id,
        cell(pack.title.get(Lang::En)),
        pack.version,
        pack.system
    );
    let _ = write!(
        out,
        "{}; judged by {}; looked up until {}",
        days(pack.force.from, pack.force.to, "; in force"),
        anchor(pack.as_of),
        pack.checked_until
    );
    let review = pack.review_by.map_or_else(String::new, |day| format!("; to be looked at again by {day}"));
    let _ = writeln!(out, "{review}. {} tests.", pack.tests.len());
    parameters(pack, out);
    let reached = reached(book, pack);
    out.push_str(
        "\n| rule | effect | what it says | source | certainty | tests | review |\n|---|---|---|---|---|---|---|\n",
    );
    let prefix = format!("{}.", pack.id);
    for (at, rule) in pack.rules.iter().enumerate() {
        let review = rule.review_by.or(pack.review_by).map_or_else(String::new, |day| day.to_string());
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {} | {review} |",
            rule.id.strip_prefix(&prefix).unwrap_or(&rule.id),
            effect(book, pack, rule, at),
            cell(rule.say.get(Lang::En)),
            source(&rule.source),
            rule.verified.as_ref().map_or_else(|| "not verified".to_owned(), |v| format!("{}, {}", cell(&v.by), v.day)),
            reached.get(at).map_or("", String::as_str),
        );
    }
}

/// What a rule does, how far it binds, when, and who has it.
fn effect(book: &Rulebook, pack: &Pack, rule: &Rule, at: usize) -> String {
    let mut out = rule.effect.as_str().to_owned();
    if rule.nature != Nature::Binding {
        let _ = write!(out, ", {}", rule.nature.as_str());
    }
    if rule.as_of != pack.as_of {
        let _ = write!(out, ", judged by {}", anchor(rule.as_of));
    }
    out.push_str(&days(rule.force.from, rule.force.to, ","));
    let party = |code: &str| {
        let found = book.codes().get("placement_party").and_then(|list| list.find(code));
        found.map_or_else(|| code.to_owned(), |found| cell(found.label(Lang::En)))
    };
    if let Some(who) = &rule.who {
        let _ = write!(out, ": {}", party(who));
    }
    if let Some(who) = &rule.who_decides {
        let _ = write!(out, "; decides: {}", party(who));
    }
    let written = pack.document.get("rules").and_then(Json::as_list).and_then(|rules| rules.get(at)?.get("by"));
    if let Some(by) = written.filter(|_| rule.effect == Effect::Oblige) {
        let _ = write!(out, ", by {}", code(by));
    }
    out
}

/// For each rule, how many tests of the pack ask it, and what became of it.
fn reached(book: &Rulebook, pack: &Pack) -> Vec<String> {
    let mut counts = vec![[0_usize; 4]; pack.rules.len()];
    for test in &pack.tests {
        let decision = decide_with(book, &[pack], &test.case.to_canonical(), test.at);
        for (count, result) in counts.iter_mut().zip(&decision.rules) {
            let [met, excepted, failed, unknown] = count;
            match result.judged.status {
                Status::NotApplicable => {}
                Status::Satisfied => *met += 1,
                Status::Excepted => *excepted += 1,
                Status::Failed => *failed += 1,
                Status::Unknown => *unknown += 1,
            }
        }
    }
    let told = |count: &[usize; 4]| {
        let named = ["met", "excepted", "not met", "unknown"].into_iter().zip(count).filter(|(_, count)| **count > 0);
        named.map(|(word, count)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    };
    counts.iter().map(told).collect()
}

/// The parameters as their keeper wrote them: a reading is said nowhere else.
fn parameters(pack: &Pack, out: &mut String) {
    let all = pack.document.get("parameters").and_then(Json::as_object).unwrap_or_default();
    if all.is_empty() {
        return;
    }
    out.push_str("\n| parameter | in force | value | reading | source | certainty |\n|---|---|---|---|---|---|\n");
    for (name, parameter) in all {
        let unit = parameter
            .get("unit")
            .and_then(Json::as_str)
            .map_or_else(String::new, |unit| format!(" {}", unit.replace('_', " ")));
        let loaded = pack.parameters.iter().find(|known| known.name == *name);
        for value in parameter.get("values").and_then(Json::as_list).unwrap_or_default() {
            let day = |name: &str| value.get(name).and_then(Json::as_str);
            let found = loaded.and_then(|known| {
                known.values.iter().find(|known| known.force.from.map(|day| day.to_string()).as_deref() == day("from"))
            });
            let read = |name: &str| value.get(name).and_then(Json::as_str);
            let verified = value
                .get("verified")
                .and_then(|v| Some(format!("{}, {}", v.get("by")?.as_str()?, v.get("day")?.as_str()?)));
            let _ = writeln!(
                out,
                "| `{name}` | {} | {}{unit} | {} | {} | {} |",
                days(day("from"), day("to"), "").trim(),
                plain(value.get("value").unwrap_or(&Json::Null)),
                cell(read("reading").unwrap_or_default()),
                found.map_or_else(String::new, |found| source(&found.source)),
                cell(verified.as_deref().unwrap_or("not verified")),
            );
        }
    }
}

/// Laws, their articles, and the rules and parameters that rest on them.
fn index(packs: &[&Pack], out: &mut String) {
    let mut laws = Laws::new();
    for pack in packs {
        for rule in &pack.rules {
            put(&mut laws, &rule.source, format!("`{}`", rule.id));
        }
        for parameter in &pack.parameters {
            for value in &parameter.values {
                put(&mut laws, &value.source, format!("`{}.{}` (parameter)", pack.id, parameter.name));
            }
        }
    }
    out.push_str("\n## Laws and articles\n\n| law or source | article | rules and parameters |\n|---|---|---|\n");
    for (law, articles) in laws {
        for (article, ids) in articles.into_values() {
            let _ = writeln!(out, "| {} | {} | {} |", cell(law), cell(&article), ids.join(", "));
        }
    }
}

type Laws<'p> = BTreeMap<&'p str, BTreeMap<Vec<(u64, String)>, (String, Vec<String>)>>;

fn put<'p>(laws: &mut Laws<'p>, source: &'p Source, id: String) {
    let article = source.article.clone().unwrap_or_default();
    let articles = laws.entry(source.law.get(Lang::En)).or_default();
    let (_, ids) = articles.entry(numbers(&article)).or_insert_with(|| (article, Vec::new()));
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// An article so that numbers in it are in the order of numbers: `L5135-9` before `L5135-10`.
fn numbers(article: &str) -> Vec<(u64, String)> {
    let mut parts = Vec::new();
    let mut rest = article;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, tail) = rest.split_at_checked(word).unwrap_or((rest, ""));
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (digits, tail) = tail.split_at_checked(end).unwrap_or((tail, ""));
        parts.push((0, text.to_owned()));
        parts.push((digits.parse().unwrap_or(0), String::new()));
        rest = tail;
    }
    parts
}

/// What the sources say, and what carries it; what nothing carries; and rules that rest on no row.
fn matrix(packs: &[&Pack], rows: &Rows, out: &mut String) {
    out.push_str(
        "\n## Rows and rules\n\nWhat was found in sources, in short, and which rules or checks of data carry it.",
    );
    let marks: Vec<String> = CERTAINTY.iter().map(|(mark, words)| format!("{mark}: {words}")).collect();
    let _ = writeln!(out, " Certainty of a row: {}.", marks.join("; "));
    for section in &rows.sections {
        let _ = write!(out, "\n### {}\n\n| row | what it says | | carried by |\n|---|---|---|---|\n", section.title);
        for row in &section.rows {
            let _ = writeln!(out, "| `{}` | {} | {} | {} |", row.id, cell(&row.subject), row.certainty, carried(row));
        }
    }
    out.push_str("\n### Rows without a rule\n");
    for (why, words) in WHY {
        let found: Vec<&Row> = rows.all().filter(|row| row.why.as_deref() == Some(why)).collect();
        if found.is_empty() {
            continue;
        }
        let _ = write!(out, "\n{words} ({}):\n\n", found.len());
        for row in found {
            let note = row.note.as_ref().map_or_else(String::new, |note| format!(" – {note}"));
            let _ = writeln!(out, "- `{}`: {}{note}", row.id, row.subject);
        }
    }
    out.push_str("\n### Rules without a row\n\n| rule | why it is there |\n|---|---|\n");
    for rule in packs.iter().flat_map(|pack| &pack.rules).filter(|rule| rows.of_rule(&rule.id).next().is_none()) {
        let _ = writeln!(out, "| `{}` | {} |", rule.id, cell(rows.own_reason(rule).unwrap_or_default()));
    }
}

fn carried(row: &Row) -> String {
    let named = |ids: &[String], mark: &str| ids.iter().map(|id| format!("`{id}`{mark}")).collect::<Vec<_>>();
    let all = [named(&row.rules, ""), named(&row.parameters, " (parameter)")].concat().join(", ");
    let note = row.note.as_deref().unwrap_or_default();
    match (&row.why, note) {
        (Some(_), "") => "no rule".to_owned(),
        (Some(_), note) => format!("no rule: {}", cell(note)),
        (None, "") => all,
        (None, note) => format!("{all}; {}", cell(note)),
    }
}

fn source(source: &Source) -> String {
    let text = |texts: &Texts| cell(texts.get(Lang::En));
    let mut parts = vec![text(&source.law)];
    parts.extend(source.article.as_deref().map(cell));
    parts.extend(source.reference.as_ref().map(text));
    parts.extend(source.eli.as_ref().map(text));
    parts.extend(source.legiarti.clone());
    parts.extend(source.numac.as_ref().map(|numac| format!("Numac {numac}")));
    let all = parts.join(", ");
    source.url.as_ref().map_or_else(|| all.clone(), |url| format!("[{all}]({url})"))
}

fn days(from: Option<impl ToString>, to: Option<impl ToString>, before: &str) -> String {
    let mut out = String::new();
    if from.is_some() || to.is_some() {
        out.push_str(before);
    }
    if let Some(from) = from {
        let _ = write!(out, " from {}", from.to_string());
    }
    if let Some(to) = to {
        let _ = write!(out, " to {}", to.to_string());
    }
    out
}

fn anchor(anchor: AnchorDef) -> String {
    match anchor {
        AnchorDef::Decision => "the given day".to_owned(),
        AnchorDef::EachDay => "each day".to_owned(),
        AnchorDef::Field(field) => format!("`{}`", field.path()),
    }
}

fn code(json: &Json) -> String {
    format!("`{}`", json.as_str().map_or_else(|| json.to_canonical(), str::to_owned))
}

/// A value of a parameter: codes with commas, numbers of codes as `code: number`.
fn plain(value: &Json) -> String {
    match value {
        Json::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Json::Object(members) => {
            members.iter().map(|(name, value)| format!("{name}: {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        Json::Text(text) => cell(text),
        other => other.to_canonical(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_in_the_order_of_their_numbers() {
        let mut articles = ["L5135-10", "L5135-9", "60 §7", "", "R5-1"];
        articles.sort_by_key(|article| numbers(article));
        assert_eq!(articles, ["", "60 §7", "L5135-9", "L5135-10", "R5-1"]);
    }

    #[test]
    fn the_page_has_every_rule_and_parameter() {
        let book = Rulebook::embedded();
        let rows = Rows::read(include_str!("../../../../core/data/law/rows.yaml"), book).unwrap();
        let page = page(book, &rows);
        for pack in rows::deciding(book) {
            assert!(pack.rules.iter().all(|rule| page.contains(&format!("`{}`", rule.id))), "{}", pack.id);
            assert!(rows::parameters(pack).all(|id| page.contains(&format!("`{id}` (parameter)"))), "{}", pack.id);
        }
        assert!(rows.all().all(|row| page.contains(&format!("| `{}` |", row.id))));
    }
}
