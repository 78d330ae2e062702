//! What the sources say, row by row, and which rules carry it (`core/data/law/rows.yaml`).
//!
//! The text of the file enters with the rulebook; its rows leave, or every fault: a row that names no rule and gives no reason, one that names a
//! rule or a parameter that is not there, a rule of the packs that no row names and that is no working rule of the project.

use sam_eurometropole::Rulebook;
use sam_eurometropole::document;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::{Pack, PackKind, Rule};
use std::collections::BTreeSet;

/// How sure a row is, and in words.
pub(crate) const CERTAINTY: [(&str, &str); 4] =
    [("V", "read in its source"), ("V2", "second hand"), ("M", "common knowledge"), ("D", "derived")];

/// Why no rule carries a row, and in words.
pub(crate) const WHY: [(&str, &str); 7] = [
    ("context", "There is nothing to judge on a case"),
    ("record", "The shape of records, a code list or the engine carries it"),
    ("number", "A scheme of numbers carries it"),
    ("no_field", "No record holds what it would take"),
    ("unsure", "Not sure enough to be shipped"),
    ("dropped", "Looked at again: wrong, or not ours to judge"),
    ("wanted", "It could be a rule, and nobody has written it yet"),
];

/// How the source of a working rule of the project begins.
const OWN: &str = "working rule";

/// All rows, under their headings.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) sections: Vec<Section>,
    /// Rules without a row that are no working rules, and why they are there.
    pub(crate) own: Vec<(String, String)>,
}

#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) certainty: String,
    pub(crate) rules: Vec<String>,
    pub(crate) parameters: Vec<String>,
    pub(crate) why: Option<String>,
    pub(crate) note: Option<String>,
}

impl Rows {
    /// Reads the file and holds it against the rulebook.
    pub(crate) fn read(text: &str, book: &Rulebook) -> Result<Self, Vec<String>> {
        let (node, problems) = document::from_yaml(text);
        let mut faults: Vec<String> =
            problems.iter().map(|problem| format!("{} at `{}`", problem.code.as_str(), problem.pointer)).collect();
        let json = node.map_or(Json::Null, |node| node.to_json());
        let rows = Self {
            sections: list(&json, "sections").iter().map(|section| Section::read(section, &mut faults)).collect(),
            own: list(&json, "own").iter().map(|own| (text_of(own, "rule"), text_of(own, "why"))).collect(),
        };
        faults.extend(rows.faults(book));
        if faults.is_empty() { Ok(rows) } else { Err(faults) }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// The rows that name a rule.
    pub(crate) fn of_rule<'r>(&'r self, rule: &'r str) -> impl Iterator<Item = &'r Row> {
        self.all().filter(move |row| row.rules.iter().any(|named| named == rule))
    }

    /// Why a rule may stand without a row: it is a working rule of the project, or the file says why.
    pub(crate) fn own_reason(&self, rule: &Rule) -> Option<&str> {
        let stated = self.own.iter().find(|(id, _)| *id == rule.id).map(|(_, why)| why.as_str());
        stated.or_else(|| rule.source.law.get(Lang::En).starts_with(OWN).then_some("working rule of the project"))
    }

    fn faults(&self, book: &Rulebook) -> Vec<String> {
        let rules: BTreeSet<&str> = book.packs().flat_map(|pack| &pack.rules).map(|rule| rule.id.as_str()).collect();
        let parameters: BTreeSet<String> = book.packs().flat_map(parameters).collect();
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for row in self.all() {
            let mut fault = |text: String| faults.push(format!("row `{}`: {text}", row.id));
            if row.id.is_empty() || row.subject.is_empty() || !ids.insert(row.id.as_str()) {
                fault("an id of its own and a subject are wanted".to_owned());
            }
            if !CERTAINTY.iter().any(|(mark, _)| *mark == row.certainty) {
                fault(format!("there is no certainty `{}`", row.certainty));
            }
            match &row.why {
                Some(why) if !WHY.iter().any(|(known, _)| known == why) => fault(format!("there is no reason `{why}`")),
                Some(_) if row.rules.is_empty() => {}
                None if !row.rules.is_empty() => {}
                _ => fault("either `rules` or `why`".to_owned()),
            }
            row.rules.iter().filter(|id| !rules.contains(id.as_str())).for_each(|id| fault(format!("no rule `{id}`")));
            let unknown = row.parameters.iter().filter(|id| !parameters.contains(id.as_str()));
            unknown.for_each(|id| fault(format!("no parameter `{id}`")));
        }
        faults.extend(deciding(book).flat_map(|pack| &pack.rules).filter_map(|rule| self.fault_of(rule)));
        let unknown = self.own.iter().filter(|(id, _)| !rules.contains(id.as_str()));
        faults.extend(unknown.map(|(id, _)| format!("`own`: no rule `{id}`")));
        faults
    }

    fn fault_of(&self, rule: &Rule) -> Option<String> {
        let rows: Vec<&Row> = self.of_rule(&rule.id).collect();
        if rows.is_empty() {
            let wanted = self.own_reason(rule).is_none();
            return wanted.then(|| format!("rule `{}`: no row names it, and it is no working rule", rule.id));
        }
        let verified = rule.verified.is_some() && rows.iter().all(|row| row.certainty != "V");
        verified.then(|| format!("rule `{}`: it is verified, and none of its rows is", rule.id))
    }
}

impl Section {
    fn read(json: &Json, faults: &mut Vec<String>) -> Self {
        let title = text_of(json, "title");
        known(json, &["title", "rows"], &title, faults);
        Self { title, rows: list(json, "rows").iter().map(|row| Row::read(row, faults)).collect() }
    }
}

impl Row {
    fn read(json: &Json, faults: &mut Vec<String>) -> Self {
        let id = text_of(json, "id");
        known(json, &["id", "subject", "certainty", "rules", "parameters", "why", "note"], &id, faults);
        let ids = |name| list(json, name).iter().filter_map(Json::as_str).map(str::to_owned).collect();
        let optional = |name| json.get(name).and_then(Json::as_str).map(str::to_owned);
        Self {
            subject: text_of(json, "subject"),
            certainty: text_of(json, "certainty"),
            rules: ids("rules"),
            parameters: ids("parameters"),
            why: optional("why"),
            note: optional("note"),
            id,
        }
    }
}

/// The packs that decide.
pub(crate) fn deciding(book: &Rulebook) -> impl Iterator<Item = &Pack> {
    book.packs().filter(|pack| pack.kind == PackKind::Rules)
}

/// Names of parameters with the pack's in front.
pub(crate) fn parameters(pack: &Pack) -> impl Iterator<Item = String> {
    pack.parameters.iter().map(|parameter| format!("{}.{}", pack.id, parameter.name))
}

fn known(json: &Json, names: &[&str], place: &str, faults: &mut Vec<String>) {
    let members = json.as_object().unwrap_or_default().iter();
    faults.extend(
        members
            .filter(|(name, _)| !names.contains(&name.as_str()))
            .map(|(name, _)| format!("`{place}`: no key `{name}`")),
    );
}

fn list<'j>(json: &'j Json, name: &str) -> &'j [Json] {
    json.get(name).and_then(Json::as_list).unwrap_or_default()
}

fn text_of(json: &Json, name: &str) -> String {
    json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../../core/data/law/rows.yaml");

    fn faults(text: &str) -> Vec<String> {
        Rows::read(text, Rulebook::embedded()).err().unwrap_or_default()
    }

    #[test]
    fn every_rule_has_a_row_and_every_row_a_rule_or_a_reason() {
        assert_eq!(faults(FILE), Vec::<String>::new());
    }

    #[test]
    fn a_rule_that_no_row_names_is_a_fault() {
        let text = FILE.replace("rules: [be.misip.longest]", "why: wanted");
        assert_eq!(faults(&text), ["rule `be.misip.longest`: no row names it, and it is no working rule"]);
    }

    #[test]
    fn a_row_names_what_is_there_or_says_why_not() {
        let row = |tail: &str| {
            FILE.replace("own:\n", &format!("  - title: x\n    rows:\n      - {{id: x, subject: x, {tail}}}\nown:\n"))
        };
        let told = |tail: &str| faults(&row(tail));
        assert_eq!(told("certainty: M, rules: [fr.pmsmp.gone]"), ["row `x`: no rule `fr.pmsmp.gone`"]);
        let gone = told("certainty: M, rules: [fr.pmsmp.tutor], parameters: [fr.pmsmp.gone]");
        assert_eq!(gone, ["row `x`: no parameter `fr.pmsmp.gone`"]);
        assert_eq!(told("certainty: M"), ["row `x`: either `rules` or `why`"]);
        assert_eq!(told("certainty: M, why: context, rules: [fr.pmsmp.tutor]"), ["row `x`: either `rules` or `why`"]);
        assert_eq!(told("certainty: V3, why: context"), ["row `x`: there is no certainty `V3`"]);
        assert_eq!(told("certainty: V, why: lazy"), ["row `x`: there is no reason `lazy`"]);
        assert_eq!(told("certainty: V, why: context, because: x"), ["`x`: no key `because`"]);
    }

    #[test]
    fn a_verified_rule_has_a_verified_row() {
        let text = FILE.replace("certainty: V, rules: [fr.pmsmp.max_age]", "certainty: M, rules: [fr.pmsmp.max_age]");
        assert_eq!(faults(&text), ["rule `fr.pmsmp.max_age`: it is verified, and none of its rows is"]);
    }
}
