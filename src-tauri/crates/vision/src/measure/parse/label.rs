//! What each cell shows: the likeliest class, smoothed by what its neighbours show.

use super::colours::Colours;
use super::grid::{COLUMNS, Grid};
use crate::colour::Lab;
use crate::nets::kernels::{Wide, wide};

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

/// What every cell shows, and what each class would have cost there.
pub(super) struct Labels {
    labels: Vec<Label>,
    costs: Vec<[f32; 4]>,
}

impl Labels {
    /// What a cell shows.
    pub(super) fn at(&self, cell: usize) -> Label {
        self.labels[cell]
    }

    /// How sure that is, 0..=1: the probability of the label less that of the next likeliest, by the cell's own
    /// colour and the person mask; 0 where neighbours decided against them.
    pub(super) fn margin(&self, cell: usize) -> f32 {
        let costs = &self.costs[cell];
        let Some(own) = CLASSES.iter().position(|class| *class == self.labels[cell]) else {
            return 0.0;
        };
        let least = costs.iter().copied().fold(f32::INFINITY, f32::min);
        let likely = costs.map(|cost| (0.5 * (least - cost)).exp());
        let other = (0..likely.len()).filter(|&class| class != own);
        let other = other.map(|class| likely[class]).fold(0.0, f32::max);
        ((likely[own] - other) / likely.iter().sum::<f32>()).max(0.0)
    }
}

/// Labels every cell.
pub(super) fn label(grid: &Grid, colours: &Colours) -> Labels {
    let costs = costs(grid, colours);
    let mut labels: Vec<Label> = costs
        .iter()
        .zip(&grid.person)
        .map(|(costs, person)| match *person < 0.0 {
            true => Label::Outside,
            false => cheapest(costs),
        })
        .collect();
    // No neighbours change a cell that is sure, so that later sweeps need not ask again.
    let unsure: Vec<usize> = (0..labels.len())
        .filter(|&cell| labels[cell] != Label::Outside && !is_sure(&costs[cell]))
        .collect();
    for _ in 0..SWEEPS {
        for &cell in &unsure {
            labels[cell] = beside_neighbours(&labels, cell, &costs[cell]);
        }
    }
    Labels { labels, costs }
}

/// What a cell of some costs shows, by what its neighbours show now.
fn beside_neighbours(labels: &[Label], cell: usize, costs: &[f32; 4]) -> Label {
    let column = cell % COLUMNS;
    let neighbours = [
        (column > 0).then(|| cell - 1),
        (column + 1 < COLUMNS).then_some(cell + 1),
        cell.checked_sub(COLUMNS),
        Some(cell + COLUMNS),
    ];
    let mut all = *costs;
    for neighbour in neighbours {
        let label = neighbour.and_then(|cell| labels.get(cell));
        let unlike = label.map_or([0.0; 4], |label| label.unlike());
        for (cost, unlike) in all.iter_mut().zip(unlike) {
            *cost += unlike;
        }
    }
    cheapest(&all)
}

impl Label {
    /// What a cell beside this one pays for each of [`CLASSES`].
    fn unlike(self) -> [f32; 4] {
        const U: f32 = UNLIKE;
        match self {
            Self::Outside => [U, U, U, U],
            Self::Background => [0.0, U, U, U],
            Self::Skin => [U, 0.0, U, U],
            Self::Hair => [U, U, 0.0, U],
            Self::Other => [U, U, U, 0.0],
        }
    }
}

/// Whether one class is so much cheaper than the others that no neighbours can change it.
fn is_sure(costs: &[f32; 4]) -> bool {
    const MARGIN: f32 = 4.0 * UNLIKE + 0.1;
    let (mut best, mut second) = (f32::INFINITY, f32::INFINITY);
    for &cost in costs {
        second = second.min(best.max(cost));
        best = best.min(cost);
    }
    second > best + MARGIN
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

/// Cost of each class in each cell: its colour, and what the person mask thinks of it.
fn costs(grid: &Grid, colours: &Colours) -> Vec<[f32; 4]> {
    let mut costs = vec![[0.0; 4]; grid.labs.len()];
    wide(ColourCosts {
        labs: &grid.labs,
        colours,
        costs: &mut costs,
    });
    let of_person = |person: f32| (-2.0 * person.ln(), -2.0 * (1.0 - person).ln());
    // The mask is sure nearly everywhere, so the same probability comes again and again.
    let mut last = 0.5;
    let (mut is, mut is_not) = of_person(last);
    for (costs, person) in costs.iter_mut().zip(&grid.person) {
        let person = person.clamp(0.01, 0.99);
        if person.to_bits() != f32::to_bits(last) {
            last = person;
            (is, is_not) = of_person(person);
        }
        for (cost, person) in costs.iter_mut().zip([is_not, is, is, is]) {
            *cost += person;
        }
    }
    costs
}

/// What the colour of each cell costs each class, eight cells at a time.
struct ColourCosts<'a> {
    labs: &'a [Lab],
    colours: &'a Colours,
    costs: &'a mut [[f32; 4]],
}

impl Wide for ColourCosts<'_> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        const { assert!(COLUMNS.is_multiple_of(8)) };
        let Colours {
            background,
            skin,
            hair,
        } = self.colours;
        let classes = [background.as_ref(), Some(skin), hair.as_ref()];
        let eights = self.costs.as_chunks_mut::<8>().0.iter_mut();
        for (costs, labs) in eights.zip(self.labs.as_chunks::<8>().0) {
            let mut channels = [[0.0f32; 8]; 3];
            for (i, lab) in labs.iter().enumerate() {
                for (channel, value) in channels.iter_mut().zip(lab) {
                    channel[i] = *value;
                }
            }
            for (number, class) in classes.iter().enumerate() {
                let class = class.map_or([1e9; 8], |class| class.costs(&channels));
                for (costs, cost) in costs.iter_mut().zip(class) {
                    costs[number] = if cost < 1e9 { cost } else { 1e9 };
                }
            }
            for costs in costs {
                costs[3] = OTHER;
            }
        }
    }
}
