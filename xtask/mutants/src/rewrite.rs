//! A file with the edits of its mutants: text and edits go in; text, and where in it each piece came to stand, come out.

use crate::find::{Edit, Found};
use std::ops::Range;

/// A file with all its mutants.
pub(crate) struct Rewritten {
    pub(crate) text: String,
    /// Where the pieces stand, with the mutants of each.
    pieces: Vec<(Range<usize>, Vec<usize>)>,
}

impl Rewritten {
    pub(crate) fn new(source: &str, mut found: Found) -> Self {
        found.edits.sort_by_key(order);
        let mut text = String::with_capacity(source.len() * 4);
        let mut places = vec![(usize::MAX, 0); found.pieces.len()];
        let mut done = 0;
        for edit in &found.edits {
            text.push_str(source.get(done..edit.at.start).unwrap_or_default());
            done = edit.at.end;
            let begun = text.len();
            text.push_str(&edit.text);
            if let Some(place) = places.get_mut(edit.piece) {
                *place = (place.0.min(begun), place.1.max(text.len()));
            }
        }
        text.push_str(source.get(done..).unwrap_or_default());
        let pieces = places.into_iter().map(|(start, end)| start..end).zip(found.pieces).collect();
        Self { text, pieces }
    }

    /// The mutants of the smallest piece around a place.
    pub(crate) fn around(&self, place: &Range<usize>) -> &[usize] {
        let holding = self.pieces.iter().filter(|(piece, _)| piece.start <= place.start && place.end <= piece.end);
        holding.min_by_key(|(piece, _)| piece.len()).map(|(_, mutants)| mutants.as_slice()).unwrap_or_default()
    }
}

/// What closes comes before what opens; inner pieces close first and open last.
fn order(edit: &Edit) -> (usize, usize, usize) {
    let piece = if edit.closes { usize::MAX - edit.piece } else { edit.piece };
    (edit.at.start, usize::from(!edit.closes), piece)
}
