//! The example with six photos approved and delivered, to be held against what comes back.
#![allow(dead_code, reason = "no test file uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use zhaoshen_station::wire::{
    DeliveryMode, NoticeAsk, ReceiptAssign, ReceiptAssigned, ReceiptsImport, ReceiptsImported,
    ReconcileRow, ReconcileView, RoundRef,
};
use zhaoshen_suite::example::TakenIn;

/// Students whose photos are approved and delivered.
pub const DELIVERED: usize = 6;

pub struct Books {
    pub round: TakenIn,
    /// 学号 of those delivered, in order.
    pub delivered: Vec<String>,
    pub folder: tempfile::TempDir,
}

impl Books {
    /// The example with six approved and delivered.
    pub fn new() -> Self {
        let round = TakenIn::new().unwrap();
        let mut delivered = Vec::new();
        for item in round.clear(DELIVERED).unwrap() {
            round.decide(item.submission, "approved").unwrap();
            delivered.push(item.student_no);
        }
        let books = Self {
            round,
            delivered,
            folder: tempfile::tempdir().unwrap(),
        };
        books.deliver("一");
        books
    }

    pub fn deliver(&self, name: &str) {
        let options = self
            .round
            .options(DeliveryMode::CollectionCode, "{序号}.jpg");
        let folder = self.folder.path().join(name);
        self.round.deliver(options, &folder).unwrap();
    }

    pub fn import(&self, name: &str, text: &str) -> ReceiptsImported {
        self.import_as(name, text, "", None)
    }

    pub fn import_as(
        &self,
        name: &str,
        text: &str,
        kind: &str,
        delivery: Option<u32>,
    ) -> ReceiptsImported {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        self.round
            .station
            .receipts_import(ReceiptsImport {
                round: self.round.round,
                path: path.display().to_string(),
                kind: kind.to_owned(),
                delivery,
            })
            .unwrap()
    }

    pub fn round(&self) -> RoundRef {
        RoundRef {
            round: self.round.round,
        }
    }

    /// How many differences of each kind there are, after the sums were seen to add up.
    pub fn kinds(&self) -> BTreeMap<String, u32> {
        let view = self.round.station.reconcile_show(self.round()).unwrap();
        adds_up(&view);
        let kinds = view.kinds.into_iter().map(|kind| (kind.kind, kind.count));
        kinds.collect()
    }

    pub fn rows(&self, kind: &str) -> Vec<ReconcileRow> {
        self.round.differences(kind).unwrap()
    }

    pub fn assign(&self, receipt: i64, student_no: &str) -> ReceiptAssigned {
        let (station, round) = (&self.round.station, self.round.round);
        let student = station.student_numbered(round, student_no).unwrap();
        let ask = ReceiptAssign {
            round,
            receipt,
            student,
        };
        station.receipt_assign(ask).unwrap()
    }

    /// How many rows of the studio fall into a part of their sum.
    pub fn answers(&self, part: &str) -> u32 {
        let view = self.round.station.reconcile_show(self.round()).unwrap();
        let sum = view.sums.iter().find(|sum| sum.title == "采集单位回执");
        let parts = &sum.unwrap().parts;
        parts.iter().find(|of| of.title == part).unwrap().number
    }

    pub fn rejected_notices(&self) -> Vec<String> {
        let ask = NoticeAsk {
            round: self.round.round,
            template: String::new(),
            deadline: String::new(),
        };
        let view = self.round.station.notice_list(ask).unwrap();
        view.rows.into_iter().map(|row| row.reasons).collect()
    }
}

pub fn adds_up(view: &ReconcileView) {
    for sum in &view.sums {
        let parts: u32 = sum.parts.iter().map(|part| part.number).sum();
        assert_eq!(parts, sum.whole, "{}", sum.title);
    }
    let kinds: u32 = view.kinds.iter().map(|kind| kind.count).sum();
    assert_eq!(kinds, view.differences);
    // A number that names a list has one; paper photos are missed only once some have come.
    let parts = view.sums.iter().flat_map(|sum| &sum.parts);
    for part in parts.filter(|part| part.number > 0 && !part.kind.is_empty()) {
        let listed = match part.kind.as_str() {
            "all" => view.differences > 0,
            kind => kind == "paper_missing" || view.kinds.iter().any(|one| one.kind == kind),
        };
        assert!(listed, "{} {}", part.title, part.kind);
    }
}

pub fn of(kinds: &BTreeMap<String, u32>, kind: &str) -> u32 {
    kinds.get(kind).copied().unwrap_or(0)
}
