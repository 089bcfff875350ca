//! A workspace in a folder of its own, with one round.
#![allow(dead_code, reason = "no test file uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use zhaoshen_killing::Started;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::profile::{BackgroundSpec, RenditionSpec};
use zhaoshen_model::receipt::ReceiptState;
use zhaoshen_model::{
    Decision, DecisionId, DecisionKind, Profile, ReasonChoice, RoundId, SamplingPlanId,
    StudentDraft, StudentId, StudentKeys, SubmissionId, Verdict,
};
use zhaoshen_store::{
    Approval, ArchiveRecord, Error, IntakeOutcome, IntakeRecord, NewReceipt, NewRound,
    NewSamplingPlan, QueueKind, RosterEntry, SampleReleased, Store, StudentKey, SubmissionVerdict,
    Unseen,
};

/// An open workspace with one round.
pub struct Desk {
    pub store: Store,
    pub round: RoundId,
    folder: TempDir,
}

/// Tells a test that it is the process to be killed, and where its workspace is.
pub const KILL_FOLDER: &str = "ZHAOSHEN_TEST_KILL_FOLDER";

/// Says that a decision is confirmed.
pub fn confirm(id: DecisionId) {
    zhaoshen_killing::say(&format!("confirmed {id}")).unwrap();
}

/// Lets a process do what the test `name` has it do, kills it so long after it confirmed `enough`, and gives all it confirmed.
pub fn kill_after(name: &str, folder: &Path, enough: usize, further: Duration) -> Vec<DecisionId> {
    let confirmed_in = |line: &str| {
        let (_, id) = line.split_once("confirmed ")?;
        Some(DecisionId(id.parse().unwrap()))
    };
    let mut started = Started::test(name, [(KILL_FOLDER, folder)]).unwrap();
    let mut confirmed = Vec::new();
    while confirmed.len() < enough {
        confirmed.extend(confirmed_in(&started.line().unwrap()));
    }
    thread::sleep(further);
    let rest = started.kill().unwrap();
    confirmed.extend(rest.iter().filter_map(|line| confirmed_in(line)));
    confirmed
}

/// Second `second` of the test's time.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + second).unwrap()
}

/// What photos are approved by now, as a delivery of them is planned.
pub fn approvals(store: &Store, submissions: &[SubmissionId]) -> Vec<Approval> {
    let rows = submissions.iter().map(|id| store.submission(*id).unwrap());
    let approval = rows.map(|row| {
        Some(Approval {
            submission: row.id,
            student: row.student?,
            decision: row.decision?,
        })
    });
    approval.flatten().collect()
}

/// A round to be made.
pub fn new_round(name: &str) -> NewRound {
    NewRound {
        name: name.to_owned(),
        school_code: "10000".to_owned(),
        opens_on: Some(jiff::civil::date(2026, 3, 1)),
        closes_on: None,
        profile: profile(),
    }
}

pub fn profile() -> Profile {
    Profile {
        name: "moe99".to_owned(),
        title: "标准".to_owned(),
        source: "测试".to_owned(),
        rendition: RenditionSpec {
            width_px: 480,
            height_px: 640,
            dpi: 300,
            min_quality: 60,
            min_bytes: 20_000,
            max_bytes: 40_000,
        },
        background: BackgroundSpec {
            allowed: Vec::new(),
            any_single_colour: true,
        },
        rules: BTreeMap::new(),
    }
}

/// A student of that number.
pub fn entry(student_no: &str) -> RosterEntry {
    RosterEntry {
        draft: StudentDraft {
            student_no: student_no.to_owned(),
            name: format!("学生{student_no}"),
            id_number: format!("ID{student_no}"),
            exam_no: format!("EX{student_no}"),
            ..StudentDraft::default()
        },
        name_key: format!("学生{student_no}"),
        renumbered: None,
    }
}

pub fn approve(reviewer: &str) -> Decision {
    decision(DecisionKind::Approved, reviewer)
}

pub fn reject(reviewer: &str) -> Decision {
    decision(DecisionKind::Rejected, reviewer)
}

/// A decision of any kind, with a reason where one is needed.
pub fn decision(kind: DecisionKind, reviewer: &str) -> Decision {
    let reason = ReasonChoice {
        code: Some("GEO-02".to_owned()),
        text: "眼睛位置偏高".to_owned(),
    };
    Decision {
        kind,
        reasons: match kind {
            DecisionKind::Rejected => vec![reason],
            DecisionKind::Approved | DecisionKind::Held => Vec::new(),
        },
        note: String::new(),
        reviewer: reviewer.to_owned(),
    }
}

/// An archive of the round.
pub fn archive() -> ArchiveRecord {
    ArchiveRecord {
        file: "批次.zip".to_owned(),
        sha256: "cd".repeat(32),
        size_bytes: 9,
        entries: 3,
        encrypted: true,
        id_numbers: true,
        renditions: true,
        originals: false,
        lacking: Some(0),
        lacking_first: Vec::new(),
    }
}

/// A photo that the studio gave back.
pub fn returned(student: StudentId) -> NewReceipt {
    NewReceipt {
        state: ReceiptState::Returned,
        text: "眼镜反光".to_owned(),
        reason: None,
        named: StudentKeys {
            student_no: "2021001".to_owned(),
            ..StudentKeys::default()
        },
        file_name: "2021001.jpg".to_owned(),
        submission: None,
        delivery: None,
        matching: Matching::Matched {
            student,
            by: MatchKey::StudentNo,
        },
        source_cell: "B2".to_owned(),
    }
}

/// A desk with `count` photos on which every rule passed.
pub fn clear_desk(count: usize) -> (Desk, Vec<SubmissionId>) {
    let desk = Desk::new();
    let numbers: Vec<String> = (1..=count).map(|n| format!("{n:04}")).collect();
    let students = desk.roster(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
    let submissions: Vec<SubmissionId> = students
        .iter()
        .zip(&numbers)
        .map(|(student, number)| desk.hand_in(*student, number.as_bytes()))
        .collect();
    let verdicts: Vec<SubmissionVerdict> = submissions
        .iter()
        .map(|submission| SubmissionVerdict {
            submission: *submission,
            verdict: Verdict::Pass,
            failing: Vec::new(),
        })
        .collect();
    desk.store.set_verdicts(desk.round, 1, &verdicts).unwrap();
    (desk, submissions)
}

/// A plan over these photos whose sample is looked at by itself.
pub fn sampling(population: &[SubmissionId], sample: &[SubmissionId]) -> NewSamplingPlan {
    NewSamplingPlan {
        defect_limit_permille: 20,
        confidence_percent: 95,
        seed: 7,
        population: population.to_vec(),
        sample: sample.to_vec(),
        mixed: sample.to_vec(),
    }
}

/// A clear desk, of which 王 drew the first `sampled` photos as a sample, and 李 approved them.
pub fn sampled_desk(count: usize, sampled: usize) -> (Desk, Vec<SubmissionId>, SamplingPlanId) {
    let (desk, all) = clear_desk(count);
    let store = &desk.store;
    let new = sampling(&all, &all[..sampled]);
    let plan = store.plan_sample(desk.round, &new, "王", at(1)).unwrap().id;
    for photo in &all[..sampled] {
        store.decide(*photo, &approve("李"), None, at(2)).unwrap();
    }
    (desk, all, plan)
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        let round = store
            .create_round(&new_round("批次"), "王", at(0))
            .unwrap()
            .id;
        Self {
            store,
            round,
            folder,
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Closes the workspace and opens it again.
    pub fn reopen(self) -> Self {
        self.reopen_after(|_| {})
    }

    /// Closes the workspace, does something to its folder, and opens it again.
    pub fn reopen_after(self, meanwhile: impl FnOnce(&Path)) -> Self {
        let Self {
            store,
            round,
            folder,
        } = self;
        drop(store);
        meanwhile(folder.path());
        let store = Store::open(folder.path()).unwrap();
        Self {
            store,
            round,
            folder,
        }
    }

    /// Closes the workspace and gives its folder.
    pub fn close(self) -> TempDir {
        self.folder
    }

    /// Puts students on the roster and finds them there.
    pub fn roster(&self, student_nos: &[&str]) -> Vec<StudentId> {
        let entries: Vec<RosterEntry> = student_nos.iter().map(|no| entry(no)).collect();
        self.store
            .import_roster(self.round, &entries, "名单.xlsx", "王", at(0))
            .unwrap();
        student_nos.iter().map(|no| self.student(no)).collect()
    }

    pub fn student(&self, student_no: &str) -> StudentId {
        let key = StudentKey::StudentNo(student_no);
        self.store.find_students(self.round, key).unwrap()[0].id
    }

    /// Takes in one photo.
    pub fn intake(&self, bytes: &[u8], file_name: &str, matching: Matching) -> IntakeOutcome {
        let record = IntakeRecord {
            photo: self.store.put_photo(bytes).unwrap(),
            matching,
            file_name: file_name.to_owned(),
            source: format!("收集/{file_name}"),
        };
        self.store
            .record_intake(self.round, &[record], "王", at(0))
            .unwrap()[0]
    }

    /// Takes in a photo of a student.
    pub fn take_in(&self, student: StudentId, bytes: &[u8]) -> IntakeOutcome {
        let by = MatchKey::StudentNo;
        self.intake(bytes, "photo.jpg", Matching::Matched { student, by })
    }

    /// Takes in a photo of a student that must be a new submission.
    pub fn hand_in(&self, student: StudentId, bytes: &[u8]) -> SubmissionId {
        match self.take_in(student, bytes) {
            IntakeOutcome::Added { submission, .. } => submission,
            other => panic!("not a new submission: {other:?}"),
        }
    }

    /// Takes in a photo that nobody is known for.
    pub fn pile(&self, bytes: &[u8], file_name: &str) -> SubmissionId {
        match self.intake(bytes, file_name, Matching::Unknown) {
            IntakeOutcome::Added { submission, .. }
            | IntakeOutcome::AlreadyThere { submission }
            | IntakeOutcome::Matched { submission, .. } => submission,
        }
    }

    /// Has 王 release the rest of a plan, as far as it is clear by a version of the standard.
    pub fn release(
        &self,
        plan: SamplingPlanId,
        version: u32,
        clear: &[SubmissionId],
    ) -> Result<SampleReleased, Error> {
        let unseen = Unseen {
            version,
            submissions: clear.iter().copied().collect(),
        };
        let by = ("抽样批量通过", "王");
        self.store.release_sample(plan, &unseen, by, at(3))
    }

    pub fn queue(&self, kind: &QueueKind) -> Vec<SubmissionId> {
        self.store.queue(self.round, kind).unwrap()
    }
}
