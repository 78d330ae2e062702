//! An explanation: for every rule that takes part, the tests that were judged, each with its sentence.
//!
//! A case enters; the evaluator judges it once, with a recorder that keeps what was read, and what it kept is told in a language as a tree
//! ([`Explanation::to_json`]) or as indented lines ([`Explanation::to_text`]). Nothing is judged twice or in another way. A personal value
//! is left out unless asked for, and so is the truth of a decided test that reads one: its sentence names the value that it asks for.

use super::seen::{Pass, Read, Seen, Watch};
use super::sentence::{Speaker, is_personal};
use super::{Lines, Teller, source};
use crate::date::Date;
use crate::decision::{Decision, RuleResult, Status, decide_recorded};
use crate::json::Json;
use crate::kernel::{Anchor, Kind, Part as Inside, Place, Reach, Test};
use crate::message::Lang;
use crate::pack::{DatedValue, Effect, Pack, Parameter, ParameterValue, Rule};
use crate::reader::{Shape, Value, ValueSource, read_one, read_text};
use crate::rulebook::Rulebook;
use crate::truth::Truth;

/// A decision, with what was judged for it.
#[derive(Clone, Debug)]
pub struct Explanation<'b> {
    /// The decision: the same as without an explanation.
    pub decision: Decision<'b>,
    passes: Vec<Vec<Pass>>,
}

/// Explains a case given as JSON text, by all packs of the rulebook.
#[must_use]
pub fn explain_text<'b>(book: &'b Rulebook, text: &str, on: Date) -> Explanation<'b> {
    explained(decide_recorded(book, read_text(text, Shape::Case, book), on, Watch::default))
}

/// Explains a case given as values of a host language, by all packs of the rulebook.
#[must_use]
pub fn explain_value<'b>(book: &'b Rulebook, value: &Value, on: Date) -> Explanation<'b> {
    explained(decide_recorded(book, read_one(ValueSource::new(value), Shape::Case, book), on, Watch::default))
}

fn explained((decision, watches): (Decision<'_>, Vec<Watch>)) -> Explanation<'_> {
    Explanation { decision, passes: watches.into_iter().map(Watch::into_passes).collect() }
}

/// A rule, explained in a language.
struct Explained<'e> {
    result: &'e RuleResult<'e>,
    decides: bool,
    /// What leaves open whether or by which day the rule is asked.
    notes: Vec<String>,
    parts: Vec<Part>,
}

/// A part of a rule.
struct Part {
    name: &'static str,
    /// Of an exception.
    id: Option<String>,
    tree: Node,
}

/// A test.
struct Node {
    operator: &'static str,
    /// `None` where it would tell something about a person.
    truth: Option<Truth>,
    text: String,
    reads: Vec<Json>,
    params: Vec<Told>,
    children: Vec<Node>,
}

/// A parameter that was looked up.
struct Told {
    name: String,
    found: Option<DatedValue>,
    unit: Option<String>,
}

impl Explanation<'_> {
    /// The explanation as JSON, with its sentences in a language. Personal values are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, lang: Lang, values: bool) -> Json {
        let teller = Teller { book: self.decision.book, lang, values };
        let packs: Vec<&Pack> = self.decision.packs.iter().map(|(pack, _)| *pack).collect();
        Json::object([
            ("made_by", self.decision.book.made_by(&packs)),
            ("on", Json::from(self.decision.on.to_string())),
            ("lang", Json::from(lang.as_str())),
            ("outcome", Json::from(self.decision.outcome.as_str())),
            ("note", Json::from(teller.word("disclaimer"))),
            ("rules", self.told(&teller).iter().map(|rule| rule_json(rule, &teller)).collect()),
        ])
    }

    /// The explanation as text: the rules that decide, or all that take part, each with its tests as indented lines.
    #[must_use]
    pub fn to_text(&self, lang: Lang, values: bool, all: bool) -> String {
        let teller = Teller { book: self.decision.book, lang, values };
        let mut out = Lines::default();
        out.line(&teller.outcome(&self.decision));
        out.line(&teller.with("decided_on", &[("day", Json::from(self.decision.on.to_string()))]));
        out.line(&teller.word("disclaimer"));
        let told = self.told(&teller);
        let mut shown = told.iter().filter(|rule| all || rule.decides).peekable();
        if shown.peek().is_none() {
            out.line("");
            out.line(&teller.word("explain.none"));
        }
        for rule in shown {
            out.line("");
            rule_lines(rule, &teller, &mut out);
        }
        out.text
    }

    /// The rules that take part.
    fn told(&self, teller: &Teller<'_>) -> Vec<Explained<'_>> {
        let rules = self.decision.rules.iter().zip(&self.passes).enumerate();
        let part = rules.filter(|(_, (result, _))| result.judged.status != Status::NotApplicable);
        part.map(|(index, (result, passes))| {
            let decides = self.decision.deciding_rules.contains(&index);
            tell(result, passes, decides, self.decision.on, teller)
        })
        .collect()
    }
}

/// Tells the judging of a rule on the day that its status is of.
fn tell<'e>(
    result: &'e RuleResult<'e>,
    passes: &[Pass],
    decides: bool,
    on: Date,
    teller: &Teller<'_>,
) -> Explained<'e> {
    let its_day = |pass: &&Pass| matches!(pass.anchor, Anchor::Day(day) if Some(day) == result.judged.as_of);
    let Some(pass) = passes.iter().find(its_day).or_else(|| passes.first()) else {
        return Explained { result, decides, notes: Vec::new(), parts: Vec::new() };
    };
    let speaker = Speaker { teller, pack: result.pack, anchor: pass.anchor, on };
    let mut notes: Vec<String> = Vec::new();
    for (place, read) in &pass.parts.reads {
        if let Read::Absent(reason) = read {
            notes.push(speaker.missing(place, *reason));
        }
    }
    notes.extend(pass.parts.gaps.iter().map(|gap| speaker.gap(gap)));
    let parts = parts(result.pack, result.rule).zip(&pass.parts.inside);
    let parts = parts.map(|((name, id, test), seen)| Part { name, id, tree: node(test, seen, &speaker) });
    Explained { result, decides, notes, parts: parts.collect() }
}

/// The tests of a rule, in the order in which they are judged; those at the end may not have been.
fn parts<'p>(pack: &'p Pack, rule: &'p Rule) -> impl Iterator<Item = (&'static str, Option<String>, &'p Test)> {
    let guard = pack.applies_when.iter().map(|test| ("applies_when", None, test));
    let when = rule.when.iter().map(|test| ("when", None, test));
    let unless = rule.unless.iter().map(|unless| ("unless", Some(unless.id.clone()), &unless.test));
    guard.chain(when).chain([("that", None, &rule.that)]).chain(unless)
}

/// A test and the tests inside it; *all* of one test is that test.
fn node(test: &Test, seen: &Seen, speaker: &Speaker<'_>) -> Node {
    if let (Kind::All(tests), [child]) = (&test.kind, seen.inside.as_slice())
        && let [only] = tests.as_slice()
    {
        return node(only, child, speaker);
    }
    let personal = !speaker.teller.values && test.fields().into_iter().any(is_personal);
    let masked = personal && seen.truth != Truth::Unknown;
    let inside = tests_inside(test);
    // Of a person's list even the number of elements is left out: only those that are open are told, as what is missing is.
    let of_elements = matches!(test.kind, Kind::Some(..) | Kind::Every(..) | Kind::Compare(..));
    let shown = |child: &&Seen| !of_elements || !personal || child.truth == Truth::Unknown;
    let of = |child: &Seen| inside.iter().find(|test| test.id == child.test).map(|test| node(test, child, speaker));
    Node {
        operator: test.kind.name(),
        truth: (!masked).then_some(seen.truth),
        text: format!("{}{}", speaker.head(test, &seen.around), speaker.notes(test, seen, masked)),
        reads: seen.reads.iter().map(|(place, read)| read_json(place, read, speaker, masked)).collect(),
        params: seen.looked_up.iter().filter_map(|index| told_param(*index, speaker)).collect(),
        children: seen.inside.iter().filter(shown).filter_map(of).collect(),
    }
}

fn tests_inside(test: &Test) -> Vec<&Test> {
    let mut inside = Vec::new();
    test.walk(Reach::Own, &mut |part| {
        if let Inside::Test(test) = part {
            inside.push(test);
        }
    });
    inside
}

/// A field that was read: its value, why it has none, that it does not apply, or that this is left out.
fn read_json(place: &Place, read: &Read, speaker: &Speaker<'_>, masked: bool) -> Json {
    let (name, value) = match read {
        Read::Absent(_) if masked => ("masked", Json::Bool(true)),
        Read::Absent(reason) => ("absence", Json::from(reason.as_str())),
        _ if !speaker.may_show(place.field) => ("masked", Json::Bool(true)),
        Read::NotApplicable => ("applies", Json::Bool(false)),
        Read::Value(value) => ("value", value.clone()),
    };
    Json::object([("field", Json::from(place.path())), (name, value)])
}

fn told_param(index: usize, speaker: &Speaker<'_>) -> Option<Told> {
    let Parameter { name, unit, .. } = speaker.pack.parameters.get(index)?;
    Some(Told { name: name.clone(), unit: unit.clone(), found: speaker.value_of(index).cloned() })
}

fn rule_json(rule: &Explained<'_>, teller: &Teller<'_>) -> Json {
    let Explained { result, .. } = rule;
    let said = result.rule;
    let mut members = vec![
        ("id", Json::from(said.id.as_str())),
        ("effect", Json::from(said.effect.as_str())),
        ("nature", Json::from(said.nature.as_str())),
        ("status", Json::from(result.judged.status.as_str())),
        ("decides", Json::Bool(rule.decides)),
        ("say", Json::from(teller.said(result))),
        ("source", Json::from(source(&said.source, teller.lang))),
        ("verified", Json::Bool(said.verified.is_some())),
        ("parts", rule.parts.iter().map(|part| part_json(part, teller)).collect()),
    ];
    members.extend(result.counts().map(|counts| ("counts", Json::from(counts.as_str()))));
    members.extend(result.judged.exception.as_ref().map(|id| ("exception", Json::from(id.as_str()))));
    members.extend(result.judged.as_of.map(|day| ("as_of", Json::from(day.to_string()))));
    members.extend(said.who_decides.as_ref().map(|who| ("who_decides", Json::from(who.as_str()))));
    members.extend(said.send.as_ref().map(|send| ("send", Json::from(send.get(teller.lang)))));
    if !rule.notes.is_empty() {
        members.push(("notes", rule.notes.iter().map(|note| Json::from(note.as_str())).collect()));
    }
    object(members)
}

fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn part_json(part: &Part, teller: &Teller<'_>) -> Json {
    let mut members = vec![("part", Json::from(part.name)), ("tree", node_json(&part.tree, teller))];
    members.extend(part.id.as_ref().map(|id| ("id", Json::from(id.as_str()))));
    object(members)
}

fn node_json(node: &Node, teller: &Teller<'_>) -> Json {
    Json::object([
        ("operator", Json::from(node.operator)),
        ("truth", Json::from(node.truth.map_or("masked", Truth::as_str))),
        ("text", Json::from(node.text.as_str())),
        ("reads", node.reads.iter().cloned().collect()),
        ("params", node.params.iter().map(|told| told_json(told, teller)).collect()),
        ("children", node.children.iter().map(|child| node_json(child, teller)).collect()),
    ])
}

fn told_json(told: &Told, teller: &Teller<'_>) -> Json {
    let mut members = vec![("name", Json::from(told.name.as_str()))];
    members.extend(told.unit.as_ref().map(|unit| ("unit", Json::from(unit.as_str()))));
    if let Some(found) = &told.found {
        members.push(("value", value_json(&found.value)));
        members.extend(found.force.from.map(|day| ("from", Json::from(day.to_string()))));
        members.extend(found.force.to.map(|day| ("to", Json::from(day.to_string()))));
        members.push(("source", Json::from(source(&found.source, teller.lang))));
        members.push(("verified", Json::Bool(found.verified)));
    }
    object(members)
}

fn value_json(value: &ParameterValue) -> Json {
    match value {
        ParameterValue::Number(number) => Json::number(*number),
        ParameterValue::Date(day) => Json::from(day.to_string()),
        ParameterValue::Reading(reading) => Json::from(reading.as_str()),
        ParameterValue::Codes(codes) => codes.iter().map(|code| Json::from(code.as_str())).collect(),
        ParameterValue::Keyed(numbers) => {
            Json::Object(numbers.iter().map(|(code, number)| (code.clone(), Json::number(*number))).collect())
        }
    }
}

fn rule_lines(rule: &Explained<'_>, teller: &Teller<'_>, out: &mut Lines) {
    let obligation = (rule.result.rule.effect == Effect::Oblige).then(|| teller.obligation(rule.result)).flatten();
    out.item(&obligation.unwrap_or_else(|| teller.rule(rule.result)));
    rule.notes.iter().for_each(|note| out.line(&format!("  {note}")));
    for part in &rule.parts {
        let id = Json::from(part.id.clone().unwrap_or_default());
        let heading = teller.with(&format!("explain.part.{}", part.name), &[("id", id)]);
        out.line(&format!("  {heading}"));
        node_lines(&part.tree, 2, teller, out);
    }
}

/// A test with how it stands, and the sources of its parameters; the tests inside a step further in.
fn node_lines(node: &Node, depth: usize, teller: &Teller<'_>, out: &mut Lines) {
    let truth = teller.word(&format!("explain.{}", node.truth.map_or("masked", Truth::as_str)));
    let mut sources: Vec<String> = node.params.iter().filter_map(|told| told_source(told, teller)).collect();
    sources.dedup();
    let sources = if sources.is_empty() { String::new() } else { format!(" [{}]", sources.join("; ")) };
    out.line(&format!("{}{truth} – {}{sources}", "  ".repeat(depth), node.text));
    node.children.iter().for_each(|child| node_lines(child, depth + 1, teller, out));
}

fn told_source(told: &Told, teller: &Teller<'_>) -> Option<String> {
    let found = told.found.as_ref()?;
    let checked = if found.verified { String::new() } else { format!(" – {}", teller.word("not_verified")) };
    Some(format!("{}{checked}", source(&found.source, teller.lang)))
}
