//! What a keeper asks of packs, from the command line: `cargo xtask packs`.
//!
//! Words enter: `test`, `coverage` (without a word both), `lint FILE`, `due --on DAY [--within DAYS]` or `diff OLD NEW [--cases FILE --on DAY]`, with
//! `--folder DIR` for packs of one's own beside those of the package, `--lang fr|nl|en` and `--json`. A text leaves, or one line of JSON;
//! the program fails where a test fails, or where the tests of a pack do not reach all of its rules and boundary days.

use sam_eurometropole::Rulebook;
use sam_eurometropole::date::Date;
use sam_eurometropole::json::Json;
use sam_eurometropole::message::Lang;
use sam_eurometropole::pack::coverage::coverage;
use sam_eurometropole::pack::diff::{Cases, diff};
use sam_eurometropole::pack::due::due;
use sam_eurometropole::pack::{Pack, test_packs};
use sam_eurometropole::rulebook::AddError;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(good) if good => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(text) => {
            // Nobody is left to tell if standard error is closed.
            let _ = writeln!(std::io::stderr(), "{text}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all is well, or why nothing could be said.
fn run(words: Vec<String>) -> Result<bool, String> {
    let mut asked = Asked { words, lang: Lang::En, json: false, from: PathBuf::new() };
    asked.json = asked.flag("--json");
    asked.from = asked.option("--from")?.map(PathBuf::from).unwrap_or_default();
    if let Some(lang) = asked.option("--lang")? {
        asked.lang = Lang::parse(&lang).ok_or_else(|| format!("`{lang}` is not fr, nl or en"))?;
    }
    let known = |word: &String| ["test", "coverage", "due", "diff", "lint"].contains(&word.as_str());
    let verb = if asked.words.first().is_some_and(known) { asked.words.remove(0) } else { String::new() };
    match verb.as_str() {
        "due" => asked.due(),
        "diff" => asked.diff(),
        "lint" => asked.lint(),
        verb => asked.tests(verb),
    }
}

/// The words that are not taken yet, and how to answer.
struct Asked {
    words: Vec<String>,
    lang: Lang,
    json: bool,
    from: PathBuf,
}

impl Asked {
    fn flag(&mut self, name: &str) -> bool {
        let at = self.words.iter().position(|word| word == name);
        at.map(|at| self.words.remove(at)).is_some()
    }

    fn option(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(at) = self.words.iter().position(|word| word == name) else { return Ok(None) };
        if at + 1 >= self.words.len() {
            return Err(format!("`{name}` wants a value"));
        }
        self.words.remove(at);
        Ok(Some(self.words.remove(at)))
    }

    fn day(&mut self) -> Result<Option<Date>, String> {
        let read = |day: String| Date::parse(&day).map_err(|error| format!("--on: {error}"));
        self.option("--on")?.map(read).transpose()
    }

    fn done(&self) -> Result<(), String> {
        if self.words.is_empty() { Ok(()) } else { Err(format!("not understood: `{}`", self.words.join(" "))) }
    }

    /// The rulebook of the package with the packs of the folder, if one is named.
    fn book(&mut self) -> Result<Rulebook, String> {
        let folder = self.option("--folder")?;
        self.done()?;
        let mut book = Rulebook::embedded().clone();
        for file in folder.map(|folder| files(&self.from.join(folder))).transpose()?.unwrap_or_default() {
            book = with_file(&book, &file, self.lang)?;
        }
        Ok(book)
    }

    fn tests(&mut self, verb: &str) -> Result<bool, String> {
        let book = self.book()?;
        let packs: Vec<&Pack> = book.packs().collect();
        let mut good = true;
        if verb != "coverage" {
            let report = test_packs(&book, &packs);
            good &= report.is_ok();
            self.say(&report.to_json(), &report.to_text(self.lang));
        }
        if verb != "test" {
            let report = coverage(&book, &packs);
            good &= report.packs.iter().all(|pack| pack.covers_rules() && pack.covers_days());
            self.say(&report.to_json(), &report.to_text(self.lang));
        }
        Ok(good)
    }

    fn lint(&mut self) -> Result<bool, String> {
        if self.words.is_empty() {
            return Err("`lint` wants a file".to_owned());
        }
        let file = self.from.join(self.words.remove(0));
        let book = self.book()?;
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let is_json = file.extension().is_some_and(|extension| extension == "json");
        let advice = if is_json { book.lint_pack_json(&text) } else { book.lint_pack_yaml(&text) };
        self.say(&advice.to_json(), &advice.to_text(self.lang));
        Ok(advice.is_ok())
    }

    fn due(&mut self) -> Result<bool, String> {
        let on = self.day()?.ok_or("`due` wants `--on DAY`")?;
        let read = |days: String| days.parse::<u32>().map_err(|_| format!("`{days}` is no number of days"));
        let within = self.option("--within")?.map(read).transpose()?.unwrap_or(0);
        let book = self.book()?;
        let report = due(&book, &book.packs().collect::<Vec<_>>(), on, within);
        self.say(&report.to_json(), &report.to_text(self.lang));
        Ok(true)
    }

    fn diff(&mut self) -> Result<bool, String> {
        let (cases, on) = (self.option("--cases")?, self.day()?);
        let [old, new] = self.words.as_slice() else { return Err("`diff` wants two files".to_owned()) };
        let text = cases.map(|file| read(&self.from.join(file))).transpose()?;
        let cases = match (&text, on) {
            (Some(text), Some(on)) => Some(Cases { text, on }),
            (None, None) => None,
            _ => return Err("`--cases FILE` and `--on DAY` go together".to_owned()),
        };
        let load = |file: &str| with_file(Rulebook::embedded(), &self.from.join(file), self.lang);
        let (before, after) = (load(old)?, load(new)?);
        let found = diff(&before, &after, &added(&after)?, cases).map_err(|error| error.to_string())?;
        self.say(&found.to_json(), &found.to_text(self.lang));
        Ok(true)
    }

    fn say(&self, json: &Json, text: &str) {
        let told = if self.json { json.to_canonical() + "\n" } else { text.to_owned() };
        // Nobody reads on if standard output is closed.
        let _ = std::io::stdout().write_all(told.as_bytes());
    }
}

/// The id of the one pack that was added.
fn added(book: &Rulebook) -> Result<String, String> {
    let own = book.packs().find(|pack| pack.origin == sam_eurometropole::pack::Origin::Added);
    own.map(|pack| pack.id.clone()).ok_or_else(|| "no pack was added".to_owned())
}

fn with_file(book: &Rulebook, file: &Path, lang: Lang) -> Result<Rulebook, String> {
    let text = read(file)?;
    let yaml = file.extension().is_some_and(|ending| ending != "json");
    let added = if yaml { book.with_pack_yaml(&text, true) } else { book.with_pack_json(&text, true) };
    added.map_err(|error| match error {
        AddError::Problems(problems) => {
            let lines = problems.iter().map(|problem| problem.to_text(book.messages(), lang));
            lines.map(|line| format!("{}: {line}", file.display())).collect::<Vec<_>>().join("\n")
        }
        AddError::Taken(id) => format!("{}: `{id}` is taken", file.display()),
    })
}

/// The packs of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}
