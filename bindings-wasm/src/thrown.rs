//! What is thrown: a JSON text, of which `js/errors.mjs` makes an `Error`. The engine and the reader of YAML have it in common.

use sam_eurometropole::Rulebook;
use sam_eurometropole::files::{FileError, Need};
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::Problem;
use wasm_bindgen::JsValue;

/// The problems of a `pack`, `codes` or other document, with texts in the languages that were loaded.
pub(crate) fn problems(book: &Rulebook, what: &str, problems: &[Problem]) -> JsValue {
    let lines = |lang| problems.iter().map(|problem| Json::from(problem.to_text(book.messages(), lang))).collect();
    let told = Lang::ALL.into_iter().filter(|lang| book.lacks(Need::Language(*lang)).is_none());
    let texts = told.map(|lang| (lang.as_str().to_owned(), lines(lang))).collect();
    let json = problems.iter().map(Problem::to_json).collect();
    thrown(&format!("{what}.problems"), [("problems", json), ("texts", Json::Object(texts))])
}

/// A file of the rulebook that was not taken.
pub(crate) fn not_taken(wrong: &FileError) -> JsValue {
    let params = wrong.params().into_iter().map(|(name, value)| (name.to_owned(), Json::from(value)));
    thrown(wrong.code(), [("text", Json::from(wrong.to_string())), ("params", Json::Object(params.collect()))])
}

/// A code with two more members.
pub(crate) fn thrown(code: &str, members: [(&str, Json); 2]) -> JsValue {
    let [first, second] = members;
    JsValue::from_str(&Json::object([("code", Json::from(code)), first, second]).to_canonical())
}
