//! One round of three hundred drawn photos, carried through the window and through the terminal: the same result.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zhaoshen_station::Station;
use zhaoshen_station::example::{ExampleFiles, write_files};
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::{bring_roster, decide_queue, deliver, give_name, make_round};
use zhaoshen_window_tests::workplace::{Workplace, call, files, program};

const STUDENTS: u32 = 300;
const REVIEWER: &str = "王老师";
const ROUND: &str = "三百人的批次";

#[tokio::test]
async fn window_and_terminal_bring_the_same_result() -> Result<()> {
    let drawn = Workplace::new()?;
    let files = write_files(&drawn.inside("名单与照片"), STUDENTS)
        .map_err(|failure| anyhow::anyhow!("{failure}"))?;
    let (window, terminal) = (Workplace::plain()?, Workplace::new()?);
    through_the_terminal(&terminal, &files)?;
    let from_terminal = Outcome::read(&terminal)?;
    through_the_window(&window, &files, from_terminal.delivered.len()).await?;
    let from_window = Outcome::read(&window)?;
    ensure!(from_window.students.len() == STUDENTS as usize);
    // Without these the comparison would hold of two empty rounds.
    for state in ["approved", "rejected", "missing"] {
        let several = from_window
            .students
            .values()
            .filter(|student| student["state"] == state);
        ensure!(several.count() >= 5, "hardly any {state}");
    }
    ensure!(from_window.delivered.len() >= 100);
    assert_eq!(from_window.students, from_terminal.students);
    assert_eq!(from_window.delivered, from_terminal.delivered);
    Ok(())
}

/// Roster and photos by their screens, every decision by a key, the delivery by its screen.
async fn through_the_window(place: &Workplace, files: &ExampleFiles, ready: usize) -> Result<()> {
    let target = place.folder("交付")?;
    let answers: [(&str, &Path); 3] = [
        ("ZHAOSHEN_PICK_ROSTER", &files.roster),
        ("ZHAOSHEN_PICK_PHOTOS_FOLDER", &files.photos),
        ("ZHAOSHEN_PICK_DELIVERY_FOLDER", &target),
    ];
    let page = Page::window("same", &place.workspace(), &answers).await?;
    page.used(async |page| {
        give_name(page, REVIEWER).await?;
        make_round(page, ROUND).await?;
        bring_roster(page, STUDENTS).await?;
        page.click("nav-photos").await?;
        page.click("photos-folder").await?;
        page.find_after_job("intake-report").await?;
        page.photograph("4-photos").await?;
        page.click("nav-desk").await?;
        decide_queue(page, "failing", "d").await?;
        decide_queue(page, "pending", "f").await?;
        page.photograph("5-decided").await?;
        deliver(page, ready).await?;
        Ok(())
    })
    .await
}

/// The same acts, each a run of the terminal program.
fn through_the_terminal(place: &Workplace, files: &ExampleFiles) -> Result<()> {
    let target = place.folder("交付")?;
    let run = |words: &[&str]| terminal(place, words);
    run(&["--reviewer", REVIEWER, "round", "new", "--name", ROUND])?;
    run(&["roster", "import", text(&files.roster)?])?;
    run(&["photos", "import", text(&files.photos)?])?;
    pick_newest(place)?;
    for (queue, act) in [("failing", "reject"), ("pending", "approve")] {
        let numbers = listed(place, queue)?;
        ensure!(!numbers.is_empty(), "nothing in {queue}");
        let mut words = vec!["review", act];
        words.extend(numbers.iter().map(String::as_str));
        run(&words)?;
    }
    run(&["export", text(&target)?])?;
    Ok(())
}

/// Of photos that came together the newest counts: what the pass key proposes at the desk.
fn pick_newest(place: &Workplace) -> Result<()> {
    let station = place.open()?;
    let status = call(&station, "app_status", json!({}))?;
    let asked = json!({"round": status["rounds"][0]["round"], "queue": "pending"});
    let opened = call(&station, "queue_open", asked)?;
    for item in opened["items"].as_array().context("items")? {
        let submission = &item["submission"];
        let view = call(
            &station,
            "submission_show",
            json!({"submission": submission}),
        )?;
        let history = view["history"].as_array().context("history")?;
        if history.iter().any(|entry| entry["unpicked"] == true) {
            let seen = json!({"submission": submission, "seen_student": item["student_no"]});
            call(&station, "submission_choose", seen)?;
        }
    }
    Ok(())
}

/// 学号 of a queue.
fn listed(place: &Workplace, queue: &str) -> Result<Vec<String>> {
    let told = terminal(place, &["review", "list", "--queue", queue, "--json"])?;
    let opened: Value = serde_json::from_str(&told)?;
    let items = opened["items"].as_array().context("items")?;
    let numbers = items.iter().map(|item| item["student_no"].as_str());
    numbers
        .map(|number| Ok(number.context("学号")?.to_owned()))
        .collect()
}

/// What `zhaoshen` prints; status 1 (done, with something to look at) is as good as 0.
fn terminal(place: &Workplace, words: &[&str]) -> Result<String> {
    let output = Command::new(program("zhaoshen")?)
        .arg("--workspace")
        .arg(place.workspace())
        .args(words)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let done = matches!(output.status.code(), Some(0 | 1));
    ensure!(done, "{words:?}: {} {said}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a Unicode path")
}

/// What a round came to, without anything that names a time or a row.
struct Outcome {
    /// By 学号: state, verdict, failing rules, decision with its reasons, photo.
    students: BTreeMap<String, Value>,
    /// SHA-256 of every delivered photo, by its file's name.
    delivered: BTreeMap<String, String>,
}

impl Outcome {
    fn read(place: &Workplace) -> Result<Self> {
        let station = place.open()?;
        let status = call(&station, "app_status", json!({}))?;
        let round = &status["rounds"][0]["round"];
        let mut students = BTreeMap::new();
        for offset in (0..STUDENTS).step_by(100) {
            let query =
                json!({"round": round, "text": "", "state": "", "offset": offset, "limit": 100});
            let page = call(&station, "student_list", query)?;
            for student in page["students"].as_array().context("students")? {
                let number = student["student_no"].as_str().context("学号")?;
                students.insert(number.to_owned(), outcome_of(&station, student)?);
            }
        }
        Ok(Self {
            students,
            delivered: hashes(&place.inside("交付"))?,
        })
    }
}

fn outcome_of(station: &Station, student: &Value) -> Result<Value> {
    let state = &student["state"];
    let submission = &student["submission"];
    if submission.is_null() {
        return Ok(json!({"state": state}));
    }
    let view = call(
        station,
        "submission_show",
        json!({"submission": submission}),
    )?;
    let (item, decision) = (&view["item"], &view["decision"]);
    Ok(json!({
        "state": state,
        "photo": item["photo"],
        "sequence": item["sequence"],
        "verdict": item["verdict"],
        "failing": item["failing"],
        "decision": decision["kind"],
        "reasons": decision["reasons"],
        "reviewer": decision["reviewer"],
    }))
}

fn hashes(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut hashes = BTreeMap::new();
    for path in files(folder, "jpg")? {
        let name = path.file_name().context("a name")?.to_string_lossy();
        let hash = Sha256::digest(std::fs::read(&path)?);
        let told = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let twice = hashes.insert(name.into_owned(), told);
        ensure!(twice.is_none(), "{} twice", path.display());
    }
    Ok(hashes)
}
