//! The JavaScript module that reads packs written in YAML: it converts, and nothing else.
//!
//! The text of a pack enters; the JSON form of the same document leaves, for the engine to take, or all problems are thrown, as a JSON
//! text. It is the reader of every other language, with the code lists and messages of the rulebook, and stands beside the engine, which
//! reads JSON alone.

#[path = "../../src/thrown.rs"]
mod thrown;

use sam_eurometropole as core;
use sam_eurometropole::rulebook::AddError;
use thrown::not_taken;
use wasm_bindgen::prelude::*;

/// The files of the rulebook, as they come.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Files(core::files::Files);

#[wasm_bindgen]
impl Files {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a file, if it is of the version of the module.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Outcome<()> {
        self.0.add(name, bytes).map_err(|wrong| not_taken(&wrong))
    }

    /// The reader by what came.
    pub fn book(&self) -> Outcome<Book> {
        self.0.rulebook().map(Book).map_err(|wrong| not_taken(&wrong))
    }
}

/// What packs are held against.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Book(core::Rulebook);

/// What is thrown.
type Outcome<T> = Result<T, JsValue>;

#[wasm_bindgen]
impl Book {
    /// A copy with a code list added, written in JSON.
    pub fn with_codes(&self, text: &str) -> Outcome<Self> {
        self.0.with_codes_json(text, true).map(Self).map_err(|wrong| self.not_read("codes", wrong))
    }

    /// The JSON form of a pack written in YAML.
    pub fn pack_json(&self, text: &str) -> Outcome<String> {
        let read = self.0.pack_json_of_yaml(text);
        read.map(|document| document.to_canonical()).map_err(|wrong| self.not_read("pack", wrong))
    }
}

impl Book {
    fn not_read(&self, what: &str, wrong: AddError) -> JsValue {
        let problems = if let AddError::Problems(problems) = wrong { problems } else { Vec::new() };
        thrown::problems(&self.0, what, &problems)
    }
}
