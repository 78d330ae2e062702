//! An export as text: what is wrong with it or was left out, and its files.

use super::{Lines, Teller};
use crate::export::Export;
use crate::message::Lang;

impl Export<'_> {
    /// The export as text, without what the files hold.
    #[must_use]
    pub fn to_text(&self, lang: Lang) -> String {
        let teller = Teller { book: self.book, lang, values: true };
        let mut out = Lines::default();
        out.line(&teller.word("export.title"));
        out.section(&teller.word("dashboard.findings"), self.findings.iter().map(|finding| teller.between(finding)));
        let file = |file: &crate::export::File| format!("{} ({})", file.name, file.media_type);
        out.section(&teller.word("export.files"), self.files.iter().map(file));
        out.text
    }
}
