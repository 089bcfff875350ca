//! The technical diary: a file a day, two weeks kept, without personal data.
//!
//! Not the reviewers' log, which is evidence and lives in the workspace. Only command names, codes,
//! times and scrubbed causes are written; arguments and messages, which name people, are not.

use std::io::{self, Write};
use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use zhaoshen_station::scrub::scrub_line;

/// Days of diary kept.
const DAYS: usize = 14;

/// The open diary; the last lines are written when it is dropped.
pub(crate) struct Diary {
    _writer: Option<WorkerGuard>,
}

/// Starts writing into `folder`; without a writable folder the program runs without a diary.
///
/// `ZHAOSHEN_LOG` may raise or lower what is written (default `info`).
pub(crate) fn open(folder: &Path) -> Diary {
    if std::fs::create_dir_all(folder).is_err() {
        return Diary { _writer: None };
    }
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("zhaoshen")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder);
    let Ok(file) = file else {
        return Diary { _writer: None };
    };
    let (writer, guard) = tracing_appender::non_blocking(Scrubbed(file));
    let filter = EnvFilter::try_from_env("ZHAOSHEN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_env_filter(filter)
        .finish();
    match tracing::subscriber::set_global_default(subscriber) {
        Ok(()) => Diary {
            _writer: Some(guard),
        },
        Err(_) => Diary { _writer: None },
    }
}

/// A file whose lines are scrubbed before they are written: whatever a message says, no person gets into the diary.
struct Scrubbed<W>(W);

impl<W: Write> Write for Scrubbed<W> {
    /// The subscriber hands over whole lines.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = scrub_line(&String::from_utf8_lossy(line));
        self.0.write_all(text.as_bytes())?;
        self.0.write_all(b"\n")?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn people_do_not_get_into_the_diary() {
        let mut written = Vec::new();
        let line = "2026-11-29T02:18:22.682123Z  WARN station: 张三 11010519491231002X /home/wang/张三.jpg zhang.jpg\n";
        Scrubbed(&mut written).write_all(line.as_bytes()).unwrap();
        assert_eq!(
            String::from_utf8(written).unwrap(),
            "2026-11-29T02:18:22.682Z WARN station: <text> <number> <path> <file>\n"
        );
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_fault() {
        let file = tempfile::NamedTempFile::new().unwrap();
        drop(open(file.path()));
    }
}
