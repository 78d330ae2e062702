//! The page of the indicators: by theme what each measures, its unit, levels, grade and caveat; breaks, relations, indicators of programmes.

use super::{GENERATED, cell};
use sam_eurometropole::Rulebook;
use sam_eurometropole::message::Lang;
use sam_eurometropole::taxonomy::{Evidence, Indicator, ProgrammeIndicator, Sides};
use std::fmt::Write as _;

const INTRODUCTION: &str = "# Indicators

Grades: *A* the same definition on the three sides; *B* comparable with the caveat that is shown; *C* a proxy: side by side, never ranked, never added \
up; *N* one-sided. Levels are the finest at which a side has the figure (`LOC`: its own register). Definitions and caveats stand here in English; \
`indicator(code, lang)` has them in French and Dutch. [observations.md](observations.md) says how figures are checked.
";

pub(crate) fn page(book: &Rulebook) -> String {
    let taxonomy = book.taxonomy();
    let from = taxonomy.from().map(|day| day.to_string()).unwrap_or_default();
    let mut out = format!("{GENERATED}{INTRODUCTION}\nEdition {}, from {from}.\n", taxonomy.version());
    for theme in taxonomy.themes() {
        let _ = write!(out, "\n## {} {}\n", theme.code(), theme.name(Lang::En));
        for indicator in taxonomy.indicators().iter().filter(|indicator| indicator.theme() == theme.code()) {
            out.push_str(&entry(book, indicator));
        }
    }
    out.push_str(&breaks(book));
    out.push_str(&relations(book));
    out.push_str(&programme(book));
    out
}

fn entry(book: &Rulebook, indicator: &Indicator) -> String {
    let label = |list: &str, code: &str| {
        let found = book.codes().get(list).and_then(|list| list.find(code)).map(|code| code.label(Lang::En));
        found.unwrap_or(code).to_owned()
    };
    let sides = Sides::<()>::ALL;
    let levels = sides.into_iter().filter_map(|side| Some(format!("{side} `{}`", indicator.lowest(side)?)));
    let series = sides.into_iter().filter_map(|side| {
        let series = indicator.series(side)?;
        Some(format!("{side}: {} ({})", series.name(), label("data_provider", series.provider())))
    });
    let anchors = indicator.anchor().iter().map(|anchor| {
        let seen = if anchor.is_seen() { "" } else { " (to be verified)" };
        format!("`{}`{seen}", anchor.dataset())
    });
    let (min, max) = indicator.range();
    let range = max.map_or_else(|| format!("from {min}"), |max| format!("{min} to {max}"));
    let mut breakdowns: Vec<String> = indicator.breakdowns().map(|name| format!("`{name}`")).collect();
    breakdowns.extend(indicator.category().map(|name| format!("its own: {name}")));
    let evidence = match indicator.evidence() {
        Evidence::Own => "a definition of this rulebook",
        Evidence::PartlyVerified => "partly looked up, the rest to be verified",
        Evidence::ToVerify => "to be verified",
    };
    let quotient = match (indicator.numerator(Lang::En), indicator.denominator(Lang::En)) {
        (Some(numerator), Some(denominator)) => format!("{numerator} / {denominator}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    };
    let mut out = format!(
        "\n### {} {}\n\n{} · {}\n\n{}\n\n",
        indicator.code(),
        cell(indicator.name(Lang::En)),
        cell(indicator.name(Lang::Fr)),
        cell(indicator.name(Lang::Nl)),
        cell(indicator.definition(Lang::En).unwrap_or_default()),
    );
    let lines = [
        ("counted", quotient),
        ("unit", format!("{}, {range}", label("unit", indicator.unit()))),
        ("levels", levels.collect::<Vec<_>>().join(", ")),
        ("broken down by", breakdowns.join(", ")),
        ("grade", indicator.grade().as_str().to_owned()),
        ("caveat", indicator.caveat(Lang::En).unwrap_or_default().to_owned()),
        (
            "a higher figure",
            indicator.direction().as_str().replace("higher_is_", "is ").replace("context", "says nothing by itself"),
        ),
        ("published", label("frequency", indicator.frequency()).to_lowercase()),
        ("areas are joined by", indicator.aggregation().as_str().replace('_', " ")),
        ("series", series.collect::<Vec<_>>().join("; ")),
        ("held against", anchors.collect::<Vec<_>>().join(", ")),
        ("tier, evidence", format!("{}, {evidence}", indicator.tier())),
    ];
    for (name, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
        let _ = writeln!(out, "- *{name}*: {}", cell(text));
    }
    out
}

fn breaks(book: &Rulebook) -> String {
    let mut out =
        "\n## Breaks of series\n\n| | indicators | sides and days | what happened | |\n|---|---|---|---|---|\n"
            .to_owned();
    for found in book.taxonomy().breaks() {
        let days = Sides::<()>::ALL.into_iter().filter_map(|side| {
            let (from, to) = found.days(side)?;
            Some(to.map_or_else(|| format!("{side} {from}"), |to| format!("{side} {from} to {to}")))
        });
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            found.id(),
            found.series().collect::<Vec<_>>().join(", "),
            days.collect::<Vec<_>>().join(", "),
            cell(found.what(Lang::En)),
            if found.is_verified() { "" } else { "to be verified" }
        );
    }
    out
}

fn relations(book: &Rulebook) -> String {
    let mut out = "\n## What holds between indicators\n\n| | kind | indicators | severity | |\n|---|---|---|---|---|\n"
        .to_owned();
    for relation in book.taxonomy().relations() {
        let indicators = relation.indicators().collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            out,
            "| {} | `{}` | {} | {} | {} |",
            relation.id(),
            relation.kind().as_str(),
            relation.unit().map_or(indicators, |unit| format!("all in `{unit}`")),
            relation.severity().as_str(),
            cell(relation.say(Lang::En))
        );
    }
    out
}

fn programme(book: &Rulebook) -> String {
    let mut out = "\n## Common indicators of programmes\n\nNames are held in English only. *To be verified*: numbering or meaning of the code is from memory.\n\n\
                   | code | set | | name | unit | |\n|---|---|---|---|---|---|\n"
        .to_owned();
    let line = |found: &ProgrammeIndicator| {
        format!(
            "| {} | `{}` | {} | {} | {} | {} |",
            found.code(),
            found.set(),
            if found.is_result() { "result" } else { "output" },
            cell(found.name(Lang::En).unwrap_or_default()),
            cell(found.unit()),
            if found.is_verified() { "" } else { "to be verified" }
        )
    };
    for found in book.taxonomy().programme() {
        let _ = writeln!(out, "{}", line(found));
    }
    out
}
