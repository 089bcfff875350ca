//! What the standard demands of a crop: four bands, each a code of the rule table.

use zhaoshen_model::Profile;
use zhaoshen_model::measurement::FaceFacts;

use super::solve::Crop;
use super::{Canvas, Obstacle, weight};

/// The bands a crop must keep, in the order of the bits of a mask.
pub(super) const CODES: [&str; 4] = ["GEO-01", "GEO-02", "GEO-03", "GEO-04"];
const CROWN: usize = 0;
const EYES: usize = 1;
/// The band on the size of the face.
pub(super) const WIDTH: usize = 2;
const CENTRE: usize = 3;

/// A closed band, open ends as infinities.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub min: f64,
    pub max: f64,
}

impl Span {
    /// The middle, or the closed end of a half-open band.
    pub fn middle(self) -> f64 {
        match (self.min.is_finite(), self.max.is_finite()) {
            (true, true) => (self.min + self.max) / 2.0,
            (true, false) => self.min,
            _ => self.max,
        }
    }

    fn shrunk(self, margin: f64) -> Self {
        Self {
            min: self.min + margin,
            max: self.max - margin,
        }
    }
}

/// The bands of one photo, with what they are applied to.
#[derive(Debug, Clone)]
pub(super) struct Demands {
    spans: [Option<Span>; 4],
    margins: [f64; 4],
    weights: [u32; 4],
    /// Position in the picture, px: crown y, eyes y, (face width), face centre x.
    places: [f64; 4],
    /// Top of the head in the picture, px.
    crown: Option<f64>,
    /// Head height in the picture, px, and its band in px of the final file (GEO-05).
    head: Option<(f64, Span)>,
    head_demanded: bool,
}

impl Demands {
    pub fn of(face: &FaceFacts, profile: &Profile, canvas: &Canvas) -> Self {
        let crown = face.crown_y_px.filter(|crown| crown.abs() <= 1e7);
        let mut demands = Self {
            spans: [None; 4],
            margins: [0.0; 4],
            weights: [0; 4],
            places: [
                crown.unwrap_or(0.0),
                face.eye_line_y_px,
                face.face_width_px,
                face.face_centre_x_px,
            ],
            crown,
            head: None,
            head_demanded: false,
        };
        for (band, code) in CODES.iter().enumerate() {
            let settings = profile.rules.get(*code).filter(|settings| settings.enabled);
            if let Some(settings) = settings.filter(|_| band != CROWN || crown.is_some()) {
                demands.spans[band] = span(settings.min, settings.max, 1.0);
                demands.margins[band] = settings.warn_margin;
                // The order of preference among equals: what a reviewer can least do without last.
                demands.weights[band] = weight(settings.outside) + [1, 3, 2, 0][band];
            }
        }
        let head = profile.rules.get("GEO-05").filter(|head| head.enabled);
        if let (Some(head), Some(crown)) = (head, crown) {
            let height = face.chin.y - crown;
            demands.head = span(head.min, head.max, canvas.final_height)
                .filter(|_| height > 0.0 && height <= 1e7)
                .map(|span| (height, span));
        }
        demands
    }

    /// Away from every limit by its hint strip, and the head about half as high as the frame.
    pub fn comfortable(&self) -> Self {
        Self {
            head_demanded: true,
            ..self.inner()
        }
    }

    /// Away from every limit by its hint strip.
    pub fn inner(&self) -> Self {
        let mut inner = self.clone();
        for (span, margin) in inner.spans.iter_mut().zip(self.margins) {
            *span = span.map(|span| span.shrunk(margin));
        }
        inner
    }

    pub fn has(&self, band: usize) -> bool {
        self.spans[band].is_some()
    }

    /// The bands on the vertical position that `dropped` leaves: (y in the picture, band).
    pub fn on_y(&self, dropped: u8) -> impl Iterator<Item = (f64, Span)> {
        self.kept(&[CROWN, EYES], dropped)
    }

    /// What no crop may do, whatever is dropped: cut into a head that is wholly in the picture.
    pub fn head_kept(&self) -> Option<(f64, Span)> {
        let inside = Span {
            min: 0.0,
            max: f64::INFINITY,
        };
        let crown = self.crown.filter(|crown| *crown >= 0.0)?;
        Some((crown, inside))
    }

    /// The bands on the horizontal position that `dropped` leaves: (x in the picture, band).
    pub fn on_x(&self, dropped: u8) -> impl Iterator<Item = (f64, Span)> {
        self.kept(&[CENTRE], dropped)
    }

    /// The bands on lengths that `dropped` leaves: (length in the picture, band).
    pub fn on_size(&self, dropped: u8) -> impl Iterator<Item = (f64, Span)> {
        let head = self.head.filter(|_| self.head_demanded);
        self.kept(&[WIDTH], dropped).chain(head)
    }

    fn kept(&self, bands: &'static [usize], dropped: u8) -> impl Iterator<Item = (f64, Span)> {
        bands
            .iter()
            .filter(move |band| dropped & (1 << **band) == 0)
            .filter_map(|band| self.spans[*band].map(|span| (self.places[*band], span)))
    }

    /// Source pixels per final pixel at which face width and head height are in mid-band; the face
    /// width alone where it is `dropped` and so to be missed by as little as can be.
    pub fn preferred_t(&self, dropped: u8) -> Option<f64> {
        let width = self.spans[WIDTH].map(|span| (self.places[WIDTH], span));
        let head = self.head.filter(|_| dropped & (1 << WIDTH) == 0);
        let wishes: Vec<f64> = width
            .into_iter()
            .chain(head)
            .map(|(length, span)| length / span.middle())
            .filter(|t| t.is_finite())
            .collect();
        mean(&wishes)
    }

    /// Corner position along y at `t` with crown and eyes in mid-band on average; one that is
    /// `dropped` decides alone, to be missed by as little as can be.
    pub fn preferred_y(&self, t: f64, dropped: u8) -> Option<f64> {
        let lost = self.on_y(!dropped).next().is_some();
        let wishes: Vec<f64> = self
            .on_y(if lost { !dropped } else { 0 })
            .map(|(y, span)| y - span.middle() * t)
            .collect();
        mean(&wishes)
    }

    /// Corner position along x at `t` with the face in the middle.
    pub fn preferred_x(&self, t: f64, final_width: f64) -> f64 {
        self.places[CENTRE] - final_width / 2.0 * t
    }

    /// How far `crop` is outside its bands altogether, px of the final file.
    pub fn overshoot(&self, crop: Crop) -> f64 {
        (0..CODES.len())
            .filter_map(|band| Some((self.value(crop, band), self.spans[band]?)))
            .map(|(value, span)| (span.min - value).max(value - span.max).max(0.0))
            .sum()
    }

    /// Mask of the bands that `crop` breaks, in whole px as the rules read them.
    pub fn broken(&self, crop: Crop) -> u8 {
        (0..CODES.len())
            .filter(|band| {
                let value = self.value(crop, *band).round();
                self.spans[*band].is_some_and(|span| value < span.min || value > span.max)
            })
            .fold(0, |mask, band| mask | (1 << band))
    }

    /// What breaking the bands of `mask` costs: faults before hints.
    pub fn cost(&self, mask: u8) -> u32 {
        let broken = |band: &usize| mask & (1 << band) != 0;
        (0..CODES.len())
            .filter(broken)
            .map(|band| self.weights[band])
            .sum()
    }

    /// Why no crop keeps `band` even if nothing else were demanded.
    pub fn alone(&self, crop: Crop, band: usize) -> Obstacle {
        let low = self.spans[band].is_some_and(|span| self.value(crop, band) < span.min);
        match (band, low) {
            (WIDTH, true) => Obstacle::FaceTooSmall,
            (WIDTH, false) => Obstacle::FaceTooLarge,
            (CENTRE, true) => Obstacle::NoRoomLeft,
            (CENTRE, false) => Obstacle::NoRoomRight,
            (_, true) => Obstacle::NoRoomAbove,
            (_, false) => Obstacle::NoRoomBelow,
        }
    }

    /// What the rule of `band` reads in `crop`, px of the final file.
    fn value(&self, crop: Crop, band: usize) -> f64 {
        let place = self.places[band];
        match band {
            WIDTH => place / crop.t,
            CENTRE => (place - crop.x) / crop.t,
            _ => (place - crop.y) / crop.t,
        }
    }
}

fn span(min: Option<f64>, max: Option<f64>, factor: f64) -> Option<Span> {
    let span = Span {
        min: min.map_or(f64::NEG_INFINITY, |min| min * factor),
        max: max.map_or(f64::INFINITY, |max| max * factor),
    };
    (span.min.is_finite() || span.max.is_finite()).then_some(span)
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len())
        .ok()
        .filter(|count| *count > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(count))
}
