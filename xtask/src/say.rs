//! What is printed. A reader who went away (a closed pipe) is no error.

use std::io::Write as _;

/// A line for the person.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// A line about trouble.
pub(crate) fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A text with each line set in, for what a failed program said.
pub(crate) fn indented(text: &str) -> String {
    text.lines().map(|line| format!("     | {line}")).collect::<Vec<_>>().join("\n")
}
