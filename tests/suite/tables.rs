//! Tables: bulk is single, in every type of array; hostile tables meet their limits at once; columns that nobody knows are said once.
//!
//! A process of its own, since the switch that breaks the engine holds for all of it. `cargo xtask laws --rows N` runs the law on more rows.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail loudly")]

use arrow_array::{ArrayRef, Int64Array, ListArray, NullArray, RecordBatch, StringArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field};
use sam_conformance::tables::{check_law, companion_law, decide_law};
use sam_eurometropole::breakage::{Breakage, set};
use sam_eurometropole::catalogue::{FieldType, Role};
use sam_eurometropole::date::Date;
use sam_eurometropole::table::arrow::{Nesting, check_table, schema};
use sam_eurometropole::table::companion::List;
use sam_eurometropole::table::csv::{CsvOptions, check_csv};
use sam_eurometropole::table::{check_ndjson, decide_ndjson};
use sam_eurometropole::{Rulebook, check_text, limits};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

static TURN: Mutex<()> = Mutex::new(());

fn book() -> &'static Rulebook {
    Rulebook::embedded()
}

fn on() -> Date {
    Date::parse("2024-05-15").unwrap()
}

fn codes(findings: &[sam_eurometropole::finding::Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_row_of_a_table_is_judged_as_if_it_had_come_alone() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut types = BTreeSet::new();
    for role in Role::ALL {
        let seen = check_law(role, 2_000, 7, on()).unwrap();
        for code in ["type.mismatch", "code.unknown", "absence.contradicted", "absence.reason", "field.required"] {
            assert!(seen.codes.get(code).is_some_and(|count| *count > 5), "{role:?} {code} {:?}", seen.codes);
        }
        types.extend(seen.types);
    }
    for kind in ["Dictionary", "RunEndEncoded", "Utf8View", "LargeUtf8", "Struct", "Date32", "Boolean"] {
        assert!(types.contains(kind), "{kind} {types:?}");
    }
}

#[test]
fn a_record_is_judged_the_same_where_its_lists_lie_in_tables_of_their_own() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    for role in Role::ALL.into_iter().filter(|role| List::all(*role).next().is_some()) {
        let seen = companion_law(role, 1_000, 9, on()).unwrap();
        for code in ["type.mismatch", "code.unknown", "absence.contradicted", "companion.orphan"] {
            assert!(seen.codes.get(code).is_some_and(|count| *count > 0), "{role:?} {code} {:?}", seen.codes);
        }
    }
}

#[test]
fn a_row_of_a_table_is_decided_as_if_it_had_come_alone() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let seen = decide_law(2_000, 8, on()).unwrap();
    assert!(seen.codes.len() >= 2, "{:?}", seen.codes);
    set(Breakage::BulkFirstRow);
    let broken = decide_law(2_000, 8, on());
    set(Breakage::None);
    assert!(broken.is_err(), "the law does not notice");
}

#[test]
fn a_column_that_nobody_knows_is_said_once() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let text = || Arc::new(StringArray::from(vec!["x"; 50])) as ArrayRef;
    let columns = [
        ("weekly_huors", text()),
        ("home.partnr", text()),
        ("niss", text()),
        ("home", text()),
        ("id", text()),
        ("schedule.from", text()),
    ];
    let batches = [RecordBatch::try_from_iter(columns).unwrap()];
    let report = check_table(book(), Role::Placement, &batches, on());
    let said: Vec<String> =
        report.findings.iter().map(|f| format!("{} {}", f.code, f.paths.first().unwrap().text(false))).collect();
    let wanted = [
        "field.unknown home.partnr",
        "field.unknown schedule.from",
        "privacy.national_number niss",
        "field.unknown weekly_huors",
    ];
    assert_eq!(said, wanted);
    assert!(report.row(0).iter().all(|finding| finding.code != "field.unknown"));
    assert!(codes(report.row(0)).contains(&"type.mismatch"));
}

#[test]
fn hostile_tables_meet_their_limits_at_once() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    // A million columns would be as quick.
    let null = Arc::new(NullArray::new(3)) as ArrayRef;
    let wide =
        [RecordBatch::try_from_iter((0..=limits::COLUMNS).map(|n| (format!("c{n}"), Arc::clone(&null)))).unwrap()];
    let report = check_table(book(), Role::Placement, &wide, on());
    assert_eq!((codes(&report.findings), report.rows.len()), (vec!["limit.columns"], 0));
    let long = [RecordBatch::try_from_iter([("id", Arc::new(NullArray::new(limits::ROWS + 1)) as ArrayRef)]).unwrap()];
    let report = check_table(book(), Role::Placement, &long, on());
    assert_eq!((codes(&report.findings), report.rows.len()), (vec!["limit.rows"], 0));
    // A list of ten million elements.
    let elements = Arc::new(Int64Array::from(vec![1; 10_000_000]));
    let item = Arc::new(Field::new("item", DataType::Int64, true));
    let list = ListArray::new(item, OffsetBuffer::from_lengths([10_000_000]), elements, None);
    let lists = [RecordBatch::try_from_iter([("schedule", Arc::new(list) as ArrayRef)]).unwrap()];
    let report = check_table(book(), Role::Placement, &lists, on());
    assert!(codes(report.row(0)).contains(&"limit.list"));
    // Nested beyond the limit, in a column of another type.
    let mut deep = Arc::new(Int64Array::from(vec![1])) as ArrayRef;
    for _ in 0..200 {
        let item = Arc::new(Field::new("item", deep.data_type().clone(), true));
        deep = Arc::new(ListArray::new(item, OffsetBuffer::from_lengths([1]), deep, None));
    }
    let batch = [RecordBatch::try_from_iter([("id", deep)]).unwrap()];
    let report = check_table(book(), Role::Placement, &batch, on());
    assert!(codes(report.row(0)).contains(&"limit.depth"), "{:?}", codes(report.row(0)));
    // CSV: a heading of a megabyte, a cell of a megabyte, quotes that never end.
    let mega = "x".repeat(1_000_000);
    for text in [format!("{mega};id\n1;2\n"), format!("id;kind\n{mega};{mega}\n"), format!("id\n\"{mega}")] {
        let report = check_csv(book(), Role::Placement, text.as_bytes(), &CsvOptions::default(), on());
        assert_eq!(report.rows.len(), 1);
    }
    let heads = ";".repeat(limits::COLUMNS) + "\n";
    let report = check_csv(book(), Role::Placement, format!("id{heads}1").as_bytes(), &CsvOptions::default(), on());
    assert!(codes(&report.findings).contains(&"limit.columns"));
}

#[test]
fn the_schema_of_every_record_is_read_without_a_finding_of_the_table() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    for role in Role::ALL {
        for nesting in [Nesting::Structs, Nesting::Dots] {
            let schema = Arc::new(schema(role, nesting));
            let columns =
                schema.fields().iter().map(|field| arrow_array::new_null_array(field.data_type(), 2)).collect();
            let batches = [RecordBatch::try_new(schema, columns).unwrap()];
            let report = check_table(book(), role, &batches, on());
            assert_eq!(report.findings, [], "{role:?} {nesting:?}");
            let empty = check_text(book(), role, "{}", on());
            assert_eq!(report.row_json(1, true), empty.to_json(true));
        }
        let lists = role.layout().tables.iter().flat_map(|table| &table.columns).filter(|c| c.child.is_some());
        let flat = schema(role, Nesting::Structs);
        for column in
            lists.filter(|column| matches!(column.field.kind, FieldType::Objects(_)) && column.segments.len() == 1)
        {
            let field = flat.field_with_name(column.field.name);
            assert!(field.is_ok_and(|field| matches!(field.data_type(), DataType::List(_))), "{}", column.path);
        }
    }
}

#[test]
fn each_line_of_ndjson_is_read_as_if_it_had_come_alone() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = [
        "{\"weekly_hours\": 35}",
        "{\"weekly_hours\": ",
        "7",
        "{\"id\": \"é\\u00e9\"}\r",
        "null",
        "[1, {\"kind\": 2",
        "}",
        "{} x",
    ];
    let text = format!("\u{feff}\n{}\n \n", lines.join("\n\n"));
    let report = check_ndjson(book(), Role::Placement, &text, on());
    assert_eq!(report.lines, [2, 4, 6, 8, 10, 12, 14, 16]);
    for (row, line) in lines.iter().enumerate() {
        let alone = check_text(book(), Role::Placement, line, on());
        assert_eq!(report.row_json(row, true).to_canonical(), alone.to_json(true).to_canonical(), "{line}");
    }
    assert_eq!(decide_ndjson(book(), &text, on()).iter().count(), lines.len());
}
