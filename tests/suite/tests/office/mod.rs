//! Workbooks as LibreOffice and as calamine read them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx};

/// How long LibreOffice may take for all of them.
const LIMIT: Duration = Duration::from_secs(180);
/// Every sheet to a file of its own: comma, quotes about text cells alone, UTF-8, numbers as they are shown.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";
/// Has LibreOffice write every sheet of every workbook as CSV into `out`.
pub fn convert(books: &[PathBuf], out: &Path) {
    let mut profile = out.join("profile").display().to_string();
    if !profile.starts_with('/') {
        profile = format!("/{}", profile.replace('\\', "/"));
    }
    let told = File::create(out.join("told")).unwrap();
    let mut soffice = Command::new("soffice");
    soffice
        .arg(format!("-env:UserInstallation=file://{profile}"))
        .args(["--headless", "--convert-to", CSV, "--outdir"])
        .arg(out)
        .args(books)
        .stdout(told.try_clone().unwrap())
        .stderr(told);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut soffice, 0);
    let mut child = match soffice.spawn() {
        Ok(child) => child,
        Err(error) => panic!("LibreOffice (soffice) is needed for this test: {error}"),
    };
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if began.elapsed() > LIMIT {
            end(&mut child);
            let told = fs::read_to_string(out.join("told")).unwrap();
            panic!("LibreOffice did not end in {LIMIT:?}: {told}");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Ends the process and, where there are groups, those it started.
fn end(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).status());
    }
    drop(child.kill());
    drop(child.wait());
}

/// A cell: a text or a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
}

impl Cell {
    /// To as many places as every library shows.
    fn number(number: f64) -> Self {
        Self::Number((number * 1e6).round() / 1e6)
    }
}

/// The sheets of a workbook as calamine reads them.
pub fn by_calamine(bytes: &[u8]) -> Vec<(String, Vec<Vec<Cell>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let cell = |data: &Data| match data {
        Data::Empty => Cell::Empty,
        Data::String(text) if text.is_empty() => Cell::Empty,
        Data::String(text) => Cell::Text(text.clone()),
        Data::Float(number) => Cell::number(*number),
        other => panic!("neither text nor number: {other:?}"),
    };
    let sheets = book.worksheets().into_iter();
    sheets
        .map(|(name, range)| {
            let rows = range.rows().map(|row| row.iter().map(cell).collect());
            (name, rows.collect())
        })
        .collect()
}

/// The cells of a CSV in which text, and only text, stands in quotes.
pub fn by_libreoffice(csv: &str) -> Vec<Vec<Cell>> {
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut rest = csv.chars().peekable();
    while rest.peek().is_some() {
        let mut text = String::new();
        let quoted = rest.next_if_eq(&'"').is_some();
        while let Some(c) = rest.next_if(|c| quoted || !matches!(c, ',' | '\n')) {
            if quoted && c == '"' && rest.next_if_eq(&'"').is_none() {
                break;
            }
            text.push(c);
        }
        row.push(match (quoted, text.as_str()) {
            (false, "") => Cell::Empty,
            (false, number) => Cell::number(number.parse().unwrap()),
            (true, _) => Cell::Text(text),
        });
        if rest.next() == Some('\n') {
            rows.push(std::mem::take(&mut row));
        }
    }
    rows
}
