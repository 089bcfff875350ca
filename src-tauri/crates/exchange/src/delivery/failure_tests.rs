//! Deliveries that come to nothing: what stays of them, and what is said.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::tests::{bytes_of, deliver, fits, loose, names_in, notes, planned};
use super::*;
use crate::error::Error;

#[test]
fn a_failed_or_cancelled_delivery_never_looks_finished() {
    let parent = tempfile::tempdir().unwrap();
    let plan = planned(
        &[("1", "甲"), ("2", "乙")],
        DEFAULT_TEMPLATE,
        DeliveryMode::CodeOnly,
    );
    let cancel = AtomicBool::new(false);
    let many: Vec<String> = (0..40).map(|at| format!("{at:02}")).collect();
    let borrowed: Vec<(&str, &str)> = many.iter().map(|number| (number.as_str(), "甲")).collect();
    let long = planned(&borrowed, DEFAULT_TEMPLATE, DeliveryMode::CodeOnly);
    let target = parent.path().join("取消");
    let mut done = 0;
    let error = write(
        &long,
        &notes(),
        loose(&target),
        &cancel,
        bytes_of,
        fits,
        |progress| {
            done = progress.done;
            cancel.store(done > 0, Ordering::Relaxed);
        },
    )
    .unwrap_err();
    assert!(matches!(error, Error::Cancelled));
    assert!(0 < done && done < 40);
    assert!(!target.exists(), "no photo and no folder");

    let target = parent.path().join("复核");
    let error = write(
        &plan,
        &notes(),
        loose(&target),
        &AtomicBool::new(false),
        bytes_of,
        |bytes| {
            if bytes.ends_with(b"2") {
                Err("尺寸不是480×640".into())
            } else {
                fits(bytes)
            }
        },
        |_| {},
    )
    .unwrap_err();
    assert!(
        error.to_string().contains("2.jpg") && error.to_string().contains("480×640"),
        "{error}"
    );
    assert!(!target.exists(), "no partial file and no folder");

    let target = parent.path().join("缺成品");
    let error = write(
        &plan,
        &notes(),
        loose(&target),
        &AtomicBool::new(false),
        |_| Err("原片已删除".into()),
        fits,
        |_| {},
    )
    .unwrap_err();
    assert!(matches!(error, Error::Provider { .. }));
    assert!(!target.exists());
}

#[test]
fn nothing_of_a_delivery_stays_that_could_not_be_ended_or_booked() {
    let parent = tempfile::tempdir().unwrap();
    let plan = planned(&[("1", "甲")], DEFAULT_TEMPLATE, DeliveryMode::CodeOnly);
    let zip = Packing::Zip { passphrase: None };
    for (packing, last) in [(&Packing::Loose, MANIFEST_FILE), (&zip, "照片.zip")] {
        // A folder stands where a file is to be.
        let folder = parent.path().join(last);
        fs::create_dir(&folder).unwrap();
        let destination = Destination {
            folder: &folder,
            packing,
        };
        let never = AtomicBool::new(false);
        let in_the_way = folder.join(last);
        let provider = |id| {
            fs::create_dir(&in_the_way).unwrap();
            bytes_of(id)
        };
        let told = write(&plan, &notes(), destination, &never, provider, fits, |_| {});
        assert!(told.unwrap_err().to_string().contains(last));
        assert_eq!(names_in(&folder), [last]);
    }
}

#[test]
fn a_folder_that_goes_away_meanwhile_is_named_and_no_file_in_it() {
    let parent = tempfile::tempdir().unwrap();
    let plan = planned(
        &[("1", "甲"), ("2", "乙")],
        DEFAULT_TEMPLATE,
        DeliveryMode::CodeOnly,
    );
    let zip = Packing::Zip { passphrase: None };
    for packing in [&Packing::Loose, &zip] {
        let folder = parent.path().join("交付");
        let away = parent.path().join("拔出");
        let destination = Destination {
            folder: &folder,
            packing,
        };
        let never = AtomicBool::new(false);
        let prepare = |provider: &dyn Fn(SubmissionId) -> Result<Vec<u8>, String>| {
            prepare(&plan, &notes(), destination, &never, provider, fits, |_| {})
        };
        let told = prepare(&|id| {
            let _ = fs::rename(&folder, &away);
            bytes_of(id)
        });
        let told = told.map(|_| ());
        assert!(
            matches!(&told, Err(Error::FolderGone { path }) if path == &folder),
            "{told:?}"
        );
        let _ = fs::remove_dir_all(&away);
        let ready = prepare(&bytes_of).unwrap();
        fs::rename(&folder, &away).unwrap();
        let told = ready.publish().unwrap_err();
        assert!(
            matches!(&told, Error::FolderGone { path } if path == &folder),
            "{told:?}"
        );
        fs::remove_dir_all(&away).unwrap();
    }
}

#[test]
fn what_the_disk_says_becomes_a_remedy() {
    let path = Path::new("盘/交付");
    for (kind, word) in [
        (std::io::ErrorKind::StorageFull, "已满"),
        (std::io::ErrorKind::QuotaExceeded, "已满"),
        (std::io::ErrorKind::ReadOnlyFilesystem, "只读"),
        (std::io::ErrorKind::PermissionDenied, "权限"),
        (std::io::ErrorKind::NotFound, "找不到"),
        (std::io::ErrorKind::Other, "占用"),
    ] {
        let text = Error::io(path, kind.into()).to_string();
        assert!(text.contains(word) && text.contains("盘/交付"), "{text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    // This device answers every write as a full disk does.
    let full = Path::new("/dev/full");
    let mut file = fs::OpenOptions::new().write(true).open(full).unwrap();
    let error = std::io::Write::write_all(&mut file, b"x").unwrap_err();
    assert!(matches!(Error::io(full, error), Error::DiskFull { .. }));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("没有/清单.xlsx");
    let told = crate::workbook::save_new(&path, b"x").unwrap_err();
    assert!(matches!(&told, Error::FolderGone { path } if path.ends_with("没有")));
    assert!(!told.to_string().contains("xlsx"), "{told}");
    assert_eq!(names_in(folder.path()), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    fs::set_permissions(parent.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let plan = planned(&[("1", "甲")], DEFAULT_TEMPLATE, DeliveryMode::CodeOnly);
    let outcome = deliver(&plan, &parent.path().join("交付"));
    fs::set_permissions(parent.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser may write anyway.
    assert!(
        matches!(outcome, Ok(_) | Err(Error::PermissionDenied { .. })),
        "{outcome:?}"
    );
}
