//! What the program hands over, opened by the programs of others: archives by 7-Zip, photos by ExifTool, prints by Poppler.
//!
//! Ignored without being asked for, since a computer that only builds has none of them; `cargo xtask test` installs them
//! and asks. Where one is missing the test fails.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::imageops::FilterType;
use image::{RgbImage, imageops};
use serde_json::Value;
use zhaoshen_station::wire::{
    DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryReport, DeliveryShape, DeliverySplit,
    JobOutcome, PrintsArea, RoundRef,
};
use zhaoshen_suite::example::TakenIn;
use zip::ZipArchive;

/// Resolution at which pages are looked at, and that photos must have.
const DPI: f32 = 300.0;

fn reviewed() -> TakenIn {
    let round = TakenIn::of(18).unwrap();
    round.station.example_review(round.round).unwrap();
    round
}

fn deliver(round: &TakenIn, pack: DeliveryPack, template: &str, to: &Path) -> DeliveryReport {
    let options = DeliveryOptions {
        shape: DeliveryShape {
            split: DeliverySplit::College,
            pack,
            only_new: false,
            in_house: false,
        },
        ..round.options(DeliveryMode::Roster, template)
    };
    let job = round.station.delivery_write_to(options, to).unwrap();
    match round.station.job_wait(job).unwrap() {
        JobOutcome::Delivery { report } => report,
        other => panic!("{other:?}"),
    }
}

/// Runs a program of others; what it prints.
fn run(program: &str, arguments: &[&OsStr]) -> Vec<u8> {
    let output = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    assert!(
        output.status.success(),
        "{program}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// The files below `folder` by their names, with `/` between folders.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap();
            let name = name.to_str().unwrap().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn ending(folder: &Path, end: &str) -> Vec<PathBuf> {
    let names = files(folder).into_keys();
    let names = names.filter(|name| name.ends_with(end));
    names.map(|name| folder.join(name)).collect()
}

/// The flags and the name of each entry in the central directory, read byte by byte (PKWARE's APPNOTE, 4.3.12).
fn directory(zip: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let word = |at: usize| u16::from_le_bytes([zip[at], zip[at + 1]]);
    let ends = zip.len() - 22;
    assert_eq!(zip[ends..ends + 4], *b"PK\x05\x06", "no comment behind it");
    let start = zip[ends + 16..ends + 20].try_into().unwrap();
    let mut at = u32::from_le_bytes(start) as usize;
    let mut entries = Vec::new();
    for _ in 0..word(ends + 10) {
        assert_eq!(zip[at..at + 4], *b"PK\x01\x02");
        let [name, extra, comment] = [28, 30, 32].map(|of| usize::from(word(at + of)));
        entries.push((word(at + 8), zip[at + 46..at + 46 + name].to_vec()));
        at += 46 + name + extra + comment;
    }
    entries
}

/// Whether Windows shows the name as it is and can write it: the bit that says UTF-8, and nothing that it forbids.
fn is_right_on_windows(flags: u16, name: &[u8]) -> bool {
    let name = std::str::from_utf8(name).unwrap();
    let devices = ["CON", "PRN", "AUX", "NUL", "COM1", "LPT1"];
    let part_is_right = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default();
        !part.is_empty()
            && !part.ends_with(['.', ' '])
            && !devices.contains(&stem.to_uppercase().as_str())
            && !part.contains(|c: char| c.is_control() || r#"\:*?"<>|"#.contains(c))
    };
    (name.is_ascii() || flags & (1 << 11) != 0) && name.split('/').all(part_is_right)
}

#[test]
#[ignore = "needs 7-Zip; `cargo xtask test` installs it and runs this"]
fn archives_open_in_7_zip_and_their_names_are_right_on_windows() {
    let round = reviewed();
    for (pack, name) in [
        (DeliveryPack::Zip, "压缩"),
        (DeliveryPack::Encrypted, "加密"),
    ] {
        let to = round.folder.path().join(name);
        let report = deliver(&round, pack, "{学号}-{姓名}.jpg", &to);
        let word = report.passphrase.unwrap_or_else(|| "of no use".to_owned());
        let archives = ending(&to, ".zip");
        assert!(archives.len() > 2, "{archives:?}");
        let (mut photos, mut chinese) = (0, 0);
        for path in archives {
            let bytes = fs::read(&path).unwrap();
            for (flags, name) in directory(&bytes) {
                let told = String::from_utf8_lossy(&name);
                assert!(is_right_on_windows(flags, &name), "{told} {flags:#b}");
                chinese += u32::from(!name.is_ascii());
            }
            let out = tempfile::tempdir().unwrap();
            let (password, folder) = (format!("-p{word}"), format!("-o{}", out.path().display()));
            let arguments: [&OsStr; 5] = [
                "x".as_ref(),
                "-y".as_ref(),
                password.as_ref(),
                folder.as_ref(),
                path.as_ref(),
            ];
            run("7z", &arguments);
            let mut ours = ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let mut expected = BTreeMap::new();
            for at in 0..ours.len() {
                let mut entry = match pack {
                    DeliveryPack::Encrypted => ours.by_index_decrypt(at, word.as_bytes()).unwrap(),
                    _ => ours.by_index(at).unwrap(),
                };
                let mut bytes = Vec::new();
                std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
                expected.insert(entry.name().unwrap().into_owned(), bytes);
            }
            assert!(files(out.path()) == expected, "{}", path.display());
            photos += expected
                .keys()
                .filter(|name| name.ends_with(".jpg"))
                .count();
        }
        assert_eq!(photos, report.files as usize);
        assert!(chinese as usize >= photos, "the names hold 姓名");
    }
}

#[test]
#[ignore = "needs ExifTool; `cargo xtask test` installs it and runs this"]
fn renditions_are_what_an_independent_reader_finds_in_them() {
    let round = reviewed();
    let to = round.folder.path().join("交付");
    let report = deliver(&round, DeliveryPack::Folder, "{学号}.jpg", &to);
    let manifest = fs::read(to.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let told: BTreeMap<&str, &Value> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["student_no"].as_str().unwrap(), &file["verified"]))
        .collect();
    let flags = [
        "-json",
        "-n",
        "-G0",
        "-a",
        "-JPEGQualityEstimate",
        "-All:All",
    ];
    let photos = ending(&to, ".jpg");
    let mut arguments: Vec<&OsStr> = flags.iter().map(OsStr::new).collect();
    arguments.extend(photos.iter().map(|photo| photo.as_os_str()));
    let read: Value = serde_json::from_slice(&run("exiftool", &arguments)).unwrap();
    let read = read.as_array().unwrap();
    assert_eq!(read.len(), report.files as usize);
    for photo in read {
        let path = Path::new(photo["SourceFile"].as_str().unwrap());
        let told = told[path.file_stem().unwrap().to_str().unwrap()];
        let number = |tag: &str| {
            photo[tag]
                .as_f64()
                .unwrap_or_else(|| panic!("{tag}: {photo}"))
        };
        assert_eq!(
            (number("File:ImageWidth"), number("File:ImageHeight")),
            (480.0, 640.0)
        );
        for (tag, value) in [
            ("XResolution", 300),
            ("YResolution", 300),
            ("ResolutionUnit", 1),
        ] {
            assert_eq!(photo[format!("JFIF:{tag}")], value, "{tag}");
        }
        assert_eq!(photo["File:YCbCrSubSampling"], "2 2", "4:2:0");
        assert_eq!(
            (number("File:ColorComponents"), number("File:BitsPerSample")),
            (3.0, 8.0)
        );
        assert!(number("File:EncodingProcess") < 2.0, "not progressive");
        let quality = number("File:JPEGQualityEstimate");
        assert!(quality >= 60.0, "{quality}");
        assert_eq!(
            Some(quality),
            told["quality"].as_f64(),
            "as the manifest has it"
        );
        let bytes = number("File:FileSize");
        assert!((20_000.0..=40_960.0).contains(&bytes), "{bytes}");
        let groups: BTreeSet<&str> = (photo.as_object().unwrap().keys())
            .filter_map(|tag| Some(tag.split_once(':')?.0))
            .collect();
        let known = BTreeSet::from(["ExifTool", "File", "JFIF", "Composite"]);
        assert!(
            groups.is_subset(&known),
            "neither EXIF nor GPS nor XMP: {groups:?}"
        );
    }
}

/// How far two pictures of one size are apart: mean over pixels and channels.
fn apart(a: &RgbImage, b: &RgbImage) -> f64 {
    let channels = a.as_raw().iter().zip(b.as_raw());
    let sum: u64 = channels.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.as_raw().len() as f64
}

/// The part of a page that a photo covers, a little within its edges.
fn part(page: &RgbImage, area: &PrintsArea) -> RgbImage {
    let px = |mm: f32| (mm / 25.4 * DPI).round() as u32;
    let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(px);
    imageops::crop_imm(page, x + 2, y + 2, width - 4, height - 4).to_image()
}

/// The finished photo as a print of that shape shows it: its middle, since a print is narrower.
fn printed(photo: &RgbImage, area: &PrintsArea, (width, height): (u32, u32)) -> RgbImage {
    let shown = (photo.height() as f32 * area.width / area.height).round() as u32;
    let left = (photo.width() - shown) / 2;
    let middle = imageops::crop_imm(photo, left, 0, shown, photo.height()).to_image();
    imageops::resize(&middle, width, height, FilterType::Triangle)
}

#[test]
#[ignore = "needs Poppler; `cargo xtask test` installs it and runs this"]
fn prints_drawn_by_another_program_show_the_right_students_photos() {
    let round = reviewed();
    let photos = round.folder.path().join("交付");
    deliver(&round, DeliveryPack::Folder, "{学号}.jpg", &photos);
    let photos: BTreeMap<String, PathBuf> = ending(&photos, ".jpg")
        .into_iter()
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    let of = RoundRef { round: round.round };
    let options = round.station.prints_settings(of).unwrap();
    let preview = round.station.prints_preview(options.clone()).unwrap();
    let to = round.folder.path().join("打印");
    let job = round.station.prints_write_to(options, &to).unwrap();
    assert!(matches!(
        round.station.job_wait(job).unwrap(),
        JobOutcome::Prints { .. }
    ));
    let pdf = ending(&to, ".pdf").remove(0);
    let text = run(
        "pdftotext",
        &["-f", "1", "-l", "1"]
            .map(OsStr::new)
            .into_iter()
            .chain([pdf.as_os_str(), "-".as_ref()])
            .collect::<Vec<_>>(),
    );
    let text = String::from_utf8(text).unwrap();
    // Whose the first photos of the page are: the caption that stands first.
    let mut captions = text
        .split_whitespace()
        .filter(|word| photos.contains_key(*word));
    let first = captions.next().unwrap();
    let other = captions.find(|word| *word != first).unwrap();

    let page = round.folder.path().join("page");
    let dpi = format!("{DPI}");
    let arguments: [&OsStr; 10] = [
        "-f".as_ref(),
        "1".as_ref(),
        "-l".as_ref(),
        "1".as_ref(),
        "-r".as_ref(),
        dpi.as_ref(),
        "-singlefile".as_ref(),
        "-png".as_ref(),
        pdf.as_ref(),
        page.as_ref(),
    ];
    run("pdftoppm", &arguments);
    let page = image::open(page.with_extension("png")).unwrap().into_rgb8();
    let paper = [preview.width_mm, preview.height_mm].map(|mm| (mm / 25.4 * DPI).round());
    assert!(
        (page.width() as f32 - paper[0]).abs() <= 1.0
            && (page.height() as f32 - paper[1]).abs() <= 1.0
    );
    let opened = |number: &str| image::open(&photos[number]).unwrap().into_rgb8();
    let [right, wrong] = [first, other].map(opened);
    let mut seen = 0;
    for area in preview.photos.iter().filter(|area| area.student == 0) {
        let shown = part(&page, area);
        let size = shown.dimensions();
        let [right, wrong] =
            [&right, &wrong].map(|photo| apart(&shown, &printed(photo, area, size)));
        assert!(right < 6.0, "{right} at {area:?}");
        assert!(wrong > 2.0 * right, "{wrong} beside {right}");
        seen += 1;
    }
    assert_eq!(seen, 8, "prints of one student");
    // Between the photos the paper is white but for crop marks and captions.
    let mut ink = page.clone();
    for area in &preview.photos {
        let px = |mm: f32| (mm / 25.4 * DPI).round() as i64;
        let white = RgbImage::from_pixel(
            px(area.width) as u32 + 4,
            px(area.height) as u32 + 4,
            image::Rgb([255; 3]),
        );
        imageops::replace(&mut ink, &white, px(area.x) - 2, px(area.y) - 2);
    }
    let dark = ink.pixels().filter(|pixel| pixel.0[1] < 128).count() as f64;
    let share = dark / f64::from(page.width() * page.height());
    assert!(share > 1e-4 && share < 0.02, "{share}");
}
