//! Prints (打印): approved renditions laid out on paper, as PDF.
//!
//! Three kinds of sheet: 排版 (every student's prints in the sizes and numbers the notice asks for, with crop
//! marks), 样张 (everybody once, for the studio to compare) and 核对表 (one class a file, for the class teacher
//! to say whether faces and names belong together). [`plan`] decides files, pages and captions and draws
//! nothing; [`prepare()`] draws one file at a time, so that memory is bounded by [`MOST_IN_A_FILE`] students.
//! What the pictures are is for the provider: their bytes go into the PDF as they are.
//!
//! Not here: who may be printed and what may be written beneath (the caller), the fonts themselves (the machine's).

mod canvas;
mod font;
mod layout;
mod marks;
mod plan;
mod sheet;
mod statement;
#[cfg(test)]
mod tests;
mod write;

pub use font::Fonts;
pub use layout::{Area, CaptionBox, Counts, Cut, Layout, Paper, Slot, TwoInch};
pub use plan::{
    Group, MOST_IN_A_FILE, PrintItem, PrintKind, PrintNotes, PrintPlan, PrintSetup, PrintSplit,
    Volume, effective_dpi, layout_of, plan,
};
pub use statement::{Statement, StatementPart, StatementTable, statement_pdf};
pub use write::{PrintReport, PrintedFile, prepare};
