//! Rounds: making one, showing its numbers.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use zhaoshen_model::{RoundId, SubmissionId};
use zhaoshen_store::{NewRound, QueueKind, RoundCounts, RoundRow};

use crate::app::{count, now};
use crate::delivery;
use crate::ending::{day_text, days_left};
use crate::failure::{refused, store};
use crate::standard::ahead::{Ahead, OPENING};
use crate::wire::{Empty, Failure, RoundCard, RoundCreate, RoundEnter, RoundRef};
use crate::{Seat, profiles, zh};

/// Longest round name, characters.
const NAME_MAX: usize = 100;

impl Seat {
    /// Makes a round.
    ///
    /// # Errors
    /// Refused when the name is empty or taken, the dates are no dates, or the profile is unknown.
    pub fn round_create(&self, args: RoundCreate) -> Result<RoundCard, Failure> {
        let name = round_name(&args.name)?;
        let (opens_on, closes_on) = window(&args.opens_on, &args.closes_on)?;
        let round = NewRound {
            name: name.to_owned(),
            school_code: args.school_code.trim().to_owned(),
            opens_on,
            closes_on,
            profile: profiles::profile(Some(&args.profile))?,
        };
        let reviewer = self.clerk()?;
        let made = self
            .store()
            .create_round(&round, &reviewer, now())
            .map_err(|error| store(&error))?;
        self.round_show(RoundRef { round: made.id.0 })
    }

    /// A round with its numbers; as delivered counts what stands as it went, which takes reading every delivery.
    ///
    /// # Errors
    /// Not found.
    pub fn round_show(&self, args: RoundRef) -> Result<RoundCard, Failure> {
        let round = self.round(args.round)?;
        let id = round.id;
        let counts = self
            .store()
            .round_counts(id)
            .map_err(|error| store(&error))?;
        let card = self.round_card(round, &counts)?;
        let moved = match card.delivered {
            0 => 0,
            _ => self.moved(id)?,
        };
        Ok(RoundCard {
            delivered: card.delivered.saturating_sub(count(moved)),
            ..card
        })
    }

    /// How many approved photos went out for another student, or otherwise, than they would go now.
    fn moved(&self, round: RoundId) -> Result<usize, Failure> {
        let approved = self.store().queue(round, &QueueKind::Approved);
        let approved = approved.map_err(|error| store(&error))?;
        let files = delivery::files(self.store(), round)?;
        // The last file of a photo tells.
        let last: HashMap<SubmissionId, bool> = files
            .iter()
            .map(|file| (file.submission, file.since.is_some()))
            .collect();
        let mut moved: HashSet<SubmissionId> = approved.into_iter().collect();
        moved.retain(|id| last.get(id) == Some(&true));
        if moved.is_empty() {
            return Ok(0);
        }
        // Whose match is in question is counted apart, and not as delivered.
        let rows = self.store().submissions(round);
        let rows = rows.map_err(|error| store(&error))?;
        let sure = rows.iter().filter(|row| !row.is_in_question());
        Ok(sure.filter(|row| moved.contains(&row.id)).count())
    }

    /// The round that this session opened, or that it has none open any more: what the photos of a round measured is read behind
    /// the screens as long as some session has it open.
    ///
    /// # Errors
    /// Not found; when the system gives no thread.
    pub fn round_enter(&self, args: RoundEnter) -> Result<Empty, Failure> {
        match args.round {
            Some(round) => {
                let round = self.round(round)?.id;
                Ahead::enter(&self.inner, &self.sitting, (round, OPENING))?;
            }
            None => self.inner.ahead.leave(&self.sitting),
        }
        Ok(Empty {})
    }

    pub(crate) fn round(&self, round: i64) -> Result<RoundRow, Failure> {
        self.store()
            .round(RoundId(round))
            .map_err(|error| store(&error))
    }

    pub(crate) fn round_cards(&self) -> Result<Vec<RoundCard>, Failure> {
        let rounds = self.store().rounds().map_err(|error| store(&error))?;
        rounds
            .into_iter()
            .map(|summary| self.round_card(summary.round, &summary.counts))
            .collect()
    }

    fn round_card(&self, round: RoundRow, counts: &RoundCounts) -> Result<RoundCard, Failure> {
        let missing = self
            .store()
            .missing_measurements(round.id, zhaoshen_model::measurement::MEASUREMENT_VERSION);
        let due = counts.students.saturating_sub(counts.exempt);
        let unchecked = missing.map_err(|error| store(&error))?.len();
        let end = self.ending(round.id)?;
        Ok(RoundCard {
            round: round.id.0,
            name: round.name,
            school_code: round.school_code,
            opens_on: day_text(round.opens_on),
            closes_on: day_text(round.closes_on),
            profile: round.profile.name,
            profile_title: round.profile.title,
            students: count(counts.students),
            submitted: count(counts.submitted),
            due: count(due),
            exempt: count(counts.exempt),
            missing: count(due.saturating_sub(counts.submitted)),
            unchecked: count(unchecked),
            pending: count(counts.to_review),
            approved: count(counts.approved),
            rejected: count(counts.rejected),
            held: count(counts.held),
            reviewing: count(counts.reviewing),
            differing: count(counts.differing),
            questioned: count(counts.questioned),
            in_piles: count(counts.unmatched),
            excluded: count(counts.excluded),
            codes: count(counts.codes),
            references: count(counts.references),
            delivered: count(counts.exported),
            closed: end.closed.is_some(),
            archived: end.archived.is_some(),
            days_left: end
                .keep_until
                .filter(|_| end.erased.is_none())
                .map(days_left),
            keep_until: day_text(end.keep_until),
            erased: end.erased.is_some(),
        })
    }
}

/// A name that a round can have.
pub(crate) fn round_name(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    let is_sound =
        !name.is_empty() && name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control);
    is_sound
        .then_some(name)
        .ok_or_else(|| refused(zh::ROUND_NAME))
}

/// The first and the last day of collection, as the wire has them.
pub(crate) fn window(opens: &str, closes: &str) -> Result<(Option<Date>, Option<Date>), Failure> {
    let (opens_on, closes_on) = (date(opens)?, date(closes)?);
    let reversed = opens_on.zip(closes_on);
    match reversed.is_some_and(|(opens, closes)| opens > closes) {
        true => Err(refused(zh::ROUND_DATES)),
        false => Ok((opens_on, closes_on)),
    }
}

fn date(text: &str) -> Result<Option<Date>, Failure> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| refused(zh::ROUND_DATES)),
    }
}
