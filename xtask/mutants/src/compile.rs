//! Builds the copy; mutants that rustc refuses are dropped, by the places of its errors, until the rest compiles.

use crate::Outcome;
use crate::copy::Copy;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// Errors of one kind hide those of the next.
const ROUNDS: usize = 12;

/// A copy that compiles, and the names of what was dropped.
pub(crate) fn viable(root: &Path, folder: &Path) -> Outcome<(Copy, BTreeSet<String>)> {
    let memory = folder.with_extension("dropped");
    let mut dropped: BTreeSet<String> =
        fs::read_to_string(&memory).unwrap_or_default().lines().map(str::to_owned).collect();
    for _ in 0..ROUNDS {
        let copy = Copy::make(root, folder, &dropped)?;
        let errors = errors(&cargo(&copy.folder, &["check", "--package", "sam-eurometropole", "--lib"])?);
        if errors.is_empty() {
            return Ok((copy, dropped));
        }
        let before = dropped.len();
        for error in &errors {
            let refused =
                error.places.iter().filter_map(|(file, place)| copy.files.get(file).map(|file| file.around(place)));
            let refused: Vec<usize> = refused.flatten().copied().collect();
            dropped.extend(
                copy.mutants.iter().filter(|mutant| refused.contains(&mutant.id)).map(|mutant| mutant.name.clone()),
            );
        }
        if dropped.len() == before {
            let texts: Vec<&str> = errors.iter().take(3).map(|error| error.text.as_str()).collect();
            return Err(format!("the copy does not compile, and not by a mutant:\n{}", texts.join("\n")).into());
        }
        fs::write(&memory, dropped.iter().map(|name| format!("{name}\n")).collect::<String>())?;
    }
    Err("the copy does not compile".into())
}

/// The program that judges by lines.
pub(crate) fn judge(copy: &Copy) -> Outcome<PathBuf> {
    let built = cargo(&copy.folder, &["build", "--package", "sam-conformance", "--bin", "mutant"])?;
    Ok(executables(&built).pop().ok_or("cargo names no judge")?)
}

/// The test programs that ask the engine: those of the core's own modules, and the suites about rules.
pub(crate) fn tests(copy: &Copy) -> Outcome<Vec<PathBuf>> {
    let words = ["test", "--no-run", "--package", "sam-eurometropole", "--package", "sam-conformance"];
    let which = ["--lib", "--test", "suite", "--test", "laws", "--test", "changes"];
    Ok(executables(&cargo(&copy.folder, &[&words[..], &which].concat())?))
}

struct Error {
    text: String,
    places: Vec<(PathBuf, Range<usize>)>,
}

fn cargo(folder: &Path, words: &[&str]) -> Outcome<Vec<Value>> {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let out = Command::new(program)
        .args(words)
        .args(["--message-format", "json", "--config", "profile.dev.package.sam-eurometropole.debug=false"])
        // What the core is built from is there already.
        .env("CARGO_TARGET_DIR", folder.parent().unwrap_or(folder))
        .current_dir(folder)
        .stderr(Stdio::inherit())
        .output()?;
    Ok(String::from_utf8_lossy(&out.stdout).lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

fn executables(messages: &[Value]) -> Vec<PathBuf> {
    messages.iter().filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from)).collect()
}

fn errors(messages: &[Value]) -> Vec<Error> {
    let errors = messages.iter().filter_map(|message| message.get("message"));
    errors.filter(|error| error.get("level").and_then(Value::as_str) == Some("error")).map(error).collect()
}

fn error(message: &Value) -> Error {
    let text = message.get("rendered").and_then(Value::as_str).unwrap_or_default().to_owned();
    let spans = message.get("spans").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let primary = spans.iter().filter(|span| span.get("is_primary") == Some(&Value::Bool(true)));
    Error { text, places: primary.filter_map(place).collect() }
}

fn place(span: &Value) -> Option<(PathBuf, Range<usize>)> {
    let byte = |name| span.get(name).and_then(Value::as_u64).and_then(|byte| usize::try_from(byte).ok());
    Some((PathBuf::from(span.get("file_name")?.as_str()?), byte("byte_start")?..byte("byte_end")?))
}
