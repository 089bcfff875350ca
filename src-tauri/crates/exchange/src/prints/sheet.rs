//! What stands on the pages of each kind, drawn where the layout says.

use krilla::image::Image;

use super::canvas::{Align, Canvas};
use super::layout::{Area, CaptionBox, LINE_MM, Slot};
use super::plan::{PrintItem, PrintKind, PrintNotes, PrintPlan, Volume};

/// Type of captions, headings and small print, pt.
const CAPTION_PT: f32 = 8.0;
const HEADING_PT: f32 = 14.0;
const SMALL_PT: f32 = 7.5;
/// Crop marks and hairlines between photos, mm and grey.
const MARK: (f32, u8) = (0.1, 0);
const HAIRLINE: (f32, u8) = (0.05, 200);
/// Where nothing else is said, mm.
const SMALL_LINE_MM: f32 = 4.2;

/// A page's place in its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageNumber {
    /// From 1.
    pub(super) page: usize,
    /// Of how many.
    pub(super) of: usize,
}

/// Draws one page: `photos` are those of `items`, in the same order.
pub(super) fn draw(
    canvas: &mut Canvas<'_, '_>,
    plan: &PrintPlan,
    volume: &Volume,
    notes: &PrintNotes,
    (items, photos): (&[PrintItem], &[Image]),
    number: PageNumber,
) {
    for ((item, photo), slot) in items.iter().zip(photos).zip(&plan.layout.slots) {
        slot_of(canvas, plan.kind, slot, item, photo);
    }
    heading(canvas, plan, volume, notes);
    last_lines(canvas, plan, notes, number);
}

fn slot_of(
    canvas: &mut Canvas<'_, '_>,
    kind: PrintKind,
    slot: &Slot,
    item: &PrintItem,
    photo: &Image,
) {
    for area in &slot.photos {
        canvas.photo(photo, *area);
        if kind != PrintKind::Layout {
            canvas.frame(*area, HAIRLINE.0, HAIRLINE.1);
        }
    }
    for cut in &slot.cuts {
        let (width, grey) = if cut.inside { HAIRLINE } else { MARK };
        canvas.line(cut.from, cut.to, width, grey);
    }
    let mut lines = item.caption.clone();
    if kind == PrintKind::Contact {
        lines.push("□ 本人　□ 有误".to_owned());
    }
    for caption in &slot.captions {
        write_caption(canvas, caption, &lines);
    }
}

fn write_caption(canvas: &mut Canvas<'_, '_>, caption: &CaptionBox, lines: &[String]) {
    if caption.turned {
        let line = (caption.area.width / lines.len().max(1) as f32).min(LINE_MM);
        // Type must not be higher than the line it stands on.
        let size = CAPTION_PT.min(line * 2.3);
        canvas.turned(lines, caption.area, size, line);
        return;
    }
    for (at, line) in lines.iter().enumerate() {
        canvas.text(
            line,
            row(caption.area, at, LINE_MM),
            CAPTION_PT,
            Align::Centre,
        );
    }
}

/// The line of `area` with number `at`.
fn row(area: Area, at: usize, height: f32) -> Area {
    Area {
        y: area.y + at as f32 * height,
        height,
        ..area
    }
}

fn heading(canvas: &mut Canvas<'_, '_>, plan: &PrintPlan, volume: &Volume, notes: &PrintNotes) {
    let area = plan.layout.header;
    if area.height <= 0.0 {
        return;
    }
    let title = match plan.kind {
        PrintKind::Contact => format!("{}　照片核对表", volume.title),
        _ if volume.title.is_empty() => "照片样张".to_owned(),
        _ => format!("{}　照片样张", volume.title),
    };
    canvas.text(&title, area, HEADING_PT, Align::Left);
    let below = row(area, 1, 6.2);
    canvas.text(&notes.round, below, SMALL_PT + 1.0, Align::Left);
    let counts = match plan.kind {
        PrintKind::Contact => format!(
            "本班名单 {} 人，照片已通过 {} 人",
            volume.on_roster,
            volume.on_roster.min(present(plan, volume))
        ),
        _ => format!("本册 {} 人", volume.items.len()),
    };
    canvas.text(&counts, below, SMALL_PT + 1.0, Align::Right);
}

/// Students of the volume's group with a photo, in whichever file.
fn present(plan: &PrintPlan, volume: &Volume) -> usize {
    let same = plan
        .volumes
        .iter()
        .filter(|other| other.title == volume.title);
    same.map(|other| other.items.len()).sum()
}

fn last_lines(
    canvas: &mut Canvas<'_, '_>,
    plan: &PrintPlan,
    notes: &PrintNotes,
    number: PageNumber,
) {
    let area = plan.layout.footer;
    if area.height <= 0.0 {
        return;
    }
    let page = format!("第 {} 页，共 {} 页", number.page, number.of);
    let (first, second) = match plan.kind {
        PrintKind::Layout => (
            format!("{}　打印时请选“实际大小”（100%），不要缩放", notes.round),
            None,
        ),
        PrintKind::Proof => (notes.made.clone(), None),
        PrintKind::Contact => (
            "请逐一核对照片与姓名是否同一人，有误的在照片下打勾并注明。　班主任签名：________________　日期：____________".to_owned(),
            Some(format!("{}　含人脸信息，仅供本班核对，用后交回，不得外传", notes.made)),
        ),
    };
    let base = area.bottom() - SMALL_LINE_MM;
    let last = Area {
        y: base,
        height: SMALL_LINE_MM,
        ..area
    };
    match second {
        Some(second) => {
            let above = Area {
                y: base - 8.0,
                height: SMALL_LINE_MM,
                ..area
            };
            canvas.text(&first, above, SMALL_PT + 1.5, Align::Left);
            canvas.text(&second, last, SMALL_PT, Align::Left);
        }
        None => canvas.text(&first, last, SMALL_PT, Align::Left),
    }
    canvas.text(&page, last, SMALL_PT, Align::Right);
}
