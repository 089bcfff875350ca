//! Pixels picked out of rows.

/// Where the pixels of a row are picked, as byte offsets.
pub(crate) struct Picks {
    places: Vec<u32>,
    /// The largest of them, looked for once for all rows.
    furthest: usize,
}

impl Picks {
    pub fn new(places: Vec<u32>) -> Self {
        let furthest = places.iter().max().map_or(0, |at| *at as usize);
        Self { places, furthest }
    }

    /// Puts the three bytes at each place of `rgb` one after the other into `out`.
    ///
    /// A byte must follow the last pixel that is picked: four go at once, the fourth to be overwritten by the next
    /// pixel.
    pub fn pick(&self, rgb: &[u8], out: &mut [u8]) {
        assert!(
            out.len() == 3 * self.places.len(),
            "result has the wrong size"
        );
        assert!(
            self.furthest + 4 <= rgb.len(),
            "a pixel lies outside the rows"
        );
        let Some((&last, first)) = self.places.split_last() else {
            return;
        };
        let mut to = out.as_mut_ptr();
        for &at in first {
            // SAFETY: no place lies beyond the furthest, which has four bytes; the result has three for every place,
            // and this one is not the last.
            unsafe {
                let pixel = rgb.as_ptr().add(at as usize).cast::<[u8; 4]>().read();
                to.cast::<[u8; 4]>().write(pixel);
                to = to.add(3);
            }
        }
        out[3 * first.len()..].copy_from_slice(&rgb[last as usize..][..3]);
    }
}
