//! Writes `core/src/embedded/`, the compact form of `core/data/`, or with `--check` tells which files are out of date.
//!
//! The content is written to be read (YAML, CSV); the core embeds what this makes of it. Every source is read strictly: an
//! unknown key, a missing translation, a successor that is not there is a fault with its file and place, and nothing is written.
//! A source folder that does not exist gives an empty document. `--files FOLDER` writes the same content in the files that a browser loads.

mod codes;
mod csv;
mod disclosure;
mod fault;
mod mappings;
mod packs;
mod partners;
mod source;
mod taxonomy;
mod territory;
mod texts;

use fault::Faults;
use sam_eurometropole::codes::CodeLists;
use sam_eurometropole::files;
use sam_eurometropole::hash::sha256_hex;
use sam_eurometropole::json::Json;
use sam_eurometropole::pack::PackKind;
use sam_eurometropole::taxonomy::Taxonomy;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const README: &str = "# Embedded content

Everything in this folder is written by `cargo xtask gen` from `core/data/`; do not edit it. `cargo xtask gen --check`
lists the files that are out of date. JSON files are canonical (RFC 8785) and cannot say so themselves.

| file | from |
|---|---|
| `rulebook.json` | `rulebook.yaml`: version and title |
| `codes.json` | `codes/*.yaml`: array of code lists, and the lists `partner` and `indicator` made from the partners and the indicators |
| `partners.json` | `partners/partners.yaml` |
| `territory.txt`, `areas.txt`, `changes.txt`, `neighbours.txt`, `centres.txt` | `territory/*.csv`; their format is described in `core/src/territory/read.rs` |
| `taxonomy.json` | `taxonomy/indicators.yaml` and `taxonomy.yaml`; its rows are described in `core/src/taxonomy/read.rs` |
| `dashboard_messages.json` | `dashboard_messages/*.yaml`, like `messages.json`: what only the dashboard and national files say, which no form loads |
| `definitions.json` | `taxonomy/definitions/*.yaml`, `breaks.yaml`, `relations.yaml`, `programme.yaml` |
| `disclosure.json` | `disclosure/rules.yaml`, without texts and without what is not enforced |
| `messages.json` | `messages/*.yaml`: `id` to `{fr, nl, en}` |
| `mappings.json` | `mappings/*.yaml`: array of mappings of national files, sorted by id |
| `table_messages.json` | `table_messages/*.yaml`, likewise: what only tables say, which the browser does not read |
| `taxonomy_messages.json` | `taxonomy_messages/*.yaml`, likewise: what only questions about indicators say, which no form loads |
| `labels.json` | `labels/*.yaml`: record, then path of a field, to `{label, help}` |
| `packs.json`, `checks.json` | `packs/*.yaml`, `checks/*.yaml`: arrays of pack documents, sorted by id |
| `parts.json` | id of each part to the SHA-256 of its document as RFC 8785 JSON |
| `files.json` | name of each file that the browser package loads to its SHA-256; `core/src/files.rs` says what is in them |

The parts are `codes/<list>`, `definitions`, `disclosure`, `partners`, `taxonomy` (indicators, units and levels), `territory` (its five tables, rows as objects), `packs/<id>` and
`checks/<id>`. Texts are renderings and no part.
";

/// A generated file: its name in `core/src/embedded/` and its content.
type Output = (&'static str, String);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (data, embedded) = (root.join("core/data"), root.join("core/src/embedded"));
    let done = match arguments.as_slice() {
        [] => generate(&data).and_then(|files| write(&embedded, named(&files))),
        [flag] if flag == "--check" => generate(&data).and_then(|files| check(&embedded, &files)),
        [flag, folder] if flag == "--files" => generate(&data).and_then(|outputs| {
            let files = files::make(&outputs);
            write(Path::new(folder), files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
        }),
        _ => Err(Faults::one("sam-gen", "usage: sam-gen [--check | --files FOLDER]")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            let mut out = std::io::stderr().lock();
            for fault in faults.iter() {
                // Nobody is left to tell if standard error is closed.
                let _ = writeln!(out, "{fault}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Every generated file, or every fault of the sources.
fn generate(data: &Path) -> Result<Vec<Output>, Faults> {
    let mut faults = Faults::default();
    let territory = faults.keep(territory::read(&data.join("territory")));
    let partners = faults.keep(partners::read(&data.join("partners/partners.yaml"), &territory));
    let taxonomy = faults.keep(taxonomy::read(&data.join("taxonomy")));
    let disclosure = faults.keep(disclosure::read(&data.join("disclosure")));
    let lists = faults.keep(codes::read(&data.join("codes")));
    let messages = faults.keep(texts::messages(&data.join("messages")));
    let of_tables = faults.keep(texts::messages(&data.join("table_messages")));
    let of_indicators = faults.keep(texts::messages(&data.join("taxonomy_messages")));
    let of_dashboard = faults.keep(texts::messages(&data.join("dashboard_messages")));
    faults.keep(texts::once(&[
        ("messages", &messages),
        ("table_messages", &of_tables),
        ("taxonomy_messages", &of_indicators),
        ("dashboard_messages", &of_dashboard),
    ]));
    let labels = faults.keep(texts::labels(&data.join("labels")));
    let rulebook = faults.keep(source::optional(&data.join("rulebook.yaml")));
    // Packs are judged by the lists: a fault above would only repeat itself in them.
    faults.into_result()?;

    let partners = partners.unwrap_or_else(partners::none);
    let parts_of_lists = codes::parts(&lists);
    let lists: Json = lists
        .into_iter()
        .chain([partners::code_list(&partners)])
        .chain(taxonomy.as_ref().map(taxonomy::Sources::code_list))
        .collect();
    let known = CodeLists::from_json(&lists).map_err(|errors| Faults::all(data.join("codes").display(), &errors))?;
    let mut faults = Faults::default();
    let compact = faults.keep(taxonomy.as_ref().map(|sources| sources.compact(&known)).transpose());
    if let Some(rules) = &disclosure {
        faults.keep(disclosure::check(rules, &known, &data.join("disclosure/rules.yaml")));
    }
    let packs = faults.keep(packs::read(&data.join("packs"), PackKind::Rules, &known));
    let checks = faults.keep(packs::read(&data.join("checks"), PackKind::Checks, &known));
    let known_taxonomy = compact.as_ref().and_then(|compact| Taxonomy::from_embedded(compact, &known).ok());
    let mappings = faults.keep(mappings::read(&data.join("mappings"), &known, &known_taxonomy.unwrap_or_default()));
    faults.into_result()?;

    let definitions = taxonomy.as_ref().map(taxonomy::Sources::in_full);
    let mut parts = parts_of_lists;
    parts.extend(definitions.iter().map(|document| ("definitions".to_owned(), hash(document))));
    parts.extend(disclosure.iter().map(|rules| ("disclosure".to_owned(), hash(rules))));
    parts.push(("partners".to_owned(), hash(&partners)));
    parts.extend(taxonomy.iter().map(|sources| ("taxonomy".to_owned(), hash(&sources.document()))));
    parts.push(("territory".to_owned(), hash(&territory.document())));
    parts.extend(checks.iter().map(|pack| (format!("checks/{}", pack.id), Json::from(pack.hash.as_str()))));
    parts.extend(packs.iter().map(|pack| (format!("packs/{}", pack.id), Json::from(pack.hash.as_str()))));
    let [communes, areas, changes, neighbours, centres] = territory.texts();
    let mut outputs = vec![
        ("README.md", README.to_owned()),
        ("areas.txt", areas),
        ("centres.txt", centres),
        ("changes.txt", changes),
        ("checks.json", line(&checks.into_iter().map(|pack| pack.document).collect())),
        ("codes.json", line(&lists)),
        ("dashboard_messages.json", line(&Json::Object(of_dashboard))),
        ("definitions.json", line(&definitions.unwrap_or_else(taxonomy::none_in_full))),
        ("disclosure.json", line(&disclosure.as_ref().map_or(Json::Null, disclosure::compact))),
        ("labels.json", line(&Json::Object(labels))),
        ("mappings.json", line(&mappings.into_iter().collect())),
        ("messages.json", line(&Json::Object(messages))),
        ("neighbours.txt", neighbours),
        ("packs.json", line(&packs.into_iter().map(|pack| pack.document).collect())),
        ("partners.json", line(&partners)),
        ("parts.json", line(&Json::Object(parts))),
        ("rulebook.json", line(&rulebook.unwrap_or_else(|| Json::Object(Vec::new())))),
        ("table_messages.json", line(&Json::Object(of_tables))),
        ("taxonomy.json", line(&compact.unwrap_or_else(taxonomy::none))),
        ("taxonomy_messages.json", line(&Json::Object(of_indicators))),
        ("territory.txt", communes),
    ];
    let index = line(&files::index(&files::make(&outputs)));
    outputs.push(("files.json", index));
    Ok(outputs)
}

/// The hash of a part: the SHA-256 of its document as canonical JSON.
fn hash(document: &Json) -> Json {
    Json::from(sha256_hex(document.to_canonical().as_bytes()))
}

/// Canonical JSON and the end of the line.
fn line(json: &Json) -> String {
    json.to_canonical() + "\n"
}

fn named(files: &[Output]) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|(name, content)| (*name, content.as_str()))
}

fn write<'f>(folder: &Path, mut files: impl Iterator<Item = (&'f str, &'f str)>) -> Result<(), Faults> {
    let current = |name: &str, content: &str| is_current(&folder.join(name), content);
    let written = fs::create_dir_all(folder).and_then(|()| {
        files.try_for_each(|(name, content)| match current(name, content) {
            true => Ok(()),
            false => fs::write(folder.join(name), content),
        })
    });
    written.map_err(|error| Faults::one(folder.display(), error))
}

fn check(embedded: &Path, files: &[Output]) -> Result<(), Faults> {
    let mut faults = Faults::default();
    for (name, content) in files {
        if !is_current(&embedded.join(name), content) {
            faults.add(name, "out of date; run `cargo xtask gen`");
        }
    }
    for path in source::files(embedded) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !files.iter().any(|(known, _)| *known == name) {
            faults.add(name, "no generator writes this file; delete it");
        }
    }
    faults.into_result()
}

fn is_current(path: &PathBuf, content: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text == content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("sam-gen-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        for (path, content) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        root
    }

    /// A pack of one rule, with the English text of the rule.
    fn pack(say_en: &str) -> String {
        format!(
            "format: 1\npack: p\nversion: \"2026.1\"\nsystem: project\ntitle: {{fr: x, nl: y, en: z}}\n\
             checked_until: 2026-11-01\napplies_to: placement\nrules:\n  - id: r\n    effect: warn\n    \
             that: {{known: start}}\n    say: {{fr: x, nl: y, en: \"{say_en}\"}}\n    source: {{law: x}}\n    verified: false\n"
        )
    }

    fn faults(name: &str, files: &[(&str, &str)]) -> Vec<String> {
        let root = folder(name, files);
        let prefix = format!("{}/", root.display());
        let faults = generate(&root).unwrap_err();
        faults.iter().map(|fault| fault.to_string().replace(&prefix, "")).collect()
    }

    #[test]
    fn missing_folders_give_empty_documents() {
        let files = generate(&folder("empty", &[])).unwrap();
        let content = |name| files.iter().find(|(known, _)| *known == name).map(|(_, content)| content.as_str());
        assert_eq!(content("packs.json"), Some("[]\n"));
        assert_eq!(content("messages.json"), Some("{}\n"));
        assert!(content("territory.txt").unwrap().lines().all(|line| line.starts_with('#')));
    }

    #[test]
    fn a_missing_translation_is_a_fault_with_file_and_key() {
        let found = faults(
            "translations",
            &[
                ("messages/a.yaml", "a.b: {fr: x, nl: \"\", en: z}\n"),
                ("labels/placement.yaml", "start: {label: {fr: x, nl: y}}\n"),
            ],
        );
        assert_eq!(
            found,
            [
                "messages/a.yaml: `a.b`: the text in nl is missing",
                "labels/placement.yaml: `start/label`: the text in en is missing",
                "labels/placement.yaml: `start/help`: the texts are missing",
            ]
        );
    }

    #[test]
    fn an_id_belongs_to_one_file() {
        let text = "a: {fr: x, nl: y, en: z}\n";
        let found = faults("twice", &[("messages/a.yaml", text), ("messages/b.yaml", text)]);
        assert_eq!(found, ["messages/b.yaml: `a` is given twice"]);
        let found = faults("twice-over", &[("messages/a.yaml", text), ("table_messages/b.yaml", text)]);
        assert_eq!(found, ["table_messages: `a` is given in messages already"]);
        let found = faults("packs-twice", &[("packs/a.yaml", &pack("z")), ("packs/b.yaml", &pack("z"))]);
        assert_eq!(found, ["packs/b.yaml: `p` is given twice"]);
    }

    #[test]
    fn a_pack_that_does_not_load_is_a_fault_with_its_place() {
        let found = faults("pack", &[("packs/p.yaml", &pack(""))]);
        assert_eq!(found, ["packs/p.yaml: line 12, column 29: pack.blank_text at `/rules/0/say/en`, language `en`"]);
        let found = faults("that", &[("packs/p.yaml", &pack("z").replace("known: start", "known: begin"))]);
        assert_eq!(
            found,
            ["packs/p.yaml: line 11, column 19: pack.unknown_field at `/rules/0/that/known`, name `begin`"]
        );
        let found = faults("kind", &[("checks/p.yaml", &pack("z"))]);
        assert_eq!(found, ["checks/p.yaml: the kind of the pack is not that of the folder"]);
    }

    #[test]
    fn every_part_has_the_hash_of_its_canonical_document() {
        let list = "list: l\ntitle: {fr: x, nl: y, en: z}\nsource: s\ncodes: []\n";
        let root = folder("parts", &[("codes/l.yaml", list), ("packs/p.yaml", &pack("z"))]);
        let files = generate(&root).unwrap();
        let content = |name| &files.iter().find(|(known, _)| *known == name).unwrap().1;
        let parts = sam_eurometropole::json::parse(content("parts.json"), 8).unwrap();
        let keys: Vec<&str> = parts.as_object().unwrap().iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["codes/l", "packs/p", "partners", "territory"]);
        let canonical = r#"{"codes":[],"list":"l","source":"s","title":{"en":"z","fr":"x","nl":"y"}}"#;
        assert!(content("codes.json").starts_with(&format!("[{canonical},")));
        assert_eq!(parts.get("codes/l"), Some(&Json::from(sha256_hex(canonical.as_bytes()))));
        let pack = content("packs.json").trim_end().trim_start_matches('[').trim_end_matches(']');
        assert_eq!(parts.get("packs/p"), Some(&Json::from(sha256_hex(pack.as_bytes()))));
    }

    /// A taxonomy of one indicator: its files, of which a test gives others.
    fn taxonomy_faults(name: &str, other: (&str, &str)) -> Vec<String> {
        let list = |id: &str, code: &str| {
            let text = "label: {fr: a, nl: b, en: c}, verified: false";
            format!("list: {id}\ntitle: {{fr: x, nl: y, en: z}}\nsource: s\ncodes:\n  - {{code: {code}, {text}}}\n")
        };
        let lists =
            [("theme", "DEM"), ("unit", "NR"), ("area_level", "COM"), ("frequency", "A"), ("data_provider", "own")];
        let lists = lists.map(|(id, code)| (format!("codes/{id}.yaml"), list(id, code)));
        let definition =
            "format: 1\ntheme: DEM\nsource: s\ndefinitions:\n  - code: DEM01\n    definition: {fr: a, nl: b, en: c}\n";
        let indicator = "format: 1\nsource: s\nindicators:\n  - {code: DEM01, tier: 1, unit: NR, min: 0, lowest: {FR: COM}, breakdowns: [], \
            grade: A, aggregation: sum, direction: context, frequency: A, evidence: own, name: {fr: a, nl: b, en: c}}\n";
        let units = "format: 1\nversion: \"2026.1\"\nfrom: \"2026-11-23\"\nsource: s\nunits:\n  - {code: NR}\nlevels:\n  - {code: COM, rank: 2}\n\
            sides: {FR: FR}\n";
        let files = [
            ("taxonomy/indicators.yaml", indicator),
            ("taxonomy/taxonomy.yaml", units),
            ("taxonomy/definitions/DEM.yaml", definition),
            ("taxonomy/breaks.yaml", "format: 1\nsource: s\nbreaks: []\n"),
            ("taxonomy/relations.yaml", "format: 1\nsource: s\nrelations: []\n"),
            ("taxonomy/programme.yaml", "format: 1\nsource: s\nlanguages: [en]\nindicators: []\n"),
        ];
        let files = files.into_iter().map(|(path, text)| if path == other.0 { other } else { (path, text) });
        let lists = lists.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let all: Vec<(&str, &str)> = files.chain(lists).collect();
        let root = folder(name, &all);
        let prefix = format!("{}/", root.display());
        let faults = generate(&root).err();
        faults.iter().flat_map(|faults| faults.iter()).map(|fault| fault.to_string().replace(&prefix, "")).collect()
    }

    #[test]
    fn a_taxonomy_is_read_strictly_with_its_lines() {
        assert_eq!(taxonomy_faults("whole", ("", "")), [""; 0]);
        let definitions = |name: &str, text: &str| {
            let text = format!("format: 1\ntheme: DEM\nsource: s\ndefinitions:\n{text}");
            taxonomy_faults(name, ("taxonomy/definitions/DEM.yaml", &text))
        };
        assert_eq!(
            definitions(
                "misspelt",
                "  - code: DEM01\n    definition: {fr: a, nl: b, en: c}\n    caveats: {fr: a, nl: b, en: c}\n"
            ),
            [
                "taxonomy/definitions/DEM.yaml: line 7, column 14: indicators.unknown_key at `/definitions/0/caveats`, name `caveats`, hint `caveat`"
            ]
        );
        assert_eq!(
            definitions("translation", "  - code: DEM01\n    definition: {fr: a, nl: b}\n"),
            [
                "taxonomy/definitions/DEM.yaml: line 6, column 17: indicators.missing_key at `/definitions/0/definition`, name `en`"
            ]
        );
        assert_eq!(
            definitions(
                "provider",
                "  - code: DEM01\n    definition: {fr: a, nl: b, en: c}\n    series:\n      FR: {provider: nobody, name: n}\n"
            ),
            [
                "taxonomy/definitions/DEM.yaml: line 8, column 22: indicators.code at `/definitions/0/series/FR/provider`, code `nobody`, list `data_provider`"
            ]
        );
        assert_eq!(
            definitions("orphan", "  - code: DEM02\n    definition: {fr: a, nl: b, en: c}\n"),
            [
                "taxonomy/indicators.yaml: line 4, column 5: taxonomy.missing_text at `/indicators/DEM01/definition/fr`, language `fr`",
                "taxonomy/indicators.yaml: line 4, column 5: taxonomy.missing_text at `/indicators/DEM01/definition/nl`, language `nl`",
                "taxonomy/indicators.yaml: line 4, column 5: taxonomy.missing_text at `/indicators/DEM01/definition/en`, language `en`",
                "taxonomy/definitions/DEM.yaml: line 5, column 5: taxonomy.orphan_definition at `/definitions/DEM02`, code `DEM02`",
            ]
        );
        let spaces = "  - code: DEM01\n    definition: {fr: \"a  a\", nl: b, en: c}\n";
        assert_eq!(
            definitions("spaces", spaces),
            [
                "taxonomy/definitions/DEM.yaml: line 6, column 22: taxonomy.spaces at `/indicators/DEM01/definition/fr`, language `fr`"
            ]
        );
        let relations = "format: 1\nsource: s\nrelations:\n  - {id: R1, kind: not_above, indicators: [DEM01, DEM09], severity: error, verified: false, say: {fr: a, nl: b, en: c}}\n";
        assert_eq!(
            taxonomy_faults("relation", ("taxonomy/relations.yaml", relations)),
            ["taxonomy/relations.yaml: line 4, column 5: taxonomy.relation at `/relations/R1`, id `R1`, code `DEM09`"]
        );
    }

    const COMMUNES: &str = "code,name_fr,name_nl,system,arrondissement,nuts3,postal_codes,from,to,zones\n";
    const CHANGES: &str = "date,kind,from,to,former_name,source\n";
    const AREAS: &str = "code,kind,parent,name_fr,name_nl,name_en,from,to,dated,held,communes,communes_on\n\
        BE,country,,Belgique,België,Belgium,,,yes,part,,\n\
        BE-54000,arrondissement,BE,x,y,z,,,yes,all,,\nBE-57000,arrondissement,BE,x,y,z,,,yes,all,,\n";

    fn territory_faults(name: &str, communes: &str, changes: &str, neighbours: &str) -> Vec<String> {
        faults(
            name,
            &[
                ("territory/areas.csv", AREAS),
                ("territory/communes.csv", &format!("{COMMUNES}{communes}")),
                ("territory/changes.csv", &format!("{CHANGES}{changes}")),
                ("territory/neighbours.csv", &format!("be,fr,confidence\n{neighbours}")),
            ],
        )
    }

    #[test]
    fn what_is_not_in_the_territory_is_a_fault_with_file_and_line() {
        let found = territory_faults(
            "territory",
            "BE-54007,Mouscron,Moeskroen,BE-WAL,BE-54000,,,,2018-12-31,\n\
             BE-54010,Comines-Warneton,Komen-Waasten,BE-WAL,BE-54001,,,,2018-12-31,\n\
             BE-57081,Tournai,Doornik,BE-WAL,BE-57000,,75001,,,\n",
            "2019-01-01,recode,BE-54007,BE-57096,,x\n2019-01-01,recode,BE-54008,BE-57097,,x\n",
            "BE-57081,FR-59046,high\n",
        );
        assert_eq!(
            found,
            [
                "territory/communes.csv: line 3: no arrondissement: `BE-54001`",
                "territory/communes.csv: line 4: no form of a postal code: `75001`",
                "territory/changes.csv: line 2: no code: `BE-57096`",
                "territory/changes.csv: line 3: no code: `BE-57097`",
                "territory/neighbours.csv: line 2: no commune: `FR-59046`",
            ]
        );
    }

    #[test]
    fn a_code_that_began_or_ended_wants_its_change() {
        let communes = "BE-54007,Mouscron,Moeskroen,BE-WAL,BE-54000,,,,2018-12-31,\n\
                        BE-57096,Mouscron,Moeskroen,BE-WAL,BE-57000,,7700,2019-01-01,,\n";
        assert_eq!(
            territory_faults("changes", communes, "", ""),
            [
                "territory/communes.csv: line 2: no change after 2018-12-31 says what came after `BE-54007`",
                "territory/communes.csv: line 3: no change of 2019-01-01 says what was before `BE-57096`",
            ]
        );
        let late = "2020-01-01,recode,BE-54007,BE-57096,,x\n";
        let found = territory_faults("late", communes, late, "");
        assert_eq!(found.last().unwrap(), "territory/changes.csv: line 2: `BE-54007` did not end on the day before");
    }

    #[test]
    fn rows_are_sorted() {
        let communes = "BE-57096,Mouscron,Moeskroen,BE-WAL,BE-57000,,7700,,,\n\
                        BE-57081,Tournai,Doornik,BE-WAL,BE-57000,,7500,,,\n";
        let found = territory_faults("sorted", communes, "", "");
        assert_eq!(found, ["territory/communes.csv: line 3: not after the row before it"]);
    }

    #[test]
    fn check_names_what_is_out_of_date() {
        let data = folder("data", &[("messages/a.yaml", "a: {fr: x, nl: y, en: z}\n")]);
        let embedded = folder("embedded", &[("old.json", "{}")]);
        let files = generate(&data).unwrap();
        write(&embedded, named(&files)).unwrap();
        fs::write(embedded.join("messages.json"), "{}\n").unwrap();
        let found = check(&embedded, &files).unwrap_err();
        let found: Vec<String> = found.iter().map(|fault| fault.to_string()).collect();
        assert_eq!(
            found,
            ["messages.json: out of date; run `cargo xtask gen`", "old.json: no generator writes this file; delete it"]
        );
        fs::remove_file(embedded.join("old.json")).unwrap();
        write(&embedded, named(&files)).unwrap();
        assert!(check(&embedded, &files).is_ok());
    }
}
