//! What stands against deleting a round: how long its data is kept, and what of others' would go with it.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs;
use std::sync::atomic::AtomicBool;

use desk::{Desk, archive, at};
use zhaoshen_store::{ArchiveRecord, BackupWhy, Error, LeftOpen};

/// A round with four students and a photo.
fn worked() -> Desk {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3", "4"]);
    desk.hand_in(students[0], b"a photo");
    desk
}

/// Closes the round, and notes its archive a second later.
fn close_and_archive(desk: &Desk, second: i64) {
    let (store, round) = (&desk.store, desk.round);
    let left = LeftOpen::default();
    store.close_round(round, &left, "王", at(second)).unwrap();
    store
        .record_archive(round, &archive(), None, "王", at(second + 1))
        .unwrap();
}

#[test]
fn a_day_moved_earlier_or_said_too_late_is_no_leave_to_delete() {
    let today = at(9).to_zoned(jiff::tz::TimeZone::system()).date();
    let (before, later) = (today.yesterday().unwrap(), today.tomorrow().unwrap());
    // The days that are said, and what the deletion has of them.
    let table = [
        (vec![Some(before)], None, Some(before)),
        (vec![Some(later), Some(before)], Some(later), Some(before)),
        (vec![Some(later), None], Some(later), None),
    ];
    for (said, early, backdated) in table {
        let desk = worked();
        let (store, round) = (&desk.store, desk.round);
        close_and_archive(&desk, 3);
        for day in &said {
            store.set_retention(round, *day, "王", at(5)).unwrap();
        }
        let refused = store.erase_round(round, "", "王", at(9));
        let Err(Error::Ending(why)) = refused else {
            panic!("{said:?}: {refused:?}")
        };
        assert!(why.contains("保存期限"), "{why}");
        assert_eq!(store.students(round).unwrap().len(), 4);
        let erased = store.erase_round(round, "学校要求", "王", at(9)).unwrap();
        assert_eq!((erased.early, erased.backdated), (early, backdated));
        assert_eq!(erased.waived, "学校要求");
    }
}

#[test]
fn an_archive_that_lacks_finished_photos_and_no_day_at_all_are_no_leave_to_delete() {
    let today = at(9).to_zoned(jiff::tz::TimeZone::system()).date();
    let passed = today.yesterday().unwrap();
    // Photos that the archive lacks, whether a day was said, and what is told against the deletion.
    let table = [
        (Some(0), true, None),
        (Some(30), true, Some("缺少成品照片")),
        (None, true, Some("较早的版本")),
        (Some(0), false, Some("没有设定保存期限")),
    ];
    for (lacking, has_day, against) in table {
        let desk = worked();
        let (store, round) = (&desk.store, desk.round);
        let left = LeftOpen::default();
        store.close_round(round, &left, "王", at(3)).unwrap();
        let record = ArchiveRecord {
            lacking,
            ..archive()
        };
        let archived = store.record_archive(round, &record, None, "王", at(4));
        archived.unwrap();
        if has_day {
            let said = store.set_retention(round, Some(passed), "王", at(5 - 24 * 3600));
            said.unwrap();
        }
        if let Some(part) = against {
            let refused = store.erase_round(round, "", "王", at(9));
            let Err(Error::Ending(why)) = refused else {
                panic!("{lacking:?}: {refused:?}")
            };
            assert!(why.contains(part), "{why}");
            assert!(store.round_end(round).unwrap().erased.is_none());
        }
        let erased = store.erase_round(round, "学校要求", "王", at(9)).unwrap();
        assert_eq!(erased.waived.is_empty(), against.is_none());
        assert_eq!(erased.archive.unwrap().lacking, lacking);
    }
}

#[test]
fn what_is_not_the_programs_among_the_backups_is_neither_deleted_nor_left_unsaid() {
    let desk = worked();
    let (store, round) = (&desk.store, desk.round);
    let left = LeftOpen::default();
    store.close_round(round, &left, "王", at(3)).unwrap();
    let never = AtomicBool::new(false);
    let row = store
        .back_up(BackupWhy::Asked, at(4), &never, |_, _| {})
        .unwrap();
    let backups = desk.path().join("备份");
    let foreign = [
        backups.join("说明.docx"),
        backups.join(&row.name).join("说明.docx"),
        backups.join("photos/名单.xlsx"),
    ];
    for file in &foreign {
        fs::write(file, b"somebody's own").unwrap();
        let refused = store.erase_round(round, "不留", "王", at(9));
        let Err(Error::AmongBackups { path }) = &refused else {
            panic!("{refused:?}")
        };
        assert_eq!(path, file);
        assert_eq!(fs::read(file).unwrap(), b"somebody's own");
        assert!(store.round_end(round).unwrap().erased.is_none());
        fs::remove_file(file).unwrap();
    }
    fs::write(backups.join("Thumbs.db"), b"little pictures").unwrap();
    store.erase_round(round, "不留", "王", at(9)).unwrap();
    assert!(!backups.exists());
}
