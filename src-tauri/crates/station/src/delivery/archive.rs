//! Writing the archive of a closed round, and holding an archive to its sums.
//!
//! The archive is made of what the store has and of finished photos (`finished` says of which); `exchange` packs it, reads it
//! back and knows its format. ID numbers are left out, masked where they stand in names and notes, unless they
//! were chosen in, and then the archive is encrypted. Reference photos are never in it: the school has them elsewhere,
//! and nothing was decided on them.

mod content;
mod finished;
mod logged;
mod lost;

use std::path::{Path, PathBuf};

use zhaoshen_exchange::round_archive::{self, RoundArchive, WrittenArchive};
use zhaoshen_model::{RoundId, SubmissionId};
use zhaoshen_store::{ArchiveRecord, NewWriting, RoundRow, Writing as Booking, WritingKind};

use self::content::Content;
use self::finished::Finished;
use self::logged::Held;
use super::absolute;
use super::passphrase::fresh_passphrase;
use crate::app::{count, local_date, local_time, now};
use crate::failure::{exchange, refused, store};
use crate::job::{Progress, stop_if_cancelled};
use crate::table::file_part;
use crate::unfinished::Begun;
use crate::wire::{
    ArchiveCheck, ArchiveChecked, ArchiveChoice, ArchiveReport, ArchiveWrite, Failure, JobKind,
    JobOutcome, JobStarted,
};
use crate::{Seat, zh};

impl Seat {
    /// Writes the archive of a closed round into a folder, reads it back and notes it.
    ///
    /// # Errors
    /// Refused while another job runs, without a reviewer, for a round that is not closed or has second
    /// reviews waiting, and for ID numbers without
    /// encryption.
    pub fn archive_write(&self, args: ArchiveWrite) -> Result<JobStarted, Failure> {
        let round = self.round(args.round)?;
        let reviewer = self.reviewer()?;
        if args.choice.id_numbers && !args.choice.encrypted {
            return Err(refused(zh::ARCHIVE_ID_OPEN));
        }
        let end = self.ending(round.id)?;
        if end.erased.is_some() {
            return Err(store(&zhaoshen_store::Error::RoundErased));
        }
        if end.closed.is_none() {
            return Err(refused(zh::ARCHIVE_OPEN_ROUND));
        }
        self.check_no_second_review(round.id)?;
        let folder = PathBuf::from(&args.target);
        if self.store().holds(&folder) {
            return Err(refused(zh::TARGET_IN_WORKSPACE));
        }
        let station = self.for_job();
        let job = self.inner.jobs.start(
            (JobKind::Archive, self.person()),
            Some(round.id),
            move |progress| {
                let writing = Writing {
                    station: &station,
                    round: &round,
                    choice: args.choice,
                    reviewer: &reviewer,
                    progress,
                };
                let report = writing.write(&folder)?;
                Ok(JobOutcome::Archive { report })
            },
        )?;
        Ok(JobStarted { job })
    }

    /// Reads an archive whole and holds it to its own list of sums, and to what the log says of it.
    ///
    /// # Errors
    /// When it cannot be read, is no zip file, or does not open with the passphrase.
    pub fn archive_verify(&self, args: ArchiveCheck) -> Result<ArchiveChecked, Failure> {
        let mut checked = verify_archive(&args)?;
        match logged::held_to(self, &args, &checked.sha256)? {
            Held::Same(round, voided) => (checked.round, checked.voided) = (round, voided),
            Held::Other(problem) => checked.problems.insert(0, problem),
            Held::Unknown => {}
        }
        Ok(checked)
    }
}

/// Reads an archive whole and holds it to its own list of sums, without any workspace: whose it is is not told.
///
/// # Errors
/// When it cannot be read, is no zip file, or does not open with the passphrase.
pub fn verify_archive(args: &ArchiveCheck) -> Result<ArchiveChecked, Failure> {
    let passphrase = args.passphrase.trim();
    let passphrase = (!passphrase.is_empty()).then_some(passphrase);
    let checked = round_archive::verify(Path::new(&args.path), passphrase)
        .map_err(|error| exchange(&error))?;
    Ok(ArchiveChecked {
        round: String::new(),
        voided: String::new(),
        entries: count(checked.entries),
        problems: checked.problems.iter().map(zh::archive_problem).collect(),
        sha256: checked.sha256,
    })
}

/// What the writing of one archive goes by.
struct Writing<'a> {
    station: &'a Seat,
    round: &'a RoundRow,
    choice: ArchiveChoice,
    reviewer: &'a str,
    progress: &'a Progress,
}

impl Writing<'_> {
    fn write(&self, folder: &Path) -> Result<ArchiveReport, Failure> {
        let passphrase = match self.choice.encrypted {
            true => Some(fresh_passphrase()?),
            false => None,
        };
        let path = absolute(&self.free(folder));
        let writing = NewWriting {
            round: Some(self.round.id),
            kind: WritingKind::Archive,
            number: 0,
            target: path.display().to_string(),
        };
        let begun = Begun::new(&self.station.inner, &writing, self.reviewer)?;
        // Made before anything is written: what the archive says it holds stands at its beginning.
        self.check_originals()?;
        let finished = Finished::gather(
            self.station,
            self.round,
            self.choice.renditions,
            self.progress,
        )?;
        let inside = ArchiveChoice {
            renditions: finished.tally.files > 0,
            ..self.choice
        };
        let lacks = &finished.tally.lacking;
        let lacking = lacks.len();
        let lacking_first = match self.choice.renditions {
            true => lost::first(lacks),
            false => Vec::new(),
        };
        let whose = match lacking_first.is_empty() {
            true => String::new(),
            false => self.station.first_of(&lacking_first, lacking),
        };
        let made = zh::signed(&local_time(now()), self.reviewer);
        let readme = zh::archive_readme(&zh::ReadmeFacts {
            round: &self.round.name,
            made: &made,
            version: env!("CARGO_PKG_VERSION"),
            encrypted: self.choice.encrypted,
            id_numbers: self.choice.id_numbers,
            renditions: finished.tally.files,
            lacking,
            originals: self.choice.originals,
        });
        let mut archive = RoundArchive::create(&path, passphrase.as_deref(), &readme)
            .map_err(|error| exchange(&error))?;
        let content = Content::load(self.station, self.round, inside, &made)?;
        for (name, bytes) in content.entries(&finished.tally)? {
            self.put(&mut archive, name, &bytes)?;
        }
        self.put_finished(&mut archive, &finished)?;
        self.put_originals(&mut archive)?;
        self.put_codes(&mut archive)?;
        stop_if_cancelled(self.progress)?;
        self.progress.begin(zh::STAGE_READ_BACK, 0);
        let ready = archive.finish().map_err(|error| exchange(&error))?;
        let names = ready.names().map_err(|error| exchange(&error))?;
        let booking = begun.writing(&names, passphrase.as_deref());
        self.note(ready.written(), (inside, lacking, lacking_first), &booking)?;
        let written = match ready.publish() {
            Ok(written) => written,
            Err(error) => return Err(begun.unpublished(exchange(&error))),
        };
        let path = written.path.display().to_string();
        begun.published(&path, passphrase.as_deref());
        Ok(ArchiveReport {
            path,
            sha256: written.sha256,
            bytes: written.size_bytes as f64,
            entries: count(written.entries),
            passphrase,
            lacks: zh::archive_lacks(Some(lacking as u64), &whose),
        })
    }

    /// A name in the folder that nothing has, nor the file of an archive's sum beside it.
    fn free(&self, folder: &Path) -> PathBuf {
        let (stem, day) = (file_part(&self.round.name), local_date(now()));
        let named = |n| folder.join(zh::archive_file(&stem, &day, n));
        let free = (1..=99)
            .map(named)
            .find(|path| round_archive::is_free(path));
        free.unwrap_or_else(|| named(1))
    }

    fn put(&self, archive: &mut RoundArchive, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        archive.put(name, bytes).map_err(|error| exchange(&error))
    }

    fn put_finished(
        &self,
        archive: &mut RoundArchive,
        finished: &Finished<'_>,
    ) -> Result<(), Failure> {
        let files = count(finished.tally.files);
        self.progress.begin(zh::STAGE_ARCHIVE, files);
        for entry in finished.entries() {
            stop_if_cancelled(self.progress)?;
            let (name, bytes) = entry?;
            self.put(archive, name, &bytes)?;
            self.progress.advance(1);
        }
        Ok(())
    }

    /// Every original that is to go in is there: said of all at once, before anything is written.
    fn check_originals(&self) -> Result<(), Failure> {
        if !self.choice.originals {
            return Ok(());
        }
        let store_ = self.station.store();
        let rows = store_.submissions(self.round.id);
        let mut gone = Vec::new();
        for row in rows.map_err(|error| store(&error))? {
            let is_gone = self.station.is_original_gone(row.photo);
            if is_gone.map_err(|failure| self.station.at_photo(row.id, failure))? {
                gone.push(row.id);
            }
        }
        match gone.is_empty() {
            true => Ok(()),
            false => Err(self.station.originals_gone(&gone)),
        }
    }

    fn put_originals(&self, archive: &mut RoundArchive) -> Result<(), Failure> {
        if !self.choice.originals {
            return Ok(());
        }
        let store_ = self.station.store();
        let rows = store_.submissions(self.round.id);
        let rows = rows.map_err(|error| store(&error))?;
        self.progress.begin(zh::STAGE_ARCHIVE, count(rows.len()));
        for row in rows {
            stop_if_cancelled(self.progress)?;
            let bytes = store_.read_photo(row.photo);
            let bytes = bytes.map_err(|error| self.station.at_photo(row.id, store(&error)))?;
            let name = photo_name("originals", row.id.0, ending_of(&row.file_name));
            self.put(archive, &name, &bytes)?;
            self.progress.advance(1);
        }
        Ok(())
    }

    /// The pictures of 采集码, which are originals too.
    fn put_codes(&self, archive: &mut RoundArchive) -> Result<(), Failure> {
        if !self.choice.originals {
            return Ok(());
        }
        let store_ = self.station.store();
        let pictures = store_.code_pictures(self.round.id);
        for picture in pictures.map_err(|error| store(&error))? {
            stop_if_cancelled(self.progress)?;
            let bytes = store_.read_photo(picture.photo);
            let failed = |error| self.station.at_code(picture.student, store(&error));
            let bytes = bytes.map_err(failed)?;
            let name = photo_name("codes", picture.student.0, picture.format.as_str());
            self.put(archive, &name, &bytes)?;
        }
        Ok(())
    }

    /// Notes the archive with what is `inside`, and of how many photos a finished file is lacking.
    fn note(
        &self,
        written: &WrittenArchive,
        (inside, lacking, lacking_first): (ArchiveChoice, usize, Vec<SubmissionId>),
        writing: &Booking,
    ) -> Result<(), Failure> {
        let file = written.path.file_name().unwrap_or_default();
        let record = ArchiveRecord {
            file: file.to_string_lossy().into_owned(),
            sha256: written.sha256.clone(),
            size_bytes: written.size_bytes,
            entries: written.entries,
            encrypted: inside.encrypted,
            id_numbers: inside.id_numbers,
            renditions: inside.renditions,
            originals: inside.originals,
            lacking: Some(lacking as u64),
            lacking_first,
        };
        let id: RoundId = self.round.id;
        let noted =
            self.station
                .store()
                .record_archive(id, &record, Some(writing), self.reviewer, now());
        noted.map_err(|error| store(&error))
    }
}

/// The entry of a photo: by the number of its submission, or of the student, which tells nobody's name.
fn photo_name(folder: &str, number: i64, ending: &str) -> String {
    format!("{folder}/{number:06}.{ending}")
}

/// The ending of an original as it came, where it is one that photos have.
fn ending_of(file_name: &str) -> &'static str {
    let ending = Path::new(file_name).extension().unwrap_or_default();
    let ending = ending.to_string_lossy().to_ascii_lowercase();
    let known = ["jpg", "png", "heic", "webp", "bmp", "gif", "tif"];
    known
        .into_iter()
        .find(|known| *known == ending)
        .unwrap_or(match ending.as_str() {
            "tiff" => "tif",
            "heif" => "heic",
            "jpeg" | "jpe" | "jfif" => "jpg",
            _ => "bin",
        })
}
