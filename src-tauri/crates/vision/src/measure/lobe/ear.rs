//! Where the ear is in its window, and where its lobe ends.

use super::curvature::Row;
use super::mask::{Disc, Mask};
use super::window::Window;
use super::{HEIGHT, WIDTH};
use crate::colour::Lab;
use crate::measure::stat;
use crate::nets::kernels::{Wide, wide};

/// Cosine of how far, 0.6 rad, a skin's hue may lie from the cheek's.
const HUE_COSINE: f32 = 0.825_336;
/// An ear begins above this row, the nose's foot.
const FOOT: usize = 90;
/// An ear has this many pixels and rows of this many, at least.
const LEAST: (u32, usize, u32) = (200, 12, 6);
/// The lobe: so many rows of the ear's lower end.
const LOBE_ROWS: usize = 35;

/// An ear that shows.
pub(super) struct Ear {
    /// Last row of its lobe.
    pub(super) end: i32,
    /// The skin of head and ear.
    pub(super) skin: Mask,
    /// The face with a rim.
    pub(super) face: Mask,
    /// The background.
    pub(super) background: Mask,
    /// What is clearly no background.
    pub(super) solid: Mask,
    /// By pixel, how far its colour is from this lobe's in any light.
    pub(super) foreign: Vec<Row>,
}

impl Ear {
    /// Looks for thick skin beside the face.
    pub(super) fn find(window: &Window) -> Option<Self> {
        let Classes {
            skin,
            background,
            solid,
        } = wide(Classify(window));
        let body = skin.or(&window.face).opened(Disc::block());
        let body = body.joined_to(&window.face, true);
        let face = window.face.grown(Disc::new(9));
        let beside = body.closed(Disc::new(9)).without(&face);
        let (least_area, least_rows, least_width) = LEAST;
        let mut largest: Option<Mask> = None;
        for part in beside.opened(Disc::new(9)).parts(false) {
            let begins = part.rows().is_some_and(|rows| rows.start <= FOOT);
            let most = largest.as_ref().map_or(least_area - 1, Mask::area);
            if begins && part.area() > most {
                largest = Some(part);
            }
        }
        let mut ear = largest?;
        let widths = ear.0.map(u128::count_ones);
        let rows = || (0..HEIGHT).filter(|&y| widths[y] >= least_width);
        if rows().count() < least_rows {
            return None;
        }
        let (top, last) = (rows().next()?, rows().next_back()?);
        let end = lower_end(&widths, top, last);
        ear.0[end + 1..].fill(0);
        ear.0[..=end.saturating_sub(LOBE_ROWS)].fill(0);
        let colours: Vec<Lab> = ear.places().map(|(x, y)| window.lab(x, y)).collect();
        let lobe = stat::median_of_three(&colours)?;
        Some(Self {
            end: end as i32,
            skin: body.or(&window.face),
            face,
            background,
            solid,
            foreign: wide(Foreign(window, lobe)),
        })
    }
}

/// The ear's last row, or where it is narrowest when a neck goes on below it.
fn lower_end(widths: &[u32; HEIGHT], top: usize, last: usize) -> usize {
    let widest =
        (top..(top + 90).min(HEIGHT)).fold(
            top,
            |best, y| {
                if widths[y] > widths[best] { y } else { best }
            },
        );
    if last <= widest + 25 {
        return last;
    }
    let waist =
        (widest + 8..=last).fold(
            widest + 8,
            |best, y| {
                if widths[y] < widths[best] { y } else { best }
            },
        );
    let below = widths[waist..=last].iter().max().copied().unwrap_or(0);
    if below > widths[waist] + 6 {
        waist
    } else {
        last
    }
}

/// What the window's pixels are by their colours alone.
struct Classes {
    skin: Mask,
    background: Mask,
    solid: Mask,
}

/// Tells the classes.
struct Classify<'a>(&'a Window);

/// The bits of a row of flags.
#[inline(always)]
fn packed(flags: &[bool; WIDTH]) -> u128 {
    let mut row = 0;
    for (eight, flags) in flags.as_chunks::<8>().0.iter().enumerate() {
        // Each product's bit falls on a place of its own; those of the topmost byte are the flags.
        let mut bytes = [0; 8];
        for (byte, &flag) in bytes.iter_mut().zip(flags) {
            *byte = u8::from(flag);
        }
        let bytes = u64::from_le_bytes(bytes);
        let bits = bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56;
        row |= u128::from(bits) << (8 * eight);
    }
    row
}

impl Wide for Classify<'_> {
    type Result = Classes;

    #[inline(always)]
    fn run(self) -> Classes {
        let Window {
            light,
            red,
            yellow,
            cheek: [cheek_l, cheek_a, cheek_b],
            behind,
            ..
        } = self.0;
        let chroma_of_cheek = cheek_a.hypot(*cheek_b);
        let mut classes = Classes {
            skin: Mask::EMPTY,
            background: Mask::EMPTY,
            solid: Mask::EMPTY,
        };
        for y in 0..HEIGHT {
            let (mut skin, mut near, mut far) = ([false; WIDTH], [false; WIDTH], [false; WIDTH]);
            for x in 0..WIDTH {
                let (l, a, b) = (light[y][x], red[y][x], yellow[y][x]);
                let from = Window::apart([l, a, b], *behind);
                near[x] = from < 12.0;
                far[x] = from > 16.0;
                let chroma = (a * a + b * b).sqrt();
                let along = a * cheek_a + b * cheek_b;
                let want = chroma_of_cheek * (l / cheek_l).clamp(0.3, 1.2);
                skin[x] = (along > HUE_COSINE * chroma * chroma_of_cheek)
                    & (chroma > 0.45 * want)
                    & (chroma < 2.2 * want + 6.0)
                    & (l > 0.4 * cheek_l)
                    & (l < cheek_l + 22.0)
                    & !near[x];
            }
            classes.skin.0[y] = packed(&skin);
            classes.background.0[y] = packed(&near);
            classes.solid.0[y] = packed(&far);
        }
        classes
    }
}

/// How far every pixel is from a skin's colour in more or less light.
struct Foreign<'a>(&'a Window, Lab);

impl Wide for Foreign<'_> {
    type Result = Vec<Row>;

    #[inline(always)]
    fn run(self) -> Vec<Row> {
        let Self(window, [l, a, b]) = self;
        let mut rows = vec![[0.0; WIDTH]; HEIGHT];
        for (y, row) in rows.iter_mut().enumerate() {
            for (x, distance) in row.iter_mut().enumerate() {
                let shade = (window.light[y][x] / l).clamp(0.2, 1.15);
                let (red, yellow) = (
                    window.red[y][x] - a * shade,
                    window.yellow[y][x] - b * shade,
                );
                *distance = (red * red + yellow * yellow).sqrt();
            }
        }
        rows
    }
}
