//! A whole example round: who is on the roster, which photo files came in, and what is planned to be wrong with them.

use crate::error::Error;
use crate::exif::{ExifTags, with_exif};
use crate::file::{JpegOptions, encode_jpeg, encode_png, truncated};
use crate::paint::paint;
use crate::portrait::Portrait;
use crate::roster::{ExampleStudent, students};

/// Students in one block of the plan; larger rounds repeat the block.
const BLOCK: usize = 36;
/// Of a block, the students who have not submitted.
const MISSING: std::ops::Range<usize> = 32..36;
/// The student of the first block whose photo is named by a name that [`NAMESAKE`] has too.
const SHARES_NAME: usize = 29;
/// The other student of that name.
const NAMESAKE: usize = 13;
/// The student whose photo is named by 姓名 alone, which nobody shares.
const NAMED_BY_NAME: usize = 6;
/// The student who submits twice, the second time without fault.
const TWICE: usize = 2;
/// The student whose photo is also sent in for another.
const LENDER: usize = 5;

/// The one thing planned to be wrong with a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlannedFault {
    /// Both eyes closed.
    EyesClosed,
    /// An open smile with teeth.
    Teeth,
    /// Backdrop of a red that no round allows.
    WrongBackground,
    /// Backdrop fading from blue to white.
    GradientBackground,
    /// Shadow of the person on the backdrop.
    BackgroundShadow,
    /// Eyes below 300 px of 640.
    EyesTooLow,
    /// Fewer than 50 KB, and only 480×640 px.
    FileTooSmall,
    /// Head tilted by 12 degrees.
    HeadTilted,
    /// Out of focus.
    Blurred,
    /// Half of the face dark.
    HalfDark,
    /// A PNG with the name of a JPEG.
    PngNamedJpg,
    /// A JPEG that breaks off at 60 % of its bytes.
    Truncated,
    /// Without visible fault, but the Software tag names an editor.
    EditorTag,
    /// Byte for byte the photo of another student.
    SamePhotoAsAnother,
    /// Without fault in the picture; named by a name that two students share.
    SharedName,
    /// Without fault in the picture; named by a student number that is not on the roster.
    UnknownStudentNo,
}

/// Which student of a block has which fault.
const FAULTS: [(usize, PlannedFault); 15] = [
    (TWICE, PlannedFault::EyesClosed),
    (4, PlannedFault::Teeth),
    (7, PlannedFault::WrongBackground),
    (9, PlannedFault::GradientBackground),
    (11, PlannedFault::BackgroundShadow),
    (14, PlannedFault::EyesTooLow),
    (16, PlannedFault::FileTooSmall),
    (18, PlannedFault::HeadTilted),
    (19, PlannedFault::Blurred),
    (21, PlannedFault::HalfDark),
    (23, PlannedFault::PngNamedJpg),
    (25, PlannedFault::Truncated),
    (26, PlannedFault::EditorTag),
    (28, PlannedFault::SamePhotoAsAnother),
    (SHARES_NAME, PlannedFault::SharedName),
];

/// One photo file as it was sent in; its pixels are painted when asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamplePhoto {
    /// Name of the file, without a folder.
    pub file_name: String,
    /// Index in [`ExampleRound::students`] of the student whom its name leads to; `None` where it cannot be told.
    pub student: Option<usize>,
    /// Which photo of this student it is, from 1.
    pub submission: u32,
    /// What is planned to be wrong; `None` for a photo that conforms.
    pub fault: Option<PlannedFault>,
    seed: u64,
    woman: bool,
}

/// A roster and the photos that came in for it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleRound {
    /// The roster's rows.
    pub students: Vec<ExampleStudent>,
    /// The photo files in the order of the roster.
    pub photos: Vec<ExamplePhoto>,
}

impl ExampleRound {
    /// The fault planned for the file of this name; `None` for a conforming photo and for an unknown file.
    #[must_use]
    pub fn planned_fault(&self, file_name: &str) -> Option<PlannedFault> {
        self.photos
            .iter()
            .find(|p| p.file_name == file_name)
            .and_then(|p| p.fault)
    }

    /// The students for whom no photo can be matched: nobody sent one, or its name does not tell whose it is.
    #[must_use]
    pub fn without_photo(&self) -> Vec<usize> {
        let mut has = vec![false; self.students.len()];
        self.photos
            .iter()
            .filter_map(|p| p.student)
            .for_each(|i| has[i] = true);
        has.iter()
            .enumerate()
            .filter(|(_, has)| !**has)
            .map(|(i, _)| i)
            .collect()
    }
}

/// Plans a round of `count` students. In every 36, 32 send a photo of whom 15 have a fault, one sends a second, and
/// one photo bears an unknown number; a smaller round is the beginning of that plan.
#[must_use]
pub fn example_round(count: usize, seed: u64) -> ExampleRound {
    let students = students(count, seed, Some((NAMESAKE, SHARES_NAME)));
    let mut photos = Vec::with_capacity(count);
    for (index, student) in students.iter().enumerate() {
        let place = index % BLOCK;
        if MISSING.contains(&place) {
            continue;
        }
        photos.push(first_photo(&students, index, seed));
        if place == TWICE {
            let photo = ExamplePhoto {
                file_name: format!("{}_2.jpg", student.student_no),
                student: Some(index),
                submission: 2,
                fault: None,
                seed: face_seed(seed, index),
                woman: student.sex == "女",
            };
            photos.push(photo);
        }
        if place == MISSING.start - 1 {
            let block = index / BLOCK;
            photos.push(ExamplePhoto {
                file_name: format!("2019{:06}.jpg", 990_001 + block),
                student: None,
                submission: 1,
                fault: Some(PlannedFault::UnknownStudentNo),
                seed: face_seed(seed, usize::MAX - block),
                woman: block.is_multiple_of(2),
            });
        }
    }
    ExampleRound { students, photos }
}

fn first_photo(students: &[ExampleStudent], index: usize, seed: u64) -> ExamplePhoto {
    let student = &students[index];
    let place = index % BLOCK;
    let fault = FAULTS
        .iter()
        .find(|(at, _)| *at == place)
        .map(|&(_, fault)| fault);
    // Two students of one name are planned for the first block only.
    let fault = fault.filter(|f| *f != PlannedFault::SharedName || index == SHARES_NAME);
    let shown = match fault {
        Some(PlannedFault::SamePhotoAsAnother) => index - (place - LENDER),
        _ => index,
    };
    let file_name = match place {
        NAMED_BY_NAME => format!("{}.jpg", student.name),
        SHARES_NAME if index == SHARES_NAME => format!("{}.jpg", student.name),
        _ if place % 8 == 1 => format!("{}.jpg", student.id_number),
        _ if place % 8 == 3 => format!("{}-{}.jpg", student.student_no, student.name),
        _ => format!("{}.jpg", student.student_no),
    };
    ExamplePhoto {
        file_name,
        student: (fault != Some(PlannedFault::SharedName)).then_some(index),
        submission: 1,
        fault,
        seed: face_seed(seed, shown),
        woman: students[shown].sex == "女",
    }
}

fn face_seed(seed: u64, index: usize) -> u64 {
    seed.wrapping_mul(1_000_003).wrapping_add(index as u64)
}

impl ExamplePhoto {
    /// The portrait in the file, 960×1280 px unless the fault is its smallness.
    #[must_use]
    pub fn portrait(&self) -> Portrait {
        let person = Portrait::person_of(self.seed, self.woman);
        // The second photo of a student is another shot of the same face.
        let shot = if self.submission > 1 {
            Portrait {
                smile: person.smile + 0.1,
                ..person
            }
        } else {
            person
        };
        let shot = match self.fault {
            Some(fault) => with_fault(shot, fault),
            None => shot,
        };
        if self.fault == Some(PlannedFault::FileTooSmall) {
            shot
        } else {
            shot.scaled(2.0)
        }
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// [`Error`] when an encoder refuses, which the sizes of the plan do not make it do.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        let picture = paint(&self.portrait());
        let options = match self.fault {
            Some(PlannedFault::PngNamedJpg) => return encode_png(&picture),
            Some(PlannedFault::FileTooSmall) => JpegOptions {
                quality: 75,
                ..JpegOptions::default()
            },
            _ => JpegOptions::default(),
        };
        let software = (self.fault == Some(PlannedFault::EditorTag))
            .then(|| "Adobe Photoshop 24.0 (Windows)".to_owned());
        let tags = ExifTags {
            orientation: Some(1),
            software,
            make: Some("Drawn".to_owned()),
            model: Some("Portrait painter".to_owned()),
            date_time: Some("2021:10:18 09:30:00".to_owned()),
        };
        let jpeg = with_exif(&encode_jpeg(&picture, &options)?, &tags);
        Ok(if self.fault == Some(PlannedFault::Truncated) {
            truncated(&jpeg, 0.6)
        } else {
            jpeg
        })
    }
}

/// Draws the fault into a conforming portrait; faults of the file leave it as it is.
fn with_fault(mut portrait: Portrait, fault: PlannedFault) -> Portrait {
    match fault {
        PlannedFault::EyesClosed => portrait.lid_gap = 0.0,
        PlannedFault::Teeth => {
            portrait.mouth_gap = 0.35;
            portrait.teeth = true;
            portrait.smile = 0.9;
        }
        PlannedFault::WrongBackground => portrait.backdrop.colour = [196, 38, 46],
        PlannedFault::GradientBackground => portrait.backdrop.fades_to = Some([250, 252, 255]),
        PlannedFault::BackgroundShadow => portrait.backdrop.shadow = 0.6,
        PlannedFault::EyesTooLow => {
            let lower = 331.0 - portrait.eye_line_y_px;
            portrait.eye_line_y_px += lower;
            portrait.crown_y_px += lower;
            portrait.chin_y_px = portrait.chin_y_px.map(|y| y + lower);
        }
        PlannedFault::HeadTilted => portrait.roll_deg = 12.0,
        PlannedFault::Blurred => portrait.blur_px = 5.0,
        PlannedFault::HalfDark => portrait.light_from_left = 0.85,
        PlannedFault::FileTooSmall
        | PlannedFault::PngNamedJpg
        | PlannedFault::Truncated
        | PlannedFault::EditorTag
        | PlannedFault::SamePhotoAsAnother
        | PlannedFault::SharedName
        | PlannedFault::UnknownStudentNo => {}
    }
    portrait
}
