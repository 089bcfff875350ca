//! `assets/help` is what the program would write.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;

use zhaoshen_checks::help::{index, markdown, pages};

#[test]
fn the_pages_of_help_are_current() {
    let pages = pages();
    let mut expected = BTreeMap::from([("README.md".to_owned(), index(&pages))]);
    expected.extend(
        pages
            .iter()
            .map(|page| (format!("{}.md", page.code), markdown(page))),
    );
    let committed = committed();
    let differ = |name: &&String| committed.get(*name) != expected.get(*name);
    let stale: Vec<&String> = committed
        .keys()
        .chain(expected.keys())
        .filter(differ)
        .collect();
    assert!(
        stale.is_empty(),
        "assets/help is not current, run `cargo xtask help`: {stale:?}"
    );
}

/// The files of `assets/help` by name.
fn committed() -> BTreeMap<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/help");
    let files = fs::read_dir(folder).unwrap().map(Result::unwrap);
    files
        .map(|file| {
            let text = fs::read_to_string(file.path()).unwrap();
            (
                file.file_name().into_string().unwrap(),
                text.replace("\r\n", "\n"),
            )
        })
        .collect()
}
