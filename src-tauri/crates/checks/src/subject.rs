//! What a rule looks at: one photo's measurements, the profile, its past, and its final frame.

use zhaoshen_model::detail::DetailFacts;
use zhaoshen_model::measurement::{
    FaceFacts, JpegFacts, LightFacts, Measurements, PictureFacts, SceneFacts, TraceFacts,
};
use zhaoshen_model::parse::ParseFacts;
use zhaoshen_model::{PhotoHistory, Profile};

use crate::frame::FinalFrame;

/// In which part a file is judged.
///
/// A student hands in a picture from which the finished file is cut; what only the finished file
/// can have (480×640 px, 300 dpi, 20–40 KB) is no fault of the student. So as a submission the rules
/// FILE-05, JPEG-01 and JPEG-03 pass and say that the export makes it so; as a rendition they are
/// judged strictly, and the intake rules (FILE-04, FILE-06, FILE-07, JPEG-02, SHARP-04, EDIT) are left out.
/// What the studio gave back is a finished file too, and comes from outside: whether it is another student's picture or a
/// rejected one (FILE-06, FILE-07) is asked of it all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// 提交件: as the student handed it in.
    Submission,
    /// 成品: the finished file, after export.
    Rendition,
    /// 返回件: the finished file that the studio gave back.
    Returned,
}

impl Role {
    /// In which part a photo of the round is judged.
    pub const fn of(history: &PhotoHistory) -> Self {
        match history.returned {
            true => Self::Returned,
            false => Self::Submission,
        }
    }

    /// Whether the limits of the finished file are meant for it.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Rendition | Self::Returned)
    }
}

/// One photo before the rules.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What was measured.
    pub measurements: &'a Measurements,
    /// The standard it is judged by.
    pub profile: &'a Profile,
    /// What the round knows of its past.
    pub history: &'a PhotoHistory,
    /// The crop that the finished file is cut from.
    pub frame: &'a FinalFrame,
    /// In which part the file is judged.
    pub role: Role,
    pub(crate) worded: bool,
}

/// Why something could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The file holds nothing.
    File,
    /// The picture could not be decoded.
    Picture,
    /// The file is no JPEG.
    Jpeg,
    /// The JPEG quality could not be estimated.
    Quality,
    /// No face was found.
    Face,
    /// A face was found, its parts were not.
    Mesh,
    /// The top of the head could not be found.
    Crown,
    /// Person and background could not be told apart.
    Scene,
    /// Too little background is visible.
    Background,
    /// No clothes are visible.
    Clothes,
    /// Clothes could not be told from skin or background.
    Cloth,
    /// The picture ends before the shoulders.
    Shoulders,
    /// Skin and clothes could not be told apart on the shoulders.
    BareShoulders,
    /// Lips and teeth could not be told apart.
    Teeth,
    /// Light and sharpness could not be measured.
    Light,
    /// The face could not be looked at close up.
    Detail,
    /// Hair and skin could not be told apart.
    Parse,
    /// Neither ear's lobe shows.
    Lobes,
    /// The person is too small in the picture.
    Small,
    /// The pose fit cannot be trusted.
    Pose,
    /// The head is turned too far to see its shape.
    Straight,
    /// Traces of editing were not measured.
    Trace,
    /// The measured value is no number.
    Number,
}

impl<'a> Subject<'a> {
    /// A subject whose findings carry their Chinese messages and marks.
    pub const fn new(
        measurements: &'a Measurements,
        profile: &'a Profile,
        history: &'a PhotoHistory,
        frame: &'a FinalFrame,
        role: Role,
    ) -> Self {
        Self {
            measurements,
            profile,
            history,
            frame,
            role,
            worded: true,
        }
    }

    pub(crate) fn jpeg(&self) -> Result<&'a JpegFacts, Missing> {
        self.measurements.jpeg.as_ref().ok_or(Missing::Jpeg)
    }

    pub(crate) fn picture(&self) -> Result<&'a PictureFacts, Missing> {
        self.measurements.picture.as_ref().ok_or(Missing::Picture)
    }

    pub(crate) fn face(&self) -> Result<&'a FaceFacts, Missing> {
        self.picture()?;
        if self.measurements.faces.is_empty() && self.measurements.face.is_none() {
            return Err(Missing::Face);
        }
        self.measurements.face.as_ref().ok_or(Missing::Mesh)
    }

    pub(crate) fn crown_y_px(&self) -> Result<f64, Missing> {
        self.face()?.crown_y_px.ok_or(Missing::Crown)
    }

    pub(crate) fn scene(&self) -> Result<&'a SceneFacts, Missing> {
        self.picture()?;
        match self.measurements.scene.as_ref() {
            Some(scene) => Ok(scene),
            None => Err(self.face().err().unwrap_or(Missing::Scene)),
        }
    }

    pub(crate) fn detail(&self) -> Result<&'a DetailFacts, Missing> {
        self.face()?;
        self.measurements.detail.as_ref().ok_or(Missing::Detail)
    }

    pub(crate) fn parse(&self) -> Result<&'a ParseFacts, Missing> {
        self.face()?;
        self.measurements.parse.as_ref().ok_or(Missing::Parse)
    }

    pub(crate) fn light(&self) -> Result<&'a LightFacts, Missing> {
        self.face()?;
        self.measurements.light.as_ref().ok_or(Missing::Light)
    }

    pub(crate) fn trace(&self) -> Result<&'a TraceFacts, Missing> {
        self.picture()?;
        self.measurements.trace.as_ref().ok_or(Missing::Trace)
    }
}
