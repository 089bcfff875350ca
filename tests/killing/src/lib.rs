//! Killing in tests: how often, at which instants, and a test started again as the process to be killed.
//!
//! What is left afterwards is for each test to judge. Not a test itself; knows nothing of the station.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a process is killed: `ZHAOSHEN_KILL_ROUNDS`, or `few`, enough for every run of the tests.
#[must_use]
pub fn rounds(few: u32) -> u32 {
    let asked = env::var("ZHAOSHEN_KILL_ROUNDS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// Instants drawn from a seed: the same in every run. Knuth's linear congruential generator, MMIX.
#[derive(Debug)]
pub struct Instants(u64);

impl Instants {
    /// Those of a seed.
    #[must_use]
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// The next one, from zero to less than `span`, in whole microseconds. A span of less than one gives zero.
    pub fn within(&mut self, span: Duration) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let span = u64::try_from(span.as_micros()).unwrap_or(u64::MAX).max(1);
        Duration::from_micros((self.0 >> 20) % span)
    }
}

/// A test of this very program, running in a process of its own.
#[derive(Debug)]
pub struct Started {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Started {
    /// Starts the test `name` with `variables` in its environment, by which it knows that it is the one to be killed.
    ///
    /// # Errors
    /// When the system does not start it.
    pub fn test<V: AsRef<OsStr>>(
        name: &str,
        variables: impl IntoIterator<Item = (&'static str, V)>,
    ) -> io::Result<Self> {
        let mut child = Command::new(env::current_exe()?)
            .args(["--exact", name, "--nocapture"])
            .envs(variables)
            .stdout(Stdio::piped())
            .spawn()?;
        let said = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let lines = BufReader::new(said).lines();
        Ok(Self { child, lines })
    }

    /// The next line that it says.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] when it ended.
    pub fn line(&mut self) -> io::Result<String> {
        let next = self.lines.next();
        next.unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))
    }

    /// Waits until a line ends with this word.
    ///
    /// # Errors
    /// As [`Started::line`].
    pub fn wait_for(&mut self, word: &str) -> io::Result<()> {
        while !self.line()?.ends_with(word) {}
        Ok(())
    }

    /// Waits until `seen` holds, asked every millisecond: a state to be met does not come at the same time on every machine.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`] when it did not hold within a minute.
    pub fn wait_until(&self, seen: impl Fn() -> bool) -> io::Result<()> {
        let began = Instant::now();
        while !seen() {
            if began.elapsed() > Duration::from_mins(1) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Kills it, and gives what it had said by then and nobody had read.
    ///
    /// # Errors
    /// When the system does not kill it.
    pub fn kill(mut self) -> io::Result<Vec<String>> {
        self.child.kill()?;
        let rest = self.lines.collect::<io::Result<_>>()?;
        self.child.wait()?;
        Ok(rest)
    }
}

/// Says a line to whoever will kill this process, who has it at once.
///
/// # Errors
/// When nobody listens.
pub fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Waits to be killed.
pub fn wait_for_it() -> ! {
    loop {
        thread::sleep(Duration::MAX);
    }
}
