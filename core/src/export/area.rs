//! Names of places in three languages.

use crate::message::Lang;
use crate::rulebook::Rulebook;

/// The name of a commune or an area; its code where it has none.
pub(super) fn name(book: &Rulebook, code: &str, lang: Lang) -> String {
    let commune = book.territory().get(code).map(|commune| commune.name(lang));
    let area = || book.territory().area_of_figures(code).and_then(|area| area.name(lang));
    commune.or_else(area).map_or_else(|| code.to_owned(), |name| name.text.to_owned())
}
