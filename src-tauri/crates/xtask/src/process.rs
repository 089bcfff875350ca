//! Running programs: quietly for a question, visibly for a task, counted for a test run.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context as _, Result, bail};

use crate::place::Place;
use crate::tally::{Tally, count};

/// A command about to be run.
pub(crate) struct Run {
    command: Command,
    text: String,
}

impl Run {
    /// `program` in `folder`.
    pub(crate) fn new(program: impl AsRef<OsStr>, folder: &Path) -> Self {
        let mut command = Command::new(program.as_ref());
        command.current_dir(folder);
        Self {
            command,
            text: program.as_ref().to_string_lossy().into_owned(),
        }
    }

    /// Cargo at the root.
    pub(crate) fn cargo(place: &Place, args: &[&str]) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut run = Self::new(cargo, &place.root);
        run.text = "cargo".to_owned();
        run.args(args)
    }

    /// npm in the folder of the screens.
    pub(crate) fn npm(place: &Place, args: &[&str]) -> Self {
        Self::new(script("npm"), &place.ui()).args(args)
    }

    /// With further arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        for arg in args {
            self.text.push(' ');
            self.text.push_str(&arg.as_ref().to_string_lossy());
            self.command.arg(arg);
        }
        self
    }

    /// With a variable set.
    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// Runs to the end, showing what it prints; the number it ended with, `None` when it was killed.
    pub(crate) fn code(mut self) -> Result<Option<i32>> {
        Ok(self.status()?.code())
    }

    /// Runs to the end, showing what it prints; an error unless it ended with 0.
    pub(crate) fn done(mut self) -> Result<()> {
        let status = self.status()?;
        if !status.success() {
            bail!("{}: {status}", self.text);
        }
        Ok(())
    }

    fn status(&mut self) -> Result<ExitStatus> {
        println!("$ {}", self.text);
        self.command.status().with_context(|| self.text.clone())
    }

    /// Runs to the end, showing what it prints and counting the tests it reports.
    pub(crate) fn counted(mut self) -> Result<(bool, Tally)> {
        println!("$ {}", self.text);
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Colour would only hide the numbers from the count.
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never")
            .spawn()
            .with_context(|| self.text.clone())?;
        let out = child
            .stdout
            .take()
            .map(|pipe| thread::spawn(move || show(pipe)));
        let err = child
            .stderr
            .take()
            .map(|pipe| thread::spawn(move || show(pipe)));
        let status = child.wait()?;
        let mut tally = Tally::default();
        for thread in [out, err].into_iter().flatten() {
            tally += thread.join().unwrap_or_default();
        }
        Ok((status.success(), tally))
    }
}

/// Whether `program args…` can be run and ends with 0; prints nothing.
pub(crate) fn answers(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What `program args…` prints, if it can be run.
pub(crate) fn output(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Name under which the system finds one of Node's scripts.
pub(crate) fn script(name: &str) -> String {
    if cfg!(windows) {
        format!("{name}.cmd")
    } else {
        name.to_owned()
    }
}

/// Passes everything on, line by line, and counts the tests.
fn show(pipe: impl Read) -> Tally {
    let mut lines = BufReader::new(pipe);
    let mut tally = Tally::default();
    let mut line = Vec::new();
    while lines
        .read_until(b'\n', &mut line)
        .is_ok_and(|read| read > 0)
    {
        // Nobody to read it any more is no reason to stop the tests.
        let _ = std::io::stdout().write_all(&line);
        tally += count(&String::from_utf8_lossy(&line));
        line.clear();
    }
    tally
}
