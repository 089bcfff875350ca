//! Drawing soft and hard shapes into a picture: a thin layer over tiny-skia.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Mask, Paint, Path,
    PathBuilder, Pixmap, Point, Rect, Shader, SpreadMode, Stroke, Transform,
};

use crate::head::{Spot, segments};
use crate::portrait::Rgb;
use crate::random::Random;

/// A path; `None` where the knots make no shape, which paints nothing.
pub(super) type Shape = Option<Path>;

/// The picture being drawn, and the frame that coordinates are given in.
pub(super) struct Canvas {
    pub(super) pixmap: Pixmap,
    /// From the coordinates of the next shapes to pixels.
    pub(super) frame: Transform,
    /// Shapes are drawn only inside it.
    pub(super) clip: Option<Mask>,
}

impl Canvas {
    /// A black picture; `None` for a side of 0.
    pub(super) fn new(width: u32, height: u32) -> Option<Self> {
        Some(Self {
            pixmap: Pixmap::new(width, height)?,
            frame: Transform::identity(),
            clip: None,
        })
    }

    /// Limits what follows to the inside of a path, until [`Self::unclip`].
    pub(super) fn clip_to(&mut self, path: &Shape) {
        self.clip = Mask::new(self.pixmap.width(), self.pixmap.height()).map(|mut mask| {
            if let Some(path) = path {
                mask.fill_path(path, FillRule::Winding, true, self.frame);
            }
            mask
        });
    }

    /// Draws everywhere again.
    pub(super) fn unclip(&mut self) {
        self.clip = None;
    }

    /// Fills a shape with one colour at a strength from 0 to 1.
    pub(super) fn fill(&mut self, path: &Shape, colour: Rgb, strength: f32) {
        self.fill_with(path, Shader::SolidColor(tone(colour, strength)));
    }

    /// Fills a shape with colours that change from one point to another.
    pub(super) fn fill_between(&mut self, path: &Shape, from: (Spot, Rgb), to: (Spot, Rgb)) {
        let stops = vec![
            GradientStop::new(0.0, tone(from.1, 1.0)),
            GradientStop::new(1.0, tone(to.1, 1.0)),
        ];
        let (start, end) = (
            Point::from_xy(from.0.0, from.0.1),
            Point::from_xy(to.0.0, to.0.1),
        );
        let shader = LinearGradient::new(start, end, stops, SpreadMode::Pad, Transform::identity());
        self.fill_with(
            path,
            shader.unwrap_or(Shader::SolidColor(tone(from.1, 1.0))),
        );
    }

    /// A soft ellipse that is strongest in its centre and fades to nothing at its rim, by `(1 - d²)²` of the distance.
    ///
    /// Blended here rather than by a gradient of tiny-skia: a portrait has forty of them and they cover most of it.
    pub(super) fn glow(&mut self, centre: Spot, radii: Spot, colour: Rgb, strength: f32) {
        let (rx, ry) = (radii.0.max(0.5), radii.1.max(0.5));
        let shape = self
            .frame
            .pre_concat(Transform::from_row(rx, 0.0, 0.0, ry, centre.0, centre.1));
        let Some(inverse) = shape.invert() else {
            return;
        };
        // The farthest points of a unit circle's image along x and y.
        let reach = (length(shape.sx, shape.kx), length(shape.ky, shape.sy));
        let (width, height) = (self.pixmap.width() as usize, self.pixmap.height() as usize);
        let span = |middle: f32, reach: f32, end: usize| {
            let low = (middle - reach).clamp(0.0, end as f32) as usize;
            low..((middle + reach + 1.0).clamp(0.0, end as f32) as usize).max(low)
        };
        let (columns, rows) = (
            span(shape.tx, reach.0, width),
            span(shape.ty, reach.1, height),
        );
        let ink = colour.map(f32::from);
        let strength = strength.clamp(0.0, 1.0);
        let pixels = self.pixmap.data_mut();
        for y in rows {
            let row = y * width;
            let (px, py) = (columns.start as f32 + 0.5, y as f32 + 0.5);
            let start = (
                px * inverse.sx + py * inverse.kx + inverse.tx,
                px * inverse.ky + py * inverse.sy + inverse.ty,
            );
            let line = &mut pixels[(row + columns.start) * 4..(row + columns.end) * 4];
            let cover = self
                .clip
                .as_ref()
                .map(|mask| &mask.data()[row + columns.start..row + columns.end]);
            glow_line(
                line,
                cover,
                start,
                (inverse.sx, inverse.ky),
                (ink, strength),
            );
        }
    }

    /// Makes every pixel inside the clip lighter or darker by about `strength` levels (standard deviation), alike on all
    /// channels.
    pub(super) fn grain(&mut self, strength: f32, random: &mut Random) {
        let Some(clip) = &self.clip else { return };
        let pixels = self.pixmap.data_mut().chunks_exact_mut(4);
        for (pixel, &cover) in pixels.zip(clip.data()) {
            if cover == 0 {
                continue;
            }
            // The sum of three even spreads of this width has a standard deviation of 1.
            let change: f32 = (0..3).map(|_| random.between(-1.0, 1.0)).sum();
            let change = change * strength * f32::from(cover) / 255.0;
            for value in &mut pixel[..3] {
                *value = (f32::from(*value) + change + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
    }

    /// A line along a path, round at its ends.
    pub(super) fn line(&mut self, path: &Shape, width: f32, colour: Rgb, strength: f32) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        let paint = paint_of(Shader::SolidColor(tone(colour, strength)));
        if let Some(path) = path {
            self.pixmap
                .stroke_path(path, &paint, &stroke, self.frame, self.clip.as_ref());
        }
    }

    fn fill_with(&mut self, path: &Shape, shader: Shader<'static>) {
        let paint = paint_of(shader);
        if let Some(path) = path {
            self.pixmap.fill_path(
                path,
                &paint,
                FillRule::Winding,
                self.frame,
                self.clip.as_ref(),
            );
        }
    }
}

fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

/// One row of a glow: from `start` in the unit circle's frame onwards by `step` a pixel.
fn glow_line(
    line: &mut [u8],
    cover: Option<&[u8]>,
    start: Spot,
    step: Spot,
    (ink, strength): ([f32; 3], f32),
) {
    for (index, pixel) in line.chunks_exact_mut(4).enumerate() {
        let (u, v) = (
            start.0 + step.0 * index as f32,
            start.1 + step.1 * index as f32,
        );
        let inside = (1.0 - u * u - v * v).max(0.0);
        let covered = cover.map_or(1.0, |mask| f32::from(mask[index]) / 255.0);
        let share = inside * inside * strength * covered;
        for (value, ink) in pixel.iter_mut().zip(ink) {
            let old = f32::from(*value);
            *value = (old + (ink - old) * share + 0.5) as u8;
        }
    }
}

fn paint_of(shader: Shader<'static>) -> Paint<'static> {
    Paint {
        shader,
        anti_alias: true,
        ..Paint::default()
    }
}

fn tone(colour: Rgb, strength: f32) -> Color {
    let alpha = (strength.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
    Color::from_rgba8(colour[0], colour[1], colour[2], alpha)
}

/// A smooth closed shape through the knots.
pub(super) fn blob(knots: &[Spot]) -> Shape {
    let mut builder = PathBuilder::new();
    trace(&mut builder, knots, true);
    builder.close();
    builder.finish()
}

/// A smooth open line through the knots.
pub(super) fn curve(knots: &[Spot]) -> Shape {
    let mut builder = PathBuilder::new();
    trace(&mut builder, knots, false);
    builder.finish()
}

/// A closed shape of several smooth lines one after another, with corners where they meet.
pub(super) fn joined(lines: &[&[Spot]]) -> Shape {
    let mut builder = PathBuilder::new();
    for knots in lines {
        trace(&mut builder, knots, false);
    }
    builder.close();
    builder.finish()
}

/// A closed shape with straight sides.
pub(super) fn polygon(corners: &[Spot]) -> Shape {
    let mut builder = PathBuilder::new();
    for (index, &(x, y)) in corners.iter().enumerate() {
        if index == 0 {
            builder.move_to(x, y);
        } else {
            builder.line_to(x, y);
        }
    }
    builder.close();
    builder.finish()
}

/// An ellipse.
pub(super) fn ellipse(centre: Spot, radii: Spot) -> Shape {
    let (rx, ry) = (radii.0.max(0.05), radii.1.max(0.05));
    let rect = Rect::from_ltrb(centre.0 - rx, centre.1 - ry, centre.0 + rx, centre.1 + ry);
    rect.and_then(PathBuilder::from_oval)
}

fn trace(builder: &mut PathBuilder, knots: &[Spot], closed: bool) {
    for (index, [start, first, second, end]) in segments(knots, closed).into_iter().enumerate() {
        if index == 0 && builder.is_empty() {
            builder.move_to(start.0, start.1);
        } else if index == 0 {
            builder.line_to(start.0, start.1);
        }
        builder.cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
    }
}

/// The colour `share` of the way from one colour to another.
pub(super) fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|i| {
        (f32::from(from[i]) + (f32::from(to[i]) - f32::from(from[i])) * share + 0.5) as u8
    })
}

/// A colour darkened (`factor` below 1) or brightened.
pub(super) fn shade(colour: Rgb, factor: f32) -> Rgb {
    colour.map(|c| (f32::from(c) * factor + 0.5).clamp(0.0, 255.0) as u8)
}
