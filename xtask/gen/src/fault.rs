//! What is wrong with a source, all of it, before anything is written.

use std::fmt;

/// One fault: the file, and what is wrong in it.
#[derive(Debug)]
pub(crate) struct Fault {
    file: String,
    what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.what)
    }
}

/// The faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn one(file: impl fmt::Display, what: impl fmt::Display) -> Self {
        let mut faults = Self::default();
        faults.add(file, what);
        faults
    }

    pub(crate) fn all(file: impl fmt::Display, what: &[impl fmt::Display]) -> Self {
        let mut faults = Self::default();
        what.iter().for_each(|what| faults.add(&file, what));
        faults
    }

    pub(crate) fn add(&mut self, file: impl fmt::Display, what: impl fmt::Display) {
        self.0.push(Fault { file: file.to_string(), what: what.to_string() });
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// The value, or its default after taking over its faults: reading goes on, so that one run tells them all.
    pub(crate) fn keep<T: Default>(&mut self, read: Result<T, Self>) -> T {
        read.unwrap_or_else(|more| {
            self.0.extend(more.0);
            T::default()
        })
    }

    pub(crate) fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}
