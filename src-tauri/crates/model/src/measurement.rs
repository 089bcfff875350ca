//! What was measured of one photo: numbers, never opinions.
//!
//! Measurements are taken once, stored, and judged any number of times (see the `checks` crate).
//! All positions and lengths are in pixels of the picture **as displayed** (EXIF orientation
//! applied), unless a name says otherwise. A part that could not be measured is `None`; the rules
//! answer "cannot tell" for it. No thresholds live here.

use serde::{Deserialize, Serialize};

use crate::detail::DetailFacts;
use crate::geometry::{PixelRect, Point};
use crate::lobe::LobeFacts;
use crate::parse::ParseFacts;

pub mod trace;

pub use trace::{EarlierSave, FileMarks, LookHash, TraceFacts};

/// Raise when any measured number can change, so that stored measurements are taken again.
pub const MEASUREMENT_VERSION: u32 = 9;

/// Everything measured of one photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurements {
    /// [`MEASUREMENT_VERSION`] of the engine that took them.
    pub version: u32,
    /// The file as bytes: always measurable.
    pub file: FileFacts,
    /// What the JPEG headers say; `None` when the file is not a JPEG.
    pub jpeg: Option<JpegFacts>,
    /// The decoded picture; `None` when it could not be decoded.
    pub picture: Option<PictureFacts>,
    /// Every face found, strongest first; empty when none or not decoded.
    pub faces: Vec<FaceBox>,
    /// The subject's face: the strongest of `faces` (score times size), measured with the mesh.
    pub face: Option<FaceFacts>,
    /// The person's outline and the background; `None` without a picture or a face.
    pub scene: Option<SceneFacts>,
    /// Light and sharpness on the face; `None` without a face.
    pub light: Option<LightFacts>,
    /// Glasses, lenses, light spots and pupils; `None` without a face that lies in the picture.
    pub detail: Option<DetailFacts>,
    /// Hair, ears and brows from the parse of the portrait; `None` without a face.
    pub parse: Option<ParseFacts>,
    /// Earrings: what each ear's lobe shows, [left, right]; `None` where that ear does not show.
    #[serde(default)]
    pub lobes: [Option<LobeFacts>; 2],
    /// Traces of editing, re-saving and re-photographing; `None` without a picture.
    #[serde(default)]
    pub trace: Option<TraceFacts>,
}

impl Measurements {
    /// Of a file in which nothing was looked at yet.
    pub const fn of_file(version: u32, file: FileFacts) -> Self {
        Self {
            version,
            file,
            jpeg: None,
            picture: None,
            faces: Vec::new(),
            face: None,
            scene: None,
            light: None,
            detail: None,
            parse: None,
            lobes: [None; 2],
            trace: None,
        }
    }
}

/// The container a file really is, told by its first bytes and not by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// JPEG (FF D8 FF).
    Jpeg,
    /// PNG.
    Png,
    /// HEIC / HEIF, the iPhone's default.
    Heic,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF.
    Tiff,
    /// PDF document.
    Pdf,
    /// Zero bytes.
    Empty,
    /// None of these.
    Unknown,
}

/// The file as bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The name's extension as written, without the dot; empty when there is none.
    pub extension: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// What the file really is.
    pub format: FileFormat,
    /// Whether the whole picture is there.
    pub completeness: Completeness,
    /// Bytes after the end-of-image marker.
    pub trailing_bytes: u64,
}

/// Whether the whole picture is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completeness {
    /// Decoded to the last row and the end marker is present.
    Complete,
    /// The end marker is missing or the compressed data stop early.
    Truncated,
    /// The headers claim more pixels than the station will decode (width, height).
    TooLarge(u32, u32),
    /// The decoder refused it; its own words, in English, for the log.
    Undecodable(String),
}

/// What the JPEG headers say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JpegFacts {
    /// Stored width, px, before EXIF orientation.
    pub stored_width_px: u32,
    /// Stored height, px, before EXIF orientation.
    pub stored_height_px: u32,
    /// Number of colour components: 1 grey, 3 colour, 4 CMYK.
    pub components: u8,
    /// Bits per component.
    pub bits_per_component: u8,
    /// Progressive instead of baseline.
    pub progressive: bool,
    /// Chroma subsampling such as "4:2:0"; empty when not three components.
    pub subsampling: String,
    /// Quality on the IJG scale (1..=100) estimated from the quantisation tables.
    pub quality: Option<u8>,
    /// Whether the tables are the IJG's scaled ones, so that `quality` is exact.
    pub standard_tables: bool,
    /// Pixel density (x, y) in dots per inch from JFIF or EXIF; `None` when not stated.
    pub density_dpi: Option<(f64, f64)>,
    /// The embedded ICC profile.
    pub icc: IccProfile,
    /// EXIF orientation 1..=8; 1 when absent.
    pub orientation: u8,
    /// Texts of EXIF Software / ProcessingSoftware and XMP CreatorTool, as found.
    pub software: Vec<String>,
    /// EXIF DateTimeOriginal as "YYYY-MM-DD HH:MM:SS"; `None` when absent.
    pub taken_at: Option<String>,
    /// EXIF Make and Model joined; `None` when absent.
    pub camera: Option<String>,
    /// Whether a GPS position is embedded.
    pub has_gps: bool,
}

/// The embedded ICC colour profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IccProfile {
    /// None embedded: read as sRGB.
    Absent,
    /// sRGB.
    Srgb,
    /// Another profile, by its description.
    Other(String),
}

/// The decoded picture as displayed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureFacts {
    /// Width, px.
    pub width_px: u32,
    /// Height, px.
    pub height_px: u32,
    /// Mean CIELAB chroma over the picture; below about 4 it looks grey.
    pub mean_chroma: f64,
    /// Width of a border of constant colour differing from its inside, px per side: left, top, right, bottom.
    pub border_px: [u32; 4],
    /// Mean luminance step across 8×8 block edges divided by that inside blocks; 1 is unblocked.
    pub blockiness_ratio: f64,
}

/// One face the detector found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaceBox {
    /// The detector's box (brow to chin), px.
    pub rect: PixelRect,
    /// Detector score 0..1.
    pub score: f64,
}

/// The subject's face, from the 478-point mesh.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaceFacts {
    /// Mesh face flag, probability 0..1.
    pub probability: f64,
    /// Iris centre of the subject's eye that is on the picture's left, px.
    pub left_iris: Point,
    /// Iris centre of the eye on the picture's right, px.
    pub right_iris: Point,
    /// Height of the line of the pupils, px: mean y of the two iris centres, less the mesh's mean error.
    pub eye_line_y_px: f64,
    /// Distance between the iris centres, px.
    pub inter_eye_distance_px: f64,
    /// Chin (mesh point 152), px.
    pub chin: Point,
    /// Top of the head, hair included, from the person mask, px; `None` when the mask gives none.
    pub crown_y_px: Option<f64>,
    /// Top of the forehead on the mesh (point 10), about the hairline, px.
    pub forehead: Point,
    /// Left end of the face at cheek height (picture's left), px.
    pub cheek_left: Point,
    /// Right end of the face at cheek height (picture's right), px.
    pub cheek_right: Point,
    /// Face width between the cheeks, px.
    pub face_width_px: f64,
    /// x of the face's middle (midpoint of the cheeks), px.
    pub face_centre_x_px: f64,
    /// Turn of the head, degrees; positive: the subject's face points to the picture's right.
    pub yaw_deg: f64,
    /// Nod of the head, degrees; positive: chin up.
    pub pitch_deg: f64,
    /// Tilt of the head, degrees; positive: clockwise as seen in the picture.
    pub roll_deg: f64,
    /// Residual of the pose fit divided by the inter-eye distance; large means the pose cannot be trusted.
    pub pose_residual_ratio: f64,
    /// Largest lid gap of each eye / distance eye midpoint to chin: [picture left, picture right].
    pub eye_gap_ratios: [f64; 2],
    /// Height of each eye's opening / its width (eye aspect ratio), less where no eyeball shows inside the
    /// opening: [picture left, picture right].
    pub eye_aspect_ratios: [f64; 2],
    /// Iris position between the eye's corners, 0 = left corner, 1 = right corner: [left, right].
    pub gaze_ratios: [f64; 2],
    /// Largest inner-lip gap / distance eye midpoint to chin.
    pub mouth_gap_ratio: f64,
    /// Share of the mouth's width in which tooth colour shows between the inner lips, 0..1; `None` when
    /// the lips have no colour to compare with.
    pub teeth_share: Option<f64>,
    /// The same width / distance eye midpoint to chin; `None` as for `teeth_share`.
    pub teeth_ratio: Option<f64>,
    /// Outline rectangles for crops, px.
    pub regions: FaceRegions,
}

/// Where to crop for a close look, px; they may reach outside the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaceRegions {
    /// Both eyes with brows.
    pub eyes: PixelRect,
    /// The ear on the picture's left.
    pub ear_left: PixelRect,
    /// The ear on the picture's right.
    pub ear_right: PixelRect,
    /// The mouth.
    pub mouth: PixelRect,
}

/// The person's outline and what is behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SceneFacts {
    /// Share of the picture that is background, 0..1.
    pub background_share: f64,
    /// Median background colour, sRGB 0..255.
    pub background_rgb: [u8; 3],
    /// The same in CIELAB (D65).
    pub background_lab: [f64; 3],
    /// Standard deviation of CIELAB lightness over the background.
    pub background_lightness_std: f64,
    /// Largest CIEDE2000 between the background's corner and side zones.
    pub background_zone_delta_e: f64,
    /// Mean Sobel gradient over the eroded background, lightness units per px at 480 px width.
    pub background_gradient: f64,
    /// Share of the background far in colour from its own smooth fit (objects, writing, hard shadow), 0..1.
    pub background_outlier_share: f64,
    /// Where those outliers lie, px; `None` when there are none.
    pub background_outlier_rect: Option<PixelRect>,
    /// Share of the background that is its own smooth fit in less light, 0..1: the shadow of the head.
    #[serde(default)]
    pub background_shadow_share: f64,
    /// Median colour of the clothes, sRGB; `None` when none are in the picture.
    pub clothes_rgb: Option<[u8; 3]>,
    /// CIEDE2000 between clothes and background next to the shoulders.
    pub clothes_delta_e: Option<f64>,
    /// Share of the shoulders, beside the neck, that has the colour of this person's skin, 0..1; `None` when hardly any
    /// of them is in the picture.
    pub shoulder_skin_share: Option<f64>,
    /// How sure that share is, 0..=1: how far the colours there lie from the border between skin and clothes.
    pub shoulder_confidence: Option<f64>,
    /// Median over the clothes of the standard deviation of CIELAB lightness about a place: 0 plain, more the denser
    /// the stripes or prints. `None` when hardly any clothes are in the picture.
    pub clothes_pattern: Option<f64>,
    /// How sure it is that what was taken for clothes is clothes, 0..=1, by the person mask and by how far its colours
    /// lie from skin. `None` as for `clothes_pattern`.
    pub clothes_confidence: Option<f64>,
    /// Share of the top border's length that the person touches, 0..1.
    pub touches_top_share: f64,
    /// Share of the side borders above the shoulders that the person touches, 0..1.
    pub touches_sides_share: f64,
    /// Slope of the shoulder line, degrees; positive: the picture's right shoulder is lower.
    pub shoulder_tilt_deg: Option<f64>,
    /// Left and right end of the silhouette at shoulder height, px.
    pub shoulders: Option<(Point, Point)>,
    /// How far the body reaches from the face's middle on its narrower side, at its widest below the chin, in face
    /// widths; a side that the border cuts counts as one at least. `None` when the picture ends at the chin.
    pub shoulder_reach: Option<f64>,
}

/// Light and sharpness on the face.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LightFacts {
    /// Mean CIELAB lightness of the face, 0..100.
    pub face_lightness: f64,
    /// Share of face pixels with a channel at 250 or above in all three, 0..1.
    pub overexposed_share: f64,
    /// Share of face pixels with luminance of 25 or less (0..255), 0..1.
    pub underexposed_share: f64,
    /// Mean lightness of the picture-left cheek minus that of the right one.
    pub cheek_lightness_difference: f64,
    /// Mean CIELAB a*, b* of the cheeks (natural colour, ISO/IEC 29794-5).
    pub cheek_ab: [f64; 2],
    /// Variance of the Laplacian of the face scaled to 120 px between the eyes; higher is sharper.
    pub sharpness: f64,
    /// The same over the eyes only.
    pub eye_sharpness: f64,
}
