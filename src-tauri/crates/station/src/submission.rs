//! Everything the desk shows of one submission, judged anew from its stored measurements.

use std::collections::HashMap;

use zhaoshen_checks::{FinalFrame, Role, final_frame, judge, preset_reasons};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{Measurements, RoundId, Scope, Student, SubmissionId, name};
use zhaoshen_store::{DecisionRow, RoundRow, StudentKey, SubmissionRow, unpicked};

use crate::app::{count, local_time};
use crate::check::finding_view;
use crate::failure::{not_found, store};
use crate::intake::limit::turns;
use crate::masking::without_id_numbers;
use crate::roster::student_hit;
use crate::scope::arrival;
use crate::wire::{
    Crop, DecisionView, Failure, FrameView, HistoryEntry, PictureView, ReferenceView, StudentHit,
    StudentRow, SubmissionRef, SubmissionView,
};
use crate::{Seat, students, view, zh};

/// Students of one name that are listed beside a photo.
const NAMESAKES_MAX: usize = 5;

impl Seat {
    /// Everything about one submission.
    ///
    /// # Errors
    /// Not found.
    pub fn submission_show(&self, args: SubmissionRef) -> Result<SubmissionView, Failure> {
        let id = SubmissionId(args.submission);
        let row = self.store().submission(id).map_err(|error| store(&error))?;
        let round = self
            .store()
            .round(row.round)
            .map_err(|error| store(&error))?;
        let measurements = self
            .store()
            .measurements(row.photo, MEASUREMENT_VERSION)
            .map_err(|error| store(&error))?;
        let history = self
            .store()
            .photo_history(id)
            .map_err(|error| store(&error))?;
        let findings = measurements
            .as_ref()
            .map(|measurements| judge(measurements, &round.profile, &history, Role::of(&history)))
            .unwrap_or_default();
        let frame = measurements
            .as_ref()
            .map(|measurements| final_frame(measurements, &round.profile));
        let (namesakes, namesakes_total) = self.namesakes_of(&row)?;
        Ok(SubmissionView {
            namesakes,
            namesakes_total,
            item: self.queue_item(id)?,
            student: self.student_of(&row)?,
            file_name: self.shown_name(row.round, &row.file_name),
            size_bytes: measurements
                .as_ref()
                .map_or(0.0, |measurements| bytes(measurements.file.size_bytes)),
            received_at: local_time(row.received_at),
            picture: measurements.as_ref().and_then(picture),
            frame: frame.filter(has_face).map(|frame| frame_view(&frame)),
            crops: measurements.as_ref().map(crops).unwrap_or_default(),
            preset_reasons: preset_reasons(&findings)
                .into_iter()
                .map(view::reason)
                .collect(),
            findings: findings.into_iter().map(finding_view).collect(),
            decision: match self.is_blind(id)? {
                true => None,
                false => self.standing(&row)?.map(decision_view),
            },
            review: self.review_view(id)?,
            history: self.history(&row, &round)?,
            reference: self.reference_of(&row)?,
            disputed: self.disputed(id)?,
            near_photos: self.near_photos(id, &history)?,
        })
    }

    /// The submission that stands for a student, by 学号.
    ///
    /// # Errors
    /// Not found when there is no such student or no photo yet.
    pub fn current_submission(&self, round: i64, student_no: &str) -> Result<i64, Failure> {
        let found = self
            .store()
            .find_students(RoundId(round), StudentKey::StudentNo(student_no));
        let student = found.map_err(|error| store(&error))?.into_iter().next();
        let student = student.ok_or_else(|| not_found(zh::STUDENT_UNKNOWN))?;
        let submissions = self
            .store()
            .submissions_of(student.id)
            .map_err(|error| store(&error))?;
        submissions
            .last()
            .map(|row| row.id.0)
            .ok_or_else(|| not_found(zh::NO_PHOTO_YET))
    }

    /// A file's name without ID numbers of students.
    pub(crate) fn shown_name(&self, round: RoundId, file_name: &str) -> String {
        without_id_numbers(file_name, |number| {
            let key = StudentKey::IdNumber(number);
            let holders = self.store().find_students(round, key);
            // Not known to be nobody's: masked.
            holders.map_or(true, |holders| !holders.is_empty())
        })
    }

    /// The picture that the school has of the student all along.
    fn reference_of(&self, row: &SubmissionRow) -> Result<Option<ReferenceView>, Failure> {
        let Some(student) = row.student else {
            return Ok(None);
        };
        let reference = self.store().reference(student);
        let reference = reference.map_err(|error| store(&error))?;
        Ok(reference.map(|reference| ReferenceView {
            photo: reference.photo.to_string(),
            file_name: self.shown_name(row.round, &reference.file_name),
            picture: PictureView {
                width_px: reference.width_px,
                height_px: reference.height_px,
            },
            eyes: reference.eyes.map(|eyes| eyes.map(|iris| [iris.x, iris.y])),
        }))
    }

    fn student_of(&self, row: &SubmissionRow) -> Result<Option<StudentRow>, Failure> {
        let student: Option<Student> = row
            .student
            .map(|student| self.store().student(student))
            .transpose()
            .map_err(|error| store(&error))?;
        Ok(student.map(|student| students::student_row(&student, "", None)))
    }

    /// Whom the photo may show instead, the first few each with the photo that stands for them, and how many there are.
    fn namesakes_of(&self, row: &SubmissionRow) -> Result<(Vec<StudentHit>, u32), Failure> {
        let Some(student) = row.student else {
            return Ok((Vec::new(), 0));
        };
        let own = self.store().student(student);
        let key = name::fold(&own.map_err(|error| store(&error))?.draft.name);
        let alike = self
            .store()
            .find_students(row.round, StudentKey::NameKey(&key));
        let mut others = alike.map_err(|error| store(&error))?;
        others.retain(|other| other.id != student);
        let told = others.iter().take(NAMESAKES_MAX).map(|other| {
            let sent = self.store().submissions_of(other.id);
            let sent = sent.map_err(|error| store(&error))?;
            Ok(student_hit(other, sent.last().map(|newest| newest.photo)))
        });
        Ok((told.collect::<Result<_, Failure>>()?, count(others.len())))
    }

    fn standing(&self, row: &SubmissionRow) -> Result<Option<DecisionRow>, Failure> {
        row.decision
            .map(|decision| self.store().decision(decision))
            .transpose()
            .map_err(|error| store(&error))
    }

    fn history(&self, row: &SubmissionRow, round: &RoundRow) -> Result<Vec<HistoryEntry>, Failure> {
        let rows = match row.student {
            Some(student) => self
                .store()
                .submissions_of(student)
                .map_err(|error| store(&error))?,
            None => vec![row.clone()],
        };
        let scope = self.store().scope(round.id);
        let scope = scope.map_err(|error| store(&error))?;
        let mut received: Vec<_> = rows.iter().filter_map(SubmissionRow::received).collect();
        received.sort_by_key(|row| row.submission);
        let turns: HashMap<SubmissionId, u32> = turns(&received)
            .map(|(row, turn)| (row.submission, turn))
            .collect();
        let unpicked = unpicked(&rows);
        // Submissions are numbered as they come.
        let arrival = |id| count(rows.iter().filter(|other| other.id <= id).count());
        rows.iter()
            .map(|row| {
                let entry =
                    self.history_entry(row, round, (&scope, turns.get(&row.id).copied()))?;
                Ok(HistoryEntry {
                    arrival: arrival(row.id),
                    unpicked: unpicked.contains(&row.id),
                    ..entry
                })
            })
            .collect()
    }

    /// Decisions, each with what it was in a second review and whether it was taken back.
    fn with_parts(
        &self,
        submission: SubmissionId,
        decisions: Vec<DecisionRow>,
    ) -> Result<Vec<DecisionView>, Failure> {
        let parts = self.store().review_parts(submission);
        let parts = parts.map_err(|error| store(&error))?;
        let taken_back = self.store().taken_back(submission);
        let taken_back = taken_back.map_err(|error| store(&error))?;
        let view = |row: DecisionRow| DecisionView {
            undone: taken_back.contains(&row.id),
            part: parts
                .get(&row.id)
                .map_or("", |part| part.as_str())
                .to_owned(),
            ..decision_view(row)
        };
        Ok(decisions.into_iter().map(view).collect())
    }

    fn history_entry(
        &self,
        row: &SubmissionRow,
        round: &RoundRow,
        (scope, turn): (&Scope, Option<u32>),
    ) -> Result<HistoryEntry, Failure> {
        let store_ = self.store();
        let decisions = match self.is_blind(row.id)? {
            true => Vec::new(),
            false => store_.decisions_on(row.id).map_err(|error| store(&error))?,
        };
        let standing = decisions.iter().find(|made| Some(made.id) == row.decision);
        let measurements = store_
            .measurements(row.photo, MEASUREMENT_VERSION)
            .map_err(|error| store(&error))?;
        Ok(HistoryEntry {
            submission: row.id.0,
            photo: row.photo.to_string(),
            sequence: row.n.unwrap_or(1),
            arrival: 1,
            received_at: local_time(row.received_at),
            file_name: self.shown_name(row.round, &row.file_name),
            together: row.together,
            unpicked: false,
            outside_window: (!row.is_returned())
                .then(|| arrival(row.received_at, round).remark())
                .flatten()
                .unwrap_or_default()
                .to_owned(),
            over_limit: (turn.and_then(|turn| Some((turn, scope.limit_passed(turn)?))))
                .map(|(turn, limit)| zh::over_limit(turn, limit))
                .unwrap_or_default(),
            decision: standing.cloned().map(decision_view),
            decisions: self.with_parts(row.id, decisions)?,
            picture: measurements.as_ref().and_then(picture),
            eyes: measurements.as_ref().and_then(eyes),
        })
    }
}

pub(crate) fn decision_view(row: DecisionRow) -> DecisionView {
    DecisionView {
        decision_id: row.id.0,
        kind: row.decision.kind.as_str().to_owned(),
        reasons: row.decision.reasons.into_iter().map(view::reason).collect(),
        note: row.decision.note,
        reviewer: row.decision.reviewer,
        at: local_time(row.decided_at),
        part: String::new(),
        undone: false,
    }
}

/// A size for the wire, where numbers are floating; exact up to 2^53 bytes.
#[expect(clippy::cast_precision_loss, reason = "no photo has 2^53 bytes")]
fn bytes(size: u64) -> f64 {
    size as f64
}

pub(crate) fn picture(measurements: &Measurements) -> Option<PictureView> {
    let picture = measurements.picture.as_ref()?;
    Some(PictureView {
        width_px: picture.width_px,
        height_px: picture.height_px,
    })
}

/// Where the irises are, px of the picture.
pub(crate) fn eyes(measurements: &Measurements) -> Option<[[f64; 2]; 2]> {
    let face = measurements.face.as_ref()?;
    Some([face.left_iris, face.right_iris].map(|iris| [iris.x, iris.y]))
}

fn has_face(frame: &FinalFrame) -> bool {
    frame.violation("FACE-01").is_none() && frame.rect.area() > 0.0
}

fn frame_view(frame: &FinalFrame) -> FrameView {
    FrameView {
        rect: view::rect(frame.rect),
        as_is: frame.as_is,
        feasible: frame.feasible,
    }
}

fn crops(measurements: &Measurements) -> Vec<Crop> {
    let Some(face) = measurements.face.as_ref() else {
        return Vec::new();
    };
    let regions = &face.regions;
    vec![
        view::crop("eyes", zh::CROP_EYES, regions.eyes),
        view::crop("ear_left", zh::CROP_EAR_LEFT, regions.ear_left),
        view::crop("ear_right", zh::CROP_EAR_RIGHT, regions.ear_right),
        view::crop("mouth", zh::CROP_MOUTH, regions.mouth),
    ]
}
