//! A statement (表单) to be signed: headings, tables and lines on A4 upright, on one page where smaller type and rows bring
//! it there, else on as many as it takes in full size.
//!
//! What it says is the caller's; the page number stands below each page, the lines to be signed together on the last.

use krilla::Document;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;

use super::canvas::{Align, Canvas, PT_PER_MM};
use super::font::Fonts;
use super::layout::Area;
use super::write::page;
use crate::error::Error;

/// A4 upright and its margins, mm.
const PAGE_MM: (f32, f32) = (210.0, 297.0);
const MARGIN_MM: f32 = 18.0;
/// Where the text of a page ends, mm.
const BOTTOM_MM: f32 = PAGE_MM.1 - 20.0;
/// Height of a row of a table, a line, and a line to be signed, mm.
const ROW_MM: f32 = 6.6;
const LINE_MM: f32 = 6.0;
const SIGN_MM: f32 = 12.0;
/// Sizes that are tried to bring it onto one page, the full one first; at the last, letters are still above 7 pt.
const SCALES: [f32; 4] = [1.0, 0.92, 0.85, 0.78];
/// Between two tables that stand beside each other, mm.
const BETWEEN_MM: f32 = 5.0;
/// Above the lines to be signed, mm.
const ABOVE_SIGN_MM: f32 = 6.0;
/// Above a heading, and its height, mm.
const HEADING_MM: (f32, f32) = (4.0, LINE_MM + 1.5);
/// Below a table, mm.
const BELOW_TABLE_MM: f32 = 2.0;
/// What the number of a page takes of its foot, mm.
const NUMBER_MM: f32 = 40.0;
/// Letters that go along to the next line at most.
const CARRIED: usize = 4;
/// Rows of a torn table that stay with what is below it.
const KEPT_ROWS: usize = 2;
/// Between a frame and its text, mm.
const PAD_MM: f32 = 1.6;
/// Type of the title, of headings, of text and of small print, pt.
const TITLE_PT: f32 = 17.0;
const HEADING_PT: f32 = 12.0;
const TEXT_PT: f32 = 10.0;
const SMALL_PT: f32 = 8.5;
/// Lines of tables, mm and grey.
const FRAME: (f32, u8) = (0.15, 120);

/// A statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// Its title, in the middle.
    pub title: String,
    /// Lines below it.
    pub lines: Vec<String>,
    /// Its parts, top to bottom.
    pub parts: Vec<StatementPart>,
    /// Lines to be signed; never torn apart, nor from the end of the last part.
    pub signed: Vec<String>,
    /// Small print at the foot of each page.
    pub foot: String,
}

/// A part of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementPart {
    /// A heading.
    Heading(String),
    /// A line of text.
    Line(String),
    /// A table.
    Table(StatementTable),
    /// Narrow tables in two columns, the first ones at the left.
    Beside(Vec<StatementTable>),
}

/// A table of a statement; the last column holds numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementTable {
    /// Titles of its columns.
    pub titles: Vec<String>,
    /// Their shares of the width.
    pub shares: Vec<u16>,
    /// Its rows, and whether each is a sum.
    pub rows: Vec<(Vec<String>, bool)>,
}

/// The PDF of a statement; `page_number` names page and pages.
///
/// # Errors
/// [`Error::Pdf`] when it cannot be packed.
pub fn statement_pdf(
    statement: &Statement,
    fonts: &mut Fonts,
    page_number: impl Fn(usize, usize) -> String,
) -> Result<Vec<u8>, Error> {
    let pages = Flow::of(statement);
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(statement.title.clone())
            .language("zh-CN".to_owned()),
    );
    for (at, marks) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE_MM.0 * PT_PER_MM, PAGE_MM.1 * PT_PER_MM)
            .ok_or_else(|| pdf("page size"))?;
        page(&mut document, settings, fonts, |canvas| {
            for mark in marks {
                mark.draw(canvas);
            }
            let foot = line(PAGE_MM.1 - 14.0, LINE_MM);
            let said = Area {
                width: foot.width - NUMBER_MM,
                ..foot
            };
            canvas.text(&statement.foot, said, SMALL_PT, Align::Left);
            canvas.text(
                &page_number(at + 1, pages.len()),
                foot,
                SMALL_PT,
                Align::Right,
            );
        });
    }
    document
        .finish()
        .map_err(|error| pdf(&format!("{error:?}")))
}

fn pdf(detail: &str) -> Error {
    Error::Pdf {
        path: std::path::PathBuf::new(),
        detail: detail.to_owned(),
    }
}

/// The full width of the text at `y`.
const fn line(y: f32, height: f32) -> Area {
    Area {
        x: MARGIN_MM,
        y,
        width: PAGE_MM.0 - 2.0 * MARGIN_MM,
        height,
    }
}

/// Something drawn.
enum Mark {
    Text(String, Area, f32, Align),
    Strong(String, Area, f32, Align),
    Frame(Area),
}

impl Mark {
    fn draw(&self, canvas: &mut Canvas<'_, '_>) {
        match self {
            Self::Text(text, area, size, align) => canvas.text(text, *area, *size, *align),
            Self::Strong(text, area, size, align) => {
                canvas.strong_text(text, *area, *size, *align);
            }
            Self::Frame(area) => canvas.frame(*area, FRAME.0, FRAME.1),
        }
    }
}

/// Where the rows of a table stand, mm.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    x: f32,
    width: f32,
}

/// The width of the text.
const FULL: Span = Span {
    x: MARGIN_MM,
    width: PAGE_MM.0 - 2.0 * MARGIN_MM,
};

/// The halves of it, for tables beside each other.
const HALF_MM: f32 = (FULL.width - BETWEEN_MM) / 2.0;
const HALVES: [Span; 2] = [
    Span {
        x: MARGIN_MM,
        width: HALF_MM,
    },
    Span {
        x: MARGIN_MM + HALF_MM + BETWEEN_MM,
        width: HALF_MM,
    },
];

/// Lays parts out below each other and begins a page where one does not fit.
struct Flow {
    pages: Vec<Vec<Mark>>,
    y: f32,
    /// Of letters and rows.
    scale: f32,
}

impl Flow {
    /// In the largest size that brings it onto one page; in full size where none does.
    fn of(statement: &Statement) -> Vec<Vec<Mark>> {
        let mut laid = SCALES.iter().map(|scale| Self::at(statement, *scale));
        let single = laid.find(|pages| pages.len() == 1);
        single.unwrap_or_else(|| Self::at(statement, 1.0))
    }

    fn at(statement: &Statement, scale: f32) -> Vec<Vec<Mark>> {
        let mut flow = Self {
            pages: vec![Vec::new()],
            y: MARGIN_MM,
            scale,
        };
        flow.text(&statement.title, TITLE_PT, 10.0, Align::Centre);
        for text in &statement.lines {
            flow.lines(text, 0.0);
        }
        let signs = scale * (ABOVE_SIGN_MM + SIGN_MM * statement.signed.len() as f32);
        for (at, part) in statement.parts.iter().enumerate() {
            let next = statement.parts.get(at + 1);
            let below = |at: usize| match at + 1 == statement.parts.len() {
                true => signs,
                false => 0.0,
            };
            match part {
                StatementPart::Heading(text) => {
                    let (above, height) = HEADING_MM;
                    // Never alone at the foot of a page.
                    flow.need(scale * (above + height) + flow.first_of(next, below(at + 1)));
                    flow.y += scale * above;
                    flow.text(text, HEADING_PT, height, Align::Left);
                }
                StatementPart::Line(text) => flow.lines(text, below(at)),
                StatementPart::Table(table) => flow.table(table, below(at)),
                StatementPart::Beside(tables) => flow.beside(tables, below(at)),
            }
        }
        flow.need(signs);
        flow.y += scale * ABOVE_SIGN_MM;
        for text in &statement.signed {
            flow.text(text, TEXT_PT + 1.0, SIGN_MM, Align::Left);
        }
        flow.pages
    }

    /// Begins a page unless so much is free on this one.
    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM_MM && self.y > MARGIN_MM {
            self.pages.push(Vec::new());
            self.y = MARGIN_MM;
        }
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// A text of so many pt in a line of so many mm, both in full size.
    fn text(&mut self, text: &str, size: f32, height: f32, align: Align) {
        let (size, height) = (size * self.scale, height * self.scale);
        self.need(height);
        let area = line(self.y, height);
        self.put(Mark::Text(text.to_owned(), area, size, align));
        self.y += height;
    }

    /// A text in as many lines as it takes; `below` has to stand on the page of the last.
    fn lines(&mut self, text: &str, below: f32) {
        let lines = broken(text, FULL.width, TEXT_PT * self.scale);
        let last = lines.len().saturating_sub(1);
        for (at, text) in lines.iter().enumerate() {
            let with = if at == last { below } else { 0.0 };
            self.need(LINE_MM * self.scale + with);
            self.text(text, TEXT_PT, LINE_MM, Align::Left);
        }
    }

    /// A table; `below` has to stand on the page of its last rows.
    fn table(&mut self, table: &StatementTable, below: f32) {
        let whole = self.height_of(table, FULL) + below;
        if whole < BOTTOM_MM - MARGIN_MM {
            // Not torn apart where a page can hold it whole.
            self.need(whole);
        }
        let pages = self.pages.len();
        self.row(&table.titles, (table, FULL), true);
        let kept = table.rows.len().saturating_sub(KEPT_ROWS);
        for (at, (row, is_sum)) in table.rows.iter().enumerate() {
            let rest = table.rows.get(at..).unwrap_or_default();
            self.need(match at == kept && below > 0.0 {
                true => self.rows_height(rest, (table, FULL)) + BELOW_TABLE_MM * self.scale + below,
                false => self.fitted(row, (table, FULL), *is_sum).height(),
            });
            if self.pages.len() > pages && self.y <= MARGIN_MM {
                self.row(&table.titles, (table, FULL), true);
            }
            self.row(row, (table, FULL), *is_sum);
        }
        self.y += BELOW_TABLE_MM * self.scale;
    }

    /// Tables in two columns, below each other where a page does not hold them so.
    fn beside(&mut self, tables: &[StatementTable], below: f32) {
        let (left, height) = self.halved(tables);
        if height + below > BOTTOM_MM - MARGIN_MM {
            let last = tables.len().saturating_sub(1);
            for (at, table) in tables.iter().enumerate() {
                self.table(table, if at == last { below } else { 0.0 });
            }
            return;
        }
        self.need(height + below);
        let top = self.y;
        let columns = [tables.get(..left), tables.get(left..)];
        for (tables, span) in columns.into_iter().zip(HALVES) {
            self.y = top;
            for table in tables.unwrap_or_default() {
                self.row(&table.titles, (table, span), true);
                for (row, is_sum) in &table.rows {
                    self.row(row, (table, span), *is_sum);
                }
                self.y += BELOW_TABLE_MM * self.scale;
            }
        }
        self.y = top + height;
    }

    /// How many of the tables stand at the left so that the two columns are as even as can be, and how high the higher is.
    fn halved(&self, tables: &[StatementTable]) -> (usize, f32) {
        let sum = |tables: Option<&[StatementTable]>| -> f32 {
            let heights = tables.unwrap_or_default().iter();
            heights.map(|table| self.height_of(table, HALVES[0])).sum()
        };
        let splits = (0..=tables.len())
            .map(|left| (left, sum(tables.get(..left)).max(sum(tables.get(left..)))));
        splits
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .unwrap_or_default()
    }

    fn row(&mut self, texts: &[String], (table, span): (&StatementTable, Span), strong: bool) {
        let row = self.fitted(texts, (table, span), strong);
        let height = row.height();
        self.need(height);
        let mut x = span.x;
        let last = row.cells.len().saturating_sub(1);
        for (at, (lines, width)) in row.cells.iter().enumerate() {
            let cell = Area {
                x,
                width: *width,
                ..line(self.y, height)
            };
            self.put(Mark::Frame(cell));
            let align = if at == last {
                Align::Right
            } else {
                Align::Left
            };
            for (below, text) in lines.iter().enumerate() {
                let inner = Area {
                    x: x + PAD_MM,
                    y: cell.y
                        + (ROW_MM * self.scale - row.size * 1.15 / PT_PER_MM) / 2.0
                        + below as f32 * row.step(),
                    width: (width - 2.0 * PAD_MM).max(1.0),
                    height: ROW_MM * self.scale,
                };
                let written = if strong { Mark::Strong } else { Mark::Text };
                self.put(written(text.clone(), inner, row.size, align));
            }
            x += width;
        }
        self.y += height;
    }

    /// What must stand on the page of a heading: the tables below it where a page holds them whole, else the first rows.
    fn first_of(&self, part: Option<&StatementPart>, below: f32) -> f32 {
        let least = 3.0 * ROW_MM * self.scale;
        let (above, heading) = HEADING_MM;
        let free = BOTTOM_MM - MARGIN_MM - self.scale * (above + heading);
        let whole = match part {
            Some(StatementPart::Table(table)) => self.height_of(table, FULL) + below,
            Some(StatementPart::Beside(tables)) => self.halved(tables).1 + below,
            Some(StatementPart::Line(_)) => (LINE_MM * self.scale + below).max(least),
            _ => least,
        };
        if whole < free { whole } else { least }
    }

    fn height_of(&self, table: &StatementTable, span: Span) -> f32 {
        self.fitted(&table.titles, (table, span), true).height()
            + self.rows_height(&table.rows, (table, span))
            + BELOW_TABLE_MM * self.scale
    }

    fn rows_height(&self, rows: &[(Vec<String>, bool)], within: (&StatementTable, Span)) -> f32 {
        let heights = rows
            .iter()
            .map(|(row, is_sum)| self.fitted(row, within, *is_sum).height());
        heights.sum()
    }

    fn fitted(
        &self,
        texts: &[String],
        (table, span): (&StatementTable, Span),
        strong: bool,
    ) -> Row {
        Row::of(texts, table, (span.width, self.scale), strong)
    }
}

/// A row of a table, its texts broken to the widths of their columns.
struct Row {
    /// Lines and width in mm of each cell.
    cells: Vec<(Vec<String>, f32)>,
    /// Of its letters, pt.
    size: f32,
    /// Of a row of one line, mm.
    least: f32,
}

impl Row {
    fn of(
        texts: &[String],
        table: &StatementTable,
        (full, scale): (f32, f32),
        strong: bool,
    ) -> Self {
        let size = scale * if strong { TEXT_PT } else { TEXT_PT - 0.5 };
        let whole: u16 = table.shares.iter().sum();
        let cells = texts.iter().zip(&table.shares).map(|(text, share)| {
            let width = full * f32::from(*share) / f32::from(whole.max(1));
            (broken(text, width - 2.0 * PAD_MM, size), width)
        });
        Self {
            cells: cells.collect(),
            size,
            least: ROW_MM * scale,
        }
    }

    /// From one line to the next, mm.
    fn step(&self) -> f32 {
        self.size * 1.3 / PT_PER_MM
    }

    /// Height in mm.
    fn height(&self) -> f32 {
        let lines = self.cells.iter().map(|(lines, _)| lines.len()).max();
        self.least + self.step() * lines.unwrap_or(1).saturating_sub(1) as f32
    }
}

/// Marks that begin no line, and marks that end none.
const NOT_FIRST: &str = "，。、；：？！）》」』】〕”’…—%％,.;:?!)]}";
const NOT_LAST: &str = "（《「『【〔“‘([{";

/// A text in lines of at most `width` mm, taken as wide as its letters are at most: a Chinese one as its height, others
/// three fifths of it. What may not begin a line takes the letter before it along, what may not end one goes along.
fn broken(text: &str, width: f32, size: f32) -> Vec<String> {
    let most = width * PT_PER_MM / size;
    let wide = |letter: char| if letter.is_ascii() { 0.6 } else { 1.0 };
    let mut lines = Vec::new();
    let mut line: Vec<char> = Vec::new();
    let mut taken = 0.0;
    for letter in text.chars() {
        if taken + wide(letter) > most && !line.is_empty() {
            let next = line.split_off(end_before(&line, letter));
            lines.push(line.iter().collect());
            taken = next.iter().copied().map(wide).sum();
            line = next;
        }
        taken += wide(letter);
        line.push(letter);
    }
    lines.push(line.iter().collect());
    lines
}

/// Where a line that is full ends, when this letter comes next.
fn end_before(line: &[char], letter: char) -> usize {
    let stands = |at: &usize| {
        let first = line.get(*at).copied().unwrap_or(letter);
        let last = at.checked_sub(1).and_then(|before| line.get(before));
        !NOT_FIRST.contains(first) && last.is_none_or(|last| !NOT_LAST.contains(*last))
    };
    // Not more than a few letters go along, else the line is torn where it is full.
    let least = line.len().saturating_sub(CARRIED).max(1);
    let end = (least..=line.len()).rev().find(stands);
    end.unwrap_or(line.len())
}

#[cfg(test)]
mod tests;
