//! A parse of the portrait without a parsing network: every cell of a grid that stands on the face is skin, hair,
//! background or other, by colours learnt from this very photo, the person mask and the mesh.
//!
//! Deliberately no knowledge of what skin or hair look like in general: dark skin, red light or dyed hair only move
//! the seeds. Where two classes do not differ in this photo, the separation says so and nothing is guessed.

mod brow;
pub(super) mod colours;
mod confidence;
mod ear;
mod eye;
mod grid;
mod hairline;
mod label;

use zhaoshen_model::parse::{ParseFacts, RegionConfidences};

use super::Look;
use colours::Colours;
use confidence::Confidence;
use grid::Grid;
use label::{Label, Labels};

/// The portrait as labelled cells.
struct Parse {
    grid: Grid,
    labels: Labels,
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

    /// The cell at a place in distances between the eyes; `None` outside the picture or the grid.
    fn cell(&self, place: [f64; 2]) -> Option<usize> {
        let cell = self.grid.cell(place)?;
        (self.labels.at(cell) != Label::Outside).then_some(cell)
    }

    /// The label at a place in distances between the eyes; `None` as for [`Self::cell`].
    fn label_at(&self, place: [f64; 2]) -> Option<Label> {
        self.cell(place).map(|cell| self.labels.at(cell))
    }
}

/// Measures what the parse shows; `None` when skin cannot be learnt. Of lips, teeth and neck the confidence is not set:
/// they are told elsewhere.
pub(super) fn measure(look: &Look<'_>) -> Option<ParseFacts> {
    let parse = Parse::new(look)?;
    let sides = [0, 1];
    let ears = sides.map(|side| ear::measure(&parse, look, side));
    let brows = sides.map(|side| brow::measure(&parse, look, side));
    let eyes = sides.map(|side| eye::measure(&parse, look, side));
    let of_hair = parse.colours.most_of_hair();
    let of_ears = of_hair.min(parse.colours.most_of_background());
    let at_most = |most: f64, sure: Option<f64>| sure.map(|sure| sure.min(most));
    Some(ParseFacts {
        skin_hair_separation: parse.colours.skin_hair_separation(),
        ear_areas: ears.map(|ear| ear.map(|ear| ear.skin_area)),
        ear_hair_shares: ears.map(|ear| ear.map(|ear| ear.hair_share)),
        covered_brow_shares: brows.map(|brow| brow.map(|brow| brow.covered_share)),
        covered_eye_shares: eyes.map(|eye| eye.map(|eye| eye.covered_share)),
        hairline_y_px: hairline::find(&parse, look).map(|y| y * look.scale.y),
        hair_lab: parse.colours.hair_lab(),
        confidences: RegionConfidences {
            skin: confidence::of_class(&parse, Label::Skin),
            hair: at_most(of_hair, confidence::of_class(&parse, Label::Hair)),
            background: confidence::of_class(&parse, Label::Background),
            ears: ears.map(|ear| at_most(of_ears, ear.and_then(|ear| ear.confidence))),
            brows: brows.map(|brow| at_most(of_hair, brow.and_then(|brow| brow.confidence))),
            eyes: eyes.map(|eye| at_most(of_hair, eye.and_then(|eye| eye.confidence))),
            ..RegionConfidences::default()
        },
    })
}
