//! A statement (表单) to be signed: headings, tables and lines on A4 upright, as many pages as it takes.
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
    /// Lines to be signed; never torn apart.
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
            canvas.text(&statement.foot, foot, SMALL_PT, Align::Left);
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
    Frame(Area),
}

impl Mark {
    fn draw(&self, canvas: &mut Canvas<'_, '_>) {
        match self {
            Self::Text(text, area, size, align) => canvas.text(text, *area, *size, *align),
            Self::Frame(area) => canvas.frame(*area, FRAME.0, FRAME.1),
        }
    }
}

/// Lays parts out below each other and begins a page where one does not fit.
struct Flow {
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl Flow {
    fn of(statement: &Statement) -> Vec<Vec<Mark>> {
        let mut flow = Self {
            pages: vec![Vec::new()],
            y: MARGIN_MM,
        };
        flow.text(&statement.title, TITLE_PT, 10.0, Align::Centre);
        for text in &statement.lines {
            flow.text(text, TEXT_PT, LINE_MM, Align::Left);
        }
        for part in &statement.parts {
            match part {
                StatementPart::Heading(text) => {
                    // Never alone at the foot of a page.
                    flow.need(4.0 + LINE_MM + 3.0 * ROW_MM);
                    flow.y += 4.0;
                    flow.text(text, HEADING_PT, LINE_MM + 1.5, Align::Left);
                }
                StatementPart::Line(text) => flow.text(text, TEXT_PT, LINE_MM, Align::Left),
                StatementPart::Table(table) => flow.table(table),
            }
        }
        flow.need(6.0 + SIGN_MM * statement.signed.len() as f32);
        flow.y += 6.0;
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

    fn text(&mut self, text: &str, size: f32, height: f32, align: Align) {
        self.need(height);
        let area = line(self.y, height);
        self.put(Mark::Text(text.to_owned(), area, size, align));
        self.y += height;
    }

    fn table(&mut self, table: &StatementTable) {
        let rows = table.rows.iter();
        let rows = rows.map(|(row, is_sum)| Row::of(row, table, *is_sum).height());
        let height = Row::of(&table.titles, table, true).height() + rows.sum::<f32>();
        if height < BOTTOM_MM - MARGIN_MM {
            // Not torn apart where a page can hold it whole.
            self.need(height);
        }
        let pages = self.pages.len();
        self.row(&table.titles, table, true);
        for (row, is_sum) in &table.rows {
            self.need(Row::of(row, table, *is_sum).height());
            if self.pages.len() > pages && self.y <= MARGIN_MM {
                self.row(&table.titles, table, true);
            }
            self.row(row, table, *is_sum);
        }
        self.y += 2.0;
    }

    fn row(&mut self, texts: &[String], table: &StatementTable, strong: bool) {
        let row = Row::of(texts, table, strong);
        let height = row.height();
        self.need(height);
        let mut x = MARGIN_MM;
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
                        + (ROW_MM - row.size * 1.15 / PT_PER_MM) / 2.0
                        + below as f32 * row.step(),
                    width: (width - 2.0 * PAD_MM).max(1.0),
                    height: ROW_MM,
                };
                self.put(Mark::Text(text.clone(), inner, row.size, align));
            }
            x += width;
        }
        self.y += height;
    }
}

/// A row of a table, its texts broken to the widths of their columns.
struct Row {
    /// Lines and width in mm of each cell.
    cells: Vec<(Vec<String>, f32)>,
    /// Of its letters, pt.
    size: f32,
}

impl Row {
    fn of(texts: &[String], table: &StatementTable, strong: bool) -> Self {
        let size = if strong { TEXT_PT } else { TEXT_PT - 0.5 };
        let whole: u16 = table.shares.iter().sum();
        let full = PAGE_MM.0 - 2.0 * MARGIN_MM;
        let cells = texts.iter().zip(&table.shares).map(|(text, share)| {
            let width = full * f32::from(*share) / f32::from(whole.max(1));
            (broken(text, width - 2.0 * PAD_MM, size), width)
        });
        Self {
            cells: cells.collect(),
            size,
        }
    }

    /// From one line to the next, mm.
    fn step(&self) -> f32 {
        self.size * 1.3 / PT_PER_MM
    }

    /// Height in mm.
    fn height(&self) -> f32 {
        let lines = self.cells.iter().map(|(lines, _)| lines.len()).max();
        ROW_MM + self.step() * lines.unwrap_or(1).saturating_sub(1) as f32
    }
}

/// A text in lines of at most `width` mm, taken as wide as its letters are at most: a Chinese one as its height, others
/// three fifths of it.
fn broken(text: &str, width: f32, size: f32) -> Vec<String> {
    let most = width * PT_PER_MM / size;
    let mut lines = vec![String::new()];
    let mut taken = 0.0;
    for letter in text.chars() {
        let wide = if letter.is_ascii() { 0.6 } else { 1.0 };
        if taken + wide > most && taken > 0.0 {
            lines.push(String::new());
            taken = 0.0;
        }
        taken += wide;
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn statement(rows: usize) -> Statement {
        let table = StatementTable {
            titles: vec!["差异".to_owned(), "数量".to_owned()],
            shares: vec![3, 1],
            rows: (0..rows)
                .map(|at| (vec![format!("行{at}"), at.to_string()], false))
                .collect(),
        };
        Statement {
            title: "结项表".to_owned(),
            lines: vec!["批次".to_owned()],
            parts: vec![
                StatementPart::Heading("一、数目".to_owned()),
                StatementPart::Table(table),
            ],
            signed: vec!["经办人".to_owned(), "日期".to_owned()],
            foot: String::new(),
        }
    }

    fn texts(page: &[Mark]) -> Vec<&str> {
        let texts = page.iter().filter_map(|mark| match mark {
            Mark::Text(text, ..) => Some(text.as_str()),
            Mark::Frame(_) => None,
        });
        texts.collect()
    }

    #[test]
    fn every_row_is_there_once_below_its_titles_and_within_the_page() {
        for rows in [0, 1, 30, 35, 36, 37, 38, 200] {
            let statement = statement(rows);
            let pages = Flow::of(&statement);
            let all: Vec<&str> = pages.iter().flat_map(|page| texts(page)).collect();
            for at in 0..rows {
                let row = format!("行{at}");
                assert_eq!(all.iter().filter(|text| **text == row).count(), 1, "{row}");
            }
            for page in &pages {
                let texts = texts(page);
                let first_row = texts.iter().position(|text| text.starts_with('行'));
                let titles = texts.iter().position(|text| *text == "差异");
                assert!(first_row.is_none() || titles < first_row, "{rows} rows");
                for mark in page {
                    let (Mark::Text(_, area, ..) | Mark::Frame(area)) = mark;
                    assert!(area.y >= MARGIN_MM && area.y < BOTTOM_MM, "{rows} rows");
                }
            }
            let last = texts(pages.last().unwrap());
            assert!(last.ends_with(&["经办人", "日期"]), "signed together");
        }
    }

    #[test]
    fn its_pages_are_numbered() {
        let mut fonts = Fonts::of_this_machine().unwrap();
        let bytes = statement_pdf(&statement(80), &mut fonts, |at, of| format!("{at}/{of}"));
        let document = lopdf::Document::load_mem(&bytes.unwrap()).unwrap();
        let pages = document.get_pages();
        for number in pages.keys() {
            let text = document.extract_text(&[*number]).unwrap();
            assert!(
                text.contains(&format!("{number}/{}", pages.len())),
                "{text}"
            );
        }
        assert!(pages.len() > 1);
    }

    #[test]
    fn a_long_text_is_broken_and_stays_as_large_as_the_others() {
        let long = "核对这一行说的是谁：在名单里找到学生后，指给他；找不到的，退回采集单位重做，并在备注里写明来由";
        let table = StatementTable {
            titles: vec!["差异".to_owned(), "处理办法".to_owned(), "人数".to_owned()],
            shares: vec![2, 3, 1],
            rows: vec![(
                vec![
                    "回执里的人不在名单".to_owned(),
                    long.to_owned(),
                    "12".to_owned(),
                ],
                false,
            )],
        };
        let row = Row::of(&table.rows[0].0, &table, false);
        assert_eq!(row.cells[1].0.concat(), long);
        assert!(row.cells[1].0.len() > 1 && row.height() > ROW_MM);
        for (lines, width) in &row.cells {
            for line in lines {
                let wide: f32 = line
                    .chars()
                    .map(|c| if c.is_ascii() { 0.6 } else { 1.0 })
                    .sum();
                assert!(
                    wide * row.size / PT_PER_MM <= width - 2.0 * PAD_MM + 0.01,
                    "{line}"
                );
            }
        }
        assert!(Row::of(&table.titles, &table, true).height() <= ROW_MM);
    }
}
