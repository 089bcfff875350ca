//! Deciding on many at once, through the use cases: filters, the grid, and sets released by a sample.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::HashSet;

use zhaoshen_station::wire::{
    Code, DeskAct, GridAsk, LogQuery, PageCommit, PageItem, PlanRef, PlanView, QueueFilter,
    QueueItem, ReviewAsk, RoundRef, SampleAsk, SubmissionRef,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{REVIEWER, sit_down};

fn submissions(items: &[QueueItem]) -> Vec<i64> {
    items.iter().map(|item| item.submission).collect()
}

fn no_filter(round: &TakenIn) -> QueueFilter {
    QueueFilter {
        round: round.round,
        queues: Vec::new(),
        codes: Vec::new(),
        colleges: Vec::new(),
        mine: false,
        text: String::new(),
        limit: None,
    }
}

fn filtered(round: &TakenIn, filter: QueueFilter) -> HashSet<i64> {
    let found = round.station.queue_filter(filter).unwrap().items;
    found.iter().map(|item| item.submission).collect()
}

fn ids(items: &[QueueItem]) -> HashSet<i64> {
    items.iter().map(|item| item.submission).collect()
}

#[test]
fn every_queue_lists_as_many_as_it_counts() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    round.decide(pending[0].submission, "approved").unwrap();
    round.decide(pending[1].submission, "rejected").unwrap();
    let counts = round.station.queue_counts(RoundRef { round: round.round });
    let counts = counts.unwrap();
    for count in &counts {
        let listed = round.queue(&count.queue).unwrap().len();
        assert_eq!(listed, count.count as usize, "{}", count.queue);
    }
    let of = |key: &str| {
        counts
            .iter()
            .find(|count| count.queue == key)
            .unwrap()
            .count
    };
    assert_eq!(of("mine"), 2);
    let colleges = counts
        .iter()
        .filter(|count| count.queue.starts_with("college:"));
    assert_eq!(
        colleges.map(|count| count.count).sum::<u32>(),
        of("pending")
    );
}

/// Of the queue 同图 every photo names a partner on its card and beside it, and the same file is told as that.
#[test]
fn whose_picture_is_the_same_is_named() {
    let round = TakenIn::new().unwrap();
    let shared = round.queue("shared").unwrap();
    assert!(!shared.is_empty());
    let submissions: Vec<i64> = shared.iter().map(|item| item.submission).collect();
    let cards = round.station.grid_cards(GridAsk {
        round: round.round,
        submissions,
    });
    for (item, card) in shared.iter().zip(cards.unwrap()) {
        let view = round.station.submission_show(SubmissionRef {
            submission: item.submission,
        });
        let near = view.unwrap().near_photos;
        let others: Vec<String> = near
            .iter()
            .filter(|other| !other.rejected)
            .map(|other| format!("{} {}", other.student_no, other.name))
            .collect();
        assert!(!others.is_empty());
        let partners: Vec<String> = card
            .partners
            .iter()
            .map(|other| format!("{} {}", other.student_no, other.name))
            .collect();
        assert_eq!(partners, others);
        for other in near {
            assert_ne!(other.submission, item.submission);
            assert_eq!(other.same, other.photo == item.photo);
            assert!(other.picture.is_some());
        }
    }
}

#[test]
fn a_search_knows_numbers_names_and_initials_and_narrows_a_filter() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let one = pending
        .iter()
        .find(|item| item.name.chars().count() == 2)
        .unwrap();
    for text in [one.student_no.as_str(), one.name.as_str()] {
        let filter = QueueFilter {
            text: text.to_owned(),
            ..no_filter(&round)
        };
        assert!(filtered(&round, filter).contains(&one.submission), "{text}");
    }
    // Every name is found by some letter, and a letter finds no more than all.
    let by_letter: HashSet<i64> = ('a'..='z')
        .flat_map(|letter| {
            let text = letter.to_uppercase().to_string();
            filtered(
                &round,
                QueueFilter {
                    text,
                    ..no_filter(&round)
                },
            )
        })
        .collect();
    assert_eq!(by_letter, ids(&pending));
    let failing = round.queue("failing").unwrap();
    let first = &failing[0];
    let filter = QueueFilter {
        queues: vec!["failing".to_owned(), "hints".to_owned()],
        codes: first.failing.clone(),
        colleges: vec![first.college.clone()],
        ..no_filter(&round)
    };
    let expected: HashSet<i64> = failing
        .iter()
        .filter(|item| item.college == first.college)
        .filter(|item| item.failing.iter().any(|code| first.failing.contains(code)))
        .map(|item| item.submission)
        .collect();
    assert_eq!(filtered(&round, filter), expected);
    // A few of many: the first by 学号, and how many there are.
    let by_text = |queues: &[&str], limit| {
        let filter = QueueFilter {
            queues: queues.iter().map(|&one| one.to_owned()).collect(),
            text: "202".to_owned(),
            limit,
            ..no_filter(&round)
        };
        round.station.queue_filter(filter).unwrap()
    };
    let whole = by_text(&[], None);
    for (queues, limit) in [(&[][..], 3), (&["failing"][..], 2)] {
        let (all, some) = (by_text(queues, None), by_text(queues, Some(limit)));
        assert_eq!(some.total as usize, all.items.len());
        assert!(all.items.len() > limit as usize && all.items.len() <= whole.items.len());
        assert_eq!(
            submissions(&some.items),
            submissions(&all.items[..limit as usize])
        );
    }
    let unknown = QueueFilter {
        queues: vec!["no-such".to_owned()],
        ..no_filter(&round)
    };
    assert_eq!(
        round.station.queue_filter(unknown).unwrap_err().code,
        Code::NoQueue
    );
}

#[test]
fn a_grid_page_is_one_act_and_leaves_the_unticked_alone() {
    let round = TakenIn::new().unwrap();
    let clear = round.queue("clear").unwrap();
    let submissions: Vec<i64> = clear.iter().map(|item| item.submission).collect();
    let cards = round
        .station
        .grid_cards(GridAsk {
            round: round.round,
            submissions: submissions.clone(),
        })
        .unwrap();
    for card in &cards {
        let pose = card.pose.unwrap();
        assert!(0.3 < pose.eyes_x && pose.eyes_x < 0.7, "{pose:?}");
        assert!(0.2 < pose.eyes_y && pose.eyes_y < 0.6, "{pose:?}");
        assert!(0.2 < pose.head_height && pose.head_height < 0.9, "{pose:?}");
        assert_eq!(card.worst_severity, "pass", "of the clear queue");
        assert!(!card.worst_title.is_empty() && card.worst_value.is_some());
    }
    let approve: Vec<PageItem> = submissions[1..]
        .iter()
        .map(|submission| PageItem {
            submission: *submission,
            seen_decision: None,
            seen_student: round.student_no(*submission).unwrap(),
        })
        .collect();
    let page = PageCommit {
        round: round.round,
        approve,
    };
    let id = RoundRef { round: round.round };
    let before = round.station.act_peek(id).unwrap().summary;
    let committed = round.station.grid_commit(page.clone()).unwrap();
    assert_eq!(committed.items.len(), submissions.len() - 1);
    assert_eq!(
        ids(&round.queue("clear").unwrap()),
        HashSet::from([submissions[0]])
    );
    let again = round.station.grid_commit(page).unwrap_err();
    assert_eq!(
        again.code,
        Code::Conflict,
        "a page committed twice decides nothing twice"
    );
    let first = &committed.items[0];
    let whose = format!("{} {}：", first.student_no, first.name);
    assert!(again.message.starts_with(&whose), "{}", again.message);
    let next = round.station.act_peek(id).unwrap();
    assert_eq!(next.what, Some(DeskAct::Decided), "a page is decisions");
    let coming = next.summary.unwrap();
    let undone = round.station.act_undo(id.into()).unwrap();
    let summary = undone.act.unwrap().summary;
    assert_eq!(summary, format!("已撤销：{coming}"), "as it was foretold");
    assert_eq!(round.station.act_peek(id).unwrap().summary, before);
    assert!(
        summary.contains(&format!("等 {} 张", submissions.len() - 1)),
        "{summary}"
    );
    assert_eq!(ids(&round.queue("clear").unwrap()), ids(&clear));
}

/// Students of whose photos a sample at the widest limit leaves some.
const ENOUGH_TO_SAMPLE: u32 = 72;

#[test]
fn a_set_so_small_that_all_is_looked_at_is_not_sampled() {
    let round = TakenIn::new().unwrap();
    let id = RoundRef { round: round.round };
    let offer = round.station.sample_offer(id).unwrap();
    assert!(offer.set > 0 && offer.sizes.iter().all(|size| size.rest == 0));
    let refused = round.draw_sample().unwrap_err();
    assert_eq!(refused.code, Code::Refused);
}

fn state(round: &TakenIn) -> PlanView {
    let plans = round.station.sample_plans(RoundRef { round: round.round });
    plans.unwrap().remove(0)
}

#[test]
fn a_clean_sample_releases_what_is_left_and_one_undo_takes_it_back() {
    let round = TakenIn::of(ENOUGH_TO_SAMPLE).unwrap();
    let clear = round.queue("clear").unwrap();
    let offer = round
        .station
        .sample_offer(RoundRef { round: round.round })
        .unwrap();
    let is_near = |item: &QueueItem| {
        let ask = SubmissionRef {
            submission: item.submission,
        };
        let view = round.station.submission_show(ask).unwrap();
        view.findings.iter().any(|finding| {
            let (Some(value), Some(max), None) = (finding.value, finding.max, finding.min) else {
                return false;
            };
            !finding.code.starts_with("JPEG-")
                && finding.unit != "B"
                && max > 0.0
                && value > 0.9 * max
        })
    };
    let near = clear.iter().filter(|item| is_near(item)).count();
    assert!(
        offer.set as usize <= clear.len() - near,
        "hints, unknown ones and those near a limit are not in the set: {} of {}, {near} near an upper one",
        offer.set,
        clear.len()
    );
    assert!(offer.set as usize * 2 > clear.len(), "most of them are");
    let made = round.draw_sample().unwrap();
    assert_eq!(made.state, "reviewing");
    let second = SampleAsk {
        round: round.round,
        defect_limit_permille: 20,
    };
    assert_eq!(
        round.station.sample_plan(second).unwrap_err().code,
        Code::Refused
    );
    let early = round.station.sample_release(PlanRef { plan: made.plan });
    assert_eq!(early.unwrap_err().code, Code::Refused);

    let mixed = round.queue(&made.queue).unwrap();
    assert_eq!(mixed.len(), made.mixed as usize);
    assert!(
        mixed.iter().any(|item| item.verdict != "pass"),
        "the sample lies among others"
    );
    for item in &mixed {
        round.decide(item.submission, "approved").unwrap();
    }
    let clean = state(&round);
    assert_eq!(
        (clean.state.as_str(), clean.mixed_decided),
        ("clean", made.mixed)
    );
    let left = round.queue("clear").unwrap();
    let size = offer
        .sizes
        .iter()
        .find(|size| size.defect_limit_permille == 50);
    let size = size.unwrap();
    assert_eq!(
        (size.mixed, size.rest),
        (made.mixed, u32::try_from(left.len()).unwrap()),
        "as was said beforehand"
    );
    assert!(size.rest > 0);
    let released = round
        .station
        .sample_release(PlanRef { plan: made.plan })
        .unwrap();
    assert_eq!(released.approved as usize, left.len());
    assert_eq!(released.plan.state, "released");
    let log = LogQuery {
        round: Some(round.round),
        offset: 0,
        limit: 1,
    };
    let entry = round.station.log_list(log).unwrap().entries.remove(0);
    assert_eq!(entry.act, "抽样批量通过");
    assert!(entry.after.contains(&made.seed), "{}", entry.after);
    let coming = || round.station.act_peek(RoundRef { round: round.round });
    let next = coming().unwrap();
    assert_eq!(
        (next.plan, next.total as usize),
        (Some(made.plan), left.len())
    );
    round
        .station
        .act_undo(RoundRef { round: round.round }.into())
        .unwrap();
    assert_eq!(ids(&round.queue("clear").unwrap()), ids(&left));
    assert_eq!(
        state(&round).state,
        "clean",
        "the plan can be released again"
    );
    let next = coming().unwrap();
    assert_eq!(
        (next.plan, next.total),
        (None, 1),
        "what comes is a decision"
    );
}

/// A set of which a clean sample released the rest; what nobody looked at.
fn released(round: &TakenIn) -> Vec<QueueItem> {
    let made = round.draw_sample().unwrap();
    for item in round.queue(&made.queue).unwrap() {
        round.decide(item.submission, "approved").unwrap();
    }
    let left = round.queue("clear").unwrap();
    let of = PlanRef { plan: made.plan };
    round.station.sample_release(of).unwrap();
    left
}

#[test]
fn a_fault_found_after_a_release_stays_and_blocks_when_the_rest_is_taken_back() {
    let round = TakenIn::of(ENOUGH_TO_SAMPLE).unwrap();
    let left = released(&round);
    let id = RoundRef { round: round.round };
    sit_down(&round.station, "乙").unwrap();
    round.decide(left[0].submission, "rejected").unwrap();
    assert_eq!(
        (state(&round).state.as_str(), state(&round).faults),
        ("released", 1)
    );
    sit_down(&round.station, REVIEWER).unwrap();
    let coming = round.station.act_peek(id).unwrap().summary.unwrap();
    assert!(
        coming.contains("抽样批量通过") && coming.contains("另有 1 张之后已另作结论"),
        "{coming}"
    );
    let undone = round.station.act_undo(id.into()).unwrap().act.unwrap();
    assert_eq!(undone.total as usize, left.len() - 1);
    assert!(undone.summary.contains(&coming), "{}", undone.summary);
    assert_eq!(ids(&round.queue("clear").unwrap()), ids(&left[1..]));
    assert_eq!(ids(&round.queue("rejected").unwrap()), ids(&left[..1]));
    let blocked = state(&round);
    assert_eq!((blocked.state.as_str(), blocked.faults), ("blocked", 1));
    let again = round.station.sample_release(PlanRef { plan: blocked.plan });
    assert_eq!(again.unwrap_err().code, Code::Refused);
}

#[test]
fn what_a_release_approved_is_no_opinion_and_its_faults_are_told_apart() {
    let round = TakenIn::of(ENOUGH_TO_SAMPLE).unwrap();
    let left = released(&round);
    let ask = ReviewAsk {
        round: round.round,
        why: "share".to_owned(),
        percent: 100,
    };
    let chosen = round.station.review_choose(ask).unwrap().count as usize;
    sit_down(&round.station, "乙").unwrap();
    for item in round.queue("second").unwrap() {
        let kind = match item.submission == left[0].submission {
            true => "rejected",
            false => "approved",
        };
        round.decide(item.submission, kind).unwrap();
    }
    let book = round
        .station
        .review_list(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(
        (book.released as usize, book.released_faults),
        (left.len(), 1)
    );
    let looked_at = chosen - left.len();
    assert!(looked_at > 0);
    let pairs: Vec<_> = book
        .pairs
        .iter()
        .map(|pair| (pair.photos, pair.agreed))
        .collect();
    let looked_at = u32::try_from(looked_at).unwrap();
    assert_eq!(pairs, [(looked_at, looked_at)], "only what both looked at");
    assert!(book.rules.is_empty(), "{:?}", book.rules);
}

#[test]
fn one_reject_names_the_rule_and_blocks_until_it_is_undone() {
    let round = TakenIn::of(ENOUGH_TO_SAMPLE).unwrap();
    let made = round.draw_sample().unwrap();
    let clear = ids(&round.queue("clear").unwrap());
    for item in round.queue(&made.queue).unwrap() {
        if !clear.contains(&item.submission) {
            continue;
        }
        round.decide(item.submission, "rejected").unwrap();
        if state(&round).state == "blocked" {
            break;
        }
    }
    let blocked = state(&round);
    assert_eq!((blocked.state.as_str(), blocked.faults), ("blocked", 1));
    assert_eq!(
        blocked.tighten,
        ["请重拍"],
        "the reason given stands for the rule"
    );
    let refused = round.station.sample_release(PlanRef { plan: made.plan });
    assert_eq!(refused.unwrap_err().code, Code::Refused);
    round
        .station
        .act_undo(RoundRef { round: round.round }.into())
        .unwrap();
    assert_eq!(state(&round).state, "reviewing");
    round
        .station
        .sample_withdraw(PlanRef { plan: made.plan })
        .unwrap();
    assert_eq!(state(&round).state, "withdrawn");
}
