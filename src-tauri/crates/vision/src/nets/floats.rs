//! Floats that begin with a cache line: a vector of 64 bytes that lies across two lines costs two reads.

/// Floats of a cache line.
const LINE: usize = 16;

/// A fixed number of floats, 0 at first.
#[derive(Debug, Default)]
pub(super) struct Floats {
    values: Vec<f32>,
    length: usize,
}

impl Floats {
    pub fn new(length: usize) -> Self {
        Self {
            values: vec![0.0; length + LINE],
            length,
        }
    }

    pub fn all(&self) -> &[f32] {
        let start = start(&self.values);
        &self.values[start..start + self.length]
    }

    pub fn all_mut(&mut self) -> &mut [f32] {
        let start = start(&self.values);
        &mut self.values[start..start + self.length]
    }
}

impl Clone for Floats {
    /// A copy may begin elsewhere in its line.
    fn clone(&self) -> Self {
        let mut copy = Self::new(self.length);
        copy.all_mut().copy_from_slice(self.all());
        copy
    }
}

/// `length` floats of `scratch`, which grows as needed, with anything in them.
pub(super) fn aligned(scratch: &mut Vec<f32>, length: usize) -> &mut [f32] {
    if scratch.len() < length + LINE {
        scratch.resize(length + LINE, 0.0);
    }
    let start = start(scratch);
    &mut scratch[start..start + length]
}

/// Floats to skip up to the next line.
fn start(values: &[f32]) -> usize {
    values
        .as_ptr()
        .align_offset(LINE * size_of::<f32>())
        .min(LINE)
        .min(values.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_begin_with_a_line_and_a_copy_holds_the_same() {
        for length in [0, 1, 100, 5000] {
            let mut floats = Floats::new(length);
            for (i, value) in floats.all_mut().iter_mut().enumerate() {
                *value = i as f32;
            }
            let copy = floats.clone();
            assert_eq!((copy.all(), copy.all().len()), (floats.all(), length));
            let mut scratch = vec![1.0; 3];
            for begin in [copy.all().as_ptr(), aligned(&mut scratch, length).as_ptr()] {
                assert_eq!(begin.align_offset(64), 0, "{length}");
            }
        }
        assert!(Floats::default().all().is_empty());
    }
}
