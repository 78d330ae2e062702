//! Where a rule or a value stands: the law in words, and the identifiers of its text.

use super::Loader;
use crate::message::Texts;
use crate::pack::Source;
use crate::pack::scope::At;

impl Loader<'_> {
    pub(super) fn source(&mut self, at: &At<'_>) -> Option<Source> {
        self.problems.keys(at, &["law", "article", "url", "reference", "eli", "legiarti", "numac"]);
        let url = self.problems.optional_text(at, "url");
        if let (Some(place), true) = (at.get("url"), url.as_deref().is_some_and(|u| !u.starts_with("https://"))) {
            self.problems.add(&place, "pack.url_form", &[]);
        }
        Some(Source {
            law: self.problems.wanted(at, "law").and_then(|place| self.text_or_texts(&place))?,
            article: self.problems.optional_text(at, "article"),
            url,
            reference: at.get("reference").and_then(|place| self.text_or_texts(&place)),
            eli: at.get("eli").and_then(|place| self.eli(&place)),
            legiarti: self.identifier(at, "legiarti", is_legiarti),
            numac: self.identifier(at, "numac", |text| is_digits(text, 10)),
        })
    }

    /// The two languages of a Belgian text have an identifier each.
    fn eli(&mut self, at: &At<'_>) -> Option<Texts> {
        let texts = self.text_or_texts(at)?;
        if !texts.all().iter().all(|text| is_eli(text)) {
            self.problems.add(at, "pack.identifier_form", &[("name", "eli")]);
        }
        Some(texts)
    }

    fn identifier(&mut self, at: &At<'_>, key: &str, is_sound: impl Fn(&str) -> bool) -> Option<String> {
        let text = self.problems.optional_text(at, key)?;
        if let (Some(place), false) = (at.get(key), is_sound(&text)) {
            self.problems.add(&place, "pack.identifier_form", &[("name", key)]);
        }
        Some(text)
    }
}

/// A link of https with the part `/eli/`, or a path that begins with it.
fn is_eli(text: &str) -> bool {
    let written = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/%#".contains(&b));
    let inner = match text.strip_prefix("https://") {
        Some(link) => link.split_once("/eli/").filter(|(host, _)| !host.is_empty()).map(|(_, inner)| inner),
        None => text.strip_prefix('/').unwrap_or(text).strip_prefix("eli/"),
    };
    written && inner.is_some_and(|inner| inner.split('/').all(|part| !part.is_empty()))
}

fn is_legiarti(text: &str) -> bool {
    text.strip_prefix("LEGIARTI").is_some_and(|digits| is_digits(digits, 12))
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_their_forms() {
        for sound in [
            "https://www.ejustice.just.fgov.be/eli/wet/2002/05/26/2002022559/justel",
            "/eli/decret/2014/11/13/ETSD1422091D/jo/texte",
            "eli/loi/2002/05/26/2002022559/justel",
        ] {
            assert!(is_eli(sound), "{sound}");
        }
        for wrong in [
            "",
            "eli/",
            "http://www.ejustice.just.fgov.be/eli/loi/2002",
            "https://www.legifrance.gouv.fr/codes/id/1",
            "https:///eli/loi",
            "eli/loi//2002",
            "eli/loi 2002",
        ] {
            assert!(!is_eli(wrong), "{wrong}");
        }
        assert!(is_legiarti("LEGIARTI000006901234") && !is_legiarti("LEGIARTI00000690123"));
        assert!(!is_legiarti("legiarti000006901234") && is_digits("2002022559", 10) && !is_digits("200202255é", 10));
    }
}
