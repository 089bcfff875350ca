//! A round taken in, with what suites on pictures filed with students ask of it.

use std::fs;
use std::path::PathBuf;

use zhaoshen_station::wire::{RoundRef, StudentRow, StudentsQuery};
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
