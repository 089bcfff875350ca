//! Where photos, captions and cutting lines stand on a page, in mm; nothing is drawn here.
//!
//! All students of a plan get the same block of prints, so a page is a grid of equal blocks: the columns
//! within a block are chosen so that most blocks fit on the page.

use serde::{Deserialize, Serialize};

use super::marks::{MARK, marks_around, marks_of_block};

/// 1寸, mm: width and height.
const ONE_INCH: (f32, f32) = (25.0, 35.0);
/// A photo of a 样张, mm: the whole rendition (3:4), as large as five columns allow.
const PROOF_PHOTO: (f32, f32) = (36.0, 48.0);
/// A photo of a 核对表, mm: the whole rendition (3:4).
const CONTACT_PHOTO: (f32, f32) = (30.0, 40.0);
/// One line of a caption, mm.
pub(super) const LINE_MM: f32 = 3.6;
/// From a photo to its caption, mm.
const CAPTION_GAP: f32 = 0.8;
/// What rounding may add up to over a page, mm.
pub(super) const SLACK: f32 = 0.01;

/// The paper printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// A4 upright, 210×297 mm.
    A4,
    /// 6寸 photo paper across, 152×102 mm: one student a sheet.
    SixInch,
}

impl Paper {
    /// Width and height, mm.
    pub const fn size_mm(self) -> (f32, f32) {
        match self {
            Self::A4 => (210.0, 297.0),
            Self::SixInch => (152.0, 102.0),
        }
    }

    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::SixInch => "6寸相纸",
        }
    }
}

/// What a notice means by 2寸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TwoInch {
    /// 2寸, 35×49 mm.
    Standard,
    /// 小2寸, 33×48 mm.
    Small,
}

impl TwoInch {
    /// Width and height, mm.
    pub const fn size_mm(self) -> (f32, f32) {
        match self {
            Self::Standard => (35.0, 49.0),
            Self::Small => (33.0, 48.0),
        }
    }
}

/// How many prints of each size a student gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counts {
    /// Prints of 2寸.
    pub two_inch: u32,
    /// Prints of 1寸, 25×35 mm.
    pub one_inch: u32,
    /// What 2寸 is.
    pub size: TwoInch,
}

impl Counts {
    /// Prints of one student.
    pub const fn total(self) -> u32 {
        self.two_inch + self.one_inch
    }

    /// Sizes in mm with how many prints, largest first, without those of which there are none.
    pub(super) fn parts(self) -> Vec<Part> {
        let both = [
            (self.size.size_mm(), self.two_inch),
            (ONE_INCH, self.one_inch),
        ];
        let wanted = both.into_iter().filter(|(_, count)| *count > 0);
        wanted
            .map(|((width, height), count)| Part {
                width,
                height,
                count: count as usize,
            })
            .collect()
    }
}

/// Prints of one size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Width, mm.
    pub(super) width: f32,
    /// Height, mm.
    pub(super) height: f32,
    count: usize,
}

/// A rectangle, mm from the page's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge, mm.
    pub x: f32,
    /// Upper edge, mm.
    pub y: f32,
    /// Width, mm.
    pub width: f32,
    /// Height, mm.
    pub height: f32,
}

impl Area {
    /// Right edge, mm.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Lower edge, mm.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }
}

/// A line to cut along, mm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// One end.
    pub from: (f32, f32),
    /// The other.
    pub to: (f32, f32),
    /// Between two photos, where it is drawn as a faint hairline.
    pub inside: bool,
}

/// Where a caption stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CaptionBox {
    /// The place, as it lies on the page.
    pub area: Area,
    /// Written downwards, a quarter turn clockwise.
    pub turned: bool,
}

/// Everything one student gets on a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// The prints.
    pub photos: Vec<Area>,
    /// The caption, once or beneath every print.
    pub captions: Vec<CaptionBox>,
    /// Crop marks.
    pub cuts: Vec<Cut>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The paper.
    pub paper: Paper,
    /// Places for students, row by row.
    pub slots: Vec<Slot>,
    /// Room for a heading; without height where there is none.
    pub header: Area,
    /// Room for the last lines; without height where there is none.
    pub footer: Area,
}

/// Room around and between.
#[derive(Debug, Clone, Copy)]
struct Spacing {
    margin: f32,
    gap: f32,
    caption: f32,
    /// At the right edge of the block, for a turned caption.
    strip: f32,
    footer: f32,
}

impl Spacing {
    fn of(paper: Paper, lines: usize) -> Self {
        match paper {
            Paper::A4 => Self {
                margin: 8.0,
                gap: 4.0,
                caption: caption_height(lines),
                strip: 0.0,
                footer: 5.0,
            },
            // Nothing to spare: 8 prints of 2寸 are 140×98 mm of 152×102.
            Paper::SixInch => Self {
                margin: 2.0,
                gap: 0.0,
                caption: 0.0,
                strip: 8.0,
                footer: 0.0,
            },
        }
    }
}

fn caption_height(lines: usize) -> f32 {
    match lines {
        0 => 0.0,
        lines => CAPTION_GAP + LINE_MM * lines as f32,
    }
}

/// A block's columns for each part, and its size, mm.
#[derive(Debug, Clone)]
struct Block {
    columns: Vec<usize>,
    width: f32,
    height: f32,
}

/// The page on which most students' prints fit; `None` when not even one student's do.
pub(super) fn prints(paper: Paper, counts: Counts, lines: usize) -> Option<Layout> {
    let spacing = Spacing::of(paper, lines);
    let (width, height) = paper.size_mm();
    let room = (
        width - 2.0 * spacing.margin - spacing.strip,
        height - 2.0 * spacing.margin - spacing.footer,
    );
    let parts = counts.parts();
    if parts.is_empty() {
        return None;
    }
    let fits = |block: &Block| {
        let across = how_many(room.0, block.width, spacing.gap);
        // A sheet of photo paper is one student's: it is handed over whole.
        let down = how_many(room.1, block.height, spacing.gap);
        match paper {
            Paper::A4 => (across, down),
            Paper::SixInch => (across.min(1), down.min(1)),
        }
    };
    let smaller = |block: &Block| -block.width * block.height;
    let (block, (across, down)) = blocks(&parts, spacing)
        .into_iter()
        .map(|block| {
            let fit = fits(&block);
            (block, fit)
        })
        .filter(|(_, (across, down))| across * down > 0)
        .max_by(|(a, (a_across, a_down)), (b, (b_across, b_down))| {
            let most = (a_across * a_down).cmp(&(b_across * b_down));
            most.then(smaller(a).total_cmp(&smaller(b)))
        })?;
    let used = across as f32 * (block.width + spacing.gap) - spacing.gap;
    let left = spacing.margin + ((room.0 - used) / 2.0).max(0.0);
    let mut slots = Vec::with_capacity(across * down);
    for row in 0..down {
        for column in 0..across {
            let x = left + column as f32 * (block.width + spacing.gap);
            let y = spacing.margin + row as f32 * (block.height + spacing.gap);
            slots.push(print_slot(&block, &parts, spacing, (x, y)));
        }
    }
    Some(Layout {
        paper,
        slots,
        header: band(paper, spacing.margin, 0.0),
        footer: band(
            paper,
            height - spacing.margin - spacing.footer,
            spacing.footer,
        ),
    })
}

/// The full width of the paper within its margins.
fn band(paper: Paper, y: f32, height: f32) -> Area {
    let margin = Spacing::of(paper, 0).margin;
    Area {
        x: margin,
        y,
        width: paper.size_mm().0 - 2.0 * margin,
        height,
    }
}

/// How many pieces with `gap` between them fit into `room`.
fn how_many(room: f32, piece: f32, gap: f32) -> usize {
    ((room + gap + SLACK) / (piece + gap)).floor().max(0.0) as usize
}

/// Every arrangement of one student's prints.
fn blocks(parts: &[Part], spacing: Spacing) -> Vec<Block> {
    let mut all = vec![Block {
        columns: Vec::new(),
        width: 0.0,
        height: -spacing.gap,
    }];
    for part in parts {
        all = all
            .iter()
            .flat_map(|block| {
                (1..=part.count).map(|columns| {
                    let rows = part.count.div_ceil(columns) as f32;
                    let width = columns as f32 * (part.width + spacing.gap) - spacing.gap;
                    Block {
                        columns: block.columns.iter().copied().chain([columns]).collect(),
                        width: block.width.max(width),
                        height: block.height + rows * (part.height + spacing.caption + spacing.gap),
                    }
                })
            })
            .collect();
    }
    all
}

fn print_slot(block: &Block, parts: &[Part], spacing: Spacing, origin: (f32, f32)) -> Slot {
    let mut slot = Slot::default();
    let mut y = origin.1;
    for (part, columns) in parts.iter().zip(&block.columns) {
        for at in 0..part.count {
            let (row, column) = (at / columns, at % columns);
            slot.photos.push(Area {
                x: origin.0 + column as f32 * (part.width + spacing.gap),
                y: y + row as f32 * (part.height + spacing.caption + spacing.gap),
                width: part.width,
                height: part.height,
            });
        }
        let rows = part.count.div_ceil(*columns) as f32;
        y += rows * (part.height + spacing.caption + spacing.gap);
    }
    if spacing.gap > 0.0 {
        slot.cuts = slot.photos.iter().flat_map(marks_around).collect();
    } else {
        slot.cuts = marks_of_block(&slot.photos);
    }
    slot.captions = captions(&slot.photos, spacing);
    slot
}

fn captions(photos: &[Area], spacing: Spacing) -> Vec<CaptionBox> {
    if spacing.strip > 0.0 {
        let right = photos.iter().map(Area::right).fold(0.0, f32::max);
        let top = photos.iter().map(|photo| photo.y).fold(f32::MAX, f32::min);
        let bottom = photos.iter().map(Area::bottom).fold(0.0, f32::max);
        let marks = MARK.0 + MARK.1;
        let area = Area {
            x: right + marks,
            y: top,
            width: spacing.strip - marks,
            height: bottom - top,
        };
        return vec![CaptionBox { area, turned: true }];
    }
    if spacing.caption <= 0.0 {
        return Vec::new();
    }
    photos
        .iter()
        .map(|photo| CaptionBox {
            area: Area {
                x: photo.x,
                y: photo.bottom() + CAPTION_GAP,
                width: photo.width,
                height: spacing.caption - CAPTION_GAP,
            },
            turned: false,
        })
        .collect()
}

/// 样张: everybody once, with a heading.
pub(super) fn proof(lines: usize) -> Layout {
    cards(PROOF_PHOTO, lines, 13.0, 7.0)
}

/// 核对表: a class, with a heading and a line to sign.
pub(super) fn contact(lines: usize) -> Layout {
    cards(CONTACT_PHOTO, lines, 15.0, 16.0)
}

/// A4 with equal cards spread over the width.
fn cards(photo: (f32, f32), lines: usize, header: f32, footer: f32) -> Layout {
    let paper = Paper::A4;
    let (width, height) = paper.size_mm();
    let spacing = Spacing::of(paper, lines);
    let room = width - 2.0 * spacing.margin;
    let columns = how_many(room, photo.0, 3.5).max(1);
    let pitch = (room - photo.0) / (columns.max(2) - 1) as f32;
    let row = photo.1 + spacing.caption;
    let rows = how_many(
        height - 2.0 * spacing.margin - header - footer,
        row,
        spacing.gap,
    );
    let slot = |at: usize| {
        let area = Area {
            x: spacing.margin + (at % columns) as f32 * pitch,
            y: spacing.margin + header + (at / columns) as f32 * (row + spacing.gap),
            width: photo.0,
            height: photo.1,
        };
        // The caption may be as wide as the pitch allows: names and numbers are longer than a face is wide.
        let spread = (pitch - photo.0 - 1.0).clamp(0.0, spacing.margin);
        let caption = Area {
            x: area.x - spread / 2.0,
            y: area.bottom() + CAPTION_GAP,
            width: area.width + spread,
            height: spacing.caption - CAPTION_GAP,
        };
        Slot {
            photos: vec![area],
            captions: vec![CaptionBox {
                area: caption,
                turned: false,
            }],
            cuts: Vec::new(),
        }
    };
    Layout {
        paper,
        slots: (0..columns * rows).map(slot).collect(),
        header: band(paper, spacing.margin, header),
        footer: band(paper, height - spacing.margin - footer, footer),
    }
}
