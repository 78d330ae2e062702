//! JSON-stat 2.0 as rows: a column for each dimension, one for the value and one for the status.

use super::grid::{Cell, Grid};
use crate::json::Json;
use crate::limits;

/// The heading of the values.
const VALUE: &str = "value";
/// The heading of the statuses.
const STATUS: &str = "status";

/// The rows of a dataset; `None` where it is none.
pub(super) fn grid(json: &Json) -> Option<Grid<'static>> {
    let ids: Vec<&str> = json.get("id")?.as_list()?.iter().map(Json::as_str).collect::<Option<_>>()?;
    let dimensions: Vec<Vec<String>> =
        ids.iter().map(|id| categories(json.get("dimension")?.get(id)?)).collect::<Option<_>>()?;
    let sizes: Vec<usize> =
        json.get("size")?.as_list()?.iter().map(|size| usize::try_from(size.as_i64()?).ok()).collect::<Option<_>>()?;
    if sizes.len() != dimensions.len() || sizes.iter().zip(&dimensions).any(|(size, known)| *size != known.len()) {
        return None;
    }
    let count = sizes.iter().try_fold(1usize, |count, size| count.checked_mul(*size))?;
    if count > limits::ROWS {
        return None;
    }
    let mut grid = Grid::default();
    let headings = ids.iter().copied().chain([VALUE, STATUS]);
    grid.put(0, headings.map(|id| text(id.to_owned())).collect());
    for index in 0..count {
        let value = at(json.get(VALUE)?, index);
        let status = json.get(STATUS).and_then(|status| at(status, index).or(status.as_str().map(|_| status)));
        // A cell of a sparse dataset that is not there is no figure.
        if value.is_none() && status.is_none() {
            continue;
        }
        let mut cells: Vec<Cell<'static>> = places(index, &sizes)
            .iter()
            .zip(&dimensions)
            .map(|(place, known)| text(known.get(*place).cloned().unwrap_or_default()))
            .collect();
        cells.push(match value {
            Some(Json::Int(number)) => Cell { text: number.to_string().into(), is_number: true },
            Some(Json::Float(number)) => Cell::of_number(number.get()),
            Some(Json::Text(written)) => text(written.clone()),
            _ => text(String::new()),
        });
        cells.push(text(status.and_then(Json::as_str).unwrap_or_default().to_owned()));
        grid.put(index + 1, cells);
    }
    Some(grid)
}

fn text(text: String) -> Cell<'static> {
    Cell { text: text.into(), is_number: false }
}

/// The codes of a dimension in their order: `index` is a list, an object of places, or is left out where there is one code.
fn categories(dimension: &Json) -> Option<Vec<String>> {
    let category = dimension.get("category")?;
    match category.get("index") {
        Some(Json::List(codes)) => codes.iter().map(|code| code.as_str().map(str::to_owned)).collect(),
        Some(Json::Object(places)) => {
            let mut codes = vec![String::new(); places.len()];
            for (code, place) in places {
                *codes.get_mut(usize::try_from(place.as_i64()?).ok()?)? = code.clone();
            }
            Some(codes)
        }
        _ => Some(category.get("label")?.as_object()?.iter().map(|(code, _)| code.clone()).collect()),
    }
}

/// The element of a list, or the member of a sparse object.
fn at(values: &Json, index: usize) -> Option<&Json> {
    let found = match values {
        Json::List(items) => items.get(index),
        Json::Object(_) => values.get(&index.to_string()),
        _ => None,
    };
    found.filter(|value| **value != Json::Null)
}

/// The place in each dimension of a cell, the last dimension running fastest.
fn places(index: usize, sizes: &[usize]) -> Vec<usize> {
    let mut rest = index;
    let mut places: Vec<usize> = sizes
        .iter()
        .rev()
        .map(|size| {
            let place = rest.checked_rem(*size).unwrap_or(0);
            rest = rest.checked_div(*size).unwrap_or(0);
            place
        })
        .collect();
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<Vec<Vec<String>>> {
        let grid = grid(&Json::parse(text).unwrap())?;
        Some(grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.to_string()).collect()).collect())
    }

    #[test]
    fn a_cube_becomes_rows() {
        let text = r#"{"version":"2.0","class":"dataset","id":["geo","time"],"size":[2,2],
            "dimension":{"geo":{"category":{"index":{"FR":1,"BE":0}}},"time":{"category":{"index":["2021","2022"]}}},
            "value":{"0":3.5,"3":2},"status":{"1":":"}}"#;
        let wanted = [
            ["geo", "time", "value", "status"],
            ["BE", "2021", "3.5", ""],
            ["BE", "2022", "", ":"],
            ["FR", "2022", "2", ""],
        ];
        assert_eq!(rows(text).unwrap(), wanted);
    }

    #[test]
    fn sizes_have_to_fit() {
        let text = r#"{"id":["geo"],"size":[3],"dimension":{"geo":{"category":{"index":["FR"]}}},"value":[1]}"#;
        assert_eq!(rows(text), None);
    }
}
