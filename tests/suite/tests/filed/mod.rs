//! A round taken in, with what suites on pictures filed with students ask of it.

use std::fs;
use std::path::PathBuf;

use zhaoshen_station::wire::{
    ArchiveChoice, ArchiveReport, ArchiveWrite, DeliveryMode, DeliveryReport, JobOutcome,
    RoundClose, RoundRef, StudentRow, StudentsQuery,
};
use zhaoshen_suite::example::TakenIn;

/// The round.
pub struct Desk {
    pub round: TakenIn,
    /// 学号, in order.
    pub numbers: Vec<String>,
}

impl Desk {
    /// A round of so many students.
    pub fn new(students: u32) -> Self {
        let round = TakenIn::of(students).unwrap();
        let numbers = round.plan.students.iter();
        let mut numbers: Vec<String> = numbers.map(|one| one.student_no.clone()).collect();
        numbers.sort();
        Self { round, numbers }
    }

    /// A folder with these files, of which a name may hold folders.
    pub fn folder(&self, name: &str, files: &[(String, Vec<u8>)]) -> PathBuf {
        let folder = self.round.folder.path().join(name);
        for (file, bytes) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// The students of a state.
    pub fn students(&self, state: &str) -> Vec<StudentRow> {
        let query = StudentsQuery {
            round: self.round.round,
            text: String::new(),
            state: state.to_owned(),
            offset: 0,
            limit: 100,
        };
        self.round.station.student_list(query).unwrap().students
    }

    /// Delivers what is approved into a folder named after the mode.
    pub fn deliver(&self, mode: DeliveryMode, template: &str) -> DeliveryReport {
        let station = &self.round.station;
        let folder = self.round.folder.path().join(format!("{mode:?}"));
        let options = self.round.options(mode, template);
        let job = station.delivery_write_to(options, &folder).unwrap();
        match station.job_wait(job).unwrap() {
            JobOutcome::Delivery { report } => report,
            other => panic!("{other:?}"),
        }
    }

    /// Closes the round and writes its archive, open, with the originals.
    pub fn close_and_archive(&self, renditions: bool) -> ArchiveReport {
        let (station, round) = (&self.round.station, self.round.round);
        let folder = self.round.folder.path().join("归档");
        fs::create_dir(&folder).unwrap();
        let reason = "余下的下一批再采".to_owned();
        station.round_close(RoundClose { round, reason }).unwrap();
        let job = station.archive_write(ArchiveWrite {
            round,
            target: folder.display().to_string(),
            choice: ArchiveChoice {
                encrypted: false,
                id_numbers: false,
                renditions,
                originals: true,
            },
        });
        match station.job_wait(job.unwrap()).unwrap() {
            JobOutcome::Archive { report } => report,
            other => panic!("{other:?}"),
        }
    }

    /// Whether what undo takes back last is none of the pictures: at most it is which photo of a student counts, picked when
    /// the round was taken in.
    pub fn undo_finds_no_import(&self) -> bool {
        let round = self.round.round;
        let undone = self.round.station.act_undo(RoundRef { round }.into());
        undone
            .unwrap()
            .act
            .is_none_or(|act| act.summary.contains("选用照片"))
    }
}
