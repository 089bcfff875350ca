//! After the deletion of a round, nothing of a person is in the workspace's bytes.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod beneath;
mod desk;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use desk::{
    Desk, approvals, approve, archive, at, decision, entry, new_round, reject, returned, sampling,
};
use sha2::{Digest, Sha256};
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{
    CodeDigest, CodeFormat, CodePicture, DecisionKind, PhotoHash, Reference, RoundId,
};
use zhaoshen_store::{
    Act, BackupWhy, DeliveredFile, DerivedKind, Error, IntakeOutcome, IntakeRecord, LeftOpen,
    LogFilter, MarkEdit, NewDelivery, NewWriting, Pictures, ReceiptSource, ReviewChoice, ReviewWhy,
    WritingKind,
};

const LIST: ReceiptSource<'_> = ReceiptSource {
    file: "回执-张小明.xlsx",
    sha256: "ab",
};

/// Stands for the digest of what a code says.
const CODE: &[u8; 32] = b"a digest of what the code says..";

/// Closes the round, and notes its archive a second later.
fn close_and_archive(desk: &Desk, second: i64) {
    let (store, round) = (&desk.store, desk.round);
    let left = LeftOpen::default();
    let closed = store.close_round(round, &left, "王", at(second));
    closed.unwrap();
    let archived = store.record_archive(round, &archive(), None, "王", at(second + 1));
    archived.unwrap();
}

#[test]
fn nothing_is_deleted_before_the_round_is_closed_and_archived_or_waived() {
    let (desk, ..) = full();
    let (store, round) = (&desk.store, desk.round);
    let refused = |waived| {
        matches!(
            store.erase_round(round, waived, "王", at(9)),
            Err(Error::Ending(_))
        )
    };
    assert!(refused("") && refused("不需要"));
    store
        .close_round(round, &LeftOpen::default(), "王", at(3))
        .unwrap();
    assert!(refused(""));
    assert_eq!(store.students(round).unwrap().len(), 4);
    assert!(store.round_end(round).unwrap().erased.is_none());
}

#[test]
fn nothing_is_deleted_before_its_day_has_passed_without_a_reason() {
    let (desk, ..) = full();
    let (store, round) = (&desk.store, desk.round);
    close_and_archive(&desk, 3);
    // The day counts until it is over.
    let day = at(9).to_zoned(jiff::tz::TimeZone::system()).date();
    store.set_retention(round, Some(day), "王", at(5)).unwrap();
    let refused = store.erase_round(round, "", "王", at(9));
    let Err(Error::Ending(why)) = refused else {
        panic!("{refused:?}")
    };
    assert!(why.contains("保存期限"), "{why}");
    assert!(store.round_end(round).unwrap().erased.is_none());
    let erased = store.erase_round(round, "学校要求", "王", at(9)).unwrap();
    assert_eq!(
        (erased.early, erased.waived.as_str()),
        (Some(day), "学校要求")
    );
    let filter = LogFilter {
        what: Some(Act::RoundErased),
        ..LogFilter::default()
    };
    let row = store.log(&filter, 0, 1).unwrap().remove(0);
    assert_eq!(row.after.unwrap()["reason"], "学校要求");
}

#[test]
fn a_day_that_has_passed_needs_no_reason_and_one_given_is_not_kept() {
    let (desk, ..) = full();
    let (store, round) = (&desk.store, desk.round);
    close_and_archive(&desk, 3);
    let day = at(9).to_zoned(jiff::tz::TimeZone::system()).date();
    let before = day.yesterday().unwrap();
    store
        .set_retention(round, Some(before), "王", at(5 - 24 * 3600))
        .unwrap();
    let erased = store.erase_round(round, "多余", "王", at(9)).unwrap();
    assert_eq!((erased.early, erased.waived.as_str()), (None, ""));
    assert_eq!(erased.backdated, None);
}

#[test]
fn no_day_has_passed_by_a_clock_that_jumped() {
    let (desk, ..) = full();
    let (store, round) = (&desk.store, desk.round);
    close_and_archive(&desk, 3);
    let year = 400 * 24 * 3600;
    let day = at(year / 2).to_zoned(jiff::tz::TimeZone::system()).date();
    store.set_retention(round, Some(day), "王", at(5)).unwrap();
    assert!(store.has_clock_jumped(at(year)).unwrap());
    let Err(Error::Ending(why)) = store.erase_round(round, "", "王", at(year)) else {
        panic!("it was deleted")
    };
    assert!(why.contains("时钟"), "{why}");
    let erased = store
        .erase_round(round, "日期没有错", "王", at(year))
        .unwrap();
    assert_eq!((erased.early, erased.waived.as_str()), (None, "日期没有错"));
}

#[cfg(unix)]
#[test]
fn nothing_is_deleted_while_a_part_of_the_workspace_lies_elsewhere() {
    let (desk, ..) = full();
    let (store, round) = (&desk.store, desk.round);
    let left = LeftOpen::default();
    store.close_round(round, &left, "王", at(3)).unwrap();
    let other = tempfile::tempdir().unwrap();
    for part in ["备份", "derived/preview", "photos"] {
        let own = desk.path().join(part);
        let there = other.path().join(part.replace('/', "-"));
        let is_there = own.exists();
        if is_there {
            fs::rename(&own, &there).unwrap();
        } else {
            fs::create_dir(&there).unwrap();
        }
        std::os::unix::fs::symlink(&there, &own).unwrap();
        let refused = store.erase_round(round, "不留", "王", at(9));
        let Err(Error::Elsewhere { path }) = &refused else {
            panic!("{part}: {refused:?}")
        };
        assert_eq!(path, &own);
        assert!(store.round_end(round).unwrap().erased.is_none());
        fs::remove_file(&own).unwrap();
        if is_there {
            fs::rename(&there, &own).unwrap();
        }
    }
    assert_eq!(store.students(round).unwrap().len(), 4);
    store.erase_round(round, "不留", "王", at(9)).unwrap();
}

/// A round with a bit of everything, and a second round that holds one of its photos. What is looked for afterwards
/// comes last.
fn full() -> (Desk, RoundId, Vec<Vec<u8>>) {
    let desk = Desk::new();
    let (store, round) = (&desk.store, desk.round);
    let students = desk.roster(&["2021001", "2021002", "2021003", "2021004"]);
    let own = b"the first photo's very bytes".to_vec();
    let shared = b"a photo that two rounds hold".to_vec();
    let photos = [
        desk.hand_in(students[0], &own),
        desk.hand_in(students[1], &shared),
    ];
    let third = desk.hand_in(students[2], b"the third photo's very bytes");
    desk.pile(b"nobody's photo, but somebody's face", "张小明的照片.jpg");
    let hash = store.submission(photos[0]).unwrap().photo;
    for kind in [
        DerivedKind::Preview,
        DerivedKind::Thumb,
        DerivedKind::Rendition { recipe: 7 },
    ] {
        store
            .put_derived(hash, kind, b"derived of the first")
            .unwrap();
    }
    let note = zhaoshen_model::Decision {
        note: "张小明说这是旧照片".to_owned(),
        ..decision(DecisionKind::Held, "王")
    };
    store.decide(photos[0], &note, None, at(1)).unwrap();
    let watched = serde_json::json!({ "folder": "D:/张小明收的照片", "on": true });
    let name = format!("drop_folder.{}", round.0);
    store
        .set_round_setting(round, (&name, &watched), "王", at(1))
        .unwrap();
    let review = ReviewChoice {
        why: ReviewWhy::Held,
        submissions: vec![photos[0]],
        drawn: None,
    };
    store
        .choose_for_review(round, &review, "王", at(2))
        .unwrap();
    store
        .judge_again(photos[0], &reject("李"), None, at(3))
        .unwrap();
    store
        .decide(photos[1], &approve("王"), None, at(4))
        .unwrap();
    store
        .record_receipts(round, LIST, &[returned(students[0])], "王", at(5))
        .unwrap();
    store
        .mark_paper(round, &students[1..2], true, "王", at(6))
        .unwrap();
    let left = MarkEdit::Excluded(
        Some(zhaoshen_model::scope::Exclusion::Other),
        "张小明家里有事".to_owned(),
    );
    store
        .mark_students(
            round,
            &students[3..],
            &left,
            "免采-张小明.xlsx",
            "王",
            at(7),
        )
        .unwrap();
    let plan = sampling(&[third], &[third]);
    store.plan_sample(round, &plan, "王", at(8)).unwrap();
    let code = CodePicture {
        student: students[0],
        photo: store.put_photo(b"the code picture's very bytes").unwrap(),
        format: CodeFormat::Png,
        digest: Some(CodeDigest(*CODE)),
        file_name: "采集码-张小明.png".to_owned(),
    };
    let earlier = CodePicture {
        photo: store.put_photo(b"another code picture's bytes").unwrap(),
        digest: None,
        ..code.clone()
    };
    // One that is a photo too is counted as a photo.
    let both = CodePicture {
        student: students[1],
        photo: hash,
        digest: None,
        ..code.clone()
    };
    let codes = [earlier, code, both];
    store
        .file_pictures(round, Pictures::Codes(&codes), "王", at(8))
        .unwrap();
    let reference = Reference {
        student: students[0],
        photo: store
            .put_photo(b"the reference photo's very bytes")
            .unwrap(),
        width_px: 2,
        height_px: 2,
        eyes: None,
        file_name: "录取照片-张小明.jpg".to_owned(),
    };
    let earlier = Reference {
        photo: store.put_photo(b"another reference photo's bytes").unwrap(),
        ..reference.clone()
    };
    // A photo too, and counted as one.
    let both = Reference {
        student: students[1],
        photo: hash,
        ..reference.clone()
    };
    let references = [earlier, reference, both];
    store
        .file_pictures(round, Pictures::References(&references), "王", at(8))
        .unwrap();
    let delivery = NewDelivery {
        target: "D:/张小明/交付".to_owned(),
        profile_name: "moe99".to_owned(),
        in_house: false,
        files: vec![DeliveredFile {
            file_name: "2021001-张小明.jpg".to_owned(),
            submission: photos[1],
            sha256: hash,
            size_bytes: 3,
        }],
        approvals: approvals(store, &[photos[1]]),
        how: serde_json::json!({ "columns": ["姓名"] }),
        again: serde_json::json!({ "account": "张小明" }),
    };
    store
        .record_delivery(round, &delivery, None, "王", at(9))
        .unwrap();
    let broken_off = NewWriting {
        round: Some(round),
        kind: WritingKind::Delivery,
        number: 0,
        target: "D:/张小明/交付二".to_owned(),
    };
    store.begin_writing(&broken_off, "王", at(9)).unwrap();
    let key = Matching::NotOnRoster {
        key: "2021777".to_owned(),
    };
    let stray = match desk.intake(b"a stray photo's very bytes", "2021777.jpg", key) {
        IntakeOutcome::Added { submission, .. } => submission,
        other => panic!("{other:?}"),
    };
    store.dismiss(&[stray], "王", at(10)).unwrap();

    let other = store
        .create_round(&new_round("另一批"), "王", at(11))
        .unwrap()
        .id;
    store
        .import_roster(other, &[entry("2031001")], "名单.xlsx", "王", at(12))
        .unwrap();
    let record = IntakeRecord {
        photo: store.put_photo(&shared).unwrap(),
        matching: Matching::Unknown,
        file_name: "x.jpg".to_owned(),
        source: "收集".to_owned(),
    };
    store.record_intake(other, &[record], "王", at(13)).unwrap();

    let mut sought: Vec<Vec<u8>> = [
        "张小明",
        "2021001",
        "ID2021002",
        "EX2021003",
        "学生2021004",
        "2021777",
        "旧照片",
        "derived of",
        "first photo's",
        "third photo's",
        "stray photo's",
        "somebody's face",
        "code picture's",
        "reference photo's",
        "录取照片",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    sought.push(CODE.to_vec());
    let digest: [u8; 32] = Sha256::digest(&own).into();
    sought.push(digest.to_vec());
    sought.push(digest[1..].to_vec());
    sought.push(PhotoHash(digest).to_string().into_bytes());
    (desk, other, sought)
}

fn found(folder: &Path, sought: &[Vec<u8>]) -> Vec<String> {
    let files = beneath::files(folder);
    let is_there = |part: &&Vec<u8>| {
        files.iter().any(|(path, bytes)| {
            let path = path.to_string_lossy();
            beneath::holds(path.as_bytes(), part) || beneath::holds(bytes, part)
        })
    };
    let left = sought.iter().filter(is_there);
    left.map(|part| String::from_utf8_lossy(part).into_owned())
        .collect()
}

#[test]
fn after_the_deletion_no_byte_of_the_workspace_tells_of_a_person() {
    let (desk, other, sought) = full();
    let (store, round) = (&desk.store, desk.round);
    // Their shard and name stand in the path, never whole: the hash in text is in no byte even before.
    let before = found(desk.path(), &sought);
    assert!(before.len() >= sought.len() - 1, "{before:?}");
    let rows = store.log_count(&LogFilter::default()).unwrap();
    close_and_archive(&desk, 20);
    store
        .back_up(BackupWhy::Asked, at(22), &AtomicBool::new(false), |_, _| {})
        .unwrap();
    let record = store.erase_round(round, "学校要求", "王", at(22)).unwrap();
    assert_eq!(found(desk.path(), &sought), Vec::<String>::new());

    let erased = record.erased;
    assert_eq!((erased.students, erased.submissions), (4, 5));
    assert_eq!(
        (erased.photos, erased.shared_photos, erased.derived),
        (4, 1, 3)
    );
    assert_eq!(erased.codes, Some(2), "one in force, one that it replaced");
    assert_eq!(erased.references, Some(2), "of these too");
    assert_eq!(
        erased.decisions, 4,
        "two first verdicts, a second, and that they differ"
    );
    assert_eq!((erased.delivered_files, erased.records), (1, 9));
    assert_eq!(erased.backups, 1);
    assert!(store.verify_log(&AtomicBool::new(false)).unwrap().holds());
    assert!(erased.undo_records > 0 && erased.log_texts > 0 && erased.photo_bytes > 0);
    assert_eq!(store.log_count(&LogFilter::default()).unwrap(), rows + 3);
    let log = store.log(&LogFilter::default(), 0, 1000).unwrap();
    let decided = log.iter().find(|row| row.what == Act::Decided).unwrap();
    assert_eq!(decided.after.as_ref().unwrap()["kind"], "approved");

    // The other round is whole, and this one takes nothing any more.
    assert_eq!(store.students(other).unwrap().len(), 1);
    let shared = PhotoHash(Sha256::digest(b"a photo that two rounds hold").into());
    assert!(store.read_photo(shared).is_ok());
    assert!(matches!(
        store.reopen_round(round, "王", at(23)),
        Err(Error::RoundErased)
    ));
    assert!(matches!(store.check_open(round), Err(Error::RoundErased)));
    let again = store.erase_round(round, "不需要", "王", at(24));
    assert!(matches!(again, Err(Error::RoundErased)));

    let desk = desk.reopen();
    let end = desk.store.round_end(round).unwrap();
    assert_eq!(end.erased.unwrap().archive, Some(archive()));
    assert_eq!(found(desk.path(), &sought), Vec::<String>::new());
}

#[test]
fn an_erasure_that_was_killed_is_ended_at_the_next_opening() {
    let (desk, _, sought) = full();
    desk.store
        .close_round(desk.round, &LeftOpen::default(), "王", at(20))
        .unwrap();
    // The folder for one kind of derived files cannot be listed: rows go, files stay, as after a kill.
    let folder = desk.path().join("derived/thumb");
    let aside = desk.path().join("derived/aside");
    fs::rename(&folder, &aside).unwrap();
    fs::create_dir(&folder).unwrap();
    for shard in 0..=255 {
        let shard = folder.join(format!("{shard:02x}"));
        fs::create_dir(&shard).unwrap();
        // A folder where a file is to be removed.
    }
    let hash: [u8; 32] = Sha256::digest(b"the first photo's very bytes").into();
    let (shard, name) = (hex::encode(&hash[..1]), hex::encode(&hash[1..]));
    let stone = folder.join(&shard).join(&name);
    fs::create_dir(&stone).unwrap();
    fs::write(stone.join("x"), b"x").unwrap();
    let failed = desk.store.erase_round(desk.round, "试用批次", "王", at(21));
    assert!(
        matches!(failed, Err(Error::Io { .. } | Error::ReadOnly)),
        "{failed:?}"
    );
    assert!(desk.store.students(desk.round).unwrap().is_empty());
    fs::remove_dir_all(&stone).unwrap();
    fs::remove_dir_all(&aside).unwrap();
    let desk = desk.reopen();
    assert_eq!(found(desk.path(), &sought), Vec::<String>::new());
    assert_eq!(
        desk.store
            .round_end(desk.round)
            .unwrap()
            .erased
            .unwrap()
            .waived,
        "试用批次"
    );
}
