//! QR codes drawn for tests.

use image::{GrayImage, Luma};
use qrcode::{Color, QrCode};

/// Pixels of a module's side: enough for any reader.
const MODULE_PX: u32 = 5;
/// White modules around the code, which readers want.
const RIM: u32 = 4;

/// A QR code that can be read.
pub fn drawn(says: &str) -> GrayImage {
    let code = QrCode::new(says.as_bytes()).unwrap();
    let modules = code.width() as u32;
    let colours = code.to_colors();
    let side = (modules + 2 * RIM) * MODULE_PX;
    GrayImage::from_fn(side, side, |x, y| {
        let module = |px: u32| (px / MODULE_PX).wrapping_sub(RIM);
        let (x, y) = (module(x), module(y));
        let dark = x < modules && y < modules && colours[(y * modules + x) as usize] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    })
}
