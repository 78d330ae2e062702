//! The rulebook's own documents: packs pass their tests, texts are complete, parts hash to what is stated, and no input panics.

use sam_conformance::generate::records::Writer;
use sam_eurometropole::catalogue::{FieldType, Form, Role, StructDef};
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::date::Date;
use sam_eurometropole::finding::Code;
use sam_eurometropole::identifier::{Scheme, Wrong};
use sam_eurometropole::json::Json;
use sam_eurometropole::message::{Lang, placeholders};
use sam_eurometropole::pack::coverage::coverage;
use sam_eurometropole::pack::run_tests;
use sam_eurometropole::taxonomy::{Aggregation, Evidence, Grade, Indicator};
use sam_eurometropole::territory::System;
use sam_eurometropole::{Report, Rulebook, check_text, decide_text, explain_text, for_each_record, record};
use std::collections::BTreeSet;

fn book() -> &'static Rulebook {
    Rulebook::embedded()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn every_pack_is_there_and_passes_its_own_tests() {
    let ids: BTreeSet<&str> = book().packs().map(|pack| pack.id.as_str()).collect();
    let checks = Role::ALL.map(|role| format!("checks.{}", role.as_str()));
    for wanted in checks.iter().map(String::as_str).chain(["checks.case", "fr.pmsmp", "project.sam"]) {
        assert!(ids.contains(wanted), "{wanted}");
    }
    for pack in book().packs() {
        assert_eq!(run_tests(pack, book()), [], "{}", pack.id);
    }
    assert!(book().packs().map(|pack| pack.tests.len()).sum::<usize>() >= 7);
}

#[test]
fn the_pack_to_learn_from_is_whole() {
    let text = include_str!("../../examples/packs/own.first_look.yaml");
    let book = book().with_pack_yaml(text, false).unwrap();
    let pack = book.packs().find(|pack| pack.id == "own.first_look").unwrap();
    assert_eq!((run_tests(pack, &book), pack.tests.len()), (Vec::new(), 7));
    assert!(coverage(&book, &[pack]).is_ok());
}

#[test]
fn what_is_not_verified_says_so() {
    for pack in book().packs() {
        for rule in pack.rules.iter().filter(|rule| rule.verified.is_none()) {
            assert!(!rule.source.law.get(Lang::En).is_empty(), "{}", rule.id);
        }
        if pack.id == "project.sam" {
            let ours = pack.rules.iter().filter(|rule| rule.source.law.get(Lang::En).starts_with("working rule"));
            assert!(ours.clone().count() > 0);
            assert!(ours.clone().all(|rule| rule.verified.is_none()));
        }
    }
}

#[test]
fn every_field_has_a_label_and_help_in_three_languages() {
    for role in Role::ALL {
        labelled(role, role.def(), "");
    }
}

fn labelled(role: Role, def: &StructDef, prefix: &str) {
    for field in def.fields {
        let path = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}.{}", field.name) };
        for lang in Lang::ALL {
            assert_ne!(book().label(role, &path, lang), path, "{lang:?}");
            assert!(book().help(role, &path, lang).is_some_and(|help| help.len() > 3), "{path} {lang:?}");
        }
        if let FieldType::Object(inner) | FieldType::Objects(inner) = field.kind {
            labelled(role, inner, &path);
        }
    }
}

#[test]
fn every_code_list_and_unit_of_a_field_is_there_and_every_code_of_a_finding_has_a_text() {
    for role in Role::ALL {
        for table in &role.layout().tables {
            for column in &table.columns {
                if let FieldType::Code(list) | FieldType::Codes(list) = column.field.kind {
                    assert!(book().codes().get(list).is_some(), "{list}");
                }
                if let Some(unit) = column.field.unit {
                    assert!(book().messages().has(&format!("units.{unit}")), "{unit}");
                }
            }
        }
    }
    for code in Code::ALL {
        assert!(book().messages().has(code.as_str()), "{}", code.as_str());
    }
}

#[test]
fn every_scheme_and_every_wrong_has_a_text() {
    let on = day("2026-11-23");
    let all = [
        Wrong::Characters,
        Wrong::Length { expected: 9, given: 8 },
        Wrong::LengthRange { min: 15, max: 34, given: 3 },
        Wrong::Start,
        Wrong::CheckDigits,
        Wrong::Siren,
        Wrong::AccountKey,
        Wrong::Department,
        Wrong::Month,
        Wrong::Sequence,
        Wrong::BornLater { on },
        Wrong::Sample,
        Wrong::Writing,
    ];
    for wrong in all {
        assert!(book().messages().has(wrong.code()), "{wrong}");
        for lang in Lang::ALL {
            let text = wrong.to_text(book().messages(), lang);
            let names: Vec<&str> = placeholders(book().messages().get(wrong.code(), lang)).collect();
            assert!(!text.contains('…') && names.len() == wrong.params().len(), "{wrong} {lang:?}: {text}");
        }
    }
    for scheme in Scheme::ALL {
        assert!(book().messages().has(&format!("identifier.scheme.{}", scheme.as_str())));
    }
}

#[test]
fn no_record_has_a_field_for_a_national_number() {
    for role in Role::ALL {
        for column in role.layout().tables.iter().flat_map(|table| &table.columns) {
            assert!(
                !matches!(column.field.form, Some(Form::Identifier(Scheme::Nir | Scheme::Niss))),
                "{}",
                column.path
            );
        }
    }
}

#[test]
fn the_names_of_valid_at_and_applicable_lead_somewhere() {
    for role in Role::ALL {
        for table in &role.layout().tables {
            // The one column of a list of codes has no name; what its field says holds for the list.
            for column in table.columns.iter().filter(|column| !column.path.is_empty()) {
                assert_eq!(column.field.valid_at.is_some(), column.valid_at.is_some(), "{}", column.path);
                assert_eq!(column.field.applicable.is_some(), column.applicable.is_some(), "{}", column.path);
            }
        }
    }
}

#[test]
fn a_text_beyond_the_limit_is_a_finding() {
    let text = " ".repeat(sam_eurometropole::limits::BYTES + 1);
    let report = check_text(book(), Role::Placement, &text, day("2024-05-15"));
    assert!(report.findings.iter().any(|finding| finding.code == "limit.bytes"));
}

macro_rules! by_struct {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// The record as its struct gives it back.
        fn by_struct(report: &Report<'_>) -> Json {
            match report.role {
                $(Role::$kind => report.record::<record::$kind>().to_json(),)*
                role => panic!("a record is not checked as {role:?}, a role of a case"),
            }
        }
    };
}

for_each_record!(by_struct);

#[test]
fn records_come_back_from_rows() {
    let mut writer = Writer::new(book(), 11);
    for role in Role::ALL {
        let mut read = 0;
        for _ in 0..500 {
            let report = check_text(book(), role, &writer.record(role, false), day("2024-05-15"));
            let again = by_struct(&report);
            let json = report.read_json();
            assert_eq!(again.to_canonical(), json.to_canonical());
            read += usize::from(json.as_object().is_some_and(|members| members.len() > 2));
        }
        assert!(read > 250, "{} {read}", role.as_str());
    }
}

#[test]
fn a_damaged_record_of_any_kind_never_panics_and_is_told_in_three_languages() {
    let mut writer = Writer::new(book(), 13);
    for role in Role::ALL {
        let mut with_findings = 0;
        for _ in 0..300 {
            let report = check_text(book(), role, &writer.record(role, true), day("2024-05-15"));
            for lang in Lang::ALL {
                assert!(!report.to_text(lang, true).is_empty());
            }
            with_findings += usize::from(!report.findings.is_empty());
        }
        assert!(with_findings > 150, "{} {with_findings}", role.as_str());
    }
}

#[test]
fn damaged_text_never_panics_and_never_loses_its_findings() {
    let mut writer = Writer::new(book(), 12);
    let mut with_findings = 0;
    for _ in 0..2_000 {
        let text = writer.case(true);
        let decision = decide_text(book(), &text, day("2024-05-15"));
        for lang in Lang::ALL {
            assert!(!decision.to_text(lang, true).is_empty());
            assert!(!explain_text(book(), &text, day("2024-05-15")).to_text(lang, true, true).is_empty());
        }
        with_findings += usize::from(!decision.findings.is_empty());
    }
    assert!(with_findings > 1_500, "{with_findings}");
}

#[test]
fn masked_outputs_hold_no_personal_value() {
    let text = r#"{"birth_date": "1991-12-24", "residence": "FR-59512", "level1_count": 17, "benefits": [{"benefit": "fr_aah", "since": "2021-11-23", "until": "2020-10-21"}], "supported_by": "ocmw_menen", "id": "qwertz"}"#;
    let report = check_text(book(), Role::Participant, text, day("1990-05-15"));
    assert!(report.findings.len() >= 3);
    let case = format!(
        "{{\"participant\": {text}, \"placement\": {{\"scheme\": \"fr_pmsmp\", \"start\": \"1991-12-01\", \"end\": \"1991-12-02\"}}}}"
    );
    let decision = decide_text(book(), &case, day("1990-05-15"));
    let explanation = explain_text(book(), &case, day("1990-05-15"));
    let mut outputs = vec![report.to_json(false).to_canonical(), decision.to_json(false).to_canonical()];
    for lang in Lang::ALL {
        outputs.push(explanation.to_json(lang, false).to_canonical());
        outputs.push(explanation.to_text(lang, false, true));
        outputs.push(report.to_text(lang, false));
        outputs.push(decision.to_text(lang, false));
    }
    for output in outputs {
        for value in
            ["1991-12-24", "24 décembre", "24 december", "24 December", "FR-59512", "fr_aah", "2021-11-23", "qwertz"]
        {
            assert!(!output.contains(value), "{value} in {output}");
        }
    }
}

#[test]
fn hashes_are_those_of_the_documents() {
    let book = book();
    for pack in book.packs() {
        let part =
            if pack.id.starts_with("checks.") { format!("checks/{}", pack.id) } else { format!("packs/{}", pack.id) };
        assert_eq!(book.parts().get(&part), Some(&pack.hash), "{part}");
    }
    assert_eq!(book.hash().len(), 64);
    let _: &CodeLists = book.codes();
}

#[test]
fn yaml_and_json_spell_the_same_pack() {
    let yaml = "format: 1\npack: test.y\nversion: \"2026.1\"\nsystem: BE\ntitle: {fr: a, nl: b, en: c}\nchecked_until: 2030-01-01\napplies_to: placement\nparameters:\n  cap: {values: [{value: 37.5, source: {law: x}, verified: false}]}\nrules:\n  - id: r\n    effect: require\n    that: {field: weekly_hours, at_most: {param: cap}}\n    say: {fr: a, nl: b, en: c}\n    source: {law: x}\n    verified: false\n";
    let by_yaml = book().with_pack_yaml(yaml, false).unwrap();
    let document = by_yaml.pack("test.y").unwrap().document.to_canonical();
    let by_json = book().with_pack_json(&document, false).unwrap();
    assert_eq!(by_yaml.hash(), by_json.hash());
    assert_ne!(by_yaml.hash(), book().hash());
    assert_eq!(by_json.pack("test.y").unwrap().hash, by_yaml.pack("test.y").unwrap().hash);
}

#[test]
fn the_indicators_are_those_of_the_taxonomy() {
    let taxonomy = book().taxonomy();
    let indicators = taxonomy.indicators();
    let count = |test: &dyn Fn(&Indicator) -> bool| indicators.iter().filter(|indicator| test(indicator)).count();
    assert_eq!(indicators.iter().len(), 154);
    assert_eq!([1, 2, 3].map(|tier| count(&|i| i.tier() == tier)), [61, 77, 16]);
    assert_eq!(Evidence::ALL.map(|evidence| count(&|i| i.evidence() == evidence)), [10, 42, 102]);
    for indicator in indicators.iter() {
        let (min, max) = indicator.range();
        assert!(max.is_none_or(|max| min < max), "{}", indicator.code());
        assert!(book().codes().get("theme").unwrap().find(indicator.theme()).is_some());
        assert!(book().codes().get("indicator").unwrap().find(indicator.code()).is_some());
        let sides = [System::Fr, System::BeWal, System::BeVlg];
        assert!(sides.into_iter().any(|side| indicator.lowest(side).is_some()), "{}", indicator.code());
        let one_sided = sides.into_iter().filter(|side| indicator.lowest(*side).is_some()).count() == 1;
        assert!(!one_sided || matches!(indicator.grade(), Grade::C | Grade::N), "{}", indicator.code());
    }
    // The review of the domain decides over the first draft of the taxonomy.
    for code in ["HLT15", "EMP06", "EMP12", "DEM08", "HLT10"] {
        assert_eq!(taxonomy.indicator(code).unwrap().grade(), Grade::C, "{code}");
    }
    for code in ["POV08", "HLT10", "HLT16"] {
        assert_eq!(taxonomy.indicator(code).unwrap().aggregation(), Aggregation::None, "{code}");
    }
    assert_eq!(taxonomy.indicator("HLT03").unwrap().aggregation(), Aggregation::PopulationWeightedMean);
}

#[test]
fn a_checks_pack_that_is_added_is_a_part_of_its_own_kind() {
    let yaml = "format: 1\npack: test.c\nversion: \"2026.1\"\nkind: checks\nsystem: project\ntitle: {fr: a, nl: b, en: c}\nchecked_until: 2030-01-01\napplies_to: placement\nrules:\n  - id: r\n    effect: require\n    that: {known: start}\n    paths: [start]\n    say: {fr: a, nl: b, en: c}\n    source: {law: x}\n    verified: false\n";
    let more = book().with_pack_yaml(yaml, false).unwrap();
    assert!(more.parts().contains_key("checks/test.c"));
    let only = more.only_checks();
    assert!(only.pack("test.c").is_some() && only.parts().contains_key("checks/test.c"));
}
