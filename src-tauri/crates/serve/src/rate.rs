//! How fast callers with the token may ask: a bucket that fills by itself, and from which every request takes a drop.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// How fast requests may come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Most that may come at once after a pause.
    pub burst: f64,
    /// How many a second in the long run.
    pub per_second: f64,
}

impl Rate {
    /// What pages of a browser need at their fastest, several times over: twenty keys a second, each with its photos, and a wall
    /// of thumbnails that is scrolled through. A page gone wild asks for more.
    pub const OF_PAGES: Self = Self {
        burst: 1_500.0,
        per_second: 500.0,
    };
}

/// The bucket.
#[derive(Debug)]
pub(crate) struct Bucket {
    rate: Rate,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    drops: f64,
    seen: Instant,
}

impl Bucket {
    /// A full one.
    pub(crate) fn full(rate: Rate, now: Instant) -> Self {
        let state = State {
            drops: rate.burst,
            seen: now,
        };
        Self {
            rate,
            state: Mutex::new(state),
        }
    }

    /// Takes a drop; whether there was one.
    pub(crate) fn take(&self, now: Instant) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(state.seen).as_secs_f64();
        state.seen = state.seen.max(now);
        let filled = passed.mul_add(self.rate.per_second, state.drops);
        state.drops = filled.min(self.rate.burst);
        let there = state.drops >= 1.0;
        if there {
            state.drops -= 1.0;
        }
        there
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Bucket, Rate};

    const SLOW: Rate = Rate {
        burst: 3.0,
        per_second: 2.0,
    };

    fn taken(bucket: &Bucket, now: Instant) -> usize {
        (0..10).filter(|_| bucket.take(now)).count()
    }

    #[test]
    fn a_bucket_gives_what_is_in_it_and_fills_up_to_its_brim() {
        let begun = Instant::now();
        let after = |milliseconds| begun + Duration::from_millis(milliseconds);
        let bucket = Bucket::full(SLOW, begun);
        assert_eq!(taken(&bucket, begun), 3);
        assert_eq!(taken(&bucket, after(400)), 0);
        assert_eq!(
            taken(&bucket, after(500)),
            1,
            "asking in vain costs nothing"
        );
        assert_eq!(taken(&bucket, after(1_500)), 2);
        assert_eq!(taken(&bucket, after(60_000)), 3);
    }

    #[test]
    fn a_request_that_was_overtaken_fills_nothing_twice() {
        let begun = Instant::now();
        let bucket = Bucket::full(SLOW, begun);
        assert_eq!(taken(&bucket, begun + Duration::from_secs(9)), 3);
        assert_eq!(taken(&bucket, begun), 0);
        assert_eq!(taken(&bucket, begun + Duration::from_secs(9)), 0);
    }

    #[test]
    fn twenty_keys_a_second_with_their_photos_are_never_too_many() {
        let begun = Instant::now();
        let bucket = Bucket::full(Rate::OF_PAGES, begun);
        // Three pages, each key with its decision, its next photo, two previews and four crops.
        for key in 0..20 * 60_u64 {
            let now = begun + Duration::from_millis(key * 50);
            assert!((0..3 * 8).all(|_| bucket.take(now)), "key {key}");
        }
    }
}
