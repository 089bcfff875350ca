//! A page of the PDF in mm from its upper left corner: photos, text, lines.
//!
//! Knows no layout. The only place that speaks to the PDF library, besides the file as a whole.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::font::{Fonts, Glyph};
use super::layout::Area;

/// PDF units per mm.
pub(super) const PT_PER_MM: f32 = 72.0 / 25.4;
/// Smallest type that is still read, pt.
const SMALLEST_PT: f32 = 4.0;
/// Width of the outline of heavy letters, in type sizes.
const OUTLINE: f32 = 0.03;
/// From the upper edge of a line to its base line, in type sizes.
const ASCENT: f32 = 0.88;

/// Where text stands within its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// A page being drawn.
pub(super) struct Canvas<'a, 'p> {
    pub(super) surface: Surface<'p>,
    pub(super) fonts: &'a mut Fonts,
}

impl Canvas<'_, '_> {
    /// Fills `area` with the picture: what is too wide is cut at both sides, what is too high at the bottom,
    /// where no hair is.
    pub(super) fn photo(&mut self, image: &Image, area: Area) {
        let (width, height) = image.size();
        let (width, height) = (width.max(1) as f32, height.max(1) as f32);
        let scale = (area.width / width).max(area.height / height) * PT_PER_MM;
        let (Some(size), Some(clip)) = (
            Size::from_wh(width * scale, height * scale),
            rect_path(area),
        ) else {
            return;
        };
        let left = area.x * PT_PER_MM - (width * scale - area.width * PT_PER_MM) / 2.0;
        self.surface.push_clip_path(&clip, &FillRule::NonZero);
        self.surface
            .push_transform(&Transform::from_translate(left, area.y * PT_PER_MM));
        self.surface.draw_image(image.clone(), size);
        self.surface.pop();
        self.surface.pop();
    }

    /// A straight line, `width` in mm, `grey` from 0 (black) to 255.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, grey: u8) {
        let mut builder = PathBuilder::new();
        builder.move_to(from.0 * PT_PER_MM, from.1 * PT_PER_MM);
        builder.line_to(to.0 * PT_PER_MM, to.1 * PT_PER_MM);
        if let Some(path) = builder.finish() {
            self.stroke(&path, width, grey);
        }
    }

    /// The outline of a box.
    pub(super) fn frame(&mut self, area: Area, width: f32, grey: u8) {
        if let Some(path) = rect_path(area) {
            self.stroke(&path, width, grey);
        }
    }

    fn stroke(&mut self, path: &Path, width: f32, grey: u8) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: rgb::Color::new(grey, grey, grey).into(),
            width: width * PT_PER_MM,
            ..Stroke::default()
        }));
        self.surface.draw_path(path);
        self.surface.set_stroke(None);
    }

    /// One line of text within `area`, smaller where it would be too long, cut off where even that is not enough.
    pub(super) fn text(&mut self, text: &str, area: Area, size_pt: f32, align: Align) {
        self.write(text, area, size_pt, align, None);
    }

    /// As [`Canvas::text`], in heavier letters: the fonts lent by the machine need not have bold ones, so these are outlined.
    pub(super) fn strong_text(&mut self, text: &str, area: Area, size_pt: f32, align: Align) {
        let outline = Stroke {
            paint: rgb::Color::black().into(),
            width: size_pt * OUTLINE,
            ..Stroke::default()
        };
        self.write(text, area, size_pt, align, Some(outline));
    }

    fn write(
        &mut self,
        text: &str,
        area: Area,
        size_pt: f32,
        align: Align,
        outline: Option<Stroke>,
    ) {
        let room = area.width * PT_PER_MM;
        let mut glyphs = self.glyphs(text);
        let natural = length(&glyphs) * size_pt;
        let size = match natural > room {
            true => (size_pt * room / natural).max(SMALLEST_PT),
            false => size_pt,
        };
        self.shorten(&mut glyphs, room / size);
        let free = room - length(&glyphs) * size;
        let x = area.x * PT_PER_MM
            + match align {
                Align::Left => 0.0,
                Align::Centre => free / 2.0,
                Align::Right => free,
            };
        self.surface.set_stroke(outline);
        self.draw(&glyphs, (x, area.y * PT_PER_MM + ASCENT * size_pt), size);
        self.surface.set_stroke(None);
    }

    /// Lines of text in `area`, turned a quarter clockwise: the first is at the right.
    pub(super) fn turned(&mut self, lines: &[String], area: Area, size_pt: f32, line_mm: f32) {
        let turn = Transform::from_row(
            0.0,
            1.0,
            -1.0,
            0.0,
            area.right() * PT_PER_MM,
            area.y * PT_PER_MM,
        );
        self.surface.push_transform(&turn);
        for (at, line) in lines.iter().enumerate() {
            let lying = Area {
                x: 0.0,
                y: at as f32 * line_mm,
                width: area.height,
                height: line_mm,
            };
            self.text(line, lying, size_pt, Align::Centre);
        }
        self.surface.pop();
    }

    fn glyphs(&mut self, text: &str) -> Vec<(char, Glyph)> {
        let visible = text.chars().filter(|c| !c.is_control());
        let mut glyphs = Vec::with_capacity(text.len());
        for character in visible {
            let drawn = match self.fonts.glyph(character) {
                Some(glyph) => Some((character, glyph)),
                None => {
                    let instead = self.fonts.stand_in();
                    self.fonts.glyph(instead).map(|glyph| (instead, glyph))
                }
            };
            glyphs.extend(drawn);
        }
        glyphs
    }

    /// Drops what is beyond `room` em and says so with an ellipsis.
    fn shorten(&mut self, glyphs: &mut Vec<(char, Glyph)>, room: f32) {
        if length(glyphs) <= room * 1.001 {
            return;
        }
        let dots = self.fonts.glyph('…').map(|glyph| ('…', glyph));
        let room = room - dots.map_or(0.0, |(_, glyph)| glyph.advance);
        while length(glyphs) > room && glyphs.pop().is_some() {}
        glyphs.extend(dots);
    }

    /// Draws run by run, one font after the other.
    fn draw(&mut self, glyphs: &[(char, Glyph)], start: (f32, f32), size: f32) {
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::black().into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
        let mut x = start.0;
        for run in glyphs.chunk_by(|(_, a), (_, b)| a.face == b.face) {
            let Some(font) = run
                .first()
                .and_then(|(_, glyph)| self.fonts.font(glyph.face))
            else {
                continue;
            };
            let text: String = run.iter().map(|(character, _)| *character).collect();
            let mut at = 0;
            let placed: Vec<KrillaGlyph> = run
                .iter()
                .map(|(character, glyph)| {
                    let range = at..at + character.len_utf8();
                    at = range.end;
                    KrillaGlyph {
                        glyph_id: GlyphId::new(u32::from(glyph.id)),
                        text_range: range,
                        x_advance: glyph.advance,
                        x_offset: 0.0,
                        y_offset: 0.0,
                        y_advance: 0.0,
                        location: None,
                    }
                })
                .collect();
            self.surface.draw_glyphs(
                Point::from_xy(x, start.1),
                &placed,
                font,
                &text,
                size,
                false,
            );
            x += length(run) * size;
        }
    }
}

/// Length of a line, em.
fn length(glyphs: &[(char, Glyph)]) -> f32 {
    glyphs.iter().map(|(_, glyph)| glyph.advance).sum()
}

fn rect_path(area: Area) -> Option<Path> {
    let rect = Rect::from_xywh(
        area.x * PT_PER_MM,
        area.y * PT_PER_MM,
        area.width * PT_PER_MM,
        area.height * PT_PER_MM,
    )?;
    let mut builder = PathBuilder::new();
    builder.push_rect(rect);
    builder.finish()
}
