//! Parts that make up a whole.

/// Codes of a field of the breakdown that do not overlap and together are the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    pub(super) field: String,
    pub(super) codes: Vec<String>,
}

impl Partition {
    /// The field of the breakdown.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The codes.
    #[must_use]
    pub fn codes(&self) -> &[String] {
        &self.codes
    }
}
