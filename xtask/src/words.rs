//! No file of the project names a folder of somebody's machine or the host of a registry: what is installed comes from wherever the
//! machine is set to.

use crate::outcome::{Outcome, Trouble};
use crate::project::Project;
use crate::run::Run;
use std::fs;

/// Parts of forbidden words, joined below so that this file may be searched too.
const WORDS: [(&str, &str); 13] = [
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/Us", "ers/"),
    ("/t", "mp/"),
    ("deb.deb", "ian.org"),
    ("registry.npm", "js.org"),
    ("pypi", ".org"),
    ("pythonho", "sted.org"),
    ("index.cra", "tes.io"),
    ("static.cra", "tes.io"),
    ("static.rust-", "lang.org"),
    ("artifac", "tory"),
];

/// Cargo writes the name of its default registry into this file, whatever the machine uses.
const LOCKS: [&str; 2] = ["Cargo.lock", "fuzz/Cargo.lock"];

/// Fails where a file has such a word.
pub(crate) fn check(project: &Project) -> Outcome<String> {
    let list = Run::new("git ls-files", "git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .dir(&project.root)
        .text()?;
    let files: Vec<&str> = list.split('\0').filter(|name| !name.is_empty() && !LOCKS.contains(name)).collect();
    let found: Vec<String> = files.iter().flat_map(|name| in_file(project, name)).collect();
    if found.is_empty() {
        return Ok(format!("{} files", files.len()));
    }
    Err(Trouble::failed(found.join("\n")))
}

/// The hits in a file. One that is no text, or is gone, has none.
fn in_file(project: &Project, name: &str) -> Vec<String> {
    fs::read_to_string(project.root.join(name)).map(|text| hits(name, &text)).unwrap_or_default()
}

fn hits(name: &str, text: &str) -> Vec<String> {
    let words: Vec<String> = WORDS.iter().map(|(start, end)| format!("{start}{end}")).collect();
    let hit = |(number, line): (usize, &str)| {
        let word = words.iter().find(|word| has(line, word))?;
        Some(format!("{name}:{}: `{word}`", number + 1))
    };
    text.lines().enumerate().filter_map(hit).collect()
}

/// Whether the word stands at its own beginning: a folder inside an address or a relative path is no machine's folder.
fn has(line: &str, word: &str) -> bool {
    let free =
        |before: Option<char>| before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '}'));
    line.match_indices(word).any(|(at, _)| free(line.get(..at).and_then(|text| text.chars().next_back())))
}

#[cfg(test)]
mod tests {
    use super::hits;

    #[test]
    fn a_folder_of_a_machine_is_found_with_its_line() {
        let text = format!("fine\nsee {}{}x\n", "/ro", "ot/");
        assert_eq!(hits("a.md", &text), [format!("a.md:2: `{}{}`", "/ro", "ot/")]);
        assert!(hits("a.md", "fine").is_empty());
        assert!(hits("a.md", &format!("https://a.example{}{}x", "/ho", "me/")).is_empty());
    }
}
