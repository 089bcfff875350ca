//! `zhaoshen check`: photos judged without a workspace.

use serde_json::json;
use zhaoshen_station::check::{CheckedPhoto, check_paths};
use zhaoshen_station::wire::Failure;

use crate::args::CheckArgs;
use crate::progress::Counted;
use crate::{Outcome, terminal, zh};

/// Folders and archives are walked once, while their photos are checked: how many there are is known at the end.
const UNKNOWN_TOTAL: u64 = 0;

/// Checks every photo under the given paths and prints each as it is done, in the order met.
pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Failure> {
    let mut to_look_at = false;
    let mut count = 0;
    let counted = Counted::new(zh::progress::CHECKING);
    let checked = check_paths(&args.paths, args.profile.as_deref(), |photo| {
        count += 1;
        to_look_at |= photo.verdict() != "pass";
        counted.aside(|| print(&photo, args.json));
        counted.show(count, UNKNOWN_TOTAL);
    });
    counted.finish();
    checked?;
    if count == 0 {
        terminal::complain_text(zh::NOTHING_FOUND);
        to_look_at = true;
    }
    Ok(Outcome::findings_if(to_look_at))
}

fn print(photo: &CheckedPhoto, json: bool) {
    if json {
        print_json(photo);
    } else {
        print_lines(photo);
    }
}

fn print_json(photo: &CheckedPhoto) {
    let findings: Vec<_> = photo
        .findings()
        .iter()
        .map(|finding| {
            json!({
                "rule": finding.rule,
                "code": finding.code,
                "severity": finding.severity,
                "value": finding.value,
                "unit": finding.unit,
                "min": finding.min,
                "max": finding.max,
                "message": finding.message,
                "clause": finding.clause,
            })
        })
        .collect();
    terminal::json(&json!({
        "file": photo.file,
        "verdict": photo.verdict(),
        "findings": findings,
        "measurements": photo.measurement_table(),
    }));
}

fn print_lines(photo: &CheckedPhoto) {
    terminal::line(&format!(
        "{}  {}",
        zh::verdict(photo.verdict()),
        photo.shown()
    ));
    for finding in photo
        .findings()
        .iter()
        .filter(|finding| finding.severity != "pass")
    {
        terminal::line(&format!(
            "    {} {}  {}",
            zh::sign(&finding.severity),
            finding.code,
            finding.message
        ));
    }
}
