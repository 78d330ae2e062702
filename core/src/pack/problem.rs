//! What is wrong with a document that a keeper wrote.

use crate::document;
use crate::json::Json;
use crate::message::{Lang, Messages};

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

    /// Place and text in a language, one line.
    #[must_use]
    pub fn to_text(&self, messages: &Messages, lang: Lang) -> String {
        let shown =
            self.params.iter().map(|(name, value)| (name.as_str(), Json::from(self.word(name, value, messages, lang))));
        let params: Vec<(&str, Json)> = shown.collect();
        let params: Vec<(&str, &Json)> = params.iter().map(|(name, value)| (*name, value)).collect();
        let hinted = format!("{}.hint", self.code);
        let has_hint = self.params.iter().any(|(name, _)| name == "hint") && messages.has(&hinted);
        let text = messages.render(if has_hint { &hinted } else { &self.code }, lang, &params);
        let colon = if lang == Lang::Fr { "\u{a0}: " } else { ": " };
        format!("{}{colon}{text}", self.place(messages, lang))
    }

    fn place(&self, messages: &Messages, lang: Lang) -> String {
        let pointer = match self.pointer.as_str() {
            "" => Json::from(messages.get("problem.root", lang)),
            pointer => Json::from(pointer),
        };
        let Some(at) = self.at else { return messages.render("problem.pointer", lang, &[("pointer", &pointer)]) };
        let (line, column) = (Json::from(i64::from(at.line)), Json::from(i64::from(at.column)));
        messages.render("problem.line", lang, &[("line", &line), ("column", &column), ("pointer", &pointer)])
    }

    /// What a document holds by its name in the language; all else as it stands.
    fn word(&self, name: &str, value: &str, messages: &Messages, lang: Lang) -> String {
        let id = format!("document_types.{value}");
        let named = matches!(self.code.as_str(), "pack.type" | "codes.type" | "indicators.type" | "mapping.type")
            && matches!(name, "expected" | "got")
            && messages.has(&id);
        if named { messages.get(&id, lang).to_owned() } else { value.to_owned() }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rulebook;

    /// The codes that the sources of the loader name.
    fn codes() -> Vec<&'static str> {
        let sources = [
            include_str!("load/mod.rs"),
            include_str!("load/days.rs"),
            include_str!("load/guards.rs"),
            include_str!("load/lengths.rs"),
            include_str!("load/numbers.rs"),
            include_str!("load/operators.rs"),
            include_str!("load/own_tests.rs"),
            include_str!("load/parameters.rs"),
            include_str!("load/paths.rs"),
            include_str!("load/rules.rs"),
            include_str!("load/source.rs"),
            include_str!("scope.rs"),
            include_str!("../document/node.rs"),
        ];
        let words = sources.into_iter().flat_map(|source| source.split('"'));
        words.filter(|word| word.starts_with("pack.") || word.starts_with("document.")).collect()
    }

    #[test]
    fn every_problem_has_a_text() {
        let codes = codes();
        assert!(codes.len() > 30, "{codes:?}");
        for code in codes {
            assert!(Rulebook::embedded().messages().has(code), "{code}");
        }
    }

    #[test]
    fn a_problem_is_told_with_its_place() {
        let at = document::Position { line: 3, column: 7 };
        let params = vec![("expected".to_owned(), "list".to_owned()), ("got".to_owned(), "text".to_owned())];
        let mut problem = Problem { code: "pack.type".to_owned(), pointer: "/rules".to_owned(), at: Some(at), params };
        let told = |problem: &Problem, lang| problem.to_text(Rulebook::embedded().messages(), lang);
        assert!(told(&problem, Lang::En).starts_with("line 3, column 7 (/rules): "));
        assert!(told(&problem, Lang::Fr).starts_with("ligne 3, colonne 7 (/rules)\u{a0}: "));
        problem.at = None;
        assert!(told(&problem, Lang::Nl).starts_with("op de plaats /rules: "));
    }
}
