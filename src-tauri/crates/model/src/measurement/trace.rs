//! Traces that editing, re-saving and re-photographing leave in a file or in its pixels.
//!
//! Every number is a hint that a person should look; none proves anything, and a forgery may leave none of these.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What was found. A part that could not be measured is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TraceFacts {
    /// What the file's segments tell of the programs that wrote it; empty when it is not a JPEG.
    pub marks: FileMarks,
    /// Traces of an earlier JPEG compression; `None` for other files and for very small pictures.
    pub earlier_save: Option<EarlierSave>,
    /// Share of the picture's pixels along a side that its detail needs, 0..1: 0.5 says that a picture of half the
    /// width and height would hold all there is. `None` without a face.
    pub resolved_share: Option<f64>,
    /// What of the distance between the irises that detail fills, px, at most about 160; `None` without a face.
    pub resolved_eye_distance_px: Option<f64>,
    /// Finest texture around the eyes divided by that of the skin, at 100 px between the eyes; large where skin was
    /// smoothed and the eyes were not. `None` without a face or below 80 px. No rule judges it: it tells smoothed
    /// from photographed skin, and not from drawn skin, which has no pores.
    pub skin_smoothness_ratio: Option<f64>,
    /// Height of the highest lone peak of the picture's mean spectrum over its surroundings, natural logarithm; the
    /// dots of a screen or a print give one.
    pub moire_peak: Option<f64>,
    /// Share of each side, left, top, right, bottom, along which one straight edge runs near the border, 0..1: a
    /// sheet of paper or a screen's frame has such edges.
    pub edge_shares: Option<[f64; 4]>,
    /// What the picture looks like, coarsely; `None` without a face.
    pub look: Option<LookHash>,
}

/// What the file's segments tell of the programs that wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMarks {
    /// Names of programs from comments, descriptions and the XMP history, as found.
    pub programs: Vec<String>,
    /// Photoshop's own resources (APP13, "8BIM").
    pub photoshop_resources: bool,
    /// The quality note of Adobe's "Save for Web" (APP12, "Ducky").
    pub adobe_web: bool,
    /// Times the XMP history says that an editor saved the picture.
    pub editor_saves: u32,
    /// The words by which the file says that an AI model made or changed it: the IPTC source type in C2PA or XMP, or
    /// the label of GB 45438-2025.
    pub ai_label: Option<String>,
    /// A C2PA manifest of the picture's origin is embedded; cameras write it too.
    pub origin_manifest: bool,
    /// The file says that it is a screenshot.
    pub screenshot: bool,
}

/// Traces of an earlier JPEG compression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierSave {
    /// How much better an earlier, coarser compression on the same block grid explains the coefficients, nats per
    /// coefficient; 0 when it does not.
    pub double_gain: f64,
    /// Quality of that compression on the IJG scale, where its tables fit.
    pub earlier_quality: Option<u8>,
    /// Strength of a second block grid beside the file's own, as cropping leaves it, relative to the texture.
    pub shifted_grid: f64,
}

/// What a picture looks like, coarsely, in 256 bits: two hashes differ in few bits when one picture was made from the
/// other by saving, scaling, brightening or slightly cropping it.
///
/// It is the sign of the lowest frequencies of the face-aligned picture, background and clothes included. It cannot
/// identify a person: the same person in another picture is further away than the limit up to which two pictures are
/// called the same, and nothing in it is learnt from faces.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LookHash(pub [u8; 32]);

impl LookHash {
    /// In how many of the 256 bits two hashes differ.
    pub fn distance(self, other: Self) -> u32 {
        let words = |hash: [u8; 32]| -> [u64; 4] {
            std::array::from_fn(|word| {
                let mut bytes = [0; 8];
                bytes.copy_from_slice(&hash[8 * word..8 * word + 8]);
                u64::from_le_bytes(bytes)
            })
        };
        let pairs = words(self.0).into_iter().zip(words(other.0));
        pairs
            .map(|(mine, theirs)| (mine ^ theirs).count_ones())
            .sum()
    }
}

/// The text was not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a look hash in hexadecimal: {0:?}")]
pub struct LookHashError(pub String);

impl fmt::Display for LookHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for LookHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LookHash({self})")
    }
}

impl FromStr for LookHash {
    type Err = LookHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| LookHashError(text.to_owned()))?;
        Ok(Self(bytes))
    }
}

impl Serialize for LookHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LookHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn distance_counts_bits_and_the_text_reads_back() {
        let mut one = LookHash([0; 32]);
        assert_eq!(one.distance(one), 0);
        assert_eq!(one.distance(LookHash([0xFF; 32])), 256);
        one.0[0] = 1;
        one.0[31] = 0x81;
        assert_eq!(one.distance(LookHash([0; 32])), 3);
        assert_eq!(one.to_string().parse::<LookHash>().unwrap(), one);
        assert!("12".parse::<LookHash>().is_err());
    }
}
