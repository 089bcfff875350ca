//! What each cell shows: the likeliest class, smoothed by what its neighbours show.

use super::colours::Colours;
use super::grid::Grid;

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Not in the picture.
    Outside,
    Background,
    Skin,
    Hair,
    /// Person, but neither skin nor hair.
    Other,
}

const CLASSES: [Label; 4] = [Label::Background, Label::Skin, Label::Hair, Label::Other];
/// Cost of what no class explains: four deviations of an average class.
const OTHER: f32 = 24.0;
/// Cost of each neighbour that differs.
const UNLIKE: f32 = 1.5;
const SWEEPS: usize = 2;

/// Labels every cell.
pub(super) fn label(grid: &Grid, colours: &Colours) -> Vec<Label> {
    let costs: Vec<[f32; 4]> = (0..grid.labs.len())
        .map(|cell| costs(grid, colours, cell))
        .collect();
    let cheapest = |cell: usize, costs: &[f32; 4]| match grid.person[cell] < 0.0 {
        true => Label::Outside,
        false => cheapest(costs),
    };
    let mut labels: Vec<Label> = costs
        .iter()
        .enumerate()
        .map(|(cell, costs)| cheapest(cell, costs))
        .collect();
    for _ in 0..SWEEPS {
        for (cell, own) in costs.iter().enumerate() {
            let mut all = *own;
            for neighbour in Grid::neighbours(cell) {
                for (cost, class) in all.iter_mut().zip(CLASSES) {
                    *cost += if labels[neighbour] == class {
                        0.0
                    } else {
                        UNLIKE
                    };
                }
            }
            labels[cell] = cheapest(cell, &all);
        }
    }
    labels
}

/// The first of the cheapest classes.
fn cheapest(costs: &[f32; 4]) -> Label {
    let mut best = 0;
    for class in 1..costs.len() {
        if costs[class] < costs[best] {
            best = class;
        }
    }
    CLASSES[best]
}

/// Cost of each class: its colour, and what the person mask thinks of it.
fn costs(grid: &Grid, colours: &Colours, cell: usize) -> [f32; 4] {
    let lab = grid.labs[cell];
    let person = grid.person[cell].clamp(0.01, 0.99);
    let (is, is_not) = (-2.0 * person.ln(), -2.0 * (1.0 - person).ln());
    let cost = |class: Option<f32>| class.unwrap_or(f32::INFINITY).min(1e9);
    [
        cost(colours.background.as_ref().map(|class| class.cost(lab))) + is_not,
        colours.skin.cost(lab) + is,
        cost(colours.hair.as_ref().map(|class| class.cost(lab))) + is,
        OTHER + is,
    ]
}
