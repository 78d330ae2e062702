//! Debian's packages: installing one on the system, or fetching one into a folder without touching the system.

use super::on_path;
use crate::outcome::{Outcome, Trouble};
use crate::run::Run;
use crate::say;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Installs a package: as root, or by `sudo` where it asks for no password.
pub(super) fn install(package: &str) -> Outcome {
    if on_path(&["apt-get"]).is_none() {
        return Err(Trouble::missing("this is no Debian, install it by hand"));
    }
    let by_root = Run::new("id", "id").arg("-u").text().is_ok_and(|id| id.trim() == "0");
    if !by_root && Run::new("sudo", "sudo").args(["-n", "true"]).go().is_err() {
        return Err(Trouble::missing(format!("not root, and sudo wants a password: apt-get install {package}")));
    }
    say::line(&format!("     installing {package} (Debian)"));
    let apt = |words: &[&str]| {
        let program = if by_root { "env" } else { "sudo" };
        Run::new(&format!("apt-get {}", words.join(" ")), program)
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"])
            .args(words)
            .go()
    };
    // Stale lists are a common state of an image. If they cannot be renewed, the installation says what is wrong.
    let _ = apt(&["update"]);
    apt(&["install", "--no-install-recommends", package])
}

/// A private state of apt in a folder: its own lists and sources, so that the system's are neither read nor written.
pub(super) struct Private {
    folder: PathBuf,
}

impl Private {
    /// Asks the machine's own mirror for these suites. A suite that the mirror does not have is passed over.
    pub(super) fn new(folder: &Path, suites: &[&str]) -> Outcome<Self> {
        let mirrors = mirrors();
        if mirrors.is_empty() || on_path(&["apt-get"]).is_none() {
            return Err(Trouble::missing("no Debian mirror is set on this machine"));
        }
        for part in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(part))?;
        }
        let line = |mirror: &String, suite: &&str| {
            format!("deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {mirror} {suite} main\n")
        };
        let sources: String = mirrors.iter().flat_map(|m| suites.iter().map(move |s| line(m, s))).collect();
        fs::write(folder.join("sources.list"), sources)?;
        let apt = Self { folder: folder.to_owned() };
        let _ = apt.run("apt-get").arg("update").go();
        Ok(apt)
    }

    fn run(&self, program: &str) -> Run {
        let at = |name: &str| self.folder.join(name).display().to_string();
        let options = [
            format!("Dir::State={}", at("")),
            format!("Dir::State::Lists={}", at("lists")),
            format!("Dir::Cache={}", at("cache")),
            format!("Dir::Etc::SourceList={}", at("sources.list")),
            "Dir::Etc::SourceParts=/dev/null".to_owned(),
            "Acquire::Languages=none".to_owned(),
            "APT::Sandbox::User=root".to_owned(),
        ];
        Run::new(program, program).args(options.iter().flat_map(|option| ["-o", option.as_str()])).dir(&self.folder)
    }

    /// The versions of a package, newest first.
    pub(super) fn versions(&self, package: &str) -> Outcome<Vec<String>> {
        let text = self.run("apt-cache").args(["madison", package]).text()?;
        Ok(text.lines().filter_map(|line| line.split('|').nth(1)).map(|version| version.trim().to_owned()).collect())
    }

    /// Fetches a package and unpacks it.
    pub(super) fn unpack(&self, package: &str, version: &str, into: &Path) -> Outcome {
        self.run("apt-get").args(["download", &format!("{package}={version}")]).go()?;
        let is_deb = |path: &PathBuf| path.extension().is_some_and(|e| e == "deb");
        let deb = fs::read_dir(&self.folder)?.filter_map(|entry| Some(entry.ok()?.path())).find(is_deb);
        let deb = deb.ok_or_else(|| Trouble::failed(format!("apt-get fetched no file of {package}")))?;
        Run::new("dpkg-deb", "dpkg-deb").arg("-x").arg(deb).arg(into).go()
    }
}

/// The Debian archives in the machine's apt sources, security and backports aside.
fn mirrors() -> BTreeSet<String> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    let more = fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten();
    files.extend(more.filter_map(|entry| Some(entry.ok()?.path())));
    files.retain(|path| path.extension().is_some_and(|e| e == "list" || e == "sources"));
    let texts = files.iter().filter_map(|path| fs::read_to_string(path).ok());
    texts.flat_map(|text| addresses(&text)).collect()
}

fn addresses(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with("URIs:") || line.starts_with("deb "));
    let words = lines.flat_map(str::split_whitespace);
    words
        .filter(|word| word.contains("://"))
        .map(|word| word.trim_end_matches('/'))
        .filter(|word| word.ends_with("/debian"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn mirrors_are_found_in_both_forms_of_sources() {
        let old = "# deb http://no.example/debian x main\ndeb [arch=amd64] http://a.example/debian/ bookworm main\n";
        let new = "Types: deb\nURIs: http://b.example/debian\nSuites: bookworm\n";
        let security = "URIs: http://b.example/debian-security";
        assert_eq!(addresses(old), ["http://a.example/debian"]);
        assert_eq!(addresses(new), ["http://b.example/debian"]);
        assert!(addresses(security).is_empty());
    }
}
