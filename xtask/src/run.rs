//! Running another program: a name for the person, a line now and then while it lasts, and what it said when it fails.
//!
//! Output goes to files, not pipes, so that a program that says much never waits for us and can be stopped at a time limit.

use crate::outcome::{Outcome, Trouble};
use crate::say;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may be silent to the person.
const PROGRESS: Duration = Duration::from_secs(15);

/// How many lines of a failed program are shown.
const SHOWN: usize = 80;

/// A program to be run.
pub(crate) struct Run {
    name: String,
    command: Command,
    limit: Option<Duration>,
}

/// What a program said.
struct Said {
    status: ExitStatus,
    out: String,
    all: String,
}

impl Run {
    /// A program; `name` is what the person reads.
    pub(crate) fn new(name: &str, program: impl AsRef<OsStr>) -> Self {
        Self { name: name.to_owned(), command: Command::new(program), limit: None }
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn envs(mut self, pairs: &[(String, String)]) -> Self {
        self.command.envs(pairs.iter().map(|(name, value)| (name, value)));
        self
    }

    pub(crate) fn dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Stops the program after this time, which is then a failure.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Runs it in silence. A failure shows the end of what it said.
    pub(crate) fn go(self) -> Outcome {
        self.text().map(|_| ())
    }

    /// Runs it in silence and gives what it printed.
    pub(crate) fn text(self) -> Outcome<String> {
        let name = self.name.clone();
        let said = self.listen()?;
        if said.status.success() {
            return Ok(said.out);
        }
        Err(Trouble::failed(format!("{name}: {}\n{}", said.status, say::indented(&tail(&said.all)))))
    }

    /// Runs it with its output on the screen.
    pub(crate) fn show(mut self) -> Outcome {
        let status = self.command.status().map_err(|error| self.not_started(&error))?;
        if status.success() { Ok(()) } else { Err(Trouble::failed(format!("{}: {status}", self.name))) }
    }

    fn listen(mut self) -> Outcome<Said> {
        let (out, err) = (Scratch::new(), Scratch::new());
        self.command.stdin(Stdio::null()).stdout(out.create()?).stderr(err.create()?);
        let child = self.command.spawn().map_err(|error| self.not_started(&error))?;
        let status = self.wait(child)?;
        let (out, err) = (out.read()?, err.read()?);
        let all = format!("{out}{err}");
        Ok(Said { status, out, all })
    }

    fn wait(&self, mut child: Child) -> Outcome<ExitStatus> {
        let start = Instant::now();
        let mut told = start;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if self.limit.is_some_and(|limit| start.elapsed() > limit) {
                let _ = child.kill();
                let _ = child.wait();
                return Err(Trouble::failed(format!("{}: stopped after {} s", self.name, start.elapsed().as_secs())));
            }
            if told.elapsed() > PROGRESS {
                told = Instant::now();
                say::line(&format!("     … {} {} s", self.name, start.elapsed().as_secs()));
            }
            thread::sleep(Duration::from_millis(if start.elapsed().as_secs() < 1 { 5 } else { 50 }));
        }
    }

    fn not_started(&self, error: &std::io::Error) -> Trouble {
        let program = self.command.get_program().to_string_lossy();
        match error.kind() {
            ErrorKind::NotFound => Trouble::missing(format!("`{program}` is not on this machine")),
            _ => Trouble::failed(format!("`{program}`: {error}")),
        }
    }
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.len().saturating_sub(SHOWN);
    lines.get(start..).unwrap_or_default().join("\n")
}

/// A file for what a program says, removed with the value.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("sam-xtask-{}-{number}", std::process::id())))
    }

    fn create(&self) -> Outcome<File> {
        File::create(&self.0).map_err(|error| Trouble::failed(format!("{}: {error}", self.0.display())))
    }

    fn read(&self) -> Outcome<String> {
        Ok(String::from_utf8_lossy(&fs::read(&self.0)?).into_owned())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
