//! The standard editor: what a change would do, the values of a rule, and the versions.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;
use std::path::PathBuf;

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, LogQuery, RoundRef, RuleEdit, StandardHistogram, StandardRef, StandardSave,
    StandardShift, StandardView, StandardWhatIf, SubmissionRef,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::import_photos;

const RULE: &str = "GEO-02";

fn show(round: &TakenIn, version: Option<u32>) -> StandardView {
    let args = StandardRef {
        round: round.round,
        version,
    };
    round.station.standard_show(args).unwrap()
}

fn edit(round: &TakenIn, change: impl FnOnce(&mut RuleEdit)) -> RuleEdit {
    let rules = show(round, None).rules;
    let mut edit = rules
        .into_iter()
        .find(|rule| rule.code == RULE)
        .unwrap()
        .settings;
    change(&mut edit);
    edit
}

/// Nobody's eyes lie there.
fn impossible(edit: &mut RuleEdit) {
    (edit.min, edit.max) = (Some(630.0), Some(640.0));
    edit.outside = "fail".to_owned();
}

fn what_if(round: &TakenIn, rules: Vec<RuleEdit>, list: &str) -> StandardShift {
    let args = StandardWhatIf {
        round: round.round,
        rules,
        list: list.to_owned(),
        offset: 0,
        limit: 200,
    };
    round.station.standard_what_if(args).unwrap()
}

fn failing(round: &TakenIn) -> Vec<i64> {
    round.photos_in("failing").unwrap()
}

#[test]
fn a_what_if_tells_what_saving_then_does_and_stores_nothing() {
    let round = TakenIn::new().unwrap();
    let before = failing(&round);
    let unchanged = what_if(&round, vec![edit(&round, |_| {})], "fail");
    assert!(unchanged.judged > 0 && unchanged.items.is_empty() && unchanged.rules.is_empty());

    let changed = edit(&round, impossible);
    let told = what_if(&round, vec![changed.clone()], "fail");
    assert!(told.newly_fail > 0);
    assert_eq!(told.items.len(), told.newly_fail as usize);
    assert!(
        told.items
            .iter()
            .all(|item| item.becomes == "fail" && item.item.verdict != "fail")
    );
    let of_rule = told.rules.iter().find(|rule| rule.code == RULE).unwrap();
    assert!(of_rule.newly_fail >= told.newly_fail);
    assert_eq!(failing(&round), before, "a question stores nothing");
    assert_eq!(show(&round, None).version, 1);

    let saved = round.station.standard_save(StandardSave {
        round: round.round,
        seen_version: 1,
        rules: vec![changed],
        note: "试验".to_owned(),
    });
    assert_eq!(saved.unwrap().version, 2);
    let mut expected: Vec<i64> = before.clone();
    expected.extend(told.items.iter().map(|item| item.item.submission));
    expected.sort_unstable();
    let mut after = failing(&round);
    after.sort_unstable();
    assert_eq!(after, expected);

    let back = what_if(
        &round,
        show(&round, Some(1))
            .rules
            .into_iter()
            .map(|rule| rule.settings)
            .collect(),
        "",
    );
    let away = back.newly_pass + back.newly_warn + back.newly_unknown;
    assert_eq!((away, back.newly_fail), (told.newly_fail, 0));
}

#[test]
fn versions_are_kept_named_in_the_log_and_never_overwritten() {
    let round = TakenIn::new().unwrap();
    let save = |seen_version, rules| {
        round.station.standard_save(StandardSave {
            round: round.round,
            seen_version,
            rules,
            note: String::new(),
        })
    };
    let first = show(&round, None);
    save(1, vec![edit(&round, impossible)]).unwrap();
    let stale = save(1, vec![edit(&round, |edit| edit.enabled = false)]).unwrap_err();
    assert_eq!(stale.code, Code::Conflict);
    assert_eq!(
        save(2, vec![edit(&round, |_| {})]).unwrap_err().code,
        Code::Refused
    );
    let reversed = edit(&round, |edit| edit.max = Some(0.0));
    assert_eq!(save(2, vec![reversed]).unwrap_err().code, Code::Refused);

    assert_eq!(
        show(&round, Some(1)).rules,
        first.rules,
        "the older one is readable"
    );
    assert!(!show(&round, Some(1)).current && show(&round, Some(2)).current);
    let versions = round
        .station
        .standard_versions(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(
        versions.iter().map(|card| card.version).collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(versions[0].changes.len(), 1);
    assert!(
        versions[0].changes[0].contains("630"),
        "{:?}",
        versions[0].changes
    );

    let log = round.station.log_list(LogQuery {
        round: Some(round.round),
        offset: 0,
        limit: 1,
    });
    let entry = log.unwrap().entries.remove(0);
    assert_eq!(entry.act, "更换检测标准");
    assert!(
        entry.before.contains("第 1 版") && entry.before.contains(RULE),
        "{}",
        entry.before
    );
    assert!(
        entry.after.contains("第 2 版") && entry.after.contains(RULE),
        "{}",
        entry.after
    );
}

#[test]
fn a_histogram_holds_the_values_the_desk_shows() {
    let round = TakenIn::new().unwrap();
    let ask = || {
        round.station.standard_histogram(StandardHistogram {
            round: round.round,
            code: RULE.to_owned(),
        })
    };
    let values = ask().unwrap();
    assert_eq!(values.unit, "px");
    assert!(values.values.is_sorted() && values.values.len() > 10);
    assert_eq!(values.values.len(), values.submissions.len());
    for (value, submission) in values.values.iter().zip(&values.submissions).step_by(7) {
        let shown = round
            .station
            .submission_show(SubmissionRef {
                submission: *submission,
            })
            .unwrap();
        let finding = shown
            .findings
            .iter()
            .find(|finding| finding.code == RULE)
            .unwrap();
        assert_eq!(finding.value, Some(*value));
        assert_eq!((finding.min, finding.max), (values.min, values.max));
    }
    round.save_rule(RULE, |edit| edit.enabled = false).unwrap();
    assert_eq!(
        ask().unwrap().values,
        values.values,
        "a rule that is off still shows its values"
    );
}

#[test]
fn what_is_kept_of_a_round_follows_decisions_removals_and_imports() {
    let mut round = TakenIn::new().unwrap();
    let ask = |round: &TakenIn| what_if(round, vec![edit(round, impossible)], "fail");
    let first = ask(&round);
    let files: Vec<PathBuf> = fs::read_dir(&round.photos)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let file_of = |number: &str| {
        files
            .iter()
            .find(|path| path.to_string_lossy().contains(number))
    };
    let only = first.items.iter().map(|shifted| &shifted.item);
    let mut only = only.filter(|item| item.sequence == 1 && file_of(&item.student_no).is_some());
    let (one, other) = (only.next().unwrap(), only.next().unwrap());

    round.decide(one.submission, "approved").unwrap();
    let decided = ask(&round);
    assert_eq!(decided.decided, first.decided + 1);
    assert_eq!(decided.newly_fail, first.newly_fail);

    let moved = SubmissionRef {
        submission: other.submission,
    };
    round.station.pile_put_back(moved).unwrap();
    let removed = ask(&round);
    assert_eq!(removed.judged, first.judged - 1);
    assert_eq!(removed.newly_fail, first.newly_fail - 1);

    // The other student hands in a picture of the one's: a rule about both changes what it says.
    let file = file_of(&one.student_no).unwrap();
    let folder = round.folder.path().join("又交来");
    fs::create_dir(&folder).unwrap();
    fs::copy(file, folder.join(format!("{}.jpg", other.student_no))).unwrap();
    import_photos(&round.station, round.round, &[folder]).unwrap();
    let kept = ask(&round);
    assert_eq!(kept.judged, first.judged);

    let elsewhere = round.folder.path().join("elsewhere");
    let workspace = round.folder.path().join("workspace");
    drop(std::mem::replace(
        &mut round.station,
        Station::open(&elsewhere).unwrap(),
    ));
    round.station = Station::open(&workspace).unwrap();
    let anew = ask(&round);
    assert_eq!(format!("{anew:?}"), format!("{kept:?}"));
}
