//! The reference photo (对照照片) of a student: a picture the school has had all along.
//!
//! It is there for a person's eye alone, to see whether the submitted photo shows the same one. No rule judges it, no
//! program says whose face it is, and it is never a submission or part of a delivery. Not here: whose it is
//! (`exchange::matching`), where its eyes are (`vision`).

use std::collections::{BTreeMap, HashMap};

use crate::geometry::Point;
use crate::ids::{PhotoHash, StudentId};

/// The photo filed with a student.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Whose it is.
    pub student: StudentId,
    /// The file, in the vault.
    pub photo: PhotoHash,
    /// Width of the picture as displayed.
    pub width_px: u32,
    /// Height of the picture as displayed.
    pub height_px: u32,
    /// Left and right iris, px of the picture, as found when it was filed; `None` without a face.
    pub eyes: Option<[Point; 2]>,
    /// Name of the file as it came.
    pub file_name: String,
}

/// Of each student whose very file is filed with somebody else too, one of those.
pub fn shared(references: &[Reference]) -> HashMap<StudentId, StudentId> {
    let mut by_file: BTreeMap<PhotoHash, Vec<StudentId>> = BTreeMap::new();
    for reference in references {
        let students = by_file.entry(reference.photo).or_default();
        students.push(reference.student);
    }
    references
        .iter()
        .filter_map(|reference| {
            let own = reference.student;
            let mut students = by_file.get(&reference.photo)?.iter().copied();
            Some((own, students.find(|student| *student != own)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(student: i64, file: u8) -> Reference {
        Reference {
            student: StudentId(student),
            photo: PhotoHash([file; 32]),
            width_px: 2,
            height_px: 2,
            eyes: None,
            file_name: String::new(),
        }
    }

    #[test]
    fn one_file_with_two_students_is_told_of_both_and_of_nobody_else() {
        let found = shared(&[reference(1, 1), reference(2, 2), reference(3, 1)]);
        let expected = [(StudentId(1), StudentId(3)), (StudentId(3), StudentId(1))];
        assert_eq!(found, HashMap::from(expected));
        assert!(shared(&[]).is_empty());
    }
}
