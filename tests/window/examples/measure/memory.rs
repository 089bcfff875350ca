//! Memory of programs and all they started, as `/proc` tells it.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

/// Proportional set size in MiB by the program's name, and the sum.
pub(crate) fn mebibytes(roots: &[u32]) -> Value {
    let mut by_name: BTreeMap<String, u64> = BTreeMap::new();
    for number in family(roots) {
        let name = fs::read_to_string(format!("/proc/{number}/comm")).unwrap_or_default();
        *by_name.entry(name.trim().to_owned()).or_default() += kibibytes(number);
    }
    let sum: u64 = by_name.values().sum();
    let told: BTreeMap<String, u64> = by_name
        .into_iter()
        .map(|(name, kib)| (name, kib / 1024))
        .chain([("sum".to_owned(), sum / 1024)])
        .collect();
    json!(told)
}

/// A process's share of memory: pages it shares count in part.
fn kibibytes(number: u32) -> u64 {
    let told = fs::read_to_string(format!("/proc/{number}/smaps_rollup")).unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// The processes and everything below them.
fn family(roots: &[u32]) -> Vec<u32> {
    let mut found = roots.to_vec();
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        let tasks = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children"));
        let children = tasks.unwrap_or_default();
        found.extend(
            children
                .split_whitespace()
                .filter_map(|word| word.parse::<u32>().ok()),
        );
        next += 1;
    }
    found
}
