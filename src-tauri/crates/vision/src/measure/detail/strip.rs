//! The middle of the face turned upright and brought to one scale, so that what is measured there does
//! not depend on the picture's size or on the head's tilt.

use fast_image_resize::FilterType;
use zhaoshen_model::{PixelRect, Point};

use crate::colour::{self, Lab};
use crate::measure::Look;
use crate::measure::landmarks::EYE_CORNERS;
use crate::nets::kernels::{Wide, wide};
use crate::picture::Picture;

/// Pixels of the strip per eye distance (middle of one eye's corners to the other's).
pub(super) const UNIT: f64 = 80.0;
/// What the strip shows, in eye distances from the point between the eyes: left and right end.
const ACROSS: [f64; 2] = [-1.2, 1.2];
/// The same: upper and lower end.
const DOWN: [f64; 2] = [-0.6, 0.85];
/// Columns of the strip.
pub(super) const WIDTH: usize = ((ACROSS[1] - ACROSS[0]) * UNIT) as usize;
/// Rows of the strip.
pub(super) const HEIGHT: usize = ((DOWN[1] - DOWN[0]) * UNIT) as usize;

/// The strip. Places in it are given in eye distances from the point between the eyes, x to the right
/// along the eyes, y down.
pub(super) struct Strip {
    rgb: Vec<[u8; 3]>,
    /// Middle between the eyes in working px.
    origin: Point,
    /// One eye distance along the eyes, working px.
    along: Point,
}

impl Strip {
    /// Cuts the strip out; `None` where the face leaves too little of it in the picture.
    pub(super) fn cut(look: &Look<'_>) -> Option<Self> {
        let marks = look.landmarks();
        let [left, right] =
            EYE_CORNERS.map(|[first, second]| marks.at(first).midpoint(marks.at(second)));
        let along = Point::new(right.x - left.x, right.y - left.y);
        let mut strip = Self {
            rgb: Vec::new(),
            origin: left.midpoint(right),
            along,
        };
        let ends = [
            (ACROSS[0], DOWN[0]),
            (ACROSS[1], DOWN[0]),
            (ACROSS[0], DOWN[1]),
            (ACROSS[1], DOWN[1]),
        ];
        let region = PixelRect::around(&ends.map(|(x, y)| strip.in_picture(x, y)))?;
        let source = Source::of(look.picture, region, along.x.hypot(along.y))?;
        strip.rgb = wide(Cut {
            strip: &strip,
            source: &source,
        });
        Some(strip)
    }

    /// The working px of a place.
    pub(super) fn in_picture(&self, x: f64, y: f64) -> Point {
        Point::new(
            self.origin.x + x * self.along.x - y * self.along.y,
            self.origin.y + x * self.along.y + y * self.along.x,
        )
    }

    /// The place of a point of the working picture.
    pub(super) fn place(&self, point: Point) -> Point {
        let (dx, dy) = (point.x - self.origin.x, point.y - self.origin.y);
        let square = (self.along.x * self.along.x + self.along.y * self.along.y).max(1e-9);
        Point::new(
            (dx * self.along.x + dy * self.along.y) / square,
            (dy * self.along.x - dx * self.along.y) / square,
        )
    }

    /// Column of a place, not yet clamped to the strip.
    pub(super) fn column(x: f64) -> f64 {
        (x - ACROSS[0]) * UNIT
    }

    /// Row of a place, not yet clamped to the strip.
    pub(super) fn row(y: f64) -> f64 {
        (y - DOWN[0]) * UNIT
    }

    /// Luma of every pixel.
    pub(super) fn lumas(&self) -> impl Iterator<Item = u8> {
        self.rgb.iter().map(|&pixel| colour::luma(pixel))
    }

    /// Colours of every second pixel either way within `bounds` that `chosen` holds for.
    pub(super) fn labs(
        &self,
        bounds: PixelRect,
        chosen: impl Fn(Point) -> bool,
    ) -> impl Iterator<Item = Lab> {
        let span = |low: f64, high: f64, side: usize| {
            let inside = |value: f64| value.clamp(0.0, side as f64) as usize;
            (inside(low)..inside(high)).step_by(2)
        };
        let columns = span(
            Self::column(bounds.x),
            Self::column(bounds.x + bounds.width),
            WIDTH,
        );
        let rows = span(
            Self::row(bounds.y),
            Self::row(bounds.y + bounds.height),
            HEIGHT,
        );
        rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
            .filter(move |&(column, row)| {
                let place = |cell: usize, start: f64| start + cell as f64 / UNIT;
                chosen(Point::new(place(column, ACROSS[0]), place(row, DOWN[0])))
            })
            .map(|(column, row)| colour::lab(self.rgb[row * WIDTH + column]))
    }
}

/// The part of the picture under the strip, no finer than the strip.
struct Source {
    picture: Picture,
    left: f64,
    top: f64,
    scale: f64,
}

impl Source {
    /// `None` when less than half of the region lies in the picture.
    fn of(picture: &Picture, region: PixelRect, eye_distance_px: f64) -> Option<Self> {
        let frame = picture.frame();
        let (left, top) = (region.x.max(0.0).floor(), region.y.max(0.0).floor());
        let right = (region.x + region.width + 1.0).min(frame.width).floor();
        let bottom = (region.y + region.height + 1.0).min(frame.height).floor();
        if right - left < 0.7 * region.width || bottom - top < 0.7 * region.height {
            return None;
        }
        let scale = (UNIT / eye_distance_px).min(1.0);
        let side = |length: f64| ((length * scale).round() as u32).max(1);
        let crop = PixelRect::new(left, top, right - left, bottom - top);
        let part = picture
            .scaled(crop, side(crop.width), side(crop.height), FilterType::Box)
            .ok()?;
        Some(Self {
            picture: part,
            left,
            top,
            scale,
        })
    }

    /// Where places along one axis of the working picture lie here: whole pixels, and the parts of the way to the
    /// next. A loop over arrays, so that it becomes vectors.
    #[inline(always)]
    fn along<const N: usize>(&self, places: &[f64; N], begin: f64) -> ([i32; N], [f64; N]) {
        let (mut whole, mut part) = ([0; N], [0.0; N]);
        for i in 0..N {
            let place = (places[i] - begin) * self.scale - 0.5;
            let towards_zero = place as i32;
            let below = towards_zero.wrapping_sub(i32::from(f64::from(towards_zero) > place));
            whole[i] = below;
            part[i] = place - f64::from(below);
        }
        (whole, part)
    }

    /// Bilinear colour between four pixels, clamped to the rim.
    #[inline(always)]
    fn at(&self, [column, row]: [i32; 2], [part_x, part_y]: [f64; 2]) -> [u8; 3] {
        let (upper, lower) = self.square(i64::from(column), i64::from(row));
        let mut mixed = [0u8; 4];
        for (channel, mixed) in mixed.iter_mut().enumerate() {
            let mix = |pair: &[u8; 8]| {
                f64::from(pair[channel]) * (1.0 - part_x) + f64::from(pair[channel + 4]) * part_x
            };
            *mixed = (mix(&upper) * (1.0 - part_y) + mix(&lower) * part_y + 0.5) as u8;
        }
        [mixed[0], mixed[1], mixed[2]]
    }

    /// Two pixels from column `x` on of row `y`, and the two below, clamped to the rim; each with a byte more, as
    /// four values are mixed as quickly as three.
    #[inline(always)]
    fn square(&self, x: i64, y: i64) -> ([u8; 8], [u8; 8]) {
        let width = self.picture.width_px() as usize;
        if x >= 0 && y >= 0 && x + 1 < width as i64 {
            let start = (y as usize * width + x as usize) * 3;
            let pair = |start: usize| self.picture.rgb().get(start..)?.first_chunk::<6>();
            if let (Some(upper), Some(lower)) = (pair(start), pair(start + width * 3)) {
                return (spread(*upper), spread(*lower));
            }
        }
        let pair = |y: i64| {
            let ([a, b, c], [d, e, f]) = (self.picture.at(x, y), self.picture.at(x + 1, y));
            spread([a, b, c, d, e, f])
        };
        (pair(y), pair(y + 1))
    }
}

#[inline(always)]
fn spread([a, b, c, d, e, f]: [u8; 6]) -> [u8; 8] {
    [a, b, c, 0, d, e, f, 0]
}

/// The pixels of the strip, row by row.
struct Cut<'a> {
    strip: &'a Strip,
    source: &'a Source,
}

impl Wide for Cut<'_> {
    type Result = Vec<[u8; 3]>;

    #[inline(always)]
    fn run(self) -> Vec<[u8; 3]> {
        let Strip { origin, along, .. } = *self.strip;
        let place = |cell: usize, start: f64| start + cell as f64 / UNIT;
        let columns: [Point; WIDTH] = std::array::from_fn(|x| {
            let x = place(x, ACROSS[0]);
            Point::new(origin.x + x * along.x, origin.y + x * along.y)
        });
        let mut rgb = vec![[0; 3]; WIDTH * HEIGHT];
        for (y, row) in rgb.chunks_exact_mut(WIDTH).enumerate() {
            let y = place(y, DOWN[0]);
            let (left, down) = (y * along.y, y * along.x);
            let (mut across, mut upright) = ([0.0; WIDTH], [0.0; WIDTH]);
            for i in 0..WIDTH {
                across[i] = columns[i].x - left;
                upright[i] = columns[i].y + down;
            }
            let (column, part_x) = self.source.along(&across, self.source.left);
            let (line, part_y) = self.source.along(&upright, self.source.top);
            for (i, pixel) in row.iter_mut().enumerate() {
                *pixel = self.source.at([column[i], line[i]], [part_x[i], part_y[i]]);
            }
        }
        rgb
    }
}
