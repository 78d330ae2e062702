//! Small random releases for disclosure control: areas in two or three levels, sometimes with an area across them, one or two breakdowns,
//! counts with small cells and zeros, sometimes shown as rates, sometimes after an earlier release.

use crate::rng::Rng;
use sam_eurometropole::json::Json;
use std::collections::BTreeMap;

/// A release, and what is in it.
#[derive(Debug)]
pub struct Drawn {
    /// The document.
    pub release: Json,
    /// The threshold of its counts, and whether zeros are sensitive.
    pub rule: (i64, bool),
    /// It has an area that lies across the others.
    pub across: bool,
    /// Something of it was published before.
    pub earlier: bool,
    /// Its cells are shown as rates.
    pub rates: bool,
}

/// A dimension: leaves, and sums over them by code, the total first.
struct Side {
    name: &'static str,
    total: &'static str,
    hierarchies: Vec<Vec<(String, Vec<String>)>>,
    leaves: Vec<String>,
}

impl Side {
    fn json(&self) -> (String, Json) {
        let sums = |hierarchy: &Vec<(String, Vec<String>)>| {
            Json::Object(hierarchy.iter().map(|(code, parts)| (code.clone(), texts(parts))).collect())
        };
        let members = [
            ("total", Json::from(self.total)),
            ("area", Json::Bool(self.name == "territory")),
            ("hierarchies", self.hierarchies.iter().map(sums).collect()),
        ];
        (self.name.to_owned(), Json::object(members))
    }

    /// Every code with its leaves.
    fn codes(&self) -> BTreeMap<String, Vec<usize>> {
        let mut codes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, leaf) in self.leaves.iter().enumerate() {
            codes.insert(leaf.clone(), vec![at]);
        }
        for hierarchy in &self.hierarchies {
            for (code, parts) in hierarchy.iter().rev() {
                let held = parts.iter().filter_map(|part| codes.get(part)).flatten().copied().collect();
                codes.insert(code.clone(), held);
            }
        }
        codes
    }
}

fn texts(codes: &[String]) -> Json {
    codes.iter().map(|code| Json::from(code.as_str())).collect()
}

fn areas(rng: &mut Rng) -> Side {
    let (mut leaves, mut districts) = (Vec::new(), Vec::new());
    for district in 0..2 + rng.below(2) {
        let own: Vec<String> = (0..2 + rng.below(3)).map(|at| format!("C{district}{at}")).collect();
        leaves.extend(own.clone());
        districts.push((format!("D{district}"), own));
    }
    let zone = ("ZONE".to_owned(), districts.iter().map(|(code, _)| code.clone()).collect());
    Side {
        name: "territory",
        total: "ZONE",
        hierarchies: vec![std::iter::once(zone).chain(districts).collect()],
        leaves,
    }
}

fn breakdown(rng: &mut Rng) -> Side {
    if rng.percent(50) {
        let leaves = vec!["F".to_owned(), "M".to_owned()];
        return Side { name: "sex", total: "_T", hierarchies: vec![vec![("_T".to_owned(), leaves.clone())]], leaves };
    }
    let leaves: Vec<String> = ["Y15T24", "Y25T49", "Y50T64", "Y_GE65"].map(str::to_owned).to_vec();
    let bands = vec![
        ("_T".to_owned(), vec!["Y15T64".to_owned(), "Y_GE65".to_owned()]),
        ("Y15T64".to_owned(), leaves.iter().take(3).cloned().collect()),
    ];
    Side { name: "age", total: "_T", hierarchies: vec![bands], leaves }
}

/// Draws a release.
#[must_use]
pub fn draw(rng: &mut Rng) -> Drawn {
    let (mut territory, of) = (areas(rng), breakdown(rng));
    let across = rng.percent(30);
    if across {
        let inside = territory.leaves.iter().filter(|_| rng.percent(60)).cloned().collect::<Vec<_>>();
        if inside.len() > 1 {
            territory.hierarchies.push(vec![("METRO".to_owned(), inside)]);
        }
    }
    let sensitive = rng.percent(30);
    let rule = if sensitive { (10, true) } else { (5, false) };
    let small = 5 + rng.below(30);
    let mut leaf = |_: usize| -> Vec<i64> {
        let mut count = |_: usize| match rng.below(100) {
            at if at < small => rng.below(7),
            at if at < 60 => rng.below(60),
            _ => rng.below(900),
        };
        (0..of.leaves.len()).map(|at| i64::try_from(count(at)).unwrap_or(0)).collect()
    };
    let counts: Vec<Vec<i64>> = (0..territory.leaves.len()).map(&mut leaf).collect();
    let rates = rng.percent(20);
    let mut cells = Vec::new();
    for (area, held) in territory.codes() {
        for (code, parts) in of.codes() {
            let value: i64 = held
                .iter()
                .filter_map(|row| counts.get(*row))
                .flat_map(|row| parts.iter().filter_map(|column| row.get(*column)))
                .sum();
            let mut cell =
                vec![("at".to_owned(), texts(&[area.clone(), code])), ("value".to_owned(), Json::from(value))];
            if rates {
                let size = i64::try_from(held.len() * parts.len()).unwrap_or(1);
                cell.push(("denominator".to_owned(), Json::from(size * 1_100)));
            }
            cells.push(Json::Object(cell));
        }
    }
    let earlier = rng.percent(20);
    let before: Vec<Json> = if earlier { published_before(rng, &cells, rule) } else { Vec::new() };
    let table = |cells: Vec<Json>| {
        Json::object([
            ("table", Json::from("t")),
            ("variable", Json::from("v")),
            ("kind", Json::from(if rates { "rate" } else { "count" })),
            ("dimensions", texts(&[territory.name.to_owned(), of.name.to_owned()])),
            ("sensitive", Json::Bool(sensitive)),
            ("cells", Json::List(cells)),
        ])
    };
    let past = Json::object([("release", Json::from("before")), ("tables", [table(before)].into_iter().collect())]);
    let release = Json::object([
        ("format", Json::Int(1)),
        ("release", Json::from("drawn")),
        ("dimensions", Json::Object(vec![territory.json(), of.json()])),
        ("tables", [table(cells)].into_iter().collect()),
        ("earlier", if earlier { [past].into_iter().collect() } else { Json::List(Vec::new()) }),
    ]);
    Drawn { release, rule, across, earlier, rates }
}

/// A few large cells that were published before.
fn published_before(rng: &mut Rng, cells: &[Json], rule: (i64, bool)) -> Vec<Json> {
    let large = |cell: &&Json| cell.get("value").and_then(Json::as_i64).is_some_and(|value| value >= 4 * rule.0);
    let large: Vec<&Json> = cells.iter().filter(large).collect();
    large.into_iter().filter(|_| rng.percent(6)).cloned().collect()
}
