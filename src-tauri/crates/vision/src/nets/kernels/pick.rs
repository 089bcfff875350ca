//! Pixels picked out of rows.

/// Puts the three bytes at each place of `rgb` one after the other into `out`.
///
/// A byte must follow the last pixel that is picked: four go at once, the fourth to be overwritten by the next pixel.
pub(crate) fn pick_pixels(rgb: &[u8], places: &[u32], out: &mut [u8]) {
    assert!(out.len() == 3 * places.len(), "result has the wrong size");
    let Some((&last, first)) = places.split_last() else {
        return;
    };
    let furthest = places.iter().fold(0, |furthest, at| furthest.max(*at));
    assert!(
        furthest as usize + 4 <= rgb.len(),
        "a pixel lies outside the rows"
    );
    for (i, &at) in first.iter().enumerate() {
        // SAFETY: all places were found to have four bytes; the result has three for every place, and this one is
        // not the last.
        unsafe {
            let pixel = rgb.as_ptr().add(at as usize).cast::<[u8; 4]>().read();
            out.as_mut_ptr().add(3 * i).cast::<[u8; 4]>().write(pixel);
        }
    }
    out[3 * first.len()..].copy_from_slice(&rgb[last as usize..][..3]);
}
