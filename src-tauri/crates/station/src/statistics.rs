//! The figures of a round, and the workbook they are saved to.
//!
//! What each figure means is said once, at its wire type; here they are counted. Nothing is stored.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use zhaoshen_checks::registry;
use zhaoshen_exchange::workbook::{Book, Column};
use zhaoshen_model::{DecisionKind, RoundId, SubmissionId, Verdict};
use zhaoshen_store::{Made, Standing, StandingSubmission};

use crate::app::{count, local_date, now};
use crate::failure::{exchange, store};
use crate::table::file_part;
use crate::wire::{
    CollegeFigures, DayFigures, Failure, FileSaved, ReviewerFigures, RoundProgress, RoundRef,
    RuleFigures, Statistics, StatisticsSave,
};
use crate::{Seat, zh};

/// A longer pause between two acts is a break, seconds.
const BREAK_SECONDS: f64 = 120.0;
/// Fewest photos a median is taken of.
const FEWEST_PHOTOS: usize = 5;

impl Seat {
    /// The figures of the round as it stands.
    ///
    /// # Errors
    /// Not found.
    pub fn statistics_show(&self, args: RoundRef) -> Result<Statistics, Failure> {
        let round = self.round(args.round)?.id;
        let standings = self
            .store()
            .standings(round)
            .map_err(|error| store(&error))?;
        let made = self
            .store()
            .decisions_made(round)
            .map_err(|error| store(&error))?;
        let exempt = self.store().exempt(round).map_err(|error| store(&error))?;
        Ok(Statistics {
            progress: progress(&standings, &made, exempt.len()),
            rules: self.rules(round, &standings)?,
            colleges: colleges(&standings),
            days: days(&standings, &made),
            reviewers: reviewers(&made),
        })
    }

    /// Writes the figures to a new workbook in a folder.
    ///
    /// # Errors
    /// When the folder cannot be written into.
    pub fn statistics_save(&self, args: StatisticsSave) -> Result<FileSaved, Failure> {
        let round = self.round(args.round)?;
        let figures = self.statistics_show(RoundRef { round: args.round })?;
        let bytes = workbook(&figures).map_err(|error| exchange(&error))?;
        let stem = file_part(&round.name);
        self.save_beside(&args.folder, &bytes, |n| {
            zh::statistics_file(&stem, &local_date(now()), n)
        })
    }

    fn rules(&self, round: RoundId, standings: &[Standing]) -> Result<Vec<RuleFigures>, Failure> {
        let mut found: BTreeMap<String, [u32; 3]> = BTreeMap::new();
        for photo in standings.iter().filter_map(|row| row.submission.as_ref()) {
            for code in &photo.failing {
                found.entry(code.clone()).or_default()[0] += 1;
            }
            for code in missed(photo) {
                found.entry(code).or_default()[2] += 1;
            }
        }
        let disputes = self
            .store()
            .disputes(round)
            .map_err(|error| store(&error))?;
        let blind = self.store().open_reviews(round);
        let blind: HashSet<SubmissionId> =
            blind.map_err(|error| store(&error))?.into_iter().collect();
        // Of newest photos only, as the failures they are read beside.
        let newest = standings.iter().filter_map(|row| row.submission.as_ref());
        let newest: HashSet<SubmissionId> = newest.map(|photo| photo.id).collect();
        for row in disputes {
            let id = row.dispute.submission;
            if blind.contains(&id) || !newest.contains(&id) {
                continue;
            }
            found.entry(row.dispute.code).or_default()[1] += 1;
        }
        let mut rules: Vec<RuleFigures> = found
            .into_iter()
            .map(|(code, [failing, false_alarms, missed])| RuleFigures {
                title: registry::rule(&code)
                    .map_or_else(|| code.clone(), |rule| rule.title_zh().to_owned()),
                code,
                failing,
                false_alarms,
                missed,
            })
            .collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.failing));
        Ok(rules)
    }
}

/// Codes of the machine's rules that a person rejected the photo for and the machine did not fail.
fn missed(photo: &StandingSubmission) -> Vec<String> {
    let Some((DecisionKind::Rejected, reasons)) = &photo.decision else {
        return Vec::new();
    };
    let mut codes: Vec<String> = reasons
        .iter()
        .filter_map(|reason| reason.code.clone())
        .filter(|code| registry::rule(code).is_some() && !photo.failing.contains(code))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn progress(standings: &[Standing], made: &[Made], exempt: usize) -> RoundProgress {
    let photos = || standings.iter().filter_map(|row| row.submission.as_ref());
    let decided = |kind| {
        let of_kind = |photo: &&StandingSubmission| settled(photo) == Some(kind);
        count(photos().filter(of_kind).count())
    };
    let reviewing = count(photos().filter(|photo| photo.reviewing).count());
    let pending = count(photos().filter(|photo| photo.decision.is_none()).count()) - reviewing;
    let seconds = pace(made.iter());
    RoundProgress {
        students: count(standings.len() + exempt),
        exempt: count(exempt),
        due: count(standings.len()),
        submitted: count(photos().count()),
        missing: count(standings.len() - photos().count()),
        pending,
        approved: decided(DecisionKind::Approved),
        rejected: decided(DecisionKind::Rejected),
        held: decided(DecisionKind::Held),
        reviewing,
        differing: count(photos().filter(|photo| photo.differing).count()),
        judged: count(photos().filter(|photo| photo.verdict.is_some()).count()),
        clear: count(
            photos()
                .filter(|photo| photo.verdict == Some(Verdict::Pass))
                .count(),
        ),
        seconds_per_photo: seconds,
        seconds_left: seconds.map(|seconds| seconds * f64::from(pending)),
    }
}

/// The verdict on a photo, where no two people differ on it.
fn settled(photo: &StandingSubmission) -> Option<DecisionKind> {
    let (kind, _) = photo.decision.as_ref()?;
    (!photo.differing).then_some(*kind)
}

/// Median time per photo, seconds: the pause before each act of a reviewer, shared out over the photos decided by
/// it (a page of the grid is one act on many). Breaks are left out, and what was approved unseen.
fn pace<'a>(made: impl Iterator<Item = &'a Made>) -> Option<f64> {
    let mut acts: HashMap<&str, Vec<(Timestamp, u32)>> = HashMap::new();
    for row in made.filter(|row| !row.unseen) {
        let acts = acts.entry(&row.reviewer).or_default();
        match acts.last_mut().filter(|(at, _)| *at == row.at) {
            Some((_, photos)) => *photos += 1,
            None => acts.push((row.at, 1)),
        }
    }
    let mut seconds: Vec<f64> = Vec::new();
    for (before, (at, photos)) in acts.values().flat_map(|acts| acts.iter().zip(&acts[1..])) {
        let pause = at.duration_since(before.0).as_secs_f64();
        // A clock that was set back makes no pace.
        if (0.0..=BREAK_SECONDS).contains(&pause) {
            seconds.extend((0..*photos).map(|_| pause / f64::from(*photos)));
        }
    }
    seconds.sort_by(f64::total_cmp);
    let middle = seconds.get(seconds.len() / 2).copied();
    middle.filter(|_| seconds.len() >= FEWEST_PHOTOS)
}

fn colleges(standings: &[Standing]) -> Vec<CollegeFigures> {
    let mut colleges: BTreeMap<&str, CollegeFigures> = BTreeMap::new();
    for row in standings {
        let figures = colleges
            .entry(&row.college)
            .or_insert_with(|| CollegeFigures {
                college: row.college.clone(),
                students: 0,
                submitted: 0,
                failing: 0,
                approved: 0,
                rejected: 0,
            });
        figures.students += 1;
        let Some(photo) = &row.submission else {
            continue;
        };
        figures.submitted += 1;
        figures.failing += u32::from(photo.verdict == Some(Verdict::Fail));
        match settled(photo) {
            Some(DecisionKind::Approved) => figures.approved += 1,
            Some(DecisionKind::Rejected) => figures.rejected += 1,
            _ => {}
        }
    }
    colleges.into_values().collect()
}

fn days(standings: &[Standing], made: &[Made]) -> Vec<DayFigures> {
    let mut days: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    for photo in standings.iter().filter_map(|row| row.submission.as_ref()) {
        let day = days.entry(local_date(photo.received_at)).or_default();
        day[0] += 1;
        day[1] += u32::from(photo.verdict == Some(Verdict::Fail));
    }
    for row in made {
        days.entry(local_date(row.at)).or_default()[2] += 1;
    }
    days.into_iter()
        .map(|(day, [received, failing, decided])| DayFigures {
            day,
            received,
            failing,
            decided,
        })
        .collect()
}

fn reviewers(made: &[Made]) -> Vec<ReviewerFigures> {
    let mut by_name: BTreeMap<&str, Vec<&Made>> = BTreeMap::new();
    for row in made {
        by_name.entry(&row.reviewer).or_default().push(row);
    }
    let mut reviewers: Vec<ReviewerFigures> = by_name
        .into_iter()
        .map(|(reviewer, made)| {
            let standing = || made.iter().filter(|row| row.stands);
            let of = |kind, verdict| {
                let both = |row: &&&Made| row.kind == kind && row.verdict == Some(verdict);
                count(standing().filter(both).count())
            };
            ReviewerFigures {
                reviewer: reviewer.to_owned(),
                standing: count(standing().count()),
                made: count(made.len()),
                seconds_per_photo: pace(made.iter().copied()),
                passed_failing: of(DecisionKind::Approved, Verdict::Fail),
                rejected_clear: of(DecisionKind::Rejected, Verdict::Pass),
            }
        })
        .collect();
    reviewers.sort_by_key(|figures| std::cmp::Reverse(figures.made));
    reviewers
}

fn workbook(figures: &Statistics) -> Result<Vec<u8>, zhaoshen_exchange::Error> {
    let mut book = Book::new();
    let [progress, rules, colleges, days, reviewers] = zh::STATISTICS_SHEETS;
    let titles = [zh::STATISTICS_FIGURE, zh::STATISTICS_COUNT];
    book.sheet(
        progress,
        &columns(&titles, 1),
        progress_rows(&figures.progress),
    )?;
    let judged = figures.progress.judged;
    let rows = figures.rules.iter().map(|rule| rule_row(rule, judged));
    book.sheet(rules, &columns(&zh::STATISTICS_RULES, 2), rows)?;
    let rows = figures.colleges.iter().map(college_row);
    book.sheet(colleges, &columns(&zh::STATISTICS_COLLEGES, 1), rows)?;
    let rows = figures.days.iter().map(day_row);
    book.sheet(days, &columns(&zh::STATISTICS_DAYS, 1), rows)?;
    let rows = figures.reviewers.iter().map(reviewer_row);
    book.sheet(reviewers, &columns(&zh::STATISTICS_REVIEWERS, 1), rows)?;
    book.into_bytes()
}

/// Columns of these titles: the first `texts` hold words, the others counts.
fn columns<'a>(titles: &[&'a str], texts: usize) -> Vec<Column<'a>> {
    let column = |(at, title): (usize, &&'a str)| match at < texts {
        true => Column::new(title, 24.0),
        false => Column::number(title, 16.0),
    };
    titles.iter().enumerate().map(column).collect()
}

/// A row of words and then counts.
fn cells<const N: usize>(words: &[&str], counts: [u32; N]) -> Vec<String> {
    let words = words.iter().map(|word| (*word).to_owned());
    words.chain(counts.map(|count| count.to_string())).collect()
}

fn progress_rows(progress: &RoundProgress) -> impl Iterator<Item = Vec<String>> {
    let values = [
        progress.students,
        progress.exempt,
        progress.due,
        progress.submitted,
        progress.missing,
        progress.pending,
        progress.approved,
        progress.rejected,
        progress.held,
        progress.reviewing,
        progress.judged,
        progress.clear,
    ];
    let lines = zh::STATISTICS_PROGRESS.into_iter().zip(values);
    lines.map(|(title, value)| cells(&[title], [value]))
}

/// A share in percent with two decimals; empty where there is no whole.
fn percent(part: u32, whole: u32) -> String {
    match whole {
        0 => String::new(),
        _ => format!("{:.2}", f64::from(part) / f64::from(whole) * 100.0),
    }
}

fn rule_row(rule: &RuleFigures, judged: u32) -> Vec<String> {
    let mut row = cells(&[&rule.code, &rule.title], [rule.failing]);
    row.push(percent(rule.failing, judged));
    row.extend(cells(&[], [rule.false_alarms, rule.missed]));
    row
}

fn college_row(row: &CollegeFigures) -> Vec<String> {
    let mut line = cells(&[&row.college], [row.students, row.submitted, row.failing]);
    line.push(percent(row.failing, row.submitted));
    line.extend(cells(&[], [row.approved, row.rejected]));
    line
}

fn day_row(row: &DayFigures) -> Vec<String> {
    let mut line = cells(&[&row.day], [row.received, row.failing]);
    line.push(percent(row.failing, row.received));
    line.extend(cells(&[], [row.decided]));
    line
}

fn reviewer_row(row: &ReviewerFigures) -> Vec<String> {
    let counts = [
        row.standing,
        row.made,
        row.passed_failing,
        row.rejected_clear,
    ];
    let mut cells = cells(&[&row.reviewer], counts);
    let seconds = row.seconds_per_photo;
    cells.push(seconds.map_or_else(String::new, |seconds| format!("{seconds:.1}")));
    cells
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use zhaoshen_model::DecisionKind;
    use zhaoshen_store::Made;

    use super::pace;

    fn made(reviewer: &str, second: i64, photos: usize, unseen: bool) -> Vec<Made> {
        let one = Made {
            reviewer: reviewer.to_owned(),
            kind: DecisionKind::Approved,
            at: Timestamp::from_second(second).unwrap_or_default(),
            verdict: None,
            stands: true,
            unseen,
        };
        vec![one; photos]
    }

    fn paced(acts: &[(&str, i64, usize, bool)]) -> Option<f64> {
        let rows: Vec<Made> = acts
            .iter()
            .flat_map(|(reviewer, second, photos, unseen)| {
                made(reviewer, *second, *photos, *unseen)
            })
            .collect();
        pace(rows.iter())
    }

    #[test]
    fn a_pause_is_shared_by_the_photos_of_the_act_that_ends_it() {
        let page = [("王", 0, 1, false), ("王", 48, 24, false)];
        assert_eq!(paced(&page), Some(2.0));
    }

    #[test]
    fn breaks_others_and_releases_do_not_count() {
        let one_by_one = (0..6).map(|n| ("王", 3 * n, 1, false));
        let mut acts: Vec<_> = one_by_one.collect();
        assert_eq!(paced(&acts), Some(3.0));
        acts.extend([
            ("李", 16, 1, false),
            ("王", 20, 900, true),
            ("王", 4000, 1, false),
        ]);
        assert_eq!(paced(&acts), Some(3.0));
        assert_eq!(paced(&acts[..4]), None, "too few");
        let set_back: Vec<_> = (0..9).map(|n| ("王", -3600 * n, 1, false)).collect();
        assert_eq!(paced(&set_back), None);
    }
}
