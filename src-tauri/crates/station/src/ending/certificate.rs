//! The certificate of a deletion (销毁证明), as a workbook and as a page to be signed; made of what the store noted, so
//! that it can be made again.

use zhaoshen_exchange::prints::{Statement, StatementPart, StatementTable, statement_pdf};
use zhaoshen_exchange::workbook::{Book, Column};
use zhaoshen_model::RoundId;
use zhaoshen_store::ErasureRecord;

use super::outside;
use crate::app::{local_date, local_time, now};
use crate::delivery::with_fonts;
use crate::failure::{exchange, not_found, refused, store};
use crate::masking::shown;
use crate::table::file_part;
use crate::wire::{ClosingSave, ClosingSaved, Failure};
use crate::{Seat, zh};

impl Seat {
    /// Writes the certificate of the round's deletion to two new files in a folder.
    ///
    /// # Errors
    /// Refused while the data is there, or for a folder of the workspace; when a file of the round still cannot be
    /// removed, when the folder cannot be written into, or the
    /// machine has no font that writes Chinese.
    pub fn certificate_save(&self, args: ClosingSave) -> Result<ClosingSaved, Failure> {
        let round = self.round(args.round)?;
        let Some(record) = self.ending(round.id)?.erased else {
            return Err(refused(zh::NOT_ERASED));
        };
        // Nothing is certified that lies on the disk still.
        self.store().end_erasure().map_err(|error| store(&error))?;
        let statement = statement(&round.name, &record);
        let pdf = with_fonts(&self.inner, |fonts| {
            statement_pdf(&statement, fonts, zh::closing_page).map_err(|error| exchange(&error))
        })?;
        let book = workbook(&statement.lines, &record).map_err(|error| exchange(&error))?;
        let (stem, day) = (file_part(&round.name), local_date(record.by.at));
        let save = |bytes: &[u8], ending| {
            self.save_beside(&args.folder, bytes, |n| {
                zh::certificate_file(&stem, &day, n, ending)
            })
        };
        let saved = ClosingSaved {
            workbook: save(&book, "xlsx")?.path,
            pdf: save(&pdf, "pdf")?.path,
        };
        self.inner.certificates.note(round.id, args.folder);
        Ok(saved)
    }

    /// The folder that the certificate of the round's deletion was saved to last, to be shown: the page that asks names no
    /// path.
    ///
    /// # Errors
    /// Not found where it was not saved since the station opened.
    pub(crate) fn certificate_folder(&self, round: i64) -> Result<String, Failure> {
        let folder = self.inner.certificates.folder(RoundId(round));
        folder.ok_or_else(|| not_found(zh::CERTIFICATE_UNSAVED))
    }
}

fn statement(round: &str, record: &ErasureRecord) -> Statement {
    let by = &record.by;
    let mut lines = vec![round.to_owned()];
    lines.extend(zh::certificate_facts(&local_time(by.at), &by.reviewer));
    lines.push(match &record.archive {
        Some(archive) => zh::certificate_archive(&archive.file, &archive.sha256),
        None => zh::CERTIFICATE_NO_ARCHIVE.to_owned(),
    });
    let lacking = record.archive.as_ref().and_then(|archive| archive.lacking);
    let lacking = lacking.filter(|lacking| *lacking > 0);
    lines.extend(lacking.map(zh::certificate_lacks));
    let early = record.early.map(|day| day.to_string());
    lines.extend(early.map(|day| zh::certificate_early(&day)));
    let backdated = record.backdated.map(|day| day.to_string());
    lines.extend(backdated.map(|day| zh::certificate_backdated(&day)));
    if !record.waived.is_empty() {
        // An earlier version kept it as it was typed.
        lines.push(zh::certificate_waived(&shown(&record.waived)));
    }
    let kept = zh::kept_lines(&record.erased);
    let mut parts = vec![
        StatementPart::Heading(zh::CERTIFICATE_WHAT.to_owned()),
        table(zh::erased_lines(&record.erased)),
    ];
    if !kept.is_empty() {
        parts.push(StatementPart::Heading(zh::CERTIFICATE_KEPT.to_owned()));
        parts.push(table(kept));
    }
    let headings = parts.len() / 2;
    let how = zh::certificate_heading(headings, zh::CERTIFICATE_HOW);
    parts.push(StatementPart::Heading(how));
    let told = zh::certificate_lines(&record.erased).into_iter();
    parts.extend(told.map(StatementPart::Line));
    if !record.outside.is_empty() {
        let heading = zh::certificate_heading(headings + 1, zh::CERTIFICATE_OUTSIDE);
        parts.push(StatementPart::Heading(heading));
        parts.extend(outside_told(record).map(StatementPart::Line));
    }
    Statement {
        title: zh::CERTIFICATE_TITLE.to_owned(),
        lines,
        parts,
        signed: zh::CERTIFICATE_SIGN.map(str::to_owned).to_vec(),
        foot: zh::closing_foot(round, &zh::closing_made(&local_time(now()), &by.reviewer)),
    }
}

/// What lies outside, one line each.
fn outside_told(record: &ErasureRecord) -> impl Iterator<Item = String> {
    let lines = outside::lines(&record.outside).into_iter();
    lines.map(|line| zh::outside_line(&line.what, &line.at, &line.path))
}

/// What, and how many of it.
fn table(lines: Vec<(&str, String)>) -> StatementPart {
    let rows = lines.into_iter();
    StatementPart::Table(StatementTable {
        titles: zh::CERTIFICATE_COLUMNS.map(str::to_owned).to_vec(),
        shares: vec![5, 2],
        rows: rows
            .map(|(title, number)| (vec![title.to_owned(), number], false))
            .collect(),
    })
}

fn workbook(facts: &[String], record: &ErasureRecord) -> Result<Vec<u8>, zhaoshen_exchange::Error> {
    let [what, number] = zh::CERTIFICATE_COLUMNS;
    let columns = [Column::new(what, 60.0), Column::number(number, 16.0)];
    let facts = facts.iter().map(|fact| vec![fact.clone(), String::new()]);
    let deleted = zh::erased_lines(&record.erased).into_iter();
    let kept = zh::kept_lines(&record.erased);
    let heading = (!kept.is_empty()).then(|| (zh::CERTIFICATE_KEPT_ROW, String::new()));
    let counted = deleted.chain(heading).chain(kept);
    let counted = counted.map(|(title, number)| vec![title.to_owned(), number]);
    let how = zh::certificate_lines(&record.erased).into_iter();
    let how = how.map(|line| vec![line, String::new()]);
    let heading = (!record.outside.is_empty()).then(|| zh::CERTIFICATE_OUTSIDE.to_owned());
    let outside = heading.into_iter().chain(outside_told(record));
    let outside = outside.map(|line| vec![line, String::new()]);
    let mut book = Book::new();
    let rows = facts.chain(counted).chain(how).chain(outside);
    book.sheet(zh::CERTIFICATE_TITLE, &columns, rows)?;
    book.into_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use zhaoshen_store::{Act, Erased, FileKind, Outside, Signed, WrittenOutside};

    use super::*;

    /// Headings of the certificate of such a deletion, and its sentences.
    fn told(erased: Erased, outside: Vec<WrittenOutside>) -> (Vec<String>, Vec<String>) {
        let record = ErasureRecord {
            by: Signed {
                reviewer: "王".to_owned(),
                at: now(),
            },
            waived: String::new(),
            early: None,
            backdated: None,
            archive: None,
            erased,
            outside,
        };
        let (mut headings, mut sentences) = (Vec::new(), Vec::new());
        for part in statement("本批", &record).parts {
            match part {
                StatementPart::Heading(heading) => headings.push(heading),
                StatementPart::Line(line) => sentences.push(line),
                _ => {}
            }
        }
        (headings, sentences)
    }

    #[test]
    fn what_stays_stands_under_its_own_heading_and_the_sentence_follows_the_numbers() {
        let deleted = |photos, codes, shared_photos, unnamed| Erased {
            photos,
            codes: Some(codes),
            shared_photos,
            unnamed,
            ..Erased::default()
        };
        let (plain, kept): (&[&str], &[&str]) = (
            &["一、销毁的内容", "二、方式和范围"],
            &["一、销毁的内容", "二、保留的内容", "三、方式和范围"],
        );
        let all = "照片文件已从工作区删除；";
        let some = "只有本批在用的照片文件已从工作区删除，其他批次也在用的没有删除；";
        for (erased, headings, files) in [
            (deleted(0, 0, 0, 0), plain, "本批没有照片文件；"),
            (deleted(41, 0, 0, 0), plain, all),
            (deleted(41, 0, 0, 3), kept, all),
            (deleted(40, 0, 1, 0), kept, some),
            (deleted(0, 1, 41, 0), kept, some),
            (
                deleted(0, 0, 41, 0),
                kept,
                "本批的照片文件其他批次都在用，一个也没有删除；",
            ),
        ] {
            let lines = zh::erased_lines(&erased);
            assert!(
                lines.iter().all(|(what, _)| !what.contains("保留")),
                "{lines:?}"
            );
            let (under, sentences) = told(erased.clone(), Vec::new());
            let sentence = sentences.first().unwrap();
            assert_eq!(under, headings, "{erased:?}");
            assert!(sentence.starts_with(files), "{erased:?}: {sentence}");
        }
    }

    #[test]
    fn what_lies_outside_is_listed_last_with_where_it_is() {
        let one = |what, number, path: &str| WrittenOutside {
            what,
            number,
            name: String::new(),
            path: path.to_owned(),
            at: now(),
            broken_off: false,
        };
        let (headings, sentences) = told(
            Erased::default(),
            vec![
                one(Outside::Act(Act::Delivered), 2, "D:/交付"),
                one(Outside::File(FileKind::SmsList), 0, ""),
            ],
        );
        assert_eq!(
            headings.last().unwrap(),
            "三、工作区以外、须另行清理的文件（日志所知）"
        );
        let [.., first, last] = &sentences[..] else {
            panic!("{sentences:?}");
        };
        assert!(
            first.starts_with("第2次交付（") && first.ends_with("）：D:/交付"),
            "{first}"
        );
        assert!(
            last.starts_with("短信名单（") && last.ends_with("没有记录"),
            "{last}"
        );
    }
}
