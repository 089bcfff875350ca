//! Measurements: kept by photo and version, asked for when missing, never kept unreadable.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, at};
use zhaoshen_model::matching::Matching;
use zhaoshen_model::measurement::{Completeness, FileFacts, FileFormat, PictureFacts};
use zhaoshen_model::{Measurements, PhotoHash};
use zhaoshen_store::{Error, IntakeRecord};

fn measurements(version: u32, mean_chroma: f64) -> Measurements {
    let file = FileFacts {
        extension: "jpg".to_owned(),
        size_bytes: 60_000,
        format: FileFormat::Jpeg,
        completeness: Completeness::Complete,
        trailing_bytes: 0,
    };
    Measurements {
        picture: Some(PictureFacts {
            width_px: 480,
            height_px: 640,
            mean_chroma,
            border_px: [0; 4],
            blockiness_ratio: 1.0,
        }),
        ..Measurements::of_file(version, file)
    }
}

#[test]
fn what_is_missing_is_asked_for_newest_roster_order_first() {
    let desk = Desk::new();
    let pile = desk.pile(b"pile", "IMG_1.jpg");
    let students = desk.roster(&["1", "2", "3"]);
    let third = desk.hand_in(students[2], b"third");
    let first = desk.hand_in(students[0], b"first");
    let second = desk.hand_in(students[1], b"first");
    let photo = |id| desk.store.submission(id).unwrap().photo;
    let missing = |version| -> Vec<PhotoHash> {
        let missing = desk
            .store
            .missing_measurements(desk.round, version)
            .unwrap();
        missing.into_iter().map(|(photo, _)| photo).collect()
    };
    assert_eq!(photo(first), photo(second));
    assert_eq!(missing(1), [photo(first), photo(third), photo(pile)]);

    let taken = [
        (photo(first), measurements(1, 12.5)),
        (photo(pile), measurements(1, 3.0)),
    ];
    desk.store.put_measurements(&taken).unwrap();
    assert_eq!(missing(1), [photo(third)]);
    assert_eq!(missing(2), [photo(first), photo(third), photo(pile)]);
    assert_eq!(
        desk.store.measurements(photo(first), 1).unwrap().as_ref(),
        Some(&taken[0].1)
    );
    assert_eq!(desk.store.measurements(photo(first), 2).unwrap(), None);
    assert_eq!(
        desk.store.round_measurements(desk.round, 1).unwrap().len(),
        2
    );

    desk.store
        .put_measurements(&[(photo(first), measurements(2, 13.0))])
        .unwrap();
    assert_eq!(missing(2), [photo(third), photo(pile)]);
    assert_eq!(
        desk.store.measurements(photo(first), 1).unwrap(),
        None,
        "the older are replaced"
    );
}

#[test]
fn of_many_photos_each_has_its_own_and_those_of_another_version_have_none() {
    let desk = Desk::new();
    let files: Vec<Vec<u8>> = (0_u32..1_301).map(|n| n.to_be_bytes().to_vec()).collect();
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let photos = desk.store.put_photos(&files).unwrap();
    let records: Vec<IntakeRecord> = photos
        .iter()
        .map(|photo| IntakeRecord {
            photo: *photo,
            matching: Matching::Unknown,
            file_name: format!("{photo}.jpg"),
            source: String::new(),
        })
        .collect();
    let taken_in = desk.store.record_intake(desk.round, &records, "王", at(0));
    taken_in.unwrap();
    let versions = (0_u32..).map(|n| 1 + n % 2);
    let taken: Vec<_> = photos
        .iter()
        .zip(versions)
        .zip(1_u32..)
        .map(|((photo, version), n)| (*photo, measurements(version, f64::from(n))))
        .collect();
    desk.store.put_measurements(&taken).unwrap();
    // Few are read at once, many in two halves.
    for asked in [0, 3, photos.len()] {
        let mut read: Vec<_> = desk
            .store
            .measurements_of(&photos[..asked], 2)
            .unwrap()
            .into_iter()
            .map(|(photo, measured)| (photo, (*measured).clone()))
            .collect();
        read.sort_by_key(|(photo, _)| *photo);
        let mut expected: Vec<_> = taken[..asked]
            .iter()
            .filter(|(_, measured)| measured.version == 2)
            .cloned()
            .collect();
        expected.sort_by_key(|(photo, _)| *photo);
        assert_eq!(read, expected, "{asked}");
    }
}

#[test]
fn numbers_that_do_not_read_back_are_refused_whole() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let photo = desk
        .store
        .submission(desk.hand_in(student, b"a"))
        .unwrap()
        .photo;
    for broken in [f64::NAN, f64::INFINITY] {
        let taken = [
            (photo, measurements(1, 1.0)),
            (photo, measurements(1, broken)),
        ];
        let refused = desk.store.put_measurements(&taken).unwrap_err();
        assert!(matches!(refused, Error::Unstorable { .. }), "{refused:?}");
        assert_eq!(desk.store.measurements(photo, 1).unwrap(), None);
    }
    let unknown = [(PhotoHash([9; 32]), measurements(1, 1.0))];
    let refused = desk.store.put_measurements(&unknown).unwrap_err();
    assert!(matches!(refused, Error::PhotoMissing { .. }), "{refused:?}");
}
