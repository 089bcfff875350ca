//! 100,000 roster rows and 20,000 photos: how fast they come in and how much memory that takes.
//!
//! Measured, never asserted but for the memory; a gigabyte of photos is written, so it runs when asked:
//! `cargo nextest run --release -p zhaoshen-suite --test import_scale --run-ignored only --no-capture`
//! (the figure of memory is Linux's). The photos are 50 KB that nothing can decode: what is measured is
//! taking in, not checking.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::print_stdout, reason = "it reports what it measured")]

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use zhaoshen_suite::{import_photos, import_roster, new_round};

const STUDENTS: u32 = 100_000;
const PHOTOS: u32 = 20_000;
const PHOTO_BYTES: usize = 50_000;
const MOST_MEGABYTES: u64 = 600;

#[test]
#[ignore = "writes a gigabyte and takes a minute"]
fn memory_stays_bounded_while_many_photos_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let roster = folder.path().join("名单.csv");
    write_roster(&roster);
    let photos = folder.path().join("照片");
    write_photos(&photos);

    let began = Instant::now();
    import_roster(&station, round, &roster, false).unwrap();
    let roster_seconds = began.elapsed().as_secs_f64();
    let after_roster = peak_megabytes();
    let began = Instant::now();
    let report = import_photos(&station, round, &[photos]).unwrap();
    let seconds = began.elapsed().as_secs_f64();
    assert_eq!((report.matched, report.lines.len()), (PHOTOS, 0));
    println!(
        "{STUDENTS} rows in {roster_seconds:.1} s; {PHOTOS} photos in {seconds:.1} s, {:.0} a second",
        f64::from(PHOTOS) / seconds
    );
    println!(
        "peak memory {after_roster:?} MB after the roster, {:?} MB after the photos",
        peak_megabytes()
    );
    if let Some(peak) = peak_megabytes() {
        assert!(peak <= MOST_MEGABYTES, "{peak} MB");
    }
}

fn student_no(student: u32) -> String {
    format!("2021{student:06}")
}

fn write_roster(path: &Path) {
    let mut out = BufWriter::new(fs::File::create(path).unwrap());
    writeln!(out, "学号,姓名,学院,专业").unwrap();
    for student in 0..STUDENTS {
        let number = student_no(student);
        writeln!(out, "{number},张三,电气与电子工程学院,电气工程").unwrap();
    }
    out.flush().unwrap();
}

fn write_photos(folder: &Path) {
    fs::create_dir(folder).unwrap();
    let mut bytes = b"\xFF\xD8\xFF\xE0".to_vec();
    bytes.extend((0..PHOTO_BYTES).map(|at| u8::try_from(at % 251).unwrap()));
    for student in 0..PHOTOS {
        let number = student_no(student);
        bytes.splice(8..8 + number.len(), number.bytes());
        fs::write(folder.join(format!("{number}.jpg")), &bytes).unwrap();
    }
}

/// The most memory this process held so far, as Linux counts it.
fn peak_megabytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes >> 10)
}
