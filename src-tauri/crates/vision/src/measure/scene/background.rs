//! Colour and evenness of the background.

use zhaoshen_model::PixelRect;

use super::super::stat::{self, SurfaceFit, surface_at, terms};
use super::{Cells, SIDE};
use crate::colour::{Lab, delta_e};
use crate::nets::kernels::{Wide, wide};

/// Cells kept away from the person's outline: loose hair and the mask's own error live there.
const MARGIN: u8 = 3;
/// Fewest cells that make a background.
const FEWEST_CELLS: usize = 40;
/// Distance in CIELAB from the smooth fit from which a cell is foreign to the background.
const FOREIGN: f32 = 5.0;
/// Fewest touching foreign cells that count; fewer are noise.
const FEWEST_FOREIGN: usize = 3;
/// Of what is foreign, a shadow is darker, has the fit's a* and b* dimmed as its lightness is, to within so much, and
/// varies no more than so much in lightness from one cell to the next: stray hair is streaky and has a colour of its own.
const OWN_COLOUR: f32 = 5.0;
/// Share of the fit's lightness that a shadow leaves: smooth black hair that the person mask lost leaves less.
const LEFT: f32 = 0.55;
const STREAKY: f32 = 3.0;
/// Width at which the gradient is stated, px.
const GRADIENT_WIDTH_PX: f64 = 480.0;
/// Zones compared with each other, as shares of the picture: left, top, right, bottom.
const ZONES: [[f64; 4]; 9] = [
    [0.00, 0.00, 0.22, 0.18],
    [0.00, 0.18, 0.18, 0.36],
    [0.00, 0.36, 0.18, 0.54],
    [0.00, 0.54, 0.18, 0.72],
    [0.78, 0.00, 1.00, 0.18],
    [0.82, 0.18, 1.00, 0.36],
    [0.82, 0.36, 1.00, 0.54],
    [0.82, 0.54, 1.00, 0.72],
    [0.35, 0.00, 0.65, 0.12],
];

/// What is measured of the background; rectangles in working px.
pub(super) struct Background {
    pub(super) share: f64,
    pub(super) rgb: [u8; 3],
    pub(super) lab: [f64; 3],
    pub(super) lightness_std: f64,
    pub(super) zone_delta_e: f64,
    pub(super) gradient: f64,
    pub(super) outlier_share: f64,
    pub(super) outlier_rect: Option<PixelRect>,
    pub(super) shadow_share: f64,
}

/// Measures the background; `None` when hardly any is seen.
pub(super) fn measure(cells: &Cells) -> Option<Background> {
    let chosen: Vec<usize> = (0..SIDE * SIDE)
        .filter(|&cell| cells.to_person[cell] > MARGIN)
        .collect();
    if chosen.len() < FEWEST_CELLS {
        return None;
    }
    let labs: Vec<Lab> = chosen.iter().map(|&cell| cells.lab(cell)).collect();
    let lab = stat::median_of_three(&labs)?;
    let rgb = stat::median_of_bytes(chosen.iter().map(|&cell| cells.rgb(cell)))?;
    let (_, lightness_std) = stat::mean_and_deviation(labs.iter().map(|lab| f64::from(lab[0])))?;
    let background = cells
        .to_person
        .iter()
        .filter(|&&distance| distance > 0)
        .count();
    let Outliers {
        share: outlier_share,
        rect: outlier_rect,
        shadow_share,
    } = outliers(cells, &chosen);
    Some(Background {
        share: background as f64 / (SIDE * SIDE) as f64,
        rgb,
        lab: lab.map(f64::from),
        lightness_std,
        zone_delta_e: zone_delta_e(cells),
        gradient: gradient(cells, &chosen),
        outlier_share,
        outlier_rect,
        shadow_share,
    })
}

/// Largest CIEDE2000 between the median colours of any two zones.
fn zone_delta_e(cells: &Cells) -> f64 {
    let medians: Vec<Lab> = ZONES
        .iter()
        .filter_map(|zone| zone_median(cells, zone))
        .collect();
    let mut largest = 0.0f64;
    for (index, &first) in medians.iter().enumerate() {
        for &second in &medians[index + 1..] {
            largest = largest.max(delta_e(first, second));
        }
    }
    largest
}

fn zone_median(cells: &Cells, &[left, top, right, bottom]: &[f64; 4]) -> Option<Lab> {
    let place = |share: f64| (share * SIDE as f64) as usize;
    let mut labs = Vec::new();
    for row in place(top)..place(bottom) {
        for column in place(left)..place(right) {
            let cell = row * SIDE + column;
            if cells.to_person[cell] > MARGIN {
                labs.push(cells.lab(cell));
            }
        }
    }
    if labs.len() < 30 {
        None
    } else {
        stat::median_of_three(&labs)
    }
}

/// Mean length of the lightness gradient, per px at [`GRADIENT_WIDTH_PX`].
fn gradient(cells: &Cells, chosen: &[usize]) -> f64 {
    let to_width = GRADIENT_WIDTH_PX / (cells.cell_width * SIDE as f64);
    let (across, down) = (cells.cell_width * to_width, cells.cell_height * to_width);
    let lightness = |cell: usize| f64::from(cells.lab(cell)[0]);
    let steps = chosen.iter().step_by(2).filter_map(|&cell| {
        let (x, y) = (cell % SIDE, cell / SIDE);
        let inner = x > 0 && y > 0 && x + 1 < SIDE && y + 1 < SIDE;
        inner.then(|| {
            let dx = (lightness(cell + 1) - lightness(cell - 1)) / (2.0 * across);
            let dy = (lightness(cell + SIDE) - lightness(cell - SIDE)) / (2.0 * down);
            (dx * dx + dy * dy).sqrt()
        })
    });
    stat::mean_and_deviation(steps).map_or(0.0, |(mean, _)| mean)
}

/// What of the background does not belong to a smooth surface.
#[derive(Default)]
struct Outliers {
    share: f64,
    /// Where most of it is.
    rect: Option<PixelRect>,
    shadow_share: f64,
}

/// Compares the background with a smooth surface fitted to it.
fn outliers(cells: &Cells, chosen: &[usize]) -> Outliers {
    let mut foreign = vec![false; SIDE * SIDE];
    let mut shadow = vec![false; SIDE * SIDE];
    let fitted = wide(MarkForeign {
        cells,
        chosen,
        foreign: &mut foreign,
        shadow: &mut shadow,
    });
    if !fitted {
        return Outliers::default();
    }
    let share = |count: usize| count as f64 / chosen.len() as f64;
    let (count, largest) = clusters(&mut foreign);
    Outliers {
        share: share(count),
        rect: largest.map(|(columns, rows)| cells.rect(columns, rows)),
        shadow_share: share(clusters(&mut shadow).0),
    }
}

/// Fits a smooth surface to the `chosen` cells, three times, each without what was foreign to the one before, and
/// marks what is foreign to the last, and what of that is its shadow. False when there is too little to fit.
struct MarkForeign<'a> {
    cells: &'a Cells,
    chosen: &'a [usize],
    foreign: &'a mut [bool],
    shadow: &'a mut [bool],
}

impl Wide for MarkForeign<'_> {
    type Result = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let step = (self.chosen.len() / 2000).max(1) | 1;
        let mut surface = None;
        for _ in 0..3 {
            let mut fit = SurfaceFit::new();
            for &cell in self.chosen.iter().step_by(step) {
                let fits = match &surface {
                    None => true,
                    Some(surface) => distance(surface, self.cells, cell) < FOREIGN,
                };
                if fits {
                    fit.add(place(cell), self.cells.lab(cell));
                }
            }
            surface = fit.solve().or(surface);
        }
        let Some(surface) = surface else {
            return false;
        };
        for &cell in self.chosen {
            if distance(&surface, self.cells, cell) >= FOREIGN {
                self.foreign[cell] = true;
                self.shadow[cell] = is_shadow(&surface, self.cells, cell);
            }
        }
        true
    }
}

/// The surface's terms at a cell.
#[inline(always)]
fn place(cell: usize) -> [f64; stat::TERMS] {
    let unit = |v: usize| v as f64 / (SIDE as f64 / 2.0) - 1.0;
    terms(unit(cell % SIDE), unit(cell / SIDE))
}

/// Distance in CIELAB of a cell from the surface.
#[inline(always)]
fn distance(surface: &[[f64; 3]; stat::TERMS], cells: &Cells, cell: usize) -> f32 {
    let (fit, lab) = (surface_at(surface, place(cell)), cells.lab(cell));
    let [l, a, b] = [0, 1, 2].map(|i| (fit[i] - lab[i]) * (fit[i] - lab[i]));
    (l + a + b).sqrt()
}

/// Whether a cell looks like the surface in less light.
#[inline(always)]
fn is_shadow(surface: &[[f64; 3]; stat::TERMS], cells: &Cells, cell: usize) -> bool {
    let (fit, lab) = (surface_at(surface, place(cell)), cells.lab(cell));
    let dimmed = lab[0] / fit[0].max(1.0);
    if !(LEFT..1.0).contains(&dimmed) {
        return false;
    }
    let [a, b] = [1, 2].map(|i| lab[i] - dimmed * fit[i]);
    let (column, row) = (cell % SIDE, cell / SIDE);
    let step = |other: usize| (cells.lab(other)[0] - lab[0]).abs();
    let across = if column + 1 < SIDE {
        step(cell + 1)
    } else {
        0.0
    };
    let down = if row + 1 < SIDE {
        step(cell + SIDE)
    } else {
        0.0
    };
    a.hypot(b) < OWN_COLOUR && across < STREAKY && down < STREAKY
}

type Span = (usize, usize);

/// Number of cells in clusters large enough to count, and the extent of the largest. Empties `marked`.
fn clusters(marked: &mut [bool]) -> (usize, Option<(Span, Span)>) {
    let (mut total, mut largest, mut extent) = (0, 0, None);
    let mut stack = Vec::new();
    for start in 0..marked.len() {
        if !std::mem::take(&mut marked[start]) {
            continue;
        }
        stack.push(start);
        let mut size = 0;
        let (mut columns, mut rows) = ((SIDE, 0), (SIDE, 0));
        while let Some(cell) = stack.pop() {
            let (x, y) = (cell % SIDE, cell / SIDE);
            size += 1;
            columns = (columns.0.min(x), columns.1.max(x));
            rows = (rows.0.min(y), rows.1.max(y));
            for near_y in y.saturating_sub(1)..=(y + 1).min(SIDE - 1) {
                for near_x in x.saturating_sub(1)..=(x + 1).min(SIDE - 1) {
                    let near = near_y * SIDE + near_x;
                    if std::mem::take(&mut marked[near]) {
                        stack.push(near);
                    }
                }
            }
        }
        if size >= FEWEST_FOREIGN {
            total += size;
            if size > largest {
                (largest, extent) = (size, Some((columns, rows)));
            }
        }
    }
    (total, extent)
}
