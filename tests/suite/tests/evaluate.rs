//! Evaluating labelled photos: counts, sweeps, halves, groups, the page and the fitted profile.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint, truth};
use zhaoshen_station::check::check_paths;
use zhaoshen_station::evaluate::{Evaluation, Options, evaluate, write_page, write_profile};

/// Four people, each with open and with closed eyes; one label is wrong on purpose and one photo is missing.
fn photos(folder: &Path) {
    let mut labels = String::from("file,eyes_open,mouth_closed,people\n");
    let mut points = String::new();
    for person in 0..4_u64 {
        for open in [1_u8, 0] {
            let portrait = Portrait {
                lid_gap: f32::from(open),
                ..Portrait::person(person)
            };
            let file = format!("p{person}_{open}.jpg");
            let jpeg = encode_jpeg(&paint(&portrait), &JpegOptions::default()).unwrap();
            fs::write(folder.join(&file), jpeg).unwrap();
            let said = if file == "p0_1.jpg" { 0 } else { open };
            let people = if person < 2 { "first" } else { "second" };
            writeln!(labels, "{file},{said},,{people}").unwrap();
            let truth = truth(&portrait);
            let ([lx, ly], [rx, ry]) = (truth.left_iris_px, truth.right_iris_px);
            writeln!(points, "{file},2,{rx},{ry},{lx},{ly}").unwrap();
        }
    }
    labels.push_str("gone.jpg,1,1,first\n");
    fs::write(folder.join("labels.csv"), labels).unwrap();
    fs::write(folder.join("points.csv"), points).unwrap();
}

fn options(folder: &Path) -> Options {
    Options {
        labels: folder.join("labels.csv"),
        folder: folder.to_owned(),
        profile: Some("moe99".to_owned()),
        sweeps: vec!["FACE-02".to_owned()],
        split: Some(r"^(p\d)_".to_owned()),
        group: Some("people".to_owned()),
        landmarks: Some(folder.join("points.csv")),
        rate: 0.01,
        fit: true,
    }
}

fn evaluated(folder: &Path) -> Evaluation {
    photos(folder);
    let heard = AtomicUsize::new(0);
    let evaluation = evaluate(&options(folder), &|done, total| {
        assert_eq!(total, 9);
        heard.fetch_max(done, Ordering::Relaxed);
    });
    assert_eq!(heard.into_inner(), 9, "progress reaches the total");
    evaluation.unwrap()
}

#[test]
fn photos_are_counted_as_their_labels_say() {
    let folder = tempfile::tempdir().unwrap();
    let evaluation = evaluated(folder.path());
    assert_eq!(
        (evaluation.photos, evaluation.unreadable.as_slice()),
        (8, &["gone.jpg".to_owned()][..])
    );
    let labels: Vec<&str> = evaluation
        .rules
        .iter()
        .map(|score| score.label.as_str())
        .collect();
    assert_eq!(labels, ["eyes_open"], "blank labels are no labels");
    let eyes = &evaluation.rules[0];
    assert_eq!((eyes.caught, eyes.positives, eyes.missed), (4, 5, 1));
    assert_eq!((eyes.false_alarms, eyes.negatives, eyes.unknown), (0, 3, 0));
    assert_eq!(eyes.worst.missed[0].file, "p0_1.jpg");
    let finding = &eyes.worst.missed[0].findings[0];
    assert_eq!(
        (finding.code.as_str(), finding.severity.as_str()),
        ("FACE-02", "pass")
    );
    assert!(
        eyes.worst.missed[0].measurements["eye_aspect_ratio"]
            .as_f64()
            .unwrap()
            > 0.155
    );
}

#[test]
fn a_sweep_ends_where_all_and_where_none_is_flagged() {
    let folder = tempfile::tempdir().unwrap();
    let evaluation = evaluated(folder.path());
    let sweep = &evaluation.sweeps[0];
    assert_eq!(
        (sweep.setting.as_str(), sweep.label.as_str()),
        ("FACE-02.min", "eyes_open")
    );
    let (first, last) = (sweep.points.first().unwrap(), sweep.points.last().unwrap());
    assert_eq!((first.caught, first.false_alarms), (0, 0));
    assert_eq!((last.caught, last.false_alarms), (5, 3));
    assert!(
        sweep
            .points
            .is_sorted_by(|one, other| one.limit < other.limit && one.caught <= other.caught)
    );
    let suggested = sweep.suggested.unwrap();
    assert!(
        suggested.caught >= 4 && suggested.false_alarms == 0,
        "{suggested:?}"
    );
}

#[test]
fn halves_groups_and_eye_line_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let evaluation = evaluated(folder.path());
    let split = evaluation.split.unwrap();
    assert_eq!((split.subjects, split.photos), (4, [4, 4]));
    let eyes = split
        .lines
        .iter()
        .find(|line| line.label == "eyes_open")
        .unwrap();
    // Four people with a wrong label among them make a poor fit; what counts is that each half had its own.
    assert_eq!((eyes.caught.of, eyes.false_alarms.of), (5, 3), "{eyes:?}");
    let chosen = |half: usize| {
        eyes.moved[half]
            .iter()
            .any(|moved| moved.setting == "FACE-02.min")
    };
    assert!(chosen(0) && chosen(1), "{eyes:?}");
    let groups = evaluation.groups.unwrap();
    assert_eq!(groups.photos.values().copied().collect::<Vec<_>>(), [4, 4]);
    let eyes = groups
        .objections
        .iter()
        .find(|line| line.rule == "FACE-02")
        .unwrap();
    assert_eq!(
        eyes.groups
            .iter()
            .map(|rate| rate.share.count)
            .collect::<Vec<_>>(),
        [2, 2]
    );
    assert!(!eyes.differs && !eyes.beyond_chance);
    let eyes = evaluation.eye_line.unwrap();
    assert_eq!((eyes.photos, eyes.not_found), (8, 0));
    assert!(eyes.median_ratio < 0.03, "{eyes:?}");
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let folder = tempfile::tempdir().unwrap();
    let evaluation = evaluated(folder.path());
    let page = folder.path().join("page.html");
    write_page(&evaluation, folder.path(), &page).unwrap();
    let html = fs::read_to_string(&page).unwrap();
    for part in [
        "检查项评估报告",
        "分组验证",
        "限值扫描",
        "p0_1.jpg",
        "data:image/jpeg;base64,/9j/",
    ] {
        assert!(html.contains(part), "the page lacks {part}");
    }
    for outside in ["http:", "https:", "<script", "<link", "url("] {
        assert!(
            !html.contains(outside),
            "the page reaches outside: {outside}"
        );
    }
    assert!(
        write_page(&evaluation, folder.path(), &page).is_err(),
        "never over another file"
    );
}

#[test]
fn fitted_limits_are_a_profile_to_check_by() {
    let folder = tempfile::tempdir().unwrap();
    let evaluation = evaluated(folder.path());
    let path = folder.path().join("ours.toml");
    write_profile(&evaluation, Some("moe99"), &path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("extends = \"moe99\"") && text.contains("[rules.FACE-02]"),
        "{text}"
    );
    let mut verdicts = Vec::new();
    let photo = folder.path().join("p1_0.jpg");
    check_paths(&[photo], path.to_str(), |photo| {
        let findings = photo.findings();
        let eyes = findings
            .iter()
            .find(|finding| finding.code == "FACE-02")
            .unwrap();
        verdicts.push((eyes.severity.clone(), eyes.min));
    })
    .unwrap();
    assert_eq!(verdicts[0].0, "fail");
    let fitted = evaluation
        .fit
        .unwrap()
        .moved
        .iter()
        .find(|moved| moved.setting == "FACE-02.min")
        .map(|moved| moved.to);
    assert_eq!(verdicts[0].1, fitted);
}

#[test]
fn what_there_is_not_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    photos(folder.path());
    let refused = |change: fn(&mut Options)| {
        let mut options = options(folder.path());
        change(&mut options);
        evaluate(&options, &|_, _| {}).unwrap_err().message
    };
    assert!(refused(|options| options.sweeps = vec!["GEO-99".into()]).contains("GEO-99"));
    let names = refused(|options| options.sweeps = vec!["GEO-02".into()]);
    assert!(names.contains("GEO-02.min、GEO-02.max"), "{names}");
    assert!(refused(|options| options.split = Some("(".into())).contains("正则"));
    assert!(
        refused(|options| options.profile = Some("no-such.toml".into())).contains("no-such.toml")
    );
}
