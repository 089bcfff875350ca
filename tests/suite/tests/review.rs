//! Decisions, undo, conflicts and the piles, through the use cases.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, DecideRequest, Empty, FindingDispute, KeyBinding, KeyBindings, LogQuery, PageCommit,
    PageItem, PileAssign, ReviewerSet, RoundRef, StudentSearch, SubmissionRef,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{REVIEWER, sit_down};

#[test]
fn undo_reaches_back_across_a_restart_and_the_log_keeps_everything() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let [first, second] = [pending[0].submission, pending[1].submission];
    round.decide(first, "approved").unwrap();
    round.decide(second, "rejected").unwrap();
    let TakenIn {
        station,
        round: id,
        folder,
        ..
    } = round;
    drop(station);
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    for submission in [second, first] {
        let undone = station
            .act_undo(RoundRef { round: id }.into())
            .unwrap()
            .act
            .unwrap();
        let item = undone.item.unwrap();
        assert_eq!((item.submission, item.decision.as_str()), (submission, ""));
    }
    let redone = station
        .act_redo(RoundRef { round: id })
        .unwrap()
        .act
        .unwrap();
    assert_eq!(redone.item.unwrap().decision, "approved");
    let log = station
        .log_list(LogQuery {
            round: Some(id),
            offset: 0,
            limit: 100,
        })
        .unwrap();
    let acts: Vec<&str> = log.entries.iter().map(|entry| entry.act.as_str()).collect();
    assert_eq!(&acts[..5], ["重做", "撤销", "撤销", "审核", "审核"]);
    assert!(
        log.entries
            .iter()
            .take(5)
            .all(|entry| entry.reviewer == REVIEWER)
    );
}

#[test]
fn a_decision_on_a_changed_submission_is_a_conflict() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let submission = pending[0].submission;
    round.decide(submission, "held").unwrap();
    let stale = DecideRequest {
        submission,
        seen_decision: None,
        seen_student: pending[0].student_no.clone(),
        second: false,
        kind: "approved".to_owned(),
        reasons: Vec::new(),
        note: String::new(),
    };
    assert_eq!(
        round.station.submission_decide(stale).unwrap_err().code,
        Code::Conflict
    );
}

#[test]
fn a_decision_is_for_the_student_that_was_shown() {
    let round = TakenIn::new().unwrap();
    let station = &round.station;
    let pending = round.pending().unwrap();
    let [shown, other] = [&pending[0], &pending[1]];
    let search = StudentSearch {
        round: round.round,
        text: other.student_no.clone(),
    };
    let other = station.student_search(search).unwrap()[0].clone();
    station
        .pile_assign(PileAssign {
            submission: shown.submission,
            student: other.student,
        })
        .unwrap();
    let asked = |seen_student: &str| DecideRequest {
        submission: shown.submission,
        seen_decision: None,
        seen_student: seen_student.to_owned(),
        second: false,
        kind: "approved".to_owned(),
        reasons: Vec::new(),
        note: String::new(),
    };
    let page = |seen_student: &str| PageCommit {
        round: round.round,
        approve: vec![PageItem {
            submission: shown.submission,
            seen_decision: None,
            seen_student: seen_student.to_owned(),
        }],
    };
    for stale in [shown.student_no.as_str(), ""] {
        for refused in [
            station.submission_decide(asked(stale)).unwrap_err(),
            station.grid_commit(page(stale)).unwrap_err(),
        ] {
            assert_eq!(refused.code, Code::Conflict);
            assert!(refused.message.contains("已改给别的学生"), "{refused:?}");
        }
    }
    let decided = station.submission_decide(asked(&other.student_no)).unwrap();
    assert_eq!(
        (decided.item.student_no, decided.item.decision.as_str()),
        (other.student_no, "approved")
    );
}

#[test]
fn a_piled_photo_finds_its_student_by_hand() {
    let round = TakenIn::new().unwrap();
    let piles = round
        .station
        .pile_list(RoundRef { round: round.round })
        .unwrap();
    let photo = &piles.ambiguous[0];
    assert_eq!(photo.candidates.len(), 2);
    let student = photo
        .candidates
        .iter()
        .find(|student| student.photo.is_none())
        .unwrap();
    let found = round.station.student_search(StudentSearch {
        round: round.round,
        text: student.student_no.clone(),
    });
    assert_eq!(found.unwrap()[0].student, student.student);
    let after = round
        .station
        .pile_assign(PileAssign {
            submission: photo.submission,
            student: student.student,
        })
        .unwrap();
    assert!(after.ambiguous.is_empty());
    assert_eq!(
        round.submission(&student.student_no).unwrap(),
        photo.submission
    );
    round
        .station
        .act_undo(RoundRef { round: round.round }.into())
        .unwrap();
    assert_eq!(
        round
            .station
            .pile_list(RoundRef { round: round.round })
            .unwrap()
            .ambiguous
            .len(),
        1
    );
}

#[test]
fn a_finding_called_wrong_is_remembered_for_who_said_so() {
    let round = TakenIn::new().unwrap();
    let failing = |item: &&zhaoshen_station::wire::QueueItem| !item.failing.is_empty();
    let pending = round.pending().unwrap();
    let item = pending.iter().find(failing).unwrap();
    let (submission, code) = (item.submission, item.failing[0].clone());
    let say = |code: &str, wrong| {
        round.station.finding_dispute(FindingDispute {
            submission,
            code: code.to_owned(),
            wrong,
        })
    };
    let shown = || {
        let view = round.station.submission_show(SubmissionRef { submission });
        view.unwrap().disputed
    };
    assert_eq!(say(&code, true).unwrap().codes, [code.as_str()]);
    assert_eq!(shown(), [code.as_str()]);
    let view = round.station.submission_show(SubmissionRef { submission });
    let passed = view.unwrap().findings;
    let passed = passed.iter().find(|finding| finding.severity == "pass");
    assert_eq!(
        say(&passed.unwrap().code, true).unwrap_err().code,
        Code::Refused
    );
    assert_eq!(say("NONE-99", true).unwrap_err().code, Code::Refused);
    let name = |name: &str| zhaoshen_suite::sit_down(&round.station, name).unwrap();
    name("另一位");
    assert!(shown().is_empty());
    name(REVIEWER);
    assert!(say(&code, false).unwrap().codes.is_empty());
    assert!(shown().is_empty());
}

#[test]
fn the_timeline_holds_every_decision_and_where_the_eyes_are() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let submission = pending
        .iter()
        .find(|item| item.verdict == "pass")
        .unwrap()
        .submission;
    round.decide(submission, "held").unwrap();
    round
        .station
        .act_undo(RoundRef { round: round.round }.into())
        .unwrap();
    round.decide(submission, "approved").unwrap();
    let view = round
        .station
        .submission_show(SubmissionRef { submission })
        .unwrap();
    let own = view
        .history
        .iter()
        .find(|entry| entry.submission == submission)
        .unwrap();
    let kinds: Vec<&str> = own
        .decisions
        .iter()
        .map(|made| made.kind.as_str())
        .collect();
    assert_eq!(kinds, ["held", "approved"]);
    assert_eq!(
        own.decision.as_ref().unwrap().decision_id,
        own.decisions[1].decision_id
    );
    let [left, right] = own.eyes.unwrap();
    let size = own.picture.unwrap();
    assert!(left[0] < right[0] && right[0] < f64::from(size.width_px));
}

#[test]
fn keys_are_kept_and_nonsense_is_refused() {
    let round = TakenIn::new().unwrap();
    let map = |codes: &[&str]| KeyBindings {
        bindings: vec![KeyBinding {
            act: "approve".to_owned(),
            codes: codes.iter().map(|&code| code.to_owned()).collect(),
        }],
    };
    let station = &round.station;
    assert_eq!(station.keys_show(Empty {}).unwrap(), KeyBindings::default());
    let kept = station.keys_set(map(&["KeyG", "NumpadAdd"])).unwrap();
    assert_eq!(station.keys_show(Empty {}).unwrap(), kept);
    for nonsense in ["", "<script>", &"x".repeat(99)] {
        let refused = station.keys_set(map(&[nonsense])).unwrap_err();
        assert_eq!(refused.code, Code::Refused, "{nonsense}");
    }
    assert_eq!(station.keys_show(Empty {}).unwrap(), kept);
    let mut twice = map(&["KeyG", "NumpadAdd"]);
    twice.bindings.push(KeyBinding {
        act: "reject".to_owned(),
        codes: vec!["KeyG".to_owned()],
    });
    let refused = station.keys_set(twice).unwrap_err();
    assert!(refused.message.contains("同一个键"), "{refused:?}");
    assert_eq!(station.keys_show(Empty {}).unwrap(), kept);
    let items = station.human_list(Empty {}).unwrap();
    assert!(items.iter().all(|item| !item.reason.text.is_empty()));
}

#[test]
fn keys_are_the_persons_and_what_the_workspace_had_is_everybodys_start() {
    let folder = tempfile::tempdir().unwrap();
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    let of = |act: &str, code: &str| KeyBindings {
        bindings: vec![KeyBinding {
            act: act.to_owned(),
            codes: vec![code.to_owned()],
        }],
    };
    let shown = || station.keys_show(Empty {}).unwrap();
    let start = station.keys_set(of("approve", "KeyG")).unwrap();
    let name = REVIEWER.to_owned();
    station
        .reviewer_set(ReviewerSet {
            name,
            pin: String::new(),
        })
        .unwrap();
    assert_eq!(shown(), start);
    sit_down(&station, "乙").unwrap();
    let own = station.keys_set(of("reject", "KeyX")).unwrap();
    assert_eq!(shown(), own);
    sit_down(&station, REVIEWER).unwrap();
    assert_eq!(shown(), start, "another's keys are another's");
    // The first ones again, and not the start of the workspace.
    station.keys_set(KeyBindings::default()).unwrap();
    assert_eq!(shown(), KeyBindings::default());
    sit_down(&station, "乙").unwrap();
    assert_eq!(shown(), own);
}

#[test]
fn identity_numbers_are_in_no_file_name_and_names_in_an_encrypted_archive_are_warned_of() {
    use zhaoshen_station::wire::DeliveryMode::{CollectionCode, Roster};
    use zhaoshen_station::wire::DeliveryPack;
    let round = TakenIn::new().unwrap();
    let ask = |mode, template, pack| {
        let mut options = round.options(mode, template);
        options.shape.pack = pack;
        round.station.delivery_preview(options)
    };
    for pack in [
        DeliveryPack::Folder,
        DeliveryPack::Zip,
        DeliveryPack::Encrypted,
    ] {
        let refused = |mode| ask(mode, "{学号}-{证件号码}.jpg", pack).unwrap_err();
        assert_eq!(refused(CollectionCode).code, Code::File);
        assert!(refused(Roster).message.contains("不输口令也看得见"));
    }
    let warns = |template, pack, of: &str| {
        let told = ask(Roster, template, pack).unwrap().warnings;
        told.iter().any(|line| line.contains(of))
    };
    let (named, seen) = ("{学号}-{姓名}.jpg", "文件名不输口令也看得见");
    assert!(warns(named, DeliveryPack::Folder, "不得向采集单位提供"));
    assert!(!warns(named, DeliveryPack::Folder, seen));
    assert!(warns(named, DeliveryPack::Encrypted, seen));
    assert!(!warns("{序号}.jpg", DeliveryPack::Encrypted, seen));
}

#[test]
fn a_part_of_the_roster_that_nobody_is_of_is_named() {
    use zhaoshen_station::wire::DeliveryMode::CollectionCode;
    let round = TakenIn::new().unwrap();
    let mut options = round.options(CollectionCode, "{学号}.jpg");
    options.part.colleges = vec!["不存在的学院".to_owned()];
    let told = round
        .station
        .delivery_preview(options.clone())
        .unwrap()
        .problems;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("名单上没有“不存在的学院”"), "{told:?}");
    options.part.colleges.clear();
    let told = round.station.delivery_preview(options).unwrap().problems;
    assert!(
        told.iter().all(|told| !told.contains("名单上没有")),
        "{told:?}"
    );
}

#[test]
fn what_a_filter_can_be_asked_for_stays_when_nothing_of_it_waits() {
    let round = TakenIn::new().unwrap();
    let keys = || -> Vec<String> {
        let now = round.station.queue_counts(RoundRef { round: round.round });
        let parts = now.unwrap().into_iter().map(|count| count.queue);
        parts.filter(|key| key.contains(':')).collect()
    };
    let before = keys();
    assert!(!before.is_empty());
    for item in round.pending().unwrap() {
        round.decide(item.submission, "held").unwrap();
    }
    assert_eq!(keys(), before);
}
