//! The second review over the wire: nothing of the first verdict crosses until the second one is given.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use serde_json::{Value, json};
use zhaoshen_station::dispatch;
use zhaoshen_station::wire::{
    Code, DecideRequest, DeliveryMode, FindingDispute, LeftOutOf, Reason, ReviewAsk, RoundClose,
    RoundRef, SubmissionRef,
};
use zhaoshen_suite::REVIEWER;
use zhaoshen_suite::example::TakenIn;

/// Words that only the first verdict has.
const TOLD: [&str; 2] = ["只有初审写过的原因", "只有初审写过的备注"];
const OTHER: &str = "复审员";

fn decide(round: &TakenIn, submission: i64, kind: &str) -> String {
    let request = DecideRequest {
        submission,
        seen_decision: None,
        seen_student: round.student_no(submission).unwrap(),
        second: false,
        kind: kind.to_owned(),
        reasons: vec![Reason {
            code: Some("FACE-02".to_owned()),
            text: TOLD[0].to_owned(),
        }],
        note: TOLD[1].to_owned(),
    };
    let decided = round.station.submission_decide(request).unwrap();
    decided
        .review
        .map_or_else(String::new, |review| review.state)
}

fn sit_down(round: &TakenIn, name: &str) {
    zhaoshen_suite::sit_down(&round.station, name).unwrap();
}

fn choose_all(round: &TakenIn) -> u32 {
    let ask = ReviewAsk {
        round: round.round,
        why: "share".to_owned(),
        percent: 100,
    };
    round.station.review_choose(ask).unwrap().count
}

fn ask(round: &TakenIn, name: &str, args: Value) -> String {
    dispatch(&round.station, name, args).unwrap()
}

/// Every answer in which a decision of the round could stand.
fn everything(round: &TakenIn, submission: i64) -> Vec<(String, String)> {
    let id = round.round;
    let mut asked = vec![
        ("submission_show", json!({ "submission": submission })),
        (
            "log_list",
            json!({ "round": id, "offset": 0, "limit": 200 }),
        ),
        (
            "student_list",
            json!({ "round": id, "text": "", "state": "", "offset": 0, "limit": 200 }),
        ),
        ("review_list", json!({ "round": id })),
        ("statistics_show", json!({ "round": id })),
        (
            "grid_cards",
            json!({ "round": id, "submissions": [submission] }),
        ),
        (
            "delivery_preview",
            json!(round.options(DeliveryMode::CollectionCode, "{学号}.jpg")),
        ),
        (
            "delivery_left_out",
            json!({
                "options": round.options(DeliveryMode::CollectionCode, "{学号}.jpg"),
                "which": "not_ready", "offset": 0, "limit": 200,
            }),
        ),
    ];
    for queue in [
        "second", "approved", "rejected", "held", "mine", "shared", "pending",
    ] {
        asked.push(("queue_open", json!({ "round": id, "queue": queue })));
        let more = json!({ "round": id, "queue": queue, "after": "", "limit": 200 });
        asked.push(("queue_more", more));
    }
    asked
        .into_iter()
        .map(|(name, args)| (format!("{name} {args}"), ask(round, name, args)))
        .collect()
}

#[test]
fn nothing_of_the_first_verdict_crosses_before_the_second() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let failing = pending.iter().find(|item| item.verdict == "fail");
    let submission = failing.unwrap().submission;
    decide(&round, submission, "rejected");
    let told = |text: &str| TOLD.iter().any(|words| text.contains(words));
    assert!(
        everything(&round, submission)
            .iter()
            .any(|(_, text)| told(text))
    );
    let view = round
        .station
        .submission_show(SubmissionRef { submission })
        .unwrap();
    let called_wrong = FindingDispute {
        submission,
        code: view.findings[0].code.clone(),
        wrong: true,
    };
    round.station.finding_dispute(called_wrong).unwrap();
    assert_eq!(choose_all(&round), 1);
    for name in [REVIEWER, OTHER] {
        sit_down(&round, name);
        for (asked, text) in everything(&round, submission) {
            assert!(
                !told(&text) && !text.contains("标记误报"),
                "{name}: {asked}"
            );
            let items = text.matches(r#""decision":"rejected""#).count();
            assert_eq!(items, 0, "{name}: {asked}");
        }
    }
    let view = round
        .station
        .submission_show(SubmissionRef { submission })
        .unwrap();
    let review = view.review.unwrap();
    assert_eq!((review.state.as_str(), review.own), ("open", false));
    assert_eq!(
        (view.item.decision.as_str(), view.item.decision_id),
        ("reviewing", None)
    );

    assert_eq!(decide(&round, submission, "approved"), "differs");
    let review = round
        .station
        .submission_show(SubmissionRef { submission })
        .unwrap()
        .review;
    let first = review.unwrap().first.unwrap();
    assert_eq!(
        (first.kind.as_str(), first.reviewer.as_str()),
        ("rejected", REVIEWER)
    );
}

#[test]
fn differences_are_counted_kept_from_delivery_and_settled() {
    let round = TakenIn::new().unwrap();
    let ids: Vec<i64> = round
        .pending()
        .unwrap()
        .iter()
        .filter(|item| item.verdict == "pass")
        .map(|item| item.submission)
        .take(4)
        .collect();
    for (id, kind) in ids.iter().zip(["approved", "approved", "rejected", "held"]) {
        decide(&round, *id, kind);
    }
    assert_eq!(choose_all(&round), 4);
    sit_down(&round, OTHER);
    let came: Vec<String> = ids
        .iter()
        .zip(["approved", "rejected", "rejected", "approved"])
        .map(|(id, kind)| decide(&round, *id, kind))
        .collect();
    assert_eq!(came, ["agreed", "differs", "agreed", "resolved"]);
    let id = RoundRef { round: round.round };
    let book = round.station.review_list(id).unwrap();
    assert_eq!(
        (book.agreed, book.differing, book.resolved, book.waiting),
        (2, 1, 1, 0)
    );
    let [pair] = book.pairs.as_slice() else {
        panic!("{:?}", book.pairs);
    };
    assert_eq!((pair.photos, pair.agreed), (3, 2));
    // One approved by both, one rejected by both, one only by the second: p₀ = 2/3, pₑ = 4/9.
    assert!((pair.kappa.unwrap() - 0.4).abs() < 1e-9, "{pair:?}");
    let [rule] = book.rules.as_slice() else {
        panic!("{:?}", book.rules);
    };
    assert_eq!((rule.both, rule.first_only, rule.second_only), (1, 0, 1));

    let options = || round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
    let preview = round.station.delivery_preview(options()).unwrap();
    let left_out = round.left_out(&options(), LeftOutOf::NotReady).unwrap();
    let left: Vec<i64> = left_out.iter().filter_map(|line| line.submission).collect();
    assert!(left.contains(&ids[1]));
    assert_eq!(preview.ready, 2);
    let view = round
        .station
        .submission_show(SubmissionRef { submission: ids[1] })
        .unwrap();
    let request = DecideRequest {
        submission: ids[1],
        seen_decision: view.item.decision_id,
        seen_student: view.item.student_no,
        second: false,
        kind: "approved".to_owned(),
        reasons: Vec::new(),
        note: String::new(),
    };
    round.station.submission_decide(request).unwrap();
    let book = round.station.review_list(id).unwrap();
    assert_eq!((book.differing, book.settled), (0, 1));
    assert_eq!(round.station.delivery_preview(options()).unwrap().ready, 3);
}

#[test]
fn a_round_does_not_end_while_a_second_verdict_is_waited_for() {
    let round = TakenIn::new().unwrap();
    let submission = round.pending().unwrap()[0].submission;
    decide(&round, submission, "rejected");
    assert_eq!(choose_all(&round), 1);
    let of = RoundRef { round: round.round };
    assert_eq!(round.station.ending_show(of).unwrap().reviewing, 1);
    let close = RoundClose {
        round: round.round,
        reason: "余下的下一批再采".to_owned(),
    };
    let refused = round.station.round_close(close.clone()).unwrap_err();
    assert!(
        refused.message.contains("1 张照片在等复审"),
        "{}",
        refused.message
    );
    // Not by whoever gave the verdict that is to be looked at again.
    let own = round.station.review_withdraw(of).unwrap_err();
    assert_eq!(own.code, Code::Refused);
    assert!(own.message.contains("由您本人初审"), "{}", own.message);
    sit_down(&round, OTHER);
    assert_eq!(round.station.review_withdraw(of).unwrap().count, 1);
    assert!(!round.station.round_close(close).unwrap().closed.is_empty());
}
