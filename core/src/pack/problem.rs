//! What is wrong with a document that a keeper wrote.

use crate::document;
use crate::json::Json;

/// One problem, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What it is; codes never change their meaning.
    pub code: String,
    /// JSON Pointer to the place.
    pub pointer: String,
    /// Line and column, where the document is text.
    pub at: Option<document::Position>,
    /// Values for the text.
    pub params: Vec<(String, String)>,
}

impl Problem {
    /// The JSON of the problem.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut at = vec![("pointer".to_owned(), Json::from(self.pointer.as_str()))];
        if let Some(position) = self.at {
            at.push(("line".to_owned(), Json::from(i64::from(position.line))));
            at.push(("column".to_owned(), Json::from(i64::from(position.column))));
        }
        let params = self.params.iter().map(|(name, value)| (name.clone(), Json::from(value.as_str()))).collect();
        Json::Object(vec![
            ("code".to_owned(), Json::from(self.code.as_str())),
            ("at".to_owned(), Json::Object(at)),
            ("params".to_owned(), Json::Object(params)),
        ])
    }
}

impl From<document::Problem> for Problem {
    fn from(problem: document::Problem) -> Self {
        Self {
            code: problem.code.as_str().to_owned(),
            pointer: problem.pointer,
            at: problem.at,
            params: problem.params,
        }
    }
}
