//! The silhouette: where it touches the picture's borders, and the line of the shoulders.

use zhaoshen_model::Point;

use super::super::landmarks::{CHEEKS, CHIN};
use super::super::{Look, stat};
use super::PERSON;
use crate::nets::mask::GRID;

/// Offsets from the face's middle at which the shoulders' height is read, in face widths.
const OFFSETS: std::ops::RangeInclusive<u32> = 75..=125;

/// Reach of a shoulder that the picture's side border cuts, face widths.
const CUT_REACH: f64 = 1.0;

/// The line of the shoulders, in working px.
pub(super) struct Shoulders {
    pub(super) left: Point,
    pub(super) right: Point,
    pub(super) tilt_deg: f64,
}

/// Share of the top border, and of both side borders above the shoulders, that the person touches.
pub(super) fn touches(look: &Look<'_>) -> (f64, f64) {
    let person = |column: usize, row: usize| look.mask.grid()[row * GRID + column] >= PERSON;
    let share = |hits: usize, all: usize| hits as f64 / all.max(1) as f64;
    let top = (0..GRID).filter(|&column| person(column, 0)).count();
    // The chin marks the height above which no shoulder reaches the side of a well-framed photo.
    let rows = place(look.landmarks().at(CHIN).y, look.picture.frame().height);
    let sides = (0..rows)
        .map(|row| usize::from(person(0, row)) + usize::from(person(GRID - 1, row)))
        .sum();
    (share(top, GRID), share(sides, 2 * rows))
}

/// Heights of the silhouette beside the neck; `None` when the picture ends before the shoulders.
pub(super) fn shoulders(look: &Look<'_>) -> Option<Shoulders> {
    let marks = look.landmarks();
    let width = marks.face_width();
    let centre = marks.at(CHEEKS[0]).midpoint(marks.at(CHEEKS[1])).x;
    let frame = look.picture.frame();
    let height_at = |x: f64| {
        (0.0..frame.width).contains(&x).then_some(())?;
        let column = place(x, frame.width);
        // Long hair may hang beside the neck, so the search goes up from the bottom.
        let mut row = GRID;
        while row > 0 && look.mask.grid()[(row - 1) * GRID + column] >= PERSON {
            row -= 1;
        }
        (row < GRID).then(|| row as f64 * frame.height / GRID as f64)
    };
    let (mut slopes, mut lefts, mut rights) = (Vec::new(), Vec::new(), Vec::new());
    for offset in OFFSETS.step_by(5) {
        let away = f64::from(offset) / 100.0 * width;
        if let (Some(left), Some(right)) = (height_at(centre - away), height_at(centre + away)) {
            slopes.push((right - left).atan2(2.0 * away).to_degrees() as f32);
            lefts.push(Point::new(centre - away, left));
            rights.push(Point::new(centre + away, right));
        }
    }
    if slopes.len() < 4 {
        return None;
    }
    let tilt_deg = f64::from(stat::quantile(&mut slopes, 0.5)?);
    Some(Shoulders {
        left: *lefts.last()?,
        right: *rights.last()?,
        tilt_deg,
    })
}

/// How far the body reaches from the face's middle on its narrower side, at its widest below the chin, in face widths;
/// `None` when the picture ends at the chin. A side that the border cuts counts as [`CUT_REACH`] at least: how far it
/// goes on is not in the picture.
pub(super) fn shoulder_reach(look: &Look<'_>) -> Option<f64> {
    let marks = look.landmarks();
    let frame = look.picture.frame();
    let chin = marks.at(CHIN).y;
    if !(0.0..frame.height).contains(&chin) {
        return None;
    }
    let width = marks.face_width();
    let centre = marks.at(CHEEKS[0]).midpoint(marks.at(CHEEKS[1])).x;
    let middle = place(centre, frame.width);
    let cell = frame.width / GRID as f64;
    let reach = |cells: usize, all: usize| {
        let reach = cells as f64 * cell / width;
        match cells == all {
            true => reach.max(CUT_REACH),
            false => reach,
        }
    };
    let (mut left, mut right) = (0.0_f64, 0.0_f64);
    for row in look
        .mask
        .grid()
        .chunks_exact(GRID)
        .skip(place(chin, frame.height) + 1)
    {
        let (before, after) = row.split_at(middle);
        let is_person = |cell: &&f32| **cell >= PERSON;
        left = left.max(reach(
            before.iter().rev().take_while(is_person).count(),
            before.len(),
        ));
        right = right.max(reach(
            after.iter().take_while(is_person).count(),
            after.len(),
        ));
    }
    Some(left.min(right))
}

/// The mask's cell at a place along a side of `length` px, clamped.
fn place(along: f64, length: f64) -> usize {
    (along / length * GRID as f64).clamp(0.0, (GRID - 1) as f64) as usize
}
