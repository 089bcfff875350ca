//! Every rule on both sides of its limit: drawn portraits, broken files and made-up pasts go through the real
//! vision engine and the real judge.
//!
//! One table per family of rules; a rule without a row fails the first test, which says what to add where. The
//! arithmetic of a rule is tested beside it in `checks`, with numbers; here stands that the numbers mean what is seen.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod background;
mod editing;
mod face;
mod file;
mod geometry;
mod jpeg;
mod light;
mod pose;
mod sharpness;
mod shot;
mod wear;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use zhaoshen_checks::{RULES, Rule};
use zhaoshen_model::Severity;
use zhaoshen_vision::{Engine, Session};

use shot::Shot;

/// One rule shown on both sides of its limit.
struct Row {
    code: &'static str,
    /// Makes the photo that the rule passes, out of one that conforms.
    fine: fn(&mut Shot),
    /// Makes the photo that the rule objects to.
    faulty: fn(&mut Shot),
    /// What the rule says of the faulty one.
    says: Severity,
}

const fn row(
    code: &'static str,
    fine: fn(&mut Shot),
    faulty: fn(&mut Shot),
    says: Severity,
) -> Row {
    Row {
        code,
        fine,
        faulty,
        says,
    }
}

/// The tables, one per family.
const TABLES: &[&[Row]] = &[
    file::ROWS,
    jpeg::ROWS,
    face::ROWS,
    geometry::ROWS,
    pose::ROWS,
    background::ROWS,
    wear::ROWS,
    light::ROWS,
    sharpness::ROWS,
    editing::ROWS,
];

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.iter().flat_map(|table| table.iter())
}

#[test]
fn every_rule_has_a_row() {
    let shown = |rule: &Rule| rows().any(|row| row.code == rule.code);
    let missing: Vec<String> = RULES
        .iter()
        .filter(|rule| !shown(rule))
        .map(|rule| what_to_add(rule))
        .collect();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
    for row in rows() {
        let code = row.code;
        assert!(
            zhaoshen_checks::registry::rule(code).is_some(),
            "{code} has a row and is no rule of the registry: take the row away"
        );
    }
}

fn what_to_add(rule: &Rule) -> String {
    let family = format!("{:?}", rule.family).to_lowercase();
    format!(
        "{code} ({id}) is not shown on both sides of its limit. Add to ROWS in tests/suite/tests/rules/{family}.rs \
         (a new family: that file, and its `mod` and its line of TABLES in main.rs):\n    \
         row(\n        \"{code}\",\n        |shot| {{ /* a photo it passes, e.g. shot.portrait.fringe = … */ }},\n        \
         |shot| {{ /* a photo it objects to */ }},\n        Severity::Warn, // or Fail: what it says of the second\n    ),\n\
         What a shot can change stands in shot.rs, what can be drawn in tests/portrait/src/portrait.rs; where the \
         painter cannot draw the fault yet, teach it to.",
        code = rule.code,
        id = rule.id,
    )
}

#[test]
fn every_rule_passes_the_one_and_objects_to_the_other() {
    let engine = Engine::embedded().unwrap();
    let wrong = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let all: Vec<&Row> = rows().collect();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut session = engine.session();
                while let Some(row) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    wrong.lock().unwrap().extend(mistakes(row, &mut session));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What a row's two photos come out as, where that is not what the row says.
fn mistakes(row: &Row, session: &mut Session) -> Vec<String> {
    let sides = [
        ("the fine photo", row.fine, Severity::Pass),
        ("the faulty photo", row.faulty, row.says),
    ];
    let judged = sides.map(|(name, change, expected)| {
        let mut shot = Shot::default();
        change(&mut shot);
        let findings = shot.findings(session);
        let found = findings.into_iter().find(|finding| finding.code == row.code);
        match found {
            Some(finding) if finding.severity == expected => None,
            Some(finding) => Some(format!(
                "{}: {name} should be {expected:?} and is {:?}: {}",
                row.code, finding.severity, finding.message
            )),
            None => Some(format!(
                "{}: {name} is not judged at all (is the rule on in the shot's profile, and asked in its role?)",
                row.code
            )),
        }
    });
    judged.into_iter().flatten().collect()
}

#[test]
fn a_portrait_that_conforms_is_not_objected_to() {
    let mut session = Engine::embedded().unwrap().session();
    let findings = Shot::default().findings(&mut session);
    let objections: Vec<String> = findings
        .iter()
        .filter(|finding| matches!(finding.severity, Severity::Fail | Severity::Warn))
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect();
    assert!(objections.is_empty(), "\n{}", objections.join("\n"));
}
