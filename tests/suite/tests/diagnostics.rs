//! 诊断包 of a workspace full of people, and of a diary that was not scrubbed: nobody is in it.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use zhaoshen_station::doctor::{self, Host};
use zhaoshen_station::wire::{
    DiagnosticsSave, DoctorState, Empty, RosterCommit, RosterSource, RoundRename,
};
use zhaoshen_station::{Saved, Station};
use zhaoshen_suite::{REVIEWER, import_photos, new_round};

const STUDENTS: u32 = 300;
/// Names that no rule of form could know.
const FOREIGN: [&str; 4] = [
    "JOHN SMITH",
    "Maria Garcia",
    "Nguyen Van An",
    "O'Neill-Brown",
];

struct Person {
    name: String,
    student_no: String,
    id_number: String,
}

/// An 证件号码 with its check digit.
fn id_number(n: u32) -> String {
    let first = format!(
        "11999919{:02}{:02}{:02}{:03}",
        90 + n % 10,
        1 + n % 12,
        1 + n % 28,
        n % 1000
    );
    let weights = [7_u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first
        .bytes()
        .map(|digit| u32::from(digit - b'0'))
        .zip(weights)
        .map(|(d, w)| d * w)
        .sum();
    let last = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
    format!("{first}{last}")
}

fn people() -> Vec<Person> {
    let family: Vec<char> = "赵钱孙李周吴郑王冯陈".chars().collect();
    let given: Vec<char> = "子涵雨桐浩宇欣怡梓轩".chars().collect();
    (0..STUDENTS)
        .map(|n| {
            let at = n as usize;
            let name = match FOREIGN.get(at) {
                Some(name) => (*name).to_owned(),
                None => format!(
                    "{}{}{}",
                    family[at % 10],
                    given[at / 10 % 10],
                    given[at / 100 % 10]
                ),
            };
            Person {
                name,
                student_no: format!("20253{n:05}"),
                id_number: id_number(n),
            }
        })
        .collect()
}

fn roster(people: &[Person]) -> String {
    let mut text = "学号\t姓名\t证件号码\n".to_owned();
    for person in people {
        writeln!(
            text,
            "{}\t{}\t{}",
            person.student_no, person.name, person.id_number
        )
        .unwrap();
    }
    text
}

/// A workspace with the roster, and photos named by name, by number and by 证件号码.
fn workspace(folder: &Path, people: &[Person]) -> Station {
    let (station, round) = new_round(folder, "moe99").unwrap();
    // Its year is a word of the workspace, and no reason to take the days out of the diary.
    let name = "2026年测试批次".to_owned();
    station.round_rename(RoundRename { round, name }).unwrap();
    let source = RosterSource {
        round,
        path: String::new(),
        pasted: roster(people),
    };
    let preview = station.roster_preview(source.clone()).unwrap();
    assert_eq!(preview.added, STUDENTS);
    station
        .roster_commit(RosterCommit::whole(source, &preview, false))
        .unwrap();
    let photos = folder.join("张老师交来的照片");
    fs::create_dir(&photos).unwrap();
    for (person, n) in people.iter().take(12).zip(0_u32..) {
        let name = match n % 3 {
            0 => &person.name,
            1 => &person.student_no,
            _ => &person.id_number,
        };
        let colour = image::Rgb([u8::try_from(n).unwrap() * 9, 120, 200]);
        image::RgbImage::from_pixel(60, 80, colour)
            .save(photos.join(format!("{name}.jpg")))
            .unwrap();
    }
    import_photos(&station, round, &[photos]).unwrap();
    station
}

/// A diary as a careless program would write it.
fn careless_diary(folder: &Path, people: &[Person]) {
    fs::create_dir_all(folder).unwrap();
    let mut text = String::new();
    for person in people {
        let Person {
            name,
            student_no,
            id_number,
        } = person;
        let tail = id_number.get(12..).unwrap();
        writeln!(text, "2026-11-29T02:18:22.682123Z  WARN station: {name} ({student_no}) {id_number} tail={tail}").unwrap();
        writeln!(text, "2026-11-29T02:18:22.682123Z  INFO station: opened \"{name}.jpg\" from /home/x/{name}/{id_number}.jpg").unwrap();
        writeln!(text, "{id_number}{name}{tail}").unwrap();
    }
    fs::write(folder.join("zhaoshen.2026-11-29.log"), text).unwrap();
}

#[test]
fn nobody_is_in_the_package_of_diagnostics() {
    let folder = tempfile::tempdir().unwrap();
    let people = people();
    let station = workspace(folder.path(), &people);
    let diary = folder.path().join("diary");
    careless_diary(&diary, &people);
    station.told_of_host(Host {
        web_view: Some("2.50".to_owned()),
        diary: Some(diary),
    });
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    station.saved_folder(Saved::Diagnostics).unwrap_err();
    let saved = station
        .diagnostics_save(DiagnosticsSave {
            folder: out.display().to_string(),
        })
        .unwrap();
    let shown = station.saved_folder(Saved::Diagnostics).unwrap();
    assert_eq!(shown, out.display().to_string());
    station.saved_folder(Saved::Table).unwrap_err();

    let bytes = fs::read(&saved.path).unwrap();
    let mut contents = vec![("the package itself".to_owned(), bytes)];
    let mut archive = zip::ZipArchive::new(File::open(&saved.path).unwrap()).unwrap();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        contents.push((entry.name().unwrap().into_owned(), bytes));
    }
    let names: Vec<&str> = contents.iter().map(|(name, _)| name.as_str()).collect();
    for expected in ["about.txt", "findings.txt", "numbers.txt", "diary-01.log"] {
        assert!(names.contains(&expected), "{names:?}");
    }
    let mut forbidden = vec![
        REVIEWER.to_owned(),
        "张老师".to_owned(),
        "测试批次".to_owned(),
        "2025300".to_owned(),
    ];
    for person in &people {
        let tail = person.id_number.get(12..).unwrap().to_owned();
        forbidden.extend([
            person.name.clone(),
            person.student_no.clone(),
            person.id_number.clone(),
            tail,
        ]);
        let parts = person
            .name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| part.len() > 2);
        forbidden.extend(parts.map(str::to_owned));
    }
    for (entry, bytes) in &contents {
        let lower = bytes.to_ascii_lowercase();
        for word in &forbidden {
            let word = word.to_ascii_lowercase();
            let found = lower
                .windows(word.len())
                .position(|part| part == word.as_bytes());
            assert_eq!(found, None, "{entry} holds {word}");
        }
    }
    let text = |name: &str| {
        let (_, bytes) = contents.iter().find(|(entry, _)| entry == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    // It is not empty either: what helps is there.
    assert!(
        text("numbers.txt").contains("student 300\n"),
        "{}",
        text("numbers.txt")
    );
    assert!(text("numbers.txt").contains("\nsubmission 12\n"));
    assert!(text("findings.txt").contains("Workspace database Good\n"));
    assert!(text("diary-01.log").starts_with("2026-11-29T02:18:22.682Z WARN station:"));
}

#[test]
fn what_is_wrong_is_found_with_its_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let people = people();
    let station = workspace(folder.path(), &people);
    let state = |code: &str| {
        let report = station.doctor_run(Empty {}).unwrap();
        let finding = report
            .findings
            .into_iter()
            .find(|finding| finding.code == code)
            .unwrap();
        (finding.state, finding.remedy.is_empty())
    };
    for code in ["open", "database", "log", "photos", "models"] {
        assert_eq!(state(code), (DoctorState::Good, true), "{code}");
    }
    let original = walkdir::WalkDir::new(folder.path().join("workspace/photos"))
        .into_iter()
        .map(Result::unwrap)
        .find(|entry| entry.file_type().is_file())
        .unwrap();
    fs::remove_file(original.path()).unwrap();
    assert_eq!(state("photos"), (DoctorState::Bad, false));
    drop(station);

    let workspace = folder.path().join("workspace");
    let open = |folder: &Path| {
        let report = doctor::look(folder);
        let finding = report
            .findings
            .iter()
            .find(|finding| finding.code == "open")
            .cloned()
            .unwrap();
        (finding.state, finding.text, report.sound)
    };
    let (state, _, sound) = open(&workspace);
    assert_eq!((state, sound), (DoctorState::Good, false));
    let held = Station::open(&workspace).unwrap();
    let (state, text, _) = open(&workspace);
    assert_eq!(state, DoctorState::Bad);
    assert!(text.contains("正被另一个照审台使用"), "{text}");
    drop(held);
    fs::write(
        workspace.join("zhaoshen.db"),
        "not a database at all".repeat(99),
    )
    .unwrap();
    assert_eq!(open(&workspace).0, DoctorState::Bad);
    assert_eq!(open(&folder.path().join("nothing")).0, DoctorState::Note);
    assert!(
        !folder.path().join("nothing").exists(),
        "looking makes no workspace"
    );
}

#[test]
fn an_older_workspace_is_looked_at_and_not_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    drop(Station::open(folder.path()).unwrap());
    // The format stands in the header of a database of SQLite, at byte 60.
    let database = folder.path().join("zhaoshen.db");
    let mut bytes = fs::read(&database).unwrap();
    let current = u32::from_be_bytes(bytes[60..64].try_into().unwrap());
    bytes[60..64].copy_from_slice(&1_u32.to_be_bytes());
    fs::write(&database, &bytes).unwrap();

    let report = doctor::look(folder.path());
    let of = |code: &str| report.findings.iter().find(|finding| finding.code == code);
    let format = of(doctor::OLDER_FORMAT).unwrap();
    assert_eq!(format.state, DoctorState::Note);
    let numbers = format!("格式 1，本程序用格式 {current}");
    assert!(format.text.contains(&numbers), "{}", format.text);
    assert!(format.text.contains("备份") && !format.remedy.is_empty());
    assert!(of("open").is_none() && of("drive").is_some() && of("permissions").is_some());
    assert!(report.sound);
    assert!(fs::read(&database).unwrap() == bytes, "nothing was written");
}
