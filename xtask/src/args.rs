//! The words after a verb: flags (`--check`) and options (`--only a,b`), each taken once; a word nobody takes is an error.

use crate::outcome::{Outcome, Trouble};

/// The words that are not taken yet.
pub(crate) struct Args {
    words: Vec<String>,
}

impl Args {
    pub(crate) fn new(words: &[String]) -> Self {
        Self { words: words.to_vec() }
    }

    /// Whether the flag is there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let Some(at) = self.words.iter().position(|word| word == name) else { return false };
        self.words.remove(at);
        true
    }

    /// The word after the option's name, or the part after `=`.
    pub(crate) fn option(&mut self, name: &str) -> Outcome<Option<String>> {
        let with_equals = format!("{name}=");
        if let Some(at) = self.words.iter().position(|word| word.starts_with(&with_equals)) {
            return Ok(self.words.remove(at).strip_prefix(&with_equals).map(str::to_owned));
        }
        let Some(at) = self.words.iter().position(|word| word == name) else { return Ok(None) };
        if at + 1 >= self.words.len() {
            return Err(Trouble::failed(format!("`{name}` wants a value")));
        }
        self.words.remove(at);
        Ok(Some(self.words.remove(at)))
    }

    /// The words that are left, for a program that reads them itself.
    pub(crate) fn rest(self) -> Vec<String> {
        self.words
    }

    /// Fails on words that nobody took.
    pub(crate) fn done(self) -> Outcome {
        if self.words.is_empty() {
            return Ok(());
        }
        Err(Trouble::failed(format!("not understood: `{}`; see `cargo xtask help`", self.words.join(" "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args::new(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_taken_in_both_spellings() {
        let mut given = args("--only a,b --minutes=3 --check");
        assert_eq!(given.option("--only").unwrap().as_deref(), Some("a,b"));
        assert_eq!(given.option("--minutes").unwrap().as_deref(), Some("3"));
        assert!(given.flag("--check"));
        assert!(!given.flag("--check"));
        assert!(given.done().is_ok());
    }

    #[test]
    fn a_missing_value_and_an_unknown_word_are_errors() {
        assert!(args("--only").option("--only").is_err());
        assert!(args("--onyl a").done().is_err());
    }
}
