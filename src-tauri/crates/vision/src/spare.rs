//! Memory for pixels that a thread keeps from one picture to the next.
//!
//! Megabytes that are freed go back to the system, and come back page by page, each cleared first: at 1350×1350
//! that was a quarter of a check. So each thread keeps a few buffers of the size of photos; larger ones are freed
//! as ever. What is in a kept buffer is of another picture: [`zeroed`] is for whoever may leave bytes unwritten.

use std::cell::RefCell;
use std::ops::Deref;

use fast_image_resize::Resizer;

/// Most buffers that a thread keeps.
const MOST: usize = 4;
/// Largest buffer that is kept, bytes: a photo of 2000×2000.
const LARGEST: usize = 12 << 20;

thread_local! {
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static RESIZER: RefCell<Resizer> = RefCell::new(Resizer::new());
}

/// Bytes that are kept for the next picture of this thread when they are no longer used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept(Vec<u8>);

impl From<Vec<u8>> for Kept {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Deref for Kept {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.0);
        if bytes.capacity() == 0 || bytes.capacity() > LARGEST {
            return;
        }
        // At the end of a thread there is nothing left to keep them in.
        let _ = SPARE.try_with(|spare| {
            let mut spare = spare.borrow_mut();
            if spare.len() == MOST {
                spare.remove(0);
            }
            spare.push(bytes);
        });
    }
}

/// `length` bytes with anything in them: for whoever writes them all, or looks afterwards whether all were written.
pub(crate) fn taken(length: usize) -> Vec<u8> {
    let kept = SPARE.try_with(|spare| {
        let mut spare = spare.borrow_mut();
        let fits = |&index: &usize| spare[index].capacity() >= length;
        let best = (0..spare.len()).filter(fits);
        let best = best.min_by_key(|&index| spare[index].capacity())?;
        Some(spare.remove(best))
    });
    let mut bytes = match kept {
        Ok(Some(bytes)) => bytes,
        _ => return vec![0; length],
    };
    bytes.resize(length, 0);
    bytes
}

/// `length` bytes of 0.
pub(crate) fn zeroed(length: usize) -> Vec<u8> {
    let mut bytes = taken(length);
    bytes.fill(0);
    bytes
}

/// Lends this thread's resizer, whose memory between its passes is kept as well.
pub(crate) fn with_resizer<T>(work: impl FnOnce(&mut Resizer) -> T) -> T {
    RESIZER.with(|resizer| {
        let mut resizer = resizer.borrow_mut();
        let result = work(&mut resizer);
        if resizer.size_of_internal_buffers() > LARGEST {
            resizer.reset_internal_buffers();
        }
        result
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_used_again_and_its_bytes_are_cleared_where_asked() {
        drop(Kept(vec![7; 1000]));
        let again = taken(900);
        assert_eq!((again.len(), again.capacity()), (900, 1000));
        assert!(again.iter().all(|&byte| byte == 7));
        drop(Kept(again));
        assert_eq!(zeroed(1000), vec![0; 1000]);
    }

    #[test]
    fn few_buffers_are_kept_and_no_large_ones() {
        for _ in 0..2 * MOST {
            drop(Kept(vec![1; 64]));
        }
        drop(Kept(vec![1; LARGEST + 1]));
        SPARE.with(|spare| {
            let spare = spare.borrow();
            assert_eq!(spare.len(), MOST);
            assert!(spare.iter().all(|bytes| bytes.capacity() <= LARGEST));
        });
    }
}
