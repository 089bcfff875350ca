//! What is told of files that are no photos: whose each is, where its name says so, and what is to be done about it.

use zhaoshen_exchange::intake::{Refusal, RefusalCode, is_named_picture};
use zhaoshen_model::matching::Matching;

use super::{Intake, whose};
use crate::failure::store;
use crate::wire::{Failure, IntakeLine};
use crate::zh;

impl Intake<'_> {
    /// Counts a file that is not taken in, and tells of it; tables that say whose photos are count by themselves.
    pub(super) fn take_refused(&mut self, refusal: &Refusal) {
        self.progress.advance(1);
        if self.indexes.holds(&refusal.path) {
            self.report.indexes += 1;
            return;
        }
        self.report.files += 1;
        self.report.refused += 1;
        if self.indexes.is_unreadable(&refusal.path) {
            // What is wrong with it as a table is said already.
            return;
        }
        match self.owner(&refusal.path) {
            Ok(owner) => self.tell_refused(refusal, owner),
            Err(failure) => {
                self.failure.get_or_insert(failure);
                self.progress.cancel();
            }
        }
    }

    fn tell_refused(&mut self, refusal: &Refusal, owner: Option<String>) {
        let (problem, remedy) = told(refusal.code, &refusal.path, owner.is_some());
        let line = IntakeLine {
            file: self.shown(&refusal.path),
            whose: owner.unwrap_or_default(),
            problem,
            remedy,
        };
        self.report.tell(self.progress, line);
    }

    /// 学号 and 姓名 of the student who handed the file in, as far as its name or a table says. What the studio gave back no
    /// student handed in.
    fn owner(&self, path: &str) -> Result<Option<String>, Failure> {
        if self.returned.is_some() {
            return Ok(None);
        }
        match whose(&self.indexes, None, &self.matcher, path).matching {
            Matching::Matched { student, .. } => {
                let student = self.store.student(student);
                let student = student.map_err(|error| store(&error))?;
                Ok(Some(zh::student_named(&student.draft)))
            }
            _ => Ok(None),
        }
    }
}

/// What is wrong with such a file, and what to do.
fn told(code: RefusalCode, path: &str, is_students: bool) -> (String, String) {
    let (problem, remedy) = zh::split_remedy(code.message());
    let otherwise = match (code, is_students, is_named_picture(path)) {
        (RefusalCode::NotAPicture | RefusalCode::Document, true, _) => zh::PHOTO_ASKED,
        (RefusalCode::NotAPicture, false, true) => zh::PHOTO_ASKED_OF_WHOM,
        (RefusalCode::Document, false, false) => zh::DOCUMENT_PASSED_BY,
        (RefusalCode::NotAPicture, false, false) => {
            return (zh::NO_PHOTO.to_owned(), zh::NO_PHOTO_REMEDY.to_owned());
        }
        _ => return (problem, remedy),
    };
    (problem, otherwise.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_photo_is_asked_of_its_student_and_passed_by_where_it_is_none_by_its_name_either()
    {
        let asked = "请学生重新交照片原图";
        for (code, path, is_students, problem, remedy) in [
            (
                RefusalCode::NotAPicture,
                "照/2021001.jpg",
                true,
                "不是图片文件",
                asked,
            ),
            (
                RefusalCode::NotAPicture,
                "2021001.docx",
                true,
                "不是图片文件",
                asked,
            ),
            (
                RefusalCode::Document,
                "2021001.docx",
                true,
                "是文档，不是照片",
                asked,
            ),
            (
                RefusalCode::NotAPicture,
                "说明.txt",
                false,
                "不是照片",
                "可以不管",
            ),
            (
                RefusalCode::NotAPicture,
                "照/报名表.docx",
                false,
                "不是照片",
                "可以不管",
            ),
            (
                RefusalCode::Document,
                "报名表.docx",
                false,
                "是文档，不是照片",
                "可以不管；里面若有学生的照片，请学生另交原图",
            ),
            (
                RefusalCode::NotAPicture,
                "旅行.jpg",
                false,
                "不是图片文件",
                "文件名看不出是谁的；请问清是谁交的，再请其重新交照片原图",
            ),
            (
                RefusalCode::Program,
                "2021001.jpg",
                true,
                "是程序，不是照片",
                "请勿打开",
            ),
        ] {
            let told = told(code, path, is_students);
            assert_eq!(
                told,
                (problem.to_owned(), remedy.to_owned()),
                "{path} {code:?}"
            );
        }
    }
}
