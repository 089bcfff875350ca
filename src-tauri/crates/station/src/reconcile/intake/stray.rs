//! Rows about nobody, or several: which are asked about, and which a person answered already.

use zhaoshen_exchange::receipts::ReceiptRow as Read;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::receipt::{ReceiptKind, ReceiptState};
use zhaoshen_store::ReceiptRow;

use super::row::{is_settled, says_of, told_of};
use super::{NAMED, Sorting, Words};
use crate::reconcile::otherwise;
use crate::wire::ReceiptCell;
use crate::zh;

impl<'a> Sorting<'a> {
    /// A row about nobody, or several: of the studio's it is kept, so that it is asked about.
    pub(super) fn sort_stray(&mut self, row: &'a Read, matching: Matching) {
        let is_several = matches!(matching, Matching::Ambiguous { .. });
        if row.state.kind() != ReceiptKind::Studio {
            match is_several {
                true => self.tell(row, self.why(row, &matching, false)),
                false => {
                    self.elsewhere += 1;
                    self.strangers.push(ReceiptCell {
                        cell: row.cell.clone(),
                        why: self.teller.shown(&told_of(row)),
                    });
                }
            }
            return;
        }
        let said = (row.text.as_str(), row.reason.as_deref());
        let words = |state| -> Words<'_> { (&row.named, &row.file_name, state, said) };
        if self.aside.contains(&words(row.state)) {
            self.dropped += 1;
            self.answered.extend(row.asked.as_deref());
            return;
        }
        let stand: Vec<&ReceiptRow> = ReceiptState::all()
            .filter(|state| state.may_stand_for(row.state))
            .filter_map(|state| self.asked_about.get(&words(state)))
            .flatten()
            .copied()
            .filter(|known| self.is_same(known, row))
            .collect();
        if stand.iter().any(|known| is_settled(known, row)) {
            self.answered.extend(row.asked.as_deref());
        }
        match stand.iter().any(|known| known.matching.student().is_some()) {
            true => self.settled += 1,
            false => self.tell(row, self.why(row, &matching, true)),
        }
        match stand.is_empty() {
            false => self.known += 1,
            true => self.add(row, matching, None),
        }
    }

    /// Whether a row with the same words is still asked about, or answers, by what a person said, what this list does.
    fn is_same(&self, known: &ReceiptRow, row: &Read) -> bool {
        let Some(student) = known.matching.student() else {
            return true;
        };
        let named = self.delivery_of(row);
        let files = self.files_of(row);
        let named_by = (&known.named, known.file_name.as_str());
        let answers = files.and_then(|files| files.of(student, named_by));
        named.is_none() || says_of(known, answers, named)
    }

    pub(super) fn why(&self, row: &Read, matching: &Matching, kept: bool) -> String {
        match matching {
            Matching::Ambiguous { candidates } if candidates.len() == 1 => {
                let student = candidates
                    .first()
                    .and_then(|id| self.loaded.students.get(id));
                student.map_or_else(String::new, |student| {
                    let draft = &student.draft;
                    let in_what = otherwise::of_all(&row.named, draft, zh::OTHERWISE_LIST);
                    let whose = format!("{} {}", draft.student_no, draft.name);
                    zh::receipt_in_part(&whose, &in_what.join("；"), kept)
                })
            }
            Matching::Ambiguous { candidates } => {
                let names = candidates.iter().take(NAMED);
                let names: Vec<&str> = names
                    .filter_map(|id| self.loaded.students.get(id))
                    .map(|student| student.draft.student_no.as_str())
                    .collect();
                zh::receipt_several(&names.join("、"), kept)
            }
            Matching::NotOnRoster { key } => zh::not_on_roster(&self.teller.shown(key)),
            _ if !row.named.name.is_empty() => {
                zh::not_on_roster(&self.teller.shown(&row.named.name))
            }
            _ => zh::RECEIPT_NOBODY.to_owned(),
        }
    }
}
