//! `assets/guide` is what the program would write, and shows every screen.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use zhaoshen_guide::{SCREENS, folder, html, page, pictured, pictures};

/// Most that all pictures may weigh, bytes, and those that the window carries.
const ALL: u64 = 6_000_000;
const IN_THE_WINDOW: u64 = 2_500_000;

/// The pages as they lie there, by name.
fn committed() -> BTreeMap<String, String> {
    let folder = folder().join("html");
    let names = page::names(&folder, "html").unwrap().into_iter();
    names
        .map(|name| {
            let text = fs::read_to_string(folder.join(format!("{name}.html"))).unwrap();
            (format!("{name}.html"), text.replace("\r\n", "\n"))
        })
        .collect()
}

/// Everything that stands between `before` and the next quotation mark.
fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    let rest = text.split(before).skip(1);
    rest.filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_pages_are_current() {
    let pages = page::pages(&folder()).unwrap();
    assert!(!pages.is_empty());
    let expected: BTreeMap<String, String> = html::files(&pages).unwrap().into_iter().collect();
    let committed = committed();
    let differ = |name: &&String| committed.get(*name) != expected.get(*name);
    let stale: BTreeSet<&String> = committed
        .keys()
        .chain(expected.keys())
        .filter(differ)
        .collect();
    assert!(
        stale.is_empty(),
        "assets/guide/html is not current, run `cargo xtask guide --pages`: {stale:?}"
    );
}

#[test]
fn every_link_leads_somewhere() {
    let html = folder().join("html");
    for (name, text) in committed() {
        let links = quoted(&text, "href=\"").into_iter();
        for link in links.chain(quoted(&text, "src=\"")) {
            let file = link.split('#').next().unwrap();
            assert!(html.join(file).is_file(), "{name}: {link}");
        }
    }
}

#[test]
fn every_screen_has_its_pictures_and_a_page_that_shows_it() {
    let pages: String = committed().into_values().collect();
    let shown: BTreeSet<&str> = quoted(&pages, "data-screen=\"").into_iter().collect();
    let known: BTreeSet<&str> = pictured().map(|(screen, _)| screen).collect();
    assert_eq!(shown, known);
    let wanted: BTreeSet<String> = pictures::all().collect();
    let there = page::names(&folder().join("pictures"), "webp").unwrap();
    assert_eq!(
        there.into_iter().collect::<BTreeSet<String>>(),
        wanted,
        "run `cargo xtask pictures && cargo xtask guide`"
    );
}

#[test]
fn the_screens_are_those_of_the_window() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/app/context.ts");
    let source = fs::read_to_string(source).unwrap();
    let list = source.split("export type Screen =").nth(1).unwrap();
    let list = list.split(';').next().unwrap();
    let screens: BTreeSet<&str> = quoted(list, "| \"").into_iter().collect();
    let known: BTreeSet<&str> = SCREENS.into_iter().map(|(screen, _)| screen).collect();
    assert_eq!(screens, known);
}

#[test]
fn the_pictures_stay_small() {
    let folder = folder().join("pictures");
    let (mut all, mut in_the_window) = (0, 0);
    for name in page::names(&folder, "webp").unwrap() {
        let length = fs::metadata(folder.join(format!("{name}.webp")))
            .unwrap()
            .len();
        all += length;
        in_the_window += if name.ends_with("1366x768") {
            length
        } else {
            0
        };
    }
    assert!(
        all < ALL && in_the_window < IN_THE_WINDOW,
        "{all} {in_the_window}"
    );
}
