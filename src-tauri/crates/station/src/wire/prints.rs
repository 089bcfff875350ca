//! Prints (打印): approved photos laid out on paper.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::delivery::DeliveryMode;

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintsKind {
    /// 排版: the prints themselves, with crop marks.
    Layout,
    /// 样张: everybody once.
    Proof,
    /// 核对表: one class a file, with names, for the class teacher.
    Contact,
}

/// The paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintsPaper {
    /// A4.
    A4,
    /// 6寸 photo paper, one student a sheet.
    SixInch,
}

/// What 2寸 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintsTwoInch {
    /// 35×49 mm.
    Standard,
    /// 33×48 mm.
    Small,
}

/// What begins a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintsSplit {
    /// Nothing.
    Whole,
    /// Another college.
    College,
    /// Another class.
    Class,
}

/// What tells a student beneath a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintsKey {
    /// The serial number that a delivery gives too.
    Serial,
    /// 学号.
    StudentNo,
}

/// How to print; kept for the round when something was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrintsOptions {
    /// The round.
    pub round: i64,
    /// What.
    pub kind: PrintsKind,
    /// What may leave the office; 核对表 does not leave it.
    pub mode: DeliveryMode,
    /// What tells a student.
    pub key: PrintsKey,
    /// Whether the name is written too; never in 采集码模式, always on 核对表.
    pub names: bool,
    /// The paper of 排版.
    pub paper: PrintsPaper,
    /// Prints of 2寸 a student gets, 0 to 40.
    pub two_inch: u32,
    /// What 2寸 is.
    pub two_inch_size: PrintsTwoInch,
    /// Prints of 1寸 (25×35 mm) a student gets, 0 to 40.
    pub one_inch: u32,
    /// What begins a new file; 核对表 is always by class.
    pub split: PrintsSplit,
}

/// A rectangle on paper, mm from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct PrintsArea {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Which student of the page, from 0.
    pub student: u32,
}

/// What printing would give; nothing is written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintsPreview {
    /// Approved students.
    pub students: u32,
    /// Photos on paper.
    pub prints: u32,
    /// Pages.
    pub pages: u32,
    /// PDF files.
    pub files: u32,
    /// Students on a full page.
    pub per_page: u32,
    /// Width of the paper, mm.
    pub width_mm: f32,
    /// Height of the paper, mm.
    pub height_mm: f32,
    /// The photos of a full page.
    pub photos: Vec<PrintsArea>,
    /// Pixels per inch that the finished photos have in the largest print.
    pub dpi: u32,
    /// The fonts that captions are set in, first the main one.
    pub fonts: Vec<String>,
    /// Characters that no font of this computer has, one Chinese line per student.
    pub missing: Vec<String>,
    /// What should be thought over, one Chinese line each.
    pub warnings: Vec<String>,
    /// What stops it; empty when it can be printed.
    pub problems: Vec<String>,
}

/// How many prints of each student the round's notice asks for: with so many it is printed unless others are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrintsAsked {
    /// The round.
    pub round: i64,
    /// Prints of 2寸.
    pub two_inch: u32,
    /// Prints of 1寸.
    pub one_inch: u32,
}

/// Print to files.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintsWrite {
    /// How.
    pub options: PrintsOptions,
    /// Folder to write into; a new folder is made inside.
    pub target: String,
}

/// What was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintsReport {
    /// What.
    pub kind: PrintsKind,
    /// Folder written.
    pub folder: String,
    /// The PDF files, by name.
    pub files: Vec<String>,
    /// Students.
    pub students: u32,
    /// Photos on paper.
    pub prints: u32,
    /// Pages.
    pub pages: u32,
    /// Characters to be added by hand, one Chinese line per student.
    pub missing: Vec<String>,
}
