//! The upright picture at one scale, and the windows cut out of it about each ear.

use std::borrow::Cow;

use fast_image_resize::FilterType;
use zhaoshen_model::{PixelRect, Point};

use super::curvature::Row;
use super::mask::{Mask, columns};
use super::{HEIGHT, UNIT, WIDTH};
use crate::colour::{self, Lab};
use crate::measure::Look;
use crate::measure::landmarks::{IRISES, OVAL};
use crate::measure::stat;
use crate::nets::kernels::{Wide, wide};
use crate::picture::Picture;

/// Size of the upright picture.
const SIDES: (f64, f64) = (760.0, 900.0);
/// Where the middle between the irises lies in it.
const MIDDLE: Point = Point { x: 380.0, y: 330.0 };
/// The face's edge at cheek height, left and right, which stands in this column of a window.
const EDGES: [usize; 2] = [93, 323];
/// See [`EDGES`].
const EDGE_COLUMN: f64 = 40.0;
/// The nose's foot, which stands in this row of a window.
const NOSE_FOOT: usize = 2;
/// See [`NOSE_FOOT`].
const FOOT_ROW: f64 = 90.0;
/// Middle of the cheek, left and right.
const CHEEKS: [usize; 2] = [50, 280];
/// The corner of the upright picture, beyond the other ear, from which the background's colour is taken: columns and rows.
const CORNER: ([i32; 2], [i32; 2]) = ([5, 80], [60, 200]);
/// Half the size of the patch of cheek from which the skin's colour is taken.
const PATCH: i32 = 15;
/// A photo with more px than this between the eyes is brought down before it is looked at.
const MOST_EYE_DISTANCE: f64 = 2.0 * UNIT;

/// The picture turned so that the eyes are level, and scaled so that they are [`UNIT`] px apart.
pub(super) struct Upright<'a> {
    source: Cow<'a, Picture>,
    /// Where the upright picture's origin lies in the source.
    origin: Point,
    /// One px to the right in the upright picture, source px.
    along: Point,
    /// From px of the working picture to those of the source.
    into: ToSource,
}

/// From px of the working picture to those of the source.
#[derive(Clone, Copy)]
struct ToSource {
    scale: (f64, f64),
    shift: Point,
}

impl ToSource {
    fn point(self, point: Point) -> Point {
        Point::new(
            point.x * self.scale.0 - self.shift.x,
            point.y * self.scale.1 - self.shift.y,
        )
    }
}

impl<'a> Upright<'a> {
    /// Takes the photo as displayed, or a smaller copy of the part about the face when it is far larger than needed.
    pub(super) fn new(displayed: &'a Picture, look: &Look<'_>) -> Option<Self> {
        let into = ToSource {
            scale: (look.scale.x, look.scale.y),
            shift: Point::new(0.0, 0.0),
        };
        let source = Cow::Borrowed(displayed);
        let upright = Self::over(source, into, look);
        let eyes = UNIT * upright.along.x.hypot(upright.along.y);
        if eyes <= MOST_EYE_DISTANCE {
            return Some(upright);
        }
        let (right, bottom) = SIDES;
        let corners = [(0.0, 0.0), (right, 0.0), (0.0, bottom), (right, bottom)];
        let region = PixelRect::around(&corners.map(|(x, y)| upright.in_source(x, y)))?;
        let frame = displayed.frame();
        let (left, top) = (region.x.max(0.0).floor(), region.y.max(0.0).floor());
        let width = (region.x + region.width).min(frame.width).floor() - left;
        let height = (region.y + region.height).min(frame.height).floor() - top;
        let crop = PixelRect::new(left, top, width, height);
        let side = |length: f64| ((length * MOST_EYE_DISTANCE / eyes).round() as u32).max(1);
        let (to_width, to_height) = (side(width), side(height));
        let part = displayed
            .scaled(crop, to_width, to_height, FilterType::Box)
            .ok()?;
        let (x, y) = (f64::from(to_width) / width, f64::from(to_height) / height);
        let into = ToSource {
            scale: (look.scale.x * x, look.scale.y * y),
            shift: Point::new(left * x, top * y),
        };
        Some(Self::over(Cow::Owned(part), into, look))
    }

    fn over(source: Cow<'a, Picture>, into: ToSource, look: &Look<'_>) -> Self {
        let [left, right] = IRISES.map(|iris| into.point(look.landmarks().at(iris)));
        let along = Point::new((right.x - left.x) / UNIT, (right.y - left.y) / UNIT);
        let middle = left.midpoint(right);
        let origin = Point::new(
            middle.x - MIDDLE.x * along.x + MIDDLE.y * along.y,
            middle.y - MIDDLE.x * along.y - MIDDLE.y * along.x,
        );
        Self {
            source,
            origin,
            along,
            into,
        }
    }

    /// The source px of a place of the upright picture.
    #[inline(always)]
    fn in_source(&self, x: f64, y: f64) -> Point {
        Point::new(
            self.origin.x + x * self.along.x - y * self.along.y,
            self.origin.y + x * self.along.y + y * self.along.x,
        )
    }

    /// The upright place of a point of the working picture.
    fn place(&self, point: Point) -> Point {
        let point = self.into.point(point);
        let (dx, dy) = (point.x - self.origin.x, point.y - self.origin.y);
        let square = self.along.x * self.along.x + self.along.y * self.along.y;
        Point::new(
            (dx * self.along.x + dy * self.along.y) / square,
            (dy * self.along.x - dx * self.along.y) / square,
        )
    }

    /// The colour at a place: between two px either way, or between four where the upright picture is the larger.
    #[inline(always)]
    fn colour(&self, x: f64, y: f64) -> [u8; 3] {
        let at = self.in_source(x, y);
        let (column, row) = (at.x.floor(), at.y.floor());
        let parts = [(at.x - column) as f32, (at.y - row) as f32];
        let start = [column as i64, row as i64];
        let smaller = self.along.x * self.along.x + self.along.y * self.along.y < 1.0;
        if smaller {
            self.mixed(start.map(|at| at - 1), parts.map(cubic))
        } else {
            self.mixed(start, parts.map(|part| [1.0 - part, part]))
        }
    }

    /// The weighted sum of some px from `column`, `row` on, clamped to the rim.
    #[inline(always)]
    fn mixed<const N: usize>(
        &self,
        [column, row]: [i64; 2],
        [across, down]: [[f32; N]; 2],
    ) -> [u8; 3] {
        let mut sum = [0.5f32; 3];
        let width = self.source.width_px() as usize;
        let inside = column >= 0
            && row >= 0
            && column as usize + N <= width
            && row as usize + N <= self.source.height_px() as usize;
        for (dy, down) in down.into_iter().enumerate() {
            let mut line = [0.0f32; 3];
            if inside {
                let start = ((row as usize + dy) * width + column as usize) * 3;
                let pixels = &self.source.rgb()[start..start + 3 * N];
                for (pixel, weight) in pixels.as_chunks::<3>().0.iter().zip(across) {
                    for channel in 0..3 {
                        line[channel] += f32::from(pixel[channel]) * weight;
                    }
                }
            } else {
                for (dx, weight) in across.into_iter().enumerate() {
                    let pixel = self.source.at(column + dx as i64, row + dy as i64);
                    for channel in 0..3 {
                        line[channel] += f32::from(pixel[channel]) * weight;
                    }
                }
            }
            for channel in 0..3 {
                sum[channel] += line[channel] * down;
            }
        }
        sum.map(|value| value as u8)
    }

    /// The median colour of every `step`-th px either way of a rectangle.
    fn median(&self, x: [i32; 2], y: [i32; 2], step: usize) -> Option<Lab> {
        let rows = (y[0]..y[1]).step_by(step);
        let places = rows.flat_map(|y| (x[0]..x[1]).step_by(step).map(move |x| (x, y)));
        let colours: Vec<Lab> = places
            .map(|(x, y)| colour::lab(self.colour(f64::from(x), f64::from(y))))
            .collect();
        stat::median_of_three(&colours)
    }
}

/// Weights of four px in a row for a place `part` of the way from the second to the third.
#[inline(always)]
fn cubic(part: f32) -> [f32; 4] {
    const SHARPNESS: f32 = -0.75;
    let far = |at: f32| {
        ((SHARPNESS * at - 5.0 * SHARPNESS) * at + 8.0 * SHARPNESS) * at - 4.0 * SHARPNESS
    };
    let near = |at: f32| ((SHARPNESS + 2.0) * at - (SHARPNESS + 3.0)) * at * at + 1.0;
    let (first, second, third) = (far(part + 1.0), near(part), near(1.0 - part));
    [first, second, third, 1.0 - first - second - third]
}

/// The place about one ear, as if it were the right one.
pub(super) struct Window {
    /// CIELAB lightness, by row.
    pub(super) light: Vec<Row>,
    /// CIELAB a*.
    pub(super) red: Vec<Row>,
    /// CIELAB b*.
    pub(super) yellow: Vec<Row>,
    /// What the face's outline holds.
    pub(super) face: Mask,
    /// The face's last column of each row; 0 for none.
    pub(super) edges: [i32; HEIGHT],
    /// The cheek's colour on this side.
    pub(super) cheek: Lab,
    /// The background's colour.
    pub(super) behind: Lab,
}

impl Window {
    /// Cuts one side's window out.
    pub(super) fn cut(upright: &Upright<'_>, look: &Look<'_>, side: usize) -> Option<Self> {
        let mirror = side == 0;
        let place = |index: usize| {
            let place = upright.place(look.landmarks().at(index));
            let x = if mirror {
                SIDES.0 - 1.0 - place.x
            } else {
                place.x
            };
            Point::new(x, place.y)
        };
        let left = place(EDGES[side]).x.trunc() - EDGE_COLUMN;
        let top = place(NOSE_FOOT).y.trunc() - FOOT_ROW;
        let cheek = place(CHEEKS[side]);
        let seen = |[first, last]: [i32; 2]| {
            let width = SIDES.0 as i32;
            if mirror {
                [width - last, width - first]
            } else {
                [first, last]
            }
        };
        let about = |middle: f64| [middle as i32 - PATCH, middle as i32 + PATCH];
        let (columns, rows) = CORNER;
        let [light, red, yellow] = wide(Cut {
            upright,
            left,
            top,
            mirror,
        });
        let outline = OVAL.map(|index| {
            let place = place(index);
            Point::new((place.x - left).round(), (place.y - top).round())
        });
        let (face, edges) = filled(&outline);
        Some(Self {
            light,
            red,
            yellow,
            face,
            edges,
            cheek: upright.median(seen(about(cheek.x)), about(cheek.y), 2)?,
            behind: upright.median(seen(columns), rows, 5)?,
        })
    }

    /// The colour of a pixel.
    pub(super) fn lab(&self, x: usize, y: usize) -> Lab {
        [self.light[y][x], self.red[y][x], self.yellow[y][x]]
    }

    /// How far two colours lie apart where hue counts for more than light, which shadows change.
    #[inline(always)]
    pub(super) fn apart(one: Lab, other: Lab) -> f32 {
        let [l, a, b] = [
            one[0] - other[0],
            1.5 * (one[1] - other[1]),
            1.5 * (one[2] - other[2]),
        ];
        (l * l + a * a + b * b).sqrt()
    }
}

/// The pixels of an outline with its rim, and the last column of each row.
fn filled(outline: &[Point]) -> (Mask, [i32; HEIGHT]) {
    let (mut face, mut edges) = (Mask::EMPTY, [0; HEIGHT]);
    for (y, edge) in edges.iter_mut().enumerate() {
        let (mut first, mut last) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut previous = outline.last().copied().unwrap_or_default();
        for &corner in outline {
            let (low, high) = (corner.y.min(previous.y), corner.y.max(previous.y));
            // A flat side's pixels reach half a row up and down.
            for at in [-0.5, 0.0, 0.5] {
                let at = y as f64 + at;
                if at < low || at > high {
                    continue;
                }
                let along = if high > low {
                    (at - corner.y) / (previous.y - corner.y)
                } else {
                    0.0
                };
                let x = corner.x + along * (previous.x - corner.x);
                (first, last) = (first.min(x), last.max(x));
            }
            previous = corner;
        }
        if first <= last {
            face.0[y] = columns(first.round() as i32..last.round() as i32 + 1);
            *edge = (last.round() as i32).clamp(0, WIDTH as i32 - 1);
        }
    }
    (face, edges)
}

/// The window's colours.
struct Cut<'a> {
    upright: &'a Upright<'a>,
    left: f64,
    top: f64,
    mirror: bool,
}

impl Wide for Cut<'_> {
    type Result = [Vec<Row>; 3];

    #[inline(always)]
    fn run(self) -> [Vec<Row>; 3] {
        let mut planes = [(); 3].map(|()| vec![[0.0; WIDTH]; HEIGHT]);
        let mut rgb = [0u8; WIDTH * 3];
        let mut labs = [[0.0; 3]; WIDTH];
        for y in 0..HEIGHT {
            for (x, pixel) in rgb.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                let column = self.left + x as f64;
                let column = if self.mirror {
                    SIDES.0 - 1.0 - column
                } else {
                    column
                };
                *pixel = self.upright.colour(column, self.top + y as f64);
            }
            colour::labs(&rgb, &mut labs);
            for (channel, plane) in planes.iter_mut().enumerate() {
                plane[y] = std::array::from_fn(|x| labs[x][channel]);
            }
        }
        planes
    }
}
