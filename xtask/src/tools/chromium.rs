//! A browser of the Chromium family: the one named in `SAM_CHROMIUM`, one on the machine, or Debian's package.

use super::{apt, named, on_path};
use crate::outcome::{Outcome, Trouble};
use std::path::{Path, PathBuf};

const NAMES: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome"];

const MAC: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The program.
pub(super) fn find() -> Outcome<PathBuf> {
    if let Some(path) = named("SAM_CHROMIUM")?.or_else(there) {
        return Ok(path);
    }
    apt::install("chromium").map_err(|trouble| trouble.into_missing("Chromium (name one in SAM_CHROMIUM)"))?;
    there().ok_or_else(|| Trouble::missing("Chromium was installed but is not on the search path: set SAM_CHROMIUM"))
}

fn there() -> Option<PathBuf> {
    on_path(&NAMES).or_else(|| MAC.iter().map(Path::new).find(|path| path.is_file()).map(Path::to_owned))
}
