//! The grid: what its cards show, and a page of them approved in one act.

use zhaoshen_checks::registry::{self, Family};
use zhaoshen_checks::{Role, judge};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{
    Decision, DecisionKind, Finding, Measurements, Profile, RoundId, Severity, SubmissionId, Unit,
};
use zhaoshen_store::Target;

use crate::app::{count, now};
use crate::check::finding_view;
use crate::failure::{refused, store};
use crate::wire::{Failure, GridAsk, GridCard, GridPose, PageCommit, PageCommitted};
use crate::{Seat, zh};

/// The submission that refused what was asked of many.
const fn one_of(error: &zhaoshen_store::Error) -> Option<SubmissionId> {
    use zhaoshen_store::Error;
    match error {
        Error::Conflict { submission, .. }
        | Error::Moved { submission }
        | Error::Unmatched { submission }
        | Error::Unpicked { submission }
        | Error::Superseded { submission, .. } => Some(*submission),
        _ => None,
    }
}

/// Most cards in one answer, and most photos on one page.
const PAGE_MAX: usize = 200;
/// Head height over the distance from eye line to chin, where the crown is not known: the eyes of a grown
/// head lie about half way up (ISO/IEC 19794-5, figure of the frontal head).
const HEAD_OVER_EYES_TO_CHIN: f64 = 2.0;

impl Seat {
    /// What the cards in sight show besides their photos.
    ///
    /// # Errors
    /// Refused for more than 200 at once; not found.
    pub fn grid_cards(&self, args: GridAsk) -> Result<Vec<GridCard>, Failure> {
        if args.submissions.len() > PAGE_MAX {
            return Err(refused(zh::PAGE_TOO_LONG));
        }
        let round = self.store().round(RoundId(args.round));
        let profile = round.map_err(|error| store(&error))?.profile;
        let ids = args.submissions.into_iter();
        let unpicked = self.store().unpicked_submissions(RoundId(args.round));
        let unpicked = unpicked.map_err(|error| store(&error))?;
        ids.map(|id| {
            let card = self.grid_card(SubmissionId(id), &profile)?;
            Ok(GridCard {
                unpicked: unpicked.contains(&SubmissionId(id)),
                ..card
            })
        })
        .collect()
    }

    /// Approves the ticked photos of a page: one transaction, one act to undo. The others stay as they are, and so do those
    /// that came with others of their students while nobody said which of them counts: they are counted.
    ///
    /// # Errors
    /// Refused without a reviewer, for more than 200, or with photos of an open sampling plan; a conflict when somebody decided on one of them
    /// or gave it to another student meanwhile, and then none is approved.
    pub fn grid_commit(&self, args: PageCommit) -> Result<PageCommitted, Failure> {
        if args.approve.len() > PAGE_MAX {
            return Err(refused(zh::PAGE_TOO_LONG));
        }
        let decision = Decision {
            kind: DecisionKind::Approved,
            reasons: Vec::new(),
            note: String::new(),
            reviewer: self.reviewer()?,
        };
        let unpicked = self.store().unpicked_submissions(RoundId(args.round));
        let unpicked = unpicked.map_err(|error| store(&error))?;
        let (left_out, approve): (Vec<_>, Vec<_>) = (args.approve.iter())
            .partition(|item| unpicked.contains(&SubmissionId(item.submission)));
        let targets: Vec<Target> = approve
            .into_iter()
            .map(|item| {
                let submission = SubmissionId(item.submission);
                let seen = self.seen(submission, item.seen_decision, &item.seen_student)?;
                Ok(Target { submission, seen })
            })
            .collect::<Result<_, Failure>>()?;
        let decided = self.store().decide_all(&targets, &decision, now());
        let decided = decided.map_err(|error| self.of_whom(&error))?;
        let items = decided.iter().map(|row| self.decided_item(row));
        Ok(PageCommitted {
            items: items.collect::<Result<_, _>>()?,
            unpicked: count(left_out.len()),
        })
    }

    /// Why no photo of the page was approved, with the student whose photo kept the others back.
    fn of_whom(&self, error: &zhaoshen_store::Error) -> Failure {
        let failure = store(error);
        let Some(item) = one_of(error).and_then(|id| self.queue_item(id).ok()) else {
            return failure;
        };
        let whose = format!("{} {}", item.student_no, item.name);
        Failure {
            message: zh::page_not_approved(whose.trim(), &failure.message),
            ..failure
        }
    }

    fn grid_card(&self, id: SubmissionId, profile: &Profile) -> Result<GridCard, Failure> {
        let row = self.store().submission(id).map_err(|error| store(&error))?;
        let measured = self.store().measurements(row.photo, MEASUREMENT_VERSION);
        let measured = measured.map_err(|error| store(&error))?;
        let history = self
            .store()
            .photo_history(id)
            .map_err(|error| store(&error))?;
        let findings = measured.as_ref().map_or_else(Vec::new, |measurements| {
            judge(measurements, profile, &history, Role::of(&history))
        });
        let worst = worst(findings).map(finding_view);
        Ok(GridCard {
            submission: id.0,
            pose: measured.as_ref().and_then(pose),
            worst_value: worst.as_ref().and_then(|found| found.value),
            worst_unit: worst
                .as_ref()
                .map_or_else(String::new, |found| found.unit.clone()),
            worst_title: worst
                .as_ref()
                .map_or_else(String::new, |found| found.title.clone()),
            partners: self.partners(id, &history)?,
            unpicked: false,
            worst_severity: worst.map_or_else(String::new, |found| found.severity),
        })
    }
}

/// The finding a person should look at: the worst one, and of all that pass the one nearest to a limit.
fn worst(findings: Vec<Finding>) -> Option<Finding> {
    let rank = |severity| match severity {
        Severity::Fail => 0,
        Severity::Unknown => 1,
        Severity::Warn => 2,
        Severity::Pass => 3,
    };
    let counts = |finding: &Finding| finding.severity != Severity::Pass || of_the_person(finding);
    findings.into_iter().filter(counts).min_by(|one, other| {
        let by_rank = rank(one.severity).cmp(&rank(other.severity));
        by_rank.then(room(one).total_cmp(&room(other)))
    })
}

/// Whether a passed finding is about what is seen: sizes of files and their encoding tell nothing on a card, nor
/// does a count that is as it must be.
fn of_the_person(finding: &Finding) -> bool {
    if finding.unit == Unit::Count {
        return false;
    }
    !matches!(
        registry::rule(&finding.code).map(|rule| rule.family),
        None | Some(Family::File | Family::Jpeg | Family::Editing)
    )
}

/// Distance to the nearer limit as a share of the band, or of the limit where there is but one; infinite
/// without a limit.
fn room(finding: &Finding) -> f64 {
    let Some(value) = finding.value else {
        return f64::INFINITY;
    };
    let (low, high) = (
        finding.min.map(|min| value - min),
        finding.max.map(|max| max - value),
    );
    let breadth = match (finding.min, finding.max) {
        (Some(min), Some(max)) => max - min,
        (Some(limit), None) | (None, Some(limit)) => limit.abs(),
        (None, None) => return f64::INFINITY,
    };
    let slack = low
        .unwrap_or(f64::INFINITY)
        .min(high.unwrap_or(f64::INFINITY));
    slack / breadth.max(f64::MIN_POSITIVE)
}

fn pose(measurements: &Measurements) -> Option<GridPose> {
    let (picture, face) = (measurements.picture.as_ref()?, measurements.face.as_ref()?);
    let (width, height) = (f64::from(picture.width_px), f64::from(picture.height_px));
    let eyes_y = face.eye_line_y_px;
    let head = face.crown_y_px.map_or_else(
        || (face.chin.y - eyes_y) * HEAD_OVER_EYES_TO_CHIN,
        |crown| face.chin.y - crown,
    );
    (head > 0.0).then(|| GridPose {
        eyes_x: f64::midpoint(face.left_iris.x, face.right_iris.x) / width,
        eyes_y: eyes_y / height,
        head_height: head / height,
        aspect_ratio: width / height,
    })
}
