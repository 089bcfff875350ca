//! The sessions: each page in a browser is one, told apart by a word it drew itself, so that two pages are two people.
//!
//! A page without one shares the session of the host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use zhaoshen_station::Station;

/// Header that carries the session of a page.
pub const SESSION_HEADER: &str = "x-zhaoshen-session";
/// Header that carries the id of the person whom the page shows.
pub const PERSON_HEADER: &str = "x-zhaoshen-person";
/// Most sessions kept; the one not used for longest goes, and its person signs in again.
const MOST: usize = 64;
/// Shortest word, characters: 128 bits in hexadecimal digits.
const WORD: std::ops::RangeInclusive<usize> = 32..=64;

/// The sessions there are.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    open: HashMap<String, (Arc<Station>, u64)>,
    /// Rises with every request.
    tick: u64,
}

impl Sessions {
    /// The station as the session of a request has it; `None` for a word that is none.
    pub(crate) fn of(&self, host: &Arc<Station>, headers: &HeaderMap) -> Option<Arc<Station>> {
        let Some(word) = headers.get(SESSION_HEADER) else {
            return Some(Arc::clone(host));
        };
        self.of_word(host, word.to_str().ok()?)
    }

    /// The station as the session of this word has it; `None` for a word that is none.
    pub(crate) fn of_word(&self, host: &Arc<Station>, word: &str) -> Option<Arc<Station>> {
        let drawn = word.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !drawn || !WORD.contains(&word.len()) {
            return None;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.tick += 1;
        let tick = kept.tick;
        if !kept.open.contains_key(word) && kept.open.len() >= MOST {
            let oldest = kept.open.iter().min_by_key(|(_, (_, used))| *used);
            let oldest = oldest.map(|(word, _)| word.clone());
            oldest.and_then(|oldest| kept.open.remove(&oldest));
        }
        let (station, used) = kept
            .open
            .entry(word.to_owned())
            .or_insert_with(|| (Arc::new(host.session()), tick));
        *used = tick;
        Some(Arc::clone(station))
    }
}

/// The person whom the page shows, where it says so.
pub(crate) fn shown(headers: &HeaderMap) -> Option<i64> {
    headers.get(PERSON_HEADER)?.to_str().ok()?.parse().ok()
}
