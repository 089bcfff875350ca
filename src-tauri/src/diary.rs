//! The technical diary: a file a day, two weeks kept, without personal data.
//!
//! Not the reviewers' log, which is evidence and lives in the workspace. Only command names, codes,
//! times and scrubbed causes are written; arguments and messages, which name people, are not.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

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
    let (writer, guard) = tracing_appender::non_blocking(file);
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

/// `text` without what could name a person: paths, words outside ASCII, runs of six digits or more.
pub(crate) fn scrub(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(scrub_word).collect();
    words.join(" ")
}

fn scrub_word(word: &str) -> String {
    if word.contains(['/', '\\']) {
        return "<path>".to_owned();
    }
    if !word.is_ascii() {
        return "<text>".to_owned();
    }
    let mut scrubbed = String::with_capacity(word.len());
    let mut digits = String::new();
    for character in word.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
        } else {
            flush(&mut scrubbed, &mut digits);
            scrubbed.push(character);
        }
    }
    flush(&mut scrubbed, &mut digits);
    scrubbed
}

fn flush(scrubbed: &mut String, digits: &mut String) {
    scrubbed.push_str(if digits.len() >= 6 {
        "<number>"
    } else {
        digits
    });
    digits.clear();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn people_do_not_get_into_the_diary() {
        for (text, scrubbed) in [
            (
                "open /home/wang/名单/2021.xlsx: No such file (os error 2)",
                "open <path> No such file (os error 2)",
            ),
            (r"C:\照片\张三.jpg is empty", "<path> is empty"),
            (
                "row 17: 张三 11010519491231002X",
                "row 17: <text> <number>X",
            ),
            ("database is locked (code 5)", "database is locked (code 5)"),
        ] {
            assert_eq!(scrub(text), scrubbed);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_fault() {
        let file = tempfile::NamedTempFile::new().unwrap();
        drop(open(file.path()));
    }
}
