//! A parse of the portrait without a parsing network: every cell of a grid that stands on the face is skin, hair,
//! background or other, by colours learnt from this very photo, the person mask and the mesh.
//!
//! Deliberately no knowledge of what skin or hair look like in general: dark skin, red light or dyed hair only move
//! the seeds. Where two classes do not differ in this photo, the separation says so and nothing is guessed.

mod brow;
mod colours;
mod ear;
mod grid;
mod hairline;
mod label;

use zhaoshen_model::parse::ParseFacts;

use super::Look;
use colours::Colours;
use grid::Grid;
use label::Label;

/// The portrait as labelled cells.
struct Parse {
    grid: Grid,
    labels: Vec<Label>,
    colours: Colours,
}

impl Parse {
    /// `None` when too little of the cheeks is in the picture to learn skin from.
    fn new(look: &Look<'_>) -> Option<Self> {
        let grid = Grid::new(look);
        let colours = Colours::learn(&grid, look)?;
        let labels = label::label(&grid, &colours);
        Some(Self {
            grid,
            labels,
            colours,
        })
    }

    /// The label at a place in distances between the eyes; `None` outside the picture or the grid.
    fn label_at(&self, place: [f64; 2]) -> Option<Label> {
        let cell = self.grid.cell(place)?;
        (self.labels[cell] != Label::Outside).then(|| self.labels[cell])
    }
}

/// Measures what the parse shows; `None` when skin cannot be learnt.
pub(super) fn measure(look: &Look<'_>) -> Option<ParseFacts> {
    let parse = Parse::new(look)?;
    let ears = [ear::measure(&parse, look, 0), ear::measure(&parse, look, 1)];
    Some(ParseFacts {
        skin_hair_separation: parse.colours.skin_hair_separation(),
        ear_areas: [0, 1].map(|side| ears[side].map(|ear| ear.skin_area)),
        ear_hair_shares: [0, 1].map(|side| ears[side].map(|ear| ear.hair_share)),
        covered_brow_shares: [0, 1].map(|side| brow::covered_share(&parse, look, side)),
        hairline_y_px: hairline::find(&parse, look).map(|y| y * look.scale.y),
        hair_lab: parse.colours.hair_lab(),
    })
}
