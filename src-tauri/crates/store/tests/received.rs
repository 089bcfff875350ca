//! What is read of every photo of a round at once says what its row says.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::Desk;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_store::{IntakeRecord, ReceivedRow, SubmissionRow};

#[test]
fn photos_of_every_way_of_coming_are_read_as_their_rows_are() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let by = |student, by| Matching::Matched { student, by };
    let first = desk.hand_in(students[0], b"first");
    desk.pile(b"nobody's", "风景.jpg");
    let given_back = by(students[1], MatchKey::FileName);
    desk.intake(b"given back", "0002.jpg", given_back);
    desk.intake(b"by name", "李.jpg", by(students[2], MatchKey::Name));
    // The same photo again, of another student.
    desk.hand_in(students[1], b"first");
    desk.hand_in(students[0], b"again");
    let (store, round) = (&desk.store, desk.round);

    let rows = store.submissions(round).unwrap();
    let of_rows: Vec<ReceivedRow> = rows.iter().filter_map(SubmissionRow::received).collect();
    let received = store.received(round).unwrap();
    assert_eq!(received, of_rows);
    let returned: Vec<bool> = received.iter().map(|row| row.returned).collect();
    assert_eq!(returned, [false, true, false, false, false]);

    let owners = store.owners(round).unwrap();
    assert_eq!(owners.len(), 5, "the one in the pile has none");
    assert_eq!(owners.get(&first), Some(&students[0]));
    assert_eq!(store.submissions_and_photos(round).unwrap(), (6, 5));

    assert_eq!(store.shared_photos(round).unwrap(), 0);
    let other = store
        .create_round(&desk::new_round("另一批"), "王", desk::at(1))
        .unwrap()
        .id;
    let record = |bytes: &[u8]| IntakeRecord {
        photo: store.put_photo(bytes).unwrap(),
        matching: Matching::Unknown,
        file_name: "x.jpg".to_owned(),
        source: "收集".to_owned(),
    };
    let records = [
        record(b"first"),
        record(b"again"),
        record(b"of the other alone"),
    ];
    store
        .record_intake(other, &records, "王", desk::at(2))
        .unwrap();
    assert_eq!(store.shared_photos(round).unwrap(), 2, "\"first\" once");
    assert_eq!(store.shared_photos(other).unwrap(), 2);
}
