//! The one JSON shape of a decision.

use super::{Decision, RuleResult};
use crate::finding::params_json;
use crate::json::Json;
use crate::kernel::Gap;
use crate::pack::Effect;

impl Decision<'_> {
    /// The decision as JSON. Personal values are left out unless `values` is set.
    #[must_use]
    pub fn to_json(&self, values: bool) -> Json {
        Json::object([
            ("made_by", self.book.made_by(&self.packs.iter().map(|(pack, _)| *pack).collect::<Vec<_>>())),
            ("on", Json::from(self.on.to_string())),
            ("outcome", Json::from(self.outcome.as_str())),
            ("firmness", Json::from(self.firmness.as_str())),
            ("ready", Json::Bool(self.ready)),
            ("deciding", self.deciding().into_iter().map(Json::from).collect()),
            ("rules", self.rules.iter().map(|result| rule_json(result, values)).collect()),
            ("missing", self.missing_json()),
            ("gaps", self.gaps.iter().map(|(rule, gap)| gap_json(rule, gap)).collect()),
            ("obligations", self.obligations_json(values)),
            ("warnings", self.warnings_json(values)),
            ("packs", self.packs_json()),
            ("not_covered", self.book.not_covered().map(Json::from).collect()),
            ("findings", self.findings.iter().map(|finding| finding.to_json(true, values)).collect()),
        ])
    }

    fn missing_json(&self) -> Json {
        let list = |missing: &[super::Missing]| -> Json {
            missing
                .iter()
                .map(|m| {
                    Json::object([
                        ("field", Json::from(m.field.path())),
                        ("action", Json::from(m.action())),
                        ("rules", m.rules.iter().map(|rule| Json::from(rule.as_str())).collect()),
                    ])
                })
                .collect()
        };
        let stated = self.stated.iter().map(|(field, reason)| {
            Json::object([("field", Json::from(field.path())), ("reason", Json::from(reason.as_str()))])
        });
        Json::object([
            ("outcome", list(&self.missing_outcome)),
            ("other", list(&self.missing_other)),
            ("stated", stated.collect()),
        ])
    }

    fn obligations_json(&self, values: bool) -> Json {
        let obligation = |result: &RuleResult<'_>| {
            let due = result.judged.due?;
            let mut members = vec![
                ("rule".to_owned(), Json::from(result.rule.id.as_str())),
                ("status".to_owned(), Json::from(due.as_str())),
            ];
            members.extend(result.rule.who.as_ref().map(|who| ("who".to_owned(), Json::from(who.as_str()))));
            members.extend(result.judged.by.map(|by| ("by".to_owned(), Json::from(by.to_string()))));
            members.extend(params_json(&result.judged.params, values));
            Some(Json::Object(members))
        };
        self.rules.iter().filter_map(obligation).collect()
    }

    fn warnings_json(&self, values: bool) -> Json {
        let warning = |result: &RuleResult<'_>| {
            let mut members = vec![("rule".to_owned(), Json::from(result.rule.id.as_str()))];
            members.extend(params_json(&result.judged.params, values));
            Json::Object(members)
        };
        self.rules.iter().filter(|result| result.warns()).map(warning).collect()
    }

    fn packs_json(&self) -> Json {
        let pack = |(pack, applied): &(&crate::pack::Pack, super::Applied)| {
            Json::object([("pack", Json::from(pack.id.as_str())), ("applied", Json::from(applied.as_str()))])
        };
        self.packs.iter().map(pack).collect()
    }
}

fn rule_json(result: &RuleResult<'_>, values: bool) -> Json {
    let (rule, judged) = (result.rule, &result.judged);
    let mut members = vec![
        ("id".to_owned(), Json::from(rule.id.as_str())),
        ("effect".to_owned(), Json::from(rule.effect.as_str())),
        ("nature".to_owned(), Json::from(rule.nature.as_str())),
        ("status".to_owned(), Json::from(judged.status.as_str())),
        ("verified".to_owned(), Json::Bool(rule.verified.is_some())),
    ];
    members.extend(judged.exception.as_ref().map(|id| ("exception".to_owned(), Json::from(id.as_str()))));
    members.extend(judged.as_of.map(|day| ("as_of".to_owned(), Json::from(day.to_string()))));
    members.extend(result.counts().map(|counts| ("counts".to_owned(), Json::from(counts.as_str()))));
    members.extend(rule.who_decides.as_ref().map(|who| ("who_decides".to_owned(), Json::from(who.as_str()))));
    members.extend(rule.send.as_ref().map(|send| ("send".to_owned(), send.to_json())));
    if rule.effect != Effect::Oblige {
        members.extend(params_json(&judged.params, values));
    }
    Json::Object(members)
}

fn gap_json(rule: &str, gap: &Gap) -> Json {
    let mut members = vec![("rule".to_owned(), Json::from(rule)), ("gap".to_owned(), Json::from(gap.as_str()))];
    match gap {
        Gap::NoValue(parameter) => members.push(("parameter".to_owned(), Json::from(parameter.as_str()))),
        Gap::OutsideCoverage(field) => members.push(("field".to_owned(), Json::from(field.path()))),
        Gap::CheckedUntil | Gap::DateRange | Gap::NumberRange => {}
    }
    Json::Object(members)
}
