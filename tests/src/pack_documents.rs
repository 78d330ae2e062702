//! Packs as JSON, and whether each fits the JSON Schema of packs: those of the package, those of the vectors, and random ones.
//!
//! What loads fits. A bad pack of the vectors says with `schema` whether it does.

use crate::calls::read;
use crate::generate::packs::Drawer;
use crate::vectors::{self, Vector};
use sam_eurometropole::Rulebook;
use sam_eurometropole::json::Json;
use sam_eurometropole::rulebook::AddError;

const RANDOM: usize = 300;

/// A pack by its name.
pub struct Document {
    /// Where it comes from.
    pub id: String,
    /// The pack.
    pub data: Json,
    /// Whether it fits.
    pub fits: bool,
}

/// All of them.
///
/// # Errors
/// A sentence, where the vectors cannot be read.
pub fn all() -> Result<Vec<Document>, String> {
    let fitting = |id: String, data: Json| Document { id, data, fits: true };
    let mut out: Vec<Document> =
        Rulebook::embedded().packs().map(|pack| fitting(pack.id.clone(), pack.document.clone())).collect();
    for vector in vectors::load()? {
        out.extend(of_vector(&vector));
    }
    let mut drawer = Drawer::new(41);
    for index in 0..RANDOM {
        let packs = drawer.pair().packs;
        out.extend(packs.into_iter().map(|pack| fitting(format!("random {index}"), pack)));
    }
    Ok(out)
}

/// What a vector holds: a pack to add, or one whose text is JSON and of which something is said.
fn of_vector(vector: &Vector) -> Vec<Document> {
    let document = |data: Json, fits: bool| Document { id: vector.id.clone(), data, fits };
    let given = ["pack", "after"].into_iter().filter_map(|key| vector.input.get(key).cloned());
    let mut out: Vec<Document> = given.map(|pack| document(pack, true)).collect();
    let Some(text) = vector.input.get("text").and_then(Json::as_str).filter(|_| vector.call.starts_with("pack")) else {
        return out;
    };
    let loads = matches!(Rulebook::embedded().with_pack_json(text, true), Ok(_) | Err(AddError::Taken(_)));
    let said = vector.document.get("schema").and_then(Json::as_bool);
    if let (Some(fits), Ok(data)) = (said.or(loads.then_some(true)), read(text)) {
        out.push(document(data, fits));
    }
    out
}
