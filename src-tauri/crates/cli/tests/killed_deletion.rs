//! The deletion of a round, killed at any instant: either nothing of it happened, or the next start ends it.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use zhaoshen_killing::{Instants, rounds};
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};

const STUDENTS: usize = 6;
const NAME: &str = "2026批";

fn program(workspace: &Path, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_zhaoshen"));
    program
        .arg("--workspace")
        .arg(workspace)
        .args(["--reviewer", "王老师"])
        .args(arguments);
    program
}

/// What the program says, and its exit status.
fn run(workspace: &Path, arguments: &[&str]) -> (i32, String) {
    let output = program(workspace, arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let status = output.status.code().unwrap();
    (status, String::from_utf8_lossy(&said).into_owned())
}

fn deletion() -> [&'static str; 6] {
    let reason = "试验";
    ["delete", "round", "--name", NAME, "--reason", reason]
}

fn name_of(student: usize) -> String {
    format!("张小{}", ["明", "亮", "华", "芳", "强", "燕"][student % 6])
}

/// A closed round with a photo of every student.
fn workspace(folder: &Path) -> PathBuf {
    let workspace = folder.join("工作区");
    let mut roster = String::from("学号,姓名\n");
    let photos = folder.join("照片");
    fs::create_dir(&photos).unwrap();
    for student in 0..STUDENTS {
        let number = 2_020_310_001 + student;
        writeln!(roster, "{number},{}", name_of(student)).unwrap();
        let portrait = Portrait {
            seed: student as u64,
            ..Portrait::default()
        };
        let jpeg = encode_jpeg(&paint(&portrait), &JpegOptions::default()).unwrap();
        fs::write(photos.join(format!("{number}.jpg")), jpeg).unwrap();
    }
    let list = folder.join("名单.csv");
    fs::write(&list, roster).unwrap();
    for arguments in [
        &["round", "new", "--name", NAME][..],
        &["roster", "import", list.to_str().unwrap()],
        &["photos", "import", photos.to_str().unwrap()],
        &["round", "close", "--reason", "试用批次"],
    ] {
        let (status, said) = run(&workspace, arguments);
        assert_eq!(status, 0, "{arguments:?}: {said}");
    }
    workspace
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

fn copied(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
}

/// Whether any file of the workspace holds one of the texts, and which.
fn holder(workspace: &Path, texts: &[Vec<u8>]) -> Option<PathBuf> {
    files(workspace).into_iter().find(|file| {
        let bytes = fs::read(file).unwrap();
        let holds = |text: &Vec<u8>| bytes.windows(text.len()).any(|part| part == text);
        texts.iter().any(holds)
    })
}

/// Names, numbers, and bytes out of the midst of every photo.
fn personal(folder: &Path) -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> = (0..STUDENTS).map(|at| name_of(at).into_bytes()).collect();
    texts.push(b"20203100".to_vec());
    for photo in files(&folder.join("照片")) {
        let bytes = fs::read(photo).unwrap();
        texts.push(bytes[bytes.len() / 2..][..48].to_vec());
    }
    texts
}

fn kill_after(workspace: &Path, delay: Duration) {
    let mut running = program(workspace, &deletion())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(delay);
    // `kill` of an ended program is no fault: then the deletion was faster.
    let _ = running.kill();
    running.wait().unwrap();
}

#[test]
fn a_deletion_killed_at_any_instant_is_ended_by_the_next_start_or_never_began() {
    let folder = tempfile::tempdir().unwrap();
    let template = workspace(folder.path());
    let texts = personal(folder.path());
    let kept = files(&template).len();
    assert!(holder(&template, &texts).is_some());

    // How long it takes here tells only from where the instants are drawn.
    let whole = folder.path().join("whole");
    copied(&template, &whole);
    let begin = Instant::now();
    assert_eq!(run(&whole, &deletion()).0, 0);
    let span = begin.elapsed();
    assert_eq!(holder(&whole, &texts), None);

    let mut instants = Instants::of(11);
    let (mut before, mut after) = (0, 0);
    for time in 0..rounds(12) {
        let place = folder.path().join(format!("killed-{time}"));
        copied(&template, &place);
        let delay = instants.within(span);
        kill_after(&place, delay);

        let (_, said) = run(&place, &["retention", "show"]);
        if said.contains("数据已删除") {
            after += 1;
        } else {
            before += 1;
            let (_, shown) = run(&place, &["round", "show"]);
            assert!(shown.contains(NAME), "{delay:?}: {shown}");
            let photos = files(&place.join("photos")).len();
            assert_eq!(photos, files(&template.join("photos")).len(), "{delay:?}");
            let (status, said) = run(&place, &deletion());
            assert_eq!(status, 0, "{delay:?}: {said}");
        }
        assert_eq!(holder(&place, &texts), None, "{delay:?}");
        assert!(files(&place).len() < kept, "{delay:?}");
        assert_eq!(run(&place, &["audit", "verify"]).0, 0, "{delay:?}");
        let proof = folder.path().to_string_lossy().into_owned();
        let (status, said) = run(&place, &["delete", "certificate", &proof]);
        assert_eq!(status, 0, "{delay:?}: {said}");
        fs::remove_dir_all(&place).unwrap();
    }
    assert_eq!(before + after, rounds(12));
}
