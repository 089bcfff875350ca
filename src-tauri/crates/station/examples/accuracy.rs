//! Writes the figures of an evaluation into `ACCURACY.md` (`cargo xtask accuracy EVALUATION.json`).
//!
//! Reads what `zhaoshen evaluate --json` printed and replaces what stands between the two markers; the prose around
//! them is written by hand.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

use serde_json::Value;

const BEGIN: &str = "<!-- figures: begin -->";
const END: &str = "<!-- figures: end -->";

fn main() -> io::Result<()> {
    let file = env::args()
        .nth(1)
        .ok_or_else(|| broken("which evaluation?"))?;
    let evaluation: Value = serde_json::from_slice(&fs::read(file)?)?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ACCURACY.md");
    let text = fs::read_to_string(&path)?;
    let missing = || broken("ACCURACY.md has no markers");
    let (before, rest) = text.split_once(BEGIN).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    fs::write(
        path,
        format!("{before}{BEGIN}\n{}{END}{after}", figures(&evaluation)),
    )
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what)
}

fn figures(evaluation: &Value) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "\n{} photos under `{}`, {} unreadable.\n\n## As the profile stands\n",
        evaluation["photos"],
        evaluation["profile"].as_str().unwrap_or_default(),
        list(&evaluation["unreadable"]).len()
    );
    text.push_str(
        "| rules | label | caught | missed | false alarms | unknown |\n|---|---|---|---|---|---|\n",
    );
    for score in list(&evaluation["rules"]) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} / {} |",
            word(&score["rule"]),
            word(&score["label"]),
            share(&score["caught_share"]),
            score["missed"],
            share(&score["false_alarm_share"]),
            score["unknown_positives"],
            score["unknown_negatives"]
        );
    }
    split(&mut text, evaluation);
    eye_line(&mut text, &evaluation["eye_line"]);
    groups(&mut text, &evaluation["groups"]);
    text.push('\n');
    text
}

fn split(text: &mut String, evaluation: &Value) {
    let split = &evaluation["split"];
    if split.is_null() {
        return;
    }
    let _ = writeln!(
        text,
        "\n## Limits chosen on one half of {} people, figures of the other half\n\nAt most {} % false alarms while choosing.\n\n\
         | rules | label | caught | false alarms | unknown | limits that moved |\n|---|---|---|---|---|---|",
        split["subjects"],
        evaluation["rate"].as_f64().unwrap_or_default() * 100.0
    );
    for line in list(&split["lines"]) {
        let halves = list(&line["moved"]).iter().map(|half| {
            let limits = list(half)
                .iter()
                .map(|moved| format!("{} {}", word(&moved["setting"]), moved["to"]));
            let limits = limits.collect::<Vec<_>>().join(", ");
            if limits.is_empty() {
                "none".to_owned()
            } else {
                limits
            }
        });
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} / {} | {} |",
            word(&line["rule"]),
            word(&line["label"]),
            share(&line["caught"]),
            share(&line["false_alarms"]),
            line["unknown_positives"],
            line["unknown_negatives"],
            halves.collect::<Vec<_>>().join("; ")
        );
    }
}

fn eye_line(text: &mut String, eyes: &Value) {
    if eyes.is_null() {
        return;
    }
    let percent = |key: &str| format!("{:.2} %", eyes[key].as_f64().unwrap_or_default() * 100.0);
    let _ = writeln!(
        text,
        "\n## Eye line against hand-placed pupils\n\n{} of {} photos are within 2 % of the distance between the pupils; median {}, \
         95 % within {}, largest {}; no eyes found in {}. Single iris centres: median {}, 95 % within {}.",
        eyes["within"],
        eyes["photos"],
        percent("median_ratio"),
        percent("p95_ratio"),
        percent("max_ratio"),
        eyes["not_found"],
        percent("pupil_median_ratio"),
        percent("pupil_p95_ratio")
    );
}

fn groups(text: &mut String, groups: &Value) {
    let Some(names) = groups["photos"].as_object() else {
        return;
    };
    let names: Vec<&String> = names.keys().collect();
    let columns: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    for (title, key, all) in [
        ("False alarms by group", "false_alarms", true),
        (
            "Objections by group that differ more than twice, whatever the labels say",
            "objections",
            false,
        ),
    ] {
        let _ = writeln!(
            text,
            "\n## {title}\n\n| rules | label | {} | more than twice |\n|---|---|{}---|",
            columns.join(" | "),
            "---|".repeat(columns.len())
        );
        for line in list(&groups[key])
            .iter()
            .filter(|line| all || line["differs"] == true)
        {
            let _ = writeln!(text, "{}", group_row(line, &columns));
        }
    }
}

fn group_row(line: &Value, columns: &[&str]) -> String {
    let cell = |name: &&str| {
        let found = list(&line["groups"])
            .iter()
            .find(|rate| rate["group"] == **name);
        found.map_or_else(String::new, |rate| {
            format!("{}/{}", rate["share"]["count"], rate["share"]["of"])
        })
    };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    let differs = match (&line["differs"], &line["beyond_chance"]) {
        (_, Value::Bool(true)) => "▲ beyond chance",
        (Value::Bool(true), _) => "▲ may be chance",
        _ => "",
    };
    format!(
        "| {} | {} | {} | {differs} |",
        word(&line["rule"]),
        word(&line["label"]),
        cells.join(" | ")
    )
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// `21/22, 95.5 % (78.2–99.2)`.
fn share(share: &Value) -> String {
    let (count, of) = (
        share["count"].as_f64().unwrap_or_default(),
        share["of"].as_f64().unwrap_or_default(),
    );
    if of < 1.0 {
        return "–".to_owned();
    }
    let percent = |key: &str| share[key].as_f64().unwrap_or_default() * 100.0;
    format!(
        "{count}/{of}, {:.1} % ({:.1}–{:.1})",
        count / of * 100.0,
        percent("low"),
        percent("high")
    )
}
