//! Reconciliation by tables, and by a property over books of any kind.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod answers;
mod handover;
mod strays;

use proptest::prelude::*;

use super::*;

const S: StudentId = StudentId(1);

fn photo(id: i64, student: i64, n: u32, decision: Option<DecisionKind>) -> PhotoEntry {
    PhotoEntry {
        submission: SubmissionId(id),
        place: PhotoPlace::Of {
            student: StudentId(student),
            n,
        },
        decision,
        in_question: false,
    }
}

fn file(submission: i64, delivery: u32) -> FileEntry {
    FileEntry {
        submission: SubmissionId(submission),
        delivery,
        student: Some(S),
        since: None,
    }
}

fn row(id: i64, student: i64, submission: Option<i64>, state: ReceiptState) -> ReceiptEntry {
    ReceiptEntry {
        id: ReceiptId(id),
        about: About::Student(StudentId(student)),
        submission: submission.map(SubmissionId),
        delivery: None,
        decided_since: false,
        state,
        text: String::new(),
        names_otherwise: false,
    }
}

/// The kinds found for a roster of student 1 alone.
fn kinds(mut books: Books) -> Vec<DifferenceKind> {
    books.roster = vec![S];
    let found = reconcile(&books).differences;
    found.into_iter().map(|found| found.kind).collect()
}

#[test]
fn every_stage_is_told_and_the_last_is_not() {
    use DecisionKind::{Approved, Held, Rejected};
    use DifferenceKind as K;
    use ReceiptState::{Accepted, Returned, Unsettled};
    let first = |decision| vec![photo(1, 1, 1, decision)];
    let two = |decision| {
        vec![
            photo(1, 1, 1, Some(Approved)),
            photo(2, 1, 2, Some(decision)),
        ]
    };
    for (what, photos, files, receipts, expected) in [
        ("nothing", vec![], vec![], vec![], vec![K::NotSubmitted]),
        ("open", first(None), vec![], vec![], vec![K::Undecided]),
        (
            "held",
            first(Some(Held)),
            vec![],
            vec![],
            vec![K::Undecided],
        ),
        (
            "rejected",
            first(Some(Rejected)),
            vec![],
            vec![],
            vec![K::NotResubmitted],
        ),
        (
            "approved",
            first(Some(Approved)),
            vec![],
            vec![],
            vec![K::Undelivered],
        ),
        (
            "delivered",
            first(Some(Approved)),
            vec![file(1, 1)],
            vec![],
            vec![K::Unanswered],
        ),
        (
            "accepted",
            first(Some(Approved)),
            vec![file(1, 1)],
            vec![row(1, 1, Some(1), Accepted)],
            vec![],
        ),
        (
            "returned",
            first(Some(Approved)),
            vec![file(1, 1)],
            vec![row(1, 1, Some(1), Returned)],
            vec![K::Returned],
        ),
        (
            "answered in words that say neither",
            first(Some(Approved)),
            vec![file(1, 1)],
            vec![row(1, 1, Some(1), Unsettled)],
            vec![K::Unsettled],
        ),
        (
            "answered plainly after such words",
            first(Some(Approved)),
            vec![file(1, 1)],
            vec![row(1, 1, Some(1), Unsettled), row(2, 1, Some(1), Accepted)],
            vec![],
        ),
        (
            "returned and rejected",
            first(Some(Rejected)),
            vec![file(1, 1)],
            vec![row(1, 1, Some(1), Returned)],
            vec![K::NotResubmitted],
        ),
        (
            "handed in anew after the return, approved, delivered again",
            two(Approved),
            vec![file(1, 1), file(2, 2)],
            vec![row(1, 1, Some(1), Returned)],
            vec![K::Unanswered],
        ),
        (
            "handed in anew after the delivery, and approved",
            two(Approved),
            vec![file(1, 1)],
            vec![row(1, 1, Some(1), Accepted)],
            vec![K::Outdated],
        ),
        (
            "handed in anew after the delivery, and rejected",
            two(Rejected),
            vec![file(1, 1)],
            vec![],
            vec![K::NotResubmitted, K::Revoked],
        ),
        (
            "told of, and never delivered",
            first(Some(Approved)),
            vec![],
            vec![row(1, 1, None, Accepted)],
            vec![K::Undelivered, K::ReceiptUndelivered],
        ),
    ] {
        let books = Books {
            photos,
            files,
            receipts,
            ..Books::default()
        };
        assert_eq!(kinds(books), expected, "{what}");
    }
}

#[test]
fn what_the_register_says_is_held_against_the_studio() {
    use DifferenceKind as K;
    use ReceiptState as R;
    let done = |more: Vec<ReceiptEntry>| {
        let mut receipts = vec![row(1, 1, Some(1), R::Accepted)];
        receipts.extend(more);
        Books {
            photos: vec![photo(1, 1, 1, Some(DecisionKind::Approved))],
            files: vec![file(1, 1)],
            receipts,
            ..Books::default()
        }
    };
    for (what, more, expected) in [
        (
            "somebody else is listed",
            row(2, 7, None, R::Listed),
            vec![K::NotEnrolled],
        ),
        ("listed", row(2, 1, None, R::Listed), vec![]),
        (
            "listed under another name",
            ReceiptEntry {
                names_otherwise: true,
                ..row(2, 1, None, R::Listed)
            },
            vec![K::EnrolledOtherwise],
        ),
        ("compared", row(2, 1, None, R::Unsure), vec![K::Compared]),
        ("shown", row(2, 1, None, R::HasPhoto), vec![]),
        (
            "not shown",
            row(2, 1, None, R::NoPhoto),
            vec![K::NotOnRegister],
        ),
        ("right", row(2, 1, None, R::Right), vec![]),
        ("wrong", row(2, 1, None, R::Wrong), vec![K::ConfirmedWrong]),
        (
            "unanswered",
            row(2, 1, None, R::Unanswered),
            vec![K::Unconfirmed],
        ),
    ] {
        assert_eq!(kinds(done(vec![more])), expected, "{what}");
    }
    let later = done(vec![
        row(2, 1, None, R::NoPhoto),
        row(3, 1, None, R::HasPhoto),
    ]);
    assert_eq!(kinds(later), vec![], "the newest row holds");
    let collected = Books {
        receipts: vec![row(1, 1, None, R::HasPhoto)],
        ..Books::default()
    };
    assert_eq!(
        kinds(collected),
        vec![K::NotSubmitted, K::AlreadyOnRegister]
    );
}

#[test]
fn who_is_exempt_owes_nothing_and_is_told_of_only_when_delivered() {
    use DifferenceKind as K;
    let mut books = Books {
        exempt: BTreeSet::from([S]),
        receipts: vec![
            row(1, 7, None, ReceiptState::Listed),
            row(2, 1, None, ReceiptState::HasPhoto),
        ],
        ..Books::default()
    };
    assert_eq!(kinds(books.clone()), vec![]);
    books.photos = vec![photo(1, 1, 1, Some(DecisionKind::Rejected))];
    assert_eq!(kinds(books.clone()), vec![]);
    books.photos = vec![photo(1, 1, 1, Some(DecisionKind::Approved))];
    books.files = vec![file(1, 1)];
    assert_eq!(kinds(books), vec![K::DeliveredExempt, K::Unanswered]);
}

#[test]
fn paper_is_missed_only_when_some_has_come() {
    use DifferenceKind as K;
    let mut books = Books {
        photos: vec![photo(1, 1, 1, Some(DecisionKind::Approved))],
        files: vec![file(1, 1)],
        receipts: vec![row(1, 1, Some(1), ReceiptState::Accepted)],
        ..Books::default()
    };
    assert_eq!(kinds(books.clone()), vec![]);
    books.paper.insert(StudentId(7));
    assert_eq!(kinds(books.clone()), vec![K::PaperMissing]);
    books.paper.insert(S);
    assert_eq!(kinds(books.clone()), vec![]);
    books.files.clear();
    books.receipts.clear();
    assert_eq!(kinds(books), vec![K::Undelivered, K::PaperStray]);
}

#[test]
fn words_of_kinds_read_back_and_are_in_order() {
    for kind in DifferenceKind::ALL {
        assert_eq!(DifferenceKind::parse(kind.as_str()), Some(kind));
    }
    assert!(DifferenceKind::ALL.is_sorted());
}

fn decision() -> impl Strategy<Value = Option<DecisionKind>> {
    prop_oneof![
        Just(None),
        Just(Some(DecisionKind::Approved)),
        Just(Some(DecisionKind::Approved)),
        Just(Some(DecisionKind::Rejected)),
        Just(Some(DecisionKind::Held)),
    ]
}

fn place() -> impl Strategy<Value = PhotoPlace> {
    prop_oneof![
        6 => (0..7_i64, 1..4_u32).prop_map(|(student, n)| PhotoPlace::Of {
            student: StudentId(student),
            n
        }),
        1 => Just(PhotoPlace::Pile),
        1 => Just(PhotoPlace::PutAside),
    ]
}

fn about() -> impl Strategy<Value = About> {
    prop_oneof![
        6 => (0..7_i64).prop_map(|student| About::Student(StudentId(student))),
        1 => Just(About::Several),
        1 => Just(About::Nobody),
    ]
}

fn handed() -> impl Strategy<Value = FileEntry> {
    let since = prop_oneof![
        3 => Just(None),
        1 => proptest::sample::select(vec![Some(Since::Student), Some(Since::Number)]),
    ];
    let student = proptest::option::of((0..7_i64).prop_map(StudentId));
    let parts = (0..14_i64, 1..4_u32, student, since);
    parts.prop_map(|(id, delivery, student, since)| FileEntry {
        student,
        since,
        ..file(id, delivery)
    })
}

/// Books in which anything may stand: students twice, files of photos that do not exist, answers to anything.
fn books() -> impl Strategy<Value = Books> {
    let states: Vec<ReceiptState> = ReceiptState::all().collect();
    let receipt = (
        about(),
        proptest::option::of(0..12_i64),
        proptest::sample::select(states),
    );
    (
        proptest::collection::vec(0..6_i64, 0..9),
        proptest::collection::vec((place(), decision()), 0..12),
        proptest::collection::vec(handed(), 0..14),
        proptest::collection::vec(receipt, 0..14),
        proptest::collection::btree_set(0..7_i64, 0..5),
        proptest::collection::btree_set(0..7_i64, 0..4),
    )
        .prop_map(|(roster, photos, files, receipts, paper, exempt)| Books {
            roster: roster.into_iter().map(StudentId).collect(),
            photos: (0_i64..)
                .zip(photos)
                .map(|(id, (place, decision))| PhotoEntry {
                    submission: SubmissionId(id),
                    place,
                    decision,
                    in_question: id % 5 == 0,
                })
                .collect(),
            files,
            receipts: (0_i64..)
                .zip(receipts)
                .map(|(id, (about, submission, state))| ReceiptEntry {
                    about,
                    ..row(id, 0, submission, state)
                })
                .collect(),
            paper: paper.into_iter().map(StudentId).collect(),
            exempt: exempt.into_iter().map(StudentId).collect(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_sums_add_up_whatever_the_books_say(books in books()) {
        let done = reconcile(&books);
        let sum = |of: SumOf| done.sums.iter().find(|sum| sum.of == of).unwrap().clone();
        for known in &done.sums {
            let parts: usize = known.parts.iter().map(|part| part.1).sum();
            prop_assert_eq!(known.whole, parts, "{:?}", known);
        }
        let listed: HashSet<StudentId> = books.roster.iter().copied().collect();
        let studio = books.receipts.iter().filter(|row| row.state.kind() == ReceiptKind::Studio);
        prop_assert_eq!(sum(SumOf::Roster).whole, listed.len());
        prop_assert_eq!(sum(SumOf::Clear).whole, listed.len());
        let here = listed.iter().filter(|id| books.paper.contains(id)).count();
        prop_assert!((here..=listed.len()).contains(&sum(SumOf::Paper).whole));
        let paper = sum(SumOf::Paper);
        prop_assert_eq!(paper.part(Part::Arrived) + paper.part(Part::Besides), here);
        prop_assert_eq!(sum(SumOf::Photos).whole, books.photos.len());
        prop_assert_eq!(sum(SumOf::Files).whole, books.files.len());
        prop_assert_eq!(sum(SumOf::Receipts).whole, studio.count());

        // From one book to the next.
        let at = |stage| sum(SumOf::Roster).part(Part::At(stage));
        let in_question = sum(SumOf::Photos).part(Part::InQuestion);
        let without = listed.len() - sum(SumOf::Photos).part(Part::Current) - in_question;
        prop_assert!(at(Stage::InQuestion) <= in_question);
        prop_assert!(in_question <= at(Stage::InQuestion) + at(Stage::Exempt));
        prop_assert!(at(Stage::Missing) <= without);
        prop_assert!(without <= at(Stage::Missing) + at(Stage::Exempt));
        use Stage::{Accepted, Returned, Unanswered, Unsettled};
        let good = [Unanswered, Unsettled, Returned, Accepted].map(at);
        prop_assert_eq!(sum(SumOf::Files).part(Part::Good), good.iter().sum::<usize>());
        prop_assert_eq!(sum(SumOf::Files).part(Part::Outdated), at(Stage::Outdated));
        prop_assert_eq!(sum(SumOf::Receipts).part(Part::Accepted), at(Stage::Accepted));
        prop_assert_eq!(sum(SumOf::Receipts).part(Part::Returned), at(Stage::Returned));
        prop_assert_eq!(sum(SumOf::Receipts).part(Part::Unsettled), at(Stage::Unsettled));

        // And from the sums to the differences.
        let counts = done.counts();
        let found = |kind| counts.get(&kind).copied().unwrap_or(0);
        for stage in Stage::ALL {
            if let Some(kind) = DifferenceKind::of_stage(stage) {
                prop_assert_eq!(found(kind), at(stage), "{:?}", stage);
            }
        }
        prop_assert_eq!(found(DifferenceKind::Unclaimed), sum(SumOf::Photos).part(Part::Piled));
        prop_assert_eq!(
            found(DifferenceKind::ReceiptUnlisted) + found(DifferenceKind::ReceiptUnclear),
            sum(SumOf::Receipts).part(Part::Stray)
        );
        prop_assert_eq!(
            found(DifferenceKind::ReceiptUndelivered),
            sum(SumOf::Receipts).part(Part::Undelivered)
        );
        // Before the first paper photo none is missed.
        if !books.paper.is_empty() {
            prop_assert_eq!(found(DifferenceKind::PaperMissing), sum(SumOf::Paper).part(Part::Absent));
        }
        // What 学信网 says is summed up where a list of it was read.
        let was_read = |kind| books.receipts.iter().any(|row| row.state.kind() == kind);
        for (kind, of) in [
            (ReceiptKind::Enrolment, SumOf::Enrolment),
            (ReceiptKind::Register, SumOf::Register),
            (ReceiptKind::Confirmation, SumOf::Confirmation),
        ] {
            let known = done.sums.iter().find(|sum| sum.of == of);
            prop_assert_eq!(known.map(|sum| sum.whole), was_read(kind).then_some(listed.len()));
        }
        if was_read(ReceiptKind::Enrolment) {
            let sum = sum(SumOf::Enrolment);
            prop_assert!(found(DifferenceKind::NotEnrolled) <= sum.part(Part::Unsaid));
            let doubted = [ReceiptState::Mismatch, ReceiptState::Unsure, ReceiptState::Abnormal];
            let doubted = doubted.map(|state| sum.part(Part::Said(state)));
            prop_assert_eq!(found(DifferenceKind::Compared), doubted.iter().sum::<usize>());
        }
        prop_assert_eq!(counts.values().sum::<usize>(), done.differences.len());
        let clear = sum(SumOf::Clear).part(Part::Clear);
        prop_assert!(clear <= at(Stage::Accepted) + at(Stage::Exempt));
        prop_assert!(done.differences.is_sorted_by_key(|found| found.kind));
    }
}
