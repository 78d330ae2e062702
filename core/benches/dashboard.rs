//! How harmonising and the dashboard grow with the number of observations, through the rows of a table.
//!
//! `cargo bench -p sam-eurometropole --bench dashboard` prints the seconds of three sizes and what a row costs; the figures are the same in each
//! run. Ten indicators of two sides, ten years, the total and nine parts of the population, with a total of the zone.

use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::harmonise::harmonise;
use sam_eurometropole::rows::{OwnedCell, OwnedRows, Rows as _};
use std::hint::black_box;
use std::time::Instant;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const INDICATORS: [&str; 10] =
    ["EDU01", "DEM07", "EMP04", "DEM01", "CHI01", "HLT01", "MIN01", "HLT05", "POV01", "EMP02"];
const AGES: [&str; 10] = ["", "Y_LT18", "Y18T24", "Y25T49", "Y50T64", "Y_GE65", "Y_GE75", "Y_GE80", "Y15T64", "Y18T64"];

#[expect(clippy::print_stdout, reason = "a bench prints its table")]
#[expect(clippy::disallowed_methods, reason = "a bench needs a clock; the core has none")]
fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let book = Rulebook::embedded();
    let indicators = INDICATORS.map(|code| format!("\"{code}\"")).join(",");
    let request =
        format!("{{\"indicators\":[{indicators}],\"zone\":\"programme\",\"periods\":\"all\",\"breakdowns\":\"all\"}}");
    for count in SIZES.into_iter().take(if quick { 1 } else { SIZES.len() }) {
        let rows = observations(book, count);
        let start = Instant::now();
        let found = harmonise(book, black_box(&rows), &request);
        let harmonised = start.elapsed().as_secs_f64();
        let series = found.series.len();
        let start = Instant::now();
        let board = found.dashboard();
        let derived = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let bytes = board.to_json().to_canonical().len();
        let written = start.elapsed().as_secs_f64();
        assert!(series > 0 && bytes > count, "nothing was harmonised");
        println!(
            "{count:>9} observations, {series:>3} series: harmonise {harmonised:.3} s ({:.2} µs a row), dashboard {derived:.3} s ({:.2} µs), JSON {written:.3} s, {:.1} MB",
            harmonised * 1e6 / count as f64,
            derived * 1e6 / count as f64,
            bytes as f64 / 1e6,
        );
    }
}

fn observations(book: &Rulebook, count: usize) -> OwnedRows {
    let layout = Role::Observation.layout();
    let mut rows = OwnedRows::new(layout);
    let communes: Vec<&str> =
        book.territory().communes().filter(|one| one.to().is_none()).map(|one| one.code()).take(1_000).collect();
    let text = |text: &str| OwnedCell::Text(text.into());
    for (at, commune) in communes.into_iter().cycle().take(count).enumerate() {
        let row = rows.push_row(0);
        let mut set = |name: &str, cell: OwnedCell| {
            if let Some(id) = layout.find(name) {
                rows.set(id, row, cell);
            }
        };
        let year = at / 1_000 % 10;
        let code = INDICATORS.get(at / 10_000 % 10).copied().unwrap_or_default();
        let age = AGES.get(at / 100_000 % 10).copied().unwrap_or_default();
        let unit = book.taxonomy().indicator(code).map_or("", |indicator| indicator.unit());
        set("indicator", text(code));
        set("territory", text(commune));
        set("period", text(&(2014 + year).to_string()));
        set("unit", text(unit));
        set("source", text(if commune.starts_with("FR") { "fr_insee" } else { "be_statbel" }));
        set("value", OwnedCell::Number((at * 7 % 997) as f64 / 10.0));
        if !age.is_empty() {
            set("breakdown.age", text(age));
        }
    }
    assert!(rows.len(0) == count, "all rows are there");
    rows
}
