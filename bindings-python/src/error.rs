//! What raises: calls that are wrong, and packs, code lists, indicators and mappings with problems. The classes are written in Python (`_errors.py`).

use pyo3::prelude::*;
use sam_eurometropole::Rulebook;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::Problem;
use sam_eurometropole::rulebook::AddError;
use std::collections::BTreeMap;

/// A call that is wrong.
pub(crate) fn misuse(py: Python<'_>, book: &Rulebook, code: &str, params: &[(&str, &str)]) -> PyErr {
    let values: Vec<(&str, Json)> = params.iter().map(|(name, value)| (*name, Json::from(*value))).collect();
    let filled: Vec<(&str, &Json)> = values.iter().map(|(name, value)| (*name, value)).collect();
    let text = book.messages().render(code, Lang::En, &filled);
    let params: BTreeMap<&str, &str> = params.iter().copied().collect();
    raise(py, "SamError", (code, text, params))
}

/// A pack that was not added.
pub(crate) fn pack(py: Python<'_>, book: &Rulebook, wrong: AddError) -> PyErr {
    not_added(py, book, wrong, "pack.taken", "PackError")
}

/// A code list that was not added.
pub(crate) fn codes(py: Python<'_>, book: &Rulebook, wrong: AddError) -> PyErr {
    not_added(py, book, wrong, "codes.taken", "CodesError")
}

/// Indicators that were not added.
pub(crate) fn indicators(py: Python<'_>, book: &Rulebook, wrong: AddError) -> PyErr {
    not_added(py, book, wrong, "indicators.taken", "IndicatorsError")
}

/// A mapping that cannot be read with.
pub(crate) fn mapping(py: Python<'_>, book: &Rulebook, problems: Vec<Problem>) -> PyErr {
    not_added(py, book, AddError::Problems(problems), "misuse.mapping", "MappingError")
}

fn not_added(py: Python<'_>, book: &Rulebook, wrong: AddError, taken: &str, class: &str) -> PyErr {
    match wrong {
        AddError::Taken(id) => misuse(py, book, taken, &[("id", &id)]),
        AddError::Problems(problems) => {
            let json: Json = problems.iter().map(|problem| problem.to_json()).collect();
            let texts = Lang::ALL.map(|lang| {
                let lines: Vec<String> =
                    problems.iter().map(|problem| problem.to_text(book.messages(), lang)).collect();
                (lang.as_str(), lines)
            });
            raise(py, class, (json.to_canonical(), BTreeMap::from(texts)))
        }
    }
}

fn raise<'py>(py: Python<'py>, class: &str, args: impl pyo3::call::PyCallArgs<'py>) -> PyErr {
    let made = py.import("sam_eurometropole._errors").and_then(|module| module.getattr(class)?.call1(args));
    made.map_or_else(|error| error, PyErr::from_value)
}
