//! From Python objects to the values of the core, by one typed walk, and the small words: day, record, language.
//!
//! No object is turned into JSON text on its way. Subclasses, enums and the scalars of numpy, pandas and Arrow are their base kind;
//! a kind that no field takes becomes [`Value::Other`], which the reader turns into a finding. The walk raises only what an object's
//! own methods raise.

use crate::error;
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};
use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::date::{Date, DateError};
use sam_eurometropole::identifier::Scheme;
use sam_eurometropole::limits;
use sam_eurometropole::message::Lang;
use sam_eurometropole::reader::Value;

/// A record or a case: JSON text, or a value.
pub(crate) enum Input {
    Text(String),
    Value(Value),
}

/// An input, read from its object once: what becomes of the object later changes nothing.
#[pyclass(frozen, module = "sam_eurometropole._sam")]
pub(crate) struct Given(pub(crate) Input);

#[pymethods]
impl Given {
    #[staticmethod]
    fn text(text: String) -> Self {
        Self(Input::Text(text))
    }

    #[staticmethod]
    fn value(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        value(object, 1).map(|value| Self(Input::Value(value)))
    }
}

/// A day: `YYYY-MM-DD` or a `datetime.date`.
pub(crate) fn day(book: &Rulebook, given: &Bound<'_, PyAny>) -> PyResult<Date> {
    let found = match value(given, 1)? {
        Value::Text(text) => Date::parse(&text).ok(),
        Value::Date(date) => date.ok(),
        _ => None,
    };
    let wrong = || error::misuse(given.py(), book, "misuse.on", &[("given", &given.to_string())]);
    found.ok_or_else(wrong)
}

/// The name of a record.
pub(crate) fn role(py: Python<'_>, book: &Rulebook, word: &str) -> PyResult<Role> {
    Role::parse(word).ok_or_else(|| error::misuse(py, book, "misuse.record", &[("given", word)]))
}

/// The scheme of a number.
pub(crate) fn scheme(py: Python<'_>, book: &Rulebook, word: &str) -> PyResult<Scheme> {
    Scheme::from_word(word).ok_or_else(|| error::misuse(py, book, "misuse.scheme", &[("given", word)]))
}

/// The code of a language.
pub(crate) fn lang(py: Python<'_>, book: &Rulebook, word: &str) -> PyResult<Lang> {
    Lang::parse(word).ok_or_else(|| error::misuse(py, book, "misuse.language", &[("given", word)]))
}

fn value(object: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(given) = object.cast::<PyBool>() {
        return Ok(Value::Bool(given.is_true()));
    }
    if let Ok(given) = object.cast::<PyString>() {
        return text(given).map(|text| text.map_or(Value::BadText, Value::Text));
    }
    if let Ok(given) = object.cast::<PyInt>() {
        return Ok(given.extract().map_or(Value::BigInt, Value::Int));
    }
    if let Ok(given) = object.cast::<PyFloat>() {
        return Ok(Value::Float(given.value()));
    }
    if depth > limits::DEPTH && is_container(object) {
        return Ok(Value::TooDeep);
    }
    if let Ok(given) = object.cast::<PyDict>() {
        return members(given.iter().map(Ok), depth);
    }
    if let Ok(given) = object.cast::<PyList>() {
        return given.iter().map(|item| value(&item, depth + 1)).collect::<PyResult<_>>().map(Value::List);
    }
    if let Ok(given) = object.cast::<PyTuple>() {
        return given.iter().map(|item| value(&item, depth + 1)).collect::<PyResult<_>>().map(Value::List);
    }
    rarer(object, depth)
}

/// Text of Unicode; a text with a lone surrogate is none.
fn text(given: &Bound<'_, PyString>) -> PyResult<Option<String>> {
    match given.extract() {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(given.py()) => Ok(None),
        Err(error) => Err(error),
    }
}

type Member<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

fn members<'py>(items: impl Iterator<Item = PyResult<Member<'py>>>, depth: usize) -> PyResult<Value> {
    let member = |item: PyResult<Member<'py>>| {
        let (key, item) = item?;
        Ok((name(&key)?, value(&item, depth + 1)?))
    };
    items.map(member).collect::<PyResult<_>>().map(Value::Object)
}

fn name(key: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    match value(key, 1)? {
        Value::Text(text) => Ok(Some(text)),
        _ => Ok(None),
    }
}

fn is_container(object: &Bound<'_, PyAny>) -> bool {
    let [mapping, ..] = classes(object.py());
    let is = |class: &Option<Bound<'_, PyType>>| class.as_ref().is_some_and(|c| object.is_instance(c).unwrap_or(false));
    object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() || is(&mapping)
}

/// What is no plain kind: enums, days, decimals, the missing values, scalars and arrays of the data libraries.
fn rarer(object: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    let kind = object.get_type();
    if matches!(kind.name()?.to_str()?, "NaTType" | "NAType") {
        return Ok(Value::Null);
    }
    let [mapping, enumeration, moment, date, decimal] = classes(object.py());
    let is = |class: &Option<Bound<'_, PyType>>| class.as_ref().map_or(Ok(false), |class| object.is_instance(class));
    if is(&enumeration)? {
        return value(&object.getattr("value")?, depth);
    }
    if is(&moment)? {
        return midnight(object).map(Value::Date);
    }
    if is(&date)? {
        return civil(object).map(Value::Date);
    }
    if is(&decimal)? {
        return number(object);
    }
    if is(&mapping)? {
        let items = object.call_method0("items")?;
        return members(items.try_iter()?.map(|item| item?.extract()), depth);
    }
    for unwrap in ["as_py", "tolist", "to_list"] {
        if object.hasattr(unwrap)? {
            return foreign(object, unwrap, depth);
        }
    }
    Ok(Value::Other)
}

/// A scalar or an array of numpy, pandas, polars or Arrow. numpy's days count nanoseconds unless told otherwise.
fn foreign(object: &Bound<'_, PyAny>, unwrap: &str, depth: usize) -> PyResult<Value> {
    let plain = match object.get_type().name()?.to_str()? {
        "datetime64" => object.call_method1("astype", ("datetime64[us]",))?.call_method0(unwrap)?,
        _ => object.call_method0(unwrap)?,
    };
    if plain.get_type().is(object.get_type()) { Ok(Value::Other) } else { value(&plain, depth) }
}

fn number(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    if object.call_method0("is_nan")?.is_truthy()? {
        return Ok(Value::Null);
    }
    let float: f64 = object.call_method0("__float__")?.extract()?;
    Ok(if float.is_finite() { Value::Decimal(float) } else { Value::OutOfRange })
}

/// The day of a date-time that is a midnight without offset.
fn midnight(object: &Bound<'_, PyAny>) -> PyResult<Result<Date, DateError>> {
    let parts = ["hour", "minute", "second", "microsecond", "nanosecond"];
    let mut other = !object.getattr("tzinfo")?.is_none();
    for part in parts {
        other |= object.getattr_opt(part)?.map_or(Ok(false), |part| part.is_truthy())?;
    }
    if other { Ok(Err(DateError::TimeGiven)) } else { civil(object) }
}

fn civil(object: &Bound<'_, PyAny>) -> PyResult<Result<Date, DateError>> {
    let part = |name: &str| object.getattr(name)?.extract::<u32>();
    let year: i32 = object.getattr("year")?.extract()?;
    Ok(Date::try_new(year, part("month")?, part("day")?))
}

/// The classes that are looked for, each imported once.
fn classes(py: Python<'_>) -> [Option<Bound<'_, PyType>>; 5] {
    static CLASSES: [PyOnceLock<Py<PyType>>; 5] = [const { PyOnceLock::new() }; 5];
    const NAMES: [(&str, &str); 5] = [
        ("collections.abc", "Mapping"),
        ("enum", "Enum"),
        ("datetime", "datetime"),
        ("datetime", "date"),
        ("decimal", "Decimal"),
    ];
    let mut found = [None, None, None, None, None];
    for ((place, class), (module, name)) in found.iter_mut().zip(&CLASSES).zip(NAMES) {
        *place = class.import(py, module, name).ok().cloned();
    }
    found
}
