//! What a parse of the portrait into skin, hair and background shows: ears, and hair over the brows.
//!
//! Numbers relative to this very face and its colours; no limits. What cannot be separated in this photo is `None`.

use serde::{Deserialize, Serialize};

/// Hair and skin about the face. "Left" and "right" are sides of the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParseFacts {
    /// How far the colours of skin and hair lie apart, in deviations of the two together; `None` where no hair is
    /// seen above the forehead.
    pub skin_hair_separation: Option<f64>,
    /// Skin that shows beside the face between brow and nose foot, in squares of the distance between the eyes:
    /// [left, right]; `None` where that side lies outside the picture.
    pub ear_areas: [Option<f64>; 2],
    /// Share of the places beside the face between brow and nose foot that hair covers, 0..1: [left, right];
    /// `None` as for `ear_areas`.
    pub ear_hair_shares: [Option<f64>; 2],
    /// Share of each brow's width over which no skin shows between brow and hair, 0..1: [left, right]; `None` where
    /// the brow lies outside the picture.
    pub covered_brow_shares: [Option<f64>; 2],
    /// Share of each eye's opening that hair covers which hangs down over brow and lid, 0..1: [left, right]; `None`
    /// where the eye lies outside the picture.
    pub covered_eye_shares: [Option<f64>; 2],
    /// Where the forehead ends and hair begins, px of the picture as displayed; `None` for a bald head, or a fringe
    /// over the forehead.
    pub hairline_y_px: Option<f64>,
    /// Mean colour, in CIELAB (D65), of what covers the head above the forehead; `None` where that is skin.
    pub hair_lab: Option<[f64; 3]>,
    /// How sure the parse is, region by region.
    pub confidences: RegionConfidences,
}

/// How sure the parse is of each region, 0..=1. `None` where the region is not there or lies outside the picture.
///
/// Of skin, hair, background, ears, brows and eyes: by how much the label of their cells is likelier than the next one,
/// by their colour and the person mask, on average; and where skin and hair must be told apart, at most what their
/// colours allow in this photo. Neighbours and the mask make each cell sure, but two classes of nearly one colour stay
/// a guess. Clothes and shoulders have theirs with the scene (`SceneFacts`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RegionConfidences {
    /// All that is labelled skin.
    pub skin: Option<f64>,
    /// All that is labelled hair, or what covers the head in its place.
    pub hair: Option<f64>,
    /// All that is labelled background.
    pub background: Option<f64>,
    /// The places beside the face where ears are: [left, right].
    pub ears: [Option<f64>; 2],
    /// What lies above each brow: [left, right].
    pub brows: [Option<f64>; 2],
    /// Brow, lid and, where hair hangs over them, eye: [left, right].
    pub eyes: [Option<f64>; 2],
    /// The lips, against teeth: how far their colour lies on its side of the border to tooth colour. `None` where they
    /// have hardly any colour of their own.
    pub lips: Option<f64>,
    /// The row of teeth, or its absence: how far what shows between the lips lies from the border between tooth colour
    /// and all else. `None` as for `lips`, and where the lips leave nothing between them.
    pub teeth: Option<f64>,
    /// The bare neck, against clothes and background: how far its colours lie from the border of this person's skin,
    /// by the person mask, and at most what the colours of neck and clothes allow. `None` where it is covered.
    pub neck: Option<f64>,
}
