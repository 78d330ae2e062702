//! Judges mutants: which lines pass by which mutant, then each mutant by its lines, and what no line notices by the test programs.
//!
//! Two workers judge many mutants one after the other, since a mutant is switched on and off while the program runs. What a rulebook
//! passes by while it is loaded gets a program of its own. A line that takes longer than ten seconds, and a program that dies, have noticed.

use crate::Outcome;
use crate::find::Mutant;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A line takes some milliseconds.
const LINE: Duration = Duration::from_secs(10);

/// The longest test program takes less than a minute.
const PROGRAM: Duration = Duration::from_secs(300);

/// Mutants that never stop asking for memory stop here: kilobytes.
const MEMORY: &str = "ulimit -v 6000000; exec \"$0\" \"$@\"";

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Caught,
    TimedOut,
    Missed,
}

/// Which lines pass by each mutant, the quickest first.
pub(crate) struct Recorded {
    lines: BTreeMap<usize, Vec<(u64, String)>>,
    all: Vec<(u64, String)>,
    start: BTreeSet<usize>,
}

pub(crate) fn prepare(judge: &Path, cases: &Path, lines: &Path) -> Outcome<Recorded> {
    said(program(judge, &["prepare"]).arg(cases).arg(lines))?;
    let mut recorded = Recorded { lines: BTreeMap::new(), all: Vec::new(), start: BTreeSet::new() };
    for told in said(program(judge, &["record"]).arg(lines))?.lines() {
        let numbers: Vec<usize> =
            told.split(' ').map(str::parse).collect::<Result<_, _>>().map_err(|_| told.to_owned())?;
        let [at, len, micros, reached @ ..] = numbers.as_slice() else { continue };
        if *len == 0 {
            recorded.start = reached.iter().copied().collect();
            continue;
        }
        let line = (*micros as u64, format!("{at} {len}"));
        for id in reached {
            recorded.lines.entry(*id).or_default().push(line.clone());
        }
        recorded.all.push(line);
    }
    recorded.lines.values_mut().for_each(|lines| lines.sort());
    recorded.all.sort();
    Ok(recorded)
}

impl Recorded {
    pub(crate) fn is_reached(&self, id: usize) -> bool {
        self.start.contains(&id) || self.lines.contains_key(&id)
    }

    /// What a worker is told. What the start passes by can change every line.
    fn told(&self, id: usize) -> Option<String> {
        let lines = if self.start.contains(&id) { Some(&self.all) } else { self.lines.get(&id) };
        lines.map(|lines| lines.iter().fold(id.to_string(), |told, (_, line)| format!("{told} {line}")))
    }
}

fn program(program: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", MEMORY]).arg(program).args(words).stderr(Stdio::null()).env("RUST_BACKTRACE", "0");
    command
}

fn said(command: &mut Command) -> Outcome<String> {
    let out = command.output()?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    if out.status.success() { Ok(text) } else { Err(text.lines().last().unwrap_or("a program died").to_owned().into()) }
}

/// A program that judges one mutant after the other.
struct Worker {
    child: Child,
    input: ChildStdin,
    said: Receiver<String>,
}

impl Worker {
    fn start(judge: &Path, lines: &Path, fresh: Option<usize>) -> Outcome<Self> {
        let mut command = program(judge, &[if fresh.is_some() { "fresh" } else { "work" }]);
        command.arg(lines).env("SAM_MUTANT", fresh.unwrap_or(0).to_string());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (input, output) = child.stdin.take().zip(child.stdout.take()).ok_or("a worker without pipes")?;
        let (sender, said) = channel();
        thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Ok(Self { child, input, said })
    }

    /// What it says of a mutant; none where it fell out of use.
    fn judge(&mut self, told: &str) -> (Fate, bool) {
        if writeln!(self.input, "{told}").is_err() {
            return (Fate::Caught, false);
        }
        loop {
            match self.said.recv_timeout(LINE).as_deref() {
                Ok(".") => {}
                Ok("missed") => return (Fate::Missed, true),
                Ok("caught") => return (Fate::Caught, true),
                // A difference that stays once the mutant is off may be that of the one before.
                Ok(_) => return (Fate::Missed, false),
                Err(RecvTimeoutError::Timeout) => return (Fate::TimedOut, false),
                Err(RecvTimeoutError::Disconnected) => return (Fate::Caught, false),
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Judges by two at a time; `work` makes what judges one after the other.
fn by_two<F>(mutants: &[&Mutant], work: impl Fn() -> F + Sync) -> Outcome<Vec<(usize, Fate)>>
where
    F: FnMut(usize) -> Outcome<Fate>,
{
    let (queue, done) = (Mutex::new(mutants.iter()), Mutex::new(Vec::new()));
    let work = || -> Result<(), String> {
        let mut judge = work();
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(mutant) = next else { return Ok(()) };
            let fate = judge(mutant.id).map_err(|error| error.to_string())?;
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((mutant.id, fate));
            if done.len() % 100 == 0 {
                crate::tell(&format!("     … {} of {}", done.len(), mutants.len()));
            }
        }
    };
    thread::scope(|scope| {
        let both = [scope.spawn(work), scope.spawn(work)];
        both.into_iter().try_for_each(|one| one.join().unwrap_or_else(|_| Err("a worker fell".to_owned())))
    })?;
    Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Each mutant by the lines that pass by it.
pub(crate) fn by_lines(
    judge: &Path,
    lines: &Path,
    recorded: &Recorded,
    mutants: &[&Mutant],
) -> Outcome<Vec<(usize, Fate)>> {
    by_two(mutants, || {
        let mut kept: Option<Worker> = None;
        move |id| {
            let Some(told) = recorded.told(id) else { return Ok(Fate::Missed) };
            if recorded.start.contains(&id) {
                return Ok(Worker::start(judge, lines, Some(id))?.judge(&told).0);
            }
            for _ in 0..2 {
                let mut worker = match kept.take() {
                    Some(worker) => worker,
                    None => Worker::start(judge, lines, None)?,
                };
                let (fate, is_usable) = worker.judge(&told);
                kept = is_usable.then_some(worker);
                if is_usable || fate != Fate::Missed {
                    return Ok(fate);
                }
            }
            // It fell out of use twice, the second time with nothing before it.
            Ok(Fate::Caught)
        }
    })
}

/// Each mutant by the test programs.
pub(crate) fn by_tests(tests: &[PathBuf], folder: &Path, mutants: &[&Mutant]) -> Outcome<Vec<(usize, Fate)>> {
    by_two(mutants, || {
        move |id| {
            for test in tests {
                match run(test, folder, id)? {
                    Fate::Missed => {}
                    noticed => return Ok(noticed),
                }
            }
            Ok(Fate::Missed)
        }
    })
}

fn run(test: &Path, folder: &Path, id: usize) -> Outcome<Fate> {
    let mut command = program(test, &["--test-threads", "1"]);
    command.env("SAM_MUTANT", id.to_string()).current_dir(folder).stdout(Stdio::null());
    let mut child = command.spawn()?;
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(if status.success() { Fate::Missed } else { Fate::Caught });
        }
        if begun.elapsed() > PROGRAM {
            let _ = child.kill();
            let _ = child.wait();
            return Ok(Fate::TimedOut);
        }
        thread::sleep(Duration::from_millis(20));
    }
}
