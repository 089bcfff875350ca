//! Draws ID portraits with known geometry, so that tests and the example round need no one's face.
//!
//! A [`Portrait`] is a list of parameters; [`paint`] turns it into pixels and [`truth`] says where the crown, eyes
//! and chin were drawn. [`encode_jpeg`] and the functions beside it make the files, good and bad, that a round meets.
//! [`example_round`] plans a whole round of invented students. The crate knows no rule of the standard and judges
//! nothing; it also writes nothing to disk.

mod error;
mod exif;
mod file;
mod head;
mod people;
mod portrait;
mod random;
mod roster;
mod round;
mod truth;

mod paint;

pub use error::Error;
pub use exif::{ExifTags, with_exif};
pub use file::{
    JpegColour, JpegOptions, Subsampling, encode_jpeg, encode_png, padded_to, truncated,
    with_header_size,
};
pub use paint::paint;
pub use portrait::{
    Backdrop, Clothes, ClothesStyle, Glasses, Hair, HairStyle, LIGHT_BLUE, LIGHT_GREY, Picture,
    Portrait, Rgb, WHITE,
};
pub use roster::{ExampleStudent, id_check_digit};
pub use round::{ExamplePhoto, ExampleRound, PlannedFault, example_round};
pub use truth::{Truth, truth};
