//! A series of times and what is told of it.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// Times, ms.
#[derive(Debug, Default)]
pub(crate) struct Series(Vec<f64>);

impl Series {
    /// Out of a JSON list of numbers.
    pub(crate) fn of(list: &Value) -> Result<Self> {
        let list = list.as_array().context("a list of times")?;
        Ok(Self(list.iter().filter_map(Value::as_f64).collect()))
    }

    /// Another time.
    pub(crate) fn add(&mut self, time: f64) {
        self.0.push(time);
    }

    /// How many, the median, the 95th percentile (nearest rank), the longest; and the three longest with their places in
    /// the series, from 0, which tell a slow beginning from a pause in between.
    pub(crate) fn summary(&self) -> Value {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = |percent: usize| {
            let place = (sorted.len() * percent).div_ceil(100);
            sorted.get(place.saturating_sub(1)).copied()
        };
        let mut placed: Vec<(usize, f64)> = self.0.iter().copied().enumerate().collect();
        placed.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        placed.truncate(3);
        json!({
            "n": sorted.len(), "p50": rank(50), "p95": rank(95), "max": sorted.last(), "longest": placed,
        })
    }
}
