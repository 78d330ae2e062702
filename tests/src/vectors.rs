//! The vectors: reading, running, writing expectations.

use crate::calls::{read, run};
use crate::shuffle::shuffle_text;
use sam_eurometropole::hash::sha256_hex;
use sam_eurometropole::json::Json;
use std::fs;
use std::path::{Path, PathBuf};

/// One vector.
#[derive(Clone, Debug)]
pub struct Vector {
    /// `file#name`.
    pub id: String,
    /// The call.
    pub call: String,
    /// Its input.
    pub input: Json,
    /// The whole output, or the members of it that are named.
    pub expect: Expect,
    /// The vector as it stands in its file.
    pub document: Json,
}

/// What a vector expects.
#[derive(Clone, Debug)]
pub enum Expect {
    /// The whole output.
    All(Json),
    /// These members of it.
    Members(Json),
}

/// The folder of the vectors.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The files of vectors, sorted by name.
///
/// # Errors
/// A sentence with the file.
pub fn files() -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder()).map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "json") && !path.ends_with("schema.json"))
        .collect();
    files.sort();
    Ok(files)
}

/// All vectors.
///
/// # Errors
/// A sentence with the file and what is wrong in it.
pub fn load() -> Result<Vec<Vector>, String> {
    let mut out: Vec<Vector> = Vec::new();
    for file in files()? {
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let list = read(&text).map_err(|error| format!("{name}: {error}"))?;
        for document in list.as_list().ok_or_else(|| format!("{name}: a list is wanted"))? {
            let vector = one(&name, document)?;
            if out.iter().any(|other| other.id == vector.id) {
                return Err(format!("{} is there twice", vector.id));
            }
            out.push(vector);
        }
    }
    Ok(out)
}

fn one(file: &str, document: &Json) -> Result<Vector, String> {
    let text = |key: &str| document.get(key).and_then(Json::as_str).map(str::to_owned);
    let name = text("name").ok_or_else(|| format!("{file}: a vector has a name"))?;
    let id = format!("{file}#{name}");
    if !matches!(document.get("by").and_then(Json::as_str), Some("hand" | "reviewed")) {
        return Err(format!("{id}: `by` is `hand` or `reviewed`"));
    }
    let expect = match (document.get("expect"), document.get("expect_members")) {
        (Some(expect), None) => Expect::All(expect.clone()),
        (None, Some(members)) => Expect::Members(members.clone()),
        _ => return Err(format!("{id}: `expect` or `expect_members`")),
    };
    let call = text("call").ok_or_else(|| format!("{id}: `call`"))?;
    let input = document.get("input").cloned().ok_or_else(|| format!("{id}: `input`"))?;
    Ok(Vector { id, call, input, expect, document: document.clone() })
}

impl Vector {
    /// What Rust gives, if it is what the vector expects.
    ///
    /// # Errors
    /// A sentence that shows both.
    pub fn check(&self) -> Result<String, String> {
        let output = run(&self.call, &self.input).map_err(|error| format!("{}: {error}", self.id))?;
        self.compare(&output)?;
        Ok(output)
    }

    fn compare(&self, output: &str) -> Result<(), String> {
        let differ = |wanted: String, got: &str| Err(format!("{}\n  expected {wanted}\n  got      {got}", self.id));
        match &self.expect {
            Expect::All(expect) if expect.to_canonical() != output => differ(expect.to_canonical(), output),
            Expect::All(_) => Ok(()),
            Expect::Members(members) => {
                let got = read(output)?;
                for (name, wanted) in members.as_object().unwrap_or_default() {
                    let value = member(&got, name).to_canonical();
                    if wanted.to_canonical() != value {
                        return differ(format!("{name} {}", wanted.to_canonical()), &value);
                    }
                }
                Ok(())
            }
        }
    }

    /// The input with the keys of the record shuffled, as text.
    #[must_use]
    pub fn shuffled(&self, seed: u64) -> Json {
        let Some(members) = self.input.as_object() else { return self.input.clone() };
        // A problem of a pack, a list or a stored record names its place in the text, and a text that is cut is about its order; a number is no record, a table no JSON.
        let fixed = ["pack", "identifier", "csv", "ndjson", "codes", "own_indicators", "migrate", "national"];
        if fixed.iter().any(|start| self.call.starts_with(start)) {
            return self.input.clone();
        }
        let member = |(name, value): &(String, Json)| {
            let text = match (name.as_str(), value) {
                ("value", value) => shuffle_text(&value.to_canonical(), seed),
                ("text", Json::Text(text)) => shuffle_text(text, seed),
                _ => None,
            };
            text.map_or_else(|| (name.clone(), value.clone()), |text| ("text".to_owned(), Json::from(text)))
        };
        Json::Object(members.iter().map(member).collect())
    }
}

/// A member by its name, or by a JSON Pointer.
#[must_use]
pub fn member(json: &Json, name: &str) -> Json {
    let mut at = Some(json);
    for step in name.strip_prefix('/').unwrap_or(name).split('/') {
        at = at.and_then(|json| match step.parse::<usize>() {
            Ok(index) => json.as_list().and_then(|items| items.get(index)),
            Err(_) => json.get(step),
        });
    }
    at.cloned().unwrap_or(Json::Null)
}

/// A line for the runners of other languages: the call, its input, and the text that Rust gave and that fits the vector.
///
/// # Errors
/// A sentence, where the vector does not hold in Rust.
pub fn line(vector: &Vector, seed: Option<u64>) -> Result<String, String> {
    let expect = vector.check()?;
    let input = seed.map_or_else(|| vector.input.clone(), |seed| vector.shuffled(seed));
    let mut members = vec![
        ("id".to_owned(), Json::from(vector.id.as_str())),
        ("call".to_owned(), Json::from(vector.call.as_str())),
        ("input".to_owned(), input),
        ("expect".to_owned(), Json::from(expect)),
    ];
    members.extend(vector.document.get("skip").map(|skip| ("skip".to_owned(), skip.clone())));
    Ok(Json::Object(members).to_canonical())
}

/// The hash of an output, as runners write it into their results.
#[must_use]
pub fn hash(output: &str) -> String {
    sha256_hex(output.as_bytes())
}
