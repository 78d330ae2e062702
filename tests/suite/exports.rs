//! What is exported as JSON-stat, our own reader of JSON-stat reads back; every format gives no more than the figures say.

use sam_eurometropole::date::Date;
use sam_eurometropole::json::{Json, parse};
use sam_eurometropole::national::{self, Input, Mapping, Options};
use sam_eurometropole::{Rulebook, export};

/// Reads any cube of ours with one indicator.
const MAPPING: &str = r#"{
    "format": 1, "mapping": "partner.cube", "title": {"fr": "Cube", "nl": "Kubus", "en": "Cube"}, "provider": "fr_insee", "reads": "json_stat",
    "decimal": ".", "place": {"column": "geo", "codes": "own"}, "period": {"column": "time"}, "missing": {"": "O"},
    "status": {"column": "status"}, "unit": {"column": "unit"}, "columns": [{"column": "value", "indicator": "given"}],
    "breakdowns": [{"column": "sex", "field": "sex", "optional": true}, {"column": "age", "field": "age", "optional": true}],
    "other_columns": "single"
}"#;

/// Figures of some communes, periods and sexes, of which a part is hidden, missing, estimated or a floor value.
fn observations(places: &[&str], level: Option<&str>) -> Vec<Json> {
    let mut all = Vec::new();
    for (at, place) in places.iter().enumerate() {
        for (year, sex) in [("2021", "F"), ("2021", "M"), ("2022", "F")].into_iter().skip(at % 2) {
            let number = all.len();
            let status = ["A", "Q", "E", "left_censored", "O", "P"].get(number % 6).copied().unwrap_or("A");
            let mut text = format!(
                r#"{{"indicator":"MIN01","period":"{year}","breakdown":{{"sex":"{sex}"}},"unit":"PC","source":"fr_insee""#
            );
            match level {
                Some(level) => text.push_str(&format!(r#","area":"{place}","level":"{level}""#)),
                None => text.push_str(&format!(r#","territory":"{place}""#)),
            }
            if status != "A" {
                text.push_str(&format!(r#","obs_status":"{status}""#));
            }
            if !["Q", "O"].contains(&status) {
                text.push_str(&format!(r#","value":{}.25"#, number * 3));
            }
            text.push('}');
            all.push(parse(&text, 8).unwrap());
        }
    }
    all
}

/// What an observation says, however it came here.
fn key(one: &Json) -> String {
    let parts =
        ["indicator", "territory", "area", "level", "period", "breakdown", "unit", "value", "obs_status", "source"];
    let part = |name: &&str| one.get(name).map_or_else(|| "-".to_owned(), Json::to_canonical);
    parts.iter().map(part).collect::<Vec<_>>().join(" ")
}

fn keys(all: &[Json]) -> Vec<String> {
    let mut keys: Vec<String> = all.iter().map(key).collect();
    keys.sort();
    keys
}

fn read_back(given: &[Json], mapping: &Mapping) -> Vec<Json> {
    let book = Rulebook::embedded();
    let text = given.iter().cloned().collect::<Json>().to_canonical();
    let made = export::figures_text(book, &text, r#"{"format": "json_stat"}"#);
    assert!(made.findings.is_empty(), "{:?}", made.findings);
    let options = Options { indicator: Some("MIN01".to_owned()), ..Options::on(Date::parse("2026-01-01").unwrap()) };
    let file = made.files.first().unwrap();
    let read = national::read(book, mapping, Input::Bytes(file.text.as_bytes()), &options);
    assert!(read.dropped.is_empty(), "{:?}", read.findings);
    read.observations
}

#[test]
fn a_cube_of_communes_is_read_back() {
    let given = observations(&["FR-59512", "FR-59350", "BE-57096", "BE-34022", "BE-34027"], None);
    let mapping = Mapping::from_json(MAPPING, Rulebook::embedded()).unwrap();
    assert_eq!(keys(&read_back(&given, &mapping)), keys(&given));
}

#[test]
fn a_cube_of_regions_is_read_back_as_one_of_eurostat() {
    let given = observations(&["FRE11", "FRE12"], Some("DEP"));
    let mapping = national::mapping("eurostat.json_stat", Rulebook::embedded()).unwrap();
    let source = |one: &String| one.replace("eurostat", "fr_insee");
    let read: Vec<String> = keys(&read_back(&given, &mapping)).iter().map(source).collect();
    assert_eq!(read, keys(&given));
}

/// Whatever a hidden figure brings with it, no file of any format holds it.
#[test]
fn what_is_hidden_is_in_no_file() {
    let book = Rulebook::embedded();
    let text = r#"[{"indicator": "MIN01", "territory": "FR-59512", "period": "2021", "unit": "PC", "source": "fr_insee", "obs_status": "Q",
        "value": 91.73, "numerator": 7351, "denominator": 8014}]"#;
    for format in ["sdmx_csv", "json_stat", "data_package"] {
        let made = export::figures_text(book, text, &format!(r#"{{"format": "{format}", "on": "2026-01-31"}}"#));
        assert!(!made.files.is_empty());
        for file in &made.files {
            assert!(["91.73", "7351", "8014"].iter().all(|number| !file.text.contains(number)), "{}", file.name);
        }
    }
}

/// The whole vocabulary and all criteria are made without a problem, and each time alike.
#[test]
fn all_there_is_can_be_exported() {
    let book = Rulebook::embedded();
    for format in ["turtle", "json_ld"] {
        let request = format!(r#"{{"format": "{format}"}}"#);
        for ask in [export::vocabulary, export::criteria] {
            let made = ask(book, &request);
            assert!(made.is_ok() && made.findings.is_empty());
            assert!(made.files[0].text.len() > 100_000);
            assert_eq!(made.to_json().to_canonical(), ask(book, &request).to_json().to_canonical());
        }
    }
}
