//! Assigning a photo, and taking that back, judges anew every submission it concerns.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;

use sha2::{Digest, Sha256};
use zhaoshen_station::wire::{PileAssign, RoundRef, StudentsQuery, SubmissionRef};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::import_photos;

const SHARED: &str = "FILE-06";

#[test]
fn photos_two_students_share_are_told_and_untold() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let files: Vec<_> = walkdir::WalkDir::new(&round.photos)
        .into_iter()
        .filter_map(Result::ok)
        .collect();
    let hash = |path: &std::path::Path| hex::encode(Sha256::digest(fs::read(path).unwrap()));
    let (first, own) = pending
        .iter()
        .filter(|item| item.verdict == "pass" || item.verdict == "warn")
        .find_map(|item| {
            let named = |entry: &&walkdir::DirEntry| {
                entry.file_type().is_file() && hash(entry.path()) == item.photo
            };
            Some((item, files.iter().find(named)?))
        })
        .unwrap();
    let copies = round.folder.path().join("copies");
    fs::create_dir(&copies).unwrap();
    fs::copy(own.path(), copies.join("DSC.jpg")).unwrap();
    import_photos(&round.station, round.round, &[copies]).unwrap();
    let whole = RoundRef { round: round.round };
    let piles = round.station.pile_list(whole).unwrap();
    let copy = piles
        .unknown
        .iter()
        .find(|item| item.file_name.ends_with("DSC.jpg"));
    let piled = copy.unwrap().submission;
    let students = round.station.student_list(StudentsQuery {
        round: round.round,
        state: "missing".to_owned(),
        text: String::new(),
        offset: 0,
        limit: 1,
    });
    let student = students.unwrap().students[0].student;

    let failing = |submission| {
        let view = round.station.submission_show(SubmissionRef { submission });
        view.unwrap().item.failing
    };
    let before = failing(first.submission);
    assert!(!before.contains(&SHARED.to_owned()));
    let args = PileAssign {
        submission: piled,
        student,
    };
    round.station.pile_assign(args).unwrap();
    let after = failing(first.submission);
    assert!(after.contains(&SHARED.to_owned()), "{after:?}");
    assert!(failing(piled).contains(&SHARED.to_owned()));
    round.station.act_undo(whole.into()).unwrap();
    assert_eq!(failing(first.submission), before);
}
