//! The example round and its fee ledger: what is read into it, and what it shows.
#![allow(dead_code, reason = "no test file uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::PathBuf;

use zhaoshen_station::wire::{
    Failure, FeeAsk, FeeAssign, FeeImport, FeeImported, FeePage, FeePart, FeeRemove, FeeShare,
    FeeView, RoundRef,
};
use zhaoshen_suite::example::TakenIn;

/// The round, and a folder for the lists.
pub struct Fees {
    pub round: TakenIn,
    pub folder: tempfile::TempDir,
}

impl Fees {
    pub fn new() -> Self {
        Self {
            round: TakenIn::new().unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// 学号 and name of the example's student at this place.
    pub fn student(&self, at: usize) -> (String, String) {
        let student = &self.round.plan.students[at];
        (student.student_no.clone(), student.name.clone())
    }

    /// Writes a list of payments.
    pub fn list(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Writes a list and reads it in.
    pub fn import(&self, name: &str, text: &str) -> FeeImported {
        let path = self.list(name, text).display().to_string();
        let round = self.round.round;
        self.round
            .station
            .fee_import(FeeImport { round, path })
            .unwrap()
    }

    pub fn view(&self) -> FeeView {
        let round = self.round.round;
        self.round.station.fee_show(RoundRef { round }).unwrap()
    }

    /// The ledger's students of a state, or all.
    pub fn rows(&self, state: &str) -> FeePage {
        self.round
            .station
            .fee_list(FeeAsk {
                round: self.round.round,
                text: String::new(),
                state: state.to_owned(),
                offset: 0,
                limit: 1000,
            })
            .unwrap()
    }

    pub fn assign(&self, payment: i64, student: Option<i64>) -> FeeView {
        let round = self.round.round;
        let args = FeeAssign {
            round,
            payment,
            student,
        };
        self.round.station.fee_assign(args).unwrap()
    }

    pub fn share(&self, payment: i64, shares: &[(i64, &str)]) -> Result<FeeView, Failure> {
        let shares = shares.iter().map(|(student, amount)| FeePart {
            student: *student,
            amount: (*amount).to_owned(),
        });
        self.round.station.fee_share(FeeShare {
            round: self.round.round,
            payment,
            shares: shares.collect(),
        })
    }

    /// Students of whom nobody else has the name.
    pub fn alone(&self) -> Vec<(String, String)> {
        let all = &self.round.plan.students;
        let is_alone = |name: &str| all.iter().filter(|student| student.name == name).count() == 1;
        (all.iter().filter(|student| is_alone(&student.name)))
            .map(|student| (student.student_no.clone(), student.name.clone()))
            .collect()
    }

    /// Takes a list out of the ledger.
    pub fn remove(&self, file: &str) -> FeeView {
        let (round, file) = (self.round.round, file.to_owned());
        let station = &self.round.station;
        station.fee_remove(FeeRemove { round, file }).unwrap()
    }
}
