//! The terminal program as a person runs it: exit status, Chinese lines, JSON, and bad input.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use zhaoshen_portrait::{
    ExifTags, JpegColour, JpegOptions, Portrait, encode_jpeg, encode_png, paint, truncated,
    with_exif, with_header_size,
};

fn zhaoshen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zhaoshen"))
        .args(arguments)
        .output()
        .unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    String::from_utf8_lossy(out).into_owned() + &String::from_utf8_lossy(err)
}

fn portrait() -> Vec<u8> {
    jpeg(&Portrait::person(7).scaled(2.0))
}

fn jpeg(portrait: &Portrait) -> Vec<u8> {
    encode_jpeg(&paint(portrait), &JpegOptions::default()).unwrap()
}

fn check_json(path: &Path) -> Value {
    let output = zhaoshen(&["check", path.to_str().unwrap(), "--json"]);
    let line = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(line.lines().next().unwrap()).unwrap()
}

fn finding<'a>(photo: &'a Value, code: &str) -> &'a Value {
    photo["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == code)
        .unwrap()
}

#[test]
fn check_prints_every_measurement_it_promises() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("2021310001.jpg");
    fs::write(&path, portrait()).unwrap();
    let photo = check_json(&path);
    assert_eq!(photo["file"], "2021310001.jpg");
    let measurements = &photo["measurements"];
    assert_eq!(measurements["faces"], 1);
    for key in [
        "left_iris_px",
        "right_iris_px",
        "eye_line_y_px",
        "crown_y_px",
        "chin_y_px",
        "face_width_px",
        "yaw_deg",
        "pitch_deg",
        "roll_deg",
        "mouth_gap_ratio",
        "eye_gap_ratio",
    ] {
        assert!(!measurements[key].is_null(), "{key} is missing");
    }
    for finding in photo["findings"].as_array().unwrap() {
        for key in [
            "rule", "code", "severity", "value", "unit", "min", "max", "message",
        ] {
            assert!(finding.get(key).is_some(), "{key} is missing in {finding}");
        }
    }
}

#[test]
fn low_eyes_in_a_final_sized_picture_fail_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("low.jpg");
    fs::write(
        &path,
        jpeg(&Portrait::default().placed(240.0, 331.0, 215.0)),
    )
    .unwrap();
    let photo = check_json(&path);
    let eyes = finding(&photo, "GEO-02");
    assert_eq!(eyes["severity"], "fail");
    assert!(
        (eyes["value"].as_f64().unwrap() - 331.0).abs() <= 3.0,
        "{eyes}"
    );
    assert_eq!(
        (eyes["min"].as_f64(), eyes["max"].as_f64()),
        (Some(200.0), Some(300.0))
    );
}

#[test]
fn an_exif_rotated_photo_is_measured_as_displayed() {
    let folder = tempfile::tempdir().unwrap();
    let picture = paint(&Portrait::person(7).scaled(2.0));
    let stored = encode_jpeg(&picture.stored_for_orientation(6), &JpegOptions::default()).unwrap();
    let turned = with_exif(
        &stored,
        &ExifTags {
            orientation: Some(6),
            ..ExifTags::default()
        },
    );
    let [upright, rotated] = [("a.jpg", portrait()), ("b.jpg", turned)].map(|(name, bytes)| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        check_json(&path)["measurements"]["eye_line_y_px"]
            .as_f64()
            .unwrap()
    });
    assert!(
        (upright - rotated).abs() < 4.0,
        "{upright} against {rotated}"
    );
}

#[test]
fn broken_photos_fail_with_one_clear_line_each() {
    let folder = tempfile::tempdir().unwrap();
    let picture = paint(&Portrait::person(7).scaled(2.0));
    let cmyk = JpegOptions {
        colour: JpegColour::Cmyk,
        ..JpegOptions::default()
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("half.jpg", truncated(&portrait(), 0.5), "FILE-01"),
        ("empty.jpg", Vec::new(), "FILE-01"),
        ("png.jpg", encode_png(&picture).unwrap(), "FILE-02"),
        (
            "heic.jpg",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".repeat(40),
            "FILE-02",
        ),
        (
            "webp.jpg",
            [b"RIFF\x24\x10\0\0WEBPVP8 ".as_slice(), &[0; 4000]].concat(),
            "FILE-02",
        ),
        (
            "huge.jpg",
            with_header_size(&portrait(), 65_500, 65_500),
            "FILE-01",
        ),
        ("cmyk.jpg", encode_jpeg(&picture, &cmyk).unwrap(), "JPEG-04"),
        ("text.jpg", b"not a photo at all".to_vec(), "FILE-02"),
    ];
    for (name, bytes, code) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let photo = check_json(&path);
        assert_eq!(photo["verdict"], "fail", "{name}: {photo}");
        let finding = finding(&photo, code);
        assert_eq!(finding["severity"], "fail", "{name}: {finding}");
        assert!(
            finding["message"]
                .as_str()
                .unwrap()
                .chars()
                .any(|c| c as u32 > 0x4E00),
            "{name}"
        );
        assert_eq!(status(&zhaoshen(&["check", path.to_str().unwrap()])), 1);
    }
}

#[test]
fn a_path_that_is_not_there_is_refused() {
    let output = zhaoshen(&["check", "no-such-folder"]);
    assert_eq!(status(&output), 2);
    assert!(
        said(&output).contains("找不到“no-such-folder”"),
        "{}",
        said(&output)
    );
}

/// A workspace with one round.
fn workspace(folder: &Path) -> String {
    let workspace = folder.join("工作区").to_str().unwrap().to_owned();
    let made = zhaoshen(&["--workspace", &workspace, "round", "new", "--name", "批次"]);
    assert_eq!(status(&made), 0, "{}", said(&made));
    workspace
}

fn import_roster(workspace: &str, path: &Path) -> Output {
    let path = path.to_str().unwrap();
    zhaoshen(&["--workspace", workspace, "roster", "import", path])
}

#[test]
fn bad_workbooks_are_refused_with_the_file_and_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let ole = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 2048]].concat();
    for (name, bytes) in [
        ("空.xlsx", Vec::new()),
        ("文字.xlsx", b"hello".to_vec()),
        ("旧.xlsx", ole),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = import_roster(&workspace, &path);
        assert_eq!(status(&output), 2, "{name}: {}", said(&output));
        assert!(said(&output).contains(name), "{name}: {}", said(&output));
    }
}

#[test]
fn a_numeric_id_number_is_refused_with_its_cell() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0_u16..).zip(["学号", "姓名", "证件号码"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    sheet.write_string(1, 0, "2021310001").unwrap();
    sheet.write_string(1, 1, "张三").unwrap();
    sheet.write_number(1, 2, 110_105_199_001_011_230.0).unwrap();
    sheet.write_string(2, 0, "2021310002").unwrap();
    sheet.write_string(2, 1, "李四").unwrap();
    let path = folder.path().join("名单.xlsx");
    book.save(&path).unwrap();
    let output = import_roster(&workspace, &path);
    assert_eq!(status(&output), 1, "{}", said(&output));
    assert!(said(&output).contains("!C2"), "{}", said(&output));
    assert!(
        said(&output).contains("新增 1"),
        "the rest goes on: {}",
        said(&output)
    );
}

#[test]
fn an_import_tells_of_merged_cells_and_ends_no_line_open() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let path = folder.path().join("名单.xls");
    let table = "<table><tr><td>学号</td><td>姓名</td><td>学院</td></tr>\
        <tr><td>2020310001</td><td>张小明</td><td rowspan=2>经济学院</td></tr>\
        <tr><td>2020310002</td><td>李娜</td></tr></table>";
    fs::write(&path, table).unwrap();
    let said = said(&import_roster(&workspace, &path));
    assert!(said.contains("▲ ") && said.contains("合并单元格"), "{said}");
    assert!(!said.lines().any(|line| line.ends_with('；')), "{said}");
}

#[test]
fn a_zip_with_traps_is_taken_in_without_them() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let path = folder.path().join("照片.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("../../evil.jpg", stored).unwrap();
    archive.write_all(&portrait()).unwrap();
    archive.start_file("说明.docx", stored).unwrap();
    archive.write_all(b"PK\x03\x04 not a photo").unwrap();
    archive.start_file("2021310001.jpg", stored).unwrap();
    archive.write_all(&portrait()).unwrap();
    archive.finish().unwrap();
    let output = zhaoshen(&[
        "--workspace",
        &workspace,
        "photos",
        "import",
        path.to_str().unwrap(),
        "--json",
    ]);
    assert_eq!(status(&output), 1, "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&report["files"], &report["refused"]),
        (&Value::from(3), &Value::from(2)),
        "{report}"
    );
    assert!(!folder.path().join("evil.jpg").exists());
}

/// Photos of three people in a folder of their own.
fn three_photos(folder: &Path) -> String {
    let photos = folder.join("照片");
    fs::create_dir(&photos).unwrap();
    for person in 1..=3 {
        let photo = jpeg(&Portrait::person(person).scaled(2.0));
        fs::write(photos.join(format!("202131000{person}.jpg")), photo).unwrap();
    }
    photos.to_str().unwrap().to_owned()
}

/// Looks for the one line of progress that begins with `count`, and for anything that a log could not hold.
fn assert_told(output: &Output, count: &str) {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let told: Vec<&str> = text.lines().filter(|line| line.contains(count)).collect();
    let [line] = told[..] else {
        panic!("{count} is not told once: {}", said(output));
    };
    for words in ["张/秒", "用时"] {
        assert!(line.contains(words), "{line}");
    }
    assert!(!line.contains(|c: char| c.is_ascii_alphabetic()), "{line}");
    assert!(
        !text.contains(|c: char| c.is_control() && c != '\n'),
        "{text:?}"
    );
}

#[test]
fn a_pipe_is_told_progress_in_plain_chinese_lines() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let photos = three_photos(folder.path());
    let labels = folder.path().join("标注.csv");
    let rows = "file,glasses\n2021310001.jpg,0\n2021310002.jpg,0\n2021310003.jpg,0\n";
    fs::write(&labels, rows).unwrap();
    let labels = labels.to_str().unwrap();
    let import = ["--workspace", &workspace, "photos", "import", &photos];
    for (arguments, count) in [
        (&["check", &photos, "--json"][..], "检测照片 3 张  "),
        (&["evaluate", labels, &photos], "检测已标注的照片 3/3  "),
        (&import, "正在自动检测 3/3  "),
    ] {
        assert_told(&zhaoshen(arguments), count);
    }
}

#[test]
fn the_demo_goes_from_files_to_a_delivery() {
    let folder = tempfile::tempdir().unwrap();
    let demo = folder.path().join("demo");
    let output = zhaoshen(&["demo", demo.to_str().unwrap(), "--students", "12"]);
    assert_eq!(status(&output), 0, "{}", said(&output));
    for stage in [
        "正在绘制示例照片 ",
        "正在自动检测 ",
        "正在审核示例照片 ",
        "正在写入并读回核对 ",
    ] {
        assert_told(&output, stage);
    }
    let delivered = fs::read_dir(demo.join("交付")).unwrap().count();
    assert!(delivered > 2, "{}", said(&output));
    let workspace = demo.join("工作区");
    let workspace = workspace.to_str().unwrap();
    let shown = zhaoshen(&["--workspace", workspace, "round", "show", "--json"]);
    let card: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(card["students"], 12);
    let left_open = card["pending"].as_u64().unwrap();
    assert_eq!(left_open, 0, "{card}");
    let again = zhaoshen(&[
        "--workspace",
        workspace,
        "export",
        demo.join("交付").to_str().unwrap(),
    ]);
    assert_eq!(status(&again), 2, "never over anything: {}", said(&again));
}
