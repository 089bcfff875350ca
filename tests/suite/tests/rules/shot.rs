//! One photo of the tables: a drawn portrait, how it is written to a file, and what is known of it.
//!
//! The default conforms in every respect; a row changes one. Not a painter: it only puts the painter, the JPEG
//! writer, the engine and the judge in a row.

use zhaoshen_checks::{Role, builtin, judge};
use zhaoshen_model::{Finding, PhotoHistory};
use zhaoshen_portrait::{ExifTags, JpegOptions, Picture, Portrait, encode_jpeg, paint, with_exif};
use zhaoshen_vision::Session;

/// A photo in the making.
pub struct Shot {
    /// What is drawn; 480×640 px unless changed.
    pub portrait: Portrait,
    /// Changes the drawn pixels before they are written.
    pub retouch: fn(&mut Picture),
    /// How the JPEG is written.
    pub jpeg: JpegOptions,
    /// EXIF tags; an orientation also turns the stored pixels, as a camera held sideways does.
    pub exif: ExifTags,
    /// Changes the written bytes; the picture is at hand for another format.
    pub rewrite: fn(Vec<u8>, &Picture) -> Vec<u8>,
    /// Name of the file.
    pub file_name: &'static str,
    /// Name of the built-in profile it is judged by.
    pub profile: &'static str,
    /// What the round knows of its past.
    pub history: PhotoHistory,
    /// Submission or finished file.
    pub role: Role,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            portrait: Portrait::default(),
            retouch: |_| {},
            jpeg: JpegOptions::default(),
            exif: ExifTags::default(),
            rewrite: |bytes, _| bytes,
            file_name: "2019123456.jpg",
            profile: "moe99",
            history: PhotoHistory::default(),
            role: Role::Submission,
        }
    }
}

impl Shot {
    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut picture = paint(&self.portrait);
        (self.retouch)(&mut picture);
        let stored = picture.stored_for_orientation(self.exif.orientation.unwrap_or(1));
        let mut jpeg = encode_jpeg(&stored, &self.jpeg).unwrap();
        if self.exif != ExifTags::default() {
            jpeg = with_exif(&jpeg, &self.exif);
        }
        (self.rewrite)(jpeg, &picture)
    }

    /// Measured and judged.
    pub fn findings(&self, session: &mut Session) -> Vec<Finding> {
        let measurements = zhaoshen_vision::check(&self.bytes(), self.file_name, session);
        let profile = builtin(self.profile).unwrap();
        judge(&measurements, &profile, &self.history, self.role)
    }
}
