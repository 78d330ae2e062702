//! The one JSON shape of a decision, written member by member in canonical order: a decision says something of every rule of every
//! pack, and a tree of it would take longer to build than the decision to make.

use super::{Applied, Decision, Missing, RuleResult};
use crate::finding::{Param, masked, shown};
use crate::json::{Json, Members, canonical};
use crate::kernel::Gap;
use crate::pack::{Effect, Pack};

/// About as long as what is written of a rule, a pack and the rest.
const LENGTHS: [usize; 3] = [160, 200, 2048];

/// Some decisions as one canonical list.
#[must_use]
pub fn list_to_canonical(decisions: &[Decision<'_>], values: bool) -> String {
    let mut out = String::new();
    canonical::list(decisions, &mut out, |decision, out| canonical::object(out, |to| decision.write(to, values)));
    out
}

impl Decision<'_> {
    /// The decision as JSON. Personal values are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        Json::parse(&self.to_canonical(values)).unwrap_or(Json::Null)
    }

    /// The same as canonical text.
    #[must_use]
    pub fn to_canonical(&self, values: bool) -> String {
        let [rule, pack, rest] = LENGTHS;
        let mut out = String::with_capacity(rest + self.rules.len() * rule + self.packs.len() * pack);
        canonical::object(&mut out, |members| self.write(members, values));
        out
    }

    fn write(&self, to: &mut Members<'_>, values: bool) {
        to.list("deciding", self.deciding_results(), |result, out| canonical::text(&result.rule.id, out));
        to.list("findings", &self.findings, |finding, out| finding.to_json(true, values).write(out));
        to.text("firmness", self.firmness.as_str());
        to.list("gaps", &self.gaps, |(rule, gap), out| canonical::object(out, |to| write_gap(rule, gap, to)));
        to.object("made_by", |to| self.book.write_made_by(self.packs.iter().map(|(pack, _)| *pack), to));
        to.object("missing", |to| self.write_missing(to));
        to.list("not_covered", self.book.not_covered(), canonical::text);
        let obligations = self.rules.iter().filter(|result| result.judged.due.is_some());
        to.list("obligations", obligations, |result, out| canonical::object(out, |to| obligation(result, values, to)));
        to.date("on", self.on);
        to.text("outcome", self.outcome.as_str());
        to.list("packs", &self.packs, |(pack, applied), out| {
            canonical::object(out, |to| write_pack(pack, *applied, to))
        });
        to.flag("ready", self.ready);
        to.list("rules", &self.rules, |result, out| canonical::object(out, |to| write_rule(result, values, to)));
        let warnings = self.rules.iter().filter(|result| result.warns());
        to.list("warnings", warnings, |result, out| {
            canonical::object(out, |to| {
                write_params(&result.judged.params, values, to);
                to.text("rule", &result.rule.id);
            });
        });
    }

    fn write_missing(&self, to: &mut Members<'_>) {
        let missing = |missing: &Missing, out: &mut String| {
            canonical::object(out, |to| {
                to.text("action", missing.action());
                to.text("field", &missing.field.path());
                to.list("rules", &missing.rules, |rule, out| canonical::text(rule, out));
            });
        };
        to.list("other", &self.missing_other, missing);
        to.list("outcome", &self.missing_outcome, missing);
        to.list("stated", &self.stated, |(field, reason), out| {
            canonical::object(out, |to| {
                to.text("field", &field.path());
                to.text("reason", reason.as_str());
            });
        });
    }
}

fn obligation(result: &RuleResult<'_>, values: bool, to: &mut Members<'_>) {
    result.judged.by.into_iter().for_each(|by| to.date("by", by));
    write_params(&result.judged.params, values, to);
    to.text("rule", &result.rule.id);
    result.judged.due.into_iter().for_each(|due| to.text("status", due.as_str()));
    result.rule.who.iter().for_each(|who| to.text("who", who));
}

fn write_pack(pack: &Pack, applied: Applied, to: &mut Members<'_>) {
    to.text("applied", applied.as_str());
    to.text("pack", &pack.id);
}

fn write_rule(result: &RuleResult<'_>, values: bool, to: &mut Members<'_>) {
    let (rule, judged) = (result.rule, &result.judged);
    judged.as_of.into_iter().for_each(|day| to.date("as_of", day));
    result.counts().into_iter().for_each(|counts| to.text("counts", counts.as_str()));
    to.text("effect", rule.effect.as_str());
    judged.exception.iter().for_each(|id| to.text("exception", id));
    to.text("id", &rule.id);
    if rule.effect != Effect::Oblige {
        write_masked(&judged.params, values, to);
    }
    to.text("nature", rule.nature.as_str());
    if rule.effect != Effect::Oblige {
        write_shown(&judged.params, values, to);
    }
    rule.send.iter().for_each(|send| to.object("send", |to| send.write(to)));
    to.text("status", judged.status.as_str());
    to.flag("verified", rule.verified.is_some());
    rule.who_decides.iter().for_each(|who| to.text("who_decides", who));
}

fn write_params(params: &[Param], values: bool, to: &mut Members<'_>) {
    write_masked(params, values, to);
    write_shown(params, values, to);
}

/// The names of the values that are left out, if some are.
fn write_masked(params: &[Param], values: bool, to: &mut Members<'_>) {
    let masked = masked(params, values);
    if !masked.is_empty() {
        to.list("masked", masked, canonical::text);
    }
}

fn write_shown(params: &[Param], values: bool, to: &mut Members<'_>) {
    to.members("params", shown(params, values).map(|param| (param.name.as_str(), &param.value)).collect());
}

fn write_gap(rule: &str, gap: &Gap, to: &mut Members<'_>) {
    if let Gap::OutsideCoverage(field) = gap {
        to.text("field", &field.path());
    }
    to.text("gap", gap.as_str());
    if let Gap::NoValue(parameter) = gap {
        to.text("parameter", parameter);
    }
    to.text("rule", rule);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rulebook, date::Date, decide_texts};

    #[test]
    fn a_list_is_its_decisions_and_each_says_what_made_it() {
        let on = Date::parse("2024-05-15").unwrap();
        let decisions = decide_texts(Rulebook::embedded(), "[{\"placement\": {}}, {\"participant\": {}}]", on);
        let [first, second] = [&decisions[0], &decisions[1]].map(|decision| decision.to_canonical(true));
        assert_eq!(list_to_canonical(&decisions, true), format!("[{first},{second}]"));
        let made_by = decisions[0].to_json(true).get("made_by").and_then(|by| by.get("packs").cloned());
        assert!(made_by.is_some(), "{first}");
    }
}
