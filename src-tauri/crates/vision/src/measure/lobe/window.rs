//! The upright picture at one scale, and the windows cut out of it about each ear.

use std::borrow::Cow;

use fast_image_resize::FilterType;
use zhaoshen_model::{PixelRect, Point};

use super::curvature::Row;
use super::mask::{Mask, columns};
use super::sample::{self, Places};
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
/// The corner of the upright picture, beyond the other ear, from which the background's colour is taken: columns, every fifth, and rows.
const CORNER: ([i32; 2], [i32; 2]) = ([5, 80], [60, 200]);
/// Half the size of the patch of cheek from which the skin's colour is taken: every second px, [`ACROSS`] in a row.
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

    /// The colours at `COUNT` places from one on, `step` px apart in a row: between two px either way, or between four
    /// where the upright picture is the larger.
    #[inline(always)]
    fn colours<const COUNT: usize>(&self, x: f64, y: f64, step: f64) -> [[u8; 3]; COUNT] {
        let Point { x: across, y: down } = self.along;
        let places = Places {
            first: self.in_source(x, y),
            step: Point::new(step * across, step * down),
        };
        sample::colours(&self.source, places, across * across + down * down < 1.0)
    }

    /// The median colour of every `step`-th px either way of a patch.
    fn median(&self, left: i32, rows: [i32; 2], step: usize) -> Option<Lab> {
        stat::median_of_three(&wide(Patch {
            upright: self,
            left,
            rows,
            step,
        }))
    }
}

/// Places across a patch.
const ACROSS: usize = 15;

/// Colours of [`ACROSS`] places in each of some rows.
struct Patch<'a> {
    upright: &'a Upright<'a>,
    left: i32,
    rows: [i32; 2],
    step: usize,
}

impl Wide for Patch<'_> {
    type Result = Vec<Lab>;

    #[inline(always)]
    fn run(self) -> Vec<Lab> {
        let (left, step) = (f64::from(self.left), self.step as f64);
        let [top, bottom] = self.rows;
        let mut colours = Vec::with_capacity(ACROSS * (bottom - top).max(0) as usize);
        for y in (top..bottom).step_by(self.step) {
            let rgb: [[u8; 3]; ACROSS] = self.upright.colours(left, f64::from(y), step);
            let mut labs = [[0.0; 3]; ACROSS];
            colour::labs(rgb.as_flattened(), &mut labs);
            colours.extend_from_slice(&labs);
        }
        colours
    }
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
            if mirror { SIDES.0 as i32 - last } else { first }
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
    let mut ends = [[f64::INFINITY, f64::NEG_INFINITY]; HEIGHT];
    let mut previous = outline.last().copied().unwrap_or_default();
    for &corner in outline {
        widen_by_side(&mut ends, corner, previous);
        previous = corner;
    }
    let (mut face, mut edges) = (Mask::EMPTY, [0; HEIGHT]);
    for (y, [first, last]) in ends.into_iter().enumerate() {
        if first <= last {
            face.0[y] = columns(first.round() as i32..last.round() as i32 + 1);
            edges[y] = (last.round() as i32).clamp(0, WIDTH as i32 - 1);
        }
    }
    (face, edges)
}

/// Widens the rows that one side of an outline passes through.
fn widen_by_side(ends: &mut [[f64; 2]; HEIGHT], corner: Point, previous: Point) {
    let (low, high) = (corner.y.min(previous.y), corner.y.max(previous.y));
    let inside = |y: f64| y.clamp(0.0, HEIGHT as f64) as usize;
    let rows = inside((low - 0.5).ceil())..inside((high + 0.5).floor() + 1.0);
    for (y, ends) in ends.iter_mut().enumerate().take(rows.end).skip(rows.start) {
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
            *ends = [ends[0].min(x), ends[1].max(x)];
        }
    }
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
        let (first, step) = if self.mirror {
            (SIDES.0 - 1.0 - self.left, -1.0)
        } else {
            (self.left, 1.0)
        };
        for y in 0..HEIGHT {
            let rgb: [[u8; 3]; WIDTH] = self.upright.colours(first, self.top + y as f64, step);
            colour::lab_planes(&rgb, planes.each_mut().map(|plane| &mut plane[y]));
        }
        planes
    }
}
