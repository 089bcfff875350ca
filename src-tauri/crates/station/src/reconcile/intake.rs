//! Reading receipts: whom each row is about, which delivered photo it answers, and what is new in it.
//!
//! A row adds something only where it differs from what stands of its student: a list that is read again adds nothing,
//! nor do the old rows of one that grows from week to week. What was put aside (不计) stays so.

pub(super) mod row;
mod stray;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use zhaoshen_exchange::matching::Matcher;
use zhaoshen_exchange::receipts::{ReceiptRow as Read, ReceiptTable, read_receipts};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::receipt::{ReceiptKind, ReceiptState};
use zhaoshen_model::reconciliation::Answered;
use zhaoshen_model::{Student, StudentId, SubmissionId, identity};
use zhaoshen_store::{NewReceipt, ReceiptRow, ReceiptSource};

use self::row::{
    Words, contrary, is_asked_about, is_settled, put_aside_unknown_deliveries, says_of, says_same,
    told_of, words_of,
};
use super::books::{Loaded, decided_since};
use super::files::Files;
use super::told::Teller;
use crate::app::{count, now};
use crate::failure::{exchange, refused, store};
use crate::wire::{Failure, ReceiptCell, ReceiptsImport, ReceiptsImported};
use crate::{Seat, zh};

/// Cells that are told of one by one.
const UNCLEAR_SHOWN: usize = 500;
/// Students named where several fit.
const NAMED: usize = 3;

impl Seat {
    /// Reads a list of the studio or of 学信网.
    ///
    /// # Errors
    /// When the file is no such list, protected or damaged; refused without a reviewer or for an unknown kind or
    /// delivery.
    pub fn receipts_import(&self, args: ReceiptsImport) -> Result<ReceiptsImported, Failure> {
        let round = self.round(args.round)?.id;
        let reviewer = self.reviewer()?;
        let kind = match args.kind.as_str() {
            "" => None,
            word => Some(ReceiptKind::parse(word).ok_or_else(|| refused(zh::RECEIPT_KIND))?),
        };
        let loaded = self.reconciled(round)?;
        if args
            .delivery
            .is_some_and(|number| loaded.files.iter().all(|file| file.delivery != number))
        {
            return Err(refused(zh::RECEIPT_DELIVERY));
        }
        let mut table =
            read_receipts(Path::new(&args.path), kind).map_err(|error| exchange(&error))?;
        put_aside_unknown_deliveries(&mut table, &loaded);
        let students = self
            .store()
            .students(round)
            .map_err(|error| store(&error))?;
        let put_aside = self
            .store()
            .dropped_receipts(round)
            .map_err(|error| store(&error))?;
        let mut sorting = Sorting::new((&loaded, &put_aside), &students, &table, args.delivery);
        sorting.sort_all();
        if let Some(row) = table.rows.first().filter(|_| sorting.is_of_strangers()) {
            let told = sorting.teller.shown(&told_of(row));
            return Err(refused(zh::receipt_of_strangers(&row.cell, &told)));
        }
        let source = ReceiptSource {
            file: &table.file,
            sha256: &table.sha256,
        };
        self.store()
            .record_receipts(round, source, &sorting.added, &reviewer, now())
            .map_err(|error| store(&error))?;
        Ok(sorting.told())
    }
}

/// The rows of a list, sorted into those that add something and those that do not.
struct Sorting<'a> {
    loaded: &'a Loaded,
    teller: Teller<'a>,
    matcher: Matcher,
    /// The files of each delivery that is named, and of all for rows that name none.
    files: HashMap<Option<u32>, Files<'a>>,
    table: &'a ReceiptTable,
    /// The delivery that the whole list is said to answer.
    delivery: Option<u32>,
    /// The rows that stand, by the list and the cell they came from.
    read_before: HashMap<(&'a str, &'a str, ReceiptKind), &'a ReceiptRow>,
    /// The rows that stand of a student, of each kind, first to last.
    standing: HashMap<(StudentId, ReceiptKind), Vec<&'a ReceiptRow>>,
    /// The rows that stand and have no student by their columns, by all that they say.
    asked_about: HashMap<Words<'a>, Vec<&'a ReceiptRow>>,
    /// The rows that a person put aside: of a student, and by all that they say.
    aside_of: HashMap<(StudentId, ReceiptKind), Vec<&'a ReceiptRow>>,
    aside: HashSet<Words<'a>>,
    added: Vec<NewReceipt>,
    known: usize,
    /// Of those known, rows of which a person said what they mean, or whose they are.
    settled: usize,
    dropped: usize,
    /// Cells of words that were answered, so that nobody is asked again.
    answered: HashSet<&'a str>,
    /// Rows that are about a student of the round, or may be.
    of_round: usize,
    elsewhere: usize,
    strangers: Vec<ReceiptCell>,
    unclear: Vec<ReceiptCell>,
}

impl<'a> Sorting<'a> {
    fn new(
        (loaded, put_aside): (&'a Loaded, &'a [ReceiptRow]),
        students: &[Student],
        table: &'a ReceiptTable,
        delivery: Option<u32>,
    ) -> Self {
        let mut standing: HashMap<_, Vec<&ReceiptRow>> = HashMap::new();
        let mut read_before = HashMap::new();
        let mut asked_about: HashMap<_, Vec<&ReceiptRow>> = HashMap::new();
        for row in loaded.receipts.values() {
            let kind = row.state.kind();
            let from = (row.source_sha256.as_str(), row.source_cell.as_str(), kind);
            read_before.insert(from, row);
            if let Some(student) = row.matching.student() {
                standing.entry((student, kind)).or_default().push(row);
            }
            if is_asked_about(row) {
                asked_about.entry(words_of(row)).or_default().push(row);
            }
        }
        let mut aside_of: HashMap<_, Vec<&ReceiptRow>> = HashMap::new();
        for row in put_aside {
            if let Some(student) = row.matching.student() {
                let of = (student, row.state.kind());
                aside_of.entry(of).or_default().push(row);
            }
        }
        let strays = put_aside.iter().filter(|row| is_asked_about(row));
        let teller = Teller::new(loaded);
        let rows = table.rows.iter();
        let named: HashSet<Option<u32>> = rows.map(|row| row.delivery.or(delivery)).collect();
        let files = named
            .into_iter()
            .map(|number| (number, Files::new(&loaded.files, number)))
            .collect();
        let skipped = table.skipped.iter().map(|row| ReceiptCell {
            cell: row.cell.clone(),
            why: teller.shown(&row.why_zh),
        });
        Self {
            unclear: skipped.collect(),
            teller,
            loaded,
            matcher: Matcher::new(students),
            files,
            table,
            delivery,
            read_before,
            standing,
            asked_about,
            aside_of,
            aside: strays.map(words_of).collect(),
            added: Vec::new(),
            known: 0,
            settled: 0,
            dropped: 0,
            answered: HashSet::new(),
            of_round: 0,
            elsewhere: 0,
            strangers: Vec::new(),
        }
    }

    fn sort_all(&mut self) {
        let table = self.table;
        let whose: Vec<Matching> = table
            .rows
            .iter()
            .map(|row| {
                let whose = self.files_of(row).map(|files| {
                    let of = (&self.matcher, &row.named, row.file_name.as_str());
                    match row.state.kind() {
                        ReceiptKind::Studio => files.whose_answer(of.0, of.1, of.2),
                        _ => files.whose(of.0, of.1, of.2),
                    }
                });
                self.by_number(row, whose.unwrap_or(Matching::Unknown))
            })
            .collect();
        let mut said: HashMap<(StudentId, ReceiptKind), Vec<&Read>> = HashMap::new();
        for (row, matching) in table.rows.iter().zip(&whose) {
            if let Some(student) = matching.student() {
                let rows = said.entry((student, row.state.kind())).or_default();
                rows.push(row);
            }
        }
        let mut met = HashSet::new();
        for (row, matching) in table.rows.iter().zip(whose) {
            let may_be_of =
                matching.student().is_some() || matches!(matching, Matching::Ambiguous { .. });
            self.of_round += usize::from(may_be_of);
            let of = matching.student().map(|id| (id, row.state.kind()));
            // Of a plain answer beside one that is not, a person says which counts: the latter is asked about.
            let disagree = of
                .filter(|_| row.state != ReceiptState::Unsettled)
                .and_then(|of| Some((of.0, said.get(&of)?)))
                .filter(|(_, rows)| rows.iter().any(|other| other.state != row.state));
            if let Some((student, rows)) = disagree {
                self.tell(row, self.told_twice(student, rows));
            } else if of.is_none_or(|of| met.insert(of)) {
                self.sort(row, matching);
            } else {
                self.known += 1;
            }
        }
    }

    /// Whose rows disagree, what each says, and what to do.
    fn told_twice(&self, student: StudentId, rows: &[&Read]) -> String {
        let whose = self.loaded.students.get(&student);
        let whose = whose.map_or_else(String::new, |one| zh::student_named(&one.draft));
        let says = rows.iter().take(NAMED);
        let says: Vec<String> = says
            .map(|row| zh::receipt_says(&row.cell, row.state.title()))
            .collect();
        zh::receipt_twice(&whose, &says.join("、"))
    }

    /// Whether nothing in the list is about the round: neither a student, nor a row that is known.
    const fn is_of_strangers(&self) -> bool {
        self.of_round + self.known + self.dropped == 0
    }

    /// The delivery that a row answers, by its own column or by what is said of the list.
    fn delivery_of(&self, row: &Read) -> Option<u32> {
        row.delivery.or(self.delivery)
    }

    fn files_of(&self, row: &Read) -> Option<&Files<'a>> {
        self.files.get(&self.delivery_of(row))
    }

    /// In a list of 学信网 the 学号 says who is meant, also where name or identity number are another: that they are is a
    /// difference, and the student is no stranger to the list.
    fn by_number(&self, row: &Read, matching: Matching) -> Matching {
        let Matching::Ambiguous { candidates } = &matching else {
            return matching;
        };
        let ([one], false) = (
            candidates.as_slice(),
            row.state.kind() == ReceiptKind::Studio,
        ) else {
            return matching;
        };
        let student = self.loaded.students.get(one);
        let has_number = student.is_some_and(|student| {
            let told = identity::normalise(&row.named.student_no);
            !told.is_empty() && told == identity::normalise(&student.draft.student_no)
        });
        match has_number {
            true => Matching::Matched {
                student: *one,
                by: MatchKey::StudentNo,
            },
            false => matching,
        }
    }

    fn tell(&mut self, row: &Read, why: String) {
        self.unclear.push(ReceiptCell {
            cell: row.cell.clone(),
            why,
        });
    }

    fn sort(&mut self, row: &'a Read, matching: Matching) {
        let kind = row.state.kind();
        let Some(student) = matching.student() else {
            self.sort_stray(row, matching);
            return;
        };
        let answers = match kind {
            ReceiptKind::Studio => self
                .files_of(row)
                .and_then(|files| files.of(student, (&row.named, &row.file_name))),
            _ => None,
        };
        let named = self.delivery_of(row);
        if kind == ReceiptKind::Studio && named.is_some() && answers.is_none() {
            self.tell(row, zh::RECEIPT_NOT_IN_DELIVERY.to_owned());
            return;
        }
        let standing: Vec<&ReceiptRow> = (self.standing.get(&(student, kind)).into_iter())
            .flatten()
            .copied()
            .collect();
        let newest = standing.last().filter(|known| says_same(known, row));
        let is_known = newest.is_some_and(|known| {
            says_of(known, answers, named)
                && !self.is_of_moved(known, answers)
                && !self.is_past(known, answers)
        });
        if is_known || self.is_read(row, answers) {
            self.known += 1;
            if standing.iter().any(|known| is_settled(known, row)) {
                self.settled += 1;
                self.answered.extend(row.asked.as_deref());
            }
            return;
        }
        let earlier = (standing.iter())
            .filter(|known| !self.is_of_moved(known, answers))
            .find(|known| says_same(known, row));
        let odd = contrary(row, &standing, answers, self.loaded);
        let is_asked = |odd: &Read| {
            let known = |known: &&&ReceiptRow| says_same(known, odd);
            let mut known = standing.iter().filter(known);
            known.any(|known| says_of(known, answers, named))
        };
        if odd.as_ref().is_some_and(is_asked) {
            self.known += 1;
            return;
        }
        if self.was_put_aside((student, odd.as_ref().unwrap_or(row)), answers) {
            self.dropped += 1;
            self.answered.extend(row.asked.as_deref());
            return;
        }
        // Of an earlier delivery, or of this one? A list that grows holds both.
        if kind == ReceiptKind::Studio
            && named.is_none()
            && let Some(earlier) = earlier
        {
            let file = earlier.submission.and_then(|id| self.loaded.last_file(id));
            let of_file = || file.map_or(0, |file| file.delivery);
            self.tell(
                row,
                zh::receipt_of_earlier(earlier.delivery.unwrap_or_else(of_file)),
            );
            return;
        }
        if odd.is_some() {
            self.tell(row, zh::RECEIPT_CONTRARY.to_owned());
        }
        self.add(odd.as_ref().unwrap_or(row), matching, answers);
    }

    /// Whether this very cell was read before, and is not said now to answer another delivery.
    fn is_read(&self, row: &Read, answers: Option<(SubmissionId, u32)>) -> bool {
        let from = (
            self.table.sha256.as_str(),
            row.cell.as_str(),
            row.state.kind(),
        );
        let known = self.read_before.get(&from);
        let named = self.delivery_of(row);
        known.is_some_and(|known| named.is_none() || says_of(known, answers, named))
    }

    /// Whether a row that stands answers a file that went under another 学号 or name than the one that is answered.
    fn is_of_moved(&self, known: &ReceiptRow, answers: Option<(SubmissionId, u32)>) -> bool {
        let moved = &self.loaded.moved;
        let has_moved = |of: Option<(SubmissionId, u32)>| of.is_some_and(|of| moved.contains(&of));
        has_moved(known.submission.zip(known.delivery)) && !has_moved(answers)
    }

    /// Whether a row that stands is about an earlier delivery of the photo that is answered, and no answer to the later one.
    fn is_past(&self, known: &ReceiptRow, answers: Option<(SubmissionId, u32)>) -> bool {
        let Some((photo, delivery)) = answers else {
            return false;
        };
        let is_moved = |of| self.loaded.moved.contains(&(photo, of));
        let answered = Answered {
            delivery: known.delivery,
            decided_since: decided_since(known, &self.loaded.decided_at),
            has_moved: known.delivery.is_some_and(is_moved),
        };
        answered.is_past(delivery)
    }

    /// Whether a person put aside what the row says of the photo that it answers.
    fn was_put_aside(
        &self,
        (student, row): (StudentId, &Read),
        answers: Option<(SubmissionId, u32)>,
    ) -> bool {
        let aside = self.aside_of.get(&(student, row.state.kind()));
        aside.is_some_and(|aside| {
            aside.iter().any(|known| {
                (known.state, &known.text, &known.reason) == (row.state, &row.text, &row.reason)
                    && says_of(known, answers, self.delivery_of(row))
                    && !self.is_of_moved(known, answers)
            })
        })
    }

    fn add(&mut self, row: &Read, matching: Matching, answers: Option<(SubmissionId, u32)>) {
        self.added.push(NewReceipt {
            state: row.state,
            text: row.text.clone(),
            reason: row.reason.clone(),
            named: row.named.clone(),
            file_name: row.file_name.clone(),
            submission: answers.map(|(submission, _)| submission),
            delivery: match row.state.kind() {
                ReceiptKind::Studio => answers.map(|(_, of)| of).or(self.delivery_of(row)),
                _ => None,
            },
            matching,
            source_cell: row.cell.clone(),
        });
    }

    fn told(self) -> ReceiptsImported {
        let kinds: Vec<&str> = self.table.kinds.iter().map(|kind| kind.title()).collect();
        let says = |state| count(self.added.iter().filter(|row| row.state == state).count());
        let shown = |cells: Vec<ReceiptCell>| cells.into_iter().take(UNCLEAR_SHOWN).collect();
        let mut unclear = self.unclear;
        unclear.retain(|cell| !self.answered.contains(cell.cell.as_str()));
        ReceiptsImported {
            file: self.table.file.clone(),
            kinds: kinds.join("、"),
            added: count(self.added.len()),
            known: count(self.known),
            settled: count(self.settled),
            dropped: count(self.dropped),
            elsewhere: count(self.elsewhere),
            strangers: shown(self.strangers),
            returned: says(ReceiptState::Returned),
            unsettled: says(ReceiptState::Unsettled),
            unclear_total: count(unclear.len()),
            unclear: shown(unclear),
        }
    }
}
