//! Undo and redo against a model that keeps everything in memory.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, decision, entry, reject};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::{collection, prop_assert_eq};
use zhaoshen_model::{DecisionKind, SubmissionId};
use zhaoshen_store::{
    Act, AssignOutcome, Error, LogFilter, QueueKind, Reverted, RevertedAct, Seen, Target,
};

const REVIEWERS: [&str; 2] = ["赵", "李"];
const SUBMISSIONS: usize = 3;

/// What a reviewer may do.
#[derive(Debug, Clone)]
enum Op {
    Decide {
        who: usize,
        on: Vec<usize>,
        kind: DecisionKind,
    },
    Undo {
        who: usize,
    },
    Redo {
        who: usize,
    },
    Reopen,
}

/// One act of a reviewer: what stood on each submission before, and the act's own number after.
#[derive(Debug, Clone)]
struct ModelAct {
    before: Vec<(usize, Option<usize>)>,
    number: usize,
}

/// The whole desk in memory: acts are numbered, and a submission holds the number of the act
/// whose decision stands on it.
#[derive(Debug, Default)]
struct Model {
    standing: [Option<usize>; SUBMISSIONS],
    kinds: Vec<DecisionKind>,
    done: [Vec<ModelAct>; 2],
    undone: [Vec<ModelAct>; 2],
    log_rows: usize,
}

impl Model {
    fn decide(&mut self, who: usize, on: &[usize], kind: DecisionKind) {
        let number = self.kinds.len();
        self.kinds.push(kind);
        let before = on
            .iter()
            .map(|index| (*index, self.standing[*index]))
            .collect();
        for index in on {
            self.standing[*index] = Some(number);
        }
        self.done[who].push(ModelAct { before, number });
        self.undone[who].clear();
        self.log_rows += on.len();
    }

    fn undo(&mut self, who: usize) -> Option<Vec<usize>> {
        let standing = self.standing;
        // Of an act on several, what was decided anew since is left.
        let stands = |act: &ModelAct, index: usize| standing[index] == Some(act.number);
        let position = self.done[who]
            .iter()
            .rposition(|act| act.before.iter().any(|(index, _)| stands(act, *index)))?;
        let mut act = self.done[who].remove(position);
        let (taken, left) = act
            .before
            .iter()
            .partition(|(index, _)| stands(&act, *index));
        act.before = taken;
        self.take_out(act.number, &left);
        for (index, before) in &act.before {
            self.standing[*index] = *before;
        }
        Some(self.moved(who, act, true))
    }

    fn redo(&mut self, who: usize) -> Option<Vec<usize>> {
        let standing = self.standing;
        let position = self.undone[who].iter().rposition(|act| {
            act.before
                .iter()
                .all(|(index, before)| standing[*index] == *before)
        })?;
        let act = self.undone[who].remove(position);
        for (index, _) in &act.before {
            self.standing[*index] = Some(act.number);
        }
        Some(self.moved(who, act, false))
    }

    /// What was decided upon the act `number` stands upon what was there before it from then on.
    fn take_out(&mut self, number: usize, left: &[(usize, Option<usize>)]) {
        let acts = self.done.iter_mut().chain(&mut self.undone).flatten();
        for upon in acts.flat_map(|act| &mut act.before) {
            let earlier = left.iter().find(|(index, _)| *index == upon.0);
            if let (Some((_, earlier)), true) = (earlier, upon.1 == Some(number)) {
                upon.1 = *earlier;
            }
        }
    }

    fn moved(&mut self, who: usize, act: ModelAct, undone: bool) -> Vec<usize> {
        let touched: Vec<usize> = act.before.iter().map(|(index, _)| *index).collect();
        self.log_rows += touched.len();
        let line = if undone {
            &mut self.undone[who]
        } else {
            &mut self.done[who]
        };
        line.push(act);
        if !undone {
            line.sort_by_key(|act| act.number);
        }
        touched
    }

    fn kind(&self, index: usize) -> Option<DecisionKind> {
        self.standing[index].map(|number| self.kinds[number])
    }
}

fn op() -> impl Strategy<Value = Op> {
    let kind = prop_oneof![
        Just(DecisionKind::Approved),
        Just(DecisionKind::Rejected),
        Just(DecisionKind::Held)
    ];
    let on = collection::btree_set(0..SUBMISSIONS, 1..=2);
    prop_oneof![
        6 => (0..2_usize, on, kind)
            .prop_map(|(who, on, kind)| Op::Decide { who, on: on.into_iter().collect(), kind }),
        4 => (0..2_usize).prop_map(|who| Op::Undo { who }),
        3 => (0..2_usize).prop_map(|who| Op::Redo { who }),
        1 => any::<()>().prop_map(|()| Op::Reopen),
    ]
}

fn touched(submissions: &[SubmissionId], reverted: Option<RevertedAct>) -> Option<Vec<usize>> {
    match reverted?.on {
        Reverted::Decisions {
            submissions: ids, ..
        } => Some(
            ids.iter()
                .map(|id| submissions.iter().position(|known| known == id).unwrap())
                .collect(),
        ),
        other => panic!("no decision was undone: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_equals_the_model(ops in collection::vec(op(), 1..24)) {
        let mut desk = Desk::new();
        let students = desk.roster(&["1", "2", "3"]);
        // What the desk did so far is 王's, so that undo reaches decisions only.
        let submissions: Vec<SubmissionId> = students
            .iter()
            .zip([b"a", b"b", b"c"])
            .map(|(student, bytes)| desk.hand_in(*student, bytes))
            .collect();
        let rows_before = desk.store.log_count(&LogFilter::default()).unwrap();
        let mut model = Model::default();
        for (second, op) in (1_i64..).zip(ops) {
            match op {
                Op::Decide { who, on, kind } => {
                    let targets: Vec<Target> = on
                        .iter()
                        .map(|index| Target {
                            submission: submissions[*index],
                            seen: desk.store.submission(submissions[*index]).unwrap().decision.into(),
                        })
                        .collect();
                    let decision = decision(kind, REVIEWERS[who]);
                    desk.store.decide_all(&targets, &decision, at(second)).unwrap();
                    model.decide(who, &on, kind);
                }
                Op::Undo { who } => {
                    let done = desk.store.undo(desk.round, REVIEWERS[who], at(second)).unwrap();
                    prop_assert_eq!(touched(&submissions, done), model.undo(who));
                }
                Op::Redo { who } => {
                    let done = desk.store.redo(desk.round, REVIEWERS[who], at(second)).unwrap();
                    prop_assert_eq!(touched(&submissions, done), model.redo(who));
                }
                Op::Reopen => desk = desk.reopen(),
            }
            let standing = desk.store.standing_decisions(desk.round).unwrap();
            for (index, id) in submissions.iter().enumerate() {
                let kind = standing.get(id).map(|row| row.decision.kind);
                prop_assert_eq!(kind, model.kind(index));
            }
            for (who, reviewer) in REVIEWERS.iter().enumerate() {
                let depth = desk.store.undo_depth(desk.round, reviewer).unwrap();
                prop_assert_eq!(depth.undo, model.done[who].len() as u64);
                prop_assert_eq!(depth.redo, model.undone[who].len() as u64);
            }
        }
        let rows = desk.store.log_count(&LogFilter::default()).unwrap() - rows_before;
        prop_assert_eq!(rows, model.log_rows as u64);
    }
}

#[test]
fn an_act_others_built_upon_is_passed_over_until_theirs_is_undone() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let first = desk.hand_in(students[0], b"a");
    let second = desk.hand_in(students[1], b"b");
    let store = &desk.store;
    store.decide(second, &approve("赵"), None, at(1)).unwrap();
    let seen = store.decide(first, &approve("赵"), None, at(2)).unwrap().id;
    store
        .decide(first, &reject("李"), Some(seen), at(3))
        .unwrap();

    let on = |reverted: Option<RevertedAct>| reverted.map(|act| act.on);
    let decisions = |id| {
        Some(Reverted::Decisions {
            left: 0,
            submissions: vec![id],
        })
    };
    assert_eq!(
        on(store.undo(desk.round, "赵", at(4)).unwrap()),
        decisions(second)
    );
    assert_eq!(on(store.undo(desk.round, "赵", at(5)).unwrap()), None);
    assert_eq!(
        on(store.undo(desk.round, "李", at(6)).unwrap()),
        decisions(first)
    );
    assert_eq!(
        on(store.undo(desk.round, "赵", at(7)).unwrap()),
        decisions(first)
    );
    assert_eq!(desk.queue(&QueueKind::Pending), [first, second]);
}

#[test]
fn of_an_act_on_many_undo_takes_back_what_still_stands() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let photos: Vec<SubmissionId> = students
        .iter()
        .zip([b"a", b"b", b"c"])
        .map(|(student, bytes)| desk.hand_in(*student, bytes))
        .collect();
    let store = &desk.store;
    let targets: Vec<Target> = photos
        .iter()
        .map(|photo| Target {
            submission: *photo,
            seen: Seen::default(),
        })
        .collect();
    store.decide_all(&targets, &approve("赵"), at(1)).unwrap();
    let seen = store.submission(photos[1]).unwrap().decision;
    store.decide(photos[1], &reject("李"), seen, at(2)).unwrap();
    let undo = |who, second| store.undo(desk.round, who, at(second)).unwrap();
    let on = Reverted::Decisions {
        submissions: vec![photos[0], photos[2]],
        left: 1,
    };
    let coming = store.peek_undo_of(&[Act::Decided], desk.round, "赵");
    assert_eq!(coming.unwrap().unwrap().on, on);
    assert_eq!(undo("赵", 3).unwrap().on, on);
    assert_eq!(desk.queue(&QueueKind::Rejected), [photos[1]]);
    assert_eq!(desk.queue(&QueueKind::Approved), []);
    // What 李 takes back then is as it was before the act that was taken back.
    undo("李", 4).unwrap();
    assert_eq!(desk.queue(&QueueKind::Pending), photos);
    // Done again is what was taken back.
    store.redo(desk.round, "赵", at(5)).unwrap().unwrap();
    assert_eq!(desk.queue(&QueueKind::Approved), [photos[0], photos[2]]);
    store.redo(desk.round, "李", at(6)).unwrap().unwrap();
    assert_eq!(desk.queue(&QueueKind::Rejected), [photos[1]]);
    assert_eq!(
        undo("赵", 7).unwrap().on,
        Reverted::Decisions {
            submissions: vec![photos[0], photos[2]],
            left: 0,
        }
    );
}

#[test]
fn a_look_at_the_next_undo_tells_what_undo_does_and_changes_nothing() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let first = desk.hand_in(students[0], b"a");
    let second = desk.hand_in(students[1], b"b");
    let store = &desk.store;
    let peek = || {
        store
            .peek_undo_of(&[Act::Decided], desk.round, "赵")
            .unwrap()
    };
    assert_eq!(peek(), None);
    store.decide(second, &approve("赵"), None, at(1)).unwrap();
    let seen = store.decide(first, &approve("赵"), None, at(2)).unwrap().id;
    store
        .decide(first, &reject("李"), Some(seen), at(3))
        .unwrap();
    // What others built upon is passed over here as there, however often one looks.
    let seen = (peek(), peek());
    assert_eq!(seen.0, seen.1);
    assert_eq!(seen.0, store.undo(desk.round, "赵", at(4)).unwrap());
    assert_eq!(peek(), None);
}

#[test]
fn undoing_a_roster_import_takes_off_and_puts_back() {
    let desk = Desk::new();
    let store = &desk.store;
    let student = desk.roster(&["1", "2"])[0];
    let mut changed = entry("2");
    changed.draft.college = "数学学院".to_owned();
    store
        .import_roster(
            desk.round,
            &[changed.clone(), entry("3")],
            "名单.xlsx",
            "王",
            at(2),
        )
        .unwrap();
    desk.hand_in(desk.student("3"), b"photo of 3");

    let numbers = || {
        let students = store.students(desk.round).unwrap();
        students
            .into_iter()
            .map(|student| student.draft.student_no)
            .collect::<Vec<_>>()
    };
    let undone = store.undo(desk.round, "王", at(3)).unwrap().unwrap();
    assert_eq!((undone.act, undone.made_at), (Act::RosterImported, at(2)));
    assert_eq!(numbers(), ["1", "2"]);
    assert_eq!(
        store.students_by_no(desk.round).unwrap()["2"].draft,
        entry("2").draft
    );
    assert_eq!(desk.queue(&QueueKind::Pending), []);
    assert_eq!(
        store.unmatched_submissions(desk.round).unwrap().len(),
        1,
        "the photo is kept"
    );

    store.undo(desk.round, "王", at(4)).unwrap().unwrap();
    assert_eq!(numbers(), Vec::<String>::new());
    assert_eq!(store.undo(desk.round, "王", at(5)).unwrap(), None);

    store.redo(desk.round, "王", at(6)).unwrap().unwrap();
    store.redo(desk.round, "王", at(7)).unwrap().unwrap();
    assert_eq!(numbers(), ["1", "2", "3"]);
    assert_eq!(
        store.students_by_no(desk.round).unwrap()["2"].draft,
        changed.draft
    );
    assert_eq!(desk.student("1"), student, "the row is the same one");
    assert_eq!(desk.queue(&QueueKind::Pending).len(), 1);
}

#[test]
fn an_assignment_is_undone_and_done_again() {
    let desk = Desk::new();
    let store = &desk.store;
    let students = desk.roster(&["1", "2"]);
    let photo = desk.pile(b"x", "IMG_1.jpg");
    let assigned = store.assign(photo, students[0], "王", at(1)).unwrap();
    assert_eq!(assigned, AssignOutcome::Assigned { n: 1 });
    let moved = store.assign(photo, students[1], "王", at(2)).unwrap();
    assert_eq!(
        moved,
        AssignOutcome::Assigned { n: 1 },
        "mended: it was the other student's"
    );
    let whose = || store.submission(photo).unwrap().student;

    // The first student hands in another photo, which takes the number the moved one had.
    desk.hand_in(students[0], b"y");
    store.undo(desk.round, "王", at(3)).unwrap().unwrap();
    assert_eq!(whose(), Some(students[0]));
    assert_eq!(store.submission(photo).unwrap().n, Some(2));
    store.undo(desk.round, "王", at(4)).unwrap().unwrap();
    assert_eq!(whose(), None);
    assert_eq!(
        store.unmatched_submissions(desk.round).unwrap()[0].id,
        photo
    );
    store.redo(desk.round, "王", at(5)).unwrap().unwrap();
    store.redo(desk.round, "王", at(6)).unwrap().unwrap();
    assert_eq!(whose(), Some(students[1]));

    let standing = store.decide(photo, &approve("李"), None, at(7)).unwrap();
    assert!(matches!(
        store.assign(photo, students[0], "王", at(8)),
        Err(Error::Decided { submission }) if submission == standing.submission
    ));
    let undone = store.undo(desk.round, "王", at(9)).unwrap().unwrap();
    assert_eq!(
        undone.act,
        Act::RosterImported,
        "the assignment bears a decision and is passed over"
    );
}

#[test]
fn assigning_bytes_the_student_has_changes_nothing() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let existing = desk.hand_in(student, b"x");
    let photo = desk.pile(b"x", "IMG_1.jpg");
    let outcome = desk.store.assign(photo, student, "王", at(1)).unwrap();
    assert_eq!(outcome, AssignOutcome::AlreadyThere { existing });
    assert_eq!(desk.store.submission(photo).unwrap().student, None);
}

#[test]
fn a_bulk_act_with_one_refusal_does_nothing() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let first = desk.hand_in(students[0], b"a");
    let second = desk.hand_in(students[1], b"b");
    desk.store
        .decide(second, &reject("李"), None, at(1))
        .unwrap();
    let target = |submission| Target {
        submission,
        seen: Seen::default(),
    };
    let targets = [target(first), target(second)];
    let rows = desk.store.log_count(&LogFilter::default()).unwrap();
    let refused = desk
        .store
        .decide_all(&targets, &approve("王"), at(2))
        .unwrap_err();
    assert!(matches!(refused, Error::Conflict { .. }), "{refused:?}");
    assert_eq!(desk.queue(&QueueKind::Pending), [first]);
    assert_eq!(desk.store.log_count(&LogFilter::default()).unwrap(), rows);
    assert_eq!(desk.store.decisions_on(first).unwrap(), []);
}

#[test]
fn what_was_taken_back_is_told_from_what_was_replaced() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let photo = desk.hand_in(student, &[1]);
    let (store, round) = (&desk.store, desk.round);
    let decide =
        |decision, seen, second| store.decide(photo, &decision, seen, at(second)).unwrap().id;
    let taken_back = || {
        let mut ids: Vec<_> = store.taken_back(photo).unwrap().into_iter().collect();
        ids.sort_unstable_by_key(|id| id.0);
        ids
    };
    let first = decide(approve("赵"), None, 1);
    store.undo(round, "赵", at(2)).unwrap();
    assert_eq!(taken_back(), [first]);
    store.redo(round, "赵", at(3)).unwrap();
    assert_eq!(taken_back(), []);
    store.undo(round, "赵", at(4)).unwrap();
    let second = decide(reject("赵"), None, 5);
    let third = decide(approve("李"), Some(second), 6);
    assert_eq!(taken_back(), [first], "replaced is not taken back");
    store.undo(round, "李", at(7)).unwrap();
    assert_eq!(taken_back(), [first, third]);
}
