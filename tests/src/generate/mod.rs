//! Generated input, seeded and the same on every machine.
//!
//! [`records`] writes JSON texts of cases, half of them damaged, in every kind of number and absence. [`packs`] writes small random packs
//! with cases in which each answer is drawn from few, so that every outcome, operator and absence comes up. [`tables`] makes Arrow tables of every
//! type of array, with each row as the value that it is. [`releases`] writes tables whose disclosure is controlled.

pub mod packs;
pub mod records;
pub mod releases;
pub mod tables;

use crate::rng::Rng;
use sam_eurometropole::catalogue::{FieldDef, Form};
use sam_eurometropole::identifier::Scheme;

/// A text of the field's form. Numbers have right check digits and belong to nobody.
fn formed(rng: &mut Rng, field: &FieldDef) -> String {
    let texts: &[&str] = match field.form {
        Some(Form::Identifier(Scheme::Siret)) => &["12345678200010"],
        Some(Form::Identifier(Scheme::BeEnterprise)) => &["0123456749"],
        Some(Form::Identifier(Scheme::BeEstablishment)) => &["2000000141"],
        Some(Form::Identifier(Scheme::PassIae)) => &["999992600001"],
        Some(Form::Identifier(other)) => return other.as_str().to_owned(),
        Some(Form::Period) => &["2023", "2022-S1", "2023-Q4", "2021-02", "2022-10-28", "2020-01-01/P3Y"],
        Some(Form::Area) => &["FRE11", "FR-59", "BE32", "BE", "BE-57096A00-"],
        Some(Form::Reference) => return format!("T-{}", rng.below(1_000)),
        None => return format!("dossier {}", rng.below(1_000)),
    };
    rng.pick(texts).copied().unwrap_or_default().to_owned()
}
