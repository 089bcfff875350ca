//! A thin thing that hangs under the lobe before plain background, and ends there.

use super::HEIGHT;
use super::ear::Ear;
use super::mask::{Disc, Mask, columns};
use super::window::Window;
use crate::measure::stat;

/// The place under the lobe must show background over this share at least, or nothing can be told.
const LEAST_BACKGROUND: f32 = 0.5;
/// Fewest pixels of a thing.
const LEAST_AREA: u32 = 30;
/// Least range of lightness within it: metal and stones shine, a strand of hair is dark all along.
const LEAST_RANGE: f32 = 15.0;
/// Contrast is counted up to here.
const MOST: f32 = 80.0;

/// The contrast of what hangs there most clearly; 0 without anything.
pub(super) fn measure(window: &Window, ear: &Ear) -> f32 {
    if background_below(window, ear) < LEAST_BACKGROUND {
        return 0.0;
    }
    let thick = ear.solid.or(&window.face).opened(Disc::new(17));
    let mut thin = ear.solid.without(&thick.grown(Disc::new(3)));
    thin = thin.without(&ear.face);
    let begin = (ear.end - 24).clamp(0, HEIGHT as i32) as usize;
    thin.0[..begin].fill(0);
    let all = thin.area();
    if all < LEAST_AREA {
        return 0.0;
    }
    let things = thin.parts(true);
    let hanging = things.filter(|thing| thing.area() * 2 >= all && hangs(window, ear, thing));
    hanging
        .filter_map(|thing| contrast(window, &thing))
        .fold(0.0, f32::max)
}

/// Share of background under the lobe.
fn background_below(window: &Window, ear: &Ear) -> f32 {
    let mut below = Mask::EMPTY;
    for y in (ear.end + 1).max(0)..(ear.end + 40).min(HEIGHT as i32) {
        let edge = window.edges[y as usize];
        below.0[y as usize] = columns(edge + 5..edge + 45);
    }
    let seen = below.and(&ear.background).area();
    seen as f32 / below.area().max(1) as f32
}

/// Whether a thing begins at the lobe and ends a little below it.
fn hangs(window: &Window, ear: &Ear, thing: &Mask) -> bool {
    let Some(rows) = thing.rows() else {
        return false;
    };
    let (top, last) = (rows.start as i32, rows.end as i32 - 1);
    let ends_below = (ear.end + 6..=ear.end + 70).contains(&last);
    let beside = thing
        .places()
        .all(|(x, y)| x as i32 - window.edges[y] <= 56);
    thing.area() >= LEAST_AREA && top <= ear.end + 20 && ends_below && beside
}

/// How far a thing stands out of the background, where its own light varies enough.
fn contrast(window: &Window, thing: &Mask) -> Option<f32> {
    let colours = || thing.places().map(|(x, y)| window.lab(x, y));
    let mut light: Vec<f32> = colours().map(|[l, _, _]| l).collect();
    let range = stat::quantile(&mut light, 0.9)? - stat::quantile(&mut light, 0.1)?;
    let mut apart: Vec<f32> = colours()
        .map(|lab| Window::apart(lab, window.behind))
        .collect();
    let contrast = stat::quantile(&mut apart, 0.7)?;
    (range >= LEAST_RANGE).then_some(contrast.min(MOST))
}
